"""Trouble that belongs to one article, and results returned together with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that went wrong, or had to be guessed, while reading one article.

    Attributes:
        stage: source, date, language, times, places, actors, events, statements, figures or store.
        code: short and stable ("date-from-file-time").
        message: one clear sentence: what, where, what to do.
        start, end: the characters concerned, None for the whole article.
    """

    stage: str
    code: str
    message: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """What a stage found, and the problems it met."""

    items: tuple[T, ...]
    problems: tuple[Problem, ...] = ()
