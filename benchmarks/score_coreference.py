"""Who is meant again: `python -m benchmarks.score_coreference [--misses] [--json FILE]`.

On our own articles (tests/resolve/coreference_cases, invented people), where each chain of a person or body is marked:
`[b Norway's Defence Minister Ine Berg] said [b she] would ...`. Chains of one mention and nominals that mean several
(the two leaders) count neither way. A mention is found when the head of ours stands inside the marked words and in no
marked words inside those. The second- and third- articles were written after rules had been made on those before them;
before any rule was made on them they scored 87.9 and 92.6 CoNLL F1, and 93.8 and 100 % of their pronouns.

Metrics: MUC, B3, CEAF-e and their mean (CoNLL F1); and the share of marked pronouns that lead to the right name.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.corpora import ROOT, stamp
from dateline.language.annotate import Annotator, load_annotator
from dateline.lexicon.gazetteer import Gazetteer, load_gazetteer
from dateline.lexicon.world import World, load_world
from dateline.records.text import make_article
from dateline.resolve.actors import Understood, understand
from dateline.resolve.places import find_places

CASES = ROOT / "tests" / "resolve" / "coreference_cases"
_OPENING = re.compile(r"\[(\w+) ")
_PRONOUN = re.compile(r"(?:he|him|his|she|hers?|they|them|their|it|its|i|me|my|we|us|our)", re.IGNORECASE)
_RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})

Span = tuple[int, int]
Chains = list[set[Hashable]]


@dataclass(frozen=True, slots=True)
class Case:
    """An article without its marks, and the chain of each marked span."""

    name: str
    text: str
    spans: Mapping[Span, str]


def read_case(path: Path) -> Case:
    """Take the brackets out of a case.

    Raises:
        ValueError: a bracket is not closed.
    """
    marked = path.read_text(encoding="utf-8")
    text = ""
    spans: dict[Span, str] = {}
    opened: list[tuple[int, str]] = []
    index = 0
    while index < len(marked):
        opening = _OPENING.match(marked, index)
        if opening is not None:
            opened.append((len(text), opening[1]))
            index = opening.end()
        elif marked[index] == "]":
            start, chain = opened.pop()
            spans[start, len(text)] = chain
            index += 1
        else:
            text += marked[index]
            index += 1
    if opened:
        raise ValueError(f"{path}: a bracket is not closed")
    return Case(path.stem, text, spans)


def found_chains(case: Case, found: Understood) -> dict[Hashable, Hashable]:
    """Our mentions (the marked span they stand for, or the head's offset) and the entity each belongs to."""
    doc = found.scene.doc
    mentions: dict[Hashable, Hashable] = {}
    heads = [(head, entity) for entity in found.clusters.entities for head, _ in entity.heads]
    heads += [(head, entities[0]) for head, entities in found.pronouns.items() if len(entities) == 1]
    for head, entity in sorted(heads, key=lambda item: item[0]):
        together = found.clusters.by_head.get(head, (entity,))
        if entity.kind == "country" or len(together) > 1 or doc[head].lower_ in _RELATIVE:
            continue
        at = doc[head].idx
        around = [span for span in case.spans if span[0] <= at < span[1]]
        mentions.setdefault(min(around, key=lambda span: span[1] - span[0]) if around else at, id(entity))
    return mentions


def chains(mentions: Mapping[Hashable, Hashable]) -> Chains:
    """The chains of two mentions or more."""
    members: dict[Hashable, set[Hashable]] = {}
    for mention, chain in mentions.items():
        members.setdefault(chain, set()).add(mention)
    return [chain for chain in members.values() if len(chain) > 1]


def _pairs(all_gold: list[Chains], all_ours: list[Chains]) -> Iterable[tuple[Chains, Chains]]:
    return zip(all_gold, all_ours, strict=True)


def muc(left: list[Chains], right: list[Chains]) -> float:
    """Recall of the links of `left` in `right`; precision with the two exchanged."""
    kept = total = 0
    for gold, ours in _pairs(left, right):
        place = {mention: number for number, chain in enumerate(ours) for mention in chain}
        for chain in gold:
            parts = {place.get(mention, mention) for mention in chain}
            kept += len(chain) - len(parts)
            total += len(chain) - 1
    return kept / total if total else 0.0


def b_cubed(left: list[Chains], right: list[Chains]) -> float:
    """Mean share of each mention's chain in `left` that stands with it in `right`."""
    shared = total = 0.0
    for gold, ours in _pairs(left, right):
        for chain in gold:
            shared += sum(len(chain & other) ** 2 / len(chain) for other in ours)
            total += len(chain)
    return shared / total if total else 0.0


def ceaf_e(gold: list[Chains], ours: list[Chains]) -> tuple[float, float]:
    """Precision and recall of the best one-to-one alignment of entities."""
    similar = 0.0
    for theirs, mine in _pairs(gold, ours):
        if theirs and mine:
            table = np.array([[2 * len(a & b) / (len(a) + len(b)) for b in mine] for a in theirs])
            similar += _best_alignment(table)
    return similar / max(1, sum(map(len, ours))), similar / max(1, sum(map(len, gold)))


def _best_alignment(table: np.ndarray) -> float:
    """The largest sum of cells, one a row and column, by rounds of the best swap from a greedy start."""
    rows, columns = table.shape
    size = max(rows, columns)
    square = np.zeros((size, size))
    square[:rows, :columns] = table
    chosen = list(range(size))
    free = set(range(size))
    for row in sorted(range(size), key=lambda row: -square[row].max()):
        chosen[row] = max(free, key=lambda column: square[row, column])
        free.discard(chosen[row])
    improved = True
    while improved:
        improved = False
        for a in range(size):
            for b in range(a + 1, size):
                before = square[a, chosen[a]] + square[b, chosen[b]]
                if square[a, chosen[b]] + square[b, chosen[a]] > before + 1e-12:
                    chosen[a], chosen[b] = chosen[b], chosen[a]
                    improved = True
    return float(sum(square[row, chosen[row]] for row in range(size)))


def f1(precision: float, recall: float) -> float:
    """The harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def pronoun_hits(case: Case, ours: Mapping[Hashable, Hashable]) -> list[tuple[Span, bool]]:
    """Whether each marked pronoun leads to the chain that most of its entity's other mentions belong to."""
    results = []
    for span, chain in sorted(case.spans.items()):
        if not _PRONOUN.fullmatch(case.text[slice(*span)]):
            continue
        entity = ours.get(span)
        others: Counter[str] = Counter()
        for mention, other in ours.items():
            named = isinstance(mention, tuple) and not _PRONOUN.fullmatch(case.text[slice(*mention)])
            if entity is not None and other == entity and named:
                others[case.spans[mention]] += 1  # type: ignore[index]
        results.append((span, bool(others) and others.most_common(1)[0][0] == chain))
    return results


def read_cases(beginning: str = "") -> list[Case]:
    """Our articles, or those whose name begins so."""
    return [read_case(path) for path in sorted(CASES.glob(f"{beginning}*.txt"))]


def score(
    cases: list[Case], annotator: Annotator, world: World, gazetteer: Gazetteer, *, misses: bool = False
) -> dict[str, float]:
    """MUC, B3, CEAF-e, CoNLL F1 and the share of right pronouns, in per cent."""
    gold: list[Chains] = []
    ours: list[Chains] = []
    hits: list[bool] = []
    for case, doc in zip(cases, annotator.annotate_many(case.text for case in cases), strict=True):
        article = make_article(case.text, published=date(2021, 6, 1), published_basis="given", ref=case.name)
        found = understand(doc, article, find_places(doc, article, gazetteer).items, world)
        mentions = found_chains(case, found)
        gold.append(chains(dict(case.spans)))
        ours.append(chains(mentions))
        told = pronoun_hits(case, mentions)
        hits.extend(right for _, right in told)
        if misses:
            _print_misses(case, gold[-1], ours[-1], told)
    return {**_values(gold, ours), "pronouns": 100 * sum(hits) / len(hits)}


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="print the chains of each case that are not right")
    parser.add_argument("--only", default="", help="only the cases whose name begins so: second- or third-")
    parser.add_argument("--json", type=Path, help="write the metrics to this file")
    options = parser.parse_args()
    cases = read_cases(options.only)
    values = score(cases, load_annotator(), load_world(), load_gazetteer(), misses=options.misses)
    for name, value in values.items():
        print(f"{name:12} {value:5.1f}")
    pronouns = sum(bool(_PRONOUN.fullmatch(case.text[slice(*span)])) for case in cases for span in case.spans)
    print(f"{len(cases)} articles, {sum(len(chains(dict(case.spans))) for case in cases)} chains, {pronouns} pronouns")
    print(stamp(sorted(CASES.glob(f"{options.only}*.txt"))))
    if options.json is not None:
        options.json.write_text(json.dumps({_key(name): value for name, value in values.items()}), encoding="utf-8")


def _key(name: str) -> str:
    """The name of a metric in benchmarks/floors.toml: "conll_f1"."""
    return re.sub(r"\W", "_", name.lower())


def _values(gold: list[Chains], ours: list[Chains]) -> dict[str, float]:
    ceaf = ceaf_e(gold, ours)
    scores = {
        "MUC": f1(muc(ours, gold), muc(gold, ours)),
        "B3": f1(b_cubed(ours, gold), b_cubed(gold, ours)),
        "CEAF-e": f1(*ceaf),
    }
    scores["CoNLL F1"] = sum(scores.values()) / 3
    return {name: 100 * value for name, value in scores.items()}


def _print_misses(case: Case, gold: Chains, ours: Chains, told: list[tuple[Span, bool]]) -> None:
    def shown(mention: Hashable) -> str:
        start, end = mention if isinstance(mention, tuple) else (int(str(mention)), int(str(mention)) + 12)
        return f"{case.text[start:end]!r}@{start}"

    def key(mention: Hashable) -> int:
        return mention[0] if isinstance(mention, tuple) else int(str(mention))

    print(f"# {case.name}")
    for chain in ours:
        if chain not in gold:
            print("  ours", " ".join(shown(mention) for mention in sorted(chain, key=key)))
    for chain in gold:
        if chain not in ours:
            print("  gold", " ".join(shown(mention) for mention in sorted(chain, key=key)))
    for span, right in told:
        if not right:
            print(f"  pronoun {case.text[max(0, span[0] - 30) : span[0]]!r} [{case.text[slice(*span)]}]")


if __name__ == "__main__":
    main()
