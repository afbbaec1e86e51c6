"""Questions to a tree, on trees built by hand."""

from __future__ import annotations

from dateline.language import tree
from tests.trees import doc_from_conllu

CONTROL = """
1 Kenya Kenya PROPN NNP _ 2 nsubj
2 told tell VERB VBD _ 0 root
3 Nepal Nepal PROPN NNP _ 2 obj
4 to to PART TO _ 5 mark
5 leave leave VERB VB _ 2 xcomp
6 and and CCONJ CC _ 7 cc
7 rest rest VERB VB _ 5 conj
"""

RELATIVE = """
1 Fighters fighter NOUN NNS _ 7 nsubj
2 who who PRON WP _ 3 nsubj
3 fled flee VERB VBD _ 1 acl:relcl
4 were be AUX VBD _ 7 aux:pass
5 not not PART RB _ 7 advmod
6 later later ADV RB _ 7 advmod
7 arrested arrest VERB VBN _ 0 root
8 by by ADP IN _ 9 case
9 India India PROPN NNP _ 7 obl:agent
10 , , PUNCT , _ 11 punct
11 Nepal Nepal PROPN NNP _ 9 conj
12 and and CCONJ CC _ 13 cc
13 China China PROPN NNP _ 9 conj
"""


def _words(tokens: list) -> list[str]:  # type: ignore[type-arg]
    return [token.text for token in tokens]


def test_the_object_of_the_outer_verb_is_subject_of_the_infinitive_and_of_its_conjunct() -> None:
    doc = doc_from_conllu(CONTROL)
    assert _words(tree.subjects(doc[4])) == ["Nepal"]
    assert _words(tree.subjects(doc[6])) == ["Nepal"]
    assert _words(tree.subjects(doc[1])) == ["Kenya"]


def test_the_antecedent_is_subject_of_a_relative_clause() -> None:
    doc = doc_from_conllu(RELATIVE)
    assert _words(tree.subjects(doc[2])) == ["Fighters"]


def test_passive_negation_and_conjuncts() -> None:
    doc = doc_from_conllu(RELATIVE)
    assert tree.is_passive(doc[6])
    assert not tree.is_passive(doc[2])
    assert _words(tree.negations(doc[6])) == ["not"]
    assert _words(tree.conjuncts(doc[8])) == ["India", "Nepal", "China"]
    assert tree.case_of(doc[12]) == "by"


def test_a_phrase_leaves_its_preposition_relative_clause_and_conjuncts_out() -> None:
    doc = doc_from_conllu(RELATIVE)
    start, end = tree.phrase(doc[8])
    assert doc.text[start:end] == "India"
    start, end = tree.phrase(doc[0])
    assert doc.text[start:end] == "Fighters"


def test_clause_of_finds_the_smallest_predicate() -> None:
    doc = doc_from_conllu(RELATIVE)
    assert tree.clause_of(doc[1]).text == "fled"
    assert tree.clause_of(doc[12]).text == "arrested"


BLAME = """
1 Kenya Kenya PROPN NNP _ 2 nsubj
2 accused accuse VERB VBD _ 0 root
3 Nepal Nepal PROPN NNP _ 2 obj
4 of of SCONJ IN _ 5 mark
5 shelling shell VERB VBG _ 2 advcl
6 villages village NOUN NNS _ 5 obj
7 , , PUNCT , _ 8 punct
8 citing cite VERB VBG _ 2 advcl
9 reports report NOUN NNS _ 8 obj
"""


def test_the_accused_is_subject_of_what_it_is_accused_of() -> None:
    doc = doc_from_conllu(BLAME)
    assert _words(tree.subjects(doc[4])) == ["Nepal"]
    assert _words(tree.subjects(doc[7])) == ["Kenya"]
