"""GeoJSON (RFC 7946): one Feature for each event that has a place with coordinates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from dateline.export.columns import Told
from dateline.export.lines import write_array
from dateline.records.claims import Event


def write_geojson(rows: Iterable[Told], out: BinaryIO) -> int:
    """Write a FeatureCollection, a Feature a line; the number of features."""
    return write_array(b'{"type":"FeatureCollection","features":[\n', _features(rows), b"\n]}\n", out)


def _features(rows: Iterable[Told]) -> Iterator[dict[str, Any]]:
    for row in rows:
        event: Event = row.fact
        place = event.place
        if place is None or place.lat is None or place.lon is None:
            continue
        yield {
            "type": "Feature",
            "id": event.id,
            "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
            "properties": {
                "type": event.type,
                "mode": event.mode,
                "status": event.status,
                "cameo": event.cameo,
                "source": "; ".join(who.name for who in event.source) or None,
                "source_country": "; ".join(who.country or "" for who in event.source) or None,
                "target": "; ".join(who.name for who in event.target) or None,
                "target_country": "; ".join(who.country or "" for who in event.target) or None,
                "from": event.time.from_ if event.time else None,
                "to": event.time.to if event.time else None,
                "place": place.name,
                "place_kind": place.kind,
                "country": place.country,
                "admin1": place.admin1,
                "dead": event.size.dead if event.size else None,
                "injured": event.size.injured if event.size else None,
                "sentence": row.sentence,
                "article": row.origin.id,
                "published": row.origin.published,
                "title": row.origin.title,
                "publisher": row.origin.source,
                "url": row.origin.url,
            },
        }
