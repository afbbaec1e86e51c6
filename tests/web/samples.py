"""Readings that mean harm, or are merely very large."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, TypeVar

from dateline.records.mentions import Actor, ActorMention, TimeMention
from dateline.records.reading import Reading
from dateline.records.text import make_article
from tests.store.samples import VISIT, visit_reading

R = TypeVar("R")

# Whatever could end an attribute or a tag, run, reorder the words around it, or break the page's encoding.
EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>\u202eevil\u2066\u200f\x00\x1b[31m\ud800&amp;{{7*7}}"
# Facts are kept without broken characters; texts and titles of articles may have them.
EVIL_NAME = EVIL.replace("\ud800", "")
# Closed lists, ids and numbers are checked when a record is read, so harm cannot stand there.
_SAFE = {
    *("id", "type", "plover", "status", "quad", "basis", "mod", "how", "qualifier", "published_basis", "language"),
    *("text_sha256", "country", "cameo", "actor", "event", "events"),
}


def hostile_reading() -> Reading:
    """`visit_reading` with `EVIL` at the end of every field that a text can reach, and in the text itself."""
    told = visit_reading(f"{VISIT} {EVIL}", ref=f"news/{EVIL}", url=f"javascript:alert(1)//{EVIL}")
    spoilt = {
        field.name: tuple(_spoil(item) for item in getattr(told, field.name))
        for field in fields(Reading)
        if field.name != "article"
    }
    article = replace(told.article, title=f"T {EVIL}", source=f"S {EVIL}", byline=f"B {EVIL}")
    return replace(told, article=article, **spoilt)


def _spoil(record: R) -> R:
    """The same record with harm after each text of it that is no closed list; spans and slices stay true."""
    changed: dict[str, Any] = {}
    for field in fields(record):  # type: ignore[arg-type]
        value = getattr(record, field.name)
        if is_dataclass(value):
            changed[field.name] = _spoil(value)
        elif isinstance(value, tuple):
            changed[field.name] = tuple(_spoil(item) if is_dataclass(item) else item for item in value)
        elif isinstance(value, str) and field.name not in _SAFE and field.name != "kind":
            changed[field.name] = value + EVIL_NAME
        elif value is None and field.name in ("role", "organisation", "channel", "unit", "of", "per", "admin1"):
            changed[field.name] = EVIL_NAME
    return replace(record, **changed)  # type: ignore[type-var]


def long_reading(paragraphs: int = 400, *, blanks: bool = True) -> Reading:
    """An article of many paragraphs, each with its own actor, time and two mentions of one more actor."""
    line = "Minister Ada Holm met Poland on Friday & spoke at length about <nothing> in particular."
    line = line if blanks else line.replace(" ", "_")
    gap = "\n\n" if blanks else "_"
    text = gap.join([line] * paragraphs)
    article = make_article(text, published=date(2020, 3, 14), published_basis="given", ref="long", title="Long")
    starts = [(len(line) + len(gap)) * number for number in range(paragraphs)]
    actors = [
        Actor("a1", "Poland", "country", "POL", (), None, None, tuple(_mention(text, at + 22, 6) for at in starts), "c")
    ]
    actors += [
        Actor(f"a{n}", "Ada Holm", "person", "NOR", ("GOV",), "Minister", None, (_mention(text, at + 9, 8),), "r#1")
        for n, at in enumerate(starts, 2)
    ]
    day = date(2020, 3, 13)
    times = tuple(
        TimeMention(at + 32, at + 38, text[at + 32 : at + 38], "DATE", str(day), None, day, day, "publication", "t#1")
        for at in starts
    )
    return Reading(article, times, (), tuple(actors), (), (), (), ())


def _mention(text: str, start: int, length: int) -> ActorMention:
    return ActorMention(start, start + length, text[start : start + length], "name")
