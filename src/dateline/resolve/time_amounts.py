"""Builders for lengths of time, repeated times and vague references: "three days", "every Friday", "recently"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.resolve import calendar
from dateline.resolve.time_meaning import Match, Meaning, Reading

if TYPE_CHECKING:
    from datetime import date


_TIME_UNITS = {"TH": "H", "TM": "M", "TS": "S"}


def unit_of(match: Match) -> str | None:
    """The letter of the unit in a match; WE for a weekend."""
    if "weekend" in match.words():
        return "WE"
    return match.name("UNIT", "UNITS")


def amount_of(match: Match) -> float | None:
    """How many units: a number, 1 for "a", half for "half a"; None for "several" and for a bare plural."""
    words = match.words()
    found = match.amounts("NUMBER")
    if match.has("CROWD"):
        return None
    if found:
        return found[0] + (0.5 if "half" in words and not _number_has_half(match) else 0)
    if match.has("VAGUE"):
        return 2 if "couple" in words else None
    if "half" in words and "and" not in words:
        return 0.5
    if match.has("UNITS") and not any(word in ("a", "an", "one", "the", "another") for word in words):
        return None
    if match.has("UNITS"):
        return None
    return 1.5 if "half" in words else 1


def _number_has_half(match: Match) -> bool:
    found = match.first("NUMBER")
    return found is not None and "half" in found.word


def duration_value(amount: float | None, unit: str) -> str:
    """The TIMEX3 value of a length: P3D, PT30M, P18M, PXD for an unknown number."""
    if unit == "FN":
        unit, amount = "W", None if amount is None else amount * 2
    if unit == "E":
        unit, amount = "Y", None if amount is None else amount * 10
        if amount is None:
            return "PXDE"
    if unit == "C":
        unit, amount = "Y", None if amount is None else amount * 100
        if amount is None:
            return "PXCE"
    if unit == "NI":
        unit = "D"
    if unit in _TIME_UNITS:
        return _clock_duration(amount, unit)
    if amount is None:
        return f"PX{unit}"
    if amount == int(amount):
        return f"P{int(amount)}{unit}"
    whole, rest = int(amount), amount - int(amount)
    smaller = {"Y": ("M", 12), "W": ("D", 7), "D": ("TH", 24), "M": ("W", 4), "Q": ("M", 3)}.get(unit)
    if smaller is None or not float(rest * smaller[1]).is_integer():
        return f"P{amount:g}{unit}"
    head = f"P{whole}{unit}" if whole else "P"
    if smaller[0] == "TH":
        return f"{head}T{int(rest * 24)}H"
    return f"{head}{int(rest * smaller[1])}{smaller[0]}"


def _clock_duration(amount: float | None, unit: str) -> str:
    letter = _TIME_UNITS[unit]
    if amount is None:
        return f"PTX{letter}"
    if amount == int(amount):
        return f"PT{int(amount)}{letter}"
    smaller = {"TH": "M", "TM": "S"}.get(unit)
    rest = (amount - int(amount)) * 60
    if smaller is None or not float(rest).is_integer():
        return f"PT{amount:g}{letter}"
    return (f"PT{int(amount)}{letter}" if int(amount) else "PT") + f"{int(rest)}{smaller}"


def duration(match: Match, reading: Reading) -> Meaning | None:
    """A length of time: "three days", "nearly two years", "a year and a half", "several weeks", "decades"."""
    unit = unit_of(match)
    if unit is None or _is_age(match) or _is_name(match):
        return None
    if match.has("UNIT") and (match.number("NUMBER") or 0) > 1900:  # "the 2012 school year"
        return None
    if (match.before() == "as" and match.has("VAGUE")) or (
        match.has("UNIT") and match.has("VAGUE") and not match.has("NUMBER")
    ):
        return None
    if match.has("UNITS") and not match.has("NUMBER", "VAGUE", "CROWD") and "half" not in match.words():
        return None
    amount = amount_of(match)
    value = duration_value(amount, unit)
    if amount == 1 and not match.has("NUMBER") and _is_counted(match):
        return _rate(match)
    reading.duration = value
    words = match.words()
    if words == ["one", "day"] and match.before() not in match.cues["measured"] and match.after() != "-":
        return Meaning("DATE", "FUTURE_REF") if reading.direction(match) == "future" else Meaning("DURATION", value)
    if match.after() in ("after", "before") and amount is not None and reading.anchor is not None:
        return _from_told(match, reading, amount, unit, value)
    return Meaning("DURATION", value, mod=reading.mod(match))


def _from_told(match: Match, reading: Reading, amount: float, unit: str, value: str) -> Meaning:
    """ "Two days after the attack": a length to TIMEX3; its days are counted from the time the story stands at."""
    told = reading.told()
    days = None
    if amount == int(amount) and unit in ("D", "W", "M", "Q", "Y", "E") and told.from_ is not None:
        base = told.to if match.after() == "after" and unit == "D" and told.to else told.from_
        days = calendar.shift(base, unit, int(amount) if match.after() == "after" else -int(amount))
    return Meaning(
        "DURATION", value, days.from_ if days else None, days.to if days else None, reading.mod(match), "narrative"
    )


def _is_age(match: Match) -> bool:
    """Whether the length is an age: "23 years old", "aged six months", "at the age of 44 years", "a 44-year-old"."""
    following = [match.after(step) for step in (1, 2)]
    if following[0] in ("old", "olds") or (following[0] in ("-", "–") and following[1] in ("old", "olds")):
        return True
    if following == ["of", "age"]:
        return True
    leading = [match.before(step) for step in (1, 2, 3)]
    if leading[0] in ("-", "–", "to") and leading[1].isdigit():  # "aged 8-10 years"
        return leading[2] in ("aged", "age", "ages")
    return leading[0] in ("aged", "age") or leading[:2] == ["of", "age"]


def _is_name(match: Match) -> bool:
    """Whether the unit begins another word's phrase: "a second time", "two minute details"."""
    words = match.words()
    if match.after() == "-" and match.after(2) in ("ago", "earlier", "long"):
        return True
    if unit_of(match) == "Q" and ("a" in words or "-" in words or (match.after() == "of" and match.has("NUMBER"))):
        return True
    if words == ["a", "minute"] and match.tag_after() in ("NN", "NNS", "JJ"):
        return True
    if words[-1] == "second" and len(words) <= 2 and words[0] in ("a", "the"):
        return True
    return words[-1] in ("second", "minute") and match.before() == "-"


def _rate(match: Match) -> Meaning | None:
    """ "A year" behind what it counts ("$5 a year", "twice a week"): a repeated time; nothing behind other counts
    ("four flights a week"), which name no time."""
    items = match.lexemes.items
    unit = unit_of(match)
    value = Meaning("SET", duration_value(1, unit)) if unit else None
    if match.before() in ("times", "once", "twice", "%", "percent", "cents", "cent"):
        return value
    for at in range(match.start - 1, max(-1, match.start - 5), -1):
        if items[at].word in ("$", "#", "£", "€", "dollars", "euros", "pounds", "yuan", "yen"):
            return value
    return None


def _is_counted(match: Match) -> bool:
    """Whether "a year" stands behind a count, as in "700 seats a week"."""
    items = match.lexemes.items
    if match.after() in ("after", "before", "later", "earlier") or match.before() in match.cues["no-rate"]:
        return False
    if match.before() in ("times", "once", "twice", "%", "percent", "cents", "cent") or match.before().isdigit():
        return True
    for at in range(match.start - 1, max(-1, match.start - 5), -1):
        if items[at].word in ("$", "#", "£", "€"):
            return True
        if "NUMBER" in items[at].signature and items[at].word not in ("one", "a"):
            return True
        if items[at].word in (".", ",", ";", ""):
            return False
    return False


def stretch(match: Match, reading: Reading) -> Meaning | None:
    """A length that ends or begins at publication: "the past two years", "the next several days"."""
    unit = unit_of(match)
    if unit is None:
        return None
    amount = amount_of(match)
    if amount is None and unit in ("E", "C", "Y") and not match.has("VAGUE"):
        return Meaning("DATE", "PAST_REF" if match.has("PASTDEIXIS") else "FUTURE_REF", basis="publication")
    value = duration_value(amount, unit)
    reading.duration = value
    if unit in ("M", "Q", "Y") and amount and reading.quarter:
        reading.longer = True
    back = match.has("PASTDEIXIS", "PREVIOUS")
    other = _away(reading.published, unit, -amount if back else amount) if amount else None
    days = sorted([reading.published, other]) if other else None
    return Meaning(
        "DURATION", value, days[0] if days else None, days[1] if days else None, reading.mod(match), "publication"
    )


def _away(of: date, unit: str, amount: float) -> date | None:
    whole = int(amount)
    if unit in ("Y", "E", "C"):
        return calendar.same_day(of, whole * {"Y": 1, "E": 10, "C": 100}[unit])
    if unit in ("M", "Q"):
        return calendar.same_day(of, 0, whole * {"M": 1, "Q": 3}[unit])
    if unit in _TIME_UNITS:
        whole = -(-int(abs(amount)) // {"TH": 24, "TM": 1440, "TS": 86400}[unit]) * (1 if amount > 0 else -1)
    days = whole * {"W": 7, "FN": 14, "WE": 7}.get(unit, 1)
    found = calendar.shift(of, "D", days)
    return found.from_ if found else None


def every(match: Match, reading: Reading) -> Meaning | None:
    """A repeated time: "every Friday", "each year", "Tuesday nights", "every two weeks", "twice a week"."""
    unit = unit_of(match)
    if match.words()[0] == "the":  # "the first Monday of every month"
        return Meaning("SET", duration_value(1, str(match.lexemes.items[match.end - 1].values.get("UNIT", "Y"))))
    if match.has("WEEKDAY", "WEEKDAYS"):
        number = match.number("WEEKDAY", "WEEKDAYS")
        return Meaning("SET", f"XXXX-WXX-{number}{match.name('PART', 'PARTS') or ''}")
    if match.has("MONTH"):
        return Meaning("SET", f"XXXX-{match.number('MONTH'):02}")
    if match.has("SEASON", "SEASONS"):
        return Meaning("SET", f"XXXX-{match.name('SEASON', 'SEASONS')}")
    if match.has("PART"):
        return Meaning("SET", f"XXXX-XX-XX{match.name('PART')}")
    if unit == "WE" or "weekends" in match.words():
        return Meaning("SET", "XXXX-WXX-WE")
    if match.has("ADVERBSET"):
        value = match.name("ADVERBSET")
        return Meaning("SET", value) if value and not _is_title(match) else None
    if unit is None:
        return None
    amount = 2.0 if "other" in match.words() else float(match.number("ORDINAL") or 0) or amount_of(match)
    return Meaning("SET", duration_value(amount if amount is not None else 1, unit))


def _is_title(match: Match) -> bool:
    """Whether "Daily", "weekly" belongs to a name ("the Daily Mail", "the party daily Granma", "LA Weekly")."""
    items, text = match.lexemes.items, match.lexemes.text
    found = items[match.start]
    if match.end < len(items) and text[items[match.end].start].isupper() and items[match.end].start == found.end + 1:
        return True
    return text[found.start].isupper() and match.before().isalpha()


def bare_units(match: Match, reading: Reading) -> Meaning | None:
    """A plural without a number: "for years", "within weeks or months", "decades-long"."""
    unit = unit_of(match)
    words = match.words()
    if unit is None:
        return None
    if len(words) == 1:
        counted = match.after() in ("before", "after") and unit not in ("TS",)
        over_the = match.before() == "the" and match.before(2) in ("in", "over", "through", "during")
        if not (counted or over_the or match.before() in match.cues["before-bare"]) or match.after() in ("old", "-"):
            return None
        if match.after() == "of" and match.before() in ("in", "the"):  # "in days of old", but "after weeks of talks"
            return None
    elif unit in _TIME_UNITS and "or" not in words and "long" not in words:
        return None
    value = duration_value(None, unit)
    reading.duration = value
    return Meaning("DURATION", value)


def long_unit(match: Match, reading: Reading) -> Meaning | None:
    """ "A year-long siege", "a weeklong visit", "a quarter century"."""
    words = match.words()
    unit = match.name("UNIT", "LONGUNIT") or "Y"
    value = duration_value(25 if "quarter" in words else 1, unit)
    reading.duration = value
    return Meaning("DURATION", value)


def rate(match: Match, reading: Reading) -> Meaning | None:
    """How often: "700 seats per week"."""
    unit = unit_of(match)
    return Meaning("SET", duration_value(1, unit)) if unit else None
