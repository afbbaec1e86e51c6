"""Builders for lengths of several units: "two years and three months", "an hour and 20 minutes"; and fractions."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from dateline.resolve import calendar
from dateline.resolve.time_amounts import duration_value
from dateline.resolve.time_meaning import Match, Meaning, Reading, dated

if TYPE_CHECKING:
    from dateline.resolve.calendar import Period

_ORDER = ("C", "E", "Y", "M", "W", "D", "TH", "TM", "TS")
_TIME = {"TH": "H", "TM": "M", "TS": "S"}


def compound(match: Match, reading: Reading) -> Meaning | None:
    """Lengths added up, the larger unit first: a DURATION, or a DATE where "ago", "later" or "earlier" follows."""
    parts = _parts(match)
    if len(parts) < 2 or any(_ORDER.index(a[1]) >= _ORDER.index(b[1]) for a, b in pairwise(parts)):
        return None
    last = match.words()[-1]
    if last in ("ago", "later", "earlier"):
        base = reading.published if last == "ago" else reading.told().from_
        found = _away(base, parts, 1 if last == "later" else -1) if base else None
        narrative = last != "ago" and reading.anchor is not None
        return dated(found, "narrative" if narrative else "publication", reading.mod(match)) if found else None
    following = [match.after(step) for step in (1, 2)]
    if "old" in following[:1] or following[1:] == ["old"] or following == ["of", "age"]:
        return None
    value = _value(parts)
    reading.duration = value
    return Meaning("DURATION", value, mod=reading.mod(match))


def _parts(match: Match) -> list[tuple[float, str]]:
    """(amount, unit) of each length in the match; "a year" counts one."""
    parts: list[tuple[float, str]] = []
    amount = 1.0
    for name, at in match.captures:
        value = match.lexemes.items[at].values.get(name)
        if name == "NUMBER" and isinstance(value, int | float):
            amount = float(value)
        elif name in ("UNIT", "UNITS"):
            if value not in _ORDER:
                return []
            parts.append((amount, str(value)))
            amount = 1.0
    return parts


def _value(parts: list[tuple[float, str]]) -> str:
    days = "".join(duration_value(amount, unit)[1:] for amount, unit in parts if unit not in _TIME)
    hours = "".join(f"{amount:g}{_TIME[unit]}" for amount, unit in parts if unit in _TIME)
    return f"P{days}T{hours}" if hours else f"P{days}"


def _away(base: date, parts: list[tuple[float, str]], sign: int) -> Period | None:
    """The period, of the size of the smallest unit, that lies so far from a day."""
    of: date | None = base
    for amount, unit in parts:
        if of is None or amount != int(amount) or unit in _TIME:
            return None
        count = sign * int(amount)
        if unit in ("Y", "E", "C"):
            of = calendar.same_day(of, count * {"Y": 1, "E": 10, "C": 100}[unit])
        elif unit == "M":
            of = calendar.same_day(of, 0, count)
        else:
            moved = calendar.shift(of, "D", count * (7 if unit == "W" else 1))
            of = moved.from_ if moved else None
    unit = parts[-1][1]
    return calendar.shift(of, unit, 0) if of is not None else None


def quarters_of(match: Match, reading: Reading) -> Meaning | None:
    """ "Three-quarters of an hour", "a quarter of a century"."""
    words = match.words()
    count = match.number("NUMBER") or 1
    if not 1 <= count <= 3:
        return None
    value = f"PT{15 * count}M" if words[-1] == "hour" else f"P{25 * count}Y"
    reading.duration = value
    return Meaning("DURATION", value)
