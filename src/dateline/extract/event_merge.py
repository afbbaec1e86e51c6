"""The same act told twice in one article is one event with further mentions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from dateline.records.claims import Event
from dateline.records.mentions import Participant

# Rules that tell whom an attack hit.
_TOLLS: Final = frozenset(f"verbs/assault.toml#{name}" for name in ("kill", "wound", "bomb-kills", "kill-by-weapon"))


def merged(events: Iterable[Event]) -> list[Event]:
    """Events in text order, tellings of one act joined; the fuller telling stands, the others are its mentions."""
    kept: list[Event] = []
    for event in events:
        for place, earlier in enumerate(kept):
            if _same(earlier, event):
                kept[place] = _joined(earlier, event)
                break
        else:
            kept.append(event)
    return kept


def _same(one: Event, other: Event) -> bool:
    if one.type != other.type or not _statuses_agree(one, other):
        return False
    if _is_toll(one, other):
        return True
    if one.mode is not None and other.mode is not None and one.mode != other.mode:
        return False
    near = one.sentence == other.sentence
    if not _times_agree(one, other):
        return False
    source = _sides_agree(one.source, other.source, near)
    target = _sides_agree(one.target, other.target, near)
    if source is None or target is None:
        return False
    return source or target


def _is_toll(one: Event, other: Event) -> bool:
    """Whether one of two tells only whom the other hit, in the same sentence ("bombed a market, killing nine")."""
    if one.type != "ASSAULT" or one.sentence != other.sentence:
        return False
    if (one.rule in _TOLLS) == (other.rule in _TOLLS):
        return False
    pairs = ((one.source, other.source), (one.target, other.target))
    return all(
        _countries(mine) <= _countries(others) or _countries(others) <= _countries(mine) for mine, others in pairs
    )


def _countries(side: tuple[Participant, ...]) -> frozenset[str]:
    return frozenset(item.country for item in side if item.country is not None)


def _statuses_agree(one: Event, other: Event) -> bool:
    real = ("happened", "ongoing")
    return one.status == other.status or (one.status in real and other.status in real)


def _times_agree(one: Event, other: Event) -> bool:
    first, second = one.time, other.time
    if (
        first is None
        or second is None
        or "stated" not in (first.basis, second.basis)
        or not (first.text and second.text)
    ):
        return True
    if first.from_ is None or second.from_ is None or first.to is None or second.to is None:
        return True
    return first.from_ <= second.to and second.from_ <= first.to


def _sides_agree(one: tuple[Participant, ...], other: tuple[Participant, ...], near: bool) -> bool | None:
    """True: share an actor; False: a side is empty, which agrees with anything nearby; None: they differ."""
    if not one and not other:
        return False
    if not one or not other:
        return False if near else None
    first, second = {_key(item) for item in one}, {_key(item) for item in other}
    return True if first <= second or second <= first else None


def _key(item: Participant) -> tuple[str | None, tuple[str, ...]] | str:
    if item.country is not None:
        return (item.country, item.sectors[:1])
    return item.actor or item.name.lower()


def _joined(earlier: Event, later: Event) -> Event:
    fuller, other = earlier, later
    if _is_toll(earlier, later):
        # The attack is the act; whom it hit completes it.
        fuller, other = (later, earlier) if earlier.rule in _TOLLS else (earlier, later)
        target = fuller.target if _countries(fuller.target) or not other.target else other.target
        fuller = replace(fuller, source=fuller.source or other.source, target=target)
    elif _weight(later) > _weight(earlier):
        fuller, other = later, earlier
    mentions = sorted({*fuller.mentions, other.trigger, *other.mentions}, key=lambda item: item.start)
    return replace(
        fuller,
        mentions=tuple(item for item in mentions if item != fuller.trigger),
        contexts=tuple(dict.fromkeys((*fuller.contexts, *other.contexts))),
        mode=fuller.mode or other.mode,
        place=fuller.place or other.place,
        confidence=max(fuller.confidence, other.confidence),
    )


def _weight(event: Event) -> tuple[int, int, float]:
    sides = bool(event.source) + bool(event.target)
    return sides, int(event.time is not None and event.time.text is not None), event.confidence
