"""Which of the places of a name is meant: a log-linear choice over the whole article.

Names that are written alike are one topic (one sense in one article), unless a containing place stands beside one of
them ("Paris, Texas"). Each topic's candidates are weighed by what they are (people, level) and by what the other topics
are likely to be: the same country, the same division, a place near by, a place that contains them. The second part is
repeated, since every choice moves the others. The weights come from training/place_weights.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log10

import numpy as np
from numpy.typing import NDArray

from dateline.lexicon.gazetteer import Gazetteer, Place, kilometres
from dateline.lexicon.place_names import place_key
from dateline.resolve.place_weights import CONTEXT_WEIGHTS, OWN_WEIGHTS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

OWN = (
    "people",
    "metropolis",
    "no-people",
    "capital",
    "people-of-country",
    "people-of-division",
    "people-of-county",
    "country",
    "division",
    "county",
    "area",
    "alias",
    "bare-county",
    "beside-area",
    "size-of-country-of-division",
    "size-of-country-of-town",
    "country-of-source",
    "near-source",
    "named-by-source",
)
CONTEXT = (
    "inside",
    "inside-other",
    "same-sense",
    "country-share",
    "country-mass",
    "division-mass",
    "towns-in-country",
    "towns-in-division",
    "country-has-towns",
    "division-has-towns",
    "neighbour-countries",
    "capital-named",
    "sister-divisions",
    "near-30",
    "near-100",
    "near-300",
)
_ROUNDS = 3
_MOST_CANDIDATES = 40
_SEAT_PEOPLE = 20_000
_SEAT_KM = 150.0
_GREAT_PEOPLE = 500_000
_SURE = 0.95
_USUAL_SIZE = 7.5
_METROPOLIS = 5.0
_LEVELS = ("country", "division", "county", "area")


@dataclass(frozen=True, slots=True)
class Topic:
    """One name in one sense, as often as the article has it.

    Attributes:
        name: as written once.
        count: how often.
        inside: topics (their numbers) that the text puts around it ("Kidal, Mali", "the Malian town of Kidal").
        fixed: the place, where nothing is left to choose (adjectives).
        address: whether the first of `inside` stands as in an address ("Greenwood, W. Va.,"); within: after "in".
        region: whether a word for a region follows ("Herat province").
    """

    name: str
    count: int
    inside: tuple[int, ...] = ()
    fixed: Place | None = None
    address: bool = False
    within: bool = False
    region: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of the paper: its country, the place that it serves, the letters of its name and web address."""

    country: str | None = None
    place: Place | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """The candidates of all topics as columns: one row a candidate."""

    places: tuple[Place, ...]
    topic: Ints
    own: Floats


def candidates(topic: Topic, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The places that a topic's name may mean, the most populous where there are very many."""
    if topic.fixed is not None:
        return (topic.fixed,)
    found = list(gazetteer.lookup(topic.name))
    regions = [place for place in found if place.level in ("division", "county", "area")]
    if topic.region and regions:
        found = regions
    else:
        towns = [place for place in found if place.level == "town"]
        found = [place for place in found if not any(_is_seat(town, place) for town in towns)]
    if len(found) > _MOST_CANDIDATES:
        found.sort(key=lambda place: (place.level == "town", -place.population))
        del found[_MOST_CANDIDATES:]
    return tuple(found)


def lay_out(topics: Sequence[Topic], gazetteer: Gazetteer, source: Source) -> Field:
    """All candidates of all topics with the measures that need no other topic."""
    places: list[Place] = []
    numbers: list[int] = []
    rows: list[list[float]] = []
    for number, topic in enumerate(topics):
        key = place_key(topic.name)
        found = candidates(topic, gazetteer)
        beside_area = any(place.level == "area" and not place.alias for place in found)
        for place in found:
            places.append(place)
            numbers.append(number)
            rows.append(_own(place, key, source, gazetteer, beside_area))
    own = np.array(rows, dtype=np.float64).reshape(len(rows), len(OWN))
    return Field(tuple(places), np.array(numbers, dtype=np.int64), own)


def _own(place: Place, key: str, source: Source, gazetteer: Gazetteer, beside_area: bool) -> list[float]:
    near = exp(-kilometres(place, source.place) / 100.0) if source.place is not None else 0.0
    people = log10(place.population + 100)
    country = gazetteer.countries.get(place.country or "")
    size = log10(country.population + 1000) - _USUAL_SIZE if country is not None else 0.0
    at_home = source.country is not None and place.country == source.country
    named = len(key) > 3 and key.replace(" ", "") in source.title
    return [
        people if place.level == "town" else 0.0,
        max(0.0, people - _METROPOLIS) if place.level == "town" else 0.0,
        float(place.level == "town" and place.population == 0),
        float(place.capital),
        people if place.level == "country" else 0.0,
        people if place.level == "division" else 0.0,
        people if place.level == "county" else 0.0,
        *(float(place.level == level) for level in _LEVELS),
        float(place.alias),
        float(place.level == "county" and place_key(place.name) != key),
        float(beside_area and place.level != "area"),
        size if place.level == "division" else 0.0,
        size if place.level == "town" else 0.0,
        float(at_home),
        near,
        float(named and (at_home or source.country is None) and _is_local(place)),
    ]


def _is_local(place: Place) -> bool:
    """Whether a paper of which only the name is known may be called after the place: most are American."""
    return place.country == "USA" and place.level in ("town", "county")


@dataclass(frozen=True, slots=True)
class Ties:
    """What holds between each two candidates, as square tables; candidates of one topic have no ties."""

    same_country: Floats
    same_division: Floats
    around: Floats
    same_place: Floats
    neighbours: Floats
    capitals: Floats
    sisters: Floats
    near: tuple[Floats, Floats, Floats]
    country_of: Floats
    division_of: Floats
    local: Floats


def tie(field: Field, topics: Sequence[Topic], gazetteer: Gazetteer) -> Ties:
    """The ties between candidates of different topics."""
    places = field.places
    keys = np.array([hash(place_key(topic.name)) for topic in topics])[field.topic]
    # Topics of one name tell nothing of each other but their sense, or every candidate would confirm itself.
    apart = (keys[:, None] != keys).astype(np.float64)
    told = np.array([bool(topic.inside) for topic in topics])[field.topic]
    codes: dict[str | None, int] = {None: -1}
    country = np.array([codes.setdefault(place.country, len(codes)) for place in places])
    regions: dict[tuple[str | None, str], int] = {}
    division = np.array(
        [regions.setdefault((place.country, place.admin1), len(regions)) if place.admin1 else -1 for place in places]
    )
    is_country = np.array([place.level == "country" for place in places])
    is_division = np.array([place.level == "division" for place in places])
    small = ~(
        is_country
        | is_division
        | np.array([place.level == "area" and place.kind in ("area", "water") for place in places])
    )
    lat = np.radians([place.lat for place in places])
    lon = np.radians([place.lon for place in places])
    half = (
        np.sin((lat[:, None] - lat) / 2) ** 2
        + np.cos(lat)[:, None] * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    )
    km = 12742.0 * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    same_country = (country[:, None] == country) & (country >= 0)
    same_division = (division[:, None] == division) & (division >= 0)
    both_small = apart * small[:, None] * small
    topic_ties = np.zeros((len(topics), len(topics)))
    for number, topic in enumerate(topics):
        for outer in topic.inside:
            topic_ties[number, outer] = 1.0
    linked = topic_ties[field.topic[:, None], field.topic[None, :]]
    contains = np.where(
        is_country,
        same_country,
        np.where(is_division, same_division, (km < 60.0) & small | (km < 700.0) & ~small),
    )
    return Ties(
        same_country=apart * same_country,
        same_division=apart * same_division,
        around=linked * contains,
        same_place=(1 - apart) * (~told[:, None] & told) * (km < 1.0),
        near=(
            both_small * np.exp(-km / 30.0),
            both_small * np.exp(-km / 100.0),
            both_small * np.exp(-km / 300.0),
        ),
        neighbours=apart * _border(places, gazetteer),
        capitals=apart * same_country * np.array([place.capital for place in places]),
        sisters=apart * (is_division[:, None] & is_division & same_country & ~same_division),
        local=np.array([_localness(place) for place in places]),
        country_of=is_country.astype(np.float64),
        division_of=is_division.astype(np.float64),
    )


def _localness(place: Place) -> float:
    """How much a place says of where an article is at home: a metropolis is named everywhere."""
    return min(1.0, max(0.25, 1.0 - 0.35 * (log10(place.population + 1) - 5.3)))


def _border(places: Sequence[Place], gazetteer: Gazetteer) -> Floats:
    """Which candidates are countries with a common border."""
    table = np.zeros((len(places), len(places)))
    numbers = [number for number, place in enumerate(places) if place.level == "country"]
    for one in numbers:
        around = gazetteer.neighbours[places[one].country or ""]
        for other in numbers:
            table[one, other] = float(places[other].country in around)
    return table


def context(field: Field, ties: Ties, topics: Sequence[Topic], chance: Floats) -> Floats:
    """The measures that depend on the other topics, given how likely each candidate is."""
    counts = np.log1p(np.array([topic.count for topic in topics], dtype=np.float64))[field.topic]
    mass = chance * counts
    has_outer = np.array([float(bool(topic.inside)) for topic in topics])[field.topic]
    inside = np.minimum(ties.around @ chance, 1.0)
    countries = ties.same_country @ (mass * ties.country_of)
    whole = max(float(mass @ ties.country_of), 1e-9)
    divisions = ties.same_division @ (mass * ties.division_of)
    small = mass * (1 - ties.country_of) * (1 - ties.division_of)
    in_country = ties.same_country @ small
    in_division = ties.same_division @ (small * ties.local)
    return np.column_stack(
        [
            inside,
            has_outer * (1 - inside),
            np.minimum(ties.same_place @ chance, 1.0),
            countries / whole,
            np.log1p(countries),
            np.log1p(divisions),
            np.log1p(in_country) * (1 - ties.country_of),
            np.log1p(in_division) * (1 - ties.division_of),
            np.log1p(in_country) * ties.country_of,
            np.log1p(in_division) * ties.division_of,
            np.log1p(ties.neighbours @ mass),
            np.minimum(ties.capitals @ chance, 1.0) * ties.country_of,
            np.log1p(ties.sisters @ mass),
            *(np.log1p(near @ (mass * ties.local)) for near in ties.near),
        ]
    )


def chances(field: Field, score: Floats, topics: int) -> Floats:
    """Softmax of the scores within each topic."""
    top = np.full(topics, -np.inf)
    np.maximum.at(top, field.topic, score)
    raised = np.exp(score - top[field.topic])
    total = np.bincount(field.topic, raised, topics).astype(np.float64)
    shares: Floats = raised / total[field.topic]
    return shares


def choose(topics: Sequence[Topic], gazetteer: Gazetteer, source: Source) -> dict[int, tuple[Place, float]]:
    """The likeliest place of each topic that has any, with its chance, by the topic's number."""
    field = lay_out(topics, gazetteer, source)
    if not field.places:
        return {}
    base = field.own @ _column(OWN, OWN_WEIGHTS)
    chance = chances(field, base, len(topics))
    ties = tie(field, topics, gazetteer)
    weights = _column(CONTEXT, CONTEXT_WEIGHTS)
    for _ in range(_ROUNDS):
        chance = chances(field, base + context(field, ties, topics, chance) @ weights, len(topics))
    rows = list(zip(field.places, field.topic.tolist(), chance.tolist(), strict=True))
    best: dict[int, tuple[Place, float]] = {}
    for place, number, value in rows:
        if number not in best or value > best[number][1]:
            best[number] = (place, value)
    for place, number, value in rows:
        if best[number][1] < _SURE and _outshines(place, best[number][0]):
            best[number] = (place, best[number][1] + value)
    named = {place.country for place, _ in best.values() if place.level == "country"}
    for place, number, value in rows:
        chosen = best[number][0]
        far = source.country != chosen.country and not topics[number].inside
        if far and place.country in named and _is_the_capital(place, chosen):
            best[number] = (place, max(value, 0.5))
    return best


def _is_seat(town: Place, division: Place) -> bool:
    """Whether the division is called after the town: "Herat" without a word for province is the city."""
    if town.level != "town" or division.level not in ("division", "county") or town.population < _SEAT_PEOPLE:
        return False
    same = (town.country, town.admin1) == (division.country, division.admin1)
    return same and kilometres(town, division) < _SEAT_KM


def _is_the_capital(place: Place, chosen: Place) -> bool:
    """Whether the name is a capital's and the place chosen a much smaller town abroad: "envoys left Washington"."""
    abroad = chosen.level == "town" and chosen.country != place.country
    return abroad and place.capital and not place.alias and place.population >= 5 * chosen.population


def _outshines(town: Place, division: Place) -> bool:
    """Whether a great town has the name that its division has only as another: "New York", "Washington"."""
    if town.level != "town" or division.level != "division" or town.alias or not division.alias:
        return False
    return town.country == division.country and town.population >= _GREAT_PEOPLE


def _column(names: Sequence[str], weights: Mapping[str, float]) -> Floats:
    return np.array([weights[name] for name in names], dtype=np.float64)
