"""`dateline series`: events counted by pair of actors and period, for R, pandas and Stata."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.errors import UsageError

if TYPE_CHECKING:
    from dateline.export.columns import Cells, Column

_PERIODS = ("day", "week", "month", "quarter", "year")
_MEASURES = ("count", "intensity", "quad")
_LABELS = ("country", "sector", "name")
_FORMATS = ("table", "csv", "tsv", "jsonl", "parquet")
_SCREEN = 50


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "series",
        epilog="Examples:\n\n"
        'dateline series record.db "actor:IND target:PAK" --by month\n\n'
        "dateline series record.db --by week --measure quad --zeros --format csv --output dyads.csv\n\n"
        'dateline series record.db "source:RUS type:THREATEN status:happened|possible" --by quarter',
    )(series)


def series(
    record: Annotated[Path, typer.Argument(help="Record file made by `dateline read --into`.")],
    query: Annotated[str, typer.Argument(help="Which events: actor:IND target:PAK (all, if left out).")] = "",
    by: Annotated[str, typer.Option(help="day | week | month | quarter | year")] = "month",
    measure: Annotated[str, typer.Option(help="count | intensity | quad")] = "count",
    actors: Annotated[str, typer.Option(help="Pairs of: country | sector (country and sector) | name")] = "country",
    zeros: Annotated[bool, typer.Option("--zeros", help="Also rows of nought: every pair in every period.")] = False,
    each_report: Annotated[
        bool, typer.Option("--each-report", help="Count every report; without it, an act told by many counts once.")
    ] = False,
    since: Annotated[str | None, typer.Option("--from", help="First day of the series, as 2024-01-01.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Last day of the series.")] = None,
    format: Annotated[str, typer.Option("--format", "-f", help=" | ".join(_FORMATS))] = "table",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Answer from what was published by this day.")] = None,
) -> None:
    """Count events by pair of actors and period: what happened or goes on, unless the query asks for a status.

    An act with several actors on a side counts for each pair. One dated less exactly than the period ("in 2019" by
    month) is left out, and the number of those is told.
    """
    choices = (("--by", by, _PERIODS), ("--measure", measure, _MEASURES), ("--actors", actors, _LABELS))
    for option, value, known in choices:
        if value not in known:
            raise UsageError(f"{option} {value}: choose one of {', '.join(known)}")
    from dateline.cli.terminal import check_format

    check_format(format, _FORMATS, output)
    from dateline.archive import Archive
    from dateline.export.series import series_cells, series_columns
    from dateline.export.write import write_table

    options: dict[str, Any] = {"by": by, "label": actors, "zeros": zeros, "merged": not each_report}
    with Archive(record) as archive:
        found = archive.series(query, since=since, until=until, as_of=as_of, **options)
    columns = series_columns(measure)
    rows = [series_cells(row, measure) for row in found.rows]
    if format == "table":
        _print_table(columns, rows, output)
    else:
        write_table(columns, rows, format, output or sys.stdout)
        if output is not None:
            typer.echo(f"{len(rows)} rows written to {output}", err=True)
    if found.too_wide:
        acts = "1 act is" if found.too_wide == 1 else f"{found.too_wide} acts are"
        typer.echo(f"dateline: {acts} dated less exactly than a {by} and counted in none", err=True)


def _print_table(columns: Sequence[Column], rows: list[Cells], output: Path | None) -> None:
    """The first rows for reading, without the days that the period's name says already."""
    from dateline.cli.terminal import plain_table, print_table, printable

    shown = [n for n, column in enumerate(columns) if column.name not in ("period_from", "period_to")]
    table = plain_table(tuple(columns[n].name.replace("_", " ") for n in shown))
    for n, column in zip(shown, table.columns, strict=True):
        column.justify = "right" if columns[n].type in ("integer", "real") else "left"
    for row in rows[: None if output else _SCREEN]:
        table.add_row(*("" if row[n] is None else printable(f"{row[n]}") for n in shown))
    note = f"{len(rows)} rows" if len(rows) != 1 else "1 row"
    if output is None and len(rows) > _SCREEN:
        note += f", {_SCREEN} shown: --format csv|jsonl|parquet gives all"
    print_table(table, note, output)
