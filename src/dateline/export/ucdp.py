"""A layout like that of UCDP's Georeferenced Event Dataset: comma-separated, its 49 columns in their order.

Only assaults that happened and for which the article counts at least one person killed. UCDP's ids of conflicts, dyads
and actors are its own coders' work and stay empty, as do deaths by side: an article's figure rarely says which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import floor
from typing import BinaryIO, Final

from dateline.export.cameo import whole_number
from dateline.export.columns import Cells, Column, Told, columns, sources
from dateline.export.countries import countries
from dateline.export.violence import (
    both,
    days_long,
    division,
    first_day,
    is_armed_group,
    is_state,
    is_unarmed,
    last_day,
    occurred,
)
from dateline.export.write import write_csv
from dateline.records.claims import Event
from dateline.records.mentions import Participant, PlaceMention

COLUMNS: Final[tuple[Column, ...]] = columns(
    ("id", "integer", "number made from the event's id"),
    ("relid", "text", "the event's id"),
    ("year", "integer", "year of the event"),
    ("active_year", "integer", "empty"),
    ("code_status", "text", "'Dateline' and the rule"),
    ("type_of_violence", "integer", "1 state-based, 2 non-state, 3 one-sided"),
    ("conflict_dset_id", "integer", "empty"),
    ("conflict_new_id", "integer", "empty"),
    ("conflict_name", "text", "empty"),
    ("dyad_dset_id", "integer", "empty"),
    ("dyad_new_id", "integer", "empty"),
    ("dyad_name", "text", "side A - side B"),
    ("side_a_dset_id", "integer", "empty"),
    ("side_a_new_id", "integer", "empty"),
    ("side_a", "text", "who acts"),
    ("side_b_dset_id", "integer", "empty"),
    ("side_b_new_id", "integer", "empty"),
    ("side_b", "text", "upon whom; Civilians for one-sided violence"),
    ("number_of_sources", "integer", "1; with --merged the independent sources"),
    ("source_article", "text", "source, date and title of the article"),
    ("source_office", "text", "source of the article"),
    ("source_date", "day", "day of publication"),
    ("source_headline", "text", "title of the article"),
    ("source_original", "text", "who is said to have reported it"),
    ("where_prec", "integer", "1 a town, 2 near one, 4 a division, 6 a country"),
    ("where_coordinates", "text", "name of the place the coordinates are of"),
    ("where_description", "text", "the place in the article's words"),
    ("adm_1", "text", "first-order division"),
    ("adm_2", "text", "empty"),
    ("latitude", "real", "latitude"),
    ("longitude", "real", "longitude"),
    ("geom_wkt", "text", "POINT (longitude latitude)"),
    ("priogrid_gid", "integer", "cell of PRIO-GRID"),
    ("country", "text", "country of the event"),
    ("country_id", "integer", "Gleditsch and Ward number of it"),
    ("region", "text", "Africa, Americas, Asia, Europe or Middle East"),
    ("event_clarity", "integer", "1 told as an event of its own"),
    ("date_prec", "integer", "1 a day, 2 some days, 3 a week, 4 a month, 5 longer"),
    ("date_start", "day", "first day"),
    ("date_end", "day", "last day"),
    ("deaths_a", "integer", "empty"),
    ("deaths_b", "integer", "empty"),
    ("deaths_civilians", "integer", "those of one-sided violence, else empty"),
    ("deaths_unknown", "integer", "those of whom the side is not told"),
    ("best", "integer", "lowest stated count of killed"),
    ("high", "integer", "the same"),
    ("low", "integer", "the same"),
    ("gwnoa", "integer", "Gleditsch and Ward number of side A where it is a state"),
    ("gwnob", "integer", "Gleditsch and Ward number of side B where it is a state"),
)
# Where Gleditsch and Ward differ from the Correlates of War list.
_GLEDITSCH_WARD: Final = {"DEU": 260, "YEM": 678, "SRB": 340, "KIR": 970, "NRU": 971, "TON": 972, "TUV": 973}
_AMERICAS: Final = frozenset(("Central America", "South America", "Caribbean", "North America"))
_ASIA: Final = frozenset(("South Asia", "Southeast Asia", "East Asia", "Oceania"))
_EAST_OF_EUROPE: Final = frozenset(("ARM", "AZE", "GEO"))


def write_ucdp(rows: Iterable[Told], out: BinaryIO) -> int:
    """Write the 49 columns; the number of rows."""
    return write_csv(COLUMNS, ucdp_rows(rows), out)


def ucdp_rows(rows: Iterable[Told]) -> Iterator[Cells]:
    """Events as UCDP's cells; those without a killed person, or without a country, are left out."""
    for row in occurred(rows):
        event: Event = row.fact
        dead = event.size.dead if event.size else None
        if event.type == "ASSAULT" and dead and event.place is not None and event.place.country in countries():
            yield _cells(row, event, event.place, dead)


def type_of_violence(event: Event) -> int:
    """1 state-based (a state fights an armed group or a state), 2 non-state, 3 one-sided (against the unarmed)."""
    one, two = both(event.source, event.target)
    if two is None or (is_unarmed(two) and not is_armed_group(two)):
        return 3
    if one is not None and (is_state(one) or is_state(two)):
        return 1
    return 2 if one is not None and is_armed_group(one) and is_armed_group(two) else 3


def _cells(row: Told, event: Event, place: PlaceMention, dead: int) -> Cells:
    origin, kind = row.origin, type_of_violence(event)
    one, two = both(event.source, event.target)
    name_a = one.name if one else "Unknown"
    name_b = "Civilians" if kind == 3 or two is None else two.name
    first, last = first_day(event, origin.published), last_day(event, origin.published)
    cited = ",".join(f'"{part}"' for part in (origin.source, origin.published.isoformat(), origin.title) if part)
    head = (whole_number(event.id), event.id, first.year, None, f"Dateline {event.rule}", kind)
    sides = (None, None, None, None, None, f"{name_a} - {name_b}", None, None, name_a, None, None, name_b)
    told = (
        sources(row),
        cited,
        origin.source,
        origin.published,
        origin.title,
        event.reported_by.text if event.reported_by else None,
    )
    civilians = dead if kind == 3 else None
    return (
        *head,
        *sides,
        *told,
        *_where(place),
        1,
        _date_precision(days_long(event, origin.published)),
        first,
        last,
        None,
        None,
        civilians,
        None if kind == 3 else dead,
        dead,
        dead,
        dead,
        _state_number(one),
        None if kind == 3 else _state_number(two),
    )


def _where(place: PlaceMention) -> Cells:
    country = countries()[place.country or ""]
    here = place.lat is not None and place.lon is not None
    return (
        {"city": 1, "site": 2, "region": 4, "country": 6}.get(place.kind, 6),
        place.name,
        place.text,
        division(place),
        None,
        place.lat,
        place.lon,
        f"POINT ({place.lon} {place.lat})" if here else None,
        priogrid(place.lat, place.lon) if place.lat is not None and place.lon is not None else None,
        country.name,
        _GLEDITSCH_WARD.get(country.code, country.cow),
        _region(country.code, country.region),
    )


def priogrid(lat: float, lon: float) -> int:
    """The cell of PRIO-GRID (half a degree wide, numbered from the south-west) that a point lies in."""
    row = min(floor((lat + 90) * 2), 359)
    column = min(floor((lon + 180) * 2), 719)
    return row * 720 + column + 1


def _region(code: str, region: str) -> str:
    if region.endswith("Africa"):
        return "Africa"
    if region in _AMERICAS:
        return "Americas"
    if region in _ASIA or (region == "Caucasus and Central Asia" and code not in _EAST_OF_EUROPE):
        return "Asia"
    return "Middle East" if region == "Middle East" else "Europe"


def _date_precision(long: int | None) -> int:
    if long is None or long == 1:
        return 1
    return 2 if long <= 6 else 3 if long <= 7 else 4 if long <= 31 else 5


def _state_number(who: Participant | None) -> int | None:
    if who is None or who.country is None or not is_state(who):
        return None
    known = countries().get(who.country)
    return None if known is None else _GLEDITSCH_WARD.get(known.code, known.cow)
