"""A place of the gazetteer, and how far places are from each other."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from dateline.lexicon.place_tables import Level
from dateline.records.mentions import PlaceKind

_EARTH_DIAMETER_KM = 12742.0176


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the gazetteer.

    Attributes:
        level: country, division (first level), county (second level), town or area (all else).
        country: ISO 3166-1 alpha-3; None for seas, continents and disputed land.
        admin1: GeoNames code of the first-level division, "" where unknown.
        population: people, 0 where unknown.
        alias: whether the name asked for is another than the one the table shows.
        capital: of a country.
    """

    name: str
    kind: PlaceKind
    level: Level
    country: str | None
    admin1: str
    lat: float
    lon: float
    population: int
    geonames_id: int | None
    alias: bool = False
    capital: bool = False


def kilometres(one: Place, other: Place) -> float:
    """Great-circle distance in km."""
    return distance(one.lat, one.lon, other.lat, other.lon)


def distance(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in km of two points in degrees."""
    phi1, phi2 = radians(lat1), radians(lat2)
    half = sin((phi2 - phi1) / 2) ** 2 + cos(phi1) * cos(phi2) * sin(radians(lon2 - lon1) / 2) ** 2
    return _EARTH_DIAMETER_KM * asin(min(1.0, sqrt(half)))
