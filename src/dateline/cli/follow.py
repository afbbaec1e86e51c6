"""`dateline follow`: feeds into a record, once or again and again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.errors import UsageError

if TYPE_CHECKING:
    from dateline.follow.run import Followed

_EPILOG = """Examples:

dateline follow https://news.example/rss --into record.db

dateline follow feeds.opml --into record.db --every 30

dateline follow feeds.txt --into record.db --no-pages
"""
_MOST_SHOWN = 20


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("follow", epilog=_EPILOG)(follow)


def follow(
    feeds: Annotated[
        list[str], typer.Argument(help="Web addresses of feeds, OPML files, or text files that list them.")
    ],
    into: Annotated[Path, typer.Option(help="Record file to keep the facts in (made if absent).")],
    every: Annotated[float | None, typer.Option(help="Ask again every so many minutes until Ctrl-C.")] = None,
    pages: Annotated[bool, typer.Option(help="Fetch the page where a feed gives only a summary.")] = True,
    delay: Annotated[float, typer.Option(help="Seconds between two requests to one host.")] = 2.0,
    timeout: Annotated[float, typer.Option(help="Seconds that one request may take.")] = 30.0,
    allow_private: Annotated[bool, typer.Option(help="Also fetch from this machine and private networks.")] = False,
    workers: Annotated[int, typer.Option(help="Processes to read with.")] = 1,
) -> None:
    """Read the new articles of feeds (RSS, Atom, RDF, OPML lists) into a record.

    Polite: robots.txt is obeyed, unchanged feeds are not sent again, failing ones are left alone for longer and longer.
    What was seen stands in RECORD.follow.json; the same command goes on from there.
    """
    _check(every, delay, timeout)
    from dateline.build import ReadOptions
    from dateline.follow.fetch import Fetcher, Limits
    from dateline.follow.run import feed_addresses, follow_into

    addresses = feed_addresses(feeds)
    fetcher = Fetcher(Limits(delay=delay, seconds=timeout, allow_private=allow_private))
    while True:
        with _progress() as on_progress:
            followed = follow_into(
                addresses, into, fetcher, ReadOptions(workers=workers), pages=pages, on_progress=on_progress
            )
        _report(followed, into)
        if followed.summary.stopped:
            raise typer.Exit(130)
        if every is None:
            break
        time.sleep(every * 60)
        fetcher = Fetcher(fetcher.limits)
    if followed.failed and followed.failed == followed.feeds:
        raise typer.Exit(1)


@contextmanager
def _progress() -> Iterator[Callable[[Followed], None]]:
    """A callback that keeps one line up to date on a terminal and is silent elsewhere; politeness takes its time."""
    from dateline.cli.terminal import console

    err = console(stderr=True)
    if not err.is_terminal:
        yield lambda followed: None
        return
    with err.status("asking the first feed") as status:
        yield lambda followed: status.update(f"{followed.feeds} feeds asked, {followed.summary.added} new articles")


def _check(every: float | None, delay: float, timeout: float) -> None:
    if every is not None and every < 1:
        raise UsageError(f"--every {every:g}: give minutes, 1 or more")
    if delay < 0 or timeout <= 0:
        raise UsageError("--delay and --timeout are seconds: 0 or more, and more than 0")


def _report(followed: Followed, into: Path) -> None:
    from dateline.cli.terminal import printable, warn

    messages = [*followed.messages, *followed.summary.messages]
    for message in messages[:_MOST_SHOWN]:
        warn(printable(message))
    if len(messages) > _MOST_SHOWN:
        warn(f"and {len(messages) - _MOST_SHOWN} more: dateline problems {into}")
    read = followed.summary
    asked = f"{followed.feeds} feed{'' if followed.feeds == 1 else 's'} asked"
    parts = [asked, f"{read.added} new article{'' if read.added == 1 else 's'} into {into}"]
    for count, words in (
        (followed.unchanged, "unchanged"),
        (followed.resting, "left alone for now"),
        (followed.failed, "failed"),
    ):
        if count:
            parts.append(f"{count} {words}")
    if read.failed:
        parts.append(f"{read.failed} articles could not be read")
    typer.echo(", ".join(parts[:2]) + "".join(f"; {part}" for part in parts[2:]))
