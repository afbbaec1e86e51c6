"""A reading as a piece of HTML: the article with its facts marked, its events as a table; no script, all escaped."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dateline.records.claims import ClaimTime, Event
    from dateline.records.mentions import Participant
    from dateline.records.reading import Reading

# What is marked, the later over the earlier where they overlap, and the colour of each.
LAYERS: Final = {
    "statement": "#eef3ea",
    "place": "#dcefdf",
    "actor": "#dbe7f6",
    "time": "#f6ecd2",
    "figure": "#ecdff3",
    "event": "#f5c9c0",
}
_DAYS: Final = re.compile(r"\d{4}-\d\d-\d\d")
STYLE: Final = (
    ".dateline{font:15px/1.6 Georgia,serif;max-width:52em;color:#1c1c1c;background:#fff}"
    ".dateline h2{font-size:1.25em;line-height:1.3;margin:.6em 0 .2em}"
    ".dateline .about,.dateline .key,.dateline table{font:13px/1.5 system-ui,sans-serif;color:#444}"
    ".dateline .text{white-space:pre-wrap;margin:.8em 0}"
    ".dateline mark{color:inherit;border-radius:2px;padding:0 1px}"
    + "".join(f".dateline mark.{name}{{background:{colour}}}" for name, colour in LAYERS.items())
    + ".dateline td.day{white-space:nowrap}.dateline table{border-collapse:collapse;margin:.6em 0}"
    ".dateline th,.dateline td{text-align:left;vertical-align:top;padding:3px 10px 3px 0;border-bottom:1px solid #ddd}"
)


def reading_html(reading: Reading) -> str:
    """The article with its facts marked, a key to the colours, and a table of its events."""
    article = reading.article
    about = " · ".join(filter(None, (str(article.published), article.source, article.byline, article.url)))
    key = " ".join(f'<mark class="{name}">{name}</mark>' for name in reversed(LAYERS))
    title = f"<h2>{plain(article.title)}</h2>" if article.title else ""
    return (
        f'<div class="dateline"><style>{STYLE}</style>{title}<p class="about">{plain(about)}</p>'
        f'<p class="key">{key}</p><div class="text">{marked(article.text, layers(reading))}</div>'
        f"{_events_table(reading.events)}</div>"
    )


def layers(reading: Reading) -> Iterator[tuple[str, int, int]]:
    """Every stretch of text that a fact stands on, as layer, start and end, in the order of `LAYERS`."""
    for said in reading.statements:
        yield from (("statement", piece.start, piece.end) for piece in said.pieces)
    yield from (("place", place.start, place.end) for place in reading.places)
    for actor in reading.actors:
        yield from (("actor", mention.start, mention.end) for mention in actor.mentions)
    yield from (("time", time.start, time.end) for time in reading.times)
    yield from (("figure", figure.start, figure.end) for figure in reading.figures)
    for event in reading.events:
        yield from (("event", mark.start, mark.end) for mark in (event.trigger, *event.mentions))


def marked(text: str, stretches: Iterable[tuple[str, int, int]]) -> str:
    """The text with marks; where stretches overlap, the later one is seen."""
    colours = [""] * len(text)
    for layer, start, end in stretches:
        colours[start:end] = [layer] * (min(end, len(text)) - start)
    parts = []
    for layer, run in groupby(range(len(text)), colours.__getitem__):
        places = list(run)
        words = plain(text[places[0] : places[-1] + 1])
        parts.append(f'<mark class="{layer}">{words}</mark>' if layer else words)
    return "".join(parts)


def table_html(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table of plain cells, escaped; None is empty."""
    head = "".join(f"<th>{plain(heading)}</th>" for heading in headings)
    body = "".join(f"<tr>{''.join(map(cell_html, row))}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def cell_html(cell: object) -> str:
    """One cell of such a table."""
    if cell is None:
        return "<td></td>"
    text = str(cell)
    # Days do not break at their hyphens.
    kind = ' class="day"' if _DAYS.match(text) else ""
    return f"<td{kind}>{plain(text)}</td>"


def plain(text: str) -> str:
    """Text made safe for HTML, lone surrogates and control characters that HTML cannot hold replaced."""
    safe = "".join(c if c in "\t\n\r" or c.isprintable() or c.isspace() else "\ufffd" for c in text)
    return escape(safe if not text.isprintable() else text)


def event_cells(event: Event) -> tuple[str, ...]:
    """Status, type, who, whom, when, where and the words of an event."""
    kind = f"{event.type} ({event.mode})" if event.mode else event.type
    place = event.place.name if event.place else ""
    return (
        event.status,
        kind,
        _those(event.source),
        _those(event.target),
        _days(event.time),
        place,
        event.trigger.text,
    )


EVENT_HEADINGS: Final = ("status", "type", "who", "whom", "when", "where", "words")


def _events_table(events: tuple[Event, ...]) -> str:
    return table_html(EVENT_HEADINGS, map(event_cells, events)) if events else '<p class="about">No events.</p>'


def _those(those: tuple[Participant, ...]) -> str:
    named = []
    for who in those:
        code = " ".join((*([who.country] if who.country else []), *who.sectors))
        named.append(f"{who.name} ({code})" if code else who.name)
    return "; ".join(named)


def _days(time: ClaimTime | None) -> str:
    if time is None:
        return ""
    if time.from_ is not None and time.from_ == time.to:
        return str(time.from_)
    if time.from_ is None and time.to is None:
        return time.text or ""
    return f"{time.from_ or '…'} to {time.to or '…'}"
