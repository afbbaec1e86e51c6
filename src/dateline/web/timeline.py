"""Bars over time: what cooperates stands on a line, what conflicts hangs from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dateline.archive import Archive
from dateline.web.counts import Counts

WIDTH: Final = 1000
HEIGHT: Final = 66
_MOST_DAYS: Final = 31
_MOST_MONTHS: Final = 36
_MOST_YEARS: Final = 60
# Days of twenty years, each with its four quads.
_MOST_GROUPS: Final = 40_000


@dataclass(frozen=True, slots=True)
class Bar:
    """One period ("2024-11"), how far its bar rises and how far another hangs, and the period in words."""

    period: str
    up: float
    down: float
    says: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A bar on a canvas of `WIDTH` by some height."""

    bar: Bar
    left: float
    width: float
    top: float
    up_high: float
    line: float
    down_high: float


def bars(
    counts: Counts, archive: Archive, query: str, as_of: str, *, by: str, among: list[int] | None = None
) -> list[Bar]:
    """Bars of the days, months or years from the first to the last of the answers; empty if these are all in one, or
    too far apart to be drawn.

    Args:
        by: "published" for days of publication, "day" for the first days of the events themselves, of which those
            from before the first or after the last publication are left out.
        among: the keys of the answers, where they are known.
    """
    found = counts.groups(archive, "events", query, (by, "quad"), as_of=as_of, most=_MOST_GROUPS, among=among)
    days = [(date.fromisoformat(group.values[0]), group.values[1] > 2, group.count) for group in found]
    if by != "published" and days:
        orders = ("sort:published", "sort:-published")
        known = [row.origin.published for order in orders for row in archive.articles(order, limit=1)]
        days = [told for told in days if known and known[0] <= told[0] <= known[-1]]
    return counted(days)


def counted(days: Iterable[tuple[date, bool, int]]) -> list[Bar]:
    """Bars of counts on days, each told to be of conflict or not."""
    told = list(days)
    if not told:
        return []
    wanted = periods(min(day for day, _, _ in told), max(day for day, _, _ in told))
    length = len(wanted[0]) if wanted else 0
    counts = {period: [0, 0] for period in wanted}
    for day, conflict, count in told:
        if wanted:
            counts[day.isoformat()[:length]][conflict] += count
    return [
        Bar(period, up, down, f"{period}: {up:,} cooperation, {down:,} conflict")
        for period, (up, down) in counts.items()
    ]


def drawn(all_bars: Sequence[Bar], height: float = HEIGHT, extent: tuple[float, float] | None = None) -> list[Drawn]:
    """The bars side by side, all on one scale; `extent` is the highest and the deepest that has to fit in, where
    several drawings share a scale."""
    highest, deepest = extent or reach(all_bars)
    scale = (height - 1) / ((highest + deepest) or 1)
    line, wide = highest * scale, WIDTH / max(1, len(all_bars))
    return [
        Drawn(bar, n * wide, wide, line - bar.up * scale, bar.up * scale, line, bar.down * scale)
        for n, bar in enumerate(all_bars)
    ]


def reach(all_bars: Iterable[Bar]) -> tuple[float, float]:
    """The highest and the deepest of some bars."""
    told = list(all_bars)
    return max((bar.up for bar in told), default=0), max((bar.down for bar in told), default=0)


def periods(first: date | None, last: date | None) -> list[str]:
    """The days, months or years between two days, whichever are few enough; empty for fewer than two."""
    if first is None or last is None or first == last:
        return []
    length = (last - first).days
    if length < _MOST_DAYS:
        return [str(first + timedelta(days=step)) for step in range(length + 1)]
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months <= _MOST_MONTHS:
        start = first.year * 12 + first.month - 1
        return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, start + months)]
    years = [f"{year:04}" for year in range(first.year, last.year + 1)]
    return years if len(years) <= _MOST_YEARS else []
