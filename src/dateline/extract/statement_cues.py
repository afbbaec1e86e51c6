"""Words that attribute: verbs, nouns and adjectives with a clause, and "according to"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dateline.language.tree import child, children, is_passive

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dateline.lexicon.speech import Speech, SpeechClass, SpeechNoun, SpeechVerb

_PASSIVE_LINKS = frozenset({"quoted", "cited", "reported", "quotes", "cites", "quoting", "citing"})


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that attribute.

    Attributes:
        token: the verb, noun or adjective; for "according to" the noun that is the source.
        end_token: last token of the cue (a particle, "to").
        form: verb, noun, adjective, according, as (of "as X put it").
        verb, noun: lexicon entry of the form.
    """

    token: Token
    first: int
    last: int
    form: str
    rule: str
    class_: SpeechClass
    verb: SpeechVerb | None = None
    noun: SpeechNoun | None = None


class CueFinder:
    """Knows the lexicon by the numbers of a vocabulary, so that only cue words are looked at."""

    def __init__(self, doc: Doc, speech: Speech) -> None:
        self.doc = doc
        self.speech = speech
        plural = {word + "s" for word in speech.nouns}
        words = {*speech.lemmas, *speech.nouns, *plural, *speech.adjectives, "according"}
        strings = doc.vocab.strings
        self.hashes = np.array([strings[word] for word in words if word in strings], dtype=np.uint64)

    def find(self) -> list[Cue]:
        """The cues of the document in text order; whether they have content is not yet known."""
        words = self.doc.to_array(["LOWER"]).reshape(-1)
        found: list[Cue] = []
        for index in np.flatnonzero(np.isin(words, self.hashes)):
            cue = self._cue(self.doc[int(index)])
            if cue is not None:
                found.append(cue)
        return found

    def _cue(self, token: Token) -> Cue | None:
        lemma = self.speech.lemmas.get(token.lower_, token.lower_)
        if token.lower_ == "according":
            return self._according(token)
        if token.pos_ in ("VERB", "AUX") or (token.tag_[:2] == "VB"):
            return self._verb(token, lemma)
        noun = self._noun(token.lower_) if token.pos_ == "NOUN" else None
        if noun is not None:
            if token.dep_ == "obl" and token.head.lower_ in self.speech.lemmas:
                return None
            rule = next(iter(noun.frames.values()))
            return Cue(token, token.i, token.i, "noun", f"speech/nouns.toml#{rule.id}", "say", noun=noun)
        adjective = self.speech.adjectives.get(token.lower_) if token.pos_ in ("ADJ", "VERB") else None
        if adjective is not None and any(item.dep_ in ("ccomp", "advcl") for item in token.children):
            return Cue(token, token.i, token.i, "adjective", f"speech/nouns.toml#{adjective.id}", "think")
        return None

    def _noun(self, word: str) -> SpeechNoun | None:
        return self.speech.nouns.get(word) or self.speech.nouns.get(word.removesuffix("s"))

    def _verb(self, token: Token, lemma: str) -> Cue | None:
        particle = child(token, "compound:prt")
        if particle is None:
            following = token.i + 1 < len(self.doc) and self.doc[token.i + 1]
            if (
                following
                and following.lower_ in ("out", "back", "up", "in")
                and following.dep_ in ("advmod", "compound:prt")
            ):
                particle = following
        if particle is not None:
            phrasal = self.speech.phrasal.get(lemma)
            if phrasal is not None and particle.lower_ in phrasal.particles:
                first, last = sorted((token.i, particle.i))
                last = last if last - first == 1 else token.i
                rule = next(iter(phrasal.frames.values()))
                return Cue(token, token.i, last, "verb", f"speech/verbs.toml#{rule.id}", rule.class_, phrasal)
        verb = self.speech.verbs.get(lemma)
        if verb is None:
            adjective = self.speech.adjectives.get(token.lower_)
            if adjective is not None and child(token, "cop") is not None and child(token, "ccomp") is not None:
                return Cue(token, token.i, token.i, "adjective", f"speech/nouns.toml#{adjective.id}", "think")
            return None
        rule = next(iter(verb.frames.values()))
        return Cue(token, token.i, token.i, "verb", f"speech/verbs.toml#{rule.id}", rule.class_, verb)

    def _according(self, token: Token) -> Cue | None:
        if token.i + 1 >= len(self.doc) or self.doc[token.i + 1].lower_ != "to":
            return None
        source = token.head if token.dep_ in ("case", "mark", "advmod", "amod") else None
        if source is None or source.i <= token.i:
            source = next(
                (item for item in token.children if item.i > token.i + 1 and item.dep_ in ("obl", "pobj", "nmod")),
                source,
            )
        if source is None or source.i <= token.i + 1 or source.lemma_.lower() in self.speech.mute:
            return None
        return Cue(source, token.i, token.i + 1, "according", "speech/nouns.toml#according-to", "say")


def as_clause(token: Token) -> bool:
    """Whether the verb stands in "as X said": what is said is then the clause around it."""
    if token.dep_ != "advcl":
        return False
    mark = next((item for item in token.children if item.lower_ == "as" and item.i < token.i), None)
    thing = any(item.dep_ == "obj" and item.i > token.i for item in token.children)
    if thing and not token.lower_.startswith(("tell", "told", "inform", "remind", "put")):
        return False  # "as Dornia promised help"
    return mark is not None and not is_passive(token) and not children(token, "ccomp")


def quoted_as(token: Token) -> Token | None:
    """The participle of "was quoted by X as saying", seen from "quoted"."""
    if token.lower_ not in _PASSIVE_LINKS:
        return None
    for item in token.children:
        if item.dep_ not in ("advcl", "xcomp", "ccomp", "obl") or item.tag_ != "VBG" or item.i <= token.i:
            continue
        if any(word.lower_ == "as" for word in item.children) or item.nbor(-1).lower_ == "as":
            return item
    return None


def host_of(token: Token, speech: Speech) -> Token | None:
    """The speech verb that ", adding that" goes on from, where the parser hung it on what was said before."""
    if goes_on_apart(token, speech):
        return token.head.head if token.head.dep_ == "ccomp" else None
    if token.lower_ not in speech.going_on or token.dep_ not in ("advcl", "parataxis", "conj") or token.i == 0:
        return None
    if token.left_edge.i == 0 or not any(
        item.text == "," for item in (token.nbor(-1), token.left_edge, token.left_edge.nbor(-1))
    ):
        return None
    above = token.head
    while above.dep_ in ("conj", "xcomp", "advcl") and above.head.i != above.i:
        above = above.head
    return above.head if above.dep_ in ("ccomp", "parataxis") and above.head.i != above.i else None


def goes_on_apart(token: Token, speech: Speech) -> bool:
    """Whether the parser took "adding" in ", adding it will pay" for a part of the clause behind it."""
    if token.lower_ not in speech.going_on or token.i == 0 or token.nbor(-1).text != ",":
        return False
    return token.dep_ in ("csubj", "mark", "advmod", "dep") and token.head.i > token.i
