"""POLECAT's layout: tab-separated, its forty columns in their order, absent written as "None".

Several actors have "; " between them, the sectors of one have "|". As in POLECAT the types are those that PLOVER's
conventions print (`export/plover.py`); what Dateline does not tell (Wikipedia ids, districts, story lists) is "None".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import BinaryIO, Final

from dateline.export.columns import Cells, Column, Told
from dateline.export.countries import countries
from dateline.export.delimited import one_line
from dateline.export.plover import Coded, coded
from dateline.export.write import write_csv
from dateline.lexicon.codebook import load_codebook
from dateline.records.claims import Event
from dateline.records.mentions import Participant
from dateline.version import __version__

COLUMNS: Final[tuple[Column, ...]] = tuple(
    Column(name, "text", "as in POLECAT")
    for name in (
        *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
        *("Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title"),
        *("Actor Name Raw", "Wikipedia Actor ID"),
        *("Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors"),
        *("Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID"),
        *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID"),
        *("Raw Placename", "Feature Type", "Source", "Publication Date"),
        *("Story People", "Story Organizations", "Story Locations", "Language", "Version"),
    )
)
_QUADS: Final = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}
_FEATURES: Final = {"country": "PCLI", "region": "ADM1", "city": "PPL"}


def write_polecat(rows: Iterable[Told], out: BinaryIO) -> int:
    """Write events in POLECAT's layout; the number written."""
    return write_csv(COLUMNS, polecat_rows(rows), out, delimiter="\t")


def polecat_rows(rows: Iterable[Told]) -> Iterator[Cells]:
    """Events of a record as POLECAT's cells; those for which PLOVER codes nothing are left out."""
    codebook = load_codebook()
    for row in rows:
        event: Event = row.fact
        printed = coded(event, row.origin.published, codebook)
        if printed is not None:
            yield tuple(_cell(value) for value in _values(row, event, printed))


def _values(row: Told, event: Event, printed: Coded) -> tuple[object, ...]:
    place = event.place
    return (
        event.id,
        printed.day,
        printed.type,
        printed.mode,
        printed.intensity,
        _QUADS[printed.quad],
        "; ".join(event.contexts),
        *_side(event.source),
        *_side(event.target),
        place.name if place else None,
        place.name if place and place.kind == "city" else None,
        None,
        (place.name if place.kind == "region" else place.admin1) if place else None,
        place.country if place else None,
        place.lat if place else None,
        place.lon if place else None,
        place.geonames_id if place else None,
        place.text if place else None,
        _FEATURES.get(place.kind) if place else None,
        row.origin.source,
        row.origin.published,
        None,
        None,
        None,
        "English",
        f"Dateline {__version__}",
    )


def _side(those: Sequence[Participant]) -> tuple[object, ...]:
    """Name, country, COW number, primary sector, sectors, title, raw name, Wikipedia id of those on one side."""

    def listed(of: Callable[[Participant], object]) -> str:
        return "; ".join(_cell(of(who)) for who in those)

    return (
        listed(lambda who: who.name),
        listed(lambda who: who.country),
        listed(lambda who: _cow(who.country)),
        listed(lambda who: who.sectors[0] if who.sectors else None),
        listed(lambda who: "|".join(who.sectors)),
        listed(lambda who: who.role),
        listed(lambda who: who.text),
        listed(lambda who: None),
    )


def _cell(value: object) -> str:
    """A cell without tabs and line breaks, which POLECAT's readers do not expect inside one."""
    if value is None or value == "":
        return "None"
    text = str(value)
    return text if text.isprintable() else one_line(text)


def _cow(code: str | None) -> int | None:
    known = countries().get(code or "")
    return None if known is None else known.cow
