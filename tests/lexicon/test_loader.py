"""Lexicon files: overlays, and errors that name file, rule and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import LexiconError
from dateline.lexicon.loader import Entry, entry, read_toml, read_tsv


class Rule(Entry):
    id: str
    lemma: str


def test_an_unknown_key_is_named_with_rule_and_nearest_key() -> None:
    with pytest.raises(LexiconError, match=r"x\.toml, rule shell-2: unknown key 'lema'; did you mean 'lemma'\?"):
        entry(Rule, {"id": "shell-2", "lemma": "shell", "lema": "shell"}, "x.toml")


def test_a_missing_key_is_named() -> None:
    with pytest.raises(LexiconError, match=r"x\.toml, rule shell-2: key 'lemma'"):
        entry(Rule, {"id": "shell-2"}, "x.toml")


def test_a_file_of_the_users_folder_is_read_after_ours(tmp_path: Path) -> None:
    (tmp_path / "actors").mkdir()
    (tmp_path / "actors" / "mine.tsv").write_text("code\tname\nNOR\tNoreg\n", encoding="utf-8")
    rows = list(read_tsv("actors/mine.tsv", tmp_path))
    assert rows == [(f"{tmp_path}/actors/mine.tsv:2", {"code": "NOR", "name": "Noreg"})]


def test_a_row_with_too_few_cells_is_named(tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_text("a\tb\n# note\n1\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"t\.tsv:3: 1 cells where the header names 2"):
        list(read_tsv("t.tsv", tmp_path))


def test_broken_toml_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "t.toml").write_text("a = \n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"t\.toml: not valid TOML"):
        list(read_toml("t.toml", tmp_path))


def test_a_file_in_neither_place_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="no such lexicon file"):
        list(read_toml("verbs/none.toml", tmp_path))
