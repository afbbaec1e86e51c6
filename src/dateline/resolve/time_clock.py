"""Builders for times within a day: clock times, parts of the day, today and tonight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.resolve import calendar
from dateline.resolve.time_dates import month_day, phase_of
from dateline.resolve.time_meaning import Match, Meaning, Reading, dated
from dateline.resolve.time_weekdays import days_on, weekday_date

if TYPE_CHECKING:
    from dateline.records.mentions import TimeBasis


def clock(match: Match, reading: Reading) -> Meaning | None:
    """A clock time, with the day where one is named: "9 a.m. EST Tuesday", "10:00 GMT", "noon today"."""
    found = _clock_time(match)
    if found is None or match.before() == "high" or not _is_clock(match):
        return None
    hour, minute = found
    basis: TimeBasis = "publication"
    if match.has("MONTH"):
        inner = month_day(match, reading)
        of = inner.from_ if inner else None
        basis = inner.basis if inner else basis
    elif match.has("WEEKDAY"):
        of = weekday_date(match, reading)
    elif {"tonight", "this"} & set(match.words()):
        of, hour = (
            reading.published,
            hour if hour >= 12 or match.number("AMPM") is not None else _night_hour(match, hour),
        )
    elif match.has("TODAY"):
        of = days_on(reading.published, match.number("TODAY") or 0)
    else:
        told = reading.told()
        of = told.from_ if told.unit in ("D", "T") and told.from_ is not None else reading.published
        basis = "narrative"
    if of is None:
        return None
    about = match.first("ABOUT")
    mod = reading.mod(match) or (reading.words.mods.get(about.word) if about else None)
    return dated(calendar.moment(of, f"T{hour:02}:{minute:02}"), basis, mod)


def _night_hour(match: Match, hour: int) -> int:
    """The hour on a 24-hour clock: "eight tonight" is 20."""
    return hour + 12 if "tonight" in match.words() and 4 <= hour < 12 else hour


def _is_clock(match: Match) -> bool:
    """Whether bare figures are a time of day and no score or ratio: "at 3:15", "10:30 GMT"."""
    if "past" in match.words() or ("to" in match.words() and match.before() in ("at", "by", "until", "till", "before")):
        return True
    if "to" in match.words():
        return False
    if not match.has("CLOCK") or match.has("AMPM", "ZONE", "TODAY", "WEEKDAY", "MONTH"):
        return True
    if "time" in match.words():
        return True
    return match.before() in (
        "at",
        "by",
        "until",
        "from",
        "to",
        "before",
        "after",
        "since",
        "between",
        "around",
        "about",
        "and",
    )


def _clock_time(match: Match) -> tuple[int, int] | None:
    hour = minute = 0
    first = match.first("CLOCK", "HOUR", "NOON", "FOURDIGITS")
    if first is None:
        return None
    if match.has("CLOCK"):
        pair = first.values["CLOCK"]
        if not isinstance(pair, tuple):
            return None
        hour, minute = pair[0], pair[1]
    elif match.has("FOURDIGITS"):
        digits = str(first.values["FOURDIGITS"])
        hour, minute = int(digits[:2]), int(digits[2:])
    else:
        hour = match.number("HOUR", "NOON") or 0
    if match.has("HOUR", "NOON") and {"past", "to"} & set(match.words()):
        hour, minute = _told_minutes(match, hour)
    half = match.number("AMPM")
    part = match.name("PART")
    if (half is None and part in ("TAF", "TEV")) or (part == "TNI" and 6 <= hour < 12):
        half = 12
    if half is not None:
        if hour > 12:
            return (hour, minute) if hour < 24 else None
        hour = hour % 12 + half
    if "noon" in match.words():
        hour = 12
    elif "midnight" in match.words():
        hour = 0
    return (hour, minute) if hour < 24 and minute < 60 else (0, minute) if hour == 24 else None


def _told_minutes(match: Match, hour: int) -> tuple[int, int]:
    """ "Half past six", "a quarter to nine", "ten past noon"."""
    words = match.words()
    minute = 30 if "half" in words else 15 if "quarter" in words else match.number("NUMBER") or 0
    return (hour, minute) if "past" in words else ((hour - 1) % 24, 60 - minute)


def today(match: Match, reading: Reading) -> Meaning | None:
    """Today, yesterday and tomorrow, with a part of the day: "yesterday morning", "tonight", "last night"."""
    shift = match.number("TODAY")
    words = match.words()
    part: str | None = match.name("PART")
    if shift is None:
        shift = -1 if "last" in words or "overnight" in words else 0
    if "overnight" in words and match.tag_after() in ("NN", "NNS"):
        return None
    if {"tonight", "night", "overnight"} & set(words):
        part = "TNI"
    if words[:3] == ["the", "day", "before"] or words[:2] == ["day", "before"]:
        shift -= 1
    elif words[:3] == ["the", "day", "after"]:
        shift += 1
    if match.has("WEEKDAY"):
        base = weekday_date(match, reading)
        of = days_on(base, shift) if base else None
    else:
        of = days_on(reading.published, shift)
    if of is None:
        return None
    return dated(calendar.moment(of, part) if part else calendar.day(of), "publication", phase_of(match))


def part_of_day(match: Match, reading: Reading) -> Meaning | None:
    """A part of a day: "this morning", "the next morning", "in the evening", "the night of March 3"."""
    part = match.name("PART")
    if part is None or (match.words()[:-1] == ["the"] and match.before() not in ("in", "during")):
        return None
    if match.has("MONTH"):
        inner = month_day(match, reading)
        return dated(calendar.moment(inner.from_, part), inner.basis) if inner and inner.from_ else None
    if match.has("WEEKDAY"):
        of = weekday_date(match, reading)
        return dated(calendar.moment(of, part), "publication", phase_of(match)) if of else None
    if match.has("THISDEIXIS"):
        return dated(calendar.moment(reading.published, part), "publication", phase_of(match))
    told = calendar.day(reading.told_day())
    if told.from_ is None:
        return None
    shift = 1 if match.has("NEXTDEIXIS", "FOLLOWING") else -1 if match.has("PREVIOUS", "PASTDEIXIS") else 0
    found = calendar.shift(told.from_, "D", shift)
    if found is None or found.from_ is None:
        return None
    return dated(calendar.moment(found.from_, part), "narrative", phase_of(match))


def told_part(match: Match, reading: Reading) -> Meaning | None:
    """ "Before dawn", "at dusk": of the day the story stands at."""
    part = match.name("PART")
    if (
        part is None
        or match.words()[0] not in match.cues["edge-of-day"]
        or match.after() == "of"
        or match.before() not in match.cues["before-part"]
    ):
        return None
    return dated(calendar.moment(reading.told_day(), part), "narrative" if reading.day else "publication")
