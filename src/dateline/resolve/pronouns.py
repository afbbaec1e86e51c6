"""Antecedents of pronouns: by syntax first, then by number, gender and salience."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from dateline.language.tree import base, clause_of, conjuncts, subjects
from dateline.resolve.actor_entities import Clusters, Entity
from dateline.resolve.actor_scene import Scene

Antecedent = tuple[Entity, ...]

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_IT = frozenset({"it", "its", "itself"})
_SPEAKER = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
_REFLEXIVE = frozenset({"himself", "herself", "themselves", "itself"})
_RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
# Sentences back that an antecedent may stand.
_WINDOW = 3
# Sentences from a quotation to the words that name its speaker.
_SPEECH_WINDOW = 2


@dataclass(frozen=True, slots=True)
class _View:
    """What resolving one pronoun looks at: entities known so far, sentences, quotations, verbs of speech."""

    scene: Scene
    known: dict[int, Antecedent]
    sentence: Mapping[int, int]
    quoted: frozenset[int]
    speech: tuple[Token, ...]


def resolve_pronouns(scene: Scene, clusters: Clusters) -> dict[int, Antecedent]:
    """The entities of each pronoun that could be resolved, in text order.

    A person whose gender was not known learns it from the first pronoun that points to him or her.
    """
    sentence = {token.i: number for number, span in enumerate(scene.doc.sents) for token in span}
    quoted = quoted_tokens(scene)
    saying = scene.world.words["saying"]
    speech = tuple(
        token for token in scene.doc if token.pos_ == "VERB" and token.lemma_ in saying and token.i not in quoted
    )
    view = _View(scene, dict(sorted(clusters.by_head.items())), sentence, quoted, speech)
    found: dict[int, Antecedent] = {}
    for token in scene.doc:
        if token.pos_ not in ("PRON", "DET") or token.i in view.known:
            continue
        if scene.article.is_furniture(token.idx, token.idx + len(token)):
            continue
        antecedent = _antecedent(view, token)
        if antecedent:
            found[token.i] = antecedent
            view.known[token.i] = antecedent
            if token.lower_ in _HE | _SHE and not antecedent[0].gender:
                antecedent[0].gender = "m" if token.lower_ in _HE else "f"
    return found


def _antecedent(view: _View, token: Token) -> Antecedent:
    word = token.lower_
    if word in _RELATIVE:
        return _relative(token, view.known)
    if word in _SPEAKER:
        alone = word in ("i", "me", "my", "mine", "myself")
        return _speaker(view, token, alone=alone) if token.i in view.quoted else ()
    if word in _HE or word in _SHE or word in _THEY or word in _IT:
        return _personal(view, token)
    return ()


def quoted_tokens(scene: Scene) -> frozenset[int]:
    """Tokens between quotation marks; a mark left open ends with its paragraph."""
    inside: set[int] = set()
    opened = False
    for token in scene.doc:
        if token.text in ("“", "``"):
            opened = True
        elif token.text in ("”", "''"):
            opened = False
        elif token.text == '"':
            opened = not opened
        elif token.is_space and "\n\n" in token.text:
            opened = False
        elif opened:
            inside.add(token.i)
    return frozenset(inside)


def _relative(token: Token, known: Mapping[int, Antecedent]) -> Antecedent:
    """The noun that the relative clause of the pronoun belongs to."""
    if token.lower_ == "that" and token.dep_ == "mark":
        return ()
    verb = token.head
    for _ in range(6):
        if verb.dep_ == "acl:relcl":
            return known.get(verb.head.i, ()) if verb.head.i < token.i else ()
        if verb.head.i == verb.i:
            return ()
        verb = verb.head
    return ()


def _speaker(view: _View, token: Token, *, alone: bool) -> Antecedent:
    """Whoever says the quotation that the pronoun stands in: the subject of the nearest verb of speech outside it."""
    here = view.sentence[token.i]
    best: tuple[int, Antecedent] | None = None
    for verb in view.speech:
        distance = abs(view.sentence[verb.i] - here)
        if distance > _SPEECH_WINDOW:
            continue
        # A speaker is named after the quotation more often than before it.
        cost = 2 * distance + (view.sentence[verb.i] < here)
        if best is not None and cost >= best[0]:
            continue
        for subject in subjects(verb):
            entities = view.known.get(subject.i, ())
            if not entities or subject.i in view.quoted or entities[0].side.sectors[:1] == ("JRN",):
                continue
            if not alone or (len(entities) == 1 and entities[0].kind == "person" and not entities[0].plural):
                best = (cost, entities)
    if best is None:
        return ()
    return best[1] if alone else _side(view, best[1])


def _side(view: _View, speaker: Antecedent) -> Antecedent:
    """Whom "we" are when someone speaks: the union, party or firm that he speaks for, else he himself."""
    entity = speaker[0]
    if len(speaker) > 1 or entity.kind != "person" or not entity.role_words:
        return speaker
    span = entity.sense.organisation
    body = view.known.get(_head_of(view, span)) if span is not None else None
    if body is None or len(body) > 1 or body[0].kind not in ("organisation", "group"):
        return speaker
    return body if body[0].side.sectors[:1] not in (("GOV",), ("JRN",)) else speaker


def _head_of(view: _View, span: tuple[int, int]) -> int:
    """The token of a span that hangs outside it."""
    doc = view.scene.doc
    inside = range(*span)
    return next((i for i in inside if doc[i].head.i not in inside and i in view.known), span[1] - 1)


def _personal(view: _View, token: Token) -> Antecedent:
    word = token.lower_
    if word in _IT and (token.dep_ == "expl" or _is_expletive(token)):
        return ()
    here = view.sentence[token.i]
    barred = _barred(token)
    # Whoever speaks calls himself "I": "he" and "she" inside a quotation are somebody else.
    said_by = _speaker(view, token, alone=True) if word in _HE | _SHE and token.i in view.quoted else None
    best: tuple[float, Antecedent] = (0.0, ())
    for head in reversed(view.known):
        distance = here - view.sentence[head]
        if head >= token.i or distance > _WINDOW or head in barred:
            continue
        antecedent = view.scene.doc[head]
        entities = view.known[head]
        if word in _THEY:
            entities = _together(view, antecedent, token.i) or entities
        if not _agrees(word, entities, antecedent) or entities == said_by:
            continue
        score = _salience(view, token, antecedent, distance) + _bonus(view, token, antecedent, entities)
        if score > best[0]:
            best = (score, entities)
    if word in _THEY | _IT and _thing_scores_higher(view, token, best[0]):
        return ()
    return best[1] or (_both_before(view, token) if word in _THEY else ())


def _both_before(view: _View, token: Token) -> Antecedent:
    """Subject and object of the last sentence where nothing plural is near: "Moe met Vega. They signed ..."."""
    here = view.sentence[token.i]
    found: list[Entity] = []
    for head in view.known:
        relation = base(view.scene.doc[head])
        if view.sentence[head] == here - 1 and relation in ("nsubj", "obj", "obl") and len(view.known[head]) == 1:
            entity = view.known[head][0]
            if entity.kind == "person" and not entity.plural and all(entity is not other for other in found):
                found.append(entity)
    return tuple(found) if len(found) == 2 else ()


def _together(view: _View, antecedent: Token, before: int) -> Antecedent:
    """All entities of a coordination, seen from its first member: "Kuchma and Yeltsin ... they"."""
    if antecedent.dep_ == "conj":
        return ()
    members = [item for item in conjuncts(antecedent) if item.i < before]
    if len(members) < 2 or any(item.i not in view.known for item in members):
        return ()
    found: list[Entity] = []
    for member in members:
        found.extend(entity for entity in view.known[member.i] if all(entity is not other for other in found))
    return tuple(found)


def _is_expletive(token: Token) -> bool:
    """ "it is clear that", "it was Berg who", "they did it"."""
    if token.dep_ == "obj" and token.head.lemma_ in ("do", "make", "get"):
        return True
    if base(token) != "nsubj":
        return False
    clauses = ("csubj", "ccomp", "advcl", "acl:relcl")
    return token.head.pos_ in ("ADJ", "NOUN") and any(child.dep_ in clauses for child in token.head.children)


def _barred(token: Token) -> frozenset[int]:
    """Tokens that cannot be the antecedent: other arguments of the same verb, and the nouns that it stands inside."""
    if token.lower_ in _REFLEXIVE:
        return frozenset()
    if token.dep_ == "nmod:poss":
        around = {token.head.i}
        noun = token.head
        while noun.dep_ in ("nmod", "nmod:poss", "compound", "appos") and noun.head.i != noun.i:
            if noun.dep_ == "appos":
                break  # "Salim Noor, their commander": he is not theirs, but "Berg, who left her post" is another noun
            noun = noun.head
            around.add(noun.i)
        return frozenset(around)
    verb = token.head
    barred = {
        child.i for child in verb.children if base(child) in ("nsubj", "obj", "iobj", "obl") and child.i != token.i
    }
    if base(token) in ("obj", "iobj") and verb.pos_ == "VERB":
        barred |= {subject.i for subject in subjects(verb)}
    return frozenset(barred)


def _agrees(word: str, entities: Antecedent, head: Token) -> bool:
    if len(entities) > 1:
        return word in _THEY
    entity = entities[0]
    if word in _HE or word in _SHE:
        want = "m" if word in _HE else "f"
        return entity.kind == "person" and not entity.plural and entity.gender in ("", want)
    if word in _THEY:
        return entity.plural or entity.kind in ("people", "group", "organisation") or head.tag_ in ("NNS", "NNPS")
    return entity.kind in ("country", "organisation", "group") and not entity.plural


def _salience(view: _View, token: Token, antecedent: Token, distance: int) -> float:
    """Higher is likelier: nearness, subjects, a parallel place, the subject of the same clause or of the saying."""
    score = 10.0 - 3.0 * distance - (token.i - antecedent.i) * 0.01
    relation = base(antecedent)
    score += {"nsubj": 3.0, "obj": 1.0, "iobj": 1.0, "nmod": -1.0, "compound": -1.0}.get(relation, 0.0)
    if antecedent.dep_ == "nmod:poss":
        score += 1.5
    if base(token) == "nsubj" and relation == "nsubj":
        score += 1.0
    if distance == 0 and relation == "nsubj":
        clause = clause_of(token)
        said = clause.dep_ == "ccomp" and antecedent.head.i == clause.head.i
        if said and clause.head.lemma_ in view.scene.world.words["saying"]:
            score += 2.5
    if distance == 0 and token.dep_ == "nmod:poss" and antecedent.i in {item.i for item in subjects(clause_of(token))}:
        score += 3.0
    if distance == 0 and token.dep_ == "nmod:poss":
        score += 4.0 * _controls(antecedent, clause_of(token))
        # "the king and his family"
        score += 8.0 * (token.head.dep_ == "conj" and token.head.head.i == antecedent.i)
    return score - 4.0 * (antecedent.i in view.quoted and token.i not in view.quoted)


def _controls(antecedent: Token, clause: Token) -> bool:
    """Whether it is the antecedent who is to do what the clause says: "asked the front to free its prisoners"."""
    return clause.dep_ == "xcomp" and antecedent.head.i == clause.head.i and base(antecedent) in ("obj", "iobj")


def _bonus(view: _View, token: Token, antecedent: Token, entities: Antecedent) -> float:
    """What speaks for an entity, against mere things and against entities of the wrong number."""
    entity = entities[0]
    score = min(len(entity.heads), 4) * 0.3 + bool(entity.names)
    if token.lower_ in _HE | _SHE and entity.gender:
        score += 2.5
    if token.lower_ in _THEY and len(entities) == 1 and not entity.plural:
        score -= 4.0 if entity.kind == "country" else 2.0
    if token.lower_ in _THEY and len(entities) > 1:
        score += 1.0
    if base(token) == "nsubj" and token.head.lemma_ in view.scene.world.words["saying"]:
        score += 4.0
    return score


def _thing_scores_higher(view: _View, token: Token, score: float) -> bool:
    """Whether a noun that is no actor is the likelier antecedent: "signed the treaty and ratified it"."""
    here = view.sentence[token.i]
    barred = _barred(token)
    plural = token.lower_ in _THEY
    for index in range(token.i - 1, max(-1, token.i - 60), -1):
        noun = view.scene.doc[index]
        distance = here - view.sentence[index]
        if distance > 1:
            return False
        if noun.pos_ != "NOUN" or index in view.known or index in barred or base(noun) not in ("nsubj", "obj"):
            continue
        likelier = 4.0 if base(token) in ("obj", "obl") else 0.0
        if (noun.tag_ == "NNS") == plural and _salience(view, token, noun, distance) + likelier > score:
            return True
    return False
