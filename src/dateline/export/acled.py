"""A layout like ACLED's: comma-separated, its 31 columns in their order.

Only what happened, and only the kinds of event that ACLED has: battles, protests, riots, explosions, violence against
civilians and strategic developments. The kind is worked out from type, mode and the sectors of those involved; ACLED's
coders decide such things by hand, so this is a layout to work with its tools, and no ACLED data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from dateline.export.columns import Cells, Column, Told, columns
from dateline.export.countries import countries
from dateline.export.violence import (
    both,
    days_long,
    division,
    first_day,
    is_armed_group,
    is_force,
    is_state,
    is_unarmed,
    occurred,
    town,
)
from dateline.export.write import write_csv
from dateline.records.claims import Event
from dateline.records.mentions import Participant, PlaceMention

COLUMNS: Final[tuple[Column, ...]] = columns(
    ("event_id_cnty", "text", "country code and the event's id"),
    ("event_date", "day", "first day of the event"),
    ("year", "integer", "its year"),
    ("time_precision", "integer", "1 a day, 2 a week, 3 a month or longer"),
    ("disorder_type", "text", "ACLED's broad class"),
    ("event_type", "text", "ACLED's event type"),
    ("sub_event_type", "text", "ACLED's sub-event type"),
    ("actor1", "text", "who acts"),
    ("assoc_actor_1", "text", "others on that side"),
    ("inter1", "text", "kind of actor 1"),
    ("actor2", "text", "upon whom"),
    ("assoc_actor_2", "text", "others on that side"),
    ("inter2", "text", "kind of actor 2"),
    ("interaction", "text", "both kinds"),
    ("civilian_targeting", "text", "'Civilian targeting' or empty"),
    ("iso", "integer", "ISO 3166-1 number of the country"),
    ("region", "text", "ACLED's region"),
    ("country", "text", "country of the event"),
    ("admin1", "text", "first-order division"),
    ("admin2", "text", "empty"),
    ("admin3", "text", "empty"),
    ("location", "text", "name of the place"),
    ("latitude", "real", "latitude"),
    ("longitude", "real", "longitude"),
    ("geo_precision", "integer", "1 a town or site, 2 a division, 3 a country"),
    ("source", "text", "source of the article"),
    ("source_scale", "text", "empty"),
    ("notes", "text", "the sentence that tells of it"),
    ("fatalities", "integer", "lowest stated count of killed, 0 where none is stated"),
    ("tags", "text", "status and rule"),
    ("timestamp", "integer", "day of publication as Unix time"),
)
_POLITICAL: Final = "Political violence"
_DISORDER: Final = {
    "Protests": "Demonstrations",
    "Riots": "Demonstrations",
    "Strategic developments": "Strategic developments",
}
_REMOTE: Final = {
    "explosives": "Remote explosive/landmine/IED",
    "suicide-attack": "Suicide bomb",
    "aerial": "Air/drone strike",
    "drone": "Air/drone strike",
    "heavy-weapons": "Shelling/artillery/missile attack",
    "unconventional": "Chemical weapon",
}
_PROTESTS: Final = {
    "demo": ("Protests", "Peaceful protest"),
    "strike": ("Protests", "Peaceful protest"),
    "hunger": ("Protests", "Peaceful protest"),
    "boycott": ("Protests", "Peaceful protest"),
    "obstruct": ("Protests", "Peaceful protest"),
    "riot": ("Riots", "Violent demonstration"),
    "vandalize": ("Riots", "Violent demonstration"),
}
_DEVELOPMENTS: Final = {
    ("COERCE", "arrest"): "Arrests",
    ("COERCE", "seize"): "Looting/property destruction",
    ("RETREAT", "ceasefire"): "Agreement",
    ("RETREAT", "withdraw"): "Non-violent transfer of territory",
    ("RETREAT", "disarm"): "Disrupted weapons use",
    ("MOBILIZE", "troops"): "Other",
    ("MOBILIZE", "weapons"): "Other",
    ("MOBILIZE", "militia"): "Change to group/activity",
}


def write_acled(rows: Iterable[Told], out: BinaryIO) -> int:
    """Write the 31 columns; the number of rows."""
    return write_csv(COLUMNS, acled_rows(rows), out)


def acled_rows(rows: Iterable[Told]) -> Iterator[Cells]:
    """Events as ACLED's cells; those of which ACLED has no kind, or no country, are left out."""
    for row in occurred(rows):
        kind = kind_of(row.fact)
        if kind is not None and row.fact.place is not None and row.fact.place.country in countries():
            yield _cells(row, row.fact, row.fact.place, *kind)


def kind_of(event: Event) -> tuple[str, str] | None:
    """Event type and sub-event type; None for what ACLED does not hold."""
    if event.type == "PROTEST":
        return _PROTESTS.get(event.mode or "demo")
    if event.type == "ASSAULT":
        return _kind_of_assault(event)
    found = _DEVELOPMENTS.get((event.type, event.mode or ""))
    return None if found is None else ("Strategic developments", found)


def _kind_of_assault(event: Event) -> tuple[str, str] | None:
    one, two = both(event.source, event.target)
    if event.mode == "crowd-control":
        return ("Protests", "Protest with intervention")
    if event.mode in _REMOTE:
        return ("Explosions/Remote violence", _REMOTE[event.mode])
    if event.mode == "sexual":
        return ("Violence against civilians", "Sexual violence")
    if event.mode == "abduct":
        return ("Violence against civilians", "Abduction/forced disappearance")
    if event.mode == "destroy":
        return ("Strategic developments", "Looting/property destruction")
    if one is not None and two is not None and _fights(one) and _fights(two):
        return ("Battles", "Armed clash")
    return ("Violence against civilians", "Attack")


def _fights(who: Participant) -> bool:
    return is_force(who) or is_armed_group(who)


def _cells(row: Told, event: Event, place: PlaceMention, kind: str, sub_kind: str) -> Cells:
    origin = row.origin
    day = first_day(event, origin.published)
    country = countries()[place.country or ""]
    long = days_long(event, origin.published)
    one, two = both(event.source, event.target)
    left, right = _inter(one, kind, place.country), _inter(two, kind, place.country)
    beside = event.source[2:] if not event.target else event.source[1:]
    civilians = any(is_unarmed(who) for who in event.target)
    return (
        f"{country.code}{event.id}",
        day,
        day.year,
        1 if long in (None, 1) else 2 if long is not None and long <= 7 else 3,
        _DISORDER.get(kind, _POLITICAL),
        kind,
        sub_kind,
        one.name if one else None,
        "; ".join(who.name for who in beside) or None,
        left,
        two.name if two else None,
        "; ".join(who.name for who in event.target[1:]) or None,
        right,
        f"{left}-{right}" if left and right else f"{left or right} only" if left or right else None,
        "Civilian targeting" if civilians and event.type == "ASSAULT" else None,
        country.numeric,
        country.region,
        country.name,
        division(place),
        None,
        None,
        town(place) or place.name,
        place.lat,
        place.lon,
        1 if place.kind in ("city", "site") else 2 if place.kind in ("region", "water", "area") else 3,
        origin.source,
        None,
        row.sentence,
        (event.size.dead if event.size else None) or 0,
        f"status={event.status}; rule={event.rule}",
        (origin.published.toordinal() - _EPOCH) * 86_400,
    )


_EPOCH: Final = 719_163  # the ordinal of 1970-01-01


def _inter(who: Participant | None, kind: str, where: str | None) -> str | None:
    """ACLED's kind of actor."""
    if who is None:
        return None
    if "REB" in who.sectors:
        return "Rebel group"
    if is_armed_group(who):
        return "Political militia"
    if is_force(who) or is_state(who):
        return "State forces" if who.country in (None, where) else "External/Other forces"
    if kind in ("Protests", "Riots"):
        return "Protesters" if kind == "Protests" else "Rioters"
    return "Civilians" if is_unarmed(who) else "External/Other forces"
