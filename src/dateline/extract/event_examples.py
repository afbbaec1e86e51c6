"""Whether the events of a sentence are those that an example of the lexicon expects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.lexicon.verbs import Example
from dateline.records.claims import Event, PloverType
from dateline.records.mentions import Participant


def holds(example: Example, type_: PloverType, events: Sequence[Event]) -> bool:
    """Whether an example holds; `type_` is that of its rule."""
    same = [event for event in events if event.type == (example.type or type_)]
    if example.none:
        return not same
    return any(
        event.status == (example.status or "happened")
        and (example.mode is None or event.mode == example.mode)
        and (example.plover is None or event.plover == example.plover)
        and has_codes(event.source, example.source or ())
        and has_codes(event.target, example.target or ())
        for event in same
    )


def has_codes(found: Iterable[Participant], wanted: Sequence[str]) -> bool:
    """Whether each wanted code ("NOR", "NOR MIL" or a bare sector "GOV") is among the participants."""
    present = {item.country for item in found} | {
        code for item in found for sector in item.sectors for code in (f"{item.country} {sector}", sector)
    }
    return set(wanted) <= present


def told(event: Event) -> str:
    """An event on one line: "CONSULT/visit happened, NOR GOV -> RUS"."""
    return f"{event.type}{'/' + event.mode if event.mode else ''} {event.status}, {sides(event)}"


def sides(event: Event) -> str:
    """Source and target as codes: "NOR GOV, SWE -> RUS"; "-" stands for nobody."""
    return " -> ".join(_side(side) for side in (event.source, event.target))


def _side(side: Iterable[Participant]) -> str:
    codes = [" ".join(filter(None, (item.country, "/".join(item.sectors)))) or item.text for item in side]
    return ", ".join(codes) or "-"
