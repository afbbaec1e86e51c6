"""The terminal: colour only where a person looks, one form for warnings."""

from __future__ import annotations

import sys

import typer
from rich.console import Console


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
