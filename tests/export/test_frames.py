"""Records in other libraries: pandas, Arrow, DuckDB, notebooks; and reading scripts for R."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

import dateline
from dateline.archive import Archive
from dateline.errors import QueryError, StoreError, UsageError
from dateline.export.layouts import LAYOUTS, chosen, exported_table, layout_columns, reading_script
from dateline.export.tables import TABLES


def test_the_library_door_is_the_archive(record: Path) -> None:
    with dateline.Record(record) as opened:
        assert opened.count("events") == 5


def test_a_data_frame_has_the_types_of_the_dictionary(full: Archive) -> None:
    pandas = pytest.importorskip("pandas")
    frame = full.frame("events", "actor:NOR")
    assert list(frame.columns) == list(exported_table("events").names)
    assert frame["cameo"].tolist() == ["042", "042"]
    assert frame["time_from"].dtype.kind == "M" and frame["time_from"][0] == pandas.Timestamp("2020-03-16")
    assert str(frame["quad"].dtype) == "Int64" and str(frame["lat"].dtype) == "Float64"
    assert frame.groupby("type").size().to_dict() == {"CONSULT": 2}
    assert full.frame("figures", "actor:BRA").empty


def test_an_arrow_table(full: Archive, tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    table = full.arrow("events")
    assert table.num_rows == 5 and table.schema.field("time_from").type == arrow.date32()
    assert table.column("cameo").to_pylist() == ["190", "190", "042", "042", "1723"]
    full.export("arrow", tmp_path / "e.arrow")
    import pyarrow.feather

    assert pyarrow.feather.read_table(tmp_path / "e.arrow").equals(table)


def test_a_relation_of_duckdb(full: Archive) -> None:
    relation = full.relation("events")
    assert relation.filter("status = 'happened'").aggregate("count(*)").fetchall() == [(2,)]
    with duckdb.connect() as connection:
        full.relation("articles", connection=connection)
        full.relation("events", connection=connection)
        sql = "SELECT count(*) FROM events JOIN articles USING (article_id)"
        assert connection.execute(sql).fetchone() == (5,)


def test_what_is_missing_is_named(full: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pandas", "pyarrow"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(UsageError, match=r"this needs pandas.*pip install 'dateline\[frames\]'"):
        full.frame("events")
    with pytest.raises(UsageError, match="this needs pyarrow"):
        full.arrow("events")


def test_importing_and_asking_load_nothing_heavy(record: Path) -> None:
    code = (
        "import sys, dateline\n"
        "lean = {name.partition('.')[0] for name in sys.modules}\n"
        "assert not lean & {'pandas', 'pyarrow', 'duckdb', 'spacy', 'msgspec', 'pydantic', 'sqlite3', 'numpy'}, lean\n"
        f"with dateline.Record({str(record)!r}) as record:\n"
        "    record._repr_html_(); record.export('csv', sys.stderr.buffer)\n"
        "    record.export('gdelt', sys.stderr.buffer); record.manifest()\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "assert not loaded & {'pandas', 'pyarrow', 'duckdb', 'spacy', 'onnxruntime'}, loaded\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_a_notebook_shows_the_record_and_a_reading(full: Archive) -> None:
    page = full._repr_html_()
    assert "3 articles, 5 events" in page and "<td>shelled</td>" in page
    reading = full.reading(next(full.articles("title:visit")).origin.id)
    shown = reading._repr_html_()
    assert '<mark class="event">visit</mark>' in shown and "Berg to visit Poland" in shown


def test_layouts_and_tables_that_do_not_go_together() -> None:
    assert chosen("csv", "figures")[1] == "figures" and chosen("gdelt", None)[1] == "events"
    with pytest.raises(UsageError, match="'xls' is no layout; there are csv, tsv"):
        chosen("xls", None)
    with pytest.raises(UsageError, match="the layout 'gdelt' holds events, not figures"):
        chosen("gdelt", "figures")
    with pytest.raises(UsageError, match="'verbs' is no table"):
        chosen("csv", "verbs")


def test_a_wrong_query_or_file_harms_nothing(full: Archive, record: Path, tmp_path: Path) -> None:
    (tmp_path / "there.csv").write_text("kept", encoding="utf-8")
    for query in ("acter:NOR", "speaker:GOV", "type:NOTHING"):
        with pytest.raises(QueryError):
            full.export("csv", tmp_path / "there.csv", query)
    assert (tmp_path / "there.csv").read_text(encoding="utf-8") == "kept"
    with pytest.raises(UsageError, match="is the record itself"):
        full.export("csv", record)
    with pytest.raises(StoreError, match=r"cannot be written \(No such file"):
        full.export("gdelt", tmp_path / "no" / "x.CSV")


def test_exports_do_not_tell_when_a_record_was_read() -> None:
    names = {name for table in TABLES for name in exported_table(table).names}
    assert not names & {"read_at", "noted_at"}


@pytest.mark.parametrize("layout", [name for name, known in LAYOUTS.items() if known.form is not None])
def test_r_scripts_name_every_column_once(layout: str) -> None:
    script = reading_script(layout, "events", "file.txt")
    columns = [column.name for column in layout_columns(layout, "events")]
    assert re.findall(r"^  `(.*)` = '(?:character|numeric|Date)',?$", script, re.MULTILINE) == columns
    assert script.count("(") == script.count(")") and "'file.txt'" in script
    header = "header = FALSE" if layout.startswith("gdelt") or layout == "petrarch" else "header = TRUE"
    assert header in script


def test_r_scripts_of_other_files() -> None:
    assert "arrow::read_parquet('it\\'s.parquet')" in reading_script("parquet", "events", "it's.parquet")
    with pytest.raises(UsageError, match="no reading script in R for 'html'"):
        reading_script("html", "events", "x")
