"""Where a record comes from: the runs that read it, the hashes of its articles, and one digest of all its facts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from dateline.store.database import sqlite_errors
from dateline.store.read import Asking

_KINDS: Final = ("times", "places", "actors", "events", "statements", "figures")
# Long facts stand in tables of their own.
_TEXTS: Final = {
    "events": "JOIN event_texts t ON t.key = f.key",
    "statements": "JOIN statement_texts t ON t.key = f.key",
}


@dataclass(frozen=True, slots=True)
class Run:
    """How some articles were read: the options that change what is found, and the versions of what found it."""

    articles: int
    options: dict[str, Any]
    versions: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """An article by its hashes."""

    id: str
    ref: str
    published: date
    title: str | None
    source: str | None
    url: str | None
    text_sha256: str


def runs(asking: Asking) -> list[Run]:
    """The ways in which articles were read, equal ones together, in the order of their options and versions."""
    sql = (
        "SELECT r.options, r.versions, count(*) FROM articles a JOIN runs r ON r.key = a.run "
        "GROUP BY r.options, r.versions ORDER BY r.options, r.versions"
    )
    with sqlite_errors(asking.path):
        rows = asking.connection.execute(sql).fetchall()
    return [Run(count, json.loads(options), json.loads(versions)) for options, versions, count in rows]


def known_articles(asking: Asking) -> Iterator[Known]:
    """All articles, older versions too, in the order of their ids."""
    sql = "SELECT id, ref, published, title, source, url, text_sha256 FROM articles ORDER BY id"
    for article_id, ref, published, *told in asking.fetched(sql, ()):
        yield Known(article_id, ref, date.fromisoformat(published), *told)


def facts_digest(asking: Asking) -> str:
    """SHA-256 over all facts, article by article in the order of their ids: equal for equal records, however made."""
    digest = hashlib.sha256()
    for kind in _KINDS:
        digest.update(f"{kind}\n".encode())
        sql = (
            f"SELECT a.id, plain FROM articles a CROSS JOIN {kind} f ON f.article = a.key {_TEXTS.get(kind, '')} "
            "ORDER BY a.id, f.n"
        )
        for article_id, plain in asking.fetched(sql, ()):
            digest.update(article_id.encode() + b"\x1f" + plain.encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()


def schema_version(asking: Asking) -> int:
    """The version of the record's tables."""
    with sqlite_errors(asking.path):
        return int(asking.connection.execute("PRAGMA user_version").fetchone()[0])
