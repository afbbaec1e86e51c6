"""Builders for the periods of business reports: quarters, "a year earlier", "the latest period"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.resolve import calendar
from dateline.resolve.calendar import Period
from dateline.resolve.time_amounts import amount_of, duration_value, unit_of
from dateline.resolve.time_dates import deictic, phase_of
from dateline.resolve.time_direction import by_words
from dateline.resolve.time_meaning import Match, Meaning, Reading, dated

if TYPE_CHECKING:
    from datetime import date

    from dateline.records.mentions import TimeBasis


def quarter(match: Match, reading: Reading) -> Meaning | None:
    """A quarter or half as named: "the third quarter", "the first half of 1990", "next year's first quarter"."""
    number = match.number("ORDINAL")
    words = match.words()
    halves = "half" in words
    last = "last" in words or "final" in words or "second" in words
    if number is None:
        number = 4 if last and not halves else 2 if last else 1
    if not 1 <= number <= (2 if halves else 4) or (words[0] == "the" and "-" in words and words[1] != "year"):
        return None
    make = calendar.half if halves else calendar.quarter
    basis: TimeBasis = "publication"
    year_ = match.number("YEAR", "YY")
    shift = deictic(match)
    if year_ is not None:
        basis = "stated"
    elif "year" in words and shift is not None:
        year_ = reading.published.year + shift
    elif "year-earlier" in words or "earlier" in words or "ago" in words:
        year_ = reading.published.year - 1
    elif "year" in words:
        year_ = reading.published.year
    else:
        year_ = _quarter_year(match, reading, 6 * number - 5 if halves else 3 * number - 2)
    found = make(year_, number)
    reading.report_on(found, named=_is_reported(match, reading))
    return dated(found, basis, phase_of(match))


def _is_reported(match: Match, reading: Reading) -> bool:
    """Whether a quarter that the calendar has not ended is reported on: a fiscal one, or one told in the past."""
    if match.after() in ("ended", "ending") or "fiscal" in match.words():
        return True
    return reading.quarter is None and by_words(match.lexemes.items, match.start, match.end, match.cues) == "past"


def half_results(match: Match, reading: Reading) -> Meaning | None:
    """A half-year by what was earned in it: "first-half profit", "the first half" of a report on quarters."""
    if match.after() not in match.cues["results"] and (reading.quarter is None or match.after() == "of"):
        return None
    return quarter(match, reading)


def full_year(match: Match, reading: Reading) -> Meaning | None:
    """ "The full year", "full-year profit": the year before in its first three months."""
    number = reading.published.year - (reading.published.month <= 3)
    return dated(calendar.year(number), "publication", moves=False)


def _quarter_year(match: Match, reading: Reading, first_month: int) -> int:
    """The year of a quarter named without one: the report's, or the one before where it is yet to come."""
    published = reading.published
    ahead = first_month - published.month
    if ahead <= 2 and ahead >= -9:
        return published.year
    if ahead > 2:
        return published.year if reading.direction(match) == "future" else published.year - 1
    return published.year + 1 if reading.direction(match) == "future" else published.year


def year_before(match: Match, reading: Reading) -> Meaning | None:
    """ "A year ago", "a year earlier" in a report on a quarter: that quarter of the year before."""
    if reading.quarter is None or reading.quarter.from_ is None:
        return None
    if reading.longer:
        found = calendar.shift(reading.quarter.from_, "Y", -1)
    elif reading.quarter.unit == "H":
        found = calendar.half(reading.quarter.from_.year - 1, 1 + (reading.quarter.from_.month > 6))
    else:
        found = calendar.shift(reading.quarter.from_, "Q", -4)
    return dated(found, "narrative", moves=False) if found else None


def means_quarter(match: Match, reading: Reading, unit: str, shift: int) -> bool:
    """Whether "last year" stands against this year's quarter: "$5 million, down from $6 million last year"."""
    if unit != "Y" or shift != -1 or reading.quarter is None or reading.longer or match.start < 1:
        return False
    items = match.lexemes.items
    if match.start and items[match.start - 1].word in ("in", "of", "since", "for", "during", "from", "than"):
        return False
    for at in range(match.start - 1, max(-1, match.start - 12), -1):
        if items[at].word in (".", ";", ""):
            return False
        if items[at].word == "with" and items[at - 1].word == "compared":
            return True
    return False


def year_before_period(match: Match, reading: Reading) -> Meaning | None:
    """ "The year-ago quarter", "year-earlier results": the quarter or year before the one reported on."""
    if match.has("UNIT", "MONTH") and ("month" in match.words() or "week" in match.words()):
        return _same_part(match, reading)
    found = year_before(match, reading)
    if found:
        return found
    before = calendar.year(match.number("YEAR") or reading.published.year - 1)
    return dated(before, "publication", moves=False)


def _same_part(match: Match, reading: Reading) -> Meaning | None:
    """ "The same month last year": the month (week) the story stands at, in that year."""
    told = reading.told().from_ or reading.published
    number = match.number("YEAR")
    base = calendar.same_day(told, (number - told.year) if number else -1)
    found = calendar.shift(base, "W" if "week" in match.words() else "M", 0) if base else None
    return dated(found, "narrative", moves=False) if found else None


def reported_period(match: Match, reading: Reading) -> Meaning | None:
    """The period a report is about: "the quarter", "the latest period", "the 1988 period"."""
    number = match.number("YEAR")
    shift = deictic(match) if "year" in match.words() else None
    if reading.quarter is None or reading.quarter.from_ is None:
        if number is not None:
            return dated(calendar.year(number), "stated")
        if "quarter" not in match.words() and "latest" not in match.words():
            return None
        return dated(_last_quarter(reading.published), "publication")
    if number is None and shift is not None:
        number = reading.quarter.from_.year + shift
    found = reading.quarter
    if reading.longer and "quarter" not in match.words():
        found = calendar.year(number or reading.quarter.from_.year)
    elif number is not None:
        found = calendar.quarter(number, (reading.quarter.from_.month + 2) // 3)
    return dated(found, "narrative", moves=False)


def _last_quarter(published: date) -> Period:
    """The last quarter that was over on a date."""
    return calendar.quarter(published.year, (published.month + 2) // 3 - 1)


def report_stretch(match: Match, reading: Reading) -> Meaning | None:
    """A reporting period: "the first nine months", "the nine months", "the year ended March 31"."""
    unit = unit_of(match)
    if unit not in ("M", "Q"):
        return None
    value = duration_value(amount_of(match), unit)
    reading.duration = value
    reading.longer = unit == "Y" or (unit == "M" and value != "P3M")
    return Meaning("DURATION", value, mod=reading.mod(match))


def ended(match: Match, reading: Reading) -> Meaning | None:
    """A year or quarter told by its end: "the year ended March 31", "the quarter ending Sept. 30"."""
    unit = unit_of(match)
    if unit not in ("Y", "Q", "M", "W") or match.after() not in ("ended", "ending", "to", "through"):
        return None
    if match.after() in ("to", "through") and "MONTH" not in match.signature_after(2):
        return None
    if unit == "Q":
        found = reading.quarter or _quarter_ended(match, reading)
        if found is not None:
            reading.report_on(found, named=True)
            return dated(found, "publication", moves=False)
    return Meaning("DURATION", f"P1{unit}")


def _quarter_ended(match: Match, reading: Reading) -> Period | None:
    """The calendar quarter that ends in (or nearest before) the month named behind "the quarter ended"."""
    items = match.lexemes.items
    month = items[match.end + 1].values.get("MONTH") if match.end + 1 < len(items) else None
    if not isinstance(month, int):
        return None
    year = next(
        (item.values["YEAR"] for item in items[match.end + 2 : match.end + 5] if "YEAR" in item.signature), None
    )
    if not isinstance(year, int):
        year = reading.published.year - (month > reading.published.month)
    return calendar.quarter(year, (month + 1) // 3 if month > 1 else 0)
