"""Where an article names places: candidates weighed by their surroundings.

Each candidate (resolve/place_candidates.py) gets a score, a weighted sum of what can be seen of it: entity kind, part
of speech, the words before and after, how well known the place is, what the rest of the article does with the same
words. The weights come from training/place_weights.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log10

from spacy.tokens import Doc, Span

from dateline.lexicon.gazetteer import Gazetteer, Place, PlaceWords, kilometres
from dateline.lexicon.place_names import place_key
from dateline.resolve.place_candidates import Candidate, find_candidates, find_pieces
from dateline.resolve.place_choice import Source
from dateline.resolve.place_topics import NameSpan, resolve_names
from dateline.resolve.place_weights import SPOT_WEIGHTS

_LEAST = -0.45
_LEAST_UNKNOWN = 0.3
_SURE = 1.0
_FEW = 40


@dataclass(frozen=True, slots=True)
class Spot:
    """A place name found in the text; `places`: what the gazetteer has for it."""

    start: int
    end: int
    name: str
    places: tuple[Place, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the whole article shows, gathered once.

    Attributes:
        entity: by token index; lower: words in small letters; person_words: of persons' names.
        located: keys of names by how often "in" or the like stands before them.
    """

    entity: Mapping[int, Span]
    lower: frozenset[str]
    person_words: frozenset[str]
    located: Counter[str]
    common: frozenset[str]
    adjectives: Mapping[str, Place]
    words: PlaceWords


def survey(doc: Doc, pieces: Sequence[Span], candidates: list[Candidate], gazetteer: Gazetteer) -> Surroundings:
    """What the article shows as a whole."""
    words = gazetteer.words
    entity = {index: span for span in pieces for index in range(span.start, span.end)}
    located: Counter[str] = Counter()
    for item in candidates:
        before, _ = _before(doc, item.first, words)
        if before in words.strict:
            located[place_key(item.name)] += 1
    return Surroundings(
        entity=entity,
        lower=frozenset(token.text for token in doc if token.text.islower()),
        person_words=frozenset(
            token.text for span in doc.ents if span.label_ == "PER" and span.end - span.start > 1 for token in span
        ),
        located=located,
        common=gazetteer.common_words,
        adjectives=gazetteer.adjectives,
        words=words,
    )


def _before(doc: Doc, index: int, words: PlaceWords) -> tuple[str, bool]:
    """The word before, past "the" and directions, in small letters; whether anything was passed."""
    place = index - 1
    passed = False
    while place >= 0 and (doc[place].is_space or doc[place].lower_ in words.sides):
        passed = passed or not doc[place].is_space
        place -= 1
    return (doc[place].lower_ if place >= 0 else "", passed)


def measures(
    doc: Doc, item: Candidate, around: Surroundings, taken: Mapping[int, Candidate]
) -> Iterator[tuple[str, float]]:
    """What can be seen of a candidate, as (measure, value)."""
    yield "bias", 1.0
    yield from _entity_measures(doc, item, around)
    yield from _gazetteer_measures(item, around)
    yield from _word_measures(doc, item, around, taken)


def _entity_measures(doc: Doc, item: Candidate, around: Surroundings) -> Iterator[tuple[str, float]]:
    span = around.entity.get(item.first) or around.entity.get(item.last)
    if span is None:
        yield "entity-none", 1.0
        return
    whole = span.start >= item.first and span.end <= item.last + 1
    yield f"{span.label_}-{'whole' if whole else 'inside'}", 1.0
    if not whole:
        if span.start == item.first or doc[span.start].lower_ == "the":
            yield f"{span.label_}-starts", 1.0
        if span.end == item.last + 1:
            yield f"{span.label_}-ends", 1.0


def _gazetteer_measures(item: Candidate, around: Surroundings) -> Iterator[tuple[str, float]]:
    words = around.words
    key = place_key(item.name)
    if not item.places:
        yield "unknown", 1.0
        last = key.rsplit(" ", 1)[-1]
        if key.split(" ", 1)[0] in words.sides:
            yield "unknown-side", 1.0
        elif last in words.streets and " " in key:
            yield "unknown-street", 1.0
        elif last in words.sites and " " in key:
            yield "unknown-site", 1.0
        elif " of " in key or last == "court":
            yield "unknown-body", 1.0
        elif " " in key:
            yield "unknown-many-words", 1.0
        return
    best = max(item.places, key=_fame)
    yield f"level-{best.level}" if best.level != "county" or not best.alias else "bare-county", 1.0
    if best.level == "area" and " " in key:
        yield "area-many-words", 1.0
    if best.level == "town":
        yield "town-people", log10(best.population + 10)
        if best.alias:
            yield "town-alias", 1.0
    if " " in key:
        yield "many-words", 1.0
    elif key in around.common:
        yield "common-word", 1.0
    if len(key) <= 3:
        yield "short", 1.0
    if item.name.isupper() and len(item.name) > 4:
        yield "capitals", 1.0


def _fame(place: Place) -> float:
    """A rough order of how well known the places of a name are."""
    if place.level == "county" and place.alias:
        return 0.0
    return (place.level != "town") * 5 + log10(place.population + 10) - place.alias


def _word_measures(
    doc: Doc, item: Candidate, around: Surroundings, taken: Mapping[int, Candidate]
) -> Iterator[tuple[str, float]]:
    words = around.words
    first, last = doc[item.first], doc[item.last]
    before, passed = _before(doc, item.first, words)
    if before in words.strict:
        yield "before-in", 1.0
    elif before in words.loose:
        yield "before-at", 1.0
    elif before == "of":
        yield "before-of", 1.0
    elif before.rstrip(".") in words.titles:
        yield "before-title", 1.0
    elif before in words.nouns:
        yield "before-noun", 1.0
    if passed:
        yield "after-side", 1.0
    if before in words.playing and item.places and max(item.places, key=_fame).level == "town":
        yield "played-against", 1.0
    previous = doc[item.first - 1] if item.first else None
    if previous is None or previous.is_space or first.is_sent_start:
        yield "starts-sentence", 1.0
    elif previous.text[0].isupper() and previous.lower_ not in words.sides and previous.lower_ not in words.titles:
        yield "after-name", 1.0
    if previous is not None and previous.text in (",", "(") and item.first - 2 in taken:
        yield "after-place-comma", 1.0
    yield from _after_measures(doc, item, around, taken)
    if last.pos_ not in ("PROPN", "ADJ"):
        yield f"pos-{last.pos_}" if last.pos_ in ("NOUN", "VERB", "ADP", "ADV", "X") else "pos-other", 1.0
    if last.dep_ == "flat" or any(child.dep_ == "flat" and child.i > item.last for child in last.children):
        yield "flat", 1.0
    if last.dep_ in ("nsubj", "compound", "nmod:poss", "conj", "appos", "obl"):
        yield f"dep-{last.dep_}", 1.0
    key = place_key(item.name)
    if around.located[key] - (before in words.strict) > 0:
        yield "located-elsewhere", 1.0
    if first.i == last.i and first.text in around.person_words:
        yield "in-person", 1.0
    if first.i == last.i and first.lower_ in around.lower:
        yield "in-small-letters", 1.0


def _after_measures(
    doc: Doc, item: Candidate, around: Surroundings, taken: Mapping[int, Candidate]
) -> Iterator[tuple[str, float]]:
    words = around.words
    if item.last + 1 >= len(doc):
        return
    yield from _run_measures(doc, item, words)
    following = doc[item.last + 1]
    after = following.lower_
    if after == "," and item.last + 2 in taken:
        inner = taken[item.last + 2]
        outer = {
            (place.country, place.admin1) if place.level == "division" else (place.country, "")
            for place in inner.places
            if place.level in ("division", "country")
        }
        if any((place.country, place.admin1) in outer or (place.country, "") in outer for place in item.places):
            yield "inside-next", 1.0
        else:
            yield "comma-place", 1.0
    if after in ("'s", "’s"):
        yield "genitive", 1.0
    elif after in words.saying:
        yield "says", 1.0
    elif after in words.playing and item.places and max(item.places, key=_fame).level == "town":
        yield "plays", 1.0
    elif after in words.streets and following.text[0].isupper():
        yield "before-street", 1.0
    elif after in words.sites and following.text[0].isupper():
        yield "before-site", 1.0
    elif after in words.bodies and following.text[0].isupper():
        yield "before-body", 1.0
    elif following.text[0].isupper() and following.pos_ == "PROPN":
        yield "before-name", 1.0
    elif after == "-":
        yield "hyphen", 1.0
    elif after == "of":
        yield "of-follows", 1.0


def _run_measures(doc: Doc, item: Candidate, words: PlaceWords) -> Iterator[tuple[str, float]]:
    """What follows the run of capitalised words that begins with the candidate: "Paris Whitcombe, 34,"."""
    end = item.last + 1
    while end < len(doc) and doc[end].text[0].isupper() and doc[end].pos_ == "PROPN" and end < item.last + 4:
        end += 1
    if end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].text.isdigit() and len(doc[end + 1]) <= 2:
        yield "age-follows", 1.0
    elif end > item.last + 1 and end < len(doc) and doc[end].lower_ in words.saying:
        yield "name-says", 1.0
    small = not item.places or max(item.places, key=_fame).level == "town"
    if small and end > item.last + 1 and doc[end - 1].lower_.rstrip(".") in words.companies:
        yield "company-follows", 1.0


def score(seen: Iterable[tuple[str, float]]) -> float:
    """The weighted sum of a candidate's measures: above 0 it is more likely a place than not."""
    return sum(SPOT_WEIGHTS.get(name, 0.0) * value for name, value in seen)


def find_spots(doc: Doc, text: str, gazetteer: Gazetteer, source: Source) -> list[Spot]:
    """The place names of a document, sorted, none overlapping: of overlapping candidates the better scored stays.

    In two rounds: the names that are surely places are resolved first; what lies near them is likelier one too.
    """
    pieces = find_pieces(doc, text, gazetteer)
    items = find_candidates(doc, text, pieces, gazetteer)
    around = survey(doc, pieces, items, gazetteer)
    starts = {item.first: item for item in items}
    scores = [score(measures(doc, item, around, starts)) for item in items]
    anchors = find_anchors(doc, text, items, scores, gazetteer, source)
    scores = [value + score(support(item, anchors)) for item, value in zip(items, scores, strict=True)]
    order = sorted(range(len(items)), key=lambda number: -scores[number])
    kept: list[Spot] = []
    used: set[int] = set()
    for number in order:
        item = items[number]
        tokens = range(item.first, item.last + 1)
        if scores[number] <= _LEAST:
            break
        if not item.places and " " not in item.name and scores[number] <= _LEAST_UNKNOWN:
            continue
        if used.isdisjoint(tokens):
            used.update(tokens)
            kept.append(Spot(doc[item.first].idx, item.end, item.name, item.places, scores[number]))
    return sorted(kept, key=lambda spot: spot.start)


@dataclass(frozen=True, slots=True)
class Anchors:
    """Where the sure names of an article are: each name's key with its place; the countries heard of."""

    places: tuple[tuple[str, Place], ...]
    countries: frozenset[str | None]


def find_anchors(
    doc: Doc,
    text: str,
    items: Sequence[Candidate],
    scores: Sequence[float],
    gazetteer: Gazetteer,
    source: Source,
) -> Anchors:
    """The candidates that score high enough to be taken as given, resolved."""
    spans: list[NameSpan] = []
    for item, value in zip(items, scores, strict=True):
        if value > _SURE and item.places and (not spans or doc[item.first].idx >= spans[-1].end):
            spans.append(NameSpan(doc[item.first].idx, item.end, item.name))
    found: dict[tuple[str, Place], None] = {}
    adjectives = (gazetteer.adjectives.get(token.text) for token in doc if token.text[0].isupper())
    countries = {place.country for place in adjectives if place is not None}
    for span, choice in zip(spans, resolve_names(text, spans, gazetteer, source), strict=True):
        if choice.place is not None:
            found[place_key(span.name), choice.place] = None
            countries.add(choice.place.country)
    return Anchors(tuple(found), frozenset(countries - {None}))


def support(item: Candidate, anchors: Anchors) -> Iterator[tuple[str, float]]:
    """What the sure places of the article tell of a candidate."""
    key = place_key(item.name)
    others = [place for name, place in anchors.places if name != key]
    if not item.places or not others:
        return
    if len(others) < len(anchors.places):
        yield "sure-elsewhere", 1.0
        return
    towns = [place for place in item.places if place.level in ("town", "county")][:_FEW]
    if len(towns) < len(item.places):
        return
    small = [place for place in others if place.level in ("town", "county")]
    nearest = min((kilometres(town, place) for town in towns for place in small), default=9999.0)
    if nearest < 40:
        yield "near-sure", 1.0
    elif nearest < 120:
        yield "rather-near-sure", 1.0
    elif small:
        yield "far-from-sure", 1.0
    divisions = {(place.country, place.admin1) for place in others if place.admin1}
    if any((town.country, town.admin1) in divisions for town in towns):
        yield "division-sure", 1.0
    if not any(town.country in anchors.countries for town in towns):
        yield "country-unheard", 1.0
