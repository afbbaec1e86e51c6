"""The order of rows: by which columns they are sorted, and what comes after a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dateline.errors import QueryError
from dateline.store.fields import Kind
from dateline.store.filter import Filter
from dateline.store.sql import Sql, joined


@dataclass(frozen=True, slots=True)
class Column:
    """One column by which rows are sorted; rows without a value there come last, whichever way it goes."""

    text: str
    down: bool = False
    nullable: bool = False


def order_by(columns: tuple[Column, ...], *, backwards: bool = False) -> str:
    """Columns as they follow ORDER BY, or the very opposite order."""
    told = []
    for column in columns:
        nulls = f" NULLS {'FIRST' if backwards else 'LAST'}" if column.nullable else ""
        told.append(f"{column.text} {'DESC' if column.down != backwards else 'ASC'}{nulls}")
    return ", ".join(told)


def beyond(columns: tuple[Column, ...], values: tuple[Any, ...], *, backwards: bool = False) -> Sql:
    """What holds of the rows that come after the one with these values in the sorted columns (before it, backwards)."""
    either: list[Sql] = []
    equal: list[Sql] = []
    for column, value in zip(columns, values, strict=True):
        further = ">" if column.down == backwards else "<"
        if value is None:
            here = Sql(f"{column.text} IS NOT NULL") if backwards else Sql("0")
        elif column.nullable and not backwards:
            here = Sql(f"({column.text} {further} ? OR {column.text} IS NULL)", (value,))
        else:
            here = Sql(f"{column.text} {further} ?", (value,))
        either.append(joined([*equal, here]))
        equal.append(Sql(f"{column.text} IS ?", (value,)))
    found = joined(either, "OR")
    first, value = columns[0], values[0]
    if first.nullable or value is None:
        return found
    # Said once more of the first column alone, where an index can hear it.
    near = Sql(f"{first.text} {'>=' if first.down == backwards else '<='} ?", (value,))
    return joined([near, found])


def order(asked: Filter, kind: Kind) -> tuple[Column, ...]:
    """The columns by which the rows of a question are sorted; no two rows are equal in all of them.

    Raises:
        QueryError: facts of this kind cannot be sorted so.
    """
    own = {"article": (Column("a.key"),), "problem": (Column("f.key"),)}
    position = own.get(kind, (Column("a.key"), Column("f.n")))
    timed = kind in ("event", "statement", "figure", "time")
    day = Column("f.day_from", nullable=kind == "time") if timed else Column("a.published", nullable=kind == "problem")
    published = Column("a.published", nullable=kind == "problem")
    if asked.sort is None:
        # An index gives the events in this order, so that the first rows of many come at once.
        if kind == "event":
            return (Column("f.day_from"), Column("f.key"))
        # Problems without an article come first.
        first = Column("coalesce(a.published, '')") if kind == "problem" else published
        return (first, *position)
    down = asked.sort.startswith("-")
    name = asked.sort.lstrip("-")
    if (name == "confidence" and kind != "event") or (name == "value" and kind != "figure"):
        right = "events" if name == "confidence" else "figures"
        raise QueryError(f"query: sort:{asked.sort} is for {right}; {kind}s are sorted by time, published or read")
    if name == "read":
        return position
    column = {
        "time": day,
        "published": published,
        "confidence": Column("f.confidence"),
        "value": Column("f.low", nullable=True),
    }[name]
    if kind == "event" and name == "time":
        position = (Column("f.key", down),)
    elif down and name == "published":
        # The newest article first of one day as well: an index can then be read backwards.
        position = (Column("a.key", True), *position[1:]) if kind != "problem" else position
    return (Column(column.text, down, column.nullable), *position)
