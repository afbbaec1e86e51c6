"""Dev scores of a network in training: tags, greedy trees, and names by the best legal label sequence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import torch
from data import MASK, Encoded, Labels, Sentence, encode, make_batch, pack
from model import Parser

from dateline.language.heads import decode_labels, transition_costs
from dateline.language.wordpiece import WordPieces


@torch.no_grad()
def evaluate(model: Parser, sentences: Sequence[Sentence], labels: Labels, pieces: WordPieces) -> dict[str, float]:
    """UPOS, XPOS, lemma rules, UAS, LAS and entity F1 (PER, ORG, LOC) in percent, on whatever layers the sentences
    carry."""
    model.eval()
    tally: Counter[str] = Counter()
    for items in pack([encode(sentence, labels, pieces) for sentence in sentences], 3000):
        batch = make_batch(items)
        scores = model(batch.pieces, batch.shapes, batch.first, batch.last)
        tagged = batch.words & (batch.labels["upos"] >= 0)
        tally["tagged"] += int(tagged.sum())
        for name in ("upos", "xpos", "lemma"):
            tally[name] += int(((scores[name].argmax(-1) == batch.labels[name]) & tagged).sum())
        _count_trees(tally, model, scores, batch.labels, batch.words)
        _count_names(tally, scores["entity"].numpy(), items, labels.entities)
    model.train()
    result = {name: 100 * tally[name] / tally["tagged"] for name in ("upos", "xpos", "lemma") if tally["tagged"]}
    if tally["tree"]:
        result |= {name: 100 * tally[name] / tally["tree"] for name in ("uas", "las")}
    if tally["wanted"]:
        result["ner"] = 200 * tally["found"] / (tally["given"] + tally["wanted"])
    return result


def _count_trees(
    tally: Counter[str],
    model: Parser,
    scores: dict[str, torch.Tensor],
    labels: dict[str, torch.Tensor],
    words: torch.Tensor,
) -> None:
    known = labels["head"] >= 0
    if not known.any():
        return
    open_heads = torch.cat([torch.ones_like(words[:, :1]), words], 1)[:, None]
    heads = scores["arc"].masked_fill(~open_heads, -1e9).argmax(-1)
    rows, columns = known.nonzero(as_tuple=True)
    relation = model.relations(scores["relation_word"][rows, columns], scores["relation_head"][rows, heads[known]])
    right = heads[known] == labels["head"][known]
    tally["tree"] += len(rows)
    tally["uas"] += int(right.sum())
    tally["las"] += int((right & (relation.argmax(-1) == labels["relation"][known])).sum())


def _count_names(tally: Counter[str], scores: np.ndarray, items: Sequence[Encoded], names: Sequence[str]) -> None:
    sizes = np.array([len(item.first) for item in items])
    chosen = decode_labels(scores, sizes, transition_costs(names))
    for row, item in zip(chosen.tolist(), items, strict=True):
        gold = item.labels["entity"]
        if MASK in gold:
            continue
        wanted = {span for span in spans([names[label] for label in gold]) if span[2] != "NORP"}
        given = {span for span in spans([names[label] for label in row[: len(gold)]]) if span[2] != "NORP"}
        tally["found"] += len(wanted & given)
        tally["given"] += len(given)
        tally["wanted"] += len(wanted)


def spans(labels: Sequence[str]) -> set[tuple[int, int, str]]:
    """The names (start, end, kind) of a BIO sequence."""
    found: set[tuple[int, int, str]] = set()
    start, kind = 0, ""
    for index, label in enumerate([*labels, "O"]):
        prefix, _, this = label.partition("-")
        if kind and (prefix != "I" or this != kind):
            found.add((start, index, kind))
            kind = ""
        if prefix in {"B", "I"} and not kind:
            start, kind = index, this
    return found
