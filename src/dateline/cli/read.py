"""`dateline read`: articles to a record, to the terminal, or to JSON lines."""

from __future__ import annotations

import datetime
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.errors import DateError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from dateline.build import ReadOptions, Summary

_EPILOG = """Examples:

dateline read article.txt

dateline read news/ more.jsonl --into record.db

dateline read dump.csv --date 2020-03-14 --json > readings.jsonl

cat article.txt | dateline read - --date 2020-03-14
"""


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("read", epilog=_EPILOG)(read)


def read(
    paths: Annotated[list[str], typer.Argument(help="Files or folders of articles; - is standard input.")],
    into: Annotated[Path | None, typer.Option(help="Record file to keep the facts in (made if absent).")] = None,
    date: Annotated[str | None, typer.Option(help="Publication date of all the articles, 2020-03-14.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object per article and line.")] = False,
    workers: Annotated[int, typer.Option(help="Processes to read with.")] = 1,
    strict: Annotated[bool, typer.Option(help="Stop with the whole trace at a crash on an article.")] = False,
    language_model: Annotated[str | None, typer.Option(help="A spaCy pipeline to parse with instead of ours.")] = None,
    lexicon: Annotated[Path | None, typer.Option(help="A folder of lexicon files laid over ours.")] = None,
) -> None:
    """Read articles and show, print or keep what they report.

    Told by content: text, web pages, JSON, tables, Word, RTF, feeds, NITF, NewsML, e-mail, WARC, exports of Nexis,
    Factiva and ProQuest, and archives of these (`dateline sources` looks first). Without --into and --json the facts of
    each article are shown on the terminal.
    """
    if into is not None and json:
        raise UsageError("--into and --json exclude each other: keep the facts in a record, or print them")
    if lexicon is not None and not lexicon.is_dir():
        raise UsageError(f"--lexicon {lexicon}: no such folder; give one with the shape of dateline/lexicon/data")
    given = _given_date(date)
    from dateline.build import ReadOptions

    options = ReadOptions(given, workers, strict, language_model, lexicon)
    failed = _into(paths, into, options) if into is not None else _print(paths, options, json)
    if failed:
        raise typer.Exit(1)


def _given_date(date: str | None) -> datetime.date | None:
    if date is None:
        return None
    from dateline.sources.header import parse_given_date

    try:
        return parse_given_date(date)
    except DateError as error:
        raise UsageError(f"--date: {error}") from None


def _print(paths: list[str], options: ReadOptions, json: bool) -> int:
    """Readings to standard output as they come; the number of articles that could not be read."""
    from dateline.build import read_each
    from dateline.cli.article import print_reading
    from dateline.cli.terminal import console, warn
    from dateline.records.plain import reading_to_json

    failed = 0
    out = console()
    for outcome in read_each(paths, options, stdin=sys.stdin.buffer):
        if outcome.reading is None:
            failed += 1
            for problem in outcome.problems:
                warn(f"{outcome.ref}: {problem.message}")
        elif json:
            sys.stdout.write(reading_to_json(outcome.reading) + "\n")
            sys.stdout.flush()
        else:
            print_reading(out, outcome.reading)
    return failed


def _into(paths: list[str], into: Path, options: ReadOptions) -> int:
    """Readings into a record, with a progress bar on a terminal; the number of articles that could not be read."""
    from dateline.build import read_into
    from dateline.cli.terminal import console, warn
    from dateline.sources.files import count_articles

    err = console(stderr=True)
    started = time.monotonic()
    with _progress(err, count_articles([path for path in paths if path == "-" or Path(path).exists()])) as on_outcome:
        summary = read_into(paths, into, options, stdin=sys.stdin.buffer, on_outcome=on_outcome)
    for message in summary.messages[:20]:
        warn(message)
    if len(summary.messages) > 20:
        warn(f"and {len(summary.messages) - 20} more: dateline problems {into}")
    seconds = time.monotonic() - started
    typer.echo(_summary_line(summary, into, seconds))
    if summary.stopped:
        warn("stopped by Ctrl-C; what was read is kept: run the same command again to go on from here")
        raise typer.Exit(130)
    return summary.failed


def _summary_line(summary: Summary, into: Path, seconds: float) -> str:
    parts = [f"{summary.added} {'article' if summary.added == 1 else 'articles'} read into {into} in {seconds:.1f} s"]
    if summary.added:
        parts.append(f"{summary.events} events, {summary.statements} statements, {summary.figures} figures")
    if summary.known:
        parts.append(f"{summary.known} known already")
    if summary.failed:
        parts.append(f"{summary.failed} could not be read (dateline problems {into})")
    return "; ".join(parts)


@contextmanager
def _progress(err: Console, total: int | None) -> Iterator[Callable[[Summary], None]]:
    """A callback for `read_into` that moves a bar on a terminal and is silent elsewhere."""
    if not err.is_terminal:
        yield lambda summary: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    started = time.monotonic()
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task("reading", total=total, rate="")

        def advance(summary: Summary) -> None:
            rate = summary.articles / max(time.monotonic() - started, 0.001)
            progress.update(task, completed=summary.articles, rate=f"{rate:.1f} articles/s")

        yield advance
