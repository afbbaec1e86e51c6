"""Country and sectors of hard actor phrases: `actor_phrases.tsv` and the examples of the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dateline.lexicon.gazetteer import Gazetteer, load_gazetteer
from dateline.lexicon.loader import read_toml
from dateline.lexicon.world import World, load_world
from dateline.records.mentions import Participant
from dateline.records.text import make_article
from dateline.resolve.actors import find_actors
from dateline.resolve.places import find_places

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dateline.language.annotate import Annotator

# A new language model may parse a few of the sentences otherwise.
_ALLOWED = 5
_PHRASES = Path(__file__).with_name("actor_phrases.tsv")


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def codes(participants: Iterable[Participant]) -> str:
    return " + ".join(" ".join([item.country or "", *item.sectors]).strip() for item in participants)


def _head(token: Token) -> int:
    """The token that heads the nominal: titles and further names hang below it."""
    while token.dep_ in ("flat", "nmod:desc", "goeswith", "fixed") and token.head.i != token.i:
        token = token.head
    return token.i


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def found_at(
    annotator: Annotator, world: World, gazetteer: Gazetteer, marked: list[str]
) -> list[tuple[Participant, ...]]:
    """For each sentence with its head in brackets, the participants at the bracketed words."""
    sentences = [re.sub(r"[\[\]]", "", text) for text in marked]
    results = []
    for text, sentence, doc in zip(marked, sentences, annotator.annotate_many(sentences), strict=True):
        article = make_article(sentence, published=date(2016, 1, 8), published_basis="given", ref="test")
        cast = find_actors(doc, article, find_places(doc, article, gazetteer).items, world)
        start = text.index("[")
        end = text.index("]") - 1
        inside = [_head(token) for token in doc if start <= token.idx < end]
        results.append(next((cast.at(index) for index in reversed(inside) if cast.at(index)), ()))
    return results


def test_hard_phrases(annotator: Annotator, world: World, gazetteer: Gazetteer) -> None:
    rows = [line.split("\t") for line in _PHRASES.read_text(encoding="utf-8").splitlines()[1:]]
    rows = [row for row in rows if len(row) > 1]
    assert len(rows) >= 150
    wrong = []
    for row, found in zip(rows, found_at(annotator, world, gazetteer, [row[0] for row in rows]), strict=True):
        name = found[0].name if found else ""
        if codes(found) != row[1] or (len(row) > 2 and name != row[2]):
            wrong.append(f"{row[0]} wanted {row[1:]}, found {codes(found)} {name}")
    assert len(wrong) <= _ALLOWED, "\n".join(wrong)


def test_every_example_of_the_roles(annotator: Annotator, world: World, gazetteer: Gazetteer) -> None:
    examples = [
        example.split(" = ")
        for _, table in read_toml("actors/roles.toml")
        for rule in table["role"]
        for example in rule["examples"]
    ]
    wrong = []
    for (sentence, wanted), found in zip(
        examples, found_at(annotator, world, gazetteer, [item[0] for item in examples]), strict=True
    ):
        if codes(found) != wanted:
            wrong.append(f"{sentence} wanted {wanted}, found {codes(found)}")
    assert len(wrong) <= _ALLOWED, "\n".join(wrong)
