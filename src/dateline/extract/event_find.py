"""From anchors to matches: every word of an article that names a political act, with its actors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc, Token

from dateline.extract import event_tree
from dateline.extract.event_filter import WARLIKE
from dateline.extract.event_match import Fit, Match, Scene, core, fit, is_political, kinds
from dateline.extract.event_roles import depth_below, fill, same_actor
from dateline.lexicon.verbs import Frame
from dateline.records.mentions import Participant

_ANCHORS = ("VERB", "NOUN", "PROPN", "ADJ")


_TALKERS = frozenset({"GOV", "LEG", "JUD", "PTY", "ELI", "BUS", "JRN", "EDU", "MED"})


def find_matches(doc: Doc, scene: Scene) -> list[Match]:
    """All matches of an article, each anchor once, innermost anchors settled first; in text order."""
    candidates: list[tuple[int, Token, tuple[Frame, ...]]] = []
    frames = scene.codes.frames
    wanted = {doc.vocab.strings.add(name) for name in _ANCHORS}  # as numbers: this test runs on every token
    for token in doc:
        if token.pos not in wanted:
            continue
        found = tuple(frame for key in kinds(token) for frame in frames.get(key, ()))
        if found:
            candidates.append((_depth(token), token, found))
    candidates.sort(key=lambda item: -item[0])
    settled: dict[int, list[Match]] = {}
    for _, token, found in candidates:
        if token.i in scene.skipped:
            continue
        sentence = settled.setdefault(scene.sentence_of[token.i], [])
        best = best_match(token, found, sentence, scene)
        if best is not None:
            sentence.append(best)
    matches = [match for group in settled.values() for match in _uncovered(group)]
    return sorted(matches, key=lambda match: match.anchor.i)


def best_match(token: Token, found: tuple[Frame, ...], sentence: list[Match], scene: Scene) -> Match | None:
    """The match of the most specific frame that holds; one without actors where only they are missing."""
    bare: Match | None = None
    for frame in sorted(found, key=lambda item: -item.weight) if len(found) > 1 else found:
        fitted = fit(frame, token, scene)
        if fitted is None:
            continue
        inner = [match for match in sentence if _belongs(match.anchor, fitted, scene)]
        if frame.rule.content and not _about(frame, fitted, inner):
            continue
        match = _with_actors(fitted, inner, scene)
        if match.valid:
            return match
        if bare is None and (frame.rule.needs == "any" or frame.object.words):
            bare = match
    return bare


def _about(frame: Frame, fitted: Fit, inner: list[Match]) -> bool:
    """Whether the act nearest below the anchor is of a type that the rule wants."""
    nearest = min(inner, key=lambda match: depth_below(match.anchor, fitted.anchor), default=None)
    return nearest is not None and nearest.frame.type in frame.rule.content


def _depth(token: Token) -> int:
    depth = 0
    while token.head.i != token.i and depth < 60:
        token = token.head
        depth += 1
    return depth


def _belongs(anchor: Token, fitted: Fit, scene: Scene) -> bool:
    """Whether an inner anchor is what this fit is about: in its clauses, or its object or prepositional noun."""
    if any(clause.i == anchor.i or clause.is_ancestor(anchor) for clause in fitted.clauses):
        return True
    nouns = [head for head in (fitted.object, *fitted.prepositional) if head is not None]
    if not nouns and fitted.frame.rule.pos == "verb":
        nouns = event_tree.objects(fitted.anchor)
    return any(anchor.i in (head.i, core(head, scene).i) for head in nouns)


def _with_actors(fitted: Fit, inner: list[Match], scene: Scene) -> Match:
    frame = fitted.frame
    source = fill(frame.source, fitted, inner, scene, "source")
    target = fill(frame.target, fitted, inner, scene, "target")
    target = [item for item in target if not any(same_actor(item, other) for other in source)]
    target = [item for item in target if not _own_ground(item, source)]
    source, target = _political_first(source), _political_first(target)
    if len({item.country for item in source if item.country}) > 1 and not any(item.country for item in target):
        target = []
    if frame.type == "ASSAULT" and frame.rule.mode in WARLIKE and not any(map(is_political, (*source, *target))):
        target = _people_there(fitted.anchor, target, scene)
    initiators = len(source)
    if frame.rule.reciprocal:
        source, target = [*source, *target], []
    match = Match(fitted, tuple(source), tuple(target), inner, valid=False, initiators=initiators)
    match.valid = _needs_hold(frame.rule.needs, frame.type, match.source, match.target, frame.rule.reciprocal)
    return match


def _people_there(anchor: Token, target: list[Participant], scene: Scene) -> list[Participant]:
    """People struck by a weapon of war are of the place that the clause names: "killed four civilians in Helmand".

    Explosions and blasts may be accidents.
    """
    if not target or any(item.sectors != ("CVL",) for item in target):
        return target
    if any(token.lemma_.lower() in ("explosion", "blast") for token in anchor.subtree):
        return target
    for index in sorted(scene.places):
        place = scene.places[index]
        if anchor.is_ancestor(anchor.doc[index]) and place.country is not None:
            return [replace(item, country=place.country) for item in target]
    return target


def _political_first(found: list[Participant]) -> list[Participant]:
    """Only the political actors where there are any ("the minister and his wife"), without a country only where a like
    one has none either ("Israeli helicopters and tanks")."""
    political = [item for item in found if item.country is not None or item.sectors]
    known = {item.sectors[:1] for item in political if item.country is not None}
    return [item for item in political if item.country is not None or item.sectors[:1] not in known] or found


def _own_ground(item: Participant, source: list[Participant]) -> bool:
    """A bare place in the actor's own country is no target."""
    if item.actor is not None or item.sectors or item.country is None or item.role is not None:
        return False
    return any(other.country == item.country and other.sectors and other.sectors[0] != "CVL" for other in source)


def _needs_hold(
    needs: str, type_: str, source: tuple[Participant, ...], target: tuple[Participant, ...], reciprocal: bool
) -> bool:
    sources = [item for item in source if is_political(item) or (type_ == "PROTEST" and item.sectors)]
    targets = [item for item in target if is_political(item)]
    if needs == "source":
        return bool(sources)
    if needs == "target":
        return bool(targets)
    if needs == "two":
        if reciprocal and type_ == "ASSAULT" and all(_only_talks(item) for item in sources):
            return False
        if reciprocal:
            return len(sources) > 1 or any(_is_plural(item) for item in sources)
        return bool(sources) and bool(targets)
    return bool(sources or targets)


def _only_talks(participant: Participant) -> bool:
    """Whether somebody clashes and battles in words only: ministers, lawmakers, judges, parties, the press."""
    if not participant.sectors or "MIL" in participant.sectors:
        return False
    return participant.sectors[0] in _TALKERS or (participant.sectors[0] == "OPP" and "leader" in participant.text)


def _is_plural(participant: Participant) -> bool:
    """Whether one participant stands for several sides ("the two leaders", "both countries")."""
    words = participant.text.lower().split()
    return bool({"two", "both", "three", "four", "several"} & set(words)) and words[-1].endswith("s")


def _uncovered(group: list[Match]) -> Iterable[Match]:
    """Matches whose anchor is no mere part of another match ("talks" inside "held talks")."""
    valid = [match for match in group if match.valid]
    covered: dict[int, Match] = {}
    for match in valid:
        for index in match.fit.covers:
            if index != match.anchor.i:
                covered.setdefault(index, match)
    for match in valid:
        if match.anchor.i not in covered:
            yield match
