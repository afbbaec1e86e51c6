"""The ontology is complete: every mode of every type and each of the 37 contexts is reached by a sentence."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from dateline.language.annotate import Annotator
from dateline.lexicon.codebook import load_codebook
from dateline.records.claims import Event
from tests.extract.reading import load_reader

CASES = Path(__file__).with_name("ontology_cases.tsv")
# Single parses move with the model; the list of what is missed is printed.
ALLOWED = 0.04


def _cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_every_mode_and_every_context_has_a_case() -> None:
    book = load_codebook()
    modes = {(case["type"], case["value"]) for case in _cases() if case["what"] == "mode"}
    assert modes == {(name, mode) for name, entry in book.types.items() for mode in entry.modes}
    assert {case["value"] for case in _cases() if case["what"] == "context"} == set(book.contexts)


@pytest.mark.parametrize("what", ["mode", "context", "cameo"])
def test_the_cases_are_coded_so(annotator: Annotator, what: str) -> None:
    cases = [case for case in _cases() if case["what"] == what]
    read = load_reader(annotator).read(case["text"] for case in cases)
    missed = [
        f"{case['type']} {case['value']}: {case['text']} {[(e.type, e.mode, e.contexts, e.cameo) for e in events]}"
        for case, (_, _, events) in zip(cases, read, strict=True)
        if not any(event.type == case["type"] and case["value"] in _values(event, what) for event in events)
    ]
    assert len(missed) <= ALLOWED * len(cases), "\n".join(missed)


def _values(event: Event, what: str) -> tuple[str | None, ...]:
    return {"mode": (event.mode,), "context": event.contexts, "cameo": (event.cameo,)}[what]
