"""`dateline check` and `dateline backup`: is a record sound, and a copy of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

_RECORD = Annotated[Path, typer.Argument(help="Record file made by `dateline read --into`.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("check", epilog="Examples:\n\ndateline check record.db")(check)
    app.command("backup", epilog="Examples:\n\ndateline backup record.db copy.db")(backup)


def check(record: _RECORD) -> None:
    """Check a record: the file itself, the texts' hashes, and that every fact's words stand where it says."""
    from dateline.archive import Archive

    with Archive(record) as archive:
        faults = list(archive.check())
    for fault in faults:
        typer.echo(f"{fault.where}: {fault.message}")
    if faults:
        raise typer.Exit(1)
    typer.echo(f"{record} is sound")


def backup(
    record: _RECORD, copy: Annotated[Path, typer.Argument(help="File to make; it must not be there yet.")]
) -> None:
    """Copy a record, consistent even while another process writes to it."""
    from dateline.archive import Archive

    with Archive(record) as archive:
        archive.back_up(copy)
    typer.echo(f"{record} copied to {copy}")
