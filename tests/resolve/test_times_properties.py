"""What holds for every text and every date of publication."""

from __future__ import annotations

import re
import time
from datetime import date, timedelta

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from dateline.lexicon.times import load_time_words
from dateline.records.mentions import TimeMention
from dateline.records.text import make_article
from dateline.resolve import calendar
from dateline.resolve.times import find_times

WORDS = load_time_words()
BLANK = spacy.blank("en")
# Every word and class member of the grammar, with numbers, marks and filler: soup in which any rule can fire.
SOUP = sorted(
    {
        *WORDS.signatures,
        "3",
        "12",
        "31",
        "1998",
        "2020",
        "45",
        "1700",
        "10:30",
        "3Q19",
        "FY2022",
        "H1",
        "23rd",
        "'90s",
        "1990s",
        "said",
    }
)
PUBLISHED = st.dates(min_value=date(1950, 1, 1), max_value=date(2080, 12, 31))
RELATIVE = [
    "He came yesterday.",
    "He came on Wednesday.",
    "He will come on Wednesday.",
    "He came last Friday night.",
    "He came last week.",
    "He came ten days ago.",
    "He came three weeks ago.",
    "He will come next Sunday.",
    "He will come the day after tomorrow.",
    "He came over the weekend.",
    "He comes this morning.",
    "He will come on Monday of next week.",
    "He came on Thursday last week.",
    "He came a week ago Monday.",
    "He will come in two weeks' time.",
    "He came in the early hours of Tuesday.",
    "He will come a week from Friday.",
]
# Leap day, year ends, the days around the turn of a year with 53 ISO weeks.
EDGES = ["2020-02-29", "2024-02-29", "2019-12-31", "2020-01-01", "2020-12-31", "2021-01-01", "2021-01-03", "2026-12-31"]
REPEATED = [
    "9",
    "1/",
    "10-",
    "10:",
    "1,",
    "-",
    "'",
    "'90s",
    "1998-",
    "Q1",
    "next ",
    "the ",
    "a ",
    "two ",
    "hundred ",
    "third ",
    "two million million ",
    "10 million years ago ",
    "thousand and ",
    "nineteen ",
    "twenty-",
    "Monday to ",
    "half a ",
    "three days and ",
    "two years, ",
    "a year and two months ",
    "May 3 ",
    "10 a.m. ",
    "the first half of ",
    "mid-to-",
]


def times(text: str, published: date) -> tuple[TimeMention, ...]:
    article = make_article(text, published=published, published_basis="given", ref="test")
    return find_times(BLANK(text), article, WORDS).items


def cut(text: str) -> Doc:
    """Words and marks as tokens, without the tokenizer, whose own time is not measured here."""
    pieces = re.findall(r"\w+|[^\w ]", text)
    spaces = [at < len(text) and text[at] == " " for at in (item.end() for item in re.finditer(r"\w+|[^\w ]", text))]
    return Doc(BLANK.vocab, words=pieces, spaces=spaces)


def check(items: tuple[TimeMention, ...], text: str) -> None:
    end = 0
    for item in items:
        assert end <= item.start < item.end <= len(text)
        assert item.text == text[item.start : item.end]
        end = item.end
        period = calendar.from_value(item.value)
        if period is not None:
            assert (item.from_, item.to) == (period.from_, period.to), item
        elif item.type in ("DATE", "TIME"):
            assert item.value.endswith("_REF"), item
        assert (item.from_ is None) == (item.to is None)
        assert item.from_ is None or item.to is None or item.from_ <= item.to


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(SOUP), max_size=14), PUBLISHED)
def test_soup_never_fails_and_every_value_parses_back(words: list[str], published: date) -> None:
    text = " ".join(word.capitalize() if index % 3 == 0 else word for index, word in enumerate(words))
    check(times(text, published), text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120), st.dates())
def test_any_text_and_date_never_fails(text: str, published: date) -> None:
    check(times(text, published), text)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(SOUP), min_size=1, max_size=6), st.sampled_from([date(1, 1, 1), date(9999, 12, 31)]))
def test_ends_of_the_calendar_never_fail(words: list[str], published: date) -> None:
    text = " ".join(words)
    check(times(text, published), text)


@pytest.mark.parametrize("text", RELATIVE)
@settings(max_examples=60, deadline=None)
@given(published=PUBLISHED)
def test_a_week_later_means_a_week_later(text: str, published: date) -> None:
    week = timedelta(days=7)
    first, second = times(text, published), times(text, published + week)
    assert len(first) == len(second) == 1
    assert first[0].from_ is not None and first[0].to is not None
    assert (second[0].from_, second[0].to) == (first[0].from_ + week, first[0].to + week)


@given(PUBLISHED, st.sampled_from(["Monday", "Thursday", "Sunday"]))
@settings(max_examples=60, deadline=None)
def test_weekday_of_the_past_lies_in_the_week_up_to_publication(published: date, name: str) -> None:
    found = times(f"He came on {name}.", published)[0].from_
    assert found is not None
    assert timedelta(0) <= published - found < timedelta(days=7)
    assert found.strftime("%A") == name


@pytest.mark.parametrize("day", EDGES)
@settings(max_examples=60, deadline=None)
@given(words=st.lists(st.sampled_from(SOUP), min_size=1, max_size=10))
def test_edges_of_years_never_fail_and_parse_back(day: str, words: list[str]) -> None:
    text = " ".join(words)
    check(times(text, date.fromisoformat(day)), text)


@pytest.mark.parametrize(
    ("text", "day", "value", "first", "last"),
    [
        ("He came a year ago.", "2024-02-29", "2023", "2023-01-01", "2023-12-31"),
        ("He came a year ago today.", "2024-02-29", "2023-02-28", "2023-02-28", "2023-02-28"),
        ("He came a month ago.", "2021-03-31", "2021-02", "2021-02-01", "2021-02-28"),
        ("He came last week.", "2021-01-04", "2020-W53", "2020-12-28", "2021-01-03"),
        ("He comes next week.", "2020-12-27", "2020-W53", "2020-12-28", "2021-01-03"),
        ("He comes next weekend.", "2020-12-31", "2021-W01-WE", "2021-01-09", "2021-01-10"),
        ("He came yesterday.", "2021-01-01", "2020-12-31", "2020-12-31", "2020-12-31"),
        ("He will come on Friday.", "2020-12-31", "2021-01-01", "2021-01-01", "2021-01-01"),
        ("He came on Feb. 29.", "2023-06-01", "2020-02-29", "2020-02-29", "2020-02-29"),
        (
            "He came in the last week of February 2024.",
            "2024-06-01",
            "2024-02-23/2024-02-29",
            "2024-02-23",
            "2024-02-29",
        ),
    ],
)
def test_leap_days_year_ends_and_week_53(text: str, day: str, value: str, first: str, last: str) -> None:
    found = times(text, date.fromisoformat(day))[0]
    assert (found.value, str(found.from_), str(found.to)) == (value, first, last)


@pytest.mark.parametrize("piece", REPEATED)
def test_repeats_are_read_in_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        doc = cut(text)
        article = make_article(text, published=date(2020, 3, 11), published_basis="given", ref="test")
        start = time.process_time()
        find_times(doc, article, WORDS)
        return time.process_time() - start

    seconds(2_000)
    assert seconds(64_000) < 16 * seconds(8_000) + 0.5  # eight times as long; sixty-four times would be quadratic


def test_a_million_digits_are_no_time() -> None:
    text = "7" * 1_000_000
    article = make_article(text, published=date(2020, 3, 11), published_basis="given", ref="test")
    assert find_times(cut(text), article, WORDS).items == ()
