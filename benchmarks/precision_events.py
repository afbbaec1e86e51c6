"""How many coded events are right, judged one by one: `python -m benchmarks.precision_events [--draw N --seed S]`.

Without options: reads docs/precision-events.tsv and prints, for each round of judging, the precision of every field
and type with its 95 % Wilson interval, and the reliability of the confidence. The sheet holds codes, offsets and
verdicts, never the words of an article, so the corpora are not needed for this.

`--draw N --seed S --round NAME --to FILE` codes the development articles, draws N events (a few of each type, the rest
by share), prints each with its sentence for the judge and writes rows without verdicts to FILE.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora import ROOT, corpora_folder, stamp
from benchmarks.news import articles, files, local_articles
from dateline.pipeline import load_tools, read_articles
from dateline.records.claims import Event
from dateline.records.mentions import Participant
from dateline.records.text import Article

SHEET = ROOT / "docs" / "precision-events.tsv"
FIELDS = ("type", "source", "target", "status", "time", "place")
_CODES = ("coded", "mode", "how", "from", "to", "confidence")
COLUMNS = ("round", "article", "start", "end", "id", *_CODES, *FIELDS, "reason")
_LEAST = 7
_BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


@dataclass(frozen=True, slots=True)
class Judged:
    """One coded event with its verdicts.

    Attributes:
        wrong: the fields that are wrong.
    """

    round: str
    type: str
    status: str
    confidence: float
    wrong: frozenset[str]

    @property
    def right(self) -> bool:
        return not self.wrong


def main() -> None:
    """Print the tables, or draw events to be judged."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draw", type=int, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--round", default="1")
    parser.add_argument("--unseen", type=int, metavar="QUARTER", help="draw from this quarter of the local news alone")
    parser.add_argument("--to", type=Path, help="where the rows to be judged are written")
    parser.add_argument("--json", type=Path, help="write the metrics of the last round to this file")
    options = parser.parse_args()
    if options.draw is not None:
        _draw(options.draw, options.seed, options.round, options.to, options.unseen)
        return
    judged = read_sheet(SHEET)
    print(f"precision of events  {stamp([SHEET])}")
    metrics: dict[str, float] = {}
    for name in dict.fromkeys(item.round for item in judged):
        metrics = _print_round(name, [item for item in judged if item.round == name])
    if options.json:
        options.json.write_text(json.dumps(metrics), encoding="utf-8")


def read_sheet(path: Path) -> list[Judged]:
    """The judged events of a sheet; rows whose verdict is missing are an error."""
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if any(row[field] not in ("1", "0", "-") for field in FIELDS):
                raise SystemExit(f"{path}: event {row['id']} of round {row['round']} has no verdict")
            wrong = frozenset(field for field in FIELDS if row[field] == "0")
            found.append(Judged(row["round"], row["coded"], row["how"], float(row["confidence"]), wrong))
    return found


def wilson(hits: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share, in percent."""
    if total == 0:
        return 0.0, 100.0
    z, share = 1.96, hits / total
    centre = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return 100 * (centre - spread) / scale, 100 * (centre + spread) / scale


def reliability(items: Iterable[tuple[float, bool]]) -> list[tuple[float, float, int, float, float]]:
    """(low, high, count, mean confidence, share right) of each bin of the confidence that is not empty."""
    listed = list(items)
    rows = []
    for low, high in itertools.pairwise(_BINS):
        inside = [(score, right) for score, right in listed if low <= score < high]
        if inside:
            mean = sum(score for score, _ in inside) / len(inside)
            rows.append((low, min(high, 1.0), len(inside), mean, sum(right for _, right in inside) / len(inside)))
    return rows


def _print_round(name: str, judged: Sequence[Judged]) -> dict[str, float]:
    print(f"\nround {name}: {len(judged)} events")
    sure = [item for item in judged if item.confidence >= 0.5]
    _line("fully right", sum(item.right for item in judged), len(judged))
    _line("  at confidence >= 0.5", sum(item.right for item in sure), len(sure))
    core = {"type", "source", "target", "status"}
    _line("  type, sides and status", sum(not item.wrong & core for item in judged), len(judged))
    for field in FIELDS:
        _line(f"  {field}", sum(field not in item.wrong for item in judged), len(judged))
    for type_, count in sorted(Counter(item.type for item in judged).items()):
        _line(type_, sum(item.right for item in judged if item.type == type_), count)
    print("confidence    events   mean   right")
    for low, high, count, mean, share in reliability((item.confidence, item.right) for item in judged):
        print(f"  {low:.1f}-{high:.1f}   {count:6}   {mean:.2f}   {share:.2f}")
    return {
        "fully_right": 100 * sum(item.right for item in judged) / len(judged),
        "fully_right_at_half": 100 * sum(item.right for item in sure) / max(1, len(sure)),
    }


def _line(name: str, hits: int, total: int) -> None:
    low, high = wilson(hits, total)
    print(f"{name:<28}{hits:4} of {total:4}  {100 * hits / max(1, total):5.1f} %  ({low:.0f}-{high:.0f})")


def _draw(count: int, seed: int, name: str, to: Path | None, quarter: int | None) -> None:
    corpora = corpora_folder()
    if corpora is None:
        print("precision_events: skipped, no corpora (set DATELINE_CORPORA)")
        return
    pool = list(coded(articles(corpora) if quarter is None else local_articles(corpora, quarter)))
    shares = Counter(event.type for _, event in pool)
    print(f"{len(pool)} events  {stamp(files(corpora))}")
    print("  ".join(f"{type_} {number}" for type_, number in shares.most_common()))
    chosen = sample(pool, count, seed)
    rows = []
    for number, (article, event) in enumerate(chosen, 1):
        _show(number, article, event)
        rows.append(_row(name, article, event))
    if to is not None:
        with to.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, delimiter="\t", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def coded(texts: Iterable[Article]) -> Iterator[tuple[Article, Event]]:
    """Every event of the articles."""
    for reading in read_articles(texts, load_tools()):
        for event in reading.events:
            yield reading.article, event


def sample(pool: Sequence[tuple[Article, Event]], count: int, seed: int) -> list[tuple[Article, Event]]:
    """At least seven events of each type that has them, the rest drawn from all; in order of article and offset."""
    chance = random.Random(seed)
    shuffled = list(pool)
    chance.shuffle(shuffled)
    taken: Counter[str] = Counter()
    first, rest = [], []
    for item in shuffled:
        if taken[item[1].type] < _LEAST:
            taken[item[1].type] += 1
            first.append(item)
        else:
            rest.append(item)
    chosen = (first + rest)[:count]
    return sorted(chosen, key=lambda item: (item[0].ref, item[1].trigger.start))


def side(participants: Iterable[Participant]) -> str:
    """The codes of one side as the sheet has them: "NOR GOV, SWE MIL"."""
    return ", ".join(f"{item.country or '-'} {'/'.join(item.sectors)}".strip() for item in participants)


def _row(name: str, article: Article, event: Event) -> dict[str, str]:
    codes = (event.type, event.mode or "", event.status, side(event.source), side(event.target))
    values = (name, article.ref, str(event.trigger.start), str(event.trigger.end), event.id[:12], *codes)
    row = dict(zip(COLUMNS, (*values, f"{event.confidence:.2f}"), strict=False))
    return row | dict.fromkeys(FIELDS, "?") | {"reason": ""}


def _show(number: int, article: Article, event: Event) -> None:
    start, end = event.sentence.start, event.sentence.end
    print(f"\n{number}. {article.ref} {article.published}  {' '.join(article.text[start:end].split())}")
    sides = " -> ".join(
        "; ".join(f"“{item.text}” {item.country or '-'} {'/'.join(item.sectors)}" for item in side)
        for side in (event.source, event.target)
    )
    time = f"{event.time.value} {event.time.basis}" if event.time else "-"
    place = f"{event.place.text}={event.place.country}" if event.place else "-"
    by = f" by “{event.reported_by.text}”" if event.reported_by else ""
    print(f"   {event.type} {event.mode or ''} [{event.status}] «{event.trigger.text}» {sides}")
    print(f"   {time} @ {place}{by}  {event.rule} {event.confidence}")


if __name__ == "__main__":
    main()
