"""GDELT's layouts, read as the real files are read: by position, without a header, codes as text."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from dateline.archive import Archive
from dateline.errors import UsageError
from dateline.export.columns import RealEvent
from dateline.export.gdelt import EVENTS, MENTIONS, write_gdelt, write_mentions
from dateline.export.ucdp import write_ucdp
from dateline.store.merged import MergedEvent
from dateline.store.rows import Row
from tests.export.published import published


def rows(archive: Archive, layout: str = "gdelt") -> list[dict[str, str]]:
    out = io.BytesIO()
    count = archive.export(layout, out)
    lines = out.getvalue().decode("utf-8").split("\n")
    assert lines.pop() == "" and len(lines) == count
    names = published("gdelt") if layout == "gdelt" else published("gdelt-mentions")
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines]


def test_columns_are_the_published_ones_in_order() -> None:
    assert [column.name for column in EVENTS] == published("gdelt") and len(published("gdelt")) == 61
    assert [column.name for column in MENTIONS] == published("gdelt-mentions") and len(
        published("gdelt-mentions")
    ) == 16


def test_an_event(full: Archive) -> None:
    (shelled,) = [row for row in rows(full) if row["EventCode"] == "190"]
    assert (shelled["SQLDATE"], shelled["MonthYear"], shelled["Year"]) == ("20200312", "202003", "2020")
    assert shelled["FractionDate"] == "2020.2795"
    assert (shelled["Actor1Code"], shelled["Actor1Name"], shelled["Actor1Type1Code"]) == (
        "---UAF",
        "UNKNOWN GUNMEN",
        "UAF",
    )
    assert (shelled["Actor2Code"], shelled["Actor2CountryCode"]) == ("UKRCVL", "UKR")
    assert (shelled["EventRootCode"], shelled["QuadClass"], shelled["GoldsteinScale"]) == ("19", "4", "-10.0")
    assert (shelled["ActionGeo_Type"], shelled["ActionGeo_FullName"]) == ("4", "Dolna, Ukraine")
    assert (shelled["ActionGeo_CountryCode"], shelled["ActionGeo_FeatureID"]) == ("UP", "")
    assert (shelled["DATEADDED"], shelled["SOURCEURL"]) == ("20200313000000", "news/shelling.txt")
    assert (shelled["Actor1Geo_Type"], shelled["AvgTone"], shelled["IsRootEvent"]) == ("0", "", "1")


def test_a_planned_visit_is_an_intent_on_the_day_of_publication(full: Archive) -> None:
    (visit,) = [row for row in rows(full) if row["EventCode"] == "036"]
    assert (visit["SQLDATE"], visit["QuadClass"], visit["GoldsteinScale"]) == ("20200314", "1", "4.0")
    assert (visit["ActionGeo_Type"], visit["ActionGeo_FeatureID"], visit["ActionGeo_ADM1Code"]) == ("1", "PL", "PL")


def test_a_meeting_is_a_row_each_way_and_odd_words_break_nothing(full: Archive) -> None:
    there, back = [row for row in rows(full) if row["EventCode"] == "042"]
    assert (there["Actor1Code"], there["Actor2Code"]) == ("NORGOV", "POLGOV")
    assert (back["Actor1Code"], back["Actor2Code"]) == ("POLGOV", "NORGOV")
    assert there["GLOBALEVENTID"] != back["GLOBALEVENTID"]
    assert there["ActionGeo_FullName"] == "Lund Bay, Texas, United States"
    assert (there["ActionGeo_Type"], there["ActionGeo_ADM1Code"]) == ("3", "USTX")


def test_the_lead_paragraph(full: Archive) -> None:
    found = {row["EventCode"]: row["IsRootEvent"] for row in rows(full)}
    assert found == {"190": "1", "036": "1", "042": "1", "1723": "0"}


def test_mentions_go_with_the_events(full: Archive) -> None:
    events, mentions = rows(full), rows(full, "gdelt-mentions")
    assert [row["GlobalEventID"] for row in mentions] == [row["GLOBALEVENTID"] for row in events]
    (visit,) = [row for row in mentions if row["MentionSourceName"] == "nordlys.example"]
    text = full.reading(next(full.articles("title:visit")).origin.id).article.text
    assert text[int(visit["ActionCharOffset"]) :].startswith("visit Poland")
    assert text[int(visit["Actor1CharOffset"]) :].startswith("Berg")
    assert (visit["MentionType"], visit["Confidence"], visit["MentionDocLen"]) == ("1", "90", str(len(text)))
    curfew = mentions[-1]
    assert (curfew["MentionType"], curfew["Actor2CharOffset"]) == ("2", "-1")


def test_a_real_event_counts_its_reports(full: Archive) -> None:
    first, later = next(full.events("type:ASSAULT status:happened")), next(full.events("status:planned"))
    whole = MergedEvent(first.fact.id, first, (first, Row(first.fact, later.origin, "Again.")), 2)
    row = RealEvent(first.fact, first.origin, first.sentence, whole)
    out, mentions, ucdp = io.BytesIO(), io.BytesIO(), io.BytesIO()
    assert write_gdelt([row], out) == 1 and write_mentions([row], mentions) == 2 and write_ucdp([row], ucdp) == 1
    cells = dict(zip(published("gdelt"), out.getvalue().decode().split("\t"), strict=True))
    assert (cells["NumMentions"], cells["NumSources"], cells["NumArticles"]) == ("2", "2", "2")
    lines = [line.split("\t") for line in mentions.getvalue().decode().splitlines()]
    assert [line[0] for line in lines] == [cells["GLOBALEVENTID"]] * 2
    assert [line[1:3] for line in lines] == [
        ["20200313000000", "20200313000000"],
        ["20200313000000", "20200314000000"],
    ]
    (told,) = csv.DictReader(io.StringIO(ucdp.getvalue().decode()))
    assert told["number_of_sources"] == "2"


def test_real_events_of_a_record(full: Archive, tmp_path: Path) -> None:
    assert full.export("gdelt", tmp_path / "one", merged=True) == full.export("gdelt", tmp_path / "two") == 5
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    for layout in ("csv", "parquet", "stata", "polecat", "html"):
        assert full.export(layout, tmp_path / "three", merged=True, with_text=False) > 0
    with pytest.raises(UsageError, match="only events are merged"):
        full.export("csv", tmp_path / "four", table="figures", merged=True)


def test_pandas_reads_it_as_it_reads_gdelt(full: Archive, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    full.export("gdelt", tmp_path / "20200314.export.CSV")
    text = {name: str for name in published("gdelt") if name.endswith("Code") or name.endswith("FeatureID")}
    frame = pandas.read_csv(
        tmp_path / "20200314.export.CSV",
        sep="\t",
        header=None,
        names=published("gdelt"),
        dtype=text,
        quoting=csv.QUOTE_NONE,
    )
    assert frame.shape == (5, 61)
    for name in ("GLOBALEVENTID", "SQLDATE", "Year", "QuadClass", "NumMentions", "ActionGeo_Type", "DATEADDED"):
        assert frame[name].dtype == "int64", name
    for name in ("FractionDate", "GoldsteinScale", "AvgTone", "ActionGeo_Lat", "ActionGeo_Long"):
        assert frame[name].dtype == "float64", name
    assert sorted(frame["EventCode"]) == ["036", "042", "042", "1723", "190"]
    assert frame.groupby("QuadClass")["NumMentions"].sum().to_dict() == {1: 3, 4: 2}
