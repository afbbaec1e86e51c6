"""The start page, an article, an event, a statement, an actor."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dateline.archive import Archive, Joined, MergedEvent, Row
from dateline.errors import UsageError
from dateline.records.claims import Event, Statement
from dateline.records.mentions import Participant
from dateline.records.reading import Reading
from dateline.web.cards import Card, cards, explanation
from dateline.web.judging import judged_row
from dateline.web.lists import Asked, over_time, type_choices
from dateline.web.maps import place_of
from dateline.web.marks import LAYERS, Layer, Part, Piece, Spot, cut, parts, spots
from dateline.web.site import KINDS, site_of
from dateline.web.words import actor_link, link
from dateline.wording import rule_lines

_NEWEST: Final = 8
_OTHERS: Final = 30
_REPORTS: Final = 24
# How far from its trigger a sentence is shown: a text without full stops is one sentence.
_SENTENCE: Final = 1_500
# How many rows about an actor are looked at, and how many of them shown.
_LOOKED_AT: Final = 500
_SHOWN: Final = 25


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
            "over_time": over_time(site, archive, Asked("events", "", ""), counts["events"]),
            "types": type_choices(site, archive, Asked("events", "", "")),
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
        same, joined = archive.same(why.event.fact.id)
    event, reading = why.event.fact, why.reading
    text = reading.article.text
    number = [other.id for other in reading.events].index(event.id) + 1
    part = _part_of(parts(text, spots(reading)), event.trigger.start)
    others = [(n, other) for n, other in enumerate(reading.events, 1) if other.id != event.id]
    near = sorted(others, key=lambda item: abs(item[0] - number))[:_OTHERS]
    return site.page(
        "event.html",
        here="events",
        why=why,
        event=event,
        told=sentence_of(event, reading, _SENTENCE),
        lines=explanation(why),
        rule_text=rule_lines(event.rule),
        people=_people(event),
        in_article=link(f"/article/{reading.article.id}", part=part if part > 1 else None) + f"#e{number}",
        others=sorted(near),
        small_map=place_of(event),
        same=same if len(same.reports) > 1 else None,
        reports=_side_by_side(same, joined, event.id),
        tell=shlex.join(["dateline", "explain", str(site.record), event.id]),
        **judged_row(site, event),
    )


def _side_by_side(same: MergedEvent, joined: list[Joined], here: str) -> list[tuple[Row[Event], Joined | None]]:
    """The first reports of an event in the order of publication, that of the page among them, with why they joined."""
    why = {one.report.fact.id: one for one in joined}
    others = [row for row in same.reports if row.fact.id != here][: _REPORTS - 1]
    shown = {here, *(row.fact.id for row in others)}
    return [(row, why.get(row.fact.id)) for row in same.reports if row.fact.id in shown]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words around a fact in pieces, and whether the sentence goes on at either end."""

    pieces: tuple[Piece, ...]
    cut_left: bool
    cut_right: bool


def sentence_of(fact: Event | Statement, reading: Reading, around: int) -> Sentence:
    """The sentence of an event, or a statement with its cue and some words around, with the fact's words marked."""
    text = reading.article.text
    if isinstance(fact, Event):
        start, end = fact.sentence.start, fact.sentence.end
        first, last = fact.trigger.start, fact.trigger.end
    else:
        first, last = fact.content.start, min(fact.content.end, fact.content.start + around)
        cue = fact.cue or fact.content
        start, end = min(first, cue.start) - 80, max(fact.content.end, cue.end) + 80
    low, high = max(0, start, first - around), min(len(text), end, last + around)
    return Sentence(tuple(cut(text, _spots_of(fact), (), low, high)), low > start, high < end)


def _published(archive: Archive, query: str) -> date | None:
    row = next(iter(archive.articles(query, limit=1)), None)
    return None if row is None else row.origin.published


def _part_of(found: list[Part], at: int) -> int:
    return next((n for n, part in enumerate(found, 1) if part.start <= at < part.end), 1)


def _spots_of(fact: Event | Statement) -> list[Spot]:
    """Where the words of one fact stand."""
    if isinstance(fact, Statement):
        marks = fact.pieces if fact.cue is None else (*fact.pieces, fact.cue)
        found = [Spot("s", "statement", mark.start, mark.end) for mark in marks]
        people: tuple[Participant, ...] = (fact.speaker,) if fact.speaker else ()
    else:
        found = [Spot("e", "event", mark.start, mark.end) for mark in (fact.trigger, *fact.mentions)]
        people = (*fact.source, *fact.target)
        if fact.place is not None:
            found.append(Spot("p", "place", fact.place.start, fact.place.end))
    found += [Spot("a", "actor", who.start, who.end) for who in people]
    return sorted(found, key=lambda spot: (spot.start, spot.end))


def _people(event: Event) -> list[tuple[str, Participant, str | None]]:
    """Participants with their side, and the address of their page if they are lasting actors."""
    sides = (("source", event.source), ("target", event.target))
    told = [(side, who) for side, people in sides for who in people[:20]]
    return [(side, who, actor_link(who.name, who.country) if who.actor else None) for side, who in told]
