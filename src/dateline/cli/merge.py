"""`dateline merge`, `same`, `stories`, `join`, `split`: which reports are one event, which articles one story."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from dateline.archive import Joined, MergedEvent, Story

_FORMATS = ("table", "csv", "tsv", "jsonl", "parquet")
_SCREEN = 50
_RECORD = Annotated[Path, typer.Argument(help="Record file made by `dateline read --into`.")]
_EVENT = Annotated[str, typer.Argument(help="Id of an event, or the beginning of it.")]
_FORMAT = Annotated[str, typer.Option("--format", "-f", help=" | ".join(_FORMATS))]
_OUTPUT = Annotated[Path | None, typer.Option("--output", "-o", help="File to write.")]
_AS_OF = Annotated[str | None, typer.Option(help="Answer from what was published by this day.")]
_WHO = Annotated[str, typer.Option(help="Who decides.")]
_WHY = Annotated[str, typer.Option(help="Why, in a few words.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("merge", epilog="Examples:\n\ndateline merge record.db\n\ndateline merge record.db --again")(merge)
    app.command("same", epilog="Examples:\n\ndateline same record.db 3f9c1a20")(same)
    app.command(
        "stories",
        epilog='Examples:\n\ndateline stories record.db\n\ndateline stories record.db "published:2024-11" -f csv',
    )(stories)
    app.command(
        "join", epilog='Examples:\n\ndateline join record.db 3f9c 81aa --who "Ada" --why "one raid, two reports"'
    )(join)
    app.command(
        "split",
        epilog="Examples:\n\ndateline split record.db 3f9c --who Ada\n\ndateline split record.db 3f9c 81aa --who Ada",
    )(split)


def merge(
    record: _RECORD,
    again: Annotated[bool, typer.Option("--again", help="Begin anew; what persons decided stays.")] = False,
) -> None:
    """Find which reports tell of the same event and which articles are one story.

    `dateline read --into` does this at its end; this command is for records of an older Dateline, or after a stop.
    Reports are never changed.
    """
    from dateline.gather import gather

    _known(record)
    began = time.monotonic()
    done = gather(record, again=again, on_article=_progress)
    seconds = time.monotonic() - began
    what = (
        f"{done.articles} {'article' if done.articles == 1 else 'articles'} compared" if done.articles else "up to date"
    )
    typer.echo(f"{record}: {what} in {seconds:.1f} s")


def _progress(done: int, of_all: int) -> None:
    if sys.stderr.isatty():
        typer.echo(f"\r{done} of {of_all} articles", err=True, nl=done == of_all)


def _known(record: Path) -> None:
    if not record.exists():
        raise UsageError(f"{record}: there is no such record; `dateline read ... --into {record}` makes one")


def same(record: _RECORD, event: _EVENT, as_of: _AS_OF = None) -> None:
    """Show all reports of the event that one report tells of, and why each was joined to the others."""
    from dateline.archive import Archive
    from dateline.cli.terminal import console

    with Archive(record) as archive:
        found, joined = archive.same(event, as_of=as_of)
    print_same(console(), found, joined)


def print_same(out: Console, event: MergedEvent, joined: list[Joined]) -> None:
    """The reports of a real event, the representative first, each with the reasons that joined it."""
    from dateline.cli.terminal import printable

    several = f"{len(event.reports)} reports" if len(event.reports) > 1 else "1 report"
    sources = f"{event.sources} independent {'source' if event.sources == 1 else 'sources'}"
    out.print(f"{several}, {sources}, first published {event.first_published}", style="bold")
    others = {item.report.fact.id: item for item in joined}
    for row in (event.representative, *(item.report for item in joined)):
        fact, origin = row.fact, row.origin
        out.print()
        source = f", {printable(origin.source)}" if origin.source else ""
        out.print(f"{fact.id[:8]}  {fact.type} {fact.status}  {origin.published}{source}", style="bold")
        out.print(f"  {printable(row.sentence or fact.trigger.text)}")
        item = others.get(fact.id)
        if item is None:
            continue
        if item.decided:
            out.print(f"  joined by {printable(item.decided[0])}: {printable(item.decided[1])}")
        if item.score is not None and item.via is not None:
            out.print(f"  with {item.via[:8]}, {100 * item.score:.0f} % likely one event:", style="dim")
            for reason in item.reasons:
                out.print(f"    {reason.points:+5.1f}  {printable(reason.words)}", style="dim")


def stories(
    record: _RECORD,
    query: Annotated[
        str, typer.Argument(help="Which articles: published:2024-11 country:NOR (all, if left out).")
    ] = "",
    format: _FORMAT = "table",
    output: _OUTPUT = None,
    limit: Annotated[int | None, typer.Option(help="At most so many stories.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Also articles that are alone in their story.")] = False,
    as_of: _AS_OF = None,
) -> None:
    """Developing stories: articles that tell of one matter, under the headline most like them all."""
    from dateline.cli.terminal import check_format

    check_format(format, _FORMATS, output)
    from dateline.archive import Archive
    from dateline.export.merged import STORIES, story_cells
    from dateline.export.write import write_table

    shown = _SCREEN if limit is None and format == "table" else limit
    with Archive(record) as archive:
        found = archive.stories(query, limit=shown, as_of=as_of, least=1 if every else 2)
    if format == "table":
        _print_stories(found, output, full=shown is not None and len(found) == shown)
        return
    count = write_table(STORIES, map(story_cells, found), format, output or sys.stdout)
    if output is not None:
        typer.echo(f"{count} stories written to {output}", err=True)


def _print_stories(found: list[Story], output: Path | None, *, full: bool) -> None:
    from dateline.cli.terminal import plain_table, print_table, printable

    table = plain_table(("id", "articles", "sources", "events", "from", "to", "headline"), wide=frozenset({"headline"}))
    for story in found:
        first, last = story.articles[0], story.articles[-1]
        counts = (str(len(story.articles)), str(story.sources), str(story.events))
        headline = printable(story.headline or first.ref)
        table.add_row(story.id[:8], *counts, str(first.published), str(last.published), headline)
    note = "1 story" if len(found) == 1 else f"{len(found)} stories"
    if not found:
        note = "no story of two articles or more; --all lists every article"
    print_table(table, f"{note} shown: --limit N shows more" if full else note, output)


def print_merged(
    record: Path, query: str, format: str, output: Path | None, limit: int | None, as_of: str | None
) -> None:
    """`dateline events --merged`: one row for each real event."""
    from dateline.cli.terminal import check_format

    check_format(format, _FORMATS, output)
    from dateline.archive import Archive
    from dateline.export.merged import MERGED, merged_cells
    from dateline.export.write import write_table

    with Archive(record) as archive:
        if format != "table":
            rows = archive.merged(query, limit=limit, as_of=as_of)
            count = write_table(MERGED, map(merged_cells, rows), format, output or sys.stdout)
            if output is not None:
                typer.echo(f"{count} events written to {output}", err=True)
            return
        total = archive.count_merged(query, as_of=as_of)
        shown = list(archive.merged(query, limit=_SCREEN if limit is None else limit, as_of=as_of))
    _print_merged(shown, total, output)


def _print_merged(shown: list[MergedEvent], total: int, output: Path | None) -> None:
    from rich.text import Text

    from dateline.cli import article as cells
    from dateline.cli.terminal import plain_table, print_table, printable

    headings = ("id", "reports", "sources", "first", "status", "type", "who → whom", "when", "where", "words")
    table = plain_table(headings, wide=frozenset({"who → whom", "words"}))
    for event in shown:
        fact = event.representative.fact
        sides = " + ".join(map(cells.who, fact.source)) or "?"
        sides += " → " + " + ".join(map(cells.who, fact.target)) if fact.target else ""
        table.add_row(
            event.id[:8],
            str(len(event.reports)),
            str(event.sources),
            str(event.first_published),
            Text(fact.status, cells.STATUS_STYLES[fact.status]),
            fact.type + (f" {fact.mode}" if fact.mode else ""),
            sides,
            cells.when(fact.time),
            fact.place.name if fact.place else "",
            cells.shorten(printable(fact.trigger.text), 24),
        )
    more = "1 real event" if total == 1 else f"{total} real events"
    print_table(table, f"{more}, {len(shown)} shown: --limit N shows more" if len(shown) < total else more, output)


def join(record: _RECORD, event: _EVENT, other: _EVENT, who: _WHO, why: _WHY = "") -> None:
    """Say that two reports tell of one event. This wins over what Dateline finds, now and later."""
    from dateline.gather import decide

    _known(record)
    a, b = decide(record, "join", event, other, who=who, why=why)
    typer.echo(f"{a} and {b} are one event now: dateline same {record} {a[:8]}")


def split(
    record: _RECORD,
    event: _EVENT,
    who: _WHO,
    other: Annotated[str | None, typer.Argument(help="Only from this report; without it, from all.")] = None,
    why: _WHY = "",
) -> None:
    """Say that a report tells of an event of its own (or of another one than a second report). This wins, too."""
    from dateline.gather import decide

    _known(record)
    a, b = decide(record, "split", event, other, who=who, why=why)
    typer.echo(f"{a} stands alone now" if b is None else f"{a} and {b} are two events now")
