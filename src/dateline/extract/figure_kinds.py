"""The special kinds of figures (killed, arrested, troops, votes ...), from the words around a number and its tree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.language.tree import first_conjunct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

    from dateline.extract.figure_units import Counted
    from dateline.extract.figure_words import Quantity
    from dateline.lexicon.units import KindRule, Units

CASUALTY = frozenset({"killed", "wounded", "arrested", "displaced", "missing"})
_BETWEEN = (
    r"(?:(?:who|that|which|were|was|have|has|had|been|are|is|being|be|also|later|reportedly|still|reported|confirmed"
    r"|believed|feared|left|listed|either|more|others?|people|thought|presumed|to|now|already|all|themselves|officially"
    r"|went|remain|remained|remains|gone|declared|found|when|seriously|badly|severely|slightly|critically)\s+)*"
)
_VOTING = re.compile(
    r"\b(?:vote[sd]?|voting|ruled?|ruling|rules|decision|decided|passed|approved?|rejected|ballot)\b", re.I
)
_NEW_LINE = re.compile(r"[ ,\t]*\n\s*[A-Z]")
_TOLL = re.compile(r"\b(?:death toll|toll)\b[^.;\n]{0,80}\b(?:to|at|reached|hit|of)\s+$")
_INCLUDING = re.compile(
    r"(?:including|among them|among whom|including the|of whom|of them|them)\W*(?:\w+\W+){0,1}$", re.I
)


@dataclass(frozen=True, slots=True)
class _Patterns:
    rule: KindRule
    after: re.Pattern[str] | None
    before: re.Pattern[str] | None
    heads: re.Pattern[str] | None


class KindReader:
    """Finds the kind of figures in one text."""

    def __init__(self, text: str, units: Units) -> None:
        self.text = text
        self.units = units
        self.patterns = tuple(_compile(rule) for rule in units.kinds)

    def read(self, item: Quantity, counted: Counted, before: tuple[str | None, int]) -> str | None:
        """The kind, or None.

        Args:
            before: kind and end of the figure before this one in the same sentence (None, 0 where there is none).
        """
        if item.currency:
            return "money"
        if item.form == "tally":
            return "votes" if _VOTING.search(self.text, max(0, item.start - 80), item.end + 60) else None
        last = (counted.unit or "").split(" ")
        found = None
        if not (self.units.is_role(last[-1].lower(), "beast") or self.units.is_role(last[0].lower(), "measure")):
            found = self._by_words(item, counted) or self._by_tree(counted, item) or self._by_heads(item, counted)
            found = found or self._by_noun(counted)
        if found is None and before[0] is not None and self._is_part(item, counted, before[1]):
            found = before[0]
        is_share = item.unit is not None and ("%" in item.unit or "point" in item.unit)
        if is_share or item.form in ("fraction", "ratio"):
            return "share"
        return found

    def _is_part(self, item: Quantity, counted: Counted, end: int) -> bool:
        """ "30 of them children", "including two nurses" after a figure of a known kind."""
        return counted.of == "them" or _INCLUDING.search(self.text[max(end, item.start - 30) : item.start]) is not None

    def _by_words(self, item: Quantity, counted: Counted) -> str | None:
        left = self.text[max(0, item.start - 40) : item.start].lower()
        right = self.text[counted.end : counted.end + 60]
        right = "" if _NEW_LINE.match(right) else right.lower()
        for pattern in self.patterns:
            if pattern.after is not None and pattern.after.match(right):
                return pattern.rule.kind
        for pattern in self.patterns:
            if pattern.before is not None and pattern.before.search(left):
                return pattern.rule.kind
        return None

    def _by_tree(self, counted: Counted, item: Quantity) -> str | None:
        head = counted.head
        if head is None:
            return None
        head = first_conjunct(head)
        if head.dep_ == "nummod" and not counted.of_noun:
            head = head.head
        relation, verb = head.dep_, head.head
        if verb.i == head.i:
            return None
        for pattern in self.patterns:
            rule = pattern.rule
            if relation in ("obj", "nsubj:pass") and verb.lemma_ in rule.object_verbs:
                return rule.kind
            if relation == "nsubj" and verb.lemma_ in rule.subject_verbs and item.value > 0:
                return rule.kind
        return None

    def _by_heads(self, item: Quantity, counted: Counted) -> str | None:
        """ "The death toll rose to 140", "dead: 12": a bare number whose noun stands before it in the sentence."""
        if (
            counted.of_noun
            and counted.unit is not None
            and counted.unit.lower() not in ("people", "persons", "soldiers")
        ):
            return None
        start = max(self.text.rfind(".", 0, item.start), self.text.rfind("\n", 0, item.start)) + 1
        left = self.text[max(start, item.start - 90) : item.start].lower()
        for pattern in self.patterns:
            if pattern.heads is not None and pattern.heads.search(left):
                return pattern.rule.kind
        if _TOLL.search(left):
            return "killed"
        return None

    def _by_noun(self, counted: Counted) -> str | None:
        if counted.unit is None:
            return None
        unit = counted.unit.lower()
        head = unit.split(" of ")[0]
        for pattern in self.patterns:
            for noun in pattern.rule.nouns:
                told = head.startswith(noun + " ") and (" and " in head or noun in ("wounded", "injured", "displaced"))
                if head == noun or told or head.endswith(" " + noun):
                    return pattern.rule.kind
        return None


def _compile(rule: KindRule) -> _Patterns:
    return _Patterns(
        rule=rule,
        after=re.compile(rf"[\s,]*{_BETWEEN}(?:{_either(rule.after)})\b") if rule.after else None,
        before=re.compile(rf"\b(?:{_either(rule.before)})\s+$") if rule.before else None,
        heads=re.compile(
            rf"\b(?:{_either(rule.heads)})\b(?:\s+(?:of|to|at|by|from|is|was|has|had|in|rose|risen|stands|stood|climbed|jumped"
            rf"|reached|now|rises|reaches|climbs|hits|hit|passed|that|fell|cut|currently|officially|put|as|the|could|may|be"
            rf"|would|have|been|exceed|exceeded|exceeds|increased|been|revised|\w+ed)\b|\s*:|\s+from\s+[\d,]+)*\s*$"
        )
        if rule.heads
        else None,
    )


def _either(words: Sequence[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


def noun_of(counted: Counted) -> Token | None:
    """The counted noun, or the noun that a bare number hangs on, or the number itself."""
    head = counted.head
    if head is not None and not counted.of_noun and head.dep_ in ("nummod", "compound") and head.head.i != head.i:
        return head.head
    return head
