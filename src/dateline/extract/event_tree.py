"""The arguments of a predicate in the tree: who acts, upon whom, and what hangs on it by which preposition."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dateline.language import tree

CLAUSE_RELATIONS = frozenset({"ccomp", "xcomp", "advcl", "acl", "csubj", "parataxis"})
_PASSIVE_PARTS = frozenset({"aux:pass", "nsubj:pass", "csubj:pass", "obl:agent"})
# Complex prepositions that mean the same as a plain one.
_PLAIN = {
    "out of": "from",
    "away from": "from",
    "because of": "over",
    "in front of": "at",
    "outside of": "outside",
    "inside of": "inside",
    "on to": "onto",
    "along with": "with",
    "together with": "with",
    "as of": "since",
}
_RELATIVE_TAGS = frozenset({"WDT", "WP"})
_ATTRIBUTES = frozenset({"nmod:poss", "compound", "amod", "nmod:desc", "appos"})


def passive(verb: Token) -> bool:
    """Whether the verb is passive, also as a conjunct of a passive or as a reduced participle."""
    if verb.tag_ not in ("VBN", "VBD", "VB", "VBG", "VBP"):
        return False
    relations = {item.dep_ for item in verb.children}
    if _late_object(verb) is not None:
        return False
    if relations & _PASSIVE_PARTS:
        return not _looks_passive_only(verb, relations)
    if verb.tag_ != "VBN" or "obj" in relations:
        return False
    if _borrowed_subject(verb) is not None:
        return False
    if tree.base(verb) in ("acl", "amod") and "nsubj" not in relations and "aux" not in relations:
        return True
    if verb.dep_ == "conj" and not relations & {"nsubj", "aux"} and verb.head.i != verb.i:
        return verb.head.pos_ in ("VERB", "AUX") and passive(verb.head)
    return verb.dep_ in ("advcl", "xcomp", "dep", "ccomp") and not relations & {"nsubj", "aux"}


def _late_object(verb: Token) -> Token | None:
    """An object behind a verb that was taken for a passive subject ("Peru extradited suspect Li Ro, it said")."""
    late = [item for item in verb.children if item.dep_ == "nsubj:pass" and item.i > verb.i]
    if not late or any(item.dep_ == "aux:pass" for item in verb.children):
        return None
    return late[0] if any(item.dep_ == "nsubj" and item.i < verb.i for item in verb.children) else None


def _looks_passive_only(verb: Token, relations: set[str]) -> bool:
    """A past tense taken for a participle: no be or get, no agent, in a full sentence (headlines drop be)."""
    if relations & {"aux:pass", "obl:agent"} or tree.base(verb) in ("acl", "amod", "advcl", "conj"):
        return False
    return verb.text.endswith(("ed", "t")) and "nsubj:pass" in relations and verb.sent[-1].text == "."


def _borrowed_subject(verb: Token) -> Token | None:
    """The subject of a reported clause that was given to the speech verb behind it ("Thousands marched, he said")."""
    if verb.dep_ != "ccomp" or verb.head.i < verb.i or _has_subject(verb):
        return None
    outer = [item for item in verb.head.children if item.dep_ == "nsubj"]
    return outer[0] if len(outer) > 1 and outer[0].i < verb.i < outer[1].i else None


def agents(verb: Token) -> list[Token]:
    """Heads of those who act: the subject, or the by-phrase of a passive."""
    if not passive(verb):
        borrowed = _borrowed_subject(verb)
        if borrowed is not None:
            return tree.conjuncts(borrowed)
        verb = _finite_above(verb)
        first = [item for item in verb.children if item.dep_ == "nsubj" and item.i < verb.i]
        if first and any(item.dep_ == "nsubj" and item.i > verb.i for item in verb.children):
            return [_antecedent(item) for item in tree.conjuncts(first[0])]
        return [_antecedent(item) for item in tree.subjects(verb)]
    for item in verb.children:
        if item.dep_ == "obl:agent":
            return tree.conjuncts(item)
    for item in verb.children:
        if item.dep_ == "obl" and tree.case_of(item) == "by":
            return tree.conjuncts(item)
    if verb.dep_ == "conj" and verb.head.i != verb.i and passive(verb.head) and not _has_subject(verb):
        return agents(verb.head)
    return _late_agent(verb)


def _finite_above(verb: Token) -> Token:
    """For a participle behind a comma the clause whose subject it shares: the finite one, not an infinitive in between.

    "X urged Y to accept a plan, vowing to stay": X vows.
    """
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or verb.head.i >= verb.i or not verb.nbor(-1).is_punct:
        return verb
    head, found = verb.head, verb
    while head.dep_ in ("xcomp", "acl", "advcl", "ccomp") and head.tag_ == "VB" and head.head.i != head.i:
        if any(item.dep_ == "nsubj" and not _is_for(head, item) for item in head.children):
            return found
        head = head.head
        found = head
    if found.pos_ in ("NOUN", "PROPN"):
        found = tree.clause_of(found)
    return found


def _is_for(clause: Token, subject: Token) -> bool:
    return any(item.dep_ == "mark" and item.lower_ == "for" and item.i < subject.i for item in clause.children)


def _late_agent(verb: Token) -> list[Token]:
    """A by-phrase that the parser hung lower down ("was accused of killing civilians by the army")."""
    for item in verb.children:
        if item.dep_ in ("advcl", "xcomp", "ccomp") and item.i > verb.i:
            for below in item.children:
                if below.dep_ in ("obl", "obl:agent") and tree.case_of(below) == "by" and not passive(item):
                    return tree.conjuncts(below)
        if item.dep_ in ("obl", "obj", "obl:unmarked"):
            for below in item.children:
                if below.dep_ == "nmod" and tree.case_of(below) == "by":
                    return tree.conjuncts(below)
    return []


def objects(verb: Token) -> list[Token]:
    """Heads of the direct object: of a passive its subject, of a reduced participle the noun it modifies."""
    if passive(verb):
        own = tree.children(verb, "obj")
        if own:
            return [_antecedent(item) for head in own for item in tree.conjuncts(head)]
        return [_antecedent(item) for item in tree.subjects(verb)]
    own = [item for item in verb.children if item.dep_ == "obj"]
    behind = _late_object(verb)
    if not own and behind is not None:
        own = [behind]
    if own and all(tree.case_of(item) == "of" for item in own):
        # "accused Peru of amassing tanks" read as if the tanks were accused
        own = [item for item in verb.children if item.dep_ == "iobj"] or own
    if own:
        return [_antecedent(item) for head in own for item in tree.conjuncts(head)]
    for item in verb.children:
        if item.dep_ == "conj" and item.i > verb.i and not _has_subject(item) and not _complements(verb):
            shared = [below for below in item.children if below.dep_ == "obj"]
            if shared and item.pos_ == "VERB" and item.i - verb.i <= 3:
                return [part for head in shared for part in tree.conjuncts(head)]
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not _complements(verb):
        shared = [below for below in verb.head.children if below.dep_ == "obj" and below.i > verb.i]
        if shared:
            return [part for head in shared for part in tree.conjuncts(head)]
    for item in verb.children:
        if item.dep_ in ("ccomp", "xcomp") and item.tag_ == "VB" and complement_kind(item) == "to":
            raised = [below for below in item.children if below.dep_ == "nsubj" and verb.i < below.i < item.i]
            if raised:
                return [part for head in raised for part in tree.conjuncts(head)]
    given = [item for item in verb.children if item.dep_ == "iobj"]
    if given:
        return [part for head in given for part in tree.conjuncts(head)]
    late = [item for item in verb.children if item.dep_ in ("nsubj", "nsubj:pass") and item.i > verb.i]
    if late and any(item.dep_ == "nsubj" and item.i < verb.i for item in verb.children):
        return [part for head in late for part in tree.conjuncts(head)]
    if verb.dep_ == "acl:relcl" and _has_subject(verb) and not _complements(verb) and not _relative_word(verb):
        return [verb.head]
    return []


def relative_word(verb: Token) -> str:
    """The relative pronoun that is the subject of a relative clause ("which"), empty without one."""
    for item in verb.children:
        if item.dep_ in ("nsubj", "nsubj:pass") and item.tag_ in _RELATIVE_TAGS:
            return str(item.lower_)
    return ""


def _relative_word(verb: Token) -> bool:
    return any(item.tag_ in ("WDT", "WP", "WRB") for item in verb.subtree if item.i < verb.i)


def _complements(verb: Token) -> bool:
    return any(item.dep_ in ("ccomp", "xcomp", "obl") for item in verb.children)


def _has_subject(verb: Token) -> bool:
    return any(item.dep_ in ("nsubj", "nsubj:pass") for item in verb.children)


def _antecedent(token: Token) -> Token:
    """The noun that a relative word stands for, the token itself otherwise."""
    if token.tag_ in _RELATIVE_TAGS:
        head = token.head
        for _ in range(4):
            if head.dep_ == "acl:relcl" and head.head.i < head.i:
                return head.head
            if head.head.i == head.i:
                break
            head = head.head
    return token


def indirect(verb: Token) -> list[Token]:
    """Heads of the indirect object."""
    return [part for item in verb.children if item.dep_ == "iobj" for part in tree.conjuncts(item)]


def by_preposition(token: Token) -> Iterator[tuple[str, Token]]:
    """(preposition, head) of each prepositional phrase on the token; conjuncts come with their first preposition."""
    for item in token.children:
        if item.dep_ in ("advcl", "ccomp", "xcomp") and any(
            below.dep_ == "mark" and below.lower_ == "for" for below in item.children
        ):
            for below in item.children:
                if below.dep_ == "nsubj":
                    yield from (("for", part) for part in tree.conjuncts(below))
        if item.dep_ in ("obl", "nmod", "obl:agent", "obl:unmarked", "obj", "advmod", "advcl", "acl", "xcomp") or (
            item.dep_ == "dep" and item.pos_ in ("NOUN", "PROPN")
        ):
            if item.dep_ in ("advcl", "acl", "xcomp", "advmod") and item.pos_ not in ("NOUN", "PROPN", "PRON", "NUM"):
                continue
            case = tree.case_of(item)
            if case is None:
                continue
            for part in tree.conjuncts(item):
                own = tree.case_of(part) or case
                yield _PLAIN.get(own, own), _antecedent(part)


def clauses(token: Token) -> list[Token]:
    """Predicates of the clauses embedded below a verb, noun or adjective as its content, coordination spread out."""
    found: list[Token] = []
    for item in token.children:
        if item.dep_ in ("ccomp", "xcomp") or (item.dep_ in ("acl", "advcl") and is_content(token, item)):
            found.extend(part for part in tree.conjuncts(item) if part.dep_ != "conj" or part.pos_ in ("VERB", "ADJ"))
    return found


def said_clause(token: Token) -> Token | None:
    """The clause that a verb set behind it comments on: "failing" of "X is failing Y, a group protested"."""
    return token.head if token.dep_ == "parataxis" and token.head.i < token.i and token.head.pos_ == "VERB" else None


def is_content(token: Token, clause: Token) -> bool:
    """A clause called a modifier that says what the word is about ("plan to leave", "accused of lying")."""
    if clause.i < token.i:
        return False
    mark = tree.child(clause, "mark")
    if clause.dep_ == "acl":
        return token.pos_ in ("NOUN", "PROPN") and mark is not None
    if mark is None:
        return clause.tag_ == "VBG" and clause.i - token.i <= 2 and not token.doc[clause.i - 1].is_punct
    if any(item.tag_ == "WRB" for item in clause.children):
        return False
    return mark.lower_ in (
        "of",
        "for",
        "with",
        "from",
        "against",
        "to",
        "on",
        "in",
        "that",
        "into",
        "about",
        "over",
        "at",
    )


def complement_kind(clause: Token) -> str:
    """How a content clause is built: "to", "that" or "ing"."""
    marks = [
        item.lower_ for item in clause.children if item.dep_ == "mark" or (item.tag_ == "TO" and item.i < clause.i)
    ]
    if clause.tag_ == "VBG" and not any(item.dep_ in ("aux", "nsubj") for item in clause.children):
        return "ing"
    if "to" in marks or any(item.tag_ == "TO" for item in clause.children if item.i < clause.i):
        return "to"
    return "that"


def is_wish(clause: Token) -> bool:
    """Whether a finite content clause says what should be, not what is: a bare verb form, must or should.

    "demanded that Peru withdraw", "insisted that Peru must withdraw"; not "insisted that Peru had withdrawn".
    """
    if complement_kind(clause) != "that":
        return False
    helpers = [item for item in clause.children if item.dep_ in ("aux", "aux:pass", "cop")]
    words = {item.lower_ for item in helpers}
    if words & {"must", "should"} or ("be" in words and not words & {"will", "would", "can", "could", "may", "might"}):
        return True
    if helpers or clause.lower_ != clause.lemma_.lower():
        return False
    # "demanded that Peru withdraw" parses as a present tense; "insisted that they have a right" is one.
    singular = any(item.dep_ == "nsubj" and item.tag_ in ("NN", "NNP") for item in clause.children)
    return clause.tag_ == "VB" or (clause.tag_ == "VBP" and singular)


def attributes(noun: Token) -> list[Token]:
    """Possessives, adjectives and compounds of a noun, coordination spread out: whose or by whom it is.

    "Israeli" of "Israeli airstrikes", "Russia" of "Russia's invasion", both sides of "U.S. and Russian raids".
    """
    found: list[Token] = []
    for item in noun.children:
        if item.dep_ in _ATTRIBUTES and item.dep_ != "appos":
            found.extend(tree.conjuncts(item))
            if item.dep_ != "nmod:poss":
                found.extend(
                    below
                    for below in item.children
                    if below.dep_ in ("compound", "amod", "nmod:poss", "obl:unmarked", "obl:npmod")
                )
    return found


def governing(token: Token) -> tuple[Token, str] | None:
    """The word that a noun hangs on and how: ("subject" | "object" | a preposition | "attribute"); None at a root."""
    first = tree.first_conjunct(token)
    if first.pos_ in ("VERB", "AUX") and token.pos_ in ("NOUN", "PROPN"):
        first = token
    head = first.head
    if head.i == first.i:
        return None
    relation = first.dep_
    if relation in ("nsubj", "nsubj:outer"):
        return head, "subject"
    if relation == "nsubj:pass":
        return head, "object"
    if relation in ("obj", "iobj"):
        return head, "object"
    if relation in ("obl:agent",):
        return head, "by"
    if relation in ("obl", "nmod", "acl", "advcl", "xcomp", "ccomp"):
        return head, tree.case_of(first) or ("object" if relation in ("xcomp", "ccomp") else "")
    return head, "attribute"
