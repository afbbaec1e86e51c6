"""CSV, TSV and Parquet as articles through DuckDB, row by row, every column read as text."""

from __future__ import annotations

import codecs
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from dateline.sources.decoding import guessed_encoding, marked_encoding
from dateline.sources.fields import columns_of, draft_from_record
from dateline.sources.header import sourced_from_draft
from dateline.sources.kinds import HEAD_BYTES, bare_suffix, delimiter_of
from dateline.sources.sourced import MAX_RECORD_BYTES, Sourced, failure

_ROWS_AT_ONCE = 64
_SETTINGS = {
    "threads": "1",
    "memory_limit": "400MB",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
_COPY_BYTES = 1 << 20


def read_csv(
    stream: BinaryIO, path: str, *, given_date: date | None, file_time: date | None, time_is: str
) -> Iterator[Sourced]:
    """The articles of a CSV or TSV file whose first line names the columns."""
    with _as_utf8_file(stream) as (copy, head):
        options = _csv_options(head, path)
        query = f"read_csv(?, {options})"
        yield from _read(query, copy, path, given_date, file_time, time_is)


def read_parquet(
    file: Path, path: str, *, given_date: date | None, file_time: date | None, time_is: str
) -> Iterator[Sourced]:
    """The articles of a Parquet file."""
    yield from _read("read_parquet(?)", file, path, given_date, file_time, time_is)


def _read(
    table: str, file: Path, path: str, given_date: date | None, file_time: date | None, time_is: str
) -> Iterator[Sourced]:
    import duckdb  # slow to load, and only tables need it

    connection = duckdb.connect(":memory:", config=_SETTINGS)
    try:
        name = _literal(file)
        columns = [row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {table}", [name]).fetchall()]
        wanted = columns_of(columns)
        if not wanted["text"]:
            shown = ", ".join(columns[:12])
            message = f"the table has no text column (its columns: {shown}): name one of them 'text'"
            yield failure(path, "no-text-column", message)
            return
        used = [column for part in wanted.values() for column in part]
        selected = ", ".join(f'CAST("{column.replace(chr(34), chr(34) * 2)}" AS VARCHAR)' for column in used)
        result = connection.execute(f"SELECT {selected} FROM {table}", [name])
        seen: set[int] = set()
        row_number = 0
        while rows := result.fetchmany(_ROWS_AT_ONCE):
            for row in rows:
                row_number += 1
                yield from _row(
                    dict(zip(used, row, strict=True)), path, row_number, seen, given_date, file_time, time_is
                )
        if row_number == 0:
            yield failure(path, "no-articles", "the table has no rows")
    except duckdb.Error as error:
        why = " ".join(str(error).split())[:200]
        yield failure(
            path, "table-broken", f"the table cannot be read to its end ({why}): repair it or save it as JSONL"
        )
    finally:
        connection.close()


def _row(
    row: dict[str, Any],
    path: str,
    number: int,
    seen: set[int],
    given_date: date | None,
    file_time: date | None,
    time_is: str,
) -> Iterator[Sourced]:
    """The article of a row; rows are counted from 1, the line of column names left out."""
    draft = draft_from_record(
        row, path=path, where=f"{path}:row {number}", seen=seen, file_time=file_time, file_time_is=time_is
    )
    if isinstance(draft, Sourced):
        yield failure(draft.ref, "text-empty", "the row has no text: fill it in or delete it")
    else:
        yield sourced_from_draft(draft, given_date)


def delimiter_for(head: str, name: str) -> str:
    """The delimiter of a table from its beginning and its name."""
    suffix = bare_suffix(name)
    return delimiter_of(head) or ("\t" if suffix in (".tsv", ".tab") else _commonest(head))


def count_parquet(file: Path) -> int | None:
    """The number of rows of a Parquet file, None where it cannot be read."""
    import duckdb  # slow to load, and only tables need it

    with duckdb.connect(":memory:", config=_SETTINGS) as connection:
        try:
            row = connection.execute("SELECT count(*) FROM read_parquet(?)", [_literal(file)]).fetchone()
        except duckdb.Error:
            return None
    return int(row[0]) if row else None


def _literal(file: Path) -> str:
    """A path in which DuckDB sees no pattern."""
    return re.sub(r"([\[*?])", r"[\1]", str(file))


def _csv_options(head: str, path: str) -> str:
    shown = delimiter_for(head, path).replace("\t", "\\t")
    options = (
        f"all_varchar=true, header=true, delim=E'{shown}', quote='\"', escape='\"', max_line_size={MAX_RECORD_BYTES}"
    )
    return f"{options}, null_padding=true, strict_mode=false, parallel=false, buffer_size={2 * MAX_RECORD_BYTES}"


def _commonest(head: str) -> str:
    first = head.split("\n", 1)[0]
    return max(",;\t|", key=first.count)


@contextmanager
def _as_utf8_file(stream: BinaryIO) -> Iterator[tuple[Path, str]]:
    """A copy of a stream as a UTF-8 file without a byte order mark, and its beginning; DuckDB reads nothing else."""
    head = stream.read(HEAD_BYTES)
    encoding = marked_encoding(head) or _utf8_or_guess(head)
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        copy = Path(folder) / "table.csv"
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        text = decoder.decode(head).removeprefix("\ufeff")
        with copy.open("w", encoding="utf-8", errors="replace", newline="") as out:
            out.write(text)
            while data := stream.read(_COPY_BYTES):
                out.write(decoder.decode(data))
            out.write(decoder.decode(b"", final=True))
        yield copy, text


def _utf8_or_guess(head: bytes) -> str:
    try:
        head[: len(head) - 4 if len(head) >= HEAD_BYTES else None].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 8:
            return guessed_encoding(head) or "cp1252"
    return "utf-8"
