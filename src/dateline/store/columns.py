"""Records as the column values of their tables: what is asked for stands in columns, the whole fact in `plain`."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import msgspec

from dateline.records.claims import ClaimTime, Event, Figure, Statement
from dateline.records.mentions import Actor, Participant, PlaceMention, TimeMention
from dateline.records.plain import to_plain
from dateline.records.text import Article
from dateline.store.words import is_storable, storable, words_key

Row = tuple[Any, ...]

TIME_COLUMNS = ('article, n, "start", text, type, value, day_from, day_to, basis, rule, plain', 11)
PLACE_COLUMNS = ('article, n, "start", name, words, kind, country, lat, lon, geonames_id, rule, plain', 12)
ACTOR_COLUMNS = ("article, n, id, name, words, kind, country, sectors, role, role_words, mentions, rule, plain", 13)
EVENT_COLUMNS = (
    "article, n, id, type, plover, mode, contexts, cameo, quad, intensity, status, day_from, day_to, place_name, "
    'place_words, place_country, reporter, reporter_words, "start", "trigger", rule, confidence',
    22,
)
STATEMENT_COLUMNS = (
    'article, n, id, kind, channel, channel_words, day_from, day_to, "start", rule',
    10,
)
FIGURE_COLUMNS = (
    'article, n, "start", text, words, low, high, qualifier, unit, unit_words, currency, kind, status, day_from, '
    "day_to, event, rule, plain",
    18,
)
PARTICIPANT_COLUMNS = "side, n, actor, country, sectors, role, role_words"


def article_plain(article: Article) -> str:
    """Everything of an article but its text, which has a column of its own.

    A text that UTF-8 cannot hold (lone surrogates) stands here as well, escaped: the column has U+FFFD in their place.
    """
    plain = to_plain(article)
    if is_storable(article.text):
        del plain["text"]
    return as_json(plain)


def as_json(plain: Any) -> str:
    """Plain data as one line of JSON that SQLite can hold, whatever the words in it."""
    try:
        return msgspec.json.encode(plain).decode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(plain, ensure_ascii=True, separators=(",", ":"))


def time_row(article: int, n: int, item: TimeMention) -> Row:
    """The row of `times`."""
    first, last = _days(item.from_, item.to)
    words = (storable(item.text), item.type, item.value)
    return (article, n, item.start, *words, first, last, item.basis, item.rule, as_json(to_plain(item)))


def place_row(article: int, n: int, item: PlaceMention) -> Row:
    """The row of `places`."""
    words = words_key(item.name, item.text)
    where = (item.country, item.lat, item.lon, item.geonames_id)
    return (article, n, item.start, storable(item.name), words, item.kind, *where, item.rule, as_json(to_plain(item)))


def actor_row(article: int, n: int, item: Actor) -> Row:
    """The row of `actors`."""
    return (
        article,
        n,
        item.id,
        storable(item.name),
        words_key(item.name),
        item.kind,
        item.country,
        " ".join(item.sectors),
        _optional(item.role),
        words_key(item.role, item.organisation),
        len(item.mentions),
        item.rule,
        as_json(to_plain(item)),
    )


def event_row(article: Article, key: int, n: int, item: Event) -> Row:
    """The row of `events`."""
    first, last = claim_days(item.time, article.published)
    place, reporter = item.place, item.reported_by
    return (
        key,
        n,
        item.id,
        item.type,
        item.plover,
        item.mode,
        " ".join(item.contexts),
        item.cameo,
        item.quad,
        item.intensity,
        item.status,
        first,
        last,
        _optional(place.name) if place else None,
        words_key(place.name, place.text) if place else "",
        place.country if place else None,
        _optional(reporter.text) if reporter else None,
        words_key(reporter.text) if reporter else "",
        item.trigger.start,
        storable(item.trigger.text),
        item.rule,
        item.confidence,
    )


def event_texts(article: Article, item: Event) -> Row:
    """The row of `event_texts`, without its key."""
    return (storable(article.text[item.sentence.start : item.sentence.end]), as_json(to_plain(item)))


def statement_row(article: Article, key: int, n: int, item: Statement) -> Row:
    """The row of `statements`."""
    first, last = claim_days(item.time, article.published)
    channel = (_optional(item.channel), words_key(item.channel))
    return (key, n, item.id, item.kind, *channel, first, last, item.content.start, item.rule)


def statement_texts(item: Statement) -> Row:
    """The row of `statement_texts`, without its key."""
    return (storable(item.content.text), as_json(to_plain(item)))


def figure_row(article: Article, key: int, n: int, item: Figure) -> Row:
    """The row of `figures`."""
    first, last = claim_days(item.time, article.published)
    return (
        key,
        n,
        item.start,
        storable(item.text),
        words_key(item.text, item.unit, item.of),
        item.low,
        item.high,
        item.qualifier,
        _optional(item.unit),
        words_key(item.unit),
        item.currency,
        item.kind,
        item.status,
        first,
        last,
        item.event,
        item.rule,
        as_json(to_plain(item)),
    )


def participant_row(side: str, n: int, item: Participant) -> Row:
    """The row of a participants table, without its fact and its name."""
    role = (_optional(item.role), words_key(item.role))
    return (side, n, item.actor, item.country, " ".join(item.sectors), *role)


def claim_days(time: ClaimTime | None, published: date) -> tuple[str, str]:
    """First and last day on which a claim holds, for asking with since: and until:.

    Without a time it is the day of publication. "Since 2014" runs until publication; where only the last day is known
    it stands for the first as well, lest "before Monday" be found in any century.
    """
    if time is None:
        return published.isoformat(), published.isoformat()
    if time.from_ is not None and time.to is None:
        return time.from_.isoformat(), max(time.from_, published).isoformat()
    first, last = _days(time.from_, time.to)
    if first is None or last is None:
        return published.isoformat(), published.isoformat()
    return first, last


def _days(first: date | None, last: date | None) -> tuple[str | None, str | None]:
    start, end = first or last, last or first
    return (start.isoformat() if start else None, end.isoformat() if end else None)


def _optional(text: str | None) -> str | None:
    return None if text is None else storable(text)
