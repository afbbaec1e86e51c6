"""The actor lexicons: sizes, look-up, and what a malformed file says."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import LexiconError
from dateline.lexicon.world import NOT_STATES, World, load_world


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def best(world: World, text: str) -> tuple[str, str | None] | None:
    found = next(iter(world.names_at(text, 0)), None)
    return (found.key, found.country) if found is not None else None


def test_all_states_are_there(world: World) -> None:
    states = {country.code for country in world.countries if country.kind == "state"}
    assert len(states) >= 197
    assert {"KOS", "PSE", "HKG", "TWN", "VAT", "SSD"} <= states
    for country in world.countries:
        assert country.from_ is None or country.until is None or country.from_ < country.until
        assert country.code in states


def test_at_least_five_hundred_bodies_with_known_codes(world: World) -> None:
    codes = {country.code for country in world.countries} | NOT_STATES
    bodies = [name for names in world.names.values() for name in names if name.kind == "organisation"]
    assert len({name.key for name in bodies}) >= 500
    assert {name.country for name in bodies} <= codes


def test_office_holders_are_dated_and_of_known_countries(world: World) -> None:
    codes = {country.code for country in world.countries} | NOT_STATES
    offices = {office for group in world.people.values() for office in group}
    assert len(offices) > 700
    for office in offices:
        assert office.country in codes, office
        assert office.from_ is not None and (office.until is None or office.from_ < office.until), office


def test_the_longest_name_wins(world: World) -> None:
    assert best(world, "South Sudan's army") == ("South Sudan", "SSD")
    assert best(world, "Sudanese troops") == ("Sudan", "SDN")
    assert best(world, "U.N. Security Council met") == ("Security Council", "UNO")


def test_a_name_ends_where_a_word_ends(world: World) -> None:
    assert best(world, "Malian troops") == ("Mali", "MLI")
    assert best(world, "Nigerians") == ("Nigeria", "NGA")
    assert best(world, "Omanized") is None


def test_former_names_stand_for_the_state_of_today(world: World) -> None:
    assert best(world, "Zaire closed") == ("Zaire", "COD")
    assert best(world, "Yugoslavia fell") == ("Yugoslavia", "SRB")
    assert best(world, "Upper Volta") == ("Upper Volta", "BFA")


def test_roles_take_both_spellings_and_plurals(world: World) -> None:
    for words, sectors in ((["defence", "minister"], ("GOV", "MIL")), (["foreign", "minister"], ("GOV",))):
        role = world.role_at(words, 0)
        assert role is not None and role.sectors == sectors and len(role.words) == 2


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / "actors" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def test_a_users_rows_are_added(tmp_path: Path) -> None:
    head = "name\taliases\tcountry\tsectors\tkind\tshared\tfrom\tuntil\n"
    folder = write(tmp_path, "organisations.tsv", head + "Blue Lantern\tBLF\tTCD\tREB\tarmed-group\t\t2001\t\n")
    assert best(load_world(folder), "BLF fighters") == ("Blue Lantern", "TCD")


def test_an_unknown_key_names_file_rule_and_the_nearest_key(tmp_path: Path) -> None:
    rule = '[[role]]\nid = "x"\nkind = "person"\nsectors = ["GOV"]\nword = ["satrap"]\nwords = []\nexamples = []\n'
    folder = write(tmp_path, "roles.toml", rule)
    with pytest.raises(LexiconError, match=r"roles.toml, rule x.*word.*did you mean 'words'"):
        load_world(folder)


def test_an_unknown_sector_is_an_error(tmp_path: Path) -> None:
    rule = '[[role]]\nid = "x"\nkind = "person"\nsectors = ["KNG"]\nwords = ["satrap"]\nexamples = []\n'
    with pytest.raises(LexiconError, match="unknown sector 'KNG'"):
        load_world(write(tmp_path, "roles.toml", rule))


def test_a_wrong_date_names_the_line(tmp_path: Path) -> None:
    head = "name\taliases\tcountry\tsectors\trole\tgender\tfrom\tuntil\n"
    with pytest.raises(LexiconError, match=r"people.tsv:2: 'May' is no date"):
        load_world(write(tmp_path, "people.tsv", head + "Ada Moe\t\tNOR\tGOV\tPresident\tf\tMay\t\n"))
