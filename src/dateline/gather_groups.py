"""Working out again the stories, families and events that new links touch, one connected part after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from dateline.merge.copies import families
from dateline.merge.events import Decisions, event_clusters
from dateline.merge.stories import WEAKEST, story_clusters
from dateline.store.merging import Decision, Merging


def regroup(merging: Merging, touched: Iterable[int] = ()) -> tuple[int, int]:
    """Group what waits; `touched` are events that a person's decision concerns.

    Returns:
        How many connected parts of articles and of events were worked out again.
    """
    pending = set(merging.pending())
    changed, parts = _regroup_articles(merging, pending)
    seeds = set(merging.event_keys_of(changed.keys() | pending)) | set(touched) | set(merging.orphans())
    events = _regroup_events(merging, seeds, changed)
    merging.done()
    return parts, events


def _regroup_articles(merging: Merging, pending: set[int]) -> tuple[dict[int, str | None], int]:
    """Stories and families of the parts that pending articles are in; the articles whose story changed, with the
    story each had before."""
    changed: dict[int, str | None] = {}
    seen: set[int] = set()
    parts = 0
    for seed in sorted(pending):
        if seed in seen:
            continue
        part, links = _article_part(merging, seed)
        seen |= part
        parts += 1
        about = merging.stories_of(part)
        ids = {key: article_id for key, (article_id, _, _) in about.items()}
        days = {article_id: day for article_id, _, day in about.values()}
        keys = {article_id: key for key, article_id in ids.items()}
        likeness = {_pair(ids[a], ids[b]): like for (a, b), (like, _) in links.items() if like >= WEAKEST}
        copied = {_pair(ids[a], ids[b]): share for (a, b), (_, share) in links.items() if share}
        stories = _named(story_clusters(keys, likeness), days)
        merging.set_stories((keys[article], story) for article, story in stories.items())
        merging.set_families(
            (keys[article], family) for article, family in _named(families(keys, copied), days).items()
        )
        changed.update({keys[item]: about[keys[item]][1] for item in stories if about[keys[item]][1] != stories[item]})
    return changed, parts


def _article_part(merging: Merging, seed: int) -> tuple[set[int], dict[tuple[int, int], tuple[float, float]]]:
    """All articles that links lead to from one, and these links."""
    part, edge = {seed}, {seed}
    links: dict[tuple[int, int], tuple[float, float]] = {}
    while edge:
        further: set[int] = set()
        for a, b, likeness, copied in merging.article_links(edge):
            links[a, b] = (likeness, copied)
            further |= {a, b}
        edge = further - part
        part |= edge
    return part, links


def _regroup_events(merging: Merging, seeds: set[int], changed: Mapping[int, str | None]) -> int:
    """Clusters of the parts that some events are in, or were in before stories changed."""
    decisions = _decisions(merging.decisions())
    joined = _joined_keys(merging, decisions)
    waiting = seeds | set(merging.mates(seeds))
    seen: set[int] = set()
    parts = 0
    for seed in sorted(waiting):
        if seed in seen:
            continue
        part, scores = _event_part(merging, seed, changed, joined)
        seen |= part
        parts += 1
        about = merging.event_ids(part)
        days = {event_id: day for event_id, day in about.values()}
        keys = {event_id: key for key, (event_id, _) in about.items()}
        strengths = {_pair(about[a][0], about[b][0]): score for (a, b), score in scores.items()}
        clusters = _named(event_clusters(keys, strengths, decisions), days)
        merging.set_clusters((keys[event], cluster) for event, cluster in clusters.items())
    return parts


def _event_part(
    merging: Merging, seed: int, changed: Mapping[int, str | None], joined: Mapping[int, set[int]]
) -> tuple[set[int], dict[tuple[int, int], float]]:
    """All events that links which count now, or counted before, lead to from one; and the links that count now."""
    part, edge = {seed}, {seed}
    scores: dict[tuple[int, int], float] = {}
    while edge:
        rows = merging.event_links(edge)
        stories = merging.stories_of({key for row in rows for key in row[4:6]})
        further = {other for event in edge for other in joined.get(event, ())}
        for a, b, score, keyed, one, other in rows:
            now = one == other or bool(keyed) or stories[one][1] == stories[other][1]
            before = changed.get(one, stories[one][1]) == changed.get(other, stories[other][1])
            if now:
                scores[a, b] = score
            if now or before:
                further |= {a, b}
        edge = further - part
        part |= edge
    return part, scores


def _decisions(rows: Iterable[Decision]) -> Decisions:
    """What holds of all that persons decided: the latest word on a pair, or on an event by itself."""
    together: set[tuple[str, str]] = set()
    apart: set[tuple[str, str]] = set()
    alone: set[str] = set()
    for row in rows:
        if row.b is None:
            alone.add(row.a)
            together = {pair for pair in together if row.a not in pair}
            continue
        pair = _pair(row.a, row.b)
        if row.kind == "join":
            together.add(pair)
            apart.discard(pair)
            alone -= set(pair)
        else:
            apart.add(pair)
            together.discard(pair)
    return Decisions(frozenset(together), frozenset(apart), frozenset(alone))


def _joined_keys(merging: Merging, decisions: Decisions) -> dict[int, set[int]]:
    """Events that a person joined, by key, where the record still has both."""
    keys = merging.keys_of({event for pair in decisions.together for event in pair})
    found: dict[int, set[int]] = {}
    for a, b in decisions.together:
        if a in keys and b in keys:
            found.setdefault(keys[a], set()).add(keys[b])
            found.setdefault(keys[b], set()).add(keys[a])
    return found


def _named(groups: Iterable[list[str]], days: Mapping[str, date] | Mapping[str, str]) -> dict[str, str]:
    """The name of its group for each member: the id of the earliest member."""
    found: dict[str, str] = {}
    for members in groups:
        first = min(members, key=lambda item: (str(days[item]), item))
        found.update(dict.fromkeys(members, first))
    return found


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)
