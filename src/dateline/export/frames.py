"""Tables for other programs in the same process: pandas, Arrow, DuckDB. Each is imported when it is asked for."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final

from dateline.errors import UsageError
from dateline.export.columns import Cells, Column
from dateline.export.parquet import write_parquet

_ROWS_AT_ONCE: Final = 20_000


def arrow_table(columns: Sequence[Column], rows: Iterable[Cells]) -> Any:
    """The rows as a `pyarrow.Table`.

    Raises:
        UsageError: pyarrow is not installed.
    """
    arrow = _pyarrow()
    schema = _schema(arrow, columns)
    return arrow.Table.from_batches(_batches(arrow, schema, rows), schema)


def write_arrow(columns: Sequence[Column], rows: Iterable[Cells], out: BinaryIO) -> int:
    """Write an Arrow IPC file ("Feather version 2"); the number of rows.

    Raises:
        UsageError: pyarrow is not installed.
    """
    arrow = _pyarrow()
    schema = _schema(arrow, columns)
    count = 0
    with arrow.ipc.new_file(arrow.PythonFile(out, mode="w"), schema) as writer:
        for batch in _batches(arrow, schema, rows):
            writer.write_batch(batch)
            count += batch.num_rows
    out.flush()
    return count


def data_frame(columns: Sequence[Column], rows: Iterable[Cells]) -> Any:
    """The rows as a `pandas.DataFrame`: text as object, days as datetime64, numbers nullable where some are absent.

    Raises:
        UsageError: pandas is not installed.
    """
    try:
        import pandas
    except ImportError:
        raise UsageError(_missing("pandas")) from None
    filled = list(rows)
    frame: dict[str, Any] = {}
    for number, column in enumerate(columns):
        cells = [row[number] for row in filled]
        if column.type == "day":
            frame[column.name] = pandas.to_datetime(pandas.Series(cells, dtype=object), errors="coerce")
        elif column.type == "text":
            frame[column.name] = pandas.Series(cells, dtype=object)
        else:
            frame[column.name] = pandas.Series(cells, dtype="Int64" if column.type == "integer" else "Float64")
    return pandas.DataFrame(frame, columns=[column.name for column in columns])


def relation(name: str, columns: Sequence[Column], rows: Iterable[Cells], connection: Any = None) -> Any:
    """The rows as a table called `name` in a DuckDB connection (a new one in memory), and as the relation of it."""
    import duckdb

    target = duckdb.connect() if connection is None else connection
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        file = Path(folder) / "rows.parquet"
        write_parquet(columns, rows, file)
        target.execute(f'CREATE OR REPLACE TABLE "{name}" AS SELECT * FROM read_parquet(?)', [str(file)])
    return target.table(name)


def _pyarrow() -> Any:
    try:
        import pyarrow
        import pyarrow.ipc
    except ImportError:
        raise UsageError(_missing("pyarrow")) from None
    return pyarrow


def _missing(name: str) -> str:
    return f"this needs {name}, which is not installed: pip install 'dateline[frames]'; Parquet needs nothing more"


def _schema(arrow: Any, columns: Sequence[Column]) -> Any:
    types = {"text": arrow.string(), "integer": arrow.int64(), "real": arrow.float64(), "day": arrow.date32()}
    return arrow.schema([(column.name, types[column.type]) for column in columns])


def _batches(arrow: Any, schema: Any, rows: Iterable[Cells]) -> Iterator[Any]:
    source = iter(rows)
    while batch := list(islice(source, _ROWS_AT_ONCE)):
        arrays = [arrow.array([_clean(row[n]) for row in batch], type=field.type) for n, field in enumerate(schema)]
        yield arrow.record_batch(arrays, schema=schema)


def _clean(cell: object) -> object:
    """The cell without lone surrogates, which Arrow cannot hold."""
    if isinstance(cell, str) and not cell.isascii():
        return cell.encode("utf-8", "replace").decode("utf-8")
    return cell
