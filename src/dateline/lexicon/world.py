"""The political world as words: states, bodies, titles and office holders, read from `data/actors`.

Names are found by `World.names_at`, titles and role nouns by `World.role_at`; what they mean in a sentence is decided
in `resolve.actors`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from dateline.errors import LexiconError
from dateline.lexicon.loader import E, entry, read_toml, read_tsv
from dateline.lexicon.world_rows import (
    CountryRow,
    GivenNameRow,
    ModifierRule,
    OrganisationRow,
    PeopleRow,
    PersonRow,
    RoleKind,
    RoleRule,
    WordsRule,
)

NameKind = Literal["country", "demonym", "capital", "organisation"]

NOT_STATES = frozenset({"IGO", "UNO", "EUR", "NGO", "IMG", "MNC"})
_SECTORS = frozenset(
    {
        *("GOV", "LEG", "JUD", "MIL", "COP", "SPY", "PRM", "REB", "UAF", "UNK", "PTY", "PRE", "AGR", "BUS", "CRM"),
        *("CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "REL", "SOC", "NGO"),
    }
)
_SPELLINGS = {
    "defense": "defence",
    "labor": "labour",
    "laborer": "labourer",
    "organization": "organisation",
    "center": "centre",
    "program": "programme",
    "advisor": "adviser",
    "counselor": "counsellor",
    "neighbor": "neighbour",
    "demobilization": "demobilisation",
    "armored": "armoured",
    "traveler": "traveller",
    "sympathizer": "sympathiser",
}
_NO_PLURAL = frozenset({"news", "police", "corps", "series", "press", "yes", "thus", "omen"})
_IRREGULAR = {
    "women": "woman",
    "children": "child",
    "schoolchildren": "schoolchild",
    "wives": "wife",
    "thieves": "thief",
    "chiefs": "chief",
    "businesses": "business",
    "spokespeople": "spokesperson",
    "clergymen": "clergyman",
    "sheriffs": "sheriff",
}
_FIRST_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Name:
    """One written form of something with a name of its own.

    Attributes:
        form: as written; key: the entity's main name, the same for all its forms.
        body: for organisations their kind (party, court, armed-group ...), for countries theirs (state, historical).
        rule: where it stands in the lexicon.
        shared: other states have bodies of this name too; the country is only the likeliest.
    """

    form: str
    kind: NameKind
    key: str
    country: str | None
    sectors: tuple[str, ...]
    body: str
    rule: str
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """A title or noun for those who act."""

    words: tuple[str, ...]
    id: str
    kind: RoleKind
    sectors: tuple[str, ...]
    flags: frozenset[str]
    rule: str


@dataclass(frozen=True, slots=True)
class Office:
    """That a person held an office from one day to another (None: not bounded on that side).

    `distinct`: the name is hardly anybody else's, so that it needs no country beside it.
    """

    name: str
    country: str
    sectors: tuple[str, ...]
    role: str
    gender: str
    from_: date | None
    until: date | None
    rule: str
    distinct: bool


@dataclass(frozen=True, slots=True)
class Country:
    """A state or dependent entity and its names."""

    code: str
    name: str
    kind: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    from_: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class World:
    """All actor lexicons, ready for looking up.

    Attributes:
        names: by the first word of the form, longest form first.
        roles: by the first word (normalised), longest phrase first.
        modifiers: words before a noun, normalised, with the sector they give.
        people: by full name and by every alias.
        surnames: by last name, and by aliases of one word.
        country_names: main name by code; given_names: gender (m, f) by given name.
        words: the lists of words.toml by id.
    """

    countries: tuple[Country, ...]
    names: Mapping[str, tuple[Name, ...]]
    roles: Mapping[str, tuple[Role, ...]]
    modifiers: Mapping[str, str]
    people: Mapping[str, tuple[Office, ...]]
    surnames: Mapping[str, tuple[Office, ...]]
    country_names: Mapping[str, str]
    given_names: Mapping[str, str]
    words: Mapping[str, frozenset[str]]

    def names_at(self, text: str, start: int) -> Iterable[Name]:
        """The names whose form stands in the text at `start` and ends at the end of a word, longest first."""
        match = _FIRST_WORD.match(text, start)
        if match is None:
            return
        for name in self.names.get(match.group(), ()):
            end = start + len(name.form)
            if text.startswith(name.form, start) and not text[end : end + 1].isalnum():
                yield name

    def role_at(self, words: Sequence[str], start: int) -> Role | None:
        """The longest role phrase that the normalised words hold from `start`."""
        for role in self.roles.get(words[start], ()):
            size = len(role.words)
            if size == 1 or tuple(words[start : start + size]) == role.words:
                return role
        return None


def normalised(word: str) -> str:
    """The form under which roles and modifiers are looked up: lower case, singular, British spelling, no full stop."""
    lower = word.lower().rstrip(".")
    single = _singular(lower)
    return _SPELLINGS.get(single, single)


def _singular(word: str) -> str:
    """A rough singular; it need only be the same for the lexicon and the text."""
    if word in _NO_PLURAL or len(word) <= 3:
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("men") and word not in ("women", "men", "omen"):
        return word[:-2] + "an"
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def load_world(overlay: Path | None = None) -> World:
    """Read the actor lexicons, a user's folder after ours.

    Raises:
        LexiconError: a file is malformed; names file, line or rule, and key.
    """
    countries, names = _countries(overlay)
    names.extend(_organisations(overlay, {name.form for name in names}))
    names.extend(_peoples(overlay))
    people, surnames = _people(overlay)
    country_names: dict[str, str] = {}
    for country in countries:
        if country.kind == "state":
            country_names.setdefault(country.code, country.name)
    return World(
        countries=tuple(countries),
        names=_by_first_word(names),
        roles=_roles(overlay),
        modifiers=_modifiers(overlay),
        people=people,
        surnames=surnames,
        country_names=country_names,
        given_names=_given_names(overlay),
        words=_words(overlay),
    )


def _countries(overlay: Path | None) -> tuple[list[Country], list[Name]]:
    countries: list[Country] = []
    names: list[Name] = []
    for where, cells in read_tsv("actors/countries.tsv", overlay):
        row = entry(CountryRow, _renamed(cells), where)
        if not re.fullmatch("[A-Z]{3}", row.code):
            raise LexiconError(f"{where}: code '{row.code}' is not three capital letters")
        country = Country(
            code=row.code,
            name=row.name,
            kind=row.kind,
            aliases=_split(row.aliases),
            demonyms=_split(row.demonyms),
            capitals=_split(row.capitals),
            from_=_day(row.from_, where),
            until=_day(row.until, where),
        )
        countries.append(country)
        sectors = ("PRE",) if row.kind == "partial" else ()
        for form in (country.name, *country.aliases):
            names.append(Name(_bare(form), "country", row.name, row.code, sectors, row.kind, where))
        for form in country.demonyms:
            names.append(Name(form, "demonym", row.name, row.code, sectors, row.kind, where))
        for form in country.capitals:
            names.append(Name(form, "capital", row.name, row.code, ("GOV",), row.kind, where))
    return countries, names


def _organisations(overlay: Path | None, states: set[str]) -> Iterable[Name]:
    """The bodies; a form that starts with a country ("US Congress") says whose it is, even of a shared name."""
    for where, cells in read_tsv("actors/organisations.tsv", overlay):
        row = entry(OrganisationRow, _renamed(cells), where)
        sectors = _split(row.sectors)
        _check_sectors(sectors, where)
        for form in (row.name, *_split(row.aliases)):
            shared = row.shared == "yes" and _bare(form).split()[0] not in states
            yield Name(_bare(form), "organisation", row.name, row.country, sectors, row.kind, where, shared)


def _peoples(overlay: Path | None) -> Iterable[Name]:
    for where, cells in read_tsv("actors/peoples.tsv", overlay):
        row = entry(PeopleRow, cells, where)
        for form in _split(row.forms):
            yield Name(form, "demonym", row.name, row.country or None, (), "people", where)


def _people(overlay: Path | None) -> tuple[dict[str, tuple[Office, ...]], dict[str, tuple[Office, ...]]]:
    people: dict[str, list[Office]] = {}
    surnames: dict[str, list[Office]] = {}
    for where, cells in read_tsv("actors/people.tsv", overlay):
        row = entry(PersonRow, _renamed(cells), where)
        sectors = _split(row.sectors)
        _check_sectors(sectors, where)
        from_, until = _day(row.from_, where), _day(row.until, where)
        distinct = any(" " not in alias for alias in _split(row.aliases))
        office = Office(row.name, row.country, sectors, row.role, row.gender, from_, until, where, distinct)
        for form in (row.name, *_split(row.aliases)):
            people.setdefault(person_key(form), []).append(office)
        for form in {row.name.split()[-1], *(item for item in _split(row.aliases) if " " not in item)}:
            surnames.setdefault(form.lower(), []).append(office)
    return {key: tuple(value) for key, value in people.items()}, {key: tuple(v) for key, v in surnames.items()}


def person_key(name: str) -> str:
    """The form under which people are looked up: lower case, hyphens as blanks."""
    return " ".join(name.lower().replace("-", " ").split())


def _given_names(overlay: Path | None) -> dict[str, str]:
    rows = (entry(GivenNameRow, cells, where) for where, cells in read_tsv("actors/given_names.tsv", overlay))
    return {row.name: row.gender for row in rows}


def _roles(overlay: Path | None) -> dict[str, tuple[Role, ...]]:
    found: dict[tuple[str, ...], Role] = {}
    rules: dict[str, tuple[RoleRule, str]] = {}
    for where, rule in _rules(RoleRule, "actors/roles.toml", "role", overlay):
        rules[rule.id] = (rule, where)
    for rule, where in rules.values():
        _check_sectors(rule.sectors, f"{where}#{rule.id}")
        for phrase in rule.words:
            words = tuple(normalised(word) for word in phrase.replace("-", " ").replace("'", " '").split())
            role = Role(
                words, rule.id, rule.kind, tuple(rule.sectors), frozenset(rule.flags), f"actors/roles.toml#{rule.id}"
            )
            found[words] = role
    by_first: dict[str, list[Role]] = {}
    for words, role in found.items():
        by_first.setdefault(words[0], []).append(role)
    return {first: tuple(sorted(roles, key=lambda role: -len(role.words))) for first, roles in by_first.items()}


def _modifiers(overlay: Path | None) -> dict[str, str]:
    rules: dict[str, ModifierRule] = {}
    for where, rule in _rules(ModifierRule, "actors/modifiers.toml", "modifier", overlay):
        _check_sectors([rule.sector], f"{where}#{rule.id}")
        rules[rule.id] = rule
    return {
        " ".join(normalised(part) for part in word.replace("-", " ").split()): rule.sector
        for rule in rules.values()
        for word in rule.words
    }


def _words(overlay: Path | None) -> dict[str, frozenset[str]]:
    rules = _rules(WordsRule, "actors/words.toml", "words", overlay)
    return {rule.id: frozenset(rule.words) for _, rule in rules}


def _rules(kind: type[E], name: str, key: str, overlay: Path | None) -> Iterator[tuple[str, E]]:
    """The rules of a TOML file, which are its tables of one key."""
    for where, table in read_toml(name, overlay):
        unknown = next((other for other in table if other != key), None)
        if unknown is not None:
            raise LexiconError(f"{where}: unknown key '{unknown}'; the file holds tables [[{key}]] only")
        for rule in table.get(key, []):
            yield where, entry(kind, rule, where)


def _by_first_word(names: Iterable[Name]) -> dict[str, tuple[Name, ...]]:
    found: dict[str, list[Name]] = {}
    for name in names:
        match = _FIRST_WORD.match(name.form)
        if match is None:
            raise LexiconError(f"{name.rule}: the form '{name.form}' does not start with a letter or digit")
        found.setdefault(match.group(), []).append(name)
    order = {"country": 0, "organisation": 1, "demonym": 2, "capital": 3}
    return {
        first: tuple(
            sorted(group, key=lambda name: (-len(name.form), order[name.kind], name.body in ("historical", "people")))
        )
        for first, group in found.items()
    }


def _renamed(cells: dict[str, str]) -> dict[str, str]:
    return {"from_" if key == "from" else key: value for key, value in cells.items()}


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _bare(form: str) -> str:
    """Without its article, which is no part of the name."""
    return form[4:] if form.lower().startswith("the ") else form


def _day(cell: str, where: str) -> date | None:
    """A day from "2004-05-01", "2004-05" or "2004" (the first day); None from an empty cell."""
    if not cell:
        return None
    try:
        return date.fromisoformat(cell + "-01-01"[: 10 - len(cell)] if len(cell) == 4 else (cell + "-01")[:10])
    except ValueError as error:
        raise LexiconError(f"{where}: '{cell}' is no date; write YYYY-MM-DD, YYYY-MM or YYYY") from error


def _check_sectors(sectors: Iterable[str], where: str) -> None:
    unknown = [sector for sector in sectors if sector not in _SECTORS]
    if unknown:
        raise LexiconError(f"{where}: unknown sector '{unknown[0]}'; known: {' '.join(sorted(_SECTORS))}")
