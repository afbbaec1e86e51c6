"""Everything read from one article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.records.claims import Event, Figure, Statement
    from dateline.records.mentions import Actor, PlaceMention, TimeMention
    from dateline.records.problem import Problem
    from dateline.records.text import Article


@dataclass(frozen=True, slots=True)
class Reading:
    """One article in, typed facts out; each tuple is in text order."""

    article: Article
    times: tuple[TimeMention, ...]
    places: tuple[PlaceMention, ...]
    actors: tuple[Actor, ...]
    events: tuple[Event, ...]
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    problems: tuple[Problem, ...]

    def _repr_html_(self) -> str:
        """In a notebook: the article with its facts marked, and its events."""
        from dateline.records.highlight import reading_html

        return reading_html(self)
