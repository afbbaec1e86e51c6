"""The ledger: how claimed figures about one event moved, each event and thing counted as a small drawing."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from dateline.archive import Archive, LedgerLine, Row
from dateline.errors import UsageError
from dateline.export.ledger import LEDGER, ledger_cells
from dateline.export.write import write_table
from dateline.records.claims import Event
from dateline.web.asking import answer, question
from dateline.web.download import as_file
from dateline.web.site import Site, site_of
from dateline.web.words import number

_WIDE: Final = 300.0
_HIGH: Final = 90.0
_EDGE: Final = 8.0
_MOST_SHEETS: Final = 40
# Claims beyond which the page asks for a closer question, for it has to look up the acts of every one of them.
_MOST_FIGURES: Final = 3_000


@dataclass(frozen=True, slots=True)
class Stroke:
    """One claim in a drawing: from its lowest number up to its highest, at its day."""

    line: LedgerLine
    x: float
    low: float
    high: float
    open: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One thing counted of one event: its claims by day, and the drawing of them.

    Attributes:
        band: the outline of what the claimants' latest claims leave open, as points of a polygon.
        top, bottom: the largest and smallest number of the scale, worded.
    """

    act: Event | None
    about: str
    thing: str
    lines: tuple[LedgerLine, ...]
    strokes: tuple[Stroke, ...]
    band: str
    top: str
    bottom: str
    first: date
    last: date


def show_ledger(request: Request) -> Response:
    """`/ledger?q=kind:killed`."""
    asked = question(request, "/ledger", {"alone": ("", "yes")})

    def tell(site: Site) -> dict[str, Any]:
        with site.archive() as archive:
            figures = archive.count("figures", f"{asked.query} -event:none".strip())
            if figures > _MOST_FIGURES:
                return {"too_many": figures}
            sheets = _sheets(archive, asked.query, alone=bool(asked.choices["alone"]))
        return {
            "too_many": 0,
            "sheets": sheets[:_MOST_SHEETS],
            "count": len(sheets),
            "figures": figures,
            "files": asked.files(),
            "command": _command(site, asked.query),
        }

    return answer(request, "ledger.html", "figure", asked, tell)


def download_ledger(request: Request) -> Response:
    """`/ledger.csv?q=...` and the like: what `dateline figures --history` writes."""
    site, asked = site_of(request), question(request, "/ledger", {})
    format = request.path_params["format"]

    def write(file: Path) -> None:
        with site.archive() as archive:
            write_table(LEDGER, map(ledger_cells, archive.history(asked.query)), format, file)

    return as_file("ledger", format, write)


def _sheets(archive: Archive, query: str, *, alone: bool) -> list[Sheet]:
    """The sheets of a query: those with claims of the most days first; single claims only where asked for."""
    found = []
    for (about, thing), told in groupby(archive.history(query), key=lambda line: (line.claim.about, line.thing)):
        lines = tuple(told)
        if alone or len(lines) > 1:
            found.append((about, thing, lines))
    found.sort(key=lambda sheet: (-len({line.claim.published for line in sheet[2]}), -len(sheet[2]), *sheet[:2]))
    acts = {about: _act(archive, about) for about, _, _ in found[:_MOST_SHEETS]}
    return [_sheet(acts.get(about), about, thing, lines) for about, thing, lines in found]


def _act(archive: Archive, about: str) -> Event | None:
    """The event that figures are about; None where it is not in the record any more."""
    try:
        found = archive.show(about)
    except UsageError:
        return None
    return found.fact if isinstance(found, Row) and isinstance(found.fact, Event) else None


def _sheet(act: Event | None, about: str, thing: str, lines: tuple[LedgerLine, ...]) -> Sheet:
    numbers = [n for line in lines for n in (line.claim.figure.low, line.claim.figure.high) if n is not None] or [0.0]
    low, high = min(numbers), max(numbers)
    low = 0.0 if low < high * 0.5 or low == high else low
    first, last = lines[0].claim.published, lines[-1].claim.published
    length = max(1, (last - first).days)

    def across(line: LedgerLine) -> float:
        middle = (_WIDE - 2 * _EDGE) / 2
        return _EDGE + (middle if first == last else (line.claim.published - first).days / length * 2 * middle)

    def up(value: float) -> float:
        return _HIGH - _EDGE - (value - low) / ((high - low) or 1) * (_HIGH - 2 * _EDGE)

    strokes = []
    for line in lines:
        figure = line.claim.figure
        known = [n for n in (figure.low, figure.high) if n is not None] or [low]
        is_open = figure.low is None or figure.high is None
        strokes.append(Stroke(line, across(line), up(min(known)), up(max(known)), is_open))
    return Sheet(
        act, about, thing, lines, tuple(strokes), _band(lines, across, up), number(high), number(low), first, last
    )


def _band(lines: Sequence[LedgerLine], across: Any, up: Any) -> str:
    """Steps: what was claimed holds until the next claim."""
    known = [line for line in lines if line.low is not None and line.high is not None]
    if len(known) < 2:
        return ""
    upper, lower = [], []
    for line, after in zip(known, [*known[1:], None], strict=True):
        ends = [across(line), across(after) if after is not None else _WIDE - _EDGE]
        upper += [(x, up(line.high)) for x in ends]
        lower += [(x, up(line.low)) for x in ends]
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in (*upper, *reversed(lower)))


def _command(site: Site, query: str) -> str:
    return shlex.join(["dateline", "figures", str(site.record), *([query] if query else []), "--history"])
