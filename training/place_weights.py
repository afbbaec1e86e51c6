"""Fit the weights of place spotting and place choice, and write src/dateline/resolve/place_weights.py.

    python training/place_weights.py [--cache FOLDER]

Reads corpora/geoparsing (see benchmarks/corpora.py for where). Fitted on one half of LGL (by a checksum of the document
id) and every second document of GeoWebNews-a; accuracy is printed for these and for the other halves, which the fit
never sees. Both models are log-linear with few weights; those of the choice are kept near OWN_PRIOR and CONTEXT_PRIOR.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.tokens import Doc, DocBin

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from benchmarks.corpora import corpora_folder  # noqa: E402
from dateline.language.annotate import load_annotator  # noqa: E402
from dateline.lexicon.gazetteer import Gazetteer, distance, load_gazetteer  # noqa: E402
from dateline.records.text import Article, make_article  # noqa: E402
from dateline.resolve import place_candidates as naming  # noqa: E402
from dateline.resolve import place_choice as choice  # noqa: E402
from dateline.resolve import place_spotting as spotting  # noqa: E402
from dateline.resolve.place_topics import NameSpan, find_topics  # noqa: E402
from dateline.resolve.places import adjective_spans, source_of  # noqa: E402

TARGET = ROOT / "src/dateline/resolve/place_weights.py"
NEAR_KM = 161.0
GEOWEBNEWS_TIMES = 3
CHOICE_PENALTY, SPOT_PENALTY = 0.008, 1.0
OWN_PRIOR = {
    "people": 1.0,
    "metropolis": 1.2,
    "no-people": 0.0,
    "capital": 2.0,
    "people-of-country": 0.5,
    "people-of-division": 0.7,
    "people-of-county": 0.5,
    "country": 5.0,
    "division": 2.8,
    "county": 3.0,
    "area": 6.5,
    "alias": -1.5,
    "bare-county": -4.0,
    "beside-area": -2.0,
    "size-of-country-of-division": 1.0,
    "size-of-country-of-town": 0.1,
    "country-of-source": 1.5,
    "near-source": 6.0,
    "named-by-source": 2.0,
}
CONTEXT_PRIOR = {
    "inside": 6.0,
    "inside-other": -1.0,
    "same-sense": 5.0,
    "country-share": 1.2,
    "country-mass": 0.8,
    "division-mass": 2.5,
    "towns-in-country": 0.9,
    "towns-in-division": 1.3,
    "country-has-towns": 0.7,
    "division-has-towns": 0.9,
    "neighbour-countries": 2.0,
    "capital-named": 2.0,
    "sister-divisions": 2.0,
    "near-30": 1.5,
    "near-100": 1.4,
    "near-300": 1.0,
}
# Held at their priors: LGL was collected to mislead a prior for great cities, ordinary news was not.
PINNED = ("metropolis", "capital", "size-of-country-of-town")
# LGL marks "Bethlehem" in "Bethlehem Steel Corp." and schools' teams; for a reader of the record they are no places. It
# is local news, too: names far from all others are seldom places there; in world news they often are.
SPOT_PINNED = {
    "company-follows": -1.0,
    "plays": -2.5,
    "played-against": -2.0,
    "area-many-words": 1.5,
    "of-follows": -1.0,
    "far-from-sure": -0.6,
    "rather-near-sure": -0.3,
    "country-unheard": -0.8,
}
Row = dict[str, Any]


@dataclass
class Sample:
    """One document with what is needed of it."""

    row: Row
    doc: Doc
    article: Article
    gold: dict[tuple[int, int], Row]


def read_samples(name: str, cache: Path) -> list[Sample]:
    """The documents of a corpus, parsed by the shipped model (kept in the cache)."""
    folder = corpora_folder()
    if folder is None:
        raise SystemExit("no corpora: set DATELINE_CORPORA")
    with (folder / "geoparsing" / f"{name}.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    file = cache / f"{name}.spacy"
    if not file.exists():
        cache.mkdir(parents=True, exist_ok=True)
        attributes = ["POS", "TAG", "LEMMA", "DEP", "HEAD", "SENT_START", "ENT_IOB", "ENT_TYPE"]
        DocBin(attributes, docs=load_annotator().annotate_many([row["text"] for row in rows])).to_disk(file)
    docs = DocBin().from_disk(file).get_docs(spacy.blank("en").vocab)
    samples = []
    for row, doc in zip(rows, docs, strict=True):
        day = date.fromisoformat(row["date"] or "2018-04-01")
        article = make_article(row["text"], published=day, published_basis="given", ref=row["id"], url=row["url"])
        gold = {(item["start"], item["end"]): item for item in row["toponyms"]}
        samples.append(Sample(row, doc, article, gold))
    return samples


# ---- choice between places


@dataclass
class Field:
    """The candidates of one document, the share of gold mentions each is right for, and the weight of each topic."""

    field: choice.Field
    ties: choice.Ties
    topics: list[choice.Topic]
    right: np.ndarray
    weight: np.ndarray
    mentions: np.ndarray


def lay_out(sample: Sample, gazetteer: Gazetteer) -> Field | None:
    """The choices of one document, given the gold spans."""
    spans = [
        NameSpan(start, end, item["text"], gazetteer.adjective(item["text"]))
        for (start, end), item in sample.gold.items()
    ]
    spans = sorted([*spans, *adjective_spans(sample.doc, gazetteer, list(sample.gold))], key=lambda span: span.start)
    topics, numbers = find_topics(sample.doc.text, spans, gazetteer)
    field = choice.lay_out(topics, gazetteer, source_of(sample.article, gazetteer))
    if not field.places:
        return None
    points: dict[int, list[Row]] = defaultdict(list)
    for span, number in zip(spans, numbers, strict=True):
        item = sample.gold.get((span.start, span.end))
        if item is not None and item["lat"] is not None:
            points[number].append(item)
    right = np.zeros(len(field.places))
    for index, (place, number) in enumerate(zip(field.places, field.topic.tolist(), strict=True)):
        close = [distance(place.lat, place.lon, item["lat"], item["lon"]) <= NEAR_KM for item in points[number]]
        right[index] = sum(close) / max(len(close), 1)
    mentions = np.array([len(points[number]) for number in range(len(topics))])
    several = np.bincount(field.topic, minlength=len(topics)) > 1
    weight = np.where((np.bincount(field.topic, right, len(topics)) > 0) & several, np.sqrt(mentions), 0.0)
    return Field(field, choice.tie(field, topics, gazetteer), topics, right, weight, mentions)


def run(item: Field, own: np.ndarray, context: np.ndarray, rounds: int) -> np.ndarray:
    """Chances after so many rounds."""
    base = item.field.own @ own
    chance = choice.chances(item.field, base, len(item.topics))
    for _ in range(rounds):
        seen = choice.context(item.field, item.ties, item.topics, chance)
        chance = choice.chances(item.field, base + seen @ context, len(item.topics))
    return chance


def fit_choice(items: list[Field]) -> tuple[np.ndarray, np.ndarray]:
    """Own and context weights: conditional logit, contexts recomputed with the weights of the round before."""
    prior = np.array([OWN_PRIOR[name] for name in choice.OWN] + [CONTEXT_PRIOR[name] for name in choice.CONTEXT])
    weights, split = prior.copy(), len(choice.OWN)
    free = np.array([float(name not in PINNED) for name in (*choice.OWN, *choice.CONTEXT)])
    for turn in range(4):
        seen, topic, offset = [], [], 0
        for item in items:
            chance = run(item, weights[:split], weights[split:], 2 if turn else 1)
            seen.append(np.hstack([item.field.own, choice.context(item.field, item.ties, item.topics, chance)]))
            topic.append(item.field.topic + offset)
            offset += len(item.topics)
        table, groups = np.vstack(seen), np.concatenate(topic)
        right = np.concatenate([item.right for item in items])
        share = np.concatenate([item.weight for item in items])

        def gradient(now: np.ndarray, table=table, groups=groups, right=right, share=share, count=offset) -> np.ndarray:
            score = table @ now
            top = np.full(count, -np.inf)
            np.maximum.at(top, groups, score)
            raised = np.exp(score - top[groups])
            chance = raised / np.bincount(groups, raised, count)[groups]
            hit = chance * right
            total = np.bincount(groups, hit, count)[groups]
            wanted = np.where(total > 0, hit / np.maximum(total, 1e-12), chance)
            slope = table.T @ (share[groups] * (wanted - chance)) / share.sum() - CHOICE_PENALTY * (now - prior)
            return slope * free

        weights = climb(weights, gradient, 250, 0.05)
    return weights[:split], weights[split:]


def climb(weights: np.ndarray, gradient: Callable[[np.ndarray], np.ndarray], steps: int, rate: float) -> np.ndarray:
    """Adam, upwards."""
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        slope = gradient(weights)
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        weights = weights + rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-7)
    return weights


def choice_accuracy(items: list[Field], own: np.ndarray, context: np.ndarray) -> float:
    """Percentage of gold mentions with coordinates whose choice lies within 161 km (unknown names count as wrong)."""
    right = total = 0.0
    for item in items:
        chance = run(item, own, context, 3)
        for number, count in enumerate(item.mentions):
            total += count
            rows = np.flatnonzero(item.field.topic == number)
            if len(rows):
                right += count * item.right[rows[np.argmax(chance[rows])]]
    return 100 * right / total


# ---- spotting


def spot_rows(sample: Sample, gazetteer: Gazetteer) -> list[tuple[dict[str, float], bool]]:
    """Measures of every candidate of a document, and whether its span is gold."""
    doc = sample.doc
    pieces = naming.find_pieces(doc, doc.text, gazetteer)
    items = naming.find_candidates(doc, doc.text, pieces, gazetteer)
    around = spotting.survey(doc, pieces, items, gazetteer)
    starts = {item.first: item for item in items}
    seen = [dict(spotting.measures(doc, item, around, starts)) for item in items]
    scores = [spotting.score(row.items()) for row in seen]
    anchors = spotting.find_anchors(doc, doc.text, items, scores, gazetteer, source_of(sample.article, gazetteer))
    for item, row in zip(items, seen, strict=True):
        row.update(spotting.support(item, anchors))
    return [(row, (doc[item.first].idx, item.end) in sample.gold) for item, row in zip(items, seen, strict=True)]


def fit_spots(rows: list[tuple[dict[str, float], bool]]) -> dict[str, float]:
    """Weights of the measures: logistic regression."""
    names = sorted({name for row, _ in rows for name in row})
    place = {name: number for number, name in enumerate(names)}
    held = np.array([SPOT_PINNED.get(name, 0.0) for name in names])
    free = np.array([float(name not in SPOT_PINNED) for name in names])
    table = np.zeros((len(rows), len(names)))
    for number, (row, _) in enumerate(rows):
        for name, value in row.items():
            table[number, place[name]] = value
    gold = np.array([float(is_gold) for _, is_gold in rows])

    def gradient(now: np.ndarray) -> np.ndarray:
        return free * (table.T @ (gold - 1 / (1 + np.exp(-table @ now))) - SPOT_PENALTY * now) / len(gold)

    return dict(zip(names, climb(held, gradient, 400, 0.1).tolist(), strict=True)) | SPOT_PINNED


def spot_f1(samples: list[Sample], gazetteer: Gazetteer) -> str:
    """Precision, recall and F1 of exact spans with the weights now in use."""
    hit = found = gold = 0
    for sample in samples:
        spots = spotting.find_spots(sample.doc, sample.doc.text, gazetteer, source_of(sample.article, gazetteer))
        hit += sum((spot.start, spot.end) in sample.gold for spot in spots)
        found += len(spots)
        gold += len(sample.gold)
    return f"P {100 * hit / found:.1f} R {100 * hit / gold:.1f} F1 {200 * hit / (found + gold):.1f}"


def written(name: str, weights: Iterable[tuple[str, float]]) -> str:
    """A dict of weights as Python."""
    return f"{name} = {{\n" + "".join(f'    "{key}": {value:.3f},\n' for key, value in weights) + "}\n"


def main() -> None:
    """Fit both, print accuracy, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=Path("/tmp/dateline-places"))
    cache: Path = parser.parse_args().cache
    gazetteer = load_gazetteer()
    lgl, web = read_samples("lgl", cache), read_samples("gwn_a", cache)
    parts = {
        "lgl fitted": [sample for sample in lgl if zlib.crc32(sample.row["id"].encode()) % 2 == 0],
        "lgl unseen": [sample for sample in lgl if zlib.crc32(sample.row["id"].encode()) % 2 == 1],
        "gwn fitted": web[::2],
        "gwn unseen": web[1::2],
    }
    fields = {
        name: [item for item in (lay_out(sample, gazetteer) for sample in samples) if item is not None]
        for name, samples in parts.items()
    }
    own, context = fit_choice(fields["lgl fitted"] + fields["gwn fitted"] * 2)
    for name, items in fields.items():
        print(f"{name}: choice within 161 km {choice_accuracy(items, own, context):.2f}")
    head = '"""Weights of place spotting and of the choice between places, fitted by training/place_weights.py."""\n\n'
    text = head + written("OWN_WEIGHTS", zip(choice.OWN, own, strict=True))
    text += written("CONTEXT_WEIGHTS", zip(choice.CONTEXT, context, strict=True))
    for _ in range(2):
        rows = [row for sample in parts["lgl fitted"] for row in spot_rows(sample, gazetteer)]
        rows += [row for sample in parts["gwn fitted"] for row in spot_rows(sample, gazetteer)] * GEOWEBNEWS_TIMES
        weights = fit_spots(rows)
        spotting.SPOT_WEIGHTS.clear()
        spotting.SPOT_WEIGHTS.update(weights)
    for name, samples in parts.items():
        print(f"{name}: spans {spot_f1(samples, gazetteer)}")
    text += written("SPOT_WEIGHTS", sorted(item for item in weights.items() if abs(item[1]) >= 0.02))
    TARGET.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
