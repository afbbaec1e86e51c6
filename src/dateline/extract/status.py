"""Whether an act happened: happened, ongoing, planned, possible, denied or demanded, told by the words around it.

The act is read together with every word above it in the tree: "X agreed to visit" is planned, "X denied that it had
agreed to visit" denied. The words are in `lexicon/data/status`.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from dateline.extract import event_tree
from dateline.extract.status_clause import (
    HAPPENED,
    Outlook,
    by_tense,
    is_hedged,
    is_negated,
    mark_word,
    no_subject,
    own_words,
)
from dateline.language import tree
from dateline.lexicon.status import Effect, Governor, StatusWords
from dateline.records.claims import Status

_DEEPEST = 12
# What is said with these of an act leaves no doubt that it took place: "his resignation will become an example".
_PRESUPPOSING = frozenset(
    {
        "condemn",
        "criticise",
        "criticize",
        "become",
        "show",
        "prove",
        "demonstrate",
        "serve",
        "haunt",
        "remain",
        "explain",
    }
)
_FACTS_IN_TIME = frozenset({"after", "since", "when", "while", "as", "once", "before", "because", "although", "though"})


def outlook(act: Token, words: StatusWords, given: dict[int, Status] | None = None) -> Outlook:
    """The outlook of the act named by this token.

    Args:
        given: statuses that lexicon rules prescribe for what stands below a token (index of the governing token).
    """
    return _outlook(act, words, given or {}, 0)


def _outlook(act: Token, words: StatusWords, given: dict[int, Status], depth: int) -> Outlook:
    if depth > _DEEPEST:
        return HAPPENED
    if act.pos_ in ("NOUN", "PROPN", "NUM", "PRON") and not _is_predicate(act):
        return _noun(act, words, given, depth)
    return _clause(act, words, given, depth)


def _is_predicate(token: Token) -> bool:
    return any(item.dep_ == "cop" for item in token.children)


# ---------------------------------------------------------------- clauses


def _clause(verb: Token, words: StatusWords, given: dict[int, Status], depth: int) -> Outlook:
    own = own_words(verb, words)
    hedged = is_hedged(verb, words)
    if own is not None and own.why in ("be-to", "going-to", "have-to", "question"):
        return replace(own, hedged=own.hedged or hedged)
    above = _above(verb, words, given, depth)
    if own is None:
        found = above if above is not None else by_tense(verb)
    elif above is None:
        found = own
    else:
        found = _combined(above, own)
    return replace(found, hedged=found.hedged or hedged) if hedged else found


# ---------------------------------------------------------------- what stands above


def _above(verb: Token, words: StatusWords, given: dict[int, Status], depth: int) -> Outlook | None:
    """What the words above a clause say about it; None where its own tense decides."""
    relation = tree.base(verb)
    head = verb.head
    if head.i == verb.i:
        return None
    if relation == "conj":
        if _independent(verb):
            return _above(head, words, given, depth + 1) if head.pos_ in ("VERB", "AUX", "ADJ") else None
        if head.pos_ in ("VERB", "AUX", "ADJ"):
            shared = None if is_negated(verb) else _shared_words(verb, head, words)
            above = _above(head, words, given, depth + 1)
            if shared is None:
                return above
            return _combined(above, shared) if above is not None else shared
        return None
    if relation == "ccomp" and _asks_who(verb):
        return None
    if relation in ("ccomp", "xcomp", "csubj") or (relation in ("acl", "advcl") and event_tree.is_content(head, verb)):
        kind = event_tree.complement_kind(verb)
        found = _governed(verb, head, kind, mark_word(verb), words, given, depth)
        if found is not None or relation != "advcl":
            return found
    if relation == "advcl":
        return _adverbial(verb, words, given, depth)
    if verb.dep_ == "acl" and verb.tag_ in ("VBG", "VBN") and head.pos_ in ("NOUN", "PROPN"):
        if mark_word(verb) == "from" and head.dep_ == "obj":
            return _governed(verb, head.head, "ing", "from", words, given, depth)
        return None
    if verb.dep_ == "acl:relcl" and verb.tag_ in ("VB", "VBP") and _governor(head, "that", "", words) is not None:
        return _governed(verb, head, "that", "", words, given, depth)
    if verb.dep_ == "acl" and event_tree.complement_kind(verb) == "to":
        return Outlook("planned", "purpose", firm=False)
    return None


def _asks_who(verb: Token) -> bool:
    """Whether a clause asks by whom an accomplished act was done ("investigate who shot him")."""
    if verb.tag_ not in ("VBD", "VBN"):
        return False
    return any(item.dep_ in ("nsubj", "nsubj:pass") and item.tag_ == "WP" for item in verb.children)


def _independent(verb: Token) -> bool:
    return any(item.dep_ in ("aux", "nsubj", "nsubj:pass") for item in verb.children) or verb.tag_ in ("VBD", "VBZ")


def _shared_words(verb: Token, head: Token, words: StatusWords) -> Outlook | None:
    if verb.tag_ in ("VBD", "VBZ") and head.tag_ not in ("VBD", "VBZ"):
        return None
    own = own_words(head, words)
    if (
        own is not None
        and own.why == "negation"
        and not any(item.dep_ == "cc" and item.lower_ in ("or", "nor") for item in verb.children)
    ):
        return None
    return own


def _adverbial(verb: Token, words: StatusWords, given: dict[int, Status], depth: int) -> Outlook | None:
    mark = mark_word(verb)
    if words.marks.get(mark) == "possible":
        return Outlook("possible", "if-clause")
    if mark in _FACTS_IN_TIME or mark == "that":
        if mark == "before" and verb.tag_ in ("VBD", "VBZ"):
            return None
        if mark == "before" or (mark in ("when", "once") and verb.tag_ in ("VBZ", "VBP")):
            main = _outlook(verb.head, words, given, depth + 1)
            return main if main.status in ("planned", "possible", "demanded") else None
        return None
    if event_tree.complement_kind(verb) == "to" and verb.tag_ == "VB":
        main = _outlook(verb.head, words, given, depth + 1)
        return Outlook("possible" if main.status == "possible" else "planned", "purpose", firm=False)
    if mark in ("without", "instead"):
        return Outlook("denied", "without")
    if verb.tag_ in ("VBG", "VBN") and mark in ("", "by", "while", "in"):
        return _outlook(verb.head, words, given, depth + 1) if no_subject(verb) and not tree.auxiliaries(verb) else None
    return None


def _governed(
    act: Token, head: Token, kind: str, preposition: str, words: StatusWords, given: dict[int, Status], depth: int
) -> Outlook | None:
    """The effect of a governing word on the act below it, together with the governor's own outlook."""
    governor = _governor(head, kind, preposition, words)
    prescribed = given.get(head.i)
    if prescribed is None and governor is None:
        return _ungoverned(head, kind, words, given, depth)
    over = _outlook(head, words, given, depth + 1)
    effect: Effect
    flipped: Effect
    if prescribed is not None:
        effect, why = prescribed, "rule" if governor is None else f"governor:{governor.id}"
        flipped = _flip(prescribed) if governor is None else governor.negated
    elif governor is not None:
        effect, flipped, why = governor.effect, governor.negated, f"governor:{governor.id}"
    else:
        return None
    if effect == "demanded" and kind == "to" and _wants_for_itself(head):
        effect = "possible"
    if governor is not None and governor.id == "stop" and over.status != "happened":
        return Outlook("ongoing", why)  # "unless it stops shelling": it is shelling now
    if effect == "as-is" and kind == "that" and over.status == "happened":
        return None  # "there are reports that villagers are being held": the clause's own tense decides
    if effect == "as-is" or (effect == "ongoing" and over.status not in ("happened", "ongoing")):
        return over
    if over.status == "denied" and over.why != "counterfactual":
        return Outlook(_as_status(flipped, over), why, firm=False)
    if over.status == "possible" and over.why != "tense":
        return Outlook("possible", why, firm=False)
    if over.status == "demanded" and effect in ("planned", "happened"):
        return Outlook("demanded", why)
    return Outlook(_as_status(effect, over), why, hedged=over.hedged)


def _wants_for_itself(head: Token) -> bool:
    """Whether nobody is asked: "Syria wants to talk" beside "Syria wants Iran to talk"."""
    if head.pos_ != "VERB" or event_tree.passive(head) or event_tree.objects(head):
        return False
    return not any(case in ("on", "upon", "to", "for", "with") for case, _ in event_tree.by_preposition(head))


def _ungoverned(head: Token, kind: str, words: StatusWords, given: dict[int, Status], depth: int) -> Outlook | None:
    """Below a word that the lexicon does not know: a finite clause stands by itself, an infinitive is open."""
    if kind == "that":
        return None
    if kind == "to":
        if head.pos_ in ("NOUN", "PROPN", "ADJ"):
            return Outlook("planned", "purpose", firm=False)
        return Outlook("planned", "infinitive", firm=False)
    over = _outlook(head, words, given, depth + 1)
    return over if over.status != "happened" else None


def _as_status(effect: str, over: Outlook) -> Status:
    if effect == "as-is":
        return over.status
    for status in ("happened", "ongoing", "planned", "possible", "denied", "demanded"):
        if effect == status:
            return status
    raise ValueError(f"no status: {effect}")


def _flip(effect: Status) -> Effect:
    """What a lexicon rule's status becomes where the rule's word is negated."""
    if effect == "denied":
        return "happened"
    return "denied" if effect in ("planned", "happened", "ongoing") else "possible"


def _governor(head: Token, kind: str, preposition: str, words: StatusWords) -> Governor | None:
    pos = "verb" if head.pos_ in ("VERB", "AUX") else "noun" if head.pos_ in ("NOUN", "PROPN") else "adjective"
    keys = [(pos, head.lemma_.lower())]
    if head.tag_ == "VBN":
        keys.append(("adjective", head.lower_))
    particles = {item.lower_ for item in head.children if item.dep_ in ("compound:prt", "advmod")}
    if head.i + 1 < len(head.doc):
        particles.add(head.doc[head.i + 1].lower_)
    for key in keys:
        for particle, governor in words.governors.get(key, ()):
            if particle and particle not in particles:
                continue
            if kind in governor.relation or (preposition and preposition in governor.prep):
                return governor
    return None


def _combined(above: Outlook, own: Outlook) -> Outlook:
    """The outlook of an act whose own clause says one thing and whose governor another."""
    if own.status == "denied":
        if above.status == "denied":
            return Outlook("happened", "double negation", hedged=above.hedged)
        if above.status in ("possible",):
            return Outlook("possible", above.why, firm=False)
        return own
    if own.status == "possible" and above.status in ("planned", "happened", "ongoing"):
        return own
    if own.status == "demanded" and above.status in ("happened", "ongoing"):
        return own
    return above


# ---------------------------------------------------------------- event nouns


def _noun(noun: Token, words: StatusWords, given: dict[int, Status], depth: int) -> Outlook:
    own = _noun_words(noun, words)
    hedged = any(item.lower_ in words.hedges for item in noun.children if item.dep_ in ("amod", "advmod"))
    above = _noun_above(noun, words, given, depth)
    if own is not None and own.status == "denied":
        doubled = above is not None and above.status == "denied" and above.why.startswith("governor")
        found = Outlook("happened", "double negation") if doubled else own
    elif above is not None and above.status not in ("happened",):
        found = above
        if own is not None and own.status in ("possible",) and above.status in ("planned", "ongoing"):
            found = own
    else:
        found = own or above or HAPPENED
    return replace(found, hedged=found.hedged or hedged) if hedged else found


def _noun_words(noun: Token, words: StatusWords) -> Outlook | None:
    for item in noun.children:
        if item.dep_ == "det" and item.lower_ in ("no", "neither"):
            return Outlook("denied", "negation")
        if item.dep_ in ("amod", "det", "advmod", "nmod:desc") and item.i < noun.i:
            if item.tag_ == "VBG" and item.lower_ not in words.adjectives:
                continue
            status = words.adjectives.get(item.lower_) or words.adjectives.get(item.lemma_.lower())
            if status is not None:
                return Outlook(_as_status(status, HAPPENED), "adjective")
            for below in item.children:
                if below.dep_ == "conj" and below.lower_ in words.adjectives:
                    return Outlook(_as_status(words.adjectives[below.lower_], HAPPENED), "adjective")
    for item in noun.children:
        if item.dep_ == "acl" and item.i > noun.i:
            governor = _governor(item, "object", "", words) if item.tag_ == "VBN" else None
            if governor is not None and governor.effect in ("planned", "denied", "demanded"):
                return Outlook(_as_status(governor.effect, HAPPENED), f"governor:{governor.id}")
    return None


def _noun_above(noun: Token, words: StatusWords, given: dict[int, Status], depth: int) -> Outlook | None:
    above = event_tree.governing(noun)
    if above is None:
        return None
    head, how = above
    if how == "attribute":
        return None
    if head.i in given and how in ("object", "for", "of", "with", "to", "against", "on"):
        return _governed(noun, head, "object", how, words, given, depth)
    if how == "to" and head.lemma_.lower() == "lead" and tree.base(head) == "acl" and head.tag_ not in ("VBD", "VBN"):
        return Outlook("possible", "lead-to")  # "a reward for information leading to his arrest"
    kind = how if how in ("object", "subject") else ""
    preposition = "" if kind else how
    governor = _governor(head, kind, preposition, words)
    if governor is not None:
        if governor.id == "plan" and head.tag_ == "VBD" and any(item.lower_ == "the" for item in noun.children):
            return None  # "planned the attacks": who prepared what is known to have happened
        return _governed(noun, head, kind, preposition, words, given, depth)
    if how == "subject" or (how == "object" and event_tree.passive(head)):
        return _through_subject(head, words, given, depth)
    if how in ("until", "without"):
        return Outlook("possible" if how == "until" else "denied", "preposition")
    if how in ("ahead of", "before", "pending"):
        return Outlook("planned", "preposition", firm=False)
    if how == "in case of" or how == "in the event of":
        return Outlook("possible", "preposition")
    if how in ("during", "after", "following", "since", "despite"):
        return None
    return None


def _through_subject(head: Token, words: StatusWords, given: dict[int, Status], depth: int) -> Outlook | None:
    """The subject of "will begin", "are likely", "has not taken place": what the predicate says of its own reality."""
    over = _outlook(head, words, given, depth + 1)
    if over.status in ("planned", "possible", "demanded") and head.lemma_.lower() not in _PRESUPPOSING:
        return replace(over, firm=False)
    return None
