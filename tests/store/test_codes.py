"""Readings made elsewhere with half characters in their codes are stored all the same, and say so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dateline.records.reading import Reading
from dateline.store.codes import storable_reading
from dateline.store.write import open_writer
from tests.store.samples import VISIT, visit_reading


def _odd(reading: Reading, field: str) -> Reading:
    event = reading.events[0]
    if field == "rule":
        return replace(reading, events=(replace(event, rule="verbs\ud800"),))
    if field == "country":
        return replace(reading, events=(replace(event, source=(replace(event.source[0], country="N\ud800"),)),))
    return replace(reading, article=replace(reading.article, language="e\udfff"))


@pytest.mark.parametrize("field", ["rule", "country", "language"])
def test_half_characters_in_codes(tmp_path: Path, field: str) -> None:
    reading = _odd(visit_reading(), field)
    with open_writer(tmp_path / "record.db") as writer:
        assert writer.add(reading) == "added"
        writer.replace(reading)
    assert (tmp_path / "record.db").stat().st_size > 0
    assert [problem.code for problem in storable_reading(reading).problems][-1:] == ["text-repaired"]
    assert (
        "\ud800" not in repr(storable_reading(reading).events)
        and "\udfff" not in storable_reading(reading).article.language
    )


def test_words_stay_what_they_are() -> None:
    text = VISIT.replace("next week", "next\ud800 next week")
    reading = visit_reading(text)
    assert storable_reading(reading).article.text == text
