"""Lists of rows: a query in the address, pages of fifty, the same rows as a file, and the command that gives them."""

from __future__ import annotations

import re
import shlex
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Final, get_args

from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from dateline.archive import Archive
from dateline.errors import DatelineError, QueryError, UsageError
from dateline.export.tables import write_rows
from dateline.records.claims import PloverType, Status
from dateline.store.fields import FIELDS
from dateline.web.site import KINDS, Site, site_of
from dateline.web.timeline import MOST_EVENTS, Drawn, bars, drawn
from dateline.web.words import link, shorten

_ROWS: Final = 50
# Rows before a page have to be walked through, so there is a last one; downloads have no end.
_LAST_PAGE: Final = 200
_MOST_FACETED: Final = 20_000
_MEDIA: Final = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
}
_SORTS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "events": (
        ("earliest first", ""),
        ("latest first", "-time"),
        ("newest report", "-published"),
        ("surest", "-confidence"),
    ),
    "figures": (("oldest first", ""), ("newest first", "-published"), ("largest", "-value"), ("smallest", "value")),
}
_PUBLISHED: Final = (("oldest first", ""), ("newest first", "-published"))
_SORT_TERM: Final = re.compile(r"(?:(?<=\s)|^)sort:\S*\s*")
_COLUMN: Final = re.compile(r"query, column (\d+): ")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list was asked for: the query, the day as of which to answer ("" for now) and the page, from 1."""

    kind: str
    query: str
    as_of: str
    page: int = 1

    def address(self, *, query: str | None = None, page: int = 1, suffix: str = "") -> str:
        """The address of the same list with another query, page or format."""
        asked = self.query if query is None else query
        return link(f"/{self.kind}{suffix}", q=asked, as_of=self.as_of, page=page if page > 1 else None)


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow or sort a list: its name, how many rows it would leave, its address, whether it is on."""

    name: str
    count: int | None
    href: str
    on: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list."""

    asked: Asked
    rows: tuple[Any, ...]
    total: int

    @property
    def first(self) -> int:
        """The number of its first row, from 1."""
        return (self.asked.page - 1) * _ROWS + 1

    @property
    def previous(self) -> str | None:
        """The address of the page before."""
        return self.asked.address(page=self.asked.page - 1) if self.asked.page > 1 else None

    @property
    def next(self) -> str | None:
        """The address of the page after; None also where paging ends."""
        more = self.asked.page * _ROWS < self.total and self.asked.page < _LAST_PAGE
        return self.asked.address(page=self.asked.page + 1) if more else None

    @property
    def ends_early(self) -> bool:
        """Whether there are more rows than pages are made for."""
        return self.asked.page == _LAST_PAGE and self.asked.page * _ROWS < self.total


def rows_of(archive: Archive, kind: str, query: str, *, limit: int | None = None, as_of: str = "") -> Iterator[Any]:
    """Rows of a kind ("events"), as `dateline events` gives them."""
    if kind not in KINDS:
        raise HTTPException(404)
    rows: Iterator[Any] = getattr(archive, kind)(query, limit=limit, as_of=as_of or None)
    return rows


def show_list(request: Request) -> Response:
    """`/events?q=...` and the like."""
    site = site_of(request)
    asked = _asked(request)
    told = _told(asked, str(site.record))
    try:
        with site.archive() as archive:
            listing = _listing(site, archive, asked)
            facets = _facets(site, archive, asked, listing.total)
            over_time = _over_time(site, archive, asked, listing.total)
    except (QueryError, UsageError) as error:
        return site.page(
            "list.html", status=400, **told, listing=None, facets={}, over_time=None, error=_mistake(asked, error)
        )
    return site.page("list.html", **told, listing=listing, facets=facets, over_time=over_time, error=None)


def download(request: Request) -> Response:
    """`/events.csv?q=...` and the like: all rows of the query, as the command with the same query writes them."""
    site = site_of(request)
    asked, format = _asked(request), request.path_params["format"]
    if format not in _MEDIA:
        raise HTTPException(404)
    # Written out first, so that an error is still told as one and nothing is held in memory.
    folder = tempfile.TemporaryDirectory(prefix="dateline-")
    try:
        file = Path(folder.name) / f"rows.{format}"
        with site.archive() as archive:
            write_rows(asked.kind, rows_of(archive, asked.kind, asked.query, as_of=asked.as_of), format, file)
    except BaseException:
        folder.cleanup()
        raise
    return FileResponse(
        file,
        media_type=_MEDIA[format],
        filename=f"{asked.kind}.{format}",
        background=BackgroundTask(folder.cleanup),
    )


def type_choices(site: Site, archive: Archive, asked: Asked) -> list[Choice]:
    """How many events there are of each type, those without left out, the most first."""
    return _choices(site, archive, asked, "type", get_args(PloverType))


def command(asked: Asked, record: str, format: str = "") -> str:
    """The command line that gives the same rows."""
    parts = ["dateline", asked.kind, record, *([asked.query] if asked.query else [])]
    parts += ["--as-of", asked.as_of] if asked.as_of else []
    parts += ["--format", format, "--output", f"{asked.kind}.{format}"] if format else []
    return shlex.join(parts)


def _asked(request: Request) -> Asked:
    kind = request.path_params["kind"]
    if kind not in KINDS:
        raise HTTPException(404)
    page = request.query_params.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    asked = request.query_params
    return Asked(kind, asked.get("q", "").strip(), asked.get("as_of", "").strip()[:20], min(max(1, number), _LAST_PAGE))


def _listing(site: Site, archive: Archive, asked: Asked) -> Listing:
    total = site.counts.count(archive, asked.kind, asked.query, asked.as_of)
    skipped = (asked.page - 1) * _ROWS
    if skipped >= total:
        return Listing(asked, (), total)
    rows = rows_of(archive, asked.kind, asked.query, limit=skipped + _ROWS, as_of=asked.as_of)
    return Listing(asked, tuple(islice(rows, skipped, None)), total)


def _told(asked: Asked, record: str) -> dict[str, Any]:
    plain = _SORT_TERM.sub("", asked.query).strip()
    sort = next(iter(re.findall(r"(?:(?<=\s)|^)sort:(\S*)", asked.query)), "")
    sorts = [
        Choice(name, None, asked.address(query=f"{plain} sort:{value}".strip() if value else plain), sort == value)
        for name, value in _SORTS.get(asked.kind, _PUBLISHED)
    ]
    return {
        "here": asked.kind,
        "asked": asked,
        "q": shorten(asked.query, 2_000),
        "as_of": asked.as_of,
        "sorts": [] if asked.kind == "problems" else sorts,
        "formats": [(format, asked.address(suffix=f".{format}")) for format in _MEDIA],
        "fields": [field for field in FIELDS if asked.kind.removesuffix("s") in field.kinds],
        "command": shorten(command(asked, record), 2_000),
    }


def _facets(site: Site, archive: Archive, asked: Asked, total: int) -> dict[str, list[Choice]]:
    if asked.kind != "events" or not 1 < total <= _MOST_FACETED or "limit:" in asked.query:
        return {}
    facets = {
        "status": _choices(site, archive, asked, "status", get_args(Status)),
        "type": type_choices(site, archive, asked),
    }
    return {name: choices for name, choices in facets.items() if len(choices) > 1}


def _over_time(site: Site, archive: Archive, asked: Asked, total: int) -> list[tuple[Drawn, str]]:
    """The bars of a list of events, each with the address of its events."""
    if asked.kind != "events" or not 1 < total <= MOST_EVENTS or "limit:" in asked.query:
        return []
    plain = _SORT_TERM.sub("", asked.query).strip()
    found = drawn(bars(site.counts, archive, plain, asked.as_of))
    return [(item, asked.address(query=f"{plain} published:{item.bar.period}".strip())) for item in found]


def _choices(site: Site, archive: Archive, asked: Asked, field: str, values: tuple[str, ...]) -> list[Choice]:
    found = []
    for value in values:
        query = f"{asked.query} {field}:{value}".strip()
        count = site.counts.count(archive, asked.kind, query, asked.as_of)
        if count:
            found.append(Choice(value, count, asked.address(query=query)))
    return sorted(found, key=lambda choice: -(choice.count or 0))


def _mistake(asked: Asked, error: DatelineError) -> tuple[str, str, str]:
    """What is wrong with the query, and the query cut in two where the mistake stands."""
    message = str(error)
    at = _COLUMN.match(message)
    if at is None:
        return shorten(message.removeprefix("query: "), 1_000), "", ""
    column = int(at[1]) - 1
    left, right = asked.query[max(0, column - 60) : column], asked.query[column : column + 60]
    return shorten(message.removeprefix(at[0]), 1_000), left, right


def is_day(text: str) -> bool:
    """Whether the text is a day such as 2020-03-14."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
