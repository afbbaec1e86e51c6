"""Where something was said: "a statement", "X", "a news conference"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.statement_phrase import cut_out
from dateline.language.tree import base, case_of, phrase

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dateline.extract.statement_cues import Cue
    from dateline.lexicon.speech import Speech

_MEETINGS = frozenset({"conference", "briefing", "hearing", "court", "meeting", "rally", "radio", "television"})
_SPEAKING = frozenset({"speaking", "talking", "writing", "appearing", "testifying", "posting"})


def find_channel(cue: Cue, speech: Speech, doc: Doc) -> str | None:
    """The words of the channel, by the prepositional phrases of the cue ("tweeted" gives Twitter)."""
    if cue.token.lower_.startswith("tweet"):
        return "Twitter"
    tokens = [cue.token]
    if cue.token.dep_ == "xcomp" or cue.token.tag_ == "VBG":
        tokens.append(cue.token.head)
    # "Speaking at a news conference, Dorn said"
    tokens += [item for item in cue.token.children if item.dep_ == "advcl" and item.lower_ in _SPEAKING]
    for token in tokens:
        for item in token.children:
            if base(item) not in ("obl", "nmod", "obj", "iobj") or item.i == token.i:
                continue
            allowed = speech.channels.get(item.lemma_.lower()) or speech.channels.get(item.lower_.rstrip("."))
            if allowed is None:
                continue
            case = case_of(item)
            told = base(item) in ("obj", "iobj") and cue.verb is not None and cue.verb.addressee
            if told and item.lower_ in _MEETINGS:
                return _words(item, doc)
            if case is not None and (case in allowed or case.split(" ")[0] in allowed):
                return _words(item, doc)
    return None


def _words(item: Token, doc: Doc) -> str:
    """The noun phrase, without what the parser hung on it from the reported clause."""
    start, end = phrase(item)
    for below in item.children:
        if below.dep_ in ("acl", "ccomp", "advcl") and below.left_edge.i > item.i:
            end = min(end, below.left_edge.idx)
    if any(below.dep_ == "compound" and below.ent_type_ == "PER" for below in item.children):
        start = item.idx
    case = next((below for below in item.children if below.dep_ == "case" and below.i < item.i), None)
    start = max(start, case.idx + len(case)) if case is not None else start
    words = cut_out(doc, start, end).split(",")[0].strip(" :")
    return words.rstrip(".") if len(words) < 4 else words
