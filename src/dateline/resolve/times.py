"""Finds and resolves the time expressions of an article: TIMEX3 values and calendar intervals.

The text is cut into lexemes (`time_lexemes`), one automaton over the rules of `lexicon/data/time` finds the longest
expression at each place, and the rule's builder (in `time_dates`, `time_relative` and their like) says what it means
against the day of publication and against what the story has named before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from dateline.errors import LexiconError
from dateline.lexicon.time_patterns import captures
from dateline.records.mentions import TimeMention
from dateline.records.problem import Found
from dateline.resolve import (
    time_amounts,
    time_clock,
    time_compound,
    time_dates,
    time_holidays,
    time_parts,
    time_relative,
    time_reports,
    time_vague,
    time_weekdays,
)
from dateline.resolve.time_lexemes import Lexemes, read_lexemes
from dateline.resolve.time_meaning import Match, Meaning, Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dateline.lexicon.times import TimeWords
    from dateline.records.text import Article

Builder = Callable[[Match, Reading], Meaning | None]

BUILDERS: Mapping[str, Builder] = {
    "ago": time_relative.ago,
    "ago-from": time_parts.ago_from,
    "at-moment": time_vague.at_moment,
    "bare-units": time_amounts.bare_units,
    "century": time_dates.century,
    "clock": time_clock.clock,
    "coming": time_vague.coming,
    "compound": time_compound.compound,
    "day-next-to": time_weekdays.day_next_to,
    "day-of-told-month": time_dates.day_of_told_month,
    "days-of-month": time_dates.days_of_month,
    "decade": time_dates.decade,
    "duration": time_amounts.duration,
    "early-hours": time_parts.early_hours,
    "ended": time_reports.ended,
    "every": time_amounts.every,
    "full-year": time_reports.full_year,
    "half-results": time_reports.half_results,
    "holiday": time_holidays.holiday,
    "in-so-long": time_relative.in_so_long,
    "in-unit": time_relative.in_unit,
    "later": time_relative.later,
    "long-unit": time_amounts.long_unit,
    "month": time_dates.month,
    "month-day": time_dates.month_day,
    "next-to-told": time_relative.next_to_told,
    "numeric-date": time_dates.numeric_date,
    "of-told-year": time_parts.of_told_year,
    "part-of-day": time_clock.part_of_day,
    "part-of-period": time_parts.part_of_period,
    "period-code": time_parts.period_code,
    "quarter": time_reports.quarter,
    "quarters-of": time_compound.quarters_of,
    "rate": time_amounts.rate,
    "recent-units": time_vague.recent_units,
    "reference": time_vague.reference,
    "report-stretch": time_reports.report_stretch,
    "reported-period": time_reports.reported_period,
    "rest-of": time_relative.rest_of,
    "same-unit": time_relative.same_unit,
    "season": time_dates.season,
    "stretch": time_amounts.stretch,
    "the-past": time_vague.the_past,
    "the-unit": time_relative.the_unit,
    "this-time": time_parts.this_time,
    "today": time_clock.today,
    "told-duration": time_vague.told_duration,
    "told-part": time_clock.told_part,
    "told-time": time_vague.told_time,
    "unit-deixis": time_relative.unit_deixis,
    "unit-end": time_relative.unit_end,
    "week-of": time_weekdays.week_of,
    "weekday": time_weekdays.weekday,
    "weekday-of-week": time_parts.weekday_of_week,
    "weekday-and-number": time_parts.weekday_and_number,
    "weekend": time_relative.weekend,
    "without-unit": time_relative.without_unit,
    "year": time_dates.year,
    "year-before-period": time_reports.year_before_period,
    "years": time_dates.years,
}
_MONTH_FIRST = frozenset({"USA", "PHL", "CAN"})


def find_times(doc: Doc, article: Article, words: TimeWords) -> Found[TimeMention]:
    """Every time expression of the article, in text order, none overlapping.

    Relative expressions count from `article.published`, or from the last time the story named. Works on any Doc with
    the text of the article; tags and tree, where present, decide whether a clause looks back or ahead.

    Raises:
        LexiconError: a rule of a user's lexicon names an unknown builder.
    """
    month_first = article.place is None or article.place.country in _MONTH_FIRST
    lexemes = read_lexemes(doc, words, month_first=month_first)
    reading = Reading(article.published, words)
    found: list[TimeMention] = []
    at, size = 0, len(lexemes.items)
    signatures, automaton = lexemes.signatures, words.automaton
    start, step = automaton.start, automaton.step
    while at < size:
        if not signatures[at] or step(start, signatures[at]) < 0:
            at += 1
            continue
        mention, at = _longest(lexemes, at, reading)
        if mention is not None:
            found.append(mention)
    return Found(tuple(found))


def _longest(lexemes: Lexemes, at: int, reading: Reading) -> tuple[TimeMention | None, int]:
    """The mention of the longest match that begins here and makes sense, and where to read on."""
    signatures, words = lexemes.signatures, reading.words
    automaton = words.automaton
    state, stop, ends = automaton.start, at, []
    while stop < len(signatures) and signatures[stop]:
        state = automaton.step(state, signatures[stop])
        if state < 0:
            break
        stop += 1
        if automaton.accepts[state]:
            ends.append((stop, automaton.accepts[state]))
    for end, numbers in reversed(ends):
        for number in numbers:
            rule = words.rules[number]
            met = captures(rule.pattern, signatures, at, end)
            if met is None:
                continue
            if _is_name(lexemes, at, end, rule.name, words) or _is_verb(lexemes, at):
                continue
            build = BUILDERS.get(rule.rule.build)
            if build is None:
                raise LexiconError(f"{rule.name}: unknown build '{rule.rule.build}'; known: {', '.join(BUILDERS)}")
            meaning = build(Match(lexemes, at, end, met, rule, words.cues), reading)
            if meaning is not None and (meaning.from_ is not None or not meaning.value[:1].isdigit()):
                if meaning.anchor is not None:
                    reading.move(meaning.anchor)
                return _mention(lexemes, at, end, meaning, rule.name), end
    return None, at + 1


def _is_name(lexemes: Lexemes, at: int, end: int, rule: str, words: TimeWords) -> bool:
    """Whether a lone word of time is part of a name ("Theresa May", "Ada Christmas", "the Sunday Times")."""
    items = lexemes.items
    before = items[at - 1].word if at else ""
    if rule in ("time/dates.toml#weekday", "time/dates.toml#today") and lexemes.text[items[at].start].isupper():
        after = items[end] if end < len(items) else None
        titled = after is not None and after.word in words.cues["name-after"] and lexemes.text[after.start].isupper()
        return titled or before in words.cues["name-before"]
    if rule.startswith("time/holidays.toml") and end < len(items) and lexemes.text[items[end].start].isupper():
        return items[end].word in words.cues["feast-name-after"]  # "Easter Island", "the Good Friday Agreement"
    if end > at + 1 or not rule.startswith(("time/dates.toml#month", "time/dates.toml#season", "time/holidays.toml")):
        return False
    token = lexemes.doc[items[at].token]
    last = lexemes.doc[items[end].token] if end < len(items) and not items[end].signature else None
    if before in words.cues["before-month"]:
        return token.ent_type_ == "PER" and last is not None and last.ent_type_ == "PER"  # "spoke for April Jones"
    named = last is not None and last.tag_ == "NNP" and items[at].word in words.cues["first-names"]
    return named or token.ent_type_ == "PER"


def _is_verb(lexemes: Lexemes, at: int) -> bool:
    """Whether "beginning", "starting" opens a term ("the year beginning April 1") and is no part of the time."""
    after = lexemes.items[at + 1].word if at + 1 < len(lexemes.items) else ""
    return lexemes.items[at].word in ("beginning", "start") and after not in ("of", "in")


def _mention(lexemes: Lexemes, at: int, end: int, meaning: Meaning, rule: str) -> TimeMention:
    start, stop = lexemes.items[at].start, lexemes.items[end - 1].end
    return TimeMention(
        start=start,
        end=stop,
        text=lexemes.text[start:stop],
        type=meaning.type,
        value=meaning.value,
        mod=meaning.mod,
        from_=meaning.from_,
        to=meaning.to,
        basis=meaning.basis,
        rule=rule,
    )
