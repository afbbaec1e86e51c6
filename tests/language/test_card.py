"""A damaged or missing model is named, never used."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from dateline.errors import ModelError
from dateline.language.card import SHIPPED, open_model


def test_the_shipped_model_is_whole_and_names_its_labels() -> None:
    files = open_model()
    assert {"nsubj", "nsubj:pass", "obl:agent", "root"} <= set(files.relations)
    assert set(files.entities) >= {"O", "B-PER", "B-ORG", "B-LOC", "B-NORP"}


def test_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"card\.json is missing"):
        open_model(tmp_path)


def test_a_damaged_file(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED, folder)
    with (folder / "vocabulary.txt").open("a", encoding="utf-8") as file:
        file.write("more\n")
    with pytest.raises(ModelError, match=r"vocabulary\.txt is damaged"):
        open_model(folder)
    (folder / "vocabulary.txt").unlink()
    with pytest.raises(ModelError, match=r"vocabulary\.txt is missing"):
        open_model(folder)


@pytest.mark.parametrize("content", ["", "[]", '{"format": "dateline.language-model/1"}', '{"format": "other/9"}'])
def test_a_card_that_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "card.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=r"card\.json"):
        open_model(tmp_path)


def test_the_card_says_where_the_model_comes_from() -> None:
    card = json.loads((SHIPPED / "card.json").read_text(encoding="utf-8"))
    assert card["licence"] == "CC-BY-SA-4.0"
    assert "en_ewt-train.conllu" in card["data"]
