"""The words of attribution: speech verbs by frame, nouns and adjectives that take that-clauses, channels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from dateline.lexicon.loader import Entry, entry, read_toml, read_tsv

if TYPE_CHECKING:
    from pathlib import Path

Frame = Literal["quote", "clause", "infinitive", "gerund", "object", "raising", "judgement", "charge"]
NounFrame = Literal["clause", "of", "infinitive", "quote"]
SpeechClass = Literal["say", "ask", "promise", "deny", "think", "know", "show", "judge"]


class VerbRule(Entry):
    """Verbs that attribute in the same way.

    Attributes:
        particles: needed beside the verb ("point out"); empty for none.
        addressee: whether the object is who is told.
    """

    id: str
    class_: SpeechClass = Field(alias="class")
    lemmas: tuple[str, ...]
    frames: tuple[Frame, ...]
    particles: tuple[str, ...] = ()
    addressee: bool = False
    examples: tuple[str, ...] = Field(min_length=1)


class WordRule(Entry):
    """Nouns or adjectives of one use."""

    id: str
    words: tuple[str, ...]
    examples: tuple[str, ...] = Field(min_length=1)


class NounRule(WordRule):
    """Nouns that name something said or thought.

    Attributes:
        frames: what may hold it: a that-clause, "of" and a noun, an infinitive, a quotation behind the noun.
        anonymous: whether it was said also where the text names nobody who did ("the allegation that").
    """

    frames: tuple[NounFrame, ...]
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class SpeechNoun:
    """What one noun can do: the rule that gives each frame."""

    frames: Mapping[NounFrame, NounRule]
    anonymous: bool


class ChannelRule(Entry):
    """Nouns that name where something is said, and the prepositions before them."""

    id: str
    prepositions: tuple[str, ...]
    words: tuple[str, ...]
    examples: tuple[str, ...] = Field(min_length=1)


def forms_of(lemma: str, irregular: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The inflected forms of a verb, itself first; independent of what the language model takes for the lemma."""
    regular = [lemma]
    if lemma.endswith("e"):
        regular += [lemma + "s", lemma + "d", lemma[:-1] + "ing"]
    elif lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        regular += [lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"]
    else:
        ending = "es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s"
        regular += [lemma + ending, lemma + "ed", lemma + "ing"]
    return (*regular, *irregular.get(lemma, ()))


@dataclass(frozen=True, slots=True)
class SpeechVerb:
    """What one verb can do: the rule that gives each frame."""

    lemma: str
    frames: Mapping[Frame, VerbRule]
    addressee: bool
    particles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Speech:
    """Everything the statements stage looks up, by word in lower case.

    Attributes:
        lemmas: the verb of an inflected form.
        denied: nouns that are said when somebody denies them; mute: nouns that do not speak behind "according to".
        support: forms of verbs that only carry what is said ("made the claim that").
        going_on: participles that continue a statement (", adding that").
        parenthetic: verbs of thought that may be set into a clause ("he believes").
        listeners: nouns that are told something behind "to" ("complained to the council").
    """

    lemmas: Mapping[str, str]
    verbs: Mapping[str, SpeechVerb]
    phrasal: Mapping[str, SpeechVerb]
    nouns: Mapping[str, SpeechNoun]
    adjectives: Mapping[str, WordRule]
    denied: frozenset[str]
    mute: frozenset[str]
    support: frozenset[str]
    going_on: frozenset[str]
    parenthetic: frozenset[str]
    listeners: frozenset[str]
    channels: Mapping[str, frozenset[str]]
    rules: tuple[VerbRule, ...]
    words: tuple[WordRule | ChannelRule, ...]


def load_speech(overlay: Path | None = None) -> Speech:
    """The attribution lexicons, the user's folder read after ours.

    Raises:
        LexiconError: a file is malformed.
    """
    rules: dict[str, VerbRule] = {}
    for where, table in read_toml("speech/verbs.toml", overlay):
        for item in table.get("verb", ()):
            rule = entry(VerbRule, item, where)
            rules[rule.id] = rule
    words: dict[str, dict[str, WordRule]] = {
        "adjective": {},
        "denied": {},
        "mute": {},
        "support": {},
        "going_on": {},
        "parenthetic": {},
        "listener": {},
    }
    channels: dict[str, ChannelRule] = {}
    nouns: dict[str, NounRule] = {}
    for where, table in read_toml("speech/nouns.toml", overlay):
        for name, found in words.items():
            for item in table.get(name, ()):
                word_rule = entry(WordRule, item, where)
                found[word_rule.id] = word_rule
        for item in table.get("noun", ()):
            noun = entry(NounRule, item, where)
            nouns[noun.id] = noun
        for item in table.get("channel", ()):
            channel = entry(ChannelRule, item, where)
            channels[channel.id] = channel
    irregular = {row["lemma"]: tuple(row["forms"].split()) for _, row in read_tsv("speech/irregular.tsv", overlay)}
    names = {lemma for rule in rules.values() for lemma in rule.lemmas}
    forms = {form: lemma for lemma in sorted(names) for form in reversed(forms_of(lemma, irregular))}

    def listed(name: str) -> frozenset[str]:
        return frozenset(word for rule in words[name].values() for word in rule.words)

    return Speech(
        lemmas=forms | {name: name for name in names},
        verbs=_verbs(rule for rule in rules.values() if not rule.particles),
        phrasal=_verbs(rule for rule in rules.values() if rule.particles),
        nouns=_nouns(nouns.values()),
        adjectives={word: rule for rule in words["adjective"].values() for word in rule.words},
        denied=listed("denied"),
        mute=listed("mute"),
        support=frozenset(form for lemma in listed("support") for form in forms_of(lemma, irregular)),
        going_on=listed("going_on"),
        parenthetic=frozenset(form for lemma in listed("parenthetic") for form in forms_of(lemma, irregular)),
        listeners=listed("listener"),
        channels=_channels(channels.values()),
        rules=tuple(rules.values()),
        words=(*nouns.values(), *(rule for table in words.values() for rule in table.values()), *channels.values()),
    )


def _verbs(rules: Iterable[VerbRule]) -> dict[str, SpeechVerb]:
    """By lemma; where several rules give a verb the same frame, the first does."""
    found: dict[str, SpeechVerb] = {}
    for rule in rules:
        for lemma in rule.lemmas:
            known = found.get(lemma)
            frames = dict(known.frames) if known else {}
            for frame in rule.frames:
                frames.setdefault(frame, rule)
            found[lemma] = SpeechVerb(
                lemma=lemma,
                frames=frames,
                addressee=rule.addressee or (known.addressee if known else False),
                particles=frozenset(rule.particles) | (known.particles if known else frozenset()),
            )
    return found


def _nouns(rules: Iterable[NounRule]) -> dict[str, SpeechNoun]:
    """By word; where several rules give a noun the same frame, the first does."""
    found: dict[str, SpeechNoun] = {}
    for rule in rules:
        for word in rule.words:
            known = found.get(word)
            frames = dict(known.frames) if known else {}
            for frame in rule.frames:
                frames.setdefault(frame, rule)
            found[word] = SpeechNoun(frames, rule.anonymous or (known.anonymous if known else False))
    return found


def _channels(rules: Iterable[ChannelRule]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for rule in rules:
        for word in rule.words:
            found[word] = found.get(word, frozenset()) | frozenset(rule.prepositions)
    return found
