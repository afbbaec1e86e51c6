"""The tree of an event's sentence, read again when somebody asks: the record does not keep it."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from starlette.requests import Request
from starlette.responses import Response

from dateline.web.paste import one_at_a_time
from dateline.web.site import site_of

if TYPE_CHECKING:
    from spacy.tokens import Token

# A longer sentence is a text without full stops; nobody could read its tree.
_MOST_CHARACTERS: Final = 1_500
_MOST_DRAWN: Final = 60
_LETTER: Final = 8.6
_GAP: Final = 20.0
_STEP: Final = 24.0
_FOOT: Final = 46.0


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the tree: where it is drawn, its tag, what it is to its head, how deep it hangs, whether it names the
    act."""

    text: str
    tag: str
    relation: str
    depth: int
    x: float
    trigger: bool


@dataclass(frozen=True, slots=True)
class Arc:
    """The line from a head to a word that hangs on it, as an SVG path, and where its relation is written."""

    path: str
    x: float
    y: float
    relation: str


@dataclass(frozen=True, slots=True)
class Tree:
    """A drawn tree; no arcs for sentences too long to be drawn."""

    words: tuple[Word, ...]
    arcs: tuple[Arc, ...]
    width: float
    height: float


def show_tree(request: Request) -> Response:
    """`/event/ID/tree`."""
    site = site_of(request)
    with site.archive() as archive:
        why = archive.explain(request.path_params["id"])
    event, text = why.event.fact, why.reading.article.text
    sentence = text[event.sentence.start : min(event.sentence.end, event.sentence.start + _MOST_CHARACTERS)]
    # Imported here: asking a record must not pay for the language model.
    from dateline.language.annotate import annotate

    with one_at_a_time():
        tokens = [token for token in annotate(sentence) if not token.is_space]
    tree = _drawn(tokens, event.trigger.start - event.sentence.start)
    tell = shlex.join(["dateline", "explain", str(site.record), event.id])
    return site.page("tree.html", here="events", event=event, tree=tree, origin=why.event.origin, tell=tell)


def _drawn(tokens: Sequence[Token], trigger: int) -> Tree:
    words, x = [], _GAP
    places = {token.i: n for n, token in enumerate(tokens)}
    for token in tokens:
        wide = max(len(token.text), len(token.tag_), 2) * _LETTER
        depth = sum(1 for _ in token.ancestors)
        names_it = token.idx <= trigger < token.idx + len(token)
        words.append(Word(token.text, token.tag_, token.dep_, depth, x + wide / 2, names_it))
        x += wide + _GAP
    edges = [(places[token.head.i], places[token.i]) for token in tokens if token.head.i != token.i]
    if len(tokens) > _MOST_DRAWN or not edges:
        return Tree(tuple(words), (), x, 0)
    levels = _levels(edges)
    floor = max(levels.values()) * _STEP + _STEP
    arcs = []
    for (head, child), level in levels.items():
        left, right, top = words[head].x, words[child].x, floor - level * _STEP
        path = f"M{left:.1f} {floor:.1f}C{left:.1f} {top - 6:.1f} {right:.1f} {top - 6:.1f} {right:.1f} {floor:.1f}"
        # The top of a cubic curve stands three quarters of the way up to its handles.
        arcs.append(Arc(path, (left + right) / 2, floor - (floor - top + 6) * 0.75 - 3, words[child].relation))
    return Tree(tuple(words), tuple(arcs), x, floor + _FOOT)


def _levels(edges: Sequence[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """How high each line must rise to pass over those inside it."""
    levels: dict[tuple[int, int], int] = {}
    for head, child in sorted(edges, key=lambda edge: abs(edge[0] - edge[1])):
        low, high = sorted((head, child))
        inside = [level for (one, other), level in levels.items() if min(one, other) >= low and max(one, other) <= high]
        levels[head, child] = 1 + max(inside, default=0)
    return levels
