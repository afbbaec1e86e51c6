"""Actors of short articles: who they are, and which words stand for them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from spacy.tokens import Span

from dateline.lexicon.world import World, load_world
from dateline.records.mentions import Actor
from dateline.records.text import Furniture, make_article
from dateline.resolve.actors import find_actors
from dateline.resolve.cast import Cast
from tests.trees import doc_from_conllu

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dateline.language.annotate import Annotator


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def read(
    annotator: Annotator, world: World, text: str, furniture: tuple[Furniture, ...] = (), year: int = 2016
) -> tuple[Doc, Cast]:
    article = make_article(text, published=date(year, 1, 8), published_basis="given", ref="test", furniture=furniture)
    doc = next(annotator.annotate_many([text]))
    return doc, find_actors(doc, article, (), world)


def actor(cast: Cast, name: str) -> Actor:
    return next(item for item in cast.actors if item.name == name)


def at(doc: Doc, cast: Cast, word: str) -> list[tuple[str | None, tuple[str, ...], str]]:
    index = next(token.i for token in doc if token.text == word)
    return [(item.country, item.sectors, item.name) for item in cast.at(index)]


def test_title_country_and_name_in_either_tree(world: World) -> None:
    title_below = """
        1 Norway Norway PROPN NNP _ 3 nmod:poss _ SpaceAfter=No
        2 's 's PART POS _ 1 case _ _
        3 Minister minister PROPN NNP _ 4 nmod:desc _ _
        4 Ine Ine PROPN NNP _ 6 nsubj _ _
        5 Berg Berg PROPN NNP _ 4 flat _ _
        6 spoke speak VERB VBD _ 0 root _ _
    """
    name_below = """
        1 Norway Norway PROPN NNP _ 3 nmod:poss _ SpaceAfter=No
        2 's 's PART POS _ 1 case _ _
        3 Minister minister PROPN NNP _ 6 nsubj _ _
        4 Ine Ine PROPN NNP _ 3 appos _ _
        5 Berg Berg PROPN NNP _ 4 flat _ _
        6 spoke speak VERB VBD _ 0 root _ _
    """
    for tree, head in ((title_below, 3), (name_below, 2)):
        doc = doc_from_conllu(tree)
        doc.set_ents([Span(doc, 3, 5, label="PER")])
        article = make_article(doc.text, published=date(2016, 1, 8), published_basis="given", ref="test")
        cast = find_actors(doc, article, (), world)
        [found] = cast.at(head)
        assert (found.name, found.country, found.sectors, found.role) == ("Ine Berg", "NOR", ("GOV",), "Minister")
        assert found.text == "Norway's Minister Ine Berg"


def test_every_span_cuts_out_its_text(annotator: Annotator, world: World) -> None:
    text = (
        "Kenya's foreign minister, Joy Wairimu, met two French envoys in Nairobi.\n\n"
        "She said the government would free the rebels. They had fled from Chad."
    )
    _, cast = read(annotator, world, text)
    assert cast.actors
    for item in cast.actors:
        for mention in item.mentions:
            assert text[mention.start : mention.end] == mention.text
    for found in cast.by_token.values():
        for participant in found:
            assert text[participant.start : participant.end] == participant.text


def test_furniture_has_no_actors(annotator: Annotator, world: World) -> None:
    text = "By Ada Moe of the BBC\n\nFrance recalled its envoy."
    _, cast = read(annotator, world, text, (Furniture(0, 21, "byline"),))
    assert [item.name for item in cast.actors] == ["France"]


def test_a_country_as_a_place_is_no_actor(annotator: Annotator, world: World) -> None:
    doc, cast = read(annotator, world, "Rebels attacked a village in Sudan.")
    assert [item.name for item in cast.actors] == []
    assert at(doc, cast, "Sudan") == [("SDN", (), "Sudan")]


def test_a_capital_acts_or_is_a_place(annotator: Annotator, world: World) -> None:
    doc, cast = read(annotator, world, "Ankara accused the rebels.")
    assert at(doc, cast, "Ankara") == [("TUR", ("GOV",), "Turkey (government)")]
    doc, cast = read(annotator, world, "The envoys met in Ankara.")
    assert at(doc, cast, "Ankara") == []


def test_things_are_no_actors(annotator: Annotator, world: World) -> None:
    doc, cast = read(annotator, world, "The storm broke two windows and a table.")
    assert cast.by_token == {} and cast.actors == ()
    assert doc.text.startswith("The storm")


def test_unnamed_people_are_participants_but_no_rows(annotator: Annotator, world: World) -> None:
    doc, cast = read(annotator, world, "Masked gunmen kidnapped three Australian nationals.")
    assert cast.actors == ()
    assert at(doc, cast, "nationals") == [("AUS", ("CVL",), "three Australian nationals")]


def test_facts_on_people_are_dated(annotator: Annotator, world: World) -> None:
    doc, cast = read(annotator, world, "Angela Merkel flew to Lima.", year=2010)
    assert at(doc, cast, "Angela") == [("DEU", ("GOV",), "Angela Merkel")]
    doc, cast = read(annotator, world, "Angela Merkel flew to Lima.", year=2024)
    assert at(doc, cast, "Angela") == [("DEU", ("ELI",), "Angela Merkel")]


def test_the_text_wins_over_facts(annotator: Annotator, world: World) -> None:
    doc, cast = read(annotator, world, "The Danish painter Angela Merkel flew to Lima.", year=2010)
    assert at(doc, cast, "Angela")[0][0] != "DEU"


def test_a_person_called_like_a_country(annotator: Annotator, world: World) -> None:
    doc, cast = read(annotator, world, "Michael Jordan praised the Canadian team.")
    assert at(doc, cast, "Michael") == [(None, (), "Michael Jordan")]


def test_a_shared_party_name_takes_the_country_of_the_article(annotator: Annotator, world: World) -> None:
    text = "Kenya votes on Monday. Kenyan police are ready. In Kenya the Democratic Party leads."
    doc, cast = read(annotator, world, text)
    assert [item.country for item in cast.actors if item.name == "Democratic Party"] == ["KEN"]
    assert doc.text == text


def test_domestic_bodies_take_the_country_of_the_article(annotator: Annotator, world: World) -> None:
    text = "Kenya votes on Monday. Kenyan voters are calm. The president of Kenya is away. Police closed the streets."
    doc, cast = read(annotator, world, text)
    assert at(doc, cast, "Police")[0][:2] == ("KEN", ("COP",))


def test_names_before_nouns_are_participants(annotator: Annotator, world: World) -> None:
    doc, cast = read(annotator, world, "The envoys accepted US mediation.")
    assert at(doc, cast, "US") == [("USA", (), "United States")]


def test_rules_are_named(annotator: Annotator, world: World) -> None:
    _, cast = read(annotator, world, "Hamas rejected the plan of the Kenyan president.")
    assert actor(cast, "Hamas").rule.startswith("actors/organisations.tsv:")
    assert all(item.rule for item in cast.actors)


@pytest.mark.parametrize(
    ("text", "name", "sectors"),
    [
        ("Ana Lund, secretary-general of the teachers' union, called a strike.", "Ana Lund", ("LAB",)),
        ("Ana Lund, the general secretary of the ruling party, left.", "Ana Lund", ("PTY",)),
        ("Ana Lund, president of the chess club, left.", "Ana Lund", ()),
        ("Ana Lund, president of the country, left.", "Ana Lund", ("GOV",)),
        ("The chancellor of the university, Ana Lund, left.", "Ana Lund", ("EDU",)),
    ],
)
def test_the_body_that_is_presided_over_gives_the_sector(
    annotator: Annotator, world: World, text: str, name: str, sectors: tuple[str, ...]
) -> None:
    _, cast = read(annotator, world, text)
    assert actor(cast, name).sectors == sectors


@pytest.mark.parametrize(
    ("text", "name", "country", "sectors"),
    [
        ("Lima-based Andes Copper Ltd closed a mine. Peru was calm.", "Andes Copper Ltd", "PER", ("BUS",)),
        ("The Norwegian Grain Corp. closed a plant.", "Norwegian Grain Corp.", "NOR", ("BUS",)),
        ("The Kenyan Green Harvest Party won.", "Kenyan Green Harvest Party", "KEN", ("PTY",)),
        ("The Peruvian Ministry of Wells closed it.", "Peruvian Ministry of Wells", "PER", ("GOV",)),
    ],
)
def test_the_words_of_an_unknown_body_tell_whose_and_what_it_is(
    annotator: Annotator, world: World, text: str, name: str, country: str, sectors: tuple[str, ...]
) -> None:
    _, cast = read(annotator, world, text)
    found = actor(cast, name)
    assert (found.country, found.sectors) == (country, sectors)
