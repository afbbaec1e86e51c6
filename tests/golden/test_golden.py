"""Readings of the bundled examples, line by line, and the invariants that hold for every fact.

After a change that is meant, run `pytest tests/golden --golden-update` and review the difference line by line.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.build import ReadOptions, read_each
from dateline.records.plain import reading_from_plain, reading_to_plain
from dateline.records.reading import Reading
from tests.golden.lines import reading_lines

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
FOLDER = Path(__file__).parent


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    outcomes = list(read_each([str(EXAMPLES)], ReadOptions()))
    assert all(outcome.reading is not None for outcome in outcomes), [o.problems for o in outcomes if o.reading is None]
    return [outcome.reading for outcome in outcomes if outcome.reading is not None]


def test_the_examples_read_as_reviewed(readings: list[Reading], pytestconfig: pytest.Config) -> None:
    found = "\n\n".join("\n".join(reading_lines(reading)) for reading in readings) + "\n"
    golden = FOLDER / "examples.txt"
    if pytestconfig.getoption("golden_update"):
        golden.write_text(found, encoding="utf-8")
    assert found.splitlines() == golden.read_text(encoding="utf-8").splitlines()


def test_every_span_cuts_out_its_text(readings: list[Reading]) -> None:
    for reading in readings:
        _check_spans(reading_to_plain(reading), reading.article.text)


def _check_spans(data: object, text: str) -> None:
    if isinstance(data, dict):
        if "start" in data and "text" in data:
            assert text[data["start"] : data["end"]] == data["text"], data
        for key, value in data.items():
            if key != "article":
                _check_spans(value, text)
    elif isinstance(data, list):
        for item in data:
            _check_spans(item, text)


def test_ids_are_unique_and_every_actor_named_by_a_fact_exists(readings: list[Reading]) -> None:
    for reading in readings:
        ids = [*(a.id for a in reading.actors), *(e.id for e in reading.events), *(s.id for s in reading.statements)]
        assert len(ids) == len(set(ids))
        known = {actor.id for actor in reading.actors}
        named = {p.actor for event in reading.events for p in (*event.source, *event.target)}
        assert named - {None} <= known
        events = {event.id for event in reading.events}
        assert {id_ for statement in reading.statements for id_ in statement.events} <= events


def test_every_reading_survives_its_plain_form(readings: list[Reading]) -> None:
    for reading in readings:
        assert reading_from_plain(reading_to_plain(reading)) == reading


def test_a_reading_does_not_depend_on_its_neighbours(readings: list[Reading]) -> None:
    alone = next(iter(read_each([str(EXAMPLES / "nordic-air-defence.txt")], ReadOptions()))).reading
    assert alone is not None
    together = next(r for r in readings if r.article.id == alone.article.id)
    assert alone == together
