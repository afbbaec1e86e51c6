"""Audits: a sample of facts drawn by strata, and how far people have judged it."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dateline.errors import UsageError
from dateline.store.conditions import condition
from dateline.store.corrections import JudgedKind, Judgement, asking, holding, judgements, now, writing
from dateline.store.filter import parse_query
from dateline.store.words import storable

# By what the facts of each kind are told apart before they are drawn.
_STRATA: Final[dict[JudgedKind, str]] = {"event": "type", "statement": "kind"}


@dataclass(frozen=True, slots=True)
class Item:
    """One fact of a sample: its place in it, from 1, its id and its stratum ("CONSULT")."""

    n: int
    fact: str
    stratum: str


@dataclass(frozen=True, slots=True)
class Audit:
    """A sample to be judged.

    Attributes:
        kind, query: of which facts it was drawn; seed: of the draw: the same record gives the same sample again.
        strata: how many facts each stratum held; items: the sample, in the order in which it is judged.
        judgements: those that hold about it.
    """

    key: int
    kind: JudgedKind
    query: str
    seed: int
    who: str
    begun_at: str
    strata: Mapping[str, int]
    items: tuple[Item, ...]
    judgements: tuple[Judgement, ...]

    @property
    def judged(self) -> frozenset[str]:
        """The ids of the facts that are judged as a whole."""
        return frozenset(one.fact for one in self.judgements if one.field == "fact")

    @property
    def next(self) -> Item | None:
        """The first fact still to be judged; None when all are."""
        done = self.judged
        return next((item for item in self.items if item.fact not in done), None)


def begin_audit(path: Path, size: int, *, kind: JudgedKind, query: str, seed: int, who: str) -> Audit:
    """Draw a sample and store it: every stratum gets its share, and each at least a few where it has them.

    Raises:
        QueryError, UsageError: the query, or there is nothing to draw from.
        StoreError: the record cannot be written.
    """
    if not 1 <= size <= 100_000:
        raise UsageError(f"a sample of {size}: draw from 1 to 100000")
    if not who.strip():
        raise UsageError("an audit needs a name: who judges?")
    wanted = condition(parse_query(query), kind)
    strata: dict[str, list[str]] = {}
    with asking(path) as connection:
        sql = f"SELECT f.{_STRATA[kind]}, f.id FROM {wanted.source.text} ORDER BY f.id"
        for stratum, fact in connection.execute(sql, wanted.source.parameters):
            strata.setdefault(stratum, []).append(fact)
    if not strata:
        raise UsageError(f"{path}: no {kind}s pass '{query}', so none can be audited")
    chance = random.Random(seed)
    shares = shared_out({stratum: len(facts) for stratum, facts in strata.items()}, size)
    drawn = [(fact, stratum) for stratum, count in shares.items() for fact in chance.sample(strata[stratum], count)]
    chance.shuffle(drawn)
    with writing(path) as connection:
        about = (kind, storable(query), seed, storable(who), now())
        cursor = connection.execute("INSERT INTO audits(kind, query, seed, who, begun_at) VALUES (?,?,?,?,?)", about)
        key = int(cursor.lastrowid or 0)
        sizes = [(key, stratum, len(facts)) for stratum, facts in strata.items()]
        connection.executemany("INSERT INTO audit_strata(audit, stratum, facts) VALUES (?,?,?)", sizes)
        items = [(key, n, *one) for n, one in enumerate(drawn, 1)]
        connection.executemany("INSERT INTO audit_items(audit, n, fact, stratum) VALUES (?,?,?,?)", items)
    return load_audit(path, key)


def shared_out(sizes: Mapping[str, int], wanted: int) -> dict[str, int]:
    """How many to draw from each stratum: half of the sample evenly, half by size, never more than there are.

    Evenly alone would waste the sample on rare types, by size alone would tell nothing about them.
    """
    wanted = min(wanted, sum(sizes.values()))
    total, even = sum(sizes.values()), wanted / 2 / len(sizes)
    wish = {name: even + wanted / 2 * size / total for name, size in sizes.items()}
    given = dict.fromkeys(sizes, 0)
    for _ in range(wanted):
        free = [name for name in sizes if given[name] < sizes[name]]
        # The one that is furthest behind its wish; by name where several are.
        name = min(free, key=lambda name: (given[name] - wish[name], name))
        given[name] += 1
    return given


def audits(path: Path) -> list[int]:
    """The keys of all audits, the newest first."""
    with asking(path) as connection:
        return [int(row[0]) for row in connection.execute("SELECT key FROM audits ORDER BY key DESC")]


def load_audit(path: Path, key: int) -> Audit:
    """An audit with its sample and its judgements.

    Raises:
        UsageError: the record has no such audit.
    """
    with asking(path) as connection:
        row = connection.execute(
            "SELECT key, kind, query, seed, who, begun_at FROM audits WHERE key = ?", (key,)
        ).fetchone()
        if row is None:
            raise UsageError(f"{path}: there is no audit {key}; `dateline audit {path} --sample 100` begins one")
        strata = _pairs(connection, "SELECT stratum, facts FROM audit_strata WHERE audit = ? ORDER BY stratum", key)
        items = connection.execute("SELECT n, fact, stratum FROM audit_items WHERE audit = ? ORDER BY n", (key,))
        sample = tuple(Item(*item) for item in items)
    held = tuple(holding(judgements(path, audit=key)))
    number, kind, query, seed, who, begun = row
    return Audit(number, kind, query, seed, who, begun, strata, sample, held)


def _pairs(connection: sqlite3.Connection, sql: str, key: int) -> dict[str, int]:
    return dict(connection.execute(sql, (key,)).fetchall())
