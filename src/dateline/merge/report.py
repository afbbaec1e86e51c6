"""What a merge sees of an event report and of an article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

StatusGroup = Literal["real", "planned", "possible", "denied", "demanded"]
STATUS_GROUPS: dict[str, StatusGroup] = {
    "happened": "real",
    "ongoing": "real",
    "planned": "planned",
    "possible": "possible",
    "denied": "denied",
    "demanded": "demanded",
}


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part: as the text names them, and what that codes to."""

    side: Literal["source", "target"]
    name: str
    country: str | None
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Where:
    """A place; `precise` tells a town or site from a country or region."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    precise: bool


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure that sizes the event: its kind (killed, wounded ...) and bounds, None where open."""

    kind: str
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Report:
    """One report of an event. What is not known is None or empty, and then speaks neither for nor against a join.

    Attributes:
        id: of the event, unique; article: id of its article, which is equal for reports of one article.
        type, mode: PLOVER's; status: the group of statuses, which reports of one event share.
        sentence: the sentence that tells of it; trigger: the offsets in it of the words that name the act.
        first, last: days on which it happened; dated: whether words of the text say so (else it is a guess).
    """

    id: str
    article: str
    published: date | None
    sentence: str
    trigger: tuple[tuple[int, int], ...]
    type: str | None = None
    mode: str | None = None
    status: StatusGroup | None = None
    first: date | None = None
    last: date | None = None
    dated: bool = False
    place: Where | None = None
    parties: tuple[Party, ...] = ()
    amounts: tuple[Amount, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """One article as stories and copies see it; `text` begins with its headline."""

    id: str
    published: date | None
    text: str
