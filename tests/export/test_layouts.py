"""Other projects' layouts: their columns, their order, their ways to say that something is absent."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dateline.archive import Archive
from dateline.export.plover import write_plover
from dateline.export.polecat import COLUMNS, write_polecat
from dateline.export.tables import write_rows
from dateline.records.claims import Event
from dateline.store.rows import Origin, Row
from dateline.store.write import open_writer
from tests.export.published import published
from tests.store.samples import shelling_reading, visit_reading


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """A record holding `visit_reading` and `shelling_reading`, opened."""
    with open_writer(tmp_path / "record.db") as writer:
        writer.add(visit_reading())
        writer.add(shelling_reading())
    with Archive(tmp_path / "record.db") as opened:
        yield opened


def row(event: Event, sentence: str = "Sentence.") -> Row[Event]:
    return Row(event, Origin("x", "ref", date(2020, 3, 14), None, None, None, True), sentence)


def polecat(rows: list[Row[Event]]) -> list[dict[str, str]]:
    out = io.BytesIO()
    assert write_polecat(rows, out) == out.getvalue().count(b"\r\n") - 1
    return list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8"), newline=""), delimiter="\t"))


def test_polecat_has_its_forty_columns_in_order() -> None:
    assert [column.name for column in COLUMNS] == published("polecat")
    assert len(COLUMNS) == 40


def test_polecat_rows(archive: Archive) -> None:
    shelled, visit = polecat(list(archive.events()))
    assert (visit["Event Type"], visit["Event Mode"], visit["Intensity"]) == ("AGREE", "None", "2.5")
    assert (visit["Event Date"], visit["Quad Code"]) == ("2020-03-14", "VERBAL COOPERATION")
    assert (visit["Actor Country"], visit["Actor COW"], visit["Actor Sectors"]) == ("NOR", "385", "GOV|MIL")
    assert (visit["Recipient Name"], visit["Primary Recipient Sector"]) == ("Poland", "None")
    assert (shelled["Event Type"], shelled["Event Mode"], shelled["Event Date"]) == (
        "ASSAULT",
        "heavy-weapons",
        "2020-03-12",
    )
    assert (shelled["Actor Country"], shelled["Primary Actor Sector"]) == ("None", "UAF")
    assert (shelled["City"], shelled["Country"], shelled["Contexts"]) == ("Dolna", "UKR", "None")


def test_polecat_with_several_actors_and_odd_words() -> None:
    event = visit_reading().events[0]
    odd = replace(event.source[0], name="Ine\tBerg\nthe younger", sectors=())
    (cells,) = polecat([row(replace(event, source=(odd, *event.target), target=()))])
    assert (cells["Actor Name"], cells["Actor Country"]) == ("Ine Berg the younger; Poland", "NOR; POL")
    assert (cells["Actor COW"], cells["Actor Sectors"]) == ("385; 290", "None; None")
    assert cells["Recipient Name"] == "None"


def test_plover_records(archive: Archive) -> None:
    out = io.BytesIO()
    assert write_plover(archive.events(), out) == 2
    shelled, visit = [json.loads(line) for line in out.getvalue().splitlines()]
    assert (visit["event"], visit["mode"], visit["date"], visit["quad_code"]) == (["AGREE"], [], "2020-03-14", 1)
    assert visit["actor"][0]["code"] == "NOR" and visit["actor"][0]["sector"] == ["GOV", "MIL"]
    assert visit["comment"].startswith("status planned; rule verbs/consult.toml#one")
    assert (shelled["event"], shelled["mode"], shelled["date"]) == (["ASSAULT"], ["heavy-weapons"], "2020-03-12")
    assert shelled["size"] == {"dead": 3, "injured": None, "arrested": None}
    assert (shelled["event_loc"]["city"], shelled["event_loc"]["country_code"]) == ("Dolna", "UKR")
    text = shelling_reading().article.text
    assert text[shelled["text_info"]["start"] : shelled["text_info"]["end"]] == shelled["text"]


def test_plover_leaves_out_what_it_has_no_form_for() -> None:
    event = visit_reading().events[0]
    out = io.BytesIO()
    assert write_plover([row(replace(event, source=())), row(replace(event, plover=None))], out) == 0


def test_layouts_are_formats_of_events(archive: Archive, tmp_path: Path) -> None:
    assert write_rows("events", archive.events(), "polecat", tmp_path / "p.txt") == 2
    assert write_rows("events", archive.events(), "plover", tmp_path / "p.jsonl") == 2
    assert (tmp_path / "p.txt").read_bytes().startswith(b"Event ID\tEvent Date\t")


def test_pandas_reads_it_as_it_reads_polecat(archive: Archive, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    archive.export("polecat", tmp_path / "p.txt")
    frame = pandas.read_csv(
        tmp_path / "p.txt",
        sep="\t",
        na_values="None",
        dtype={"Event ID": str},
        parse_dates=["Event Date", "Publication Date"],
    )
    assert list(frame.columns) == published("polecat") and len(frame) == 2
    assert frame["Intensity"].dtype == "float64" and frame["Latitude"].dtype == "float64"
    assert frame["Event Date"].dt.month.tolist() == [3, 3]
    assert frame["Actor COW"].tolist()[1] == 385 and pandas.isna(frame["Actor COW"][0])
    assert set(frame["Quad Code"]) == {"VERBAL COOPERATION", "MATERIAL CONFLICT"}
