"""PLOVER's exchange format: JSON lines, one event each, with the field names of the PLOVER 2.0 manual.

PLOVER asks for an actor and has no status: events without a source, and those for which its conventions code nothing
(denied acts, for one), are left out. A planned or promised act is the AGREE, THREATEN or CONCEDE that PLOVER makes of
it, dated on the day of publication; the status itself stands in `comment`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO

from dateline.export.columns import Told
from dateline.export.lines import write_lines
from dateline.lexicon.codebook import Codebook, load_codebook
from dateline.records.claims import Event
from dateline.records.mentions import Participant, PlaceMention

_FEATURES = {"country": "PCLI", "region": "ADM1", "city": "PPL"}
_RESOLUTIONS = {"country": 1, "region": 2, "city": 4}


@dataclass(frozen=True, slots=True)
class Coded:
    """An event as PLOVER's conventions print it.

    Attributes:
        mode: None where the printed type is not the act's own, whose mode it would be.
        day: the day of the act, or of publication where the act is only announced.
    """

    type: str
    mode: str | None
    quad: int
    intensity: float
    day: date


def coded(event: Event, published: date, codebook: Codebook) -> Coded | None:
    """The event as PLOVER prints it; None where it codes nothing."""
    if event.plover is None:
        return None
    if event.plover == event.type and event.status in ("happened", "ongoing"):
        day = event.time.from_ if event.time is not None and event.time.from_ is not None else published
        return Coded(event.type, event.mode, event.quad, event.intensity, day)
    known = codebook.types[event.plover]
    return Coded(
        event.plover, event.mode if event.plover == event.type else None, known.quad, known.intensity, published
    )


def plover_records(rows: Iterable[Told]) -> Iterator[dict[str, Any]]:
    """Events of a record in PLOVER's form, in their order; those that PLOVER has no form for are left out."""
    codebook = load_codebook()
    for row in rows:
        event: Event = row.fact
        printed = coded(event, row.origin.published, codebook)
        if printed is not None and event.source:
            yield _record(row, event, printed)


def write_plover(rows: Iterable[Told], out: BinaryIO) -> int:
    """Write events as PLOVER JSON lines; the number written."""
    return write_lines(plover_records(rows), out.write)[0]


def _record(row: Told, event: Event, printed: Coded) -> dict[str, Any]:
    size = event.size
    return {
        "id": event.id,
        "date": printed.day,
        "actor": [_entity(who) for who in event.source],
        "recipient": [_entity(who) for who in event.target],
        "event": [printed.type],
        "mode": [printed.mode] if printed.mode else [],
        "context": list(event.contexts),
        "event_loc": None if event.place is None else _location(event.place),
        "event_text": event.trigger.text,
        "quad_code": printed.quad,
        "event_scale": printed.intensity,
        "size": {"dead": size.dead, "injured": size.injured, "arrested": size.arrested} if size else None,
        "text": row.sentence,
        "text_info": {"start": event.sentence.start, "end": event.sentence.end},
        "cite_info": {
            "id": row.origin.id,
            "title": row.origin.title,
            "source": row.origin.source,
            "url": row.origin.url,
            "date": row.origin.published,
        },
        "coder": "Dateline",
        "comment": f"status {event.status}; rule {event.rule}; confidence {event.confidence:.2f}",
    }


def _entity(who: Participant) -> dict[str, Any]:
    return {
        "code": who.country,
        "sector": list(who.sectors),
        "entity_text": who.text,
        "identifier_id": None,
        "identifier_text": who.name,
        "office": who.role,
    }


def _location(place: PlaceMention) -> dict[str, Any]:
    return {
        "geonameid": place.geonames_id,
        "lat": place.lat,
        "lon": place.lon,
        "city": place.name if place.kind == "city" else None,
        "district": None,
        "province": place.name if place.kind == "region" else place.admin1,
        "country_code": place.country,
        "feature_code": _FEATURES.get(place.kind),
        "resolution": _RESOLUTIONS.get(place.kind, 5),
        "text": place.text,
    }
