"""Calendar periods: a TIMEX3 value and the days it covers, and the way back from a value to its days.

Weeks are ISO weeks (Monday to Sunday), seasons meteorological ones of the northern hemisphere (winter of a year ends
in the February that follows), quarters and halves those of the calendar year. Nothing here knows what words say.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal

Unit = Literal["T", "D", "W", "WE", "M", "Q", "H", "SE", "Y", "E", "C", "REF"]
_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:W(?P<week>\d\d)(?P<weekend>-WE)?|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)"
    r"|(?P<month>\d\d)(?:-(?P<day>\d\d)(?P<time>T(?:MO|MI|AF|EV|NI|DT|\d\d(?::\d\d(?::\d\d)?)?|XX:XX))?)?))?"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar.

    Attributes:
        value: TIMEX3 value ("2020-W12").
        from_, to: first and last day, both included; None outside the years 1 to 9999.
        unit: its size: T part of a day, D day, W week, WE weekend, M month, Q quarter, H half-year, SE season, Y year,
            E decade, C century, REF none at all (PAST_REF and the like).
    """

    value: str
    from_: date | None
    to: date | None
    unit: Unit


def day(of: date) -> Period:
    """One day."""
    return Period(of.isoformat(), of, of, "D")


def moment(of: date, time: str) -> Period:
    """A part of a day ("TMO") or a clock time ("T14:30") of it."""
    return Period(of.isoformat() + time, of, of, "T")


def week(of: date) -> Period:
    """The ISO week that holds the day."""
    year_, number, weekday = of.isocalendar()
    return Period(f"{year_:04}-W{number:02}", _plus(of, 1 - weekday), _plus(of, 7 - weekday), "W")


def weekend(of: date) -> Period:
    """Saturday and Sunday of the ISO week that holds the day."""
    year_, number, weekday = of.isocalendar()
    return Period(f"{year_:04}-W{number:02}-WE", _plus(of, 6 - weekday), _plus(of, 7 - weekday), "WE")


def month(year_: int, number: int) -> Period:
    """A month; numbers below 1 and above 12 run into other years."""
    year_, number = year_ + (number - 1) // 12, (number - 1) % 12 + 1
    return _months(f"{year_:04}-{number:02}", year_, number, 1, "M")


def quarter(year_: int, number: int) -> Period:
    """A quarter; numbers below 1 and above 4 run into other years."""
    year_, number = year_ + (number - 1) // 4, (number - 1) % 4 + 1
    return _months(f"{year_:04}-Q{number}", year_, 3 * number - 2, 3, "Q")


def half(year_: int, number: int) -> Period:
    """The first or second half of a year."""
    year_, number = year_ + (number - 1) // 2, (number - 1) % 2 + 1
    return _months(f"{year_:04}-H{number}", year_, 6 * number - 5, 6, "H")


def season(year_: int, name: str) -> Period:
    """A season (SP, SU, FA, WI); the winter of a year begins in its December."""
    return _months(f"{year_:04}-{name}", year_, _SEASON_MONTH[name], 3, "SE")


def year(number: int) -> Period:
    """A calendar year."""
    return _months(f"{number:04}", number, 1, 12, "Y")


def decade(number: int) -> Period:
    """A decade by its first three digits: 199 is the 1990s."""
    return _years(f"{number:03}", number * 10, number * 10 + 9, "E")


def century(number: int) -> Period:
    """A century by its first two digits: 19 is the years 1900 to 1999 (the twentieth)."""
    return _years(f"{number:02}", number * 100, number * 100 + 99, "C")


def shift(base: date, unit: str, count: int) -> Period | None:
    """The period of this unit (D, W, M, Q, Y, E or C) that lies `count` of them after the one holding the day."""
    if unit == "D":
        moved = _plus(base, count)
        return day(moved) if moved is not None else None
    if unit == "W":
        moved = _plus(base, 7 * count)
        return week(moved) if moved is not None else None
    if unit == "M":
        found = month(base.year, base.month + count)
    elif unit == "Q":
        found = quarter(base.year, (base.month + 2) // 3 + count)
    elif unit == "Y":
        found = year(base.year + count)
    elif unit == "E":
        found = decade(base.year // 10 + count)
    elif unit == "C":
        found = century(base.year // 100 + count)
    else:
        return None
    return found if found.from_ is not None else None


def same_day(base: date, years: int, months: int = 0) -> date | None:
    """The same day of the month so many years and months on; the 29th of February becomes the 28th where it must."""
    number = base.month + months
    year_, number = base.year + years + (number - 1) // 12, (number - 1) % 12 + 1
    if not MINYEAR <= year_ <= MAXYEAR:
        return None
    return date(year_, number, min(base.day, monthrange(year_, number)[1]))


def valid_day(year_: int, number: int, day_: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    if not (MINYEAR <= year_ <= MAXYEAR and 1 <= number <= 12 and 1 <= day_ <= monthrange(year_, number)[1]):
        return None
    return date(year_, number, day_)


def nearest_year(number: int, day_: int, to: date) -> date | None:
    """That month and day in the year that brings it closest to a date (29 February: the closest leap year)."""
    span = 8 if (number, day_) == (2, 29) else 1
    found = [valid_day(to.year + step, number, day_) for step in range(-span, span + 1)]
    known = [item for item in found if item is not None]
    return min(known, key=lambda item: (abs((item - to).days), item > to)) if known else None


def from_value(value: str) -> Period | None:
    """The period that a TIMEX3 value names; None for durations, sets, references and values with holes (XXXX).

    Inverse of the functions above: `from_value(p.value) == p` for each period they make within the years 1 to 9999.
    """
    if "/" in value:
        ends = [from_value(item) for item in value.split("/", 1)]
        if ends[0] is None or ends[1] is None or ends[0].unit != ends[1].unit:
            return None
        return Period(value, ends[0].from_, ends[1].to, ends[1].unit)
    if re.fullmatch(r"\d{3}", value):
        return decade(int(value))
    if re.fullmatch(r"\d{2}", value):
        return century(int(value))
    found = _VALUE.fullmatch(value)
    if found is None or int(found["year"]) < MINYEAR:
        return None
    year_ = int(found["year"])
    if found["week"]:
        if not 1 <= int(found["week"]) <= weeks_in(year_):
            return None
        monday = date.fromisocalendar(year_, int(found["week"]), 1)
        return weekend(monday) if found["weekend"] else week(monday)
    if found["quarter"]:
        return quarter(year_, int(found["quarter"]))
    if found["half"]:
        return half(year_, int(found["half"]))
    if found["season"]:
        return season(year_, found["season"])
    if not found["month"]:
        return year(year_)
    if not 1 <= int(found["month"]) <= 12:
        return None
    if not found["day"]:
        return month(year_, int(found["month"]))
    of = valid_day(year_, int(found["month"]), int(found["day"]))
    if of is None:
        return None
    return moment(of, found["time"]) if found["time"] else day(of)


def weeks_in(year_: int) -> int:
    """52 or 53, the ISO weeks of a year."""
    first = date(year_, 1, 1).isoweekday()
    return 53 if first == 4 or (first == 3 and isleap(year_)) else 52


def easter(year_: int) -> date:
    """Easter Sunday of the western churches (Gregorian computus, Meeus/Jones/Butcher)."""
    a, b, c = year_ % 19, year_ // 100, year_ % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    number, rest = divmod(h + k - 7 * m + 114, 31)
    return date(year_, number, rest + 1)


def orthodox_easter(year_: int) -> date:
    """Easter Sunday of the eastern churches as a Gregorian date (valid for 1900 to 2099)."""
    a, b, c = year_ % 4, year_ % 7, year_ % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    number, rest = divmod(d + e + 114, 31)
    return date(year_, number, rest + 1) + timedelta(days=13)


def islamic(year_: int, number: int, day_: int) -> date | None:
    """A day of the tabular Islamic (Hijri) calendar; moon sightings may move the real one by a day."""
    ordinal = day_ + (59 * (number - 1) + 1) // 2 + (year_ - 1) * 354 + (3 + 11 * year_) // 30 + 227014
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def islamic_year(of: date) -> int:
    """The Hijri year that holds most of the Gregorian year up to that day (tabular)."""
    return (30 * (of.toordinal() - 227015) + 10646) // 10631


def hebrew(year_: int, number: int, day_: int) -> date | None:
    """A day of the Hebrew calendar.

    `number` counts Tishri 1, Heshvan 2, Kislev 3, Tevet 4, Shevat 5, Adar (the last one) 6, Nisan 7, Iyar 8, Sivan 9,
    Tammuz 10, Av 11, Elul 12.
    """
    start = _tishri(year_)
    length = _tishri(year_ + 1) - start
    leap = length > 380
    heshvan, kislev = (30 if length % 10 == 5 else 29), (29 if length % 10 == 3 else 30)
    lengths = [30, heshvan, kislev, 29, 30, *([30] if leap else []), 29, 30, 29, 30, 29, 30, 29]
    months_before = number - 1 + (1 if leap and number >= 6 else 0)
    ordinal = start + sum(lengths[:months_before]) + day_ - 1
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def _tishri(year_: int) -> int:
    """Ordinal of the first of Tishri: the molad of the year with its postponements."""
    before, here, after = (_molad_day(item) for item in (year_ - 1, year_, year_ + 1))
    if after - here == 356:
        here += 2
    elif here - before == 382:
        here += 1
    return here - 1373427


def _molad_day(year_: int) -> int:
    months = (235 * year_ - 234) // 19
    days = months * 29 + (12084 + 13753 * months) // 25920
    return days + 1 if (3 * (days + 1)) % 7 < 3 else days


def _plus(of: date, days: int) -> date | None:
    ordinal = of.toordinal() + days
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def _months(value: str, year_: int, first: int, count: int, unit: Unit) -> Period:
    if not (MINYEAR <= year_ <= MAXYEAR) or (year_ == MAXYEAR and first + count > 13):
        return Period(value, None, None, unit)
    last = first + count - 1
    last_year, last_month = year_ + (last - 1) // 12, (last - 1) % 12 + 1
    return Period(value, date(year_, first, 1), date(last_year, last_month, monthrange(last_year, last_month)[1]), unit)


def _years(value: str, first: int, last: int, unit: Unit) -> Period:
    if last < MINYEAR or last > MAXYEAR or first > MAXYEAR:
        return Period(value, None, None, unit)
    return Period(value, date(max(first, MINYEAR), 1, 1), date(last, 12, 31), unit)
