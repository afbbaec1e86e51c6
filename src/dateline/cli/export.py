"""`dateline export`: a record, or a part of it, in a layout of ours or of another project."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from dateline.errors import StoreError, UsageError

# Named here, lest asking for help load what writes them; a test holds them to `export.layouts.LAYOUTS`.
LAYOUTS = (
    "csv",
    "tsv",
    "jsonl",
    "parquet",
    "arrow",
    "stata",
    "readings",
    "plover",
    "polecat",
    "icews",
    "gdelt",
    "gdelt-mentions",
    "petrarch",
    "acled",
    "ucdp",
    "geojson",
    "graphml",
    "nodes",
    "edges",
    "jsonld",
    "html",
)
_EXAMPLES = """Examples:

dateline export record.db polecat --output events.txt

dateline export record.db gdelt "since:2024-10" --output 2024.export.CSV --script

dateline export record.db stata --table figures --output figures.dta

dateline export record.db html "status:planned" --output plans.html

dateline export record.db readings --without-text --output shared.jsonl
"""


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("export", epilog=_EXAMPLES)(export)


def export(
    record: Annotated[Path, typer.Argument(help="Record file made by `dateline read --into`.")],
    layout: Annotated[str, typer.Argument(help=f"How to write it: {', '.join(LAYOUTS)}.")],
    query: Annotated[str, typer.Argument(help="What to write: actor:NOR type:CONSULT since:2024")] = "",
    output: Annotated[str, typer.Option("--output", "-o", help="File to write; - for standard output.")] = "-",
    table: Annotated[
        str | None, typer.Option("--table", "-t", help="events, statements, figures, actors, places, times, articles.")
    ] = None,
    limit: Annotated[int | None, typer.Option(help="At most so many rows of the table.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Answer from what was published by this day.")] = None,
    without_text: Annotated[
        bool, typer.Option("--without-text", help="Spans in the place of the articles' words; see dateline rehydrate.")
    ] = False,
    merged: Annotated[
        bool, typer.Option("--merged", help="One row for each real event, however many reports tell of it.")
    ] = False,
    script: Annotated[
        bool, typer.Option("--script", help="Also write FILE.R, which reads the file in R with its column types.")
    ] = False,
) -> None:
    """Write a record in the layout of GDELT, ICEWS, POLECAT, ACLED and others, or as tables, maps, networks and pages.

    docs/layouts.md says what each layout holds and what it cannot hold.
    """
    from dateline.archive import Archive
    from dateline.export.layouts import chosen, reading_script

    _, kind = chosen(layout, table)
    if output == "-" and layout in ("parquet", "arrow", "stata"):
        raise UsageError(f"the layout {layout} needs --output FILE: it is no text for a screen")
    if script and output == "-":
        raise UsageError("--script needs --output FILE: the script names the file it reads")
    written = reading_script(layout, kind, Path(output).name, merged=merged) if script else None
    with Archive(record) as archive:
        target = sys.stdout if output == "-" else Path(output)
        count = archive.export(
            layout, target, query, table=table, limit=limit, as_of=as_of, with_text=not without_text, merged=merged
        )
    if output == "-":
        sys.stdout.flush()
        return
    typer.echo(f"{count} rows of {kind} written to {output}", err=True)
    if written is not None:
        path = Path(f"{output}.R")
        try:
            path.write_text(written, encoding="utf-8")
        except OSError as error:
            raise StoreError(f"{path}: cannot be written ({error.strerror or error})") from error
        typer.echo(f"script to read it in R written to {path}", err=True)
