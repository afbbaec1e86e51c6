"""Which stretches are quoted, under every kind of mark."""

from __future__ import annotations

import pytest

from dateline.extract.statement_quotes import find_quotes


def quoted(text: str) -> list[list[str]]:
    return [[text[start:end] for start, end in quote.pieces] for quote in find_quotes(text)]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ('"Yes," he said. "No."', [["Yes,"], ["No."]]),
        ("“Yes,” he said.", [["Yes,"]]),
        ("‘We don’t know,’ he said.", [["We don’t know,"]]),
        ("'We don't know,' he said.", [["We don't know,"]]),
        ("‘The workers’ plan is dead,’ he said.", [["The workers’ plan is dead,"]]),
        ("«Oui», he said.", [["Oui"]]),
        ("»Nein«, he said.", [["Nein"]]),
        ("„Ja“, he said.", [["Ja"]]),
        ("``Go,'' he said.", [["Go,"]]),
        ("「はい」 he said.", [["はい"]]),
        ("”Ja,” he said.", [["Ja,"]]),
        ("She said “he told me ‘no’ twice”.", [["he told me ‘no’ twice"], ["no"]]),
        ('A 12" pipe and a 5\'10" man.', []),
        ("Rock 'n' roll in the '90s.", []),
        ("The boys' club and the girls' club.", []),
    ],
)
def test_marks(text: str, inner: list[list[str]]) -> None:
    assert quoted(text) == inner


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    assert quoted("“One.\n\n“Two.\n\n“Three,” she said.") == [["One.", "Two.", "Three,"]]


def test_a_closing_mark_in_the_next_paragraph_ends_the_quotation() -> None:
    assert quoted('He said, "One.\n\nTwo." Then he left.') == [["One.", "Two."]]


def test_a_missing_closing_mark_ends_with_the_paragraph() -> None:
    assert quoted('He said: "One.\n\nThe road was shut.') == [["One."]]


def test_spans_never_leave_the_text() -> None:
    for text in ("“", "”", '"', "''", "“”", '""', "«", "a “b", "‘", "' '", '"\n"\n"'):
        for quote in find_quotes(text):
            assert 0 <= quote.start < quote.end <= len(text)
