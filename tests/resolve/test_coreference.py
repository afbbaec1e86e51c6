"""Who is meant again: short names, roles, acronyms and pronouns."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from benchmarks import score_coreference
from dateline.lexicon.gazetteer import load_gazetteer
from dateline.lexicon.world import World, load_world
from dateline.records.text import make_article
from dateline.resolve.actors import find_actors

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dateline.language.annotate import Annotator
    from dateline.resolve.cast import Cast


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def read(annotator: Annotator, world: World, text: str) -> tuple[Doc, Cast]:
    article = make_article(text, published=date(2016, 1, 8), published_basis="given", ref="test")
    doc = next(annotator.annotate_many([text]))
    return doc, find_actors(doc, article, (), world)


# text, word (its last occurrence counts), the names it stands for
CASES = [
    ("Norway's minister Ine Berg left. Berg was tired.", "Berg", ["Ine Berg"]),
    ("Norway's minister Ine Berg left. The minister was tired.", "minister", ["Ine Berg"]),
    ("Norway's minister Ine Berg left. She was tired.", "She", ["Ine Berg"]),
    ("Peru's president, Luis Vega, arrived. Mr Vega met traders.", "Vega", ["Luis Vega"]),
    ("Peru's president, Luis Vega, arrived. He met traders.", "He", ["Luis Vega"]),
    ("Peru's president, Luis Vega, said he would resign.", "he", ["Luis Vega"]),
    ("Luis Vega thanked his sister Ana Vega. She wept.", "She", ["Ana Vega"]),
    ("The Free Lake Front (FLF) attacked the port. The FLF denied it.", "FLF", ["Free Lake Front"]),
    ("Hamas fired rockets. The group denied it.", "group", ["Hamas"]),
    ("Peru's president Luis Vega arrived. The Peruvian leader met traders.", "leader", ["Luis Vega"]),
    ("France recalled its envoy.", "its", ["France"]),
    ("France said it would leave.", "it", ["France"]),
    ("Danish troops left. They had stayed a year.", "They", ["Danish troops"]),
    ("The Danish government fell. The government had lost a vote.", "government", ["Denmark (government)"]),
    ("The Danish army left. The army had stayed a year.", "army", ["Danish army"]),
    ("The general who led the coup fled to Chad.", "who", ["The general"]),
    ("Ada Moe met Luis Vega. They signed a treaty.", "They", ["Ada Moe", "Luis Vega"]),
    (
        "Chile's president Luis Vega met Peru's president Ana Soto. The two leaders signed a treaty.",
        "leaders",
        ["Luis Vega", "Ana Soto"],
    ),
    ("Chile accused Peru. The two countries closed the border.", "countries", ["Chile", "Peru"]),
    ("President Aung San Suu Kyi arrived. Suu Kyi met monks.", "Suu", ["Aung San Suu Kyi"]),
    ('"We will not yield," Luis Vega said.', "We", ["Luis Vega"]),
]


@pytest.mark.parametrize(("text", "word", "names"), CASES)
def test_stands_for(annotator: Annotator, world: World, text: str, word: str, names: list[str]) -> None:
    doc, cast = read(annotator, world, text)
    token = [item for item in doc if item.text == word][-1]
    while token.dep_ == "flat" and not cast.at(token.i):
        token = token.head
    assert [item.name if item.actor else item.name.removesuffix(" who") for item in cast.at(token.i)] == names or [
        item.text for item in cast.at(token.i)
    ] == [word]


def test_pronouns_are_mentions(annotator: Annotator, world: World) -> None:
    _, cast = read(annotator, world, "Ine Berg left. She was tired. Berg had lost her bag.")
    [berg] = cast.actors
    assert [(mention.text, mention.how) for mention in berg.mentions] == [
        ("Ine Berg", "name"),
        ("She", "pronoun"),
        ("Berg", "short-name"),
        ("her", "pronoun"),
    ]


def test_his_army_is_of_his_country(annotator: Annotator, world: World) -> None:
    doc, cast = read(annotator, world, "Peru's president Luis Vega praised his army.")
    army = next(token.i for token in doc if token.text == "army")
    assert [(item.country, item.sectors) for item in cast.at(army)] == [("PER", ("MIL",))]


def test_two_people_of_one_surname_stay_two(annotator: Annotator, world: World) -> None:
    _, cast = read(annotator, world, "Luis Vega met Ana Vega. Mr Vega smiled and Mrs Vega left.")
    assert [item.name for item in cast.actors] == ["Luis Vega", "Ana Vega"]
    assert [len(item.mentions) for item in cast.actors] == [2, 2]


def test_a_described_group_is_not_another_group(annotator: Annotator, world: World) -> None:
    doc, cast = read(annotator, world, "Hamas fired rockets. The group that won the prize is from Chad.")
    group = next(token.i for token in doc if token.text == "group")
    assert all(item.name != "Hamas" for item in cast.at(group))


def test_it_for_a_thing_has_no_actor(annotator: Annotator, world: World) -> None:
    doc, cast = read(annotator, world, "France signed the treaty, and the parliament ratified it.")
    it = next(token.i for token in doc if token.text == "it")
    assert cast.at(it) == ()


@pytest.mark.parametrize(
    ("text", "word", "names"),
    [
        ("The UN envoy met Ine Berg and Jon Lie. Berg's train was late.", "Berg", ["Ine Berg"]),
        ("Lars Winter met Salim Noor. Winter said the talks failed.", "Winter", ["Lars Winter"]),
        ('Luis Vega spoke. "I beg him to stop," Ana Lund said.', "him", ["Luis Vega"]),
        ("Ine Berg, the deputy speaker of parliament, left. The deputy speaker wept.", "speaker", ["Ine Berg"]),
        ("Luis Vega, a village chief, fled. The chief hid.", "chief", ["Luis Vega"]),
        ("General Luis Vega met Defence Minister Ine Berg. Berg praised the general.", "general", ["Luis Vega"]),
        ("Prime Minister Jon Lie praised Defence Minister Ine Berg. The minister wept.", "minister", ["Ine Berg"]),
        ("Hansa Motors will shut a plant. Hansa blamed the rain.", "Hansa", ["Hansa Motors"]),
        ("Hansa Motors will shut a plant. The carmaker blamed the rain.", "carmaker", ["Hansa Motors"]),
        ("The Abu Tarik group freed them. The group denied it.", "group", ["Abu Tarik group"]),
        ("Luz Romero, head of the Dock Workers' Union, rose. \"We won,\" Romero said.", "We", ["Dock Workers' Union"]),
        ("Luis Vega thanked the king and his family.", "his", ["the king"]),
        ("After calling his mother, Luis Vega was held. Vega wept.", "Vega", ["Luis Vega"]),
    ],
)  # fmt: skip
def test_who_is_meant_again(annotator: Annotator, world: World, text: str, word: str, names: list[str]) -> None:
    doc, cast = read(annotator, world, text)
    token = [item for item in doc if item.text == word][-1]
    while token.dep_ == "flat" and not cast.at(token.i):
        token = token.head
    assert [item.name for item in cast.at(token.i)] == names


def test_they_are_called_what_they_were_called_first(annotator: Annotator, world: World) -> None:
    doc, cast = read(annotator, world, "Masked gunmen shot a judge. They fled.")
    they = next(token.i for token in doc if token.text == "They")
    assert [(item.text, item.name) for item in cast.at(they)] == [("They", "Masked gunmen")]


def test_chains_of_whole_articles(annotator: Annotator, world: World) -> None:
    """The articles of coreference_cases, with room for another language model."""
    scores = score_coreference.score(score_coreference.read_cases(), annotator, world, load_gazetteer())
    assert scores["CoNLL F1"] >= 85
    assert scores["pronouns"] >= 85
