"""How many facts there are of each sort, counted by the record itself: what pages and reports show as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from dateline.errors import UsageError
from dateline.store.conditions import condition
from dateline.store.database import sqlite_errors
from dateline.store.fields import Kind
from dateline.store.filter import Filter
from dateline.store.read import OLDER, Asking

_CLAIMS: Final[tuple[Kind, ...]] = ("event", "statement", "figure")
# What rows can be sorted into: the kinds of facts that have it, and where it stands.
_PARTS: Final[dict[str, tuple[tuple[Kind, ...], str]]] = {
    "type": (("event",), "f.type"),
    "status": (("event", "figure"), "f.status"),
    "quad": (("event",), "f.quad"),
    "mode": (("event",), "f.mode"),
    "kind": (("statement", "figure", "actor", "place"), "f.kind"),
    "unit": (("figure",), "f.unit"),
    "currency": (("figure",), "f.currency"),
    "basis": (("time",), "f.basis"),
    "stage": (("problem",), "f.stage"),
    "code": (("problem",), "f.code"),
    "place": (("event",), "f.place_name"),
    "place_country": (("event",), "f.place_country"),
    "country": (("actor", "place"), "f.country"),
    "rule": (("event", "statement", "figure", "actor", "place", "time"), "f.rule"),
    "outlet": ((*_CLAIMS, "article"), "a.source"),
    "published": ((*_CLAIMS, "article"), "a.published"),
    "published_month": ((*_CLAIMS, "article"), "substr(a.published, 1, 7)"),
    "published_year": ((*_CLAIMS, "article"), "substr(a.published, 1, 4)"),
    "day": (_CLAIMS, "f.day_from"),
    "month": (_CLAIMS, "substr(f.day_from, 1, 7)"),
    "year": (_CLAIMS, "substr(f.day_from, 1, 4)"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """Facts that are alike in the parts asked for: the values of these, how many facts, and the key of one of them."""

    values: tuple[Any, ...]
    count: int
    key: int


def groups(
    asking: Asking,
    noun: Kind,
    asked: Filter,
    by: Sequence[str],
    as_of: date | None = None,
    most: int = 1_000,
    among: Sequence[int] | None = None,
) -> list[Group]:
    """The facts that pass a filter (its limit left out), sorted by parts such as "type", the largest groups first.

    Args:
        among: the keys of all facts that pass, if they are known.

    Raises:
        UsageError: facts of this kind have no such part.
    """
    parts = []
    for name in by:
        kinds, text = _PARTS.get(name, ((), ""))
        if noun not in kinds:
            known = ", ".join(part for part, (of, _) in _PARTS.items() if noun in of)
            raise UsageError(f"{noun}s cannot be counted by '{name}'; they can by {known}")
        parts.append(text)
    found = _counted(asking, noun, asked, parts, as_of, among)
    ordered = sorted(found.items(), key=lambda item: (-item[1][0], tuple(map(str, item[0]))))
    return [Group(values, count, key) for values, (count, key) in ordered[:most] if count > 0]


def _counted(
    asking: Asking, noun: Kind, asked: Filter, parts: Sequence[str], as_of: date | None, among: Sequence[int] | None
) -> dict[tuple[Any, ...], tuple[int, int]]:
    """Count and one key for each group. Facts of older versions, which are few, are counted apart and taken off:
    asking of each single fact whether it is of the newest takes longer than all the rest."""
    apart = among is None and as_of is None and asked.versions == "newest" and noun not in ("article", "problem")
    wanted = condition(replace(asked, versions="all") if apart else asked, noun, as_of, among=among)
    told = ", ".join(parts)
    source = wanted.source if any(part.find("a.") >= 0 for part in parts) else wanted.counted
    sql = f"SELECT {told}, count(*), min({wanted.key}) FROM {source.text}"
    with sqlite_errors(asking.path):
        rows = asking.connection.execute(f"{sql} GROUP BY {told}", source.parameters)
        found = {tuple(row[:-2]): (int(row[-2]), int(row[-1])) for row in rows}
        if apart and asking.connection.execute(f"SELECT EXISTS ({OLDER})").fetchone()[0]:
            older = f"{sql} AND f.article IN ({OLDER}) GROUP BY {told}"
            for *values, count, _ in asking.connection.execute(older, source.parameters):
                all_of_it, key = found[tuple(values)]
                found[tuple(values)] = (all_of_it - count, key)
    return found
