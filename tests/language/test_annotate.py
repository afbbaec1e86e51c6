"""The whole language floor: texts come back whole, trees are sound, and no text's parse depends on its neighbours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from dateline.language.annotate import Annotator, annotate, load_annotator

NEWS = [
    "Kenya's Defence Minister Juma Wafula visited Oslo on Tuesday.\n\n"
    "He met his Norwegian counterpart, Ine Berg, the ministry said.",
    "Rebels shelled the village of Arbin, killing two people.",
    '"We will not withdraw," Gen. Petar Ilic told reporters in Geneva. "Not one soldier."',
    "The Ministry of Foreign Affairs denied that talks had been planned. Four trucks of aid reached the camp.\n" * 5,
    "Police arrested 40 protesters in Lagos, and the court freed 12 of them a day later, after lawyers had appealed.",
    "CEASEFIRE HOLDS IN THE NORTH",
    "",
    "  \n ",
]


def facts(doc: Doc) -> list[tuple[object, ...]]:
    return [(t.text, t.pos_, t.tag_, t.lemma_, t.dep_, t.head.i, t.ent_iob_, t.ent_type_, t.is_sent_start) for t in doc]


@given(st.text(max_size=300))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back_whole_and_every_token_is_annotated(annotator: Annotator, text: str) -> None:
    doc = next(annotator.annotate_many([text]))
    assert doc.text == text
    for token in doc:
        assert token.pos_ and token.tag_ and token.dep_ and token.lemma_
        assert token.head.sent == token.sent
    for sentence in doc.sents:
        assert [token for token in sentence if token.head == token] == [sentence.root]


@pytest.mark.parametrize(
    "text",
    [
        "\x00",
        "a\x00b.",
        "😀👩‍👩‍👧 went",
        "\u200b",
        "x" * 10_000,
        "word " * 2_000,
        "a,b;" * 900,
        "\r\n\r\nEnd.\r\n",
        "\u2028One\u2029Two",
        "e\u0301te\u0301",
        "\t\tTabs\t",
    ],
)
def test_awkward_texts_come_back_whole(annotator: Annotator, text: str) -> None:
    doc = next(annotator.annotate_many([text]))
    assert doc.text == text
    assert all(len(sentence) for sentence in doc.sents)


def test_white_space_hangs_on_a_neighbour(annotator: Annotator) -> None:
    doc = next(annotator.annotate_many([" Talks began.\n\nThey failed."]))
    spaces = [token for token in doc if token.is_space]
    assert [(token.pos_, token.dep_) for token in spaces] == [("SPACE", "dep")] * len(spaces)
    assert [sentence.text.strip() for sentence in doc.sents] == ["Talks began.", "They failed."]


def test_a_plain_sentence_is_read_rightly(annotator: Annotator) -> None:
    doc = next(annotator.annotate_many(["Kenya's president met two Norwegian envoys in Oslo on Tuesday."]))
    by_text = {token.text: token for token in doc}
    assert by_text["met"].dep_ == "root" and by_text["met"].lemma_ == "meet" and by_text["met"].tag_ == "VBD"
    assert (by_text["president"].dep_, by_text["president"].head.text) == ("nsubj", "met")
    assert (by_text["envoys"].dep_, by_text["envoys"].lemma_) == ("obj", "envoy")
    assert {(entity.text, entity.label_) for entity in doc.ents} == {
        ("Kenya", "LOC"),
        ("Norwegian", "NORP"),
        ("Oslo", "LOC"),
    }


def test_passive_clauses_have_passive_subjects_and_agents(annotator: Annotator) -> None:
    doc = next(annotator.annotate_many(["The village was shelled by rebels."]))
    relations = {token.text: token.dep_ for token in doc}
    assert relations["village"] == "nsubj:pass"
    assert relations["was"] == "aux:pass"
    assert relations["rebels"] == "obl:agent"


def test_company_changes_nothing(annotator: Annotator) -> None:
    alone = [facts(next(annotator.annotate_many([text]))) for text in NEWS]
    together = [facts(doc) for doc in annotator.annotate_many(NEWS * 2)]
    assert together == alone * 2


def test_texts_are_taken_as_needed_and_come_back_in_order(annotator: Annotator) -> None:
    taken: list[int] = []

    def texts() -> Iterator[str]:
        for number in range(500):
            taken.append(number)
            yield f"Envoy number {number} left."

    docs = annotator.annotate_many(texts())
    first = next(docs)
    assert first.text == "Envoy number 0 left."
    assert len(taken) < 200
    assert next(docs).text == "Envoy number 1 left."


def test_annotate_is_the_shipped_model(annotator: Annotator) -> None:
    assert facts(annotate(NEWS[1])) == facts(next(load_annotator().annotate_many([NEWS[1]])))
