"""What a judged sample tells of all facts: precision with intervals, corrected counts, and the rules that err most.

Precision only: a sample of what was found says nothing of what was missed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

# Two-sided 95 %.
_Z: Final = 1.959964


@dataclass(frozen=True, slots=True)
class Judged:
    """One judged fact of a sample.

    Attributes:
        stratum: the part of the record it was drawn from ("CONSULT"); rule: that found it.
        is_one: whether the article tells of such a thing at all; wrong: its parts that are wrong.
        really: the stratum it belongs to by what the judge said of its type; None where it is no fact at all.
    """

    stratum: str
    rule: str
    is_one: bool
    wrong: frozenset[str]
    really: str | None


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95 % interval: all between 0 and 1."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Line:
    """What the sample says of one stratum, or of all (`name` "all").

    Attributes:
        facts: how many the record holds; judged: how many of them were judged.
        act: the share that is such a fact, of this type; whole: the share without any fault. None where none is judged.
        corrected: how many there are by the sample: those of this type among all strata's, within low and high.
        faults: how often each part was wrong.
    """

    name: str
    facts: int
    judged: int
    act: Share | None
    whole: Share | None
    corrected: Share | None
    faults: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RuleErrors:
    """How a rule fared: facts judged, facts that are none or of another type, facts with any fault."""

    rule: str
    judged: int
    not_one: int
    faulty: int


def wilson(right: float, of: float) -> Share:
    """The Wilson score interval of a share (Wilson 1927); `of` may be an effective size.

    Raises:
        ValueError: nothing was judged.
    """
    if of <= 0:
        raise ValueError("no interval without a judgement")
    share, square = right / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _Z / (1 + square / of) * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    return Share(share, max(0.0, middle - half), min(1.0, middle + half))


def lines(strata: Mapping[str, int], judged: Sequence[Judged]) -> list[Line]:
    """One line for each stratum, the largest first, and one for all."""
    told = [_line(name, facts, judged, strata) for name, facts in sorted(strata.items(), key=lambda s: (-s[1], s[0]))]
    faults = Counter(part for one in judged for part in one.wrong)
    act = _stratified(strata, judged, _is_right_act)
    whole = _stratified(strata, judged, _is_whole)
    facts = sum(strata.values())
    seen = sum(strata[name] for name in {one.stratum for one in judged})
    real = _stratified(strata, judged, lambda one: one.is_one)
    corrected = _times(real, facts) if real and seen == facts else None
    return [*told, Line("all", facts, len(judged), act, whole, corrected, dict(faults))]


def rule_errors(judged: Iterable[Judged]) -> list[RuleErrors]:
    """The rules with judged facts, those first that erred most often."""
    found: dict[str, list[Judged]] = {}
    for one in judged:
        found.setdefault(one.rule, []).append(one)
    told = [
        RuleErrors(
            rule, len(ones), sum(not _is_right_act(one) for one in ones), sum(not _is_whole(one) for one in ones)
        )
        for rule, ones in found.items()
    ]
    return sorted(told, key=lambda rule: (-rule.not_one, -rule.faulty, -rule.judged, rule.rule))


def _line(name: str, facts: int, judged: Sequence[Judged], strata: Mapping[str, int]) -> Line:
    here = [one for one in judged if one.stratum == name]
    faults = dict(Counter(part for one in here for part in one.wrong))
    if not here:
        return Line(name, facts, 0, None, None, None, faults)
    act = wilson(sum(map(_is_right_act, here)), len(here))
    whole = wilson(sum(map(_is_whole, here)), len(here))
    complete = {one.stratum for one in judged} == set(strata)
    corrected = _corrected(name, judged, strata) if complete else None
    return Line(name, facts, len(here), act, whole, corrected, faults)


def _corrected(name: str, judged: Sequence[Judged], strata: Mapping[str, int]) -> Share:
    """How many facts really are of a type: its own that are, and those of others that should have been."""
    share = _stratified(strata, judged, lambda one: one.really == name)
    if share is None:
        raise ValueError("no count without a judgement")
    return _times(share, sum(strata.values()))


def _stratified(strata: Mapping[str, int], judged: Sequence[Judged], holds: Callable[[Judged], bool]) -> Share | None:
    """The share over all strata, each weighted by its facts; the interval is Wilson's at the effective size of the
    sample (Korn and Graubard 1998). Strata without a judgement are left out."""
    parts = []
    for name, facts in strata.items():
        here = [holds(one) for one in judged if one.stratum == name]
        if here:
            parts.append((facts, len(here), sum(here) / len(here)))
    total = sum(facts for facts, _, _ in parts)
    if not total:
        return None
    share = sum(facts * right for facts, _, right in parts) / total
    size = sum(count for _, count, _ in parts)
    # A stratum in which all were alike is not without error: its variance is that of half a judgement more each way.
    variance = sum(
        (facts / total) ** 2 * smooth * (1 - smooth) / count
        for facts, count, right in parts
        for smooth in ((right * count + 0.5) / (count + 1),)
        if count < facts
    )
    if not variance:
        return Share(share, share, share)
    middle = (share * size + 0.5) / (size + 1)
    effective = min(float(total), middle * (1 - middle) / variance)
    return wilson(share * effective, effective)


def _times(share: Share, facts: int) -> Share:
    return Share(share.share * facts, share.low * facts, share.high * facts)


def _is_right_act(one: Judged) -> bool:
    return one.is_one and "type" not in one.wrong and "kind" not in one.wrong


def _is_whole(one: Judged) -> bool:
    return one.is_one and not one.wrong
