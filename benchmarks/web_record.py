"""A record of invented events, as large as wanted, for measuring how quickly pages come."""

from __future__ import annotations

import random
import sqlite3
from datetime import date, timedelta
from pathlib import Path
from typing import Final, get_args

from dateline.records.claims import ClaimTime, Event, Figure, PloverType, Statement, Status
from dateline.records.mentions import Actor, ActorMention, Participant, PlaceMention
from dateline.records.reading import Reading
from dateline.records.text import Article, Mark, Span, content_id, make_article, mark
from dateline.store.write import Writer

EVENTS_PER_ARTICLE: Final = 10
_COUNTRIES: Final = (
    *("NOR", "SWE", "POL", "UKR", "RUS", "USA", "CHN", "IND", "IRN", "ISR", "TUR", "DEU", "FRA", "GBR", "BRA", "KEN"),
    *("EGY", "SDN", "MLI", "NGA", "JPN", "KOR", "PRK", "PHL", "IDN", "MMR", "PAK", "AFG", "COL", "VEN", "MEX", "PER"),
)
_SECTORS: Final = ((), ("GOV",), ("GOV", "MIL"), ("MIL",), ("OPP",), ("CVL",), ("REB",), ("LAB",))
_TYPES: Final = get_args(PloverType)
_QUADS: Final = dict(zip(_TYPES, (1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4), strict=True))
_STATUSES: Final[tuple[Status, ...]] = get_args(Status)
_WEIGHTS: Final = (62, 4, 16, 8, 5, 5)
_FIRST: Final = date(2010, 1, 1)
_DAYS: Final = 5_400
_SAID: Final = "the offer stands until the end of the month"


def fill(path: Path, events: int, seed: int = 7) -> None:
    """Make a record with about so many events: skewed actors and places, fifteen years, one statement and one figure
    for every ten events.

    Raises:
        StoreError: the file cannot be written.
    """
    chance = random.Random(seed)
    with Writer(path, {"made": "by benchmarks"}, {}) as writer:
        _hurry(writer)
        for number in range(max(1, events // EVENTS_PER_ARTICLE)):
            writer.add(_reading(number, chance))


def _hurry(writer: Writer) -> None:
    """Let the disk lag behind: nobody minds if this record is lost."""
    connection: sqlite3.Connection = writer._connection
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -200000")


def _reading(number: int, chance: random.Random) -> Reading:
    published = _FIRST + timedelta(days=chance.randrange(_DAYS))
    cast = [_actor(n, chance) for n in range(4)]
    towns = [int(abs(chance.gauss(0, 60))) for _ in range(3)]
    lines = []
    for n in range(EVENTS_PER_ARTICLE):
        one, other = chance.sample(cast, 2)
        lines.append(f"{one.name} acted upon {other.name} in Town {towns[n % 3]} on the day in question {number}-{n}.")
    lines.append(f'{cast[0].name} said "{_SAID}", and counted {chance.randrange(2, 5000):,} people.')
    text = "\n".join(lines)
    article = make_article(
        text, published=published, published_basis="given", ref=f"made/{number}", source=f"Paper {number % 40}",
        title=f"Report {number} on Town {towns[0]}",
    )  # fmt: skip
    told = [_event(article, line, cast, chance) for line in lines[:-1]]
    return Reading(article, (), (), tuple(_mentioned(a, text) for a in cast), tuple(told), *_said(article, cast), ())


def _actor(n: int, chance: random.Random) -> Actor:
    country = _COUNTRIES[min(len(_COUNTRIES) - 1, int(chance.expovariate(0.18)))]
    sectors = chance.choice(_SECTORS)
    if not sectors:
        return Actor(f"a{n + 1}", f"Land {country} {n}", "country", country, (), None, None, (), "world/countries")
    name = f"Ada Holm {country} {int(chance.expovariate(0.02)) * 4 + n}"
    return Actor(f"a{n + 1}", name, "person", country, sectors, "Minister", None, (), "actors/roles.toml#minister")


def _mentioned(actor: Actor, text: str) -> Actor:
    at = text.find(actor.name)
    mentions = () if at < 0 else (ActorMention(at, at + len(actor.name), actor.name, "name"),)
    parts = (actor.id, actor.name, actor.kind, actor.country, actor.sectors, actor.role, actor.organisation)
    return Actor(*parts, mentions, actor.rule)


def _event(article: Article, line: str, cast: list[Actor], chance: random.Random) -> Event:
    at = article.text.index(line)
    trigger: Mark = mark(article.text, at + line.index("acted"), at + line.index("acted") + 5)
    source = next(who for who in cast if line.startswith(f"{who.name} "))
    target = next(who for who in cast if f"upon {who.name} in" in line)
    kind = _TYPES[min(15, int(chance.expovariate(0.17)))]
    town = line.split(" in ")[1].split(" on ")[0]
    start = at + line.index(town)
    spot = random.Random(town)
    place = PlaceMention(
        start, start + len(town), town, town, "city", _COUNTRIES[spot.randrange(len(_COUNTRIES))], None,
        round(spot.uniform(-45, 65), 3), round(spot.uniform(-120, 150), 3), None, "places/made",
    )  # fmt: skip
    day = article.published + timedelta(days=chance.randrange(-6, 10))
    return Event(
        content_id(article.id, trigger.start), kind, kind, None, (), "010", _QUADS[kind],
        float(chance.randrange(-100, 100)) / 10, chance.choices(_STATUSES, _WEIGHTS)[0],
        (_party(source, article, at),), (_party(target, article, at + line.index(target.name, 5)),),
        ClaimTime(None, day, day, day.isoformat(), "publication"), place if chance.random() < 0.7 else None,
        trigger, Span(at, at + len(line)), None, f"verbs/{kind.lower()}.toml#made-{chance.randrange(9)}",
        round(chance.uniform(0.4, 1), 2),
    )  # fmt: skip


def _party(actor: Actor, article: Article, at: int) -> Participant:
    end = at + len(actor.name)
    words = article.text[at:end]
    return Participant(actor.id, words, at, end, actor.name, actor.country, actor.sectors, actor.role)


def _said(article: Article, cast: list[Actor]) -> tuple[tuple[Statement, ...], tuple[Figure, ...]]:
    text, speaker = article.text, cast[0]
    at, start = text.rindex(f"{speaker.name} said"), text.index(_SAID)
    content = mark(text, start, start + len(_SAID))
    who = _party(speaker, article, at)
    said = Statement(
        content_id(article.id, "said"), who, mark(text, at + len(speaker.name) + 1, at + len(speaker.name) + 5),
        content, (content,), "direct", None, None, None, None, (), "speech/say.toml#said",
    )  # fmt: skip
    first = text.rindex("counted ") + len("counted ")
    number = float(text[first:].split(" ")[0].replace(",", ""))
    figure = Figure(
        first, len(text) - 1, text[first:-1], number, number, "exact", "people", None, None, None, "killed", None, who,
        "happened", None, None, "figures/units.toml#people",
    )  # fmt: skip
    return (said,), (figure,)
