"""Periods: each value stands for its days and parses back to them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.resolve import calendar
from dateline.resolve.calendar import Period

DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(9900, 12, 31))
YEARS = st.integers(1000, 9900)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2020-03-14", "2020-03-14", "2020-03-14"),
        ("2020-W12", "2020-03-16", "2020-03-22"),
        ("2020-W53", "2020-12-28", "2021-01-03"),
        ("2021-W01", "2021-01-04", "2021-01-10"),
        ("2020-W12-WE", "2020-03-21", "2020-03-22"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("1989-Q3", "1989-07-01", "1989-09-30"),
        ("1990-H1", "1990-01-01", "1990-06-30"),
        ("1998-FA", "1998-09-01", "1998-11-30"),
        ("1998-WI", "1998-12-01", "1999-02-28"),
        ("1999-WI", "1999-12-01", "2000-02-29"),
        ("1998", "1998-01-01", "1998-12-31"),
        ("198", "1980-01-01", "1989-12-31"),
        ("19", "1900-01-01", "1999-12-31"),
        ("1998-02-13TEV", "1998-02-13", "1998-02-13"),
        ("1998-02-13T14:30", "1998-02-13", "1998-02-13"),
        ("2019-05-03/2019-05-05", "2019-05-03", "2019-05-05"),
        ("1996/1997", "1996-01-01", "1997-12-31"),
    ],
)
def test_value_stands_for_its_days(value: str, first: str, last: str) -> None:
    found = calendar.from_value(value)
    assert found is not None
    assert (found.value, str(found.from_), str(found.to)) == (value, first, last)


@pytest.mark.parametrize(
    "value",
    [
        "P3D",
        "PAST_REF",
        "XXXX-WXX-5",
        "2021-W53",
        "2020-W00",
        "2021-02-29",
        "2020-13",
        "0000",
        "",
        "1998-XX",
        "1/2",
        "2020/x",
    ],
)
def test_other_values_are_no_period(value: str) -> None:
    assert calendar.from_value(value) is None


@given(DAYS, st.sampled_from(["D", "W", "M", "Q", "Y", "E", "C"]), st.integers(-40, 40))
def test_shift_parses_back_and_returns(base: date, unit: str, count: int) -> None:
    found = calendar.shift(base, unit, count)
    if found is None:
        return
    assert calendar.from_value(found.value) == found
    assert found.from_ is not None and found.to is not None and found.from_ <= found.to
    back = calendar.shift(found.from_, unit, -count)
    assert back is not None and back.from_ is not None and back.to is not None
    assert back.from_ <= base <= back.to


@given(DAYS)
def test_every_maker_parses_back(of: date) -> None:
    made: list[Period] = [calendar.day(of), calendar.week(of), calendar.weekend(of), calendar.month(of.year, of.month)]
    made += [calendar.quarter(of.year, of.day % 4 + 1), calendar.half(of.year, of.day % 2 + 1), calendar.year(of.year)]
    made += [calendar.season(of.year, ("SP", "SU", "FA", "WI")[of.day % 4]), calendar.decade(of.year // 10)]
    made += [calendar.century(of.year // 100), calendar.moment(of, "TMO"), calendar.moment(of, "T07:05")]
    for period in made:
        assert calendar.from_value(period.value) == period


@given(YEARS)
def test_weeks_of_a_year_are_its_mondays(year: int) -> None:
    weeks = calendar.weeks_in(year)
    assert date.fromisocalendar(year, weeks, 7) + timedelta(days=1) == date.fromisocalendar(year + 1, 1, 1)
    assert (calendar.from_value(f"{year}-W53") is not None) == (weeks == 53)


@given(DAYS, st.integers(1, 12), st.integers(1, 31))
def test_nearest_year_is_nearest(to: date, month: int, day: int) -> None:
    found = calendar.nearest_year(month, day, to)
    if calendar.valid_day(2000, month, day) is None:
        assert found is None
        return
    assert found is not None and (found.month, found.day) == (month, day)
    for year in range(to.year - 2, to.year + 3):
        other = calendar.valid_day(year, month, day)
        assert other is None or abs((found - to).days) <= abs((other - to).days)


def test_same_day_of_leap_day() -> None:
    assert calendar.same_day(date(2020, 2, 29), 1) == date(2021, 2, 28)
    assert calendar.same_day(date(2020, 1, 31), 0, 1) == date(2020, 2, 29)
    assert calendar.same_day(date(2020, 3, 31), 0, -13) == date(2019, 2, 28)
    assert calendar.same_day(date(9999, 3, 31), 1) is None


def test_edges_of_the_calendar() -> None:
    assert calendar.shift(date(9999, 12, 31), "D", 1) is None
    assert calendar.shift(date(1, 1, 1), "Y", -1) is None
    assert calendar.shift(date(2000, 1, 1), "?", 1) is None
    assert calendar.year(12000).from_ is None
    assert calendar.season(9999, "WI").from_ is None
    assert calendar.century(0).from_ == date(1, 1, 1)


@pytest.mark.parametrize(
    ("year", "western", "eastern"),
    [(1998, "1998-04-12", "1998-04-19"), (2000, "2000-04-23", "2000-04-30"), (2024, "2024-03-31", "2024-05-05")],
)
def test_easter(year: int, western: str, eastern: str) -> None:
    assert (str(calendar.easter(year)), str(calendar.orthodox_easter(year))) == (western, eastern)


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [(1441, 9, 1, "2020-04-24"), (1445, 10, 1, "2024-04-10"), (1441, 12, 10, "2020-07-31"), (1399, 1, 1, "1978-12-02")],
)
def test_islamic(year: int, month: int, day: int, expected: str) -> None:
    found = calendar.islamic(year, month, day)
    assert found is not None
    assert abs((found - date.fromisoformat(expected)).days) <= 1
    assert calendar.islamic_year(found) == year


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        (5780, 1, 1, "2019-09-30"),
        (5780, 7, 15, "2020-04-09"),
        (5784, 1, 1, "2023-09-16"),
        (5784, 3, 25, "2023-12-08"),
        (5784, 7, 15, "2024-04-23"),
        (5785, 1, 10, "2024-10-12"),
        (5734, 1, 10, "1973-10-06"),
    ],
)
def test_hebrew(year: int, month: int, day: int, expected: str) -> None:
    assert str(calendar.hebrew(year, month, day)) == expected
