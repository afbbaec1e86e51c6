"""The top of an article: masthead, headline, header lines with dates, bylines, before the reporting begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.records.text import Mark
from dateline.sources.datelines import dateline_at
from dateline.sources.dates import (
    WEEKDAY,
    FoundDate,
    find_date,
    find_yearless,
    looks_like_date,
    whole_date,
    whole_yearless,
)
from dateline.sources.lines import Line, lines_of

_LINES_LOOKED_AT = 16
_LONGEST_HEADLINE = 200
_LONGEST_HEADER = 160

_DATED_LABEL = (
    r"(?:(?:first |originally |last |date |was )?"
    r"(?:published|posted|updated|modified|created|filed|issued|released|uploaded)(?: on| at| date)?"
    r"|publication[- ]date|pub[- ]?date|load[- ]date|date[- ]?line|dated?|time ?stamp|on)"
)
_OTHER_LABEL = (
    r"(?:source|section|length|byline|author|url|link|language|id|doc(?:ument)?[- ]?id|issn|edition|page|pages|words"
    r"|slug|category|categories|tags|keywords|location|place|country|region|title|headline|publisher|publication|copyright)"
)
_LABELLED_DATE = re.compile(rf"{_DATED_LABEL}\s*[:|\-–—]?\s+(?=\S)", re.IGNORECASE)
_LABELLED = re.compile(rf"(?P<label>{_OTHER_LABEL})\s?:\s*(?P<value>\S.*)", re.IGNORECASE)
_LATER = re.compile(r"(?:updated|modified|load)", re.IGNORECASE)
_FIRST = re.compile(r"(?:published|posted|issued|released)\b", re.IGNORECASE)
_STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}\S*)?")
_DATE_THEN_TEXT = re.compile(
    rf"(?:{WEEKDAY},? )(?:[A-Z][a-z]+\.? [0-9]{{1,2}},? [0-9]{{4}}|[0-9]{{1,2}} [A-Z][a-z]+ [0-9]{{4}})"
    r"(?=\s+[\"“]?[A-Z])"
)
_NOISE = re.compile(
    rf"{WEEKDAY}|[0-9]{{1,2}}[:.][0-9]{{2}}(?::[0-9]{{2}})?|[ap]\.?m\.?|GMT|UTC|[A-Z]{{1,2}}ST|[A-Z]{{1,2}}DT|BST|CET|CEST"
    r"|(?:first |last )?(?:published|posted|updated|modified)(?: on| at)?|[0-9]+ (?:min(?:ute)?s?)(?: read)?|at|on|by"
    r"|[|,;:·•/()–—-]",
    re.IGNORECASE,
)
_MASTHEAD = re.compile(
    r"(?:The )?(?:[A-ZÀ-Þ][\w'’.&-]*,? (?:of |and |& )?){0,5}"
    r"(?:Times|Post|Gazette|Herald|Tribune|Journal|Chronicle|Observer|Guardian|Telegraph|Mail|Star|Standard|Monitor|Globe"
    r"|Independent|Mirror|News|Daily|Courier|Ledger|Wire|Press|Examiner|Inquirer|Dispatch|Record|Register|Sentinel|Bulletin"
    r"|Mercury|Argus|Echo|Express|Argosy|Review|Reporter|Advertiser|Dawn|Nation|Citizen|Messenger)"
    r"(?: (?:Online|Daily|News))?"
)
_RULE = re.compile(r"[-=_*~#\s]{3,}")


@dataclass(frozen=True, slots=True)
class HeaderDate:
    """A date in the lines above the reporting; `later` where it says "updated"."""

    date: FoundDate
    words: str
    later: bool


@dataclass(frozen=True, slots=True)
class Opening:
    """What stands above the reporting.

    Attributes:
        headline: the first line, where it looks like a headline; part of the text as every other line.
        source: the masthead or the value of a "Source:" line.
        headers: (start, end) of header lines.
        dates: dates in them, in order.
        broken: words of a header line that were meant as a date but are none.
    """

    headline: Mark | None
    source: str | None
    headers: tuple[tuple[int, int], ...]
    dates: tuple[HeaderDate, ...]
    broken: str | None


def read_opening(text: str, *, titled: bool = True) -> Opening:
    """The lines at the top of a text, up to where the reporting begins.

    Args:
        titled: whether the first line may be a headline (pages and tables give it apart).
    """
    lines = lines_of(text, _LINES_LOOKED_AT)
    headline: Mark | None = None
    source: str | None = None
    broken: str | None = None
    headers: list[tuple[int, int]] = []
    dates: list[HeaderDate] = []
    for index, line in enumerate(lines):
        if lead := _DATE_THEN_TEXT.match(line.text):
            headers.append((line.start, line.start + lead.end()))
            _add_date(dates, lead[0])
            break
        if dated := _header_date(line):
            headers.append((line.start, line.end))
            dates.append(dated)
        elif _is_broken_date(line):
            headers.append((line.start, line.end))
            broken = broken or line.text
        elif label := (_LABELLED.fullmatch(line.text) if line.end - line.start <= _LONGEST_HEADER else None):
            headers.append((line.start, line.end))
            if label["label"].lower() in ("source", "publication", "publisher"):
                source = source or label["value"]
            elif label["label"].lower() in ("title", "headline") and headline is None:
                start = line.start + label.start("value")
                headline = Mark(start, line.end, label["value"])
        elif _RULE.fullmatch(line.text):
            headers.append((line.start, line.end))
        elif index == 0 and _is_masthead(lines):
            headers.append((line.start, line.end))
            source = line.text
        elif titled and headline is None and _is_headline(text, lines, index):
            headline = Mark(line.start, line.end, line.text)
        elif line.words > 12 or (line.ended and line.words > 6) or dateline_at(text, line):
            break
    return Opening(headline, source, tuple(headers), tuple(dates), broken)


def _add_date(dates: list[HeaderDate], words: str) -> None:
    if found := find_date(words):
        dates.append(HeaderDate(found, words, False))


def _header_date(line: Line) -> HeaderDate | None:
    """The date of a line that is there to give one: labelled, alone, or beside a name."""
    if line.end - line.start > _LONGEST_HEADER:
        return None
    if label := _LABELLED_DATE.match(line.text):
        rest = line.text[label.end() :]
        found = _leading_date(rest)
        if found:
            first = _FIRST.search(rest, found.end)
            if _LATER.match(label[0]) and first and (other := find_date(rest, first.end())):
                return HeaderDate(other, rest, False)
            return HeaderDate(found, rest, bool(_LATER.search(label[0])))
    if found := (whole_date(line.text) or whole_yearless(line.text)):
        if found.year is None and not (line.opens or line.closes):
            return None
        return HeaderDate(found, line.text, False)
    if _STAMP.match(line.text) and (found := find_date(line.text)) and found.start == 0:
        return HeaderDate(found, line.text, False)
    found = find_date(line.text)
    if found is not None and line.words <= 14 and _stands_beside_names(line.text, found):
        first = _FIRST.search(line.text)
        other = find_date(line.text, first.end()) if first else None
        return HeaderDate(other or found, line.text, bool(_LATER.search(line.text)) and other is None)
    return None


def _leading_date(rest: str) -> FoundDate | None:
    """The date that the words after a label begin with, a weekday or clock time before it allowed."""
    for found in (find_date(rest[:60]), find_yearless(rest[:40])):
        if found is not None and not _NOISE.sub(" ", rest[: found.start]).strip():
            return found
    return None


def _stands_beside_names(words: str, found: FoundDate) -> bool:
    """Whether a line holds a date and, set apart from it, at most a few capitalised words ("Jane Roe, 29 May 2025")."""
    before, after = words[: found.start].rstrip(), words[found.end :]
    residue = _NOISE.sub(" ", f"{before} {after}").split()
    if len(residue) > 5 or any(not word[0].isupper() for word in residue):
        return False
    set_apart = not before or before[-1] in ",|·•–—-:;(/" or not _NOISE.sub(" ", before).strip()
    return set_apart and not (residue and words.endswith("."))


def _is_broken_date(line: Line) -> bool:
    """A line that labels or is a numeric date which no calendar has ("Date: 20203-1-1")."""
    label = _LABELLED_DATE.match(line.text)
    rest = line.text[label.end() :] if label else line.text
    return looks_like_date(rest) and len(rest.split()) <= 3 and find_date(rest) is None and bool(label)


def _is_masthead(lines: list[Line]) -> bool:
    """Whether the first line names a newspaper, with a date or another headline below it."""
    if len(lines) < 3 or lines[0].words > 6 or not _MASTHEAD.fullmatch(lines[0].text):
        return False
    return _header_date(lines[1]) is not None or (lines[0].closes and lines[1].closes and not lines[1].ended)


def _is_headline(text: str, lines: list[Line], index: int) -> bool:
    line = lines[index]
    if line.end - line.start > _LONGEST_HEADLINE or index + 1 >= len(lines):
        return False
    if line.ended and not line.text.endswith(("?", "!", "?'", "!'", "?”", "!”", "'", "’", '"', "”", ")")):
        return False
    if line.text[0] in "([" or dateline_at(text, line) or re.match(r"(?:by|BY|By) [A-Z]|https?:", line.text):
        return False
    below = lines[index + 1]
    return line.closes or _header_date(below) is not None or dateline_at(text, below) is not None
