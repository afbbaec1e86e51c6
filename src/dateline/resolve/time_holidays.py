"""Builder for named days of the year: fixed ones, nth weekdays, and movable feasts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dateline.resolve import calendar
from dateline.resolve.time_dates import deictic
from dateline.resolve.time_meaning import Match, Meaning, Reading, dated

if TYPE_CHECKING:
    from dateline.lexicon.times import Holiday
    from dateline.records.mentions import TimeBasis


def holiday(match: Match, reading: Reading) -> Meaning | None:
    """A holiday, its eve, week or weekend: "Thanksgiving Day", "last Easter", "Easter week", "Ramadan"."""
    known = reading.words.holidays.get(match.rule.rule.value or "")
    if known is None:
        return None
    words = match.words()
    first = _first_day(match, reading, known)
    if first is None:
        return None
    basis: TimeBasis = "stated" if match.has("YEAR") else "publication"
    if words[-1] == "week" and known.days == 1:
        return dated(calendar.week(first), basis)
    if words[-1] == "weekend":
        return dated(calendar.weekend(first), basis)
    if words[-1] == "eve":
        return dated(calendar.day(first - timedelta(days=1)), basis)
    if known.days == 1:
        return dated(calendar.day(first), basis)
    last = first + timedelta(days=known.days - 1)
    return Meaning("DATE", f"{first}/{last}", first, last, None, basis, calendar.day(first))


def _first_day(match: Match, reading: Reading, known: Holiday) -> date | None:
    published = reading.published
    year = match.number("YEAR")
    shift = deictic(match)
    if year is None and shift is not None and "year" in match.words():
        year = published.year + shift
    if year is not None:
        return next(iter(days_in(known, year)), None)
    found = [item for step in (-1, 0, 1) for item in days_in(known, published.year + step)]
    if not found:
        return None
    ahead = shift == 1 or (shift is None and reading.direction(match) == "future")
    past = [item for item in found if item <= published and not (shift == -1 and item == published)]
    coming = [item for item in found if item >= published and not (shift == 1 and item == published)]
    if shift is None:
        return min(found, key=lambda item: (abs((item - published).days), item > published))
    if shift == 0:
        in_year = [item for item in found if item.year == published.year]
        return in_year[0] if in_year else None
    return (coming[0] if coming else None) if ahead else (past[-1] if past else None)


def days_in(known: Holiday, year: int) -> list[date]:
    """The first days of a holiday that fall into a Gregorian year (an Islamic one can come twice)."""
    if not 1900 <= year <= 2099:
        return []
    days: list[date | None]
    if known.kind == "fixed":
        days = [calendar.valid_day(year, known.month, known.day)]
    elif known.kind == "weekday":
        days = [_nth_weekday(year, known)]
    elif known.kind == "easter":
        days = [calendar.easter(year) + timedelta(days=known.offset)]
    elif known.kind == "orthodox-easter":
        days = [calendar.orthodox_easter(year) + timedelta(days=known.offset)]
    elif known.kind == "islamic":
        hijri = calendar.islamic_year(date(year, 7, 1))
        days = [calendar.islamic(hijri + step, known.month, known.day) for step in (-1, 0, 1, 2)]
    elif known.kind == "listed":
        days = list(known.dates)
    else:
        days = [calendar.hebrew(year + 3760 + step, known.month, known.day) for step in (0, 1)]
    return [item for item in days if item is not None and item.year == year]


def _nth_weekday(year: int, known: Holiday) -> date | None:
    if known.nth > 0:
        first = date(year, known.month, 1)
        found = first + timedelta(days=(known.weekday - first.isoweekday()) % 7 + 7 * (known.nth - 1))
    else:
        end = calendar.month(year, known.month).to
        if end is None:
            return None
        found = end - timedelta(days=(end.isoweekday() - known.weekday) % 7)
    return found + timedelta(days=known.offset)
