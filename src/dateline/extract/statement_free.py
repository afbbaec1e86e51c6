"""Quotations without a cue of their own: who speaks follows from what stands around them."""

from __future__ import annotations

import bisect
import re
from typing import TYPE_CHECKING

from dateline.extract.statement_build import Draft
from dateline.extract.statement_people import participant
from dateline.language.tree import base

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

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
    """Whoever spoke just before or is named by the sentence in between; the other party where a question was asked."""
    near = [draft for draft in drafts if draft.speaker is not None and _end(draft) <= quote.start]
    last = max(_absolute(near) or near, key=_end) if near else None
    named = _named_before(doc, cast, text, quote, _end(last) if last is not None else 0)
    if named is not None:
        return named
    if last is None:
        return None
    gap = text[_end(last) : quote.start]
    if gap.count("\n\n") > 1 or len(gap) > 400:
        return None
    spoken = sorted((draft for draft in near if draft.kind != "indirect"), key=_end)
    if "\n" in gap and last.kind == "direct":
        asked = text[last.pieces[-1][1] - 1] == "?"
        asks_again = text[quote.inner_end - 1] == "?" and len(spoken) > 1 and _is_reply(text, *spoken[-2:])
        other = _other_party(spoken, last)
        if (asked or asks_again) and other is not None:
            return other
    return last.speaker


def _absolute(drafts: Sequence[Draft]) -> list[Draft]:
    """Those whose speaker is no relative word."""
    return [draft for draft in drafts if draft.speaker and draft.speaker.text.lower() not in ("who", "which", "that")]


def _other_party(spoken: Sequence[Draft], last: Draft) -> Participant | None:
    """The latest speaker who is not the last one."""
    for draft in reversed(spoken):
        if draft.speaker is not None and last.speaker is not None and draft.speaker.name != last.speaker.name:
            return draft.speaker
    return None


def _is_reply(text: str, question: Draft, answer: Draft) -> bool:
    """Whether the second quotation follows the first, a question of somebody else, in the next paragraph."""
    if question.speaker is None or answer.speaker is None or question.speaker.name == answer.speaker.name:
        return False
    between = text[_end(question) : answer.pieces[0][0]]
    return text[question.pieces[-1][1] - 1] == "?" and "\n" in between and len("".join(between.split())) < 3


def _named_before(doc: Doc, cast: Cast, text: str, quote: Quote, said: int) -> Participant | None:
    """The person that is the subject of the sentence before a quotation, or of what leads to it before a colon.

    Args:
        said: end of the last statement; a sentence that holds it names its own speaker.
    """
    lead = text[: quote.start].rstrip(" \t")
    colon = lead.endswith(":")
    span = doc.char_span(len(lead) - 1, len(lead), alignment_mode="expand")
    if span is None or lead.endswith("\n"):
        return None
    sentence = span[0].sent
    if sentence.start_char < said or "\n" in text[sentence.start_char : quote.start].strip():
        return None
    people = {actor.id for actor in cast.actors if actor.kind == "person"}
    named = [token for token in sentence if token.idx < quote.start and _is_person(token, cast, people)]
    subjects = [token for token in named if base(token) == "nsubj" and base(token.head) in ("root", "conj", "ccomp")]
    if subjects and (colon or _is_told_of(subjects[0].head)):
        return participant(subjects[0], cast, doc)
    told_of = {cast.at(token.i)[0].actor for token in named}
    return participant(named[0], cast, doc) if colon and len(told_of) == 1 else None


def _is_told_of(predicate: Token) -> bool:
    return predicate.tag_.startswith("VB") or any(item.dep_ == "cop" for item in predicate.children)


def _is_person(token: Token, cast: Cast, people: set[str]) -> bool:
    found = cast.at(token.i)
    return len(found) == 1 and found[0].actor in people


def _end(draft: Draft) -> int:
    ends = [draft.pieces[-1][1]]
    if draft.cue is not None:
        ends.append(draft.cue[1])
        if draft.speaker is not None and 0 <= draft.speaker.start - draft.cue[1] < 3:
            ends.append(draft.speaker.end)
    return max(ends)
