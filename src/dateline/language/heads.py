"""From scores to structures: trees out of arc scores, names out of BIO scores (numpy, whole batches at once)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

_NEVER = np.float32(-1e9)
# Logits in favour of "no name", chosen on the development parts of UNER and Wikigold (F1 +0.8 and +0.9).
_OUTSIDE = 0.6


def decode_heads(arc: Floats, sizes: Ints) -> Ints:
    """The head of every word: (sentences, words), 1-based, 0 for the root and for padding.

    `arc` is (sentences, words, 1 + words). The best head of each word is taken where that gives a tree with one root;
    else the best such tree is
    searched for (Chu-Liu and Edmonds).
    """
    width = arc.shape[1]
    columns = np.arange(width + 1)
    scores = np.where(columns[None, None, :] <= sizes[:, None, None], arc, _NEVER)
    words = np.arange(width)
    scores[:, words, words + 1] = _NEVER
    heads: Ints = scores.argmax(-1).astype(np.int64)
    heads[words[None, :] >= sizes[:, None]] = 0
    for index in np.flatnonzero(~are_trees(heads, sizes)):
        size = int(sizes[index])
        heads[index, :size] = best_tree(scores[index, :size, : size + 1])
    return heads


def are_trees(heads: Ints, sizes: Ints) -> npt.NDArray[np.bool_]:
    """Whether each row of heads is a tree: one root, and every word reaches it."""
    count, width = heads.shape
    real = np.arange(width)[None, :] < sizes[:, None]
    single: npt.NDArray[np.bool_] = ((heads == 0) & real).sum(1) == 1
    above = np.concatenate([np.zeros((count, 1), dtype=np.int64), heads], axis=1)
    for _ in range(max(1, int(width).bit_length())):
        above = np.take_along_axis(above, above, axis=1)
    rooted: npt.NDArray[np.bool_] = (above == 0).all(1)
    return single & rooted


def best_tree(scores: Floats) -> Ints:
    """The heads (1-based, 0 for the one root) of the best tree; `scores` is (words, 1 + words)."""
    size = len(scores)
    if size == 1:
        return np.zeros(1, dtype=np.int64)
    # Rows and columns 0..size, row = dependent; arcs from the root cost so much that the best tree has exactly one.
    table = np.full((size + 1, size + 1), -np.inf)
    table[1:] = np.where(scores <= _NEVER, -np.inf, scores)
    finite = table[np.isfinite(table)]
    table[1:, 0] -= (finite.max() - finite.min() + 1) * (size + 1)
    return _edmonds(table)[1:]


def _edmonds(table: npt.NDArray[np.float64]) -> Ints:
    """Heads by Chu-Liu and Edmonds; `table[d, h]` scores h as head of d, node 0 is the root (its own entry is 0)."""
    table = table.copy()
    np.fill_diagonal(table, -np.inf)
    heads: Ints = table.argmax(1).astype(np.int64)
    heads[0] = 0
    cycle = _find_cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(len(heads), dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    kept = table[cycle, heads[cycle]]
    # The cycle becomes one node, put last: arcs into it trade one of its own arcs away, arcs out of it take its best
    # member.
    into = table[np.ix_(cycle, outside)] - kept[:, None]
    entered = into.argmax(0)
    out_of = table[np.ix_(outside, cycle)]
    leaving = out_of.argmax(1)
    smaller = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    smaller[:-1, :-1] = table[np.ix_(outside, outside)]
    smaller[-1, :-1] = into.max(0)
    smaller[:-1, -1] = out_of.max(1)
    solved = _edmonds(smaller)
    for place, node in enumerate(outside[1:], start=1):
        head = solved[place]
        heads[node] = cycle[leaving[place]] if head == len(outside) else outside[head]
    head = solved[-1]
    heads[cycle[entered[head]]] = outside[head]
    return heads


def _find_cycle(heads: Ints) -> Ints | None:
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path: list[int] = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return np.array(path[path.index(node) :], dtype=np.int64)
        for passed in path:
            state[passed] = 2
    return None


def transition_costs(labels: Sequence[str]) -> Floats:
    """(1 + labels, labels): 0 where a label may follow another (last row: at the start), else very negative; I-X
    needs B-X or I-X before it. O gets a little on top: names the model is in doubt about are more often none."""
    costs = np.zeros((len(labels) + 1, len(labels)), dtype=np.float32)
    for to, label in enumerate(labels):
        prefix, _, kind = label.partition("-")
        if label == "O":
            costs[:, to] = _OUTSIDE
        if prefix == "I":
            costs[:, to] = _NEVER
            for before, earlier in enumerate(labels):
                if earlier in {f"B-{kind}", f"I-{kind}"}:
                    costs[before, to] = 0
    return costs


def decode_labels(scores: Floats, sizes: Ints, costs: Floats) -> Ints:
    """The best allowed label sequence of each sentence (Viterbi): (sentences, words); padding is label 0."""
    count, width, labels = scores.shape
    best = scores[:, 0] + costs[-1]
    back = np.zeros((count, width, labels), dtype=np.int64)
    totals = np.zeros((count, width, labels), dtype=np.float32)
    totals[:, 0] = best
    for place in range(1, width):
        paths = best[:, :, None] + costs[None, :-1]
        back[:, place] = paths.argmax(1)
        best = paths.max(1) + scores[:, place]
        totals[:, place] = best
    chosen = np.zeros((count, width), dtype=np.int64)
    rows = np.arange(count)
    ends = sizes - 1
    current = totals[rows, ends].argmax(1)
    for place in range(width - 1, -1, -1):
        here = place <= ends
        chosen[here, place] = current[here]
        current = np.where(here, back[rows, place, current], current)
    return chosen
