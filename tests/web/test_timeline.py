"""Events over time."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from starlette.testclient import TestClient

from dateline.web.timeline import periods
from tests.store.samples import shelling_reading, visit_reading
from tests.web.conftest import Serve


@pytest.mark.parametrize(
    ("first", "last", "count", "ends"),
    [
        (date(2020, 2, 27), date(2020, 3, 2), 5, ("2020-02-27", "2020-03-02")),
        (date(2019, 12, 31), date(2020, 3, 1), 4, ("2019-12", "2020-03")),
        (date(2001, 5, 1), date(2020, 3, 1), 20, ("2001", "2020")),
    ],
)
def test_periods_are_days_months_or_years(first: date, last: date, count: int, ends: tuple[str, str]) -> None:
    found = periods(first, last)
    assert (len(found), (found[0], found[-1])) == (count, ends)


def test_one_day_or_centuries_are_not_drawn() -> None:
    assert periods(date(2020, 1, 1), date(2020, 1, 1)) == periods(None, None) == []
    assert periods(date(1200, 1, 1), date(2020, 1, 1)) == []


def test_bars_count_and_lead_to_their_events(web: TestClient) -> None:
    page = web.get("/events").text
    assert "2020-03-13: 0 cooperation, 2 conflict" in page and "2020-03-14: 1 cooperation, 0 conflict" in page
    (href,) = re.findall(r'<a href="([^"]*published[^"]*)" aria-label="2020-03-13', page)
    assert "<b>2</b> events" in web.get(unescape(href)).text


def test_a_narrower_question_has_narrower_bars(serve: Serve) -> None:
    web = serve(visit_reading(), shelling_reading(), shelling_reading(ref="again", published=date(2020, 5, 2)))
    page = web.get("/events", params={"q": "type:ASSAULT sort:-time"}).text
    assert "2020-03: 0 cooperation, 2 conflict" in page and "2020-04: 0 cooperation, 0 conflict" in page
    assert "<figure" not in web.get("/events", params={"q": "type:CONSULT"}).text
