"""Which matches are no political events after all: sport, accidents, company news, the demands a protest is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dateline.extract import codebook
from dateline.extract.event_match import Match, is_political
from dateline.lexicon.verbs import Verbs

_DEEPEST_DEMAND = 3
_COMPANIES = frozenset({"BUS"})


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """What the words of one sentence say about its subject.

    Attributes:
        tokens: without white space.
        everyday: indices of words of sport, show business and private life.
        accident: whether it tells of an accident or a disaster.
        contexts: PLOVER contexts told by its words.
    """

    tokens: tuple[Token, ...]
    everyday: frozenset[int]
    accident: bool
    contexts: tuple[str, ...]


def sentence_starts(doc: Doc) -> tuple[int, ...]:
    """For each token the index of the first token of its sentence."""
    starts: list[int] = []
    for sentence in doc.sents:
        starts.extend([sentence.start] * (sentence.end - sentence.start))
    return tuple(starts)


def words_of(sentence: list[Token], codes: Verbs) -> SentenceWords:
    """The words of one sentence as its events need them."""
    tokens = tuple(token for token in sentence if not token.is_space)
    everyday, accident = codes.classes["everyday"], codes.classes["accident"]
    lemmas = [(token.i, token.lemma_.lower()) for token in tokens]
    return SentenceWords(
        tokens=tokens,
        everyday=frozenset(index for index, lemma in lemmas if lemma in everyday),
        accident=any(lemma in accident for _, lemma in lemmas),
        contexts=codebook.contexts(tokens, codes.codebook),
    )


def is_plausible(match: Match, words: SentenceWords, protests: Mapping[int, Match]) -> bool:
    """Whether a match is a political event as far as the rest of its sentence tells."""
    hits = len(words.everyday - match.fit.covers)
    if hits >= 2 or (hits == 1 and match.frame.rule.confidence < 0.7):
        return False
    if words.accident and match.frame.type == "ASSAULT" and not any(is_political(item) for item in match.source):
        return False
    if _is_company_news(match) or _is_errand(match):
        return False
    return not _is_demand_of_protest(match, protests)


def _is_errand(match: Match) -> bool:
    """Whether somebody only sends something to somebody at home ("the office sent a bulletin to the police")."""
    if match.frame.type != "AID" or match.frame.rule.confidence > 0.6:
        return False
    senders = {item.country for item in match.source}
    return all(item.country in senders for item in match.target)


def _is_company_news(match: Match) -> bool:
    """Whether only companies take part."""
    sides = [item for item in (*match.source, *match.target) if is_political(item)]
    return bool(sides) and all(
        (item.sectors and item.sectors[0] in _COMPANIES) or item.country == "MNC" for item in sides
    )


def _is_demand_of_protest(match: Match, protests: Mapping[int, Match]) -> bool:
    """Whether a request or criticism is only what a protest is about ("marched, demanding that the king resign")."""
    if match.frame.type not in ("REQUEST", "ACCUSE"):
        return False
    anchor = match.anchor
    for _ in range(_DEEPEST_DEMAND):
        if anchor.dep_ not in ("advcl", "xcomp", "acl", "conj", "obl") or anchor.head.i == anchor.i:
            return False
        anchor = anchor.head
        if anchor.i in protests:
            return True
    return False
