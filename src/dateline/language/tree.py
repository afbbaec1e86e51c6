"""Questions to a Universal Dependencies tree. Tokens in, tokens out; nothing here knows what an event is."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

# A conjunct does not pass these on to the noun or verb it is joined to.
_OUTSIDE_PHRASE = frozenset({"cc", "conj", "punct", "parataxis", "appos", "acl:relcl", "list", "discourse"})
# "accuse X of shelling", "blame X for starting", "stop X from entering", "talk X into leaving": X is the subject.
_OBJECT_CONTROL = frozenset({"of", "for", "from", "into"})
_NEGATORS = frozenset({"not", "n't", "never", "no", "neither", "nor", "nobody", "none", "nothing", "hardly"})


def base(token: Token) -> str:
    """The relation without its subtype: nsubj for nsubj:pass."""
    return token.dep_.partition(":")[0]


def children(token: Token, *relations: str) -> list[Token]:
    """Children by relation, in text order; "nsubj" also takes nsubj:pass, "obl:agent" only itself."""
    return [child for child in token.children if child.dep_ in relations or child.dep_.partition(":")[0] in relations]


def child(token: Token, *relations: str) -> Token | None:
    """The first child by relation, or None."""
    found = children(token, *relations)
    return found[0] if found else None


def first_conjunct(token: Token) -> Token:
    """The head of the coordination the token belongs to (itself when there is none)."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def conjuncts(token: Token) -> list[Token]:
    """The token and everything coordinated below it, in text order: "India, Nepal and China" from "India"."""
    found = [token]
    for child_ in token.children:
        if child_.dep_ == "conj":
            found.extend(conjuncts(child_))
    return sorted(found, key=lambda item: item.i)


def case_of(token: Token) -> str | None:
    """The adposition of a nominal in lower case, multiword ones joined ("according to"); None without one.

    A conjunct without one of its own has that of the first conjunct.
    """
    cases = [item for item in token.children if item.dep_ == "case" and item.lower_ not in ("'s", "’s", "'", "’")]
    if cases:
        words = [cases[0], *children(cases[0], "fixed")]
        if len(words) == 1:
            words = cases[:2] if len(cases) > 1 and cases[1].i == cases[0].i + 1 else words
        return " ".join(word.lower_ for word in words)
    if token.dep_ == "conj" and token.head.i != token.i:
        return case_of(token.head)
    return None


def is_passive(verb: Token) -> bool:
    """Whether the verb is passive: be or get before it, a passive subject, or a participle modifying a noun."""
    if any(item.dep_ in ("aux:pass", "nsubj:pass", "csubj:pass", "obl:agent") for item in verb.children):
        return True
    return verb.dep_ in ("acl", "advcl", "amod") and verb.tag_ == "VBN" and not children(verb, "aux", "nsubj")


def auxiliaries(verb: Token) -> list[Token]:
    """Auxiliary verbs of the clause; a conjunct without its own shares those of the first conjunct."""
    own = children(verb, "aux")
    if not own and verb.dep_ == "conj" and not children(verb, "nsubj", "expl", "mark") and verb.head.i != verb.i:
        return auxiliaries(verb.head)
    return own


def negations(token: Token) -> list[Token]:
    """Negating words attached to the token (not, never, no ...)."""
    return [
        item
        for item in token.children
        if item.dep_ in ("advmod", "det", "cc:preconj", "aux") and item.lower_ in _NEGATORS
    ]


def clause_of(token: Token) -> Token:
    """The predicate of the smallest clause that holds the token."""
    while token.head.i != token.i and base(token) not in (
        "root",
        "ccomp",
        "xcomp",
        "advcl",
        "acl",
        "csubj",
        "parataxis",
    ):
        if token.dep_ == "conj" and token.pos_ in ("VERB", "AUX"):
            return token
        token = token.head
    return token


def subjects(verb: Token) -> list[Token]:
    """Heads of the subject of a clause, coordination spread out; shared and controlled subjects followed.

    "X met Y and left" gives X for left; "X agreed to leave" X for leave (Y in "X told Y to leave"); "fighters who fled"
    fighters for fled; "police, firing shots" police for firing. Passive subjects are returned as they stand.
    """
    seen: set[int] = set()
    while verb.i not in seen:
        seen.add(verb.i)
        own = [item for item in verb.children if item.dep_ in ("nsubj", "nsubj:pass", "nsubj:outer")]
        if own:
            subject = own[-1] if own[-1].dep_ != "nsubj:outer" or len(own) == 1 else own[0]
            if subject.tag_ in ("WDT", "WP") and base(verb) == "acl" and verb.head.i != verb.i:
                return conjuncts(verb.head) if verb.head.i < verb.i else []
            return conjuncts(subject)
        if verb.dep_ == "conj":
            misread = _subject_after_preposition(verb)
            if misread is not None:
                return conjuncts(misread)
            verb = verb.head
        elif verb.dep_ == "xcomp":
            controller = child(verb.head, "obj", "iobj")
            if controller is not None and controller.i < verb.i:
                return conjuncts(controller)
            verb = verb.head
        elif (verb.dep_ == "acl:relcl" and verb.head.i < verb.i and not _has_gap_elsewhere(verb)) or (
            verb.dep_ == "acl" and verb.tag_ in ("VBG", "VBN")
        ):
            return conjuncts(verb.head)
        elif verb.dep_ == "advcl" and verb.tag_ in ("VBG", "VBN", "VB"):
            controller = child(verb.head, "obj") if verb.tag_ == "VBG" and _marker(verb) in _OBJECT_CONTROL else None
            if controller is not None:
                return conjuncts(controller)
            if is_passive(verb.head) and verb.tag_ == "VBG" and _marker(verb) in _OBJECT_CONTROL:
                return _passive_subjects(verb.head)
            verb = verb.head
        else:
            return []
    return []


def _subject_after_preposition(verb: Token) -> Token | None:
    """The subject in "a day after a bomb killed six", which parsers like to read as a noun after a preposition.

    A verb joined without "and" or a comma, directly behind a noun with such a preposition, has that noun for subject.
    """
    if verb.i == 0 or child(verb, "cc") is not None:
        return None
    left = verb.nbor(-1)
    if base(left) in ("nmod", "obl") and case_of(left) in ("after", "before", "since", "until"):
        return left
    return None


def _marker(verb: Token) -> str:
    found = child(verb, "mark")
    return found.lower_ if found is not None else ""


def _passive_subjects(verb: Token) -> list[Token]:
    own = children(verb, "nsubj")
    return conjuncts(own[0]) if own else []


def _has_gap_elsewhere(verb: Token) -> bool:
    """Whether a relative clause without subject word still has its relative word in another place."""
    return any(item.tag_ in ("WDT", "WP", "WRB") for item in verb.subtree if item.i < verb.i)


def phrase(token: Token) -> tuple[int, int]:
    """Character span of the noun phrase headed by the token: modifiers in, conjuncts, relative clauses and
    appositions out, leading adposition out."""
    first, last = token, token
    for child_ in token.children:
        if child_.dep_ in _OUTSIDE_PHRASE or child_.dep_ == "case":
            continue
        if child_.i < token.i:
            left = child_.left_edge
            first = left if left.i < first.i else first
        else:
            right = _right_end(child_)
            last = right if right.i > last.i else last
    return first.idx, last.idx + len(last)


def _right_end(token: Token) -> Token:
    edge = token.right_edge
    while edge.i > token.i and (edge.is_space or edge.is_punct):
        edge = edge.nbor(-1)
    return edge


def descendants(token: Token, *barriers: str) -> Iterator[Token]:
    """The token and those below it; children whose relation (with or without subtype) is a barrier are not entered."""
    yield token
    for child_ in token.children:
        if child_.dep_ not in barriers and base(child_) not in barriers:
            yield from descendants(child_, *barriers)


def trimmed_span(first: Token, last: Token) -> tuple[int, int]:
    """Character span from first to last token without outer space tokens."""
    while first.is_space and first.i < last.i:
        first = first.nbor(1)
    while last.is_space and last.i > first.i:
        last = last.nbor(-1)
    return first.idx, last.idx + len(last)
