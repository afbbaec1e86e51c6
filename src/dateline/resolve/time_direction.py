"""Whether a clause looks back or ahead: tense, modality and cue words around a time expression.

With a parse the verb that governs the expression decides; without one (or where the parse leads nowhere) the words of
the sentence nearest to the expression do. Either way the answer is only used where the calendar leaves a choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from spacy.tokens import Token

if TYPE_CHECKING:
    from dateline.resolve.time_lexemes import Lexeme, Lexemes

Direction = Literal["past", "future", "unknown"]
Cues = Mapping[str, frozenset[str]]
_STOP = (".", "!", "?", ";", "")

# Nouns of arranged occasions: "Friday's summit" may lie ahead, "Friday's ruling" does not.


def direction(lexemes: Lexemes, start: int, end: int, cues: Cues) -> Direction:
    """Past, future or unknown for the expression in lexemes [start, end)."""
    items = lexemes.items
    before = items[start - 1].word if start else ""
    earlier = items[start - 2].word if start > 1 else ""
    if before in cues["deadline"] or (before == "of" and earlier == "ahead") or (before == "to" and earlier == "prior"):
        return "past" if _is_past_deadline(lexemes, start, earlier) else "future"
    if before == "since":
        return "past"
    if _awaits(items, start, cues):
        return "future"
    doc = lexemes.doc
    if before in ("to", "through", "into") and doc[items[end - 1].token].head.lemma_ in cues["prolong"]:
        return "future"
    if lexemes.parsed:
        verb = start - 2 if before == "on" else start - 1
        if verb >= 0 and doc[items[verb].token].tag_ == "VBD":
            return "past"  # "..., an envoy warned on Tuesday", whatever the words before it look forward to
        last = doc[items[end - 1].token]
        noun = _modified(last, items[start].token)
        found = (
            _of_noun(noun, cues)
            if noun is not None
            else _of_neighbour(doc[items[start - 1].token], cues)
            if start
            else "unknown"
        )
        if found == "unknown" and noun is None:
            found = _by_tree(last, items[start].token, last.i, cues)
        if found != "unknown":
            return found
        if noun is not None:
            return "past"
    return by_words(items, start, end, cues)


def _awaits(items: list[Lexeme], start: int, cues: Cues) -> bool:
    """Whether "due to VERB" stands right before: "the truce, due to start on Friday, was agreed"."""
    for at in range(start - 1, max(1, start - 5), -1):
        if items[at].word in cues["ahead"] and items[at + 1].word == "to":
            return "had" not in (items[at - 1].word, items[at - 2].word if at > 1 else "")
        if items[at].word in _STOP or items[at].word == ",":
            return False
    return False


def _is_past_deadline(lexemes: Lexemes, start: int, earlier: str) -> bool:
    """Whether "by" or "until" names a day that is over: "By Monday, the water had reached", "not until Monday that"."""
    items, doc = lexemes.items, lexemes.doc
    if earlier == "not":
        return any(item.word == "that" for item in items[start + 1 : start + 3])
    if earlier not in ("", ".", ",", "”", '"') or items[start - 1].word != "by":
        return False
    for at in range(start + 1, min(start + 16, len(items))):
        token = doc[items[at].token]
        if items[at].word in _STOP or token.tag_ == "MD":
            return False
        if token.tag_ == "VBD":
            return True
    return False


def _modified(last: Token, first: int) -> Token | None:
    """The noun that the expression stands before as its modifier: "Wednesday's ruling", "a June agreement"."""
    token = last
    while token.head.i != token.i and first <= token.head.i <= last.i:
        token = token.head
    head = token.head
    if head.i > last.i and head.tag_ in ("NN", "NNS") and token.dep_.partition(":")[0] in ("nmod", "compound", "amod"):
        return head if not any(child.dep_ == "case" and child.i < first for child in token.children) else None
    return None


def _of_noun(noun: Token, cues: Cues) -> Direction:
    """Ahead where the noun is an arranged occasion or the subject of a clause that looks ahead."""
    verb = noun.head
    subject = noun.dep_.startswith("nsubj")
    if verb.i != noun.i and verb.tag_[:2] == "VB" and (subject or noun.lower_ in cues["arranged"]):
        return _of_verb(verb, cues)
    if subject and _has_cop(verb):
        return _of_predicate(verb, cues)
    return "unknown"


def _of_neighbour(token: Token, cues: Cues) -> Direction:
    """Of a finite verb or bare participle right before the expression: "the terms, announced Friday, would"."""
    if token.tag_ == "VBD" or (token.tag_ == "VBN" and not any(child.dep_[:3] == "aux" for child in token.children)):
        return "unknown" if token.lower_ in cues["ahead"] else "past"
    return "unknown"


def _by_tree(token: Token, first: int, last: int, cues: Cues) -> Direction:
    """Climbs from the expression to the verb that governs it."""
    for _ in range(25):
        inside = first <= token.i <= last
        if inside and _has_cop(token):  # "the deadline is midnight Friday"
            subjects = [child for child in token.children if child.dep_.startswith("nsubj")]
            past = any(child.tag_ == "VBD" for child in token.children if child.dep_ in ("aux", "cop"))
            if not past and any(item.lower_ in cues["arranged"] for item in subjects):
                return "future"
        if not inside and token.tag_[:2] in ("VB", "MD"):
            teller = _teller(token, first, last)  # "told reporters Thursday he would wait"
            if teller is not None:
                return _of_verb(teller, cues)
            found = _of_verb(token, cues)
            if found != "unknown":
                return found
        elif not inside and (token.lower_ in cues["ahead"] or _has_cop(token)):
            found = _of_predicate(token, cues)
            if found != "unknown":
                return found
        if token.head.i == token.i:
            return "unknown"
        token = token.head
    return "unknown"


def _teller(verb: Token, first: int, last: int) -> Token | None:
    """The verb of saying before the expression, where the parse hung the expression on what was said behind it."""
    if verb.i < last or verb.dep_ not in ("ccomp", "parataxis") or verb.head.i > first or verb.head.tag_[:2] != "VB":
        return None
    subject = next((child for child in verb.children if child.dep_.startswith("nsubj")), None)
    return verb.head if subject is not None and last < subject.i else None


def _has_cop(token: Token) -> bool:
    return any(child.dep_ == "cop" for child in token.children)


def _of_predicate(token: Token, cues: Cues) -> Direction:
    """Of "due", "a hearing" with their copula."""
    if token.lower_ in cues["ahead"]:
        return "past" if _had(token) else "future"
    helpers = [child for child in token.children if child.dep_ in ("aux", "cop")]
    if any(item.lower_ in cues["will"] for item in helpers):
        return "future"
    if any(item.tag_ == "VBD" for item in helpers):
        return "past"
    if token.lower_ in cues["arranged"]:
        return "future"
    return "unknown"


def _of_verb(verb: Token, cues: Cues) -> Direction:
    helpers = [child for child in verb.children if child.dep_ in ("aux", "aux:pass", "cop", "mark")]
    words = {item.lower_ for item in helpers}
    having = any(
        item.lemma_ == "have" or item.lower_ in ("has", "have", "had", "having", "'ve", "’ve") for item in helpers
    )
    if words & cues["will"]:
        return "past" if having else "future"
    if (
        verb.lower_ in cues["ahead"]
        and verb.tag_ != "VBD"
        and "had" not in words
        and (verb.lower_ not in ("set", "going") or helpers)
    ):
        return "future"
    if verb.tag_ == "VB" and "to" in words and words & {"was", "were"}:
        return "future"  # "was to fly on Friday"
    if verb.tag_ == "VBD" and verb.lemma_ in cues["arrange"]:
        return (
            "future"
            if any(item.dep_ == "obj" and item.lower_ in cues["arranged"] for item in verb.children)
            else "past"
        )
    if verb.tag_ in ("VBD", "MD"):
        return "past" if verb.tag_ == "VBD" else "future"
    if having or any(item.tag_ == "VBD" for item in helpers):
        return "past"
    if "could" in words:
        leading = verb.doc[max(verb.left_edge.i, verb.i - 12) : verb.i]  # "neither could be reached Wednesday" is over
        return "past" if having or any(item.lower_ in cues["negative"] for item in leading) else "future"
    if "to" in words and words & {"is", "are", "am", "'s", "’s"}:
        return "future"
    if verb.tag_ == "VBN":
        return "unknown" if words & {"to", "is", "are", "be", "being"} else "past"
    if verb.tag_ == "VB" and "to" in words:
        return _of_infinitive(verb, cues)
    if verb.tag_ in ("VBZ", "VBP") and verb.lemma_ not in cues["stative"]:
        return "future"
    if verb.tag_ == "VBG" and any(item.lower_ in ("is", "are", "am", "'s", "'re") for item in helpers):
        return "future"
    if verb.tag_ == "VB" and not helpers and verb.dep_ == "conj":
        return _of_verb(verb.head, cues) if verb.head.i != verb.i and verb.head.tag_[:2] == "VB" else "unknown"
    return "unknown"


def _had(token: Token) -> bool:
    """Whether the clause is told as over: "had been due Friday"."""
    return any(child.lower_ == "had" for child in token.children)


def _of_infinitive(verb: Token, cues: Cues) -> Direction:
    """Of "to meet": future after a word of plan or purpose, else as the verb above it."""
    above = verb.head
    if above.lower_ in cues["ahead"] and _had(above):
        return "past"
    if (
        above.i == verb.i
        or above.lower_ in cues["ahead"]
        or above.lemma_ in cues["plan"]
        or above.lower_.startswith("plan")
        or verb.dep_ == "acl"
        or (verb.dep_ == "advcl" and above.tag_ != "VBD")
    ):
        return "future"
    if above.tag_ in ("VBZ", "VBP"):
        return "future"
    return "unknown"


def by_words(items: list[Lexeme], start: int, end: int, cues: Cues) -> Direction:
    """The nearest telling word of the sentence, those before the expression first."""
    for step in range(1, 25):
        at = start - step
        if at < 0 or items[at].word in _STOP:
            break
        found = _of_word(items, at, cues)
        if found != "unknown":
            return found
    for at in range(end, min(end + 25, len(items))):
        if items[at].word in _STOP:
            break
        found = _of_word(items, at, cues)
        if found != "unknown":
            return found
    return "unknown"


def _of_word(items: list[Lexeme], at: int, cues: Cues) -> Direction:
    word = items[at].word
    if (
        word in ("will", "'ll", "’ll", "shall", "would")
        or word in cues["ahead"]
        or word in ("plans", "expects", "upcoming")
        or word in cues["opens"]
    ):
        return "future"
    if word in cues["past-words"] or (word.endswith("ed") and len(word) > 3 and word not in cues["not-past"]):
        return "past"
    return "unknown"
