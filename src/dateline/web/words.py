"""How a page words the parts of a fact. All text of an article passes `clean` on its way into a page."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final
from urllib.parse import quote, urlencode

from markupsafe import Markup

from dateline.records.claims import ClaimTime, Figure
from dateline.records.mentions import Participant
from dateline.wording import amount, code, number, shorten

__all__ = [
    "actor_link",
    "amount",
    "clean",
    "cleaned",
    "code",
    "coded",
    "counted",
    "days",
    "link",
    "number",
    "outward",
    "quoted",
    "shorten",
    "when",
]

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
