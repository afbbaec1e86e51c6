"""The tokenizer follows the treebanks where spaCy's rules differ."""

from __future__ import annotations

import pytest

from dateline.language.tokens import make_tokenizer, without_surrogates

TOKENIZER = make_tokenizer()


@pytest.mark.parametrize(
    "tokens",
    [
        "anti-government rally",
        "U.S. - led|U.S.-led",
        "Capt. Berg",
        "Stop !!!|Stop!!!",
        "a non-aggression pact",
        "pro - Russian rebels|pro-Russian rebels",
        "oil - rich|oil-rich",
        "ministers ' talks|ministers' talks",
        "wo n’t|won’t",
    ],
)
def test_tokens(tokens: str) -> None:
    expected, _, text = tokens.partition("|")
    assert [token.text for token in TOKENIZER(text or expected)] == expected.split(" ")


def test_lone_surrogates_become_one_character_each() -> None:
    assert without_surrogates("a\ud800b") == "a\ufffdb"
    assert without_surrogates("Zoë 😀") == "Zoë 😀"
