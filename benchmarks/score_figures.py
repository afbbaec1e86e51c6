"""Scores figures on our own sentences (tests/extract/figure_cases.tsv), beside quantulum3 where it is installed.

    python benchmarks/score_figures.py [--wrong]

A sentence is right if every figure in it has the right span, bounds, qualifier, unit, whole, rate, currency and kind.
For quantulum3, which knows neither hedges nor kinds, only the numbers found are compared (values, right or wrong).
The speed is measured on the development articles in $DATELINE_CORPORA/articles, where they are.
"""

from __future__ import annotations

import argparse
import json
import time
from datetime import date
from pathlib import Path

from benchmarks.corpora import ROOT, corpora_folder, stamp
from dateline.extract.figures import find_figures
from dateline.language.annotate import Annotator, load_annotator
from dateline.lexicon.units import Units, load_units
from dateline.records.claims import Figure
from dateline.records.text import make_article
from dateline.resolve.cast import Cast
from tests.extract.test_figures import is_same, wanted_value

CASES = ROOT / "tests" / "extract" / "figure_cases.tsv"
NOBODY = Cast((), {})


def cases() -> list[tuple[str, str, list[str]]]:
    """Form, sentence and wanted figures of every case."""
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")][1:]
    rows = [line.split("\t") for line in lines]
    return [(form, text, [] if wanted == "-" else wanted.split(" || ")) for form, text, wanted in rows]


def ours(texts: list[str], annotator: Annotator, units: Units) -> tuple[list[tuple[Figure, ...]], float]:
    """The figures of each text, and the seconds the stage took."""
    found, spent = [], 0.0
    for doc in annotator.annotate_many(texts):
        article = make_article(doc.text, published=date(2021, 5, 3), published_basis="given", ref="case")
        start = time.perf_counter()
        found.append(find_figures(doc, article, NOBODY, (), (), (), units).items)
        spent += time.perf_counter() - start
    return found, spent


def score(rows: list[tuple[str, str, list[str]]], annotator: Annotator, units: Units, show: bool) -> None:
    """Prints the share of right sentences and of right values."""
    found, _ = ours([text for _, text, _ in rows], annotator, units)
    right = values = 0
    for (form, text, wanted), figures in zip(rows, found, strict=True):
        good = len(figures) == len(wanted) and all(is_same(*pair) for pair in zip(figures, wanted, strict=True))
        right += good
        values += numbers(wanted) == sorted(_value(item) for item in figures)
        if show and not good:
            print(f"  {form}: {text}\n    {[(item.text, item.low, item.high, item.unit) for item in figures]}")
    print(f"dateline    {right}/{len(rows)} sentences exact ({100 * right / len(rows):.1f}%)")
    print(f"dateline    {values}/{len(rows)} sentences with the right numbers ({100 * values / len(rows):.1f}%)")


def numbers(wanted: list[str]) -> list[float]:
    """The lowest stated value of each wanted figure, sorted."""
    found = [wanted_value(item.split(" ; ")[1].strip()) for item in wanted]
    return sorted(round(low if low is not None else high or 0.0, 3) for _, low, high in found)


def _value(figure: Figure) -> float:
    value = figure.low if figure.low is not None else figure.high
    return round(value or 0.0, 3)


def peer(rows: list[tuple[str, str, list[str]]]) -> None:
    """quantulum3 on the same sentences, by the numbers it finds."""
    try:
        from quantulum3 import parser  # type: ignore[import-not-found]
    except ImportError:
        print("quantulum3  not installed; left out")
        return
    right = 0
    for _, text, wanted in rows:
        found = sorted(round(float(item.value), 3) for item in parser.parse(text))
        right += found == numbers(wanted)
    print(f"quantulum3  {right}/{len(rows)} sentences with the right numbers ({100 * right / len(rows):.1f}%)")


def main() -> int:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--wrong", action="store_true", help="print the sentences that are wrong")
    options = parser.parse_args()
    annotator, units, rows = load_annotator(), load_units(), cases()
    score(rows, annotator, units, options.wrong)
    peer(rows)
    used: list[Path] = [CASES]
    corpora = corpora_folder()
    if corpora is None:
        print("speed: no corpora found (set DATELINE_CORPORA); left out")
    else:
        data = corpora / "articles" / "wikinews.jsonl"
        texts = [json.loads(line)["text"] for line in data.read_text(encoding="utf-8").splitlines() if line]
        found, spent = ours(texts, annotator, units)
        words, count = sum(len(text.split()) for text in texts), sum(map(len, found))
        print(f"{len(texts)} articles, {count} figures, {words / max(spent, 1e-9):,.0f} words/s in this stage")
        used.append(data)
    print(stamp(used))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
