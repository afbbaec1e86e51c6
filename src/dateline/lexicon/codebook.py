"""The codebook as data: PLOVER's types with their modes, scores and CAMEO codes, and the words that tell contexts.

`data/codebook/plover.toml` holds the ontology, `data/codebook/contexts.toml` the context words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field

from dateline.errors import LexiconError
from dateline.lexicon.loader import Entry, entry, read_toml
from dateline.records.claims import PloverType

TYPES: frozenset[str] = frozenset(get_args(PloverType))


class ModeEntry(Entry):
    """One mode of a type: its score (the type's where absent) and its CAMEO code."""

    intensity: float | None = None
    cameo: str | None = None


class TypeEntry(Entry):
    """One PLOVER type.

    Attributes:
        quad: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
        future: the type that PLOVER prints when the act is announced or promised.
        conditional: the type that PLOVER prints when the act is conditional; absent where it prints nothing.
        content: for types whose mode says what the words are about: embedded type (or "RETREAT/resign", type and mode)
            -> mode.
    """

    quad: Literal[1, 2, 3, 4]
    intensity: float
    cameo: str
    future: str
    conditional: str | None = None
    default_mode: str | None = None
    modes: dict[str, ModeEntry] = Field(default_factory=dict)
    content: dict[str, str] = Field(default_factory=dict)


class ContextEntry(Entry):
    """The words of one context: lemmas or phrases of lemmas ("human right")."""

    id: str
    words: tuple[str, ...]


class Refinement(Entry):
    """Words that make a CAMEO code more exact: below an act with `code`, one of the lemmas gives `to`."""

    code: str
    to: str
    words: tuple[str, ...]


class ConfidenceTable(Entry):
    """A logistic model: its bias and the weight of each mark (extract/confidence.py names them)."""

    bias: float
    weights: dict[str, float]


@dataclass(frozen=True, slots=True)
class Codebook:
    """Types by name, and for every context word the contexts it tells.

    Attributes:
        refinements: CAMEO code -> [(lemmas, more exact code)].
        confidence: weights of the marks that tell how sure an event is.
        context_words: first lemma of a context word -> [(all its lemmas, contexts)], longest first.
    """

    types: Mapping[str, TypeEntry]
    contexts: tuple[str, ...]
    context_words: Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]
    refinements: Mapping[str, tuple[tuple[frozenset[str], str], ...]]
    confidence: ConfidenceTable


def load_codebook(overlay: Path | None = None) -> Codebook:
    """The codebook from the package and the user's folder.

    Raises:
        LexiconError: a type or context that PLOVER does not have, or a malformed entry.
    """
    types: dict[str, TypeEntry] = {}
    for where, table in read_toml("codebook/plover.toml", overlay):
        for name, data in table.get("types", {}).items():
            if name not in TYPES:
                raise LexiconError(f"{where}: '{name}' is no PLOVER type; the sixteen are {', '.join(sorted(TYPES))}")
            types[name] = entry(TypeEntry, data, f"{where}, type {name}")
    contexts: dict[str, ContextEntry] = {}
    for where, table in read_toml("codebook/contexts.toml", overlay):
        for data in table.get("context", []):
            item = entry(ContextEntry, data, where)
            contexts[item.id] = item
    refinements: dict[str, list[tuple[frozenset[str], str]]] = {}
    for where, table in read_toml("codebook/cameo.toml", overlay):
        for data in table.get("refine", []):
            refined = entry(Refinement, data, where)
            refinements.setdefault(refined.code, []).append((frozenset(refined.words), refined.to))
    exact = {code: tuple(rows) for code, rows in refinements.items()}
    tables = [entry(ConfidenceTable, data, where) for where, data in read_toml("codebook/confidence.toml", overlay)]
    return Codebook(types, tuple(contexts), _by_first_word(contexts), exact, tables[-1])


def _by_first_word(
    contexts: Mapping[str, ContextEntry],
) -> dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]:
    named: dict[tuple[str, ...], list[str]] = {}
    for item in contexts.values():
        for word in item.words:
            named.setdefault(tuple(word.split()), []).append(item.id)
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for words, ids in named.items():
        found.setdefault(words[0], []).append((words, tuple(ids)))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in found.items()}
