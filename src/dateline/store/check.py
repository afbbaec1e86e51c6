"""Checking a record: whether the file is sound, and whether every fact still cuts its words out of its article."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from dateline.store.database import sqlite_errors

_TABLES: Final = ("times", "places", "actors", "events", "statements", "figures")
_TEXTS: Final = {"events": "JOIN event_texts t USING (key)", "statements": "JOIN statement_texts t USING (key)"}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a record that should not be; `where` names the article, or the record itself."""

    where: str
    message: str


def faults(connection: sqlite3.Connection, path: Path) -> Iterator[Fault]:
    """All faults of a record: the file's pages and references, the articles' hashes, and the spans of their facts.

    Raises:
        StoreError: the record is too damaged to be read through.
    """
    with sqlite_errors(path):
        for (message,) in connection.execute("PRAGMA integrity_check"):
            if message != "ok":
                yield Fault(str(path), f"the file is damaged: {message}")
        for table, key, parent, _ in connection.execute("PRAGMA foreign_key_check"):
            yield Fault(str(path), f"row {key} of {table} points to a row of {parent} that is not there")
    articles = connection.cursor()
    with sqlite_errors(path):
        articles.execute(
            "SELECT a.key, a.id, a.ref, a.text_sha256, t.plain, t.text FROM articles a "
            "LEFT JOIN article_texts t ON t.key = a.key ORDER BY a.key"
        )
    while True:
        with sqlite_errors(path):
            row = articles.fetchone()
        if row is None:
            return
        key, article_id, ref, sha256, plain, stored = row
        where = f"article {article_id} ({ref})"
        if stored is None:
            yield Fault(where, "its text is not there")
            continue
        text = str(_decoded(plain).get("text", stored))
        if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != sha256:
            yield Fault(where, "its text is not the text that was read: the hash differs")
        with sqlite_errors(path):
            yield from _span_faults(connection, key, where, text)


def _span_faults(connection: sqlite3.Connection, article: int, where: str, text: str) -> Iterator[Fault]:
    for table in _TABLES:
        sql = f"SELECT plain FROM {table} {_TEXTS.get(table, '')} WHERE article = ? ORDER BY n"
        for n, (plain,) in enumerate(connection.execute(sql, (article,))):
            for start, end, words in _spans(_decoded(plain)):
                if text[start:end] != words:
                    yield Fault(where, f"number {n + 1} of its {table}: {words!r} does not stand at {start}-{end}")


def _spans(fact: Any) -> Iterator[tuple[int, int, str]]:
    """All spans inside a fact that say which words they cut out."""
    if isinstance(fact, dict):
        if {"start", "end", "text"} <= fact.keys():
            yield fact["start"], fact["end"], fact["text"]
        for value in fact.values():
            yield from _spans(value)
    elif isinstance(fact, list):
        for value in fact:
            yield from _spans(value)


def _decoded(plain: str) -> Any:
    try:
        return msgspec.json.decode(plain)
    except msgspec.DecodeError:
        return json.loads(plain)
