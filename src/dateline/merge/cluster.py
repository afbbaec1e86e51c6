"""Clusters from links: the two that are most alike are put together again and again. Order never matters.

A link has a strength; what is not linked has strength 0. The strength between two clusters is the mean over all pairs
of their members. Ties are broken by the members' ids, so the same set of links gives the same clusters, in whatever
order it comes; and clusters in one connected part of the links do not depend on other parts, so that after a change
only the parts it touches need to be worked out again.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping

Link = tuple[str, str]


def components(nodes: Iterable[str], links: Iterable[Link]) -> list[list[str]]:
    """The connected parts, each sorted, in the order of their first members."""
    leader = {node: node for node in nodes}

    def found(node: str) -> str:
        while leader[node] != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    for a, b in links:
        first, second = sorted((found(a), found(b)))
        leader[second] = first
    parts: dict[str, list[str]] = {}
    for node in sorted(leader):
        parts.setdefault(found(node), []).append(node)
    return list(parts.values())


def clusters(
    nodes: Iterable[str],
    strengths: Mapping[Link, float],
    threshold: float,
    *,
    cohesion: float = 0.0,
    prior: float = 0.0,
    apart: frozenset[Link] = frozenset(),
    together: frozenset[Link] = frozenset(),
) -> list[list[str]]:
    """Put nodes together while the mean strength between two clusters reaches the threshold.

    Args:
        strengths: by pair of nodes (a, b) with a < b; negative ones speak against.
        cohesion: two clusters stay apart, too, if the strength between them is less than this part of the strength
            inside the looser of them (shrunk towards the threshold by `prior` pairs).
        apart, together: pairs (a < b) that a person has decided; they win over every strength.

    Returns:
        The clusters, each sorted, in the order of their first members.
    """
    found: list[list[str]] = []
    known = set(nodes)
    linked = [*strengths, *(pair for pair in together if known.issuperset(pair))]
    # Each part is worked on alone, which keeps the work small and the result local.
    by_part: dict[str, dict[Link, float]] = {}
    parts = components(known, linked)
    part_of = {node: part[0] for part in parts for node in part}
    for link, strength in strengths.items():
        by_part.setdefault(part_of[link[0]], {})[link] = strength
    for part in parts:
        if len(part) == 1:
            found.append(part)
        else:
            found += _Part(part, by_part.get(part[0], {}), apart, together).grown(threshold, cohesion, prior)
    return sorted(found)


class _Part:
    """One connected part while it is being clustered; clusters are named by their smallest member."""

    def __init__(
        self, nodes: list[str], strengths: Mapping[Link, float], apart: frozenset[Link], together: frozenset[Link]
    ) -> None:
        self.members = {node: [node] for node in nodes}
        self.sums: dict[str, dict[str, float]] = {node: {} for node in nodes}
        self.inside = dict.fromkeys(nodes, 0.0)
        for (a, b), strength in strengths.items():
            self.sums[a][b] = self.sums[b][a] = strength
        inside = set(nodes)
        self.barred: dict[str, set[str]] = {node: set() for node in nodes}
        for a, b in apart:
            if a in inside and b in inside:
                self.barred[a].add(b)
                self.barred[b].add(a)
        for a, b in sorted(together):
            if a in inside and b in inside:
                first, second = sorted((self._cluster_of(a), self._cluster_of(b)))
                if first != second and second not in self.barred[first]:
                    self._join(first, second)

    def grown(self, threshold: float, cohesion: float, prior: float) -> list[list[str]]:
        """The clusters in the end."""

        def allowed(a: str, b: str, mean: float) -> bool:
            if mean < threshold or b in self.barred[a]:
                return False
            need = min(self._inner(a, threshold, prior), self._inner(b, threshold, prior))
            return mean >= cohesion * need

        self._grow(allowed)
        return [sorted(members) for members in self.members.values()]

    def _grow(self, allowed: Callable[[str, str, float], bool]) -> None:
        heap = [(-self._mean(a, b), a, b) for a, others in self.sums.items() for b in others if a < b]
        heapq.heapify(heap)
        while heap:
            negative, a, b = heapq.heappop(heap)
            if a not in self.members or b not in self.members or self._mean(a, b) != -negative:
                continue
            if allowed(a, b, -negative):
                self._join(a, b)
                for other in self.sums[a]:
                    first, second = sorted((a, other))
                    heapq.heappush(heap, (-self._mean(first, second), first, second))

    def _cluster_of(self, node: str) -> str:
        return next(name for name, members in self.members.items() if node in members)

    def _mean(self, a: str, b: str) -> float:
        # Rounded, so that sums taken in another order give the same number.
        return round(self.sums[a].get(b, 0.0) / (len(self.members[a]) * len(self.members[b])), 9)

    def _inner(self, a: str, threshold: float, prior: float) -> float:
        pairs = len(self.members[a]) * (len(self.members[a]) - 1) / 2
        return (self.inside[a] + prior * threshold) / (pairs + prior) if pairs + prior else 0.0

    def _join(self, a: str, b: str) -> None:
        """Put b into a; a is the smaller name."""
        self.inside[a] += self.inside.pop(b) + self.sums[a].pop(b, 0.0)
        self.sums[b].pop(a, None)
        for other, strength in self.sums.pop(b).items():
            self.sums[other].pop(b)
            self.sums[a][other] = self.sums[other][a] = self.sums[a].get(other, 0.0) + strength
        self.barred[a] |= self.barred.pop(b)
        for other in self.barred[a]:
            if other in self.barred:
                self.barred[other].discard(b)
                self.barred[other].add(a)
        self.members[a] += self.members.pop(b)
