"""`dateline agenda`, `series` and `figures --history` on a record of hand-made readings."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pandas
import pytest
from icalendar import Calendar
from typer.testing import CliRunner, Result

from dateline.cli.main import app
from dateline.errors import UsageError
from dateline.store.write import open_writer
from tests.plans import told

RUNNER = CliRunner()
NOR, POL = ("Norway", "NOR"), ("Poland", "POL")


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "record.db"
    plan = told(
        "Norway will visit Poland; it is said.", "2020-03-14", status="planned", source=NOR, target=POL,
        days=("2020-03-20", "2020-03-21"),
    )  # fmt: skip
    with open_writer(path) as writer:
        writer.add(plan)
        writer.add(told("Norway visited Poland on Friday.", "2020-03-20", source=NOR, target=POL))
        writer.add(
            told("Gunmen killed 12 people, police said.", "2020-04-02", kind="ASSAULT", source=("Gunmen", None),
                 dead="12 people", claimed_by="police", quad=4, intensity=-10.0)
        )  # fmt: skip
    return path


def ask(*arguments: str) -> Result:
    return RUNNER.invoke(app, list(arguments), catch_exceptions=True)


def test_the_agenda_tells_what_became_of_a_plan(record: Path) -> None:
    out = ask("agenda", str(record)).stdout
    assert "came true" in out
    assert "2020-03-20..2020-03-21" in out
    assert out.splitlines()[-1] == "1 planned event"
    assert "0 planned events" in ask("agenda", str(record), "--outcome", "cancelled").stdout


def test_the_agenda_as_a_calendar_opens_in_a_calendar_program(record: Path, tmp_path: Path) -> None:
    out = tmp_path / "plans.ics"
    assert ask("agenda", str(record), "--format", "ics", "--output", str(out)).exit_code == 0
    (entry,) = Calendar.from_ical(out.read_bytes()).walk("VEVENT")
    assert (str(entry.decoded("dtstart")), str(entry.decoded("dtend"))) == ("2020-03-20", "2020-03-22")
    assert "Norway → Poland" in str(entry["SUMMARY"])
    assert "Norway will visit Poland; it is said." in str(entry["DESCRIPTION"])
    assert all(len(line) <= 75 for line in out.read_bytes().split(b"\r\n"))
    assert ask("agenda", str(record), "--format", "ics").stdout_bytes == out.read_bytes()


def test_agenda_rows_hold_both_sides(record: Path) -> None:
    row = json.loads(ask("agenda", str(record), "--format", "jsonl").stdout)
    assert (row["outcome"], row["later_published"], row["source_country"]) == ("came true", "2020-03-20", "NOR")
    assert row["later_sentence"] == "Norway visited Poland on Friday."


def test_a_series_counts_what_happened_by_pair_and_month(record: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(ask("series", str(record), "--format", "csv").stdout)))
    assert [(row["period"], row["source"], row["target"], row["events"]) for row in rows] == [
        ("2020-03", "NOR", "POL", "1")
    ]
    named = ask("series", str(record), "--actors", "name", "--measure", "quad", "--format", "csv").stdout
    gunmen = [row for row in csv.DictReader(io.StringIO(named)) if row["source"] == "Gunmen"]
    assert [row["material_conflict"] for row in gunmen] == ["1"]


def test_a_series_of_plans_and_of_intensity(record: Path) -> None:
    out = ask("series", str(record), "status:planned", "--by", "day", "--measure", "intensity").stdout
    assert "0 rows" in out
    out = ask("series", str(record), "status:planned", "--by", "week", "--measure", "intensity").stdout
    assert "2020-W12" in out


def test_what_is_too_vague_for_a_period_is_told(record: Path) -> None:
    done = ask("series", str(record), "status:planned", "--by", "day")
    assert "1 act is dated less exactly than a day" in done.stderr


def test_a_series_as_parquet_with_rows_of_nought(record: Path, tmp_path: Path) -> None:
    out = tmp_path / "series.parquet"
    zeros = ("--zeros", "--from", "2020-01-01", "--to", "2020-04-30")
    assert ask("series", str(record), *zeros, "--format", "parquet", "--output", str(out)).exit_code == 0
    frame = pandas.read_parquet(out)
    assert list(frame["events"]) == [0, 0, 1, 0]


def test_the_history_of_a_figure(record: Path) -> None:
    out = ask("figures", str(record), "kind:killed", "--history").stdout
    assert "police" in out
    assert "12 people" in out
    row = json.loads(ask("figures", str(record), "--history", "--format", "jsonl").stdout)
    assert (row["range_low"], row["range_high"], row["moved"], row["claimants"]) == (12, 12, "first", 1)


@pytest.mark.parametrize(
    "arguments",
    [
        ("series", "--by", "fortnight"),
        ("series", "--measure", "sum"),
        ("series", "--format", "parquet"),
        ("series", "--from", "March"),
        ("agenda", "--outcome", "maybe"),
        ("agenda", "--format", "xml"),
        ("figures", "--history", "--format", "ics"),
    ],
)
def test_wrong_options_are_usage_errors(record: Path, arguments: tuple[str, ...]) -> None:
    done = ask(arguments[0], str(record), *arguments[1:])
    assert isinstance(done.exception, UsageError)
