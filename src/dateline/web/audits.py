"""Judging facts: one at a time on its own page, or a sample of them by keystrokes; and what the sample says."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, cast, get_args

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dateline.archive import Row
from dateline.auditing import audit_report, audited_fact
from dateline.errors import QueryError, UsageError
from dateline.export.judgements import JUDGEMENTS, judgement_cells
from dateline.export.write import write_table
from dateline.store.audits import Audit, Item, audits, begin_audit, load_audit
from dateline.store.corrections import JudgedKind, judge, judgements
from dateline.web.download import as_file
from dateline.web.facts import sentence_of
from dateline.web.judging import parts_of
from dateline.web.posted import posted
from dateline.web.site import Site, site_of
from dateline.web.words import link

_JUDGED: Final = ("id", "field", "verdict", "value", "why", "audit", "next")
_BEGUN: Final = ("size", "kind", "query", "seed")
_LARGEST: Final = 20_000
_RULES: Final = 20


def show_audits(request: Request) -> Response:
    """`/audit`: the samples, and the form that draws one."""
    site = site_of(request)
    return _overview(site, {}, None)


async def begin(request: Request) -> Response:
    """`POST /audit`: draw a sample, go to its first fact."""
    site = _writable(request)
    given = await posted(request, _BEGUN, largest=_LARGEST)
    try:
        audit = await run_in_threadpool(_begin, site, given)
    except (UsageError, QueryError) as error:
        return await run_in_threadpool(_overview, site, given, str(error))
    return RedirectResponse(link(f"/audit/{audit.key}/1"), status_code=303)


def show_audit(request: Request) -> Response:
    """`/audit/3`: what the sample says so far."""
    site, key = site_of(request), _number(request, "key")
    found = audit_report(site.record, key)
    after = found.audit.next
    return site.page(
        "audit.html",
        here="audit",
        report=found,
        rules=[rule for rule in found.rules if rule.faulty][:_RULES],
        all_right=sum(not rule.faulty for rule in found.rules),
        next_href=link(f"/audit/{key}/{after.n}") if after else None,
        files=[(format, link(f"/audit/{key}.{format}")) for format in ("csv", "jsonl", "parquet")],
        command=shlex.join(["dateline", "audit", str(site.record), "--audit", str(key)]),
    )


def show_item(request: Request) -> Response:
    """`/audit/3/17`: the seventeenth fact of the sample, to be judged."""
    site, key, n = site_of(request), _number(request, "key"), _number(request, "n")
    audit = load_audit(site.record, key)
    if not 1 <= n <= len(audit.items):
        raise UsageError(f"the sample has facts 1 to {len(audit.items)}, no {n}")
    item = audit.items[n - 1]
    with site.archive() as archive:
        try:
            row = audited_fact(archive, item.fact)
        except UsageError:
            return site.page("item.html", here="audit", audit=audit, item=item, row=None, **_around(audit, item))
        reading = archive.reading(row.origin.id)
    return site.page(
        "item.html",
        here="audit",
        audit=audit,
        item=item,
        row=row,
        fact=row.fact,
        told=sentence_of(row.fact, reading, 600),
        parts=parts_of(row.fact, list(audit.judgements)),
        **_around(audit, item),
    )


def download_audit(request: Request) -> Response:
    """`/audit/3.csv` and the like: every judgement of an audit, also those that were withdrawn."""
    site, key = site_of(request), _number(request, "key")
    load_audit(site.record, key)
    return _rows(site, f"audit-{key}", request.path_params["format"], key)


def download_judgements(request: Request) -> Response:
    """`/judgements.csv` and the like: every judgement of the record."""
    return _rows(site_of(request), "judgements", request.path_params["format"], None)


async def judge_fact(request: Request) -> Response:
    """`POST /judge`: store one judgement, go back to where it was made."""
    site = _writable(request)
    given = await posted(request, _JUDGED, largest=_LARGEST)
    after = given.get("next", "")
    if not after.startswith("/") or after.startswith(("//", "/\\")) or len(after) > 500:
        raise HTTPException(400)
    await run_in_threadpool(_judge, site, given)
    return RedirectResponse(after, status_code=303)


def _judge(site: Site, given: Mapping[str, str]) -> None:
    audit = given.get("audit", "")
    with site.archive() as archive:
        row: Row[Any] = audited_fact(archive, given.get("id", ""))
    value, verdict = given.get("value", "").strip(), given.get("verdict", "")
    judge(
        site.record,
        row.fact,
        given.get("field", ""),
        # Who says what it should be, and presses Enter, has not called it right.
        "wrong" if value and verdict == "right" else verdict,
        who=site.who,
        value=value if verdict != "withdrawn" else None,
        why=given.get("why"),
        audit=int(audit) if audit.isascii() and audit.isdigit() and len(audit) < 10 else None,
    )


def _begin(site: Site, given: Mapping[str, str]) -> Audit:
    numbers = []
    for name, standard in (("size", "100"), ("seed", "1")):
        text = given.get(name, "").strip() or standard
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise UsageError(f"{name} '{text[:40]}': write a whole number")
        numbers.append(int(text))
    kind = given.get("kind", "event")
    if kind not in get_args(JudgedKind):
        raise UsageError(f"'{kind[:40]}' cannot be audited; events and statements can")
    query = given.get("query", "").strip()
    known = cast(JudgedKind, kind)
    return begin_audit(site.record, numbers[0], kind=known, query=query, seed=numbers[1], who=site.who)


def _overview(site: Site, given: Mapping[str, str], error: str | None) -> Response:
    found = [load_audit(site.record, key) for key in audits(site.record)[:20]]
    return site.page(
        "audits.html",
        status=400 if error else 200,
        here="audit",
        audits=found,
        given={name: given.get(name, "")[:500] for name in _BEGUN},
        error=error,
        files=[(format, f"/judgements.{format}") for format in ("csv", "jsonl", "parquet")],
        command=shlex.join(["dateline", "audit", str(site.record), "--sample", "100"]),
    )


def _around(audit: Audit, item: Item) -> dict[str, Any]:
    here = f"/audit/{audit.key}/{item.n}"
    last = item.n == len(audit.items)
    return {
        "at": here,
        "after": f"/audit/{audit.key}" if last else f"/audit/{audit.key}/{item.n + 1}",
        "before": f"/audit/{audit.key}/{item.n - 1}" if item.n > 1 else None,
        "done": len(audit.judged),
    }


def _rows(site: Site, name: str, format: str, audit: int | None) -> Response:
    def write(file: Path) -> None:
        write_table(JUDGEMENTS, map(judgement_cells, judgements(site.record, audit=audit)), format, file)

    return as_file(name, format, write)


def _writable(request: Request) -> Site:
    site = site_of(request)
    if site.read_only:
        raise HTTPException(403)
    return site


def _number(request: Request, name: str) -> int:
    text = request.path_params[name]
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise HTTPException(404)
    return int(text)
