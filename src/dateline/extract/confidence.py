"""How sure an event is: a logistic model over a few marks, fitted to events that were judged one by one.

The marks are plain to see in the sentence (do both sides have a country, is the actor a pronoun, is it a noun), so
that a reader of the record can follow them; the weights are data,
`lexicon/data/codebook/confidence.toml`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from dateline.extract.event_filter import SentenceWords, is_public
from dateline.extract.event_match import Match
from dateline.extract.status_clause import Outlook

_PRONOUNS = frozenset(
    {"he", "she", "it", "they", "we", "i", "him", "her", "them", "his", "its", "their", "our", "us", "who", "which"}
)
_USUAL = 0.75  # the confidence of a rule that says nothing of its own, nearly


def marks(
    match: Match,
    type_: str,
    reality: Outlook,
    words: SentenceWords,
    municipal: frozenset[str],
    *,
    conflict: bool,
    domestic: bool,
    reported: bool,
) -> dict[str, float]:
    """The marks of an event by name: 1 where they hold; `rule` is how far the rule is surer than the usual one.

    Args:
        municipal: words of towns' and counties' bodies.
        conflict: whether the article tells of armed conflict.
        domestic: whether all actors of the article are of one country at most.
        reported: whether somebody is quoted with it.
    """
    source, target = match.source, match.target
    countries = {item.country for item in (*source, *target)} - {None}
    everyone = [*source, *target]
    held = {
        f"type {type_}": True,
        "planned": reality.status == "planned",
        "possible": reality.status in ("possible", "denied"),
        "hedged": reality.hedged,
        "two countries": len(countries) > 1,
        "no country": not countries,
        "no source": not source,
        "private side": any(not is_public(item) for item in everyone),
        "source without country": bool(source) and all(item.country is None for item in source),
        "pronoun": any(item.text.lower() in _PRONOUNS for item in everyone),
        "long side": any(len(item.text.split()) > 9 for item in everyone),
        "noun": match.frame.rule.pos == "noun",
        "no context": not words.contexts,
        "everyday": bool(words.everyday) or words.business > 1,
        "conflict": conflict,
        "article of one country": domestic,
        "reported": reported,
        "town": any(not municipal.isdisjoint(item.text.lower().split()) for item in everyone),
    }
    found = {name: 1.0 for name, holds in held.items() if holds}
    found["rule"] = match.frame.rule.confidence - _USUAL
    return found


def probability(found: Mapping[str, float], bias: float, weights: Mapping[str, float]) -> float:
    """The share of events with these marks that are right, 0.01 to 0.99."""
    score = bias + sum(weights.get(name, 0.0) * value for name, value in found.items())
    return round(min(max(1 / (1 + math.exp(-score)), 0.01), 0.99), 3)
