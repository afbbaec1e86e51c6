"""The examples of the lexicon's rules: a sentence each, with what the rule must make of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.language.annotate import Annotator
from dateline.lexicon.verbs import Example
from dateline.records.claims import Event, PloverType
from dateline.records.mentions import Participant
from tests.extract.reading import load_reader

# The examples are whole sentences, so a few fail by a parser's slip, not a rule's; which ones moves with the model.
ALLOWED = 0.04


def test_the_examples_hold(annotator: Annotator) -> None:
    reader = load_reader(annotator)
    rows = [(name, type_, example) for name, type_, rule in reader.verbs.rules for example in rule.examples]
    read = reader.read(example.text for _, _, example in rows)
    wrong = []
    for (name, type_, example), (_, _, events) in zip(rows, read, strict=True):
        if not _holds(example, type_, events):
            wrong.append(f"{name}: {example.text}")
    assert len(wrong) <= ALLOWED * len(rows), "\n".join(wrong)


def _holds(example: Example, type_: PloverType, events: Sequence[Event]) -> bool:
    same = [event for event in events if event.type == (example.type or type_)]
    if example.none:
        return not same
    return any(
        event.status == (example.status or "happened")
        and (example.mode is None or event.mode == example.mode)
        and _has(event.source, example.source or ())
        and _has(event.target, example.target or ())
        for event in same
    )


def _has(found: Iterable[Participant], wanted: Sequence[str]) -> bool:
    """Whether each wanted code ("NOR", "NOR MIL" or a bare sector "GOV") is among the participants."""
    present = {item.country for item in found} | {
        code for item in found for sector in item.sectors for code in (f"{item.country} {sector}", sector)
    }
    return set(wanted) <= present
