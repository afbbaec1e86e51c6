"""From an act and its status to PLOVER's columns: printed type, mode, contexts, CAMEO code and score."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from dateline.extract.status_clause import Outlook
from dateline.lexicon.codebook import Codebook
from dateline.records.claims import PloverType


def printed_type(type_: PloverType, outlook: Outlook, codebook: Codebook) -> PloverType | None:
    """The type that PLOVER's conventions print for an act with this outlook; None where they code nothing."""
    if outlook.status in ("happened", "ongoing"):
        return type_
    entry = codebook.types[type_]
    if outlook.status == "planned":
        return _as_type(entry.future) if outlook.firm else None
    if outlook.status == "possible" and (outlook.why == "condition" or (outlook.firm and outlook.why == "modal")):
        return _as_type(entry.conditional)
    return None


def _as_type(name: str | None) -> PloverType | None:
    for known in ALL_TYPES:
        if known == name:
            return known
    return None


ALL_TYPES: tuple[PloverType, ...] = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
)


def intensity(type_: PloverType, mode: str | None, printed: PloverType | None, codebook: Codebook) -> float:
    """PLOVER's conflict-cooperation score of what is printed (of the act itself where nothing is printed)."""
    if printed is not None and printed != type_:
        return codebook.types[printed].intensity
    entry = codebook.types[type_]
    chosen = entry.modes.get(mode) if mode else None
    return entry.intensity if chosen is None or chosen.intensity is None else chosen.intensity


def cameo(type_: PloverType, mode: str | None, rule_code: str | None, act: Token, codebook: Codebook) -> str | None:
    """The CAMEO code of the act: the rule's own, or its mode's if more exact, sharpened by the words below."""
    entry = codebook.types[type_]
    chosen = entry.modes.get(mode) if mode else None
    code = chosen.cameo if chosen is not None and chosen.cameo is not None else entry.cameo
    if rule_code is not None and (len(code) < 3 or not code.startswith(rule_code.rstrip("0"))):
        code = rule_code
    for words, exact in codebook.refinements.get(code, ()):
        if any(token.lemma_.lower() in words for token in act.subtree):
            return exact
    return code


def contexts(sentence: Iterable[Token], codebook: Codebook) -> tuple[str, ...]:
    """The contexts that the words of a sentence tell, in the codebook's order."""
    tokens = list(sentence)
    lemmas = [token.lemma_.lower() for token in tokens]
    found: set[str] = set()
    for place, lemma in enumerate(lemmas):
        for key in {lemma, tokens[place].lower_}:
            for words, names in codebook.context_words.get(key, ()):
                if len(words) == 1 or tuple(lemmas[place : place + len(words)]) == words:
                    found.update(names)
    if found & {"corruption", "illegal_drugs", "trafficking"}:
        found.discard("crime")
    return tuple(name for name in codebook.contexts if name in found)
