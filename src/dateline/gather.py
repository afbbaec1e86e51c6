"""The gathering service: finds which reports of a record tell of the same event, and which articles are one story.

Reports are never changed. What two articles or two reports have in common depends on these two alone; what is grouped
depends on the links alone, never on their order. So articles may come one by one or all at once, in any order, and the
record says the same in the end. A new article is compared with those that share its words or its acts, and only the
groups it touches are worked out again.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final, Generic, Literal, TypeVar

import msgspec

from dateline.errors import UsageError
from dateline.gather_groups import regroup
from dateline.lexicon.likeness import load_likeness
from dateline.merge import copies
from dateline.merge.candidates import report_keys
from dateline.merge.events import judged_pairs
from dateline.merge.features import Sketch, sketch
from dateline.merge.report import STATUS_GROUPS, Amount, Party, Report, Where
from dateline.merge.score import Judgement, load_weights
from dateline.merge.stories import LONGEST_DAYS, WEAKEST, WORTH_COMPARING, article_likeness, heavy_words
from dateline.merge.words import Packed, packed, packed_from_bytes, text_vector
from dateline.records.claims import Event
from dateline.store.merging import Merging, StoredArticle, StoredEvent

# Articles of one transaction: an interruption takes back no more.
_BLOCK: Final = 50
_KEPT_VECTORS: Final = 20_000
_KEPT_SKETCHES: Final = 3_000
_SENTENCE_END: Final = re.compile(r"[.!?]['\"”’)]*\s|\n")
_PRECISE: Final = frozenset(("city", "site"))
_HEADLINE_CHARACTERS: Final = 300
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a run did: articles compared anew, and how many groups were worked out again."""

    articles: int
    stories: int
    events: int


def gather(
    record: Path | str,
    *,
    again: bool = False,
    on_article: Callable[[int, int], None] = lambda done, all_of_them: None,
) -> Gathered:
    """Bring stories and events of a record up to date with its articles.

    Args:
        again: forget all that was gathered before (a person's decisions stay) and begin anew.
        on_article: called with the number of articles done and of all there are to do.

    Raises:
        StoreError: the record cannot be opened, read or written.
    """
    with Merging(record) as merging:
        if again:
            with merging.transaction():
                merging.clear()
        todo = merging.unmerged()
        if todo:
            _take_in_all(merging, todo, on_article)
        with merging.transaction():
            stories, events = regroup(merging)
        return Gathered(len(todo), stories, events)


def _take_in_all(merging: Merging, todo: list[int], on_article: Callable[[int, int], None]) -> None:
    reading = _Reading(merging)
    for begin in range(0, len(todo), _BLOCK):
        with merging.transaction():
            for key in todo[begin : begin + _BLOCK]:
                reading.take_in(key)
        on_article(min(begin + _BLOCK, len(todo)), len(todo))


def decide(
    record: Path | str, kind: Literal["join", "split"], event: str, other: str | None, *, who: str, why: str
) -> tuple[str, str | None]:
    """Keep a person's word that two reports are, or are not, one event (a split without `other`: stands alone).

    Returns:
        The full ids of the two.

    Raises:
        UsageError: no such events, or one event twice.
        StoreError: the record cannot be written.
    """
    if not who.strip():
        raise UsageError("--who: say who decides; the record keeps it")
    gather(record)
    with Merging(record) as merging, merging.transaction():
        key, a = merging.event_named(event)
        touched = {key}
        b = None
        if other is not None:
            other_key, b = merging.event_named(other)
            touched.add(other_key)
        if a == b:
            raise UsageError(f"{a} is given twice; give two reports")
        merging.decide(kind, a, b, who.strip(), why.strip())
        regroup(merging, touched)
    return a, b


class _Bounded(Generic[V]):
    """The last so many values by key."""

    def __init__(self, most: int) -> None:
        self._values: OrderedDict[int, V] = OrderedDict()
        self._most = most

    def get(self, key: int, made: Callable[[int], V]) -> V:
        if key in self._values:
            self._values.move_to_end(key)
        else:
            self._values[key] = made(key)
            if len(self._values) > self._most:
                self._values.popitem(last=False)
        return self._values[key]

    def drop(self, key: int) -> None:
        self._values.pop(key, None)


@dataclass(frozen=True, slots=True)
class _Compared:
    """What an article is compared by."""

    day: date
    vector: Packed
    signature: copies.Signature


class _Reading:
    """Compares articles and reports of one record, one article after the other."""

    def __init__(self, merging: Merging) -> None:
        self._merging = merging
        self._likeness = load_likeness()
        self._weights = load_weights()
        self._compared: _Bounded[_Compared] = _Bounded(_KEPT_VECTORS)
        self._sketches: _Bounded[dict[int, Sketch]] = _Bounded(_KEPT_SKETCHES)

    def take_in(self, key: int) -> None:
        """Compare an article and its reports with those that were taken in before it."""
        merging = self._merging
        merging.forget(key)
        self._compared.drop(key)
        self._sketches.drop(key)
        article = merging.article(key)
        vector = packed(text_vector(_with_title(article), self._likeness))
        signature = copies.signature(article.text)
        ours = _Compared(article.published, vector, signature)
        terms, bands = heavy_words(vector), copies.bands(signature)
        alike = self._link_articles(key, ours, terms, bands)
        merging.add_article(key, article.published, vector.to_bytes(), signature.astype("<u4").tobytes(), terms, bands)
        self._link_events(key, alike)

    def _link_articles(
        self, key: int, ours: _Compared, terms: list[tuple[int, float]], bands: list[int]
    ) -> dict[int, float]:
        """Store the links of an article; the likeness of each other article that it is linked to."""
        window = timedelta(days=LONGEST_DAYS)
        others = set(self._merging.tellers(terms, ours.day - window, ours.day + window, WORTH_COMPARING))
        twins = self._merging.copies(bands) if bands else set()
        links = []
        for other in sorted((others | twins) - {key}):
            theirs = self._compared.get(other, self._load)
            likeness = article_likeness(ours.vector, theirs.vector, ours.day, theirs.day)
            copied = 0.0
            if other in twins and abs((ours.day - theirs.day).days) <= copies.LONGEST_DAYS:
                copied = copies.shared(ours.signature, theirs.signature)
                copied = copied if copied >= copies.COPIED else 0.0
            if likeness >= WEAKEST or copied:
                links.append((key, other, likeness, copied))
        self._merging.link_articles(links)
        return {other: likeness for _, other, likeness, _ in links if likeness >= WEAKEST}

    def _load(self, key: int) -> _Compared:
        vector, signature = self._merging.vector(key)
        _, day = self._merging.day_of(key)
        return _Compared(day, packed_from_bytes(vector), copies.signature_from_bytes(signature))

    def _link_events(self, key: int, alike: Mapping[int, float]) -> None:
        """Store the links of the reports of an article, among themselves and with those of other articles."""
        ours = self._sketches.get(key, self._load_sketches)
        if not ours:
            return
        keys = [(merge_key, event) for event, made in ours.items() for merge_key in report_keys(made.report)]
        self._merging.add_keys(keys)
        rows = _rows(ours, ours, judged_pairs(ours.values(), None, 1.0, self._weights), keyed=False)
        partners: dict[int, set[tuple[int, int]]] = {}
        for event in {event for _, event in keys}:
            for other, article in self._merging.sharing_keys(event):
                if article != key:
                    partners.setdefault(article, set()).add((event, other))
        for other in sorted(alike.keys() | partners.keys()):
            theirs = self._sketches.get(other, self._load_sketches)
            likeness = alike.get(other, 0.0)
            if other in alike:
                found = judged_pairs(ours.values(), theirs.values(), likeness, self._weights)
                rows += _rows(ours, theirs, found, keyed=False)
            for mine, its in sorted(partners.get(other, ())):
                if its in theirs:
                    found = judged_pairs([ours[mine]], [theirs[its]], likeness, self._weights)
                    rows += _rows(ours, theirs, found, keyed=True)
        self._merging.link_events(rows)

    def _load_sketches(self, key: int) -> dict[int, Sketch]:
        article = self._merging.article(key)
        amounts: dict[str, list[Amount]] = {}
        for event, kind, low, high in self._merging.event_figures(key):
            amounts.setdefault(event, []).append(Amount(kind, low, high))
        found = {}
        for stored in self._merging.events(key):
            order = 1 + len(_SENTENCE_END.findall(article.text, 0, stored.event.sentence.start))
            report = _report(article, stored, amounts.get(stored.event.id, ()))
            found[stored.key] = sketch(report, order, self._likeness)
        return found


def _rows(
    ours: Mapping[int, Sketch], theirs: Mapping[int, Sketch], found: Mapping[tuple[str, str], Judgement], *, keyed: bool
) -> list[tuple[int, int, float, bool, str]]:
    key_of = {made.report.id: key for group in (ours, theirs) for key, made in group.items()}
    return [
        (key_of[a], key_of[b], round(judgement.score, 4), keyed, _told(judgement))
        for (a, b), judgement in found.items()
    ]


def _told(judgement: Judgement) -> str:
    reasons = [[reason.feature, round(reason.points, 2), reason.words] for reason in judgement.reasons]
    return msgspec.json.encode(reasons).decode("utf-8")


def _with_title(article: StoredArticle) -> str:
    """The text with its headline first, once."""
    title = article.title
    if title is None or title in article.text[: len(title) + _HEADLINE_CHARACTERS]:
        return article.text
    return f"{title}\n{article.text}"


def _report(article: StoredArticle, stored: StoredEvent, amounts: Iterable[Amount]) -> Report:
    event = stored.event
    start = event.trigger.start - event.sentence.start
    place, time = event.place, event.time
    return Report(
        id=event.id,
        article=article.id,
        published=article.published,
        sentence=stored.sentence,
        trigger=((start, start + len(event.trigger.text)),),
        type=event.type,
        mode=event.mode,
        status=STATUS_GROUPS[event.status],
        first=stored.first,
        last=stored.last,
        dated=time is not None and time.text is not None and time.from_ is not None and time.to is not None,
        place=Where(place.name, place.country, place.lat, place.lon, place.kind in _PRECISE) if place else None,
        parties=_parties(event),
        amounts=tuple(amounts),
    )


def _parties(event: Event) -> tuple[Party, ...]:
    return (
        *(Party("source", who.name, who.country, who.sectors) for who in event.source),
        *(Party("target", who.name, who.country, who.sectors) for who in event.target),
    )
