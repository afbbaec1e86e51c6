"""Parquet through DuckDB, a part at a time: while one part is packed the next is gathered, and memory stays flat."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from dateline.errors import StoreError
from dateline.export.columns import Cells, CellType, Column
from dateline.export.lines import write_objects

_TYPES: Final[dict[CellType, str]] = {"text": "VARCHAR", "integer": "BIGINT", "real": "DOUBLE", "day": "DATE"}
# A part, and a row group: DuckDB holds some of them in memory, unpacked.
_ROWS_OF_A_PART: Final = 40_960
# DuckDB sets aside buffers of this size for each JSON object; most rows need far less than its default of 16 MB.
_ROOM_FOR_A_ROW: Final = 1024 * 1024


def write_parquet(columns: Sequence[Column], rows: Iterable[Cells], path: Path) -> int:
    """Write a Parquet file (through a temporary folder beside it); a file there is replaced once all is well.

    Returns:
        The number of rows.

    Raises:
        StoreError: the folder does not exist or cannot be written.
    """
    import duckdb

    try:
        with (
            tempfile.TemporaryDirectory(dir=path.resolve().parent, prefix=".dateline-") as folder,
            closing(_connection(folder)) as connection,
        ):
            parts = _Parts(connection, columns, Path(folder))
            count = parts.write(rows)
            parts.joined().replace(path)
    except (OSError, duckdb.Error) as error:
        raise StoreError(f"{path}: cannot be written ({error}); check that its folder exists and has room") from error
    return count


def _connection(folder: str) -> Any:
    import duckdb

    connection = duckdb.connect()
    # One thread: with more, the bytes of a file depend on how many there are.
    connection.execute("SET threads = 1")
    connection.execute("SET enable_progress_bar = false")
    connection.execute(f"SET temp_directory = {_quoted(folder)}")
    return connection


class _Parts:
    """The parts of one file on their way: JSON lines to Parquet in a thread of their own, which needs no Python."""

    def __init__(self, connection: Any, columns: Sequence[Column], folder: Path) -> None:
        self._connection, self._columns, self._folder = connection, columns, folder
        self._made: list[Path] = []

    def write(self, rows: Iterable[Cells]) -> int:
        """Write all parts, at least one; the number of rows."""
        count = 0
        packing: Future[None] | None = None
        with ThreadPoolExecutor(1) as pool:
            for number, some in enumerate(_parts(rows)):
                lines = self._folder / f"{number % 2}.jsonl"
                with lines.open("wb") as file:
                    added, longest = write_objects(self._columns, some, file.write, absent=False)
                count += added
                if packing is not None:
                    packing.result()
                made = self._folder / f"{number}.parquet"
                packing = pool.submit(self._pack, lines, made, max(_ROOM_FOR_A_ROW, 2 * longest))
                self._made.append(made)
            if packing is not None:
                packing.result()
        return count

    def joined(self) -> Path:
        """The one file of all parts."""
        if len(self._made) == 1:
            return self._made[0]
        whole = self._folder / "whole.parquet"
        names = ", ".join(_quoted(str(part)) for part in self._made)
        self._copy(f"read_parquet([{names}])", whole)
        return whole

    def _pack(self, lines: Path, made: Path, room: int) -> None:
        types = ", ".join(f"{_quoted(column.name)}: '{_TYPES[column.type]}'" for column in self._columns)
        form = f"format='newline_delimited', columns={{{types}}}, maximum_object_size={room}"
        self._copy(f"read_json({_quoted(str(lines))}, {form})", made)

    def _copy(self, source: str, made: Path) -> None:
        self._connection.execute(
            f"COPY (SELECT * FROM {source}) TO {_quoted(str(made))} "
            f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS_OF_A_PART})"
        )


def _parts(rows: Iterable[Cells]) -> Iterator[Iterable[Cells]]:
    """The rows in parts, each to be used up before the next; one empty part where there are none."""
    source = iter(rows)
    first = next(source, None)
    if first is None:
        yield ()
    while first is not None:
        yield chain((first,), islice(source, _ROWS_OF_A_PART - 1))
        first = next(source, None)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
