"""Events of a record as acts that a series can count: reports of one act together, participants as labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, Literal

from dateline.records.act import Act
from dateline.store.conditions import condition
from dateline.store.filter import Filter, Who
from dateline.store.read import Asking

Label = Literal["country", "sector", "name"]
_LABELS: Final[dict[Label, str]] = {
    "country": "p.country",
    # The primary sector alone: with all of them nearly every official would be an actor of one's own.
    "sector": "trim(coalesce(p.country, '') || ' ' || substr(p.sectors || ' ', 1, instr(p.sectors || ' ', ' ') - 1))",
    "name": "(SELECT n.name FROM names n WHERE n.key = p.name)",
}
_AT_ONCE: Final = 500
_BOTH: Final = {"source": 0, "target": 1}


@dataclass(frozen=True, slots=True)
class _Report:
    first: str
    last: str
    article: int
    pairs: frozenset[tuple[str, str]]
    quad: int
    intensity: float
    confidence: float


def acts(
    asking: Asking, asked: Filter, as_of: date | None = None, *, label: Label = "country", merged: bool = True
) -> Iterator[Act]:
    """The acts whose reports pass a filter, in no order that matters.

    Where the filter asks for a source, a target or an actor by country, only the pairs with such a one are kept: of
    talks between India, Pakistan and China, `actor:IND target:PAK` counts one pair.

    Args:
        label: what an actor is called: by country, by country and primary sector, or by name.
        merged: reports of the same act count once; otherwise each by itself.
    """
    wanted = condition(asked, "event", as_of)
    act = "coalesce(c.cluster, f.id)" if merged else "f.id"
    limit = -1 if wanted.limit is None else wanted.limit
    sql = (
        f"SELECT {act} AS act, f.key, f.day_from, f.day_to, f.article, f.quad, f.intensity, f.confidence, p.side, "
        f"{_LABELS[label]} FROM "
        f"(SELECT f.key AS key FROM {wanted.source.text} ORDER BY {wanted.order} LIMIT {limit}) k "
        "CROSS JOIN events f ON f.key = k.key CROSS JOIN articles a ON a.key = f.article "
        "LEFT JOIN event_clusters c ON c.event = f.key LEFT JOIN event_participants p ON p.event = f.key "
        "ORDER BY act, a.published, f.key, p.side, p.n"
    )
    chosen = {} if label == "name" else _chosen(asked)
    rows = asking.fetched(sql, wanted.source.parameters)
    for _, of_act in groupby(rows, key=itemgetter(0)):
        yield _act([_report(list(of_one), chosen) for _, of_one in groupby(of_act, key=itemgetter(1))])


def _report(rows: list[Any], chosen: dict[str, frozenset[str]]) -> _Report:
    _, _, first, last, article, quad, intensity, confidence = rows[0][:8]
    sides: tuple[list[str], list[str]] = ([], [])
    for row in rows:
        if row[8] in _BOTH:
            sides[_BOTH[row[8]]].append(row[9] or "")
    return _Report(first, last, article, _pairs(*sides, chosen), quad, intensity, confidence)


def _pairs(sources: list[str], targets: list[str], chosen: dict[str, frozenset[str]]) -> frozenset[tuple[str, str]]:
    if targets or len(sources) < 2:
        pairs = {(source, target) for source in sources or [""] for target in targets or [""]}
    else:
        pairs = {(one, other) for i, one in enumerate(sources) for j, other in enumerate(sources) if i != j}
    kept = {
        (source, target)
        for source, target in pairs
        if (source or target)
        and _passes(source, chosen.get("source"))
        and _passes(target, chosen.get("target"))
        and ("actor" not in chosen or _passes(source, chosen["actor"]) or _passes(target, chosen["actor"]))
    }
    return frozenset(kept)


def _passes(label: str, countries: frozenset[str] | None) -> bool:
    return countries is None or label.split(" ")[0] in countries


def _chosen(asked: Filter) -> dict[str, frozenset[str]]:
    """The countries asked for on each side, where a term asks for nothing but countries."""
    chosen = {}
    for term in asked.terms:
        if term.field in ("source", "target", "actor", "country") and not term.denied:
            codes = [
                value.country if isinstance(value, Who) else value if isinstance(value, str) else None
                for value in term.values
            ]
            side = "actor" if term.field == "country" else term.field
            if all(codes):
                chosen[side] = frozenset(code for code in codes if code)
    return chosen


def _act(reports: list[_Report]) -> Act:
    """One act of its reports: the narrowest days, every pair, the codes of the surest report."""
    first, last = min(
        ((date.fromisoformat(report.first), date.fromisoformat(report.last)) for report in reports),
        key=lambda days: days[1] - days[0],
    )
    surest = max(reports, key=lambda report: report.confidence)
    pairs = frozenset(pair for report in reports for pair in report.pairs)
    # A report that leaves one side out adds nothing to one that names it.
    full_sources, full_targets = {s for s, t in pairs if t}, {t for s, t in pairs if s}
    pairs = frozenset(
        (source, target)
        for source, target in pairs
        if (target or source not in full_sources) and (source or target not in full_targets)
    )
    articles = len({report.article for report in reports})
    return Act(first, last, pairs, surest.quad, surest.intensity, len(reports), articles)


def act_ids(asking: Asking, event_ids: Sequence[str]) -> dict[str, str]:
    """For each event the id of the real act that it reports (its own, if no other report tells of that act)."""
    found: dict[str, str] = {}
    for start in range(0, len(event_ids), _AT_ONCE):
        some = tuple(event_ids[start : start + _AT_ONCE])
        sql = (
            "SELECT f.id, coalesce(c.cluster, f.id) FROM events f LEFT JOIN event_clusters c ON c.event = f.key "
            f"WHERE f.id IN ({', '.join('?' * len(some))})"
        )
        found.update(asking.fetched(sql, some))
    return found


def reports_of(asking: Asking, act_id: str) -> list[str]:
    """The ids of all events that report a real act, its own id among them."""
    sql = "SELECT f.id FROM event_clusters c JOIN events f ON f.key = c.event WHERE c.cluster = ? ORDER BY f.id"
    return [row[0] for row in asking.fetched(sql, (act_id,))] or [act_id]
