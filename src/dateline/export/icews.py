"""ICEWS's layout: tab-separated, twenty columns with a header, one row for each pair of actors (`export/cameo.py`)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import BinaryIO, Final

from dateline.export.cameo import Dyad, dyads, whole_number
from dateline.export.columns import Column, Told, columns
from dateline.export.countries import BODIES, countries
from dateline.export.delimited import write_tabs
from dateline.records.mentions import Participant

COLUMNS: Final[tuple[Column, ...]] = columns(
    ("Event ID", "integer", "number made from the event's id and the pair"),
    ("Event Date", "day", "day of the event"),
    ("Source Name", "text", "who acts"),
    ("Source Sectors", "text", "their sectors in words"),
    ("Source Country", "text", "their country's name"),
    ("Event Text", "text", "title of the CAMEO code"),
    ("CAMEO Code", "text", "CAMEO code (text: 042 is not 42)"),
    ("Intensity", "real", "Goldstein score"),
    ("Target Name", "text", "upon whom"),
    ("Target Sectors", "text", "their sectors in words"),
    ("Target Country", "text", "their country's name"),
    ("Story ID", "integer", "number made from the article's id"),
    ("Sentence Number", "integer", "empty"),
    ("Publisher", "text", "source of the article"),
    ("City", "text", "town of the event"),
    ("District", "text", "empty"),
    ("Province", "text", "first-order division"),
    ("Country", "text", "country of the event"),
    ("Latitude", "real", "latitude"),
    ("Longitude", "real", "longitude"),
)
# PLOVER's sectors in the words that ICEWS uses.
SECTORS: Final = {
    "GOV": "Government",
    "LEG": "Legislative / Parliamentary",
    "JUD": "Judicial",
    "MIL": "Military",
    "COP": "Police",
    "SPY": "Intelligence",
    "PRM": "Paramilitary",
    "REB": "Rebel",
    "UAF": "Unidentified Forces",
    "PTY": "Parties",
    "OPP": "Opposition",
    "ELI": "Elite",
    "AGR": "Agricultural",
    "BUS": "Business",
    "CRM": "Criminals / Gangs",
    "CVL": "General Population / Civilian / Social",
    "EDU": "Education",
    "JRN": "News",
    "LAB": "Labor",
    "MED": "Medical / Health",
    "REF": "Refugees / Displaced",
    "REL": "Religious",
    "SOC": "Social",
}


def write_icews(rows: Iterable[Told], out: BinaryIO) -> int:
    """Write the twenty columns; the number of rows."""
    return write_tabs([column.name for column in COLUMNS], map(_cells, dyads(rows)), out)


def _cells(dyad: Dyad) -> tuple[object, ...]:
    place, origin = dyad.event.place, dyad.row.origin
    return (
        whole_number(dyad.id),
        dyad.printed.day,
        *_side(dyad.source),
        dyad.code.label,
        dyad.code.code,
        dyad.code.goldstein,
        *_side(dyad.target),
        whole_number(origin.id),
        None,
        origin.source,
        place.name if place and place.kind == "city" else None,
        None,
        (place.name if place.kind == "region" else place.admin1) if place else None,
        _country(place.country) if place else None,
        place.lat if place else None,
        place.lon if place else None,
    )


def _side(who: Participant | None) -> tuple[object, ...]:
    if who is None:
        return (None, None, None)
    sectors = ",".join(SECTORS[sector] for sector in who.sectors if sector in SECTORS)
    return (who.name, sectors, _country(who.country))


@cache
def _country(code: str | None) -> str | None:
    known = countries().get(code or "")
    return known.icews if known is not None else BODIES.get(code or "")
