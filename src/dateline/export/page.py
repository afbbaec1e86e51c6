"""One HTML file that needs nothing else: a list of events with the sentences that tell of them, or articles marked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, Final

from dateline.export.columns import Told
from dateline.records.claims import Event
from dateline.records.highlight import EVENT_HEADINGS, STYLE, cell_html, event_cells, marked, plain, reading_html
from dateline.records.reading import Reading

_MORE_STYLE: Final = (
    "body{margin:2em auto;padding:0 1em;max-width:80em}.dateline{max-width:none}"
    ".dateline td.words{font:14px/1.5 Georgia,serif;color:#1c1c1c;min-width:22em}"
    ".dateline td.words span{display:block;font:12px system-ui,sans-serif;color:#666}"
    "article{border-top:1px solid #bbb;margin-top:2em}"
    "@media print{.dateline mark{border-bottom:1px solid #999}}"
)
_TAIL: Final = b"</div></body></html>\n"


def write_events_page(rows: Iterable[Told], out: BinaryIO, title: str) -> int:
    """Write a page that lists events; their number."""
    out.write(_head(title))
    headings = (*EVENT_HEADINGS[:-1], "sentence")
    cells = "".join(f"<th>{heading}</th>" for heading in headings)
    out.write(f"<table><thead><tr>{cells}</tr></thead><tbody>\n".encode())
    count = 0
    for row in rows:
        out.write(_row(row, row.fact).encode("utf-8", "replace"))
        count += 1
    out.write(b"</tbody></table>" + _TAIL)
    out.flush()
    return count


def write_articles_page(readings: Iterable[Reading], out: BinaryIO, title: str) -> int:
    """Write a page of articles with their facts marked; their number."""
    out.write(_head(title))
    count = 0
    for reading in readings:
        out.write(f"<article>{reading_html(reading)}</article>\n".encode("utf-8", "replace"))
        count += 1
    out.write(_TAIL)
    out.flush()
    return count


def _head(title: str) -> bytes:
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{plain(title)}</title><style>{STYLE}{_MORE_STYLE}</style></head>"
        f'<body><div class="dateline"><h1>{plain(title)}</h1>\n'
    ).encode()


def _row(row: Told, event: Event) -> str:
    cells = "".join(map(cell_html, event_cells(event)[:-1]))
    sentence = row.sentence or event.trigger.text
    start = event.trigger.start - event.sentence.start
    stretch = [("event", start, start + len(event.trigger.text))] if row.sentence and start >= 0 else []
    origin = row.origin
    about = plain(" · ".join(filter(None, (str(origin.published), origin.source, origin.title or origin.ref))))
    if origin.url is not None and origin.url.startswith(("http://", "https://")):
        about = f'<a href="{plain(origin.url)}" rel="noreferrer">{about}</a>'
    return f'<tr id="{event.id}">{cells}<td class="words">{marked(sentence, stretch)}<span>{about}</span></td></tr>\n'
