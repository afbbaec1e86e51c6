"""Adding readings to a record: one transaction for each article, the same article only once, changes as versions."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Literal, Self, TypeVar

from dateline.errors import StoreError
from dateline.records.claims import Event, Figure, Statement
from dateline.records.mentions import Actor, Participant
from dateline.records.problem import Problem
from dateline.records.reading import Reading
from dateline.records.text import Article
from dateline.store import columns
from dateline.store.codes import storable_reading
from dateline.store.database import open_for_writing, sqlite_errors, transaction
from dateline.store.words import storable, words_key

Added = Literal["added", "known", "version"]
F = TypeVar("F", Event, Statement)

# A place in a file, or no place at all, may hold another article tomorrow; a whole file or a record id may not.
_LOOSE_REF = re.compile(r"(?:.*[#:]\d+|-|<?stdin>?|text)", re.DOTALL | re.IGNORECASE)
_ALIKE: Final = 0.5
_VERSIONS_LOOKED_AT: Final = 20


def open_writer(
    path: Path | str, *, options: Mapping[str, Any] | None = None, versions: Mapping[str, str] | None = None
) -> Writer:
    """Open a record for adding, made if absent. Use it in a `with` statement.

    Args:
        options, versions: kept with the articles of this run (how they were read, and by what).

    Raises:
        StoreError: the file cannot be opened or is no record.
    """
    return Writer(Path(path), dict(options or {}), dict(versions or {}))


class Writer:
    """Adds readings to one record; several processes may each hold one."""

    def __init__(self, path: Path, options: dict[str, Any], versions: dict[str, str]) -> None:
        self.path = path
        self._run: int | None = None
        self._about_run = (columns.as_json(options), columns.as_json(versions))
        self._connection = open_for_writing(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
        else:
            self._connection.close()

    def close(self) -> None:
        """Close the file; what was added is stored already."""
        try:
            if self._run is not None:
                # What SQLite then knows about the tables lets it answer in the quickest way. A convenience only: where
                # another process writes or the disk is full, the next writer will see to it.
                with suppress(sqlite3.OperationalError):
                    self._connection.execute("PRAGMA analysis_limit = 1000")
                    self._connection.execute("PRAGMA optimize")
        finally:
            self._connection.close()

    def known(self, article_id: str) -> bool:
        """Whether the record holds this very article."""
        with sqlite_errors(self.path):
            row = self._connection.execute("SELECT 1 FROM articles WHERE id = ?", (article_id,)).fetchone()
        return row is not None

    def add(self, reading: Reading) -> Added:
        """Store a reading unless the record holds this very article.

        Returns:
            "known" if nothing was done, "version" if it is another version of an article in the record, else "added".

        Raises:
            StoreError: the disk is full or failing, or the reading contradicts itself.
        """
        try:
            return self._add(reading)
        except UnicodeEncodeError:
            # Our own codes are plain letters; only a reading made elsewhere comes here.
            return self._add(storable_reading(reading))

    def _add(self, reading: Reading) -> Added:
        with sqlite_errors(self.path), transaction(self._connection):
            if self._key_of(reading.article.id) is not None:
                return "known"
            return self._insert(reading)

    def replace(self, reading: Reading) -> Added:
        """Store a reading in place of what the record holds of this very article (read again by a newer Dateline)."""
        try:
            return self._replace(reading)
        except UnicodeEncodeError:
            return self._replace(storable_reading(reading))

    def _replace(self, reading: Reading) -> Added:
        with sqlite_errors(self.path), transaction(self._connection):
            key = self._key_of(reading.article.id)
            if key is None:
                return self._insert(reading)
            for table in ("times", "places", "actors", "events", "statements", "figures", "problems"):
                self._connection.execute(f"DELETE FROM {table} WHERE article = ?", (key,))
            self._connection.execute(
                "UPDATE articles SET run = ?, read_at = ? WHERE key = ?", (self._this_run(), _now(), key)
            )
            self._connection.execute(
                "UPDATE article_texts SET plain = ? WHERE key = ?", (columns.article_plain(reading.article), key)
            )
            self._insert_facts(key, reading)
            return "known"

    def problem(self, ref: str, problem: Problem) -> None:
        """Store why no article could be read from `ref`; the same problem is kept once, and until `ref` is read."""
        with sqlite_errors(self.path), transaction(self._connection):
            self._connection.execute(
                "INSERT OR IGNORE INTO problems(article, ref, stage, code, message, start, end, noted_at) "
                "VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)",
                _problem_row(ref, problem),
            )

    def _key_of(self, article_id: str) -> int | None:
        row = self._connection.execute("SELECT key FROM articles WHERE id = ?", (article_id,)).fetchone()
        return None if row is None else int(row[0])

    def _this_run(self) -> int:
        """The row of this run, written with its first article."""
        if self._run is None:
            cursor = self._connection.execute(
                "INSERT INTO runs(started, options, versions) VALUES (?, ?, ?)", (_now(), *self._about_run)
            )
            self._run = cursor.lastrowid
        if self._run is None:
            raise StoreError(f"{self.path}: the run could not be stored")
        return self._run

    def _insert(self, reading: Reading) -> Added:
        run_before = self._run
        try:
            article = reading.article
            lineage = self._lineage_of(article)
            key = self._insert_article(article, lineage)
            if lineage is not None:
                self._put_in_line(key, lineage, article.published.isoformat())
            self._insert_facts(key, reading)
            self._connection.execute("DELETE FROM problems WHERE article IS NULL AND ref = ?", (storable(article.ref),))
        except BaseException:
            self._run = run_before
            raise
        return "added" if lineage is None else "version"

    def _insert_article(self, article: Article, lineage: int | None) -> int:
        place = article.place
        (key,) = self._connection.execute("SELECT coalesce(max(key), 0) + 1 FROM articles").fetchone()
        self._connection.execute(
            "INSERT INTO articles(key, id, ref, url, source, title, byline, published, published_basis, place_name, "
            "place_country, language, characters, text_sha256, lineage, run, read_at) "
            f"VALUES ({_marks(17)})",
            (
                key,
                article.id,
                storable(article.ref),
                *(None if text is None else storable(text) for text in (article.url, article.source)),
                *(None if text is None else storable(text) for text in (article.title, article.byline)),
                article.published.isoformat(),
                article.published_basis,
                storable(place.name) if place else None,
                place.country if place else None,
                article.language,
                len(article.text),
                article.text_sha256,
                key if lineage is None else lineage,
                self._this_run(),
                _now(),
            ),
        )
        self._connection.execute(
            "INSERT INTO article_texts(key, title, text, plain) VALUES (?,?,?,?)",
            (key, _storable(article.title), storable(article.text), columns.article_plain(article)),
        )
        return int(key)

    def _lineage_of(self, article: Article) -> int | None:
        """The line of versions that an article belongs to, None if it is the first of its own."""
        found = self._connection.execute(
            "SELECT lineage, key FROM articles WHERE superseded_by IS NULL AND ref = ? ORDER BY key DESC LIMIT ?",
            (storable(article.ref), _VERSIONS_LOOKED_AT),
        ).fetchall()
        if found and not _LOOSE_REF.fullmatch(article.ref):
            return int(found[0][0])
        if article.url is not None:
            found += self._connection.execute(
                "SELECT lineage, key FROM articles WHERE superseded_by IS NULL AND url = ? AND source IS ? "
                "ORDER BY key DESC LIMIT ?",
                (storable(article.url), _storable(article.source), _VERSIONS_LOOKED_AT),
            ).fetchall()
        for lineage, key in found:
            title, text = self._connection.execute(
                "SELECT title, text FROM article_texts WHERE key = ?", (key,)
            ).fetchone()
            if _is_version(article, title, text):
                return int(lineage)
        return None

    def _put_in_line(self, key: int, lineage: int, published: str) -> None:
        """Let a new version stand between its neighbours by day of publication, then by order of reading."""
        versions = "SELECT key FROM articles WHERE lineage = ? AND (published, key)"
        place = (lineage, published, key)
        before = self._connection.execute(
            f"{versions} < (?, ?) ORDER BY published DESC, key DESC LIMIT 1", place
        ).fetchone()
        after = self._connection.execute(f"{versions} > (?, ?) ORDER BY published, key LIMIT 1", place).fetchone()
        change = "UPDATE articles SET superseded_by = ? WHERE key = ?"
        if before is not None:
            self._connection.execute(change, (key, before[0]))
        if after is not None:
            self._connection.execute(change, (after[0], key))

    def _insert_facts(self, key: int, reading: Reading) -> None:
        article = reading.article
        reading, doubled = self._without_doubles(reading)
        self._many("times", columns.TIME_COLUMNS, (columns.time_row(key, n, x) for n, x in enumerate(reading.times)))
        self._many(
            "places", columns.PLACE_COLUMNS, (columns.place_row(key, n, x) for n, x in enumerate(reading.places))
        )
        self._insert_actors(key, reading.actors)
        self._insert_events(article, key, reading.events)
        self._insert_statements(article, key, reading.statements)
        self._insert_figures(article, key, reading.figures)
        self._connection.executemany(
            "INSERT INTO problems(article, ref, stage, code, message, start, end, noted_at) VALUES (?,?,?,?,?,?,?,?)",
            [(key, *_problem_row(article.ref, problem)) for problem in (*reading.problems, *doubled)],
        )

    def _without_doubles(self, reading: Reading) -> tuple[Reading, list[Problem]]:
        """The reading without facts whose id is taken (a fault of whoever made it), and a problem for each of them."""
        doubled: list[Problem] = []
        events = tuple(self._first_of_each("events", "event", reading.events, doubled))
        statements = tuple(self._first_of_each("statements", "statement", reading.statements, doubled))
        named: dict[str, Actor] = {}
        for actor in reading.actors:
            named.setdefault(actor.id, actor)
        actors = tuple(named.values())
        if len(actors) < len(reading.actors):
            doubled.append(Problem("store", "id-taken", "two actors of this article have one id; the first was stored"))
        return replace(reading, actors=actors, events=events, statements=statements), doubled

    def _first_of_each(self, table: str, noun: str, facts: tuple[F, ...], doubled: list[Problem]) -> Iterator[F]:
        seen: set[str] = set()
        for fact in facts:
            taken = self._connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", (fact.id,)).fetchone()
            if taken is None and fact.id not in seen:
                yield fact
            else:
                message = f"another {noun} has the id {fact.id} already; this one was not stored"
                doubled.append(Problem("store", "id-taken", message))
            seen.add(fact.id)

    def _insert_actors(self, article: int, actors: tuple[Actor, ...]) -> None:
        first = self._next_key("actors")
        rows = [(first + n, *columns.actor_row(article, n, item)) for n, item in enumerate(actors)]
        self._keyed("actors", columns.ACTOR_COLUMNS, rows)
        self._connection.executemany(
            "INSERT INTO actor_mentions(actor, n, start, end, text, how) VALUES (?,?,?,?,?,?)",
            [
                (first + n, m, mention.start, mention.end, storable(mention.text), mention.how)
                for n, item in enumerate(actors)
                for m, mention in enumerate(item.mentions)
            ],
        )

    def _insert_events(self, article: Article, key: int, events: tuple[Event, ...]) -> None:
        first = self._next_key("events")
        rows = [(first + n, *columns.event_row(article, key, n, item)) for n, item in enumerate(events)]
        self._keyed("events", columns.EVENT_COLUMNS, rows)
        self._connection.executemany(
            "INSERT INTO event_texts(key, sentence, plain) VALUES (?,?,?)",
            [(first + n, *columns.event_texts(article, item)) for n, item in enumerate(events)],
        )
        for n, item in enumerate(events):
            self._insert_participants("event", first + n, {"source": item.source, "target": item.target})

    def _insert_statements(self, article: Article, key: int, statements: tuple[Statement, ...]) -> None:
        first = self._next_key("statements")
        rows = [(first + n, *columns.statement_row(article, key, n, item)) for n, item in enumerate(statements)]
        self._keyed("statements", columns.STATEMENT_COLUMNS, rows)
        self._connection.executemany(
            "INSERT INTO statement_texts(key, content, plain) VALUES (?,?,?)",
            [(first + n, *columns.statement_texts(item)) for n, item in enumerate(statements)],
        )
        for n, item in enumerate(statements):
            sides = {"speaker": item.speaker, "addressee": item.addressee, "carrier": item.carrier}
            self._insert_participants("statement", first + n, {side: (who,) for side, who in sides.items() if who})
            self._connection.executemany(
                "INSERT INTO statement_pieces(statement, n, start, end) VALUES (?,?,?,?)",
                [(first + n, m, piece.start, piece.end) for m, piece in enumerate(item.pieces)],
            )
            self._connection.executemany(
                "INSERT OR IGNORE INTO statement_events(statement, event) VALUES (?,?)",
                [(first + n, event) for event in item.events],
            )

    def _insert_figures(self, article: Article, key: int, figures: tuple[Figure, ...]) -> None:
        first = self._next_key("figures")
        rows = [(first + n, *columns.figure_row(article, key, n, item)) for n, item in enumerate(figures)]
        self._keyed("figures", columns.FIGURE_COLUMNS, rows)
        for n, item in enumerate(figures):
            sides = {"holder": item.holder, "claimant": item.claimed_by}
            self._insert_participants("figure", first + n, {side: (who,) for side, who in sides.items() if who})

    def _insert_participants(self, fact: str, key: int, sides: Mapping[str, tuple[Participant, ...]]) -> None:
        rows = [
            (key, self._name(who.name), *columns.participant_row(side, n, who))
            for side, those in sides.items()
            for n, who in enumerate(those)
        ]
        if rows:
            self._connection.executemany(
                f"INSERT INTO {fact}_participants({fact}, name, {columns.PARTICIPANT_COLUMNS}) VALUES ({_marks(9)})",
                rows,
            )

    def _name(self, name: str) -> int:
        """The key of a participant's name, stored when it is new."""
        known = storable(name)
        row = self._connection.execute("SELECT key FROM names WHERE name = ?", (known,)).fetchone()
        if row is not None:
            return int(row[0])
        cursor = self._connection.execute("INSERT INTO names(name, words) VALUES (?, ?)", (known, words_key(known)))
        return int(cursor.lastrowid or 0)

    def _many(self, table: str, names: tuple[str, int], rows: Iterable[columns.Row]) -> None:
        self._connection.executemany(f"INSERT INTO {table}({names[0]}) VALUES ({_marks(names[1])})", rows)

    def _keyed(self, table: str, names: tuple[str, int], rows: list[columns.Row]) -> None:
        if rows:
            self._connection.executemany(f"INSERT INTO {table}(key, {names[0]}) VALUES ({_marks(names[1] + 1)})", rows)

    def _next_key(self, table: str) -> int:
        """The key of the next row; safe because a transaction holds the only write lock."""
        return int(self._connection.execute(f"SELECT coalesce(max(key), 0) + 1 FROM {table}").fetchone()[0])


def _is_version(article: Article, title: str | None, text: str) -> bool:
    """Whether two texts at one place are versions of one article: the same headline, or half of their words shared."""
    if title is not None and words_key(article.title) == words_key(title):
        return True
    ours, theirs = set(words_key(article.text).split()), set(words_key(text).split())
    return len(ours & theirs) >= _ALIKE * len(ours | theirs)


def _problem_row(ref: str, problem: Problem) -> columns.Row:
    message = storable(problem.message)
    return (storable(ref), problem.stage, problem.code, message, problem.start, problem.end, _now())


def _storable(text: str | None) -> str | None:
    return None if text is None else storable(text)


def _marks(count: int) -> str:
    return ",".join("?" * count)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
