"""The map, the agenda, the ledger, pairs over time, and that their files are what the commands write."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from dateline.cli.main import app
from dateline.store.write import open_writer
from dateline.web.app import make_app
from dateline.web.geo import project
from tests.store.samples import plain_reading, shelling_reading, visit_reading
from tests.web.conftest import Serve

_VIEWS = ("/map", "/agenda", "/ledger", "/series")


@pytest.mark.parametrize(
    ("longitude", "latitude", "x", "y"),
    # The middle and the edges.
    [(-180, 0, 0, 243.5), (0, 0, 500, 243.5), (180, 0, 1000, 243.5), (0, 90, 500, 0), (0, -90, 500, 487)],
)
def test_places_are_projected(longitude: float, latitude: float, x: float, y: float) -> None:
    assert project(longitude, latitude) == pytest.approx((x, y), abs=0.1)


def test_the_projection_keeps_areas_in_proportion() -> None:
    """Equal Earth: a band of latitudes has its true share of the globe."""

    def band(low: float, high: float) -> float:
        steps = [low + (high - low) * n / 400 for n in range(401)]
        rows = [(project(180, at)[0] - project(-180, at)[0], project(0, at)[1]) for at in steps]
        return sum((a[0] + b[0]) / 2 * (a[1] - b[1]) for a, b in pairwise(rows))

    assert band(0, 30) / band(0, 90) == pytest.approx(0.5, abs=1e-3)
    assert band(60, 90) / band(0, 90) == pytest.approx(1 - 3**0.5 / 2, abs=1e-3)


def test_the_map_has_a_dot_and_a_line_for_each_place(web: TestClient) -> None:
    page = web.get("/map").text
    assert "2 of 3 events at 2 places" in page
    assert 'aria-label="Dolna (UKR): 1 event"' in page and "/static/world.svg" in page
    (href,) = re.findall(r'<li><a href="([^"]+)"><bdi>Dolna', page)
    assert "of <b>1</b> event" in web.get(unescape(href)).text
    assert web.get("/static/world.svg").headers["content-type"].startswith("image/svg+xml")
    assert "0 of 0 events" in web.get("/map", params={"q": "type:AID"}).text


def test_the_agenda_shows_what_was_announced(web: TestClient) -> None:
    page = web.get("/agenda").text
    assert "<time>2020-03-16</time> <small>Monday</small>" in page and ">coming<" in page and "until 2020-03-22" in page
    assert "Nothing is planned for these days" in web.get("/agenda?from=2019-01-01&to=2019-02-01").text
    assert "BEGIN:VEVENT" in web.get("/agenda.ics").text


def test_a_plan_that_came_true_says_by_what_report(serve: Serve) -> None:
    done = visit_reading(ref="news/done.txt", url=None, published=date(2020, 3, 20))
    done = replace(done, events=(replace(done.events[0], status="happened"),))
    page = serve(visit_reading(), done).get("/agenda").text
    assert ">came true<" in page and "came true: “<bdi>visit</bdi>”" in page


def test_the_ledger_lays_claims_side_by_side(serve: Serve) -> None:
    web = serve(visit_reading(), shelling_reading())
    page = web.get("/ledger", params={"alone": "yes"}).text
    assert "killed" in page and "“<bdi>at least 3 people</bdi>”" in page
    assert "has a second claim beside it" in web.get("/ledger").text


def test_pairs_are_drawn_and_lead_to_their_events(web: TestClient) -> None:
    page = web.get("/series", params={"q": "status:planned|happened"}).text
    assert "<bdi>NOR</bdi> → <bdi>POL</bdi>" in page and "2020-03" in page
    (href,) = re.findall(r'<a href="([^"]+)" aria-label="2020-03: 0 cooperation, 1 conflict"', page)
    assert "of <b>1</b> event" in web.get(unescape(href)).text


@pytest.mark.parametrize("measure", ["count", "intensity", "quad", "<b>"])
@pytest.mark.parametrize("by", ["day", "week", "month", "quarter", "year", "eon"])
def test_every_choice_of_a_series_is_answered(web: TestClient, measure: str, by: str) -> None:
    page = web.get("/series", params={"measure": measure, "by": by, "actors": "name"})
    assert page.status_code == 200 and len(page.content) < 150_000 and "<b>eon" not in page.text


def test_many_bars_become_outlines_and_pages_stay_small(serve: Serve) -> None:
    web = serve(*(plain_reading(number) for number in range(400)))
    page = web.get("/series", params={"by": "day", "q": "status:happened|planned|possible"})
    assert len(page.content) < 150_000
    for address in ("/agenda", "/map", "/ledger?alone=yes"):
        assert len(web.get(address).content) < 150_000


@pytest.mark.parametrize("view", _VIEWS)
def test_a_mistake_in_the_query_is_told_on_the_page(web: TestClient, view: str) -> None:
    answer = web.get(view, params={"q": "actor:NOR acter:NOR"})
    assert answer.status_code == 400 and "did you mean &#39;actor&#39;?" in answer.text
    assert "<code>actor:NOR <mark>acter:NOR</mark></code>" in answer.text


@pytest.mark.parametrize("view", ["/agenda", "/series"])
def test_an_impossible_day_is_told(web: TestClient, view: str) -> None:
    answer = web.get(view, params={"from": "2020-13-01"})
    assert answer.status_code in (400, 404) and "is no day; write one as" in answer.text


@pytest.mark.parametrize(
    ("address", "arguments"),
    [
        ("/agenda.csv?q=actor:NOR", ["agenda", "actor:NOR"]),
        ("/agenda.ics", ["agenda"]),
        ("/ledger.jsonl?q=kind:killed", ["figures", "kind:killed", "--history"]),
        ("/series.csv?by=week&measure=quad", ["series", "--by", "week", "--measure", "quad"]),
        ("/series.parquet?measure=count", ["series", "--measure", "count"]),
    ],
)
def test_files_are_what_the_commands_write(web: TestClient, tmp_path: Path, address: str, arguments: list[str]) -> None:
    format = address.partition(".")[2].partition("?")[0]
    answer = web.get(address)
    out = tmp_path / "out"
    line = [arguments[0], str(tmp_path / "record.db"), *arguments[1:], "--format", format, "--output", str(out)]
    done = CliRunner().invoke(app, line)
    assert done.exit_code == 0, done.output
    if format == "ics":
        stamp = re.compile(rb"DTSTAMP:\S+")
        assert stamp.sub(b"", answer.content) == stamp.sub(b"", out.read_bytes())
    else:
        assert answer.content == out.read_bytes()


def test_there_is_no_other_file(web: TestClient) -> None:
    assert {web.get(f"{view}.exe").status_code for view in ("/agenda", "/ledger", "/series")} == {404}


def test_empty_records_have_every_view(tmp_path: Path) -> None:
    with open_writer(tmp_path / "empty.db"):
        pass
    web = TestClient(make_app(tmp_path / "empty.db"), base_url="http://localhost")
    for view in (*_VIEWS, "/", "/audit"):
        assert web.get(view).status_code == 200, view
