"""Events over time: how many cooperate and how many conflict in each day, month or year of publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dateline.archive import Archive
from dateline.web.counts import Counts

# Each bar is two counts, so long answers go without.
MOST_EVENTS: Final = 5_000
WIDTH: Final = 1000
HEIGHT: Final = 66
_MOST_DAYS: Final = 31
_MOST_MONTHS: Final = 36
_MOST_YEARS: Final = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """One day, month or year ("2024-11"): events of verbal and material cooperation, and of conflict."""

    period: str
    cooperation: int
    conflict: int


def bars(counts: Counts, archive: Archive, query: str, as_of: str) -> list[Bar]:
    """Bars of the days, months or years from the first to the last publication among the answers; empty if these are
    all in one, or too far apart to be drawn."""
    told = []
    for period in periods(*_published(archive, query, as_of)):
        both = [
            counts.count(archive, "events", f"{query} published:{period} quad:{quads}".strip(), as_of)
            for quads in ("1|2", "3|4")
        ]
        told.append(Bar(period, *both))
    return told


@dataclass(frozen=True, slots=True)
class Drawn:
    """A bar on a canvas of `WIDTH` by `HEIGHT`: cooperation stands on a line, conflict hangs from it."""

    bar: Bar
    left: float
    width: float
    top: float
    up: float
    line: float
    down: float

    @property
    def says(self) -> str:
        """The bar in words."""
        return f"{self.bar.period}: {self.bar.cooperation:,} cooperation, {self.bar.conflict:,} conflict"


def drawn(all_bars: list[Bar]) -> list[Drawn]:
    """The bars side by side, all on one scale."""
    highest = max((bar.cooperation for bar in all_bars), default=0)
    deepest = max((bar.conflict for bar in all_bars), default=0)
    scale = (HEIGHT - 1) / max(1, highest + deepest)
    line, wide = highest * scale, WIDTH / max(1, len(all_bars))
    return [
        Drawn(bar, n * wide, wide, line - bar.cooperation * scale, bar.cooperation * scale, line, bar.conflict * scale)
        for n, bar in enumerate(all_bars)
    ]


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


def _published(archive: Archive, query: str, as_of: str) -> tuple[date | None, date | None]:
    ends = []
    for order in ("published", "-published"):
        row = next(iter(archive.events(f"{query} sort:{order}", limit=1, as_of=as_of or None)), None)
        ends.append(None if row is None else row.origin.published)
    return ends[0], ends[1]
