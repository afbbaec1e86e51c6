"""What every page needs: the record, the templates, and how a mistake is told."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dateline import __version__
from dateline.archive import Archive, Row
from dateline.records.claims import Event
from dateline.web import words
from dateline.web.cards import sides
from dateline.web.counts import Counts

# The kinds of rows, with what each is in a few words and what one might ask for.
KINDS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "events": ("who did what to whom", ("actor:NOR type:CONSULT", "status:planned|possible", "quad:4 -status:denied")),
    "statements": ("who said what", ("speaker:GOV ceasefire", "kind:direct", 'addressee:"press"')),
    "figures": ("which quantity was claimed, by whom", ("kind:killed", "value:>=1000", "currency:EUR")),
    "actors": ("who appears, with country, sectors and role", ("sector:MIL", "kind:person country:KEN")),
    "places": ("what is named on the map", ("in:UKR", "kind:city", "place:Geneva")),
    "times": ("expressions of time and the days they mean", ("basis:narrative", "type:DURATION")),
    "articles": ("what was read", ("published:2024-11", "outlet:Reuters", "type:ASSAULT status:happened")),
    "problems": ("what could not be read, or had to be guessed", ("stage:date", "code:date")),
}


@dataclass(frozen=True, slots=True)
class Site:
    """One record on the web; `who` judges facts there, unless it is `read_only`."""

    record: Path
    templates: Environment
    counts: Counts
    who: str
    read_only: bool

    def archive(self) -> Archive:
        """The record, opened anew: requests are answered on several threads, and the file may be replaced."""
        return Archive(self.record)

    def page(self, template: str, *, status: int = 200, **told: Any) -> Response:
        """A page made from a template; the layout's names have defaults."""
        given = {"record": self.record.name, "kinds": KINDS, "version": __version__, "here": "", "q": "", **told}
        given.setdefault("read_only", self.read_only)
        given.setdefault("who", self.who)
        return HTMLResponse(self.templates.get_template(template).render(given), status_code=status)

    def mistake(self, status: int, message: str) -> Response:
        """A page that says what went wrong."""
        return self.page("mistake.html", status=status, title=HTTPStatus(status).phrase, message=message)


def site_of(request: Request) -> Site:
    """The site that a request is for."""
    site = request.app.state.site
    if not isinstance(site, Site):
        raise TypeError("the application was made without a site")
    return site


def make_site(record: Path, *, who: str = "", read_only: bool = False) -> Site:
    """The site of a record; everything printed by a template is escaped and cleaned of unseen characters."""
    templates = Environment(
        loader=PackageLoader("dateline.web"),
        autoescape=True,
        finalize=words.cleaned,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(
        shorten=words.shorten,
        coded=words.coded,
        when=words.when,
        amount=words.amount,
        counted=words.counted,
        outward=words.outward,
        number=words.number,
        sides=sides,
        context=context,
        unbroken=unbroken,
    )
    templates.globals.update(link=words.link, actor_link=words.actor_link, code=words.code, days=words.days)
    return Site(record, templates, Counts(record), who or _user(), read_only)


def _user() -> str:
    """Who has started the server, as the system knows them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "somebody"


def unbroken(text: str) -> Markup:
    """Words that stay whole at the end of a line: a browser breaks days at their hyphens."""
    return Markup(" ").join(
        Markup('<span class="nobr">{}</span>').format(words.clean(word)) for word in text.split(" ")
    )


def context(row: Row[Event], before: int = 110, after: int = 130) -> Sequence[str]:
    """The words around an event's trigger, in three: before, the trigger, after."""
    event, sentence = row.fact, row.sentence or ""
    start, end = event.trigger.start - event.sentence.start, event.trigger.end - event.sentence.start
    if not 0 <= start < end <= len(sentence):
        return "", words.shorten(event.trigger.text, after), ""
    left, right = sentence[:start], words.shorten(sentence[end:], after)
    if len(left) > before:
        left = "…" + left[-before:].partition(" ")[2]
    return left, words.shorten(sentence[start:end], after), right
