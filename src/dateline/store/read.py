"""Asking a record: SQL rows back into records. Filters come in understood (`filter.parse_query`)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import msgspec

from dateline.errors import StoreError
from dateline.records.claims import Event, Figure, Statement
from dateline.records.mentions import Actor, PlaceMention, TimeMention
from dateline.records.plain import from_plain, resolve_annotations
from dateline.records.problem import Problem
from dateline.records.reading import Reading
from dateline.records.text import Article
from dateline.store.conditions import condition
from dateline.store.database import sqlite_errors
from dateline.store.fields import Kind
from dateline.store.filter import Filter
from dateline.store.ordering import beyond, order_by
from dateline.store.rows import ArticleRow, F, Origin, ProblemRow, Row
from dateline.store.sql import Sql

R = TypeVar("R")

_ORIGIN = "a.id, a.ref, a.published, a.title, a.source, a.url, a.superseded_by IS NULL"
_COUNTS = ", ".join(
    f"(SELECT count(*) FROM {table} c WHERE c.article = a.key)"
    for table in ("events", "statements", "figures", "problems")
)
# Where the JSON of a fact stands, and the sentence that goes with it.
_SHORT_PLAIN: Final = "f.plain, NULL"
_PLAIN: Final[dict[Kind, str]] = {"event": "t.plain, t.sentence", "statement": "t.plain, NULL"}
_TEXTS: Final[dict[Kind, str]] = {
    "event": "CROSS JOIN event_texts t ON t.key = f.key ",
    "statement": "CROSS JOIN statement_texts t ON t.key = f.key ",
}
_FETCHED: Final = 500
# The articles of which there is a newer version.
OLDER: Final = "SELECT key FROM articles WHERE superseded_by IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Asking:
    """A record opened for asking. Several questions may be answered at the same time, each sees the record as it was
    when it began, while another process writes."""

    path: Path
    connection: sqlite3.Connection

    def facts(self, kind: type[F], noun: Kind, asked: Filter, as_of: date | None = None) -> Iterator[Row[F]]:
        """Facts of one kind that pass a filter; `noun` is the kind's name and `kind` its record."""
        return self._facts(kind, noun, self._chosen(noun, asked, as_of))

    def articles(self, asked: Filter, as_of: date | None = None) -> Iterator[ArticleRow]:
        """Articles that pass a filter."""
        return self._articles(self._chosen("article", asked, as_of))

    def problems(self, asked: Filter, as_of: date | None = None) -> Iterator[ProblemRow]:
        """Problems that pass a filter, those without an article first."""
        return self._problems(self._chosen("problem", asked, as_of))

    def keys(
        self,
        noun: Kind,
        asked: Filter,
        as_of: date | None,
        most: int,
        *,
        beside: int | None = None,
        before: bool = False,
        dense: bool = False,
        among: Sequence[int] | None = None,
    ) -> list[int]:
        """The keys of the first facts that pass a filter, in order; with a key `beside`, of those right after the fact
        with that key (or `before` it). A key that is gone gives the first ones. `dense`: many are known to pass;
        `among`: all that pass, if they are known."""
        wanted = condition(asked, noun, as_of, dense=dense, among=among)
        source, columns = wanted.source, wanted.columns
        with sqlite_errors(self.path):
            if beside is not None:
                told = ", ".join(column.text for column in columns)
                sql = f"SELECT {told} FROM {wanted.tables} WHERE {wanted.key} = ?"
                here = self.connection.execute(sql, (beside,)).fetchone()
                if here is not None:
                    further = beyond(columns, tuple(here), backwards=before)
                    source = Sql(f"{source.text} AND ({further.text})", (*source.parameters, *further.parameters))
            order = order_by(columns, backwards=before)
            sql = f"SELECT {wanted.key} FROM {source.text} ORDER BY {order} LIMIT {most}"
            found = [int(row[0]) for row in self.connection.execute(sql, source.parameters)]
        return found[::-1] if before else found

    def few(self, noun: Kind, asked: Filter, as_of: date | None, most: int) -> list[int] | None:
        """The keys of all facts that pass a filter (its limit left out), in no order; None if there are more."""
        wanted = condition(asked, noun, as_of).counted
        sql = f"SELECT {'a' if noun == 'article' else 'f'}.key FROM {wanted.text} LIMIT {most + 1}"
        with sqlite_errors(self.path):
            found = [int(row[0]) for row in self.connection.execute(sql, wanted.parameters)]
        return found if len(found) <= most else None

    def rows(self, kind: type[Any] | None, noun: Kind, keys: Sequence[int]) -> Iterator[Any]:
        """The facts, articles or problems with these keys, in the order of the keys."""
        chosen = Sql("SELECT value AS key FROM json_each(?)", (json.dumps(list(keys)),))
        if noun == "article":
            return self._articles(chosen)
        if noun == "problem":
            return self._problems(chosen)
        if kind is None:
            raise TypeError(f"{noun}s are records of a kind")
        return self._facts(kind, noun, chosen)

    def plain_facts(self, noun: Kind, asked: Filter, as_of: date | None = None) -> Iterator[Any]:
        """Facts that pass a filter as they are stored: JSON, sentence (of events) and the parts of `as_origin`."""
        return self._rows(f"{_PLAIN.get(noun, _SHORT_PLAIN)}, {_ORIGIN}", noun, self._chosen(noun, asked, as_of))

    def _facts(self, kind: type[F], noun: Kind, chosen: Sql) -> Iterator[Row[F]]:
        rows = self._rows(f"{_PLAIN.get(noun, _SHORT_PLAIN)}, {_ORIGIN}", noun, chosen)
        return (Row(as_fact(kind, plain), as_origin(origin), told) for plain, told, *origin in rows)

    def _articles(self, chosen: Sql) -> Iterator[ArticleRow]:
        columns = f"a.byline, a.published_basis, a.language, a.characters, {_COUNTS}, a.read_at, {_ORIGIN}"
        return (ArticleRow(as_origin(row[9:]), *row[:9]) for row in self._rows(columns, "article", chosen))

    def _problems(self, chosen: Sql) -> Iterator[ProblemRow]:
        columns = f'f.stage, f.code, f.message, f."start", f."end", f.ref, f.noted_at, {_ORIGIN}'
        return (
            ProblemRow(Problem(*row[:5]), row[5], as_origin(row[7:]) if row[7] is not None else None, row[6])
            for row in self._rows(columns, "problem", chosen)
        )

    def count(self, noun: Kind, asked: Filter, as_of: date | None = None) -> int:
        """How many facts of a kind pass a filter (its limit included)."""
        apart = as_of is None and asked.versions == "newest" and asked.limit is None
        if noun in ("article", "problem") or not apart:
            wanted = condition(asked, noun, as_of)
            limited = "" if wanted.limit is None else f" LIMIT {wanted.limit}"
            return self._number(f"SELECT count(*) FROM (SELECT 1 FROM {wanted.counted.text}{limited})", wanted.counted)
        # Facts of older versions, which are few, are counted apart and taken off: asking of each single fact whether
        # it is of the newest takes longer than all the rest.
        counted = condition(replace(asked, versions="all"), noun).counted
        sql = f"SELECT count(*) FROM {counted.text}"
        older = 0
        if self._number(f"SELECT EXISTS ({OLDER})", Sql("")):
            older = self._number(f"{sql} AND f.article IN ({OLDER})", counted)
        return self._number(sql, counted) - older

    def _number(self, sql: str, of: Sql) -> int:
        with sqlite_errors(self.path):
            return int(self.connection.execute(sql, of.parameters).fetchone()[0])

    def reading(self, article_id: str) -> Reading | None:
        """Everything read from an article, as it was stored."""
        with sqlite_errors(self.path):
            row = self.connection.execute(
                "SELECT t.key, t.plain, t.text FROM articles a JOIN article_texts t ON t.key = a.key WHERE a.id = ?",
                (article_id,),
            ).fetchone()
            if row is None:
                return None
            key, plain, text = row
            return Reading(
                article=_article(plain, text),
                times=self._facts_of(TimeMention, "times", key),
                places=self._facts_of(PlaceMention, "places", key),
                actors=self._facts_of(Actor, "actors", key),
                events=self._facts_of(Event, "events JOIN event_texts USING (key)", key),
                statements=self._facts_of(Statement, "statements JOIN statement_texts USING (key)", key),
                figures=self._facts_of(Figure, "figures", key),
                problems=tuple(
                    Problem(*found)
                    for found in self.connection.execute(
                        'SELECT stage, code, message, "start", "end" FROM problems WHERE article = ? ORDER BY key',
                        (key,),
                    )
                ),
            )

    def fact(self, kind: type[F], noun: Kind, fact_id: str) -> Row[F] | None:
        """The event or statement with this id, in whatever version of an article it stands."""
        with sqlite_errors(self.path):
            row = self.connection.execute(
                f"SELECT {_PLAIN.get(noun, _SHORT_PLAIN)}, {_ORIGIN} FROM {noun}s f {_TEXTS.get(noun, '')}"
                "JOIN articles a ON a.key = f.article WHERE f.id = ?",
                (fact_id,),
            ).fetchone()
        return None if row is None else Row(as_fact(kind, row[0]), as_origin(row[2:]), row[1])

    def ids(self, beginning: str, most: int = 6) -> list[tuple[Kind, str]]:
        """Articles, events and statements whose id begins so: at most `most`, with their kinds."""
        found: list[tuple[Kind, str]] = []
        kinds: tuple[Kind, ...] = ("article", "event", "statement")
        with sqlite_errors(self.path):
            for kind in kinds:
                rows = self.connection.execute(
                    f"SELECT id FROM {kind}s WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
                    (beginning, beginning + "\U0010ffff", most),
                )
                found += [(kind, row[0]) for row in rows]
        return found[:most]

    def versions(self, article_id: str) -> list[Origin]:
        """All versions of an article, the oldest first."""
        sql = (
            f"SELECT {_ORIGIN} FROM articles a WHERE a.lineage = (SELECT lineage FROM articles WHERE id = ?) "
            "ORDER BY a.published, a.key"
        )
        with sqlite_errors(self.path):
            return [as_origin(row) for row in self.connection.execute(sql, (article_id,))]

    def _facts_of(self, kind: type[R], table: str, article: int) -> tuple[R, ...]:
        rows = self.connection.execute(f"SELECT plain FROM {table} WHERE article = ? ORDER BY n", (article,))
        return tuple(as_fact(kind, row[0]) for row in rows)

    def _chosen(self, noun: Kind, asked: Filter, as_of: date | None) -> Sql:
        """The keys of a question, chosen and sorted first: sorting whole rows would move all their text about."""
        wanted = condition(asked, noun, as_of)
        # The limit is there even without one: it keeps SQLite from undoing the order of the keys.
        limit = -1 if wanted.limit is None else wanted.limit
        text = f"SELECT {wanted.key} AS key FROM {wanted.source.text} ORDER BY {wanted.order} LIMIT {limit}"
        return Sql(text, wanted.source.parameters)

    def _rows(self, columns: str, noun: Kind, chosen: Sql) -> Iterator[Any]:
        """Rows of the chosen keys; CROSS JOIN keeps their order."""
        joined = {
            "article": "articles a ON a.key = k.key",
            "problem": "problems f ON f.key = k.key LEFT JOIN articles a ON a.key = f.article",
        }.get(noun, f"{noun}s f ON f.key = k.key {_TEXTS.get(noun, '')}CROSS JOIN articles a ON a.key = f.article")
        return self.fetched(f"SELECT {columns} FROM ({chosen.text}) k CROSS JOIN {joined}", chosen.parameters)

    def fetched(self, sql: str, parameters: tuple[Any, ...]) -> Iterator[Any]:
        """The rows of a question in SQL, as they are asked for."""
        with sqlite_errors(self.path):
            cursor = self.connection.cursor()
        try:
            with sqlite_errors(self.path):
                cursor.execute(sql, parameters)
            while True:
                with sqlite_errors(self.path):
                    rows = cursor.fetchmany(_FETCHED)
                if not rows:
                    return
                yield from rows
        finally:
            # A record that was closed meanwhile has closed its cursors.
            with suppress(sqlite3.ProgrammingError):
                cursor.close()


def as_fact(kind: type[R], plain: str) -> R:
    """A fact from its stored JSON, by the quick way if it can be gone."""
    try:
        # The key is renamed in the text: inside a JSON string no quotation mark stands without a backslash.
        fact: R = _decoder(cast(Any, kind)).decode(plain.replace('"from":', '"from_":'))
        return fact
    except msgspec.DecodeError:
        return _fact_of_odd_text(kind, plain)


def _fact_of_odd_text(kind: type[R], plain: str) -> R:
    """The same with lone surrogates, which msgspec refuses to read from JSON."""
    try:
        return from_plain(kind, json.loads(plain))
    except (msgspec.MsgspecError, ValueError) as error:
        raise StoreError(
            f"a stored {kind.__name__.lower()} has a form this Dateline does not know ({error})"
        ) from error


@cache
def _decoder(kind: type[Any]) -> msgspec.json.Decoder[Any]:
    resolve_annotations()
    return msgspec.json.Decoder(kind)


def _article(plain: str, text: str) -> Article:
    """The article; `plain` has a text of its own where UTF-8 could not hold it."""
    try:
        data = msgspec.json.decode(plain)
    except msgspec.DecodeError:
        data = json.loads(plain)
    return from_plain(Article, {"text": text, **data})


def as_origin(row: Any) -> Origin:
    """The origin of a fact from its columns."""
    article_id, ref, published, title, source, url, newest = row
    return Origin(article_id, ref, date.fromisoformat(published), title, source, url, bool(newest))
