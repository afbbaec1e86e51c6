"""What pages of one question share: the query in the address, mistakes in it, the command that asks the same."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from dateline.errors import QueryError, UsageError
from dateline.store.fields import FIELDS, Kind
from dateline.web.download import FORMATS
from dateline.web.lists import is_day, mistake_in
from dateline.web.site import Site, site_of
from dateline.web.words import link, shorten


@dataclass(frozen=True, slots=True)
class Question:
    """A query and the choices beside it, as they stand in the address of `page` ("/series")."""

    page: str
    query: str
    choices: Mapping[str, str]

    def address(self, suffix: str = "", **changed: str | None) -> str:
        """The address of the same question with other choices, or of its rows as a file (".csv")."""
        return link(f"{self.page}{suffix}", **{"q": self.query, **self.choices, **changed})

    def files(self, formats: tuple[str, ...] = FORMATS) -> list[tuple[str, str]]:
        """Each format with the address of the rows."""
        return [(format, self.address(f".{format}")) for format in formats]


def question(
    request: Request, page: str, allowed: Mapping[str, tuple[str, ...]], days: tuple[str, ...] = ()
) -> Question:
    """The question in an address: of each choice the value asked for, or its first; of `days` what was given.

    Raises:
        UsageError: something given is no day.
    """
    given = request.query_params
    choices = {
        name: given.get(name, "") if given.get(name, "") in values else values[0] for name, values in allowed.items()
    }
    for name in days:
        day = given.get(name, "").strip()
        if day and not is_day(day):
            raise UsageError(f"'{day[:40]}' is no day; write one as 2020-03-14")
        choices[name] = day
    return Question(page, given.get("q", "").strip(), choices)


def answer(
    request: Request, template: str, noun: Kind, asked: Question, tell: Callable[[Site], dict[str, Any]]
) -> Response:
    """A page with the answer to a question, or with the mistake in its query and no answer."""
    site = site_of(request)
    told: dict[str, Any] = {
        "asked": asked,
        "choices": asked.choices,
        "q": shorten(asked.query, 2_000),
        "fields": [field for field in FIELDS if noun in field.kinds],
        "here": asked.page.lstrip("/"),
    }
    try:
        found = tell(site)
    except (QueryError, UsageError) as error:
        return site.page(template, status=400, **told, error=mistake_in(asked.query, error), answer=None)
    return site.page(template, **told, error=None, answer=found)


def command(name: str, site: Site, query: str, options: Mapping[str, str | None]) -> str:
    """A command line, options without a value left out."""
    parts = ["dateline", name, str(site.record), *([query] if query else [])]
    for option, value in options.items():
        parts += [option, value] if value else []
    return shorten(shlex.join(parts), 2_000)


def day(text: str) -> date | None:
    """A day of a question; None where none was given."""
    return date.fromisoformat(text) if text else None
