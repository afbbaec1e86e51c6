"""Which words mean alike: the examples of every group of acts hold, and what is common weighs little."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import LexiconError
from dateline.lexicon.likeness import Act, load_likeness, stem
from dateline.lexicon.loader import entry, read_toml
from dateline.merge.words import weight

ACTS = [entry(Act, row, where) for where, table in read_toml("merge/acts.toml") for row in table["act"]]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.id)
def test_examples_of_a_group_are_found_alike(act: Act) -> None:
    likeness = load_likeness()
    for a, b in act.examples:
        assert act.id in likeness.acts_of(a.split()) & likeness.acts_of(b.split()), (a, b)


@pytest.mark.parametrize(
    ("a", "b"), [("attacked", "attacks"), ("visited", "visit"), ("protesters", "protest"), ("said", "says")]
)
def test_forms_of_a_word_have_one_stem(a: str, b: str) -> None:
    assert stem(a) == stem(b)


@pytest.mark.parametrize(("a", "b"), [("shot", "shooting"), ("dead", "dear"), ("visit", "vision")])
def test_other_words_have_other_stems(a: str, b: str) -> None:
    assert stem(a) != stem(b)


def test_words_that_mean_alike_have_vectors_that_are_alike() -> None:
    likeness = load_likeness()

    def alike(a: str, b: str) -> float:
        one, other = likeness.vector(a), likeness.vector(b)
        assert one is not None and other is not None
        return float(one @ other)

    assert alike("earthquake", "quake") > alike("earthquake", "election")
    assert alike("murder", "killing") > alike("murder", "purchase")
    assert likeness.vector("zorvanian") is None


def test_common_words_weigh_nothing_and_unknown_ones_most() -> None:
    likeness = load_likeness()
    assert weight("the", likeness) == 0 == weight("a", likeness)
    assert weight("government", likeness) < weight("earthquake", likeness) < weight("zorvanian", likeness)


def test_a_users_group_is_laid_over_ours(tmp_path: Path) -> None:
    folder = tmp_path / "merge"
    folder.mkdir()
    (folder / "acts.toml").write_text(
        '[[act]]\nid = "regatta"\nwords = ["regatta", "boatrace"]\nexamples = [["regatta", "boatrace"]]\n'
    )
    likeness = load_likeness(tmp_path)
    assert "regatta" in likeness.acts_of(["regatta"]) & likeness.acts_of(["boatrace"])
    assert "visit" in likeness.acts_of(["visited"])


def test_an_unknown_key_names_the_file_and_the_nearest_key(tmp_path: Path) -> None:
    folder = tmp_path / "merge"
    folder.mkdir()
    (folder / "acts.toml").write_text(
        '[[act]]\nid = "x"\nwords = ["a", "b"]\nexmples = [["a", "b"]]\nexamples = [["a", "b"]]\n'
    )
    with pytest.raises(LexiconError, match=r"exmples.*examples"):
        load_likeness(tmp_path)
