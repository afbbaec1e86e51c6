"""How many statements are right, judged one by one: `python -m benchmarks.precision_statements [--draw N --seed S]`.

Without options: reads docs/precision-statements.tsv, prints for each round of judging the precision of direct and other
statements with its 95 % Wilson interval and, where the corpora are, reads the judged articles again and counts the
verdicts that still hold for what is found today. The sheet holds codes, offsets and verdicts, no words of an article.

`--draw N --seed S --round NAME --to FILE` reads development articles (`--news`: of the news corpora rather than
Wikinews), draws N statements, four in ten of them direct, and prints each for the judge.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.corpora import ROOT, corpora_folder, stamp
from benchmarks.news import articles
from benchmarks.precision_events import wilson
from dateline.pipeline import load_tools, read_articles
from dateline.records.claims import Statement
from dateline.records.text import Article

SHEET = ROOT / "docs" / "precision-statements.tsv"
FIELDS = ("statement", "speaker", "content", "around")
COLUMNS = ("round", "article", "start", "end", "cue", "speaker_at", "kind", "rule", *FIELDS, "reason")
_DIRECT = 0.4
_ARTICLES = 60
Row = dict[str, str]


def main() -> None:
    """Print the tables, or draw statements to be judged."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draw", type=int, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--round", default="1")
    parser.add_argument("--news", action="store_true", help="draw from the news corpora rather than from Wikinews")
    parser.add_argument("--to", type=Path, help="where the rows to be judged are written")
    parser.add_argument("--json", type=Path, help="write the metrics of the last round to this file")
    options = parser.parse_args()
    if options.draw is not None:
        _draw(options.draw, options.seed, options.round, options.news, options.to)
        return
    rows = read_sheet(SHEET)
    print(f"precision of statements  {stamp([SHEET])}")
    metrics: dict[str, float] = {}
    for name in dict.fromkeys(row["round"] for row in rows):
        metrics = _print_round(name, [row for row in rows if row["round"] == name])
    _print_today(rows)
    if options.json:
        options.json.write_text(json.dumps(metrics), encoding="utf-8")


def read_sheet(path: Path) -> list[Row]:
    """The judged rows of a sheet; one without a verdict is an error."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    for row in rows:
        if any(row[field] not in ("1", "0", "-") for field in FIELDS):
            raise SystemExit(f"{path}: statement {row['article']} {row['start']} of {row['round']} has no verdict")
    return rows


def is_right(row: Row) -> bool:
    """Whether somebody says it in the text, the speaker is right, and the content neither cut nor run over."""
    return row["statement"] == "1" and row["speaker"] != "0" and row["content"] != "0"


def _print_round(name: str, rows: Sequence[Row]) -> dict[str, float]:
    print(f"\nround {name}: {len(rows)} statements of {len({row['article'] for row in rows})} articles")
    metrics = {}
    for label, part in (
        ("direct", [row for row in rows if row["kind"] == "direct"]),
        ("indirect and mixed", [row for row in rows if row["kind"] != "direct"]),
    ):
        hits = sum(map(is_right, part))
        _line(label, hits, len(part))
        metrics[f"{label.split()[0]}_right"] = 100 * hits / max(1, len(part))
        for field in FIELDS:
            asked = [row for row in part if row[field] != "-"]
            _line(f"  {field}", sum(row[field] == "1" for row in asked), len(asked))
    return metrics


def _line(name: str, hits: int, total: int) -> None:
    low, high = wilson(hits, total)
    print(f"{name:<28}{hits:4} of {total:4}  {100 * hits / max(1, total):5.1f} %  ({low:.0f}-{high:.0f})")


def _print_today(rows: Sequence[Row]) -> None:
    """What has become of the judged statements: still found alike, changed since, or found no more."""
    corpora = corpora_folder()
    if corpora is None:
        print("\ntoday: no corpora found (set DATELINE_CORPORA); left out")
        return
    wanted = {row["article"] for row in rows}
    found = {
        (article.ref, *_codes(item)): article
        for article, item in stated(item for item in articles(corpora) if item.ref in wanted)
    }
    print("\nof the judged statements, found alike by today's rules (the rest has changed or gone)")
    for name in dict.fromkeys(row["round"] for row in rows):
        counts = Counter(
            (is_right(row), (row["article"], row["start"], row["end"], row["cue"], row["speaker_at"]) in found)
            for row in rows
            if row["round"] == name
        )
        right, wrong = counts[True, True] + counts[True, False], counts[False, True] + counts[False, False]
        print(f"round {name}: {counts[True, True]} of {right} right ones, {counts[False, True]} of {wrong} wrong ones")


def stated(read: Iterable[Article]) -> Iterator[tuple[Article, Statement]]:
    """Every statement of the articles."""
    for reading in read_articles(read, load_tools()):
        for statement in reading.statements:
            yield reading.article, statement


def _codes(item: Statement) -> tuple[str, str, str, str]:
    cue = f"{item.cue.start}-{item.cue.end}" if item.cue is not None else ""
    speaker = f"{item.speaker.start}-{item.speaker.end}" if item.speaker is not None else ""
    return str(item.content.start), str(item.content.end), cue, speaker


def _draw(count: int, seed: int, name: str, news: bool, to: Path | None) -> None:
    corpora = corpora_folder()
    if corpora is None:
        print("precision_statements: skipped, no corpora (set DATELINE_CORPORA)")
        return
    read = [item for item in articles(corpora) if (item.ref or "").startswith("GUM_") != news]
    chance = random.Random(seed)
    pool = list(stated(chance.sample(read, _ARTICLES) if len(read) > _ARTICLES else read))
    print(f"{len(pool)} statements in {len(read)} articles")
    chance.shuffle(pool)
    direct = [item for item in pool if item[1].kind == "direct"][: round(count * _DIRECT)]
    other = [item for item in pool if item[1].kind != "direct"][: count - len(direct)]
    rows: list[Row] = []
    for article, item in sorted(direct + other, key=lambda pair: (pair[0].ref or "", pair[1].content.start)):
        _show(len(rows) + 1, article, item)
        values = (name, article.ref or "", *_codes(item), item.kind, item.rule)
        rows.append(dict(zip(COLUMNS, values, strict=False)) | dict.fromkeys(FIELDS, "?") | {"reason": ""})
    if to is not None:
        with to.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, delimiter="\t", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def _show(number: int, article: Article, item: Statement) -> None:
    points = [item.content.start, item.content.end]
    for part in (item.cue, item.speaker):
        points += [part.start, part.end] if part is not None else []
    low, high = max(0, min(points) - 160), max(points) + 160
    print(f"\n{number}. {article.ref}  … {' '.join(article.text[low:high].split())} …")
    speaker = f"{item.speaker.text} = {item.speaker.name} {item.speaker.country or '-'}" if item.speaker else "nobody"
    print(f"   {item.kind} [{speaker}] {{{item.cue.text if item.cue else ''}}} {item.rule}")
    print(f"   <{' | '.join(' '.join(piece.text.split()) for piece in item.pieces)}>")
    parts = {
        "to": item.addressee and item.addressee.text,
        "by": item.carrier and item.carrier.text,
        "channel": item.channel,
        "time": item.time and item.time.text,
    }
    print("   " + "  ".join(f"{key}={value}" for key, value in parts.items() if value))


if __name__ == "__main__":
    main()
