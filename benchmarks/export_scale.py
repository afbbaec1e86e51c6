"""How long exports of a large record take, and how much memory: `python -m benchmarks.export_scale --events 1000000`.

The record is generated (invented names, ten events an article) and kept in --record for another run.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from dateline.records.claims import ClaimTime, Event, PloverType, Size, Status
from dateline.records.mentions import Participant, PlaceMention
from dateline.records.reading import Reading
from dateline.records.text import Span, content_id, make_article, mark
from dateline.store.write import open_writer

_PER_ARTICLE: Final = 10
_ACTS: Final[tuple[tuple[PloverType, str | None, str, int, float, str], ...]] = (
    ("CONSULT", "visit", "042", 1, 4.0, "visited"),
    ("ASSAULT", "heavy-weapons", "194", 4, -9.5, "shelled"),
    ("ACCUSE", "allege", "112", 3, -3.5, "accused"),
    ("AID", None, "073", 2, 10.0, "helped"),
    ("PROTEST", "demo", "141", 4, -5.0, "confronted"),
    ("COERCE", "arrest", "173", 4, -7.0, "arrested"),
)
_STATUSES: Final[tuple[Status, ...]] = ("happened", "happened", "happened", "ongoing", "planned", "denied")
_COUNTRIES: Final = ("NOR", "POL", "UKR", "KEN", "USA", "IND", "BRA", "JPN", "EGY", "PER")
_SECTORS: Final = (("GOV",), ("MIL",), ("GOV", "MIL"), ("REB",), ("CVL",), ())
_NAMES: Final = (
    "Ine Berg",
    "Marta Kowal",
    "Olen Hrytsak",
    "Wanjiru Odeny",
    "Tom Ashgrove",
    "Sita Rahn",
    "the army",
    "residents",
)
_TOWNS: Final = (("Dolna", "UKR", 48.1, 37.7), ("Lund Bay", "NOR", 69.6, 18.9), ("Koru", "KEN", -0.1, 35.2))


@dataclass(frozen=True, slots=True)
class Measured:
    """One export: rows, seconds on the clock and of the processors, and the most memory of its process in megabytes."""

    layout: str
    rows: int
    seconds: float
    processor: float
    megabytes: float


def readings(events: int, seed: int = 7) -> Iterator[Reading]:
    """Readings with this many events in all."""
    chance = random.Random(seed)
    for number in range(max(1, events // _PER_ARTICLE)):
        yield _reading(number, chance)


def _reading(number: int, chance: random.Random) -> Reading:
    day = date(2015, 1, 1) + timedelta(days=number % 3650)
    sentences = []
    plans = []
    at = 0
    for _ in range(_PER_ARTICLE):
        act = chance.choice(_ACTS)
        who, whom = chance.choice(_NAMES), chance.choice(_NAMES)
        town = chance.choice(_TOWNS)
        sentence = f"{who} {act[5]} {whom} near {town[0]} on {day:%d %B}, local officials told reporters on the spot."
        plans.append((at, sentence, act, who, whom, town))
        sentences.append(sentence)
        at += len(sentence) + 1
    text = " ".join((*sentences, f"Report {number}."))
    article = make_article(
        text,
        published=day,
        published_basis="given",
        ref=f"wire/{number}",
        url=f"https://wire.example/{number}",
        source="Example Wire",
        title=f"Report {number}",
    )
    found = tuple(_event(article.id, text, day, plan, chance) for plan in plans)
    return Reading(article, (), (), (), found, (), (), ())


def _event(
    article: str,
    text: str,
    day: date,
    plan: tuple[int, str, tuple[PloverType, str | None, str, int, float, str], str, str, tuple[str, str, float, float]],
    chance: random.Random,
) -> Event:
    at, sentence, (kind, mode, cameo, quad, intensity, verb), who, whom, (town, country, lat, lon) = plan
    status = chance.choice(_STATUSES)
    trigger = at + len(who) + 1
    after = trigger + len(verb) + 1
    place = text.index(town, after)
    words = f"{day:%d %B}"
    return Event(
        id=content_id(article, kind, trigger),
        type=kind,
        plover=None if status == "denied" else "AGREE" if status == "planned" else kind,
        mode=mode,
        contexts=("military", "diplomatic"),
        cameo=cameo,
        quad=quad,
        intensity=intensity,
        status=status,
        source=(_participant(who, at, chance),),
        target=(_participant(whom, after, chance),),
        time=ClaimTime(words, day, day, day.isoformat(), "stated"),
        place=PlaceMention(place, place + len(town), town, town, "city", country, None, lat, lon, 1, "places/t#1"),
        trigger=mark(text, trigger, trigger + len(verb)),
        sentence=Span(at, at + len(sentence)),
        reported_by=None,
        rule="verbs/made.toml#one",
        confidence=0.9,
        size=Size(3, None, None) if kind == "ASSAULT" else None,
    )


def _participant(name: str, at: int, chance: random.Random) -> Participant:
    return Participant(
        "a1", name, at, at + len(name), name, chance.choice(_COUNTRIES), chance.choice(_SECTORS), "official"
    )


def make_record(path: Path, events: int) -> float:
    """Generate a record; the seconds it took."""
    start = time.perf_counter()
    with open_writer(path) as writer:
        for reading in readings(events):
            writer.add(reading)
    return time.perf_counter() - start


def measure(record: Path, layout: str, folder: Path) -> Measured:
    """Export in a process of its own, so that its memory can be told."""
    code = (
        "import sys, resource\nfrom dateline.archive import Archive\n"
        "with Archive(sys.argv[1]) as a: n = a.export(sys.argv[2], sys.argv[3])\n"
        "u = resource.getrusage(resource.RUSAGE_SELF)\nprint(n, u.ru_utime + u.ru_stime, u.ru_maxrss / 1024)"
    )
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, str(record), layout, str(folder / f"export.{layout}")],
        check=True,
        capture_output=True,
        text=True,
    )
    seconds = time.perf_counter() - start
    rows, processor, megabytes = done.stdout.split()
    (folder / f"export.{layout}").unlink()
    return Measured(layout, int(rows), seconds, float(processor), float(megabytes))


def main() -> None:
    """Generate and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--layouts", default="parquet,csv,gdelt,icews,polecat,stata")
    parser.add_argument("--record", type=Path, help="where the record is kept; a temporary one without it")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dateline-scale-") as folder:
        record: Path = arguments.record or Path(folder) / "record.db"
        if not record.exists():
            took = make_record(record, arguments.events)
            print(f"record of {arguments.events} events, {record.stat().st_size / 1e6:.0f} MB, made in {took:.0f} s")
        print(
            "| layout | rows | s | s of processor | s per million events | MB |\n| --- | --- | --- | --- | --- | --- |"
        )
        for layout in arguments.layouts.split(","):
            told = measure(record, layout, Path(folder))
            share = told.seconds / arguments.events * 1e6
            cells = (told.layout, told.rows, f"{told.seconds:.1f}", f"{told.processor:.1f}", f"{share:.1f}")
            print(f"| {' | '.join(map(str, cells))} | {told.megabytes:.0f} |", flush=True)


if __name__ == "__main__":
    main()
