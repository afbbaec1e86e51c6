"""`dateline merge`, `same`, `stories`, `join`, `split` and `events --merged`, as a person at a terminal meets them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks.synthetic_news import readings
from dateline.archive import Archive
from dateline.cli.main import app
from dateline.errors import UsageError
from dateline.store.write import open_writer


@pytest.fixture(scope="module")
def unmerged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    record = tmp_path_factory.mktemp("merge") / "record.db"
    with open_writer(record) as writer:
        for reading in readings(45):
            writer.add(reading)
    return record


@pytest.fixture
def record(unmerged: Path, tmp_path: Path) -> Path:
    """A record of 45 articles, merged."""
    copy = tmp_path / "record.db"
    with Archive(unmerged) as archive:
        archive.back_up(copy)
    assert "45 articles compared" in told("merge", copy)
    return copy


def told(*arguments: object) -> str:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_merging_twice_finds_nothing_to_do(record: Path) -> None:
    assert "up to date" in told("merge", record)
    assert "45 articles compared" in told("merge", record, "--again")


def test_merging_a_record_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such record"):
        told("merge", tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def test_merged_events_as_csv_have_one_row_each_and_name_their_reports(record: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(told("events", record, "type:ASSAULT", "--merged", "-f", "csv"))))
    assert len({row["real_event"] for row in rows}) == len(rows)
    for row in rows:
        assert len(row["report_ids"].split()) == int(row["reports"]) >= int(row["articles"]) >= int(row["sources"]) >= 1
        assert row["event_id"] in row["report_ids"] and row["type"] == "ASSAULT"
    reports = list(csv.DictReader(io.StringIO(told("events", record, "type:ASSAULT", "-f", "csv"))))
    assert sum(int(row["reports"]) for row in rows) == len(reports) > len(rows)


def test_the_table_for_a_person_says_how_many_there_are(record: Path) -> None:
    shown = told("events", record, "--merged", "--limit", 3)
    with Archive(record) as archive:
        assert f"{archive.count_merged()} real events, 3 shown" in shown
    assert "plover" not in shown


def test_events_merged_in_a_layout_of_single_reports_is_a_clear_error(record: Path) -> None:
    with pytest.raises(UsageError, match="plover: choose one of table"):
        told("events", record, "--merged", "-f", "plover")


def test_same_and_explain_show_the_other_reports_and_why(record: Path) -> None:
    with Archive(record) as archive:
        event = next(e for e in archive.merged() if len(e.reports) > 1)
    first = event.reports[0].fact.id
    shown = told("same", record, first)
    assert f"{len(event.reports)} reports" in shown and "likely one event" in shown and "the acts are named" in shown
    assert "likely one event" in told("explain", record, first, "--no-tree")


def test_a_person_splits_and_joins(record: Path) -> None:
    with Archive(record) as archive:
        event = next(e for e in archive.merged() if len(e.reports) > 1)
    first, second = event.reports[0].fact.id, event.reports[1].fact.id
    assert "stands alone now" in told("split", record, first, "--who", "Ada", "--why", "another raid")
    assert told("same", record, first).startswith("1 report,")
    assert "are one event now" in told("join", record, first, second, "--who", "Ada", "--why", "the same after all")
    assert "joined by Ada: the same after all" in told("same", record, first)


def test_stories_as_a_table_and_as_data(record: Path) -> None:
    shown = told("stories", record)
    found = [json.loads(line) for line in told("stories", record, "-f", "jsonl").splitlines()]
    assert f"{len(found)} stories" in shown
    assert all(len(story["article_ids"].split()) == story["articles"] > 1 for story in found)
    every = [json.loads(line) for line in told("stories", record, "--all", "-f", "jsonl").splitlines()]
    assert sum(story["articles"] for story in every) == 45
    with pytest.raises(UsageError, match="needs --output"):
        told("stories", record, "-f", "parquet")
