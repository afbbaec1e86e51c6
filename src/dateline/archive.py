"""The asking service: one record, opened read-only, answers queries. It loads no language model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from dateline.archive_across import Across
from dateline.archive_asked import (
    Explanation,
    Page,
    Query,
    Shown,
    as_day,
    as_filter,
    as_kind,
    explanation,
    noun_of,
)
from dateline.archive_export import Exporting
from dateline.archive_plans import AgendaItem
from dateline.errors import UsageError
from dateline.export.columns import Cell
from dateline.export.tables import TABLES, write_rows
from dateline.ledger import LedgerLine
from dateline.records.claims import Event, Figure, Statement
from dateline.records.mentions import Actor, PlaceMention, TimeMention
from dateline.records.reading import Reading
from dateline.store.check import Fault, faults
from dateline.store.counting import Group, groups
from dateline.store.database import back_up, open_for_asking
from dateline.store.fields import Kind
from dateline.store.lean import lean_facts
from dateline.store.merged import (
    Joined,
    MergedEvent,
    Story,
)
from dateline.store.people import Person
from dateline.store.read import Asking
from dateline.store.rows import ArticleRow, Origin, ProblemRow, Row

__all__ = [
    "AgendaItem",
    "Archive",
    "ArticleRow",
    "Explanation",
    "Fault",
    "Group",
    "Joined",
    "LedgerLine",
    "MergedEvent",
    "Origin",
    "Page",
    "Person",
    "ProblemRow",
    "Row",
    "Shown",
    "Story",
]

_FACTS: Final[dict[Kind, type[Any]]] = {
    "event": Event,
    "statement": Statement,
    "figure": Figure,
    "actor": Actor,
    "place": PlaceMention,
    "time": TimeMention,
}
_ID: Final = re.compile(r"[0-9A-Za-z_.:-]+")


class Archive(Across, Exporting):
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
        return self._asking.facts(Event, "event", as_filter(query, limit), as_day(as_of))

    def statements(
        self, query: Query = "", *, limit: int | None = None, as_of: date | str | None = None
    ) -> Iterator[Row[Statement]]:
        """Statements in the order of publication."""
        return self._asking.facts(Statement, "statement", as_filter(query, limit), as_day(as_of))

    def figures(
        self, query: Query = "", *, limit: int | None = None, as_of: date | str | None = None
    ) -> Iterator[Row[Figure]]:
        """Figures in the order of publication."""
        return self._asking.facts(Figure, "figure", as_filter(query, limit), as_day(as_of))

    def actors(
        self, query: Query = "", *, limit: int | None = None, as_of: date | str | None = None
    ) -> Iterator[Row[Actor]]:
        """Actors in the order of publication: one row for each actor of each article."""
        return self._asking.facts(Actor, "actor", as_filter(query, limit), as_day(as_of))

    def places(
        self, query: Query = "", *, limit: int | None = None, as_of: date | str | None = None
    ) -> Iterator[Row[PlaceMention]]:
        """Mentions of places in the order of publication."""
        return self._asking.facts(PlaceMention, "place", as_filter(query, limit), as_day(as_of))

    def times(
        self, query: Query = "", *, limit: int | None = None, as_of: date | str | None = None
    ) -> Iterator[Row[TimeMention]]:
        """Time expressions in the order of publication."""
        return self._asking.facts(TimeMention, "time", as_filter(query, limit), as_day(as_of))

    def articles(
        self, query: Query = "", *, limit: int | None = None, as_of: date | str | None = None
    ) -> Iterator[ArticleRow]:
        """Articles in the order of publication; fields of events choose those that tell of such an event."""
        return self._asking.articles(as_filter(query, limit), as_day(as_of))

    def problems(
        self, query: Query = "", *, limit: int | None = None, as_of: date | str | None = None
    ) -> Iterator[ProblemRow]:
        """What went wrong or had to be guessed, those sources first from which no article could be read."""
        return self._asking.problems(as_filter(query, limit), as_day(as_of))

    def count(self, kind: str, query: Query = "", *, as_of: date | str | None = None) -> int:
        """How many facts of a kind ("event" or "events", "statements", "articles" ...) pass a query."""
        return self._asking.count(as_kind(kind), as_filter(query, None), as_day(as_of))

    def groups(
        self,
        kind: str,
        query: Query,
        by: Sequence[str],
        *,
        as_of: date | str | None = None,
        most: int = 1_000,
        among: Sequence[int] | None = None,
    ) -> list[Group]:
        """How many facts of a kind pass a query for each type, status, place, month ... (`store/counting.py` names all
        that rows can be counted by), the largest groups first, at most so many.

        Raises:
            UsageError: facts of this kind cannot be counted so.
        """
        return groups(self._asking, as_kind(kind), as_filter(query, None), by, as_day(as_of), most, among)

    def page(
        self,
        kind: str,
        query: Query = "",
        *,
        size: int = 50,
        beside: int | None = None,
        before: bool = False,
        dense: bool = False,
        among: Sequence[int] | None = None,
        as_of: date | str | None = None,
    ) -> Page:
        """The first rows of a question, or those right after the row with the key `beside` (or before it): as quick
        for the last rows of many as for the first. `dense` where many rows of all are known to answer, or
        `among` where the keys of all that do are known (`few`): quicker then."""
        noun, asked, day = as_kind(kind), as_filter(query, None), as_day(as_of)
        most = min(size, asked.limit or size)
        keys = self._asking.keys(noun, asked, day, most + 1, beside=beside, before=before, dense=dense, among=among)
        more = len(keys) > most
        keys = keys[-most:] if before else keys[:most]
        rows = tuple(self._asking.rows(_FACTS.get(noun), noun, keys))
        return Page(rows, tuple(keys), more)

    def few(
        self, kind: str, query: Query = "", *, most: int = 50_000, as_of: date | str | None = None
    ) -> list[int] | None:
        """The keys of all rows that answer, for asking several things about them; None if they are more than `most`."""
        return self._asking.few(as_kind(kind), as_filter(query, None), as_day(as_of), most)

    def rows(self, kind: str, keys: Sequence[int]) -> tuple[Any, ...]:
        """The rows with these keys (of a `Page` or a `Group`), in their order; those that are gone are left out."""
        noun = as_kind(kind)
        return tuple(self._asking.rows(_FACTS.get(noun), noun, keys))

    def table(
        self, kind: str, query: Query = "", *, limit: int | None = None, as_of: date | str | None = None
    ) -> Iterator[dict[str, Cell]]:
        """Flat rows by column name (docs/record.md), as for `pandas.DataFrame(record.table("events", "actor:NOR"))`."""
        known = TABLES[f"{as_kind(kind)}s"]
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
        return write_rows(f"{as_kind(kind)}s", rows, format or target.suffix.lstrip(".").lower(), target)

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
        self, kind: str, query: Query, limit: int | None, as_of: date | str | None, *, lean: bool = False
    ) -> Iterator[Any]:
        noun, asked, day = as_kind(kind), as_filter(query, limit), as_day(as_of)
        if noun == "article":
            return self._asking.articles(asked, day)
        if noun == "problem":
            return self._asking.problems(asked, day)
        if lean:
            return lean_facts(self._asking, _FACTS[noun], noun, asked, day)
        return self._asking.facts(_FACTS[noun], noun, asked, day)

    def reading(self, article_id: str) -> Reading:
        """Everything read from the article with this id (or the beginning of one).

        Raises:
            UsageError: no such article, or several.
        """
        found = self.show(article_id)
        if not isinstance(found, Reading):
            raise UsageError(
                f"{article_id} is the id of {noun_of(found)}, not of an article; {found.origin.id} is its article"
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
                f"{event_id} is the id of {noun_of(found)}; only events can be explained (`dateline events` lists them)"
            )
        row = Row(found.fact, found.origin, found.sentence)
        return explanation(row, self.reading(row.origin.id), tuple(self._asking.versions(row.origin.id)))

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
