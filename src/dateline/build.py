"""The writing service: sources are read, one after the other or on several processes, into readings and a record.

The one broad `except` of Dateline stands here: a crash on one article becomes a problem of that article, and the run
goes on.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from types import FrameType
from typing import BinaryIO

from dateline.errors import DatelineError, SourceError, UsageError
from dateline.language.card import open_model
from dateline.pipeline import Tools, load_tools, read_articles, read_one
from dateline.records.problem import Problem
from dateline.records.reading import Reading
from dateline.records.text import Article
from dateline.sources.files import check_paths, read_sources
from dateline.sources.header import article_from_text, parse_given_date
from dateline.sources.sourced import Sourced
from dateline.store.write import open_writer
from dateline.version import __version__

# A batch is large enough to fill the encoder and small enough that Ctrl-C is answered within seconds.
_BATCH_ARTICLES = 32
_BATCH_CHARACTERS = 40_000


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read: the publication date of all articles (None: found in each), processes, what stands in for ours."""

    date: date | None = None
    workers: int = 1
    strict: bool = False
    language_model: str | None = None
    lexicon: Path | None = None

    def __post_init__(self) -> None:
        if self.workers < 1:
            raise UsageError(f"--workers {self.workers}: give a number of processes, 1 or more")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article of the sources: a reading, or problems that say why there is none, or known before."""

    ref: str
    reading: Reading | None
    problems: tuple[Problem, ...] = ()
    known: bool = False


@dataclass(slots=True)
class Summary:
    """Counts of a run so far; `added` are articles new to the record, `failed` those that could not be read."""

    added: int = 0
    known: int = 0
    failed: int = 0
    events: int = 0
    statements: int = 0
    figures: int = 0
    stopped: bool = False
    messages: list[str] = field(default_factory=list)

    @property
    def articles(self) -> int:
        """All articles met."""
        return self.added + self.known + self.failed


def read(
    text: str,
    *,
    date: date | str | None = None,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    ref: str = "text",
) -> Reading:
    """Read one article given as text.

    Args:
        text: the article; offsets of all facts are code points of this very string.
        date: its publication date ("2020-03-14"); without it, the date is looked for in the text and the URL.

    Raises:
        DateError: no such date, or none given and none found.
        SourceError: the text is empty or cannot be read as an English article.
    """
    given = parse_given_date(date) if isinstance(date, str) else date
    sourced = article_from_text(text, ref=ref, given_date=given, title=title, source=source, url=url)
    tools = _default_tools()
    reading = read_one(sourced.article, tools)
    return replace(reading, problems=(*sourced.problems, *reading.problems))


@cache
def _default_tools() -> Tools:
    return load_tools()


def read_each(
    paths: Sequence[str],
    options: ReadOptions,
    *,
    stdin: BinaryIO | None = None,
    known: Callable[[str], bool] = lambda article_id: False,
    stopping: Callable[[], bool] = lambda: False,
) -> Iterator[Outcome]:
    """Outcomes of all articles in the sources, in order; memory does not grow with their number.

    Args:
        known: whether an article id needs no reading again.
        stopping: asked before each batch; once true, batches in hand are finished and no more are begun.

    Raises:
        SourceError: none of the paths can be read. (If some can, the others become problems.)
    """
    usable, failures = _sorted_out(paths)
    yield from failures
    batches = _batched(_until(stopping, read_sources(usable, given_date=options.date, stdin=stdin)), known)
    if options.workers == 1:
        tools = load_tools(language_model=options.language_model, lexicon=options.lexicon)
        for batch in batches:
            yield from _read_batch(batch, tools, options.strict)
    else:
        yield from _read_parallel(batches, options)


def read_into(
    paths: Sequence[str],
    record: Path | str,
    options: ReadOptions | None = None,
    *,
    stdin: BinaryIO | None = None,
    on_outcome: Callable[[Summary], None] = lambda summary: None,
) -> Summary:
    """Read all sources into a record file; articles that it holds already are passed over.

    Ctrl-C finishes the articles in hand and returns with `stopped` set; the same call again goes on from there.
    """
    summary = Summary()
    _sorted_out(paths)  # a record is not begun for paths that are all wrong
    options = options or ReadOptions()
    with open_writer(record, options=_told(options), versions=_versions()) as writer, _interruptible() as stop:
        for outcome in read_each(paths, options, stdin=stdin, known=writer.known, stopping=stop.is_set):
            if outcome.known:
                summary.known += 1
            elif outcome.reading is None:
                for problem in outcome.problems:
                    writer.problem(outcome.ref, problem)
                    summary.messages.append(f"{outcome.ref}: {problem.message}")
                summary.failed += 1
            else:
                writer.add(outcome.reading)
                summary.added += 1
                summary.events += len(outcome.reading.events)
                summary.statements += len(outcome.reading.statements)
                summary.figures += len(outcome.reading.figures)
            on_outcome(summary)
        summary.stopped = stop.is_set()
    return summary


def _told(options: ReadOptions) -> dict[str, str]:
    """The options as the record keeps them: those that change what is read."""
    chosen = {"date": options.date, "language_model": options.language_model, "lexicon": options.lexicon}
    return {name: str(value) for name, value in chosen.items() if value is not None}


def _versions() -> dict[str, str]:
    return {"dateline": __version__, "language_model": open_model().name}


def _sorted_out(paths: Sequence[str]) -> tuple[list[str], list[Outcome]]:
    """The paths that can be read, and outcomes that say why the others cannot."""
    usable: list[str] = []
    failures: list[Outcome] = []
    for path in paths:
        try:
            check_paths([path])
            usable.append(path)
        except SourceError as error:
            message = str(error).removeprefix(f"{path}: ")
            failures.append(Outcome(path, None, (Problem("source", "unreadable", message),)))
    if not usable:
        check_paths(paths[:1])
    return usable, failures


@dataclass(frozen=True, slots=True)
class _Item:
    sourced: Sourced
    known: bool


def _until(stopping: Callable[[], bool], sources: Iterable[Sourced]) -> Iterator[Sourced]:
    for sourced in sources:
        if stopping():
            return
        yield sourced


def _batched(sources: Iterable[Sourced], known: Callable[[str], bool]) -> Iterator[list[_Item]]:
    batch: list[_Item] = []
    characters = 0
    for sourced in sources:
        item = _Item(sourced, sourced.article is not None and known(sourced.article.id))
        batch.append(item)
        if sourced.article is not None and not item.known:
            characters += len(sourced.article.text)
        if len(batch) >= _BATCH_ARTICLES or characters >= _BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _read_batch(batch: list[_Item], tools: Tools, strict: bool) -> list[Outcome]:
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
        return list(read_articles(articles, tools))
    except Exception:  # one article spoils the batch: find out which, below
        return [_reading_or_problem(article, tools) for article in articles]


def _reading_or_problem(article: Article, tools: Tools) -> Reading | Problem:
    try:
        return read_one(article, tools)
    except Exception as error:  # the one place where a crash becomes a problem of its article
        where = traceback.extract_tb(error.__traceback__)[-1]
        message = f"reading failed with {type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno}); "
        return Problem("reading", "crash", message + "please report it; --strict shows the whole trace")


_worker_tools: Tools | None = None


def _start_worker(options: ReadOptions) -> None:
    global _worker_tools
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker_tools = load_tools(language_model=options.language_model, lexicon=options.lexicon)


def _work(batch: list[_Item], strict: bool) -> list[Outcome]:
    if _worker_tools is None:
        raise DatelineError("a worker process was used before it was started")
    return _read_batch(batch, _worker_tools, strict)


def _read_parallel(batches: Iterator[list[_Item]], options: ReadOptions) -> Iterator[Outcome]:
    """The same on several processes: results in order, never more than a few batches a worker in hand."""
    pool = ProcessPoolExecutor(
        options.workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start_worker,
        initargs=(options,),
    )
    waiting: deque[Future[list[Outcome]]] = deque()
    try:
        for batch in batches:
            if all(item.known or item.sourced.article is None for item in batch):
                waiting.append(_done([Outcome(i.sourced.ref, None, i.sourced.problems, i.known) for i in batch]))
            else:
                waiting.append(pool.submit(_work, batch, options.strict))
            while len(waiting) > 2 * options.workers + 1:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        raise DatelineError(
            "a worker process ended before its articles were done (out of memory?); what was read is kept: run the "
            "same command again to go on, with fewer --workers"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _done(outcomes: list[Outcome]) -> Future[list[Outcome]]:
    future: Future[list[Outcome]] = Future()
    future.set_result(outcomes)
    return future


@contextmanager
def _interruptible() -> Iterator[threading.Event]:
    """An event that the first Ctrl-C sets; the second interrupts as usual. Outside the main thread nothing changes."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = signal.getsignal(signal.SIGINT)

    def on_interrupt(number: int, frame: FrameType | None) -> None:
        stop.set()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
