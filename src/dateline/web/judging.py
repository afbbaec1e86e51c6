"""A fact as somebody judges it: part by part, with what was said of each before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from dateline.records.claims import Event, Statement
from dateline.store.corrections import CHOICES, FIELDS, Judgement, holding, judgements, kind_of, said
from dateline.web.site import Site

# The key that marks each part as wrong.
_KEYS: Final = {
    **{"type": "t", "mode": "m", "status": "s", "source": "w", "target": "o", "time": "d", "place": "p"},
    **{"speaker": "w", "content": "c", "kind": "t"},
}
_NAMES: Final = {"source": "who", "target": "to whom", "time": "when", "place": "where", "content": "words"}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a fact as a person judges it.

    Attributes:
        name: the field; says: what it is called on the page; value: what the record says.
        key: the key that marks it as wrong; choices: its closed list of values, empty where any words will do.
        judged: the judgement that holds, if any.
    """

    name: str
    says: str
    value: str | None
    key: str
    choices: tuple[str, ...]
    judged: Judgement | None


def parts_of(fact: Event | Statement, held: list[Judgement]) -> list[Part]:
    """The parts of a fact with what was judged of them, the whole of it first."""
    known = {one.field: one for one in held if one.fact == fact.id}
    return [
        Part(
            name, _NAMES.get(name, name), said(fact, name), _KEYS.get(name, ""), CHOICES.get(name, ()), known.get(name)
        )
        for name in FIELDS[kind_of(fact)]
    ]


def judged_row(site: Site, fact: Event | Statement) -> dict[str, Any]:
    """What a fact's own page needs for judging it: its parts and everything that was said of it."""
    told = judgements(site.record, fact=fact.id)
    return {"parts": parts_of(fact, holding(told)), "history": told[::-1][:50], "read_only": site.read_only}
