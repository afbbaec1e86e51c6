"""A real act as a series counts it: the reports that tell of it together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Act:
    """One real act, as a series counts it.

    Attributes:
        first, last: the days on which it happened, as exactly as any of its reports says.
        pairs: source and target as the labels of the series' rows; "" where nobody is named.
        reports: how many reports tell of it; articles: of how many articles.
    """

    first: date
    last: date
    pairs: frozenset[tuple[str, str]]
    quad: int
    intensity: float
    reports: int
    articles: int
