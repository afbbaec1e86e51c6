"""Real events and stories as flat rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, Protocol

from dateline.export.columns import Cells, Column, columns
from dateline.export.tables import TABLES

_EVENTS: Final = TABLES["events"]
MERGED: Final[tuple[Column, ...]] = (
    *columns(
        ("real_event", "text", "id of the real event: that of its earliest report"),
        ("reports", "integer", "how many reports tell of it"),
        ("sources", "integer", "how many independent sources; copies of one text count once"),
        ("articles", "integer", "how many articles"),
        ("first_published", "day", "day of the earliest report"),
        ("last_published", "day", "day of the latest report"),
        ("report_ids", "text", "ids of all reports, blanks between, the earliest first"),
    ),
    *_EVENTS.columns,
)
STORIES: Final[tuple[Column, ...]] = columns(
    ("story", "text", "id of the story: that of its earliest article"),
    ("headline", "text", "the title of the article most like the others"),
    ("articles", "integer", "how many articles"),
    ("sources", "integer", "how many independent sources; copies of one text count once"),
    ("events", "integer", "real events that happened or go on in it"),
    ("first_published", "day", "day of the earliest article"),
    ("last_published", "day", "day of the latest article"),
    ("article_ids", "text", "ids of all articles, blanks between, the earliest first"),
)


class Merged(Protocol):
    """What a row tells of a real event."""

    @property
    def id(self) -> str: ...
    @property
    def representative(self) -> Any: ...
    @property
    def reports(self) -> Sequence[Any]: ...
    @property
    def sources(self) -> int: ...
    @property
    def first_published(self) -> date: ...
    @property
    def last_published(self) -> date: ...


class Told(Protocol):
    """What a row tells of a story."""

    @property
    def id(self) -> str: ...
    @property
    def headline(self) -> str | None: ...
    @property
    def articles(self) -> Sequence[Any]: ...
    @property
    def sources(self) -> int: ...
    @property
    def events(self) -> int: ...


def merged_cells(event: Merged) -> Cells:
    """The cells of `MERGED`: what is known of the event, then its representative report as in the table of events."""
    return (
        event.id,
        len(event.reports),
        event.sources,
        len({row.origin.id for row in event.reports}),
        event.first_published,
        event.last_published,
        " ".join(row.fact.id for row in event.reports),
        *_EVENTS.cells(event.representative),
    )


def story_cells(story: Told) -> Cells:
    """The cells of `STORIES`."""
    return (
        story.id,
        story.headline,
        len(story.articles),
        story.sources,
        story.events,
        story.articles[0].published,
        story.articles[-1].published,
        " ".join(article.id for article in story.articles),
    )
