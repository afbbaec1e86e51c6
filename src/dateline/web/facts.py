"""The start page, an article, an event, a statement, an actor."""

from __future__ import annotations

import shlex
from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dateline.archive import Archive, Row
from dateline.errors import UsageError
from dateline.records.claims import Event
from dateline.records.mentions import Actor, Participant
from dateline.records.reading import Reading
from dateline.web.cards import Card, cards, explanation, rule_lines
from dateline.web.lists import Asked, type_choices
from dateline.web.marks import LAYERS, Layer, Part, Piece, Spot, cut, parts, spots
from dateline.web.site import KINDS, site_of
from dateline.web.words import actor_link, link, quoted

_NEWEST: Final = 8
_OTHERS: Final = 30
# How far from its trigger a sentence is shown: a text without full stops is one sentence.
_SENTENCE: Final = 1_500
# How many rows about an actor are looked at, and how many of them shown.
_LOOKED_AT: Final = 500
_SHOWN: Final = 25
_MOST_TYPED: Final = 50_000


@dataclass(frozen=True, slots=True)
class View:
    """One part of a reading, ready to be shown: the text in pieces, and the cards of its facts by layer."""

    reading: Reading
    pieces: tuple[Piece, ...]
    groups: tuple[tuple[Layer, tuple[Card, ...]], ...]
    part: int
    parts: int
    all_events: int


def start(request: Request) -> Response:
    """`/`: what the record holds, the newest and what is to come."""
    site = site_of(request)
    with site.archive() as archive:
        counts = {kind: site.counts.count(archive, kind) for kind in KINDS}
        first = _published(archive, "sort:published")
        last = _published(archive, "sort:-published")
        coming = f"status:planned since:{last} sort:time" if last else "status:planned sort:time"
        told: dict[str, Any] = {
            "counts": counts,
            "first": first,
            "last": last,
            "newest": tuple(archive.events("sort:-published", limit=_NEWEST)),
            "coming": tuple(archive.events(coming, limit=_NEWEST)),
            "coming_href": link("/events", q=coming),
            "articles": tuple(archive.articles("sort:-published", limit=_NEWEST)),
            "types": type_choices(site, archive, Asked("events", "", "")) if counts["events"] <= _MOST_TYPED else [],
        }
    return site.page("start.html", here="start", **told)


def show_article(request: Request) -> Response:
    """`/article/ID?part=2`: the text with every fact marked, and the facts."""
    site = site_of(request)
    with site.archive() as archive:
        reading = archive.reading(request.path_params["id"])
        versions = archive.versions(reading.article.id)
    asked = request.query_params.get("part", "1")
    part = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    shown = view(reading, part)
    tell = shlex.join(["dateline", "show", str(site.record), reading.article.id])
    return site.page("article.html", here="articles", view=shown, versions=versions, stored=True, tell=tell)


def view(reading: Reading, part: int = 1, *, stored: bool = True) -> View:
    """A part of a reading (from 1; the last one if there are not so many)."""
    found = spots(reading)
    text = reading.article.text
    all_parts = parts(text, found)
    number = min(max(1, part), len(all_parts))
    here = all_parts[number - 1]
    keys = {spot.key for spot in found if spot.start < here.end and here.start < spot.end}
    made = cards(reading, keys, stored=stored)
    groups = tuple((layer, tuple(card for card in made if card.layer == layer)) for layer in LAYERS)
    pieces = tuple(cut(text, found, reading.article.furniture, here.start, here.end))
    return View(reading, pieces, groups, number, len(all_parts), len(reading.events))


def show_statement(request: Request) -> Response:
    """`/statement/ID`: leads to where it stands in its article."""
    with site_of(request).archive() as archive:
        found = archive.show(request.path_params["id"])
        if isinstance(found, Reading) or isinstance(found.fact, Event):
            raise UsageError(f"{request.path_params['id']} is not the id of a statement")
        reading = archive.reading(found.origin.id)
    ids = [statement.id for statement in reading.statements]
    key = f"s{ids.index(found.fact.id) + 1}"
    part = _part_of(parts(reading.article.text, spots(reading)), found.fact.content.start)
    where = link(f"/article/{reading.article.id}", part=part if part > 1 else None)
    return RedirectResponse(f"{where}#{key}", status_code=303)


def show_event(request: Request) -> Response:
    """`/event/ID`: one event and why it is in the record."""
    site = site_of(request)
    with site.archive() as archive:
        why = archive.explain(request.path_params["id"])
    event, reading = why.event.fact, why.reading
    text = reading.article.text
    low = max(event.sentence.start, event.trigger.start - _SENTENCE)
    high = min(event.sentence.end, event.trigger.end + _SENTENCE)
    number = [other.id for other in reading.events].index(event.id) + 1
    part = _part_of(parts(text, spots(reading)), event.trigger.start)
    others = [(n, other) for n, other in enumerate(reading.events, 1) if other.id != event.id]
    near = sorted(others, key=lambda item: abs(item[0] - number))[:_OTHERS]
    return site.page(
        "event.html",
        here="events",
        why=why,
        event=event,
        pieces=tuple(cut(text, _spots_of(event), (), low, high)),
        cut_left=low > event.sentence.start,
        cut_right=high < event.sentence.end,
        lines=explanation(why),
        rule_text=rule_lines(event.rule),
        people=_people(event),
        in_article=link(f"/article/{reading.article.id}", part=part if part > 1 else None) + f"#e{number}",
        others=sorted(near),
        tell=shlex.join(["dateline", "explain", str(site.record), event.id]),
    )


def show_actor(request: Request) -> Response:
    """`/actor?name=...&country=...`: someone by name and country, over all articles."""
    site = site_of(request)
    name, country = request.query_params.get("name", "").strip(), request.query_params.get("country", "").strip()
    if not name or len(name) > 500 or len(country) > 3:
        raise UsageError("an actor's page needs a name, such as /actor?name=Ine+Berg&country=NOR")
    where = f" country:{country}" if country else ""
    with site.archive() as archive:
        found = islice(archive.actors(f"name:{quoted(name)}{where} sort:published", limit=_LOOKED_AT), _LOOKED_AT)
        rows = [row for row in found if row.fact.name.casefold() == name.casefold()]
        if not rows:
            raise UsageError(f"no article of this record has an actor '{name}'{f' of {country}' if country else ''}")
        whole_country = rows[0].fact.kind == "country" and bool(country)
        asked = f"actor:{country}" if whole_country else f"actor:{quoted(name)}{where}"
        said = asked.replace("actor:", "speaker:", 1)
        all_events = list(archive.events(f"{asked} sort:-time", limit=_LOOKED_AT))
        all_said = list(archive.statements(f"{said} sort:-published", limit=_LOOKED_AT))
    events = [row for row in all_events if whole_country or _takes_part(row.fact, name, country)]
    statements = [row for row in all_said if whole_country or _is(row.fact.speaker, name, country)]
    return site.page(
        "actor.html",
        here="actors",
        name=name,
        country=country,
        whole_country=whole_country,
        rows=rows,
        roles=_roles(rows),
        partners=[] if whole_country else _partners(events, name, country),
        events=events[:_SHOWN],
        event_count=len(events),
        statements=statements[:_SHOWN],
        statement_count=len(statements),
        looked_at=_LOOKED_AT,
        events_href=link("/events", q=asked),
        statements_href=link("/statements", q=said),
        articles=rows[-_SHOWN:][::-1],
    )


def _published(archive: Archive, query: str) -> date | None:
    row = next(iter(archive.articles(query, limit=1)), None)
    return None if row is None else row.origin.published


def _part_of(found: list[Part], at: int) -> int:
    return next((n for n, part in enumerate(found, 1) if part.start <= at < part.end), 1)


def _spots_of(event: Event) -> list[Spot]:
    """Where the words of one event stand."""
    found = [Spot("e", "event", mark.start, mark.end) for mark in (event.trigger, *event.mentions)]
    found += [Spot("a", "actor", who.start, who.end) for who in (*event.source, *event.target)]
    if event.place is not None:
        found.append(Spot("p", "place", event.place.start, event.place.end))
    return sorted(found, key=lambda spot: (spot.start, spot.end))


def _people(event: Event) -> list[tuple[str, Participant, str | None]]:
    """Participants with their side, and the address of their page if they are lasting actors."""
    sides = (("source", event.source), ("target", event.target))
    told = [(side, who) for side, people in sides for who in people[:20]]
    return [(side, who, actor_link(who.name, who.country) if who.actor else None) for side, who in told]


def _is(who: Participant | None, name: str, country: str) -> bool:
    return who is not None and who.name.casefold() == name.casefold() and (who.country or "") in (country, "")


def _takes_part(event: Event, name: str, country: str) -> bool:
    return any(_is(who, name, country) for who in (*event.source, *event.target))


def _roles(rows: list[Row[Actor]]) -> list[dict[str, Any]]:
    """Each role somebody was given, with code, first and last day, how often, and an article that says so."""
    found: dict[tuple[str | None, tuple[str, ...]], list[Row[Actor]]] = {}
    for row in rows:
        found.setdefault((row.fact.role, row.fact.sectors), []).append(row)
    return [
        {
            "role": role,
            "sectors": sectors,
            "first": told[0].origin.published,
            "last": told[-1].origin.published,
            "count": len(told),
            "origin": told[-1].origin,
            "rule": told[-1].fact.rule,
        }
        for (role, sectors), told in list(found.items())[:_SHOWN]
    ]


def _partners(events: list[Row[Event]], name: str, country: str) -> list[tuple[str, str | None, int, str]]:
    """With whom somebody has to do, and how often: name, country, events, address."""
    met: Counter[tuple[str, str | None]] = Counter()
    for row in events:
        people = (*row.fact.source, *row.fact.target)
        met.update({(who.name, who.country) for who in people if who.actor and not _is(who, name, country)})
    return [(who, land, count, actor_link(who, land)) for (who, land), count in met.most_common(15)]
