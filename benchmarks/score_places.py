"""Place names and their coordinates: geoparsing corpora (LGL, GeoWebNews-a, or any file of that form).

Recognition (exact spans), end to end (exact span and at most 161 km off) and the resolver alone, given the gold spans.
With and without adjectives ("Kenyan"), since LGL and GeoWebNews annotate them and `find_places` gives them only when
asked. LGL also by halves: the weights of spotting and choice were fitted on the first (training/place_weights.py).

Usage: python benchmarks/score_places.py [FILE.jsonl ...] [--errors]
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
import zlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from benchmarks.corpora import corpora_folder, scorers_folder, stamp
from dateline.language.annotate import load_annotator
from dateline.lexicon.gazetteer import Gazetteer, distance, load_gazetteer
from dateline.records.mentions import PlaceMention
from dateline.records.text import Article, make_article
from dateline.resolve.place_topics import NameSpan
from dateline.resolve.places import adjective_spans, find_places, resolve_spans, source_of

Row = dict[str, Any]
_SHOWN = ("exact_p", "exact_r", "exact_f1", "exact_core_f1", "e2e_p", "e2e_r", "e2e_f1")


@dataclass(frozen=True, slots=True)
class Sample:
    """One document of a corpus with its parse."""

    row: Row
    doc: Doc
    article: Article


def load_scorer() -> Any:
    """The scorer of the corpora, or None where it is absent."""
    folder = scorers_folder()
    if folder is None or not (folder / "geoparse_score.py").is_file():
        return None
    spec = importlib.util.spec_from_file_location("geoparse_score", folder / "geoparse_score.py")
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_samples(path: Path) -> list[Sample]:
    """The documents of a corpus, parsed."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    docs = load_annotator().annotate_many(row["text"] for row in rows)
    samples = []
    for row, doc in zip(rows, docs, strict=True):
        day = date.fromisoformat(row["date"][:10]) if row.get("date") else date(2018, 4, 1)
        article = make_article(
            row["text"],
            published=day,
            published_basis="given",
            ref=row["id"],
            url=row.get("url"),
            title=row.get("title"),
        )
        samples.append(Sample(row, doc, article))
    return samples


def prediction(sample: Sample, mentions: tuple[PlaceMention, ...]) -> Row:
    """The form of the scorer."""
    points = [{"start": item.start, "end": item.end, "lat": item.lat, "lon": item.lon} for item in mentions]
    return {"id": sample.row["id"], "toponyms": points}


def given_spans(sample: Sample, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """The resolver's answer for the gold spans."""
    gold = sorted({(item["start"], item["end"]) for item in sample.row["toponyms"]})
    text = sample.doc.text
    spans = [NameSpan(start, end, text[start:end], gazetteer.adjective(text[start:end])) for start, end in gold]
    spans = sorted([*spans, *adjective_spans(sample.doc, gazetteer, gold)], key=lambda span: span.start)
    mentions = resolve_spans(text, spans, gazetteer, source_of(sample.article, gazetteer), adjectives=True)
    return tuple(item for item in mentions if (item.start, item.end) in set(gold))


def report(name: str, samples: list[Sample], gazetteer: Gazetteer, scorer: Any) -> dict[str, float]:
    """One block of lines: without and with adjectives (as `dateline read` has it), and the resolver alone.

    Returns:
        The main figures under short names ("lgl_exact_f1").
    """
    gold = [sample.row for sample in samples]
    for adjectives in (False, True):
        began = time.perf_counter()
        found = [find_places(item.doc, item.article, gazetteer, adjectives=adjectives).items for item in samples]
        speed = sum(len(item.doc) for item in samples) / (time.perf_counter() - began)
        result, _ = scorer.score(gold, [prediction(*pair) for pair in zip(samples, found, strict=True)])
        values = "  ".join(f"{key} {result[key]:.1f}" for key in _SHOWN)
        metrics = {f"{name}_{key}": result[key] for key in _SHOWN}
        print(f"{name:12s} {'with adjectives' if adjectives else 'names only':15s} {values}  {speed:,.0f} words/s")
    result, _ = scorer.score(gold, [prediction(item, given_spans(item, gazetteer)) for item in samples])
    print(
        f"{name:12s} {'gold spans':15s} acc161 {result['oracle_acc161']:.1f}  mean {result['oracle_mean_km']:.0f} km"
        f"  median {result['oracle_median_km']:.1f} km  auc {result['oracle_auc']:.3f}"
    )
    return {**metrics, f"{name}_gold_acc161": result["oracle_acc161"]}


def show_errors(samples: list[Sample], gazetteer: Gazetteer) -> None:
    """Every false, missed and misplaced name with its surroundings."""
    for sample in samples:
        text, gold = sample.doc.text, {(item["start"], item["end"]): item for item in sample.row["toponyms"]}
        found = {(item.start, item.end): item for item in find_places(sample.doc, sample.article, gazetteer).items}
        for span in sorted(gold.keys() | found.keys()):
            around = f"{text[max(0, span[0] - 30) : span[0]]}[{text[slice(*span)]}]{text[span[1] : span[1] + 20]}"
            around = around.replace("\n", " ")
            if span not in gold:
                print(f"FALSE  {around}  {found[span].name} {found[span].country}")
            elif span not in found:
                print(f"MISSED {around}  ({gold[span]['kind']})")
            elif gold[span]["lat"] is not None:
                ours, theirs = found[span], gold[span]
                if ours.lat is None or ours.lon is None:
                    print(f"NOWHERE {around}")
                elif distance(ours.lat, ours.lon, theirs["lat"], theirs["lon"]) > 161:
                    print(f"WRONG  {around}  {ours.name} {ours.country} {ours.rule} | {theirs['name']}")


def main() -> None:
    """Score the files named, or LGL (whole and by halves) and GeoWebNews-a."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--errors", action="store_true", help="list every error instead of scores")
    parser.add_argument("--json", type=Path, help="write the main figures to this file")
    arguments = parser.parse_args()
    corpora, scorer = corpora_folder(), load_scorer()
    files = arguments.files or (
        [corpora / "geoparsing" / name for name in ("lgl.jsonl", "gwn_a.jsonl")] if corpora else []
    )
    if scorer is None or not files or not all(path.is_file() for path in files):
        sys.exit("skipped: no geoparsing corpora or scorer (set DATELINE_CORPORA)")
    print(stamp(files))
    gazetteer = load_gazetteer()
    metrics: dict[str, float] = {}
    for path in files:
        samples = read_samples(path)
        if arguments.errors:
            show_errors(samples, gazetteer)
            continue
        metrics.update(report(path.stem, samples, gazetteer, scorer))
        if path.stem == "lgl" and not arguments.json:
            for half, name in enumerate(("lgl fitted", "lgl unseen")):
                part = [sample for sample in samples if zlib.crc32(sample.row["id"].encode()) % 2 == half]
                report(name, part, gazetteer, scorer)
    if arguments.json:
        arguments.json.write_text(json.dumps(metrics), encoding="utf-8")


if __name__ == "__main__":
    main()
