"""Learns the weights of the merge's word features: `PYTHONPATH=src:. python training/merge_weights.py`.

Logistic regression on all pairs of given mentions in the stories found in ECB+ (part train). Writes
src/dateline/lexicon/data/merge/weights.toml.
"""

from __future__ import annotations

import hashlib
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora import corpora_folder
from benchmarks.samevent import load, texts
from dateline.lexicon.likeness import load_likeness
from dateline.merge.features import WORDS, Sketch, compared, sketch
from dateline.merge.stories import find_stories

TARGET = Path(__file__).resolve().parent.parent / "src" / "dateline" / "lexicon" / "data" / "merge" / "weights.toml"
_PENALTY = 1e-3


def main() -> None:
    """Learn and write."""
    corpora = corpora_folder()
    if corpora is None:
        raise SystemExit("merge_weights: no corpora (set DATELINE_CORPORA)")
    path = corpora / "samevent" / "ecbplus_dev.jsonl"
    values, same = pairs(path, "train")
    start, weights = learned(values, same)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    lines = [
        "# Learned by training/merge_weights.py; log odds that two reports of one story tell of one event.",
        f"# ECB+ train, data {digest}, {len(same)} pairs of which {int(same.sum())} are one event.",
        f"start = {start:.4f}",
        "",
        "[words]",
        *(f'"{name}" = {weight:.4f}' for name, weight in zip(WORDS, weights, strict=True)),
    ]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(same)} pairs, {TARGET}")


def pairs(path: Path, part: str | None) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Features (pairs, features) and whether they are one event, for all pairs in one found story."""
    likeness = load_likeness()
    articles = load(path, part)
    found = find_stories(texts(articles), likeness)
    by_story: dict[str, list[tuple[Sketch, str]]] = {}
    values: list[tuple[float, ...]] = []
    same: list[bool] = []
    for article in articles:
        for mention in article.mentions:
            made = (sketch(mention.report, mention.order, likeness), mention.chain)
            by_story.setdefault(found.story_of[article.text.id], []).append(made)
    for members in by_story.values():
        for (a, chain), (b, other) in combinations(members, 2):
            values.append(compared(a, b, found.alike(a.report.article, b.report.article)))
            same.append(chain == other)
    return np.array(values), np.array(same, dtype=np.float64)


def learned(values: NDArray[np.float64], same: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
    """Start and weights by Newton's method, with a small penalty on weights in units of their spread."""
    mean, spread = values.mean(0), values.std(0) + 1e-6
    rows = np.c_[(values - mean) / spread, np.ones(len(values))]
    at = np.zeros(rows.shape[1])
    keep = np.r_[np.full(len(at) - 1, _PENALTY), 0.0]
    for _ in range(60):
        likely = 1 / (1 + np.exp(-rows @ at))
        slope = rows.T @ (likely - same) / len(same) + keep * at
        bend = (rows * (likely * (1 - likely))[:, None]).T @ rows / len(same) + np.diag(keep + 1e-9)
        step = np.linalg.solve(bend, slope)
        at -= step
        if np.abs(step).max() < 1e-7:
            break
    weights = at[:-1] / spread
    return float(at[-1] - weights @ mean), weights


if __name__ == "__main__":
    main()
