"""A fact as a card: a head of a few words, and lines that say what each part is and which words it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dateline.archive import Explanation
from dateline.records.claims import ClaimTime, Event, Figure, Statement
from dateline.records.mentions import Actor, Participant, PlaceMention, TimeMention
from dateline.records.reading import Reading
from dateline.web.marks import Layer
from dateline.web.words import actor_link, amount, code, coded, counted, days, link, number, shorten, when
from dateline.wording import way

_MOST: Final = 8
_WIDTH: Final = 160


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a card: what it is about, what it says, and where a click leads, if anywhere."""

    name: str
    says: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A fact for reading.

    Attributes:
        key: its name within the article ("e1").
        head: a few words; `tag` its type or kind; `status` of events and figures.
        more: the address of its own page, if it has one.
        at: the first character it stands on, for putting cards in the order of the text.
    """

    key: str
    layer: Layer
    head: str
    tag: str
    status: str | None
    lines: tuple[Line, ...]
    more: str | None
    at: int


def cards(reading: Reading, keys: set[str], *, stored: bool = True) -> list[Card]:
    """Cards of those facts of the reading that are named, each layer in text order; `stored`: whether pages of the
    record can be linked to."""
    made: list[Card] = []
    made += [_event(f"e{n}", e, stored) for n, e in enumerate(reading.events, 1) if f"e{n}" in keys]
    made += [_statement(f"s{n}", s, reading, stored) for n, s in enumerate(reading.statements, 1) if f"s{n}" in keys]
    made += [_figure(f"f{n}", f, stored) for n, f in enumerate(reading.figures, 1) if f"f{n}" in keys]
    made += [_actor(f"a{n}", a, stored) for n, a in enumerate(reading.actors, 1) if f"a{n}" in keys]
    made += [_place(f"p{n}", p) for n, p in enumerate(reading.places, 1) if f"p{n}" in keys]
    made += [_time(f"t{n}", t) for n, t in enumerate(reading.times, 1) if f"t{n}" in keys]
    return made


def sides(event: Event) -> str:
    """Who does it to whom: "Ine Berg → Poland"; a question mark where nobody is named."""
    source = _names(event.source) or "?"
    return f"{source} → {_names(event.target)}" if event.target else source


def explanation(why: Explanation) -> list[Line]:
    """Everything that led to an event, in the words of `dateline explain`."""
    event = why.event.fact
    lines = [Line("characters", f"{event.trigger.start}-{event.trigger.end} “{shorten(event.trigger.text, _WIDTH)}”")]
    printed = event.plover or "nothing"
    contexts = f", contexts {', '.join(event.contexts)}" if event.contexts else ""
    numbers = f"CAMEO {event.cameo or '-'}, quad {event.quad}, {event.intensity:+}"
    lines.append(Line("codes", f"PLOVER prints {printed}, {numbers}{contexts}"))
    for side, people in (("source", event.source), ("target", event.target)):
        lines += _limited([Line(side, way(who, why.actors)) for who in people], side)
    if event.time is not None:
        rule = f", by {why.time.rule}" if why.time else ""
        lines.append(Line("time", _resolved(event.time) + rule))
    if event.place is not None:
        lines.append(Line("place", _where(event.place) + f", by {event.place.rule}"))
    if event.reported_by is not None:
        lines.append(Line("reported by", f"“{shorten(event.reported_by.text, _WIDTH)}”"))
    for figure in why.figures[:_MOST]:
        lines.append(Line("figure", f"“{shorten(figure.text, _WIDTH)}” {figure.kind or ''}, by {figure.rule}"))
    if event.size is not None:
        told = [(event.size.dead, "dead"), (event.size.injured, "injured"), (event.size.arrested, "arrested")]
        size = ", ".join(f"{count:,} {noun}" for count, noun in told if count is not None)
        lines += [Line("size", size)] if size else []
    lines.append(Line("confidence", f"{event.confidence:.2f}"))
    return lines


def _event(key: str, event: Event, stored: bool) -> Card:
    lines = [*_people("who", event.source, stored), *_people("to whom", event.target, stored)]
    if event.time is not None:
        lines.append(Line("when", _resolved(event.time)))
    if event.place is not None:
        lines.append(Line("where", _where(event.place)))
    if event.reported_by is not None:
        lines.append(Line("reported by", f"“{shorten(event.reported_by.text, _WIDTH)}”"))
    lines.append(Line("words", f"“{shorten(event.trigger.text, _WIDTH)}”"))
    lines.append(Line("rule", f"{shorten(event.rule, _WIDTH)}, confidence {event.confidence:.2f}"))
    tag = event.type + (f" {event.mode}" if event.mode else "")
    more = link(f"/event/{event.id}") if stored else None
    return Card(key, "event", shorten(sides(event), 90), tag, event.status, tuple(lines), more, event.trigger.start)


def _statement(key: str, said: Statement, reading: Reading, stored: bool) -> Card:
    lines = _people("speaker", (said.speaker,) if said.speaker else (), stored)
    lines.append(Line("said", f"“{shorten(said.content.text, 400)}”"))
    if said.cue is not None:
        lines.append(Line("by the words", f"“{shorten(said.cue.text, _WIDTH)}”"))
    if said.channel:
        lines.append(Line("where", shorten(said.channel, _WIDTH)))
    lines += _people("passed on by", (said.carrier,) if said.carrier else (), stored)
    lines += _people("to", (said.addressee,) if said.addressee else (), stored)
    if said.time is not None:
        lines.append(Line("when", _resolved(said.time)))
    inside = [(n, e) for n, e in enumerate(reading.events, 1) if e.id in said.events][:_MOST]
    lines += [Line("tells of", f"{event.type} {event.status}", f"#e{n}") for n, event in inside]
    lines.append(Line("rule", shorten(said.rule, _WIDTH)))
    speaker = shorten(said.speaker.name, 40) if said.speaker else "?"
    head = f"{speaker}: “{shorten(said.content.text, 60)}”"
    return Card(key, "statement", head, said.kind, None, tuple(lines), None, said.content.start)


def _figure(key: str, figure: Figure, stored: bool) -> Card:
    lines = [Line("value", f"{amount(figure)} {shorten(counted(figure), _WIDTH)}".strip())]
    lines += _people("whose", (figure.holder,) if figure.holder else (), stored)
    lines += _people("claimed by", (figure.claimed_by,) if figure.claimed_by else (), stored)
    if figure.time is not None:
        lines.append(Line("when", _resolved(figure.time)))
    if figure.event is not None and stored:
        lines.append(Line("sizes", "an event", link(f"/event/{figure.event}")))
    lines.append(Line("rule", shorten(figure.rule, _WIDTH)))
    tag = figure.kind or "figure"
    return Card(key, "figure", shorten(figure.text, 80), tag, figure.status, tuple(lines), None, figure.start)


def _actor(key: str, actor: Actor, stored: bool) -> Card:
    lines = [Line("code", code(actor.country, actor.sectors) or "none")]
    if actor.role:
        lines.append(Line("role", shorten(actor.role, _WIDTH)))
    if actor.organisation:
        lines.append(Line("of", shorten(actor.organisation, _WIDTH)))
    words = dict.fromkeys(mention.text for mention in actor.mentions)
    told = ", ".join(f"“{shorten(text, 60)}”" for text in list(words)[:_MOST])
    lines.append(Line("mentioned", f"{len(actor.mentions)}×: {told}"))
    lines.append(Line("rule", shorten(actor.rule, _WIDTH)))
    at = actor.mentions[0].start if actor.mentions else 0
    more = actor_link(actor.name, actor.country) if stored else None
    return Card(key, "actor", shorten(actor.name, 80), actor.kind, None, tuple(lines), more, at)


def _place(key: str, place: PlaceMention) -> Card:
    lines = [Line("name", _where(place)), Line("country", place.country or "none")]
    if place.admin1:
        lines.append(Line("division", shorten(place.admin1, _WIDTH)))
    lines.append(Line("rule", shorten(place.rule, _WIDTH)))
    return Card(key, "place", shorten(place.text, 80), place.kind, None, tuple(lines), None, place.start)


def _time(key: str, time: TimeMention) -> Card:
    value = time.value + (f" {time.mod}" if time.mod else "")
    lines = [Line("value", shorten(value, _WIDTH)), Line("days", days(time.from_, time.to) or "none")]
    lines += [Line("resolved by", _BASES[time.basis]), Line("rule", shorten(time.rule, _WIDTH))]
    return Card(key, "time", shorten(time.text, 80), time.type, None, tuple(lines), None, time.start)


_BASES: Final = {
    "stated": "its words alone",
    "publication": "the day of publication",
    "narrative": "a day told of before",
}


def _resolved(time: ClaimTime) -> str:
    words = f"“{shorten(time.text, 80)}”" if time.text else "no words of its own"
    return f"{words} → {shorten(time.value, 60)} ({when(time)}), resolved by {_BASES[time.basis]}"


def _where(place: PlaceMention) -> str:
    point = "" if place.lat is None or place.lon is None else f" at {place.lat:.3f}, {place.lon:.3f}"
    return f"“{shorten(place.text, 80)}” → {shorten(place.name, 80)}{point}"


def _people(name: str, people: Sequence[Participant], stored: bool) -> list[Line]:
    lines = []
    for who in people:
        role = f", {shorten(who.role, 60)}" if who.role else ""
        own = "" if who.text == who.name else f" (“{shorten(who.text, 60)}”)"
        page = _own_page(who) if stored else None
        lines.append(Line(name, f"{shorten(who.name, 80)}{role} · {coded(who) or 'no code'}{own}", page))
    return _limited(lines, name)


def _limited(lines: list[Line], name: str) -> list[Line]:
    return lines if len(lines) <= _MOST else [*lines[:_MOST], Line(name, f"and {number(len(lines) - _MOST)} more")]


def _own_page(who: Participant) -> str | None:
    return actor_link(who.name, who.country) if who.actor is not None else None


def _names(people: Sequence[Participant]) -> str:
    told = " + ".join(shorten(who.name or who.text, 50) for who in people[:4])
    return f"{told} + {len(people) - 4} more" if len(people) > 4 else told
