"""The writing service: sources are read, one after the other or on several processes, into readings and a record."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from types import FrameType
from typing import BinaryIO

from dateline.batches import Outcome, batched, read_batch
from dateline.errors import SourceError, UsageError
from dateline.gather import gather
from dateline.language.card import model_digest, open_model
from dateline.lexicon.digest import lexicon_digest
from dateline.pipeline import Tools, load_tools, read_one
from dateline.records.problem import Problem
from dateline.records.reading import Reading
from dateline.sources.files import check_paths, read_sources
from dateline.sources.header import article_from_text, parse_given_date
from dateline.sources.sourced import Sourced
from dateline.store.people import join_actors
from dateline.store.write import open_writer
from dateline.version import __version__
from dateline.workers import WorkerOptions, read_parallel


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
    yield from _read_sourced(read_sources(usable, given_date=options.date, stdin=stdin), options, known, stopping)


def _read_sourced(
    sources: Iterable[Sourced], options: ReadOptions, known: Callable[[str], bool], stopping: Callable[[], bool]
) -> Iterator[Outcome]:
    batches = batched(_until(stopping, sources), known)
    if options.workers == 1:
        tools = load_tools(language_model=options.language_model, lexicon=options.lexicon)
        for batch in batches:
            yield from read_batch(batch, tools, options.strict)
    else:
        loaded = WorkerOptions(options.workers, options.strict, options.language_model, options.lexicon)
        yield from read_parallel(batches, loaded)


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
    _sorted_out(paths)  # a record is not begun for paths that are all wrong
    options = options or ReadOptions()
    reading = partial(read_each, paths, options, stdin=stdin)
    return _keep(lambda known, stopping: reading(known=known, stopping=stopping), record, options, on_outcome)


def keep_articles(
    sources: Iterable[Sourced],
    record: Path | str,
    options: ReadOptions | None = None,
    *,
    on_outcome: Callable[[Summary], None] = lambda summary: None,
) -> Summary:
    """Read articles that come from elsewhere than files (feeds) into a record; one outcome for each, in order."""
    chosen = options or ReadOptions()
    return _keep(lambda known, stopping: _read_sourced(sources, chosen, known, stopping), record, chosen, on_outcome)


def _keep(
    outcomes: Callable[[Callable[[str], bool], Callable[[], bool]], Iterator[Outcome]],
    record: Path | str,
    options: ReadOptions,
    on_outcome: Callable[[Summary], None],
) -> Summary:
    """Store outcomes, which are begun once the record says what it knows and whether to stop."""
    summary = Summary()
    with open_writer(record, options=_told(options), versions=_versions(options)) as writer, _interruptible() as stop:
        for outcome in outcomes(writer.known, stop.is_set):
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
    join_actors(record)
    if not summary.stopped:
        gather(record)
    return summary


def _told(options: ReadOptions) -> dict[str, str]:
    """The options as the record keeps them: those that change what is read."""
    chosen = {"date": options.date, "language_model": options.language_model, "lexicon": options.lexicon}
    return {name: str(value) for name, value in chosen.items() if value is not None}


def _versions(options: ReadOptions) -> dict[str, str]:
    """What reads, to the byte: `dateline manifest` tells it."""
    model = open_model()
    return {
        "dateline": __version__,
        "language_model": model.name,
        "language_model_sha256": model_digest(model),
        "lexicon_sha256": lexicon_digest(options.lexicon),
    }


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


def _until(stopping: Callable[[], bool], sources: Iterable[Sourced]) -> Iterator[Sourced]:
    for sourced in sources:
        if stopping():
            return
        yield sourced


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
