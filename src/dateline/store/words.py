"""Names and words in the one spelling in which they are stored for comparing and asked for."""

from __future__ import annotations

import re
import unicodedata

_SURROGATE = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"\w+")


def words_key(*texts: str | None) -> str:
    """Lower-case words without accents, each between single blanks: " ine berg ".

    Whole words can so be looked for with a plain substring search. Several texts are kept apart by "|", so that no
    phrase runs over from one into the next. Empty for no words.
    """
    parts = [part for text in texts if text and (part := _folded(text))]
    return " " + " | ".join(parts) + " " if parts else ""


def storable(text: str) -> str:
    """The text with lone surrogates, which UTF-8 cannot hold, replaced one for one by U+FFFD (offsets stay)."""
    return _SURROGATE.sub("\ufffd", text)


def is_storable(text: str) -> bool:
    """Whether the text can be stored as it is."""
    return _SURROGATE.search(text) is None


def _folded(text: str) -> str:
    if text.isascii():
        return " ".join(_WORD.findall(text.lower()))
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(_WORD.findall(storable(plain)))
