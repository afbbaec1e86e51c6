"""Other Python taggers of time expressions, wrapped for `score_times.py`; each is left out where it is not installed.

Every wrapper reads a peer's answer as kindly as its form allows: a parser that knows only days gets the granularity
that its words have ("last month" is a month), a range gets the week, month, quarter or year it covers, and of two
readings of a weekday the last one gone by is taken, which is right nine times in ten.
"""

from __future__ import annotations

import re
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import import_module
from typing import Any

LEADING = re.compile(r"(?:(?:on|in|at|by|to|of|and|from|the|for)\b\s*)+", re.I)
MONTHS = r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
COUNTS = {"a": "1", "an": "1", **{word: str(number) for number, word in enumerate(NUMBERS, 1)}}
_RANGE = re.compile(r"\((\d{4}-\d\d-\d\d),(\d{4}-\d\d-\d\d),P(\d+)([DWMY])\)")


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression of the gold or of a system."""

    start: int
    end: int
    type: str
    value: str


@dataclass(slots=True)
class Watch:
    """Characters read and seconds spent, without what comes before and after a peer's own work."""

    characters: int = 0
    seconds: float = field(default=0.0)

    @contextmanager
    def over(self, text: str) -> Iterator[None]:
        """Counts the text and the time of the block."""
        start = time.perf_counter()
        yield
        self.seconds += time.perf_counter() - start
        self.characters += len(text)


Read = Callable[[str, date], tuple[Timex, ...]]


def dateparser_reader(watch: Watch) -> Read:
    """dateparser's search with the settings best for news: English, past preferred, document date as base."""
    from dateparser.search import search_dates

    def read(text: str, published: date) -> tuple[Timex, ...]:
        base = datetime(published.year, published.month, published.day, 23, 59)
        settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
        with watch.over(text):
            found = search_dates(text, languages=["en"], settings=settings) or []
        spans: list[Timex] = []
        at = 0
        for words, when in found:
            begin = text.find(words, at)
            if begin < 0:
                continue
            at = begin + len(words)
            spans.extend(_trimmed(text, begin, at, when.date()))
        return tuple(spans)

    return read


def parsedatetime_reader(watch: Watch) -> Read:
    """parsedatetime's `nlp` with the document date as source time and the settings best for news."""
    parsedatetime = import_module("parsedatetime")
    constants = parsedatetime.Constants("en_US", usePyICU=False)
    constants.DOWParseStyle = -1  # a weekday is the one gone by, or the day itself
    constants.CurrentDOWParseStyle = True
    constants.YearParseStyle = 0  # a month and day stay in the year of the document
    calendar = parsedatetime.Calendar(constants)

    def read(text: str, published: date) -> tuple[Timex, ...]:
        base = datetime(published.year, published.month, published.day)
        with watch.over(text):
            found = calendar.nlp(text, sourceTime=base) or ()
        spans: list[Timex] = []
        for when, flag, start, end, _ in found:
            if flag == 2 and ":" in text[start:end]:
                spans.append(Timex(start, end, "TIME", when.isoformat(timespec="minutes")))
            else:
                spans.extend(_trimmed(text, start, end, when.date()))
        return tuple(spans)

    return read


def recognizers_reader(watch: Watch) -> Read:
    """Microsoft's recognizers-text-date-time, English; its own TIMEX where it gives one, else the resolved value."""
    recognizers = import_module("recognizers_date_time")

    def read(text: str, published: date) -> tuple[Timex, ...]:
        base = datetime(published.year, published.month, published.day)
        with watch.over(text):
            found = recognizers.recognize_datetime(text, recognizers.Culture.English, reference=base)
        spans: list[Timex] = []
        for item in found:
            readings: list[Mapping[str, Any]] = (item.resolution or {}).get("values", [])
            if readings:
                kind = item.type_name.partition(".")[2]
                spans.append(Timex(item.start, item.end + 1, _type_of(kind), _value_of(kind, readings, published)))
        return tuple(spans)

    return read


def timexy_reader(watch: Watch) -> Read:
    """timexy, a spaCy component that writes TIMEX3 attributes, on a blank English pipeline."""
    import spacy

    import_module("timexy")  # registers the component
    pipeline = spacy.blank("en")
    pipeline.add_pipe("timexy", config={"kb_id_type": "timex3", "label": "timexy", "overwrite": False})
    attributes = re.compile(r'type="(\w+)" value="([^"]+)"')

    def read(text: str, published: date) -> tuple[Timex, ...]:
        with watch.over(text):
            doc = pipeline(text)
        spans: list[Timex] = []
        for entity in doc.ents:
            known = attributes.search(entity.kb_id_)
            if known is None:
                continue
            if known[1] == "DURATION":
                spans.append(Timex(entity.start_char, entity.end_char, "DURATION", known[2]))
            else:
                spans.append(
                    as_timex(entity.start_char, entity.end_char, entity.text, date.fromisoformat(known[2][:10]))
                )
        return tuple(spans)

    return read


PEERS: Mapping[str, tuple[str, Callable[[Watch], Read]]] = {
    "recognizers": ("recognizers_date_time", recognizers_reader),
    "dateparser": ("dateparser", dateparser_reader),
    "parsedatetime": ("parsedatetime", parsedatetime_reader),
    "timexy": ("timexy", timexy_reader),
}


def load_peer(name: str, watch: Watch) -> Read | None:
    """The reader of a peer by its name in PEERS; None, with a line that says so, where it is not installed."""
    module, make = PEERS[name]
    warnings.filterwarnings("ignore", module=module)
    try:
        return make(watch)
    except ImportError as missing:
        print(f"{name}: not installed, left out ({missing})")
        return None


def _trimmed(text: str, start: int, end: int, when: date) -> Iterator[Timex]:
    """The expression without the small words and white space around it; nothing where none is left."""
    while start < end and text[start].isspace():
        start += 1
    lead = LEADING.match(text, start, end)
    start = lead.end() if lead else start
    if end - start > 2:
        yield as_timex(start, end, text[start:end], when)


def as_timex(start: int, end: int, words: str, when: date) -> Timex:
    """A date of a parser that knows only days, given the granularity that its words have: the fair reading of it."""
    low = words.lower()
    if re.fullmatch(r"\d{4}", low) or "year" in low:
        value = f"{when.year}"
    elif "week" in low:
        value = f"{when.isocalendar()[0]}-W{when.isocalendar()[1]:02}"
    elif "month" in low or (re.search(MONTHS, low) and not re.search(r"\d{1,2}\b", re.sub(r"\d{4}", "", low))):
        value = f"{when:%Y-%m}"
    elif low == "now":
        value = "PRESENT_REF"
    else:
        value = when.isoformat()
    length = re.fullmatch(r"(?:about |around |nearly )?(\d+|\w+)[ -](second|minute|hour|day|week|month|year)s?", low)
    if length and length[1] not in ("last", "next", "this", "past", "same", "the", "previous", "current", "coming"):
        count = length[1] if length[1].isdigit() else COUNTS.get(length[1], "X")
        time_unit = "T" if length[2] in ("second", "minute", "hour") else ""
        return Timex(start, end, "DURATION", f"P{time_unit}{count}{length[2][0].upper()}")
    return Timex(start, end, "DATE", value)


def _type_of(kind: str) -> str:
    return {"duration": "DURATION", "set": "SET", "time": "TIME", "timerange": "TIME"}.get(kind, "DATE")


def _value_of(kind: str, readings: list[Mapping[str, Any]], published: date) -> str:
    """The TIMEX3 value of Microsoft's readings of one expression."""
    timex = str(readings[0].get("timex", ""))
    if kind in ("duration", "set"):
        return timex
    past = [
        item for item in readings if str(item.get("start") or item.get("value") or "")[:10] <= published.isoformat()
    ]
    chosen = past[-1] if past else readings[0]
    timex = str(chosen.get("timex", timex))
    covered = _RANGE.fullmatch(timex)
    if covered:
        return _range_value(date.fromisoformat(covered[1]), int(covered[3]), covered[4])
    if "X" not in timex and not timex.startswith("T"):
        return timex
    if kind == "daterange" and "start" in chosen and "end" in chosen:
        first, behind = (date.fromisoformat(str(chosen[name])[:10]) for name in ("start", "end"))
        days = (behind - first).days
        unit = "W" if days == 7 else "M" if 28 <= days <= 31 else "Y" if days >= 365 else "D"
        return _range_value(first, 3 if 89 <= days <= 92 else 1, "M" if 89 <= days <= 92 else unit)
    value = str(chosen.get("value", timex))
    return f"{published}{timex}" if timex.startswith("T") else value.replace(" ", "T")


def _range_value(first: date, count: int, unit: str) -> str:
    if unit == "W" or (unit == "D" and count == 7):
        return f"{first.isocalendar()[0]}-W{first.isocalendar()[1]:02}"
    if unit == "M" and count == 3:
        return f"{first.year}-Q{(first.month + 2) // 3}"
    if unit == "M":
        return f"{first:%Y-%m}"
    if unit == "Y":
        return f"{first.year // 10}" if count == 10 else f"{first.year}"
    return first.isoformat()
