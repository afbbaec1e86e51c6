"""The packed tables of towns: how they are written, read and searched without an object for each town.

towns.tsv.gz holds a line a place, sorted by key: key, name (blank where it is the key in title case), level, ISO 3166-1
alpha-2 country, first-level division code, latitude, longitude, people, GeoNames id. names.tsv.gz holds other keys with
the row numbers (lines of towns.tsv.gz, from 0) they lead to.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from dateline.errors import LexiconError, SourceError
from dateline.lexicon.place_names import place_key

Level = Literal["country", "division", "county", "town", "area"]
TOWNS, NAMES = "towns.tsv.gz", "names.tsv.gz"
_LEVELS: dict[str, Level] = {"p": "town", "d": "county"}
_LETTERS = {level: letter for letter, level in _LEVELS.items()}


@dataclass(frozen=True, slots=True)
class TownRow:
    """One row of the table of towns; `country` is alpha-2, as in GeoNames."""

    names: tuple[str, ...]
    level: Level
    country: str
    admin1: str
    lat: float
    lon: float
    population: int
    geonames_id: int | None


class SortedLines:
    """A text of lines `key<TAB>rest`, sorted by key as UTF-8 bytes, searched by bisection."""

    __slots__ = ("_ends", "_starts", "_text")

    def __init__(self, text: bytes) -> None:
        ends = np.flatnonzero(np.frombuffer(text, dtype=np.uint8) == 10)
        self._text = text
        self._ends = ends
        self._starts = np.concatenate((np.zeros(1, dtype=ends.dtype), ends[:-1] + 1))

    def __len__(self) -> int:
        return len(self._ends)

    def key(self, number: int) -> bytes:
        """The key of a line."""
        start = int(self._starts[number])
        return self._text[start : self._text.index(b"\t", start)]

    def cells(self, number: int) -> list[str]:
        """The cells of a line, key first."""
        return self._text[int(self._starts[number]) : int(self._ends[number])].decode().split("\t")

    def find(self, key: str) -> Iterator[int]:
        """The numbers of the lines with this key."""
        wanted = key.encode()
        number = bisect_left(range(len(self)), wanted, key=self.key)
        while number < len(self) and self.key(number) == wanted:
            yield number
            number += 1


class TownTable:
    """Both tables, opened for looking up."""

    __slots__ = ("_names", "_towns")

    def __init__(self, towns: bytes, names: bytes) -> None:
        self._towns = SortedLines(towns)
        self._names = SortedLines(names)

    def __len__(self) -> int:
        return len(self._towns)

    def find(self, key: str) -> list[tuple[TownRow, bool]]:
        """The rows with this key, and whether it is another name than the one shown."""
        found = [(self._row(number), False) for number in self._towns.find(key)]
        for line in self._names.find(key):
            for number in self._names.cells(line)[1].split(","):
                found.append((self._row(int(number)), True))
        return found

    def _row(self, number: int) -> TownRow:
        key, name, level, country, admin1, lat, lon, people, geonames = self._towns.cells(number)
        return TownRow(
            names=(name or key.title(),),
            level=_LEVELS[level],
            country=country,
            admin1=admin1,
            lat=float(lat),
            lon=float(lon),
            population=int(people or 0),
            geonames_id=int(geonames) if geonames else None,
        )


def open_tables(folder_towns: bytes, folder_names: bytes, where: str) -> TownTable:
    """The tables from the bytes of their two files.

    Raises:
        LexiconError: they are not what `write_tables` makes.
    """
    try:
        towns, names = gzip.decompress(folder_towns), gzip.decompress(folder_names)
    except (gzip.BadGzipFile, EOFError) as error:
        raise LexiconError(
            f"{where}: not a gzip file ({error}); make it anew with `dateline gazetteer import`"
        ) from error
    if not towns.endswith(b"\n") or towns[: towns.index(b"\n")].count(b"\t") != 8:
        raise LexiconError(f"{where}: not a table of towns; make it anew with `dateline gazetteer import`")
    return TownTable(towns, names)


def write_tables(rows: Iterable[TownRow], folder: Path) -> int:
    """Write towns.tsv.gz and names.tsv.gz into the folder; returns the number of towns."""
    ordered = sorted(
        rows, key=lambda item: (place_key(item.names[0]).encode(), -item.population, item.geonames_id or 0)
    )
    lines: list[str] = []
    others: dict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(ordered):
        key = place_key(item.names[0])
        shown = "" if key.title() == item.names[0] else item.names[0]
        people = int(float(f"{item.population:.2g}"))
        cells = (key, shown, _LETTERS[item.level], item.country, item.admin1, f"{item.lat:.3f}", f"{item.lon:.3f}")
        lines.append("\t".join((*cells, str(people or ""), str(item.geonames_id or ""))) + "\n")
        for other in {place_key(name) for name in item.names[1:]} - {key, ""}:
            others[other].append(number)
    others_text = "".join(
        f"{key}\t{','.join(map(str, sorted(others[key])))}\n" for key in sorted(others, key=lambda item: item.encode())
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / TOWNS).write_bytes(gzip.compress("".join(lines).encode(), 9, mtime=0))
    (folder / NAMES).write_bytes(gzip.compress(others_text.encode(), 9, mtime=0))
    return len(lines)


def read_geonames(path: Path, *, least: int = 0) -> Iterator[TownRow]:
    """The populated places and second-level divisions of a GeoNames dump (allCountries.zip, cities500.zip, DE.txt).

    Args:
        least: towns with fewer people are left out (a full dump has five million places, most without any count).

    Raises:
        SourceError: the file is no GeoNames dump.
    """
    try:
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                inside = next(
                    name for name in archive.namelist() if name.endswith(".txt") and "readme" not in name.lower()
                )
                with archive.open(inside) as raw:
                    yield from _dump_rows(io.TextIOWrapper(raw, encoding="utf-8"), least)
        else:
            with path.open(encoding="utf-8") as lines:
                yield from _dump_rows(lines, least)
    except (zipfile.BadZipFile, StopIteration, IndexError, ValueError) as error:
        raise SourceError(
            f"{path}: not a GeoNames dump ({error}); take one from download.geonames.org/export/dump"
        ) from error


def _dump_rows(lines: Iterable[str], least: int) -> Iterator[TownRow]:
    for cells in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        kind, code, people = cells[6], cells[7], int(cells[14] or 0)
        if (kind == "P" and people >= least and code not in ("PPLH", "PPLQ", "PPLW")) or code == "ADM2":
            others = [
                name for name in cells[3].split(",") if len(name) > 3 and name[0].isupper() and not name.isupper()
            ]
            yield TownRow(
                names=(cells[1], *(others if people >= 10_000 else ())),
                level="county" if code == "ADM2" else "town",
                country=cells[8],
                admin1=cells[10],
                lat=float(cells[4]),
                lon=float(cells[5]),
                population=people,
                geonames_id=int(cells[0]),
            )
