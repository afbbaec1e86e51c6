"""Which matches are no political events after all: sport, accidents, company news, the demands a protest is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dateline.extract import codebook
from dateline.extract.event_match import Match, is_political
from dateline.lexicon.verbs import Verbs
from dateline.records.mentions import Participant

_DEEPEST_DEMAND = 3
_COMPANIES = frozenset({"BUS"})
# Sectors that act in public affairs; all others are private people unless a country or the other side says more.
_PUBLIC = frozenset(
    {"GOV", "LEG", "JUD", "MIL", "COP", "SPY", "PRM", "REB", "UAF", "PTY", "PRE", "OPP", "ELI", "REF", "LAB"}
)
# The Holy See is a state whose clergy speak for it.
_BODIES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "VAT"})
# Pronouns of single people: a country's name is not meant by them.
_ONE = frozenset({"i", "he", "she", "him", "her", "me", "his", "my", "who"})
# Ways of violence that private people do not have.
WARLIKE = frozenset(
    {"aerial", "heavy-weapons", "drone", "suicide-attack", "explosives", "unconventional", "crowd-control"}
)
_VERBAL = frozenset({"AGREE", "REJECT", "SUPPORT", "CONSULT", "REQUEST", "ACCUSE", "THREATEN", "CONCEDE", "AID"})
_COERCING = frozenset({"deport", "restrict", "censor", "withhold", "curfew", "martial-law"})
_WAR = frozenset({"military", "terrorism", "cbrn", "peacekeeping"})


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """What the words of one sentence say about its subject.

    Attributes:
        tokens: without white space.
        everyday: indices of words of sport, show business and private life.
        accident: whether it tells of an accident or a disaster.
        crime: whether it tells of an ordinary crime.
        business: how many of its words tell of a company's affairs.
        contest: whether it tells of trade, courts or elections, where people fight with words.
        contexts: PLOVER contexts told by its words.
    """

    tokens: tuple[Token, ...]
    everyday: frozenset[int]
    accident: bool
    crime: bool
    business: int
    contest: bool
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
    words = [(token.i, token.lemma_.lower()) for token in tokens]
    lemmas = {lemma for _, lemma in words}
    classes = codes.classes
    everyday = classes["everyday"] & lemmas
    return SentenceWords(
        tokens=tokens,
        everyday=frozenset(index for index, lemma in words if lemma in everyday) if everyday else frozenset(),
        accident=not classes["accident"].isdisjoint(lemmas),
        crime=not classes["crime"].isdisjoint(lemmas),
        business=len(classes["business"] & lemmas),
        contest=not classes["contest"].isdisjoint(lemmas),
        contexts=codebook.contexts(tokens, codes.codebook),
    )


def tells_of_conflict(doc: Doc, codes: Verbs) -> bool:
    """Whether an article is about armed conflict or political violence: two different words of it, or one thrice."""
    counts = Counter(token.lemma_ for token in doc if token.lemma_ in codes.classes["conflict"])
    return len(counts) >= 2 or any(count >= 3 for count in counts.values())


def is_plausible(match: Match, words: SentenceWords, others: Mapping[int, Match], conflict: bool, codes: Verbs) -> bool:
    """Whether a match is a political event as far as its sentence and its article tell.

    Args:
        others: the protests and meetings of the article by anchor.
        conflict: whether the article tells of armed conflict or political violence.
    """
    hits = len(words.everyday - match.fit.covers)
    if hits >= 2 or (hits == 1 and match.frame.rule.confidence < 0.7):
        return False
    if words.accident and match.frame.type == "ASSAULT" and not any(is_political(item) for item in match.source):
        return False
    if _is_habit(match) or _is_company_news(match, words) or _is_errand(match):
        return False
    if match.frame.type == "ASSAULT" and (_is_crime(match, words, conflict) or _is_figure_of_speech(match, words)):
        return False
    if _is_private(match) or _is_policing(match) or _is_domestic_trade(match):
        return False
    if match.frame.type == "PROTEST" and match.source and all(_is_state_force(item) for item in match.source):
        return False
    return not (_is_municipal(match, codes) or _is_part_of_another(match, others))


def is_public(item: Participant) -> bool:
    """Whether a participant acts in public affairs: a country, a public body, an office, an armed group."""
    if item.country in _BODIES or _PUBLIC & set(item.sectors):
        return True
    return item.country is not None and not item.sectors and item.text.lower() not in _ONE


def _is_private(match: Match) -> bool:
    """Whether nobody of public affairs takes part in words or agreements, or private people "deport" somebody."""
    if match.frame.type == "CONSULT" and match.source and not any(is_public(item) for item in match.source):
        return True
    if match.frame.type == "SUPPORT" and match.target and not any(is_public(item) for item in match.target):
        abroad = {item.country for item in match.target} - {None} - {item.country for item in match.source}
        return not abroad and not match.frame.rule.id.startswith(("express", "mourn"))
    if match.frame.type in _VERBAL:
        return not any(is_public(item) for item in (*match.source, *match.target))
    if match.frame.type == "COERCE" and match.frame.rule.mode in _COERCING and match.source:
        return not any(is_public(item) or item.country == "MNC" for item in match.source)
    return False


def _is_crime(match: Match, words: SentenceWords, conflict: bool) -> bool:
    """Whether violence is between private people, outside any conflict ("a woman was killed by robbers")."""
    if conflict or match.frame.rule.mode in WARLIKE or _WAR & set(words.contexts):
        return False
    if any(is_public(item) and not _is_single(item) for item in match.source):
        return False
    # A policeman or sergeant attacked by a private person is no politics; one attacked by unknown hands may be.
    wanted = _PUBLIC - {"COP", "MIL"} if match.source or words.crime else _PUBLIC
    if any(wanted & set(item.sectors) or item.country in _BODIES or _is_state(item) for item in match.target):
        return False
    return bool(match.source) or words.crime or all(_is_one_person(item) for item in match.target)


def _is_one_person(item: Participant) -> bool:
    """Whether words name one private person ("a Brooklyn woman"), no group of people."""
    first = item.text.split()[0].lower() if item.text else ""
    return first in ("a", "an", "the", "his", "her", "my") and not item.text.lower().endswith(("s", "people", "men"))


def _is_single(item: Participant) -> bool:
    """Whether one unknown person acts ("a gunman")."""
    return item.sectors[:1] == ("UAF",) and _is_one_person(item)


def _is_state(item: Participant) -> bool:
    """Whether a participant is a country named as such, not a place in it."""
    return item.actor is not None and item.country is not None and item.country not in _BODIES and not item.sectors


def _is_figure_of_speech(match: Match, words: SentenceWords) -> bool:
    """Whether somebody fights over trade, in court or in a campaign."""
    if match.frame.rule.mode is not None or match.frame.rule.confidence > 0.8 or not words.contest:
        return False
    return not _WAR & set(words.contexts)


def _is_policing(match: Match) -> bool:
    """Whether police only question, search or examine somebody or something private, or call for help."""
    if match.frame.type == "REQUEST" and not match.target:
        return all(item.country is None and item.sectors[:1] == ("COP",) for item in match.source)
    if match.frame.rule.mode not in ("investigate", "seize") or match.frame.rule.confidence > 0.8:
        return False
    if (
        match.frame.rule.mode == "investigate"
        and match.target
        and all(not is_public(item) and _is_one_person(item) for item in match.target)
    ):
        return True
    police = all(item.country is None or item.sectors[:1] == ("COP",) for item in match.source)
    return police and not any(is_public(item) for item in match.target)


def _is_domestic_trade(match: Match) -> bool:
    """Whether a state only buys from or sells to its own people."""
    if match.frame.rule.cameo != "061" or match.frame.rule.reciprocal:
        return False
    return len({item.country for item in (*match.source, *match.target)} - {None}) < 2


def _is_municipal(match: Match, codes: Verbs) -> bool:
    """Whether a town's or county's bodies deal among themselves or with their people."""
    if match.frame.type not in ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "AID", "COOPERATE", "REQUEST"):
        return False
    if len({item.country for item in (*match.source, *match.target)} - {None}) > 1 or not match.source:
        return False
    words = codes.classes["municipal"]
    local = all(
        item.country not in _BODIES and not words.isdisjoint(item.text.lower().split()) and not _is_national(item)
        for item in match.source
    )
    return local and not any(item.sectors[:1] in (("GOV",), ("LEG",)) for item in match.target)


def _is_national(item: Participant) -> bool:
    """Whether a council or department is one of a nation ("the National Council", "the State Department")."""
    words = {"national", "state", "security", "supreme", "federal", "transitional", "governing", "european", "military"}
    return not words.isdisjoint(item.text.lower().split())


def _is_state_force(item: Participant) -> bool:
    """Whether somebody who "blocks a port" or "holds a rally" is the state itself, which does not protest."""
    return item.sectors[:1] in (("MIL",), ("GOV",), ("COP",), ("SPY",)) or _is_state(item)


def _is_habit(match: Match) -> bool:
    """Whether the clause tells what usually happens ("officers are typically charged")."""
    words = ("typically", "usually", "normally", "generally", "ordinarily", "traditionally")
    return any(item.lower_ in words for item in match.anchor.children if item.dep_ == "advmod")


def _is_errand(match: Match) -> bool:
    """Whether somebody only sends something to somebody at home ("the office sent a bulletin to the police")."""
    if match.frame.type != "AID":
        return False
    police = all(item.sectors[:1] == ("COP",) for item in match.source)
    if match.frame.rule.confidence > 0.7 and not police:
        return False
    senders = {item.country for item in match.source} | {None}
    return all(item.country in senders for item in match.target)


def _is_company_news(match: Match, words: SentenceWords) -> bool:
    """Whether only companies or a lone gunman take part, or nobody of any country in a sentence about a company."""
    if match.frame.rule.mode in WARLIKE:
        return False  # "warplanes bombed a market"
    sides = [item for item in (*match.source, *match.target) if is_political(item)]
    if words.business >= 1 and not any(item.country for item in sides):
        return True
    if words.business >= 2 and not any(is_political(item) for item in match.target) and len(match.source) < 2:
        return True
    if match.frame.rule.mode == "disarm" and all(_is_single(item) for item in match.source):
        return True
    if match.frame.rule.mode == "resign" and not any(is_public(item) and "COP" not in item.sectors for item in sides):
        return True
    return bool(sides) and all(
        (item.sectors and item.sectors[0] in _COMPANIES) or item.country == "MNC" for item in sides
    )


def _is_part_of_another(match: Match, others: Mapping[int, Match]) -> bool:
    """Whether an act is only what a protest or a meeting is about ("marched to demand", "met to discuss")."""
    anchor, type_ = match.anchor, match.frame.type
    if type_ not in ("REQUEST", "ACCUSE") and (type_ not in ("PROTEST", "CONSULT") or anchor.tag_ != "VB"):
        return False
    for _ in range(_DEEPEST_DEMAND):
        if anchor.dep_ not in ("advcl", "xcomp", "acl", "conj", "obl") or anchor.head.i == anchor.i:
            return False
        anchor = anchor.head
        outer = others.get(anchor.i)
        if outer is not None:
            return outer.frame.type == ("CONSULT" if type_ == "CONSULT" else "PROTEST")
    return False
