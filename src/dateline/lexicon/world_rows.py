"""The forms of the actor lexicons' rows and rules, as they stand in `data/actors`."""

from __future__ import annotations

from typing import Literal

from dateline.lexicon.loader import Entry

RoleKind = Literal["person", "group", "organisation", "people", "equipment"]
Flag = Literal["weak", "transparent", "office", "needs-country", "ngo", "plural", "presiding"]


class CountryRow(Entry):
    """A row of countries.tsv."""

    code: str
    name: str
    kind: Literal["state", "territory", "partial", "historical"]
    aliases: str
    demonyms: str
    capitals: str
    from_: str
    until: str


class OrganisationRow(Entry):
    """A row of organisations.tsv."""

    name: str
    aliases: str
    country: str
    sectors: str
    kind: str
    shared: Literal["yes", ""]
    from_: str
    until: str


class PersonRow(Entry):
    """A row of people.tsv: one person in one office."""

    name: str
    aliases: str
    country: str
    sectors: str
    role: str
    gender: Literal["m", "f", ""]
    from_: str
    until: str


class PeopleRow(Entry):
    """A row of peoples.tsv."""

    name: str
    forms: str
    country: str


class GivenNameRow(Entry):
    """A row of given_names.tsv."""

    name: str
    gender: Literal["m", "f"]


class RoleRule(Entry):
    """A table of roles.toml."""

    id: str
    kind: RoleKind
    sectors: list[str]
    words: list[str]
    examples: list[str]
    flags: tuple[Flag, ...] = ()


class ModifierRule(Entry):
    """A table of modifiers.toml."""

    id: str
    sector: str
    words: list[str]


class WordsRule(Entry):
    """A table of words.toml."""

    id: str
    note: str = ""
    words: list[str]
