"""Scores the whole reading on our own bundled sentences: `python -m benchmarks.score_sample [--misses] [--json FILE]`.

Needs no corpora: it is what CI can always hold against the floors. benchmarks/sample/README.md says how it was
labelled.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.corpora import stamp
from dateline.pipeline import Tools, load_tools, read_articles
from dateline.records.reading import Reading
from dateline.records.text import make_article

SAMPLE = Path(__file__).with_name("sample")
Gold = dict[str, Any]
Note = Callable[[str], None]


def main() -> None:
    """Print (and write) the metrics; with --misses what was missed, wrong or too much."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    note: Note = print if options.misses else lambda line: None
    tools = load_tools()
    metrics = {
        **events(_read("events", tools), note),
        **quiet(_read("quiet", tools), note),
        **times(_read("times", tools), note),
        **figures(_read("figures", tools), note),
        **statements(_read("statements", tools), note),
    }
    print(f"sample  {stamp(SAMPLE.glob('*.jsonl'))}")
    for name, value in metrics.items():
        print(f"{name:<24}{value:7.2f}")
    if options.json:
        options.json.write_text(json.dumps(metrics), encoding="utf-8")


def _read(name: str, tools: Tools) -> Iterator[tuple[Gold, Reading]]:
    rows = [json.loads(line) for line in (SAMPLE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    articles = [
        make_article(row["text"], published=date.fromisoformat(row["date"]), published_basis="given", ref=row["id"])
        for row in rows
    ]
    return zip(rows, read_articles(articles, tools), strict=True)


def events(readings: Iterator[tuple[Gold, Reading]], note: Note) -> dict[str, float]:
    """F1 of act types, and how often the status of a found event is right."""
    counts: Counter[str] = Counter()
    for gold, reading in readings:
        left = [(event.type, event.status) for event in reading.events]
        for wanted in gold["events"]:
            fitting = [have for have in left if have[0] == wanted["type"] or have[0] in wanted["accept"]]
            fitting.sort(key=lambda have: (have[0] != wanted["type"], have[1] != wanted["status"]))
            if not fitting:
                counts["missed"] += 1
                note(f"event missed   {wanted['type']} {wanted['status']}: {gold['text']}")
                continue
            left.remove(fitting[0])
            counts["found"] += 1
            if fitting[0][0] == wanted["type"]:
                counts["told"] += 1
                counts["status"] += fitting[0][1] == wanted["status"]
                if fitting[0][1] != wanted["status"]:
                    note(f"status wrong   {fitting[0]} for {wanted['status']}: {gold['text']}")
        for have in left:
            if have[0] not in gold["optional"]:
                counts["extra"] += 1
                note(f"event extra    {have}: {gold['text']}")
    return {
        "event_type_f1": _f1(counts["found"], counts["missed"], counts["extra"]),
        "event_status_accuracy": 100 * counts["status"] / max(1, counts["told"]),
    }


def quiet(readings: Iterator[tuple[Gold, Reading]], note: Note) -> dict[str, float]:
    """Share of sentences with nothing to code in which nothing is coded."""
    silent, total = 0, 0
    for gold, reading in readings:
        total += 1
        silent += not reading.events
        for event in reading.events:
            note(f"event invented {event.type} by {event.rule}: {gold['text']}")
    return {"quiet_share": 100 * silent / total}


def times(readings: Iterator[tuple[Gold, Reading]], note: Note) -> dict[str, float]:
    """Strict F1 of spans, and F1 of spans with the right value."""
    counts: Counter[str] = Counter()
    for gold, reading in readings:
        wanted = {(time["start"], time["end"]): time["value"] for time in gold["times"]}
        have = {(time.start, time.end): time.value for time in reading.times}
        counts["found"] += len(wanted.keys() & have.keys())
        counts["missed"] += len(wanted.keys() - have.keys())
        counts["extra"] += len(have.keys() - wanted.keys())
        counts["right"] += sum(have.get(span) == value for span, value in wanted.items())
        if wanted != have:
            note(f"times          {have} for {wanted}: {gold['text']}")
    both = counts["found"] + counts["missed"], counts["found"] + counts["extra"]
    return {
        "time_strict_f1": _f1(counts["found"], counts["missed"], counts["extra"]),
        "time_value_f1": 200 * counts["right"] / max(1, sum(both)),
    }


def figures(readings: Iterator[tuple[Gold, Reading]], note: Note) -> dict[str, float]:
    """F1 of figures with the right bounds, qualifier and currency."""
    counts: Counter[str] = Counter()
    for gold, reading in readings:
        left = list(reading.figures)
        for wanted in gold["figures"]:
            near = [figure for figure in left if figure.start < wanted["end"] and wanted["start"] < figure.end]
            right = [f for f in near if _same_figure((f.low, f.high, f.qualifier, f.currency), wanted)]
            counts["found"] += bool(right)
            counts["missed"] += not right
            if not right:
                note(f"figure         {[(f.text, f.low, f.high, f.qualifier) for f in near]} for {wanted['text']}")
            for figure in right[:1] or near[:1]:
                left.remove(figure)
                counts["extra"] += not right
        counts["extra"] += len(left)
        for figure in left:
            note(f"figure extra   {figure.text}: {gold['text']}")
    return {"figure_f1": _f1(counts["found"], counts["missed"], counts["extra"])}


def _same_figure(have: tuple[float | None, float | None, str, str | None], wanted: Gold) -> bool:
    for value, right in ((have[0], wanted["low"]), (have[1], wanted["high"])):
        if (value is None) != (right is None) or (value is not None and abs(value - right) > 0.01 * abs(right)):
            return False
    return (have[2], have[3]) == (wanted["qualifier"], wanted["currency"])


def statements(readings: Iterator[tuple[Gold, Reading]], note: Note) -> dict[str, float]:
    """F1 of statements whose content overlaps and whose speaker is right."""
    counts: Counter[str] = Counter()
    for gold, reading in readings:
        left = list(reading.statements)
        for wanted in gold["attributions"]:
            start, end = wanted["content"][0][0], wanted["content"][-1][1]
            near = [said for said in left if said.content.start < end and start < said.content.end]
            right = [said for said in near if _same_speaker(said.speaker, wanted["source"])]
            counts["found"] += bool(right)
            counts["missed"] += not right
            if not right:
                note(f"statement      {[said.speaker and said.speaker.text for said in near]}: {gold['text']}")
            for said in right[:1] or near[:1]:
                left.remove(said)
                counts["extra"] += not right
        counts["extra"] += len(left)
        for said in left:
            note(f"statement extra {said.content.text!r}: {gold['text']}")
    return {"statement_f1": _f1(counts["found"], counts["missed"], counts["extra"])}


def _same_speaker(speaker: Any, source: Sequence[Sequence[int]]) -> bool:
    if speaker is None or not source:
        return speaker is None and not source
    return bool(speaker.start < source[0][1] and source[0][0] < speaker.end)


def _f1(found: int, missed: int, extra: int) -> float:
    return 200 * found / max(1, 2 * found + missed + extra)


if __name__ == "__main__":
    main()
