"""Pieces of SQL: text with placeholders, and the values for them, which never enter the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL and its parameters."""

    text: str
    parameters: tuple[Any, ...] = ()


def joined(pieces: list[Sql], word: str = "AND") -> Sql:
    """All of the pieces, or any of them."""
    text = f" {word} ".join(f"({piece.text})" for piece in pieces)
    return Sql(text or "1", tuple(value for piece in pieces for value in piece.parameters))
