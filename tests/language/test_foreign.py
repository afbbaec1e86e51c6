"""Other spaCy pipelines: used where they speak Universal Dependencies, refused with the reason where not."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from dateline.errors import ModelError
from dateline.language.annotate import load_annotator
from dateline.language.foreign import _with_our_entities


def test_a_pipeline_that_is_not_installed() -> None:
    with pytest.raises(ModelError, match="no_such_pipeline"):
        load_annotator("no_such_pipeline")


def test_a_pipeline_without_a_parser(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="a dependency parser"):
        load_annotator(str(tmp_path / "blank"))


def test_a_parser_with_other_relations(tmp_path: Path) -> None:
    pipeline = spacy.blank("en")
    for name in ("tagger", "parser", "ner", "trainable_lemmatizer"):
        pipeline.add_pipe(name)
    pipeline.get_pipe("parser").add_label("dobj")  # type: ignore[attr-defined]
    pipeline.get_pipe("tagger").add_label("NN")  # type: ignore[attr-defined]
    pipeline.get_pipe("ner").add_label("ORG")  # type: ignore[attr-defined]
    pipeline.to_disk(tmp_path / "clear")
    with pytest.raises(ModelError, match="does not speak Universal Dependencies"):
        load_annotator(str(tmp_path / "clear"))


def test_entity_labels_become_ours() -> None:
    doc = Doc(
        spacy.blank("en").vocab,
        words=["Ine", "Berg", "left", "Oslo", "on", "Monday"],
        ents=["B-PERSON", "I-PERSON", "O", "B-GPE", "O", "B-DATE"],
    )
    assert [(entity.text, entity.label_) for entity in _with_our_entities(doc).ents] == [
        ("Ine Berg", "PER"),
        ("Oslo", "LOC"),
    ]
