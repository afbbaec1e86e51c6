"""Clauses that a cue stands in or behind: "Rebels, he said, had left", "according to X", "driven I think by fear"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.statement_phrase import Content, cut_out, phrase_end, piece_of
from dateline.language.tree import base, children

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dateline.extract.statement_cues import Cue
    from dateline.lexicon.speech import Speech

_TURNS = frozenset({"as", "while", "after", "before", "when", "hours", "days", "on", "in", "at"})
_JOINTS = frozenset({"and", "but", "or", "so", "that", "which", "who"})


def around(cue: Token, clause: Token, doc: Doc) -> Content | None:
    """The clause that a cue is set into: "Rebels, he said, had left", "The talks failed, he said"."""
    first, last = clause.left_edge.i, clause.right_edge.i
    left, right = cue.left_edge.i, cue.right_edge.i
    if not first <= left <= right <= last:
        return None
    sentence = cue.sent
    first, last = max(first, sentence.start), min(last, sentence.end - 1)
    pieces = [piece_of(doc, first, left - 1), piece_of(doc, right + 1, last)]
    if not _is_enclosed(doc, left, right):
        pieces = without_loose_end(pieces, clause, doc)
    kept = tuple(piece for piece in pieces if piece[0] < piece[1] and _is_said(cut_out(doc, *piece)))
    if len(pieces) == 2 and kept == tuple(pieces[1:]) and lacks_subject(doc[right + 1]):
        return None  # "an industry that he believes is in danger"
    return Content(kept, clause, "around") if kept else None


def _is_enclosed(doc: Doc, left: int, right: int) -> bool:
    """Whether commas stand on both sides of a cue and its subject, or on neither: what follows is then said too."""
    while doc[left].is_punct and left < right:
        left += 1
    while doc[right].is_punct and left < right:
        right -= 1
    if left == 0 or right + 1 >= len(doc):
        return False
    before, behind = doc[left - 1], doc[right + 1]
    return before.text == behind.text == "," or not (before.is_punct or before.is_space or behind.is_punct)


def without_loose_end(pieces: list[tuple[int, int]], clause: Token, doc: Doc) -> list[tuple[int, int]]:
    """Drops what stands behind a closing "he said" without a verb of its own ("on Friday", "ending his visit")."""
    if len(pieces) != 2 or not pieces[0][0] <= clause.idx < pieces[0][1]:
        return pieces
    behind = doc.char_span(*pieces[1], alignment_mode="expand") if pieces[1][0] < pieces[1][1] else None
    if behind is None or not any(token.tag_ in ("VBD", "VBZ", "VBP", "MD") for token in behind):
        return pieces[:1]
    first = next((token for token in behind if not token.is_punct), behind[0])
    if first.lower_ in _TURNS or (first.pos_ == "ADP" and first.head.head.i != clause.i):
        return pieces[:1]  # "he said on Monday, as ships arrived"
    if any(token.lower_ in ("said", "says", "added") and token.i - behind.start < 5 for token in behind):
        return pieces[:1]  # "..., they admitted, but they said that"
    return pieces


def around_phrase(cue: Cue, doc: Doc) -> Content | None:
    """The clause around, before or behind "according to X"."""
    source = cue.token
    left = min(cue.first, source.left_edge.i)
    while left < cue.first and (doc[left].is_punct or doc[left].is_space):
        left += 1
    right = phrase_end(source)
    clause = source.head
    if clause.i == source.i:
        return None
    sentence = source.sent
    before = doc[left - 1] if left > sentence.start else None
    rest = doc[right + 1 : sentence.end]
    opens = before is None or all(
        token.is_punct or token.is_space or token.lower_ in ("but", "and", "however")
        for token in doc[sentence.start : left]
    )
    closes = not any(token.is_alpha for token in rest)
    if opens or (closes and before is not None and before.text in (",", "”", '"', "—", "–")):
        clause = sentence.root
    while (
        clause.pos_ not in ("VERB", "AUX")
        and clause.dep_ in ("nmod", "obl", "obj", "compound", "appos")
        and clause.head.i != clause.i
    ):
        clause = clause.head
    first, last = max(clause.left_edge.i, sentence.start), min(clause.right_edge.i, sentence.end - 1)
    if opens:
        pieces = [piece_of(doc, right + 1, last)]
    elif closes:
        pieces = [piece_of(doc, first, left - 1)]
    else:
        pieces = [piece_of(doc, first, left - 1), piece_of(doc, right + 1, last)]
    kept = tuple(piece for piece in pieces if piece[0] < piece[1] and _is_said(cut_out(doc, *piece)))
    return Content(kept, clause, "around") if kept else None


def _is_said(words: str) -> bool:
    return any(sign.isalnum() for sign in words) and words.lower() not in (
        "and",
        "but",
        "or",
        "so",
        "that",
        "which",
        "who",
    )


def wedged(token: Token, doc: Doc, speech: Speech) -> Content | None:
    """ "driven I think by fear": I and a verb of thought between a participle and its preposition, without commas."""
    if token.lower_ not in speech.parenthetic or token.i < 2 or token.i + 1 >= len(doc):
        return None
    subject, before, behind = doc[token.i - 1], doc[token.i - 2], doc[token.i + 1]
    if subject.lower_ not in ("i", "we") or before.tag_ not in ("VBN", "VBD", "VBG") or behind.pos_ != "ADP":
        return None
    first, last = before.i, behind.i
    while first > token.sent.start and not doc[first - 1].is_punct:
        first -= 1
    while last + 1 < token.sent.end and not doc[last + 1].is_punct:
        last += 1
    return Content((piece_of(doc, first, subject.i - 1), piece_of(doc, behind.i, last)), before, "around")


def clause_above(token: Token) -> Token:
    """The predicate that a cue is set into, also where the parser hung it on the subject: "The ship, he said, left"."""
    above = token.head
    return above.head if base(above) == "nsubj" and above.head.i > token.i else above


def lacks_subject(clause: Token) -> bool:
    """A clause that begins with its finite verb, the subject having been moved away: "what he thought was right"."""
    first = clause.left_edge
    while first.is_punct and first.i < clause.i:
        first = first.nbor(1)
    return first.tag_ in ("VBD", "VBZ", "VBP", "MD") and not children(clause, "nsubj", "csubj", "expl", "mark")
