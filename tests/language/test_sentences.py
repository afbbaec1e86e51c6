"""Sentence starts, on short texts of every awkward kind."""

from __future__ import annotations

import pytest

from dateline.language.sentences import sentence_starts
from dateline.language.tokens import make_tokenizer

TOKENIZER = make_tokenizer()


def split(text: str) -> list[str]:
    doc = TOKENIZER(text)
    starts = sentence_starts([token.text for token in doc], [bool(token.whitespace_) for token in doc])
    return [doc[begin:end].text.strip() for begin, end in zip(starts, [*starts[1:], len(doc)], strict=True)]


@pytest.mark.parametrize(
    "text",
    [
        # Abbreviations, initials and titles
        "Gen. Adel Nassar met Mr. Berg in St. Petersburg.|He left on Jan. 5.",
        "The envoy returned to the U.S. on Friday.|She flew from the U.K. to Oslo.",
        "Troops left the U.S.|The base stays open.",
        "J. R. Okoro and Ine K. Berg signed the pact.",
        "Halden Corp. shares fell at 5 p.m. on Monday.|The firm, Vantage Inc., said nothing.",
        "Talks began at 9 a.m.|They ended at noon.",
        "Lt. Col. Ravi Menon said No. 3 Battalion held the town.",
        # Quotations
        '"We will not go," Berg said.|"They will."',
        '"Will you sign?" a reporter asked.|He did not answer.',
        '"Stop the war!" Prime Minister Ine Berg told the crowd.',
        "“It is over.”|The crowd went home.",
        "'No deal.'|With that he left.",
        'He said: "The border is shut."|Trucks turned back.',
        # Other ends
        "Did the truce hold?|Nobody knows.",
        "The talks went on ... and on.",
        "They waited…|Nothing came.",
        "The vote was close (51 to 49).|A recount begins today.",
        "Prices rose by 3.5 percent.|Wages fell by 0.2.",
        "OSLO, March 3 (NNB) - Talks resumed on Friday.|Two envoys came.",
        # Headings, paragraphs, lists
        "Ceasefire holds\n\n|Rebels left the town.",
        "Ceasefire holds\n|Rebels left the town.\n|Aid came in.",
        "The demands:\n|- free all prisoners\n|- open the border",
        "1. Open the border.\n|2. Free the prisoners.",
    ],
)
def test_sentences(text: str) -> None:
    assert split(text.replace("|", " ") if "\n|" not in text else text.replace("|", "")) == [
        part.strip() for part in text.split("|")
    ]


def test_lines_that_are_merely_folded_do_not_end_sentences() -> None:
    text = (
        "Negotiators from the two countries met on Friday in the northern port\n"
        "city to discuss an exchange of prisoners and the opening of the border,\n"
        "according to a statement that both foreign ministries published in the\n"
        "evening. A second round of talks is planned for the coming week in the\n"
        "capital. Neither side gave details of the proposals on the table.\n"
    )
    assert len(split(text)) == 3


def test_nothing_and_white_space() -> None:
    assert sentence_starts([], []) == []
    assert sentence_starts(["\n\n"], [False]) == [0]
