"""How many articles files hold, for a progress bar: counted where that is cheap, unknown elsewhere."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from dateline.sources.decoding import marked_encoding
from dateline.sources.jsons import count_json
from dateline.sources.kinds import HEAD_BYTES, kind_of
from dateline.sources.tables import count_parquet, delimiter_for

# Files of several articles up to this size are looked through; it takes about a second.
_LONGEST_LOOK_BYTES = 30_000_000
# Files that hold one article, or none for one reason.
_ONE_ARTICLE = frozenset(("text", "html", "nitf", "newsitem", "xml", "opml", "binary", "empty"))


def count_files(files: Iterable[Path]) -> int | None:
    """The number of articles in all files together; None as soon as one does not tell."""
    count = 0
    for file in files:
        try:
            inside = _count(file)
        except (OSError, EOFError, ValueError, csv.Error, zlib.error):
            return None
        if inside is None:
            return None
        count += inside
    return count


def _count(file: Path) -> int | None:
    if not file.is_file():
        return None  # a pipe gives its bytes only once
    with file.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    kind = kind_of(head, file.name)
    if kind == "parquet":
        return count_parquet(file)
    if kind == "gzip":
        with gzip.open(file) as unpacked:
            head = unpacked.read(HEAD_BYTES)
        kind = kind_of(head, file.name.removesuffix(".gz"))
        return 1 if kind in _ONE_ARTICLE else None
    if kind in _ONE_ARTICLE:
        return 1
    if kind not in ("json", "jsonl", "csv"):
        return None
    if file.stat().st_size > _LONGEST_LOOK_BYTES:
        return None
    with file.open("rb") as stream:
        if kind == "json":
            return count_json(stream)
        if kind == "jsonl" and marked_encoding(head) in (None, "utf-8-sig"):
            return sum(1 for line in stream if not line.isspace())
        return _count_rows(stream, head, file.name) if kind == "csv" else None


def _count_rows(stream: BinaryIO, head: bytes, name: str) -> int:
    encoding = marked_encoding(head) or "utf-8"
    with io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="") as lines:
        rows = csv.reader(lines, delimiter=delimiter_for(head.decode(encoding, "replace"), name))
        return max(sum(1 for row in rows if row) - 1, 0)
