"""Rows to files: CSV, JSON lines and Parquet, one row at a time, so that a table of any length can be written."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec

from dateline.errors import StoreError
from dateline.export.columns import Cells, CellType, Column

Plain = Callable[[bytes], object]
_PARQUET_TYPES: Final[dict[CellType, str]] = {"text": "VARCHAR", "integer": "BIGINT", "real": "DOUBLE", "day": "DATE"}
# DuckDB sets aside buffers of this size for each JSON object; most rows need far less than its default of 16 MB.
_ROOM_FOR_A_ROW: Final = 16 * 1024 * 1024
_CHUNK: Final = 64 * 1024
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


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
    return _write_objects([column.name for column in columns], rows, out.write)[0]


def write_parquet(columns: Sequence[Column], rows: Iterable[Cells], path: Path) -> int:
    """Write a Parquet file (through DuckDB and a temporary file beside it); a file there is replaced once all is well.

    Returns:
        The number of rows.

    Raises:
        StoreError: the folder does not exist or cannot be written.
    """
    import duckdb

    try:
        with tempfile.TemporaryDirectory(dir=path.resolve().parent, prefix=".dateline-") as folder:
            lines, made = Path(folder) / "rows.jsonl", Path(folder) / "table.parquet"
            with lines.open("wb") as file:
                count, longest = _write_objects([column.name for column in columns], rows, file.write)
            with closing(duckdb.connect()) as connection:
                connection.execute(_copy(columns, lines, made, max(_ROOM_FOR_A_ROW, 2 * longest)))
            made.replace(path)
    except (OSError, duckdb.Error) as error:
        raise StoreError(f"{path}: cannot be written ({error}); check that its folder exists and has room") from error
    return count


def _copy(columns: Sequence[Column], lines: Path, made: Path, room: int) -> str:
    types = ", ".join(f"{_quoted(column.name)}: '{_PARQUET_TYPES[column.type]}'" for column in columns)
    source = (
        f"read_json({_quoted(str(lines))}, format='newline_delimited', columns={{{types}}}, maximum_object_size={room})"
    )
    return f"COPY (SELECT * FROM {source}) TO {_quoted(str(made))} (FORMAT parquet, COMPRESSION zstd)"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _write_objects(names: Sequence[str], rows: Iterable[Cells], write: Plain) -> tuple[int, int]:
    return write_lines((dict(zip(names, row, strict=True)) for row in rows), write)


def write_lines(items: Iterable[dict[str, Any]], write: Plain) -> tuple[int, int]:
    """Write JSON objects line by line; how many there were, and the bytes of the longest."""
    encode = msgspec.json.Encoder().encode
    count = longest = 0
    for item in items:
        try:
            line = encode(item)
        except UnicodeEncodeError:
            line = encode(_without_surrogates(item))
        write(line + b"\n")
        count += 1
        longest = max(longest, len(line))
    return count, longest


def _without_surrogates(item: Any) -> Any:
    """The same with the lone surrogates of odd texts, which UTF-8 cannot hold, replaced by U+FFFD."""
    if isinstance(item, str):
        return _SURROGATE.sub("\ufffd", item)
    if isinstance(item, dict):
        return {name: _without_surrogates(value) for name, value in item.items()}
    if isinstance(item, list):
        return [_without_surrogates(value) for value in item]
    return item
