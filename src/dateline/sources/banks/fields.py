"""What the exports of news banks have in common: lines with dates, and lines with a label and a value."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dateline.sources.dates import WEEKDAY, find_date

# Beside a date in a news bank's header: weekday, clock time, zone, and nothing else.
_BESIDE_DATE = re.compile(
    rf"{WEEKDAY}|[0-9]{{1,2}}[:.][0-9]{{2}}(?:[:.][0-9]{{2}})?(?:[AaPp][Mm])?|[AaPp]\.?[Mm]\.?|GMT|UTC|[A-Z]{{2,4}}T|Z"
)
_SEPARATORS = re.compile(r"[\s,;|()-]+")
_LONGEST_DATE_LINE = 80


def date_line(line: str) -> str | None:
    """The line, if it is a date with at most a weekday and a clock time beside it; None for any other."""
    line = line.strip()
    if len(line) > _LONGEST_DATE_LINE:
        return None
    found = find_date(line)
    if found is None:
        return None
    beside = _SEPARATORS.split(line[: found.start] + " " + line[found.end :])
    if any(word and not _BESIDE_DATE.fullmatch(word.rstrip(".")) for word in beside):
        return None
    return line[found.start : found.end]


def clean(lines: Iterable[str]) -> list[str]:
    """The lines that are not blank, white space at their ends taken off, no-break blanks made plain ones at labels."""
    return [stripped for line in lines if (stripped := line.strip(" \t\r\n\x0b\x0c\u00a0\ufeff"))]


def labelled(line: str, pattern: re.Pattern[str]) -> tuple[str, str] | None:
    """The label (lower case) and value of a line that a pattern with the groups `label` and `value` matches."""
    found = pattern.match(line)
    return (found["label"].lower(), found["value"].strip(" \t\u00a0")) if found else None


def body_of(lines: Iterable[str]) -> str:
    """Paragraphs as a text, set apart by blank lines."""
    return "\n\n".join(lines)
