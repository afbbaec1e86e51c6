"""Builders for days told by their weekday: "Wednesday", "last Friday", "the following Monday", "Friday night"."""

from __future__ import annotations

from datetime import date, timedelta

from dateline.resolve import calendar
from dateline.resolve.time_dates import deictic, month_day, phase_of
from dateline.resolve.time_meaning import Match, Meaning, Reading, dated


def weekday(match: Match, reading: Reading) -> Meaning | None:
    """A weekday, with a part of the day where one is named: "Wednesday", "last Friday", "Friday night"."""
    of = weekday_date(match, reading)
    if of is None:
        return None
    part, words = match.name("PART"), match.words()
    if "on" in words and words[0] not in ("early", "late"):
        return None
    told = calendar.moment(of, part) if part else calendar.day(of)
    return dated(told, "publication", phase_of(match))


def weekday_date(match: Match, reading: Reading) -> date | None:
    """The day that a weekday means: on or before publication, ahead of it where the clause looks ahead."""
    number = match.number("WEEKDAY")
    if number is None:
        return None
    back = (reading.published.isoweekday() - number) % 7
    ahead = (number - reading.published.isoweekday()) % 7
    shift = deictic(match)
    if match.has("FOLLOWING", "PREVIOUS") or (match.words()[:2] == ["the", "next"] and reading.day is not None):
        return _beside_told(number, reading, shift or 1)
    steps = -back
    if shift == -1:
        steps = -(back or 7)
    elif shift == 1:
        steps = ahead or 7
    elif shift == 0:
        steps = ahead if reading.direction(match) == "future" or (ahead <= 6 - number % 7 and back > 3) else -back
    elif reading.direction(match) == "future":
        steps = ahead
    elif reading.day is not None and _ends_range(match):  # "from Saturday to Monday" never runs backwards
        until = (number - reading.day.isoweekday()) % 7
        if reading.day > reading.published:
            return days_on(reading.day, until)
    return days_on(reading.published, steps)


def _beside_told(number: int, reading: Reading, shift: int) -> date | None:
    """ "The following Monday": the first after the day the story stands at; "the previous Monday": the last before."""
    told = reading.told_day()
    ahead = (number - told.isoweekday()) % 7
    return days_on(told, (ahead or 7) if shift > 0 else -((7 - ahead) % 7 or 7))


def _ends_range(match: Match) -> bool:
    """Whether a weekday is the second of two that bound a time."""
    signatures = match.lexemes.signatures
    begun = match.start > 1 and signatures[match.start - 2] & {"WEEKDAY", "PART"}
    return bool(begun) and match.before() in ("to", "through", "-", "–", "until")


def days_on(of: date, days: int) -> date | None:
    """The day so many days on; None beyond the calendar."""
    found = calendar.shift(of, "D", days)
    return found.from_ if found else None


def week_of(match: Match, reading: Reading) -> Meaning | None:
    """The week that holds a day: "the week of March 6"."""
    inner = month_day(match, reading)
    if inner is None or inner.from_ is None:
        return None
    return dated(calendar.week(inner.from_), inner.basis)


def day_next_to(match: Match, reading: Reading) -> Meaning | None:
    """The day before or after another: "the day before Thanksgiving", "the day after last Tuesday"."""
    inner = month_day(match, reading) if match.has("MONTH") else weekday(match, reading)
    if inner is None or inner.from_ is None:
        return None
    of = inner.from_ + timedelta(days=-1 if "before" in match.words() else 1)
    return dated(calendar.day(of), inner.basis)
