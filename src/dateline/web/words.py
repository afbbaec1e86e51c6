"""How a page words the parts of a fact. All text of an article passes `clean` on its way into a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from urllib.parse import quote, urlencode

from markupsafe import Markup

from dateline.records.claims import ClaimTime, Figure
from dateline.records.mentions import Participant

# What could reorder or hide the words around it, or is no character at all. Line ends and tabs stay.
_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Text fit to be shown: control characters, bidi controls and lone surrogates become U+FFFD, one for one."""
    return _SURROGATE.sub("\ufffd", _UNSEEN.sub("\ufffd", text.replace("\r", " ")))


def cleaned(value: Any) -> Any:
    """`clean` for whatever a template prints: markup of our own and numbers pass as they are, None is empty."""
    if value is None:
        return ""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def shorten(text: str | None, width: int) -> str:
    """The text cut to a width, at a blank if there is one near, with an ellipsis."""
    if text is None or len(text) <= width:
        return text or ""
    head, _, tail = text[: width - 1].rpartition(" ")
    return (head if head and len(tail) < 40 else text[: width - 1]) + "…"


def code(country: str | None, sectors: Sequence[str]) -> str:
    """Country and sectors as "NOR GOV/MIL"; the missing part is left out."""
    return " ".join(part for part in (country or "", "/".join(sectors[:6])) if part)


def coded(participant: Participant) -> str:
    """The code of a participant, such as "NOR GOV/MIL"; empty where the words code to nothing."""
    return code(participant.country, participant.sectors)


def days(first: date | None, last: date | None) -> str:
    """An interval of days as "2020-03-16 to 2020-03-22", one day once, an open end in words."""
    if first is None or last is None:
        return f"from {first}" if first else f"until {last}" if last else ""
    return str(first) if first == last else f"{first} to {last}"


def when(time: ClaimTime | None) -> str:
    """The days of a claim, or its TIMEX3 value where it has none; empty without a time."""
    return "" if time is None else days(time.from_, time.to) or time.value


def amount(figure: Figure) -> str:
    """The value of a figure with its qualifier: "about 40,000", "12 to 15", "more than 3"."""
    low, high = (None if value is None else number(value) for value in (figure.low, figure.high))
    if figure.qualifier == "between" or (low and high and low != high):
        return f"{low or '?'} to {high or '?'}"
    value = low or high or "?"
    return value if figure.qualifier == "exact" else f"{figure.qualifier} {value}"


def number(value: float) -> str:
    """A number with commas between thousands, without a fraction that is none."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.10g}"


def counted(figure: Figure) -> str:
    """What a figure counts: "EUR", "shells per day", "% of the vote"."""
    whole = figure.of.removeprefix("of ") if figure.of else ""
    unit = "" if whole and figure.unit and figure.unit in whole else figure.unit
    parts = [figure.currency, unit, f"of {whole}" if whole else "", f"per {figure.per}" if figure.per else ""]
    return " ".join(part for part in parts if part)


def link(path: str, **parameters: str | int | None) -> str:
    """An address on this site; parameters that are None or empty are left out."""
    given = {name: str(value) for name, value in parameters.items() if value not in (None, "")}
    return quote(path, errors="replace") + (f"?{urlencode(given, errors='replace')}" if given else "")


def actor_link(name: str, country: str | None) -> str:
    """The address of an actor's page."""
    return link("/actor", name=name, country=country)


def outward(url: str | None) -> str | None:
    """An article's address if it is one a browser may follow: http or https, nothing that runs."""
    return url if url is not None and re.match(r"https?://[^\s\"'<>]+\Z", url, re.ASCII | re.IGNORECASE) else None


def quoted(value: str) -> str:
    """A value for the query language, in quotation marks."""
    return '"' + value.replace('"', '""') + '"'
