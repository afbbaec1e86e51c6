"""Articles of one developing story: alike in their weighted words and names, and not far apart in time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from dateline.lexicon.likeness import WordLikeness
from dateline.merge.cluster import Link, clusters
from dateline.merge.report import Text
from dateline.merge.words import Packed, packed, text_vector

# A story is told for some days and then fades.
_FRESH_DAYS: Final = 3
_FADING_DAYS: Final = 30.0
# Beyond these days even copies of one text would not be linked.
LONGEST_DAYS: Final = 80
# One setting for all corpora (docs/merging.md): likeness of clusters, and of what is inside them.
_THRESHOLD: Final = 0.20
_COHESION: Final = 0.8
_PRIOR: Final = 4.0
# Less than this is no link.
WEAKEST: Final = 0.12
# Articles are compared when their heaviest words alone (names and rare words, mostly) make them this much alike.
_HEAVY_WORDS: Final = 25
_HEAVY: Final = 0.05
WORTH_COMPARING: Final = 0.04


@dataclass(frozen=True, slots=True)
class Stories:
    """Articles in stories: the story's id (that of its earliest article) by article, and the links among articles."""

    story_of: Mapping[str, str]
    links: Mapping[Link, float]

    def alike(self, a: str, b: str) -> float:
        """The likeness of two articles, 0 where they are not linked."""
        return self.links.get((a, b) if a < b else (b, a), 0.0)


def find_stories(texts: Iterable[Text], likeness: WordLikeness) -> Stories:
    """All articles at once into stories. Memory holds all their vectors; dateline.gather goes through a record."""
    by_id = {text.id: text for text in texts}
    vectors = {text.id: packed(text_vector(text.text, likeness)) for text in by_id.values()}
    links: dict[Link, float] = {}
    tellers: dict[int, list[tuple[str, float]]] = {}
    for article in sorted(vectors):
        shared: dict[str, float] = {}
        for code, weight in heavy_words(vectors[article]):
            others = tellers.setdefault(code, [])
            for other, its in others:
                shared[other] = shared.get(other, 0.0) + weight * its
            others.append((article, weight))
        for other, alike in shared.items():
            if round(alike, 9) >= WORTH_COMPARING:
                days = by_id[article].published, by_id[other].published
                strength = article_likeness(vectors[article], vectors[other], *days)
                if strength >= WEAKEST:
                    links[other, article] = strength
    story_of = {}
    for members in story_clusters(vectors, links):
        first = min(members, key=lambda item: (by_id[item].published or date.max, item))
        story_of.update(dict.fromkeys(members, first))
    return Stories(story_of, links)


def heavy_words(vector: Packed) -> list[tuple[int, float]]:
    """The words that an article is found by, as codes and weights."""
    return vector.heaviest(_HEAVY_WORDS, _HEAVY)


def article_likeness(a: Packed, b: Packed, a_day: date | None, b_day: date | None) -> float:
    """How much two articles tell of the same story, 0 to 1 (6 digits: the same on every machine)."""
    return round(a.likeness(b) * fading(a_day, b_day), 6)


def fading(a_day: date | None, b_day: date | None) -> float:
    """What the days between two articles leave of their likeness; 1 where a day is unknown."""
    if a_day is None or b_day is None:
        return 1.0
    days = abs((a_day - b_day).days)
    if days > LONGEST_DAYS:
        return 0.0
    return math.exp(-max(0, days - _FRESH_DAYS) / _FADING_DAYS)


def story_clusters(articles: Iterable[str], links: Mapping[Link, float]) -> list[list[str]]:
    """Articles grouped into stories; articles and links by article id, a < b."""
    return clusters(articles, links, _THRESHOLD, cohesion=_COHESION, prior=_PRIOR)
