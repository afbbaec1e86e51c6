"""Word pieces: the same as BERT's own, and the case shape beside them."""

from __future__ import annotations

import pytest

from dateline.language.card import SHIPPED
from dateline.language.wordpiece import CASE_SHAPES, MAX_PIECES, WordPieces, case_shape, read_vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> list[str]:
    return read_vocabulary(SHIPPED / "vocabulary.txt")


@pytest.fixture(scope="module")
def pieces(vocabulary: list[str]) -> WordPieces:
    return WordPieces(vocabulary)


# Made once with the tokenizers package and the same vocabulary.
@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("minister", ["minister"]),
        ("Oslo", ["oslo"]),
        ("U.S.", ["u", ".", "s", "."]),
        ("Zürich", ["zurich"]),
        ("don’t", ["don", "'", "t"]),
        ("unsanctioned", ["un", "##san", "##ction", "##ed"]),
        ("5,000", ["5", ",", "000"]),
        ("2020s", ["2020", "##s"]),
        ("…", [".", ".", "."]),
        ("中国", ["中", "国"]),
    ],
)
def test_words_become_the_pieces_of_bert(
    pieces: WordPieces, vocabulary: list[str], word: str, expected: list[str]
) -> None:
    assert [vocabulary[piece] for piece in pieces.encode(word)[0]] == expected


def test_every_word_has_at_least_one_piece_and_at_most_the_limit(pieces: WordPieces) -> None:
    for word in ("\u200b", "\x00", "😀", "a" * 10_000, "antidisestablishmentarianismically-minded" * 9, "\ufffd"):
        ids, _ = pieces.encode(word)
        assert 1 <= len(ids) <= MAX_PIECES


def test_a_full_cache_is_emptied_and_answers_stay_the_same(vocabulary: list[str]) -> None:
    small = WordPieces(vocabulary, cache_size=2)
    first = [small.encode(word) for word in ("one", "two", "three", "one")]
    assert first[0] == first[3]


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("minister", "lower"),
        ("Minister", "title"),
        ("NATO", "upper"),
        ("McDonald", "mixed"),
        ("iPhone", "mixed"),
        ("F-16", "digit"),
        ("A", "capital"),
        ("U.S.", "upper"),
        (",", "lower"),
        ("O’Brien", "mixed"),
    ],
)
def test_case_shapes(word: str, shape: str) -> None:
    assert CASE_SHAPES[case_shape(word)] == shape
