"""The edges of names."""

from __future__ import annotations

import pytest

from dateline.language.names import name_spans, tidy_names


def test_spans_of_a_label_sequence() -> None:
    assert name_spans(["B-PER", "I-PER", "O", "B-LOC", "B-LOC"]) == [(0, 2, "PER"), (3, 4, "LOC"), (4, 5, "LOC")]


@pytest.mark.parametrize(
    ("text", "found", "wanted"),
    [
        ("Leung Wai~-~kin left", (0, 3, "PER"), "Leung Wai-kin"),
        ("Berg~-~backed rebels", (0, 2, "PER"), "Berg"),
        ("Bank of Halden of", (0, 4, "ORG"), "Bank of Halden"),
        ("( Oslo )", (0, 3, "LOC"), "Oslo"),
        ("Farah~'s", (0, 2, "PER"), "Farah"),
        ("pro~-~Halden group", (0, 3, "LOC"), "Halden"),
        ("of the", (0, 2, "ORG"), None),
        ("Unity Front (~North~)", (0, 5, "ORG"), "Unity Front (North)"),
    ],
)
def test_edges(text: str, found: tuple[int, int, str], wanted: str | None) -> None:
    parts = [part.split("~") for part in text.split(" ")]
    words = [word for part in parts for word in part]
    spaced = [index == len(part) - 1 for part in parts for index in range(len(part))]
    names = tidy_names(words, spaced, [found])
    if wanted is None:
        assert names == []
    else:
        ((start, end, kind),) = names
        joined = "".join(word + " " * space for word, space in zip(words[start:end], spaced[start:end], strict=True))
        assert (joined.strip(), kind) == (wanted, found[2])
