"""What the facts of two reports say about their being one event: time, place, those who take part, figures, type.

Points are log odds set by hand, so that one clear contradiction outweighs all likeness of words. A report that does not
know something gives no points for it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dateline.merge.report import Amount, Party, Report, Where

# Types that readers, and Dateline, confuse: they may name one act.
_NEIGHBOURS: Final = frozenset(
    frozenset(pair)
    for pair in (
        ("AGREE", "COOPERATE"),
        ("AGREE", "CONSULT"),
        ("CONSULT", "COOPERATE"),
        ("AGREE", "SUPPORT"),
        ("SUPPORT", "AID"),
        ("CONCEDE", "RETREAT"),
        ("CONCEDE", "AGREE"),
        ("COERCE", "ASSAULT"),
        ("COERCE", "SANCTION"),
        ("ACCUSE", "REJECT"),
        ("ASSAULT", "MOBILIZE"),
    )
)
# Points for narrow, stated, overlapping days; a day to spare, as reports of one night differ by one.
_SAME_DAY: Final = 1.5
_SAME_WEEK: Final = 0.5
_LONG_DAYS: Final = 7
_NEAR_KM: Final = 30.0
_FAR_KM: Final = 120.0
_EARTH_KM: Final = 6371.0
# Nobody joins reports that differ so much.
_NEVER: Final = -12.0


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a pair was, or was not, joined: the feature, its points (log odds) and the words for it."""

    feature: str
    points: float
    words: str


def fact_reasons(a: Report, b: Report) -> Iterator[Reason]:
    """Reasons from the facts that both reports state; none where either is silent."""
    for found in (_type(a, b), _time(a, b), _place(a, b), *_parties(a, b), *_amounts(a, b)):
        if found is not None:
            yield found


def never_one(a: Report, b: Report) -> bool:
    """Whether two reports cannot be of one event whatever their words: another status, or types far apart."""
    if a.status is not None and b.status is not None and a.status != b.status:
        return True
    return (
        a.type is not None
        and b.type is not None
        and a.type != b.type
        and frozenset((a.type, b.type)) not in _NEIGHBOURS
    )


def _type(a: Report, b: Report) -> Reason | None:
    if a.type is None or b.type is None:
        return None
    if a.type != b.type:
        return Reason("type", -1.5, f"one is coded {a.type}, the other {b.type}")
    if a.mode is not None and b.mode is not None:
        if a.mode == b.mode:
            return Reason("type", 0.5, f"both are coded {a.type} {a.mode}")
        return Reason("type", -1.5, f"the modes differ: {a.mode}, {b.mode}")
    return Reason("type", 0.2, f"both are coded {a.type}")


def _time(a: Report, b: Report) -> Reason | None:
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return None
    gap = max((a.first - b.last).days, (b.first - a.last).days)
    longest = max((a.last - a.first).days, (b.last - b.first).days)
    if a.dated and b.dated:
        if gap <= 0 and longest <= 1:
            return Reason("time", _SAME_DAY, f"both on {max(a.first, b.first)}")
        if gap <= 0 and longest <= _LONG_DAYS:
            return Reason("time", _SAME_WEEK, f"their days overlap on {max(a.first, b.first)}")
        if gap <= 0:
            return None
        if gap == 1:
            return Reason("time", -0.7, "a day apart")
        return Reason("time", max(_NEVER, -4.0 - gap / 2), f"{gap} days apart")
    if gap <= 1:
        return None
    # The day of publication stands for an unstated day: news is told for some days.
    points = -0.3 * gap if gap <= _LONG_DAYS else -3.0 - gap / 10
    return Reason("time", max(_NEVER, points), f"{gap} days apart, one day being that of publication")


def _place(a: Report, b: Report) -> Reason | None:
    one, other = a.place, b.place
    if one is None or other is None:
        return None
    if one.precise and other.precise:
        if one.name == other.name and one.country == other.country:
            return Reason("place", 1.5, f"both in {one.name}")
        away = _kilometres(one, other)
        if away is not None and away <= _NEAR_KM:
            return Reason("place", 0.8, f"{one.name} and {other.name} are {away:.0f} km apart")
        if away is None or away < _FAR_KM:
            return Reason("place", -2.0, f"one in {one.name}, the other in {other.name}")
        return Reason("place", -6.0, f"{one.name} and {other.name} are {away:.0f} km apart")
    if one.country is not None and other.country is not None and one.country != other.country:
        return Reason("place", -4.0, f"one in {one.name}, the other in {other.name}")
    if one.name == other.name:
        return Reason("place", 0.5, f"both in {one.name}")
    return None


def _kilometres(a: Where, b: Where) -> float | None:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    lat, other = math.radians(a.lat), math.radians(b.lat)
    half = (
        math.sin((other - lat) / 2) ** 2
        + math.cos(lat) * math.cos(other) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    )
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _parties(a: Report, b: Report) -> Iterator[Reason]:
    for side, word in (("source", "who acts"), ("target", "upon whom")):
        ours = [party for party in a.parties if party.side == side]
        theirs = [party for party in b.parties if party.side == side]
        if not ours or not theirs:
            continue
        best = max((_party_points(x, y), x.name, y.name) for x in ours for y in theirs)
        points, x_name, y_name = best
        if points < 0 and a.article == b.article:
            # One article names one person in one way: another name is another person.
            points -= 1.5
        if points > 0:
            same = f"“{x_name}”" if x_name == y_name else f"“{x_name}”, “{y_name}”"
            yield Reason(side, points, f"{word}: {same}")
        elif points < 0 and not _crossed(a, b):
            yield Reason(side, points, f"{word} differs: “{x_name}”, “{y_name}”")


def _party_points(a: Party, b: Party) -> float:
    """Same name, names that share a word, same country and sector; negative where the countries differ."""
    if a.name == b.name:
        return 1.2
    if a.country is not None and b.country is not None and a.country != b.country:
        return -5.0
    shared = {word for word in a.name.lower().split() if len(word) > 3} & set(b.name.lower().split())
    if shared:
        return 0.9
    if _is_full_name(a.name) and _is_full_name(b.name):
        return -1.5
    if a.country is not None and a.country == b.country:
        if a.sectors and b.sectors and a.sectors[0] != b.sectors[0]:
            return -0.5
        return 0.3
    return -0.2


def _is_full_name(name: str) -> bool:
    """Whether a name is one of a certain person or body ("Ine Berg"), not a description or a country's name."""
    words = name.split()
    return len(words) > 1 and all(word[0].isupper() for word in (words[0], words[-1]))


def _crossed(a: Report, b: Report) -> bool:
    """Whether the sides are told the other way round ("A met B", "B met A")."""
    return any(
        one.side != other.side and one.country is not None and one.country == other.country
        for one in a.parties
        for other in b.parties
    )


def _amounts(a: Report, b: Report) -> Iterator[Reason]:
    for ours in a.amounts:
        for theirs in b.amounts:
            if ours.kind == theirs.kind:
                found = _amount(ours, theirs)
                if found is not None:
                    yield found


def _amount(a: Amount, b: Amount) -> Reason | None:
    ours, theirs = a.low or a.high, b.low or b.high
    if not ours or not theirs:
        return None
    told = f"{a.kind}: {ours:g}" if ours == theirs else f"{a.kind}: {ours:g} and {theirs:g}"
    if ours == theirs:
        return Reason("figures", 0.8 if ours < 3 else 1.5, told)
    ratio = max(ours, theirs) / min(ours, theirs)
    if ratio <= 1.5:
        return Reason("figures", 0.0, told)
    # Tolls rise while news comes in, but not to any height.
    return Reason("figures", -0.5 if ratio <= 3 else -2.5 if ratio <= 8 else -5.0, told)
