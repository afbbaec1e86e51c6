"""The event lexicon: which words name which political act, and where its actors stand.

Rules are TOML tables in `data/verbs/<type>.toml`, word lists in `data/verbs/classes*.toml`. docs/lexicon.md
explains every key; `Rule` is the checked form, `Frame` what the engine matches.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from dateline.errors import LexiconError
from dateline.lexicon.codebook import TYPES, Codebook, load_codebook
from dateline.lexicon.loader import Entry, data_files, entry, read_toml
from dateline.lexicon.status import StatusWords, load_status_words
from dateline.records.claims import PloverType, Status

AnchorKind = Literal["verb", "noun", "adjective"]
Complement = Literal["to", "that", "ing", "wish", "any", "none"]
Needs = Literal["any", "source", "target", "two"]

_SPECIAL = ("human", "actor", "any", "none")
_PLACES = frozenset({"subject", "object", "iobj", "modifier", "light", "complement", "purpose", "speaker"})
_PARTS = frozenset({"actor", "modifier", "subject", "below"})
_DEFAULT_SOURCE = {"verb": ("subject",), "noun": ("light", "modifier", "by", "of"), "adjective": ("subject",)}
_DEFAULT_TARGET: dict[str, tuple[str, ...]] = {"verb": ("object",), "noun": (), "adjective": ()}
_PREPOSITION_LINE = (
    "about above across after against alongside along among amid around as at before behind below beneath beside "
    "between beyond by despite down during except for from in inside into near of off on onto opposite out outside "
    "over past per regarding since through throughout to toward towards under until up upon versus via with within "
    "without concerning like than because"
)
# Word lists that the event stage itself looks up; a folder that replaces ours must have them.
_NEEDED = (
    "moment", "partitive", "instrument", "person", "light", "speech", "accident", "everyday", "business", "contest",
    "conflict", "crime", "deed", "country_word", "municipal", "suffered",
)  # fmt: skip
PREPOSITIONS = frozenset(_PREPOSITION_LINE.split())


class Example(Entry):
    """A sentence and what the rule must make of it; `none` means no event of the rule's type.

    Attributes:
        source, target: country ("NOR") or country and sector ("NOR MIL"); only what is to be checked.
    """

    text: str
    none: bool = False
    type: PloverType | None = None
    plover: str | None = None
    source: tuple[str, ...] | None = None
    target: tuple[str, ...] | None = None
    status: Status | None = None
    mode: str | None = None


class Rule(Entry):
    """One frame of the lexicon as written in TOML."""

    id: str
    lemma: tuple[str, ...]
    pos: AnchorKind = "verb"
    object: tuple[str, ...] = ()
    not_object: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    not_subject: tuple[str, ...] = ()
    prep: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    not_prep: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    not_case: tuple[str, ...] = ()
    complement: Complement | None = None
    content: tuple[str, ...] = ()
    not_clause: tuple[str, ...] = ()
    complement_status: Status | None = None
    source: tuple[str, ...] | None = None
    target: tuple[str, ...] | None = None
    reciprocal: bool = False
    needs: Needs = "any"
    mode: str | None = None
    cameo: str | None = None
    contexts: tuple[str, ...] = ()
    negated: str | None = None
    negation: Literal["required", "forbidden"] | None = None
    status: Status | None = None
    type: PloverType | None = None
    confidence: float = 0.8
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class WordTest:
    """A test on a nominal: one of these lemmas, one of these phrases, or a kind ("human", "actor", "any", "none")."""

    words: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    kinds: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases or self.kinds)


@dataclass(frozen=True, slots=True)
class Frame:
    """One anchor of one rule, ready to match.

    Attributes:
        name: as printed, "verbs/assault.toml#shell-2".
        anchor: the lemma looked up; `before` the words that must modify it (nouns), `particle` the word after (verbs).
        source, target: slots in the order tried; each slot is a union of places.
        weight: how specific it is; the heaviest matching frame of an anchor wins.
    """

    name: str
    rule: Rule
    type: PloverType
    anchor: str
    before: tuple[str, ...]
    particle: tuple[str, ...]
    object: WordTest
    not_object: WordTest
    subject: WordTest
    not_subject: WordTest
    prep: tuple[tuple[str, WordTest], ...]
    not_prep: tuple[tuple[str, WordTest], ...]
    source: tuple[tuple[str, ...], ...]
    target: tuple[tuple[str, ...], ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Verbs:
    """Everything the event stage looks up.

    Attributes:
        frames: (kind of anchor, lemma) to its frames, heaviest first.
        classes: the word lists by name.
        rules: every rule with its printed name and type, in file order.
    """

    frames: Mapping[tuple[str, str], tuple[Frame, ...]]
    classes: Mapping[str, frozenset[str]]
    rules: tuple[tuple[str, PloverType, Rule], ...]
    codebook: Codebook
    status: StatusWords


def load_verbs(overlay: Path | None = None) -> Verbs:
    """The event lexicon of the package and the user's folder.

    Raises:
        LexiconError: names file, rule and key of the first malformed entry.
    """
    codebook = load_codebook(overlay)
    classes = _load_classes(overlay)
    rules: dict[str, tuple[str, PloverType, Rule]] = {}
    for file in data_files("verbs", ".toml", overlay):
        if not file.startswith("verbs/classes"):
            for name, type_, rule in _rules_of(file, overlay):
                _check(name, type_, rule, codebook)
                rules[name] = (name, type_, rule)
    frames: dict[tuple[str, str], list[Frame]] = {}
    for name, type_, rule in rules.values():
        for frame in _frames(name, type_, rule, classes):
            frames.setdefault((rule.pos, frame.anchor), []).append(frame)
    return Verbs(
        frames={key: tuple(sorted(group, key=lambda frame: -frame.weight)) for key, group in frames.items()},
        classes={name: frozenset(words) for name, words in classes.items()},
        rules=tuple(rules.values()),
        codebook=codebook,
        status=load_status_words(overlay),
    )


def _load_classes(overlay: Path | None) -> dict[str, tuple[str, ...]]:
    raw: dict[str, tuple[str, ...]] = {}
    owner: dict[str, str] = {}
    for file in data_files("verbs", ".toml", overlay):
        if not file.startswith("verbs/classes"):
            continue
        for where, table in read_toml(file, overlay):
            for name, words in table.get("classes", {}).items():
                if owner.get(name, file) != file:
                    raise LexiconError(f"{where}: word list '{name}' is also in {owner[name]}; give one another name")
                owner[name] = file
                raw[name] = tuple(words)
    for name in _NEEDED:
        if name not in raw:
            raise LexiconError(f"verbs/classes.toml: the word list '{name}' is missing, which the event stage looks up")
    return {name: _spread(name, raw, ()) for name in raw}


def _spread(name: str, raw: Mapping[str, tuple[str, ...]], above: tuple[str, ...]) -> tuple[str, ...]:
    if name in above:
        raise LexiconError(f"verbs/classes.toml: word list '{name}' contains itself")
    words: list[str] = []
    for word in raw[name]:
        if word.startswith("@"):
            if word[1:] not in raw:
                raise LexiconError(f"verbs/classes.toml: list '{name}' names '{word}', which there is not")
            words.extend(_spread(word[1:], raw, (*above, name)))
        else:
            words.append(word)
    return tuple(dict.fromkeys(words))


def _rules_of(file: str, overlay: Path | None) -> Iterator[tuple[str, PloverType, Rule]]:
    for where, table in read_toml(file, overlay):
        type_ = table.get("type")
        if type_ not in TYPES:
            raise LexiconError(f"{where}: the file must begin with type = one of {', '.join(sorted(TYPES))}")
        unknown = set(table) - {"type", "rule"}
        if unknown:
            raise LexiconError(f"{where}: unknown key '{min(unknown)}'; known keys: type, rule")
        seen: set[str] = set()
        for data in table.get("rule", []):
            rule = entry(Rule, data, where)
            if rule.id in seen:
                raise LexiconError(f"{where}, rule {rule.id}: the id is used twice; give one another number")
            seen.add(rule.id)
            yield f"{file}#{rule.id}", rule.type or type_, rule


def _check(name: str, type_: str, rule: Rule, codebook: Codebook) -> None:
    modes = codebook.types[type_].modes
    if rule.mode is not None and rule.mode not in modes:
        raise LexiconError(f"{name}: key 'mode': '{rule.mode}' is no mode of {type_}; known: {', '.join(modes)}")
    for context in rule.contexts:
        if context not in codebook.contexts:
            raise LexiconError(f"{name}: key 'contexts': '{context}' is none of the 37 contexts")
    for key, values in (("content", rule.content), ("negated", (rule.negated,) if rule.negated else ())):
        for value in values:
            if value not in TYPES:
                raise LexiconError(f"{name}: key '{key}': '{value}' is no PLOVER type")
    for key, slots in (("source", rule.source), ("target", rule.target)):
        for slot in slots or ():
            for place in slot.split("+"):
                _check_slot(name, key, place)
    for key, table in (("prep", rule.prep), ("not_prep", rule.not_prep)):
        for preposition in table:
            if not set(preposition.split()) <= PREPOSITIONS | {"front", "behalf", "favour", "favor"}:
                raise LexiconError(f"{name}: key '{key}': '{preposition}' is no preposition")
    if not 0 <= rule.confidence <= 1:
        raise LexiconError(f"{name}: key 'confidence': must lie between 0 and 1")


def _check_slot(name: str, key: str, place: str) -> None:
    head, _, part = place.partition(".")
    known = head in _PLACES or head in PREPOSITIONS
    if not known or (part and part not in _PARTS and part not in PREPOSITIONS):
        raise LexiconError(
            f"{name}: key '{key}': '{place}' is no slot; known: {', '.join(sorted(_PLACES))}, a preposition, "
            "object.actor, object.modifier, object.to ..."
        )


def _frames(name: str, type_: PloverType, rule: Rule, classes: Mapping[str, tuple[str, ...]]) -> Iterator[Frame]:
    def test(values: tuple[str, ...]) -> WordTest:
        return _word_test(name, values, classes)

    prep = tuple((preposition, test(values)) for preposition, values in rule.prep.items())
    parts = {
        "object": test(rule.object),
        "not_object": test(rule.not_object),
        "subject": test(rule.subject),
        "not_subject": test(rule.not_subject),
    }
    not_prep = tuple((preposition, test(values)) for preposition, values in rule.not_prep.items())
    source = rule.source if rule.source is not None else _DEFAULT_SOURCE[rule.pos]
    target = rule.target if rule.target is not None else _DEFAULT_TARGET[rule.pos]
    for lemma in _lemmas(name, rule.lemma, classes):
        words = tuple(lemma.split())
        noun = rule.pos != "verb"
        before = words[:-1] if noun else ()
        particle = () if noun else words[1:]
        yield Frame(
            name=name,
            rule=rule,
            type=type_,
            anchor=words[-1] if noun else words[0],
            before=before,
            particle=particle,
            prep=prep,
            not_prep=not_prep,
            source=tuple(tuple(slot.split("+")) for slot in source),
            target=tuple(tuple(slot.split("+")) for slot in target),
            weight=_weight(rule, prep, parts) + 2.0 * (len(words) - 1),
            **parts,
        )


def _lemmas(name: str, lemmas: tuple[str, ...], classes: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for lemma in lemmas:
        if lemma.startswith("@"):
            if lemma[1:] not in classes:
                raise LexiconError(f"{name}: key 'lemma': there is no word list '{lemma}'")
            yield from classes[lemma[1:]]
        else:
            yield lemma


def _weight(rule: Rule, prep: tuple[tuple[str, WordTest], ...], parts: Mapping[str, WordTest]) -> float:
    weight = 0.0
    for key in ("object", "subject"):
        found = parts[key]
        weight += 2.0 if found.words or found.phrases else 1.0 if found.kinds else 0.0
    if prep:
        weight += 1.0 if all("any" in test.kinds for _, test in prep) else 2.0
    weight += 1.0 if rule.complement in ("to", "that", "ing", "wish", "any") else 0.25 if rule.complement else 0.0
    weight += 1.0 if rule.content else 0.0
    weight += 5.0 if rule.negation == "required" else 0.0
    return weight + (0.1 if rule.not_object or rule.not_subject or rule.not_prep else 0.0)


def _word_test(name: str, values: tuple[str, ...], classes: Mapping[str, tuple[str, ...]]) -> WordTest:
    words: set[str] = set()
    phrases: list[tuple[str, ...]] = []
    kinds: set[str] = set()
    for value in values:
        if value in _SPECIAL:
            kinds.add(value)
            continue
        if value.startswith("@") and value[1:] not in classes:
            raise LexiconError(f"{name}: there is no word list '{value}'; known: {', '.join(sorted(classes))}")
        for word in classes[value[1:]] if value.startswith("@") else (value,):
            if " " in word:
                phrases.append(tuple(word.split()))
            else:
                words.add(word)
    return WordTest(frozenset(words), tuple(phrases), frozenset(kinds))
