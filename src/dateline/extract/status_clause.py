"""What the words of a clause itself say about its reality: modals, negation, adverbs, conjunctions and tense."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from dateline.language import tree
from dateline.lexicon.status import StatusWords
from dateline.records.claims import Status

NEGATORS = frozenset({"not", "n't", "never", "no", "neither", "nor", "hardly"})
_NEGATIVE_SUBJECTS = frozenset({"nobody", "none", "neither", "no-one", "nothing"})


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the text says about the reality of an act.

    Attributes:
        why: the construction that decided ("tense", "modal", "negation", "condition", "governor:agree" ...).
        hedged: reportedly, allegedly and the like.
        firm: whether a plan is announced by its actor or promised, rather than a purpose or wish.
    """

    status: Status
    why: str
    hedged: bool = False
    firm: bool = True


HAPPENED = Outlook("happened", "tense")


def own_words(verb: Token, words: StatusWords) -> Outlook | None:
    """What modals, negation, adverbs and conjunctions of the clause itself say."""
    auxiliaries = [item.lower_ for item in tree.auxiliaries(verb)]
    negative = is_negated(verb)
    for mark in marks_of(verb):
        if words.marks.get(mark) == "possible" and not (mark == "until" and verb.tag_ in ("VBD", "VBN")):
            return Outlook("possible", "if-clause")
    for item in tree.children(verb, "advmod"):
        word = item.lower_
        if word in words.adverbs and word not in NEGATORS and item.i < verb.i + 2:
            status = words.adverbs[word]
            if status == "possible":
                return Outlook("possible", "adverb")
            if status == "denied":
                return Outlook("denied", "adverb")
    if _asks(verb):
        return Outlook("possible", "question")
    for auxiliary in auxiliaries:
        if auxiliary in words.modals:
            return _modal(verb, auxiliary, words.modals[auxiliary], negative, words)
    if negative:
        return Outlook("denied", "negation")
    return _semi_modal(verb, auxiliaries)


def _semi_modal(verb: Token, auxiliaries: list[str]) -> Outlook | None:
    """ "is to visit", "is to be tried", "is going to visit", "has to withdraw": an infinitive below be or have."""
    if verb.tag_ == "VBN" and any(
        item.lower_ == "be" and item.i > 0 and item.nbor(-1).lower_ == "to" for item in verb.children
    ):
        words = [item.lower_ for item in verb.children if item.dep_ in ("aux", "cop", "aux:pass")]
        if any(word in ("is", "are", "was", "were") for word in words):
            return Outlook("planned", "be-to")
    if verb.tag_ == "VB" and "to" in [item.lower_ for item in verb.children if item.dep_ in ("mark", "aux")]:
        copulas = [item.lower_ for item in verb.children if item.dep_ in ("cop", "aux", "aux:pass")]
        if any(word in ("is", "are", "was", "were", "'s", "'re") for word in (*auxiliaries, *copulas)):
            return Outlook("planned", "be-to")
        head = verb.head
        if verb.dep_ in ("xcomp", "ccomp") and head.lemma_.lower() == "have":
            return Outlook("happened" if head.tag_ == "VBD" else "demanded", "have-to")
        if verb.dep_ == "xcomp" and head.lower_ == "going":
            return Outlook("denied" if is_negated(head) else "planned", "going-to")
        if verb.dep_ in ("xcomp", "ccomp", "csubj") and head.lemma_.lower() in ("be", "need"):
            return Outlook("demanded" if head.lemma_.lower() == "need" else "planned", "be-to")
    return None


def _modal(verb: Token, word: str, status: str, negative: bool, words: StatusWords) -> Outlook:
    perfect = any(item.lower_ == "have" for item in verb.children if item.dep_ == "aux")
    if word in ("would", "'d"):
        conditional = _has_condition(verb, words)
        if perfect:
            return Outlook("denied", "counterfactual")
        reported = _speech_above(verb)
        if reported and not conditional:
            return Outlook("denied" if negative else "planned", "modal")
        return Outlook("possible", "condition" if conditional else "modal", firm=conditional)
    if status == "planned":
        if negative:
            return Outlook("denied", "modal")
        if _has_condition(verb, words):
            return Outlook("possible", "condition")
        return Outlook("planned", "modal")
    if status == "demanded":
        if perfect:
            return Outlook("possible" if word == "must" else "denied", "modal")
        return Outlook("denied", "obligation") if negative else Outlook("demanded", "modal")
    if word in ("could", "can", "ca") and negative:
        return Outlook("denied", "modal")
    return Outlook("possible", "condition" if _has_condition(verb, words) else "modal")


def _speech_above(verb: Token) -> bool:
    """Whether "would" is the past of "will": the clause is reported in the past tense."""
    node = verb
    for _ in range(4):
        if node.dep_ == "conj":
            node = node.head
            continue
        if node.dep_ in ("ccomp", "acl", "acl:relcl", "xcomp") and node.head.i != node.i:
            return node.head.tag_ in ("VBD", "VBN", "VBG") or node.head.pos_ == "NOUN"
        break
    return any(item.dep_ == "parataxis" and item.tag_ in ("VBD",) for item in node.children)


def _has_condition(verb: Token, words: StatusWords) -> bool:
    for item in verb.children:
        if item.dep_ == "advcl" and any(
            words.marks.get(mark) == "possible" and mark != "until" for mark in marks_of(item)
        ):
            return True
    return False


def marks_of(verb: Token) -> list[str]:
    return [
        item.lower_
        for item in verb.children
        if item.dep_ in ("mark", "advmod") and item.i < verb.i and item.tag_ != "TO"
    ]


def is_negated(verb: Token) -> bool:
    if tree.negations(verb):
        return True
    for item in verb.children:
        if item.dep_ == "aux" and (item.lower_ in ("cannot", "can't") or tree.negations(item)):
            return True
        if item.dep_ in ("nsubj", "nsubj:pass", "obj") and (
            item.lower_ in _NEGATIVE_SUBJECTS or any(below.lower_ in ("no", "neither") for below in item.children)
        ):
            return True
        if item.dep_ == "advmod" and item.lower_ == "longer" and item.i > 0 and item.nbor(-1).lower_ == "no":
            return True
    if verb.dep_ == "conj" and not any(item.dep_ in ("nsubj", "nsubj:pass", "aux") for item in verb.children):
        joint = [item.lower_ for item in verb.children if item.dep_ == "cc"]
        return ("or" in joint or "nor" in joint) and verb.head.pos_ == "VERB" and is_negated(verb.head)
    return any(item.dep_ == "cc" and item.lower_ == "nor" for item in verb.children)


def _asks(verb: Token) -> bool:
    return verb.head.i == verb.i and verb.sent[-1].text == "?"


def is_hedged(verb: Token, words: StatusWords) -> bool:
    return any(item.lower_ in words.hedges for item in verb.children if item.dep_ in ("advmod", "amod"))


def by_tense(verb: Token) -> Outlook:
    auxiliaries = [item for item in tree.auxiliaries(verb)]
    words = {item.lower_ for item in auxiliaries} | {
        item.lower_ for item in verb.children if item.dep_ in ("aux:pass", "cop")
    }
    if verb.tag_ == "VBG" and words & {"is", "are", "am", "'s", "'re", "’s", "’re"}:
        return _arranged(verb)
    if verb.tag_ == "VBG" and "been" in words and words & {"has", "have"}:
        return Outlook("ongoing", "tense")
    if verb.tag_ in ("VBN", "VBG") and "being" in words and words & {"is", "are"}:
        return Outlook("ongoing", "tense")
    if any(item.dep_ == "advmod" and item.lower_ in ("still", "currently") for item in verb.children):
        return Outlook("ongoing", "adverb")
    if verb.tag_ == "VB" and verb.head.i == verb.i and not auxiliaries and no_subject(verb):
        if any(item.tag_ == "TO" for item in verb.children):
            return Outlook("planned", "headline")
        return Outlook("demanded", "imperative")
    return HAPPENED


def _arranged(verb: Token) -> Outlook:
    """ "is visiting Oslo": in progress, unless a future day is named ("is visiting Oslo next week")."""
    for item in verb.children:
        if item.dep_ in ("obl", "obl:unmarked", "nmod:unmarked", "advmod", "obl:tmod") and (
            item.lower_ == "tomorrow" or any(below.lower_ in ("next", "coming", "later") for below in item.children)
        ):
            return Outlook("planned", "futurate")
    return Outlook("ongoing", "tense")


def no_subject(verb: Token) -> bool:
    return not any(item.dep_ in ("nsubj", "nsubj:pass", "expl") for item in verb.children)


def mark_word(verb: Token) -> str:
    for item in verb.children:
        if item.dep_ in ("mark", "case") and item.i < verb.i and item.tag_ != "TO":
            return str(item.lower_)
    return ""
