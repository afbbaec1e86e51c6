"""The agenda: what was announced, by day, and what later reports say became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from dateline.agenda import OUTCOMES
from dateline.archive import AgendaItem, Archive
from dateline.export.agenda import AGENDA, agenda_cells, write_calendar
from dateline.export.write import write_table, write_to
from dateline.store.fields import BY_NAME
from dateline.store.filter import Days, Filter, Term, parse_query
from dateline.web.asking import Question, answer, command, day, question
from dateline.web.download import FORMATS, as_file
from dateline.web.site import Site, site_of

_CHOICES: Final = {"outcome": ("", *OUTCOMES), "undated": ("", "yes")}
_DAYS: Final = ("from", "to")
_AHEAD: Final = timedelta(days=366)
_BEFORE: Final = timedelta(days=30)
# Reports of plans that one page looks at: each asks the record what became of it.
_MOST: Final = 20


def show_agenda(request: Request) -> Response:
    """`/agenda?q=...&from=2020-03-01&to=2020-04-30&outcome=cancelled`."""
    asked = question(request, "/agenda", _CHOICES, _DAYS)

    def tell(site: Site) -> dict[str, Any]:
        with site.archive() as archive:
            span, newest = _span(archive, asked)
            query = _narrowed(asked, span)
            found = _items(archive, asked, query, span)
        dated = [item for item in found if item.days is not None]
        return {
            "days": [
                (first, list(items)) for first, items in groupby(dated, key=lambda item: item.days and item.days[0])
            ],
            "undated": [item for item in found if item.days is None],
            "span": span,
            "newest": newest,
            "more": sum(len(item.reports) for item in found) >= _MOST and not asked.choices["outcome"],
            "outcomes": OUTCOMES,
            "earlier": asked.address(**{"from": str(span[0] - _AHEAD), "to": str(span[0])}),
            "later": asked.address(**{"from": str(span[1]), "to": str(span[1] + _AHEAD)}),
            "files": asked.files((*FORMATS, "ics")),
            "command": _command(site, asked),
        }

    return answer(request, "agenda.html", "event", asked, tell)


def download_agenda(request: Request) -> Response:
    """`/agenda.ics?q=...` and the like: what the command below the page writes."""
    site, asked = site_of(request), question(request, "/agenda", _CHOICES, _DAYS)
    format = request.path_params["format"]

    def write(file: Path) -> None:
        with site.archive() as archive:
            items = archive.agenda(
                asked.query,
                since=day(asked.choices["from"]),
                until=day(asked.choices["to"]),
                undated=bool(asked.choices["undated"]),
            )
        wanted = [item for item in items if asked.choices["outcome"] in ("", item.outcome)]
        if format == "ics":
            write_to(file, lambda stream: write_calendar(wanted, stream))
        else:
            write_table(AGENDA, map(agenda_cells, wanted), format, file)

    return as_file("agenda", format, write, (*FORMATS, "ics"))


def _span(archive: Archive, asked: Question) -> tuple[tuple[date, date], date]:
    """The days that the page shows, and the newest day of publication, around which they lie unless asked for."""
    row = next(iter(archive.articles("sort:-published", limit=1)), None)
    newest = row.origin.published if row else date.today()
    first, last = day(asked.choices["from"]), day(asked.choices["to"])
    if first is None:
        first = newest - _BEFORE if last is None else max(date.min + _AHEAD, last) - _AHEAD
    return (first, last or min(first, date.max - _AHEAD) + _AHEAD), newest


def _narrowed(asked: Question, span: tuple[date, date]) -> Filter:
    """The query with the days of the page, the earliest plans first, no more of them than it can look at."""
    query = parse_query(asked.query)
    terms = tuple(term for term in query.terms if term.field != "status")
    within = Term(BY_NAME["on"].name, (Days(*span),), False, 1)
    return replace(query, terms=(*terms, Term("status", ("planned",), False, 1), within), sort="time", limit=_MOST)


def _items(archive: Archive, asked: Question, query: Filter, span: tuple[date, date]) -> Sequence[AgendaItem]:
    items = archive.agenda(query, since=span[0], until=span[1], undated=bool(asked.choices["undated"]))
    return [item for item in items if asked.choices["outcome"] in ("", item.outcome)]


def _command(site: Site, asked: Question) -> str:
    choices = asked.choices
    told = command(
        "agenda", site, asked.query, {"--from": choices["from"], "--to": choices["to"], "--outcome": choices["outcome"]}
    )
    return f"{told} --undated" if choices["undated"] else told
