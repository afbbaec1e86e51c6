"""Make src/dateline/web/static/world.svg, the outlines on which the map draws: `python -m training.world ATLAS`.

ATLAS is countries-50m.json of the npm package world-atlas 2.0.2, which is Natural Earth 1:50m in TopoJSON (public
domain). Coasts and borders are thinned out, islets left out, and everything projected as `dateline.web.geo` does.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from dateline.web.geo import HEIGHT, WIDTH, project

_TARGET = Path(__file__).resolve().parent.parent / "src/dateline/web/static/world.svg"
# In units of the drawing (of which there are 1000 from west to east).
_TOLERANCE = 0.24
_SMALLEST = 0.5
Point = tuple[float, float]


def main() -> None:
    """Read the atlas, write the file, say how large it is."""
    atlas = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    arcs = _arcs(atlas)
    users = _users(atlas["objects"]["countries"]["geometries"])
    rings = [_ring(arcs, ring) for ring in _rings(atlas["objects"]["land"]["geometries"])]
    land = [_thinned([project(*place) for place in part]) for ring in rings for part in _within_the_map(ring)]
    shores = [ring for ring in land if _area(ring) >= _SMALLEST]
    lines = [arcs[number] for number, using in sorted(users.items()) if len(using) > 1]
    borders = [_thinned([project(*place) for place in line]) for line in lines]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">',
        "<!-- Natural Earth 1:50m (public domain) by way of world-atlas 2.0.2, thinned out; Equal Earth. -->",
        f'<path id="land" d="{"".join(_path(ring, closed=True) for ring in shores)}"/>',
        f'<path id="borders" d="{"".join(_path(line, closed=False) for line in borders)}"/>',
        "</svg>\n",
    ]
    _TARGET.write_text("\n".join(parts), "utf-8")
    print(f"{_TARGET}: {_TARGET.stat().st_size:,} bytes, {len(shores)} shores, {len(borders)} borders")


def _arcs(atlas: dict[str, Any]) -> list[list[Point]]:
    """The arcs in degrees: TopoJSON has them as quantised steps."""
    (wide, high), (left, low) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    found = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * wide + left, y * high + low))
        found.append(points)
    return found


def _rings(geometries: list[dict[str, Any]]) -> list[list[int]]:
    polygons = [
        part for shape in geometries for part in (shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]])
    ]
    return [ring for polygon in polygons for ring in polygon]


def _users(geometries: list[dict[str, Any]]) -> dict[int, set[int]]:
    """Which countries each arc bounds: two for a border, one for a shore."""
    found: dict[int, set[int]] = {}
    for number, shape in enumerate(geometries):
        if "arcs" not in shape:
            continue
        for ring in _rings([shape]):
            for arc in ring:
                found.setdefault(arc if arc >= 0 else ~arc, set()).add(number)
    return found


def _ring(arcs: list[list[Point]], ring: list[int]) -> list[Point]:
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc if not points else arc[1:]
    return points


def _within_the_map(ring: list[Point]) -> list[list[Point]]:
    """The ring, or its parts on both edges of the map where it runs over the 180th meridian."""
    along = [ring[0]]
    for x, y in ring[1:]:
        turns = round((along[-1][0] - x) / 360)
        along.append((x + 360 * turns, y))
    if abs(along[-1][0] - along[0][0]) > 180:
        # Around the pole: closed along the lower edge.
        along += [(along[-1][0], -90.0), (along[0][0], -90.0), along[0]]
    parts = [_cut_off([(x + turn, y) for x, y in along]) for turn in (-360, 0, 360)]
    return [part for part in parts if len(part) > 3]


def _cut_off(ring: list[Point]) -> list[Point]:
    """What of a ring lies between the edges of the map (Sutherland and Hodgman 1974)."""
    for edge, side in ((180.0, 1), (-180.0, -1)):
        kept: list[Point] = []
        for (x, y), (right, low) in pairwise(ring):
            inside, after = side * x <= 180, side * right <= 180
            if inside:
                kept.append((x, y))
            if inside != after:
                kept.append((edge, y + (low - y) * (edge - x) / (right - x)))
        ring = [*kept, kept[0]] if kept else []
    return ring


def _thinned(points: list[Point]) -> list[Point]:
    """Douglas-Peucker; closed lines are taken in two halves, so that they do not shrink to a point."""
    if len(points) < 3:
        return points
    if points[0] == points[-1]:
        half = len(points) // 2
        return _thinned(points[: half + 1])[:-1] + _thinned(points[half:])
    keep = {0, len(points) - 1}
    waiting = [(0, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        away = [(_distance(points[at], points[first], points[last]), at) for at in range(first + 1, last)]
        if away and max(away)[0] > _TOLERANCE:
            at = max(away)[1]
            keep.add(at)
            waiting += [(first, at), (at, last)]
    return [points[at] for at in sorted(keep)]


def _distance(point: Point, start: Point, end: Point) -> float:
    (x, y), (left, top), (right, low) = point, start, end
    wide, high = right - left, low - top
    length = wide * wide + high * high
    along = 0.0 if length == 0 else max(0.0, min(1.0, ((x - left) * wide + (y - top) * high) / length))
    return float(((left + along * wide - x) ** 2 + (top + along * high - y) ** 2) ** 0.5)


def _area(ring: list[Point]) -> float:
    return abs(sum(x * low - right * y for (x, y), (right, low) in pairwise(ring))) / 2


def _path(points: list[Point], *, closed: bool) -> str:
    """The line in steps, in tenths of a unit."""
    whole = [(round(x * 10), round(y * 10)) for x, y in points]
    kept = [point for at, point in enumerate(whole) if at == 0 or point != whole[at - 1]]
    if len(kept) < 2:
        return ""
    steps = [(x - left, y - top) for (left, top), (x, y) in pairwise(kept)]
    told = "".join(f"{_tenth(x)}{'' if _tenth(y).startswith('-') else ' '}{_tenth(y)} " for x, y in steps).strip()
    return f"M{_tenth(kept[0][0])} {_tenth(kept[0][1])}l{told}{'z' if closed else ''}"


def _tenth(number: int) -> str:
    sign, (whole, rest) = "-" if number < 0 else "", divmod(abs(number), 10)
    return f"{sign}{whole or ('' if rest else 0)}{f'.{rest}' if rest else ''}"


if __name__ == "__main__":
    main()
