"""Scores time expressions on the TimeML development data (TimeBank and AQUAINT), beside other Python taggers.

    python -m benchmarks.score_times [--no-peers] [--errors FILE]

Peers (`time_peers`) are run where they are installed: `pip install dateparser parsedatetime timexy
recognizers-text-date-time "emoji<2"`.

Data: $DATELINE_CORPORA/timex, by default ../shared/corpora/timex. The documents are split by the SHA-1 of their name
into a tuning half, whose errors may be read (`--errors`), and an unseen half that is looked at only through its score.
Definitions are those of TempEval-3, as in ../shared/scorers/timex_score.py: spans are paired one to one (identical
ones first, then overlapping ones in text order); strict = same span, value = paired with the same value.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from benchmarks.time_peers import PEERS, Timex, Watch, load_peer
from dateline.lexicon.times import load_time_words
from dateline.records.text import make_article
from dateline.resolve.times import find_times

ROOT = Path(__file__).resolve().parents[1]
MEASURES = ("strict", "relaxed", "type", "value")


@dataclass(frozen=True, slots=True)
class Story:
    """A gold document; `half` is "tuning" or "unseen"."""

    name: str
    text: str
    published: date
    spans: tuple[Timex, ...]
    half: str


System = dict[str, tuple[Timex, ...]]


def half_of(name: str) -> str:
    """The half a document belongs to, by the first byte of the SHA-1 of its name."""
    return "tuning" if hashlib.sha1(name.encode()).digest()[0] % 2 == 0 else "unseen"


def read_story(path: Path) -> Story:
    """A TimeML file: the character data of <TEXT>, its TIMEX3 spans without outer white space, the document date."""
    root = ET.fromstring(path.read_bytes())
    body = root.find("TEXT")
    if body is None:
        raise SystemExit(f"{path}: no TEXT element")
    pieces: list[str] = []
    spans: list[Timex] = []

    def walk(node: ET.Element) -> None:
        pieces.append(node.text or "")
        for child in node:
            start = sum(map(len, pieces))
            walk(child)
            if child.tag == "TIMEX3":
                inner = "".join(pieces)[start:]
                end = start + len(inner.rstrip())
                start += len(inner) - len(inner.lstrip())
                if start < end:
                    spans.append(Timex(start, end, child.get("type", "").strip(), child.get("value", "").strip()))
            pieces.append(child.tail or "")

    walk(body)
    created = next(
        item.get("value", "") for item in root.iter("TIMEX3") if item.get("value") and _is_creation(root, item)
    )
    text = "".join(pieces)
    ordered = tuple(sorted(spans, key=lambda item: (item.start, item.end)))
    return Story(path.stem, text, date.fromisoformat(created[:10]), ordered, half_of(path.stem))


def _is_creation(root: ET.Element, item: ET.Element) -> bool:
    holder = root.find("DCT")
    return item.get("functionInDocument") == "CREATION_TIME" or (holder is not None and item in list(holder.iter()))


def pairs(gold: tuple[Timex, ...], found: tuple[Timex, ...]) -> Iterator[tuple[Timex, Timex]]:
    """Gold and system spans one to one: identical ones first, then overlapping ones in text order."""
    candidates = sorted(
        ((a.start, a.end) != (b.start, b.end), a.start, b.start, i, j)
        for i, a in enumerate(gold)
        for j, b in enumerate(found)
        if min(a.end, b.end) > max(a.start, b.start)
    )
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for *_, i, j in candidates:
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            yield gold[i], found[j]


def measure(stories: list[Story], system: System) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 in percent by measure, micro-averaged."""
    hits = dict.fromkeys(MEASURES, 0)
    gold = sum(len(story.spans) for story in stories)
    found = sum(len(system[story.name]) for story in stories)
    for story in stories:
        for a, b in pairs(story.spans, system[story.name]):
            hits["relaxed"] += 1
            hits["strict"] += (a.start, a.end) == (b.start, b.end)
            hits["type"] += a.type == b.type
            hits["value"] += a.value == b.value
    result = {}
    for name, count in hits.items():
        precision, recall = 100 * count / max(1, found), 100 * count / max(1, gold)
        result[name] = (precision, recall, 200 * count / max(1, found + gold))
    return result


def dateline_system(stories: list[Story]) -> tuple[System, Watch]:
    """Our reader over documents parsed beforehand; the watch runs without the parse."""
    from dateline.language.annotate import load_annotator

    words, watch = load_time_words(), Watch()
    system = {}
    docs = load_annotator().annotate_many([story.text for story in stories])
    for story, doc in zip(stories, docs, strict=True):
        article = make_article(story.text, published=story.published, published_basis="given", ref=story.name)
        with watch.over(story.text):
            items = find_times(doc, article, words).items
        system[story.name] = tuple(Timex(item.start, item.end, item.type, item.value) for item in items)
    return system, watch


def report(name: str, stories: list[Story], system: System, watch: Watch) -> dict[str, float]:
    """Prints the table of one system, and gives its F1 by half and measure ("unseen_value_f1")."""
    metrics: dict[str, float] = {}
    for half in ("tuning", "unseen", "all"):
        chosen = [story for story in stories if half in (story.half, "all")]
        scores = measure(chosen, system)
        row = "  ".join(f"{item} {p:5.2f}/{r:5.2f}/{f:5.2f}" for item, (p, r, f) in scores.items())
        print(f"{name:13} {half:7} {len(chosen):3} documents  {row}")
        metrics.update({f"{half}_{item}_f1": f for item, (_, _, f) in scores.items()})
    print(
        f"{name:13} {watch.characters / max(watch.seconds, 1e-9):,.0f} characters/s "
        f"({watch.characters:,} in {watch.seconds:.2f} s)"
    )
    return metrics


def write_errors(path: Path, stories: list[Story], system: System) -> None:
    """The errors of the tuning half, one a line; those of the unseen half are never written."""
    with path.open("w", encoding="utf-8") as out:
        for story in (item for item in stories if item.half == "tuning"):
            met = list(pairs(story.spans, system[story.name]))
            rows = [(a, b) for a, b in met if a != b]
            rows += [(a, None) for a in story.spans if all(a is not gold for gold, _ in met)]  # type: ignore[misc]
            rows += [(None, b) for b in system[story.name] if all(b is not found for _, found in met)]  # type: ignore[misc]
            for gold, found in rows:
                shown = (
                    f"{' '.join(story.text[item.start : item.end].split())}\t{item.type}\t{item.value}"
                    if item
                    else "-\t-\t-"
                    for item in (gold, found)
                )
                out.write("\t".join((story.name, *shown)) + "\n")


def main() -> int:
    """Runs the benchmark; 0 also where the data is absent."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--no-peers", action="store_true", help="do not run the other taggers")
    parser.add_argument("--errors", type=Path, help="write the errors of the tuning half to this file")
    parser.add_argument("--json", type=Path, help="write our metrics here too (and leave the peers out)")
    options = parser.parse_args()
    folder = Path(os.environ.get("DATELINE_CORPORA", ROOT.parent / "shared" / "corpora")) / "timex"
    files = sorted(item for item in folder.rglob("*.tml") if not item.name.startswith("._"))
    if not files:
        print(f"skipped: no .tml files in {folder}; set DATELINE_CORPORA to the folder that holds timex/")
        return 0
    digest = hashlib.sha256(b"".join(item.read_bytes() for item in files)).hexdigest()[:12]
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True
    ).stdout.strip()
    stories = [read_story(item) for item in files]
    print(f"timex: {len(stories)} documents, {sum(len(story.spans) for story in stories)} expressions, sha256 {digest}")
    print(f"{datetime.now().isoformat(timespec='seconds')}  commit {commit or 'none'}  precision/recall/F1 in %")
    system, watch = dateline_system(stories)
    metrics = report("dateline", stories, system, watch)
    if options.json:
        options.json.write_text(json.dumps(metrics), encoding="utf-8")
    if options.errors:
        write_errors(options.errors, stories, system)
    for name in () if options.no_peers or options.json else PEERS:
        watch = Watch()
        read = load_peer(name, watch)
        if read is not None:
            report(name, stories, {story.name: read(story.text, story.published) for story in stories}, watch)
    return 0


if __name__ == "__main__":
    sys.exit(main())
