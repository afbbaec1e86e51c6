"""CAMEO's view: codes, scores, actor codes, pairs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from dateline.export.cameo import actor_code, cameo_code, cameo_codes, dyads, sides, whole_number
from dateline.export.countries import countries, country_name
from dateline.lexicon.codebook import load_codebook
from dateline.records.claims import Event
from dateline.store.rows import Origin, Row
from tests.store.samples import shelling_reading, visit_reading


def row(event: Event) -> Row[Event]:
    return Row(event, Origin("x", "ref", date(2020, 3, 14), None, None, None, True), "Sentence.")


def test_codes_are_text_of_two_to_four_digits_under_twenty_roots() -> None:
    codes = cameo_codes()
    assert all(re.fullmatch(r"\d{2,4}", code) for code in codes)
    assert {code[:2] for code in codes} == {f"{root:02d}" for root in range(1, 21)}
    assert all(code[:-1] in codes or len(code) == 2 for code in codes)
    assert "042" in codes and "42" not in codes


@pytest.mark.parametrize(
    ("code", "goldstein", "quad"),
    [
        ("010", 0.0, 1),
        ("042", 1.9, 1),
        ("057", 8.0, 1),
        ("072", 8.3, 2),
        ("0874", 10.0, 2),
        ("112", -2.0, 3),
        ("138", -7.0, 3),
        ("145", -7.5, 4),
        ("163", -8.0, 4),
        ("171", -9.2, 4),
        ("1822", -9.0, 4),
        ("190", -10.0, 4),
    ],
)
def test_goldstein_scores_and_quad_classes(code: str, goldstein: float, quad: int) -> None:
    known = cameo_codes()[code]
    assert (known.goldstein, known.quad) == (goldstein, quad)


def test_every_code_of_the_codebook_is_known() -> None:
    for entry in load_codebook().types.values():
        for code in (entry.cameo, *(mode.cameo for mode in entry.modes.values() if mode.cameo)):
            assert code in cameo_codes()


@pytest.mark.parametrize(
    ("type", "printed", "cameo", "code"),
    [
        ("CONSULT", "CONSULT", "042", "042"),
        ("CONSULT", "CONSULT", None, "040"),
        ("CONSULT", "AGREE", "042", "036"),
        ("CONSULT", "AGREE", "045", "039"),
        ("CONSULT", "AGREE", None, "036"),
        ("AID", "AGREE", "070", "033"),
        ("AID", "AGREE", "072", "0332"),
        ("COOPERATE", "AGREE", "061", "0311"),
        ("RETREAT", "CONCEDE", "0841", "0353"),
        ("RETREAT", "CONCEDE", "0874", "0356"),
        ("CONCEDE", "CONCEDE", "0813", "0813"),
        ("ASSAULT", "THREATEN", "194", "138"),
        ("SANCTION", "THREATEN", "163", "1312"),
        ("COERCE", "THREATEN", "1723", "1323"),
        ("COERCE", "THREATEN", "173", "130"),
        ("ACCUSE", "THREATEN", "112", "130"),
    ],
)
def test_announced_and_threatened_acts_have_codes_of_their_own(
    type: str, printed: str, cameo: str | None, code: str
) -> None:
    fallback = {"AGREE": "030", "THREATEN": "130", "CONCEDE": "080"}.get(printed, "040")
    assert cameo_code(type, printed, cameo, fallback).code == code


def test_an_announced_concession_is_an_intent_and_a_made_one_is_not() -> None:
    assert cameo_code("CONCEDE", "CONCEDE", "0813", "080", done=False).code == "0351"
    assert cameo_code("CONCEDE", "CONCEDE", None, "080").code == "080"
    assert cameo_code("AGREE", "AGREE", None, "030", done=False).code == "030"


def test_a_code_finer_than_the_codebook_is_cut() -> None:
    assert cameo_code("AID", "AID", "0719", "070").code == "071"


@pytest.mark.parametrize(
    ("country", "sectors", "code"),
    [
        ("NOR", ("GOV", "MIL"), "NORGOVMIL"),
        ("NOR", (), "NOR"),
        (None, ("REB",), "---REB"),
        (None, ("UNK",), None),
        (None, (), None),
        ("UNO", ("MIL",), "IGOUNOMIL"),
        ("ROU", ("JRN",), "ROMMED"),
        ("USA", ("MED", "SOC"), "USAHLHCVL"),
        ("KEN", ("SOC", "CVL"), "KENCVL"),
    ],
)
def test_actor_codes(country: str | None, sectors: tuple[str, ...], code: str | None) -> None:
    assert actor_code(country, sectors) == code


def test_pairs() -> None:
    event = visit_reading().events[0]
    (berg,), (poland,) = event.source, event.target
    assert list(sides(event)) == [(berg, poland)]
    assert list(sides(replace(event, source=(berg, poland), target=()))) == [(berg, poland), (poland, berg)]
    assert list(sides(replace(event, source=(berg,), target=()))) == [(berg, None)]
    assert list(sides(replace(event, source=(), target=(berg, poland)))) == [(None, berg), (None, poland)]
    assert len(list(sides(replace(event, source=(berg, poland), target=(berg, poland))))) == 4


def test_pairs_have_ids_of_their_own_that_stay() -> None:
    event = visit_reading().events[0]
    both = row(replace(event, source=(*event.source, *event.target), target=()))
    ids = [dyad.id for dyad in dyads([both])]
    assert len(set(ids)) == 2 and ids[0] == event.id
    assert ids == [dyad.id for dyad in dyads([both])]
    assert all(whole_number(one) < 2**53 for one in ids)


def test_what_plover_does_not_code_and_what_nobody_does_is_left_out() -> None:
    denied = shelling_reading().events[1]
    assert list(dyads([row(denied)])) == []
    assert list(dyads([row(replace(visit_reading().events[0], source=(), target=()))])) == []


def test_countries() -> None:
    known = countries()
    assert (known["NOR"].fips, known["NOR"].numeric, known["NOR"].cow) == ("NO", 578, 385)
    assert (known["KOS"].numeric, known["KOS"].fips) == (None, "KV")
    assert known["RUS"].icews == "Russian Federation" and country_name("RUS") == "Russia"
    assert (country_name("UNO"), country_name(None), country_name("XXX")) == ("United Nations", None, None)
    fips = [country.fips for country in known.values() if country.fips]
    assert len(fips) == len(set(fips)) and len(known) == 250
