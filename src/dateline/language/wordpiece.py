"""Words into word pieces and case shapes: plain Python, the same at training and at run time.

The scheme is BERT's uncased WordPiece (lower case, accents dropped, punctuation split off, greedy longest match).
Casing, which it loses,
is handed to the model beside the pieces as one `case_shape` for each word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

CASE_SHAPES = ("lower", "title", "upper", "mixed", "digit", "capital")
LOWER, TITLE, UPPER, MIXED, DIGIT, CAPITAL = range(6)
MAX_PIECES = 8
MAX_CHARACTERS = 100

# Typographic quotes and dashes read like their plain forms: the training text (web and mail) has mostly the latter,
# news the former.
_PLAIN = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'",
        "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
        "…": "...", "\u00a0": " ",
    }
)  # fmt: skip


def case_shape(word: str) -> int:
    """The casing of a word as an index into `CASE_SHAPES`; words without letters or digits count as lower."""
    if any(character.isdigit() for character in word):
        return DIGIT
    if word.islower() or not any(character.isalpha() for character in word):
        return LOWER
    letters = [character for character in word if character.isalpha()]
    if len(letters) == 1:
        return CAPITAL if letters[0].isupper() else LOWER
    if all(letter.isupper() for letter in letters):
        return UPPER
    if letters[0].isupper() and not any(letter.isupper() for letter in letters[1:]):
        return TITLE
    if any(letter.isupper() for letter in letters):
        return MIXED
    return LOWER


def _is_punctuation(character: str) -> bool:
    code = ord(character)
    if 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return True
    return unicodedata.category(character).startswith("P")


def _is_ideograph(character: str) -> bool:
    code = ord(character)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x20000 <= code <= 0x2CEAF
        or 0xF900 <= code <= 0xFAFF
        or 0x2F800 <= code <= 0x2FA1F
    )


def _chunks(word: str) -> list[str]:
    """Lower-cased stretches without accents; punctuation marks and ideographs stand alone."""
    if word.isascii() and word.isalnum():
        return [word.lower()]
    plain = unicodedata.normalize("NFD", word.translate(_PLAIN).lower())
    chunks: list[str] = []
    current = ""
    for character in plain:
        category = unicodedata.category(character)
        if category == "Mn" or character in "\x00\ufffd" or (category.startswith("C") and not character.isspace()):
            continue
        if character.isspace() or _is_punctuation(character) or _is_ideograph(character):
            if current:
                chunks.append(current)
                current = ""
            if not character.isspace():
                chunks.append(character)
        else:
            current += character
    if current:
        chunks.append(current)
    return chunks


class WordPieces:
    """A vocabulary and a cache from word to (piece ids, case shape).

    The cache is bounded: beyond `cache_size` words it is emptied, so that memory stays flat over millions of articles.
    """

    __slots__ = ("_cache", "_cache_size", "_ids", "cls", "pad", "sep", "unknown")

    def __init__(self, vocabulary: Sequence[str], cache_size: int = 100_000) -> None:
        self._ids = {piece: index for index, piece in enumerate(vocabulary)}
        self._cache: dict[str, tuple[tuple[int, ...], int]] = {}
        self._cache_size = cache_size
        self.pad = self._ids["[PAD]"]
        self.unknown = self._ids["[UNK]"]
        self.cls = self._ids["[CLS]"]
        self.sep = self._ids["[SEP]"]

    def __len__(self) -> int:
        return len(self._ids)

    def encode(self, word: str) -> tuple[tuple[int, ...], int]:
        """At least one and at most `MAX_PIECES` piece ids of the word, and its case shape."""
        known = self._cache.get(word)
        if known is not None:
            return known
        # Nobody names anything with ten thousand letters: a long token is read by its beginning, and never kept.
        if len(word) > 4 * MAX_CHARACTERS:
            return self._encode(word[: 4 * MAX_CHARACTERS])
        if len(self._cache) >= self._cache_size:
            self._cache.clear()
        encoded = self._encode(word)
        self._cache[word] = encoded
        return encoded

    def _encode(self, word: str) -> tuple[tuple[int, ...], int]:
        pieces: list[int] = []
        for chunk in _chunks(word):
            pieces.extend(self._split(chunk))
        return tuple(pieces[:MAX_PIECES]) or (self.unknown,), case_shape(word)

    def _split(self, chunk: str) -> list[int]:
        whole = self._ids.get(chunk)
        if whole is not None:
            return [whole]
        if len(chunk) > MAX_CHARACTERS:
            return [self.unknown]
        pieces: list[int] = []
        start = 0
        while start < len(chunk):
            prefix = "##" if start else ""
            for end in range(len(chunk), start, -1):
                found = self._ids.get(prefix + chunk[start:end])
                if found is not None:
                    pieces.append(found)
                    start = end
                    break
            else:
                return [self.unknown]
        return pieces


def read_vocabulary(path: Path) -> list[str]:
    """The pieces of a vocabulary file, one a line, in order of their ids."""
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
