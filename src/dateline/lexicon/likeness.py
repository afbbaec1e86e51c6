"""Which words mean alike and which are common: what the merge knows about words, without a language model."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from dateline.lexicon.loader import Entry, entry, read_texts, read_toml

_ENDINGS = (
    "ations", "ation", "itions", "ition", "ments", "ment", "ings", "ing", "ions", "ion", "edly", "ed", "ers", "er",
    "ors", "or", "ly", "als", "al", "es", "s",
)  # fmt: skip
_SHORTEST = 3


class Act(Entry):
    """Words that name one kind of act; `examples` are pairs of words that must be found alike.

    `tight` groups are of such acts as a story has few of: two words of the group nearly always name one event.
    """

    id: str
    words: tuple[str, ...]
    tight: bool = False
    examples: tuple[tuple[str, str], ...] = Field(min_length=1)


class General(Entry):
    """Phrases of sentences that speak of events in general; `examples` are sentences that must be found so."""

    id: str
    phrases: tuple[str, ...]
    examples: tuple[str, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class WordLikeness:
    """What is known about single words.

    Attributes:
        ranks: lower-case words by frequency in English, the commonest is 0.
        vectors: a row of unit length for each of them, (words, directions) float32.
        acts: the groups that a stem stands in (`Act.id`).
        tight: groups whose words nearly always name one event in one story.
        general: phrases that speak of events in general, each with a blank before and after.
    """

    ranks: dict[str, int]
    vectors: NDArray[np.float32]
    acts: dict[str, frozenset[str]]
    general: tuple[str, ...]
    tight: frozenset[str]

    def is_general(self, sentence: str) -> bool:
        """Whether a sentence speaks of events in general, such as the counts of a year."""
        told = f" {' '.join(_PLAIN_WORD.findall(sentence.lower()))} "
        return any(phrase in told for phrase in self.general)

    def acts_of(self, words: Sequence[str]) -> frozenset[str]:
        """The groups in which the lower-case words of a trigger stand: as a phrase if they are one, else singly."""
        stems = [stem(word) for word in words]
        phrase = self.acts.get(" ".join(stems))
        if phrase is not None:
            return phrase
        found: set[str] = set()
        for word, key in zip(words, stems, strict=True):
            found |= self.acts.get(word) or self.acts.get(key) or frozenset()
        return frozenset(found)

    def vector(self, word: str) -> NDArray[np.float32] | None:
        """The vector of a lower-case word, None where it is unknown."""
        rank = self.ranks.get(word)
        return None if rank is None else self.vectors[rank]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A lower-case word without its ending, so that "attacked", "attacks" and "attacker" are one."""
    if word.endswith(("'s", "’s")):
        word = word[:-2]
    irregular = _IRREGULAR.get(word)
    if irregular is not None:
        return irregular
    if len(word) > _SHORTEST + 1 and word.endswith("ies"):
        word = word[:-3] + "y"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST and not word.endswith(("ss", "us", "is")):
            word = word[: -len(ending)]
            break
    if len(word) > _SHORTEST and word[-1] == word[-2]:
        word = word[:-1]
    if len(word) > _SHORTEST and word.endswith("y"):
        word = word[:-1] + "i"
    return word.rstrip("e") if len(word) > _SHORTEST else word


_IRREGULAR = {
    "shot": "shot", "shots": "shots", "shooting": "shooting", "shootings": "shooting",
    "died": "di", "dies": "di", "die": "di", "dying": "di", "dead": "dead",
    "said": "say", "says": "say", "told": "tell", "met": "meet", "won": "win", "struck": "strik", "fled": "fle",
    "sent": "send", "left": "leav", "bought": "bui", "sold": "sell", "stole": "steal", "stolen": "steal",
    "slain": "slai", "rose": "ris", "risen": "ris", "fell": "fal", "fallen": "fal", "began": "begin", "begun": "begin",
    "spoke": "speak", "chose": "choos", "chosen": "choos", "took": "tak", "taken": "tak", "gave": "giv", "given": "giv",
    "made": "mak", "found": "find", "held": "hold", "went": "go", "gone": "go", "goes": "go", "came": "com",
    "fought": "fight", "shook": "shak", "sank": "sink", "sunk": "sink", "withdrew": "withdraw", "quit": "quit",
    "withdrawn": "withdraw", "withdrawal": "withdraw", "withdrawals": "withdraw", "men": "man", "women": "woman",
    "children": "child", "people": "people",
}  # fmt: skip


@lru_cache(maxsize=4)
def load_likeness(overlay: Path | None = None) -> WordLikeness:
    """The word table, its vectors and the groups of acts, with a user's folder laid over the last.

    Raises:
        LexiconError: a file is missing or malformed.
    """
    (_, listed), *_ = read_texts("merge/words.txt")
    words = listed.split()
    stored = resources.files("dateline.lexicon").joinpath("data", "merge", "words.npy").read_bytes()
    vectors = np.load(io.BytesIO(stored)).astype(np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    acts: dict[str, Act] = {}
    for where, table in read_toml("merge/acts.toml", overlay):
        for row in table.get("act", ()):
            act = entry(Act, row, where)
            acts[act.id] = act
    by_stem: dict[str, set[str]] = {}
    for act in acts.values():
        for word in act.words:
            # The word itself, too: "fired" names more acts than its stem shares.
            for key in (word, " ".join(stem(part) for part in word.split())):
                by_stem.setdefault(key, set()).add(act.id)
    general: dict[str, General] = {}
    for where, table in read_toml("merge/general.toml", overlay):
        for row in table.get("general", ()):
            kind = entry(General, row, where)
            general[kind.id] = kind
    phrases = tuple(f" {phrase} " for kind in general.values() for phrase in kind.phrases)
    tight = frozenset(act.id for act in acts.values() if act.tight)
    ranks = {word: rank for rank, word in enumerate(words)}
    return WordLikeness(ranks, vectors, {key: frozenset(ids) for key, ids in by_stem.items()}, phrases, tight)


_PLAIN_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def words_of(text: str) -> list[tuple[int, str]]:
    """The words of a text with their offsets, as written; hyphened words are one."""
    return [(found.start(), found.group()) for found in _WORD.finditer(text)]
