"""How a question to a record is put, and the larger things that answers are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, get_args

from dateline.errors import UsageError
from dateline.records.claims import Event, Figure, Statement
from dateline.records.mentions import Actor, TimeMention
from dateline.records.reading import Reading
from dateline.store.fields import Kind
from dateline.store.filter import Filter, parse_query
from dateline.store.rows import Origin, Row

Query = str | Filter
# What `show` gives: a whole article, or one fact with its article.
Shown = Reading | Row[Event] | Row[Statement]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An event with everything that led to it, for telling a reader why it is there.

    Attributes:
        event: the event, its origin and its sentence.
        reading: the whole article it stands in.
        actors: the article's actors that take part, with all their mentions.
        time: the time expression that dates it, None where the time was inferred.
        statement: the statement inside which it is reported, if any.
        figures: figures that size it.
        versions: all versions of the article, the oldest first.
    """

    event: Row[Event]
    reading: Reading
    actors: tuple[Actor, ...]
    time: TimeMention | None
    statement: Statement | None
    figures: tuple[Figure, ...]
    versions: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a question, their keys in the record, and whether there are more the way that was gone."""

    rows: tuple[Any, ...]
    keys: tuple[int, ...]
    more: bool


def explanation(row: Row[Event], reading: Reading, versions: tuple[Origin, ...]) -> Explanation:
    event = row.fact
    parts = {who.actor for who in (*event.source, *event.target)}
    if event.reported_by is not None:
        parts.add(event.reported_by.actor)
    time = None
    if event.time is not None and event.time.text is not None:
        told = [t for t in reading.times if t.text == event.time.text and t.value == event.time.value]
        time = min(told, key=lambda t: abs(t.start - event.trigger.start), default=None)
    return Explanation(
        event=row,
        reading=reading,
        actors=tuple(actor for actor in reading.actors if actor.id in parts),
        time=time,
        statement=next((statement for statement in reading.statements if event.id in statement.events), None),
        figures=tuple(figure for figure in reading.figures if figure.event == event.id),
        versions=versions,
    )


def noun_of(found: Shown) -> str:
    if isinstance(found, Reading):
        return "an article"
    return "an event" if isinstance(found.fact, Event) else "a statement"


def as_filter(query: Query, limit: int | None) -> Filter:
    asked = parse_query(query) if isinstance(query, str) else query
    if limit is None:
        return asked
    if limit < 1:
        raise UsageError(f"a limit of {limit} rows: ask for at least 1")
    return replace(asked, limit=min(limit, asked.limit or limit))


def as_day(as_of: date | str | None) -> date | None:
    if not isinstance(as_of, str):
        return as_of
    try:
        return date.fromisoformat(as_of)
    except ValueError:
        raise UsageError(f"'{as_of}' is no day; write one as 2020-03-14") from None


def as_kind(name: str) -> Kind:
    kinds: tuple[Kind, ...] = get_args(Kind)
    for kind in kinds:
        if name in (kind, f"{kind}s"):
            return kind
    raise UsageError(f"'{name}' is no kind of fact; ask for {', '.join(f'{kind}s' for kind in kinds)}")
