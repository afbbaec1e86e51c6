"""Reading an article that somebody pastes: shown on the spot, never stored."""

from __future__ import annotations

import threading
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dateline.errors import SourceError, UsageError
from dateline.records.reading import Reading
from dateline.web.facts import view
from dateline.web.lists import is_day
from dateline.web.posted import posted
from dateline.web.site import site_of

LONGEST_ARTICLE: Final = 60_000
_FIELDS: Final = ("text", "date", "title")
# The language model reads one article at a time; a second request waits its turn.
_ONE_AT_A_TIME = threading.Lock()


def one_at_a_time() -> threading.Lock:
    """Held while the language model reads."""
    return _ONE_AT_A_TIME


def form(request: Request) -> Response:
    """`GET /read`: the empty form."""
    return site_of(request).page("read.html", **_told({}), view=None, error=None)


async def read(request: Request) -> Response:
    """`POST /read`: the article with its facts, under the form."""
    site = site_of(request)
    given = await posted(request, _FIELDS)
    try:
        reading = await run_in_threadpool(_read, given)
    except (SourceError, UsageError) as error:
        return site.page("read.html", status=400, **_told(given), view=None, error=str(error))
    shown = view(reading, stored=False)
    return site.page("read.html", **_told(given, keep_text=shown.parts == 1), view=shown, error=None)


def _read(given: dict[str, str]) -> Reading:
    text, day, title = (given.get(name, "") for name in _FIELDS)
    if not text.strip():
        raise UsageError("there is no text; paste an article, its date line and all")
    if len(text) > LONGEST_ARTICLE:
        raise UsageError(
            f"{len(text):,} characters are too many for a page; paste at most {LONGEST_ARTICLE:,}, or run "
            "`dateline read FILE --into RECORD`"
        )
    if day and not is_day(day):
        raise UsageError(f"'{day[:40]}' is no day of publication; write 2020-03-14")
    # Imported here: asking a record must not pay for the language model.
    from dateline import build

    with one_at_a_time():
        return build.read(text, date=day or None, title=title[:500] or None, ref="pasted")


def _told(given: dict[str, str], *, keep_text: bool = True) -> dict[str, Any]:
    text = given.get("text", "")
    return {
        "here": "read",
        "text": text if keep_text and len(text) <= LONGEST_ARTICLE else "",
        "day": given.get("date", "")[:40],
        "title_given": given.get("title", "")[:500],
        "longest": LONGEST_ARTICLE,
    }
