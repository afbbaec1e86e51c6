"""Builders for expressions that count from publication or from the story: "last week", "a day later"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.resolve import calendar
from dateline.resolve.calendar import Period
from dateline.resolve.time_amounts import amount_of, duration_value, unit_of
from dateline.resolve.time_dates import deictic, month, phase_of, year
from dateline.resolve.time_meaning import Match, Meaning, Reading, dated
from dateline.resolve.time_reports import means_quarter, year_before

if TYPE_CHECKING:
    from datetime import date

    from dateline.records.mentions import TimeBasis, TimeMod


def unit_deixis(match: Match, reading: Reading) -> Meaning | None:
    """A calendar unit by its place: "last week", "later this month", "early next year", "the previous day"."""
    unit, shift = unit_of(match), deictic(match)
    if unit is None or shift is None or (unit in ("TM", "TS") and "the" not in match.words()):
        return None
    story = match.has("PREVIOUS", "FOLLOWING") or (match.has("NEXTDEIXIS") and _told_next(match, unit))
    base = reading.told() if story else reading.today()
    if story and unit == "D":
        base = calendar.day(reading.told_day())
    basis: TimeBasis = "narrative" if story and reading.anchor else "publication"
    rolling = match.has("PASTDEIXIS", "NEXTDEIXIS") and not match.has("THISDEIXIS") and not story
    small = unit in ("D", "TH", "TM", "TS", "NI") or (unit in ("E", "C") and "past" in match.words()) or unit == "C"
    if rolling and small and ("the" in match.words()[:1] or "past" in match.words()):
        return _rolling(match, reading, unit, shift)
    if means_quarter(match, reading, unit, shift):
        found = calendar.shift(reading.quarter.from_, "Q", -4) if reading.quarter and reading.quarter.from_ else None
        return dated(found, "narrative", moves=False) if found else None
    found = step(base, unit, shift)
    if found is None:
        return None
    part = match.name("PART")
    if part and found.from_:
        found = calendar.moment(found.from_, part)
    if unit == "Q":
        reading.report_on(found, named=False)
    return dated(found, basis, phase_of(match))


def _told_next(match: Match, unit: str) -> bool:
    """Whether "next" counts from the story: "the next day", "the next morning"."""
    if match.words()[0] != "the":
        return False
    if unit in ("W", "M", "Y"):  # "over the next year" counts from publication
        return match.before() not in ("in", "over", "within", "for", "during", "throughout", "through", "by", "of")
    return unit == "D" or match.has("PART")


def _rolling(match: Match, reading: Reading, unit: str, shift: int) -> Meaning:
    """ "The past year", "the next week": a stretch up to or from publication, no calendar unit."""
    value = duration_value(1, unit)
    reading.duration = value
    other = _moved(reading.published, unit, shift)
    days = sorted(item for item in (reading.published, other) if item is not None)
    return Meaning("DURATION", value, days[0], days[-1], None, "publication")


def _moved(of: date, unit: str, count: int) -> date | None:
    if unit in ("Y", "E", "C"):
        return calendar.same_day(of, count * {"Y": 1, "E": 10, "C": 100}[unit])
    if unit in ("M", "Q"):
        return calendar.same_day(of, 0, count * {"M": 1, "Q": 3}[unit])
    found = calendar.shift(of, "D", count * {"W": 7, "FN": 14}.get(unit, 1))
    return found.from_ if found else None


def step(base: Period, unit: str, shift: int) -> Period | None:
    """The calendar unit so many steps from the one that holds the first day of a period (the last day for a day)."""
    of = (base.to if shift > 0 and unit == "D" else base.from_) or base.from_
    if of is None:
        return None
    if unit == "WE":
        found = calendar.shift(of, "D", 7 * shift)
        return calendar.weekend(found.from_) if found and found.from_ else None
    if unit == "FN":
        return calendar.shift(of, "W", 2 * shift)
    if unit == "NI":
        found = calendar.shift(of, "D", shift)
        return calendar.moment(found.from_, "TNI") if found and found.from_ else None
    return calendar.shift(of, unit, shift)


def weekend(match: Match, reading: Reading) -> Meaning | None:
    """A weekend: "the weekend" is the last one, or the next where the clause looks ahead; "last weekend" likewise."""
    published = reading.published
    shift = deictic(match)
    if shift is None or shift == 0:
        ahead = reading.direction(match) == "future" or published.isoweekday() >= 6 or shift == 0
        if shift == 0 and published.isoweekday() <= 3 and reading.direction(match) == "past":
            ahead = False
        steps = 0 if ahead else -7
    elif shift < 0:
        steps = -7
    else:
        steps = 7 if published.isoweekday() >= 5 or "next" in match.words() else 0
    found = calendar.shift(published, "D", steps)
    return dated(calendar.weekend(found.from_), "publication", phase_of(match)) if found and found.from_ else None


def ago(match: Match, reading: Reading) -> Meaning | None:
    """So much before or after publication: "two weeks ago", "about two years ago", "three days from now"."""
    amount, unit = amount_of(match), unit_of(match)
    if unit is None:
        return None
    back = -1 if "ago" in match.words() or "back" in match.words() else 1
    if amount is None:
        return Meaning("DATE", "PAST_REF" if back < 0 else "FUTURE_REF", basis="publication")
    if back < 0 and unit == "Y" and amount == 1:
        found = year_before(match, reading)
        if found:
            return found
    return _counted(match, reading, reading.today(), back * amount, unit, "publication")


def in_so_long(match: Match, reading: Reading) -> Meaning | None:
    """ "In two weeks' time": counted from publication."""
    amount, unit = amount_of(match), unit_of(match)
    if unit is None or match.before() not in ("in", "within", "about"):
        return None
    if amount is None:
        return Meaning("DATE", "FUTURE_REF", basis="publication")
    return _counted(match, reading, reading.today(), amount, unit, "publication")


def _counted(
    match: Match, reading: Reading, base: Period, amount: float, unit: str, basis: TimeBasis
) -> Meaning | None:
    """The unit that lies so far from a period; hours and minutes stay within its day."""
    mod = reading.mod(match)
    if unit in ("TH", "TM", "TS"):
        of = reading.published if basis == "publication" else reading.told_day()
        return dated(calendar.moment(of, "TXX:XX"), basis, mod)
    if amount != int(amount):
        unit, amount = {
            "C": ("Y", amount * 100),
            "E": ("Y", amount * 10),
            "Y": ("M", amount * 12),
            "M": ("W", amount * 4),
            "W": ("D", amount * 7),
        }.get(unit, (unit, amount))
    if unit in ("E", "C") and base.unit not in ("E", "C"):  # "a decade ago" is a year
        unit, amount = "Y", amount * (10 if unit == "E" else 100)
    found = step(base, unit, int(amount))
    return dated(found, basis, mod) if found else None


def later(match: Match, reading: Reading) -> Meaning | None:
    """So much before or after a told time: "a day later", "two days after the attack", "three weeks earlier"."""
    amount, unit = amount_of(match), unit_of(match)
    if unit is None:
        return None
    words = match.words()
    if words[-1] == "before" and (match.after().isalpha() or match.after()[:1].isdigit()):
        return None  # "two days before the vote" is a length
    if "from" in words:
        return _from_day(match, reading, amount, unit)
    back = -1 if "earlier" in words or "before" in words or "previously" in words else 1
    if back < 0 and unit == "Y" and amount == 1:
        found = year_before(match, reading)
        if found:
            return found
        if reading.anchor is None:
            return _counted(match, reading, reading.today(), -1, unit, "publication")
    if amount is None:
        ahead = back > 0 and reading.direction(match) == "future"
        return Meaning("DATE", "FUTURE_REF" if ahead else "PAST_REF", basis="narrative")
    base = calendar.day(reading.told_day()) if unit == "D" else reading.told()
    return _counted(match, reading, base, back * amount, unit, "narrative" if reading.anchor else "publication")


def current_quarter(match: Match, reading: Reading) -> Meaning | None:
    """ "This quarter", "the current quarter", "the last quarter", "next quarter"."""
    shift = deictic(match)
    found = calendar.shift(reading.published, "Q", shift or 0)
    return dated(found, "publication", phase_of(match)) if found else None


def _from_day(match: Match, reading: Reading, amount: float | None, unit: str) -> Meaning | None:
    """ "A week from Monday", "two weeks from today": a day."""
    if match.has("TODAY"):
        start = calendar.shift(reading.published, "D", match.number("TODAY") or 0)
    else:
        ahead = ((match.number("WEEKDAY") or 1) - reading.published.isoweekday()) % 7
        start = calendar.shift(reading.published, "D", ahead or 7)
    if start is None or start.from_ is None or amount is None or amount != int(amount) or unit not in ("D", "W"):
        return None
    found = calendar.shift(start.from_, "D", int(amount) * (7 if unit == "W" else 1))
    return dated(found, "publication") if found else None


def same_unit(match: Match, reading: Reading) -> Meaning | None:
    """A unit named before: "that day", "the same year", "later that week", "that night", "that summer"."""
    told = reading.told()
    if told.from_ is None or (match.has("WEEKDAY", "MONTH", "SEASON") and _is_conjunction(match)):
        return None
    part, unit = match.name("PART"), unit_of(match)
    found: Period | None
    if part:
        found = calendar.moment(reading.told_day(), part)
    elif match.has("SEASON"):
        found = calendar.season(told.from_.year, match.name("SEASON") or "SU")
    elif match.has("MONTH"):
        found = calendar.month(told.from_.year, match.number("MONTH") or 1)
    elif match.has("WEEKDAY"):
        found = _weekday_of_week(match, told)
    elif unit == "WE":
        found = calendar.weekend(told.from_)
    elif unit == "D":
        found = calendar.day(reading.told_day())
    else:
        found = step(told, unit, 0) if unit else None
    if found is None:
        return None
    return dated(found, "narrative" if reading.anchor else "publication", phase_of(match))


def _is_conjunction(match: Match) -> bool:
    """Whether "that" joins clauses ("said that Sunday was quiet")."""
    first = next((item for item in match.lexemes.items[match.start : match.end] if item.word == "that"), None)
    return first is not None and match.lexemes.doc[first.token].tag_ != "DT"


def _weekday_of_week(match: Match, told: Period) -> Period | None:
    number = match.number("WEEKDAY")
    if number is None or told.from_ is None:
        return None
    found = calendar.shift(told.from_, "D", number - told.from_.isoweekday())
    return found


def unit_end(match: Match, reading: Reading, mod: TimeMod | None = "END") -> Meaning | None:
    """The start, middle or end of this unit: "the end of the year", "year-end", "the end of next month"."""
    unit, shift = unit_of(match), deictic(match) or 0
    if match.words()[-1] == "midyear" or (match.words()[0] == "mid" and match.words()[-1] == "year"):
        return dated(calendar.year(reading.published.year), "publication", "MID")
    if unit is None or ("of" not in match.words() and unit not in ("Y", "M")):
        return None
    number = match.number("YEAR")
    if number is not None:
        return dated(calendar.year(number), "stated", phase_of(match) or mod)
    found = step(reading.today(), unit, shift)
    return dated(found, "publication", phase_of(match) or mod) if found else None


def rest_of(match: Match, reading: Reading) -> Meaning | None:
    """ "The rest of the year", "the remainder of 1990": the whole unit."""
    if match.has("YEAR"):
        return year(match, reading)
    if match.has("MONTH"):
        return month(match, reading)
    return unit_end(match, reading, None)


def in_unit(match: Match, reading: Reading) -> Meaning | None:
    """ "Earlier in the year", "later in the week": this unit, its start or end."""
    unit = unit_of(match)
    if unit is None or unit in ("TH", "TM", "TS", "D", "NI"):
        return None
    found = step(reading.today(), unit, 0)
    return dated(found, "publication", phase_of(match)) if found else None


def without_unit(match: Match, reading: Reading) -> Meaning | None:
    """ "Next" in "this year and next", "last" in "this week as last"."""
    items = match.lexemes.items
    if match.start < 2 or match.after().isalpha() or match.before() not in ("and", "or", "as", "than"):
        return None
    unit = items[match.start - 2].values.get("UNIT")
    if not isinstance(unit, str):
        return None
    found = step(reading.today(), unit, 1 if match.words() == ["next"] else -1)
    return dated(found, "publication") if found else None


def next_to_told(match: Match, reading: Reading) -> Meaning | None:
    """ "The day before", "the year after" with nothing behind it: counted from the time the story stands at."""
    unit = unit_of(match)
    if unit is None or unit in ("TH", "TM", "TS"):
        return None
    if (
        match.words()[-1] in ("before", "after", "earlier")
        and match.after().isalpha()
        and match.after() not in match.cues["goes-on"]
    ):
        return None
    words = match.words()
    if words[-1] in ("last", "next"):
        found = step(reading.today(), unit, 2 if "after" in words else -2)
        return dated(found, "publication") if found else None
    base = calendar.day(reading.told_day()) if unit == "D" else reading.told()
    found = step(base, unit, 1 if "after" in words else -1)
    return dated(found, "narrative" if reading.anchor else "publication") if found else None


def the_unit(match: Match, reading: Reading) -> Meaning | None:
    """ "Later in the day", "the day after his death", "for the week," in a report of that day or week."""
    word = match.words()[1]
    if word == "day" and match.after() in ("before", "after") and reading.day is not None:
        if match.before() == ",":  # "Oct. 12, the day before the crash": the day just named
            return dated(calendar.day(reading.day), "narrative")
        beside = calendar.shift(reading.day, "D", 1 if match.after() == "after" else -1)
        return dated(beside, "narrative") if beside else None
    if word == "day":
        if match.before() != "in" or match.before(2) not in ("later", "earlier", "late", "early"):
            return None
        found: Period | None = calendar.day(reading.told_day())
    elif match.before() == "for" and not match.after().isalpha():
        found = step(reading.today(), "W" if word == "week" else "Y", 0)
    else:
        return None
    return dated(found, "narrative", moves=False) if found else None
