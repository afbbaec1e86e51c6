"""What the flat tables have in common: columns, and the cells of an article, a time and a participant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, Protocol

from dateline.records.claims import ClaimTime
from dateline.records.mentions import Participant

CellType = Literal["text", "integer", "real", "day"]
Cell = str | int | float | date | None
Cells = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, the type of its cells, and what it says."""

    name: str
    type: CellType
    says: str


class About(Protocol):
    """What a row tells about its article; articles and the origins of a record's rows have it."""

    @property
    def id(self) -> str: ...
    @property
    def ref(self) -> str: ...
    @property
    def published(self) -> date: ...
    @property
    def title(self) -> str | None: ...
    @property
    def source(self) -> str | None: ...
    @property
    def url(self) -> str | None: ...


class Told(Protocol):
    """A fact, the article it stands in, and (events) its sentence."""

    @property
    def fact(self) -> Any: ...
    @property
    def origin(self) -> Any: ...
    @property
    def sentence(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class RealEvent:
    """A real event as a row: the report that says most surely what happened, and `whole`, all that reports it."""

    fact: Any
    origin: Any
    sentence: str | None
    whole: Any


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of fact as a table: its columns, and the function that makes the cells of a row in their order."""

    name: str
    columns: tuple[Column, ...]
    cells: Callable[[Any], Cells]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)


def columns(*rows: tuple[str, CellType, str]) -> tuple[Column, ...]:
    """Columns from their names, types and meanings."""
    return tuple(Column(*row) for row in rows)


ARTICLE = columns(
    ("article_id", "text", "id of the article (content hash)"),
    ("article_published", "day", "its day of publication"),
    ("article_title", "text", "its title"),
    ("article_source", "text", "its source (outlet, agency)"),
    ("article_url", "text", "its address"),
    ("article_ref", "text", "the file, line or record it was read from"),
)


def article_cells(about: About) -> Cells:
    """The cells of `ARTICLE`."""
    return (about.id, about.published, about.title, about.source, about.url, about.ref)


TIME = columns(
    ("time_from", "day", "first day on which it holds"),
    ("time_to", "day", "last day on which it holds (the same for a single day)"),
    ("time_text", "text", "the words that say when; empty where inferred"),
    ("time_value", "text", "their TIMEX3 value, such as 2020-W12"),
    ("time_basis", "text", "what the words were resolved against: stated, publication or narrative"),
)
_NO_TIME: Final[Cells] = (None,) * 5


def time_cells(time: ClaimTime | None) -> Cells:
    """The cells of `TIME`."""
    return _NO_TIME if time is None else (time.from_, time.to, time.text, time.value, time.basis)


def reports(row: Told) -> Sequence[Told]:
    """The reports behind a row, the earliest first: itself, unless it is a real event."""
    return row.whole.reports if isinstance(row, RealEvent) else (row,)


def sources(row: Told) -> int:
    """How many independent sources tell of a row: one, unless it is a real event."""
    return row.whole.sources if isinstance(row, RealEvent) else 1


def party(side: str, says: str) -> tuple[Column, ...]:
    """The columns of those on one side."""
    return columns(
        (side, "text", f"{says}: name"),
        (f"{side}_country", "text", "country code (ISO 3166-1 alpha-3, or IGO, UNO, EUR, NGO, IMG, MNC)"),
        (f"{side}_sectors", "text", "PLOVER sectors, the primary one first"),
        (f"{side}_role", "text", "title or role"),
        (f"{side}_text", "text", "the words of the article"),
    )


_NOBODY: Final[Cells] = (None,) * 5


def party_cells(those: Sequence[Participant]) -> Cells:
    """The cells of `party` for any number of participants."""
    if not those:
        return _NOBODY
    if len(those) == 1:
        who = those[0]
        return (who.name, who.country, " ".join(who.sectors) or None, who.role, who.text)
    return (
        _listed([who.name for who in those]),
        _listed([who.country for who in those]),
        _listed([" ".join(who.sectors) for who in those]),
        _listed([who.role for who in those]),
        _listed([who.text for who in those]),
    )


def one_cells(who: Participant | None) -> Cells:
    """The cells of `party` for one participant or none."""
    return _NOBODY if who is None else party_cells((who,))


def _listed(parts: Sequence[str | None]) -> str | None:
    return "; ".join(part or "" for part in parts) if any(parts) else None
