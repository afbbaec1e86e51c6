"""Fits the confidence of events: `python -m training.fit_confidence [--write]`.

Data: the judged events of docs/precision-events.tsv that the present engine still codes in the same way, and the
events of the PLOVER development records, right where type and both countries agree with the gold. A logistic model
with a quadratic penalty, fitted by Newton's method; five-fold cross-validated reliability is printed, and with
`--write` the weights go to lexicon/data/codebook/confidence.toml.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from unittest.mock import patch

import numpy as np

from benchmarks.corpora import ROOT, corpora_folder, scorers_folder
from benchmarks.news import articles, local_articles
from benchmarks.precision_events import FIELDS, SHEET, reliability, side
from benchmarks.score_events import as_scored, load_scorer
from dateline.extract import confidence
from dateline.pipeline import load_tools, read_articles
from dateline.records.claims import Event
from dateline.records.text import Article, make_article

TABLE = ROOT / "src/dateline/lexicon/data/codebook/confidence.toml"
_PENALTY = 8.0
_TYPE_PENALTY = 20.0
_RECORDS_SHARE = 0.2  # one-sentence texts chosen for their event: they count less than news

_GIVEN = {"hedged": -0.5}  # too few judged cases to fit

Marks = dict[str, float]


def main() -> None:
    """Fit, print the reliability, and write on demand."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--held-out", default="after", help="rounds beginning with this word are left out")
    options = parser.parse_args()
    corpora, scorers = corpora_folder(), scorers_folder()
    if corpora is None or scorers is None:
        raise SystemExit("fit_confidence: no corpora (set DATELINE_CORPORA)")
    every = list(_judged(corpora))
    judged = [(marks, right) for name, marks, right in every if not name.startswith(options.held_out)]
    kept = [(marks, right) for name, marks, right in every if name.startswith(options.held_out)]
    records = list(_records(corpora, scorers))
    print(f"{len(judged)} judged events, {len(records)} of the records")
    rows = [(marks, right, 1.0) for marks, right in judged]
    rows += [(marks, right, _RECORDS_SHARE) for marks, right in records]
    scored: list[tuple[float, bool]] = []
    order = list(range(len(judged)))
    random.Random(1).shuffle(order)
    for fold in range(5):
        held = set(order[fold::5])
        bias, weights = fit([row for index, row in enumerate(rows) if index not in held])
        scored.extend((confidence.probability(judged[i][0], bias, weights), judged[i][1]) for i in held)
    bias, weights = fit(rows)
    _print("cross-validated", scored)
    _print(
        f"rounds {options.held_out}", [(confidence.probability(marks, bias, weights), right) for marks, right in kept]
    )
    text = "".join(f'"{name}" = {value:.2f}\n' for name, value in sorted(weights.items()) if abs(value) >= 0.005)
    print(f"bias = {bias:.2f}\n{text}")
    if options.write:
        write(bias, text)


def _print(name: str, scored: Sequence[tuple[float, bool]]) -> None:
    print(name)
    for low, high, count, mean, share in reliability(scored):
        print(f"  {low:.1f}-{high:.1f}   {count:6}   {mean:.2f}   {share:.2f}")


def write(bias: float, lines: str) -> None:
    """Put bias and weights into the lexicon, below the comment that is there."""
    head = TABLE.read_text(encoding="utf-8").partition("bias")[0]
    TABLE.write_text(f"{head}bias = {bias:.2f}\n[weights]\n{lines}", encoding="utf-8")


def fit(rows: Sequence[tuple[Marks, bool, float]]) -> tuple[float, dict[str, float]]:
    """Bias and weights of a penalised logistic model over (marks, right, weight of the row)."""
    names = sorted({name for marks, _, _ in rows for name in marks})
    place = {name: index for index, name in enumerate(names)}
    table = np.zeros((len(rows), len(names) + 1))
    table[:, -1] = 1.0
    for number, (marks, _, _) in enumerate(rows):
        for name, value in marks.items():
            table[number, place[name]] = value
    right = np.array([float(row[1]) for row in rows])
    share = np.array([row[2] for row in rows])
    penalty = np.array([_TYPE_PENALTY if name.startswith("type ") else _PENALTY for name in names] + [0.01])
    weights = np.zeros(len(names) + 1)
    for _ in range(30):
        chance = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (share * (right - chance)) - penalty * weights
        curve = (table * (share * chance * (1 - chance))[:, None]).T @ table + np.diag(penalty)
        weights = weights + np.linalg.solve(curve, slope)
    return float(weights[-1]), {name: float(weights[place[name]]) for name in names} | _GIVEN


def _coded(texts: Iterator[Article]) -> Iterator[tuple[Article, Event, Marks]]:
    seen: list[Marks] = []

    def remember(found: Marks, bias: float, weights: dict[str, float]) -> float:
        seen.append(found)
        return float(len(seen) - 1)

    with patch.object(confidence, "probability", remember):
        for reading in read_articles(texts, load_tools()):
            for event in reading.events:
                yield reading.article, event, seen[int(event.confidence)]


def _judged(corpora: Path) -> Iterator[tuple[str, Marks, bool]]:
    wanted: dict[tuple[str, str, str, str, str, str], tuple[str, bool]] = {}
    with SHEET.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            key = (row["article"], row["start"], row["coded"], row["how"], row["from"], row["to"])
            wanted[key] = (row["round"], all(row[field] != "0" for field in FIELDS))

    named = {key[0] for key in wanted}

    def texts() -> Iterator[Article]:
        yield from (article for article in articles(corpora) if article.ref in named)
        for quarter in (1, 2, 3):
            yield from (article for article in local_articles(corpora, quarter) if article.ref in named)

    for article, event, marks in _coded(texts()):
        codes = (event.type, event.status, side(event.source), side(event.target))
        verdict = wanted.get((article.ref, str(event.trigger.start), *codes))
        if verdict is not None:
            yield verdict[0], marks, verdict[1]


def _records(corpora: Path, scorers: Path) -> Iterator[tuple[Marks, bool]]:
    scorer = load_scorer(scorers / "events_score.py")
    golds = {item["id"]: item for item in scorer.load(corpora / "events" / "plover_gsr_dev.jsonl")}
    texts = (
        make_article(item["text"], published=date(2006, 3, 14), published_basis="given", ref=name)
        for name, item in golds.items()
    )
    for article, event, marks in _coded(texts):
        if event.plover is not None:
            one = {article.ref: [as_scored(event)]}
            result = scorer.score([golds[article.ref]], one)
            if result["dyad"]["predicted"]:
                yield marks, result["dyad"]["hit"] > 0


if __name__ == "__main__":
    main()
