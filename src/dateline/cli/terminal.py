"""The terminal: colour only where a person looks, one form for warnings."""

from __future__ import annotations

import sys
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from dateline.errors import StoreError, UsageError


def check_format(format: str, known: tuple[str, ...], output: Path | None) -> None:
    """See that rows can be written so.

    Raises:
        UsageError: the command has no such format, or Parquet is asked for on the screen.
    """
    if format not in known:
        raise UsageError(f"--format {format}: choose one of {', '.join(known)}")
    if format == "parquet" and output is None:
        raise UsageError("--format parquet needs --output FILE: it is no text for a screen")


def console(*, stderr: bool = False) -> Console:
    """A console that wraps at the terminal's width, and at 140 columns in a pipe or file."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(
        stderr=stderr,
        highlight=False,
        markup=False,
        soft_wrap=False,
        emoji=False,
        width=None if stream.isatty() else 140,
    )


def warn(message: str) -> None:
    """One line on standard error."""
    typer.echo(f"dateline: {message}", err=True)


def printable(text: str) -> str:
    """Text of an article made safe for a terminal: no control characters, line ends as blanks."""
    return "".join(char if char.isprintable() else " " for char in text)


def plain_table(titles: tuple[str, ...], *, wide: frozenset[str] = frozenset()) -> Table:
    """An empty table without lines; columns named in `wide` take more than one line where they must."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for title in titles:
        table.add_column(title, overflow="fold" if title in wide else "ellipsis", no_wrap=title not in wide)
    return table


def print_table(table: Table, note: str, output: Path | None) -> None:
    """Show a table and a line below it on the terminal, or write both to a file.

    Raises:
        StoreError: the file cannot be written.
    """
    if output is None:
        out = console()
        if table.row_count:
            out.print(table)
        out.print(note, style="dim")
        return
    try:
        with output.open("w", encoding="utf-8") as stream:
            Console(file=stream, width=160, highlight=False, markup=False, emoji=False).print(table, note, sep="\n")
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"{output}: cannot be written ({reason}); check that its folder exists") from error
