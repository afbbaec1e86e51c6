"""What a number counts: the noun behind it, the whole it is part of, and what it is counted by."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dateline.extract.figure_words import Quantity
    from dateline.lexicon.units import Units

_PRONOUNS = frozenset({"them", "whom", "us", "those", "these", "which", "you"})
_DETERMINERS = frozenset(
    {"the", "a", "an", "its", "their", "his", "her", "our", "all", "these", "those", "this", "that", "my", "your"}
)
_RATES = {
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "hourly": "hour",
    "yearly": "year",
    "annually": "year",
    "nightly": "night",
}
_NOUNS = frozenset({"NOUN", "PROPN"})


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted.

    Attributes:
        end: offset where the figure's words end.
        head: the counted noun, or the number's own token.
        of_noun: whether `head` is a noun of its own.
    """

    unit: str | None
    of: str | None
    per: str | None
    end: int
    head: Token | None
    of_noun: bool


@dataclass(frozen=True, slots=True)
class _Chunk:
    first: int
    last: int
    head: int


class UnitReader:
    """Finds what numbers count in one document."""

    def __init__(self, doc: Doc, units: Units) -> None:
        self.doc = doc
        self.units = units
        self.starts = [token.idx for token in doc]
        self.parsed = doc.has_annotation("DEP")

    def token_at(self, offset: int) -> int:
        """Index of the token that covers the character, or of the one before it."""
        return max(0, bisect.bisect_right(self.starts, offset) - 1)

    def read(self, item: Quantity) -> Counted:
        """What the number phrase counts."""
        number = self.token_at(item.tail - 1)
        after = self.token_at(item.end - 1) + 1
        head: Token | None = self.doc[number] if self.doc else None
        if item.hyphenated:
            at = self._next_word(after)
            noun = self._chunk(at)
            return Counted(item.unit, None, None, item.end, self.doc[noun.head] if noun else head, False)
        if item.unit is not None or item.currency:
            per, end = self._rate(after, item.end)
            of = self._of_whole(after) if per is None else None
            return Counted(item.unit, of, per, end, head, False)
        if item.form == "fraction":
            return Counted(None, self._of_whole(after), None, item.end, head, False)
        at = self._next_word(after)
        if self.doc[at : at + 5].text.endswith(("-year-old", "-month-old", "-week-old", "-day-old")):
            at = self._next_word(at + 5)  # "three 16-year-old girls"
        if at < len(self.doc) and self.doc[at].lower_ == "of":
            return self._part(item, at, head)
        chunk = self._chunk(at)
        if chunk is None or not any(sign.isalnum() for sign in self._text(chunk.first, chunk.last)):
            per, end = self._rate(after, item.end)
            return Counted(None, None, per, end, head, False)
        return self._counted(chunk, at)

    # Shapes -------------------------------------------------------------------------------------------------------

    def _counted(self, chunk: _Chunk, at: int) -> Counted:
        last, of = chunk.last, None
        follow = last + 1
        if follow < len(self.doc) and self.doc[follow].lower_ == "of":
            inner = self._chunk(follow + 1)
            if inner is not None and self.doc[inner.head].pos_ == "NOUN" and self._is_bare(follow + 1):
                last = inner.last
            else:
                of = self._of_whole(follow)
        unit = self._text(chunk.first, last)
        per, end = self._rate(last + 1, self._end(last) - self.doc[last].text.endswith("-"))
        return Counted(unit, of, per, end, self.doc[chunk.head], True)

    def _part(self, item: Quantity, at: int, head: Token | None) -> Counted:
        """ "dozens of houses", "30 of them children", "12 of the 15 members"."""
        word = self.doc[at + 1] if at + 1 < len(self.doc) else None
        if word is None:
            return Counted(None, None, None, item.end, head, False)
        if word.lower_ in _PRONOUNS and not self._starts_noun(at + 1):
            noun = self._chunk(at + 2)
            unit = self._text(noun.first, noun.last) if noun else None
            return Counted(
                unit, word.text, None, self._end(at + 1), self.doc[noun.head] if noun else head, noun is not None
            )
        bare = word.lower_ not in _DETERMINERS and word.pos_ != "NUM"
        first = at + 1
        while first < len(self.doc) and (self.doc[first].lower_ in _DETERMINERS or self.doc[first].pos_ == "NUM"):
            first += 1
        noun = self._chunk(first)
        if noun is None:
            return Counted(None, None, None, item.end, head, False)
        if bare and item.open_ended:
            counted = self._counted(noun, first)
            return counted
        if bare:
            return Counted(None, None, None, item.end, head, False)
        unit = self._text(noun.first, noun.last)
        of = self._text(at + 1, noun.last)
        return Counted(unit, of, None, self._end(noun.last), self.doc[noun.head], True)

    def _of_whole(self, at: int) -> str | None:
        """The phrase behind "of" where it follows at once ("of the vote")."""
        at = self._next_word(at)
        if at >= len(self.doc) or self.doc[at].lower_ not in ("of", "the", "its", "their", "all", "his", "our"):
            return None
        first = at + 1 if self.doc[at].lower_ == "of" else at
        inner = first
        while inner < len(self.doc) and (
            self.doc[inner].lower_ in _DETERMINERS or self.doc[inner].pos_ == "NUM" or self.doc[inner].tag_ == "PRP$"
        ):
            inner += 1
        if inner < len(self.doc) and self.doc[inner].lower_ in _PRONOUNS:
            return self.doc[inner].text
        noun = self._chunk(inner)
        if noun is None:
            return self.doc[inner - 1].text if inner > first and self.doc[inner - 1].lower_ in _PRONOUNS else None
        return self._text(first, noun.last)

    def _rate(self, at: int, end: int) -> tuple[str | None, int]:
        """ "a day", "per 100,000 people", "each week", "daily", "/h" right behind the figure."""
        at = self._next_word(at)
        if at + 1 >= len(self.doc):
            return (_RATES[self.doc[at].lower_], self._end(at)) if self._is_rate_word(at) else (None, end)
        word, then = self.doc[at], self.doc[at + 1]
        if self._is_rate_word(at):
            return _RATES[word.lower_], self._end(at)
        if word.lower_ == "/" and word.idx == end and then.text.rstrip(".").isalpha():
            by = then.text.rstrip(".")
            return by, then.idx + len(by)
        if word.lower_ == "per":
            chunk = self._chunk(at + 1) if then.pos_ != "NUM" else self._chunk(at + 2)
            last = chunk.last if chunk else at + 1
            if then.is_alpha or chunk:
                return self._text(at + 1, last), self._end(last)
        follow = self.doc[at + 2].lower_ if at + 2 < len(self.doc) else ""
        if follow in ("ago", "earlier", "later", "before", "after", "previously"):
            return None, end
        if word.lower_ in ("a", "an", "each", "every") and self.units.is_role(then.lower_, "per"):
            return then.text, self._end(at + 1)
        return None, end

    def _is_rate_word(self, at: int) -> bool:
        if at >= len(self.doc) or self.doc[at].lower_ not in _RATES:
            return False
        return at + 1 >= len(self.doc) or self.doc[at + 1].pos_ not in _NOUNS

    # Noun chunks --------------------------------------------------------------------------------------------------

    def _chunk(self, at: int) -> _Chunk | None:
        """The noun with its adjectives that starts at a token; None where no noun follows at once."""
        first = at
        head: int | None = None
        while at < len(self.doc):
            token = self.doc[at]
            if token.pos_ in _NOUNS:
                if head is not None and not self._joins(head, at):
                    break
                head = at
                if self._ends_unit(token):
                    break
            elif token.lower_ == "-" or token.tag_ == "HYPH":
                if token.whitespace_ or at == first or self.doc[at - 1].whitespace_:
                    break
            elif not self._goes_on(token, head):
                break
            at += 1
        if head is None:
            return None
        return self._with_conjunct(_Chunk(first, head, head))

    def _goes_on(self, token: Token, head: int | None) -> bool:
        """Whether a word that is no noun belongs to the chunk: tied by a hyphen, or a modifier before the noun."""
        if self._is_tied(token.i):
            return True
        return head is None and (self._is_modifier(token) or self._is_tied(token.i + 2))

    def _joins(self, head: int, at: int) -> bool:
        """Whether the noun goes on with another ("asylum seekers"), against one that starts a new phrase."""
        left, right = self.doc[head], self.doc[at]
        if left.tag_ in ("NNS", "NNPS") and (right.pos_ == "PROPN" or right.tag_ == "NN") and not self._is_tied(at):
            return False
        if not self.parsed:
            return True
        top = right
        while top.dep_ in ("compound", "flat", "nmod:desc", "goeswith") and top.head.i > top.i:
            top = top.head
        above = left
        for _ in range(3):
            above = above.head
            if above.i in (right.i, top.i):
                return True
        return right.head.i == left.i or self._is_tied(at)

    def _is_modifier(self, token: Token) -> bool:
        if token.dep_ == "amod" and token.head.i > token.i:
            return True
        if token.pos_ == "ADJ" or token.tag_ in ("VBN", "VBG", "VBD"):
            return (
                not self.parsed
                or token.dep_ in ("amod", "compound", "nmod:desc", "obl", "advmod", "conj")
                or (
                    token.pos_ == "ADJ"
                    and token.head.i > token.i
                    and token.dep_ not in ("root", "ccomp", "xcomp", "advcl")
                )
            )
        if token.pos_ == "ADV":
            return token.head.i > token.i and token.dep_ == "advmod" and token.head.pos_ in ("ADJ", "VERB", "NOUN")
        return token.pos_ == "NUM" and token.head.i > token.i and not token.is_digit

    def _is_tied(self, at: int) -> bool:
        """Whether no blank stands before the token and it goes on a hyphenated word ("F-16")."""
        return 0 < at < len(self.doc) and not self.doc[at - 1].whitespace_ and (self.doc[at - 1].lower_ in ("-", "/"))

    def _ends_unit(self, token: Token) -> bool:
        return self.units.is_role(token.lower_, "measure") or self.units.is_role(token.lower_, "time")

    def _with_conjunct(self, chunk: _Chunk) -> _Chunk:
        """ "shells and mortars": a second bare noun joined to the first is counted with it."""
        at = chunk.last + 1
        if at + 1 >= len(self.doc) or self.doc[at].lower_ not in ("and", "or") or not self.parsed:
            return chunk
        if not self._is_bare(at + 1):
            return chunk
        follow = at + 1
        last: int | None = None
        while follow < len(self.doc) and (self.doc[follow].pos_ in _NOUNS or self.doc[follow].pos_ == "ADJ"):
            if self.doc[follow].pos_ == "NOUN":
                last = follow
            follow += 1
        if last is None:
            return chunk
        noun = self.doc[last]
        if (
            noun.dep_ != "conj"
            or noun.head.i != chunk.head
            or self.doc[chunk.head].tag_ not in ("NNS", "NNPS")
            or noun.tag_ != "NNS"
        ):
            return chunk
        if any(child.dep_ in ("nummod", "det", "nmod:poss") for child in noun.children):
            return chunk
        return _Chunk(chunk.first, last, chunk.head)

    def _is_bare(self, at: int) -> bool:
        return at < len(self.doc) and (self.doc[at].pos_ in ("NOUN", "ADJ") or self.doc[at].tag_ in ("VBN", "VBG"))

    def _starts_noun(self, at: int) -> bool:
        """ "of those people" against "of those killed"."""
        return self.doc[at].lower_ in ("those", "these", "which") and (
            at + 1 < len(self.doc) and self.doc[at + 1].pos_ in _NOUNS and self.doc[at].dep_ == "det"
        )

    def _next_word(self, at: int) -> int:
        while at < len(self.doc) and self.doc[at].is_space and "\n" not in self.doc[at].text:
            at += 1
        return at

    def _text(self, first: int, last: int) -> str:
        return self.doc[first : last + 1].text.rstrip().rstrip("-")

    def _end(self, at: int) -> int:
        return self.doc[at].idx + len(self.doc[at])
