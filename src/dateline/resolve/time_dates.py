"""Builders for expressions that name a place in the calendar: days, months, years, quarters, seasons, clock times."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dateline.resolve import calendar
from dateline.resolve.time_meaning import Match, Meaning, Reading, dated

if TYPE_CHECKING:
    from dateline.records.mentions import TimeBasis, TimeMod


def phase_of(match: Match) -> TimeMod | None:
    """START, MID or END where the match says early, mid or late."""
    names = {match.lexemes.items[at].values[name] for name, at in match.captures if name in ("PHASE", "EARLIER")}
    if {"START", "END"} <= names:
        return None
    return "START" if "START" in names else "END" if "END" in names else "MID" if names else None


def deictic(match: Match) -> int | None:
    """-1 for last, 0 for this, 1 for next; None without such a word."""
    moved = match.number("NEXTDEIXIS", "PASTDEIXIS", "PREVIOUS", "FOLLOWING")  # "this past Friday" is past
    return moved if moved is not None else match.number("THISDEIXIS")


def month_day(match: Match, reading: Reading) -> Meaning | None:
    """A day of a month, with or without a year or weekday: "Monday, Nov. 6", "7 August 1998"."""
    month, day = match.number("MONTH", "MONTHABBR"), match.number("DAY", "DAYORD")
    if month is None or day is None:
        return None
    year = match.number("YEAR", "YY")
    shift = deictic(match)
    if year is None and shift is not None:
        if "year" not in match.words():
            return _beside(match, reading, month, day, shift)
        year = reading.published.year + shift
    if year is not None:
        found = calendar.valid_day(year, month, day)
        return dated(calendar.day(found), "stated", phase_of(match)) if found else None
    found = _near(match, reading, month, day)
    return dated(calendar.day(found), "publication", phase_of(match)) if found else None


def _beside(match: Match, reading: Reading, month: int, day: int, shift: int) -> Meaning | None:
    """ "Last Oct. 23", "next June 1", "this coming Sunday, March 8": the latest before, or the first after."""
    published = reading.published
    days = [calendar.valid_day(published.year + step, month, day) for step in (-1, 0, 1)]
    if shift < 0:
        found = next((item for item in reversed(days) if item is not None and item < published), None)
    elif shift > 0:
        found = next((item for item in days if item is not None and item >= published), None)
    else:
        found = days[1]
    return dated(calendar.day(found), "publication", phase_of(match)) if found else None


def _near(match: Match, reading: Reading, month: int, day: int) -> date | None:
    """The closest such day; where that is months away, the one that the tense of the clause looks towards."""
    found = calendar.nearest_year(month, day, reading.published)
    weekday = match.number("WEEKDAY", "WEEKDAYABBR")
    if weekday is not None:  # the weekday tells the year
        years = (reading.published.year + step for step in (0, -1, 1, -2, 2))
        days = [item for year in years if (item := calendar.valid_day(year, month, day)) is not None]
        found = next((item for item in days if item.isoweekday() == weekday), found)
        return found
    if (month, day) == (9, 11) and reading.published > date(2001, 9, 11) and match.after() in match.cues["attacks"]:
        return date(2001, 9, 11)
    if found is None or abs((found - reading.published).days) < 90:
        return found
    looks = reading.direction(match)
    if (looks == "past" and found > reading.published) or (looks == "future" and found < reading.published):
        step = -1 if looks == "past" else 1
        beside = (calendar.valid_day(found.year + step * years, month, day) for years in range(1, 9))
        return next((item for item in beside if item is not None), found)
    return found


def days_of_month(match: Match, reading: Reading) -> Meaning | None:
    """Several days of a month in one expression: "May 3-5", "12 to 14 May"; the value is an ISO 8601 interval."""
    month, days = match.number("MONTH", "MONTHABBR"), match.numbers("DAY", "DAYORD")
    if month is None or len(days) != 2 or days[0] >= days[1]:
        return None
    year = match.number("YEAR")
    if year is None:
        near = calendar.nearest_year(month, days[0], reading.published)
        year = near.year if near else reading.published.year
    first, last = (calendar.valid_day(year, month, item) for item in days)
    if first is None or last is None:
        return None
    basis: TimeBasis = "stated" if match.has("YEAR") else "publication"
    return Meaning("DATE", f"{first}/{last}", first, last, None, basis, calendar.day(last))


def numeric_date(match: Match, reading: Reading) -> Meaning | None:
    """A date in figures: "2020-03-14", "14/03/2020"."""
    found = match.first("NUMDATE")
    numbers = found.values["NUMDATE"] if found else None
    if not isinstance(numbers, tuple):
        return None
    of = calendar.valid_day(*numbers)
    if of is None or found is None:
        return None
    clock = found.word[11:16] if "t" in found.word else ""
    return dated(calendar.moment(of, "T" + clock) if clock else calendar.day(of), "stated")


def month(match: Match, reading: Reading) -> Meaning | None:
    """A month: "September", "early May 1998", "last June", "January this year"."""
    number = match.number("MONTH", "MONTHABBR")
    if number is None or match.has("PREVIOUS", "FOLLOWING"):  # "the following May": time_parts
        return None
    year = match.number("YEAR", "YY")
    if year is not None:
        return dated(calendar.month(year, number), "stated", phase_of(match))
    if match.end - match.start == 1 and _is_other_word(match):
        return None
    year = month_year(match, reading, number)
    return dated(calendar.month(year, number), "publication", phase_of(match))


def _is_other_word(match: Match) -> bool:
    """Whether a lone "May" or "March" is a verb or a name ("May said", "the March of the Mothers")."""
    if match.words()[0] not in ("may", "march"):
        return False
    if match.before() in match.cues["before-month"]:
        return False
    if match.before() in ("the", "a") and match.tag_after() in ("NN", "NNS"):  # "the March attack"
        return match.after() in match.cues["of-names"]
    return match.after() not in (",", ".", ")", "and", "or", "'s") or match.before() in (
        "",
        ".",
        "mrs.",
        "ms.",
        "theresa",
    )


def month_year(match: Match, reading: Reading, number: int) -> int:
    """The year of a month named without one."""
    published = reading.published
    shift = deictic(match)
    if "year" in match.words() and shift is not None:
        return published.year + shift
    if shift == -1:
        return published.year - (number >= published.month)
    if shift == 1:
        return published.year + (number <= published.month)
    if shift == 0:
        return published.year
    shared = _year_behind(match, number)
    if shared is not None:
        return shared
    first = reading.anchor
    if (
        match.before() in ("to", "-", "–", "through", "until")
        and first is not None
        and first.unit == "M"
        and first.from_
    ):
        at = match.lexemes.signatures[match.start - 2] if match.start > 1 else frozenset()
        if "MONTH" in at or "YEAR" in at:  # "January to March", "from November 1998 to March"
            return first.from_.year + (number < first.from_.month)
    looks = reading.direction(match)
    if looks == "future":
        return published.year + (number < published.month)
    return published.year - (number > published.month)


def _year_behind(match: Match, number: int) -> int | None:
    """The year that a second month carries for this one, too: "between January and March 2012"."""
    if match.after() not in ("and", "to", "through", "-", "–", "or") or "MONTH" not in match.signature_after(2):
        return None
    items = match.lexemes.items[match.end + 1 : match.end + 4]
    found = next((item.values["YEAR"] for item in items if "YEAR" in item.signature), None)
    second = items[0].values.get("MONTH")
    if not isinstance(found, int) or not isinstance(second, int):
        return None
    return found - (number > second)


def year(match: Match, reading: Reading) -> Meaning | None:
    """A year: "1996", "the year 2000", "early 1990", "fiscal 1989"."""
    number = match.number("YEAR", "YY")
    found = match.first("YEAR", "YY")
    if (
        number is None
        or found is None
        or (match.has("YY") and match.words()[0] != "fiscal" and match.before() not in match.cues["before-year"])
    ):
        return None
    if match.has("YY"):
        return dated(calendar.year(number), "stated", phase_of(match))
    plain = match.end - match.start == 1
    if plain and not _is_year(match, number, found.word[:1].isdigit()):
        return None
    return dated(calendar.year(number), "stated", phase_of(match))


def _is_year(match: Match, number: int, figures: bool) -> bool:
    before, after = match.before(), match.after()
    if not figures:
        return number != 2000 and (before in match.cues["before-year"] or after not in match.cues["not-years"])
    if after in match.cues["not-years"] or before in match.cues["before-number"]:
        return False
    if len(before) == 4 and before.isdigit() and match.before(2).isdigit():  # a telephone number
        return False
    if before in (",", "-", "–", ".") and match.before(2).isdigit() and len(match.before(2)) != 4:
        return False
    counted = match.tag_after() in ("NNS", "NN")
    if before in match.cues["before-count"] and counted:
        return False
    if number < 1900:
        return not counted and before in match.cues["before-old-year"]
    if before in ("and", "or") and match.tag_after() == "NNS" and not match.before(2)[:4].isdigit():
        return False  # "and 2003 officers"
    return (
        before in match.cues["before-year"]
        or match.tag_after() != "NNS"
        or match.tag_before() not in ("VB", "VBD", "VBZ", "CD", "")
    )


def years(match: Match, reading: Reading) -> Meaning | None:
    """Two years written as one: "1996-97"."""
    first, second = match.number("YEAR"), match.number("NUMBER")
    found = match.first("NUMBER")
    if first is None or second is None or found is None or len(found.word) not in (2, 4):
        return None
    last = first // 100 * 100 + second if len(found.word) == 2 else second
    if last <= first or (len(found.word) == 4 and (last > first + 1 or "/" not in match.words())):
        return None
    a, b = calendar.year(first), calendar.year(last)
    return Meaning("DATE", f"{first:04}/{last:04}", a.from_, b.to, None, "stated", b)


def decade(match: Match, reading: Reading) -> Meaning | None:
    """A decade: "the 1990s", "the late '70s", "the nineties"."""
    number = match.number("DECADE", "SHORTDECADE", "NINETIES")
    spoken = match.number("NUMBER")  # "the nineteen nineties"
    if spoken is not None and number is not None:
        if not 15 <= spoken <= 20:
            return None
        number = spoken * 10 + number % 10
    if number is None or (not 100 <= number <= 209):
        return None
    if match.has("ORDINAL"):  # "the first half of the 1990s"
        place = match.number("ORDINAL") or 0
        return dated(calendar.decade(number), "stated", "START" if place == 1 else "END") if place <= 2 else None
    if match.has("SHORTDECADE") and any(match.before(step) in match.cues["no-decade"] for step in range(1, 6)):
        return None
    if number % 10 == 0 and number < 200:  # "the 1800s"
        return dated(calendar.century(number // 10), "stated", phase_of(match))
    return dated(calendar.decade(number), "stated", phase_of(match))


def century(match: Match, reading: Reading) -> Meaning | None:
    """A century: "the 20th century" is 19, the years 1900 to 1999."""
    number = match.number("ORDINAL")
    if number is None or not 1 <= number <= 25:
        return None
    return dated(calendar.century(number - 1), "stated", phase_of(match))


def season(match: Match, reading: Reading) -> Meaning | None:
    """A season: "last fall", "the summer of 1990", "this winter"."""
    name = match.name("SEASON")
    if name is None or (match.after() == "of" and not match.has("YEAR")):
        return None
    if match.has("YEAR"):
        return dated(calendar.season(match.number("YEAR") or 0, name), "stated", phase_of(match))
    if match.has("YY"):
        return dated(calendar.season(match.number("YY") or 0, name), "stated", phase_of(match))
    published = reading.published
    shift = deictic(match)
    if match.end - match.start == 1 and (
        match.before() not in match.cues["before-season"] or match.tag_after() in ("NN", "NNS")
    ):
        return None
    if "year" in match.words() and shift is not None:
        return dated(calendar.season(published.year + shift, name), "publication", phase_of(match))
    begun = [calendar.season(published.year + step, name) for step in (-2, -1, 0, 1, 2)]
    past = [item for item in begun if item.from_ is not None and item.from_ <= published]
    coming = [item for item in begun if item.from_ is not None and item.from_ > published]
    if not past or not coming:
        return None  # the calendar ends here
    current = past[-1] if past[-1].to is not None and past[-1].to >= published else None
    if shift == -1:
        found = past[-2] if current and len(past) > 1 else past[-1]
    elif shift == 1:
        found = coming[0]
    elif current:
        found = current
    elif shift == 0:
        found = next(
            (item for item in (*past[-1:], *coming[:1]) if item.from_ and item.from_.year == published.year), past[-1]
        )
    else:
        found = coming[0] if reading.direction(match) == "future" else past[-1]
    return dated(found, "publication", phase_of(match))


def day_of_told_month(match: Match, reading: Reading) -> Meaning | None:
    """A day by its number alone: "on the 15th", in the month the story stands at."""
    told, number = reading.told(), match.number("DAYORD")
    if match.before() not in ("on", "until", "by") or told.from_ is None or number is None or match.after().isalpha():
        return None
    of = calendar.valid_day(told.from_.year, told.from_.month, number)
    return dated(calendar.day(of), "narrative" if reading.anchor else "publication") if of else None
