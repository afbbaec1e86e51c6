"""Number phrases: fractions, ratios, ranges, changes and tallies, with their hedges.

Works on characters alone, so that a wrong parse cannot spoil a number.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.extract.figure_words import ARTICLES, DASHES, MINOR, Quantity, SingleNumbers, to_float

if TYPE_CHECKING:
    from dateline.lexicon.units import Hedge

# fmt: off
_MOVES = frozenset((
    "rose", "fell", "rise", "fall", "gained", "lost", "climbed", "dropped", "slipped", "jumped", "up", "down", "rising",
    "falling", "advanced", "declined", "surged", "tumbled", "added", "eased", "soared", "plunged", "increased",
    "decreased", "by", "rises", "falls", "slid",
))
# fmt: on
_RANGING = frozenset({"range", "ranges", "ranged", "ranging", "vary", "varies", "varied", "varying", "anywhere"})
_POSSESSED = frozenset({"the", "its", "their", "his", "her", "all", "our", "those", "these", "my"})


class NumberReader(SingleNumbers):
    """Reads the number phrases of one text."""

    def read(self) -> list[Quantity]:
        """All number phrases, in text order, without judging whether they are figures."""
        found: list[Quantity] = []
        index = 0
        while index < len(self.pieces):
            piece = self.pieces[index]
            if not piece.is_number and piece.lower not in self.starters:
                index += 1
                continue
            quantities = self._phrase(index)
            if not quantities:
                index += 1
                continue
            found.extend(quantities)
            index = max(index + 1, quantities[-1].last)
        return found

    def _phrase(self, index: int) -> list[Quantity]:
        fraction = self._fraction(index)
        if fraction is not None:
            return [self._hedged(fraction)]
        first = self._number(index)
        if first is None or self._is_glued(first):
            return []
        ratio = self._ratio(first)
        if ratio is not None:
            return [self._hedged(ratio)]
        pair = self._pair(first)
        if pair is not None:
            return pair
        return [self._hedged(self._suffixed(self._prefixed(first)))]

    # Fractions and ratios -----------------------------------------------------------------------------------------

    def _fraction(self, index: int) -> Quantity | None:
        numbers = self.units.numbers
        count = 1.0
        at = index
        word = self._at(at)
        if word in ARTICLES:
            at += 1
        elif word in numbers.cardinal and 0 < numbers.cardinal[word] < 10:
            count = numbers.cardinal[word]
            at += 1
            at += self._at(at) in DASHES
        elif word != "half":
            return None
        name = self._at(at)
        if name not in numbers.fraction:
            return None
        follows, before = self._at(at + 1), self._at(index - 1)
        if name == "majority":
            return None
        is_half = name == "half" and (follows in _POSSESSED or follows == "of")
        if not (is_half or follows == "of" or before in ("by", "than") or (name.endswith("s") and name != "quarters")):
            return None
        if self._at(at + 1) == "of" and self._at(at + 2) in ARTICLES and self._at(at + 3) in numbers.magnitude:
            return None
        if name == "half" and follows == "a":
            return None
        return self._make(index, at + 1, count * numbers.fraction[name], "fraction")

    def _ratio(self, first: Quantity) -> Quantity | None:
        at = first.last
        if self._at(at) == "in":
            at += 1
        elif (self._at(at) == "out" and self._at(at + 1) == "of") or (
            self._at(at) == "of" and self._at(at + 1) == "every"
        ):
            at += 2
        else:
            return None
        at += self._at(at) == "every"
        if at >= len(self.pieces) or not (self.pieces[at].is_number or self._at(at) in self.units.numbers.cardinal):
            return None
        second = self._number(at)
        if second is None or self._is_glued(second) or second.plain or not 1 <= first.value < second.value:
            return None
        round_number = second.value <= 10 or second.value % 10 == 0
        if not round_number or self.units.is_role(self._at(second.last), "time") or second.value > 1_000_000:
            return None
        joined = self._make(first.first, second.last, first.value / second.value, "ratio")
        return replace(joined, plain=False)

    # Two numbers --------------------------------------------------------------------------------------------------

    def _pair(self, first: Quantity) -> list[Quantity] | None:
        """A range (one quantity), a change or a tally (two); None for a single number."""
        left = self._suffixed(self._prefixed(first))
        at = left.last
        joint = self._at(at)
        dashed = joint in DASHES and self._adjacent(at) == self._adjacent(at + 1)
        before = self._at(self._hedge_start(left)[0] - 1)
        between = before == "between" and joint == "and"
        if not (dashed or joint == "to" or between or joint == "or"):
            return None
        at = self._skip_symbol(at + 1)
        if at >= len(self.pieces):
            return None
        number = self._number(at) if self.pieces[at].is_number or self._at(at) in self.starters else None
        if number is None or number.open_ended or self._is_glued_right(number) or left.open_ended:
            return None
        right = self._suffixed(self._prefixed(number))
        if joint == "to" and self._at(left.last - 1) in MINOR and self._at(right.last - 1) not in MINOR:
            return None  # "down 25 cents to $30.25"
        ranges = self._at(self._hedge_start(left)[0] - 2) in _RANGING
        if joint == "to" and before == "from" and not ranges:
            return self._change(left, right)
        if joint == "to" and before in _MOVES and (left.currency or left.unit) and (right.currency or right.unit):
            return None
        if dashed and left.plain and right.value < 2200:
            return [replace(left, last=right.last, end=right.end, plain=True)]
        left = self._same_scale(left, right)
        if left.value < right.value and not _is_clash(left, right):
            if joint == "or" and (left.end != left.tail or right.value > 10 * left.value):
                return None
            joined = self._range(left, right, between)
            return [replace(joined, halves=(left.end, right.core)) if dashed else joined]
        if dashed and left.value >= right.value and left.form == right.form and not left.currency:
            return [replace(left, form="tally"), replace(right, form="tally", start=right.core)]
        return None

    def _is_glued_right(self, item: Quantity) -> bool:
        if not self._adjacent(item.last):
            return False
        word = self._at(item.last)
        follows = self._at(item.last + 1) if self._adjacent(item.last + 1) else ""
        return (
            (word in ("/", ":", "_") or (word in (".", ",") and follows[:1].isdecimal()))
            or (word in DASHES and bool(follows) and not self.units.is_role(follows, "compound"))
            or (word[0].isalpha() and not self.units.is_role(word, "measure") and word not in ("p", "pc"))
        )

    def _change(self, left: Quantity, right: Quantity) -> list[Quantity]:
        if right.unit and not left.unit and not left.currency:
            left = replace(left, unit=right.unit)
        if right.currency and not left.currency and not left.unit:
            left = replace(left, currency=right.currency)
        right = self._hedged(replace(right, form="change"))
        return [self._hedged(replace(left, form="change")), right]

    def _same_scale(self, left: Quantity, right: Quantity) -> Quantity:
        """ "3-4 million": the first number has the size word, percent sign or currency of the second."""
        numbers = self.units.numbers
        size = 1.0
        for piece in self.pieces[right.first : right.last]:
            size *= numbers.magnitude.get(piece.lower, 1.0)
        if size == 1.0 and right.last - right.first > 1 and right.value >= 1000:
            raw = to_float(self.pieces[right.first].text) if self.pieces[right.first].is_number else right.value
            size = right.value / raw if raw else 1.0
        if left.value < 1000 and size > 1 and left.value < right.value / size:
            left = replace(left, value=left.value * size)
        return left

    def _range(self, left: Quantity, right: Quantity, between: bool) -> Quantity:
        start = left.start
        hedge_first, _ = self._hedge_start(left)
        if between:
            start = self.pieces[hedge_first - 1].start
        joined = replace(
            right,
            start=start,
            core=left.core,
            value=left.value,
            upper=right.value,
            first=left.first,
            qualifier="between",
            form="range",
            currency=right.currency or left.currency,
            unit=right.unit or left.unit,
            plain=False,
        )
        return joined if between else self._hedged(joined)

    # Hedges -------------------------------------------------------------------------------------------------------

    def _hedge_start(self, item: Quantity) -> tuple[int, list[Hedge]]:
        """Index of the first piece of the hedges before a number, and the hedges, outermost first."""
        at = item.first
        while at > 0 and self.pieces[at - 1].start >= item.start:
            at -= 1
        hedges: list[Hedge] = []
        while True:
            for size in (5, 4, 3, 2, 1):
                if at - size < 0:
                    continue
                words = tuple(piece.lower for piece in self.pieces[at - size : at])
                hedge = self.units.before.get(words)
                if hedge is not None and not (size == 1 and self._at(at - 2) == "more" and words == ("or",)):
                    hedges.insert(0, hedge)
                    at -= size
                    break
            else:
                return at, hedges

    def _hedged(self, item: Quantity) -> Quantity:
        first, hedges = self._hedge_start(item)
        if hedges:
            strong = [hedge for hedge in hedges if hedge.qualifier not in ("exact", "about")]
            chosen = (strong or [hedge for hedge in hedges if hedge.qualifier == "about"] or hedges)[0]
            qualifier = (
                item.qualifier if item.qualifier == "between" or chosen.qualifier == "exact" else chosen.qualifier
            )
            item = replace(item, start=self.pieces[first].start, qualifier=qualifier, hedge=chosen.id, plain=item.plain)
        for size in (4, 3, 2, 1):
            words = tuple(self._at(item.last + offset) for offset in range(size))
            hedge = self.units.after.get(words)
            if hedge is None or (words[0] in ("plus", "odd") and not self._at(item.last + 1)):
                continue
            if words == ("plus",) or (words[0] == "+" and not self._adjacent(item.last)):
                continue
            end = self.pieces[item.last + size - 1].end
            return replace(item, end=end, last=item.last + size, qualifier=hedge.qualifier, hedge=hedge.id)
        return item


def _is_clash(left: Quantity, right: Quantity) -> bool:
    return bool(left.currency and right.currency and left.currency[0] != right.currency[0]) or (
        left.unit is not None and right.unit is not None and left.unit != right.unit
    )
