"""What a question to the record gives back: a fact together with the article that told it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from dateline.records.claims import Event, Figure, Statement
from dateline.records.mentions import Actor, PlaceMention, TimeMention
from dateline.records.problem import Problem

F = TypeVar("F", Event, Statement, Figure, Actor, PlaceMention, TimeMention)


@dataclass(frozen=True, slots=True)
class Origin:
    """The article that a fact stands in, without its text.

    Attributes:
        id, ref, published, title, source, url: as of the article.
        newest: whether no newer version of the article is in the record.
    """

    id: str
    ref: str
    published: date
    title: str | None
    source: str | None
    url: str | None
    newest: bool


@dataclass(frozen=True, slots=True)
class Row(Generic[F]):
    """A fact and where it comes from; `sentence` is the sentence of an event, None for other facts."""

    fact: F
    origin: Origin
    sentence: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article of the record and what was found in it.

    Attributes:
        characters: length of the text in code points.
        events, statements, figures, problems: how many of each.
        read_at: when it was read, UTC ("2026-03-14T09:30:00+00:00").
    """

    origin: Origin
    byline: str | None
    published_basis: str
    language: str
    characters: int
    events: int
    statements: int
    figures: int
    problems: int
    read_at: str


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A problem, with its article or, where nothing could be read, without (`ref` says where)."""

    problem: Problem
    ref: str
    origin: Origin | None
    noted_at: str
