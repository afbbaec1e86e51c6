"""Spellings of one person are joined, two people are not, whatever the order."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.resolve.same_actor import Form, block_of, grouped, is_full_name, name_key, same_person, side_of


def person(name: str, country: str = "", side: str = "") -> Form:
    return Form("person", name_key(name), country, side)


def groups(*forms: Form) -> list[list[str]]:
    return [[form.name for form in group] for group in grouped(forms)]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Muammar Gaddafi", "Moammar al-Qaddafi"),
        ("John Kerry", "John F. Kerry"),
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Kim Jong-un", "Kim Jong Un"),
        ("Bashar Assad", "Bashar al-Assad"),
        ("Mohammed Morsi", "Mohamed Morsy"),
    ],
)
def test_spellings_of_one_name(left: str, right: str) -> None:
    assert same_person(name_key(left), name_key(right))
    assert block_of("person", name_key(left)) == block_of("person", name_key(right))
    assert len(groups(person(left, "USA", "public"), person(right, "USA", "public"))) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Mario Rossi", "Maria Rossi"),
        ("Paul Otieno", "Paula Otieno"),
        ("George W. Bush", "George H. W. Bush"),
        ("Kim Jong Un", "Kim Jong Il"),
        ("Hafez al-Assad", "Bashar al-Assad"),
        ("Ali Khamenei", "Ali Khomeini"),
        ("Carl Lund Jr.", "Carl Lund"),
        ("Ine Berg", "Ane Berg"),
    ],
)
def test_names_of_two_people(left: str, right: str) -> None:
    assert len(groups(person(left, "USA", "public"), person(right, "USA", "public"))) == 2


def test_a_surname_is_no_full_name() -> None:
    assert not any(is_full_name(name_key(name)) for name in ("Kerry", "Mr Kerry", "al-Assad", "J. Kerry"))
    assert is_full_name(name_key("Ine Berg"))


def test_country_and_walk_of_life_must_agree() -> None:
    assert len(groups(person("Jon Berg", "NOR", "public"), person("Jon Berg", "DNK", "public"))) == 2
    assert len(groups(person("Jon Berg", "NOR", "public"), person("Jon Berg", "NOR", "JRN"))) == 2
    assert len(groups(person("Jon Berg", "NOR", "public"), person("Jon Berg", "NOR"))) == 1
    assert len(groups(person("Sergei Holm", "NOR", "public"), person("Sergey Holm", "NOR"))) == 2


def test_what_is_not_told_joins_only_where_there_is_one_choice() -> None:
    assert len(groups(person("Jon Berg"), person("Jon Berg", "NOR", "public"))) == 1
    assert len(groups(person("Jon Berg"), person("Jon Berg", "NOR"), person("Jon Berg", "DNK"))) == 3


def test_a_name_that_fits_two_people_joins_neither() -> None:
    both = [person(name, "USA", "public") for name in ("George W. Bush", "George H. W. Bush", "George Bush")]
    assert len(groups(*both)) == 3


def test_two_spellings_in_one_article_are_two_people() -> None:
    one, other = person("Mohammed Salah", "EGY", "public"), person("Mohamed Salah", "EGY", "public")
    assert len(grouped([one, other])) == 1
    assert len(grouped([one, other], {frozenset({one, other})})) == 2


def test_bodies_need_the_very_name() -> None:
    forms = [Form("body", "free lake front", "MLI", ""), Form("body", "free lake front", "", "")]
    assert len(grouped(forms)) == 1
    assert len(grouped([*forms, Form("body", "free lake front", "TCD", "")])) == 3


def test_walks_of_life() -> None:
    assert [side_of(item) for item in (("GOV", "MIL"), ("JRN",), ())] == ["public", "JRN", ""]


_NAMES = st.sampled_from(["sergei holm", "sergey holm", "sergey k holm", "sergei p holm", "sergia holm"])
_FORMS = st.builds(
    Form, st.just("person"), _NAMES, st.sampled_from(["", "NOR", "DNK"]), st.sampled_from(["", "public", "JRN"])
)


@settings(max_examples=60)
@given(st.lists(_FORMS, max_size=12), st.randoms(use_true_random=False))
def test_the_order_does_not_matter(forms: list[Form], chance: random.Random) -> None:
    shuffled = list(forms)
    chance.shuffle(shuffled)
    found = grouped(forms)
    assert found == grouped(shuffled)
    assert sorted(form for group in found for form in group) == sorted(set(forms))
    for group in found:
        assert len({form.country for form in group} - {""}) <= 1
