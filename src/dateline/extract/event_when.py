"""When and where an act took place: the time and place expressions nearest to it in the tree."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from spacy.tokens import Doc, Token

from dateline.extract import event_tree
from dateline.language import tree
from dateline.records.claims import ClaimTime, Status
from dateline.records.mentions import PlaceMention, TimeMention

M = TypeVar("M", TimeMention, PlaceMention)
_AT_PLACE = frozenset(
    {
        "in",
        "at",
        "near",
        "on",
        "outside",
        "inside",
        "around",
        "across",
        "throughout",
        "within",
        "off",
        "along",
        "through",
    }
)
_FAR = 100
# Verbs whose object is an act of before: "condemned the bombing", "is investigating the attack".
_ABOUT = frozenset(
    {"condemn", "criticise", "criticize", "denounce", "deplore", "investigate", "probe", "follow", "survive", "escape"}
    | {"recall", "remember", "describe", "discuss", "link", "confirm", "praise", "welcome", "mourn", "cite", "claim"}
    | {"deny", "admit", "defend", "justify", "blame", "protest", "mention", "see", "know", "avenge", "commemorate"}
)


_DEEPEST_NAME = 3
# Words that are followed by the name of what they mean: "the port city of Aden", "in the district of Kati".
_KINDS_OF_PLACES = frozenset(
    (
        "city", "town", "village", "capital", "port", "province", "region", "district", "state", "county", "island",
        "area", "suburb", "neighbourhood", "neighborhood", "municipality", "governorate", "prefecture", "department",
        "hamlet", "settlement", "oblast", "stronghold", "resort", "commune", "township", "quarter", "peninsula",
        "republic", "enclave", "territory", "valley", "camp", "outskirt", "outskirts", "center", "centre", "side",
        "edge", "part", "heart", "north", "south", "east", "west",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Anchored:
    """Times and places of an article by the token that heads them."""

    times: tuple[tuple[Token, TimeMention], ...]
    places: tuple[tuple[Token, PlaceMention], ...]


def anchored(doc: Doc, times: Iterable[TimeMention], places: Iterable[PlaceMention]) -> Anchored:
    """Each time and place with the head token of its words; those outside any token are left out."""
    heads_of_times = [(head_of(doc, item.start, item.end), item) for item in times if item.from_ is not None]
    heads_of_places = [(head_of(doc, item.start, item.end), item) for item in places]
    return Anchored(
        _sorted((head, item) for head, item in heads_of_times if head is not None and item.type in ("DATE", "TIME")),
        _sorted((head, item) for head, item in heads_of_places if head is not None),
    )


def _sorted(items: Iterable[tuple[Token, M]]) -> tuple[tuple[Token, M], ...]:
    return tuple(sorted(items, key=lambda item: item[0].i))


def head_of(doc: Doc, start: int, end: int) -> Token | None:
    """The head token of a character range, None where no token lies in it."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    return span.root


def time_of(
    act: Token,
    sentence: Sequence[Token],
    status: Status,
    around: Anchored,
    last: ClaimTime | None,
    published: date | None,
) -> ClaimTime | None:
    """The time of an act: on the act, in its clause, in its sentence, else the narrative's last date or publication.

    Args:
        sentence: the tokens of its sentence.
        last: the date told last in the same paragraph, if any.
        published: the day that stands for an act without words of time; None where the act is only mentioned as
            background, so that no date is better than a wrong one.
    """
    best: tuple[int, TimeMention] | None = None
    for head, item in _within(around.times, sentence):
        distance = _distance(act, head)
        if published is None and head.head.i != act.i:
            continue
        if distance < _FAR and (best is None or distance < best[0]):
            best = (distance, item)
    if best is not None:
        item = best[1]
        return ClaimTime(item.text, item.from_, item.to, item.value, item.basis)
    if published is not None and status in ("happened", "ongoing"):
        if last is not None and last.from_ is not None and (published - last.from_).days > 60:
            return ClaimTime(None, last.from_, last.to, last.value, "narrative")
        return ClaimTime(None, published, published, published.isoformat(), "publication")
    return None


def is_background(act: Token, pos: str) -> bool:
    """Whether an act is mentioned as known from before: "had criticised", "since the invasion", "for the bombings"."""
    if pos == "verb":
        helpers = [item for item in act.children if item.dep_ == "aux"]
        return any(item.lower_ == "had" for item in helpers)
    above = event_tree.governing(act)
    if pos != "noun" or above is None:
        return False
    head, how = above
    if how == "of":
        return is_background(head, "noun")
    return not (how in ("subject", "object") and head.pos_ in ("VERB", "AUX") and head.lemma_.lower() not in _ABOUT)


def place_of(act: Token, sentence: Sequence[Token], around: Anchored, *, only_own: bool = False) -> PlaceMention | None:
    """The place of an act: an "in", "at" or "near" phrase on it or in its clause, or the place acted upon.

    Args:
        only_own: take only a place that hangs on the act itself, none inside what the act is about.
    """
    best: tuple[int, PlaceMention] | None = None
    for named, item in _within(around.places, sentence):
        head = _described(named)
        case = tree.case_of(head)
        if case not in _AT_PLACE and not (case in ("of", "on", "from", "to", "into", "over") and head.head.i == act.i):
            continue
        if case == "on" and item.kind in ("country", "region"):
            continue  # "sanctions on Iraq"
        if only_own and (case not in _AT_PLACE or head.head.i != act.i):
            continue
        distance = _distance(act, head)
        if case not in _AT_PLACE:
            distance += 2
        if distance < _FAR and (best is None or distance < best[0]):
            best = (distance, item)
    return best[1] if best is not None else None


def _described(place: Token) -> Token:
    """The word that says what a place is, where the name follows it: "in the Lebanese city of Tyre", "in the capital,
    Nairobi"."""
    for _ in range(_DEEPEST_NAME):
        outer = place.head
        of_it = place.dep_ == "nmod" and tree.case_of(place) == "of"
        if not (of_it or place.dep_ in ("appos", "nmod:desc")) or outer.lemma_.lower() not in _KINDS_OF_PLACES:
            return place
        place = outer
    return place


def _within(items: Sequence[tuple[Token, M]], sentence: Sequence[Token]) -> Sequence[tuple[Token, M]]:
    """The items of a sentence; the items are in text order."""
    first = bisect.bisect_left(items, sentence[0].i, key=lambda item: item[0].i)
    end = bisect.bisect_right(items, sentence[-1].i, key=lambda item: item[0].i)
    return items[first:end]


def _distance(act: Token, head: Token) -> int:
    """How far a time or place stands from the act: 0 on it, 1 on its clause, more further out; _FAR: not its own."""
    line = _line(head)
    if act.i in line:
        return line.index(act.i)
    up, steps, reported = act, 0, False
    while up.head.i != up.i and steps < 8:
        relation = tree.base(up)
        if relation in ("ccomp", "parataxis"):
            reported = True
        if up.dep_ == "acl:relcl" or (relation == "advcl" and up.tag_ not in ("VBG", "VBN")):
            break
        up = up.head
        steps += 1
        if up.i in line:
            if reported and up.pos_ == "VERB" and not head.i < act.i < up.i:
                return _FAR  # "Last week Peru attacked, officials said" tells when Peru attacked
            return steps + line.index(up.i) + 1
    return _FAR


def _line(head: Token) -> list[int]:
    """The words a time or place hangs on, nearest first, up to the predicate of its clause."""
    line: list[int] = []
    node = head
    while node.head.i != node.i and len(line) < 5:
        relation = tree.base(node)
        if line and (relation in event_tree.CLAUSE_RELATIONS or (relation == "obj" and head.dep_ == "nmod:poss")):
            break  # "condemned Sunday's attack": only the attack was on Sunday
        node = node.head
        line.append(node.i)
        if node.pos_ in ("VERB", "AUX"):
            break
    return line
