"""When something was said: the time expression that belongs to the saying and to nothing that was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.language.tree import base
from dateline.records.claims import ClaimTime

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from dateline.extract.statement_cues import Cue
    from dateline.extract.statement_near import NearQuotes
    from dateline.records.mentions import TimeMention

_OWN_CLAUSE = frozenset({"nsubj", "csubj", "advcl", "acl", "appos", "xcomp"})
# Characters behind the cue within which words belong to it though the parser hung them on what was said.
_CLOSE = 40


def time_of_saying(
    cue: Cue, doc: Doc, times: Sequence[TimeMention], pieces: Sequence[tuple[int, int]], near: NearQuotes
) -> ClaimTime | None:
    """The first time expression of the cue's sentence that hangs on the cue and stands outside what was said.

    Args:
        pieces: character spans of what was said.
    """
    sentence = cue.token.sent
    low, high = sentence.start_char, sentence.end_char
    for mention in times:
        if mention.start < low or mention.end > high or mention.type not in ("DATE", "TIME"):
            continue
        if mention.value.endswith("_REF") or any(start < mention.end and mention.start < end for start, end in pieces):
            continue
        if near.enclosing(mention.start) is not near.enclosing(cue.token.idx):
            continue
        if _hangs_on(doc, mention.start, cue):
            return ClaimTime(mention.text, mention.from_, mention.to, mention.value, mention.basis)
    return None


def _hangs_on(doc: Doc, offset: int, cue: Cue) -> bool:
    """Whether the words are below the cue or close behind it, in no subject and no clause of their own."""
    span = doc.char_span(offset, offset + 1, alignment_mode="expand")
    if span is None:
        return False
    token = span[0]
    shared = cue.token.head if cue.token.dep_ in ("xcomp", "advcl", "conj") else cue.token
    close = 0 <= offset - doc[cue.last].idx < _CLOSE
    for _ in range(8):
        if token.i in (cue.token.i, shared.i):
            return True
        if base(token) in _OWN_CLAUSE:
            return False
        if token.head.i == token.i or base(token) == "ccomp":
            return close
        token = token.head
    return False
