"""What the conflict data sets ask of an event: which kind of violence, between which kinds of actors, how precisely."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from dateline.export.columns import Told
from dateline.records.claims import Event
from dateline.records.mentions import Participant, PlaceMention

STATE: Final = frozenset(("GOV", "MIL", "COP", "SPY", "LEG", "JUD"))
ARMED: Final = frozenset(("REB", "PRM", "UAF", "CRM"))
_SECURITY: Final = frozenset(("MIL", "COP", "SPY"))
_UNARMED: Final = frozenset(
    ("CVL", "REF", "MED", "JRN", "EDU", "LAB", "BUS", "AGR", "REL", "SOC", "ELI", "PTY", "OPP", "LEG", "JUD", "UNK")
)


def occurred(rows: Iterable[Told]) -> Iterator[Told]:
    """Events that the article asserts: happened or going on."""
    return (row for row in rows if row.fact.status in ("happened", "ongoing"))


def is_state(who: Participant) -> bool:
    """Whether a participant is a state or of its government or forces."""
    return bool(STATE & set(who.sectors)) or (who.country is not None and not who.sectors)


def is_force(who: Participant) -> bool:
    """Whether a participant is of a state's armed, police or secret forces."""
    return bool(_SECURITY & set(who.sectors))


def is_armed_group(who: Participant) -> bool:
    """Whether a participant is armed but of no state."""
    return bool(ARMED & set(who.sectors)) or who.country == "IMG"


def is_unarmed(who: Participant) -> bool:
    """Whether a participant is of those who bear no arms."""
    return bool(_UNARMED & set(who.sectors)) and not is_armed_group(who) and not is_force(who)


def first_day(event: Event, published: date) -> date:
    """The first day of an event; publication where the article gives none."""
    time = event.time
    return published if time is None else time.from_ or time.to or published


def last_day(event: Event, published: date) -> date:
    """The last day of an event; publication where the article gives none."""
    time = event.time
    return published if time is None else time.to or time.from_ or published


def days_long(event: Event, published: date) -> int | None:
    """How many days the event's time spans; None where the article gives no time."""
    if event.time is None or (event.time.from_ is None and event.time.to is None):
        return None
    return max(1, (last_day(event, published) - first_day(event, published)).days + 1)


def both(those: tuple[Participant, ...], others: tuple[Participant, ...]) -> tuple[Participant | None, ...]:
    """The two sides of a fight: who acts and upon whom, or the first two of those who act together."""
    if others or len(those) < 2:
        return (those[0] if those else None, others[0] if others else None)
    return those[:2]


def town(place: PlaceMention | None) -> str | None:
    """The name of a place that is no country and no first-order division."""
    return place.name if place is not None and place.kind in ("city", "site") else None


def division(place: PlaceMention | None) -> str | None:
    """The first-order division of a place."""
    if place is None:
        return None
    return place.name if place.kind == "region" else place.admin1
