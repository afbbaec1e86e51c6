"""GDELT 2.0's layouts: 61 columns of events and 16 of mentions, tab-separated, without a header.

A row is a pair of actors (`export/cameo.py`). What GDELT has and Dateline does not tell (ethnic and religion codes,
the places of actors, ADM2, tone) is empty, as it is in GDELT where it was not found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache, lru_cache
from typing import BinaryIO, Final
from urllib.parse import urlsplit

from dateline.export.cameo import Dyad, actor_code, dyads, roles, sides, whole_number
from dateline.export.columns import Column, RealEvent, Told, columns, reports, sources
from dateline.export.countries import countries
from dateline.export.delimited import write_tabs
from dateline.lexicon.loader import read_tsv
from dateline.records.mentions import Participant, PlaceMention

# Of an article: where its first paragraph of reporting ends, and the length of its text; None for an unknown one.
Shape = tuple[int, int]
Shapes = Callable[[str], Shape | None]


def _actor_columns(actor: str) -> tuple[Column, ...]:
    return columns(
        (f"{actor}Code", "text", "CAMEO actor code"),
        (f"{actor}Name", "text", "name, in capitals"),
        (f"{actor}CountryCode", "text", "CAMEO country code"),
        (f"{actor}KnownGroupCode", "text", "UNO and EEC only"),
        (f"{actor}EthnicCode", "text", "empty"),
        (f"{actor}Religion1Code", "text", "empty"),
        (f"{actor}Religion2Code", "text", "empty"),
        (f"{actor}Type1Code", "text", "CAMEO role"),
        (f"{actor}Type2Code", "text", "CAMEO role"),
        (f"{actor}Type3Code", "text", "CAMEO role"),
    )


def _geo_columns(whose: str, says: str) -> tuple[Column, ...]:
    return columns(
        (f"{whose}Geo_Type", "integer", says or "0 none, 1 country, 2 US state, 3 US city, 4 city, 5 region"),
        (f"{whose}Geo_FullName", "text", says or "city, region, country"),
        (f"{whose}Geo_CountryCode", "text", says or "FIPS 10-4"),
        (f"{whose}Geo_ADM1Code", "text", says or "FIPS 10-4 country and GeoNames first-order division"),
        (f"{whose}Geo_ADM2Code", "text", "empty"),
        (f"{whose}Geo_Lat", "real", says or "latitude"),
        (f"{whose}Geo_Long", "real", says or "longitude"),
        (f"{whose}Geo_FeatureID", "text", says or "FIPS code of a country or division; empty for towns"),
    )


EVENTS: Final[tuple[Column, ...]] = (
    *columns(
        ("GLOBALEVENTID", "integer", "number made from the event's id and the pair"),
        ("SQLDATE", "integer", "YYYYMMDD"),
        ("MonthYear", "integer", "YYYYMM"),
        ("Year", "integer", "YYYY"),
        ("FractionDate", "real", "year and (month x 30 + day) / 365"),
    ),
    *_actor_columns("Actor1"),
    *_actor_columns("Actor2"),
    *columns(
        ("IsRootEvent", "integer", "1 if told in the first paragraph"),
        ("EventCode", "text", "CAMEO code"),
        ("EventBaseCode", "text", "its first three digits"),
        ("EventRootCode", "text", "its first two digits"),
        ("QuadClass", "integer", "1 verbal, 2 material cooperation, 3 verbal, 4 material conflict"),
        ("GoldsteinScale", "real", "-10 to 10"),
        ("NumMentions", "integer", "how often the articles tell of it"),
        ("NumSources", "integer", "1; with --merged the independent sources"),
        ("NumArticles", "integer", "1; with --merged the reports"),
        ("AvgTone", "real", "empty"),
    ),
    *_geo_columns("Actor1", "0 or empty"),
    *_geo_columns("Actor2", "0 or empty"),
    *_geo_columns("Action", ""),
    *columns(
        ("DATEADDED", "integer", "day of publication, YYYYMMDDHHMMSS"),
        ("SOURCEURL", "text", "address of the article, else where it was read from"),
    ),
)
MENTIONS: Final[tuple[Column, ...]] = columns(
    ("GlobalEventID", "integer", "as in the events"),
    ("EventTimeDate", "integer", "day of the first report, YYYYMMDDHHMMSS"),
    ("MentionTimeDate", "integer", "day of this report, YYYYMMDDHHMMSS"),
    ("MentionType", "integer", "1 on the web, 2 known by citation only"),
    ("MentionSourceName", "text", "host of the address, else the source"),
    ("MentionIdentifier", "text", "address of the article, else where it was read from"),
    ("SentenceID", "integer", "empty"),
    ("Actor1CharOffset", "integer", "first character of the words for actor 1, -1 for none"),
    ("Actor2CharOffset", "integer", "first character of the words for actor 2, -1 for none"),
    ("ActionCharOffset", "integer", "first character of the words for the act"),
    ("InRawText", "integer", "1"),
    ("Confidence", "integer", "10 to 100, in tens"),
    ("MentionDocLen", "integer", "characters of the article"),
    ("MentionDocTone", "real", "empty"),
    ("MentionDocTranslationInfo", "text", "empty"),
    ("Extras", "text", "empty"),
)
_GROUPS: Final = {"UNO": "UNO", "EUR": "EEC"}
_BODY_ROLES: Final = {"UNO": "IGO", "EUR": "IGO", "IGO": "IGO", "NGO": "NGO", "IMG": "IMG", "MNC": "MNC"}
_CAMEO_COUNTRIES: Final = {"ROU": "ROM", "TLS": "TMP"}
_NO_ACTOR: Final[tuple[object, ...]] = (None,) * 10
_NO_GEO: Final[tuple[object, ...]] = (0, *(None,) * 7)


def unknown_shape(article_id: str) -> Shape | None:
    """The shape of articles of which nothing is known."""
    return None


def write_gdelt(rows: Iterable[Told], out: BinaryIO, shapes: Shapes = unknown_shape) -> int:
    """Write the 61 columns; the number of rows."""
    return write_tabs(None, (event_cells(dyad, shapes) for dyad in dyads(rows)), out)


def write_mentions(rows: Iterable[Told], out: BinaryIO, shapes: Shapes = unknown_shape) -> int:
    """Write the 16 columns of mentions, which go with the events by their first; the number of rows."""
    return write_tabs(None, (cells for dyad in dyads(rows) for cells in mention_cells(dyad, shapes)), out)


def event_cells(dyad: Dyad, shapes: Shapes) -> tuple[object, ...]:
    """The cells of `EVENTS`."""
    origin, event, code = dyad.row.origin, dyad.event, dyad.code
    shape = shapes(origin.id)
    return (
        whole_number(dyad.id),
        *day_cells(dyad.printed.day),
        *_actor_cells(dyad.source),
        *_actor_cells(dyad.target),
        None if shape is None else int(event.sentence.start < shape[0]),
        *(code.code, code.base, code.root, code.quad, code.goldstein),
        *((1 + len(event.mentions), 1, 1) if type(dyad.row) is not RealEvent else _counts(dyad.row)),
        None,
        *_NO_GEO,
        *_NO_GEO,
        *(_NO_GEO if event.place is None else _place_cells(event.place)),
        f"{_digits(origin.published)}000000",
        origin.url or origin.ref,
    )


def _counts(row: Told) -> tuple[int, int, int]:
    """Mentions, sources and articles of a real event."""
    told = reports(row)
    return (sum(1 + len(report.fact.mentions) for report in told), sources(row), len(told))


def mention_cells(dyad: Dyad, shapes: Shapes) -> Iterator[tuple[object, ...]]:
    """The cells of `MENTIONS`, for each place where an article tells of the event."""
    first = f"{_digits(reports(dyad.row)[0].origin.published)}000000"
    for report in reports(dyad.row):
        yield from _mentions_of(report, dyad, first, shapes)


def _mentions_of(report: Told, dyad: Dyad, first: str, shapes: Shapes) -> Iterator[tuple[object, ...]]:
    origin, event = report.origin, report.fact
    # In other reports the pair may have other words, or be told the other way about.
    pairs = list(sides(event))
    source, target = pairs[dyad.number] if dyad.number < len(pairs) else pairs[0]
    host = urlsplit(origin.url).hostname if origin.url else None
    shape = shapes(origin.id)
    for mark in (event.trigger, *event.mentions):
        yield (
            whole_number(dyad.id),
            first,
            f"{_digits(origin.published)}000000",
            1 if origin.url else 2,
            host or origin.source,
            origin.url or origin.ref,
            None,
            -1 if source is None else source.start,
            -1 if target is None else target.start,
            mark.start,
            1,
            max(10, round(event.confidence * 10) * 10),
            None if shape is None else shape[1],
            None,
            None,
            None,
        )


@cache
def day_cells(day: date) -> tuple[object, ...]:
    """SQLDATE, MonthYear, Year and FractionDate."""
    digits = _digits(day)
    return digits, digits[:6], digits[:4], f"{day.year + (day.month * 30 + day.day) / 365:.4f}"


@cache
def _digits(day: date) -> str:
    return day.strftime("%Y%m%d").zfill(8)


def _actor_cells(who: Participant | None) -> tuple[object, ...]:
    if who is None:
        return _NO_ACTOR
    code, *rest = _actor_codes(who.country, who.sectors)
    return (code, who.name.upper(), *rest)


@cache
def _actor_codes(country: str | None, sectors: tuple[str, ...]) -> tuple[object, ...]:
    """All cells of an actor but the name."""
    body = _BODY_ROLES.get(country or "")
    kinds = roles(sectors) if body is None else (body, *roles(sectors))
    state = None if body is not None and country != "EUR" else country
    return (
        actor_code(country, sectors),
        _CAMEO_COUNTRIES.get(state, state) if state else None,
        _GROUPS.get(country or ""),
        None,
        None,
        None,
        *(*kinds, None, None, None)[:3],
    )


def _place_cells(place: PlaceMention) -> tuple[object, ...]:
    kind, full, fips, adm1, feature = _geo_codes(place.name, place.kind, place.country, place.admin1)
    return (kind, full, fips, adm1, None, place.lat, place.lon, feature)


@lru_cache(maxsize=50_000)
def _geo_codes(
    name: str, kind: str, where: str | None, division: str | None
) -> tuple[int, str, str | None, str | None, str | None]:
    """Type, full name, country, ADM1 and feature id of a place."""
    country = countries().get(where or "")
    fips, land = (country.fips, country.name) if country is not None else (None, None)
    adm1 = _adm1(fips, where, name if kind == "region" else division)
    names: tuple[str | None, ...]
    if kind == "country":
        number, names, feature, adm1 = 1, (name,), fips, fips
    elif kind == "region":
        number, names, feature = (2 if fips == "US" else 5), (name, land), adm1
    else:
        number, names, feature = (3 if fips == "US" else 4), (name, division, land), None
    return (number, ", ".join(part for part in names if part), fips, adm1 or fips, feature)


def _adm1(fips: str | None, country: str | None, division: str | None) -> str | None:
    code = _division_codes().get((country or "", division or ""))
    return f"{fips}{code}" if fips and code else None


@cache
def _division_codes() -> dict[tuple[str, str], str]:
    """GeoNames's codes of first-order divisions by our country code and their name."""
    ours = {row["iso2"]: row["country"] for _, row in read_tsv("places/countries.tsv")}
    rows = (row for _, row in read_tsv("places/divisions.tsv"))
    return {(ours.get(row["country"], ""), row["name"]): row["code"] for row in rows}
