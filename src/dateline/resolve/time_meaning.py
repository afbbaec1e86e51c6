"""What a match of the time grammar is, what it can mean, and the reading of an article in which that is worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dateline.resolve import calendar
from dateline.resolve.calendar import Period
from dateline.resolve.time_direction import Direction, direction

if TYPE_CHECKING:
    from dateline.lexicon.times import CompiledRule, TimeWords
    from dateline.records.mentions import TimeBasis, TimeMod, TimeType
    from dateline.resolve.time_lexemes import Lexeme, Lexemes


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an expression says: the TIMEX3 attributes, its days, and the period that the story stands at after it."""

    type: TimeType
    value: str
    from_: date | None = None
    to: date | None = None
    mod: TimeMod | None = None
    basis: TimeBasis = "stated"
    anchor: Period | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """Where a rule's pattern was met: lexemes [start, end) and the classes in it as (class, index).

    `cues` are the lexicon's lists of words that tell a time from something else.
    """

    lexemes: Lexemes
    start: int
    end: int
    captures: tuple[tuple[str, int], ...]
    rule: CompiledRule
    cues: Mapping[str, frozenset[str]]

    def has(self, *names: str) -> bool:
        """Whether one of these classes was met."""
        return any(name in names for name, _ in self.captures)

    def first(self, *names: str) -> Lexeme | None:
        """The first lexeme met as one of these classes."""
        return next((self.lexemes.items[at] for name, at in self.captures if name in names), None)

    def number(self, *names: str) -> int | None:
        """The whole number that the first of these classes stands for."""
        return next(iter(self.numbers(*names)), None)

    def numbers(self, *names: str) -> list[int]:
        """Every whole number that these classes stand for, in text order."""
        found = [self.lexemes.items[at].values.get(name) for name, at in self.captures if name in names]
        return [int(item) for item in found if isinstance(item, int | float)]

    def amounts(self, *names: str) -> list[float]:
        """Every number, fractions kept, that these classes stand for."""
        found = [self.lexemes.items[at].values.get(name) for name, at in self.captures if name in names]
        return [float(item) for item in found if isinstance(item, int | float)]

    def name(self, *names: str) -> str | None:
        """The word that the first of these classes stands for ("TMO" for a PART)."""
        found = (self.lexemes.items[at].values.get(name) for name, at in self.captures if name in names)
        return next((item for item in found if isinstance(item, str)), None)

    def words(self) -> list[str]:
        """The words of the match in lower case."""
        return [item.word for item in self.lexemes.items[self.start : self.end]]

    def before(self, steps: int = 1) -> str:
        """The word so many lexemes before the match ("" at the edge of the text)."""
        at = self.start - steps
        return self.lexemes.items[at].word if at >= 0 else ""

    def after(self, steps: int = 1) -> str:
        """The word so many lexemes behind the match."""
        at = self.end + steps - 1
        return self.lexemes.items[at].word if at < len(self.lexemes.items) else ""

    def signature_after(self, steps: int = 1) -> frozenset[str]:
        """What the word behind the match can stand for."""
        at = self.end + steps - 1
        return self.lexemes.signatures[at] if at < len(self.lexemes.items) else frozenset()

    def tag_before(self) -> str:
        """The part-of-speech tag (Penn Treebank) of the word before the match; "" where unknown."""
        return self.lexemes.doc[self.lexemes.items[self.start - 1].token].tag_ if self.start else ""

    def tag_after(self, steps: int = 1) -> str:
        """The tag of the word behind the match; "" where unknown."""
        at = self.end + steps - 1
        return self.lexemes.doc[self.lexemes.items[at].token].tag_ if at < len(self.lexemes.items) else ""


@dataclass(slots=True)
class Reading:
    """An article while it is read from top to end.

    Attributes:
        anchor: the last period the story named; None before the first. `day`: the last single day.
        quarter: the quarter an earnings report is about, and whether the story has since spoken of a longer time.
        duration: the last duration named ("that time" takes it up).
    """

    published: date
    words: TimeWords
    anchor: Period | None = None
    day: date | None = None
    quarter: Period | None = None
    longer: bool = False
    duration: str | None = None

    def told(self) -> Period:
        """The period the story stands at: the last one named, the day of publication before any."""
        return self.anchor if self.anchor is not None and self.anchor.from_ is not None else self.today()

    def move(self, period: Period) -> None:
        """The story moves to a period."""
        self.anchor = period
        if period.unit in ("D", "T") and period.to is not None:
            self.day = period.to

    def told_day(self) -> date:
        """The last day the story named; the day of publication before any."""
        return self.day if self.day is not None else self.published

    def report_on(self, quarter: Period, *, named: bool) -> None:
        """Takes note of a quarter: the report is about the latest one that is over, or that the words say is."""
        over = named or (quarter.to is not None and quarter.to < self.published)
        held = self.quarter.from_ if self.quarter else None
        if over and quarter.from_ is not None and (held is None or quarter.from_ >= held):
            self.quarter, self.longer = quarter, False

    def today(self) -> Period:
        """The day of publication."""
        return calendar.day(self.published)

    def direction(self, match: Match) -> Direction:
        """Whether the clause of a match looks back or ahead."""
        return direction(match.lexemes, match.start, match.end, match.cues)

    def mod(self, match: Match) -> TimeMod | None:
        """The mod that the first words of a match give ("more than three years")."""
        text = " ".join(match.words()) + " "
        return next((mod for words, mod in self.words.mods.items() if text.startswith(words + " ")), None)


def dated(
    period: Period,
    basis: TimeBasis,
    mod: TimeMod | None = None,
    *,
    type_: TimeType | None = None,
    moves: bool = True,
) -> Meaning:
    """The meaning of an expression that names a period; `moves`: the story moves there."""
    kind: TimeType = type_ or ("TIME" if period.unit == "T" else "DATE")
    return Meaning(kind, period.value, period.from_, period.to, mod, basis, period if moves else None)
