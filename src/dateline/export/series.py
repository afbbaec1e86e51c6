"""Series as flat rows: the columns of `dateline series`, chosen by what is measured."""

from __future__ import annotations

from typing import Any, Final

from dateline.export.columns import Cells, Column, columns

_DAYS: Final = columns(
    ("period", "text", "the period: 2024-10-07, 2024-W41, 2024-10, 2024-Q4 or 2024"),
    ("period_from", "day", "its first day"),
    ("period_to", "day", "its last day"),
    ("source", "text", "who acts; empty where the reports name nobody"),
    ("target", "text", "upon whom; empty where the reports name nobody"),
    ("events", "integer", "acts, each counted once"),
)
_MEASURES: Final[dict[str, tuple[Column, ...]]] = {
    "count": columns(
        ("reports", "integer", "reports that tell of them"),
        ("articles", "integer", "articles that tell of them"),
    ),
    "intensity": columns(
        ("intensity_sum", "real", "sum of the conflict-cooperation scores"),
        ("intensity_mean", "real", "their mean; empty in a row of nought"),
    ),
    "quad": columns(
        ("verbal_cooperation", "integer", "acts of quad class 1"),
        ("material_cooperation", "integer", "acts of quad class 2"),
        ("verbal_conflict", "integer", "acts of quad class 3"),
        ("material_conflict", "integer", "acts of quad class 4"),
    ),
}


def series_columns(measure: str) -> tuple[Column, ...]:
    """The columns of a series by what it measures: count, intensity or quad."""
    return (*_DAYS, *_MEASURES[measure])


def series_cells(row: Any, measure: str) -> Cells:
    """The cells of a row (`dateline.series.SeriesRow`), in the order of `series_columns`."""
    start = (row.period, row.first, row.last, row.source or None, row.target or None, row.events)
    if measure == "count":
        return (*start, row.reports, row.articles)
    if measure == "quad":
        return (*start, *row.quads)
    mean = round(row.intensity / row.events, 4) if row.events else None
    return (*start, row.intensity, mean)
