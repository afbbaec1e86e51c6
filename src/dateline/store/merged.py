"""Asking what the merge made: real events with their reports, stories with their articles, and why they were joined."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

import msgspec

from dateline.records.claims import Event
from dateline.store.conditions import Sql, condition
from dateline.store.fields import Kind
from dateline.store.filter import Filter, parse_query
from dateline.store.read import Asking
from dateline.store.rows import ArticleRow, Origin, Row

_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class MergedEvent:
    """One real event with everything that reports it.

    Attributes:
        id: that of its earliest report.
        representative: the report that says most surely what happened (highest confidence, then the earliest).
        reports: all reports, in order of publication; versions of an article that were replaced are left out.
        sources: how many independent sources report it: copies of one text count once.
    """

    id: str
    representative: Row[Event]
    reports: tuple[Row[Event], ...]
    sources: int

    @property
    def first_published(self) -> date:
        """The day of the earliest report."""
        return self.reports[0].origin.published

    @property
    def last_published(self) -> date:
        """The day of the latest report."""
        return self.reports[-1].origin.published


@dataclass(frozen=True, slots=True)
class Story:
    """Articles of one developing story.

    Attributes:
        id: that of its earliest article.
        headline: the title of the article most like the others; None where none has a title.
        articles: in order of publication.
        sources: how many independent sources it has.
        events: how many real events that happened or go on its articles report.
    """

    id: str
    headline: str | None
    articles: tuple[Origin, ...]
    sources: int
    events: int


@dataclass(frozen=True, slots=True)
class Why:
    """One reason for or against a join: points are log odds."""

    feature: str
    points: float
    words: str


@dataclass(frozen=True, slots=True)
class Joined:
    """Another report of the same event: the likeliest link to it, and why.

    Attributes:
        report: the other report.
        via: the id of the report in the cluster that it is linked with, which may be another one than was asked about.
        score: how likely the two tell of one event; None where only a person's word joins them.
        decided: who joined them, if a person did, and why.
    """

    report: Row[Event]
    via: str | None
    score: float | None
    reasons: tuple[Why, ...]
    decided: tuple[str, str] | None


def merged_events(asking: Asking, asked: Filter, as_of: date | None, limit: int | None) -> Iterator[MergedEvent]:
    """The real events of which a report passes a filter, in the order of the first such report."""
    ids = islice(_acts(asking, asked, as_of), limit)
    while some := list(islice(ids, _AT_ONCE)):
        yield from _with_reports(asking, some, as_of)


def count_merged(asking: Asking, asked: Filter, as_of: date | None) -> int:
    """How many real events have a report that passes a filter."""
    return sum(1 for _ in _acts(asking, asked, as_of))


def event_of(asking: Asking, event_id: str, as_of: date | None) -> MergedEvent | None:
    """The real event that a report tells of."""
    sql = "SELECT coalesce(c.cluster, f.id) FROM events f LEFT JOIN event_clusters c ON c.event = f.key WHERE f.id = ?"
    for (act,) in asking.fetched(sql, (event_id,)):
        return next(_with_reports(asking, [act], as_of), None)
    return None


def _acts(asking: Asking, asked: Filter, as_of: date | None) -> Iterator[str]:
    wanted = condition(asked, "event", as_of)
    sql = (
        "SELECT coalesce(c.cluster, f.id) FROM "
        f"(SELECT f.key AS key FROM {wanted.source.text} ORDER BY {wanted.order} LIMIT -1) k "
        "CROSS JOIN events f ON f.key = k.key LEFT JOIN event_clusters c ON c.event = f.key"
    )
    seen: set[str] = set()
    for (act,) in asking.fetched(sql, wanted.source.parameters):
        if act not in seen:
            seen.add(act)
            yield act


def _visible(noun: Kind, as_of: date | None) -> Sql:
    """The keys of all facts that can be seen on a day."""
    wanted = condition(parse_query(""), noun, as_of)
    return Sql(f"SELECT {wanted.key} FROM {wanted.source.text}", wanted.source.parameters)


def _with_reports(asking: Asking, acts: list[str], as_of: date | None) -> Iterator[MergedEvent]:
    seen = _visible("event", as_of)
    sql = (
        "SELECT coalesce(c.cluster, e.id), e.key, coalesce(m.family, x.id) FROM json_each(?) w "
        "CROSS JOIN (SELECT event, cluster FROM event_clusters WHERE cluster IN (SELECT value FROM json_each(?)) "
        "UNION ALL SELECT key, id FROM events WHERE id IN (SELECT value FROM json_each(?)) "
        "AND key NOT IN (SELECT event FROM event_clusters)) c ON c.cluster = w.value "
        "CROSS JOIN events e ON e.key = c.event CROSS JOIN articles x ON x.key = e.article "
        f"LEFT JOIN article_families m ON m.article = e.article WHERE EXISTS ({seen.text} AND f.key = e.key) "
        "ORDER BY x.published, x.id, e.n"
    )
    keys: dict[str, list[int]] = {}
    families: dict[str, set[str]] = {}
    for act, key, family in asking.fetched(sql, (*[json.dumps(acts)] * 3, *seen.parameters)):
        keys.setdefault(act, []).append(key)
        families.setdefault(act, set()).add(family)
    rows: dict[int, Row[Event]] = {}
    wanted = [key for listed in keys.values() for key in listed]
    rows.update(zip(wanted, asking.rows(Event, "event", wanted), strict=True))
    for act in acts:
        if act in keys:
            reports = tuple(rows[key] for key in keys[act])
            surest = max(enumerate(reports), key=lambda item: (item[1].fact.confidence, -item[0]))[1]
            yield MergedEvent(act, surest, reports, len(families[act]))


def joins(asking: Asking, event: MergedEvent) -> list[Joined]:
    """Why each report of a real event, but the representative, was joined: its strongest link to another report."""
    keys = {row.fact.id: row for row in event.reports}
    sql = (
        "SELECT x.id, y.id, l.score, l.reasons FROM json_each(?) w CROSS JOIN events x ON x.id = w.value "
        "CROSS JOIN event_links l ON l.a = x.key CROSS JOIN events y ON y.key = l.b ORDER BY l.score DESC, x.id, y.id"
    )
    links = [row for row in asking.fetched(sql, (json.dumps(list(keys)),)) if row[1] in keys]
    decided = {}
    for a, b, who, why in asking.fetched(
        "SELECT event_a, event_b, who, why FROM merge_decisions WHERE kind = 'join' ORDER BY key", ()
    ):
        decided[frozenset((a, b))] = (who, why)
    found = []
    first = event.representative.fact.id
    for row in event.reports:
        if row.fact.id == first:
            continue
        link = next((item for item in links if row.fact.id in item[:2]), None)
        word = next((told for pair, told in decided.items() if row.fact.id in pair and pair <= keys.keys()), None)
        if link is None:
            found.append(Joined(row, None, None, (), word))
        else:
            via = link[1] if link[0] == row.fact.id else link[0]
            reasons = tuple(Why(*reason) for reason in msgspec.json.decode(link[3]))
            found.append(Joined(row, via, link[2], reasons, word))
    return found


def stories(asking: Asking, asked: Filter, as_of: date | None, *, least: int, limit: int | None) -> list[Story]:
    """The stories of which an article passes a filter, those of most articles first, then the newest.

    Args:
        least: only stories of so many articles that can be seen.
    """
    wanted = condition(asked, "article", as_of)
    seen = _visible("article", as_of)
    sql = (
        f"SELECT s.story, count(*) AS articles, max(x.published) AS last FROM article_stories s "
        f"JOIN articles x ON x.key = s.article WHERE s.article IN ({seen.text}) AND s.story IN "
        f"(SELECT o.story FROM article_stories o WHERE o.article IN (SELECT a.key FROM {wanted.source.text})) "
        "GROUP BY s.story HAVING articles >= ? ORDER BY articles DESC, last DESC, s.story LIMIT ?"
    )
    parameters = (*seen.parameters, *wanted.source.parameters, least, -1 if limit is None else limit)
    listed = [row[0] for row in asking.fetched(sql, parameters)]
    return [_story(asking, story, seen) for story in listed]


def _story(asking: Asking, story: str, seen: Sql) -> Story:
    members = (
        "SELECT s.article FROM article_stories s JOIN articles x ON x.key = s.article "
        f"WHERE s.story = ? AND s.article IN ({seen.text}) ORDER BY x.published, x.id"
    )
    keys = [row[0] for row in asking.fetched(members, (story, *seen.parameters))]
    rows: list[ArticleRow] = list(asking.rows(None, "article", keys))
    chosen = json.dumps(keys)
    families = "SELECT count(DISTINCT family) FROM article_families WHERE article IN (SELECT value FROM json_each(?))"
    acts = (
        "SELECT count(DISTINCT coalesce(c.cluster, f.id)) FROM events f LEFT JOIN event_clusters c ON c.event = f.key "
        "WHERE f.status IN ('happened', 'ongoing') AND f.article IN (SELECT value FROM json_each(?))"
    )
    ((sources,),) = asking.fetched(families, (chosen,))
    ((events,),) = asking.fetched(acts, (chosen,))
    titles = dict(zip(keys, (row.origin.title for row in rows), strict=True))
    return Story(story, _headline(asking, titles), tuple(row.origin for row in rows), sources, events)


def _headline(asking: Asking, titles: dict[int, str | None]) -> str | None:
    """The title of the article that is most like the others, the earliest on a tie."""
    sql = (
        "SELECT l.a, l.b, l.likeness FROM article_links l WHERE l.a IN (SELECT value FROM json_each(?1)) "
        "AND l.b IN (SELECT value FROM json_each(?1))"
    )
    central = dict.fromkeys(titles, 0.0)
    for a, b, likeness in asking.fetched(sql, (json.dumps(list(titles)),)):
        central[a] += likeness
        central[b] += likeness
    order = sorted(titles, key=lambda key: -round(central[key], 6))
    return next((titles[key] for key in order if titles[key]), None)
