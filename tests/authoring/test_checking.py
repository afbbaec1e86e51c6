"""A lexicon folder is checked: its files, its keys, its examples and those of ours that it breaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.authoring.checking import check_lexicon, folder_files
from dateline.errors import LexiconError


def _folder(root: Path, text: str, name: str = "verbs/consult.toml") -> Path:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")
    return root


def test_a_file_that_nothing_reads_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"did you mean 'status/governors\.toml'"):
        folder_files(_folder(tmp_path, "", "status/governor.toml"))


def test_an_empty_or_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="no lexicon file in it"):
        folder_files(tmp_path)
    with pytest.raises(LexiconError, match="no such folder"):
        folder_files(tmp_path / "nowhere")


def test_an_example_that_does_not_hold_is_reported_with_what_was_found(tmp_path: Path) -> None:
    folder = _folder(
        tmp_path,
        'type = "CONSULT"\n[[rule]]\nid = "lunch"\nlemma = ["lunch"]\nsource = ["subject"]\ntarget = ["with"]\n'
        "reciprocal = true\nexamples = [\n"
        '  { text = "The Danish minister lunched with the Swedish ambassador.", source = ["DNK GOV", "SWE"] },\n'
        '  { text = "Denmark attacked Sweden.", source = ["DNK"] },\n]\n',
    )
    checked = check_lexicon(folder)
    mine = [failure for failure in checked.failures if not failure.ours]
    assert [(failure.rule, failure.text) for failure in mine] == [
        ("verbs/consult.toml#lunch", "Denmark attacked Sweden.")
    ]
    assert "ASSAULT" in mine[0].found
    assert checked.rules == 1


def test_an_example_of_ours_that_the_folder_breaks_is_reported(tmp_path: Path) -> None:
    folder = _folder(
        tmp_path,
        'type = "ASSAULT"\n[[rule]]\nid = "invade"\nlemma = ["intrude"]\nneeds = "two"\n',
        "verbs/assault.toml",
    )
    checked = check_lexicon(folder)
    assert checked.bare == ("verbs/assault.toml#invade",)
    assert all(failure.ours for failure in checked.failures)
