"""Where the lexicon is silent: clauses between two political actors that no event was coded from.

The verbs of such clauses are counted by construction ("rebuke OBJ", "side with"); for each, the nearest rules are
named: rules that code, in this record, the same construction between the same kinds of actors, and verbs of like form.
"""

from __future__ import annotations

import difflib
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from dateline.extract import event_tree
from dateline.language import tree
from dateline.language.annotate import Annotator
from dateline.lexicon.verbs import Verbs
from dateline.records.mentions import Actor
from dateline.records.reading import Reading

_PRIVATE = frozenset({"CVL", "UNK", "MED", "EDU", "AGR", "BUS", "SOC", "JRN", "CRM", "REL", "LAB"})
_WITH = frozenset({"with", "against", "to", "on", "at", "for", "from", "of", "over", "between", "by"})
_SHOWN = 3


@dataclass(slots=True)
class Pattern:
    """A verb in one construction.

    Attributes:
        silent: clauses without an event; coded: clauses with one.
        kinds: how often which kinds of actors stand on its two sides ("GOV>MIL").
        examples: (article ref, sentence) of the first silent ones.
    """

    verb: str
    silent: int = 0
    coded: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    examples: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A silent verb with the rules nearest to it, best first, as (rule, likeness 0 to 1)."""

    pattern: Pattern
    nearest: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Silence:
    """The measure: clauses between two political actors, those without an event, of these those that tell speech."""

    clauses: int
    silent: int
    speech: int
    suggestions: tuple[Suggestion, ...]


def silence(readings: Iterable[Reading], annotator: Annotator, codes: Verbs, *, least: int = 1) -> Silence:
    """Look through stored readings; `least` is how often a silent verb must occur to be suggested."""
    patterns: dict[str, Pattern] = {}
    clauses = silent = speech = 0
    for reading, doc in _annotated(readings, annotator):
        for verb, name, kinds, coded_by in _clauses(reading, doc):
            clauses += 1
            pattern = patterns.setdefault(name, Pattern(name))
            pattern.kinds[kinds] += 1
            if coded_by is not None:
                pattern.coded += 1
                pattern.rules[coded_by] += 1
                continue
            silent += 1
            if verb.lemma_.lower() in codes.classes["speech"]:
                speech += 1
                continue
            pattern.silent += 1
            if len(pattern.examples) < _SHOWN:
                pattern.examples.append((reading.article.ref, " ".join(verb.sent.text.split())))
    wanted = [pattern for pattern in patterns.values() if pattern.silent >= least]
    wanted.sort(key=lambda pattern: (-pattern.silent, pattern.verb))
    profiles = _profiles(patterns.values())
    found = tuple(Suggestion(pattern, _nearest(pattern, profiles, codes)) for pattern in wanted)
    return Silence(clauses, silent, speech, found)


def _annotated(readings: Iterable[Reading], annotator: Annotator) -> Iterator[tuple[Reading, Doc]]:
    waiting: list[Reading] = []

    def texts() -> Iterator[str]:
        for reading in readings:
            waiting.append(reading)
            yield reading.article.text

    for doc in annotator.annotate_many(texts()):
        yield waiting.pop(0), doc


def _clauses(reading: Reading, doc: Doc) -> Iterator[tuple[Token, str, str, str | None]]:
    """(verb, its construction, kinds of its two sides, rule of the event coded there or None)."""
    actors = _political_tokens(reading, doc)
    triggers = _trigger_tokens(reading, doc)
    for verb in doc:
        if verb.pos_ != "VERB" or reading.article.is_furniture(verb.idx, verb.idx + len(verb)):
            continue
        left = next((actors[head.i] for head in event_tree.agents(verb) if head.i in actors), None)
        if left is None:
            continue
        for how, head in _others(verb):
            right = actors.get(head.i)
            if right is not None and right.id != left.id:
                particle = next((item.lower_ for item in verb.children if item.dep_ == "compound:prt"), "")
                name = " ".join(filter(None, (verb.lemma_.lower(), particle, how)))
                yield verb, name, f"{_kind(left)}>{_kind(right)}", _coded_by(verb, triggers)
                break


def _others(verb: Token) -> Iterator[tuple[str, Token]]:
    for head in event_tree.objects(verb):
        yield "OBJ", head
    for head in event_tree.indirect(verb):
        yield "OBJ", head
    for preposition, head in event_tree.by_preposition(verb):
        if preposition in _WITH:
            yield preposition, head
    for head in event_tree.objects(verb):
        for preposition, below in event_tree.by_preposition(head):
            if preposition in _WITH:
                yield f"{head.lemma_.lower()} {preposition}", below


def _political_tokens(reading: Reading, doc: Doc) -> dict[int, Actor]:
    found = {}
    for actor in reading.actors:
        if actor.country is None and not set(actor.sectors) - _PRIVATE:
            continue
        for mention in actor.mentions:
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is not None and len(span):
                found[span.root.i] = actor
    return found


def _trigger_tokens(reading: Reading, doc: Doc) -> dict[int, str]:
    found = {}
    for event in reading.events:
        for place in (event.trigger, *event.mentions):
            span = doc.char_span(place.start, place.end, alignment_mode="expand")
            if span is not None:
                found.update(dict.fromkeys((token.i for token in span), event.rule))
    return found


def _coded_by(verb: Token, triggers: Mapping[int, str]) -> str | None:
    """The rule of an event told by the verb, by a noun of its own clause, or by the verbs it is chained to."""
    chain = [verb]
    while chain[-1].dep_ in ("xcomp", "ccomp") and chain[-1].head.i != chain[-1].i:
        chain.append(chain[-1].head)
    for token in chain:
        if token.i in triggers:
            return triggers[token.i]
    for token in verb.subtree:
        if token.i in triggers and (tree.clause_of(token).i == verb.i or tree.base(tree.clause_of(token)) == "xcomp"):
            return triggers[token.i]
    return None


def _kind(actor: Actor) -> str:
    return actor.sectors[0] if actor.sectors else "state"


def _profiles(patterns: Iterable[Pattern]) -> dict[str, Counter[str]]:
    """How each rule is used in the record: constructions and kinds of actors."""
    profiles: dict[str, Counter[str]] = defaultdict(Counter)
    for pattern in patterns:
        for rule, count in pattern.rules.items():
            for feature, share in _features(pattern).items():
                profiles[rule][feature] += count * share
    return dict(profiles)


def _features(pattern: Pattern) -> Counter[str]:
    found: Counter[str] = Counter({f"how {pattern.verb.partition(' ')[2]}": 4})
    total = sum(pattern.kinds.values())
    for kinds, count in pattern.kinds.items():
        found[kinds] += 4 * count // max(1, total) or 1
    return found


def _nearest(pattern: Pattern, profiles: Mapping[str, Counter[str]], codes: Verbs) -> tuple[tuple[str, float], ...]:
    """Rules by likeness: half use (construction and actors, common ones counting less), half the form of the verb."""
    verb = pattern.verb.partition(" ")[0]
    forms: dict[str, float] = {}
    for name, _, rule in codes.rules:
        if rule.pos == "verb":
            best = max((_alike(verb, lemma.partition(" ")[0]) for lemma in rule.lemma), default=0.0)
            forms[name] = best
    common = Counter(feature for profile in profiles.values() for feature in profile)
    features = _telling(_features(pattern), common)
    scored = []
    for name, form in forms.items():
        likeness = 0.5 * _cosine(features, _telling(profiles.get(name, Counter()), common)) + 0.5 * form
        scored.append((name, round(likeness, 2)))
    scored.sort(key=lambda item: (-item[1], item[0]))
    return tuple(item for item in scored[:_SHOWN] if item[1] > 0.2)


def _telling(features: Mapping[str, int], common: Mapping[str, int]) -> dict[str, float]:
    return {name: value / (1 + common.get(name, 0)) for name, value in features.items()}


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if one[0] != other[0] and one[-1] != other[-1]:
        return 0.0
    return difflib.SequenceMatcher(None, one, other).ratio()


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    product = sum(value * other.get(key, 0.0) for key, value in one.items())
    norms = math.sqrt(sum(v * v for v in one.values())) * math.sqrt(sum(v * v for v in other.values()))
    return product / norms if norms else 0.0
