"""What people judged: every word of theirs is a row of its own, with who and when; nothing is ever overwritten.

The newest row about a field of a fact is the one that holds; a withdrawn one leaves the field unjudged.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal, get_args

from dateline.errors import UsageError
from dateline.records.claims import ClaimTime, Event, PloverType, Statement, Status
from dateline.store.database import open_for_asking, open_for_writing, sqlite_errors, transaction
from dateline.store.fields import MODES
from dateline.store.words import storable

Verdict = Literal["right", "wrong", "withdrawn"]
JudgedKind = Literal["event", "statement"]
# The whole fact, then its parts. "fact" is right where the article says so at all, whatever its parts.
FIELDS: Final[dict[JudgedKind, tuple[str, ...]]] = {
    "event": ("fact", "type", "mode", "status", "source", "target", "time", "place"),
    "statement": ("fact", "speaker", "content", "kind", "time"),
}
# Parts whose values are a closed list.
CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "type": get_args(PloverType),
    "status": get_args(Status),
    "mode": MODES,
    "kind": ("direct", "indirect", "mixed"),
}
_LONGEST: Final = 1_000
_COLUMNS: Final = "key, kind, fact, field, verdict, was, value, why, rule, audit, who, judged_at"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One word of a person about one field of a fact.

    Attributes:
        fact: the id of the event or statement; field: "fact" for the whole of it, or one of its parts.
        was: what the record said then; value: what it should say, None where nobody said so.
        rule: the rule that had found the fact; audit: the key of the audit that it belongs to, if any.
        judged_at: UTC ("2026-03-14T09:30:00+00:00").
    """

    key: int
    kind: str
    fact: str
    field: str
    verdict: Verdict
    was: str | None
    value: str | None
    why: str | None
    rule: str
    audit: int | None
    who: str
    judged_at: str


def said(fact: Event | Statement, field: str) -> str | None:
    """What a fact says in one field, in the words in which a correction is written; None for nothing.

    Raises:
        UsageError: facts of this kind have no such field.
    """
    kind = kind_of(fact)
    if field not in FIELDS[kind]:
        raise UsageError(f"'{field[:40]}' of an {kind} cannot be judged; it is one of {', '.join(FIELDS[kind])}")
    if isinstance(fact, Statement):
        told = {
            "fact": fact.kind,
            "speaker": fact.speaker.name if fact.speaker else None,
            "content": fact.content.text,
            "kind": fact.kind,
            "time": _days(fact.time),
        }
        return told[field]
    told = {
        "fact": fact.type,
        "type": fact.type,
        "mode": fact.mode,
        "status": fact.status,
        "source": _names(fact.source),
        "target": _names(fact.target),
        "time": _days(fact.time),
        "place": fact.place.name if fact.place else None,
    }
    return told[field]


def kind_of(fact: Event | Statement) -> JudgedKind:
    """The kind of a fact that can be judged."""
    return "event" if isinstance(fact, Event) else "statement"


def judge(
    path: Path,
    fact: Event | Statement,
    field: str,
    verdict: str,
    *,
    who: str,
    value: str | None = None,
    why: str | None = None,
    audit: int | None = None,
) -> None:
    """Store a judgement.

    Raises:
        UsageError: no such field or verdict, or a value that the field cannot have.
        StoreError: the record cannot be written.
    """
    was, value, why = said(fact, field), _given(value), _given(why)
    if verdict not in get_args(Verdict):
        raise UsageError(f"'{verdict[:40]}' is no verdict; judge right, wrong or withdrawn")
    if value is not None and (verdict != "wrong" or field == "fact"):
        raise UsageError(f"a value goes with a part that is wrong, not with a {field} that is {verdict}")
    if value is not None and value not in CHOICES.get(field, (value,)):
        raise UsageError(f"'{value[:40]}' is no {field}; choose one of {', '.join(CHOICES[field])}")
    if not who.strip():
        raise UsageError("a judgement needs a name: who judged?")
    row = (kind_of(fact), fact.id, field, verdict, _stored(was), value, why, fact.rule, audit, storable(who), now())
    with writing(path) as connection:
        connection.execute(
            "INSERT INTO judgements(kind, fact, field, verdict, was, value, why, rule, audit, who, judged_at) "
            f"VALUES ({','.join('?' * len(row))})",
            row,
        )


def judgements(
    path: Path, *, fact: str | None = None, audit: int | None = None, newest_only: bool = False
) -> list[Judgement]:
    """Judgements in the order in which they were made.

    Args:
        newest_only: only those that hold: the last one of each field, unless it was withdrawn.
    """
    where, values = ["1"], []
    for column, wanted in (("fact", fact), ("audit", audit)):
        if wanted is not None:
            where.append(f"{column} = ?")
            values.append(wanted)
    sql = f"SELECT {_COLUMNS} FROM judgements WHERE {' AND '.join(where)} ORDER BY key"
    with asking(path) as connection:
        found = [Judgement(*row) for row in connection.execute(sql, values)]
    return holding(found) if newest_only else found


def holding(found: list[Judgement]) -> list[Judgement]:
    """Those judgements that hold: the last of each field, unless it was withdrawn."""
    last = {(one.fact, one.field): one for one in found}
    return [one for one in last.values() if one.verdict != "withdrawn"]


@contextmanager
def asking(path: Path) -> Iterator[sqlite3.Connection]:
    """A record opened for asking and closed again."""
    with closing(open_for_asking(path)) as connection, sqlite_errors(path):
        yield connection


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """One transaction on a record that exists."""
    open_for_asking(path).close()
    with closing(open_for_writing(path)) as connection, sqlite_errors(path), transaction(connection):
        yield connection


def now() -> str:
    """The time, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _given(text: str | None) -> str | None:
    text = (text or "").strip()
    if len(text) > _LONGEST:
        raise UsageError(f"{len(text):,} characters are too many; write at most {_LONGEST:,}")
    return storable(text) or None


def _stored(text: str | None) -> str | None:
    return None if text is None else storable(text[:_LONGEST])


def _names(people: tuple[Any, ...]) -> str | None:
    told = [f"{who.name or who.text}{f' ({who.country})' if who.country else ''}" for who in people]
    return "; ".join(told) or None


def _days(time: ClaimTime | None) -> str | None:
    if time is None:
        return None
    if time.from_ is None and time.to is None:
        return time.value
    return str(time.from_ or "") if time.from_ == time.to else f"{time.from_ or ''}..{time.to or ''}"
