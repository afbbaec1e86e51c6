"""How many figures are right and how many are missed: `python -m benchmarks.precision_figures [--list]`.

docs/precision-figures.tsv lists, for two rounds of twenty development articles, every claimed figure by offsets and
value, found by reading the articles. The articles are read again and compared: a figure is right if it overlaps one of
the list and has its bounds, qualifier and currency (a change in two numbers counts as two). Skips where the corpora are
absent. docs/precision-figures.md says what the first comparison of each round gave.
`--list` prints what is wrong or missed by article and offsets.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter, defaultdict
from pathlib import Path

from benchmarks.corpora import ROOT, corpora_folder, stamp
from benchmarks.news import articles
from benchmarks.precision_events import wilson
from dateline.pipeline import load_tools, read_articles
from dateline.records.claims import Figure
from dateline.records.reading import Reading

SHEET = ROOT / "docs" / "precision-figures.tsv"
COLUMNS = ("round", "article", "start", "end", "low", "high", "qualifier", "currency", "note")
Row = dict[str, str]


def main() -> None:
    """Print precision and recall over the articles of the sheet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="print what is wrong or missed, by article and offsets")
    parser.add_argument("--json", type=Path, help="write the metrics to this file")
    options = parser.parse_args()
    corpora = corpora_folder()
    if corpora is None:
        print("precision_figures: skipped, no corpora (set DATELINE_CORPORA)")
        return
    wanted = read_sheet(SHEET)
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for reading in read_articles((item for item in articles(corpora) if item.ref in wanted), load_tools()):
        rows = wanted[reading.article.ref or ""]
        compare(reading, [row for row in rows if row["start"]], counts[rows[0]["round"]], options.list)
    print(f"precision of figures  {stamp([SHEET])}")
    metrics: dict[str, float] = {}
    for name, count in sorted(counts.items()):
        for what, total in (("precision", count["found"]), ("recall", count["wanted"])):
            low, high = wilson(count["right"], total)
            share = 100 * count["right"] / max(1, total)
            print(f"round {name}  {what:<10}{count['right']:4} of {total:4}  {share:5.1f} %  ({low:.0f}-{high:.0f})")
            metrics[f"{what}_{name}"] = share
    if options.json:
        options.json.write_text(json.dumps(metrics), encoding="utf-8")


def compare(reading: Reading, rows: list[Row], count: Counter[str], show: bool) -> None:
    """Adds what was found, wanted and right in one article."""
    left = list(rows)
    count["wanted"] += len(rows)
    for figure in reading.figures:
        count["found"] += 1
        match = next((row for row in left if is_same(figure, row)), None)
        if match is not None:
            left.remove(match)
            count["right"] += 1
        elif show:
            print(f"wrong  {reading.article.ref} {figure.start}-{figure.end} {figure.low}..{figure.high}")
    for row in left if show else ():
        print(f"missed {row['article']} {row['start']}-{row['end']} {row['low']}..{row['high']} {row['note']}")


def read_sheet(path: Path) -> dict[str, list[Row]]:
    """The rows of the sheet by article; an article without any figure has one row without offsets."""
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            rows[row["article"]].append(row)
    return rows


def is_same(figure: Figure, row: Row) -> bool:
    """Whether a figure overlaps a row and has its bounds (to one in a hundred), qualifier and currency."""
    if figure.start >= int(row["end"]) or int(row["start"]) >= figure.end:
        return False
    for have, wanted in ((figure.low, row["low"]), (figure.high, row["high"])):
        if (have is None) != (not wanted):
            return False
        if have is not None and abs(have - float(wanted)) > 0.01 * abs(float(wanted)):
            return False
    return figure.qualifier == row["qualifier"] and (figure.currency or "") == row["currency"]


if __name__ == "__main__":
    main()
