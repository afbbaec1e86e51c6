"""ICEWS's layout and PETRARCH's, read as the real files are read."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from dateline.archive import Archive
from dateline.export.icews import COLUMNS
from tests.export.published import published


def rows(archive: Archive) -> list[dict[str, str]]:
    out = io.BytesIO()
    count = archive.export("icews", out)
    found = list(csv.DictReader(io.StringIO(out.getvalue().decode()), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(found) == count
    return found


def test_columns_are_the_published_ones_in_order(full: Archive) -> None:
    assert [column.name for column in COLUMNS] == published("icews") and len(published("icews")) == 20
    assert list(rows(full)[0]) == published("icews")


def test_events(full: Archive) -> None:
    shelled, visit, met, _, _ = rows(full)
    assert (shelled["Event Date"], shelled["CAMEO Code"], shelled["Intensity"]) == ("2020-03-12", "190", "-10.0")
    assert shelled["Event Text"] == "Use conventional military force"
    assert (shelled["Source Sectors"], shelled["Source Country"]) == ("Unidentified Forces", "")
    assert (visit["Source Name"], visit["Source Sectors"]) == ("Ine Berg", "Government,Military")
    assert (visit["CAMEO Code"], visit["Source Country"], visit["Target Country"]) == ("036", "Norway", "Poland")
    assert (met["City"], met["Province"], met["Country"]) == ("Lund Bay", "Texas", "United States")


def test_event_id_and_day_are_a_key(full: Archive) -> None:
    keys = [(row["Event ID"], row["Event Date"]) for row in rows(full)]
    assert len(set(keys)) == len(keys)


def test_pandas_reads_it_as_it_reads_icews(full: Archive, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    full.export("icews", tmp_path / "events.2020.tab")
    frame = pandas.read_csv(
        tmp_path / "events.2020.tab", sep="\t", dtype={"CAMEO Code": str}, parse_dates=["Event Date"], quoting=3
    )
    assert list(frame.columns) == published("icews") and len(frame) == 5
    assert frame["Event ID"].dtype == "int64" and frame["Intensity"].dtype == "float64"
    assert frame["Event Date"].dt.year.tolist() == [2020, 2020, 2021, 2021, 2021]
    assert set(frame["CAMEO Code"]) == {"190", "036", "042", "1723"}


def test_petrarch_lines(full: Archive) -> None:
    out = io.BytesIO()
    assert full.export("petrarch", out) == 5
    lines = [line.split("\t") for line in out.getvalue().decode().splitlines()]
    assert all(len(line) == 7 for line in lines)
    assert lines[0][:4] == ["20200312", "---UAF", "UKRCVL", "190"]
    assert lines[1][:5] == ["20200314", "NORGOVMIL", "POL", "036", "military;diplomatic"]
    assert lines[4][:4] == ["20210705", "ROMCOPMED", "---", "1723"]
    article, event = lines[1][5].split("_")
    assert full.show(article) and full.show(event)
