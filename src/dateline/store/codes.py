"""Readings made elsewhere whose codes hold half characters, made fit for a record."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dateline.records.plain import reading_from_plain, reading_to_plain
from dateline.records.problem import Problem
from dateline.records.reading import Reading
from dateline.store.words import storable

# Verbatim words are stored with their own care, and must stay the slices of the text that they are.
_VERBATIM = frozenset(("text",))


def storable_reading(reading: Reading) -> Reading:
    """The reading with lone surrogates in its codes, ids and rules replaced by U+FFFD, and a problem that says so."""
    mended = reading_from_plain(_mended(reading_to_plain(reading)))
    message = "codes of this reading had half characters (lone surrogates); each stands as \ufffd"
    return replace(mended, problems=(*mended.problems, Problem("store", "text-repaired", message)))


def _mended(plain: Any) -> Any:
    if isinstance(plain, dict):
        return {key: value if key in _VERBATIM else _mended(value) for key, value in plain.items()}
    if isinstance(plain, list):
        return [_mended(item) for item in plain]
    return storable(plain) if isinstance(plain, str) else plain
