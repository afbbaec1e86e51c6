"""Reading on several processes: results in order, and a process that dies takes no article but its own with it."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from dateline.batches import Item, Outcome, read_batch
from dateline.errors import DatelineError
from dateline.pipeline import Tools, load_tools
from dateline.records.problem import Problem

_DIED = "the process that read it was ended by the system (out of memory?); it is left out, the others are read"


@dataclass(frozen=True, slots=True)
class WorkerOptions:
    """How many processes, and what each of them loads."""

    workers: int
    strict: bool
    language_model: str | None
    lexicon: Path | None


_worker_tools: Tools | None = None


def _start_worker(options: WorkerOptions) -> None:
    global _worker_tools
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker_tools = load_tools(language_model=options.language_model, lexicon=options.lexicon)


def _work(batch: list[Item], strict: bool) -> list[Outcome]:
    if _worker_tools is None:
        raise DatelineError("a worker process was used before it was started")
    return read_batch(batch, _worker_tools, strict)


def read_parallel(batches: Iterator[list[Item]], options: WorkerOptions) -> Iterator[Outcome]:
    """Outcomes of batches in their order, never more than a few batches a worker in hand.

    If a process is ended by the system, the batch whose turn it is gets read article by article, each in a process of
    its own; an article on which that process is ended too becomes a problem.
    """
    crew = _Crew(options)
    waiting: deque[list[Item]] = deque()
    results: deque[Future[list[Outcome]]] = deque()
    try:
        for batch in batches:
            waiting.append(batch)
            results.append(crew.submit(batch))
            while len(waiting) > 2 * options.workers + 1:
                yield from _next(crew, waiting, results)
        while waiting:
            yield from _next(crew, waiting, results)
    finally:
        crew.end()


def _next(crew: _Crew, waiting: deque[list[Item]], results: deque[Future[list[Outcome]]]) -> list[Outcome]:
    """The outcomes of the first batch that is waiting."""
    batch, result = waiting.popleft(), results.popleft()
    try:
        return result.result()
    except BrokenProcessPool:
        crew.renew()
        found = [outcome for item in batch for outcome in crew.alone(item)]
        lost = [n for n, future in enumerate(results) if not _is_good(future)]
        for n in lost:
            results[n] = crew.submit(waiting[n])
        return found


def _is_good(future: Future[list[Outcome]]) -> bool:
    """Whether a result is there, or an error that is the article's own (--strict) and no dead process."""
    return future.done() and not future.cancelled() and not isinstance(future.exception(), BrokenProcessPool)


class _Crew:
    """The worker processes; the pool is replaced when one of them has died, because it cannot be used any more."""

    def __init__(self, options: WorkerOptions) -> None:
        self._options = options
        self._pool = self._new_pool(options.workers)

    def _new_pool(self, workers: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_start_worker,
            initargs=(self._options,),
        )

    def submit(self, batch: list[Item]) -> Future[list[Outcome]]:
        """Have a batch read; one in which nothing is to be read is done at once."""
        future: Future[list[Outcome]] = Future()
        if all(item.known or item.sourced.article is None for item in batch):
            future.set_result([Outcome(i.sourced.ref, None, i.sourced.problems, i.known) for i in batch])
            return future
        try:
            return self._pool.submit(_work, batch, self._options.strict)
        except BrokenProcessPool as error:
            future.set_exception(error)
            return future

    def alone(self, item: Item) -> list[Outcome]:
        """Read one article in a process of its own."""
        if item.known or item.sourced.article is None:
            return self.submit([item]).result()
        pool = self._new_pool(1)
        try:
            return pool.submit(_work, [item], self._options.strict).result()
        except BrokenProcessPool:
            return [Outcome(item.sourced.ref, None, (*item.sourced.problems, Problem("reading", "killed", _DIED)))]
        finally:
            pool.shutdown(cancel_futures=True)

    def renew(self) -> None:
        """New processes in place of the old."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._new_pool(self._options.workers)

    def end(self) -> None:
        """Let the processes go once they have finished what they are at."""
        self._pool.shutdown(cancel_futures=True)
