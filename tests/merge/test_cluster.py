"""Clusters do not depend on the order of links, keep to what a person decided, and stay apart when loosely linked."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from dateline.merge.cluster import clusters, components

NODES = [f"n{n}" for n in range(9)]


def links(drawn: list[tuple[int, int, int]]) -> dict[tuple[str, str], float]:
    return {(f"n{min(a, b)}", f"n{max(a, b)}"): score / 10 for a, b, score in drawn if a != b}


DRAWN = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8), st.integers(1, 10)), max_size=30)


@given(DRAWN, st.randoms(use_true_random=False))
def test_the_order_of_nodes_and_links_does_not_matter(drawn: list[tuple[int, int, int]], order: random.Random) -> None:
    strengths = links(drawn)
    shuffled = list(strengths.items())
    order.shuffle(shuffled)
    nodes = list(NODES)
    order.shuffle(nodes)
    found = clusters(NODES, strengths, 0.4, cohesion=0.8, prior=4.0)
    assert clusters(nodes, dict(shuffled), 0.4, cohesion=0.8, prior=4.0) == found
    assert sorted(node for members in found for node in members) == NODES


@given(DRAWN)
def test_a_part_is_clustered_the_same_alone_and_among_others(drawn: list[tuple[int, int, int]]) -> None:
    strengths = links(drawn)
    whole = clusters(NODES, strengths, 0.4)
    alone: list[list[str]] = []
    for part in components(NODES, strengths):
        alone += clusters(part, {link: score for link, score in strengths.items() if link[0] in part}, 0.4)
    assert sorted(alone) == whole


def test_missing_links_count_as_nothing_in_the_mean() -> None:
    chain = {("a", "b"): 0.9, ("b", "c"): 0.9}
    assert clusters("abc", chain, 0.5) == [["a", "b"], ["c"]]
    assert clusters("abc", chain, 0.4) == [["a", "b", "c"]]


def test_two_tight_clusters_with_weaker_links_between_them_stay_apart() -> None:
    tight = {(a, b): 0.8 for group in ("abcd", "wxyz") for a in group for b in group if a < b}
    between = {(a, b): 0.3 for a in "abcd" for b in "wxyz"}
    assert clusters("abcdwxyz", tight | between, 0.2) == [list("abcdwxyz")]
    assert clusters("abcdwxyz", tight | between, 0.2, cohesion=0.8, prior=4.0) == [list("abcd"), list("wxyz")]


def test_what_a_person_decided_wins() -> None:
    strong = {("a", "b"): 0.99}
    assert clusters("abc", strong, 0.5, apart=frozenset({("a", "b")})) == [["a"], ["b"], ["c"]]
    assert clusters("abc", strong, 0.5, together=frozenset({("b", "c")})) == [["a"], ["b", "c"]]
    joined = clusters("abc", strong | {("a", "c"): 0.9}, 0.5, together=frozenset({("b", "c")}))
    assert joined == [["a", "b", "c"]]
