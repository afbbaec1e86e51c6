"""Readings of news that never was: stories that go on for days, told by several outlets and copied from agencies.

The density (articles a day) stays the same however many are asked for, as in the archive of one outlet or country: more
articles are more days. Names are made of syllables. The same number and seed give the same readings.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dateline.records.claims import ClaimTime, Event, Figure, PloverType
from dateline.records.mentions import Participant, PlaceMention
from dateline.records.reading import Reading
from dateline.records.text import Article, Span, content_id, make_article, mark

ARTICLES_A_DAY: Final = 40
_FIRST_DAY: Final = date(2001, 1, 1)
_COUNTRIES: Final = "UKR RUS SDN KEN PER BRA IND PAK NOR POL TUR IRQ SYR MEX COL NGA ETH MLI FRA DEU USA CHN".split()  # noqa: SIM905
_SYLLABLES: Final = "ka lo mi ne ra tu vo shi bel dor fan gri hos jun kel mar nov per quin ros tam ulm vik zed".split()  # noqa: SIM905
_OUTLETS: Final = tuple(f"Outlet {n}" for n in range(1, 13))
_DATE: Final = re.compile(r"\d+ [A-Z][a-z]+ \d{4}")
_NUMBER: Final = re.compile(r"\d+")
_ACTS: Final[tuple[tuple[PloverType, str, str], ...]] = (
    ("ASSAULT", "attacked", "Fighters of {who} attacked {whom} in {place} on {day}, killing {n} people."),
    (
        "ASSAULT",
        "shelled",
        "The army of {who} shelled positions of {whom} near {place} on {day}; {n} people were hurt.",
    ),
    ("PROTEST", "protested", "About {n} supporters of {who} protested against {whom} in {place} on {day}."),
    ("CONSULT", "met", "{who} met {whom} in {place} on {day} to discuss the matter for {n} hours."),
    ("SANCTION", "imposed", "{who} imposed new limits on {whom} on {day}, naming {n} firms of {place}."),
    ("ACCUSE", "accused", "{who} accused {whom} on {day} of breaking the accord of {place} {n} times."),
)
_FILLERS: Final = (
    "Officials said that the situation in {place} was being watched closely.",
    "It was the latest turn in a dispute between {who} and {whom} that has gone on for months.",
    "Residents of {place} spoke of a long night, and shops stayed closed on {day}.",
    "A spokesman for {whom} could not be reached, while {who} promised a statement.",
    "Observers from {where} have asked both sides for restraint.",
)


@dataclass(frozen=True, slots=True)
class _Story:
    begins: date
    who: str
    whom: str
    who_country: str
    whom_country: str
    place: str
    where: str
    acts: tuple[int, ...]
    figures: tuple[int, ...]


def readings(count: int, seed: int = 7) -> Iterator[Reading]:
    """So many readings in order of publication."""
    drawn = random.Random(seed)
    open_stories: list[_Story] = []
    copied: list[str] = []
    for number in range(count):
        today = _FIRST_DAY + timedelta(days=number // ARTICLES_A_DAY)
        if number % ARTICLES_A_DAY == 0:
            open_stories = [story for story in open_stories if (today - story.begins).days < 5]
            while len(open_stories) < ARTICLES_A_DAY // 3:
                open_stories.append(_story(drawn, today))
            copied = []
        if copied and drawn.random() < 0.1:
            text = drawn.choice(copied)
        else:
            story = drawn.choice(open_stories)
            text = _told(drawn, story, today)
            copied.append(text)
        yield _reading(text, today, drawn.choice(_OUTLETS), number)


def _name(drawn: random.Random, parts: int) -> str:
    return "".join(drawn.choice(_SYLLABLES) for _ in range(parts)).capitalize()


def _story(drawn: random.Random, today: date) -> _Story:
    one, other = drawn.sample(_COUNTRIES, 2)
    return _Story(
        begins=today,
        who=f"{_name(drawn, 2)} {_name(drawn, 3)}",
        whom=f"{_name(drawn, 3)} {_name(drawn, 2)}",
        who_country=one,
        whom_country=other,
        place=_name(drawn, 3),
        where=_name(drawn, 3),
        acts=tuple(drawn.sample(range(len(_ACTS)), 4)),
        figures=tuple(drawn.randint(2, 90) for _ in range(4)),
    )


def _told(drawn: random.Random, story: _Story, today: date) -> str:
    """The article: each act of the story happened on a day of its own; today's and some earlier ones are told."""
    age = (today - story.begins).days
    told = [n for n in range(4) if n <= age]
    parts = [f"{story.place}: {story.who} and {story.whom}, day {age + 1}"]
    for n in reversed(told[-3:]):
        day = story.begins + timedelta(days=n)
        parts.append(_filled(_ACTS[story.acts[n]][2], story, day, story.figures[n]))
        parts.append(_filled(drawn.choice(_FILLERS), story, day, 0))
    return "\n".join(parts)


def _filled(pattern: str, story: _Story, day: date, number: int) -> str:
    return pattern.format(
        who=story.who,
        whom=story.whom,
        place=story.place,
        where=story.where,
        day=f"{day.day} {day:%B %Y}",
        n=number,
    )


def _reading(text: str, today: date, outlet: str, number: int) -> Reading:
    title = text.partition("\n")[0]
    article = make_article(
        text,
        published=today,
        published_basis="given",
        ref=f"synthetic/{number}",
        source=outlet,
        title=title,
        url=f"https://outlets.example/{number}",
    )
    events = tuple(_events(article))
    return Reading(article, (), (), (), tuple(event for event, _ in events), (), tuple(f for _, f in events), ())


def _events(article: Article) -> Iterator[tuple[Event, Figure]]:
    text = article.text
    heading = text.partition("\n")[0]
    place_name, _, rest = heading.partition(": ")
    who, _, whom = rest.rpartition(",")[0].partition(" and ")
    start = 0
    for sentence in text.split("\n"):
        found = next(((kind, word) for kind, word, _ in _ACTS if f" {word} " in sentence), None)
        if found is not None and start:
            yield _event(article, found, sentence, start, (who, whom, place_name))
        start += len(sentence) + 1


def _event(
    article: Article, act: tuple[PloverType, str], sentence: str, start: int, names: tuple[str, str, str]
) -> tuple[Event, Figure]:
    kind, word = act
    who, whom, place_name = names
    text = article.text
    at = start + sentence.index(f" {word} ") + 1
    told = _DATE.search(sentence)
    size = _NUMBER.search(_DATE.sub(lambda found: " " * len(found.group()), sentence))
    if told is None or size is None:
        raise ValueError(f"a synthetic sentence without day or number: {sentence}")
    number, digits = size.group(), start + size.start()
    day = _day(told.group())
    time = ClaimTime(told.group(), day, day, day.isoformat(), "stated")
    seen = start + sentence.index(place_name)
    event = Event(
        id=content_id(article.id, kind, at),
        type=kind,
        plover=kind,
        mode=None,
        contexts=(),
        cameo=None,
        quad=1 if kind == "CONSULT" else 4,
        intensity=1.0 if kind == "CONSULT" else -7.0,
        status="happened",
        source=(_participant(who, start + sentence.index(who)),),
        target=(_participant(whom, start + sentence.index(whom)),),
        time=time,
        place=PlaceMention(
            seen, seen + len(place_name), place_name, place_name, "city", _country(place_name), None,
            *_point(place_name), None, "synthetic",
        ),
        trigger=mark(text, at, at + len(word)),
        sentence=Span(start, start + len(sentence)),
        reported_by=None,
        rule="synthetic#act",
        confidence=0.8,
    )  # fmt: skip
    figure = Figure(
        digits, digits + len(number), number, float(number), float(number), "exact", "people", None, None, None,
        "killed", None, None, "happened", time, event.id, "synthetic#figure",
    )  # fmt: skip
    return event, figure


def _day(told: str) -> date:
    day, month, year = told.split()
    months = "January February March April May June July August September October November December".split()  # noqa: SIM905
    return date(int(year), months.index(month) + 1, int(day))


def _participant(name: str, at: int) -> Participant:
    return Participant(None, name, at, at + len(name), name, _country(name), ("REB",), None)


def _country(name: str) -> str:
    return _COUNTRIES[sum(map(ord, name)) % len(_COUNTRIES)]


def _point(name: str) -> tuple[float, float]:
    drawn = random.Random(name)
    return drawn.uniform(-50, 60), drawn.uniform(-170, 170)
