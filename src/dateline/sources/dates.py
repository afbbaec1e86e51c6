"""Publication dates as people and machines write them: ISO, words, numbers, RFC 2822, seconds since 1970.

Only forms that name a day are read here; what "next week" means is the business of `resolve.times`.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from dateline.errors import DateError

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTHS |= {"sept": 9, "febr": 2}

MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
    r"|(?:Jan|Feb|Febr|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)\b\.?)"
)
WEEKDAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY"
    r"|(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun)\b\.?)"
)
_DAY = r"(?P<d{n}>[0-9]{{1,2}})(?:st|nd|rd|th)?"
_CLOCK = (
    r"(?:[T ,]{1,3}(?:at )?[0-9]{1,2} ?[:.h] ?[0-9]{2}(?: ?: ?[0-9]{2}(?:[.,][0-9]+)?)?"
    r"(?: ?[AaPp]\.?[Mm]\.?)?(?: ?(?:Z|[+-][0-9]{2}:?[0-9]{2}|\(?[A-Z]{2,5}\)?))?)?"
)
# In order of trust. Each names y, m and d with a number, so that all fit into one expression.
_FORMS = (
    r"(?P<y1>[0-9]{4})-(?P<m1>[0-9]{1,2})-(?P<d1>[0-9]{1,2})(?![0-9])",
    r"(?P<y2>[0-9]{4})/(?P<m2>[0-9]{1,2})/(?P<d2>[0-9]{1,2})(?![0-9])",
    rf"{_DAY.format(n=3)}(?: of|-)? ?(?P<m3>{MONTH})(?:,? |-)(?P<y3>[0-9]{{4}})",
    rf"(?P<m4>{MONTH}) ?{_DAY.format(n=4)},? ?(?P<y4>[0-9]{{4}})",
    r"(?P<d5>[0-9]{1,2})\.(?P<m5>[0-9]{1,2})\.(?P<y5>[0-9]{4})",
    r"(?P<y6>(?:19|20)[0-9]{2})(?P<m6>[01][0-9])(?P<d6>[0-3][0-9])(?![0-9])",
)
_SLASHED = r"(?P<a>[0-9]{1,2}) ?[/-] ?(?P<b>[0-9]{1,2}) ?[/-] ?(?P<y>[0-9]{4})"
_YEARLESS = (
    rf"(?P<m1>{MONTH}) ?{_DAY.format(n=1)}(?![0-9,]*[0-9])",
    rf"{_DAY.format(n=2)} (?P<m2>{MONTH})(?![a-z])",
)
_ANY = re.compile(rf"(?<![0-9])(?:{'|'.join(f'(?:{form})' for form in _FORMS)})")
_ANY_SLASHED = re.compile(rf"(?<![0-9]){_SLASHED}(?![0-9])")
_ANY_YEARLESS = re.compile("|".join(f"(?:{form})" for form in _YEARLESS))
_BEFORE = rf"(?:{WEEKDAY},? ?(?:the )?)?"
_CLOCK_BEFORE = r"(?:[0-9]{1,2} ?[:.] ?[0-9]{2}(?: ?[AaPp]\.?[Mm]\.?)?(?: ?[A-Z]{2,5})?,? )?"
# A value that is a date and nothing else, a clock time allowed.
_WHOLE = re.compile(
    rf"\s*{_CLOCK_BEFORE}{_BEFORE}(?:{'|'.join(f'(?:{form})' for form in _FORMS)}|{_SLASHED}){_CLOCK}\s*\.?\s*"
)
_WHOLE_YEARLESS = re.compile(
    rf"\s*{_CLOCK_BEFORE}{_BEFORE}(?:{'|'.join(f'(?:{form})' for form in _YEARLESS)}){_CLOCK}\s*"
)
_EPOCH = re.compile(r"\s*(?P<seconds>[0-9]{9,10})(?P<milli>[0-9]{3})?(?:\.[0-9]+)?\s*")
# Anything that starts like a date with its year first: if no form fits, the writer meant a date all the same.
_NUMERIC = re.compile(r"\s*[0-9]+[-/.][0-9]+[-/.][0-9]+")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text.

    Attributes:
        year: None where the words give only month and day.
        start, end: where it stands.
        ambiguous: the day and the month could be the other way round.
    """

    year: int | None
    month: int
    day: int
    start: int
    end: int
    ambiguous: bool = False

    def in_year(self, year: int) -> date | None:
        """The day in a given year; None for a February 29 that year does not have."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None

    def near(self, reference: date) -> date | None:
        """The day in the year that brings it nearest to a reference."""
        days = [day for year in range(reference.year - 1, reference.year + 2) if (day := self.in_year(year))]
        return min(days, key=lambda day: abs(day - reference), default=None)

    def last_before(self, reference: date) -> date | None:
        """The latest such day that is not after the reference (a day's grace for time zones)."""
        limit = reference + timedelta(days=1)
        days = [day for year in range(reference.year - 8, reference.year + 2) if (day := self.in_year(year))]
        return max((day for day in days if day <= limit), default=None)


def find_date(text: str, start: int = 0, end: int | None = None) -> FoundDate | None:
    """The first date with a year in `text[start:end]`; month or day may be impossible, which `checked` tells."""
    stop = len(text) if end is None else end
    found = _ANY.search(text, start, stop)
    slashed = _ANY_SLASHED.search(text, start, stop)
    if found and (slashed is None or found.start() <= slashed.start()):
        return _from_groups(found)
    return _from_slashed(slashed) if slashed else None


def find_yearless(text: str, start: int = 0, end: int | None = None) -> FoundDate | None:
    """The first "March 14" or "14 March" in `text[start:end]`."""
    found = _ANY_YEARLESS.search(text, start, len(text) if end is None else end)
    return _from_groups(found) if found else None


def whole_date(value: str) -> FoundDate | None:
    """The date that a value consists of (weekday and clock time allowed), or None where it is no date."""
    if found := _WHOLE.fullmatch(value):
        inner = find_date(value, found.start())
        if inner is not None:
            return inner
    if (found := _EPOCH.fullmatch(value)) and (len(value.strip()) != 8):
        moment = datetime.fromtimestamp(int(found["seconds"]), UTC)
        return FoundDate(moment.year, moment.month, moment.day, 0, len(value))
    return None


def whole_yearless(value: str) -> FoundDate | None:
    """The day that a value consists of, without a year ("Friday, March 14")."""
    return find_yearless(value) if _WHOLE_YEARLESS.fullmatch(value) else None


def looks_like_date(value: str) -> bool:
    """Whether a value was meant as a date, numbers with separators, even one that cannot be ("20203-1-1")."""
    return bool(_NUMERIC.match(value))


def checked(found: FoundDate, words: str) -> date:
    """The date found, once it is known to exist.

    Raises:
        DateError: there is no such day; the message says why.
    """
    year, month, day = found.year, found.month, found.day
    if year is None:
        raise DateError(f"the date {words.strip()!r} has no year: write it as 2020-03-14")
    if not 1 <= month <= 12:
        raise DateError(f"the date {words.strip()!r} cannot be: there is no month {month}; write it as 2020-03-14")
    if not 1600 <= year <= 2200:
        raise DateError(
            f"the date {words.strip()!r} cannot be: the year {year} is out of range; write it as 2020-03-14"
        )
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        name = calendar.month_name[month]
        raise DateError(f"the date {words.strip()!r} cannot be: {name} {year} has {days} days; write it as 2020-03-14")
    return date(year, month, day)


def parse_date(value: str) -> date | None:
    """The date that a value says, None where it says none.

    Raises:
        DateError: it was meant as a date that cannot be (2020-02-30).
    """
    found = whole_date(value) or find_date(value[:200])
    if found is not None:
        return checked(found, value[:60])
    if looks_like_date(value):
        raise DateError(f"the date {value.strip()[:60]!r} cannot be: write it as 2020-03-14")
    return None


def _from_groups(found: re.Match[str]) -> FoundDate:
    groups = {name: value for name, value in found.groupdict().items() if value is not None}
    values = {name[0]: value for name, value in groups.items()}
    year = int(values["y"]) if "y" in values else None
    return FoundDate(year, _month(values["m"]), int(values["d"]), found.start(), found.end())


def _from_slashed(found: re.Match[str]) -> FoundDate:
    """03/14/2020 or 14/03/2020; where both readings exist, month first (American), and marked as ambiguous."""
    first, second, year = int(found["a"]), int(found["b"]), int(found["y"])
    if first > 12 and second <= 12:
        return FoundDate(year, second, first, found.start(), found.end())
    ambiguous = first <= 12 and second <= 12 and first != second
    return FoundDate(year, first, second, found.start(), found.end(), ambiguous)


def _month(words: str) -> int:
    return int(words) if words.isdigit() else _MONTHS[words.rstrip(".").lower()]
