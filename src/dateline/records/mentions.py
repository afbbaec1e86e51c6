"""What the words of an article point at: times, places and actors. Every mention has its span and its rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
TimeMod = Literal[
    "BEFORE",
    "AFTER",
    "ON_OR_BEFORE",
    "ON_OR_AFTER",
    "LESS_THAN",
    "MORE_THAN",
    "EQUAL_OR_LESS",
    "EQUAL_OR_MORE",
    "START",
    "MID",
    "END",
    "APPROX",
]
TimeBasis = Literal["stated", "publication", "narrative"]
PlaceKind = Literal["country", "region", "city", "site", "water", "area"]
ActorKind = Literal["person", "organisation", "country", "group", "people"]
How = Literal["name", "short-name", "role", "pronoun"]


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression with its TIMEX3 value and calendar interval.

    Attributes:
        value: TIMEX3 value ("2020-W12", "P3D", "PAST_REF").
        from_, to: first and last day meant, both included; None where the words give none.
        basis: stated (the words alone), publication (against the article's date), narrative (against a date told
            before).
        rule: "time/en.toml#last-unit" or the like.
    """

    start: int
    end: int
    text: str
    type: TimeType
    value: str
    mod: TimeMod | None
    from_: date | None
    to: date | None
    basis: TimeBasis
    rule: str


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name with its coordinates (WGS 84 degrees) where the gazetteer has them.

    Attributes:
        name: the gazetteer's name, or the words where it has none.
        country: ISO 3166-1 alpha-3, or None (seas, unknown).
        rule: how it was resolved ("places/gazetteer#country-in-text").
    """

    start: int
    end: int
    text: str
    name: str
    kind: PlaceKind
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    geonames_id: int | None
    rule: str


@dataclass(frozen=True, slots=True)
class ActorMention:
    """One place where an actor stands in the text, and by which words."""

    start: int
    end: int
    text: str
    how: How


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who acts in this article, with every mention that means the same one.

    Attributes:
        id: "a1", "a2" ... in order of first mention, unique within the article.
        country: ISO 3166-1 alpha-3 or IGO, UNO, EUR, NGO, IMG, MNC; None where the words do not tell.
        sectors: PLOVER sectors, the primary one first ("GOV", "MIL").
        role: the title or role as the text has it ("Defence Minister").
        organisation: the body the role belongs to, as the text has it.
        rule: the lexicon line or rule that gave country and sectors.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None
    sectors: tuple[str, ...]
    role: str | None
    organisation: str | None
    mentions: tuple[ActorMention, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor in one part of one event, statement or figure: the words there and what they code to.

    `actor` is the id of the article's Actor, or None for words that name no lasting actor ("gunmen").
    """

    actor: str | None
    text: str
    start: int
    end: int
    name: str
    country: str | None
    sectors: tuple[str, ...]
    role: str | None
