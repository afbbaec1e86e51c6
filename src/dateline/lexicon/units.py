"""The words of figures: number words, hedges, currencies, units and kinds, as read from data/figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from pydantic import Field

from dateline.lexicon.loader import Entry, entry, read_toml, read_tsv

if TYPE_CHECKING:
    from pathlib import Path

    from dateline.records.claims import Qualifier

Role = Literal["time", "measure", "share", "square", "compound", "name", "street", "per", "beast"]
_ROLES: tuple[Role, ...] = get_args(Role)
_NUMBER_TABLES = ("cardinal", "magnitude", "attached", "vague", "factor", "fraction")


class Hedge(Entry):
    """Words that qualify a number ("some", "at least", "or more")."""

    id: str
    words: str
    qualifier: Literal["exact", "about", "at least", "at most", "more than", "less than", "between"]
    place: Literal["before", "after"]
    examples: tuple[str, ...] = Field(min_length=1)


class UnitRule(Entry):
    """Words that follow or precede numbers, by the role they have there."""

    id: str
    role: Role
    words: tuple[str, ...]
    examples: tuple[str, ...] = Field(min_length=1)


class KindRule(Entry):
    """How a special kind of figure (killed, arrested, troops ...) is told."""

    id: str
    kind: str
    object_verbs: tuple[str, ...]
    subject_verbs: tuple[str, ...]
    after: tuple[str, ...]
    before: tuple[str, ...]
    nouns: tuple[str, ...]
    heads: tuple[str, ...]
    examples: tuple[str, ...] = Field(min_length=1)


class CurrencyRow(Entry):
    """One currency: ISO 4217 code, symbols, words, nationality adjectives, country (alpha-3).

    `usual`: meant by its words when nothing tells the country ("dollars")."""

    code: str
    symbols: str
    words: str
    adjectives: str
    country: str
    usual: Literal["yes", ""]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Number words in lower case and their values."""

    cardinal: Mapping[str, float]
    magnitude: Mapping[str, float]
    attached: Mapping[str, float]
    vague: Mapping[str, float]
    factor: Mapping[str, float]
    fraction: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Currencies:
    """By symbol or code (as written), by word (lower case) and by nationality; `usual` codes need no country."""

    symbols: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]
    adjectives: Mapping[str, tuple[str, ...]]
    country: Mapping[str, str]
    usual: frozenset[str]
    longest: int


@dataclass(frozen=True, slots=True)
class Units:
    """Everything the figures stage looks up.

    Attributes:
        before, after: hedges by their words split at blanks ("at", "least").
        roles: words in lower case by role.
        kinds: rules in file order; the first that fits wins.
    """

    numbers: Numbers
    before: Mapping[tuple[str, ...], Hedge]
    after: Mapping[tuple[str, ...], Hedge]
    roles: Mapping[Role, frozenset[str]]
    kinds: tuple[KindRule, ...]
    currencies: Currencies
    hedges: tuple[Hedge, ...]
    rules: tuple[UnitRule, ...]

    def is_role(self, word: str, role: Role) -> bool:
        """Whether a word (lower case) has the role."""
        return word in self.roles[role]


def load_units(overlay: Path | None = None) -> Units:
    """The figure lexicons, the user's folder read after ours.

    Raises:
        LexiconError: a file is malformed.
    """
    hedges: dict[str, Hedge] = {}
    for where, table in read_toml("figures/hedges.toml", overlay):
        for item in table.get("hedge", ()):
            hedge = entry(Hedge, item, where)
            hedges[hedge.id] = hedge
    rules: dict[str, UnitRule] = {}
    kinds: dict[str, KindRule] = {}
    for where, table in read_toml("figures/units.toml", overlay):
        for item in table.get("unit", ()):
            rule = entry(UnitRule, item, where)
            rules[rule.id] = rule
        for item in table.get("kind", ()):
            kind = entry(KindRule, item, where)
            kinds[kind.id] = kind
    return Units(
        numbers=_numbers(overlay),
        before={_pieces(item.words): item for item in hedges.values() if item.place == "before"},
        after={_pieces(item.words): item for item in hedges.values() if item.place == "after"},
        roles=_roles(rules.values()),
        kinds=tuple(kinds.values()),
        currencies=_currencies(overlay),
        hedges=tuple(hedges.values()),
        rules=tuple(rules.values()),
    )


def qualifier_of(hedge: Hedge) -> Qualifier:
    """The qualifier a hedge gives."""
    return hedge.qualifier


def _pieces(words: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z]+|[^\sa-z]", words.lower()))


def _roles(rules: Iterable[UnitRule]) -> dict[Role, frozenset[str]]:
    found: dict[Role, set[str]] = {role: set() for role in _ROLES}
    for rule in rules:
        found[rule.role].update(rule.words)
    return {role: frozenset(words) for role, words in found.items()}


def _numbers(overlay: Path | None) -> Numbers:
    tables: dict[str, dict[str, float]] = {name: {} for name in _NUMBER_TABLES}
    for where, data in read_toml("figures/numbers.toml", overlay):
        for name, values in data.items():
            if name not in tables:
                entry(_NumberTables, {name: values}, where)
            tables[name].update({word: float(value) for word, value in values.items()})
    return Numbers(**tables)


class _NumberTables(Entry):
    """The tables that numbers.toml may hold; made only to name an unknown one."""

    cardinal: dict[str, float] | None = None
    magnitude: dict[str, float] | None = None
    attached: dict[str, float] | None = None
    vague: dict[str, float] | None = None
    factor: dict[str, float] | None = None
    fraction: dict[str, float] | None = None


def _currencies(overlay: Path | None) -> Currencies:
    symbols: dict[str, list[str]] = {}
    words: dict[str, list[str]] = {}
    adjectives: dict[str, list[str]] = {}
    country: dict[str, str] = {}
    usual: set[str] = set()
    for where, cells in read_tsv("figures/currencies.tsv", overlay):
        row = entry(CurrencyRow, cells, where)
        for table, cell in ((symbols, row.symbols), (words, row.words), (adjectives, row.adjectives)):
            for word in filter(None, cell.split("|")):
                table.setdefault(word, []).append(row.code)
        if row.usual:
            usual.add(row.code)
        if row.country:
            country[row.code] = row.country
    return Currencies(
        symbols={key: tuple(codes) for key, codes in symbols.items()},
        words={key: tuple(codes) for key, codes in words.items()},
        adjectives={key: tuple(codes) for key, codes in adjectives.items()},
        country=country,
        usual=frozenset(usual),
        longest=max(len(key) for key in symbols),
    )
