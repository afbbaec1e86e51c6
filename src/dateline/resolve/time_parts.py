"""Builders for parts of a larger time: "the first week of May", "Monday of next week", "July of that year", "3Q19"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dateline.resolve import calendar
from dateline.resolve.calendar import Period
from dateline.resolve.time_amounts import amount_of, unit_of
from dateline.resolve.time_dates import deictic, month_day, month_year, phase_of
from dateline.resolve.time_meaning import Match, Meaning, Reading, dated
from dateline.resolve.time_weekdays import days_on, weekday_date

if TYPE_CHECKING:
    from dateline.records.mentions import TimeBasis

_LAST = frozenset({"last", "final", "closing"})


def weekday_of_week(match: Match, reading: Reading) -> Meaning | None:
    """A weekday of a week told by its place: "Monday of next week", "Tuesday last week", "Friday of that week"."""
    number, shift, words = match.number("WEEKDAY"), deictic(match), match.words()
    if number is None or ("of" not in words and (match.after() == "'s" or match.tag_after()[:2] in ("VB", "MD"))):
        return None
    story = match.has("PREVIOUS", "FOLLOWING") or "that" in words or "same" in words
    base = reading.told().from_ if story else reading.published
    found = calendar.shift(base, "W", shift or 0) if base else None
    of = days_on(found.from_, number - 1) if found and found.from_ else None
    if of is None:
        return None
    part = match.name("PART")
    told = calendar.moment(of, part) if part else calendar.day(of)
    return dated(told, "narrative" if story else "publication", phase_of(match))


def weekday_and_number(match: Match, reading: Reading) -> Meaning | None:
    """ "Saturday the 13th": the closest day that is both; nothing where the number counts something else."""
    number, weekday = match.number("DAYORD"), match.number("WEEKDAY")
    if number is None or weekday is None or match.tag_after() in ("NN", "NNS", "JJ"):
        return None
    near = (calendar.shift(reading.published, "M", step) for step in (0, -1, 1, -2, 2))
    days = (calendar.valid_day(item.from_.year, item.from_.month, number) for item in near if item and item.from_)
    of = next((item for item in days if item is not None and item.isoweekday() == weekday), None)
    return dated(calendar.day(of), "publication") if of else None


def early_hours(match: Match, reading: Reading) -> Meaning | None:
    """ "The early hours of Tuesday", "the small hours of May 3": the morning of that day."""
    basis: TimeBasis = "publication"
    of: date | None
    if match.has("MONTH", "MONTHABBR"):
        inner = month_day(match, reading)
        of, basis = (inner.from_, inner.basis) if inner else (None, basis)
    elif match.has("WEEKDAY"):
        of = weekday_date(match, reading)
    else:
        of = days_on(reading.published, match.number("TODAY") or 0)
    return dated(calendar.moment(of, "TMO"), basis) if of else None


def part_of_period(match: Match, reading: Reading) -> Meaning | None:
    """Days, weeks, weekends or weekdays counted inside a month or year: "the first week of May", "the last Friday in
    March", "the last day of the year", "the second half of June"."""
    whole = _whole(match, reading)
    if whole is None or whole.from_ is None or whole.to is None:
        return None
    words = match.words()[: _of(match.words())]
    back = bool(_LAST & set(words))
    place = 1 if "opening" in words else match.number("ORDINAL") or 1
    basis: TimeBasis = "stated" if match.has("YEAR") else "publication"
    if "half" in words or "few" in words:
        late = back or place == 2
        return dated(whole, basis, "END" if late else "START") if place <= 2 and whole.unit == "M" else None
    count = match.number("NUMBER") or 1
    if match.has("WEEKDAY") or "weekend" in words:
        of = _nth_weekday(whole.from_, whole.to, match.number("WEEKDAY") or 6, -1 if back else place)
        if of is None:
            return None
        return dated(calendar.weekend(of) if "weekend" in words else calendar.day(of), basis)
    length = count * (7 if "week" in words or "weeks" in words else 1)
    first = days_on(whole.to, 1 - length) if back else days_on(whole.from_, (place - 1) * length)
    last = min(whole.to, days_on(first, length - 1) or whole.to) if first else None
    if first is None or last is None or first > last or first < whole.from_:
        return None
    if first == last:
        return dated(calendar.day(first), basis)
    found = Period(f"{first}/{last}", first, last, "D")
    return Meaning("DATE", found.value, first, last, None, basis, calendar.day(last))


def _of(words: list[str]) -> int:
    return next((index for index, word in enumerate(words) if word in ("of", "in")), len(words))


def _whole(match: Match, reading: Reading) -> Period | None:
    """The month or year that is counted in."""
    words = match.words()
    year, number = match.number("YEAR"), match.number("MONTH", "MONTHABBR")
    if number is not None:
        return calendar.month(month_year(match, reading, number) if year is None else year, number)
    if year is not None:
        return calendar.year(year)
    unit = "M" if words[-1] == "month" else "Y"
    if match.has("PREVIOUS", "FOLLOWING") or "that" in words[_of(words) :]:
        base = reading.told().from_
        return calendar.shift(base, unit, deictic(match) or 0) if base else None
    return calendar.shift(reading.published, unit, deictic(match) or 0)


def _nth_weekday(first: date, last: date, weekday: int, place: int) -> date | None:
    if place < 0:
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    found = first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (place - 1))
    return found if found <= last else None


def of_told_year(match: Match, reading: Reading) -> Meaning | None:
    """A month, day or season of the year the story stands in, or the one beside it: "July of that year", "March the
    following year", "the following January"."""
    told = reading.told().from_
    number, shift, day = match.number("MONTH", "MONTHABBR"), deictic(match) or 0, match.number("DAY", "DAYORD")
    if told is None:
        return None
    basis: TimeBasis = "narrative" if reading.anchor else "publication"
    if match.has("SEASON"):
        return dated(calendar.season(told.year + shift, match.name("SEASON") or "SU"), basis, phase_of(match))
    if number is None:
        return None
    year = told.year + shift
    if "year" not in match.words():  # "the following January" is the next one
        year = told.year + (number <= told.month if shift > 0 else -(number >= told.month))
    if day is not None:
        of = calendar.valid_day(year, number, day)
        return dated(calendar.day(of), basis) if of else None
    return dated(calendar.month(year, number), basis, phase_of(match))


def this_time(match: Match, reading: Reading) -> Meaning | None:
    """ "This time last year": the month a year before; "this time last week": that week."""
    unit, shift = unit_of(match), deictic(match)
    moved = match.number("PASTDEIXIS", "NEXTDEIXIS") or shift
    if unit not in ("Y", "M", "W") or not moved:
        return None
    months, step = (12 * moved, "M") if unit == "Y" else (moved, unit)
    found = calendar.shift(reading.published, step, months)
    return dated(found, "publication") if found else None


def ago_from(match: Match, reading: Reading) -> Meaning | None:
    """ "A week ago Monday", "two years ago today": a day."""
    amount, unit = amount_of(match), unit_of(match)
    if amount is None or amount != int(amount) or unit not in ("D", "W", "M", "Y"):
        return None
    if not match.has("TODAY", "WEEKDAY"):  # "12 years ago this month"
        moved = calendar.same_day(reading.published, -int(amount)) if unit == "Y" else None
        found = calendar.shift(moved, "M" if match.words()[-1] == "month" else "W", 0) if moved else None
        return dated(found, "publication") if found else None
    if match.has("TODAY"):
        base = days_on(reading.published, match.number("TODAY") or 0)
    else:
        base = days_on(reading.published, -((reading.published.isoweekday() - (match.number("WEEKDAY") or 1)) % 7))
    if base is None:
        return None
    count = -int(amount)
    if unit in ("D", "W"):
        of = days_on(base, count * (7 if unit == "W" else 1))
    elif match.has("TODAY"):
        of = calendar.same_day(base, count if unit == "Y" else 0, count if unit == "M" else 0)
    else:
        return None
    return dated(calendar.day(of), "publication") if of else None


def period_code(match: Match, reading: Reading) -> Meaning | None:
    """A quarter, half or fiscal year by its letter: "Q3 2019", "3Q19", "H1 2020", "FY2022"."""
    found = match.first("PERIODCODE")
    code = found.values["PERIODCODE"] if found else None
    if not isinstance(code, tuple):
        return None
    parts, number, stated = code
    year = stated or match.number("YEAR", "YY")
    if year is None and parts != 4:
        return None
    basis: TimeBasis = "stated"
    if year is None:
        basis, year = "publication", reading.published.year
        ahead = reading.direction(match) == "future"
        if 3 * number - 2 > reading.published.month and not ahead:
            year -= 1
    made = calendar.year(year) if parts == 1 else (calendar.half if parts == 2 else calendar.quarter)(year, number)
    if parts == 4:
        reading.report_on(made, named=False)
    return dated(made, basis)
