"""Cutting a text: nothing is lost, everything is marked, pages stay small."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from dateline.records.text import Furniture
from dateline.web.marks import LAYERS, Spot, cut, parts, spots
from tests.store.samples import VISIT, visit_reading
from tests.web.samples import long_reading


def test_each_layer_is_marked_where_its_facts_stand() -> None:
    pieces = list(cut(VISIT, spots(visit_reading()), (), 0, len(VISIT)))
    told = {spot.layer: piece.text for piece in pieces for spot in piece.spots[:1]}
    assert set(told) == set(LAYERS)
    assert [piece.text for piece in pieces if "l-event" in piece.layers] == ["visit"]
    (poland,) = [piece for piece in pieces if piece.text == "Poland"]
    assert (poland.keys, poland.layers) == ("a2 p2", "l-actor l-place")


def test_furniture_is_told_apart() -> None:
    pieces = list(cut("By Ine Berg. It rained.", [], (Furniture(0, 12, "byline"),), 0, 23))
    assert [(piece.text, piece.furniture) for piece in pieces] == [("By Ine Berg.", True), (" It rained.", False)]


def test_pieces_are_the_text_again_however_spans_overlap() -> None:
    chance = random.Random(7)
    text = "".join(chance.choice("ab \n") for _ in range(300))
    for _ in range(50):
        found = []
        for number in range(40):
            start = chance.randrange(299)
            found.append(Spot(f"x{number}", "actor", start, chance.randrange(start + 1, 301)))
        start, end = sorted(chance.sample(range(301), 2))
        pieces = list(cut(text, sorted(found, key=lambda spot: spot.start), (), start, end))
        assert "".join(piece.text for piece in pieces) == text[start:end]
        assert all(len(piece.spots) <= 6 for piece in pieces)


@pytest.mark.parametrize("blanks", [True, False])
def test_parts_follow_each_other_without_gaps(blanks: bool) -> None:
    reading = long_reading(blanks=blanks)
    found = parts(reading.article.text, spots(reading))
    assert len(found) > 3
    assert found[0].start == 0 and found[-1].end == len(reading.article.text)
    assert all(left.end == right.start and left.start < left.end for left, right in pairwise(found))


def test_a_short_or_empty_text_is_one_part() -> None:
    assert len(parts("A word.", [])) == len(parts("", [])) == 1
