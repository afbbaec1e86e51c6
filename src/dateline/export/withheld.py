"""Facts without the words of the articles, for sharing where the text may not be shared.

In our own tables a cell of verbatim text becomes its span, `120-188` (several, `12-34; 50-60`), and titles become
empty; in readings `text` becomes null beside its `start` and `end`. Whoever holds the articles fills both again
(`export/rehydrate.py`). Other projects' layouts have no place for spans: their text is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from dateline.export.columns import Cell, Cells, RealEvent, Table, Told
from dateline.records.claims import Event, Figure, Statement
from dateline.records.mentions import Actor, Participant, PlaceMention, TimeMention
from dateline.records.text import Mark

# Columns that hold the article's own words, by table; what stands in them instead is their span.
VERBATIM: Final[Mapping[str, tuple[str, ...]]] = {
    "events": ("source_text", "target_text", "reported_by", "trigger", "sentence"),
    "statements": ("speaker_text", "content", "cue"),
    "figures": ("text", "holder_text", "claimant_text"),
    "actors": ("first_text",),
    "places": ("text",),
    "times": ("text",),
    "articles": (),
    "problems": (),
}
# The column that is emptied, and filled again from the article itself.
TITLE: Final = "article_title"


@dataclass(frozen=True, slots=True)
class _Bare:
    """A row whose fact, title and sentence hold none of the article's text."""

    fact: Any
    origin: Any
    sentence: None = None


def span_cells(table: Table) -> Callable[[Any], Cells]:
    """The cells of a table with spans in the place of words."""
    places = [table.names.index(name) for name in VERBATIM[table.name]]
    title = table.names.index(TITLE) if TITLE in table.names else None

    def cells(row: Any) -> Cells:
        found: list[Cell] = list(table.cells(row))
        spans = _spans(row.fact) if places else ()
        for place, span in zip(places, spans, strict=True):
            found[place] = span
        if title is not None:
            found[title] = None
        return tuple(found)

    return cells


def bare(rows: Iterable[Told]) -> Iterator[Told]:
    """Rows for a layout that has no place for spans, with all text of the articles empty."""
    for row in rows:
        taken = _Bare(_without_words(row.fact), replace(row.origin, title=None))
        yield RealEvent(taken.fact, taken.origin, None, row.whole) if isinstance(row, RealEvent) else taken


def without_text(plain: Any) -> Any:
    """A reading in its plain form (docs/record.md) with null for every text that has a span, and for text and title."""
    taken = _without_span_texts(plain)
    taken["article"] = {**taken["article"], "text": None, "title": None}
    return taken


def _without_span_texts(plain: Any) -> Any:
    if isinstance(plain, dict):
        spanned = "start" in plain and "end" in plain and "text" in plain
        return {key: None if spanned and key == "text" else _without_span_texts(value) for key, value in plain.items()}
    if isinstance(plain, list):
        return [_without_span_texts(item) for item in plain]
    return plain


def _spans(fact: Any) -> tuple[str | None, ...]:
    """The spans of the cells of `VERBATIM`, in their order."""
    if isinstance(fact, Event):
        reporter = _span(fact.reported_by) if fact.reported_by is not None else None
        return (_several(fact.source), _several(fact.target), reporter, _span(fact.trigger), _span(fact.sentence))
    if isinstance(fact, Statement):
        cue = _span(fact.cue) if fact.cue is not None else None
        return (_one(fact.speaker), _span(fact.content), cue)
    if isinstance(fact, Figure):
        return (_span(fact), _one(fact.holder), _one(fact.claimed_by))
    if isinstance(fact, Actor):
        return (_span(fact.mentions[0]) if fact.mentions else None,)
    if isinstance(fact, PlaceMention | TimeMention):
        return (_span(fact),)
    raise TypeError(f"{type(fact).__name__} has no words to withhold")


def _span(item: Any) -> str:
    return f"{item.start}-{item.end}"


def _one(who: Participant | None) -> str | None:
    return None if who is None else _span(who)


def _several(those: Sequence[Participant]) -> str | None:
    return "; ".join(map(_span, those)) or None


def _without_words(fact: Any) -> Any:
    if isinstance(fact, Event):
        return replace(
            fact,
            source=_nameless(fact.source),
            target=_nameless(fact.target),
            trigger=_wordless(fact.trigger),
            mentions=tuple(map(_wordless, fact.mentions)),
            reported_by=None if fact.reported_by is None else replace(fact.reported_by, text=""),
            place=None if fact.place is None else replace(fact.place, text=""),
        )
    if isinstance(fact, Statement):
        return replace(
            fact,
            speaker=None if fact.speaker is None else replace(fact.speaker, text=""),
            content=_wordless(fact.content),
            pieces=tuple(map(_wordless, fact.pieces)),
            cue=None if fact.cue is None else _wordless(fact.cue),
        )
    raise TypeError(f"{type(fact).__name__} is in none of the layouts that have no place for spans")


def _wordless(mark: Mark) -> Mark:
    return replace(mark, text="")


def _nameless(those: tuple[Participant, ...]) -> tuple[Participant, ...]:
    return tuple(replace(who, text="") for who in those)
