"""What speaks for and against two reports telling of the same event: each feature a number with words for it.

Two kinds. Features of the words (`WORDS`) are there for every pair; their weights are learned
(training/merge_weights.py). Features of the facts (merge/facts.py) speak only where both
reports say something; their points are set by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dateline.lexicon.likeness import WordLikeness, stem, words_of
from dateline.merge.report import Report
from dateline.merge.words import cosine, unit, weight

WORDS: Final = (
    "same stem", "stems shared", "stem and weight", "meaning", "meaning unknown", "weight", "same act", "other act",
    "acts known", "acts equal", "act and meaning", "context", "nearby words", "names shared", "other names",
    "numbers shared", "other numbers", "same article", "same stem in article", "same sentence", "sentences between",
    "both at the top", "article likeness", "one plural", "both plural", "pronoun", "one pronoun",
     "meaning near", "same act and context", "same tight act",
    "tight act, other stem",
)  # fmt: skip
# Words that carry no meaning of their own in a trigger.
_EMPTY_WORDS: Final = (
    "a an the of to in on at by for with from into up out off over down and or was were is are be been being has have "
    "had his her its their not no will would could own"
)
_EMPTY: Final = frozenset(_EMPTY_WORDS.split())
_PHRASE_EMPTY: Final = frozenset("the a an was were his her their own".split())  # noqa: SIM905
_PRONOUNS: Final = frozenset("it this that these those which they he she".split())  # noqa: SIM905
_NEAR: Final = 4.0
_TOP: Final = 3
_LIGHTEST: Final = 0.3
_NEAR_MEANING: Final = 0.6


@dataclass(frozen=True, slots=True)
class Sketch:
    """A report made ready for comparing.

    Attributes:
        words, stems: of the trigger, lower case, empty words left out where others are there.
        meaning: the trigger's vector of length 1, None where no word is known.
        acts: groups of acts that the trigger names; tight: those of them that are tight.
        weight: how telling the trigger is, 0 to 1.
        context, near: weighted stems of the sentence, all of them and those by the trigger; names, numbers: in it;
            spelled: a word of the sentence for each stem; general: whether it speaks of such events in general.
        order: the sentence's place in its article, from 0.
    """

    report: Report
    order: int
    words: tuple[str, ...]
    stems: frozenset[str]
    meaning: NDArray[np.float32] | None
    acts: frozenset[str]
    weight: float
    context: Mapping[str, float]
    near: Mapping[str, float]
    names: Mapping[str, float]
    numbers: frozenset[str]
    spelled: Mapping[str, str]
    general: bool
    tight: frozenset[str]

    @property
    def plural(self) -> bool:
        """Whether the trigger looks like a noun in the plural."""
        return self.words[-1].endswith("s") and not self.words[-1].endswith("ss")

    @property
    def pronoun(self) -> bool:
        """Whether the trigger only points back."""
        return all(word in _PRONOUNS for word in self.words)


def sketch(report: Report, order: int, likeness: WordLikeness) -> Sketch:
    """A report ready for comparing; `order` is the number of its sentence in the article."""
    found = words_of(report.sentence)
    inside = [n for n, (start, word) in enumerate(found) if _in_trigger(start, start + len(word), report.trigger)]
    trigger = [found[n][1].lower() for n in inside] or [""]
    content = tuple(word for word in trigger if word not in _EMPTY) or tuple(trigger)
    phrase = [word for word in trigger if word not in _PHRASE_EMPTY]
    first, last = (inside[0], inside[-1]) if inside else (0, 0)
    context: dict[str, float] = {}
    near: dict[str, float] = {}
    names: dict[str, float] = {}
    numbers: set[str] = set()
    spelled: dict[str, str] = {}
    at = set(inside)
    for n, (_, word) in enumerate(found):
        lower = word.lower()
        telling = weight(lower, likeness)
        if n in at or telling <= 0:
            continue
        key = stem(lower)
        capital = word[0].isupper() and n > 0
        spelled.setdefault(key, word)
        context[key] = max(context.get(key, 0.0), telling * (2 if capital else 1))
        near[key] = max(near.get(key, 0.0), telling / (1 + min(abs(n - first), abs(n - last)) / _NEAR))
        if capital and order > 0:
            names[key] = telling
        if word[0].isdigit():
            numbers.add(lower)
    acts = likeness.acts_of(phrase) or likeness.acts_of(content)
    return Sketch(
        report=report,
        order=order,
        words=content,
        stems=frozenset(stem(word) for word in content),
        meaning=_meaning(content, likeness),
        acts=acts,
        weight=max(weight(word, likeness) for word in content) / 5,
        context=unit(context),
        near=unit(near),
        names=names,
        numbers=frozenset(numbers),
        spelled=spelled,
        tight=acts & likeness.tight,
        general=likeness.is_general(report.sentence),
    )


def _in_trigger(start: int, end: int, trigger: tuple[tuple[int, int], ...]) -> bool:
    return any(first < end and start < last for first, last in trigger)


def _meaning(words: tuple[str, ...], likeness: WordLikeness) -> NDArray[np.float32] | None:
    total = np.zeros(likeness.vectors.shape[1], dtype=np.float32)
    for word in words:
        vector = likeness.vector(word)
        if vector is not None:
            total += vector * np.float32(max(_LIGHTEST, weight(word, likeness)))
    length = float(np.linalg.norm(total))
    return total / np.float32(length) if length else None


def compared(a: Sketch, b: Sketch, alike: float) -> tuple[float, ...]:
    """The values of `WORDS` for two reports; `alike` is the likeness of their articles (merge/stories.py)."""
    shared = a.stems & b.stems
    same = 1.0 if shared else 0.0
    telling = min(a.weight, b.weight)
    known = a.meaning is not None and b.meaning is not None
    meaning = float(np.dot(a.meaning, b.meaning)) if a.meaning is not None and b.meaning is not None else 0.0
    same_act = 1.0 if a.acts & b.acts else 0.0
    tight = 1.0 if a.tight & b.tight else 0.0
    acts = 1.0 if a.acts and b.acts else 0.0
    context = cosine(a.context, b.context)
    names = sum(a.names[name] for name in a.names.keys() & b.names.keys())
    numbers = bool(a.numbers & b.numbers)
    here = a.report.article == b.report.article
    between = abs(a.order - b.order)
    return (
        same,
        len(shared) / len(a.stems | b.stems),
        same * telling,
        meaning,
        0.0 if known else 1.0,
        telling,
        same_act,
        acts * (1 - same_act),
        acts,
        1.0 if a.acts and a.acts == b.acts else 0.0,
        same_act * max(0.0, meaning),
        context,
        cosine(a.near, b.near),
        min(names / 6, 2.0),
        1.0 if a.names and b.names and not names else 0.0,
        1.0 if numbers else 0.0,
        1.0 if a.numbers and b.numbers and not numbers else 0.0,
        1.0 if here else 0.0,
        same if here else 0.0,
        1.0 if here and between == 0 else 0.0,
        min(1.0, between / 10) if here else 0.5,
        1.0 if a.order < _TOP and b.order < _TOP else 0.0,
        0.6 if here else alike,
        1.0 if a.plural != b.plural else 0.0,
        1.0 if a.plural and b.plural else 0.0,
        1.0 if a.pronoun or b.pronoun else 0.0,
        1.0 if a.pronoun != b.pronoun else 0.0,
        max(0.0, meaning - _NEAR_MEANING),
        same_act * context,
        tight,
        tight * (1 - same),
    )
