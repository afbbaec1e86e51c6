"""The hand-labelled sample of benchmarks/ is well-formed: spans cut out their words, labels are of the closed lists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from dateline.records.claims import PloverType, Qualifier, StatementKind, Status

SAMPLE = Path(__file__).parents[2] / "benchmarks" / "sample"


def records(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SAMPLE / name).read_text(encoding="utf-8").splitlines()]


def test_ids_are_unique() -> None:
    ids = [record["id"] for path in SAMPLE.glob("*.jsonl") for record in records(path.name)]
    assert len(ids) == len(set(ids)) == 181


def test_events_use_the_closed_lists() -> None:
    for record in records("events.jsonl"):
        for event in record["events"]:
            assert event["type"] in get_args(PloverType) and event["status"] in get_args(Status)
            assert event["plover"] in (None, *get_args(PloverType))
        assert set(record["optional"]) <= set(get_args(PloverType))


@pytest.mark.parametrize(("name", "part"), [("times.jsonl", "times"), ("figures.jsonl", "figures")])
def test_spans_cut_out_their_words(name: str, part: str) -> None:
    for record in records(name):
        for item in record[part]:
            assert record["text"][item["start"] : item["end"]] == item["text"]
            assert item.get("qualifier", "exact") in get_args(Qualifier)


def test_statement_spans_are_inside_the_text() -> None:
    for record in records("statements.jsonl"):
        for item in record["attributions"]:
            assert item["kind"] in get_args(StatementKind)
            for start, end in (*item["source"], *item["cue"], *item["content"]):
                assert 0 <= start < end <= len(record["text"])
