"""The gazetteer: names to places with coordinates.

The hand-written tables are read whole, the towns searched in their packed form: countries.tsv, divisions.tsv
(first-level divisions), areas.tsv (continents, seas, rivers, camps ...), towns.tsv.gz, names.tsv.gz (towns, counties).
Source of towns, divisions, names and points: GeoNames, CC BY 4.0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

from dateline.lexicon.loader import read_tsv
from dateline.lexicon.place import Place, distance, kilometres
from dateline.lexicon.place_names import place_key, shown_name
from dateline.lexicon.place_rows import (
    HAND_CITY_PEOPLE,
    PlaceWords,
    SourceRow,
    read_adjectives,
    read_register,
    read_sources,
    read_words,
)
from dateline.lexicon.place_tables import NAMES, TOWNS, TownRow, TownTable, open_tables

__all__ = ["Gazetteer", "Place", "PlaceWords", "distance", "kilometres", "load_gazetteer"]

_SAME_TOWN_KM = 40.0
_MOST_KEPT = 50_000
# "U.N.", "UN": letters that stand for words name a town only where a table says so.
_INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]?\.?|[A-Z]{2,3}")


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names to places. Build it with `load_gazetteer`; `lookup` keeps what it has found once.

    Attributes:
        countries: by ISO 3166-1 alpha-3; divisions: by country and GeoNames code.
        named: countries, divisions and areas by key; towns are found in the packed table.
        strict: by key the places that mean it only in these forms ("La.", "Miss.", "ACT").
        abbreviations: the forms of these with a full stop at the end.
        adjectives: "Kenyan", "Kenyans", "Texan" (as written) to the place they belong to.
        common_words: keys that are words of everyday English as well.
        capitals: key of the capital by country; iso3: alpha-2 to alpha-3; neighbours: by land.
    """

    countries: Mapping[str, Place]
    divisions: Mapping[tuple[str, str], Place]
    named: Mapping[str, tuple[Place, ...]]
    strict: Mapping[str, tuple[tuple[Place, frozenset[str]], ...]]
    abbreviations: frozenset[str]
    adjectives: Mapping[str, Place]
    common_words: frozenset[str]
    words: PlaceWords
    towns: TownTable
    iso3: Mapping[str, str]
    capitals: Mapping[str, str]
    neighbours: Mapping[str, frozenset[str]]
    sources: Mapping[str, SourceRow]
    _seen: dict[str, tuple[Place, ...]]

    def lookup(self, name: str) -> tuple[Place, ...]:
        """Every place of that name or alias, in no set order. "Miss." is Mississippi, "Miss" is not."""
        found = self._seen.get(name)
        if found is None:
            key = place_key(name)
            found = self.named.get(key, ()) if _INITIALS.fullmatch(name) else self._search(key)
            if key in self.strict:
                barred = [place for place, forms in self.strict[key] if name not in forms]
                found = tuple(place for place in found if place not in barred)
            if len(self._seen) > _MOST_KEPT:
                self._seen.clear()
            self._seen[name] = found
        return found

    def adjective(self, name: str) -> Place | None:
        """The place whose adjective or inhabitants the name is, unless it names a country, division or area too."""
        place = self.adjectives.get(name)
        if place is None or any(item.level not in ("town", "county") for item in self.lookup(name)):
            return None
        return place

    def source(self, host: str, name: str | None) -> Place | None:
        """The town (or else the country) that a paper serves, by its web host (any subdomain) or its name."""
        labels = host.lower().split(".")
        hosts = [".".join(labels[number:]) for number in range(len(labels) - 1)]
        row = next((self.sources[key] for key in (*hosts, (name or "").lower()) if key in self.sources), None)
        if row is None:
            return None
        towns = [
            item
            for item in self.lookup(row.place)
            if item.country == row.country and item.level != "country" and row.admin1 in ("", item.admin1)
        ]
        return max(towns, key=lambda item: item.population, default=self.countries.get(row.country))

    def division_name(self, place: Place) -> str | None:
        """The name of the first-level division that a place lies in (or is)."""
        division = self.divisions.get((place.country or "", place.admin1))
        return division.name if division else None

    def _search(self, key: str) -> tuple[Place, ...]:
        if not key:
            return ()
        named = self.named.get(key, ())
        found = list(named)
        for row, alias in self.towns.find(key):
            town = as_place(row, alias, self.iso3, self.capitals, self.countries)
            twins = (item for item in named if item.kind == "city" and kilometres(item, town) < _SAME_TOWN_KM)
            if row.level != "town" or next(twins, None) is None:
                found.append(town)
        return tuple(found)


def as_place(
    row: TownRow, alias: bool, iso3: Mapping[str, str], capitals: Mapping[str, str], countries: Mapping[str, Place]
) -> Place:
    """A row of the table of towns as a place."""
    country = iso3.get(row.country)
    capital = False
    if country is not None and row.level == "town" and place_key(row.names[0]) == capitals[country]:
        # Of several towns of the capital's name in one country the small ones are not meant.
        capital = row.population >= min(100_000, countries[country].population / 150)
    return Place(
        name=shown_name(row.names[0], row.country),
        kind="city" if row.level == "town" else "region",
        level=row.level,
        country=country,
        admin1=row.admin1,
        lat=row.lat,
        lon=row.lon,
        population=row.population,
        geonames_id=row.geonames_id,
        alias=alias,
        capital=capital,
    )


def load_gazetteer(overlay: Path | None = None) -> Gazetteer:
    """The gazetteer of the package, with the user's rows and, where they made one, their own table of towns.

    Raises:
        LexiconError: a table is malformed or missing.
    """
    register = read_register(overlay)
    towns = _open_towns(overlay)

    def completed(area: Place) -> Place:
        """A hand-written city with what the table of towns knows of it; others as they are."""
        if area.kind != "city":
            return area
        best: Place | None = None
        for row, _ in towns.find(place_key(area.name)):
            town = as_place(row, area.alias, register.iso3, register.capitals, register.countries)
            near = town.level == "town" and kilometres(area, town) < _SAME_TOWN_KM
            if near and (best is None or town.population > best.population):
                best = town
        if best is None:
            return replace(area, level="town")
        people = max(best.population, HAND_CITY_PEOPLE)
        return replace(best, name=area.name, lat=area.lat, lon=area.lon, population=people)

    strict = {key: tuple((completed(place), forms) for place, forms in pairs) for key, pairs in register.strict.items()}
    return Gazetteer(
        countries=register.countries,
        divisions=register.divisions,
        named={key: tuple(map(completed, places)) for key, places in register.named.items()},
        strict=strict,
        abbreviations=frozenset(
            form for pairs in strict.values() for _, forms in pairs for form in forms if form[-1] == "."
        ),
        adjectives=read_adjectives(register, overlay),
        common_words=frozenset(row["word"] for _, row in read_tsv("places/common_words.tsv", overlay)),
        words=read_words(overlay),
        towns=towns,
        iso3=register.iso3,
        capitals=register.capitals,
        neighbours=register.neighbours,
        sources=read_sources(overlay),
        _seen={},
    )


def _open_towns(overlay: Path | None) -> TownTable:
    if overlay is not None and (overlay / "places" / TOWNS).is_file():
        folder = overlay / "places"
        return open_tables((folder / TOWNS).read_bytes(), (folder / NAMES).read_bytes(), str(folder / TOWNS))
    ours = resources.files("dateline.lexicon").joinpath("data", "places")
    return open_tables(ours.joinpath(TOWNS).read_bytes(), ours.joinpath(NAMES).read_bytes(), f"places/{TOWNS}")
