"""What a lexicon folder would change in stored articles, and where the lexicon is silent."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dateline.authoring.comparing import compare
from dateline.authoring.silence import silence
from dateline.pipeline import Tools, load_tools, read_one
from dateline.records.reading import Reading
from dateline.records.text import make_article

TEXT = "Denmark invaded Sweden on Monday. Norway surprised Finland."


@pytest.fixture(scope="module")
def tools() -> Tools:
    return load_tools()


@pytest.fixture(scope="module")
def reading(tools: Tools) -> Reading:
    return read_one(make_article(TEXT, published=date(2020, 3, 14), published_basis="given", ref="a"), tools)


def test_new_gone_and_changed_events_are_told(tmp_path: Path, reading: Reading) -> None:
    (tmp_path / "verbs").mkdir()
    (tmp_path / "verbs" / "reject.toml").write_text(
        'type = "REJECT"\n[[rule]]\nid = "surprise"\nlemma = ["surprise"]\nneeds = "two"\n', encoding="utf-8"
    )
    (tmp_path / "verbs" / "assault.toml").write_text(
        'type = "ASSAULT"\n[[rule]]\nid = "invade"\nlemma = ["intrude"]\nneeds = "two"\n', encoding="utf-8"
    )
    [compared] = compare(tmp_path, [reading])
    kinds = {change.kind: change for change in compared.changes}
    assert compared.repeated == compared.stored == 1
    assert kinds["gone"].event == reading.events[0].id
    assert kinds["new"].after == "REJECT happened, NOR -> FIN"
    assert kinds["new"].rule == "verbs/reject.toml#surprise"


def test_a_verb_without_a_rule_between_two_actors_is_suggested(reading: Reading, tools: Tools) -> None:
    found = silence([reading], tools.annotator, tools.verbs)
    assert (found.clauses, found.silent) == (2, 1)
    [suggestion] = found.suggestions
    assert suggestion.pattern.verb == "surprise OBJ"
    assert suggestion.pattern.examples[0][0] == "a"
    assert suggestion.nearest[0][0] == "verbs/assault.toml#invade"
