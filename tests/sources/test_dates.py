"""Publication dates in the forms that people and machines write."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.errors import DateError
from dateline.sources.dates import find_date, find_yearless, parse_date
from dateline.sources.header import parse_given_date

MARCH_14 = date(2020, 3, 14)


@pytest.mark.parametrize(
    "words",
    [
        "2020-03-14",
        "2020-3-14",
        "2020-03-14T10:00Z",
        "2020-03-14T10:00:00+01:00",
        "2020-03-14 23:59:59",
        "2020/03/14",
        "20200314",
        "14 March 2020",
        "14th of March 2020",
        "14 Mar 2020",
        "14-Mar-2020",
        "March 14, 2020",
        "Mar. 14, 2020",
        "MARCH 14, 2020",
        "March 14th, 2020",
        "Saturday, 14 March 2020",
        "Sat, 14 Mar 2020 10:00:00 GMT",
        "Saturday, March 14, 2020 at 10:15 a.m.",
        "14.03.2020",
        "03/14/2020",
        "14/03/2020",
        "1584180000",
        "1584180000000",
    ],
)
def test_the_same_day_in_many_forms(words: str) -> None:
    assert parse_date(words) == MARCH_14


def test_a_zone_does_not_move_the_day_as_written() -> None:
    assert parse_date("2025-03-24T00:25:00+01:00") == date(2025, 3, 24)


@pytest.mark.parametrize("words", ["soon", "", "next week", "in March", "May", "12", "Covid-19"])
def test_what_is_no_date_is_none(words: str) -> None:
    assert parse_date(words) is None


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("2020-02-30", "February 2020 has 29 days"),
        ("2021-02-29", "February 2021 has 28 days"),
        ("2020-13-01", "no month 13"),
        ("20203-1-1", "cannot be"),
        ("31 April 2020", "April 2020 has 30 days"),
        ("2020-00-10", "no month 0"),
    ],
)
def test_impossible_dates_say_why(words: str, why: str) -> None:
    with pytest.raises(DateError, match=why):
        parse_date(words)


@pytest.mark.parametrize("words", ["2020-02-30", "20203-1-1", "soon", "03/04/2020", "March 14"])
def test_a_given_date_must_be_a_clear_one(words: str) -> None:
    with pytest.raises(DateError, match="2020-03-14"):
        parse_given_date(words)


def test_a_given_date_may_be_written_out() -> None:
    assert parse_given_date("2020-03-14") == MARCH_14
    assert parse_given_date("14 March 2020") == MARCH_14


def test_a_date_that_can_be_read_in_two_ways_is_marked() -> None:
    found = find_date("on 03/04/2020")
    assert found is not None and found.ambiguous and (found.month, found.day) == (3, 4)


def test_a_day_without_year_takes_the_nearest_or_the_last() -> None:
    found = find_yearless("KABUL, Dec. 30 (Wire) -")
    assert found is not None and found.year is None
    assert found.near(date(2024, 1, 2)) == date(2023, 12, 30)
    assert found.last_before(date(2024, 6, 1)) == date(2023, 12, 30)
    leap = find_yearless("Feb. 29")
    assert leap is not None and leap.last_before(date(2023, 5, 1)) == date(2020, 2, 29)


def test_a_year_is_not_cut_into_a_day() -> None:
    assert find_yearless("March 2020") is None
