"""What an article claims: events, statements and figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from dateline.records.mentions import Participant, PlaceMention, TimeBasis
    from dateline.records.text import Mark, Span

Status = Literal["happened", "ongoing", "planned", "possible", "denied", "demanded"]
PloverType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
StatementKind = Literal["direct", "indirect", "mixed"]
Qualifier = Literal["exact", "about", "at least", "at most", "more than", "less than", "between"]


@dataclass(frozen=True, slots=True)
class ClaimTime:
    """When a claim holds: the words that say so (None where inferred) and the days, both included."""

    text: str | None
    from_: date | None
    to: date | None
    value: str
    basis: TimeBasis


@dataclass(frozen=True, slots=True)
class ReportedBy:
    """Who the text says reported the event; `actor` is an actor id where known."""

    actor: str | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Size:
    """PLOVER's size of an event: lowest stated counts of people."""

    dead: int | None
    injured: int | None
    arrested: int | None


@dataclass(frozen=True, slots=True)
class Event:
    """One act that the article reports.

    Attributes:
        type: the act itself, one of PLOVER's sixteen.
        plover: the type PLOVER's conventions print for this act and status; None where it codes nothing.
        mode, contexts: PLOVER's closed lists.
        cameo: CAMEO code as text ("042"), None where the crosswalk has none.
        quad: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict (of `type`).
        intensity: PLOVER conflict-cooperation score, -10 to +10.
        source, target: who acts, upon whom; a reciprocal act has all sides in `source`.
        trigger: the word(s) that name the act; `mentions` further triggers of the same act.
        rule: the lexicon line that found it ("verbs/consult.toml#visit-3").
        confidence: 0 to 1.
    """

    id: str
    type: PloverType
    plover: PloverType | None
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    quad: int
    intensity: float
    status: Status
    source: tuple[Participant, ...]
    target: tuple[Participant, ...]
    time: ClaimTime | None
    place: PlaceMention | None
    trigger: Mark
    sentence: Span
    reported_by: ReportedBy | None
    rule: str
    confidence: float
    size: Size | None = None
    mentions: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """Something somebody is reported to have said.

    Attributes:
        speaker: None where the text names nobody.
        cue: the words that attribute ("said", "according to"), None for free-standing quotes.
        content: the whole of what was said, first to last character, quote marks left out at the ends;
            `pieces` its uninterrupted parts ("Yes," he said, "we did" has two).
        channel: where it was said ("X", "a statement"); carrier: who passed it on ("state media").
        events: ids of events reported inside it.
    """

    id: str
    speaker: Participant | None
    cue: Mark | None
    content: Mark
    pieces: tuple[Mark, ...]
    kind: StatementKind
    channel: str | None
    carrier: Participant | None
    addressee: Participant | None
    time: ClaimTime | None
    events: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A claimed quantity.

    Attributes:
        low, high: bounds of the value; equal when one number is given ("more than 40" has low 40, high None).
        unit: what is counted ("shells and mortars", "%"); of: of which whole ("of the vote"); per: "day".
        currency: ISO 4217.
        kind: killed, wounded, arrested, displaced, missing, troops, money, votes, share or None.
        holder: whose figure it is; claimed_by: who gives it.
        event: id of the event it sizes, if any.
    """

    start: int
    end: int
    text: str
    low: float | None
    high: float | None
    qualifier: Qualifier
    unit: str | None
    of: str | None
    per: str | None
    currency: str | None
    kind: str | None
    holder: Participant | None
    claimed_by: Participant | None
    status: Status
    time: ClaimTime | None
    event: str | None
    rule: str
