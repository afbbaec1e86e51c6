"""Nouns that attribute: "Voss's claim that", "a call by the union to", "accusations of", "her message: '...'"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.statement_content import is_infinitive, reported_clause
from dateline.language.tree import case_of, child, children, is_passive, subjects

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dateline.extract.statement_cues import Cue
    from dateline.extract.statement_phrase import Content
    from dateline.lexicon.speech import Speech

_COPULA = frozenset({"is", "was", "are", "were", "be", "been", "remains", "remained", "'s", "’s"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your"})


def noun_content(cue: Cue, doc: Doc, speech: Speech) -> Content | None:
    """What a noun reports by the tree: its that-clause, infinitive or, where it is no name and no known thing, "of"."""
    noun = cue.token
    frames = cue.noun.frames if cue.noun is not None else {}
    if "clause" in frames:
        clause = _that_clause(noun)
        if clause is not None:
            return reported_clause(clause, noun, doc, "clause", speech)
    if "infinitive" in frames and not _is_indefinite_object(noun, speech):
        for item in noun.children:
            if item.dep_ == "acl" and item.i > noun.i and item.tag_ == "VB" and is_infinitive(item):
                return reported_clause(item, noun, doc, "infinitive", speech)
    if "of" in frames:
        thing = next((item for item in children(noun, "nmod") if case_of(item) == "of" and item.i > noun.i), None)
        if thing is not None and _is_act(thing):
            return reported_clause(thing, noun, doc, "of", speech)
    return None


def noun_owner(noun: Token, speech: Speech, frame: str) -> Token | None:
    """Whose words they are: "Voss's claim", "a warning by the union", "farmers expressed fears that"."""
    owner = child(noun, "nmod:poss")
    if owner is not None and owner.tag_ != "PRP$":
        return owner
    prepositions = ("by", "from", "among") if frame in ("of", "infinitive") else ("by", "from", "among", "of")
    for item in children(noun, "nmod"):
        if case_of(item) in prepositions and item.i > noun.i:
            return item
    doc = noun.doc
    if noun.i + 2 < len(doc) and doc[noun.i + 1].lower_ in ("by", "from") and doc[noun.i + 1].head.i > noun.i:
        return doc[noun.i + 1].head  # "suggestions by some politicians", whatever the parser hung it on
    verb = noun.head
    if (
        noun.dep_ in ("obj", "obl", "xcomp")
        and verb.pos_ == "VERB"
        and verb.lower_ in speech.support
        and not is_passive(verb)
    ):
        found = subjects(verb)
        if found and found[0].pos_ in ("NOUN", "PROPN", "PRON", "NUM", "DET"):
            return found[0]
    return owner


def leads_to_quote(cue: Cue, doc: Doc, start: int) -> bool:
    """Whether only a colon, a comma, "that" or a copula with its predicate stand between a noun and a quotation."""
    between = [item for item in doc[cue.last + 1 : cue.token.sent.end] if item.idx < start and not item.is_space]
    words = [item for item in between if not item.is_punct]
    if not words:
        return len(between) <= 2
    if any(item.pos_ == "VERB" for item in words):
        return False
    ends = between[-1].text == ":" or words[-1].lower_ in ("that", "is", "was", "of")
    copula = any(item.lower_ in _COPULA for item in words)
    return ends and (copula or words[-1].lower_ in ("that", "of") or len(words) < 6)


def _that_clause(noun: Token) -> Token | None:
    """The that-clause of a noun, also where the parser hung it on "by the union" behind the noun."""
    owners = [item for item in children(noun, "nmod") if case_of(item) in ("by", "from") and item.i > noun.i]
    for above in (noun, *owners):
        for item in above.children:
            if item.dep_ in ("acl", "ccomp", "acl:relcl") and item.i > noun.i:
                mark = next((word for word in item.children if word.lower_ == "that"), None)
                if mark is not None and mark.dep_ == "mark":
                    return item
    return None


def _is_act(thing: Token) -> bool:
    """ "fraud", "a massacre": neither a name, a known thing nor an amount."""
    if thing.pos_ != "NOUN" or children(thing, "nummod", "nmod:poss"):
        return False
    return not any(item.lower_ in _DEFINITE for item in children(thing, "det"))


def _is_indefinite_object(noun: Token, speech: Speech) -> bool:
    """ "got an offer to move": made by somebody else, so that the subject does not speak."""
    return noun.dep_ == "obj" and noun.head.lower_ in ("got", "get", "have", "had", "has", "accept", "accepted")
