"""Which frame of the lexicon an anchor word in the tree fits."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from dateline.extract import event_tree
from dateline.language import tree
from dateline.lexicon.verbs import Frame, Verbs, WordTest
from dateline.records.mentions import Participant, PlaceMention
from dateline.resolve.cast import Cast

# Sectors of people and bodies that are no political actors unless a country or the other side makes them so.
_UNPOLITICAL = frozenset({"CVL", "UNK", "MED", "EDU", "AGR", "BUS", "SOC", "JRN", "CRM", "REL", "LAB"})


# Verbs that mean something else with a particle: "back up", "call off", "turn down".
_PHRASAL = frozenset({"back", "call", "put", "take", "turn", "give", "bring", "set", "break", "pull", "hold"})


@dataclass(frozen=True, slots=True)
class Scene:
    """What the event stage knows about one article besides the tree.

    Attributes:
        places: index of the head token of a place name -> the place.
        sentence_of: for each token the first token of its sentence.
        partitives, persons: word lists of the lexicon ("round" of talks, "minister").
        moments: head tokens of time expressions, which are no arguments.
        skipped: tokens in parts of the text that are no reporting.
    """

    cast: Cast
    codes: Verbs
    places: dict[int, PlaceMention]
    partitives: frozenset[str]
    persons: frozenset[str]
    skipped: frozenset[int]
    moments: frozenset[int]
    sentence_of: tuple[int, ...]


@dataclass(slots=True)
class Fit:
    """A frame fitted to an anchor: the words that satisfied its conditions."""

    frame: Frame
    anchor: Token
    object: Token | None = None
    prepositional: tuple[Token, ...] = ()
    clauses: tuple[Token, ...] = ()
    particle: Token | None = None
    covers: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Match:
    """A fit with its actors: an event in the making.

    Attributes:
        inner: matches that the act is about ("agreed to [withdraw]").
        initiators: of a reciprocal act, how many of the sources stand on the acting side.
        valid: whether the actors that the rule needs are there; others only tell what an outer act is about.
    """

    fit: Fit
    source: tuple[Participant, ...]
    target: tuple[Participant, ...]
    inner: list[Match]
    valid: bool = True
    initiators: int = 0

    @property
    def anchor(self) -> Token:
        return self.fit.anchor

    @property
    def frame(self) -> Frame:
        return self.fit.frame


def kinds(token: Token) -> list[tuple[str, str]]:
    """The index keys under which an anchor is looked up: (kind of anchor, lemma)."""
    pos = token.pos_
    lemma = token.lemma_.lower()
    if pos == "VERB":
        keys = [("verb", lemma)]
        if token.dep_ == "amod":
            return [("adjective", token.lower_), ("adjective", lemma)]
        if token.tag_ == "VBG":
            keys.append(("noun", token.lower_))
        if token.tag_ == "VBN":
            keys.append(("adjective", token.lower_))
        return keys
    if pos == "PROPN" and token.ent_type_ in ("ORG", "LOC", "PER") and token.dep_ != "root":
        return []
    if pos in ("NOUN", "PROPN"):
        return [("noun", lemma)] if lemma == token.lower_ else [("noun", lemma), ("noun", token.lower_)]
    if pos == "ADJ":
        return [("adjective", lemma)] if lemma == token.lower_ else [("adjective", lemma), ("adjective", token.lower_)]
    return []


def core(token: Token, scene: Scene) -> Token:
    """The noun that counts: "talks" of "a round of talks", "attacks" of "a series of attacks"."""
    for _ in range(2):
        if token.lemma_.lower() not in scene.partitives:
            return token
        for preposition, head in event_tree.by_preposition(token):
            if preposition == "of":
                token = head
                break
        else:
            return token
    return token


def passes(test: WordTest, token: Token | None, scene: Scene) -> bool:
    """Whether a nominal passes a word test."""
    if token is None:
        return "none" in test.kinds
    if "any" in test.kinds:
        return True
    head = core(token, scene)
    lemma = head.lemma_.lower()
    if lemma in test.words or head.lower_ in test.words or lemma.removesuffix("s") in test.words:
        return True
    if test.phrases and any(_phrase_at(head, phrase) for phrase in test.phrases):
        return True
    if head.pos_ == "PROPN" and any(
        item.dep_ == "nmod:desc" and item.lemma_.lower() in test.words for item in head.children
    ):
        return True  # "President Ro" is a president
    if "actor" in test.kinds and (head.i in scene.places or any(is_political(item) for item in scene.cast.at(token.i))):
        return True
    return "human" in test.kinds and (any(item.sectors for item in scene.cast.at(token.i)) or is_human(head, scene))


def is_human(noun: Token, scene: Scene) -> bool:
    """Whether a noun names people: a person's name, a word for people, a pronoun."""
    return noun.lemma_.lower() in scene.persons or noun.ent_type_ == "PER" or noun.pos_ == "PRON"


def is_political(participant: Participant) -> bool:
    """Whether a participant is a political actor: it has a country, or a sector that is political by itself."""
    return participant.country is not None or any(sector not in _UNPOLITICAL for sector in participant.sectors)


def _phrase_at(head: Token, phrase: tuple[str, ...]) -> bool:
    if "of" in phrase[1:-1]:
        following = head.doc[head.i : head.i + len(phrase)]
        return len(following) == len(phrase) and all(
            token.lower_ == word or token.lemma_.lower() == word for token, word in zip(following, phrase, strict=True)
        )
    if head.lemma_.lower() != phrase[-1] and head.lower_ != phrase[-1]:
        return False
    doc = head.doc
    start = head.i - len(phrase) + 1
    before = phrase[:-1]
    if start >= 0 and all(
        doc[start + k].lower_ == word or doc[start + k].lemma_.lower() == word for k, word in enumerate(before)
    ):
        return True
    words = {item.lower_ for item in event_tree.attributes(head)} | {item.lemma_.lower() for item in head.children}
    return all(word in words for word in before)


def fit(frame: Frame, anchor: Token, scene: Scene) -> Fit | None:
    """The frame fitted to the anchor, or None where a condition does not hold."""
    rule = frame.rule
    found = Fit(frame, anchor, covers={anchor.i})
    if rule.negation is not None and negated(anchor) != (rule.negation == "required"):
        return None
    if frame.before and not _phrase_at(anchor, (*frame.before, frame.anchor)):
        return None
    if not _particle_fits(frame, anchor, found):
        return None
    if rule.pos == "verb":
        if not _object_fits(frame, anchor, found, scene):
            return None
        if not _subject_fits(frame, anchor, scene):
            return None
    else:
        if (frame.subject or frame.not_subject) and not _subject_fits(frame, anchor, scene):
            return None
        if rule.not_case and tree.case_of(anchor) in rule.not_case:
            return None
        if frame.not_object and _has_modifier(anchor, frame.not_object):
            return None
    if not _prepositions_fit(frame, anchor, found, scene):
        return None
    return found if _complement_fits(frame, anchor, found) else None


def _has_modifier(noun: Token, test: WordTest) -> bool:
    """Whether an excluded word modifies an event noun ("heart attack")."""
    return any(item.lemma_.lower() in test.words or item.lower_ in test.words for item in event_tree.attributes(noun))


def _particle_fits(frame: Frame, anchor: Token, found: Fit) -> bool:
    if frame.rule.pos != "verb":
        return True
    particles = [item for item in anchor.children if item.dep_ == "compound:prt"]
    if not frame.particle:
        return not particles or (bool(frame.object.words) and frame.anchor not in _PHRASAL)
    following = anchor.i + 1
    doc = anchor.doc
    if len(frame.particle) > 1 or not particles:
        words = frame.particle
        if following + len(words) <= len(doc) and all(
            word in (doc[following + k].lower_, doc[following + k].lemma_.lower()) for k, word in enumerate(words)
        ):
            found.particle = doc[following + len(words) - 1]
            found.covers.add(found.particle.i)
            return True
    for item in anchor.children:
        if (
            item.lower_ == frame.particle[0]
            and len(frame.particle) == 1
            and item.dep_ in ("compound:prt", "advmod", "obl", "xcomp")
        ):
            found.particle = item
            found.covers.add(item.i)
            return True
    return False


def _object_fits(frame: Frame, anchor: Token, found: Fit, scene: Scene) -> bool:
    if not frame.object and not frame.not_object:
        return True
    heads = event_tree.objects(anchor)
    if frame.not_object and any(passes(frame.not_object, head, scene) for head in heads):
        return False
    if not frame.object:
        return True
    if not heads:
        return "none" in frame.object.kinds
    for head in heads:
        if passes(frame.object, head, scene):
            found.object = head
            if frame.object.words or frame.object.phrases:
                found.covers.add(head.i)
                found.covers.add(core(head, scene).i)
            return True
    return False


def _subject_fits(frame: Frame, anchor: Token, scene: Scene) -> bool:
    if not frame.subject and not frame.not_subject:
        return True
    heads = subject_heads(anchor, frame.rule.pos)
    if frame.not_subject and any(passes(frame.not_subject, head, scene) for head in heads):
        return False
    if not frame.subject:
        return True
    if not heads:
        return "none" in frame.subject.kinds
    return any(passes(frame.subject, head, scene) for head in heads)


def subject_heads(anchor: Token, pos: str) -> list[Token]:
    """Heads of the subject: of a verb those who act, of an adjective or a participle used as one what it is said of."""
    if pos == "verb" and anchor.dep_ != "amod":
        return event_tree.agents(anchor)
    own = [item for item in anchor.children if item.dep_ in ("nsubj", "nsubj:pass", "nsubj:outer", "csubj")]
    if own:
        return [part for item in own for part in tree.conjuncts(item)]
    return [anchor.head] if anchor.dep_ == "amod" else tree.subjects(anchor)


def prepositional(fitted: Fit, scene: Scene) -> list[tuple[str, Token]]:
    """Every (preposition, head) on the anchor, on its object noun and, for an event noun, on the light verb above."""
    anchor = fitted.anchor
    found = list(event_tree.by_preposition(anchor))
    rule = fitted.frame.rule
    if rule.pos == "verb":
        for head in event_tree.objects(anchor) if fitted.object is None else [fitted.object]:
            found.extend(event_tree.by_preposition(head))
            inner = core(head, scene)
            if inner.i != head.i:
                found.extend(event_tree.by_preposition(inner))
    elif rule.pos == "noun":
        above = event_tree.governing(anchor)
        if above is not None and above[1] == "of" and above[0].lemma_.lower() in scene.partitives:
            found.extend(event_tree.by_preposition(above[0]))
            above = event_tree.governing(above[0])
        if above is not None and above[1] in ("object", "subject") and above[0].pos_ == "VERB":
            found.extend(item for item in event_tree.by_preposition(above[0]) if item[1].i > anchor.i)
    found = [item for item in found if not _is_moment(item[1], scene)]
    return found + [item for item in _nested(found) if not _is_moment(item[1], scene)]


def _is_moment(head: Token, scene: Scene) -> bool:
    return head.i in scene.moments or head.lemma_.lower() in scene.codes.classes["moment"]


def _nested(phrases: list[tuple[str, Token]]) -> list[tuple[str, Token]]:
    """Phrases that the parser hung on another phrase ("imposed on Peru by Chile"), for prepositions not yet there."""
    there = {preposition for preposition, _ in phrases}
    found = []
    for _, head in phrases:
        for preposition, below in event_tree.by_preposition(head):
            if preposition not in there and preposition != "of":
                found.append((preposition, below))
    return found


def _prepositions_fit(frame: Frame, anchor: Token, found: Fit, scene: Scene) -> bool:
    if not frame.prep and not frame.not_prep:
        return True
    phrases = prepositional(found, scene)
    for preposition, test in frame.not_prep:
        if any(name == preposition and passes(test, head, scene) for name, head in phrases):
            return False
    if not frame.prep:
        return True
    for preposition, test in frame.prep:
        for name, head in phrases:
            if name == preposition and passes(test, head, scene):
                found.prepositional = (head,)
                if test.words or test.phrases:
                    found.covers.update((head.i, core(head, scene).i))
                return True
    return False


def _complement_fits(frame: Frame, anchor: Token, found: Fit) -> bool:
    wanted = frame.rule.complement
    clauses = event_tree.clauses(anchor)
    if found.object is not None and not clauses:
        clauses = event_tree.clauses(found.object)
    if wanted == "none":
        return not clauses
    if wanted == "wish":
        clauses = [item for item in clauses if event_tree.is_wish(item)]
    elif wanted in ("to", "that", "ing"):
        clauses = [item for item in clauses if event_tree.complement_kind(item) == wanted]
    if frame.rule.not_clause and any(item.lemma_.lower() in frame.rule.not_clause for item in clauses):
        return False
    found.clauses = tuple(clauses)
    return bool(clauses) or wanted is None


def negated(anchor: Token) -> bool:
    """Whether the anchor is negated by a word of its own clause ("will not accept", "no longer accepts")."""
    if tree.negations(anchor):
        return True
    for item in anchor.children:
        if item.dep_ == "aux" and (tree.negations(item) or item.lower_ == "cannot"):
            return True
        if item.dep_ == "advmod" and item.lower_ == "longer" and item.i > 0 and item.nbor(-1).lower_ == "no":
            return True
    return False
