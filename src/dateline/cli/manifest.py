"""`dateline manifest` and `rehydrate`: where a record comes from, and exports without text made whole again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dateline.export.rehydrate import Texts

_RECORD = Annotated[Path, typer.Argument(help="Record file made by `dateline read --into`.")]
_OUTPUT = Annotated[str, typer.Option("--output", "-o", help="File to write; - for standard output.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(
        "manifest",
        epilog="Examples:\n\ndateline manifest record.db --output record.json\n\n"
        "dateline manifest record.db --against record.json",
    )(manifest)
    app.command(
        "rehydrate",
        epilog="Examples:\n\ndateline rehydrate shared.jsonl articles/ --output whole.jsonl\n\n"
        "dateline rehydrate shared.jsonl articles/ --into whole.db\n\n"
        "dateline rehydrate events.csv articles/ --output events-whole.csv",
    )(rehydrate)


def manifest(
    record: _RECORD,
    output: _OUTPUT = "-",
    against: Annotated[
        Path | None, typer.Option(help="A manifest made before: say what differs, exit code 1 if anything does.")
    ] = None,
) -> None:
    """Say where a record comes from: hashes of the articles, options, versions of model and lexicon, counts."""
    from dateline.archive import Archive
    from dateline.errors import UsageError
    from dateline.export.manifest import differences, read_manifest, write_manifest
    from dateline.export.write import write_to

    with Archive(record) as archive:
        made = archive.manifest()
    if against is None:
        write_to(sys.stdout if output == "-" else Path(output), lambda out: write_manifest(made, out))
        return
    try:
        data = against.read_bytes()
    except OSError as error:
        raise UsageError(f"{against}: cannot be read ({error.strerror or error})") from error
    found = differences(made.plain(), read_manifest(data, str(against)))
    for line in found:
        typer.echo(line)
    if found:
        raise typer.Exit(1)
    typer.echo(f"{record} is what {against} says")


def rehydrate(
    export: Annotated[Path, typer.Argument(help="What `dateline export --without-text` wrote.")],
    articles: Annotated[list[str], typer.Argument(help="The articles it was made from, as for `dateline read`.")],
    output: _OUTPUT = "-",
    into: Annotated[
        Path | None, typer.Option(help="Record to add them to; for readings, in the place of --output.")
    ] = None,
    date: Annotated[str | None, typer.Option(help="The --date that was given when they were read.")] = None,
) -> None:
    """Fill the words of the articles in again; articles that are missing or differ are named (exit code 1)."""
    from dateline.export.rehydrate import rehydrate as fill
    from dateline.export.rehydrate import texts_of
    from dateline.export.write import write_to

    missing: list[str] = []
    with texts_of(articles, date) as texts:
        if into is not None:
            count = _add(export, texts, into, missing)
        else:
            target = sys.stdout if output == "-" else Path(output)
            count = write_to(target, lambda out: fill(export, texts, out, missing.append))
    for line in missing:
        typer.echo(f"dateline: {line}", err=True)
    typer.echo(f"{count} rows, {len(missing)} articles that are missing or differ", err=True)
    if missing:
        raise typer.Exit(1)


def _add(export: Path, texts: Texts, record: Path, missing: list[str]) -> int:
    """Add the readings of an export to a record; their number."""
    from dateline.export.rehydrate import rehydrated
    from dateline.gather import gather
    from dateline.store.people import join_actors
    from dateline.store.write import open_writer
    from dateline.version import __version__

    count = 0
    with open_writer(record, options={"rehydrated": export.name}, versions={"dateline": __version__}) as writer:
        for reading in rehydrated(export, texts, missing.append):
            writer.add(reading)
            count += 1
    join_actors(record)
    gather(record)
    return count
