"""The examples of the lexicon's rules: a sentence each, with what the rule must make of it."""

from __future__ import annotations

from dateline.extract.event_examples import holds
from dateline.language.annotate import Annotator
from tests.extract.reading import load_reader

# The examples are whole sentences, so a few fail by a parser's slip, not a rule's; which ones moves with the model.
ALLOWED = 0.04


def test_the_examples_hold(annotator: Annotator) -> None:
    reader = load_reader(annotator)
    rows = [(name, type_, example) for name, type_, rule in reader.verbs.rules for example in rule.examples]
    read = reader.read(example.text for _, _, example in rows)
    wrong = []
    for (name, type_, example), (_, _, events) in zip(rows, read, strict=True):
        if not holds(example, type_, events):
            wrong.append(f"{name}: {example.text}")
    assert len(wrong) <= ALLOWED * len(rows), "\n".join(wrong)
