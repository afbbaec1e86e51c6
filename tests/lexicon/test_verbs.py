"""The event lexicon as data: every rule is well formed, a malformed one is named, an overlay is read after ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import LexiconError
from dateline.lexicon.codebook import TYPES, load_codebook
from dateline.lexicon.status import load_status_words
from dateline.lexicon.verbs import Verbs, load_verbs


@pytest.fixture(scope="module")
def verbs() -> Verbs:
    return load_verbs()


def test_every_plover_type_has_rules_and_there_are_many_frames(verbs: Verbs) -> None:
    frames = [frame for group in verbs.frames.values() for frame in group]
    assert {frame.type for frame in frames} == TYPES
    assert len(frames) >= 1200


def test_every_rule_has_an_example(verbs: Verbs) -> None:
    assert [name for name, _, rule in verbs.rules if not rule.examples] == []


def test_examples_name_modes_of_their_type(verbs: Verbs) -> None:
    for name, type_, rule in verbs.rules:
        for example in rule.examples:
            modes = verbs.codebook.types[example.type or type_].modes
            assert example.mode is None or example.mode in modes, name


def test_every_mode_of_every_type_is_reached(verbs: Verbs) -> None:
    reached = {(type_, rule.mode) for _, type_, rule in verbs.rules}
    for type_, entry in verbs.codebook.types.items():
        derived = set(entry.content.values())
        for mode in entry.modes:
            assert (type_, mode) in reached or mode in derived or type_ == "THREATEN", (type_, mode)


def test_the_codebook_is_complete() -> None:
    codebook = load_codebook()
    assert set(codebook.types) == TYPES
    assert len(codebook.contexts) == 37
    assert codebook.types["ASSAULT"].modes["unconventional"].intensity == -10
    assert codebook.types["SANCTION"].quad == 4


def test_the_heaviest_frame_of_a_lemma_comes_first(verbs: Verbs) -> None:
    for group in verbs.frames.values():
        weights = [frame.weight for frame in group]
        assert weights == sorted(weights, reverse=True)


def _overlay(folder: Path, text: str) -> Path:
    (folder / "verbs").mkdir()
    (folder / "verbs" / "consult.toml").write_text(text, encoding="utf-8")
    return folder


def test_an_unknown_key_is_named_with_file_rule_and_nearest_key(tmp_path: Path) -> None:
    overlay = _overlay(tmp_path, 'type = "CONSULT"\n[[rule]]\nid = "greet"\nlemma = ["greet"]\nobjekt = ["any"]\n')
    with pytest.raises(LexiconError, match=r"consult\.toml, rule greet: unknown key 'objekt'; did you mean 'object'"):
        load_verbs(overlay)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('mode = "violence"', "no mode of CONSULT"),
        ('contexts = ["weather"]', "none of the 37 contexts"),
        ('target = ["nowhere"]', "is no slot"),
        ('prep = { beneth = ["any"] }', "is no preposition"),
        ('object = ["@nolist"]', "no word list '@nolist'"),
        ('content = ["MEET"]', "is no PLOVER type"),
    ],
)
def test_a_wrong_value_is_named(tmp_path: Path, line: str, message: str) -> None:
    overlay = _overlay(tmp_path, f'type = "CONSULT"\n[[rule]]\nid = "greet"\nlemma = ["greet"]\n{line}\n')
    with pytest.raises(LexiconError, match=message):
        load_verbs(overlay)


def test_an_overlay_adds_rules_and_replaces_those_with_a_known_id(tmp_path: Path) -> None:
    plain = load_verbs()
    overlay = _overlay(
        tmp_path,
        'type = "CONSULT"\n[[rule]]\nid = "meet"\nlemma = ["rendezvous"]\n'
        '[[rule]]\nid = "lunch"\nlemma = ["lunch with"]\n',
    )
    verbs = load_verbs(overlay)
    names = [name for name, _, _ in verbs.rules]
    assert ("verb", "rendezvous") in verbs.frames
    assert "verbs/consult.toml#lunch" in names
    assert len(names) == len(plain.rules) + 1


def test_governors_know_their_negation() -> None:
    words = load_status_words()
    effects = {rule.id: (rule.effect, rule.negated) for rule in words.rules}
    assert effects["refuse"] == ("denied", "planned")
    assert effects["demand"][0] == "demanded"
    assert len(effects) == len(words.rules)


def test_a_folder_that_replaces_the_word_lists_must_have_those_the_stage_needs(tmp_path: Path) -> None:
    (tmp_path / "verbs").mkdir()
    (tmp_path / "verbs" / "classes.toml").write_text('# replace\n[classes]\nperson = ["man"]\n', encoding="utf-8")
    with pytest.raises(LexiconError, match="the word list 'moment' is missing"):
        load_verbs(tmp_path)
