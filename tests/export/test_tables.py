"""Flat tables: one row a fact, columns that stay, the same cells in every format."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dateline.archive import Archive
from dateline.errors import StoreError, UsageError
from dateline.export.columns import Cells, Column
from dateline.export.parquet import write_parquet
from dateline.export.tables import TABLES, write_rows
from dateline.export.write import write_csv, write_jsonl
from dateline.store.rows import Origin, Row
from dateline.store.write import open_writer
from tests.store.samples import plain_reading, shelling_reading, visit_reading

COLUMNS = (
    Column("words", "text", "any"),
    Column("count", "integer", "a number"),
    Column("score", "real", "a number"),
    Column("from", "day", "a day"),
)
ODD = [
    "plain",
    'a "quoted", piece; with\ttab',
    "two\nlines\r\nand three",
    "nul \x00 inside",
    "'; DROP TABLE x; --",
    "=1+1",
    "Ærø 東京 😀 \u202e",
    " blanks ",
    "null",
    "\\N \\u0041",
    "x" * 100_000,
]
ROWS: list[Cells] = [(word, n, n / 8, date(2020, 3, 14)) for n, word in enumerate(ODD)] + [(None, None, None, None)]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """A record holding `visit_reading` and `shelling_reading`, opened."""
    with open_writer(tmp_path / "record.db") as writer:
        writer.add(visit_reading())
        writer.add(shelling_reading())
    with Archive(tmp_path / "record.db") as opened:
        yield opened


def parquet(path: Path) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        return list(connection.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall())


def rows_of(archive: Archive, kind: str) -> Iterator[Any]:
    return iter(getattr(archive, kind)())


def test_csv_can_be_read_back() -> None:
    out = io.BytesIO()
    assert write_csv(COLUMNS, ROWS, out) == len(ROWS)
    lines = list(csv.reader(io.StringIO(out.getvalue().decode("utf-8"), newline="")))
    assert lines[0] == ["words", "count", "score", "from"]
    assert [line[0] for line in lines[1:]] == [*ODD, ""]
    assert lines[2][1:] == ["1", "0.125", "2020-03-14"]
    assert lines[-1] == ["", "", "", ""]
    assert out.getvalue().startswith(b"words,count,score,from\r\nplain,0,0.0,2020-03-14\r\n")


def test_jsonl_can_be_read_back() -> None:
    out = io.BytesIO()
    assert write_jsonl(COLUMNS, ROWS, out) == len(ROWS)
    found = [json.loads(line) for line in out.getvalue().split(b"\n")[:-1]]
    assert [item["words"] for item in found] == [*ODD, None]
    assert found[1] == {"words": ODD[1], "count": 1, "score": 0.125, "from": "2020-03-14"}


def test_parquet_can_be_read_back_with_its_types(tmp_path: Path) -> None:
    path = tmp_path / "it's odd.parquet"
    assert write_parquet(COLUMNS, ROWS, path) == len(ROWS)
    assert parquet(path) == ROWS
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


def test_parquet_of_no_rows_has_its_columns(tmp_path: Path) -> None:
    assert write_parquet(COLUMNS, [], tmp_path / "none.parquet") == 0
    with duckdb.connect() as connection:
        described = connection.execute(
            "DESCRIBE SELECT * FROM read_parquet(?)", [str(tmp_path / "none.parquet")]
        ).fetchall()
    assert [(row[0], row[1]) for row in described] == [
        ("words", "VARCHAR"),
        ("count", "BIGINT"),
        ("score", "DOUBLE"),
        ("from", "DATE"),
    ]


def test_a_row_longer_than_duckdb_expects(tmp_path: Path) -> None:
    long = "y" * 20_000_000
    write_parquet(COLUMNS, [(long, 1, 1.0, None)], tmp_path / "long.parquet")
    ((words, *_),) = parquet(tmp_path / "long.parquet")
    assert words == long


def test_lone_surrogates_spoil_nothing(tmp_path: Path) -> None:
    rows: list[Cells] = [("half \ud800 a pair", 1, 1.0, date(2020, 3, 14))]
    out = io.BytesIO()
    write_csv(COLUMNS, rows, out)
    assert "half \ufffd a pair,1,1.0,2020-03-14" in out.getvalue().decode("utf-8")
    out = io.BytesIO()
    write_jsonl(COLUMNS, rows, out)
    assert json.loads(out.getvalue())["words"] == "half \ufffd a pair"
    write_parquet(COLUMNS, rows, tmp_path / "odd.parquet")
    ((words, *_),) = parquet(tmp_path / "odd.parquet")
    assert words == "half \ufffd a pair"


def test_a_file_stays_whole_when_rows_fail(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    write_parquet(COLUMNS, ROWS[:2], path)

    def failing() -> Iterator[Cells]:
        yield ROWS[0]
        raise StoreError("gone")

    with pytest.raises(StoreError, match="gone"):
        write_parquet(COLUMNS, failing(), path)
    assert parquet(path) == ROWS[:2]
    assert [item.name for item in tmp_path.iterdir()] == ["rows.parquet"]


@pytest.mark.parametrize("kind", TABLES)
def test_every_table_has_the_same_rows_in_every_format(archive: Archive, tmp_path: Path, kind: str) -> None:
    count = archive.count(kind)
    assert count > 0
    for format in ("csv", "tsv", "jsonl", "parquet"):
        assert write_rows(kind, rows_of(archive, kind), format, tmp_path / f"rows.{format}") == count
    names = list(TABLES[kind].names)
    lines = [json.loads(line) for line in (tmp_path / "rows.jsonl").read_bytes().splitlines()]
    assert all(list(line) == names for line in lines)
    plain = [["" if cell is None else str(cell) for cell in line.values()] for line in lines]
    for format, delimiter in (("csv", ","), ("tsv", "\t")):
        with (tmp_path / f"rows.{format}").open(encoding="utf-8", newline="") as file:
            assert list(csv.reader(file, delimiter=delimiter)) == [names, *plain]
    stored = [["" if cell is None else str(cell) for cell in row] for row in parquet(tmp_path / "rows.parquet")]
    assert stored == plain


def test_an_event_as_a_row(archive: Archive) -> None:
    table = TABLES["events"]
    (row,) = archive.events("actor:NOR")
    cells = dict(zip(table.names, table.cells(row), strict=True))
    text = visit_reading().article.text
    assert cells["type"] == "CONSULT" and cells["status"] == "planned" and cells["cameo"] == "042"
    assert (cells["source"], cells["source_country"], cells["source_sectors"]) == ("Ine Berg", "NOR", "GOV MIL")
    assert (cells["target"], cells["target_country"], cells["target_sectors"]) == ("Poland", "POL", None)
    assert (cells["time_from"], cells["time_to"], cells["time_text"]) == (
        date(2020, 3, 16),
        date(2020, 3, 22),
        "next week",
    )
    assert (cells["place"], cells["lat"], cells["lon"]) == ("Poland", 52.0, 19.0)
    assert text[int(str(cells["trigger_start"])) : int(str(cells["trigger_end"]))] == cells["trigger"] == "visit"
    assert (cells["article_ref"], cells["article_published"]) == ("news/visit.txt", date(2020, 3, 14))


def test_several_on_one_side_keep_their_order() -> None:
    visit = visit_reading()
    event = visit.events[0]
    both = replace(event, source=(*event.source, *event.target), target=())
    row = Row(both, Origin("x", "r", date(2020, 3, 14), None, None, None, True))
    cells = dict(zip(TABLES["events"].names, TABLES["events"].cells(row), strict=True))
    assert (cells["source"], cells["source_country"]) == ("Ine Berg; Poland", "NOR; POL")
    assert (cells["source_sectors"], cells["source_role"]) == ("GOV MIL; ", "Defence Minister; ")
    assert cells["target"] is None


def test_refusals(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'verbs' is no table; there are events, statements"):
        write_rows("verbs", [], "csv", tmp_path / "x")
    with pytest.raises(UsageError, match="'xlsx' is no format for rows; there are csv, tsv, jsonl, parquet, plover"):
        write_rows("events", [], "xlsx", tmp_path / "x")
    with pytest.raises(UsageError, match="the layout 'polecat' holds events only"):
        write_rows("figures", [], "polecat", tmp_path / "x")
    with pytest.raises(UsageError, match="Parquet needs a file"):
        write_rows("events", [], "parquet", io.BytesIO())
    for format in ("csv", "parquet"):
        with pytest.raises(StoreError, match=r"x: cannot be written \(.*check that its folder exists"):
            write_rows("events", rows_of(archive, "events"), format, tmp_path / "no" / "x")


def test_text_streams_are_written_through_as_utf8(archive: Archive, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert write_rows("actors", rows_of(archive, "actors"), "jsonl", sys.stdout) == 3
    assert b'"name":"Ine Berg"' in capfdbinary.readouterr().out


def test_rows_are_written_as_they_come(tmp_path: Path) -> None:
    """Memory does not grow with the table: a hundred rows at most are waiting to be written."""
    taken = 0

    def many() -> Iterator[Cells]:
        nonlocal taken
        for number in range(1000):
            taken = number
            yield ("w", number, 0.0, None)

    class Watching(io.BytesIO):
        def write(self, data: Any) -> int:
            lines.append(bytes(data).count(b"\n"))
            assert taken - sum(lines) < 100
            return super().write(data)

    lines: list[int] = []
    write_jsonl(COLUMNS, many(), Watching())
    assert sum(lines) == 1000


def test_a_record_of_many_rows_goes_through(tmp_path: Path) -> None:
    with open_writer(tmp_path / "r.db") as writer:
        for number in range(1100):
            writer.add(plain_reading(number))
    with Archive(tmp_path / "r.db") as archive:
        assert write_rows("events", archive.events(), "parquet", tmp_path / "e.parquet") == 1100
    assert len(parquet(tmp_path / "e.parquet")) == 1100
