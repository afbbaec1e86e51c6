"""Events against the PLOVER gold standard: `python -m benchmarks.score_events [--json FILE] [--errors N]`.

Runs the stages of the pipeline over `events/plover_gsr_dev.jsonl` and scores with `shared/scorers/events_score.py`.
The gold follows PLOVER's conventions, so an event counts under the type in its `plover` column; what has none there
(denied, feared, demanded acts) is not handed in. Beside it: events coded in sentences without politics (EWT reviews
and answers), in encyclopaedia sentences (PUD; some are politics of old), and the speed of the stage given parses.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

from benchmarks.corpora import corpora_folder, scorers_folder, stamp
from dateline.extract.events import find_events
from dateline.extract.statements import find_statements
from dateline.pipeline import Tools, load_tools
from dateline.records.claims import Event
from dateline.records.mentions import Participant
from dateline.records.text import make_article
from dateline.resolve.actors import find_actors
from dateline.resolve.places import find_places
from dateline.resolve.times import find_times

_PUBLISHED = date(2006, 3, 14)


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the metrics here too")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print N records that are not fully right")
    options = parser.parse_args()
    corpora, scorers = corpora_folder(), scorers_folder()
    if corpora is None or scorers is None:
        print("score_events: skipped, no corpora (set DATELINE_CORPORA)")
        return
    tools = load_tools()
    gold = corpora / "events" / "plover_gsr_dev.jsonl"
    scorer = load_scorer(scorers / "events_score.py")
    golds = scorer.load(gold)
    system = {}
    stage = _Clock()
    for item, events in zip(golds, coded([item["text"] for item in golds], tools, stage), strict=True):
        system[item["id"]] = [as_scored(event) for event in events if event.plover is not None]
    result = scorer.score(golds, system)
    print(f"score_events  {stamp([gold])}")
    scorer.show(result, True)
    if options.errors:
        scorer.show_errors(golds, system, options.errors)
    metrics = {f"{level}_f1": round(result[level]["F1"], 2) for level in ("type", "source", "dyad", "full")}
    for name, file, wanted in (
        ("plain", "en_ewt-test.conllu", ("reviews", "answers")),
        ("encyclopaedia", "en_pud-test.conllu", ("w",)),
    ):
        texts = list(_sentences(corpora / "ud" / file, wanted))
        count = sum(len(events) for events in coded(texts, tools, stage))
        metrics[f"{name}_events_per_100"] = round(100 * count / len(texts), 2)
        print(f"{name}: {count} events in {len(texts)} sentences, {metrics[f'{name}_events_per_100']} per 100")
    metrics["sentences_per_second"] = round(stage.sentences / stage.seconds)
    print(f"stage alone: {metrics['sentences_per_second']:,} sentences/s")
    if options.json:
        options.json.write_text(json.dumps(metrics), encoding="utf-8")


class _Clock:
    """Processor seconds spent in the event stage and the sentences it saw."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.sentences = 0


def coded(texts: list[str], tools: Tools, clock: _Clock) -> Iterator[tuple[Event, ...]]:
    """The events of each text, all texts dated the same day."""
    for text, doc in zip(texts, tools.annotator.annotate_many(texts), strict=True):
        article = make_article(text, published=_PUBLISHED, published_basis="given", ref="benchmark")
        times = find_times(doc, article, tools.words).items
        places = find_places(doc, article, tools.gazetteer).items
        cast = find_actors(doc, article, places, tools.world)
        statements = find_statements(doc, article, cast, times, tools.speech).items
        sentences = sum(1 for _ in doc.sents)
        began = time.process_time()
        events = find_events(doc, article, cast, places, times, statements, tools.verbs).items
        clock.seconds += time.process_time() - began
        clock.sentences += sentences
        yield events


def as_scored(event: Event) -> dict[str, object]:
    """An event in the scorer's form: PLOVER's printed type and actors as "ISR GOV"."""
    return {"type": event.plover, "source": _codes(event.source), "target": _codes(event.target)}


def _codes(participants: Iterable[Participant]) -> list[str]:
    return [f"{item.country or ''} {item.sectors[0] if item.sectors else ''}".rstrip() for item in participants]


def _sentences(path: Path, wanted: tuple[str, ...]) -> Iterator[str]:
    keep = False
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# sent_id = "):
            keep = line.removeprefix("# sent_id = ").startswith(wanted)
        elif line.startswith("# text = ") and keep:
            yield line.removeprefix("# text = ")


def load_scorer(path: Path) -> ModuleType:
    """The scorer as a module."""
    spec = importlib.util.spec_from_file_location("events_score", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"score_events: {path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
