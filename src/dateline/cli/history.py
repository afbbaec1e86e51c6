"""`dateline figures --history`: how claimed figures about the same events moved."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dateline.archive import LedgerLine

_FORMATS = ("table", "csv", "tsv", "jsonl", "parquet")
_ARROWS = {"up": "↑", "down": "↓", "same": "=", "first": ""}


def print_history(record: Path, query: str, format: str, output: Path | None, as_of: str | None) -> None:
    """Every claim about the events that a query's figures are about."""
    from dateline.cli.terminal import check_format

    check_format(format, _FORMATS, output)
    from dateline.archive import Archive
    from dateline.export.ledger import LEDGER, ledger_cells
    from dateline.export.write import write_table

    with Archive(record) as archive:
        lines = archive.history(query, as_of=as_of)
    if format == "table":
        _print_table(lines, output)
        return
    count = write_table(LEDGER, map(ledger_cells, lines), format, output or sys.stdout)
    if output is not None:
        typer.echo(f"{count} claims written to {output}", err=True)


def _print_table(lines: Sequence[LedgerLine], output: Path | None) -> None:
    from dateline.cli.terminal import plain_table, print_table, printable

    titles = ("event", "what", "published", "claimed by", "words", "", "all claims then", "told by")
    table = plain_table(titles, wide=frozenset(("claimed by", "words")))
    for line in lines:
        claim = line.claim
        table.add_row(
            claim.about[:8],
            printable(line.thing),
            str(claim.published),
            printable(claim.claimant),
            printable(claim.figure.text),
            _ARROWS[line.moved],
            _span(line.low, line.high),
            printable(claim.outlet or ""),
        )
    note = f"{len(lines)} claims" if len(lines) != 1 else "1 claim"
    print_table(table, note, output)


def _span(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return ""
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"
