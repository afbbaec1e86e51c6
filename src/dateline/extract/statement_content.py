"""What a cue reports: the clause that hangs on it, as characters of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.statement_around import (
    around,
    around_phrase,
    clause_above,
    lacks_subject,
    wedged,
    without_loose_end,
)
from dateline.extract.statement_cues import as_clause, goes_on_apart, host_of, quoted_as
from dateline.extract.statement_phrase import Content, piece_of
from dateline.language.tree import base, child, children, is_passive, negations

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dateline.extract.statement_cues import Cue
    from dateline.lexicon.speech import Speech

_WEEK = frozenset(
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "today", "tonight")
)
_CONDITIONS = frozenset(
    {"although", "though", "if", "unless", "because", "since", "while", "once", "until", "whenever"}
)
_PARTING = frozenset({",", '"', "“", "”", "’", "'", "»", "—", "–", "-", "--", "``", "''", "(", "!", "?"})
_QUOTE_MARKS = frozenset({'"', "“", "‘", "'", "«", "„", "``", "」", "「"})


def find_content(cue: Cue, doc: Doc, speech: Speech) -> Content | None:
    """The reported clause of a cue by the tree; None where it has none (a quotation may still stand beside it)."""
    if cue.form == "according":
        return around_phrase(cue, doc)
    if cue.form == "adjective":
        clause = child(cue.token, "ccomp")
        if clause is None or not _is_finite(clause) or cue.token.head.lemma_ == "make":
            return None
        if any(item.text == ":" for item in doc[cue.token.i + 1 : clause.i]):
            return None  # "the choice is clear: ..."
        if not (child(cue.token, "cop") or cue.token.dep_ in ("xcomp", "amod", "advcl", "acl")):
            return None
        return reported_clause(clause, cue.token, doc, "clause", speech)
    return _verb_content(cue, doc, speech)


def _verb_content(cue: Cue, doc: Doc, speech: Speech) -> Content | None:
    token, verb = cue.token, cue.verb
    frames = verb.frames if verb is not None else {}
    if _claims_nothing(cue):
        return None
    set_in = wedged(token, doc, speech)
    if set_in is not None:
        return set_in
    clause = _clause_child(token, speech)
    if clause is not None and ("clause" in frames or "quote" in frames):
        if clause.tag_ == "VBG" and not children(clause, "nsubj", "aux", "cop") and "gerund" not in frames:
            return None
        if (_is_finite(clause) and not lacks_subject(clause)) or _has_quote_before(clause):
            return reported_clause(clause, token, doc, "clause" if "clause" in frames else "quote", speech)
    if "raising" in frames or "infinitive" in frames:
        raised = _raised(cue, doc)
        if raised is not None:
            return raised
    called = token.lower_.startswith(("call", "appeal"))
    if _called_on(token) is not None if called else "infinitive" in frames:
        for item in token.children:
            if item.dep_ in ("xcomp", "advcl", "ccomp") and item.i > token.i and is_infinitive(item):
                if item.lower_ in ("named", "identified", "quoted") or any(
                    word.lower_ == "anonymous" for word in item.subtree
                ):
                    return None
                if item.dep_ == "xcomp" or token.lower_.startswith(("call", "appeal")):
                    return reported_clause(item, token, doc, "infinitive", speech)
    if "gerund" in frames:
        for item in token.children:
            if item.lower_ in speech.going_on:
                continue
            if item.dep_ in ("xcomp", "ccomp", "advcl") and item.tag_ == "VBG" and item.i > token.i:
                return reported_clause(item, token, doc, "gerund", speech)
    if "clause" in frames or "quote" in frames:
        if cue.class_ in ("know", "show", "judge") or (
            cue.class_ == "think" and token.lower_ not in speech.parenthetic
        ):
            return None
        saying = quoted_as(token.head)
        if saying is not None and saying.i == token.i:  # "the port is shut, radio quoted him as saying"
            said = next((item for item in token.head.children if item.dep_ == "ccomp"), None)
            if said is None and token.head.dep_ == "parataxis":
                return around(token.head, clause_above(token.head), doc)
            return reported_clause(said, token.head, doc, "clause", speech) if said is not None else None
        if as_clause(token):
            return around(token, token.head, doc)
        if token.dep_ == "parataxis" and token.head.i != token.i and _is_set_in(token):
            return around(token, clause_above(token), doc)
    if goes_on_apart(token, speech):
        start, end = piece_of(doc, token.i + 1, token.head.right_edge.i)
        return Content(((start, end),), token.head, "clause") if start < end else None
    if "charge" in frames:
        return _charge(token, doc, speech)
    if "object" in frames:
        thing = child(token, "obj")
        if thing is not None and (thing.lower_ in speech.denied or thing.lemma_ in speech.denied):
            return reported_clause(thing, token, doc, "object", speech)
    return None


def _claims_nothing(cue: Cue) -> bool:
    """ "came to show that", "want to know what", "does not think": no claim that the clause holds."""
    token = cue.token
    if token.lower_ in ("convince", "persuade") and is_infinitive(token):
        return True
    if any(item.tag_ == "WP" and item.dep_ == "nsubj" for item in token.head.children if item.i < token.i):
        return is_infinitive(token)  # "who is to say that"
    if token.dep_ == "xcomp" and token.head.lemma_ in ("decline", "refuse"):
        return True
    lead = next((item.lower_ for item in token.children if item.dep_ in ("mark", "case") and item.i < token.i), "")
    if token.tag_ == "VBG" and lead in ("at", "without"):
        return True  # "aimed at warning that"
    you = any(item.lower_ == "you" for item in children(token, "nsubj"))
    if cue.class_ == "think" and (negations(token) or (you and lead in ("if", "when", "unless", "whether"))):
        return True
    if cue.class_ not in ("know", "show"):
        return False
    if is_infinitive(token) and (token.dep_ in ("advcl", "acl") or (token.dep_ == "xcomp" and cue.class_ == "know")):
        return True
    if cue.class_ == "show":
        return bool(negations(token))
    return you and not children(token, "aux")


def _is_set_in(token: Token) -> bool:
    """ ", he said," set into a clause: a subject of its own, nothing it governs, a comma before."""
    if any(item.dep_ in ("obj", "xcomp", "ccomp", "csubj") for item in token.children):
        return False
    subject = child(token, "nsubj", "obl:agent")
    if (
        subject is None
        or (subject.lower_ == "you" and token.lower_ in ("know", "see"))
        or (subject.lower_ == "i" and token.lower_ == "say")
    ):
        return False
    left = token.left_edge
    while left.is_punct and left.i < token.i:
        left = left.nbor(1)
    return left.i > 0 and (
        left.nbor(-1).text in (",", "—", "–", "-", '"', "”", "’", "'", "--")
        or token.lower_ in ("think", "believe", "guess")
    )


def _clause_child(token: Token, speech: Speech) -> Token | None:
    """The clausal complement: ccomp, a clause set beside the verb behind a colon, or one the parser hung lower."""
    own = [item for item in token.children if item.dep_ == "ccomp" and not _opens_going_on(item, token, speech)]
    own = [item for item in own if not _tells_when(item)]
    if own:
        after = [item for item in own if item.i > token.i]
        return after[0] if after else own[-1]
    if any(item.dep_ == "nsubj:pass" and item.lower_ == "it" for item in token.children):
        for item in token.subtree:  # "it was claimed by a group calling itself Dawn that ..."
            if item.i > token.i and item.dep_ in ("ccomp", "acl", "xcomp") and item.left_edge.lower_ == "that":
                return item
    for item in token.children:
        mark = next((word for word in item.children if word.dep_ == "mark"), None)
        if item.dep_ == "advcl" and mark is not None and mark.i == token.i + 1 and mark.lower_ in ("if", "whether"):
            return item
        if item.i > token.i and base(item) == "obl":
            for below in item.children:
                if below.dep_ in ("acl", "ccomp") and any(
                    w.dep_ == "mark" and w.lower_ == "that" for w in below.children
                ):
                    return below
    for item in token.children:
        if item.dep_ == "parataxis" and item.i != token.i and (item.pos_ in ("VERB", "AUX", "NOUN", "ADJ", "PROPN")):
            between = item.doc[token.i + 1 : item.left_edge.i + 1] if item.i > token.i else None
            if between is not None and any(word.text == ":" for word in between):
                return item
    return None


def _is_finite(clause: Token) -> bool:
    """A clause with a subject, an auxiliary or a joining word; a lone noun or an infinitive is none."""
    if is_infinitive(clause) and not children(clause, "nsubj"):
        return any(
            item.tag_ in ("WRB", "WP", "WDT") or item.lower_ in ("whether", "how", "what") for item in clause.subtree
        )
    if any(base(item) in ("nsubj", "csubj", "expl", "cop", "mark", "aux") for item in clause.children):
        return True
    return clause.tag_ in ("VBD", "VBZ", "VBP", "VB") or any(
        item.tag_ in ("WRB", "WP", "WDT") for item in clause.subtree
    )


def _has_quote_before(clause: Token) -> bool:
    first = clause.left_edge
    return first.text in _QUOTE_MARKS or (first.i > 0 and first.nbor(-1).text in _QUOTE_MARKS)


def _charge(token: Token, doc: Doc, speech: Speech) -> Content | None:
    """ "accused the bank of hiding losses": what the object of the verb is said to have done."""
    accused = child(token, "obj", "nsubj:pass")
    if accused is None:
        return None
    below = [item for item in accused.children if item.dep_ == "nmod" and token.lower_.startswith("accus")]
    for item in (*token.children, *below):
        if item.i <= token.i or item.dep_ not in ("advcl", "obl", "xcomp", "nmod"):
            continue
        lead = next((word.lower_ for word in item.children if word.dep_ in ("mark", "case")), "")
        if (lead == "of" and item.tag_ in ("VBG", "NN", "NNS")) or (lead == "for" and item.tag_ == "VBG"):
            return reported_clause(item, token, doc, "charge", speech)
    return None


def _tells_when(clause: Token) -> bool:
    """ "announced on Friday, two days before she travels": when it was said, not what."""
    first = clause.left_edge.i
    words = [item.lower_ for item in clause.doc[first : first + 5] if not item.is_punct]
    return words[0] in ("before", "after") or (words[2:3] in (["before"], ["after"]) and words[1] != "the")


def _opens_going_on(clause: Token, verb: Token, speech: Speech) -> bool:
    """ "said, adding it will pay": the clause belongs to "adding" though the parser gave it to "said"."""
    first = clause.left_edge
    while first.is_punct and first.i < clause.i:
        first = first.nbor(1)
    return first.i > verb.i and first.i != clause.i and first.lower_ in speech.going_on and first.nbor(-1).text == ","


def is_infinitive(item: Token) -> bool:
    """Whether a verb stands behind "to"."""
    return any(word.dep_ == "mark" and word.lower_ == "to" for word in item.children) or (
        item.tag_ == "VB" and any(word.lower_ == "to" for word in item.children)
    )


def _called_on(token: Token) -> Token | None:
    for item in children(token, "obl"):
        if any(word.dep_ == "case" and word.lower_ in ("on", "upon", "for", "to") for word in item.children):
            return item
    return None


def _raised(cue: Cue, doc: Doc) -> Content | None:
    """ "The group is said to have fled": subject and infinitive together are what is said."""
    token = cue.token
    if cue.class_ not in ("say", "think", "know") or not is_passive(token):
        return None
    subject, verb = child(token, "nsubj:pass"), child(token, "xcomp")
    if subject is None or verb is None or not is_infinitive(verb) or subject.i > token.i:
        return None
    if subject.tag_ in ("WDT", "WP"):
        return None  # "a plant that is said to cost"
    if cue.verb is not None and cue.verb.addressee:
        return None
    pieces = [_span(subject, doc), _span(verb, doc)]
    return Content(tuple(piece for piece in pieces if piece[0] < piece[1]), verb, "raising")


def reported_clause(clause: Token, cue: Token, doc: Doc, frame: str, speech: Speech) -> Content | None:
    beside = [item.right_edge.i for item in cue.children if item.dep_ == clause.dep_ == "ccomp" and item.i > clause.i]
    first, last = _clause_start(clause, cue, speech), max([clause.right_edge.i, *beside])
    if first < cue.i < last:
        own = [item for item in cue.children if item.i != clause.i and not item.is_punct and first < item.left_edge.i]
        hole_first = min([cue.i, *(item.left_edge.i for item in own)])
        if doc[hole_first - 1].text not in _PARTING and not any(item.tag_ == "PRP" for item in own):
            return None
        hole_last = max([cue.i, *(item.right_edge.i for item in own if item.right_edge.i < last)])
        halves = [piece_of(doc, first, hole_first - 1), piece_of(doc, hole_last + 1, last)]
        pieces = without_loose_end(halves, clause, doc)
    else:
        pieces = [piece_of(doc, first, _before_going_on(clause, last, speech))]
    kept = tuple(piece for piece in pieces if piece[1] - piece[0] > 2 or (piece[0] < piece[1] and len(pieces) == 1))
    return Content(kept, clause, frame) if kept else None


def _clause_start(clause: Token, cue: Token, speech: Speech) -> int:
    """First token of a clause; what stands before its "that" belongs to the cue ("said yesterday that")."""
    mark = next((item for item in clause.children if item.dep_ == "mark" and item.lower_ == "that"), None)
    first = clause.left_edge.i
    if mark is not None and cue.i < first < mark.i:
        return mark.i
    for item in clause.children:
        if base(item) == "obl" and item.left_edge.i == cue.i + 1 and item.lemma_.lower() in speech.channels:
            return item.right_edge.i + 1  # "said in a letter he had paid": where it was said
    subject = next((item for item in cue.children if item.dep_ == "nsubj" and cue.i < item.left_edge.i), None)
    if subject is not None and subject.right_edge.i == first - 1 and not children(clause, "nsubj"):
        return subject.left_edge.i  # "noted the findings show": the subject of the clause, which the verb was given
    # "said although it rained, "we went"": the first half, which the parser gave to the verb of saying
    for item in cue.children:
        opens = item.dep_ == "advcl" and mark is None and item.left_edge.i == cue.i + 1 < item.i < first
        if opens and item.left_edge.lower_ in _CONDITIONS:
            return item.left_edge.i
    if first == cue.i + 1 and clause.doc[first].lower_ in _WEEK and first < clause.i:
        return first + 1
    return first


def _before_going_on(clause: Token, last: int, speech: Speech) -> int:
    """Last token of a clause before ", adding that ...", or ", with X saying ...", which is the next thing said."""
    for item in clause.subtree:
        reports = item.dep_ == "advcl" and item.i > clause.i and item.lower_ in speech.lemmas
        if reports and item.left_edge.lower_ == "with" and item.left_edge.nbor(-1).text == ",":
            return min(last, item.left_edge.i - 1)
        if item.tag_ == "VBG" and item.i > clause.i and host_of(item, speech) is not None:
            return min(last, item.left_edge.i - 1)
        if item.tag_ == "VBG" and item.dep_ == "conj" and item.head.i == clause.i and item.lower_ in speech.lemmas:
            return min(last, item.left_edge.i - 1)  # "demanding that he be freed and saying that"
    acts = [item for item in clause.children if item.dep_ == "conj"]
    if len(acts) == 1 and acts[0].tag_ == "VBD" and not children(acts[0], "nsubj", "aux", "mark"):
        before = acts[0].left_edge.nbor(-1) if acts[0].left_edge.i else acts[0]
        if before.text == "," and child(acts[0], "cc") is not None:
            return min(last, before.i - 1)  # "said the bid was low, and gave the firm a week": the second act is told
    return last


def _span(token: Token, doc: Doc) -> tuple[int, int]:
    return piece_of(doc, token.left_edge.i, token.right_edge.i)
