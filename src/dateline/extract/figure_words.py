"""Single numbers in running text, in digits or words, with the currency and unit signs that stand beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from dateline.lexicon.units import Units
    from dateline.records.claims import Qualifier

Form = Literal["digits", "words", "vague", "fraction", "ratio", "tally", "change", "range"]
_PIECE = re.compile(
    r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?(?!\d)|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)|\d+(?:\.\d+)?|[^\W\d_]+|\S"
)
DASHES = frozenset("-–‑")
ARTICLES = frozenset({"a", "an"})
_LONGEST = 24  # characters; longer rows of digits are codes
# Words for the hundredth part of a currency.
MINOR = frozenset({"cents", "cent", "pence", "penny", "p"})
_WEIGHING = re.compile(r"\bweigh(?:s|ed|ing|t)?\b", re.I)
_SEVERAL = frozenset({"several", "many", "few", "couple", "numerous"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A number, a word or a single sign of the text."""

    start: int
    end: int
    text: str
    lower: str

    @property
    def is_number(self) -> bool:
        """Whether it is written in digits."""
        return self.text[0].isdecimal()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number phrase.

    Attributes:
        start, end: from the hedge or currency to the last word that belongs to the number.
        core: start of the number itself; tail: end of its last number word (before "%" or a currency word).
        value: of the first number; upper: of the second in a range.
        unit: "%", "percentage points" or the word tied to it by a hyphen, where the phrase itself says so.
        currency: candidates in ISO 4217, best first; empty for no money.
        plain: bare digits of four figures that may be a year.
        halves: for two numbers parted by a dash, end of the first and start of the second ("1 – 2" may be a score).
    """

    start: int
    end: int
    core: int
    tail: int
    value: float
    upper: float | None
    qualifier: Qualifier
    form: Form
    first: int
    last: int
    hedge: str | None = None
    unit: str | None = None
    currency: tuple[str, ...] = ()
    hyphenated: bool = False
    open_ended: bool = False
    plain: bool = False
    halves: tuple[int, int] | None = None


def split(text: str) -> list[Piece]:
    """The text as numbers, words and signs."""
    return [Piece(m.start(), m.end(), m.group(), m.group().lower()) for m in _PIECE.finditer(text)]


class SingleNumbers:
    """Reads single numbers off the pieces of one text."""

    def __init__(self, text: str, units: Units) -> None:
        self.text = text
        self.units = units
        self.pieces = split(text)
        numbers = units.numbers
        self.starters = (
            frozenset(numbers.cardinal)
            | frozenset(numbers.vague)
            | frozenset(numbers.factor)
            | frozenset(numbers.magnitude)
            | {"half", "a", "an", "several", "many", "few", "couple", "quarter", "third", "numerous"}
        )

    def _make(self, first: int, last: int, value: float, form: Form, *, open_ended: bool = False) -> Quantity:
        start, end = self.pieces[first].start, self.pieces[last - 1].end
        piece = self.pieces[first]
        plain = last == first + 1 and piece.is_number and piece.text.isdecimal() and len(piece.text) == 4
        return Quantity(
            start=start,
            end=end,
            core=start,
            tail=end,
            value=value,
            upper=None,
            qualifier="at least" if open_ended else "exact",
            form=form,
            first=first,
            last=last,
            open_ended=open_ended,
            plain=plain and 1000 <= value <= 2100,
        )

    def _at(self, index: int) -> str:
        return self.pieces[index].lower if 0 <= index < len(self.pieces) else ""

    def _adjacent(self, index: int) -> bool:
        """Whether the piece stands right behind the one before it."""
        return 0 < index < len(self.pieces) and self.pieces[index].start == self.pieces[index - 1].end

    # Single numbers -----------------------------------------------------------------------------------------------

    def _number(self, index: int) -> Quantity | None:
        piece = self.pieces[index]
        if piece.is_number:
            return self._digits(index)
        numbers = self.units.numbers
        word = piece.lower
        if word in numbers.factor and self._at(index + 1) == "of" and self._at(index + 2) in numbers.vague:
            value = numbers.factor[word] * numbers.vague[self._at(index + 2)] / 2
            return self._make(index, index + 3, value, "vague", open_ended=True)
        if word in numbers.vague:
            return self._make(index, index + 1, numbers.vague[word], "vague", open_ended=True)
        if word in _SEVERAL or (word == "a" and self._at(index + 1) in ("few", "couple")):
            at = index + (2 if word == "a" else 1)
            at += self._at(at) == "of"
            size = numbers.magnitude.get(self._at(at))
            if size is None:
                return None
            return self._make(index, at + 1, 2 * size, "vague", open_ended=True)
        if word == "half" and self._at(index + 1) in ARTICLES and self._at(index + 2) in numbers.magnitude:
            return self._make(index, index + 3, numbers.magnitude[self._at(index + 2)] / 2, "words")
        if word in ARTICLES:
            return self._with_article(index)
        if word in numbers.cardinal:
            return self._pointed(self._words(index))
        return None

    def _pointed(self, item: Quantity) -> Quantity:
        """ "one point six billion", as broadcasts have it."""
        cardinal = self.units.numbers.cardinal
        digits, at = "", item.last + 1
        if self._at(item.last) != "point" or item.value >= 100:
            return item
        while self._at(at) in cardinal and cardinal[self._at(at)] < 10:
            digits += str(int(cardinal[self._at(at)]))
            at += 1
        if not digits:
            return item
        value, last = self._sized(float(f"{int(item.value)}.{digits}"), at)
        return self._make(item.first, last, value, "words")

    def _with_article(self, index: int) -> Quantity | None:
        """ "a million", "a dozen", "a half-million", "a quarter of a million"."""
        numbers = self.units.numbers
        word = self._at(index + 1)
        if word in numbers.magnitude:
            at, value = index + 1, 1.0
            while self._at(at) in numbers.magnitude:
                value *= numbers.magnitude[self._at(at)]
                at += 1
            if self._at(at) == "and" and self._at(at + 1) == "a" and self._at(at + 2) == "half":
                return self._make(index, at + 3, value * 1.5, "words")
            return self._make(index, at, value, "words")
        if word in ("half", "quarter"):
            at = index + 2
            at += self._at(at) in DASHES
            if word == "quarter" and self._at(at) == "of" and self._at(at + 1) == "a":
                at += 2
            if self._at(at) in numbers.magnitude:
                return self._make(index, at + 1, numbers.fraction[word] * numbers.magnitude[self._at(at)], "words")
        return None

    def _digits(self, index: int) -> Quantity | None:
        if len(self.pieces[index].text) > _LONGEST:
            return None
        numbers = self.units.numbers
        value = to_float(self.pieces[index].text)
        last = index + 1
        while (
            value < 1e9
            and last < len(self.pieces)
            and self.pieces[last].text == "000"
            and self.pieces[last].start == self.pieces[last - 1].end + 1
            and self.text[self.pieces[last].start - 1] == " "
        ):
            value *= 1000
            last += 1
        if self._adjacent(last) and self._at(last) in numbers.attached and self._is_attached_size(index, last):
            value *= numbers.attached[self._at(last)]
            last += 1
        if self._at(last) == "and" and self._at(last + 1) == "a" and self._at(last + 2) == "half":
            value += 0.5
            last += 3
        value, last = self._sized(value, last)
        return self._make(index, last, value, "digits")

    def _is_attached_size(self, index: int, last: int) -> bool:
        letters = self._at(last)
        if letters in ("m", "b", "t", "k"):
            return bool(self._symbol_before(index)) or letters == "k"
        return True

    def _words(self, index: int) -> Quantity:
        numbers = self.units.numbers
        total, current, last = 0.0, numbers.cardinal[self._at(index)], index + 1
        while True:
            word = self._at(last)
            step = 1 if word in DASHES and self._adjacent(last) and self._adjacent(last + 1) else 0
            word = self._at(last + step)
            if word in numbers.cardinal and _fits(current or total, numbers.cardinal[word], step == 1):
                current += numbers.cardinal[word]
                last += step + 1
            elif word in numbers.magnitude and (not step or word != "dozen"):
                size = numbers.magnitude[word]
                current = (current or 1) * size
                last += step + 1
                if size >= 1000:
                    total, current = total + current, 0.0
            elif word == "and" and self._at(last + 1) == "a" and self._at(last + 2) == "half":
                current += 0.5
                last += 3
            elif word == "and" and (total or current >= 100) and _is_remainder(self._at(last + 1), self, current):
                last += 1
            else:
                break
        return self._make(index, last, total + current, "words")

    def _sized(self, value: float, last: int) -> tuple[float, int]:
        numbers = self.units.numbers
        while True:
            step = 1 if self._at(last) in DASHES and self._adjacent(last) else 0
            if self._at(last + step) not in numbers.magnitude:
                return value, last
            value *= numbers.magnitude[self._at(last + step)]
            last += step + 1

    def _is_glued(self, item: Quantity) -> bool:
        """Part of a name, code, date, clock time or ordinal: characters tied to it say so."""
        before = self.text[item.core - 1] if item.core else " "
        if (
            before.isalnum()
            or before in "./:#@_&=+\\"
            or (before == "," and self.text[item.core - 2 : item.core - 1].isdecimal())
        ):
            return not self._symbol_before(item.first)
        if before in DASHES and item.core > 1 and self.text[item.core - 2].isalnum():
            return True
        if not self._adjacent(item.last):
            return False
        word = self._at(item.last)
        after = self._at(item.last + 1) if self._adjacent(item.last + 1) else ""
        if word in (":", "/", "_", "@", ".") and after and after[0].isalnum():
            return True
        if word in DASHES and after:
            return self._is_tied_name(item, after) and not self._symbol_before(item.first)
        if self.pieces[item.last].text[0].isalpha():
            units = self.units
            return not (units.is_role(word, "measure") or word in ("p", "pc", "pct")) or word in ("am", "pm")
        return False

    def _is_tied_name(self, item: Quantity, after: str) -> bool:
        if after[0].isdecimal():
            following = self.pieces[item.last + 1]
            return len(following.text) > 1 and following.text[0] == "0"
        if after in ("odd", "plus", "some") or after in self.units.numbers.cardinal:
            return False
        return not self.units.is_role(after, "compound")

    # Around the number --------------------------------------------------------------------------------------------

    def _symbol_before(self, index: int) -> tuple[tuple[str, ...], int] | tuple[()]:
        """Currency candidates and start offset of a symbol or code right before a number ("US$", "NOK ")."""
        start = self.pieces[index].start
        currencies = self.units.currencies
        end = start
        while end > 0 and self.text[end - 1] in " \u00a0\u202f":
            end -= 1
        if start - end > 1:
            return ()
        for size in range(min(currencies.longest + 1, end), 0, -1):
            symbol = self.text[end - size : end]
            codes = currencies.symbols.get(symbol) or currencies.symbols.get(symbol.replace(" $", "$"))
            if codes is None or symbol[0] == " ":
                continue
            if symbol[0].isalpha() and end - size > 0 and self.text[end - size - 1].isalnum():
                continue
            return codes, end - size
        return ()

    def _skip_symbol(self, index: int) -> int:
        """Past a currency symbol ("$3 billion and $4 billion")."""
        at = index
        while at < min(index + 3, len(self.pieces)) and not self.pieces[at].is_number:
            at += 1
        if at < len(self.pieces) and at > index and self.pieces[at].is_number:
            found = self._symbol_before(at)
            if found and found[1] == self.pieces[index].start:
                return at
        return index

    def _prefixed(self, item: Quantity) -> Quantity:
        found = self._symbol_before(item.first)
        if found:
            codes, start = found
            return replace(item, start=start, currency=codes, plain=False)
        before = self.text[item.core - 1] if item.core else " "
        if before in "-−" and (item.core < 2 or self.text[item.core - 2].isspace()) and item.form == "digits":
            return replace(item, start=item.core - 1, value=-item.value)
        return item

    def _suffixed(self, item: Quantity) -> Quantity:
        at = item.last
        word, then = self._at(at), self._at(at + 1)
        if word == "%" or word in ("percent", "pct", "pc"):
            return self._grown(item, at + 1, unit="%")
        if word == "per" and then in ("cent", "cents"):
            return self._grown(item, at + 2, unit="%")
        dash = 1 if word in DASHES and self._adjacent(at) and self._adjacent(at + 1) else 0
        if dash and then == "percent" and self._at(at + 2) != "-":
            return self._grown(item, at + 2, unit="%")
        if word == "fold" or (dash and then == "fold"):
            return self._grown(item, at + 1 + dash, unit="fold")
        if f"{word} {then}" in self.units.roles["share"]:
            return self._grown(item, at + 2, unit=f"{word} {then}")
        if item.currency:
            follows_money = word in self.units.currencies.words
            return self._grown(item, at + 1) if follows_money else item
        if word == "p" and self._adjacent(at):
            return self._grown(item, at + 1, unit="pence", currency=("GBP",))
        if word in ("pound", "pounds") and _WEIGHING.search(self.text, max(0, item.start - 40), item.start):
            return self._grown(item, at + 1, unit=word)
        money = self._money_after(at)
        if money is not None:
            codes, last = money
            return self._grown(item, last, currency=codes)
        if dash and self.units.is_role(then, "compound"):
            return replace(self._grown(item, at + 2, unit=then), hyphenated=True)
        return item

    def _grown(
        self, item: Quantity, last: int, *, unit: str | None = None, currency: tuple[str, ...] | None = None
    ) -> Quantity:
        return replace(
            item,
            end=self.pieces[last - 1].end,
            last=last,
            unit=unit or item.unit,
            currency=item.currency if currency is None else currency,
            plain=False,
        )

    def _money_after(self, at: int) -> tuple[tuple[str, ...], int] | None:
        """ "million euros", "Swiss francs", "US dollars", "NOK"."""
        table = self.units.currencies
        at += self._at(at) in DASHES and self._adjacent(at)
        if at < len(self.pieces) and self.pieces[at].text in table.symbols and len(self.pieces[at].text) in (1, 3):
            symbol = self.pieces[at].text
            if not symbol.isalpha() or symbol.isupper():
                return (table.symbols[symbol], at + 1) if symbol != "$" else None
        for words in (0, 1, 2):
            last = at + words
            if last >= len(self.pieces):
                return None
            codes = table.words.get(self._at(last))
            if codes is None:
                continue
            if words == 0:
                weighed = (
                    self._at(last).startswith("pound") and self._at(last + 1) == "(" and self._at(last + 3)[:1] == "k"
                )
                return None if weighed else (codes, last + 1)
            adjective = " ".join(self._at(i) for i in range(at, last))
            wanted = [code for code in table.adjectives.get(adjective, ()) if code in codes]
            if wanted:
                return tuple(wanted), last + 1
        return None


def to_float(digits: str) -> float:
    return float(re.sub(r"[,\u00a0\u202f]", "", digits))


def _fits(current: float, value: float, hyphen: bool) -> bool:
    """Whether a cardinal may follow: units behind tens ("twenty three"), anything below 100 behind hundreds."""
    rest = current % 100
    if rest == 0:
        return current >= 100 and value < 100 and not hyphen
    return rest >= 20 and rest % 10 == 0 and 0 < value < 10


def _is_remainder(word: str, reader: SingleNumbers, current: float) -> bool:
    """ "one hundred and five" but not "two hundred and three others": only below a round hundred or thousand."""
    value = reader.units.numbers.cardinal.get(word)
    return value is not None and value > 0 and current % 100 == 0
