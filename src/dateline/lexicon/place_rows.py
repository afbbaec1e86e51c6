"""The hand-readable tables of the gazetteer, read into one register: countries, divisions, areas, adjectives."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

from dateline.errors import LexiconError
from dateline.lexicon.loader import Entry, entry, read_toml, read_tsv
from dateline.lexicon.place import Place
from dateline.lexicon.place_names import place_key
from dateline.records.mentions import PlaceKind

# People of a hand-written city that the table of towns does not have: such rows are there because news names them.
HAND_CITY_PEOPLE = 100_000


class PlaceWords(Entry):
    """places/words.toml: the words beside a place name that tell what it is."""

    strict: frozenset[str]
    loose: frozenset[str]
    sides: frozenset[str]
    titles: frozenset[str]
    streets: frozenset[str]
    sites: frozenset[str]
    bodies: frozenset[str]
    nouns: frozenset[str]
    saying: frozenset[str]
    playing: frozenset[str]
    regions: frozenset[str]
    joints: frozenset[str]
    companies: frozenset[str]


class CountryRow(Entry):
    """A line of places/countries.tsv."""

    country: str
    iso2: str
    name: str
    aliases: str
    lat: float
    lon: float
    population: int
    geonames_id: int
    neighbours: str
    capital: str


class DivisionRow(Entry):
    """A line of places/divisions.tsv."""

    country: str
    code: str
    name: str
    aliases: str
    lat: float
    lon: float
    people: int


class AreaRow(Entry):
    """A line of places/areas.tsv."""

    name: str
    aliases: str
    kind: PlaceKind
    country: str
    lat: float
    lon: float


class SourceRow(Entry):
    """A line of places/sources.tsv: a paper's web host, other names, and the place it serves (or only its country)."""

    host: str
    names: str
    place: str
    country: str
    admin1: str


class AdjectiveRow(Entry):
    """A line of places/adjectives.tsv."""

    forms: str
    place: str


@dataclass(slots=True)
class Register:
    """What the tables hold while they are read.

    Attributes:
        named: places by key.
        strict: of these the ones that mean it only as written, with full stops ("La.", "Miss.") or in capitals ("ACT").
        capitals: key of the capital by country; iso3: alpha-2 to alpha-3; neighbours: by land.
    """

    countries: dict[str, Place] = field(default_factory=dict)
    divisions: dict[tuple[str, str], Place] = field(default_factory=dict)
    named: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    strict: dict[str, list[tuple[Place, frozenset[str]]]] = field(default_factory=lambda: defaultdict(list))
    iso3: dict[str, str] = field(default_factory=dict)
    capitals: dict[str, str] = field(default_factory=dict)
    neighbours: dict[str, frozenset[str]] = field(default_factory=dict)

    def file(self, place: Place, name: str, aliases: str) -> None:
        """Put a place under its name and its other names."""
        shown = place_key(name)
        forms: dict[str, list[str]] = defaultdict(list)
        for form in (name, *aliases.split("|")):
            forms[place_key(form)].append(form)
        for key, written in forms.items():
            if not key:
                continue
            # The names in areas.tsv are all as good: "Odessa" is the port before it is a town in Texas.
            filed = place if key == shown or place.level == "area" else replace(place, alias=True)
            self.named[key].append(filed)
            if all("." in form or form.isupper() for form in written):
                self.strict[key].append((filed, frozenset(written) | {form.upper() for form in written}))


def read_register(overlay: Path | None) -> Register:
    """The countries, divisions and areas of ours and of the user's.

    Raises:
        LexiconError: a row is malformed.
    """
    register = Register()
    for where, cells in read_tsv("places/countries.tsv", overlay):
        row = entry(CountryRow, cells, where)
        people, number = row.population, row.geonames_id
        place = Place(row.name, "country", "country", row.country, "", row.lat, row.lon, people, number)
        register.countries[row.country] = place
        register.iso3[row.iso2] = row.country
        register.neighbours[row.country] = frozenset(row.neighbours.split("|")) - {""}
        register.capitals[row.country] = place_key(row.capital)
        register.file(place, row.name, row.aliases)
    for where, cells in read_tsv("places/divisions.tsv", overlay):
        _file_division(register, entry(DivisionRow, cells, where), where)
    for where, cells in read_tsv("places/areas.tsv", overlay):
        area = entry(AreaRow, cells, where)
        people = HAND_CITY_PEOPLE if area.kind == "city" else 0
        place = Place(area.name, area.kind, "area", area.country or None, "", area.lat, area.lon, people, None)
        register.file(place, area.name, area.aliases)
    return register


def _file_division(register: Register, row: DivisionRow, where: str) -> None:
    country = register.iso3.get(row.country)
    if country is None:
        raise LexiconError(f"{where}: no country '{row.country}' in places/countries.tsv; use its alpha-2 code")
    place = Place(row.name, "region", "division", country, row.code, row.lat, row.lon, row.people, None)
    register.divisions[country, row.code] = place
    register.file(place, row.name, row.aliases)


def read_words(overlay: Path | None) -> PlaceWords:
    """The words of ours, each list replaced by the user's where theirs has it."""
    lists: dict[str, object] = {}
    read = "places/words.toml"
    for where, table in read_toml(read, overlay):
        lists |= table
        read = where
    return entry(PlaceWords, lists, read)


def read_sources(overlay: Path | None) -> dict[str, SourceRow]:
    """Papers by web host and by name, in small letters."""
    found: dict[str, SourceRow] = {}
    for where, cells in read_tsv("places/sources.tsv", overlay):
        row = entry(SourceRow, cells, where)
        for key in (row.host, *row.names.split("|")):
            if key:
                found[key.lower()] = row
    return found


def read_adjectives(register: Register, overlay: Path | None) -> dict[str, Place]:
    """Adjectives and names of inhabitants to their places: those of states, then our own of other places."""
    found: dict[str, Place] = {}
    for _, cells in read_tsv("actors/countries.tsv", overlay):
        places = register.named.get(place_key(cells["name"]), [])
        place = next((item for item in places if item.country == cells["code"]), register.countries.get(cells["code"]))
        for form in cells["demonyms"].split("|"):
            if form and place is not None:
                found.setdefault(form, place)
    for where, cells in read_tsv("places/adjectives.tsv", overlay):
        row = entry(AdjectiveRow, cells, where)
        places = register.named.get(place_key(row.place), [])
        if not places:
            raise LexiconError(f"{where}: no country, division or area '{row.place}'; add it to places/areas.tsv")
        order = ("country", "division", "area")
        place = min(places, key=lambda item: order.index(item.level))
        for form in row.forms.split("|"):
            found.setdefault(form, place)
    return found
