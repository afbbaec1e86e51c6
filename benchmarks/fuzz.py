"""Hostile input by chance: mutated queries, texts and files must end in an answer or in one clear error.

    python -m benchmarks.fuzz [--minutes 10] [--target queries|texts|files] [--seed 1] [--keep FOLDER]

Inputs are mutated from our own example articles and queries (cut, spliced, repeated, salted with odd characters). Any
exception but the errors that a user is meant to see counts as a crash; so does one that takes more than 20 seconds.
Prints how many inputs each target was given, the crashes, and the slowest input; exits with 1 if there was a crash.
"""

from __future__ import annotations

import argparse
import gzip
import io
import random
import string
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.corpora import ROOT, stamp
from dateline.archive import Archive
from dateline.build import read, read_into
from dateline.errors import DatelineError
from dateline.sources.files import read_sources
from dateline.store.fields import FIELDS
from dateline.store.filter import parse_query

_ODD = [
    "\x00",
    "\u202e",
    "\u200b",
    "\ufeff",
    "\u0301",
    "\ud800",
    "“",
    "”",
    "'",
    '"',
    "«",
    "\r",
    "\t",
    "\x1b[31m",
    "<",
    "&",
    "𝟜",
    "٣",
    "ﬁ",
]
_REPEATS = [
    '"',
    "next ",
    "the ",
    "1/",
    "said ",
    "(",
    "of ",
    "and ",
    "-",
    ".",
    "9",
    "minister ",
    "2019 ",
    "$",
    "%",
    ", ",
    "\n",
    "who ",
]
_SECONDS = 20.0
_LONGEST = 60_000


@dataclass(slots=True)
class Tally:
    """What one target has been through."""

    inputs: int = 0
    crashes: list[str] = field(default_factory=list)
    slowest: float = 0.0
    slowest_input: str = ""


def mutated(text: str, others: list[str], chance: random.Random) -> str:
    """The text with one to six random injuries."""
    for _ in range(chance.randint(1, 6)):
        at, until = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
        kind = chance.randrange(7)
        if kind == 0:
            text = text[:at] + text[until:]
        elif kind == 1:
            text = text[:at] + chance.choice(_ODD) * chance.choice([1, 1, 3, 200]) + text[at:]
        elif kind == 2:
            text = text[:at] + chance.choice(_REPEATS) * chance.choice([2, 20, 2000]) + text[at:]
        elif kind == 3:
            other = chance.choice(others)
            cut = chance.randrange(len(other) + 1)
            text = text[:at] + other[cut : cut + chance.randrange(2000)] + text[at:]
        elif kind == 4:
            text = text[:at] + text[at:until] * chance.choice([2, 3, 10]) + text[until:]
        elif kind == 5:
            text = text[:at] + text[at:until].upper() + text[until:]
        else:
            words = text.split(" ")
            chance.shuffle(words)
            text = " ".join(words)
        text = text[:_LONGEST]
    return text


def texts_target(articles: list[str], chance: random.Random) -> Callable[[], str]:
    """Read a mutated article; every span must cut out its words."""

    def run() -> str:
        text = mutated(chance.choice(articles), articles, chance)
        day = chance.choice(["2024-11-13", "2020-02-29", "1999-12-31", "0001-01-02", "9999-12-30"])
        try:
            reading = read(text, date=day)
        except DatelineError:
            return text
        spans = [(item.start, item.end, item.text) for item in reading.times]
        spans += [(item.start, item.end, item.text) for item in reading.places]
        spans += [(item.start, item.end, item.text) for item in reading.figures]
        for start, end, words in spans:
            if text[start:end] != words:
                raise AssertionError(f"span {start}-{end} is not {words!r}")
        return text

    return run


def queries_target(record: Path, chance: random.Random) -> Callable[[], str]:
    """Ask a record a mutated query."""
    good = [field.example for field in FIELDS] + [
        'actor:"Ine Berg" -status:denied',
        "since:2020 until:2021 a|b",
        "type:ASSAULT,AID",
    ]
    archive = Archive(record)

    def run() -> str:
        query = " ".join(chance.choice(good) for _ in range(chance.randint(1, 4)))
        if chance.random() < 0.8:
            query = mutated(query, [*good, string.printable], chance)
        try:
            parse_query(query)
            kind = chance.choice(["events", "statements", "figures", "articles", "actors"])
            for _ in getattr(archive, kind)(query, limit=3):
                pass
        except DatelineError:
            return query
        return query

    return run


def files_target(files: list[bytes], folder: Path, chance: random.Random) -> Callable[[], str]:
    """Open a mutated file, now and then packed into an archive."""

    def run() -> str:
        data = bytearray(chance.choice(files))
        for _ in range(chance.randint(0, 6)):
            at = chance.randrange(len(data) + 1)
            kind = chance.randrange(4)
            if kind == 0:
                data[at : at + chance.randrange(500)] = b""
            elif kind == 1:
                data[at:at] = chance.randbytes(chance.randrange(40))
            elif kind == 2:
                data[at:at] = (
                    chance.choice(
                        [b"<div>", b"[", b"{", b'"', b"<!--", b"&lt;", b"\x00", b"\xff\xfe", b"{\\rtf", b"\n\n"]
                    )
                    * 500
                )
            else:
                other = chance.choice(files)
                cut = chance.randrange(len(other) + 1)
                data[at:at] = other[cut : cut + 3000]
        packed = bytes(data)
        if chance.random() < 0.15:
            packed = gzip.compress(packed)
        elif chance.random() < 0.15:
            box = io.BytesIO()
            with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as made:
                made.writestr("a/../../b.txt", packed)
            packed = box.getvalue()
        name = folder / (
            "x"
            + chance.choice(
                [".txt", ".html", ".json", ".jsonl", ".csv", ".xml", ".eml", ".rtf", ".docx", ".warc", ".zip", ".gz"]
            )
        )
        name.write_bytes(packed)
        try:
            for sourced in read_sources([str(name)]):
                if sourced.article is None and not sourced.problems:
                    raise AssertionError("neither an article nor a problem")
        except DatelineError:
            pass
        finally:
            name.unlink()
        return repr(packed[:20_000])

    return run


def run_target(name: str, run: Callable[[], str], seconds: float, keep: Path | None) -> Tally:
    """Call a target until its time is over."""
    tally = Tally()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        started = time.monotonic()
        given = ""
        try:
            given = run()
        except Exception:  # anything at all is what is looked for here
            trace = traceback.format_exc()
            tally.crashes.append(trace)
            if keep is not None:
                (keep / f"{name}-{tally.inputs}.txt").write_text(trace, encoding="utf-8", errors="replace")
        took = time.monotonic() - started
        if took > tally.slowest:
            tally.slowest, tally.slowest_input = took, given
        if took > _SECONDS:
            tally.crashes.append(f"took {took:.0f} s: {given[:300]!r}")
        tally.inputs += 1
    return tally


def main() -> int:
    """Run the targets and print their tallies."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0, help="for each target")
    parser.add_argument("--target", choices=["queries", "texts", "files"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for the traces of crashes")
    options = parser.parse_args()
    paths = sorted(path for path in (ROOT / "examples").rglob("*") if path.is_file())
    files = [path.read_bytes() for path in paths]
    articles = [data.decode("utf-8", "replace") for data in files]
    if options.keep is not None:
        options.keep.mkdir(parents=True, exist_ok=True)
    print(stamp(paths))
    failed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        read_into([str(ROOT / "examples")], folder / "r.db")
        targets = {
            "queries": queries_target(folder / "r.db", random.Random(options.seed)),
            "texts": texts_target(articles, random.Random(options.seed)),
            "files": files_target(files, folder, random.Random(options.seed)),
        }
        for target, run in targets.items():
            if options.target in (None, target):
                tally = run_target(target, run, options.minutes * 60, options.keep)
                print(f"{target}: {tally.inputs} inputs, {len(tally.crashes)} crashes, slowest {tally.slowest:.2f} s")
                for crash in dict.fromkeys(crash.strip().splitlines()[-1][:300] for crash in tally.crashes):
                    print(f"  {crash}")
                failed = failed or bool(tally.crashes)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
