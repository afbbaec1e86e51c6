"""Events as time series: one row for each pair of actors and period (`dateline series`).

An act told by several reports is counted once. An act with several actors on a side counts for every pair of them;
acts that all sides do together (talks) have no direction, so each pair gets one row in each direction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Literal, get_args

from dateline.errors import UsageError
from dateline.records.act import Act

Period = Literal["day", "week", "month", "quarter", "year"]
Measure = Literal["count", "intensity", "quad"]
PERIODS: Final = get_args(Period)
MEASURES: Final = get_args(Measure)
# More rows than this are a mistake (days over centuries), and would fill a disk with zeros.
_MOST_PERIODS: Final = 200_000


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """What one pair of actors did in one period.

    Attributes:
        period: its name: 2024-10-07, 2024-W41, 2024-10, 2024-Q4 or 2024; first, last: its days, both included.
        events: acts counted once each; reports, articles: that tell of them.
        intensity: sum of the conflict-cooperation scores; the mean is intensity / events.
        quads: acts of quad class 1, 2, 3 and 4.
    """

    period: str
    first: date
    last: date
    source: str
    target: str
    events: int
    reports: int
    articles: int
    intensity: float
    quads: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Series:
    """Rows, and how many acts could not be placed because their days are wider than a period."""

    rows: tuple[SeriesRow, ...]
    too_wide: int


@dataclass(slots=True)
class _Cell:
    events: int = 0
    reports: int = 0
    articles: int = 0
    # Summed in thousandths: whole numbers give the same sum in any order.
    intensity: int = 0
    quads: list[int] = field(default_factory=lambda: [0, 0, 0, 0])


def tally(
    acts: Iterable[Act],
    by: Period = "month",
    *,
    zeros: bool = False,
    first: date | None = None,
    last: date | None = None,
) -> Series:
    """Count acts by pair and period.

    An act is counted in the period that holds all its days. One dated less exactly than a period ("in 2019", by
    month) belongs to none: it is left out and counted in `too_wide`.

    Args:
        zeros: also rows of nought, for every pair that has a row, in every period from the first to the last.
        first, last: the span of the periods (of the rows of nought too); as far as there are acts if None.

    Raises:
        UsageError: the span has too many periods to write a row of nought for each.
    """
    cells: dict[tuple[str, str], dict[date, _Cell]] = {}
    too_wide = 0
    for act in acts:
        start = period_start(act.first, by)
        if (first is not None and act.last < first) or (last is not None and act.first > last):
            continue
        if act.last > period_end(start, by):
            too_wide += 1
            continue
        for pair in act.pairs:
            cell = cells.setdefault(pair, {}).setdefault(start, _Cell())
            cell.events += 1
            cell.reports += act.reports
            cell.articles += act.articles
            cell.intensity += round(act.intensity * 1000)
            cell.quads[act.quad - 1] += 1
    starts = [start for of_pair in cells.values() for start in of_pair]
    if not starts:
        return Series((), too_wide)
    span = (first or min(starts), last or max(starts))
    wanted = list(_periods(*span, by)) if zeros else None
    return Series(tuple(_rows(cells, by, wanted)), too_wide)


def _rows(
    cells: dict[tuple[str, str], dict[date, _Cell]], by: Period, wanted: list[date] | None
) -> Iterator[SeriesRow]:
    nothing = _Cell()
    for source, target in sorted(cells):
        found = cells[source, target]
        for start in wanted if wanted is not None else sorted(found):
            cell = found.get(start, nothing)
            quads = (cell.quads[0], cell.quads[1], cell.quads[2], cell.quads[3])
            days = (period_name(start, by), start, period_end(start, by))
            counts = (cell.events, cell.reports, cell.articles)
            yield SeriesRow(*days, source, target, *counts, cell.intensity / 1000, quads)


def _periods(first: date, last: date, by: Period) -> Iterator[date]:
    start = period_start(first, by)
    for _ in range(_MOST_PERIODS):
        if start > last:
            return
        yield start
        start = period_end(start, by) + timedelta(days=1)
    raise UsageError(f"{first} to {last} has more than {_MOST_PERIODS} {by}s; ask for a shorter time or longer periods")


def period_start(day: date, by: Period) -> date:
    """The first day of the period that holds a day (weeks begin on Monday)."""
    if by == "day":
        return day
    if by == "week":
        return date.fromordinal(max(1, day.toordinal() - day.weekday()))
    if by == "month":
        return day.replace(day=1)
    if by == "quarter":
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return day.replace(month=1, day=1)


def period_end(start: date, by: Period) -> date:
    """The last day of the period that begins on a day."""
    if by == "day":
        return start
    if by == "week":
        return date.fromordinal(min(date.max.toordinal(), start.toordinal() + 6))
    months = {"month": 1, "quarter": 3, "year": 12}[by]
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    return date.max if year > date.max.year else date(year, month, 1) - timedelta(days=1)


def period_name(start: date, by: Period) -> str:
    """The name of the period that begins on a day, as in TIMEX3: 2024-W41, 2024-10, 2024-Q4."""
    if by == "day":
        return start.isoformat()
    if by == "week":
        year, week, _ = start.isocalendar()
        return f"{year:04}-W{week:02}"
    if by == "month":
        return f"{start:%Y-%m}"
    if by == "quarter":
        return f"{start:%Y}-Q{(start.month + 2) // 3}"
    return f"{start:%Y}"
