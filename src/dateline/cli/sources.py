"""`dateline sources`: what files are taken for, how many articles they hold, and what cannot be read."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dateline.sources.listing import Look

_EPILOG = """Examples:

dateline sources downloads/

dateline sources export.docx crawl.warc.gz

dateline sources news/ --json
"""
_MOST_SHOWN = 20


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("sources", epilog=_EPILOG)(sources)


def sources(
    paths: Annotated[list[str], typer.Argument(help="Files or folders of articles; - is standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per file and line.")] = False,
) -> None:
    """Look into files before reading: their kind, how many articles, from when, and what cannot be read and why."""
    from dateline.sources.listing import look_into

    looks = look_into(paths, stdin=sys.stdin.buffer)
    if as_json:
        for look in looks:
            sys.stdout.write(json.dumps(_plain(look), ensure_ascii=True) + "\n")
            sys.stdout.flush()
        return
    _print_table(list(looks))


def _plain(look: Look) -> dict[str, object]:
    return {
        "path": look.path,
        "kind": look.kind,
        "articles": look.articles,
        "first": look.first.isoformat() if look.first else None,
        "last": look.last.isoformat() if look.last else None,
        "dates_from": look.bases,
        "guessed": look.guessed,
        "not_read": look.unread_count,
        "reasons": [{"ref": item.ref, "code": item.code, "message": item.message} for item in look.unread],
    }


def _print_table(looks: list[Look]) -> None:
    from rich.table import Table

    from dateline.cli.terminal import console, printable

    out = console()
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("file", overflow="fold")
    table.add_column("taken for", overflow="fold")
    table.add_column("articles", justify="right")
    table.add_column("not read", justify="right")
    table.add_column("published", overflow="fold")
    for look in looks:
        days = f"{look.first} to {look.last}" if look.first != look.last else f"{look.first or ''}"
        counts = (str(look.articles), str(look.unread_count) if look.unread_count else "")
        table.add_row(printable(look.path), look.kind, *counts, days)
    out.print(table)
    unread = [item for look in looks for item in look.unread]
    total = sum(look.unread_count for look in looks)
    for item in unread[:_MOST_SHOWN]:
        out.print(printable(f"{item.ref}: {item.message}"), soft_wrap=True)
    if total > _MOST_SHOWN:
        out.print(f"and {total - min(len(unread), _MOST_SHOWN)} more: --json lists them")
    articles = sum(look.articles for look in looks)
    files = f"{len(looks)} file" + ("" if len(looks) == 1 else "s")
    out.print(f"{articles} article{'' if articles == 1 else 's'} in {files}; {total} could not be read")
