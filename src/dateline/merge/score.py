"""The decision on two reports: learned weights for their words, points for their facts, one probability, reasons."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from dateline.errors import LexiconError
from dateline.lexicon.loader import read_toml
from dateline.merge.facts import Reason, fact_reasons, never_one
from dateline.merge.features import WORDS, Sketch, compared
from dateline.merge.stories import WEAKEST

# Pairs below this say nothing for a join and are not kept.
FAINTEST: Final = 0.05
# What told in articles of different stories must outweigh with its facts.
_OTHER_STORY: Final = -1.5
# "Forty raids so far this year" is not the raid of the day before (too rare in the learning data to be learned).
_GENERAL: Final = -0.5


@dataclass(frozen=True, slots=True)
class Weights:
    """The learned part: log odds of a pair about which nothing is known, and the weight of each of `WORDS`."""

    start: float
    words: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """How likely two reports tell of one event, 0 to 1, and why: the strongest reasons first."""

    score: float
    reasons: tuple[Reason, ...]


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The learned weights (lexicon/data/merge/weights.toml).

    Raises:
        LexiconError: the file does not name exactly the features there are.
    """
    table: Mapping[str, object] = next(iter(read_toml("merge/weights.toml")))[1]
    words = table.get("words")
    start = table.get("start")
    if not isinstance(words, dict) or set(words) != set(WORDS) or not isinstance(start, float):
        raise LexiconError("merge/weights.toml: its features are not those of this Dateline; learn the weights again")
    return Weights(start, tuple(float(words[name]) for name in WORDS))


def judge(a: Sketch, b: Sketch, alike: float, weights: Weights) -> Judgement | None:
    """Whether two reports tell of one event; None where nothing speaks for it.

    Args:
        alike: the likeness of their articles (merge/stories.py), 0 where they are not linked.
    """
    if never_one(a.report, b.report):
        return None
    values = compared(a, b, alike)
    points = [weight * value for weight, value in zip(weights.words, values, strict=True)]
    total = weights.start + sum(points)
    facts = tuple(fact_reasons(a.report, b.report))
    if a.general != b.general:
        facts = (*facts, Reason("general", _GENERAL, "one speaks of such events in general"))
    total += sum(reason.points for reason in facts)
    if alike < WEAKEST and a.report.article != b.report.article:
        facts = (*facts, Reason("story", _OTHER_STORY, "told in articles that have little in common"))
        total += _OTHER_STORY
    score = 1 / (1 + math.exp(-max(-40.0, min(40.0, total))))
    if score < FAINTEST:
        return None
    named = dict(zip(WORDS, points, strict=True))
    reasons = [*_word_reasons(a, b, named, alike), *facts]
    return Judgement(score, tuple(sorted(reasons, key=lambda item: (-abs(item.points), item.feature))))


def _word_reasons(a: Sketch, b: Sketch, points: Mapping[str, float], alike: float) -> list[Reason]:
    """The features of the words, gathered into what a reader can follow."""

    def total(*names: str) -> float:
        return sum(points[name] for name in names)

    first, second = " ".join(a.words), " ".join(b.words)
    told = f"“{first}”" if first == second else f"“{first}”, “{second}”"
    acts = sorted(a.acts & b.acts)
    group = f" (both {acts[0]})" if acts else ""
    trigger = total(
        "same stem", "stems shared", "stem and weight", "meaning", "meaning unknown", "weight", "same act", "other act",
        "acts known", "acts equal", "act and meaning", "one plural", "both plural", "pronoun", "one pronoun",
        "same stem in article", "meaning near", "same tight act",
        "tight act, other stem",
    )  # fmt: skip
    found = [Reason("trigger", trigger, f"the acts are named {told}{group}")]
    words = sorted(a.context.keys() & b.context.keys(), key=lambda word: (-min(a.context[word], b.context[word]), word))
    context = total(
        "context",
        "nearby words",
        "names shared",
        "other names",
        "numbers shared",
        "other numbers",
        "same act and context",
    )
    if words:
        found.append(
            Reason("words", context, f"the sentences share {', '.join(a.spelled[word] for word in words[:4])}")
        )
    elif context:
        found.append(Reason("words", context, "the sentences share no telling word"))
    article = total("same article", "same sentence", "sentences between", "both at the top", "article likeness")
    here = a.report.article == b.report.article
    where = "told in one article" if here else f"their articles are alike ({alike:.2f})"
    if here and a.order == b.order:
        where = "told in one sentence"
    if here or alike >= WEAKEST:
        found.append(Reason("article", article, where))
    return [Reason(item.feature, round(item.points, 2), item.words) for item in found]
