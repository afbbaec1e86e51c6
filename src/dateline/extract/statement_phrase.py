"""Where phrases end, and their characters: no reported clause, no loose punctuation at the ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.language.tree import base

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_TRIM = " \t\n\r\u00a0,;:.—–-"


@dataclass(frozen=True, slots=True)
class Content:
    """The clause a cue reports.

    Attributes:
        pieces: character spans, trimmed, in text order.
        root: the clause's predicate.
        frame: clause, infinitive, gerund, object, raising or around (the cue stands inside or behind its content).
    """

    pieces: tuple[tuple[int, int], ...]
    root: Token
    frame: str


def phrase_end(source: Token) -> int:
    """Last token of a source phrase: its subtree, cut where the parser ran into another clause or a bracket."""
    members = {item.i for item in source.subtree}
    last = source.i
    while last + 1 in members:
        last += 1
    for item in source.subtree:
        if item.i <= source.i:
            continue
        if item.dep_ in ("parataxis", "ccomp", "advcl") and not _in_relative(item, source):
            last = min(last, item.left_edge.i - 1)
            break
        beside = item.dep_ in ("acl", "case", "advcl") and item.tag_ == "VBG" and item.head.i == source.i
        if beside and item.left_edge.i > source.i + 1 and source.doc[item.left_edge.i - 1].text == ",":
            last = min(last, item.left_edge.i - 1)  # ", citing diplomats," is no part of who speaks
            break
        if item.text == "," and last > item.i and source.doc[item.i + 1].pos_ == "ADV":
            last = min(last, item.i - 1)  # "Mr Hardiman, much more than elsewhere"
            break
        if item.text in ("(", "[", ";", ":") or (
            item.dep_ == "conj" and item.pos_ in ("VERB", "AUX") and item.head.i == source.i
        ):
            last = min(last, item.i - 1)
            break
    marks = sum(item.text == '"' for item in source.doc[source.left_edge.i : last + 1])
    while last > source.i and doc_is_edge(source.doc[last]) and not (source.doc[last].text == '"' and marks % 2 == 0):
        last -= 1
    return last


def _in_relative(item: Token, source: Token) -> bool:
    while item.i != source.i and item.head.i != item.i:
        if base(item) == "acl":
            return True
        item = item.head
    return False


def doc_is_edge(token: Token) -> bool:
    """Blank or punctuation that ends no phrase."""
    return token.is_space or token.text in (",", ";", ":", "—", "–", "-", ".", '"', "”", "“")


def piece_of(doc: Doc, first: int, last: int) -> tuple[int, int]:
    """Characters from first to last token without blanks, commas and full stops at the ends."""
    if first > last:
        return 0, 0
    words, at = doc[first : last + 1].text, doc[first].idx
    start, end = trim(words, 0, len(words))
    return at + start, at + end


def cut_out(doc: Doc, start: int, end: int) -> str:
    """The characters of a document from start to end; unlike `doc.text[start:end]` at the cost of these only."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return span.text[start - span.start_char : end - span.start_char] if span is not None else ""


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without blanks, commas, colons and full stops at its ends; "U.S." keeps its last one."""
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        if text[end - 1] == "." and end - start > 3 and text[end - 3] == "." and text[end - 2].isupper():
            break
        end -= 1
    return start, end
