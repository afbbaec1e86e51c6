"""Quotations without a cue of their own: who speaks follows from what stands around them."""

from __future__ import annotations

import bisect
import re
from typing import TYPE_CHECKING

from dateline.extract.statement_build import Draft
from dateline.extract.statement_people import participant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from dateline.extract.statement_quotes import Quote
    from dateline.records.mentions import Participant
    from dateline.records.text import Article
    from dateline.resolve.cast import Cast

_SENTENCE_END = re.compile(r"[.!?…:][\"”’')\]»]*\s*$")
_PARAGRAPH_GAP = re.compile(r"\n")
_SIGNED = re.compile(r"\s*(?:[—–]|--?|~)\s*(?=[A-Z])([^\n.;:()]{2,80})")


def free_quotes(
    doc: Doc, article: Article, cast: Cast, quotes: Sequence[Quote], drafts: Sequence[Draft]
) -> list[Draft]:
    """Drafts of the free-standing quotations: a whole sentence or more in marks, not taken by any cue."""
    text = article.text
    taken = {other.start for draft in drafts for other in draft.quotes}
    covered = sorted(span for draft in drafts for span in draft.pieces)
    found: list[Draft] = []
    for quote in quotes:
        if quote.depth or quote.start in taken or _is_inside(quote, covered):
            continue
        if not _is_free(text, quote) or article.is_furniture(quote.start, quote.end):
            continue
        signed = _signature(doc, cast, text, quote)
        speaker = signed or _speaker_before(doc, cast, text, quote, [*drafts, *found])
        found.append(
            Draft(speaker, None, quote.pieces, "direct", None, None, None, None,
                  f"statements#{'signed' if signed else 'free-quote'}", (quote,))
        )  # fmt: skip
    return found


def _is_inside(quote: Quote, covered: Sequence[tuple[int, int]]) -> bool:
    """Whether what is quoted is part of something said; a thought inside the quotation does not take it."""
    at = bisect.bisect_right(covered, (quote.inner_start, len(covered) and covered[-1][1]))
    return any(end >= quote.inner_end - 2 for start, end in covered[max(0, at - 12) : at])


def _is_free(text: str, quote: Quote) -> bool:
    """A quotation that begins a sentence, has several words and ends like one."""
    before = text[: quote.start].rstrip(" \t")
    starts = not before or before[-1] == "\n" or _SENTENCE_END.search(before[-4:]) is not None
    inner = text[quote.inner_start : quote.inner_end]
    after = text[quote.end : quote.end + 3]
    ends = inner[-1:] in ".!?…," or after[:1] in ".\n" or not after.strip() or after.lstrip()[:1] in "—–-["
    words = inner.split()
    goes_on = re.match(r"\s*[a-z]", text[quote.end : quote.end + 4]) is not None
    return starts and ends and len(words) >= 3 and not goes_on and (inner[0].isupper() or not inner[0].isalpha())


def _signature(doc: Doc, cast: Cast, text: str, quote: Quote) -> Participant | None:
    """ "..." — Ines Halvor."""
    match = _SIGNED.match(text, quote.end)
    if match is None:
        return None
    span = doc.char_span(match.start(1), match.end(1), alignment_mode="contract")
    if span is None or not len(span):
        return None
    head = span.root
    if head.pos_ != "PROPN":
        return None
    return participant(head, cast, doc, first=span.start, last=span.end - 1)


def _speaker_before(doc: Doc, cast: Cast, text: str, quote: Quote, drafts: Sequence[Draft]) -> Participant | None:
    """The speaker of the statement just before, unless a question calls for the other party to answer."""
    earlier = [
        draft
        for draft in drafts
        if draft.speaker is not None and _end(draft) <= quote.start and draft.kind != "indirect"
    ]
    near = [draft for draft in drafts if draft.speaker is not None and _end(draft) <= quote.start]
    near = [
        draft for draft in near if draft.speaker and draft.speaker.text.lower() not in ("who", "which", "that")
    ] or near
    if not near:
        return None
    last = max(near, key=_end)
    gap = text[_end(last) : quote.start]
    if gap.count("\n\n") > 1 or len(gap) > 400:
        return None
    asked = text[last.pieces[-1][1] - 1] == "?" and "\n" in gap and last.kind == "direct"
    if asked:
        others = [
            draft
            for draft in earlier
            if draft.speaker is not None and last.speaker is not None and draft.speaker.name != last.speaker.name
        ]
        if others:
            return max(others, key=_end).speaker
    return last.speaker


def _end(draft: Draft) -> int:
    ends = [draft.pieces[-1][1]]
    if draft.cue is not None:
        ends.append(draft.cue[1])
    return max(ends)
