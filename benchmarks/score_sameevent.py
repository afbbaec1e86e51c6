"""The same event told by several articles: `python -m benchmarks.score_sameevent [--json FILE]`.

Given mentions, stories found (no topics given): event clusters as CoNLL F1 (mean of MUC, B-cubed and CEAF-e), story
clusters as B-cubed F1, with the one setting of the product, on ECB+ (part validation; part train is what the weights
were learned on) and GVC dev. Scored with shared/scorers/samevent_score.py.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from benchmarks.corpora import corpora_folder, scorers_folder, stamp
from benchmarks.samevent import GoldArticle, load, texts
from dateline.lexicon.likeness import load_likeness
from dateline.merge.events import find_events
from dateline.merge.features import sketch
from dateline.merge.score import load_weights
from dateline.merge.stories import Stories, find_stories


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the metrics here too")
    options = parser.parse_args()
    corpora, scorers = corpora_folder(), scorers_folder()
    if corpora is None or scorers is None:
        print("score_sameevent: skipped, no corpora (set DATELINE_CORPORA)")
        return
    scorer = _scorer(scorers / "samevent_score.py")
    ecb, gvc = corpora / "samevent" / "ecbplus_dev.jsonl", corpora / "samevent" / "gvc_dev.jsonl"
    print(f"score_sameevent  {stamp([ecb, gvc])}")
    metrics: dict[str, float] = {}
    for name, path, part in (
        ("ecb_train", ecb, "train"),
        ("ecb_validation", ecb, "validation"),
        ("ecb_all", ecb, None),
        ("gvc_dev", gvc, None),
    ):
        articles = load(path, part)
        began = time.process_time()
        stories = find_stories(texts(articles), load_likeness())
        events = clustered(articles, stories)
        seconds = time.process_time() - began
        gold = [article.raw for article in articles]
        told = scorer.score_stories(
            gold, [{"id": item["id"], "cluster": stories.story_of[item["id"]]} for item in gold]
        )
        scored = scorer.score_events(
            gold,
            [
                {"id": item["id"], "mentions": [{"id": m["id"], "cluster": events[m["id"]]} for m in item["mentions"]]}
                for item in gold
            ],
        )
        metrics[f"{name}_events_conll"] = round(scored["conll"], 2)
        metrics[f"{name}_stories_b3"] = round(told["b3_f1"], 2)
        print(
            f"{name:15} events CoNLL {scored['conll']:5.2f} (MUC {scored['muc_f1']:.1f}, B3 {scored['b3_f1']:.1f}, "
            f"CEAFe {scored['ceafe_f1']:.1f}, LEA {scored['lea_f1']:.1f})  stories B3 {told['b3_f1']:5.2f} "
            f"({told['clusters_pred']} for {told['clusters_gold']})  {seconds:.1f} s"
        )
    if options.json:
        options.json.write_text(json.dumps(metrics), encoding="utf-8")


def clustered(articles: Sequence[GoldArticle], stories: Stories) -> dict[str, str]:
    """The cluster of every given mention."""
    likeness = load_likeness()
    sketches = {
        article.text.id: [sketch(mention.report, mention.order, likeness) for mention in article.mentions]
        for article in articles
    }
    found = find_events(sketches, stories, load_weights())
    return {report: members[0] for members in found for report in members}


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("samevent_score", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"score_sameevent: {path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
