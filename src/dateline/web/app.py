"""The web application of one record: its addresses, its few files, and what becomes of errors."""

from __future__ import annotations

from collections.abc import Callable, Collection
from importlib import resources
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dateline.errors import DatelineError, QueryError, SourceError, UsageError
from dateline.web import audits, dyads, facts, ledgers, lists, maps, parse, paste, people, plans
from dateline.web.safety import Guard
from dateline.web.site import KINDS, make_site, site_of
from dateline.web.words import link

_FILES: Final = {
    "style.css": "text/css",
    "page.js": "text/javascript",
    "icon.svg": "image/svg+xml",
    "world.svg": "image/svg+xml",
}


def make_app(
    record: Path,
    *,
    hosts: Collection[str] = (),
    token: str | None = None,
    who: str = "",
    read_only: bool = False,
) -> Guard:
    """The application that shows a record.

    Args:
        hosts: names the server may be called by, besides those of the loopback.
        who: in whose name facts are judged; the name of the user of this machine if empty.
        read_only: whether nothing can be judged.
        token: what a browser has to show before anything is answered (for hosts that others can reach).
    """
    app = Starlette(
        routes=[
            Route("/", facts.start),
            Route("/find", _find),
            Route("/read", paste.form, methods=["GET"]),
            Route("/read", paste.read, methods=["POST"]),
            Route("/actor", people.show_actor),
            Route("/article/{id}", facts.show_article),
            Route("/event/{id}/tree", parse.show_tree),
            Route("/event/{id}", facts.show_event),
            Route("/statement/{id}", facts.show_statement),
            Route("/map", maps.show_map),
            Route("/agenda", plans.show_agenda),
            Route("/agenda.{format}", plans.download_agenda),
            Route("/ledger", ledgers.show_ledger),
            Route("/ledger.{format}", ledgers.download_ledger),
            Route("/series", dyads.show_series),
            Route("/series.{format}", dyads.download_series),
            Route("/audit", audits.show_audits, methods=["GET"]),
            Route("/audit", audits.begin, methods=["POST"]),
            Route("/audit/{key}.{format}", audits.download_audit),
            Route("/audit/{key}", audits.show_audit),
            Route("/audit/{key}/{n}", audits.show_item),
            Route("/judge", audits.judge_fact, methods=["POST"]),
            Route("/judgements.{format}", audits.download_judgements),
            Route("/static/{name}", _file_server()),
            Route("/{kind}.{format}", lists.download),
            Route("/{kind}", lists.show_list),
        ],
        exception_handlers={HTTPException: _refused, DatelineError: _told, Exception: _crashed},
    )
    app.state.site = make_site(record, who=who, read_only=read_only)
    # Around everything, so that even the page of a crash is guarded.
    return Guard(app, hosts, token)


def _find(request: Request) -> Response:
    """`/find?kind=events&q=...`: the search box of the start page, to the list it asks for."""
    kind = request.query_params.get("kind", "events")
    if kind not in KINDS:
        raise HTTPException(404)
    return RedirectResponse(link(f"/{kind}", q=request.query_params.get("q", "")), status_code=303)


def _file_server() -> Callable[[Request], Response]:
    """Our own files, read once: no address ever becomes a path."""
    folder = resources.files("dateline.web").joinpath("static")
    files = {name: folder.joinpath(name).read_bytes() for name in _FILES}

    def file(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in files:
            raise HTTPException(404)
        return Response(files[name], media_type=_FILES[name], headers={"cache-control": "max-age=86400"})

    return file


def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    message = {
        403: "This record is shown read-only: nothing can be judged here.",
        404: "There is no such page; the lists above lead to everything.",
        405: "This page is read with GET.",
        413: "That is more than can be posted.",
        415: "This page takes the fields of its own form.",
    }.get(status, "That request cannot be answered.")
    return site_of(request).mistake(status, message)


def _told(request: Request, error: Exception) -> Response:
    wrong_asked = isinstance(error, (QueryError, SourceError))
    return site_of(request).mistake(400 if wrong_asked else 404 if isinstance(error, UsageError) else 500, str(error))


def _crashed(request: Request, error: Exception) -> Response:
    name = type(error).__name__
    return site_of(request).mistake(
        500, f"This page failed with {name}; the terminal has the whole trace. Please report it."
    )
