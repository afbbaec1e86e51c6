"""The words and rules of time: classes of words, pieces, and rules with their examples (`data/time/*.toml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from dateline.errors import LexiconError
from dateline.lexicon.loader import Entry, data_files, entry, read_toml
from dateline.lexicon.time_patterns import Automaton, Node, parse_pattern, symbols_of
from dateline.records.mentions import TimeMod, TimeType

# Classes that the reader of numbers gives to a token; no word list holds them.
NUMBER_CLASSES = frozenset(
    {
        "NUMBER",
        "DAY",
        "YEAR",
        "YY",
        "HOUR",
        "CLOCK",
        "NUMDATE",
        "DECADE",
        "SHORTDECADE",
        "ORDINAL",
        "FOURDIGITS",
        "PERIODCODE",
        "DAYORD",
    }
)
Value = int | str
_WORDS = "time/words.toml"


class Example(Entry):
    """A sentence, its publication date and what must be found in it; `found` empty: the rule finds nothing there."""

    text: str
    on: date
    found: str
    type: TimeType | None = None
    value: str | None = None
    mod: TimeMod | None = None


class Rule(Entry):
    """One construction.

    Attributes:
        pattern: see `time_patterns`; pattern of the longest match wins, then the earlier rule.
        build: name of the function of resolve.time_* that works out the meaning.
        value, type, mod: handed to that function where it needs them.
    """

    id: str
    pattern: str
    build: str
    examples: tuple[Example, ...]
    value: str | None = None
    type: TimeType | None = None
    mod: TimeMod | None = None


class Holiday(Entry):
    """A named day (or, with `days`, a run of days) of every year.

    Attributes:
        kind: fixed (month, day), weekday (nth `weekday` of `month`, last when nth is -1, plus `offset` days),
            easter or orthodox-easter (plus `offset` days), islamic or hebrew (month, day of that calendar), listed
            (`dates`, one a year).
        days: how many days it lasts.
    """

    id: str
    names: tuple[str, ...]
    kind: Literal["fixed", "weekday", "easter", "orthodox-easter", "islamic", "hebrew", "listed"]
    month: int = 0
    day: int = 0
    weekday: int = 0
    nth: int = 0
    offset: int = 0
    days: int = 1
    dates: tuple[date, ...] = ()
    examples: tuple[Example, ...]


class _Words(Entry):
    capital: tuple[str, ...]
    classes: dict[str, dict[str, Value] | list[str]]
    pieces: dict[str, str]
    mods: dict[str, TimeMod]
    cues: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule, its name in the record ("time/dates.toml#month-day") and the tree of its pattern."""

    name: str
    rule: Rule
    pattern: Node


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Everything resolve.times needs to know about words.

    Attributes:
        payloads: word in lower case to {class: value}.
        signatures: word in lower case to the symbols it stands for in patterns (itself, its classes).
        capital: words that stand for their classes only when written with a capital.
        mods: leading words ("more than") to the TIMEX3 mod they give.
        cues: lists of words around an expression that decide what it is, by name.
        rules: in order of preference; automaton state accepts are indexes into it.
        holidays: by id; HOLIDAY rules carry that id as `value`.
    """

    payloads: Mapping[str, Mapping[str, Value]]
    signatures: Mapping[str, frozenset[str]]
    capital: frozenset[str]
    mods: Mapping[str, TimeMod]
    cues: Mapping[str, frozenset[str]]
    rules: tuple[CompiledRule, ...]
    holidays: Mapping[str, Holiday]
    automaton: Automaton = field(compare=False, repr=False)


def load_time_words(overlay: Path | None = None) -> TimeWords:
    """The time lexicon: ours and, over it, the user's folder.

    Raises:
        LexiconError: a file is malformed (file, rule and key are named).
    """
    words = _read_words(overlay)
    rules, holidays = _read_rules(overlay)
    payloads: dict[str, dict[str, Value]] = {}
    for name, members in words.classes.items():
        pairs = members.items() if isinstance(members, dict) else ((word, word) for word in members)
        for word, value in pairs:
            payloads.setdefault(word, {})[name] = value
    classes = NUMBER_CLASSES | set(words.classes)
    compiled = []
    for name, rule in rules.items():
        where = f"{name.partition('#')[0]}, rule {rule.id}"
        compiled.append(CompiledRule(name, rule, parse_pattern(rule.pattern, words.pieces, classes, where)))
    literals: set[str] = set().union(*(symbols_of(item.pattern) for item in compiled)) - classes
    signatures = {word: frozenset((word, *payloads.get(word, ()))) for word in literals | set(payloads)}
    return TimeWords(
        payloads=payloads,
        signatures=signatures,
        capital=frozenset(words.capital),
        mods=dict(sorted(words.mods.items(), key=lambda item: -len(item[0]))),
        cues={name: frozenset(members) for name, members in words.cues.items()},
        rules=tuple(compiled),
        holidays=holidays,
        automaton=Automaton([item.pattern for item in compiled]),
    )


def _read_words(overlay: Path | None) -> _Words:
    merged: _Words | None = None
    for where, table in read_toml(_WORDS, overlay):
        read = entry(_Words, {"capital": [], "classes": {}, "pieces": {}, "mods": {}, "cues": {}, **table}, where)
        if merged is None:
            merged = read
            continue
        classes = dict(merged.classes)
        for name, members in read.classes.items():
            known = classes.get(name, {})
            if isinstance(known, dict) != isinstance(members, dict):
                raise LexiconError(f"{where}: class {name} must be a {type(known).__name__} as in {_WORDS}")
            if isinstance(known, dict) and isinstance(members, dict):
                classes[name] = {**known, **members}
            elif isinstance(known, list) and isinstance(members, list):
                classes[name] = [*known, *members]
        merged = _Words(
            capital=(*merged.capital, *read.capital),
            classes=classes,
            pieces={**merged.pieces, **read.pieces},
            mods={**merged.mods, **read.mods},
            cues={**merged.cues, **{name: (*merged.cues.get(name, ()), *more) for name, more in read.cues.items()}},
        )
    if merged is None:
        raise LexiconError(f"{_WORDS}: no such lexicon file")
    return merged


def _read_rules(overlay: Path | None) -> tuple[dict[str, Rule], dict[str, Holiday]]:
    rules: dict[str, Rule] = {}
    holidays: dict[str, Holiday] = {}
    for name in data_files("time", ".toml", overlay):
        if name == _WORDS:
            continue
        for where, table in read_toml(name, overlay):
            unknown = sorted(set(table) - {"rule", "holiday"})
            if unknown:
                raise LexiconError(f"{where}: unknown table '{unknown[0]}'; known: rule, holiday")
            for data in table.get("rule", ()):
                rule = entry(Rule, data, where)
                rules[f"{name}#{rule.id}"] = rule
            for data in table.get("holiday", ()):
                holiday = entry(Holiday, data, where)
                holidays[holiday.id] = holiday
                rules[f"{name}#{holiday.id}"] = _holiday_rule(holiday)
    return rules, holidays


def _holiday_rule(holiday: Holiday) -> Rule:
    names = " | ".join(holiday.names)
    return Rule(
        id=holiday.id,
        pattern=f"<ordeixis>? ( {names} ) ( ,? YEAR | week | weekend | eve | <deixis> year )?",
        build="holiday",
        examples=holiday.examples,
        value=holiday.id,
    )
