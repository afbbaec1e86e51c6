"""Near-duplicate texts (wire copies): MinHash over runs of words, so that one agency counts as one source."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dateline.lexicon.likeness import words_of
from dateline.merge.cluster import Link, clusters

# Runs of this many words; copies share them in long stretches, retellings hardly any.
_RUN: Final = 4
_HASHES: Final = 60
_BANDS: Final = 20
_ROWS: Final = _HASHES // _BANDS
_PRIME: Final = np.uint64((1 << 61) - 1)
# Articles that share this part of their runs are copies of one text.
COPIED: Final = 0.4
# A text is copied within days; what comes back years later is a reprint, told apart by its date.
LONGEST_DAYS: Final = 14
# Fewer words are a headline or a stub: alike by chance.
_SHORTEST: Final = 25

Signature = NDArray[np.uint32]


def _multipliers() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    drawn = np.random.Generator(np.random.PCG64(20260314))
    odd = drawn.integers(1, 1 << 31, _HASHES, dtype=np.uint64) | np.uint64(1)
    return odd, drawn.integers(0, 1 << 31, _HASHES, dtype=np.uint64)


_ODD, _ADDED = _multipliers()


def signature(text: str) -> Signature:
    """The MinHash signature of a text, 60 numbers; empty for a text too short to be told from others."""
    words = [word.lower() for _, word in words_of(text)]
    if len(words) < _SHORTEST:
        return np.empty(0, dtype=np.uint32)
    runs = {" ".join(words[n : n + _RUN]) for n in range(len(words) - _RUN + 1)}
    hashes = np.array(sorted(zlib.crc32(run.encode("utf-8", "surrogatepass")) for run in runs), dtype=np.uint64)
    mixed = (hashes[:, None] * _ODD[None, :] + _ADDED[None, :]) % _PRIME
    smallest: NDArray[np.uint64] = mixed.min(axis=0)
    return (smallest & np.uint64(0xFFFFFFFF)).astype(np.uint32)


def signature_from_bytes(data: bytes) -> Signature:
    """A signature that was stored as little-endian numbers."""
    return np.frombuffer(data, dtype="<u4").astype(np.uint32)


def bands(sketch: Signature) -> list[int]:
    """Keys of a signature: texts that share a good part of their runs nearly always share one of 20."""
    return [
        zlib.crc32(bytes([n]) + sketch[n * _ROWS : (n + 1) * _ROWS].astype("<u4").tobytes())
        for n in range(_BANDS if len(sketch) else 0)
    ]


def shared(a: Signature, b: Signature) -> float:
    """The part of their runs that two texts share, as their signatures tell."""
    if not len(a) or not len(b):
        return 0.0
    return round(float(np.mean(a == b)), 6)


def families(articles: Iterable[str], copied: Mapping[Link, float]) -> list[list[str]]:
    """Articles grouped into families of copies, by article id; links a < b."""
    return clusters(articles, copied, COPIED)
