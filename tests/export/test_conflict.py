"""The layouts like ACLED's and UCDP's: their columns, and what of an event goes into them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dateline.archive import Archive
from dateline.export.acled import COLUMNS as ACLED
from dateline.export.acled import acled_rows, kind_of
from dateline.export.ucdp import COLUMNS as UCDP
from dateline.export.ucdp import priogrid, type_of_violence, ucdp_rows
from dateline.records.claims import ClaimTime, Event
from dateline.store.rows import Origin, Row
from tests.export.published import published
from tests.store.samples import shelling_reading


def shelled() -> Event:
    return shelling_reading().events[0]


def told(event: Event) -> Row[Event]:
    return Row(event, Origin("x", "ref", date(2020, 3, 13), None, "Dnipro Post", None, True), "Sentence.")


def acled(event: Event) -> dict[str, Any]:
    (cells,) = acled_rows([told(event)])
    return dict(zip(published("acled"), cells, strict=True))


def ucdp(event: Event) -> dict[str, Any]:
    (cells,) = ucdp_rows([told(event)])
    return dict(zip(published("ucdp"), cells, strict=True))


def test_columns_are_the_published_ones_in_order() -> None:
    assert [column.name for column in ACLED] == published("acled") and len(published("acled")) == 31
    assert [column.name for column in UCDP] == published("ucdp") and len(published("ucdp")) == 49


def test_the_files_have_headers_and_only_what_happened(full: Archive) -> None:
    for layout, names in (("acled", published("acled")), ("ucdp", published("ucdp"))):
        out = io.BytesIO()
        assert full.export(layout, out) == 1
        header, line = csv.reader(io.StringIO(out.getvalue().decode(), newline=""))
        assert header == names and len(line) == len(names)


def test_a_shelling_in_acled() -> None:
    row = acled(shelled())
    assert (row["event_type"], row["sub_event_type"]) == (
        "Explosions/Remote violence",
        "Shelling/artillery/missile attack",
    )
    assert (row["disorder_type"], row["civilian_targeting"]) == ("Political violence", "Civilian targeting")
    assert (row["inter1"], row["inter2"], row["interaction"]) == (
        "Political militia",
        "Civilians",
        "Political militia-Civilians",
    )
    assert (row["iso"], row["region"], row["country"], row["location"]) == (804, "Europe", "Ukraine", "Dolna")
    assert (row["fatalities"], row["time_precision"], row["geo_precision"]) == (3, 1, 1)
    assert row["timestamp"] == 1584057600


@pytest.mark.parametrize(
    ("type", "mode", "kind"),
    [
        ("PROTEST", "demo", ("Protests", "Peaceful protest")),
        ("PROTEST", None, ("Protests", "Peaceful protest")),
        ("PROTEST", "riot", ("Riots", "Violent demonstration")),
        ("ASSAULT", "drone", ("Explosions/Remote violence", "Air/drone strike")),
        ("ASSAULT", "abduct", ("Violence against civilians", "Abduction/forced disappearance")),
        ("ASSAULT", "firearms", ("Violence against civilians", "Attack")),
        ("COERCE", "arrest", ("Strategic developments", "Arrests")),
        ("CONSULT", "visit", None),
        ("AID", None, None),
    ],
)
def test_kinds_of_acled(type: Any, mode: str | None, kind: tuple[str, str] | None) -> None:
    assert kind_of(replace(shelled(), type=type, mode=mode)) == kind


def test_two_armed_sides_are_a_battle() -> None:
    event = shelled()
    army = replace(event.source[0], sectors=("MIL",), country="UKR")
    rebels = replace(event.target[0], sectors=("REB",))
    row = acled(replace(event, mode="firearms", source=(army,), target=(rebels,)))
    assert (row["event_type"], row["sub_event_type"]) == ("Battles", "Armed clash")
    assert (row["inter1"], row["inter2"], row["civilian_targeting"]) == ("State forces", "Rebel group", None)
    both = acled(replace(event, mode="firearms", source=(army, rebels), target=()))
    assert (both["actor1"], both["actor2"], both["event_type"]) == (army.name, rebels.name, "Battles")
    assert both["assoc_actor_1"] is None


def test_time_precision() -> None:
    event = shelled()
    week = ClaimTime("last week", date(2020, 3, 2), date(2020, 3, 8), "2020-W10", "publication")
    march = replace(week, from_=date(2020, 3, 1), to=date(2020, 3, 31))
    assert [acled(replace(event, time=time))["time_precision"] for time in (None, week, march)] == [1, 2, 3]
    assert [ucdp(replace(event, time=time))["date_prec"] for time in (None, week, march)] == [1, 3, 4]


def test_a_shelling_in_ucdp() -> None:
    row = ucdp(shelled())
    assert (row["type_of_violence"], row["side_b"], row["dyad_name"]) == (3, "Civilians", "Unknown gunmen - Civilians")
    assert (row["best"], row["low"], row["high"], row["deaths_civilians"], row["deaths_unknown"]) == (3, 3, 3, 3, None)
    assert (row["country_id"], row["region"], row["priogrid_gid"]) == (369, "Europe", priogrid(59.91, 10.75))
    assert (row["geom_wkt"], row["where_prec"]) == ("POINT (10.75 59.91)", 1)
    assert (row["date_start"], row["date_end"]) == (date(2020, 3, 12), date(2020, 3, 12))


def test_kinds_of_violence() -> None:
    event = shelled()
    army = replace(event.source[0], sectors=("MIL",), country="UKR")
    rebels = replace(event.target[0], sectors=("REB",))
    gang = replace(event.target[0], sectors=("CRM",))
    assert type_of_violence(replace(event, source=(army,), target=(rebels,))) == 1
    assert type_of_violence(replace(event, source=(gang,), target=(rebels,))) == 2
    assert type_of_violence(event) == 3
    assert type_of_violence(replace(event, target=())) == 3


def test_ucdp_wants_killed_people_and_acled_a_country() -> None:
    event = shelled()
    assert list(ucdp_rows([told(replace(event, size=None)), told(replace(event, status="possible"))])) == []
    assert list(acled_rows([told(replace(event, place=None)), told(replace(event, status="denied"))])) == []


def test_cells_of_priogrid() -> None:
    assert priogrid(-89.75, -179.75) == 1
    assert priogrid(-89.75, 179.75) == 720
    assert priogrid(89.75, 179.75) == priogrid(90, 180) == 259200
