"""The asking service: one record, opened read-only, answers queries. It loads no language model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, get_args

from dateline.errors import UsageError
from dateline.export.columns import Cell
from dateline.export.tables import TABLES, write_rows
from dateline.records.claims import Event, Figure, Statement
from dateline.records.mentions import Actor, PlaceMention, TimeMention
from dateline.records.reading import Reading
from dateline.store.check import Fault, faults
from dateline.store.database import back_up, open_for_asking
from dateline.store.fields import Kind
from dateline.store.filter import Filter, parse_query
from dateline.store.read import Asking
from dateline.store.rows import ArticleRow, Origin, ProblemRow, Row

__all__ = ["Archive", "ArticleRow", "Explanation", "Fault", "Origin", "ProblemRow", "Row", "Shown"]

Query = str | Filter
# What `show` gives: a whole article, or one fact with its article.
Shown = Reading | Row[Event] | Row[Statement]
_FACTS: Final[dict[Kind, type[Any]]] = {
    "event": Event,
    "statement": Statement,
    "figure": Figure,
    "actor": Actor,
    "place": PlaceMention,
    "time": TimeMention,
}
_ID: Final = re.compile(r"[0-9A-Za-z_.:-]+")


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


class Archive:
    """A record to ask. Every question takes a query (docs/queries.md), a limit, and a day as of which to answer.

    Rows come as they are asked for, so that a record of any size can be walked through. Another process may write
    meanwhile. Usable in a `with` statement and, where SQLite is built for it, from several threads.

    Raises (all questions):
        QueryError: the query is not in the query language.
        StoreError: the record cannot be opened or read.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._asking = Asking(self.path, open_for_asking(self.path))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Archive({str(self.path)!r})"

    def close(self) -> None:
        """Close the file; rows still to come are lost."""
        self._asking.connection.close()

    def events(
        self, query: Query = "", *, limit: int | None = None, as_of: date | str | None = None
    ) -> Iterator[Row[Event]]:
        """Events in the order of their first day."""
        return self._asking.facts(Event, "event", _filter(query, limit), _day(as_of))

    def statements(
        self, query: Query = "", *, limit: int | None = None, as_of: date | str | None = None
    ) -> Iterator[Row[Statement]]:
        """Statements in the order of publication."""
        return self._asking.facts(Statement, "statement", _filter(query, limit), _day(as_of))

    def figures(
        self, query: Query = "", *, limit: int | None = None, as_of: date | str | None = None
    ) -> Iterator[Row[Figure]]:
        """Figures in the order of publication."""
        return self._asking.facts(Figure, "figure", _filter(query, limit), _day(as_of))

    def actors(
        self, query: Query = "", *, limit: int | None = None, as_of: date | str | None = None
    ) -> Iterator[Row[Actor]]:
        """Actors in the order of publication: one row for each actor of each article."""
        return self._asking.facts(Actor, "actor", _filter(query, limit), _day(as_of))

    def places(
        self, query: Query = "", *, limit: int | None = None, as_of: date | str | None = None
    ) -> Iterator[Row[PlaceMention]]:
        """Mentions of places in the order of publication."""
        return self._asking.facts(PlaceMention, "place", _filter(query, limit), _day(as_of))

    def times(
        self, query: Query = "", *, limit: int | None = None, as_of: date | str | None = None
    ) -> Iterator[Row[TimeMention]]:
        """Time expressions in the order of publication."""
        return self._asking.facts(TimeMention, "time", _filter(query, limit), _day(as_of))

    def articles(
        self, query: Query = "", *, limit: int | None = None, as_of: date | str | None = None
    ) -> Iterator[ArticleRow]:
        """Articles in the order of publication; fields of events choose those that tell of such an event."""
        return self._asking.articles(_filter(query, limit), _day(as_of))

    def problems(
        self, query: Query = "", *, limit: int | None = None, as_of: date | str | None = None
    ) -> Iterator[ProblemRow]:
        """What went wrong or had to be guessed, those sources first from which no article could be read."""
        return self._asking.problems(_filter(query, limit), _day(as_of))

    def count(self, kind: str, query: Query = "", *, as_of: date | str | None = None) -> int:
        """How many facts of a kind ("event" or "events", "statements", "articles" ...) pass a query."""
        return self._asking.count(_kind(kind), _filter(query, None), _day(as_of))

    def table(
        self, kind: str, query: Query = "", *, limit: int | None = None, as_of: date | str | None = None
    ) -> Iterator[dict[str, Cell]]:
        """Flat rows by column name (docs/record.md), as for `pandas.DataFrame(record.table("events", "actor:NOR"))`."""
        known = TABLES[f"{_kind(kind)}s"]
        names = known.names
        return (dict(zip(names, known.cells(row), strict=True)) for row in self._asked(kind, query, limit, as_of))

    def write(
        self,
        kind: str,
        path: Path | str,
        query: Query = "",
        *,
        format: str | None = None,
        limit: int | None = None,
        as_of: date | str | None = None,
    ) -> int:
        """Write flat rows to a file and give their number.

        Args:
            format: csv, tsv, jsonl, parquet, or for events plover and polecat; without it, as the file's name ends.

        Raises:
            UsageError: an unknown kind or format.
            StoreError: the file cannot be written.
        """
        target = Path(path)
        rows = self._asked(kind, query, limit, as_of)
        return write_rows(f"{_kind(kind)}s", rows, format or target.suffix.lstrip(".").lower(), target)

    def check(self) -> Iterator[Fault]:
        """What is wrong with the record: damage of the file, texts that were changed, facts without their words."""
        return faults(self._asking.connection, self.path)

    def back_up(self, path: Path | str) -> None:
        """Copy the record into a new file, consistent even while another process writes to it.

        Raises:
            StoreError: the file exists already or cannot be written.
        """
        back_up(self.path, Path(path))

    def _asked(
        self, kind: str, query: Query, limit: int | None, as_of: date | str | None
    ) -> Iterator[Row[Any] | ArticleRow | ProblemRow]:
        noun, asked, day = _kind(kind), _filter(query, limit), _day(as_of)
        if noun == "article":
            return self._asking.articles(asked, day)
        if noun == "problem":
            return self._asking.problems(asked, day)
        return self._asking.facts(_FACTS[noun], noun, asked, day)

    def reading(self, article_id: str) -> Reading:
        """Everything read from the article with this id (or the beginning of one).

        Raises:
            UsageError: no such article, or several.
        """
        found = self.show(article_id)
        if not isinstance(found, Reading):
            raise UsageError(
                f"{article_id} is the id of {_noun(found)}, not of an article; {found.origin.id} is its article"
            )
        return found

    def show(self, some_id: str) -> Shown:
        """The article (as a whole reading), event or statement with this id or the beginning of one.

        Raises:
            UsageError: nothing has such an id, or several things have.
        """
        kind, full = self._resolved(some_id)
        found: Shown | None
        if kind == "event":
            found = self._asking.fact(Event, kind, full)
        elif kind == "statement":
            found = self._asking.fact(Statement, kind, full)
        else:
            found = self._asking.reading(full)
        if found is None:
            raise UsageError(f"{self.path}: the {kind} {full} has just been taken out of the record; ask again")
        return found

    def explain(self, event_id: str) -> Explanation:
        """An event with all that led to it; `event_id` may be the beginning of its id.

        Raises:
            UsageError: nothing has such an id, several events have, or it is no event.
        """
        found = self.show(event_id)
        if isinstance(found, Reading) or not isinstance(found.fact, Event):
            raise UsageError(
                f"{event_id} is the id of {_noun(found)}; only events can be explained (`dateline events` lists them)"
            )
        row = Row(found.fact, found.origin, found.sentence)
        return _explanation(row, self.reading(row.origin.id), tuple(self._asking.versions(row.origin.id)))

    def versions(self, article_id: str) -> list[Origin]:
        """All versions of an article, the oldest first; empty if the record has no article with this id."""
        return self._asking.versions(article_id)

    def _resolved(self, some_id: str) -> tuple[Kind, str]:
        if not _ID.fullmatch(some_id):
            raise UsageError(f"'{some_id}' is no id; ids are printed by `dateline events`, `statements` and `articles`")
        found = self._asking.ids(some_id)
        exact = [item for item in found if item[1] == some_id]
        if len(found) > 1 and len(exact) != 1:
            several = ", ".join(f"{kind} {full}" for kind, full in found[:5])
            raise UsageError(
                f"{some_id} begins the ids of {several}{' and more' if len(found) > 5 else ''}; give more of it"
            )
        if not found:
            raise UsageError(
                f"{self.path}: no article, event or statement has the id {some_id}; `dateline events` lists ids"
            )
        return (exact or found)[0]


def _explanation(row: Row[Event], reading: Reading, versions: tuple[Origin, ...]) -> Explanation:
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


def _noun(found: Shown) -> str:
    if isinstance(found, Reading):
        return "an article"
    return "an event" if isinstance(found.fact, Event) else "a statement"


def _filter(query: Query, limit: int | None) -> Filter:
    asked = parse_query(query) if isinstance(query, str) else query
    if limit is None:
        return asked
    if limit < 1:
        raise UsageError(f"a limit of {limit} rows: ask for at least 1")
    return replace(asked, limit=min(limit, asked.limit or limit))


def _day(as_of: date | str | None) -> date | None:
    if not isinstance(as_of, str):
        return as_of
    try:
        return date.fromisoformat(as_of)
    except ValueError:
        raise UsageError(f"'{as_of}' is no day to answer as of; write 2020-03-14") from None


def _kind(name: str) -> Kind:
    kinds: tuple[Kind, ...] = get_args(Kind)
    for kind in kinds:
        if name in (kind, f"{kind}s"):
            return kind
    raise UsageError(f"'{name}' is no kind of fact; ask for {', '.join(f'{kind}s' for kind in kinds)}")
