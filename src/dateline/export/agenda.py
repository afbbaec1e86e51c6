"""The agenda as flat rows and as an iCalendar file (RFC 5545) that calendar programs open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any, BinaryIO, Final, Protocol

from dateline.export.columns import Cells, columns, party, party_cells
from dateline.records.claims import Event

AGENDA: Final = (
    *columns(
        ("event_id", "text", "id of the planned event"),
        ("day_from", "day", "first day for which it is announced; empty where no day is given"),
        ("day_to", "day", "last day for which it is announced"),
        ("outcome", "text", "coming, came true, cancelled, postponed, or passed (without a report)"),
        ("type", "text", "the act, one of PLOVER's sixteen types"),
        ("mode", "text", "how, from PLOVER's list for the type"),
    ),
    *party("source", "who acts"),
    *party("target", "upon whom"),
    *columns(
        ("place", "text", "where: name"),
        ("place_country", "text", "its country"),
        ("time_text", "text", "the words that say when"),
        ("sentence", "text", "the sentence that announces it"),
        ("announced", "day", "first published"),
        ("reports", "integer", "reports that announce it"),
        ("article_source", "text", "outlet of the first"),
        ("article_id", "text", "article of the first"),
        ("later_event_id", "text", "the report that says what became of it"),
        ("later_published", "day", "when that was published"),
        ("later_source", "text", "its outlet"),
        ("later_sentence", "text", "its sentence"),
    ),
)
# RFC 5545 has no word for "has happened" of an event; programs show the category.
_STATUS: Final = {"cancelled": "CANCELLED", "came true": "CONFIRMED", "coming": "TENTATIVE"}


class Item(Protocol):
    """A plan with its reports and what became of it (`dateline.archive.AgendaItem`)."""

    @property
    def plan(self) -> Any: ...
    @property
    def days(self) -> Any: ...
    @property
    def reports(self) -> Sequence[Any]: ...
    @property
    def outcome(self) -> str: ...
    @property
    def later(self) -> Sequence[Any]: ...


def agenda_cells(item: Item) -> Cells:
    """The cells of `AGENDA`."""
    event: Event = item.plan.fact
    origin = item.plan.origin
    first, last = item.days or (None, None)
    later = item.later[0] if item.later else None
    met = (None,) * 4
    if later is not None:
        met = (later.fact.id, later.origin.published, later.origin.source, later.sentence)
    return (
        event.id,
        first,
        last,
        item.outcome,
        event.type,
        event.mode,
        *party_cells(event.source),
        *party_cells(event.target),
        event.place.name if event.place else None,
        event.place.country if event.place else None,
        event.time.text if event.time else None,
        item.plan.sentence,
        origin.published,
        len(item.reports),
        origin.source,
        origin.id,
        *met,
    )


def write_calendar(items: Iterable[Item], out: BinaryIO) -> int:
    """Write an iCalendar file with one all-day entry for each plan that has a day.

    The same plans give the same bytes. A plan for a period spans it.

    Returns:
        The number of entries.
    """
    from icalendar import Calendar
    from icalendar import Event as Entry

    calendar = Calendar()
    calendar.add("prodid", "-//Dateline//agenda//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Dateline agenda")
    count = 0
    for item in items:
        if item.days is None:
            continue
        event: Event = item.plan.fact
        entry = Entry()
        entry.add("uid", f"{event.id}@dateline")
        entry.add("dtstamp", datetime.combine(item.plan.origin.published, time(), UTC))
        entry.add("dtstart", item.days[0])
        entry.add("dtend", item.days[1] + timedelta(days=1))
        entry.add("summary", _clean(_summary(item)))
        entry.add("description", _clean(_description(item)))
        if event.place is not None:
            entry.add("location", _clean(event.place.name))
        entry.add("categories", [event.type, item.outcome])
        entry.add("status", _STATUS.get(item.outcome, "TENTATIVE"))
        entry.add("transp", "TRANSPARENT")
        if item.plan.origin.url:
            entry.add("url", _clean(item.plan.origin.url))
        calendar.add_component(entry)
        count += 1
    out.write(calendar.to_ical())
    out.flush()
    return count


def _summary(item: Item) -> str:
    event: Event = item.plan.fact
    source = " + ".join(who.name for who in event.source) or "?"
    target = " + ".join(who.name for who in event.target)
    act = f"{event.type.capitalize()} ({event.mode})" if event.mode else event.type.capitalize()
    mark = "" if item.outcome == "coming" else f"[{item.outcome}] "
    return f"{mark}{act}: {source}{' → ' + target if target else ''}"


def _description(item: Item) -> str:
    lines = []
    for row in (*item.reports, *item.later):
        where = row.origin.source or row.origin.title or row.origin.ref
        lines.append(f"{row.origin.published} {where}: {row.sentence or ''}")
    return "\n".join(lines)


def _clean(text: str) -> str:
    """Without control characters and lone surrogates, which a calendar file cannot hold."""
    kept = "".join(char for char in text if char == "\n" or char.isprintable() or char == "\u200f")
    return kept.encode("utf-8", "replace").decode("utf-8")
