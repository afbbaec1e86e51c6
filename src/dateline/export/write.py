"""Rows to files: CSV, JSON lines and Parquet, one row at a time, so that a table of any length can be written."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import BinaryIO, Final, TextIO, cast

from dateline.errors import StoreError, UsageError
from dateline.export.columns import Cells, Column
from dateline.export.lines import write_objects
from dateline.export.parquet import write_parquet

FORMATS: Final = ("csv", "tsv", "jsonl", "parquet")
_CHUNK: Final = 64 * 1024
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def write_table(columns: Sequence[Column], rows: Iterable[Cells], format: str, out: Path | BinaryIO | TextIO) -> int:
    """Write rows as csv, tsv, jsonl or parquet to a file or a stream (Parquet needs a file).

    Returns:
        The number of rows.

    Raises:
        UsageError: an unknown format, or Parquet to a stream.
        StoreError: the file cannot be written.
    """
    if format not in FORMATS:
        raise UsageError(f"'{format}' is no format for rows; there are {', '.join(FORMATS)}")
    if format == "parquet":
        if not isinstance(out, Path):
            raise UsageError("Parquet needs a file to write to: it cannot be written from front to back")
        return write_parquet(columns, rows, out)

    def write(stream: BinaryIO) -> int:
        if format == "jsonl":
            return write_jsonl(columns, rows, stream)
        return write_csv(columns, rows, stream, delimiter="\t" if format == "tsv" else ",")

    return write_to(out, write)


def write_to(out: Path | BinaryIO | TextIO, write: Callable[[BinaryIO], int]) -> int:
    """Let `write` write to a file or stream; a text stream over a binary one is written through that one, as UTF-8.

    Raises:
        StoreError: the file cannot be written.
    """
    if not isinstance(out, Path):
        out.flush()
        return write(out.buffer if isinstance(out, io.TextIOWrapper) else cast(BinaryIO, out))
    try:
        with out.open("wb") as file:
            return write(file)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"{out}: cannot be written ({reason}); check that its folder exists and has room") from error


def write_csv(columns: Sequence[Column], rows: Iterable[Cells], out: BinaryIO, *, delimiter: str = ",") -> int:
    """Write CSV (RFC 4180, UTF-8, a header line, lines end with CRLF); absent is empty.

    Returns:
        The number of rows, without the header.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
        if text.tell() > _CHUNK:
            _flush(text, out)
    _flush(text, out)
    out.flush()
    return count


def _flush(text: io.StringIO, out: BinaryIO) -> None:
    out.write(_SURROGATE.sub("\ufffd", text.getvalue()).encode("utf-8"))
    text.seek(0)
    text.truncate()


def write_jsonl(columns: Sequence[Column], rows: Iterable[Cells], out: BinaryIO) -> int:
    """Write one JSON object a line, with all columns in their order; absent is null, days are "2020-03-14".

    Returns:
        The number of rows.
    """
    return write_objects(columns, rows, out.write, absent=True)[0]
