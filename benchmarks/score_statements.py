"""Scores statements on the GUM attribution development data, with the scorer that lies beside the corpora.

    python benchmarks/score_statements.py [--json FILE] [--predictions FILE]

Data: $DATELINE_CORPORA/attribution, by default ../shared/corpora/attribution; scorer: attribution_score.py beside it.
Without either, the benchmark says so and passes. GUM's cue is one verb and its content a clause, so that exact matches
of whole contents are low by the way the data is made; linked F1, source and speaker are what to look at.
"""

from __future__ import annotations

import argparse
import json
import runpy
import time
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.corpora import corpora_folder, scorers_folder, stamp
from dateline.extract.statements import find_statements
from dateline.pipeline import Tools, load_tools
from dateline.records.claims import Statement
from dateline.records.text import make_article
from dateline.resolve.actors import find_actors
from dateline.resolve.places import find_places
from dateline.resolve.times import find_times

SHOWN = (
    "attr_p", "attr_r", "attr_f1", "source_exact_f1", "source_token_f1", "cue_exact_f1", "content_exact_f1",
    "content_token_f1", "quote_found", "speaker_overlap", "speaker_exact", "speaker_overlap_mixed",
    "speaker_overlap_indirect",
)  # fmt: skip


def attribution(statement: Statement) -> dict[str, Any]:
    """A statement in the scorer's form."""
    speaker, cue = statement.speaker, statement.cue
    return {
        "source": [[speaker.start, speaker.end]] if speaker is not None else [],
        "cue": [[cue.start, cue.end]] if cue is not None else [],
        "content": [[piece.start, piece.end] for piece in statement.pieces],
    }


def predictions(gold: list[dict[str, Any]], tools: Tools) -> tuple[list[dict[str, Any]], float]:
    """The attributions of every document, and the seconds the statements stage took."""
    spent, found = 0.0, []
    for item, doc in zip(gold, tools.annotator.annotate_many([item["text"] for item in gold]), strict=True):
        published = date.fromisoformat(item["date"][:10])
        article = make_article(item["text"], published=published, published_basis="given", ref=item["id"])
        times = find_times(doc, article, tools.words).items
        places = find_places(doc, article, tools.gazetteer).items
        cast = find_actors(doc, article, places, tools.world)
        start = time.perf_counter()
        statements = find_statements(doc, article, cast, times, tools.speech).items
        spent += time.perf_counter() - start
        found.append({"id": item["id"], "attributions": [attribution(statement) for statement in statements]})
    return found, spent


def main() -> int:
    """Runs the benchmark; 0 also where data or scorer is absent."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--json", type=Path, help="write every measure to this file")
    parser.add_argument("--predictions", type=Path, help="write the predictions to this file")
    options = parser.parse_args()
    corpora, scorers = corpora_folder(), scorers_folder()
    if corpora is None or scorers is None:
        print("score_statements: no corpora or scorers found (set DATELINE_CORPORA); skipped")
        return 0
    data = corpora / "attribution" / "gum_attribution_dev.jsonl"
    gold = [json.loads(line) for line in data.read_text(encoding="utf-8").splitlines() if line]
    found, spent = predictions(gold, load_tools())
    if options.predictions is not None:
        lines = (json.dumps(item) for item in found)
        options.predictions.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result, _ = runpy.run_path(str(scorers / "attribution_score.py"))["score"](gold, found)
    if options.json:
        options.json.write_text(json.dumps(result), encoding="utf-8")
    for name in SHOWN:
        print(f"{name:26} {result[name]:5.1f}")
    words = sum(len(item["text"].split()) for item in gold)
    print(f"{len(gold)} documents, {words:,} words, {words / max(spent, 1e-9):,.0f} words/s in this stage")
    print(stamp([data]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
