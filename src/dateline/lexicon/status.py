"""The words that tell whether an act happened: modals, adverbs, adjectives, conjunctions, and words that govern an act.

`data/status/words.toml` lists single words, `data/status/governors.toml` the governing words: "refused to X" says that
X did not happen, "called for X" that X is wanted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dateline.errors import LexiconError
from dateline.lexicon.loader import Entry, entry, read_toml
from dateline.records.claims import Status

Effect = Literal["happened", "ongoing", "planned", "possible", "denied", "demanded", "as-is"]
Relation = Literal["to", "that", "ing", "object", "subject"]
_LISTS = ("modals", "adverbs", "adjectives", "marks", "hedges")


class StatusExample(Entry):
    """A sentence, the word in it that names the act, and the status of that act."""

    text: str
    act: str
    status: Status


class Governor(Entry):
    """Words that decide the status of the act below them.

    Attributes:
        relation: how the act hangs on them: "to", "that", "ing" clauses, "object" or "subject" nouns;
            `prep` the prepositions of an act noun or gerund ("called for talks", "accused of bombing").
        effect: the status of the act; "as-is" takes over the status of the governor ("began to shell").
        negated: the same where the governor is negated ("did not refuse to").
    """

    id: str
    lemma: tuple[str, ...]
    pos: Literal["verb", "noun", "adjective"] = "verb"
    relation: tuple[Relation, ...] = ()
    prep: tuple[str, ...] = ()
    effect: Effect
    negated: Effect
    examples: tuple[StatusExample, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusWords:
    """Single words to statuses, hedges, and governors by (kind, first lemma), each with the particle it needs."""

    modals: Mapping[str, str]
    adverbs: Mapping[str, str]
    adjectives: Mapping[str, str]
    marks: Mapping[str, str]
    hedges: frozenset[str]
    governors: Mapping[tuple[str, str], tuple[tuple[str, Governor], ...]]
    rules: tuple[Governor, ...]


def load_status_words(overlay: Path | None = None) -> StatusWords:
    """The status lexicon of the package and the user's folder.

    Raises:
        LexiconError: names file, rule and key of the first malformed entry.
    """
    lists: dict[str, dict[str, str]] = {name: {} for name in _LISTS}
    for where, table in read_toml("status/words.toml", overlay):
        for name, words in table.items():
            if name not in lists:
                raise LexiconError(f"{where}: unknown key '{name}'; known keys: {', '.join(_LISTS)}")
            for status, items in words.items():
                lists[name].update(dict.fromkeys(items, status))
    rules: dict[str, Governor] = {}
    for where, table in read_toml("status/governors.toml", overlay):
        for data in table.get("governor", []):
            rule = entry(Governor, data, where)
            rules[rule.id] = rule
    index: dict[tuple[str, str], list[tuple[str, Governor]]] = {}
    for rule in rules.values():
        for lemma in rule.lemma:
            first, _, particle = lemma.partition(" ")
            index.setdefault((rule.pos, first), []).append((particle, rule))
    return StatusWords(
        modals=lists["modals"],
        adverbs=lists["adverbs"],
        adjectives=lists["adjectives"],
        marks=lists["marks"],
        hedges=frozenset(lists["hedges"]),
        governors={key: tuple(sorted(group, key=lambda item: -len(item[0]))) for key, group in index.items()},
        rules=tuple(rules.values()),
    )
