"""From place names in a text to the topics that are chosen between: what is one sense, and what lies in what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dateline.lexicon.gazetteer import Gazetteer, Place, PlaceWords, kilometres
from dateline.lexicon.place_names import place_key
from dateline.resolve.place_choice import Source, Topic, choose

_LONGEST_LINK = 60
_REACH_KM = 60.0
_CITY_PEOPLE = 100_000
_MARKS = frozenset(",.;)—")


@cache
def _links(words: PlaceWords) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may stand between a place and the one around it: after it (", northern X"), before it ("the X town of")."""
    sides = rf"(?:(?:{_any(words.sides)})\s+)*"
    nouns = _any(words.nouns)
    part = rf"(?:(?:{nouns})\s+of\s+)?"
    after = rf"\s*(?:,|\()\s*(?:in|near|on)?\s*{sides}{part}|\s+(?:in|of)\s+{sides}{part}"
    before = rf"(?:['’]s?)?\s+(?:[a-z-]+\s+){{0,3}}?(?:{nouns})(?:\s+(?:of|called|named|in))?\s+|['’]s?\s+{sides}"
    return re.compile(after), re.compile(before)


@cache
def _region(words: PlaceWords) -> re.Pattern[str]:
    """A word for a region after a name."""
    return re.compile(rf"\s+(?:{_any(words.regions)})\b", re.IGNORECASE)


def _any(words: frozenset[str]) -> str:
    return "|".join(sorted(map(re.escape, words)))


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A place name in the text: the words to look up, and the place where they can mean only one (adjectives)."""

    start: int
    end: int
    name: str
    fixed: Place | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What is known of the place of one span.

    Attributes:
        place: None where the gazetteer has no such name, or none in the place that the text puts around it.
        around: the place that the text puts around it; contained: whether `place` lies in it.
    """

    place: Place | None
    chance: float
    around: Place | None
    contained: bool


def resolve_names(text: str, spans: Sequence[NameSpan], gazetteer: Gazetteer, source: Source) -> list[Choice]:
    """The choice for each span (sorted by start, not overlapping)."""
    topics, numbers = find_topics(text, spans, gazetteer)
    chosen = choose(topics, gazetteer, source) if topics else {}
    results: list[Choice] = []
    for number, topic in enumerate(topics):
        place: Place | None = None
        chance = 0.0
        if number in chosen:
            place, chance = chosen[number]
        around = next((chosen[outer][0] for outer in topic.inside if outer in chosen), None)
        contained = place is not None and around is not None and _lies_in(place, around)
        if place is not None and around is not None and not contained and _refuses(topic, place, around, gazetteer):
            place = None
        results.append(Choice(place, chance, around, contained))
    return [results[number] for number in numbers]


def _lies_in(place: Place, around: Place) -> bool:
    if around.level == "country":
        return place.country == around.country and place.level != "country"
    if around.level == "division":
        return (place.country, place.admin1) == (around.country, around.admin1) and place.level != "division"
    return around.level in ("county", "town") and kilometres(place, around) < _REACH_KM


def _refuses(topic: Topic, place: Place, around: Place, gazetteer: Gazetteer) -> bool:
    """Whether the text says that a town lies in a division or country where the gazetteer has no town of the name."""
    if place.level not in ("town", "county"):
        return False
    if topic.within:
        return around.level in ("division", "country")
    if not topic.address or around.level != "division":
        return False
    return not any(item.level == "town" and item.population > _CITY_PEOPLE for item in gazetteer.lookup(around.name))


def find_topics(text: str, spans: Sequence[NameSpan], gazetteer: Gazetteer) -> tuple[list[Topic], list[int]]:
    """The topics of an article, and for each span the number of its topic."""
    outer = _containers(text, spans, gazetteer.words)
    region = _region(gazetteer.words)
    regions = [region.match(text, span.end) is not None for span in spans]
    keys = [_topic_key(number, spans, outer, regions[number]) for number in range(len(spans))]
    order: dict[tuple[str, ...], int] = {}
    for key in keys:
        order.setdefault(key, len(order))
    numbers = [order[key] for key in keys]
    members: list[list[int]] = [[] for _ in order]
    for index, number in enumerate(numbers):
        members[number].append(index)
    topics = []
    for number, indices in enumerate(members):
        around = dict.fromkeys(numbers[other] for index in indices for other in outer[index])
        around.pop(number, None)
        first = spans[indices[0]]
        address = any(_is_address(text, spans, index) for index in indices if outer[index])
        within = any(_is_within(text, spans, index) for index in indices if outer[index])
        topics.append(Topic(first.name, len(indices), tuple(around), first.fixed, address, within, regions[indices[0]]))
    return topics, numbers


def _is_address(text: str, spans: Sequence[NameSpan], index: int) -> bool:
    """Whether the next name follows after a bare comma and is closed by a mark: "Greenwood, W. Va.," """
    if index + 1 == len(spans):
        return False
    one, two = spans[index], spans[index + 1]
    return text[one.end : two.start].strip() == "," and (
        text[two.end - 1] == "." or text[two.end : two.end + 1] in _MARKS
    )


def _is_within(text: str, spans: Sequence[NameSpan], index: int) -> bool:
    """Whether the next name follows after "in" ("Palma in northern Mozambique")."""
    following = spans[index + 1 : index + 2]
    return bool(following) and text[spans[index].end : following[0].start].lstrip().startswith("in ")


def _topic_key(number: int, spans: Sequence[NameSpan], outer: Sequence[Sequence[int]], region: bool) -> tuple[str, ...]:
    span = spans[number]
    kind = "adjective" if span.fixed is not None else "region" if region else "name"
    around = [place_key(spans[other].name) for other in outer[number][:1]]
    return (kind, place_key(span.name), *around)


def _containers(text: str, spans: Sequence[NameSpan], words: PlaceWords) -> list[list[int]]:
    """For each span those that the text puts around it: "Athens, Georgia", "the Malian town of Kidal"."""
    after, before = _links(words)
    outer: list[list[int]] = [[] for _ in spans]
    for number in range(len(spans) - 2, -1, -1):
        one, two = spans[number], spans[number + 1]
        between = text[one.end : two.start]
        if len(between) > _LONGEST_LINK:
            continue
        if one.fixed is None and two.fixed is None and after.fullmatch(between):
            outer[number] = [number + 1, *outer[number + 1]]
    for number in range(1, len(spans)):
        one, two = spans[number - 1], spans[number]
        between = text[one.end : two.start]
        if len(between) <= _LONGEST_LINK and two.fixed is None and before.fullmatch(between):
            outer[number].append(number - 1)
    return outer
