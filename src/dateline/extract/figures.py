"""The figures stage: every claimed quantity of an article with what it counts, whose it is and who claims it."""

from __future__ import annotations

import bisect
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.extract.figure_context import FigureContext
from dateline.extract.figure_kinds import CASUALTY, KindReader
from dateline.extract.figure_names import is_no_figure
from dateline.extract.figure_numbers import NumberReader
from dateline.extract.figure_units import UnitReader
from dateline.extract.figure_words import MINOR
from dateline.records.claims import Figure
from dateline.records.problem import Found

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from dateline.extract.figure_units import Counted
    from dateline.extract.figure_words import Quantity
    from dateline.lexicon.units import Units
    from dateline.records.claims import Event, Statement
    from dateline.records.mentions import TimeMention
    from dateline.records.text import Article
    from dateline.resolve.cast import Cast

_SENTENCE_BREAK = re.compile(r"[.!?][\"”’)]?\s+[A-Z\"“]|\n")


def find_figures(
    doc: Doc,
    article: Article,
    cast: Cast,
    times: Sequence[TimeMention],
    statements: Sequence[Statement],
    events: Sequence[Event],
    units: Units,
) -> Found[Figure]:
    """The quantities that an article claims, in text order.

    Args:
        times: time expressions; a number inside one is no figure.
        statements: whoever makes the innermost statement around a figure claims it.
        events: an event in the figure's clause gives it status and, for casualties and crowds, is what it sizes.
    """
    quantities = NumberReader(article.text, units).read()
    if not quantities:
        return Found(())
    reader = UnitReader(doc, units)
    kinds = KindReader(article.text, units)
    context = FigureContext(doc, article, cast, times, statements, events, units)
    ends = [mention.end for mention in times]
    found: list[Figure] = []
    before: tuple[str | None, int] = (None, 0)
    for item in _scores_split(quantities, reader):
        if _in_time(item, times, ends) or article.is_furniture(item.start, item.end):
            continue
        counted = reader.read(item)
        if _SENTENCE_BREAK.search(article.text, before[1], item.start):
            before = (None, 0)
        kind = kinds.read(item, counted, before)
        tallied = _tallied(article.text, item, counted, found, kind)
        if tallied is not counted:
            counted, kind = tallied, "votes"
        if is_no_figure(article.text, doc, reader, item, counted, kind):
            continue
        figure = _in_cents_of(context.figure(item, counted, kind), item, found, article.text)
        if item.form == "change" and found and found[-1].rule.endswith("#change") and found[-1].unit is None:
            found[-1] = _like(found[-1], figure)
        if found and figure.start < found[-1].end and figure.end <= found[-1].end:
            continue  # "41 of the 120 seats" is one figure, of 120 seats
        found.append(figure)
        before = (kind if kind in CASUALTY else None, counted.end)
    return Found(tuple(found))


def _in_time(item: Quantity, times: Sequence[TimeMention], ends: Sequence[int]) -> bool:
    at = bisect.bisect_right(ends, item.core)
    return at < len(times) and times[at].start < item.tail


def _tallied(text: str, item: Quantity, counted: Counted, found: Sequence[Figure], kind: str | None) -> Counted:
    """ "5-3" in a vote and "112 votes to 87": numbers without a noun that count votes."""
    if item.form == "tally" and kind == "votes" and (counted.unit is None or counted.unit.startswith("vote")):
        return replace(counted, unit="votes", end=item.end)
    if counted.of_noun or counted.unit is not None:
        return counted
    follows = (
        bool(found) and found[-1].kind == "votes" and text[found[-1].end : item.start].strip() in ("to", "against")
    )
    if follows:
        return replace(counted, unit="votes")
    return counted


def _scores_split(quantities: Sequence[Quantity], reader: UnitReader) -> list[Quantity]:
    """Two numbers with a dash between that count nothing, or stand before a name, are a score and no range."""
    found: list[Quantity] = []
    for item in quantities:
        if item.halves is None or item.unit is not None or item.currency or item.plain or item.qualifier != "between":
            found.append(item)
            continue
        counted = reader.read(item)
        if counted.of_noun and counted.head is not None and counted.head.pos_ != "PROPN":
            found.append(item)
            continue
        first_end, second_start = item.halves
        left = replace(item, end=first_end, tail=first_end, upper=None, qualifier="exact", form="tally", halves=None)
        right = replace(
            item,
            start=second_start,
            core=second_start,
            value=item.upper or 0,
            upper=None,
            qualifier="exact",
            form="tally",
            halves=None,
        )
        found += [left, right]
    return found


def _in_cents_of(figure: Figure, item: Quantity, found: Sequence[Figure], text: str) -> Figure:
    """ "closed at C$35, up 12 cents": cents of the amount before them in the sentence."""
    last = text[item.tail : item.end].strip(" -").lower()
    if not found or last not in MINOR or found[-1].currency not in item.currency:
        return figure
    if _SENTENCE_BREAK.search(text, found[-1].end, figure.start):
        return figure
    return replace(figure, currency=found[-1].currency)


def _like(first: Figure, second: Figure) -> Figure:
    """ "from ten to 32 pages": the first number counts what the second does."""
    if first.currency is not None or second.unit is None or second.currency is not None:
        return first
    return replace(first, unit=second.unit, kind=first.kind or second.kind)
