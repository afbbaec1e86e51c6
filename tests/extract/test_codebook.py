"""PLOVER's columns: what is printed for planned, conditional and denied acts, scores, CAMEO codes and contexts."""

from __future__ import annotations

import pytest

from dateline.extract import codebook
from dateline.extract.status_clause import Outlook
from dateline.lexicon.codebook import Codebook, load_codebook
from dateline.records.claims import PloverType
from tests.trees import doc_from_conllu


@pytest.fixture(scope="module")
def book() -> Codebook:
    return load_codebook()


@pytest.mark.parametrize(
    ("type_", "outlook", "printed"),
    [
        ("CONSULT", Outlook("happened", "tense"), "CONSULT"),
        ("ASSAULT", Outlook("ongoing", "tense"), "ASSAULT"),
        ("CONSULT", Outlook("planned", "modal"), "AGREE"),
        ("AID", Outlook("planned", "governor:agree"), "AGREE"),
        ("RETREAT", Outlook("planned", "modal"), "CONCEDE"),
        ("CONCEDE", Outlook("planned", "modal"), "CONCEDE"),
        ("ASSAULT", Outlook("planned", "modal"), "THREATEN"),
        ("SANCTION", Outlook("possible", "condition"), "THREATEN"),
        ("ASSAULT", Outlook("planned", "purpose", firm=False), None),
        ("ASSAULT", Outlook("possible", "governor:fear"), None),
        ("CONSULT", Outlook("denied", "negation"), None),
        ("RETREAT", Outlook("demanded", "governor:demand"), None),
    ],
)
def test_the_printed_type_follows_plover(
    book: Codebook, type_: PloverType, outlook: Outlook, printed: PloverType | None
) -> None:
    assert codebook.printed_type(type_, outlook, book) == printed


def test_scores_are_those_of_the_mode_and_of_what_is_printed(book: Codebook) -> None:
    assert codebook.intensity("CONSULT", "visit", "CONSULT", book) == 4.0
    assert codebook.intensity("CONSULT", "visit", "AGREE", book) == 2.5
    assert codebook.intensity("ASSAULT", None, None, book) == -9.0


def test_cameo_is_the_rules_own_else_the_modes_else_the_types(book: Codebook) -> None:
    act = doc_from_conllu("1 visited visit VERB VBD _ 0 root")[0]
    assert codebook.cameo("CONSULT", "visit", "043", act, book) == "043"
    assert codebook.cameo("CONSULT", "visit", None, act, book) == "042"
    assert codebook.cameo("CONSULT", None, None, act, book) == "040"


def test_contexts_come_from_words_and_phrases(book: Codebook) -> None:
    doc = doc_from_conllu(
        """
1 Rebels rebel NOUN NNS _ 2 nsubj
2 smuggled smuggle VERB VBD _ 0 root
3 nuclear nuclear ADJ JJ _ 4 amod
4 weapons weapon NOUN NNS _ 2 obj
5 through through ADP IN _ 7 case
6 the the DET DT _ 7 det
7 border border NOUN NN _ 2 obl
"""
    )
    assert codebook.contexts(doc, book) == ("territory", "cbrn", "trafficking")
