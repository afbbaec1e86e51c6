"""The gazetteer: what a name can mean, what a user's own rows and tables change, what is answered to malformed ones."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from dateline.errors import LexiconError, SourceError
from dateline.lexicon.gazetteer import Gazetteer, distance, load_gazetteer
from dateline.lexicon.place_names import place_key
from dateline.lexicon.place_tables import TownRow, read_geonames, write_tables

GAZETTEER = load_gazetteer()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("St. Paul", "saint paul"),
        ("St Paul", "saint paul"),
        ("Mt. Pleasant", "mount pleasant"),
        ("Aix-en-Provence", "aix en provence"),
        ("São Tomé", "sao tome"),
        ("Łódź", "lodz"),
        ("W.Va.", "wva"),
        ("The Hague", "hague"),
        ("Cox's Bazar", "coxs bazar"),
        ("Trinidad & Tobago", "trinidad and tobago"),
    ],
)
def test_key_levels_out_spellings(name: str, key: str) -> None:
    assert place_key(name) == key


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("United States", "USA", 39.76, -98.5),
        ("U.S.", "USA", 39.76, -98.5),
        ("Russia", "RUS", 60, 100),
        ("DR Congo", "COD", -2.5, 23.5),
        ("Burma", "MMR", 21, 96),
        ("Kosovo", "KOS", 42.58, 20.92),
    ],
)
def test_countries_stand_at_the_points_of_geonames(name: str, country: str, lat: float, lon: float) -> None:
    (place,) = [item for item in GAZETTEER.lookup(name) if item.level == "country"]
    assert place.country == country
    assert distance(place.lat, place.lon, lat, lon) < 5


@pytest.mark.parametrize(
    ("old", "lat", "lon"),
    [
        ("Bombay", 19.07, 72.88),
        ("Saigon", 10.82, 106.63),
        ("Peking", 39.9, 116.4),
        ("Rangoon", 16.8, 96.16),
        ("Kiev", 50.45, 30.52),
        ("Kyiv", 50.45, 30.52),
        ("Leningrad", 59.94, 30.31),
        ("Falluja", 33.35, 43.78),
        ("Deir Ezzor", 35.34, 40.14),
    ],
)
def test_former_and_other_names_of_cities(old: str, lat: float, lon: float) -> None:
    assert any(distance(item.lat, item.lon, lat, lon) < 20 for item in GAZETTEER.lookup(old))


def test_divisions_by_name_and_abbreviation() -> None:
    for name in ("Minnesota", "Minn."):
        assert any(item.name == "Minnesota" and item.level == "division" for item in GAZETTEER.lookup(name))
    assert any(item.name == "Helmand" for item in GAZETTEER.lookup("Helmand"))


def test_an_abbreviation_needs_its_full_stop() -> None:
    assert not any(item.level == "division" for item in GAZETTEER.lookup("Miss"))
    assert not any(item.level == "division" for item in GAZETTEER.lookup("La"))
    assert any(item.name == "Louisiana" for item in GAZETTEER.lookup("La."))


def test_initials_name_no_towns() -> None:
    assert GAZETTEER.lookup("U.N.") == ()
    assert GAZETTEER.lookup("UN") == ()


def test_one_town_is_not_found_twice() -> None:
    kiev = GAZETTEER.lookup("Kiev")
    assert len(kiev) == 1
    assert kiev[0].capital


def test_adjectives_belong_to_places_unless_they_are_names() -> None:
    kenya = GAZETTEER.adjective("Kenyans")
    texas = GAZETTEER.adjective("Texan")
    assert kenya is not None and kenya.country == "KEN"
    assert texas is not None and texas.name == "Texas"
    assert GAZETTEER.adjective("Kenya") is None


def test_every_capital_is_known() -> None:
    missing = [
        country
        for country, key in GAZETTEER.capitals.items()
        if key
        and GAZETTEER.countries[country].population > 1_000_000
        and country != "PSE"
        and not any(item.capital and item.country == country for item in GAZETTEER.lookup(key))
    ]
    assert missing == []


def test_points_are_on_the_globe_and_countries_known() -> None:
    for places in GAZETTEER.named.values():
        for place in places:
            assert -90 <= place.lat <= 90 and -180 <= place.lon <= 180
            assert place.country is None or place.country in GAZETTEER.countries, place


def test_users_rows_are_added(tmp_path: Path) -> None:
    (tmp_path / "places").mkdir()
    row = "name\taliases\tkind\tcountry\tlat\tlon\nCamp Ostrel\tOstrel\tsite\tNOR\t69.5\t20.5\n"
    (tmp_path / "places" / "areas.tsv").write_text(row, "utf-8")
    mine = load_gazetteer(tmp_path)
    assert [item.name for item in mine.lookup("Ostrel")] == ["Camp Ostrel"]
    assert mine.lookup("Sahel")


def test_a_malformed_row_names_file_and_key(tmp_path: Path) -> None:
    (tmp_path / "places").mkdir()
    (tmp_path / "places" / "areas.tsv").write_text(
        "name\taliases\tkind\tcountry\tlat\tlon\nCamp Ostrel\t\tcamp\tNOR\t69.5\t20.5\n", "utf-8"
    )
    with pytest.raises(LexiconError, match=r"areas\.tsv:2.*kind"):
        load_gazetteer(tmp_path)


def test_an_unknown_country_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "places").mkdir()
    (tmp_path / "places" / "divisions.tsv").write_text(
        "country\tcode\tname\taliases\tlat\tlon\tpeople\nQQ\t01\tOstrel\t\t1\t1\t5\n", "utf-8"
    )
    with pytest.raises(LexiconError, match="no country 'QQ'"):
        load_gazetteer(tmp_path)


def own_table(folder: Path) -> Gazetteer:
    """A gazetteer whose table of towns is a user's own."""
    rows = [
        TownRow(("Ostrel", "Ostrelgrad"), "town", "NO", "12", 69.5, 20.5, 1200, 7),
        TownRow(("Ostrel County",), "county", "US", "OH", 40.0, -82.0, 90_000, None),
    ]
    assert write_tables(rows, folder / "places") == 2
    return load_gazetteer(folder)


def test_users_own_table_of_towns_replaces_ours(tmp_path: Path) -> None:
    mine = own_table(tmp_path)
    (town,) = mine.lookup("Ostrel")
    assert (town.country, town.population, town.geonames_id, town.alias) == ("NOR", 1200, 7, False)
    assert mine.lookup("Ostrelgrad")[0].alias
    assert mine.lookup("Ostrel County")[0].level == "county"
    assert mine.lookup("Shrewsbury") == ()


def test_a_damaged_table_says_what_to_do(tmp_path: Path) -> None:
    own_table(tmp_path)
    (tmp_path / "places" / "towns.tsv.gz").write_bytes(b"no gzip")
    with pytest.raises(LexiconError, match="gazetteer import"):
        load_gazetteer(tmp_path)


def test_a_geonames_dump_is_read(tmp_path: Path) -> None:
    lines = [
        "5\tOstrel\tOstrel\tOstrelgrad,OST\t69.5\t20.5\tP\tPPL\tNO\t\t12\t\t\t\t12000\t\t4\tEurope/Oslo\t2020-01-01",
        "6\tOld Ostrel\tOld Ostrel\t\t69.6\t20.6\tP\tPPLH\tNO\t\t12\t\t\t\t0\t\t4\tEurope/Oslo\t2020-01-01",
        "7\tMount Ostrel\tMount Ostrel\t\t69.7\t20.7\tT\tMT\tNO\t\t12\t\t\t\t0\t\t4\tEurope/Oslo\t2020-01-01",
    ]
    with zipfile.ZipFile(tmp_path / "NO.zip", "w") as archive:
        archive.writestr("NO.txt", "\n".join(lines))
    (row,) = read_geonames(tmp_path / "NO.zip")
    assert row.names == ("Ostrel", "Ostrelgrad")
    assert row.population == 12_000


def test_what_is_no_dump_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"nothing")
    with pytest.raises(SourceError, match=r"download\.geonames\.org"):
        list(read_geonames(tmp_path / "x.zip"))
