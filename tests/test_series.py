"""Series: periods, counting once, rows of nought, acts that are dated too vaguely."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import UsageError
from dateline.records.act import Act
from dateline.series import PERIODS, Period, period_end, period_name, period_start, tally


def act(first: str, last: str | None = None, *pairs: tuple[str, str], quad: int = 4, intensity: float = -10.0) -> Act:
    days = (date.fromisoformat(first), date.fromisoformat(last or first))
    return Act(*days, frozenset(pairs or {("RUS", "UKR")}), quad, intensity, 2, 2)


def test_acts_are_counted_by_pair_and_month() -> None:
    acts = [
        act("2024-10-03"),
        act("2024-10-30", intensity=-5.0, quad=3),
        act("2024-11-01", None, ("RUS", "UKR"), ("UKR", "RUS"), quad=1, intensity=4.0),
    ]
    rows = tally(acts).rows
    assert [(row.period, row.source, row.target, row.events) for row in rows] == [
        ("2024-10", "RUS", "UKR", 2),
        ("2024-11", "RUS", "UKR", 1),
        ("2024-11", "UKR", "RUS", 1),
    ]
    assert rows[0].intensity == -15.0
    assert rows[0].quads == (0, 0, 1, 1)
    assert rows[0].reports == 4
    assert (rows[0].first, rows[0].last) == (date(2024, 10, 1), date(2024, 10, 31))


def test_an_act_dated_to_a_year_is_in_no_month_but_in_its_year() -> None:
    found = tally([act("2019-01-01", "2019-12-31")], "month")
    assert (found.rows, found.too_wide) == ((), 1)
    assert [row.period for row in tally([act("2019-01-01", "2019-12-31")], "year").rows] == ["2019"]


def test_a_night_over_the_end_of_a_month_belongs_to_neither_month() -> None:
    assert tally([act("2024-01-31", "2024-02-01")], "month").too_wide == 1
    assert tally([act("2024-01-31", "2024-02-01")], "week").too_wide == 0


def test_rows_of_nought_fill_every_pair_and_period() -> None:
    acts = [act("2024-01-05"), act("2024-04-01", None, ("CHN", "TWN"))]
    rows = tally(acts, zeros=True, first=date(2023, 12, 20), last=date(2024, 4, 2)).rows
    assert [row.period for row in rows if row.source == "CHN"] == [
        "2023-12", "2024-01", "2024-02", "2024-03", "2024-04",
    ]  # fmt: skip
    assert [row.events for row in rows if row.source == "RUS"] == [0, 1, 0, 0, 0]


def test_only_acts_within_the_asked_time_count() -> None:
    acts = [act("2024-01-05"), act("2024-03-05")]
    assert [row.period for row in tally(acts, first=date(2024, 2, 1)).rows] == ["2024-03"]


def test_too_many_rows_of_nought_are_refused() -> None:
    with pytest.raises(UsageError, match="longer periods"):
        tally([act("2024-01-05")], "day", zeros=True, first=date(1, 1, 1), last=date(2024, 1, 5))


def test_the_order_of_acts_changes_nothing() -> None:
    acts = [act("2024-10-03", intensity=0.1 * n) for n in range(50)]
    assert tally(acts) == tally(reversed(acts))


@given(st.dates(), st.sampled_from(PERIODS))
def test_every_day_lies_in_the_period_that_it_begins(day: date, by: Period) -> None:
    start = period_start(day, by)
    end = period_end(start, by)
    assert start <= day <= end
    assert period_start(end, by) == start
    assert end == date.max or period_start(end + timedelta(days=1), by) == end + timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "by", "name"),
    [
        ("2024-12-30", "week", "2025-W01"),
        ("2021-01-03", "week", "2020-W53"),
        ("2024-12-30", "quarter", "2024-Q4"),
        ("2024-02-29", "month", "2024-02"),
        ("2024-02-29", "year", "2024"),
        ("2024-02-29", "day", "2024-02-29"),
    ],
)
def test_periods_are_named_as_in_timex3(day: str, by: Period, name: str) -> None:
    assert period_name(period_start(date.fromisoformat(day), by), by) == name
