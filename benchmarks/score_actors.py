"""Country and sector of gold participants: `python -m benchmarks.score_actors [--misses] [--json FILE]`.

On the development part of the PLOVER gold standard, given the actor's words. The participant is looked up at the
topmost token of the words, or at the noun they modify ("Israeli" in "Israeli troops"). UNO and EUR count as the IGO of
the gold.
Metrics: country; primary sector where gold has one; no sector where gold has none. The phrases of
tests/resolve/actor_phrases.tsv (our own hard cases, country and all sectors) are scored with or without the corpora.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from spacy.tokens import Doc, Token

from benchmarks.corpora import ROOT, corpora_folder, stamp
from dateline.language.annotate import load_annotator
from dateline.lexicon.gazetteer import load_gazetteer
from dateline.lexicon.world import load_world
from dateline.records.mentions import Participant
from dateline.records.text import make_article
from dateline.resolve.actors import find_actors
from dateline.resolve.cast import Cast
from dateline.resolve.places import find_places

_PHRASES = ROOT / "tests" / "resolve" / "actor_phrases.tsv"
_FOLDED = {"UNO": "IGO", "EUR": "IGO"}
_LABELS = {
    "country": "country",
    "sector": "primary sector where gold has one",
    "none": "no sector where gold has none",
    "phrase": "own hard phrases, all codes",
}


def main() -> None:
    """Score and print; where the corpora are absent only the own phrases are scored."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="print what was wrong")
    parser.add_argument("--json", type=Path, help="write the metrics to this file")
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    misses: list[str] = []
    reader = _Reader()
    _score_phrases(reader, counts, misses)
    data = [_PHRASES]
    folder = corpora_folder()
    if folder is None:
        print("the gold standard is skipped: set DATELINE_CORPORA to the folder of the corpora")
    else:
        data.append(folder / "events" / "plover_gsr_dev.jsonl")
        _score_gold(reader, data[1], counts, misses)
    metrics = {}
    for name, label in _LABELS.items():
        if counts[f"{name}-all"]:
            metrics[name] = 100 * counts[f"{name}-right"] / counts[f"{name}-all"]
            print(f"{label:36} {metrics[name]:5.1f}  of {counts[f'{name}-all']}")
    print(f"{'stage, words a second':36} {reader.words / reader.seconds:,.0f}")
    print(stamp(data))
    if options.misses:
        print("\n".join(misses))
    if options.json is not None:
        options.json.write_text(json.dumps(metrics), encoding="utf-8")


class _Reader:
    """The tools, loaded once, and the time spent in the stage."""

    def __init__(self) -> None:
        self.annotator = load_annotator()
        self.world = load_world()
        self.gazetteer = load_gazetteer()
        self.words = 0
        self.seconds = 0.0

    def read(self, texts: list[str], published: date) -> Iterator[tuple[Doc, Cast]]:
        """The document and cast of each text."""
        for text, doc in zip(texts, self.annotator.annotate_many(texts), strict=True):
            article = make_article(text, published=published, published_basis="given", ref="benchmark")
            places = find_places(doc, article, self.gazetteer).items
            start = time.perf_counter()
            cast = find_actors(doc, article, places, self.world)
            self.seconds += time.perf_counter() - start
            self.words += len(doc)
            yield doc, cast


def _score_phrases(reader: _Reader, counts: Counter[str], misses: list[str]) -> None:
    rows = [line.split("\t") for line in _PHRASES.read_text(encoding="utf-8").splitlines()[1:]]
    texts = [re.sub(r"[\[\]]", "", row[0]) for row in rows]
    for row, (doc, cast) in zip(rows, reader.read(texts, date(2016, 1, 8)), strict=True):
        start, end = row[0].index("["), row[0].index("]") - 1
        found = _at_words(doc, cast, start, end)
        codes = " + ".join(" ".join([item.country or "", *item.sectors]).strip() for item in found)
        counts["phrase-all"] += 1
        counts["phrase-right"] += codes == row[1]
        if codes != row[1]:
            misses.append(f"{row[0]}: wanted {row[1]}, found {codes}")


def _at_words(doc: Doc, cast: Cast, start: int, end: int) -> tuple[Participant, ...]:
    """The participants of the nominal that the words head."""
    for token in reversed([token for token in doc if start <= token.idx < end]):
        while token.dep_ in ("flat", "nmod:desc", "goeswith", "fixed") and token.head.i != token.i:
            token = token.head
        if cast.at(token.i):
            return cast.at(token.i)
    return ()


def _score_gold(reader: _Reader, path: Path, counts: Counter[str], misses: list[str]) -> None:
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    # The sentences have no dates; they were written between 1980 and 2006.
    texts = [record["text"] for record in records]
    for record, (doc, cast) in zip(records, reader.read(texts, date(2000, 7, 1)), strict=True):
        for event in record["events"]:
            for part in ("source", "target"):
                codes, words = event[part], event[f"{part}_text"]
                if len(codes) != len(words):
                    continue
                for code, text in zip(codes, words, strict=True):
                    start = doc.text.find(text.strip())
                    if code != "*" and text.strip() and start >= 0:
                        found = _found(doc, cast, start, start + len(text.strip()))
                        if not _compare(code, found, counts):
                            shown = [(item.text, item.country, item.sectors) for item in found]
                            misses.append(f"{record['id']}: {text!r} gold {code}, found {shown}")


def _compare(code: str, found: tuple[Participant, ...], counts: Counter[str]) -> bool:
    """Count one gold actor; whether country and sector are right. `A|B` allows either, `*` anything."""
    country, _, sector = code.partition(" ")
    sectors = {item.sectors[0] if item.sectors else "" for item in found}
    right = bool(set(country.split("|")) & {_FOLDED.get(item.country or "", item.country or "") for item in found})
    counts["country-all"] += 1
    counts["country-right"] += right
    if not sector:
        counts["none-all"] += 1
        counts["none-right"] += "" in sectors
        return right
    if sector == "*":
        return right
    good = bool(set(sector.split("|")) & sectors)
    counts["sector-all"] += 1
    counts["sector-right"] += good
    return right and good


def _found(doc: Doc, cast: Cast, start: int, end: int) -> tuple[Participant, ...]:
    """The participants at the words: at their topmost token, at the noun they modify, or at any of them."""
    tokens = [token for token in doc if token.idx < end and start < token.idx + len(token)]
    inside = {token.i for token in tokens}
    tops = [token for token in tokens if token.head.i not in inside or token.head.i == token.i]
    tops = [token for token in tops if not token.is_punct and token.dep_ not in ("case", "det")] or tops
    for top in tops:
        found = _at(cast, top)
        if found:
            return found
    return next((cast.at(token.i) for token in reversed(tokens) if cast.at(token.i)), ())


def _at(cast: Cast, top: Token) -> tuple[Participant, ...]:
    first = top.head if top.dep_ == "conj" else top
    if first.dep_ in ("amod", "compound", "nmod:desc", "flat") and not (
        first.dep_ != "flat" and cast.at(top.i) and top.i > first.head.i
    ):
        return cast.at(first.head.i) or cast.at(top.i)
    return cast.at(top.i)


if __name__ == "__main__":
    main()
