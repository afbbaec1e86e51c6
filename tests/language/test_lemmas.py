"""Lemma rules lead from a word to its lemma, and to those of words never seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.language.forms import load_forms
from dateline.language.lemmas import LemmaRules, apply_lemma_rule, lemma_rule


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("cities", "city"),
        ("are", "be"),
        ("Oslo", "Oslo"),
        ("The", "the"),
        ("n't", "not"),
        ("Talks", "talk"),
        ("met", "meet"),
        ("NATO", "NATO"),
        ("Forces", "Force"),
    ],
)
def test_a_rule_makes_the_lemma_it_was_made_from(word: str, lemma: str) -> None:
    assert apply_lemma_rule(word, lemma_rule(word, lemma)) == lemma


def test_a_rule_carries_over_to_other_words() -> None:
    assert apply_lemma_rule("Ministries", lemma_rule("cities", "city")) == "ministry"


def test_a_rule_that_would_leave_nothing_leaves_the_word() -> None:
    assert apply_lemma_rule("a", "l|3|") == "a"


def test_rules_by_index_are_cached_and_right() -> None:
    rules = LemmaRules(["k|0|", "l|1|"], ["JJ"])
    assert [rules.apply("Talks", index, 0) for index in (0, 1, 1, 0)] == ["Talks", "talk", "talk", "Talks"]


@pytest.mark.parametrize(
    ("word", "tag", "lemma"),
    [
        ("accused", "VBD", "accuse"),
        ("planned", "VBN", "plan"),
        ("denied", "VBD", "deny"),
        ("struck", "VBD", "strike"),
        ("shelling", "VBG", "shell"),
        ("imposes", "VBZ", "impose"),
        ("bases", "NNS", "base"),
        ("troops", "NNS", "troop"),
        ("Ministries", "NNS", "ministry"),
        ("zorked", "VBD", "xq"),
    ],
)
def test_known_forms_set_a_wrong_guess_right_and_leave_unknown_words_to_it(word: str, tag: str, lemma: str) -> None:
    assert load_forms().lemma(word, tag, "xq") == lemma


@given(st.text(min_size=1), st.text(min_size=1))
def test_rules_are_right_for_any_pair(word: str, lemma: str) -> None:
    assert apply_lemma_rule(word, lemma_rule(word, lemma)) in {lemma, lemma.lower()} or "|" in lemma
