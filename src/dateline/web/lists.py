"""Lists of rows: a query in the address, pages of fifty, the same rows as a file, and the command that gives them."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from dateline.archive import Archive
from dateline.errors import DatelineError, QueryError, UsageError
from dateline.export.tables import write_rows
from dateline.store.fields import FIELDS
from dateline.web.download import FORMATS, as_file
from dateline.web.site import KINDS, Site, site_of
from dateline.web.timeline import Drawn, bars, drawn
from dateline.web.words import link, shorten

_ROWS: Final = 50
# Answers longer than this are not sorted into groups while somebody waits, unless there is nothing to choose them by.
_MOST_GROUPED: Final = 50_000
_LARGEST: Final = 2**62
# The share of all rows from which on it is quicker to walk through them than to gather and sort the answer.
_DENSE: Final = 0.02
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
    """What a list was asked for.

    Attributes:
        query, as_of: the query, and the day as of which to answer ("" for now).
        beside: the key of the row after which the page begins, or before which it ends; None for the first page.
        number: the number of the page's first row, from 1.
    """

    kind: str
    query: str
    as_of: str
    beside: int | None = None
    before: bool = False
    number: int = 1

    def address(self, *, query: str | None = None, suffix: str = "") -> str:
        """The address of the same list from its first row, with another query or format."""
        return link(f"/{self.kind}{suffix}", q=self.query if query is None else query, as_of=self.as_of)

    def leaf(self, beside: int, number: int, *, before: bool = False) -> str:
        """The address of the page after (or before) the row with this key."""
        at = {"before" if before else "after": beside, "n": number}
        return link(f"/{self.kind}", q=self.query, as_of=self.as_of, **at)


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow or sort a list: its name, how many rows it would leave, its address, whether it is on."""

    name: str
    count: int | None
    href: str
    on: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list, with the addresses of those before and after it."""

    asked: Asked
    rows: tuple[Any, ...]
    total: int
    first: int
    previous: str | None
    next: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class OverTime:
    """A timeline: its bars with their addresses, and what the days are."""

    bars: tuple[tuple[Drawn, str], ...]
    days: str


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
            among = _among(archive, asked)
            listing = _listing(site, archive, asked, among)
            facets = _facets(site, archive, asked, listing.total, among)
            told_over_time = over_time(site, archive, asked, listing.total, among)
    except (QueryError, UsageError) as error:
        return site.page(
            "list.html",
            status=400,
            **told,
            listing=None,
            facets={},
            over_time=None,
            error=mistake_in(asked.query, error),
        )
    return site.page("list.html", **told, listing=listing, facets=facets, over_time=told_over_time, error=None)


def download(request: Request) -> Response:
    """`/events.csv?q=...` and the like: all rows of the query, as the command with the same query writes them."""
    site = site_of(request)
    asked, format = _asked(request), request.path_params["format"]

    def write(file: Path) -> None:
        with site.archive() as archive:
            write_rows(asked.kind, rows_of(archive, asked.kind, asked.query, as_of=asked.as_of), format, file)

    return as_file(asked.kind, format, write)


def type_choices(site: Site, archive: Archive, asked: Asked) -> list[Choice]:
    """How many events there are of each type, those without left out, the most first."""
    found = site.counts.groups(archive, "events", asked.query, ("type",), as_of=asked.as_of)
    return [_choice(asked, "type", str(group.values[0]), group.count) for group in found]


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
    asked = request.query_params
    after, before = (_whole(asked.get(name, "")) for name in ("after", "before"))
    beside = before if after is None else after
    number = _whole(asked.get("n", "")) if beside is not None else None
    query, as_of = asked.get("q", "").strip(), asked.get("as_of", "").strip()[:20]
    return Asked(kind, query, as_of, beside, after is None and before is not None, max(1, number or 1))


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None


def _among(archive: Archive, asked: Asked) -> list[int] | None:
    """The keys of all answers, found once for the page, its groups and its timeline; None where they are too many, or
    are all there are."""
    if asked.kind != "events" or not _SORT_TERM.sub("", asked.query).strip() or "limit:" in asked.query:
        return None
    return archive.few(asked.kind, asked.query, most=_MOST_GROUPED, as_of=asked.as_of or None)


def _listing(site: Site, archive: Archive, asked: Asked, among: list[int] | None) -> Listing:
    total = site.counts.count(archive, asked.kind, asked.query, asked.as_of) if among is None else len(among)
    dense = total > _DENSE * site.counts.count(archive, asked.kind)
    page = archive.page(
        asked.kind,
        asked.query,
        size=_ROWS,
        beside=asked.beside,
        before=asked.before,
        dense=dense,
        among=among,
        as_of=asked.as_of or None,
    )
    if not page.keys:
        return Listing(asked, (), total, 1, None, None, None)
    first = 1 if asked.before and not page.more else asked.number
    after = first + len(page.keys)
    more = after <= total and (page.more or asked.before)
    left = max(1, total - _ROWS + 1)
    # A limit in the query counts from the first row; pages would begin it anew.
    if "limit:" in asked.query:
        return Listing(asked, page.rows, total, 1, None, None, None)
    return Listing(
        asked,
        page.rows,
        total,
        first,
        asked.leaf(page.keys[0], max(1, first - _ROWS), before=True) if first > 1 else None,
        asked.leaf(page.keys[-1], after) if more else None,
        _last(asked, total, left) if more else None,
    )


def _last(asked: Asked, total: int, left: int) -> str | None:
    """The address of the last page: the same list from its other end."""
    return asked.leaf(_LARGEST, left, before=True) if total > 2 * _ROWS else None


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
        "formats": [(format, asked.address(suffix=f".{format}")) for format in FORMATS],
        "fields": [field for field in FIELDS if asked.kind.removesuffix("s") in field.kinds],
        "command": shorten(command(asked, record), 2_000),
    }


def _facets(site: Site, archive: Archive, asked: Asked, total: int, among: list[int] | None) -> dict[str, list[Choice]]:
    plain = _SORT_TERM.sub("", asked.query).strip()
    if asked.kind != "events" or total < 2 or (plain and total > _MOST_GROUPED) or "limit:" in asked.query:
        return {}
    counts: dict[str, Counter[str]] = {"status": Counter(), "type": Counter()}
    for group in site.counts.groups(archive, "events", asked.query, ("type", "status"), as_of=asked.as_of, among=among):
        counts["type"][group.values[0]] += group.count
        counts["status"][group.values[1]] += group.count
    facets = {
        field: [_choice(asked, field, value, count) for value, count in told.most_common()]
        for field, told in counts.items()
    }
    return {name: choices for name, choices in facets.items() if len(choices) > 1}


def _choice(asked: Asked, field: str, value: str, count: int) -> Choice:
    return Choice(value, count, asked.address(query=f"{asked.query} {field}:{value}".strip()))


def over_time(
    site: Site, archive: Archive, asked: Asked, total: int, among: list[int] | None = None
) -> OverTime | None:
    """The bars of a list of events, each with the address of its events."""
    plain = _SORT_TERM.sub("", asked.query).strip()
    if asked.kind != "events" or total < 2 or (plain and total > _MOST_GROUPED) or "limit:" in asked.query:
        return None
    # Days of publication stand with the articles: of very many events the days of the events themselves are quicker.
    published = total <= _MOST_GROUPED
    found = drawn(bars(site.counts, archive, plain, asked.as_of, by="published" if published else "day", among=among))
    field = "published" if published else "on"
    told = tuple((bar, asked.address(query=f"{plain} {field}:{bar.bar.period}".strip())) for bar in found)
    return OverTime(told, "by publication" if published else "by first day of the event") if told else None


def mistake_in(query: str, error: DatelineError) -> tuple[str, str, str]:
    """What is wrong with the query, and the query cut in two where the mistake stands."""
    message = str(error)
    at = _COLUMN.match(message)
    if at is None:
        return shorten(message.removeprefix("query: "), 1_000), "", ""
    column = int(at[1]) - 1
    left, right = query[max(0, column - 60) : column], query[column : column + 60]
    return shorten(message.removeprefix(at[0]), 1_000), left, right


def is_day(text: str) -> bool:
    """Whether the text is a day such as 2020-03-14."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
