"""Lemmas of inflected English words from known base forms, where the classifier's rule gives no known word.

`forms.tsv` (made by training/forms.py) lists known verbs and nouns, and the irregular forms with their tag. Regular
forms are taken apart here: "accused" is *accuse* and not *accus*, because only the first is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("forms.tsv")
_VOWELS = frozenset("aeiou")
# Endings by Penn tag: what to cut and what to add, the likeliest first.
_PAST = (("ied", "y"), ("ed", "e"), ("ed", ""))
_ENDINGS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "VBD": _PAST,
    "VBN": _PAST,
    "VBG": (("ying", "ie"), ("ing", "e"), ("ing", "")),
    "VBZ": (("ies", "y"), ("es", ""), ("s", "")),
    "NNS": (("ies", "y"), ("ves", "f"), ("men", "man"), ("es", ""), ("s", "")),
}


@dataclass(frozen=True, slots=True)
class WordForms:
    """Known words: `irregular` from (form, tag) to lemma, `verbs` and `nouns` as base forms."""

    irregular: Mapping[tuple[str, str], str]
    verbs: frozenset[str]
    nouns: frozenset[str]

    def lemma(self, word: str, tag: str, guess: str) -> str:
        """The lemma of a word: irregular if listed, else a known base form of it (the guess, if that is one), else the
        guess."""
        if tag not in _ENDINGS:
            return guess
        lower = word.lower()
        listed = self.irregular.get((lower, tag))
        if listed is not None:
            return listed
        known = self.nouns if tag == "NNS" else self.verbs
        bases = [base for base in regular_bases(lower, tag) if base in known]
        return guess if not bases or guess in bases else bases[0]


def regular_bases(lower: str, tag: str) -> Iterator[str]:
    """The base forms that a regular form of this tag may have: "planned" gives planne, plann and plan."""
    for ending, added in _ENDINGS.get(tag, ()):
        if lower.endswith(ending) and len(lower) > len(ending) + 1:
            stem = lower[: len(lower) - len(ending)]
            yield stem + added
            if not added and len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
                yield stem[:-1]


@cache
def load_forms() -> WordForms:
    """The known words that the package ships."""
    irregular: dict[tuple[str, str], str] = {}
    bases: dict[str, set[str]] = {"VERB": set(), "NOUN": set()}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        form, tag, lemma = line.split("\t")
        if tag in bases:
            bases[tag].add(form)
        else:
            irregular[form, tag] = lemma
    return WordForms(irregular, frozenset(bases["VERB"]), frozenset(bases["NOUN"]))
