"""Acts made by saying: "X said Y must ..." is a request by X to Y, "X said it would not ..." a rejection by X."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from dateline.extract.event_match import Fit, Match, Scene, is_political
from dateline.extract.event_roles import actors_below, same_actor, speakers, standing_for
from dateline.language import tree
from dateline.lexicon.verbs import Frame, Rule, WordTest
from dateline.records.claims import PloverType, Statement
from dateline.records.mentions import Participant

_NOTHING = WordTest(frozenset(), (), frozenset())
_MUST = frozenset({"must", "should", "ought"})
# Who says that he will not do these to somebody stands by them.
_HARMS = frozenset(
    (
        "leave", "abandon", "forget", "forsake", "ignore", "betray", "neglect", "desert", "fail", "lose", "harm",
        "hurt", "attack", "invade", "punish", "sacrifice",
    )
)  # fmt: skip
_WILL_NOT = frozenset({"will", "would", "wo", "shall", "can", "ca", "could", "'ll"})
_DISPOSED = frozenset({"ready", "prepared", "willing", "patient", "responsible", "accountable"})
_IDLE = frozenset(
    {"be", "know", "comment", "say", "think", "understand", "speculate", "remember", "see", "seem", "want", "become"}
)


def said_acts(
    doc: Doc, scene: Scene, statements: Iterable[Statement], taken: set[int], governed: set[int]
) -> list[Match]:
    """Requests and rejections that lie in a speech verb together with a modal; `taken` anchors have a match already,
    `governed` clauses belong to one."""
    found = []
    reported = list(statements)
    for token in _candidates(doc):
        if token.i in scene.skipped or token.i in governed:
            continue
        modal = _modal(token)
        if modal is None:
            continue
        sayers = _speakers(token, scene, reported)
        if not sayers:
            continue
        subjects = [
            item for head in tree.subjects(token) for item in standing_for(head, scene, places=False, take_owners=False)
        ]
        if modal == "must":
            match = _request(token, sayers, subjects)
        else:
            match = _rejection(token, sayers, subjects, scene) if token.i not in taken else None
        if match is not None:
            found.append(match)
    return found


def _candidates(doc: Doc) -> list[Token]:
    """Predicates with a modal, and infinitives below have or need, in text order."""
    found: dict[int, Token] = {}
    helper, verb = doc.vocab.strings.add("aux"), doc.vocab.strings.add("VERB")  # numbers: tested on every token
    for token in doc:
        if token.dep == helper:
            if token.lower_ in _MUST or token.lower_ in _WILL_NOT or token.lower_ == "cannot":
                found[token.head.i] = token.head
        elif token.pos == verb and token.tag_ == "VB" and token.dep_ in ("xcomp", "ccomp"):
            found[token.i] = token
    return [found[index] for index in sorted(found) if found[index].pos_ in ("VERB", "ADJ", "NOUN")]


def _modal(verb: Token) -> str | None:
    words = [item.lower_ for item in verb.children if item.dep_ == "aux"]
    negative = bool(tree.negations(verb)) or "cannot" in words
    if any(word in _MUST for word in words) and "have" not in words:
        return "must" if verb.tag_ != "VBG" else None
    if negative and any(word in _WILL_NOT or word == "cannot" for word in words) and "have" not in words:
        return "will not"
    if verb.tag_ == "VB" and verb.dep_ in ("xcomp", "ccomp") and verb.head.lemma_.lower() in ("have", "need"):
        return "must" if verb.head.tag_ in ("VBZ", "VBP", "VB") else None
    return None


def _speakers(verb: Token, scene: Scene, statements: list[Statement]) -> list[Participant]:
    """Who says the clause, from the tree, else from the statement around it where the clause stands by itself."""
    found = speakers(verb, scene)
    if found or verb.dep_ not in ("root", "ROOT", "parataxis", "ccomp"):
        return found
    for statement in statements:
        if statement.speaker is not None and statement.content.start <= verb.idx < statement.content.end:
            return [statement.speaker] if is_political(statement.speaker) else []
    return []


def _request(verb: Token, sayers: list[Participant], subjects: list[Participant]) -> Match | None:
    if verb.lemma_.lower() in _IDLE or (verb.pos_ != "VERB" and verb.lemma_.lower() not in _DISPOSED):
        return None
    targets = [item for item in subjects if is_political(item) and not any(same_actor(item, me) for me in sayers)]
    return _match("REQUEST", "said-must", verb, sayers, targets) if targets else None


def _rejection(verb: Token, sayers: list[Participant], subjects: list[Participant], scene: Scene) -> Match | None:
    if verb.pos_ != "VERB" or verb.lemma_.lower() in _IDLE | _HARMS:
        return None
    own = [item for item in subjects if any(_alike(item, me) for me in sayers)]
    if not own:
        return None
    others = [item for item in actors_below(verb, scene, own) if not any(_alike(item, me) for me in sayers)]
    if not others:
        return None
    return _match("REJECT", "said-will-not", verb, sayers, others)


def _alike(one: Participant, other: Participant) -> bool:
    if same_actor(one, other):
        return True
    return one.country is not None and one.country == other.country


def _match(type_: PloverType, name: str, verb: Token, source: list[Participant], target: list[Participant]) -> Match:
    rule = Rule(id=name, lemma=(verb.lemma_.lower(),), confidence=0.75)
    frame = Frame(
        name=f"constructions#{name}",
        rule=rule,
        type=type_,
        anchor=verb.lemma_.lower(),
        before=(),
        particle=(),
        object=_NOTHING,
        not_object=_NOTHING,
        subject=_NOTHING,
        not_subject=_NOTHING,
        prep=(),
        not_prep=(),
        source=(),
        target=(),
        weight=0.0,
    )
    return Match(Fit(frame, verb, covers={verb.i}), tuple(source), tuple(target), [])
