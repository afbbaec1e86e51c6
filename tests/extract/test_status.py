"""Whether an act happened, by construction: status_cases.tsv names for each sentence the act and its status."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from dateline.extract.status import outlook
from dateline.language.annotate import Annotator
from dateline.lexicon.status import StatusWords, load_status_words
from tests.extract.reading import Reader, load_reader
from tests.trees import doc_from_conllu

CASES = Path(__file__).with_name("status_cases.tsv")


@pytest.fixture(scope="module")
def words() -> StatusWords:
    return load_status_words()


@pytest.fixture(scope="module")
def reader(annotator: Annotator) -> Reader:
    return load_reader(annotator)


def _cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_each_construction_is_covered_five_times() -> None:
    counts = Counter(case["construction"] for case in _cases())
    assert min(counts.values()) >= 5
    assert sum(counts.values()) >= 300


def wrong_cases(reader: Reader) -> tuple[list[str], int]:
    """What is wrong with each case that is not right, and the number of cases (also for benchmarks/score_status.py)."""
    cases = _cases()
    wrong = []
    read = reader.read(case["text"] for case in cases)
    for case, (_, doc, events) in zip(cases, read, strict=True):
        act = next(token for token in doc if token.lower_ == case["act"].lower())
        own = [event for event in events if event.trigger.start == act.idx and event.type not in ("REQUEST", "REJECT")]
        status = own[0].status if own else outlook(act, reader.verbs.status).status
        if status != case["status"]:
            wrong.append(f"{case['construction']}: {case['act']} in '{case['text']}' is {status}, not {case['status']}")
    return wrong, len(cases)


def test_the_status_of_the_cases_is_right(reader: Reader) -> None:
    wrong, total = wrong_cases(reader)
    assert len(wrong) <= total * 0.05, "\n".join(wrong)


def test_the_examples_of_the_governing_words_hold(reader: Reader, words: StatusWords) -> None:
    for rule in words.rules:
        for example in rule.examples:
            doc = next(iter(reader.annotator.annotate_many([example.text])))
            act = next(token for token in doc if token.text == example.act)
            assert outlook(act, words).status == example.status, (rule.id, example.text)


REFUSED = """
1 Chile Chile PROPN NNP _ 4 nsubj
2 did do AUX VBD _ 4 aux
3 not not PART RB _ 4 advmod
4 refuse refuse VERB VB _ 0 root
5 to to PART TO _ 6 mark
6 meet meet VERB VB _ 4 xcomp
7 Peru Peru PROPN NNP _ 6 obj
8 . . PUNCT . _ 4 punct
"""

REPORTED = """
1 Chile Chile PROPN NNP _ 2 nsubj
2 said say VERB VBD _ 0 root
3 it it PRON PRP _ 5 nsubj
4 would would AUX MD _ 5 aux
5 attack attack VERB VB _ 2 ccomp
6 Peru Peru PROPN NNP _ 5 obj
7 . . PUNCT . _ 2 punct
"""

CONDITIONAL = """
1 Chile Chile PROPN NNP _ 3 nsubj
2 will will AUX MD _ 3 aux
3 attack attack VERB VB _ 0 root
4 unless unless SCONJ IN _ 6 mark
5 Peru Peru PROPN NNP _ 6 nsubj
6 retreats retreat VERB VBZ _ 3 advcl
7 . . PUNCT . _ 3 punct
"""


@pytest.mark.parametrize(
    ("tree", "act", "status", "why"),
    [
        (REFUSED, 5, "planned", "governor:refuse"),
        (REPORTED, 4, "planned", "modal"),
        (CONDITIONAL, 2, "possible", "condition"),
        (CONDITIONAL, 5, "possible", "if-clause"),
    ],
)
def test_the_construction_that_decided_is_named(words: StatusWords, tree: str, act: int, status: str, why: str) -> None:
    found = outlook(doc_from_conllu(tree)[act], words)
    assert (found.status, found.why) == (status, why)
