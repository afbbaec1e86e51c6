"""What a cue reports: the clause that hangs on it, as characters of the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.extract.statement_cues import as_clause, goes_on_apart, host_of
from dateline.language.tree import base, child, children, is_passive

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dateline.extract.statement_cues import Cue
    from dateline.lexicon.speech import Speech

_TRIM = " \t\n\r\u00a0,;:.—–-"
_WEEK = frozenset(
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "today", "tonight")
)
_PARTING = frozenset({",", '"', "“", "”", "’", "'", "»", "—", "–", "-", "--", "``", "''", "(", "!", "?"})
_QUOTE_MARKS = frozenset({'"', "“", "‘", "'", "«", "„", "``", "」", "「"})


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


def find_content(cue: Cue, doc: Doc, speech: Speech) -> Content | None:
    """The reported clause of a cue by the tree; None where it has none (a quotation may still stand beside it)."""
    if cue.form == "according":
        return _around_phrase(cue, doc)
    if cue.form == "noun":
        return _noun_clause(cue, doc, speech)
    if cue.form == "adjective":
        clause = child(cue.token, "ccomp")
        if clause is None or not _is_finite(clause) or cue.token.head.lemma_ == "make":
            return None
        if not (child(cue.token, "cop") or cue.token.dep_ in ("xcomp", "amod", "advcl", "acl")):
            return None
        return _clause(clause, cue.token, doc, "clause", speech)
    return _verb_content(cue, doc, speech)


def _verb_content(cue: Cue, doc: Doc, speech: Speech) -> Content | None:
    token, verb = cue.token, cue.verb
    frames = verb.frames if verb is not None else {}
    clause = _clause_child(token, speech)
    if clause is not None and ("clause" in frames or "quote" in frames):
        if clause.tag_ == "VBG" and not children(clause, "nsubj", "aux", "cop") and "gerund" not in frames:
            return None
        if _is_finite(clause) or _has_quote_before(clause):
            return _clause(clause, token, doc, "clause" if "clause" in frames else "quote", speech)
    if "raising" in frames or "infinitive" in frames:
        raised = _raised(cue, doc)
        if raised is not None:
            return raised
    if "infinitive" in frames or (token.lower_.startswith(("call", "appeal")) and _called_on(token) is not None):
        for item in token.children:
            if item.dep_ in ("xcomp", "advcl", "ccomp") and item.i > token.i and _is_infinitive(item):
                if item.lower_ in ("named", "identified", "quoted") or any(
                    word.lower_ == "anonymous" for word in item.subtree
                ):
                    return None
                if item.dep_ == "xcomp" or token.lower_.startswith(("call", "appeal")):
                    return _clause(item, token, doc, "infinitive", speech)
    if "gerund" in frames:
        for item in token.children:
            if item.lower_ in speech.going_on:
                continue
            if item.dep_ in ("xcomp", "ccomp", "advcl") and item.tag_ == "VBG" and item.i > token.i:
                return _clause(item, token, doc, "gerund", speech)
    if "clause" in frames or "quote" in frames:
        if cue.class_ in ("know", "show", "judge") or (
            cue.class_ == "think" and token.lower_ not in speech.parenthetic
        ):
            return None
        if as_clause(token):
            return _around(token, token.head, doc)
        if token.dep_ == "parataxis" and token.head.i != token.i and _is_set_in(token):
            return _around(token, token.head, doc)
    if goes_on_apart(token, speech):
        start, end = _trim(doc, token.i + 1, token.head.right_edge.i)
        return Content(((start, end),), token.head, "clause") if start < end else None
    if "charge" in frames:
        return _charge(token, doc, speech)
    if "object" in frames:
        thing = child(token, "obj")
        if thing is not None and (thing.lower_ in speech.denied or thing.lemma_ in speech.denied):
            return _clause(thing, token, doc, "object", speech)
    return None


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
    if own:
        after = [item for item in own if item.i > token.i]
        return after[0] if after else own[-1]
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
    if _is_infinitive(clause) and not children(clause, "nsubj"):
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
            return _clause(item, token, doc, "charge", speech)
    return None


def _opens_going_on(clause: Token, verb: Token, speech: Speech) -> bool:
    """ "said, adding it will pay": the clause belongs to "adding" though the parser gave it to "said"."""
    first = clause.left_edge
    while first.is_punct and first.i < clause.i:
        first = first.nbor(1)
    return first.i > verb.i and first.i != clause.i and first.lower_ in speech.going_on and first.nbor(-1).text == ","


def _is_infinitive(item: Token) -> bool:
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
    if subject is None or verb is None or not _is_infinitive(verb) or subject.i > token.i:
        return None
    if cue.verb is not None and cue.verb.addressee:
        return None
    pieces = [_span(subject, doc), _span(verb, doc)]
    return Content(tuple(piece for piece in pieces if piece[0] < piece[1]), verb, "raising")


def _clause(clause: Token, cue: Token, doc: Doc, frame: str, speech: Speech) -> Content | None:
    beside = [item.right_edge.i for item in cue.children if item.dep_ == clause.dep_ == "ccomp" and item.i > clause.i]
    first, last = _clause_start(clause, cue), max([clause.right_edge.i, *beside])
    if first < cue.i < last:
        own = [item for item in cue.children if item.i != clause.i and not item.is_punct and first < item.left_edge.i]
        hole_first = min([cue.i, *(item.left_edge.i for item in own)])
        if doc[hole_first - 1].text not in _PARTING and not any(item.tag_ == "PRP" for item in own):
            return None
        hole_last = max([cue.i, *(item.right_edge.i for item in own if item.right_edge.i < last)])
        halves = [_trim(doc, first, hole_first - 1), _trim(doc, hole_last + 1, last)]
        pieces = _without_loose_end(halves, clause, doc)
    else:
        pieces = [_trim(doc, first, _before_going_on(clause, last, speech))]
    kept = tuple(piece for piece in pieces if piece[1] - piece[0] > 2 or (piece[0] < piece[1] and len(pieces) == 1))
    return Content(kept, clause, frame) if kept else None


def _clause_start(clause: Token, cue: Token) -> int:
    """First token of a clause; what stands before its "that" belongs to the cue ("said yesterday that")."""
    mark = next((item for item in clause.children if item.dep_ == "mark" and item.lower_ == "that"), None)
    first = clause.left_edge.i
    if mark is not None and cue.i < first < mark.i:
        return mark.i
    if first == cue.i + 1 and clause.doc[first].lower_ in _WEEK and first < clause.i:
        return first + 1
    return first


def _before_going_on(clause: Token, last: int, speech: Speech) -> int:
    """Last token of a clause before ", adding that ...", which is the next thing said."""
    for item in clause.subtree:
        if item.tag_ == "VBG" and item.i > clause.i and host_of(item, speech) is not None:
            return min(last, item.left_edge.i - 1)
    return last


def _around(cue: Token, clause: Token, doc: Doc) -> Content | None:
    """The clause that a cue is set into: "Rebels, he said, had left", "The talks failed, he said"."""
    first, last = clause.left_edge.i, clause.right_edge.i
    left, right = cue.left_edge.i, cue.right_edge.i
    if not first <= left <= right <= last:
        return None
    sentence = cue.sent
    first, last = max(first, sentence.start), min(last, sentence.end - 1)
    pieces = [_trim(doc, first, left - 1), _trim(doc, right + 1, last)]
    pieces = _without_loose_end(pieces, clause, doc)
    kept = tuple(
        piece for piece in pieces if piece[0] < piece[1] and any(sign.isalnum() for sign in cut_out(doc, *piece))
    )
    return Content(kept, clause, "around") if kept else None


def _without_loose_end(pieces: list[tuple[int, int]], clause: Token, doc: Doc) -> list[tuple[int, int]]:
    """Drops what stands behind a closing "he said" without a verb of its own ("on Friday", "ending his visit")."""
    if len(pieces) != 2 or not pieces[0][0] <= clause.idx < pieces[0][1]:
        return pieces
    behind = doc.char_span(*pieces[1], alignment_mode="expand") if pieces[1][0] < pieces[1][1] else None
    if behind is None or not any(token.tag_ in ("VBD", "VBZ", "VBP", "MD") for token in behind):
        return pieces[:1]
    return pieces


def _around_phrase(cue: Cue, doc: Doc) -> Content | None:
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
        pieces = [_trim(doc, right + 1, last)]
    elif closes:
        pieces = [_trim(doc, first, left - 1)]
    else:
        pieces = [_trim(doc, first, left - 1), _trim(doc, right + 1, last)]
    kept = tuple(
        piece for piece in pieces if piece[0] < piece[1] and any(sign.isalnum() for sign in cut_out(doc, *piece))
    )
    return Content(kept, clause, "around") if kept else None


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
        if item.text in ("(", "[", ";", ":") or (
            item.dep_ == "conj" and item.pos_ in ("VERB", "AUX") and item.head.i == source.i
        ):
            last = min(last, item.i - 1)
            break
    while last > source.i and doc_is_edge(source.doc[last]):
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


def _noun_clause(cue: Cue, doc: Doc, speech: Speech) -> Content | None:
    for item in cue.token.children:
        if (
            item.dep_ in ("acl", "ccomp")
            and item.i > cue.token.i
            and any(word.dep_ == "mark" and word.lower_ == "that" for word in item.children)
        ):
            return _clause(item, cue.token, doc, "clause", speech)
    return None


def _span(token: Token, doc: Doc) -> tuple[int, int]:
    return _trim(doc, token.left_edge.i, token.right_edge.i)


def _trim(doc: Doc, first: int, last: int) -> tuple[int, int]:
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
