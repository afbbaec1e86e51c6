"""Decoding: heads always form one tree, labels always a legal BIO sequence."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.language.heads import are_trees, best_tree, decode_heads, decode_labels, transition_costs

LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG")


def is_tree(heads: list[int]) -> bool:
    if heads.count(0) != 1:
        return False
    for word in range(1, len(heads) + 1):
        seen = set()
        while word:
            if word in seen:
                return False
            seen.add(word)
            word = heads[word - 1]
    return True


def best_by_trying(scores: np.ndarray) -> float:
    size = len(scores)
    trees = (list(heads) for heads in itertools.product(range(size + 1), repeat=size) if is_tree(list(heads)))
    return max(sum(float(scores[word, head]) for word, head in enumerate(heads)) for heads in trees)


@given(st.integers(1, 4), st.integers(0, 10_000))
@settings(deadline=None, max_examples=60)
def test_the_best_tree_is_the_best_of_all_trees(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size + 1)).astype(np.float32) * 5
    heads = best_tree(scores).tolist()
    assert is_tree(heads)
    total = sum(float(scores[word, head]) for word, head in enumerate(heads))
    assert total == pytest.approx(best_by_trying(scores), rel=1e-5, abs=1e-4)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=6), st.integers(0, 10_000))
@settings(deadline=None, max_examples=60)
def test_every_sentence_of_a_batch_gets_a_tree_of_its_own(lengths: list[int], seed: int) -> None:
    sizes = np.array(lengths)
    width = int(sizes.max())
    arc = np.random.default_rng(seed).normal(size=(len(sizes), width, width + 1)).astype(np.float32)
    heads = decode_heads(arc, sizes)
    for row, size in zip(heads.tolist(), lengths, strict=True):
        assert is_tree(row[:size])
        assert not any(row[size:])
        assert max(row) <= size


def test_a_cycle_and_two_roots_are_no_trees() -> None:
    heads = np.array([[2, 1, 0], [0, 0, 1], [0, 1, 1]])
    assert are_trees(heads, np.array([3, 3, 3])).tolist() == [False, False, True]


@given(st.integers(1, 12), st.integers(0, 10_000))
@settings(deadline=None, max_examples=60)
def test_labels_are_legal(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(2, size, len(LABELS))).astype(np.float32) * 3
    sizes = np.array([size, max(1, size // 2)])
    for row, length in zip(decode_labels(scores, sizes, transition_costs(LABELS)), sizes, strict=True):
        names = ["O", *(LABELS[label] for label in row[:length])]
        for before, label in itertools.pairwise(names):
            if label.startswith("I-"):
                assert before in {"B-" + label[2:], label}
        assert not row[length:].any()
