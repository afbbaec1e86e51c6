"""What the merge reads from a record and writes into it. All of it is derived from the reports, but a person's word."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Literal, Self

from dateline.errors import UsageError
from dateline.records.claims import Event
from dateline.store.database import open_for_writing, sqlite_errors, transaction
from dateline.store.read import as_fact
from dateline.store.schema_merge import DERIVED

_MANY: Final = 400


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as the merge reads it."""

    key: int
    id: str
    published: date
    title: str | None
    text: str


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event with its sentence; first and last day as the record has them."""

    key: int
    event: Event
    first: date
    last: date
    sentence: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word: `a` and `b` are (join) or are not (split) one event; a split without `b` stands alone."""

    kind: Literal["join", "split"]
    a: str
    b: str | None
    who: str
    why: str
    decided_at: str


class Merging:
    """One record opened for merging. Use it in a `with` statement.

    Raises (all methods):
        StoreError: the record cannot be read or written.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._connection = open_for_writing(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def transaction(self) -> AbstractContextManager[None]:
        """All that is written inside is kept together, or nothing of it."""
        return transaction(self._connection)

    def clear(self) -> None:
        """Forget what was derived; decisions stay."""
        for table in DERIVED:
            self._write(f"DELETE FROM {table}")

    def unmerged(self) -> list[int]:
        """Keys of articles that the merge has not seen, or whose events were read again since, the oldest first."""
        sql = (
            "SELECT key FROM articles WHERE key NOT IN (SELECT article FROM article_vectors) "
            "OR key IN (SELECT article FROM events WHERE key NOT IN (SELECT event FROM event_clusters) "
            "AND article NOT IN (SELECT article FROM merge_pending)) ORDER BY published, id"
        )
        return [row[0] for row in self._rows(sql)]

    def forget(self, article: int) -> None:
        """Forget what was derived from an article whose events were read again; its neighbours become pending."""
        if not self._rows("SELECT 1 FROM article_vectors WHERE article = ?", (article,)):
            return
        self._write(
            "INSERT OR IGNORE INTO merge_pending SELECT a FROM article_links WHERE b = ?1 "
            "UNION SELECT b FROM article_links WHERE a = ?1",
            (article,),
        )
        for table in ("article_vectors", "article_terms", "article_bands"):
            self._write(f"DELETE FROM {table} WHERE article = ?", (article,))
        self._write("DELETE FROM article_links WHERE a = ?1 OR b = ?1", (article,))

    def article(self, key: int) -> StoredArticle:
        """An article with its text."""
        sql = "SELECT a.id, a.published, t.title, t.text FROM articles a JOIN article_texts t USING (key) WHERE key = ?"
        article_id, published, title, text = self._rows(sql, (key,))[0]
        return StoredArticle(key, article_id, date.fromisoformat(published), title, text)

    def events(self, article: int) -> Iterator[StoredEvent]:
        """The events of an article in their order."""
        sql = (
            "SELECT key, plain, day_from, day_to, sentence FROM events JOIN event_texts USING (key) "
            "WHERE article = ? ORDER BY n"
        )
        for key, plain, first, last, sentence in self._rows(sql, (article,)):
            event: Event = as_fact(Event, plain)
            yield StoredEvent(key, event, date.fromisoformat(first), date.fromisoformat(last), sentence)

    def event_figures(self, article: int) -> list[tuple[str, str, float | None, float | None]]:
        """Figures that size an event of an article: event id, kind, low, high."""
        sql = "SELECT event, kind, low, high FROM figures WHERE article = ? AND event IS NOT NULL AND kind IS NOT NULL"
        return self._rows(sql, (article,))

    def day_of(self, article: int) -> tuple[str, date]:
        """Id and day of publication of an article."""
        article_id, published = self._rows("SELECT id, published FROM articles WHERE key = ?", (article,))[0]
        return article_id, date.fromisoformat(published)

    def vector(self, article: int) -> tuple[bytes, bytes]:
        """Vector and signature of an article that the merge has seen."""
        vector, signature = self._rows("SELECT vector, signature FROM article_vectors WHERE article = ?", (article,))[0]
        return vector, signature

    def add_article(
        self,
        article: int,
        day: date,
        vector: bytes,
        signature: bytes,
        terms: Iterable[tuple[int, float]],
        bands: Iterable[int],
    ) -> None:
        """Store what an article is compared by, and note that it waits for its story."""
        self._write("INSERT INTO article_vectors VALUES (?, ?, ?)", (article, vector, signature))
        rows = [(term, day.isoformat(), article, weight) for term, weight in terms]
        self._many("INSERT INTO article_terms VALUES (?, ?, ?, ?)", rows)
        self._many("INSERT OR IGNORE INTO article_bands VALUES (?, ?)", [(band, article) for band in bands])
        self._write("INSERT OR IGNORE INTO merge_pending VALUES (?)", (article,))

    def tellers(self, terms: Iterable[tuple[int, float]], first: date, last: date, least: float) -> list[int]:
        """Articles of a range of days whose heavy words make them at least so much alike with these."""
        sql = (
            "SELECT t.article FROM json_each(?) w CROSS JOIN article_terms t "
            "ON t.term = CAST(w.key AS INTEGER) AND t.day BETWEEN ? AND ? "
            "GROUP BY t.article HAVING round(sum(t.weight * w.value), 9) >= ?"
        )
        wanted = json.dumps({str(term): weight for term, weight in terms})
        return [row[0] for row in self._rows(sql, (wanted, first.isoformat(), last.isoformat(), least))]

    def copies(self, bands: Sequence[int]) -> set[int]:
        """Articles that share a band of the signature."""
        marks = ",".join("?" * len(bands))
        return {row[0] for row in self._rows(f"SELECT article FROM article_bands WHERE band IN ({marks})", bands)}

    def link_articles(self, rows: Iterable[tuple[int, int, float, float]]) -> None:
        """Store links of articles: keys, likeness, shared part."""
        self._many("INSERT OR REPLACE INTO article_links VALUES (?, ?, ?, ?)", [(*sorted(r[:2]), *r[2:]) for r in rows])

    def add_keys(self, rows: Iterable[tuple[int, int]]) -> None:
        """Store merge keys of events."""
        self._many("INSERT OR IGNORE INTO event_keys VALUES (?, ?)", rows)

    def sharing_keys(self, event: int) -> list[tuple[int, int]]:
        """Events (with their articles) that share a merge key with an event."""
        sql = (
            "SELECT DISTINCT e.key, e.article FROM event_keys k JOIN event_keys o USING (merge_key) "
            "JOIN events e ON e.key = o.event WHERE k.event = ? AND o.event <> k.event"
        )
        return self._rows(sql, (event,))

    def link_events(self, rows: Iterable[tuple[int, int, float, bool, str]]) -> None:
        """Store links of events: keys, score, whether it holds across stories, reasons as JSON."""
        self._many(
            "INSERT OR REPLACE INTO event_links VALUES (?, ?, ?, ?, ?)", [(*sorted(r[:2]), *r[2:]) for r in rows]
        )

    def pending(self) -> list[int]:
        """Articles that wait for their story and clusters."""
        return [row[0] for row in self._rows("SELECT article FROM merge_pending ORDER BY article")]

    def done(self) -> None:
        """Nothing waits any more."""
        self._write("DELETE FROM merge_pending")

    def article_links(self, articles: Iterable[int]) -> list[tuple[int, int, float, float]]:
        """All links of some articles: keys, likeness, shared part."""
        sql = (
            "SELECT a, b, likeness, copied FROM article_links WHERE a IN ({0}) "
            "UNION SELECT a, b, likeness, copied FROM article_links WHERE b IN ({0})"
        )
        return [row for part in _parts(articles) for row in self._rows(sql.format(_listed(part)))]

    def stories_of(self, articles: Iterable[int]) -> dict[int, tuple[str, str | None, date]]:
        """Id, story (None before its first grouping) and day of articles."""
        sql = (
            "SELECT a.key, a.id, s.story, a.published FROM articles a LEFT JOIN article_stories s ON s.article = a.key "
            "WHERE a.key IN ({0})"
        )
        return {
            key: (article_id, story, date.fromisoformat(day))
            for part in _parts(articles)
            for key, article_id, story, day in self._rows(sql.format(_listed(part)))
        }

    def set_stories(self, rows: Iterable[tuple[int, str]]) -> None:
        """Store the stories of articles."""
        self._many("INSERT OR REPLACE INTO article_stories VALUES (?, ?)", rows)

    def set_families(self, rows: Iterable[tuple[int, str]]) -> None:
        """Store the families of articles."""
        self._many("INSERT OR REPLACE INTO article_families VALUES (?, ?)", rows)

    def event_keys_of(self, articles: Iterable[int]) -> list[int]:
        """Keys of the events of articles."""
        sql = "SELECT key FROM events WHERE article IN ({0})"
        return [row[0] for part in _parts(articles) for row in self._rows(sql.format(_listed(part)))]

    def event_links(self, events: Iterable[int]) -> list[tuple[int, int, float, int, int, int]]:
        """All links of some events: keys, score, whether it holds across stories, the two articles."""
        sql = (
            "SELECT l.a, l.b, l.score, l.keyed, x.article, y.article FROM event_links l "
            "JOIN events x ON x.key = l.a JOIN events y ON y.key = l.b WHERE l.{1} IN ({0})"
        )
        return [row for part in _parts(events) for end in "ab" for row in self._rows(sql.format(_listed(part), end))]

    def event_ids(self, events: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Id and day of publication of events."""
        sql = "SELECT e.key, e.id, a.published FROM events e JOIN articles a ON a.key = e.article WHERE e.key IN ({0})"
        return {
            key: (event_id, day)
            for part in _parts(events)
            for key, event_id, day in self._rows(sql.format(_listed(part)))
        }

    def keys_of(self, event_ids: Iterable[str]) -> dict[str, int]:
        """Keys of events by id; those that are not there are left out."""
        found: dict[str, int] = {}
        for event_id in sorted(event_ids):
            found.update((event_id, row[0]) for row in self._rows("SELECT key FROM events WHERE id = ?", (event_id,)))
        return found

    def mates(self, events: Iterable[int]) -> list[int]:
        """Events that are in one cluster with some events now."""
        sql = (
            "SELECT o.event FROM event_clusters c JOIN event_clusters o ON o.cluster = c.cluster WHERE c.event IN ({0})"
        )
        return [row[0] for part in _parts(events) for row in self._rows(sql.format(_listed(part)))]

    def orphans(self) -> list[int]:
        """Events whose cluster is named by an event that is no longer there."""
        return [
            row[0]
            for row in self._rows("SELECT event FROM event_clusters WHERE cluster NOT IN (SELECT id FROM events)")
        ]

    def set_clusters(self, rows: Iterable[tuple[int, str]]) -> None:
        """Store the clusters of events."""
        self._many("INSERT OR REPLACE INTO event_clusters VALUES (?, ?)", rows)

    def decisions(self) -> list[Decision]:
        """What persons decided, the oldest first; of two on one pair the later wins."""
        rows = self._rows("SELECT kind, event_a, event_b, who, why, decided_at FROM merge_decisions ORDER BY key")
        return [Decision(*row) for row in rows]

    def decide(self, kind: Literal["join", "split"], a: str, b: str | None, who: str, why: str) -> None:
        """Store a person's word about events."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._write(
            "INSERT INTO merge_decisions(kind, event_a, event_b, who, why, decided_at) VALUES (?, ?, ?, ?, ?, ?)",
            (kind, a, b, who, why, now),
        )

    def event_named(self, beginning: str) -> tuple[int, str]:
        """Key and id of the one event whose id begins so.

        Raises:
            UsageError: none has, or several have.
        """
        rows = self._rows(
            "SELECT key, id FROM events WHERE id >= ? AND id < ? ORDER BY id LIMIT 3",
            (beginning, beginning + "\U0010ffff"),
        )
        if len(rows) != 1 and not (rows and rows[0][1] == beginning):
            what = "several events have ids that begin" if rows else "no event has an id that begins"
            raise UsageError(f"{self.path}: {what} with {beginning!r}; `dateline events {self.path}` lists ids")
        key, event_id = rows[0]
        return key, event_id

    def _rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        with sqlite_errors(self.path):
            return self._connection.execute(sql, parameters).fetchall()

    def _write(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        with sqlite_errors(self.path):
            self._connection.execute(sql, parameters)

    def _many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        with sqlite_errors(self.path):
            self._connection.executemany(sql, rows)


def _parts(keys: Iterable[int]) -> Iterator[list[int]]:
    listed = sorted(set(keys))
    for begin in range(0, len(listed), _MANY):
        yield listed[begin : begin + _MANY]


def _listed(keys: Iterable[int]) -> str:
    """Keys as SQL text; they are integers of ours."""
    return ",".join(str(int(key)) for key in keys)
