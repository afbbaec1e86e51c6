"""The attribution lexicon: what is in it, and that every example in it comes true."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dateline.errors import LexiconError
from dateline.extract.statements import find_statements
from dateline.lexicon.speech import forms_of, load_speech
from dateline.records.text import make_article
from dateline.resolve.cast import Cast

if TYPE_CHECKING:
    from dateline.language.annotate import Annotator

MARKS = re.compile(r"[\[\]{}<>]")


def test_every_verb_has_its_forms() -> None:
    speech = load_speech()
    assert speech.lemmas["said"] == "say"
    assert speech.lemmas["denies"] == "deny"
    assert speech.lemmas["admitted"] == "admit"
    assert "clause" in speech.verbs["say"].frames


def test_forms_of_regular_and_irregular_verbs() -> None:
    assert forms_of("deny", {}) == ("deny", "denies", "denied", "denying")
    assert forms_of("write", {"write": ("wrote",)}) == ("write", "writes", "writed", "writing", "wrote")


def test_channels_are_known_by_their_prepositions() -> None:
    channels = load_speech().channels
    assert "on" in channels["x"]
    assert "in" in channels["statement"]


def test_unknown_key_names_file_rule_and_nearest_key(tmp_path: Path) -> None:
    (tmp_path / "speech").mkdir()
    (tmp_path / "speech" / "verbs.toml").write_text(
        '[[verb]]\nid = "x"\nclass = "say"\nlemas = ["opine"]\nframes = ["clause"]\nexamples = ["a"]\n',
        encoding="utf-8",
    )
    with pytest.raises(
        LexiconError, match=r"rule x: unknown key 'lemas'; did you mean 'lemmas'\?|rule x: key 'lemmas'"
    ):
        load_speech(tmp_path)


def test_a_users_rule_is_added(tmp_path: Path) -> None:
    (tmp_path / "speech").mkdir()
    (tmp_path / "speech" / "verbs.toml").write_text(
        '[[verb]]\nid = "mine"\nclass = "say"\nlemmas = ["croak"]\nframes = ["quote"]\nexamples = ["a"]\n',
        encoding="utf-8",
    )
    assert load_speech(tmp_path).lemmas["croaked"] == "croak"


def test_examples_come_true(annotator: Annotator) -> None:
    """Every bracketed part of an example is found as what it is marked for; one without marks has no statement."""
    speech = load_speech()
    examples = [example for rule in speech.rules for example in rule.examples]
    examples += [example for rule in speech.words for example in rule.examples]
    plain = [MARKS.sub("", example) for example in examples]
    wrong = []
    for example, doc in zip(examples, annotator.annotate_many(plain), strict=True):
        article = make_article(doc.text, published=date(2021, 5, 3), published_basis="given", ref="example")
        found = find_statements(doc, article, Cast((), {}), (), speech).items
        said = " ".join(piece.text for statement in found for piece in statement.pieces)
        cues = [statement.cue.text for statement in found if statement.cue is not None]
        speakers = [statement.speaker.text for statement in found if statement.speaker is not None]
        marked = {sign: re.findall(rf"\{sign[0]}(.*?)\{sign[1]}", example) for sign in ("[]", "{}", "<>")}
        good = all(text in speakers for text in marked["[]"]) and all(text in cues for text in marked["{}"])
        good = good and all(text.strip('",.') in said for text in marked["<>"]) and bool(found) == bool(marked["{}"])
        if not good:
            wrong.append((example, speakers, cues, said))
    assert len(wrong) <= 0.03 * len(examples), wrong
