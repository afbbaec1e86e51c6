"""The dateline sentence opening of wire copy: "GENEVA, March 14 (Reuters) -", "MOSCOW, Feb. 3 /TASS/."."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.sources.dates import MONTH, WEEKDAY, FoundDate, find_date, find_yearless
from dateline.sources.lines import Line, lines_of

# A dateline stands at the top, below headline, header lines and captions.
_LINES_LOOKED_AT = 14
# How far into the first line words of a headline may reach.
_WORDS_BEFORE = 300
# No dateline is longer; without a bound, a line of a million capitals would be tried in a million ways.
_LONGEST = 400
_LONG_DASHES = ("—", "–", "--", "---", "_", "\x97")

_CAPITAL = "A-ZÀ-ÖØ-Þ"
_CAPS_WORD = rf"(?:Mc|Mac|De|Du|La|Le|Van|O['’]|D['’])?[{_CAPITAL}][{_CAPITAL}'’.\-]*[{_CAPITAL}.]"
_CAPS_PLACE = rf"{_CAPS_WORD}(?:(?:[ /]| (?:de|del|la|al|el|es|of|the|and|do|da) ){_CAPS_WORD}){{0,4}}"
_NAME_WORD = rf"[{_CAPITAL}][\w.'’\-]*"
_MIXED_PLACE = rf"{_NAME_WORD}(?:(?:[ /]| (?:de|del|la|al|el|es|of|the|and|do|da) ){_NAME_WORD}){{0,3}}"
_REGION = rf"(?:, ?(?!{MONTH} ?[0-9]|{WEEKDAY}){_MIXED_PLACE}){{0,2}}"
_NUMBER = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_DAY = rf"(?:{WEEKDAY},? )?(?:{MONTH} ?{_NUMBER}|{_NUMBER} {MONTH})(?:,? ?[0-9]{{4}})?"
_ISO_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_DATE = rf"(?:{_DAY}|{_ISO_DAY}|{WEEKDAY})"
_AGENCY = r"(?:\(\s?[A-Z][^()\n]{0,40}\)|/[A-Z][^/\n]{1,30}/)"
_DASH = r"(?:\s*-{2,3}(?!-)\s*|\s*[–—―\x97]\s*|\s+-\s*|(?<=[)0-9A-Z])-\s+|\s*_\s*)"

_DATELINE = re.compile(
    rf"(?:(?P<caps>{_CAPS_PLACE})(?![a-z])(?P<region>{_REGION})|(?P<mixed>{_MIXED_PLACE})(?P<where>{_REGION}))"
    rf"(?P<date>(?:[,.]| \(|,? \|)? ?{_DATE}\)?)?"
    rf"(?P<agency>[.,]?\s?{_AGENCY}|[,.] (?:{_NAME_WORD})(?=\s?[–—-]))?"
    rf"(?P<mark>{_DASH}|\s?:\s+|\s?\.\s+)"
)
_PLACELESS = re.compile(
    rf"(?:(?P<date>{_DAY})\s?(?P<agency>{_AGENCY})?|(?P<only>\([A-Z][\w .&/-]{{1,30}}\)))(?P<mark>{_DASH})"
)
_CAPS_START = re.compile(rf"(?<=[\s]){_CAPS_WORD}")
_GOES_ON = re.compile(r"\s*(?:[\"'“‘«(]|``)?\s*(?:[A-Z0-9À-Þ]|[a-z]+[A-Z])")
_LABEL = re.compile(
    r"(?:UPDATE|UPDATED|BREAKING|BREAKING NEWS|WATCH|VIDEO|PHOTOS?|NOTE|EDITOR['’]?S NOTE|ANALYSIS|OPINION|EXCLUSIVE"
    r"|FACTBOX|CORRECTION|CORRECTED|TIMELINE|EXPLAINER|LIVE|LISTEN|READ|MORE|RELATED|ADVERTISEMENT|NEWS|REVIEW|INTERVIEW"
    r"|FEATURE|SUMMARY|ABSTRACT|SOURCE|TITLE|DATE|BY|NATO|UN|EU|US|UK|U\.?S\.?|U\.?N\.?|WHO|ISIS|IS|OPEC|ASEAN|SPORTS?|FILE|AP|AFP"
    r"|REUTERS|Q|A|FULL TEXT|TRANSCRIPT|WARNING|DEVELOPING|URGENT|ALERT|READ MORE|BACKGROUND|FILE PHOTO|NEW"
    r"|PUBLISHED|POSTED|MUST SEE|RELATED ARTICLES?|RELATED STORIES|SPECIAL REPORT|COMMENT|EDITORIAL|COLUMN|PROFILE"
    r"|OBITUARY|WEATHER|POLITICS|BUSINESS|WORLD|LOCAL|HEALTH|REPORT|POLL|QUIZ|PODCAST|GALLERY|SPONSORED|PROMOTED|CAPTION|CREDIT)",
)
_TWO_WORD_CITY = re.compile(
    r"(?:NEW|SAN|SANTA|SANTO|SAO|EL|AL|TEL|ADDIS|ST\.?|LOS|LAS|PORT|CAPE|HONG|KUALA|PHNOM|ABU|BUENOS|DAR|LA|LE|RIO) "
)
_SPEAKER_LINE = re.compile(rf"^\s*(?:{_CAPS_WORD})(?: {_CAPS_WORD}){{0,3}}:", re.MULTILINE)
_NOT_PLACE = re.compile(
    rf"(?:{WEEKDAY}|{MONTH}|Yesterday|Today|Meanwhile|However|But|And|The|In|On|At|By|For|After)(?![\w])"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline: all of it, its place, and its date if it has one.

    Attributes:
        start, end: from the place's first character up to the first of the sentence.
        place: (start, end) of the place's words, None for "March 14 (Reuters) -".
    """

    start: int
    end: int
    place: tuple[int, int] | None
    date: FoundDate | None


def find_dateline(text: str) -> Dateline | None:
    """The first dateline near the top of a text."""
    lines = lines_of(text, _LINES_LOOKED_AT)
    for line in lines:
        if found := dateline_at(text, line):
            return found
    return _after_other_words(text, lines[0]) if lines else None


def dateline_at(text: str, line: Line) -> Dateline | None:
    """The dateline that a line opens with, if any."""
    end = min(line.end, line.start + _LONGEST)
    if (found := _DATELINE.match(text, line.start, end)) and _holds(text, line, found):
        return _dateline(text, found)
    if found := _PLACELESS.match(text, line.start, end):
        rest = text[found.end() : line.end]
        if (_GOES_ON.match(rest) and len(rest) > 30) or (not rest and found["only"]):
            return Dateline(found.start(), found.end("mark"), None, _date_in(text, found))
    return None


def _after_other_words(text: str, line: Line) -> Dateline | None:
    """A dateline behind a headline or a page's leavings in the first line ("Two hurt. OSLO (AP) - Two people")."""
    end = min(line.end, line.start + _WORDS_BEFORE)
    for start in _CAPS_START.finditer(text, line.start + 1, end):
        found = _DATELINE.match(text, start.start(), min(line.end, start.start() + _LONGEST))
        if found is None or not found["caps"] or len(text[found.end() : line.end]) < 40:
            continue
        strong = bool(found["agency"]) and found["mark"].strip() != ":"
        after_sentence = (
            text[: start.start()].rstrip().endswith((".", "!", "?")) and found["mark"].strip() in _LONG_DASHES
        )
        if (strong or after_sentence) and _holds(text, line, found):
            return _dateline(text, found)
    return None


def _dateline(text: str, found: re.Match[str]) -> Dateline:
    place = (found.start("caps"), found.end("region")) if found["caps"] else (found.start("mixed"), found.end("where"))
    return Dateline(found.start(), found.end("mark"), place, _date_in(text, found))


def _holds(text: str, line: Line, found: re.Match[str]) -> bool:
    """Whether what has the form of a dateline is one, judged by what else it carries and what follows."""
    dated = bool(found["date"]) and bool(re.search("[0-9]", found["date"]))
    agency = bool(found["agency"]) and bool(re.search(r"[(/]", found["agency"]))
    separator = found["mark"].strip()
    rest = text[found.end() : line.end]
    if rest and (not _GOES_ON.match(rest) or rest.upper() == rest):
        return False
    if not rest and (line.end - line.start > 80 or not (agency or dated or separator in _LONG_DASHES)):
        return False
    if separator == ".":
        return agency and (dated or "/" in found["agency"])
    if dated or agency:
        return not _NOT_PLACE.match(found[0])
    if found["caps"]:
        return _caps_hold(text, found, separator, rest)
    # "Taipei, Taiwan — The festival": only with a region and a long dash.
    return bool(found["where"]) and separator in _LONG_DASHES and len(rest) >= 40 and not _NOT_PLACE.match(found[0])


def _caps_hold(text: str, found: re.Match[str], separator: str, rest: str) -> bool:
    """Whether a place in capitals may stand without date and agency."""
    place = found["caps"]
    letters = sum(1 for character in place if character.isalpha())
    if letters < 4 or _LABEL.fullmatch(place) or 0 < len(rest) < 40:
        return False
    if separator == ":":
        # "ISLAMABAD: The court"; where more lines begin like this it is a transcript or a list.
        one_name = " " not in place or bool(_TWO_WORD_CITY.match(place))
        return letters >= 5 and one_name and len(_SPEAKER_LINE.findall(text[:20_000])) == 1
    return True


def _date_in(text: str, found: re.Match[str]) -> FoundDate | None:
    if not found["date"]:
        return None
    start, end = found.span("date")
    return find_date(text, start, end) or find_yearless(text, start, end)
