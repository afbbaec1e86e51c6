"""Who fills the slots of a frame: from places in the tree to participants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Token

from dateline.extract import event_tree
from dateline.extract.event_match import Fit, Match, Scene, core, is_human, is_political, prepositional, subject_heads
from dateline.language import tree
from dateline.records.mentions import Participant, PlaceMention

# "in protest against", "in defiance of": the nouns that make a motive of an "in" phrase.
_MOTIVES = frozenset({"protest", "defiance", "support", "response", "solidarity", "opposition", "reaction", "anger"})
_OWNER_PREPOSITIONS = ("of", "by", "from", "between", "against", "in")
_DIRECTIONS = frozenset({"to", "for", "with", "against", "from", "on", "in"})
_ASIDES = frozenset(
    {"because", "if", "unless", "until", "after", "before", "since", "when", "while", "although", "though", "as"}
)
# What a protest's participle says about its aim, beside "to demand"; "waving flags" says nothing.
_AIMS = frozenset(
    {"demand", "protest", "call", "urge", "denounce", "condemn", "oppose", "accuse", "burn", "shout", "chant", "press"}
)
_CLAUSE_ORDER = ("to", "for", "with", "against", "from", "on", "between", "of", "over", "into", "in")


def fill(
    slots: tuple[tuple[str, ...], ...], fitted: Fit, inner: list[Match], scene: Scene, role: str
) -> list[Participant]:
    """The participants of the first slot that yields any."""
    for union in slots:
        found: list[Participant] = []
        for place in union:
            found.extend(_at(place, fitted, inner, scene, role))
        if found:
            return unique(found)
    return []


def unique(found: Iterable[Participant]) -> list[Participant]:
    """Participants without repetitions of the same words."""
    seen: set[tuple[int, int, str | None, str | None]] = set()
    kept = []
    for item in found:
        key = (item.start, item.end, item.actor, item.country)
        if key not in seen:
            seen.add(key)
            kept.append(item)
    return kept


def same_actor(one: Participant, other: Participant) -> bool:
    """Whether two participants are the same actor as far as the text tells."""
    if one.actor is not None and one.actor == other.actor:
        return True
    return one.start == other.start and one.end == other.end and one.country == other.country


def _at(place: str, fitted: Fit, inner: list[Match], scene: Scene, role: str) -> list[Participant]:
    head, _, part = place.partition(".")
    anchor = fitted.anchor
    if head == "speaker":
        return speakers(anchor, scene)
    if head == "subject":
        heads = subject_heads(anchor, fitted.frame.rule.pos)
        if part:
            return _part_of(heads, part, scene)
        if fitted.frame.rule.pos == "verb" and event_tree.relative_word(anchor) == "which":
            heads = [noun for noun in heads if not is_human(noun, scene)]
        if fitted.frame.type == "ASSAULT" and role == "source":
            heads = [_deed_above(noun, scene) for noun in heads]
        found = _of_heads(heads, scene, owners=role == "target", places=False)
        return found or [item for noun in heads if _is_instrument(noun, scene) for item in doers(noun, scene)]
    if head == "object":
        return _object(fitted, part, scene)
    if head == "iobj":
        return _of_heads(event_tree.indirect(anchor), scene)
    if head == "modifier":
        return _modifiers(anchor, scene, agents=role == "source")
    if head == "light":
        return _of_heads(_light_subjects(anchor, scene), scene, places=False)
    if head == "complement":
        return _complement(fitted, part, inner, scene)
    if head == "purpose":
        return _purpose(fitted, scene)
    heads = [item for preposition, item in prepositional(fitted, scene) if preposition == head]
    return _part_of(heads, part, scene)


def _is_deed(noun: Token, scene: Scene) -> bool:
    """Whether a noun names violence: to condemn "the bombing of a church" is not to condemn the church."""
    return core(noun, scene).lemma_.lower() in scene.codes.classes["deed"]


def _deed_above(noun: Token, scene: Scene) -> Token:
    """What killed in "the bombing of a clinic that killed two": the bombing, not the clinic."""
    above = event_tree.governing(noun)
    if above is not None and above[1] in ("of", "on", "against", "at") and _is_deed(above[0], scene):
        return above[0]
    return noun


def _object(fitted: Fit, part: str, scene: Scene) -> list[Participant]:
    return _part_of(event_tree.objects(fitted.anchor), part, scene)


def _part_of(heads: list[Token], part: str, scene: Scene) -> list[Participant]:
    """What a part of a slot names on these nominals: themselves, their owners, or a preposition below them."""
    if not part:
        return [item for head in heads for item in standing_for(head, scene, take_owners=not _is_deed(head, scene))]
    if part == "actor":
        return [
            item for head in heads for item in (doers(head, scene) if _is_deed(head, scene) else owners(head, scene))
        ]
    if part == "modifier":
        return [item for head in heads for item in _modifiers(head, scene)]
    if part == "below":
        return [item for head in heads for item in _deeper(head, scene)]
    found: list[Token] = []
    for head in heads:
        for noun in dict.fromkeys((head, core(head, scene))):
            found.extend(item for preposition, item in event_tree.by_preposition(noun) if preposition == part)
    return _of_heads(found, scene)


def _of_heads(heads: Iterable[Token], scene: Scene, *, owners: bool = True, places: bool = True) -> list[Participant]:
    found: list[Participant] = []
    for head in heads:
        found.extend(standing_for(head, scene, take_owners=owners, places=places))
    return found


def standing_for(head: Token, scene: Scene, *, take_owners: bool = True, places: bool = True) -> list[Participant]:
    """The participants of a nominal: its own, those of its part ("a group of diplomats"), a place's country, owners."""
    own = _named_beside(head, scene) or list(scene.cast.at(head.i))
    if own:
        return own if own[0].country is not None else _described(head, own, scene)
    inner = core(head, scene)
    if inner.i != head.i:
        return standing_for(inner, scene, take_owners=take_owners, places=places)
    if places and head.i in scene.places:
        return [_of_place(scene.places[head.i])]
    return owners(head, scene) if take_owners else []


def _named_beside(head: Token, scene: Scene) -> list[Participant]:
    """The country that a description stands beside: "Qatar" of "a fellow U.S. ally in the Gulf, Qatar"."""
    if head.pos_ != "NOUN" or head.lemma_.lower() not in scene.codes.classes["country_word"]:
        return []
    for item in head.children:
        if item.dep_ == "appos" and item.pos_ == "PROPN":
            here = [other for other in scene.cast.at(item.i) if other.country is not None]
            if here or item.i in scene.places:
                return here or [_of_place(scene.places[item.i])]
    return []


def _described(head: Token, own: list[Participant], scene: Scene) -> list[Participant]:
    """A name without a country takes that of the description beside it: "Ada Ro, Peru's leading poet"."""
    for item in head.children:
        if item.dep_ == "appos" and item.pos_ == "NOUN":
            for part in item.children:
                if part.dep_ in ("nmod:poss", "amod"):
                    for other in scene.cast.at(part.i):
                        if other.country is not None and not other.sectors:
                            return [replace(own[0], country=other.country), *own[1:]]
    return own


def owners(noun: Token, scene: Scene) -> list[Participant]:
    """Whose a thing is: "Iran" of "Iran's demand", "Indian" of "an Indian proposal", "rebels" of "a call by rebels"."""
    found = _modifiers(noun, scene)
    if found:
        return found
    for wanted in _OWNER_PREPOSITIONS:
        for preposition, head in event_tree.by_preposition(noun):
            if preposition == wanted:
                found.extend(standing_for(head, scene, take_owners=wanted in ("of", "by"), places=wanted != "by"))
        if found:
            return found
    return found


def doers(noun: Token, scene: Scene) -> list[Participant]:
    """Who did the act that a noun names: before it or behind "by"; what stands behind "of" is what it was done to."""
    found = _modifiers(noun, scene, agents=True)
    if found:
        return found
    agents = [head for preposition, head in event_tree.by_preposition(noun) if preposition == "by"]
    return _of_heads(agents, scene, owners=False, places=False)


def _modifiers(noun: Token, scene: Scene, *, agents: bool = False) -> list[Participant]:
    """Who stands before a noun. As an agent a country's bare name does not count: a "Kenya bombing" is one in Kenya."""
    found: list[Participant] = []
    for item in event_tree.attributes(noun):
        if agents and item.dep_ == "compound" and _is_ground(item, scene):
            continue
        if item.lower_ in ("our", "my", "your"):
            continue  # "our neighbours" are not us
        here = list(scene.cast.at(item.i))
        if not here and not agents and item.dep_ in ("nmod:poss", "compound") and item.i in scene.places:
            here = [_of_place(scene.places[item.i])]
        if not here and item.dep_ == "nmod:poss":
            here = _modifiers(item, scene)
        found.extend(here)
    return found


def _is_ground(item: Token, scene: Scene) -> bool:
    """Whether a compound is the spelt-out name of a country or town, no adjective or abbreviation ("US", "NATO")."""
    if item.pos_ != "PROPN" or item.text.isupper() or "." in item.text:
        return False
    return all(other.country is not None and not other.sectors for other in scene.cast.at(item.i))


def _of_place(place: PlaceMention) -> Participant:
    return Participant(None, place.text, place.start, place.end, place.name, place.country, (), None)


def _light_subjects(noun: Token, scene: Scene) -> list[Token]:
    above = event_tree.governing(noun)
    if above is not None and above[1] == "of" and above[0].lemma_.lower() in scene.partitives:
        above = event_tree.governing(above[0])
    if above is None or above[1] not in ("object", "in", "with", "out") or above[0].pos_ != "VERB":
        return []
    verb = above[0]
    if above[1] == "in" and event_tree.passive(verb):
        return event_tree.objects(verb)
    light = scene.codes.classes.get("light", frozenset())
    word = verb.lemma_.lower()
    particle = next((item.lower_ for item in verb.children if item.dep_ == "compound:prt"), "")
    if word == "have" and scene.codes.classes["suffered"] & {noun.lemma_.lower()}:
        return []  # "he has prior arrests"
    if word in light or f"{word} {particle}" in light:
        return event_tree.agents(verb)
    return []


def _complement(fitted: Fit, part: str, inner: list[Match], scene: Scene) -> list[Participant]:
    if part == "subject":
        heads = [head for clause in fitted.clauses for head in event_tree.agents(clause)]
        mine = {head.i for head in event_tree.agents(fitted.anchor)}
        return _of_heads([head for head in heads if head.i not in mine], scene, places=False)
    own = _of_heads(subject_heads(fitted.anchor, fitted.frame.rule.pos), scene)
    if fitted.frame.rule.pos == "noun":
        own = [*own, *_modifiers(fitted.anchor, scene)]
    for match in sorted(inner, key=lambda item: depth_below(item.anchor, fitted.anchor)):
        if fitted.clauses and not any(_in_clause(match.anchor, clause) for clause in fitted.clauses):
            continue
        chosen = _strangers(match.target, own) or _strangers(match.source, own)
        if chosen:
            return chosen
    aside = event_tree.said_clause(fitted.anchor)
    for clause in (*fitted.clauses, *([aside] if aside is not None else [])):
        found = actors_below(clause, scene, own)
        if found:
            return found
    return []


def depth_below(anchor: Token, top: Token) -> int:
    """How many steps an anchor stands below another token."""
    depth = 0
    while anchor.i != top.i and anchor.head.i != anchor.i and depth < 30:
        anchor = anchor.head
        depth += 1
    return depth


def _strangers(found: Iterable[Participant], own: list[Participant]) -> list[Participant]:
    """Those that are not the actor itself: not the same one, not its own bare country, not as many of the same code."""
    return [item for item in found if not any(_is_own(item, me) for me in own)]


def _is_own(item: Participant, me: Participant) -> bool:
    if same_actor(item, me):
        return True
    return item.country is not None and item.country == me.country and (not item.sectors or item.sectors == me.sectors)


def actors_below(clause: Token, scene: Scene, own: list[Participant]) -> list[Participant]:
    """Political actors of a clause beside its own: object, prepositional phrases, then deeper; foreign ones first."""
    groups: list[list[Token]] = [event_tree.objects(clause), event_tree.indirect(clause)]
    people = [item for head in groups[0] if is_human(head, scene) for item in scene.cast.at(head.i)]
    if people and not any(is_political(item) for item in people):
        return _strangers(people, own)  # "threatened to throw him out of the party": him, not the party
    phrases = list(event_tree.by_preposition(clause))
    for head in event_tree.objects(clause):
        phrases.extend(event_tree.by_preposition(head))
    phrases = [item for item in phrases if item[1].lower_ != "justice"]
    groups.extend([head for preposition, head in phrases if preposition == wanted] for wanted in _CLAUSE_ORDER)
    groups.append(list(event_tree.agents(clause)))
    standing = [[item for item in _of_heads(heads, scene) if is_political(item)] for heads in groups]
    standing.append(_deeper(clause, scene))
    mine = {item.country for item in own if item.country is not None}
    for wanted in (lambda item: item.country is not None and item.country not in mine, is_political):
        for found in standing:
            chosen = [item for item in _strangers(found, own) if wanted(item)]
            if chosen:
                return chosen
    return []


def _deeper(clause: Token, scene: Scene) -> list[Participant]:
    """The first political actors after a preposition of direction below ("lift embargoes on sales to Iran")."""
    for token in clause.subtree:
        if token.i == clause.i or token.lower_ == "justice" or not _in_clause(token, clause):
            continue
        if tree.case_of(token) in _DIRECTIONS:
            heads = tree.conjuncts(token)
            found = [item for item in _of_heads(heads, scene, owners=False) if is_political(item)]
            if found:
                return found
    return list(_any_below(clause, scene))[:1]


def _is_instrument(noun: Token, scene: Scene) -> bool:
    """Whether a thing acts for its owner: "US drone attacks have killed", "a Syrian statement accused"."""
    words = scene.codes.classes["instrument"]
    return noun.lemma_.lower() in words or noun.lemma_.lower().removesuffix("s") in words


def speakers(verb: Token, scene: Scene) -> list[Participant]:
    """Who says the clause of this word: the subject of the speech verb above or beside it."""
    speech = scene.codes.classes["speech"]
    node = verb
    for _ in range(4):
        if node.dep_ in ("ccomp", "xcomp", "conj", "advcl", "parataxis", "acl") and node.head.i != node.i:
            node = node.head
            if node.lemma_.lower() in speech and node.dep_ != "conj":
                return _speaking(event_tree.agents(node), scene)
        else:
            break
    for item in node.children:
        if item.dep_ == "parataxis" and item.lemma_.lower() in speech:
            return _speaking(event_tree.agents(item), scene)
    return []


def _speaking(heads: list[Token], scene: Scene) -> list[Participant]:
    found = _of_heads(heads, scene, owners=False, places=False)
    return [item for item in found if is_political(item)]


def _in_clause(token: Token, clause: Token) -> bool:
    """Whether a word belongs to a clause itself, not to a clause of reason, condition, relation or report below it."""
    for _ in range(30):
        if token.i == clause.i:
            return True
        if token.dep_ in ("acl:relcl", "parataxis") or (token.dep_ == "advcl" and _is_aside(token)):
            return False
        if token.dep_ == "ccomp" and event_tree.complement_kind(token) == "that":
            return False
        if token.head.i == token.i:
            return False
        token = token.head
    return False


def _is_aside(clause: Token) -> bool:
    marks = {item.lower_ for item in clause.children if item.dep_ in ("mark", "advmod") and item.i < clause.i}
    return bool(marks & _ASIDES)


def _any_below(clause: Token, scene: Scene) -> Iterator[Participant]:
    for token in clause.subtree:
        if not _in_clause(token, clause):
            continue
        if token.lower_ == "justice":
            continue  # "bring to justice"
        for item in scene.cast.at(token.i):
            if is_political(item):
                yield item


def _purpose(fitted: Fit, scene: Scene) -> list[Participant]:
    anchor = fitted.anchor
    own = _of_heads(subject_heads(anchor, fitted.frame.rule.pos), scene)
    below = [item for head in (anchor, *event_tree.objects(anchor)) for item in head.children]
    for item in below:
        wanted = item.dep_ in ("advcl", "xcomp", "acl") or (
            item.dep_ in ("obl", "nmod") and tree.case_of(item) in ("in", "over", "at", "against", "after", "as")
        )
        if item.dep_ in ("obl", "nmod") and tree.case_of(item) == "in" and item.lemma_.lower() not in _MOTIVES:
            continue
        if item.tag_ == "VBG" and item.dep_ == "advcl":
            aims = [part for part in tree.conjuncts(item) if part.lemma_.lower() in _AIMS]
            if not aims:
                continue
            item = aims[0]
        if wanted and item.dep_ == "advcl" and {"if", "unless"} & {part.lower_ for part in item.children}:
            conditioned = _of_heads(event_tree.agents(item), scene, owners=False, places=False)
            return [other for other in conditioned if is_political(other) and not any(_is_own(other, me) for me in own)]
        if wanted and item.i > anchor.i:
            found = [other for other in _any_below(item, scene) if not any(same_actor(other, me) for me in own)]
            if found:
                return found[:1]
    return []
