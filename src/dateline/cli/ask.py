"""`dateline events`, `statements` and the like: rows of a record, as a table for a person or as data for a program."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.text import Text

FORMATS = ("table", "csv", "tsv", "jsonl", "parquet")
EVENT_FORMATS = (*FORMATS, "plover", "polecat")
_FORMATS_HELP = "table | csv | tsv | jsonl | parquet; events also plover | polecat"
_SCREEN = 50

_KINDS = {
    "events": "Events: who did what to whom, with status, time and place.",
    "statements": "Statements: who said what.",
    "figures": "Figures: which quantity was claimed, of what, by whom.",
    "actors": "Actors: who appears in which article, with country, sectors and role.",
    "places": "Places that are mentioned, with coordinates.",
    "times": "Time expressions, with TIMEX3 value and days.",
    "articles": "Articles that the record holds.",
    "problems": "What could not be read, or had to be guessed, and why.",
}
_EXAMPLES = {
    "events": [
        "",
        '"actor:NOR type:CONSULT status:planned"',
        '"since:2024-10 ASSAULT" --format csv --output events.csv',
        "type:ASSAULT --merged",
    ],
    "statements": ['"speaker:GOV ceasefire"', "--format jsonl"],
    "figures": ['"kind:killed"', '"event:5f3a" --history', "--format parquet --output figures.parquet"],
    "actors": ['"country:KEN sector:MIL"'],
    "places": ['"in:UKR"'],
    "times": [""],
    "articles": ['"published:2024-11"'],
    "problems": [""],
}


def add_to(app: typer.Typer) -> None:
    """Add one command for each kind of row."""
    for kind, text in _KINDS.items():
        examples = "\n\n".join(f"dateline {kind} record.db {rest}".rstrip() for rest in _EXAMPLES[kind])
        app.command(kind, help=text, epilog=f"Examples:\n\n{examples}")(
            {"figures": _figures, "events": _events}.get(kind) or _command(kind)
        )


_Record = Annotated[Path, typer.Argument(help="Record file made by `dateline read --into`.")]
_Query = Annotated[str, typer.Argument(help="What to look for: actor:NOR type:CONSULT since:2024")]
_Format = Annotated[str, typer.Option("--format", "-f", help=_FORMATS_HELP)]
_Output = Annotated[Path | None, typer.Option("--output", "-o", help="File to write.")]
_Limit = Annotated[int | None, typer.Option(help="At most so many rows.")]
_AsOf = Annotated[str | None, typer.Option(help="Answer from what was published by this day.")]


def _command(kind: str) -> Callable[..., None]:
    def command(
        record: _Record,
        query: _Query = "",
        format: _Format = "table",
        output: _Output = None,
        limit: _Limit = None,
        as_of: _AsOf = None,
    ) -> None:
        known = EVENT_FORMATS if kind == "events" else FORMATS
        from dateline.cli.terminal import check_format

        check_format(format, known, output)
        from dateline.archive import Archive

        with Archive(record) as archive:
            if format == "table":
                _print_table(archive, kind, query, output, limit, as_of)
            else:
                _write(archive, kind, query, format, output, limit, as_of)

    return command


def _events(
    record: _Record,
    query: _Query = "",
    format: _Format = "table",
    output: _Output = None,
    limit: _Limit = None,
    as_of: _AsOf = None,
    merged: Annotated[
        bool, typer.Option("--merged", help="One row for each real event, however many reports tell of it.")
    ] = False,
) -> None:
    if not merged:
        _command("events")(record, query, format, output, limit, as_of)
        return
    from dateline.cli.merge import print_merged

    print_merged(record, query, format, output, limit, as_of)


def _figures(
    record: _Record,
    query: _Query = "",
    format: _Format = "table",
    output: _Output = None,
    limit: _Limit = None,
    as_of: _AsOf = None,
    history: Annotated[
        bool, typer.Option("--history", help="Every claim about the same events: who gave which number when.")
    ] = False,
) -> None:
    if not history:
        _command("figures")(record, query, format, output, limit, as_of)
        return
    from dateline.cli.history import print_history

    print_history(record, query, format, output, as_of)


def _write(
    archive: Any, kind: str, query: str, format: str, output: Path | None, limit: int | None, as_of: str | None
) -> None:
    """Rows as data; the number written goes to standard error when a file is named."""
    from dateline.export.tables import write_rows

    rows = getattr(archive, kind)(query, limit=limit, as_of=as_of)
    if output is None:
        write_rows(kind, rows, format, sys.stdout)
        sys.stdout.flush()
        return
    count = write_rows(kind, rows, format, output)
    typer.echo(f"{count} {kind} written to {output}", err=True)


def _print_table(
    archive: Any, kind: str, query: str, output: Path | None, limit: int | None, as_of: str | None
) -> None:
    """A table for reading: the first rows, and how many there are."""
    from dateline.cli.terminal import plain_table, print_table

    total = archive.count(kind, query, as_of=as_of)
    rows = getattr(archive, kind)(query, limit=_SCREEN if limit is None else limit, as_of=as_of)
    shown = min(total, _SCREEN if limit is None else limit)
    table = plain_table(tuple(_HEADINGS[kind]), wide=_WIDE)
    for cells in _cells(kind, rows):
        table.add_row(*cells)
    more = f"{total} {kind}" if total != 1 else f"1 {kind.removesuffix('s')}"
    note = (
        f"{more}, {shown} shown: --limit N shows more, --format csv|jsonl|parquet gives all" if shown < total else more
    )
    print_table(table, note, output)


# Columns that take more than one line where they must; the others stay on one.
_WIDE = frozenset({"who → whom", "what", "problem", "words", "title", "name", "role", "article", "unit", "claimed by"})
_HEADINGS = {
    "events": ["id", "published", "status", "type", "who → whom", "when", "where", "words"],
    "statements": ["id", "speaker", "kind", "what", "article"],
    "figures": ["words", "value", "unit", "kind", "status", "claimed by", "article"],
    "actors": ["name", "code", "role", "mentions", "article"],
    "places": ["words", "name", "kind", "country", "lat, lon", "article"],
    "times": ["words", "type", "value", "days", "article"],
    "articles": ["id", "published", "title", "source", "events", "statements", "figures", "problems"],
    "problems": ["where", "stage", "problem"],
}


def _cells(kind: str, rows: Iterator[Any]) -> Iterator[Sequence[str | Text]]:
    from rich.text import Text

    from dateline.cli import article as cells
    from dateline.cli.terminal import printable

    for row in rows:
        if kind == "articles":
            o = row.origin
            counts = (row.events, row.statements, row.figures, row.problems)
            title = printable(o.title or o.ref)
            yield [o.id[:8], str(o.published), title, printable(o.source or ""), *map(str, counts)]
            continue
        if kind == "problems":
            yield [printable(row.ref), row.problem.stage, printable(row.problem.message)]
            continue
        fact = row.fact
        where = f"{row.origin.published} {cells.shorten(printable(row.origin.title or row.origin.ref), 40)}"
        if kind == "events":
            act = fact.type + (f" {fact.mode}" if fact.mode else "")
            sides = " + ".join(map(cells.who, fact.source)) or "?"
            sides += " → " + " + ".join(map(cells.who, fact.target)) if fact.target else ""
            status = Text(fact.status, cells.STATUS_STYLES[fact.status])
            place = fact.place.name if fact.place else ""
            published = str(row.origin.published)
            words = cells.shorten(printable(fact.trigger.text), 24)
            yield [fact.id[:8], published, status, act, sides, cells.when(fact.time), place, words]
        elif kind == "statements":
            yield [fact.id[:8], *_without_cue(cells.statement_cells(fact)), where]
        elif kind == "figures":
            yield [*cells.figure_cells(fact)[:5], cells.who(fact.claimed_by) if fact.claimed_by else "", where]
        elif kind == "actors":
            coded = cells.code(fact.country, fact.sectors)
            yield [printable(fact.name), coded, printable(fact.role or ""), str(len(fact.mentions)), where]
        elif kind == "places":
            point = "" if fact.lat is None else f"{fact.lat:.2f}, {fact.lon:.2f}"
            yield [printable(fact.text), fact.name, fact.kind, fact.country or "", point, where]
        else:
            yield [printable(fact.text), fact.type, fact.value, cells.days(fact.from_, fact.to), where]


def _without_cue(cells: list[str | Text]) -> list[str | Text]:
    return [cells[0], cells[1], cells[3]]
