"""`dateline agenda`: what was announced, and what became of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.errors import UsageError

if TYPE_CHECKING:
    from dateline.archive import AgendaItem

_FORMATS = ("table", "csv", "tsv", "jsonl", "parquet", "ics")
_SCREEN = 50
_STYLES = {"came true": "green", "cancelled": "red", "postponed": "yellow", "passed": "dim", "coming": "bold"}


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "agenda",
        epilog="Examples:\n\n"
        "dateline agenda record.db --from 2024-11-15\n\n"
        'dateline agenda record.db "actor:NOR" --format ics --output norway.ics\n\n'
        "dateline agenda record.db --outcome cancelled",
    )(agenda)


def agenda(
    record: Annotated[Path, typer.Argument(help="Record file made by `dateline read --into`.")],
    query: Annotated[str, typer.Argument(help="Which plans: actor:NOR type:CONSULT (all, if left out).")] = "",
    since: Annotated[str | None, typer.Option("--from", help="First day, as 2024-11-15.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Last day.")] = None,
    became: Annotated[
        str | None, typer.Option("--outcome", help="Only: coming | came true | cancelled | postponed | passed")
    ] = None,
    undated: Annotated[bool, typer.Option("--undated", help="Also plans for which no day is given.")] = False,
    format: Annotated[str, typer.Option("--format", "-f", help=" | ".join(_FORMATS))] = "table",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Answer from what was published by this day.")] = None,
) -> None:
    """Show planned events by day, each with what later reports say: came true, cancelled, postponed, or nothing yet.

    "passed" means that its days are over and no report in the record tells of it.
    """
    from dateline.agenda import OUTCOMES
    from dateline.cli.terminal import check_format

    check_format(format, _FORMATS, output)
    if became is not None and became not in OUTCOMES:
        raise UsageError(f"--outcome '{became}': choose one of {', '.join(OUTCOMES)}")
    from dateline.archive import Archive
    from dateline.export.agenda import AGENDA, agenda_cells, write_calendar
    from dateline.export.write import write_table, write_to

    with Archive(record) as archive:
        items = archive.agenda(query, since=since, until=until, undated=undated, as_of=as_of)
    items = [item for item in items if became in (None, item.outcome)]
    if format == "table":
        _print_table(items, output)
        return
    if format == "ics":
        count = write_to(output or sys.stdout, lambda stream: write_calendar(items, stream))
    else:
        count = write_table(AGENDA, map(agenda_cells, items), format, output or sys.stdout)
    if output is not None:
        typer.echo(f"{count} planned events written to {output}", err=True)


def _print_table(items: list[AgendaItem], output: Path | None) -> None:
    from rich.text import Text

    from dateline.cli import article as cells
    from dateline.cli.terminal import plain_table, print_table, printable

    titles = ("id", "days", "outcome", "type", "who → whom", "where", "announced", "told by")
    table = plain_table(titles, wide=frozenset(("who → whom", "told by")))
    for item in items[: None if output else _SCREEN]:
        event = item.plan.fact
        sides = " + ".join(map(cells.who, event.source)) or "?"
        sides += " → " + " + ".join(map(cells.who, event.target)) if event.target else ""
        told = f"{item.later[0].origin.published} “{item.later[0].fact.trigger.text}”" if item.later else ""
        table.add_row(
            event.id[:8],
            cells.days(*item.days) if item.days else "no day",
            Text(item.outcome, _STYLES[item.outcome]),
            event.type + (f" {event.mode}" if event.mode else ""),
            sides,
            event.place.name if event.place else "",
            str(item.plan.origin.published),
            printable(told),
        )
    note = f"{len(items)} planned events" if len(items) != 1 else "1 planned event"
    if output is None and len(items) > _SCREEN:
        note += f", {_SCREEN} shown: --format csv|jsonl|parquet|ics gives all"
    print_table(table, note, output)
