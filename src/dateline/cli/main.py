"""`dateline`: the commands, and what every one of them does with errors, pipes and Ctrl-C."""

from __future__ import annotations

import os
import sys

import typer

from dateline.cli import (
    agenda,
    ask,
    audit,
    export,
    follow,
    gazetteer,
    keep,
    lexicon,
    manifest,
    merge,
    read,
    series,
    serve,
    show,
    sources,
    who,
)
from dateline.errors import DatelineError, QueryError, UsageError
from dateline.version import __version__

app = typer.Typer(
    name="dateline",
    help="Read dated news articles and keep a sourced record of what they report.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dateline {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Read dated news articles and keep a sourced record of what they report: who did what to whom, when and where.

    Start: dateline read ARTICLES --into record.db, then dateline events record.db
    """


# Commands by what a person wants to do, in the order in which `dateline --help` lists them.
_PANELS = (
    ("Read articles", (read, sources, follow)),
    ("Ask the record", (ask, show, who, series, agenda, serve)),
    ("One event, many reports", (merge,)),
    ("Take it elsewhere", (export, manifest)),
    ("Check and improve", (audit, keep, lexicon, gazetteer)),
)


def _add_commands() -> None:
    for panel, modules in _PANELS:
        commands, groups = len(app.registered_commands), len(app.registered_groups)
        for module in modules:
            module.add_to(app)
        for command in app.registered_commands[commands:]:
            command.rich_help_panel = panel
        for group in app.registered_groups[groups:]:
            group.rich_help_panel = panel


_add_commands()


def run() -> None:
    """Entry point of the command: one clear sentence for each error, exit code 2 for usage and 1 for a failed run."""
    try:
        app()
    except (UsageError, QueryError) as error:
        typer.echo(f"dateline: {error}", err=True)
        raise SystemExit(2) from None
    except DatelineError as error:
        typer.echo(f"dateline: {error}", err=True)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        typer.echo("dateline: interrupted", err=True)
        raise SystemExit(130) from None
    except BrokenPipeError:
        # The reader of our pipe has gone (`| head`): nothing to say, and nothing more to flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
