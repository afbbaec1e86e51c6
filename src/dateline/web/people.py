"""An actor over all articles: roles, with whom and how, what they said, which figures they gave."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from dateline.archive import Archive, Person, Row
from dateline.errors import UsageError
from dateline.records.claims import Event, Figure
from dateline.records.mentions import Actor, Participant
from dateline.web.asking import command
from dateline.web.lists import OverTime
from dateline.web.site import Site, site_of
from dateline.web.timeline import counted, drawn
from dateline.web.words import actor_link, link, quoted

# How many rows about an actor are looked at, and how many of them shown.
_LOOKED_AT: Final = 500
_SHOWN: Final = 25
_PARTNERS: Final = 14
_NAMES: Final = 8
NET: Final = (720, 400)


@dataclass(frozen=True, slots=True)
class Role:
    """A role that somebody was given: its code, first and last day, how often, the last article that says so, and
    where the time stands on a line of 100."""

    role: str | None
    sectors: tuple[str, ...]
    first: date
    last: date
    count: int
    row: Row[Actor]
    left: float
    wide: float


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody met in events: how often in cooperation and in conflict, and where they stand in the drawing.

    Attributes:
        share: of conflict among the events, 0 to 1; heavy: how thick the line to them is.
        anchor: on which side of the point the name is written ("start" or "end").
    """

    name: str
    country: str | None
    cooperation: int
    conflict: int
    x: float
    y: float
    heavy: float
    anchor: str
    href: str
    events_href: str

    @property
    def count(self) -> int:
        """All events with them."""
        return self.cooperation + self.conflict

    @property
    def tone(self) -> str:
        """The class of the line to them: what most of the events are."""
        return "down" if self.conflict > self.cooperation else "up" if self.cooperation > self.conflict else "both"


def show_actor(request: Request) -> Response:
    """`/actor?name=...&country=...`: someone by name and country, over all articles."""
    site = site_of(request)
    name, country = request.query_params.get("name", "").strip(), request.query_params.get("country", "").strip()
    if not name or len(name) > 500 or len(country) > 3:
        raise UsageError("an actor's page needs a name, such as /actor?name=Ine+Berg&country=NOR")
    with site.archive() as archive:
        return site.page("actor.html", here="actors", name=name, country=country, **_told(site, archive, name, country))


def _told(site: Site, archive: Archive, name: str, country: str) -> dict[str, Any]:
    where = f" country:{country}" if country else ""
    found = islice(archive.actors(f"name:{quoted(name)}{where} sort:-published", limit=_LOOKED_AT), _LOOKED_AT)
    rows = [row for row in found if row.fact.name.casefold() == name.casefold()][::-1]
    if not rows:
        raise UsageError(f"no article of this record has an actor '{name}'{f' of {country}' if country else ''}")
    whole_country = rows[0].fact.kind == "country" and bool(country)
    asked = f"actor:{country}" if whole_country else f"actor:{quoted(name)}{where}"
    said, gave = (asked.replace("actor:", f"{side}:", 1) for side in ("speaker", "claimant"))
    events = list(archive.events(f"{asked} sort:-published", limit=_LOOKED_AT))
    statements = list(archive.statements(f"{said} sort:-published", limit=_LOOKED_AT))
    figures: list[Row[Figure]] = list(archive.figures(f"{gave} sort:-published", limit=_SHOWN))
    if not whole_country:
        events = [row for row in events if any(_is(who, name, country) for who in _people(row.fact))]
        statements = [row for row in statements if _is(row.fact.speaker, name, country)]
        figures = [row for row in figures if _is(row.fact.claimed_by, name, country)]
    return {
        "whole_country": whole_country,
        "rows": rows,
        "roles": _roles(rows),
        "names": _other_names(archive, name, country),
        "partners": _partners(events, name, country, asked, whole_country=whole_country),
        "net": NET,
        "over_time": _strip(events, asked),
        "events": events[:_SHOWN],
        "event_count": len(events),
        "statements": statements[:_SHOWN],
        "statement_count": len(statements),
        "figures": figures,
        "looked_at": _LOOKED_AT,
        "events_href": link("/events", q=asked),
        "statements_href": link("/statements", q=said),
        "figures_href": link("/figures", q=gave),
        "series_href": link("/series", q=asked, actors=None if whole_country else "name"),
        "map_href": link("/map", q=asked),
        "articles": rows[-_SHOWN:][::-1],
        "command": command("events", site, asked, {}),
    }


def _people(event: Event) -> tuple[Participant, ...]:
    return (*event.source, *event.target)


def _is(who: Participant | None, name: str, country: str) -> bool:
    return who is not None and who.name.casefold() == name.casefold() and (who.country or "") in (country, "")


def _other_names(archive: Archive, name: str, country: str) -> list[tuple[str, str]]:
    """Other names under which the record knows the same actor, each with its page."""
    people: Iterable[Person] = archive.people(name, limit=20)
    mine = [one for one in people if name in one.names and (one.country or "") in (country, "")]
    if len(mine) != 1:
        return []
    return [(other, actor_link(other, mine[0].country)) for other in mine[0].names if other != name][:_NAMES]


def _roles(rows: Sequence[Row[Actor]]) -> list[Role]:
    """The roles in the order of the days on which they were first seen."""
    found: dict[tuple[str | None, tuple[str, ...]], list[Row[Actor]]] = {}
    for row in rows:
        found.setdefault((row.fact.role, row.fact.sectors), []).append(row)
    first, last = rows[0].origin.published, rows[-1].origin.published
    length = max(1, (last - first).days)
    made = []
    for (role, sectors), told in list(found.items())[:_SHOWN]:
        begun, ended = told[0].origin.published, told[-1].origin.published
        left = 97 * (begun - first).days / length
        wide = max(3.0, 97 * (ended - begun).days / length)
        made.append(Role(role, sectors, begun, ended, len(told), told[-1], left, wide))
    return made


def _partners(
    events: Iterable[Row[Event]], name: str, country: str, asked: str, *, whole_country: bool
) -> list[Partner]:
    """With whom somebody has to do: those of most events, around a circle by how the events are."""
    met: dict[tuple[str, str | None], list[int]] = {}
    for row in events:
        sides = _people(row.fact)
        others = {(who.name, who.country) for who in sides if who.actor and not _is(who, name, country)}
        if whole_country:
            others = {(who.country, who.country) for who in sides if who.country and who.country != country}
        for partner in others:
            met.setdefault(partner, [0, 0])[row.fact.quad > 2] += 1
    most = sorted(met.items(), key=lambda item: (-sum(item[1]), item[0][0]))[:_PARTNERS]
    most.sort(key=lambda item: (item[1][1] / sum(item[1]), item[0][0]))
    heaviest = max((sum(counts) for _, counts in most), default=1)
    wide, high = NET
    made = []
    for n, ((other, land), (cooperation, conflict)) in enumerate(most):
        angle = 2 * math.pi * (n + 0.5) / len(most) - math.pi / 2
        x, y = wide / 2 + math.cos(angle) * wide * 0.23, high / 2 + math.sin(angle) * high * 0.42
        heavy = 1.5 + 6 * (cooperation + conflict) / heaviest
        anchor = "start" if x >= wide / 2 else "end"
        with_them = f"{asked} actor:{land if whole_country else quoted(other)}"
        href = link("/events", q=f"actor:{land}") if whole_country else actor_link(other, land)
        events_href = link("/events", q=with_them)
        made.append(Partner(other, land, cooperation, conflict, x, y, heavy, anchor, href, events_href))
    return made


def _strip(events: Sequence[Row[Event]], asked: str) -> OverTime | None:
    """The events as a strip over time, by publication."""
    found = drawn(counted((row.origin.published, row.fact.quad > 2, 1) for row in events))
    told = tuple((bar, link("/events", q=f"{asked} published:{bar.bar.period}")) for bar in found)
    return OverTime(told, "by publication") if told else None
