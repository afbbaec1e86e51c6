"""Batches of articles: how many are read together, and what becomes of each.

The one broad `except` of Dateline stands here: a crash on one article becomes a problem of that article, and the run
goes on.
"""

from __future__ import annotations

import signal
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Final

from dateline.pipeline import Tools, read_articles, read_one
from dateline.records.problem import Problem
from dateline.records.reading import Reading
from dateline.records.text import Article
from dateline.sources.sourced import Sourced

# A batch is large enough to fill the encoder and small enough that Ctrl-C is answered within seconds.
_BATCH_ARTICLES: Final = 32
_BATCH_CHARACTERS: Final = 40_000
# Some twenty times what a slow laptop needs: only an article on which a rule does not end takes longer.
_SECONDS: Final = 60.0
_CHARACTERS_A_SECOND: Final = 1_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article of the sources: a reading, or problems that say why there is none, or known before."""

    ref: str
    reading: Reading | None
    problems: tuple[Problem, ...] = ()
    known: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One article of the sources on its way; `known` if the record holds it already."""

    sourced: Sourced
    known: bool


class TookTooLongError(Exception):
    """Reading an article took longer than any article should; caught in this module."""


def batched(sources: Iterable[Sourced], known: Callable[[str], bool]) -> Iterator[list[Item]]:
    """Articles of the sources in batches, in order; those that `known` holds for need no reading."""
    batch: list[Item] = []
    characters = 0
    for sourced in sources:
        item = Item(sourced, sourced.article is not None and known(sourced.article.id))
        batch.append(item)
        if sourced.article is not None and not item.known:
            characters += len(sourced.article.text)
        if len(batch) >= _BATCH_ARTICLES or characters >= _BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def read_batch(batch: list[Item], tools: Tools, strict: bool) -> list[Outcome]:
    """Outcomes of a batch in its order; articles go through the language model together."""
    articles = [item.sourced.article for item in batch if item.sourced.article is not None and not item.known]
    read_now = iter(_readings(articles, tools, strict))
    outcomes = []
    for item in batch:
        ref, problems = item.sourced.ref, item.sourced.problems
        if item.known:
            outcomes.append(Outcome(ref, None, known=True))
        elif item.sourced.article is None:
            outcomes.append(Outcome(ref, None, problems))
        else:
            found = next(read_now)
            if isinstance(found, Problem):
                outcomes.append(Outcome(ref, None, (*problems, found)))
            else:
                outcomes.append(Outcome(ref, replace(found, problems=(*problems, *found.problems))))
    return outcomes


def _readings(articles: list[Article], tools: Tools, strict: bool) -> list[Reading | Problem]:
    if strict:
        return list(read_articles(articles, tools))
    try:
        with _time_limit(sum(len(article.text) for article in articles)):
            return list(read_articles(articles, tools))
    except Exception:  # one article spoils the batch: find out which, below
        return [_reading_or_problem(article, tools) for article in articles]


def _reading_or_problem(article: Article, tools: Tools) -> Reading | Problem:
    try:
        with _time_limit(len(article.text)):
            return read_one(article, tools)
    except TookTooLongError as error:
        return Problem("reading", "too-long", f"given up: reading it took more than {error} seconds; please report it")
    except Exception as error:  # the one place where a crash becomes a problem of its article
        where = traceback.extract_tb(error.__traceback__)[-1]
        message = f"reading failed with {type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno}); "
        return Problem("reading", "crash", message + "please report it; --strict shows the whole trace")


@contextmanager
def _time_limit(characters: int) -> Iterator[None]:
    """Raise TookTooLongError inside once texts of so many characters should long have been read.

    Only the main thread of a process can be interrupted, and only where the system has interval timers (not Windows).
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    seconds = _SECONDS + characters / _CHARACTERS_A_SECOND

    def give_up(number: int, frame: FrameType | None) -> None:
        raise TookTooLongError(round(seconds))

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
