"""Lemma rules: how to get from a word to its lemma, written as one short label that a classifier can choose.

A rule is `CASE|CUT|ADD`: bring the word to lower case (`l`) or keep it (`k`), cut that many characters from its end,
add the letters.
`l|3|y` makes *cities* into *city*; `k|0|` leaves *Oslo* alone; `l|3|be` makes *are* into *be*.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.language.forms import load_forms

KEEP = "k|0|"
LOWER = "l|0|"


def lemma_rule(word: str, lemma: str) -> str:
    """The shortest rule that makes `lemma` from `word`."""
    options = []
    for case, base in (("l", word.lower()), ("k", word)):
        shared = 0
        for left, right in zip(base, lemma, strict=False):
            if left != right:
                break
            shared += 1
        options.append((len(base) - shared + len(lemma) - shared, f"{case}|{len(base) - shared}|{lemma[shared:]}"))
    if word.islower() or not any(character.isalpha() for character in word):
        return options[0][1]
    (lower_cost, lower), (keep_cost, keep) = options
    return lower if lower_cost < keep_cost or (lower_cost == keep_cost and lemma.islower()) else keep


def apply_lemma_rule(word: str, rule: str) -> str:
    """The lemma of `word` by `rule`; the lower-cased or kept word where the rule would leave nothing."""
    case, cut, add = rule.split("|", 2)
    base = word.lower() if case == "l" else word
    kept = base[: len(base) - int(cut)] if int(cut) < len(base) else ""
    return kept + add or base


class LemmaRules:
    """The rules of one model and the known word forms, with a bounded cache from (word, rule, tag) to lemma."""

    __slots__ = ("_cache", "_forms", "_tags", "rules")

    def __init__(self, rules: Sequence[str], tags: Sequence[str]) -> None:
        self.rules = tuple(rules)
        self._tags = tuple(tags)
        self._forms = load_forms()
        self._cache: dict[tuple[str, int, int], str] = {}

    def apply(self, word: str, rule: int, tag: int) -> str:
        """The lemma of `word` by the rule with this index, set right by the known forms of its Penn tag (an index)."""
        key = (word, rule, tag)
        lemma = self._cache.get(key)
        if lemma is None:
            if len(self._cache) >= 200_000:
                self._cache.clear()
            lemma = self._forms.lemma(word, self._tags[tag], apply_lemma_rule(word, self.rules[rule]))
            self._cache[key] = lemma
        return lemma
