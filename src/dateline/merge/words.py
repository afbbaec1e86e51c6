"""Words with weights: how much a word tells about what a text is about, the same whatever else is in the record.

Weights come from a fixed table of word frequencies, never from the record: so what is known of two texts depends on
these two alone, and neither the order of reading nor later articles can change it.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dateline.lexicon.likeness import WordLikeness, stem, words_of

_HEAVIEST: Final = 5.0
_COMMON_RANK: Final = 50.0
_YEAR: Final = 2.5
_NUMBER: Final = 1.0
# Capital letters of these say nothing.
_CALENDAR: Final = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december"
)
_NO_NAMES: Final = frozenset(f"{_CALENDAR} police mr mrs ms i the".split())
_NAME: Final = 4.0
_LEAD_WORDS: Final = 80
_LEAD: Final = 2.0
_MOSTLY_CAPITALS: Final = 0.6

Vector = Mapping[str, float]


def weight(word: str, likeness: WordLikeness) -> float:
    """How much a lower-case word tells: 0 for the commonest, at most 5 for rare and unknown ones."""
    return _weight(word, likeness.ranks.get(word), likeness.ranks.get(word.removesuffix("s")))


@lru_cache(maxsize=200_000)
def _weight(word: str, rank: int | None, singular: int | None) -> float:
    if len(word) == 1:
        return _NUMBER if word.isdigit() else 0.0
    if word.isdigit():
        return _YEAR if len(word) == 4 else _NUMBER
    ranks = [item for item in (rank, singular) if item is not None]
    if not ranks:
        return _HEAVIEST
    return min(_HEAVIEST, max(0.0, math.log((min(ranks) + 10) / _COMMON_RANK)))


def text_vector(text: str, likeness: WordLikeness) -> dict[str, float]:
    """The stems of a text with weights, of length 1: rare words, names and the first words count more."""
    counts: dict[str, float] = {}
    weights: dict[str, float] = {}
    names: set[str] = set()
    position = 0
    for line in text.split("\n"):
        found = words_of(line)
        capitals = sum(word[0].isupper() for _, word in found)
        in_title = capitals > _MOSTLY_CAPITALS * len(found)
        for n, (start, word) in enumerate(found):
            lower = word.lower()
            key = stem(lower)
            counts[key] = counts.get(key, 0.0) + (_LEAD if position < _LEAD_WORDS else 1.0)
            weights[key] = weight(lower, likeness)
            begins = n == 0 or line[:start].rstrip()[-1:] in ".!?:"
            if word[0].isupper() and not begins and not in_title and lower not in _NO_NAMES:
                names.add(key)
            position += 1
    vector = {
        key: (1 + math.log(count)) * weights[key] * (_NAME if key in names else 1.0)
        for key, count in counts.items()
        if weights[key] > 0
    }
    return unit(vector)


def unit(vector: Mapping[str, float]) -> dict[str, float]:
    """The same direction with length 1; empty stays empty."""
    length = math.sqrt(sum(value * value for value in vector.values()))
    return {key: value / length for key, value in vector.items()} if length else {}


def cosine(a: Vector, b: Vector) -> float:
    """The cosine of two vectors of length 1."""
    if len(a) > len(b):
        a, b = b, a
    return sum(value * b[key] for key, value in a.items() if key in b)


@dataclass(frozen=True, slots=True)
class Packed:
    """A vector of length 1 in little room: the words' codes in rising order, and their weights."""

    codes: NDArray[np.uint32]
    weights: NDArray[np.float32]

    def to_bytes(self) -> bytes:
        """Codes, then weights, little-endian."""
        return self.codes.astype("<u4").tobytes() + self.weights.astype("<f4").tobytes()

    def likeness(self, other: Packed) -> float:
        """The cosine of the two."""
        at = np.searchsorted(other.codes, self.codes)
        at[at == len(other.codes)] = 0
        same = other.codes[at] == self.codes if len(other.codes) else np.zeros(len(at), dtype=bool)
        return float(np.dot(self.weights[same], other.weights[at[same]]))

    def heaviest(self, count: int, least: float) -> list[tuple[int, float]]:
        """Codes and weights of the heaviest words that weigh at least so much; the smaller code first on a tie."""
        order = np.lexsort((self.codes, -self.weights))[:count]
        return [(int(self.codes[n]), float(self.weights[n])) for n in order if self.weights[n] >= least]


def packed(vector: Vector) -> Packed:
    """A vector in little room."""
    coded: dict[int, float] = {}
    for word, value in vector.items():
        code = zlib.crc32(word.encode("utf-8", "surrogatepass"))
        coded[code] = coded.get(code, 0.0) + value
    codes = sorted(coded)
    return Packed(np.array(codes, dtype=np.uint32), np.array([coded[code] for code in codes], dtype=np.float32))


def packed_from_bytes(data: bytes) -> Packed:
    """What `Packed.to_bytes` gave."""
    middle = len(data) // 2
    codes = np.frombuffer(data[:middle], dtype="<u4").astype(np.uint32)
    return Packed(codes, np.frombuffer(data[middle:], dtype="<f4").astype(np.float32))
