"""CSV, TSV and Parquet through DuckDB."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import duckdb
import pytest

from dateline.sources.files import Sourced, read_sources

BODY = 'The two ministers met in Oslo on Friday.\n\n"We agreed," one said, "to reopen the road; it is the only one."\n'
ROWS = [("7", "2020-03-14", "Road", BODY), ("010", "14 March 2020", "Müller; again", BODY.replace("Oslo", "Tromsø"))]


def table(delimiter: str, names: tuple[str, ...] = ("id", "date", "title", "text"), end: str = "\r\n") -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerows([names, *ROWS])
    return out.getvalue()


def read(file: Path) -> list[Sourced]:
    return list(read_sources([str(file)]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize(("delimiter", "name"), [(",", "a.csv"), ("\t", "a.tsv"), (";", "a.csv"), ("|", "a.csv")])
def test_quotes_newlines_encodings(tmp_path: Path, delimiter: str, name: str, encoding: str) -> None:
    file = tmp_path / name
    file.write_bytes(table(delimiter).encode(encoding))
    found = read(file)
    assert [sourced.article and sourced.article.text for sourced in found] == [row[3] for row in ROWS]
    assert [sourced.ref for sourced in found] == [f"{file}#7", f"{file}#010"]
    assert [sourced.article and sourced.article.title for sourced in found] == ["Road", "Müller; again"]
    assert all(sourced.article and sourced.article.published == date(2020, 3, 14) for sourced in found)


def test_column_names(tmp_path: Path) -> None:
    file = tmp_path / "a [1].csv"
    file.write_text(
        table(",", ("Article ID", "Publication Date", "Headline", "Full Text")), encoding="utf-8", newline=""
    )
    assert [sourced.article is not None for sourced in read(file)] == [True, True]


def test_no_text_column(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("id,day,words\n1,2020-03-14,Oslo\n")
    (sourced,) = read(file)
    assert sourced.article is None and sourced.problems[0].code == "no-text-column"
    assert "id, day, words" in sourced.problems[0].message and "'text'" in sourced.problems[0].message


def test_bad_rows_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("date,text\n2020-03-14,\n2020-02-30,Oslo is a city.\n2020-03-14,Oslo is a city.\n")
    found = read(file)
    assert [sourced.problems[0].code for sourced in found[:2]] == ["text-empty", "date-impossible"]
    assert found[0].ref == f"{file}:row 1" and found[2].article is not None


def test_rows_with_too_few_cells(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("date,text,url\n2020-03-14,Oslo is a city.\n2020-03-15,Oslo is a town.,https://e.org/a\n")
    assert [sourced.article is not None for sourced in read(file)] == [True, True]


def test_parquet(tmp_path: Path) -> None:
    file = tmp_path / "a.parquet"
    connection = duckdb.connect()
    connection.execute("CREATE TABLE t (id INTEGER, published DATE, headline VARCHAR, body VARCHAR)")
    connection.execute("INSERT INTO t VALUES (7, '2020-03-14', 'Road', ?), (8, NULL, 'Road', NULL)", [BODY])
    connection.execute(f"COPY t TO '{file}' (FORMAT parquet)")
    connection.close()
    first, second = read(file)
    assert first.article is not None and first.article.text == BODY and first.ref == f"{file}#7"
    assert (first.article.published, first.article.published_basis) == (date(2020, 3, 14), "metadata")
    assert second.article is None and second.problems[0].code == "text-empty"


def test_a_broken_parquet_file(tmp_path: Path) -> None:
    file = tmp_path / "a.parquet"
    file.write_bytes(b"PAR1" + b"x" * 100)
    (sourced,) = read(file)
    assert sourced.article is None and sourced.problems[0].code == "table-broken"
