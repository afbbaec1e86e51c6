"""Time expressions in newspaper usage (`time_cases.tsv`): each is `[words]{TIMEX3 value, then the mod if any}`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dateline.lexicon.times import load_time_words
from dateline.records.text import make_article
from dateline.resolve.times import find_times

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dateline.language.annotate import Annotator

_CASES = Path(__file__).with_name("time_cases.tsv")
_MARKED = re.compile(r"\[(?P<words>[^]]+)\]\{(?P<value>[^} ]+)(?: (?P<mod>\w+))?\}")
_WORDS = load_time_words()
# A new language model may parse a few of the sentences otherwise.
_ALLOWED = 6


def read_cases() -> list[tuple[str, date, str, list[tuple[int, str, str, str]]]]:
    """(kind, published, sentence, [(start, words, value, mod or "")]) of each row."""
    cases = []
    for line in _CASES.read_text(encoding="utf-8").splitlines()[1:]:
        kind, published, marked = line.split("\t")
        text, expected, at = "", [], 0
        for found in _MARKED.finditer(marked):
            text += marked[at : found.start()]
            expected.append((len(text), found["words"], found["value"], found["mod"] or ""))
            text += found["words"]
            at = found.end()
        cases.append((kind, date.fromisoformat(published), text + marked[at:], expected))
    return cases


def failures(docs: Sequence[Doc]) -> list[str]:
    """What is found elsewise than the file says, one line a sentence."""
    wrong = []
    for (kind, published, text, expected), doc in zip(read_cases(), docs, strict=True):
        article = make_article(text, published=published, published_basis="given", ref="case")
        items = find_times(doc, article, _WORDS).items
        found = [(item.start, item.text, item.value, item.mod or "") for item in items]
        plain = [(*row[:3], row[3] if wanted[3] else "") for row, wanted in zip(found, expected, strict=False)]
        if len(found) != len(expected) or plain != expected:
            shown = "; ".join(f"{words} {value} {mod}".strip() for _, words, value, mod in found)
            wrong.append(f"{kind}: {text} -> {shown or 'nothing'}")
    return wrong


@pytest.fixture(scope="module")
def wrong(annotator: Annotator) -> list[str]:
    return failures(list(annotator.annotate_many([text for _, _, text, _ in read_cases()])))


def test_times_in_newspaper_usage(wrong: list[str]) -> None:
    assert len(wrong) <= _ALLOWED, "\n".join(wrong)
