"""The layout of PETRARCH and its kin: a line for each pair of actors, seven fields with tabs between.

There is no header. Date is YYYYMMDD, actors are CAMEO actor codes (`---` for nobody), issues are PLOVER contexts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, Final

from dateline.export.cameo import Dyad, actor_code, dyads
from dateline.export.columns import Column, Told, columns
from dateline.export.delimited import write_tabs
from dateline.records.mentions import Participant

COLUMNS: Final[tuple[Column, ...]] = columns(
    ("date", "integer", "YYYYMMDD"),
    ("source", "text", "CAMEO actor code, --- for nobody"),
    ("target", "text", "CAMEO actor code, --- for nobody"),
    ("code", "text", "CAMEO code (text: 042 is not 42)"),
    ("issues", "text", "PLOVER contexts, semicolons between"),
    ("ids", "text", "article id, underscore, event id"),
    ("url", "text", "address of the article, else where it was read from"),
)


def write_petrarch(rows: Iterable[Told], out: BinaryIO) -> int:
    """Write the dyads; those in which nobody has a code are left out. The number of rows."""
    return write_tabs(None, (cells for dyad in dyads(rows) if (cells := _cells(dyad)) is not None), out)


def _cells(dyad: Dyad) -> tuple[object, ...] | None:
    source, target = _code(dyad.source), _code(dyad.target)
    if source is None and target is None:
        return None
    origin = dyad.row.origin
    return (
        dyad.printed.day.strftime("%Y%m%d").zfill(8),
        source or "---",
        target or "---",
        dyad.code.code,
        ";".join(dyad.event.contexts),
        f"{origin.id}_{dyad.event.id}",
        origin.url or origin.ref,
    )


def _code(who: Participant | None) -> str | None:
    return None if who is None else actor_code(who.country, who.sectors)
