"""Text comes out of bytes as it was written, in whichever encoding."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.sources.decoding import decode, is_binary

TEXT = "“We agreed,” said Müller – the café’s owner in Łódź.\r\n\r\nIt cost €40."
WESTERN = TEXT.replace("Łódź", "Besançon")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_unicode(encoding: str) -> None:
    decoded = decode(TEXT.encode(encoding))
    assert decoded is not None and decoded.text == TEXT and decoded.problems == ()


@pytest.mark.parametrize("encoding", ["cp1252"])
def test_western(encoding: str) -> None:
    decoded = decode(WESTERN.encode(encoding))
    assert decoded is not None and decoded.text == WESTERN
    assert [problem.code for problem in decoded.problems] == ["encoding-guessed"]


def test_latin_1() -> None:
    text = "Müller said the café in Besançon cost £40."
    decoded = decode(text.encode("latin-1"))
    assert decoded is not None and decoded.text == text


def test_central_european_is_guessed() -> None:
    text = "Prezydent Wałęsa spotkał się w Łodzi z ministrem, który żądał źródeł i później wyjechał. " * 5
    decoded = decode(text.encode("cp1250"))
    assert decoded is not None and decoded.problems


def test_binary_is_told_from_text() -> None:
    assert is_binary(bytes(range(256)) * 4)
    assert not is_binary(TEXT.encode())
    assert not is_binary(TEXT.encode("utf-16"))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_none(data: bytes) -> None:
    decoded = decode(data)
    assert decoded is None or isinstance(decoded.text, str)
