"""Quotations beside a cue: which one ends before it, which starts behind it, how much of a clause is quoted."""

from __future__ import annotations

import bisect
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from dateline.extract.statement_cues import Cue
    from dateline.extract.statement_quotes import Quote

SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[A-Z\"“‘\[«])|\n\s*\n|\n(?=[ \t])")
WORD = re.compile(r"\w")
_LONG = re.compile(r"\b\w{4,}")


class NearQuotes:
    """Questions to the quotations of one text.

    Attributes:
        verbs: offsets of the speech verbs, so that a nearer one can claim a quotation.
    """

    def __init__(self, doc: Doc, text: str, quotes: Sequence[Quote], verbs: Sequence[int]) -> None:
        self.doc = doc
        self.text = text
        self.quotes = quotes
        self.starts = [quote.start for quote in quotes]
        self.verbs = verbs
        self.parents = _parents(quotes)

    def left_quote(self, cue: Cue, outer: Quote | None) -> Quote | None:
        """The quotation that ends right before the cue's clause, in the same sentence."""
        start = self.doc[cue.first].idx
        own = [item for item in cue.token.children if item.dep_ in ("nsubj", "nsubj:pass")]
        subject = own[-1] if own else None  # "Nobody," said Voss: the first is what he said
        before = min(start, subject.left_edge.idx) if subject is not None and subject.i < cue.token.i else start
        quote = self.last_before(start, outer)
        if quote is None or start - quote.end > 220:
            return None
        between = self.text[quote.end : start]
        if (
            self.has_cue(quote.end, start)
            or SENTENCE_END.search(between)
            or "\n" in between
            or ":" in between
            or '"' in between
            or "”" in between
        ):
            return None
        last = self.text[quote.inner_end - 1]
        if quote.end > before:
            return None
        loose = self.text[quote.end : before].strip(" ,—–-")
        ends_sentence = last == "." and (between.strip()[:1].isupper() and between.strip()[:1] != "")
        if ends_sentence and subject is not None and (WORD.search(loose) or not self.is_short(quote.end, start)):
            return None
        if last not in ",!?…-—." and not between.lstrip().startswith((",", "—", "–", "-")):
            return None
        return quote if not WORD.search(loose) or len(loose) < 40 else None

    def has_cue(self, start: int, end: int) -> bool:
        """Whether another speech verb stands between; it is then the nearer one."""
        at = bisect.bisect_left(self.verbs, start)
        return at < len(self.verbs) and self.verbs[at] < end

    def is_short(self, start: int, end: int) -> bool:
        return end - start < 50

    def right_quote(self, cue: Cue, outer: Quote | None) -> Quote | None:
        """The quotation that starts behind the cue in the same sentence."""
        end = self.doc[cue.last].idx + len(self.doc[cue.last])
        index = bisect.bisect_left(self.starts, end)
        while index < len(self.quotes) and self.parent_of(self.quotes[index]) is not outer:
            index += 1
        if index >= len(self.quotes):
            return None
        quote = self.quotes[index]
        between = self.text[end : quote.start]
        stripped = between.rstrip()
        if (
            len(between) > 240
            or SENTENCE_END.search(stripped + " A")
            or "\n\n" in stripped
            or self.has_cue(end, quote.start)
        ):
            return None
        if "\n\n" in between and not stripped.endswith((":", ",", ";")):
            return None
        return quote

    def opens_speech(self, cue: Cue, quote: Quote) -> bool:
        """Whether a quotation behind a cue is what was said, rather than some quoted words in the sentence."""
        end = self.doc[cue.last].idx + len(self.doc[cue.last])
        stripped = self.text[end : quote.start].rstrip()
        if not stripped and self.goes_on(quote) and "relcl" not in cue.token.dep_:
            return False
        if stripped.endswith((",", ":", ";", "—", "–", "-")) or not stripped:
            return True
        is_long = quote.inner_end - quote.inner_start > 25
        return self.text[quote.inner_start].isupper() and is_long and not self.is_title(quote)

    def goes_on(self, quote: Quote) -> bool:
        """Whether the sentence goes on behind quoted words that end without a mark: "predicting 'the mafia' would"."""
        behind = self.text[quote.end : quote.end + 3]
        return self.text[quote.inner_end - 1].isalnum() and behind[:1] == " " and behind[1:2].islower()

    def is_title(self, quote: Quote) -> bool:
        """A work's title rather than speech: most words in capitals, no sentence's end."""
        inner = self.text[quote.inner_start : quote.inner_end]
        if inner[-1:] in ",.!?" and len(inner.split()) > 2:
            return False
        long_words = _LONG.findall(inner)
        return len(long_words) >= 2 and sum(word[0].isupper() for word in long_words) >= 0.7 * len(long_words)

    def touching(self, pieces: Sequence[tuple[int, int]]) -> list[Quote]:
        low, high = pieces[0][0], pieces[-1][1]
        last = bisect.bisect_right(self.starts, high)
        return [
            quote
            for quote in self.quotes[:last]
            if quote.end > low and any(quote.start < end and start < quote.end for start, end in pieces)
        ]

    def all_quoted(self, pieces: Sequence[tuple[int, int]], quotes: Sequence[Quote]) -> bool:
        """Whether no word of the clause stands outside the quotations, but for "that" before them."""
        for start, end in pieces:
            at = start
            for quote in quotes:
                if quote.end <= at or quote.start >= end:
                    continue
                if (
                    WORD.search(self.text, at, max(at, quote.start))
                    and self.text[at : quote.start].strip().lower() != "that"
                ):
                    return False
                at = max(at, quote.end)
            if at < end and WORD.search(self.text, at, end):
                return False
        return True

    def is_split(self, pieces: Sequence[tuple[int, int]], quotes: Sequence[Quote], cue: Cue) -> bool:
        """Whether the cue stands between two halves of a quotation and everything else that was said lies inside."""
        at = cue.token.idx
        left = [quote for quote in quotes if quote.end <= at]
        right = [quote for quote in quotes if quote.start > at]
        if not left or not right or self.text[left[-1].inner_end - 1] not in ",—–-":
            return False
        low, high = left[0].start, right[-1].end
        return not any(
            WORD.search(self.text, start, min(end, low)) or WORD.search(self.text, max(start, high), end)
            for start, end in pieces
        )

    def said_behind(self, quotes: Sequence[Quote], cue: Cue) -> Quote | None:
        """A quoted sentence right behind the cue and a comma or colon: what was said, whatever the tree says."""
        end = self.doc[cue.last].idx + len(self.doc[cue.last])
        for quote in quotes:
            if quote.start < end or self.text[end : quote.start].strip() not in (",", ":") or self.goes_on(quote):
                continue
            inner = self.text[quote.inner_start : quote.inner_end]
            if inner[:1].isupper() and (inner[-1:] in ".!?" or len(inner.split()) > 6):
                return quote
        return None

    def leading(self, pieces: Sequence[tuple[int, int]], quotes: Sequence[Quote], cue: Cue) -> Quote | None:
        """A quotation that a clause begins with and that is a sentence of its own, whatever the parser added behind."""
        quote = quotes[0]
        start, end = pieces[0][0], pieces[-1][1]
        if not quote.start <= start <= quote.inner_start + 1 or end <= quote.end:
            return None
        if len(self.text[quote.inner_start : quote.inner_end].split()) < 3 or quote.holds(cue.token.idx):
            return None
        if WORD.match(self.text, quote.end) or any(other is not quote for other in quotes):
            return None
        stops = self.text[quote.inner_end - 1] in ",.!?" or self.text[quote.end : quote.end + 2].lstrip()[:1] in (
            ",",
            ";",
            ".",
            "[",
            "(",
        )
        return quote if stops else None

    def extended(self, pieces: list[tuple[int, int]], quotes: Sequence[Quote], cue: Cue) -> list[tuple[int, int]]:
        """A partly quoted clause reaches to the end of the quotations it runs into."""
        found = []
        for start, end in pieces:
            for quote in quotes:
                if quote.start < end < quote.end and not start < cue.token.idx < quote.end:
                    end = quote.end
                if quote.start < start < quote.end:
                    start = quote.start
            found.append((start, end))
        return found

    def enclosing(self, offset: int) -> Quote | None:
        found = None
        for quote in self.quotes[: bisect.bisect_right(self.starts, offset)]:
            if quote.holds(offset):
                found = quote
        return found

    def parent_of(self, quote: Quote) -> Quote | None:
        """The quotation around another one."""
        return self.parents.get(quote.start)

    def last_before(self, offset: int, outer: Quote | None) -> Quote | None:
        found = None
        for quote in self.quotes[: bisect.bisect_right(self.starts, offset)]:
            if quote.end <= offset and self.parent_of(quote) is outer and (found is None or quote.end >= found.end):
                found = quote
        return found

    def next_after(self, offset: int, outer: Quote | None) -> Quote | None:
        for quote in self.quotes[bisect.bisect_left(self.starts, offset) :]:
            if self.parent_of(quote) is outer:
                return quote
        return None


def _parents(quotes: Sequence[Quote]) -> dict[int, Quote]:
    """The innermost quotation around each one, by its start."""
    found: dict[int, Quote] = {}
    open_: list[Quote] = []
    for quote in quotes:
        while open_ and open_[-1].end < quote.end:
            open_.pop()
        if open_ and open_[-1].start < quote.start:
            found[quote.start] = open_[-1]
        open_.append(quote)
    return found
