"""One actor across articles: forms of names are grouped as articles come in, roles are kept with their days.

The groups depend on what the record holds, not on the order in which it was read.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import msgspec

from dateline.resolve.same_actor import Form, block_of, grouped, is_full_name, name_key, side_of
from dateline.store.database import open_for_writing, sqlite_errors, transaction
from dateline.store.read import Asking
from dateline.store.words import storable, words_key

_FETCHED: Final = 2000
_BODIES: Final = {"organisation": "body", "group": "body"}


@dataclass(frozen=True, slots=True)
class RoleSeen:
    """A role in which articles show someone, with the first and the last article that do.

    Attributes:
        role, organisation: as the articles have them, None where they give none.
        first, last: days of publication; articles: how many of them.
        article, text, start: the first article's id, its words for the actor in this role, and where they begin.
    """

    role: str | None
    organisation: str | None
    country: str | None
    sectors: tuple[str, ...]
    first: date
    last: date
    articles: int
    article: str
    title: str | None
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Person:
    """One actor across articles: a person, body or country.

    Attributes:
        id: of its forms' content; the same in every record that holds the same forms.
        name: the written form that most articles use; names: all of them, that one first.
        roles: in the order of the days on which they were first seen.
    """

    id: str
    name: str
    names: tuple[str, ...]
    kind: str
    country: str | None
    articles: int
    mentions: int
    first: date
    last: date
    roles: tuple[RoleSeen, ...]


def join_actors(record: Path | str) -> int:
    """Find out which actors of the record are the same, as far as it is not known yet; the number of new actor rows.

    Raises:
        StoreError: the record cannot be opened or written.
    """
    path = Path(record)
    connection = open_for_writing(path)
    try:
        with sqlite_errors(path), transaction(connection):
            blocks, count = _form_new(connection)
            blocks |= _without_actors(connection)
            for block in sorted(blocks):
                _group(connection, block)
        return count
    finally:
        connection.close()


def find_people(asking: Asking, words: str, *, as_of: date | None = None, limit: int | None = None) -> Iterator[Person]:
    """Actors one of whose names has these words, those of most articles first; all actors for no words."""
    with sqlite_errors(asking.path):
        found = _found(asking.connection, words_key(words), as_of, limit)
    for person in found:
        with sqlite_errors(asking.path):
            yield _person(asking.connection, person, as_of)


def _found(connection: sqlite3.Connection, wanted: str, as_of: date | None, limit: int | None) -> list[str]:
    """Ids of actors with these words in a name that articles published by the day have."""
    rows = connection.execute(
        "SELECT f.person, count(DISTINCT a.article) AS articles FROM actor_forms f "
        "JOIN formed_actors x ON x.form = f.key JOIN actors a ON a.key = x.actor JOIN articles r ON r.key = a.article "
        "WHERE f.person IN (SELECT person FROM actor_forms WHERE instr(words, ?) > 0) AND r.published <= ? "
        "GROUP BY f.person ORDER BY articles DESC, f.person LIMIT ?",
        (wanted, (as_of or date.max).isoformat(), -1 if limit is None else limit),
    )
    return [row[0] for row in rows]


def surname_only(asking: Asking, words: str) -> int:
    """In how many articles somebody is named by these words alone, so that it is open who is meant."""
    with sqlite_errors(asking.path):
        (count,) = asking.connection.execute(
            "SELECT count(DISTINCT a.article) FROM actors a JOIN formed_actors x ON x.actor = a.key "
            "WHERE x.form IS NULL AND a.kind = 'person' AND a.words = ?",
            (words_key(words),),
        ).fetchone()
    return int(count)


# --- forms and groups -----------------------------------------------------------------------------------------------


def _form_new(connection: sqlite3.Connection) -> tuple[set[str], int]:
    """Give every new actor row its form; the blocks that have new forms, and the number of rows."""
    rows = connection.execute(
        "SELECT a.key, a.kind, a.name, a.country, a.sectors, "
        "EXISTS (SELECT 1 FROM actor_mentions m WHERE m.actor = a.key AND m.how = 'name') "
        "FROM actors a WHERE a.key > (SELECT coalesce(max(actor), 0) FROM formed_actors) ORDER BY a.key"
    ).fetchall()
    blocks: set[str] = set()
    known: dict[Form, int] = {}
    formed: list[tuple[int, int | None]] = []
    for key, kind, name, country, sectors, named in rows:
        form = form_of(kind, name, country, tuple(sectors.split()), named=bool(named))
        if form is not None and form not in known:
            known[form], new = _key_of(connection, form, name)
            if new:
                blocks.add(block_of(form.kind, form.name))
        formed.append((key, None if form is None else known[form]))
    connection.executemany("INSERT INTO formed_actors(actor, form) VALUES (?, ?)", formed)
    # A new row of a known form may be what tells two spellings apart, because both stand in its article.
    spelled = {block_of(form.kind, form.name) for form in known if form.kind == "person"}
    return blocks | spelled, len(rows)


def form_of(kind: str, name: str, country: str | None, sectors: tuple[str, ...], *, named: bool) -> Form | None:
    """What a record knows of an actor, None where its name tells nothing outside its article.

    That is so for surnames alone and for persons who are only described ("the Kenyan president").
    """
    key = name_key(storable(name))
    if not key or (kind == "person" and not (named and is_full_name(key))):
        return None
    return Form(_BODIES.get(kind, kind), key, country or "", side_of(sectors) if kind == "person" else "")


def _key_of(connection: sqlite3.Connection, form: Form, name: str) -> tuple[int, bool]:
    """The row of a form, and whether it is new."""
    row = connection.execute(
        "SELECT key FROM actor_forms WHERE kind = ? AND name = ? AND country = ? AND side = ?",
        (form.kind, form.name, form.country, form.side),
    ).fetchone()
    if row is not None:
        return int(row[0]), False
    cursor = connection.execute(
        "INSERT INTO actor_forms(kind, name, words, country, side, block) VALUES (?, ?, ?, ?, ?, ?)",
        (form.kind, form.name, words_key(form.name), form.country, form.side, block_of(form.kind, form.name)),
    )
    return int(cursor.lastrowid or 0), True


def _without_actors(connection: sqlite3.Connection) -> set[str]:
    """Take out the forms whose last actor row was taken out; their blocks."""
    empty = "NOT EXISTS (SELECT 1 FROM formed_actors x WHERE x.form = actor_forms.key)"
    blocks = {row[0] for row in connection.execute(f"SELECT block FROM actor_forms WHERE {empty}")}
    if blocks:
        connection.execute(f"DELETE FROM actor_forms WHERE {empty}")
    return blocks


def _group(connection: sqlite3.Connection, block: str) -> None:
    """Say anew for each form of a block whom it means."""
    rows = connection.execute(
        "SELECT key, kind, name, country, side, person FROM actor_forms WHERE block = ?", (block,)
    ).fetchall()
    forms = {Form(*row[1:5]): (int(row[0]), row[5]) for row in rows}
    groups = grouped(forms)
    keys = {form: forms[form][0] for group in groups if len({form.name for form in group}) > 1 for form in group}
    apart = _told_apart(connection, keys) if keys else frozenset()
    for group in grouped(forms, apart) if apart else groups:
        person = _id(group)
        changed = [(person, forms[form][0]) for form in group if forms[form][1] != person]
        connection.executemany("UPDATE actor_forms SET person = ? WHERE key = ?", changed)


def _told_apart(connection: sqlite3.Connection, keys: dict[Form, int]) -> frozenset[frozenset[Form]]:
    """Pairs of these forms that stand in one article as two actors."""
    form_of_key = {key: form for form, key in keys.items()}
    standing: dict[int, set[int]] = {}
    for key in form_of_key:
        rows = connection.execute(
            "SELECT a.article FROM formed_actors x JOIN actors a ON a.key = x.actor WHERE x.form = ?", (key,)
        )
        for (article,) in rows:
            standing.setdefault(article, set()).add(key)
    return frozenset(
        frozenset({form_of_key[left], form_of_key[right]})
        for together in standing.values()
        for left, right in combinations(sorted(together), 2)
    )


def _id(group: Iterable[Form]) -> str:
    first = min(group)
    words = "\x1f".join((first.kind, first.name, first.country, first.side))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


# --- asking ---------------------------------------------------------------------------------------------------------


def _person(connection: sqlite3.Connection, person: str, as_of: date | None) -> Person:
    rows = connection.execute(
        "SELECT f.kind, f.country, a.name, a.mentions, a.plain, r.key, r.id, r.published, r.title FROM actor_forms f "
        "JOIN formed_actors x ON x.form = f.key JOIN actors a ON a.key = x.actor JOIN articles r ON r.key = a.article "
        "WHERE f.person = ? AND r.published <= ? ORDER BY r.published, r.id, a.n",
        (person, (as_of or date.max).isoformat()),
    ).fetchall()
    names: dict[str, int] = {}
    for row in rows:
        names[row[2]] = names.get(row[2], 0) + 1
    ordered = tuple(sorted(names, key=lambda name: (-names[name], name)))
    return Person(
        id=person,
        name=ordered[0],
        names=ordered,
        kind=rows[0][0],
        country=next((row[1] for row in rows if row[1]), None),
        articles=len({row[5] for row in rows}),
        mentions=sum(row[3] for row in rows),
        first=date.fromisoformat(rows[0][7]),
        last=date.fromisoformat(rows[-1][7]),
        roles=tuple(_roles(rows)),
    )


def _roles(rows: list[Any]) -> Iterator[RoleSeen]:
    """The roles of one actor; without a role and with one of the same country and sectors are told apart."""
    seen: dict[tuple[str, ...], list[Any]] = {}
    for row in rows:
        plain = msgspec.json.decode(row[4])
        role, body = plain["role"], plain["organisation"]
        key = (words_key(role), words_key(body), plain["country"] or "", *plain["sectors"])
        seen.setdefault(key, []).append((row, plain))
    for found in seen.values():
        row, plain = found[0]
        mention = next((item for item in plain["mentions"] if item["how"] == "name"), plain["mentions"][0])
        yield RoleSeen(
            role=plain["role"],
            organisation=plain["organisation"],
            country=plain["country"],
            sectors=tuple(plain["sectors"]),
            first=date.fromisoformat(row[7]),
            last=date.fromisoformat(found[-1][0][7]),
            articles=len({item[0][5] for item in found}),
            article=row[6],
            title=row[8],
            text=mention["text"],
            start=mention["start"],
        )
