"""Patterns over word classes, and the automaton that finds all of them in one walk.

A pattern is a row of items: a word (`last`), a class in capitals (`MONTH`), a piece in angle brackets (`<date>`), a
group `( a | b c )`; `?` makes the item before it optional, `*` lets it repeat. Every class, and no word, is captured.
The automaton is built lazily: the cost of a token does not grow with the number of patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.errors import LexiconError

_ITEM = re.compile(r"<[a-z0-9-]+>|[()|?*]|[^\s()|?*<>]+")


@dataclass(frozen=True, slots=True)
class Symbol:
    """One token: a word or, where `capture`, a class."""

    name: str
    capture: bool


@dataclass(frozen=True, slots=True)
class Row:
    """Items one after another."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several rows."""

    rows: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """An item that may be left out; `many` lets it come again."""

    item: Node
    many: bool


Node = Symbol | Row | Choice | Repeat


def parse_pattern(pattern: str, pieces: Mapping[str, str], classes: Iterable[str], where: str) -> Node:
    """The tree of a pattern.

    Raises:
        LexiconError: brackets do not match, or a piece or class is unknown.
    """
    return _Parser(pieces, frozenset(classes), where).parse(pattern)


class _Parser:
    def __init__(self, pieces: Mapping[str, str], classes: frozenset[str], where: str) -> None:
        self.pieces = pieces
        self.classes = classes
        self.where = where

    def parse(self, pattern: str, depth: int = 0) -> Node:
        if depth > 12:
            raise LexiconError(f"{self.where}: the pieces of pattern '{pattern}' refer to one another in a circle")
        words = _ITEM.findall(pattern)
        node, position = self._choice(words, 0, depth)
        if position != len(words):
            raise LexiconError(f"{self.where}: unmatched ')' in pattern '{pattern}'")
        return node

    def _choice(self, words: Sequence[str], position: int, depth: int) -> tuple[Node, int]:
        rows: list[Node] = []
        while True:
            row, position = self._row(words, position, depth)
            rows.append(row)
            if position < len(words) and words[position] == "|":
                position += 1
                continue
            return (rows[0] if len(rows) == 1 else Choice(tuple(rows))), position

    def _row(self, words: Sequence[str], position: int, depth: int) -> tuple[Node, int]:
        items: list[Node] = []
        while position < len(words) and words[position] not in ("|", ")"):
            word = words[position]
            position += 1
            if word == "(":
                node, position = self._choice(words, position, depth)
                if position >= len(words) or words[position] != ")":
                    raise LexiconError(f"{self.where}: a '(' is not closed in a pattern")
                position += 1
                items.append(node)
            elif word in "?*":
                if not items:
                    raise LexiconError(f"{self.where}: '{word}' follows nothing in a pattern")
                items[-1] = Repeat(items[-1], word == "*")
            else:
                items.append(self._item(word, depth))
        return (items[0] if len(items) == 1 else Row(tuple(items))), position

    def _item(self, word: str, depth: int) -> Node:
        if word.startswith("<"):
            name = word[1:-1]
            if name not in self.pieces:
                raise LexiconError(f"{self.where}: unknown piece '{word}'; known: {', '.join(sorted(self.pieces))}")
            return self.parse(self.pieces[name], depth + 1)
        if word.isupper() and word.isalpha():
            if word not in self.classes:
                raise LexiconError(f"{self.where}: unknown class '{word}'; known: {', '.join(sorted(self.classes))}")
            return Symbol(word, True)
        return Symbol(word, False)


def symbols_of(node: Node) -> frozenset[str]:
    """The names of all words and classes in a pattern."""
    if isinstance(node, Symbol):
        return frozenset((node.name,))
    parts = node.items if isinstance(node, Row) else node.rows if isinstance(node, Choice) else (node.item,)
    return frozenset().union(*(symbols_of(part) for part in parts))


def captures(
    node: Node, signatures: Sequence[frozenset[str]], start: int, end: int
) -> tuple[tuple[str, int], ...] | None:
    """The classes met when the pattern covers exactly [start, end), as (class, position), or None."""
    for stop, met in _walk(node, signatures, start, end):
        if stop == end:
            return met
    return None


def _walk(
    node: Node, signatures: Sequence[frozenset[str]], at: int, end: int
) -> Iterable[tuple[int, tuple[tuple[str, int], ...]]]:
    if isinstance(node, Symbol):
        if at < end and node.name in signatures[at]:
            yield at + 1, ((node.name, at),) if node.capture else ()
    elif isinstance(node, Row):
        yield from _walk_row(node.items, signatures, at, end)
    elif isinstance(node, Choice):
        for row in node.rows:
            yield from _walk(row, signatures, at, end)
    else:
        for stop, met in _walk(node.item, signatures, at, end):
            yield stop, met
            if node.many:
                for later, more in _walk(node, signatures, stop, end):
                    if later > stop:
                        yield later, met + more
        yield at, ()


def _walk_row(
    items: tuple[Node, ...], signatures: Sequence[frozenset[str]], at: int, end: int
) -> Iterable[tuple[int, tuple[tuple[str, int], ...]]]:
    if not items:
        yield at, ()
        return
    for stop, met in _walk(items[0], signatures, at, end):
        for later, more in _walk_row(items[1:], signatures, stop, end):
            yield later, met + more


class Automaton:
    """All patterns of a grammar as one machine; states are made the first time a text needs them.

    `step` is a pure function of its arguments; the tables it keeps only remember answers already worked out.
    """

    def __init__(self, patterns: Sequence[Node]) -> None:
        self._edges: list[list[tuple[str, int]]] = []
        self._free: list[list[int]] = []
        self._accepts: dict[int, int] = {}
        first = self._state()
        for number, node in enumerate(patterns):
            last = self._wire(node, first)
            final = self._state()
            self._free[last].append(final)
            self._accepts[final] = number
        self._sets: list[frozenset[int]] = []
        self._numbers: dict[frozenset[int], int] = {}
        self.accepts: list[tuple[int, ...]] = []
        self._steps: dict[tuple[int, frozenset[str]], int] = {}
        self.start = self._number(self._closure({first}))

    def step(self, state: int, signature: frozenset[str]) -> int:
        """The state after one more token; -1 when no pattern goes on."""
        key = (state, signature)
        known = self._steps.get(key)
        if known is None:
            reached = {goal for item in self._sets[state] for name, goal in self._edges[item] if name in signature}
            known = self._number(self._closure(reached)) if reached else -1
            self._steps[key] = known
        return known

    def _state(self) -> int:
        self._edges.append([])
        self._free.append([])
        return len(self._edges) - 1

    def _wire(self, node: Node, source: int) -> int:
        if isinstance(node, Symbol):
            goal = self._state()
            self._edges[source].append((node.name, goal))
            return goal
        if isinstance(node, Row):
            for item in node.items:
                source = self._wire(item, source)
            return source
        if isinstance(node, Choice):
            goal = self._state()
            for row in node.rows:
                self._free[self._wire(row, source)].append(goal)
            return goal
        entry = self._state()
        self._free[source].append(entry)
        last = self._wire(node.item, entry)
        goal = self._state()
        self._free[last].append(goal)
        self._free[entry].append(goal)
        if node.many:
            self._free[last].append(entry)
        return goal

    def _closure(self, states: set[int]) -> frozenset[int]:
        todo, seen = list(states), set(states)
        while todo:
            for goal in self._free[todo.pop()]:
                if goal not in seen:
                    seen.add(goal)
                    todo.append(goal)
        return frozenset(seen)

    def _number(self, states: frozenset[int]) -> int:
        number = self._numbers.get(states)
        if number is None:
            number = len(self._sets)
            self._numbers[states] = number
            self._sets.append(states)
            self.accepts.append(tuple(sorted(self._accepts[item] for item in states if item in self._accepts)))
        return number
