"""What was announced, and what later reports say became of it (`dateline agenda`).

A plan is met by a later report of an act of the same type between the same sides on the announced days. The tests are
made on what two events say of themselves, never on their order in a record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, get_args

from dateline.records.claims import Event
from dateline.records.mentions import Participant

Outcome = Literal["coming", "came true", "cancelled", "postponed", "passed"]
OUTCOMES: Final = get_args(Outcome)
# A day announced and the day reported may differ by the time zone, or by an evening that ran past midnight.
_SLACK: Final = timedelta(days=1)
# Calling off is news until shortly after the day itself.
AFTERMATH: Final = timedelta(days=7)
_LATER_DAY: Final = re.compile(r"\b(postpon|delay|put off|push(ed|es)? back|reschedul|adjourn|defer)", re.IGNORECASE)
_CALLED_OFF: Final = re.compile(r"\b(cancel|call(ed|s|ing)? off|scrap|abandon|postpon|shelv)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """One report of an event: when it was published, and the sentence that tells of it."""

    event: Event
    published: date
    sentence: str


def window(event: Event) -> tuple[date, date] | None:
    """The days for which an event is announced; None where the text does not say."""
    time = event.time
    if time is None:
        return None
    first, last = time.from_ or time.to, time.to or time.from_
    return (first, last) if first and last else None


def meaning(plan: Told, later: Told) -> Outcome | None:
    """What a later report says of a plan: that it came true, was cancelled or postponed; None if nothing."""
    days = window(plan.event)
    if days is None or later.published < plan.published or later.event.id == plan.event.id:
        return None
    if not same_sides(plan.event, later.event):
        return None
    if later.event.type == plan.event.type and later.event.status in ("happened", "ongoing"):
        return "came true" if _falls_on(days, later) else None
    if not _calls_off(plan.event, later) or later.published > days[1] + AFTERMATH:
        return None
    return "postponed" if _LATER_DAY.search(later.sentence) else "cancelled"


def outcome(plan: Told, later: Iterable[Told], today: date) -> tuple[Outcome, tuple[Told, ...]]:
    """What became of a plan, and the reports that say so, the earliest first.

    Args:
        today: the day up to which the record knows the news.
    """
    said: dict[Outcome, list[Told]] = {}
    for report in sorted(later, key=lambda told: (told.published, told.event.id)):
        found = meaning(plan, report)
        if found is not None:
            said.setdefault(found, []).append(report)
    for result in ("came true", "postponed", "cancelled"):
        if result in said:
            return result, tuple(said[result])
    days = window(plan.event)
    return ("passed" if days is not None and days[1] < today else "coming"), ()


def _falls_on(days: tuple[date, date], later: Told) -> bool:
    """Whether an act that is reported as done lies on the announced days."""
    if later.published < days[0] - _SLACK:
        return False
    told = window(later.event)
    if told is None:
        # No day is given: then it is news of these days.
        return later.published <= days[1] + AFTERMATH
    return told[0] <= days[1] + _SLACK and told[1] >= days[0] - _SLACK


def _calls_off(plan: Event, later: Told) -> bool:
    """Whether a report says that the planned act is off: the act denied, or a refusal in such words."""
    if later.event.type not in (plan.type, "REJECT") or later.event.status not in ("denied", "happened", "ongoing"):
        return False
    if later.event.type == plan.type and later.event.status != "denied":
        return False
    if not _CALLED_OFF.search(later.sentence):
        return False
    days, told = window(plan), window(later.event)
    # The day of a denied act is the day on which it would have been; that of a refusal is the refusal's own.
    if later.event.type != plan.type or days is None or told is None:
        return True
    return told[0] <= days[1] + _SLACK and told[1] >= days[0] - _SLACK


def same_sides(one: Event, other: Event) -> bool:
    """Whether two events are between the same sides: two they share, or all that the one with fewer names.

    Direction is not compared: "Norway will receive the minister" and "the minister visited Norway" are one visit.
    """
    mine, others = (*one.source, *one.target), (*other.source, *other.target)
    if not mine or not others:
        return False
    few, many = sorted((mine, others), key=len)
    shared = sum(any(_same(a, b) for b in many) for a in few)
    if shared < min(2, len(few)):
        return False
    # One side alone says little ("France acts"): then the place must not speak against it.
    return len(few) > 1 or one.place is None or other.place is None or one.place.country == other.place.country


def _same(one: Participant, other: Participant) -> bool:
    if one.country != other.country:
        return False
    mine, others = _words(one.name), _words(other.name)
    if one.country is None:
        return bool(mine & others)
    # Two named officers of one state are two people; a state and its officer are one side.
    return one.role is None or other.role is None or bool(mine & others) or one.role == other.role


def _words(name: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in re.findall(r"\w{2,}", name)) - {"the", "of", "and"}
