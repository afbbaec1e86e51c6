"""An article's text cut so that every fact can be marked where it stands, and into parts that fit a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Final, Literal

from dateline.records.reading import Reading
from dateline.records.text import Furniture

Layer = Literal["event", "statement", "actor", "place", "time", "figure"]
LAYERS: Final[tuple[Layer, ...]] = ("event", "statement", "figure", "actor", "place", "time")
# Bytes of HTML for one page of text with its facts, and what a mark and a fact's card take of them.
_BUDGET: Final = 95_000
_MARK_BYTES: Final = 170
_CARD_BYTES: Final = 1_500
_MOST_AT_ONCE: Final = 6
_BLANKS: Final = re.compile(r"\s+")
# A stretch without any blank is cut all the same.
_LONGEST_STRETCH: Final = 4_000


@dataclass(frozen=True, slots=True)
class Spot:
    """One stretch of text that belongs to a fact; `key` names the fact within its article ("e1", "a3")."""

    key: str
    layer: Layer
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text over which nothing changes.

    Attributes:
        spots: what it belongs to, the shortest first; empty for plain text.
        first: whether the first of `spots` begins here.
        furniture: whether it is no reporting.
    """

    text: str
    spots: tuple[Spot, ...]
    first: bool
    furniture: bool

    @property
    def main(self) -> str:
        """The key of the fact that a click means: the shortest one."""
        return self.spots[0].key

    @property
    def keys(self) -> str:
        """The keys of all its facts, blanks between."""
        return " ".join(dict.fromkeys(spot.key for spot in self.spots))

    @property
    def layers(self) -> str:
        """Its layers as class names ("l-actor l-place")."""
        return " ".join(dict.fromkeys(f"l-{spot.layer}" for spot in self.spots))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text that fits a page, `text[start:end]`."""

    start: int
    end: int


def spots(reading: Reading) -> list[Spot]:
    """Every stretch of text that a fact of the reading stands on, in text order."""
    found: list[Spot] = []
    for n, event in enumerate(reading.events, 1):
        found += [Spot(f"e{n}", "event", mark.start, mark.end) for mark in (event.trigger, *event.mentions)]
    for n, said in enumerate(reading.statements, 1):
        marks = said.pieces if said.cue is None else (*said.pieces, said.cue)
        found += [Spot(f"s{n}", "statement", mark.start, mark.end) for mark in marks]
    for n, figure in enumerate(reading.figures, 1):
        found.append(Spot(f"f{n}", "figure", figure.start, figure.end))
    for n, actor in enumerate(reading.actors, 1):
        found += [Spot(f"a{n}", "actor", mention.start, mention.end) for mention in actor.mentions]
    for n, place in enumerate(reading.places, 1):
        found.append(Spot(f"p{n}", "place", place.start, place.end))
    for n, time in enumerate(reading.times, 1):
        found.append(Spot(f"t{n}", "time", time.start, time.end))
    return sorted(found, key=lambda spot: (spot.start, spot.end, spot.key))


def cut(text: str, found: Sequence[Spot], furniture: Sequence[Furniture], start: int, end: int) -> Iterator[Piece]:
    """`text[start:end]` in pieces, cut wherever a fact or a piece of furniture begins or ends.

    Put together again, the pieces are exactly `text[start:end]`.
    """
    inside = [spot for spot in found if spot.start < end and start < spot.end]
    dull = [part for part in furniture if part.start < end and start < part.end]
    ends = [(stretch.start, stretch.end) for stretch in inside] + [(part.start, part.end) for part in dull]
    ordered = sorted({start, end, *(edge for pair in ends for edge in pair if start < edge < end)})
    beginning: dict[int, list[Spot]] = {}
    for spot in inside:
        beginning.setdefault(max(start, spot.start), []).append(spot)
    here: list[Spot] = []
    for left, right in pairwise(ordered):
        here = [spot for spot in here if spot.end > left] + beginning.get(left, [])
        told = tuple(sorted(here, key=lambda spot: (spot.end - spot.start, spot.key))[:_MOST_AT_ONCE])
        grey = any(part.start <= left < part.end for part in dull)
        yield Piece(text[left:right], told, bool(told) and told[0].start == left, grey)


def parts(text: str, found: Sequence[Spot]) -> list[Part]:
    """The text in parts whose pages stay small, cut at line ends, or at blanks in endless lines."""
    cuts: list[Part] = []
    start = weight = 0
    last_line = 0
    seen: set[str] = set()
    following = iter(found)
    spot = next(following, None)
    for left, right in _stretches(text):
        added = _bytes(text[left:right])
        new: set[str] = set()
        while spot is not None and spot.start < right:
            added += _MARK_BYTES * 2
            new.add(spot.key)
            spot = next(following, None)
        added += _CARD_BYTES * len(new - seen)
        if weight + added > _BUDGET and left > start:
            at = last_line if last_line - start > (left - start) // 2 else left
            cuts.append(Part(start, at))
            start, weight = at, _bytes(text[at:left])
            seen = {other.key for other in found if other.start < left and at < other.end}
            weight += (_CARD_BYTES + 2 * _MARK_BYTES) * len(seen)
            added += _CARD_BYTES * len(new - seen)
        weight += added
        seen |= new
        if "\n" in text[left:right]:
            last_line = right
    if start < len(text) or not cuts:
        cuts.append(Part(start, len(text)))
    return cuts


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """The text in stretches of a word and the blanks after it, none of them very long."""
    start = 0
    ends = (match.end() for match in _BLANKS.finditer(text))
    for end in (*ends, len(text)):
        while start < end:
            step = min(end, start + _LONGEST_STRETCH)
            yield start, step
            start = step


def _bytes(text: str) -> int:
    """What the text takes in a page."""
    return len(escape(text).encode("utf-8", "surrogatepass"))
