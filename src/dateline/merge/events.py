"""Reports of one event: scores of pairs in, clusters out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Final

from dateline.merge.cluster import Link, clusters
from dateline.merge.features import Sketch
from dateline.merge.score import Judgement, Weights, judge
from dateline.merge.stories import Stories

# Two clusters are one event if a pair across them is, on average, this likely (docs/merging.md says why so low).
THRESHOLD: Final = 0.25


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a person decided, by event id: pairs (a < b) that are, or are not, one event; events that stand alone."""

    together: frozenset[Link] = frozenset()
    apart: frozenset[Link] = frozenset()
    alone: frozenset[str] = field(default_factory=frozenset)

    def allow(self, a: str, b: str) -> bool:
        """Whether a link of the two may count."""
        pair = (a, b) if a < b else (b, a)
        return pair in self.together or not (pair in self.apart or a in self.alone or b in self.alone)


NO_DECISIONS: Final = Decisions()


def event_clusters(
    reports: Iterable[str], scores: Mapping[Link, float], decisions: Decisions = NO_DECISIONS
) -> list[list[str]]:
    """Reports grouped into events, by report id; scores of pairs (a < b) that count."""
    allowed = {link: score for link, score in scores.items() if decisions.allow(*link)}
    return clusters(reports, allowed, THRESHOLD, apart=decisions.apart, together=decisions.together)


def judged_pairs(
    ours: Iterable[Sketch], theirs: Iterable[Sketch] | None, alike: float, weights: Weights
) -> Mapping[Link, Judgement]:
    """Judgements of the pairs between two articles, or (theirs None) within one, by report ids (a < b)."""
    pairs = combinations(list(ours), 2) if theirs is None else product(list(ours), list(theirs))
    found: dict[Link, Judgement] = {}
    for a, b in pairs:
        # Always in one order: the words of a reason must not depend on which was read first.
        first, second = (a, b) if a.report.id < b.report.id else (b, a)
        judgement = judge(first, second, alike, weights)
        if judgement is not None:
            found[first.report.id, second.report.id] = judgement
    return found


def find_events(sketches: Mapping[str, list[Sketch]], stories: Stories, weights: Weights) -> list[list[str]]:
    """All reports at once into events: pairs within an article, and between linked articles of one story."""
    scores: dict[Link, float] = {}

    def add(found: Mapping[Link, Judgement]) -> None:
        scores.update({link: judgement.score for link, judgement in found.items()})

    for ours in sketches.values():
        add(judged_pairs(ours, None, 1.0, weights))
    for (a, b), alike in stories.links.items():
        if stories.story_of[a] == stories.story_of[b]:
            add(judged_pairs(sketches.get(a, []), sketches.get(b, []), alike, weights))
    return event_clusters([item.report.id for ours in sketches.values() for item in ours], scores)
