"""Which events of a record would change with a lexicon folder.

A record keeps texts, not parses. So the texts are annotated again, once, and coded twice on the same parse: with the
lexicon as shipped and with the folder over it. What differs is the folder's doing alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import tee
from pathlib import Path
from typing import Literal

from dateline.authoring.checking import folder_files
from dateline.extract.event_examples import told
from dateline.pipeline import load_tools, read_article
from dateline.records.claims import Event
from dateline.records.reading import Reading
from dateline.records.text import Article


@dataclass(frozen=True, slots=True)
class Change:
    """One event that would come, go or read otherwise.

    Attributes:
        event: the id under which it is in the record, None for one that would come.
        before, after: type, status and sides on one line; None where there is no event.
        rule: the rule that codes it, the new one where there is one.
        sentence: its sentence.
    """

    kind: Literal["new", "gone", "changed"]
    article: Article
    event: str | None
    before: str | None
    after: str | None
    rule: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Compared:
    """The changes of one article, and how many of its stored events the shipped lexicon codes again as stored."""

    article: Article
    stored: int
    repeated: int
    changes: tuple[Change, ...]


def compare(folder: Path, readings: Iterable[Reading], *, language_model: str | None = None) -> Iterator[Compared]:
    """For each stored reading what the folder would change, in order.

    Raises:
        LexiconError: names file, rule and key of the first malformed entry.
    """
    folder_files(folder)
    mine = load_tools(language_model=language_model, lexicon=folder)
    ours = load_tools(language_model=language_model)
    stored, given, breaks = tee(readings, 3)
    docs = ours.annotator.annotate_many(
        (reading.article.text for reading in given),
        ([edge for part in reading.article.furniture for edge in (part.start, part.end)] for reading in breaks),
    )
    for reading, doc in zip(stored, docs, strict=True):
        before = read_article(reading.article, doc, ours).events
        after = read_article(reading.article, doc, mine).events
        known = {event.id for event in reading.events}
        repeated = sum(event.id in known for event in before)
        yield Compared(reading.article, len(known), repeated, tuple(changes(reading.article, before, after)))


def changes(article: Article, before: Sequence[Event], after: Sequence[Event]) -> Iterator[Change]:
    """The differences between two codings of one article; events are paired by the words that tell them."""
    left = {_key(event): event for event in before}
    right = {_key(event): event for event in after}
    for key in sorted(left.keys() | right.keys()):
        old, new = left.get(key), right.get(key)
        if old is not None and new is not None and told(old) == told(new):
            continue
        shown = new or old
        if shown is None:
            continue
        yield Change(
            kind="changed" if old and new else "new" if new else "gone",
            article=article,
            event=old.id if old else None,
            before=told(old) if old else None,
            after=told(new) if new else None,
            rule=shown.rule,
            sentence=" ".join(article.text[shown.sentence.start : shown.sentence.end].split()),
        )


def _key(event: Event) -> tuple[int, int]:
    return event.trigger.start, event.sentence.start
