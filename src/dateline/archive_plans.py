"""Questions to a record that need more than one look: what became of plans, how claimed figures moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from dateline.agenda import AFTERMATH, Outcome, Told, outcome, window
from dateline.ledger import Claim, LedgerLine, ledger
from dateline.records.claims import Event, Figure
from dateline.store.acts import act_ids, reports_of
from dateline.store.filter import Days, Filter, Term, Value, Who
from dateline.store.read import Asking
from dateline.store.rows import Row

# So many reports of one type between the same countries on the same days settle any plan.
_ENOUGH: Final = 500
_FIGURES_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """Something announced, and what became of it.

    Attributes:
        plan: the first report that announces it; reports: all of them, the earliest first.
        days: first and last day for which it is announced; None where no day is given.
        later: the reports that say what became of it, the earliest first.
    """

    plan: Row[Event]
    days: tuple[date, date] | None
    reports: tuple[Row[Event], ...]
    outcome: Outcome
    later: tuple[Row[Event], ...]


def agenda(
    asking: Asking,
    asked: Filter,
    as_of: date | None,
    *,
    first: date | None = None,
    last: date | None = None,
    undated: bool = False,
) -> list[AgendaItem]:
    """The plans that pass a filter and fall between two days, by day; `undated` adds those without a day at the end."""
    terms = tuple(term for term in asked.terms if term.field != "status")
    planned = replace(asked, terms=(*terms, Term("status", ("planned",), False, 1)))
    today = as_of or newest_day(asking)
    items = [_item(asking, plan, as_of, today) for plan in _plans(asking, planned, as_of, (first, last), undated)]
    return sorted(items, key=_order)


def newest_day(asking: Asking) -> date:
    """The day of the newest article: up to there the record knows the news."""
    ((newest,),) = asking.fetched("SELECT max(published) FROM articles", ())
    return date.fromisoformat(newest) if newest else date.min


def _order(item: AgendaItem) -> tuple[date, date, str]:
    first, last = item.days or (date.max, date.max)
    return first, last, item.plan.fact.id


def _plans(
    asking: Asking, planned: Filter, as_of: date | None, span: tuple[date | None, date | None], undated: bool
) -> list[tuple[Row[Event], ...]]:
    """Reports of plans, together where they announce the same act, the earliest and best dated first."""
    rows = [row for row in asking.facts(Event, "event", planned, as_of) if _within(row.fact, span, undated)]
    acts = act_ids(asking, [row.fact.id for row in rows])
    together: dict[str, list[Row[Event]]] = {}
    for row in rows:
        together.setdefault(acts[row.fact.id], []).append(row)
    return [tuple(sorted(reports, key=_first_dated)) for reports in together.values()]


def _first_dated(row: Row[Event]) -> tuple[bool, date, str]:
    return window(row.fact) is None, row.origin.published, row.fact.id


def _within(event: Event, span: tuple[date | None, date | None], undated: bool) -> bool:
    days = window(event)
    if days is None:
        return undated
    first, last = span
    return (first is None or days[1] >= first) and (last is None or days[0] <= last)


def _item(asking: Asking, reports: tuple[Row[Event], ...], as_of: date | None, today: date) -> AgendaItem:
    plan = reports[0]
    days = window(plan.fact)
    found = {row.fact.id: row for row in _candidates(asking, plan, days, as_of)} if days else {}
    became, told = outcome(_told(plan), map(_told, found.values()), today)
    return AgendaItem(plan, days, reports, became, tuple(found[one.event.id] for one in told))


def _told(row: Row[Event]) -> Told:
    return Told(row.fact, row.origin.published, row.sentence or "")


def _candidates(asking: Asking, plan: Row[Event], days: tuple[date, date], as_of: date | None) -> Iterator[Row[Event]]:
    """Events that may speak of a plan: of its type or a refusal, with one of its actors, in its time."""
    event = plan.fact
    sides: tuple[Value, ...] = tuple(
        dict.fromkeys(
            Who(who.country, None, None) if who.country else Who(None, None, who.name)
            for who in (*event.source, *event.target)
        )
    )
    if not sides:
        return iter(())
    # A year announced needs no look at what came years after.
    terms = (
        Term("type", tuple(dict.fromkeys((event.type, "REJECT"))), False, 1),
        Term("status", ("happened", "ongoing", "denied"), False, 1),
        Term("actor", sides, False, 1),
        Term("published", (Days(plan.origin.published, days[1] + 2 * AFTERMATH),), False, 1),
    )
    return asking.facts(Event, "event", Filter(terms, sort="published", limit=_ENOUGH), as_of)


def history(asking: Asking, asked: Filter, as_of: date | None) -> tuple[LedgerLine, ...]:
    """How figures moved: those that pass a filter, and all others about the same acts."""
    chosen = [row for row in asking.facts(Figure, "figure", asked, as_of) if row.fact.event is not None]
    acts = act_ids(asking, sorted({row.fact.event for row in chosen if row.fact.event}))
    claims: dict[tuple[str, int], Claim] = {}
    for act in dict.fromkeys(acts.values()):
        told = reports_of(asking, act)
        for start in range(0, len(told), _FIGURES_AT_ONCE):
            about = Term("event", tuple(told[start : start + _FIGURES_AT_ONCE]), False, 1)
            for row in asking.facts(Figure, "figure", Filter((about,), asked.versions), as_of):
                claims[row.origin.id, row.fact.start] = _claim(act, row)
    return ledger(claims.values())


def _claim(act: str, row: Row[Figure]) -> Claim:
    outlet = row.origin.source
    claimant = row.fact.claimed_by.name if row.fact.claimed_by else outlet or row.origin.ref.rpartition("/")[2]
    return Claim(act, row.fact, row.origin.published, claimant, outlet, row.origin.id)
