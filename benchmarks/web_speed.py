"""How quickly pages come: `python -m benchmarks.web_speed [--events 100000] [--record FILE] [--rounds 20]`.

Makes a record of invented events (or takes one that was made so), asks each kind of page for other things in every
round, in process and without a network, and prints the median, the 95th percentile and the largest page. The limits
are those of issue 8: 300 ms and 150 KB. Exit code 1 where one is broken. Times are of the processor, so that they
hold on a busy machine too; the clock's 95th percentile stands beside them.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from starlette.testclient import TestClient

from benchmarks.corpora import commit
from benchmarks.web_record import fill
from dateline.archive import Archive
from dateline.store.audits import audits, begin_audit
from dateline.web.app import make_app
from dateline.web.words import link, quoted

_SLOWEST_MS = 300.0
_LARGEST = 150_000
_COUNTRIES = ("NOR", "SWE", "POL", "UKR", "RUS", "USA", "CHN", "IND", "KEN", "EGY", "PER")
_TYPES = ("CONSULT", "AGREE", "AID", "ASSAULT", "PROTEST", "SANCTION", "REQUEST")
_STATUSES = ("happened", "planned", "possible", "denied")


def main() -> None:
    """Print one line for each kind of page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--record", type=Path, help="a record made before; made and kept there if absent")
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        record = options.record or Path(folder) / "made.db"
        if not record.exists():
            start = time.perf_counter()
            fill(record, options.events)
            print(f"record of {options.events:,} events made in {time.perf_counter() - start:.0f} s")
        raise SystemExit(0 if measured(record, options.rounds) else 1)


def measured(record: Path, rounds: int) -> bool:
    """Ask for every page so many times; whether all kept to the limits."""
    with Archive(record) as archive:
        events, articles = archive.count("events"), archive.count("articles")
    size = record.stat().st_size / 1e6
    print(f"web_speed  {events:,} events, {articles:,} articles, {size:,.0f} MB  {os.cpu_count()} cores  {commit()}")
    if not audits(record):
        begin_audit(record, 100, kind="event", query="", seed=1, who="benchmark")
    web = TestClient(make_app(record, who="benchmark"), base_url="http://localhost")
    times: dict[str, list[float]] = {}
    clock: dict[str, list[float]] = {}
    sizes: dict[str, int] = {}
    for number in range(rounds):
        for name, address in pages(record, random.Random(number)):
            start, busy = time.perf_counter(), time.process_time()
            answer = web.get(address)
            times.setdefault(name, []).append((time.process_time() - busy) * 1000)
            clock.setdefault(name, []).append((time.perf_counter() - start) * 1000)
            sizes[name] = max(sizes.get(name, 0), len(answer.content))
            if answer.status_code != 200:
                sys.exit(f"{address}: {answer.status_code}")
    fine = True
    print(f"{'page':34} {'median':>8} {'p95':>8} {'clock':>8} {'most KB':>8}")
    for name, took in times.items():
        late, waited = _late(took), _late(clock[name])
        broken = late > _SLOWEST_MS or sizes[name] > _LARGEST
        fine = fine and not broken
        mark = "  over the limit" if broken else ""
        times_told = f"{sorted(took)[len(took) // 2]:6.0f}ms {late:6.0f}ms {waited:6.0f}ms"
        print(f"{name:34} {times_told} {sizes[name] / 1000:8.1f}{mark}")
    return fine


def _late(took: list[float]) -> float:
    """The 95th percentile."""
    return sorted(took)[math.ceil(0.95 * len(took)) - 1]


def pages(record: Path, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Every kind of page, each with something that chance asks for."""
    country, kind, status = chance.choice(_COUNTRIES), chance.choice(_TYPES), chance.choice(_STATUSES)
    year, month = chance.randrange(2011, 2024), chance.randrange(1, 13)
    with Archive(record) as archive:
        total = archive.count("events")
        keys = [chance.randrange(1, total) for _ in range(3)]
        event, deep, named = archive.rows("events", keys)
        actor = named.fact.source[0]
    yield "start", "/"
    yield "events, all", "/events"
    yield "events, newest report", link("/events", q="sort:-published")
    yield "events, deep page", link("/events", after=keys[1], n=keys[1])
    yield "events of a type and status", link("/events", q=f"type:{kind} status:{status}")
    yield "events of a country", link("/events", q=f"actor:{country} sort:-published")
    yield "events of a pair and year", link("/events", q=f"actor:{country} actor:RUS on:{year}")
    yield "events of a person", link("/events", q=f"actor:{quoted(actor.name)}")
    yield "events by words", link("/events", q=f'"Town {chance.randrange(60)}" {kind.lower()}')
    yield "events as of a day", link("/events", q=f"type:{kind} actor:{country}", as_of=f"{year}-{month:02}-01")
    yield "statements", link("/statements", q=f"speaker:{country}")
    yield "figures", link("/figures", q=f"kind:killed value:>={chance.randrange(4000)}")
    yield "actors", link("/actors", q=f"country:{country}")
    yield "articles", link("/articles", q=f"published:{year}-{month:02}")
    yield "problems", "/problems"
    yield "article", f"/article/{event.origin.id}"
    yield "event", f"/event/{deep.fact.id}"
    yield "actor", link("/actor", name=actor.name, country=actor.country)
    yield "map, all", "/map"
    yield "map of a country", link("/map", q=f"actor:{country} on:{year}")
    yield "agenda", "/agenda"
    yield "agenda of a country", link("/agenda", q=f"actor:{country}", **{"from": f"{year}-{month:02}-01"})
    yield "ledger of a month", link("/ledger", q=f"published:{year}-{month:02}", alone="yes")
    yield "pairs of a country and year", link("/series", q=f"actor:{country} on:{year}", by="week")
    yield "pairs, all", "/series"
    yield "audit", "/audit/1"
    yield "audit item", f"/audit/1/{chance.randrange(1, 101)}"


if __name__ == "__main__":
    main()
