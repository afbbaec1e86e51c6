"""The asking commands on a record of hand-made readings: formats, errors, pipes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pandas
import pytest
from typer.testing import CliRunner, Result

from dateline.cli.main import app
from dateline.errors import QueryError, UsageError
from dateline.store.write import open_writer
from tests.samples import sample_reading

RUNNER = CliRunner()


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "record.db"
    with open_writer(path) as writer:
        writer.add(sample_reading())
    return path


def ask(*arguments: str) -> Result:
    return RUNNER.invoke(app, list(arguments), catch_exceptions=True)


@pytest.mark.parametrize(
    "kind", ["events", "statements", "figures", "actors", "places", "times", "articles", "problems"]
)
def test_every_kind_prints_a_table_and_the_same_number_of_rows_in_every_format(record: Path, kind: str) -> None:
    table = ask(kind, str(record))
    assert table.exit_code == 0, table.output
    assert table.output.splitlines()[-1] in {f"1 {kind.removesuffix('s')}", f"2 {kind}"}
    lines = ask(kind, str(record), "--format", "jsonl").stdout.splitlines()
    rows = list(csv.DictReader(io.StringIO(ask(kind, str(record), "--format", "csv").stdout)))
    assert len(rows) == len(lines) >= 1
    assert list(json.loads(lines[0])) == list(rows[0])


def test_a_table_names_who_did_what_to_whom_and_when(record: Path) -> None:
    out = ask("events", str(record), "actor:NOR status:planned").stdout
    assert "CONSULT visit" in out
    assert "NOR GOV/MIL Ine Berg" in out
    assert "2020-W12" in out


def test_a_query_that_nothing_passes_says_so(record: Path) -> None:
    assert ask("events", str(record), "actor:KEN").stdout.strip() == "0 events"


def test_parquet_can_be_read_by_pandas(record: Path, tmp_path: Path) -> None:
    out = tmp_path / "events.parquet"
    done = ask("events", str(record), "--format", "parquet", "--output", str(out))
    assert done.exit_code == 0, done.output
    frame = pandas.read_parquet(out)
    assert list(frame["type"]) == ["CONSULT"]
    assert list(frame["cameo"]) == ["042"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--format", "xml"], "choose one of"),
        (["--format", "parquet"], "needs --output"),
        (["--as-of", "soon"], "no day"),
        (["--limit", "0"], "at least 1"),
    ],
)
def test_wrong_options_are_usage_errors(record: Path, arguments: list[str], words: str) -> None:
    done = ask("events", str(record), *arguments)
    assert isinstance(done.exception, UsageError)
    assert words in str(done.exception)


def test_an_unknown_field_names_its_column_and_the_nearest(record: Path) -> None:
    done = ask("events", str(record), "type:CONSULT acter:NOR")
    assert isinstance(done.exception, QueryError)
    assert "column 14" in str(done.exception)
    assert "'actor'" in str(done.exception)


def test_as_of_leaves_out_what_was_published_later(record: Path) -> None:
    assert "0 events" in ask("events", str(record), "--as-of", "2020-03-13").stdout
    assert "1 event" in ask("events", str(record), "--as-of", "2020-03-14").stdout


def test_show_and_explain_lead_back_to_the_words(record: Path) -> None:
    (line,) = ask("events", str(record), "--format", "jsonl").stdout.splitlines()
    row = json.loads(line)
    event = ask("explain", str(record), row["event_id"][:8], "--no-tree").stdout
    assert "verbs/consult.toml#visit-1" in event
    assert "“Norway's Defence Minister Ine Berg” → NOR GOV/MIL" in event
    assert "“next week” → 2020-W12" in event
    article = json.loads(ask("show", str(record), row["article_id"], "--json").stdout)
    assert article["schema"] == "dateline.reading/1"


def test_check_and_backup(record: Path, tmp_path: Path) -> None:
    assert "is sound" in ask("check", str(record)).stdout
    copy = tmp_path / "copy.db"
    assert ask("backup", str(record), str(copy)).exit_code == 0
    assert (
        ask("events", str(copy), "--format", "jsonl").stdout == ask("events", str(record), "--format", "jsonl").stdout
    )


def test_a_file_that_is_no_record_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("no record", encoding="utf-8")
    done = ask("events", str(tmp_path / "note.txt"))
    assert done.exit_code == 1
    assert "note.txt" in str(done.exception)
