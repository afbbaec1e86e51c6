"""The packed tables of towns: how they are written, read and searched without an object for each town.

towns.tsv.gz holds a line a place, sorted by key: key, name (blank where it is the key in title case), level, ISO 3166-1
alpha-2 country, first-level division code, latitude, longitude, people, GeoNames id. names.tsv.gz holds other keys with
the row numbers (lines of towns.tsv.gz, from 0) they lead to.
"""

from __future__ import annotations

import csv
import gzip
import io
import itertools
import zipfile
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from dateline.errors import LexiconError, SourceError
from dateline.lexicon.place_names import place_key

Level = Literal["country", "division", "county", "town", "area"]
TOWNS, NAMES = "towns.tsv.gz", "names.tsv.gz"
_LEVELS: dict[str, Level] = {"p": "town", "d": "county"}
_COMPRESSION = 9
# Above any number of people, so that what is left sorts the largest town first.
_MOST_PEOPLE = 10**10
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
    """Write towns.tsv.gz and names.tsv.gz into the folder; returns the number of towns.

    Rows are kept as lines only, some 150 bytes each: the full dump of GeoNames has five million.
    """
    packed = sorted(_packed(item) for item in rows)
    others: dict[bytes, list[int]] = defaultdict(list)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / TOWNS).open("wb") as file, gzip.GzipFile("", "wb", _COMPRESSION, file, mtime=0) as towns:
        for number, line in enumerate(packed):
            *_, names, cells = line.split(b"\x00")
            for other in names.split(b"\x01") if names else ():
                others[other].append(number)
            towns.write(cells + b"\n")
    with (folder / NAMES).open("wb") as file, gzip.GzipFile("", "wb", _COMPRESSION, file, mtime=0) as names_file:
        for other in sorted(others):
            names_file.write(other + b"\t" + ",".join(map(str, sorted(others[other]))).encode() + b"\n")
    return len(packed)


def _packed(item: TownRow) -> bytes:
    """A row as bytes that sort by key, people (the most first) and number: then its other keys, then its line."""
    key = place_key(item.names[0])
    shown = "" if key.title() == item.names[0] else item.names[0]
    people = int(float(f"{item.population:.2g}"))
    cells = (key, shown, _LETTERS[item.level], item.country, item.admin1, f"{item.lat:.3f}", f"{item.lon:.3f}")
    line = "\t".join((*cells, str(people or ""), str(item.geonames_id or "")))
    names = "\x01".join({place_key(name) for name in item.names[1:]} - {key, ""})
    order = f"{_MOST_PEOPLE - item.population:011d}\x00{item.geonames_id or 0:010d}"
    return f"{key}\x00{order}\x00{names}\x00{line}".encode()


def import_geonames(
    path: Path,
    folder: Path,
    *,
    least: int = 0,
    watch: Callable[[Iterator[TownRow]], Iterable[TownRow]] = lambda rows: rows,
) -> int:
    """Make the tables of a folder from a GeoNames file and give the number of places; `watch` sees the rows pass.

    Raises:
        SourceError: the file is no GeoNames dump, holds no places, or the folder cannot be written.
    """
    rows = iter(watch(read_geonames(path, least=least)))
    first = next(rows, None)
    if first is None:
        raise SourceError(f"{path}: has no towns with {least} people or more; take another file or a smaller --least")
    try:
        return write_tables(itertools.chain([first], rows), folder)
    except OSError as error:
        raise SourceError(f"{folder}: cannot be written ({error.strerror or error}); choose another folder") from error


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
                texts = [name for name in archive.namelist() if name.endswith(".txt") and "readme" not in name.lower()]
                if not texts:
                    raise ValueError("the archive holds no .txt file")
                with archive.open(texts[0]) as raw:
                    yield from _dump_rows(io.TextIOWrapper(raw, encoding="utf-8"), least)
        else:
            with path.open(encoding="utf-8") as lines:
                yield from _dump_rows(lines, least)
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror or error})") from error
    except (zipfile.BadZipFile, IndexError, ValueError) as error:
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
