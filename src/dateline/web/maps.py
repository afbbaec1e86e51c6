"""The map: events by the places where they happened, drawn by the server on outlines of our own."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from dateline.archive import Archive
from dateline.records.claims import Event
from dateline.store.filter import parse_query
from dateline.web.asking import answer, command, question
from dateline.web.geo import HEIGHT, WIDTH, project
from dateline.web.site import Site
from dateline.web.words import link, quoted

_MOST_PLACES: Final = 300
_MOST_GROUPS: Final = 1_000_000
_LISTED: Final = 60
_LARGEST: Final = 16.0
_SMALLEST: Final = 2.5
# Degrees around a single place on its own small map.
_AROUND: Final = (34.0, 17.0)


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on the map: its name, country, events, where and how large it is drawn, and its events' address."""

    name: str
    country: str | None
    count: int
    x: float
    y: float
    radius: float
    href: str

    @property
    def says(self) -> str:
        """The dot in words."""
        return (
            f"{self.name}{f' ({self.country})' if self.country else ''}: {self.count:,} event{'s' * (self.count != 1)}"
        )


def show_map(request: Request) -> Response:
    """`/map?q=...`."""
    asked = question(request, "/map", {})

    def tell(site: Site) -> dict[str, Any]:
        with site.archive() as archive:
            dots, without, total = _dots(site, archive, asked.query)
        placed = f"{asked.query} -place:none".strip()
        return {
            "dots": dots,
            "listed": dots[:_LISTED],
            "places": sum(dot.count for dot in dots),
            "total": total,
            "without": without,
            "frame": _frame(dots),
            "files": [(format, link(f"/events.{format}", q=placed)) for format in ("csv", "jsonl", "parquet")],
            "command": command("events", site, placed, {"--format": "csv"}),
        }

    return answer(request, "map.html", "event", asked, tell)


def around(latitude: float, longitude: float) -> tuple[str, float, float, float]:
    """A window of the map around one place: the view box, the place's point, and the radius of its dot."""
    x, y = project(longitude, latitude)
    wide, high = _AROUND[0] / 360 * WIDTH, _AROUND[1] / 180 * HEIGHT * 1.1
    left = min(max(0.0, x - wide / 2), WIDTH - wide)
    top = min(max(0.0, y - high / 2), HEIGHT - high)
    return f"{left:.1f} {top:.1f} {wide:.1f} {high:.1f}", x, y, wide / 60


def _dots(site: Site, archive: Archive, query: str) -> tuple[list[Dot], int, int]:
    """The places with the most events, the largest first; how many events are at places unknown to the map; how many
    there are in all."""
    parse_query(query)
    found = site.counts.groups(archive, "events", query, ("place", "place_country"), most=_MOST_GROUPS)
    named = [group for group in found if group.values[0] is not None][:_MOST_PLACES]
    events = archive.rows("events", [group.key for group in named])
    points = {(row.fact.place.name, row.fact.place.country): row.fact.place for row in events if row.fact.place}
    most = max((group.count for group in named), default=1)
    dots, without = [], 0
    for group in named:
        name, country = group.values
        place = points.get((name, country))
        if place is None or place.lat is None or place.lon is None:
            without += group.count
            continue
        x, y = project(place.lon, place.lat)
        radius = max(_SMALLEST, min(_LARGEST, 5 * math.sqrt(most)) * math.sqrt(group.count / most))
        where = f" in:{country}" if country else ""
        href = link("/events", q=f"{query} place:{quoted(name)}{where}".strip())
        dots.append(Dot(name, country, group.count, x, y, radius, href))
    return dots, without, sum(group.count for group in found)


def _frame(dots: list[Dot]) -> str:
    """The part of the world that holds all dots with some room around, as a view box of the map's own proportions."""
    if not dots:
        return f"0 0 {WIDTH} {HEIGHT}"
    left, right = min(dot.x for dot in dots), max(dot.x for dot in dots)
    top, low = min(dot.y for dot in dots), max(dot.y for dot in dots)
    wide = min(WIDTH, max(right - left + 120, (low - top + 80) * WIDTH / HEIGHT, 260))
    high = wide * HEIGHT / WIDTH
    x = min(max(0.0, (left + right - wide) / 2), WIDTH - wide)
    y = min(max(0.0, (top + low - high) / 2), HEIGHT - high)
    return f"{x:.1f} {y:.1f} {wide:.1f} {high:.1f}"


def place_of(event: Event) -> tuple[str, float, float, float] | None:
    """The small map of an event's place; None where nobody knows where it is."""
    place = event.place
    if place is None or place.lat is None or place.lon is None:
        return None
    return around(place.lat, place.lon)
