"""JSON-LD in the words of schema.org: events as Event, statements as Claim, each with the article it appears in.

schema.org has no word for an event that is denied, feared or demanded: those are left out. What happened, goes on or is
planned has its status in `additionalProperty`, with Dateline's type, CAMEO code, rule and confidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final

from dateline.export.columns import Told
from dateline.export.countries import country_name
from dateline.export.lines import write_array
from dateline.records.claims import Event, Statement
from dateline.records.mentions import Participant, PlaceMention

_HEAD: Final = b'{"@context":"https://schema.org","@graph":[\n'
_TOLD: Final = ("happened", "ongoing", "planned")
_ORGANISED: Final = frozenset(("IGO", "UNO", "EUR", "NGO", "IMG", "MNC"))


def write_jsonld(rows: Iterable[Told], out: BinaryIO) -> int:
    """Write events or statements as one JSON-LD document, an item a line; the number of items."""
    return write_array(_HEAD, _items(rows), b"\n]}\n", out)


def _items(rows: Iterable[Told]) -> Iterator[dict[str, Any]]:
    for row in rows:
        if isinstance(row.fact, Event) and row.fact.status not in _TOLD:
            continue
        item = _event(row, row.fact) if isinstance(row.fact, Event) else _claim(row, row.fact)
        yield {key: value for key, value in item.items() if value is not None and value != []}


def _event(row: Told, event: Event) -> dict[str, Any]:
    time = event.time
    act = f"{event.type} ({event.mode})" if event.mode else event.type
    who = ", ".join(one.name for one in event.source)
    whom = ", ".join(one.name for one in event.target)
    return {
        "@type": "Event",
        "@id": f"urn:dateline:event:{event.id}",
        "name": " ".join(part for part in (who, act, whom) if part),
        "description": row.sentence,
        "startDate": time.from_ if time else None,
        "endDate": time.to if time else None,
        "eventStatus": "https://schema.org/EventScheduled" if event.status == "planned" else None,
        "location": _place(event.place) if event.place is not None else None,
        "performer": [_somebody(one) for one in event.source],
        "attendee": [_somebody(one) for one in event.target],
        "additionalProperty": [
            {"@type": "PropertyValue", "name": name, "value": value}
            for name, value in (
                ("status", event.status),
                ("plover", event.type),
                ("cameo", event.cameo),
                ("rule", event.rule),
                ("confidence", event.confidence),
            )
            if value is not None
        ],
        "subjectOf": _article(row),
    }


def _claim(row: Told, said: Statement) -> dict[str, Any]:
    return {
        "@type": "Claim",
        "@id": f"urn:dateline:statement:{said.id}",
        "text": said.content.text,
        "author": _somebody(said.speaker) if said.speaker is not None else None,
        "dateCreated": said.time.from_ if said.time else None,
        "about": [{"@id": f"urn:dateline:event:{event}"} for event in said.events],
        "appearance": _article(row),
    }


def _somebody(who: Participant) -> dict[str, Any]:
    organised = who.country in _ORGANISED or not who.role
    somebody: dict[str, Any] = {"@type": "Organization" if organised else "Person", "name": who.name}
    if who.role:
        somebody["jobTitle"] = who.role
    if who.country is not None and who.country not in _ORGANISED:
        key = "areaServed" if organised else "nationality"
        somebody[key] = {"@type": "Country", "name": country_name(who.country), "identifier": who.country}
    return somebody


def _place(place: PlaceMention) -> dict[str, Any]:
    item: dict[str, Any] = {"@type": "Country" if place.kind == "country" else "Place", "name": place.name}
    if place.lat is not None and place.lon is not None:
        item["geo"] = {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon}
    if place.country is not None and place.kind != "country":
        item["containedInPlace"] = {
            "@type": "Country",
            "identifier": place.country,
            "name": country_name(place.country),
        }
    if place.geonames_id is not None:
        item["sameAs"] = f"https://sws.geonames.org/{place.geonames_id}/"
    return item


def _article(row: Told) -> dict[str, Any]:
    origin = row.origin
    item = {
        "@type": "NewsArticle",
        "@id": f"urn:dateline:article:{origin.id}",
        "headline": origin.title,
        "url": origin.url,
        "datePublished": origin.published,
    }
    if origin.source is not None:
        item["publisher"] = {"@type": "Organization", "name": origin.source}
    return {key: value for key, value in item.items() if value is not None}
