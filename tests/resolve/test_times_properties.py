"""What holds for every text and every date of publication."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.lexicon.times import load_time_words
from dateline.records.mentions import TimeMention
from dateline.records.text import make_article
from dateline.resolve import calendar
from dateline.resolve.times import find_times

WORDS = load_time_words()
BLANK = spacy.blank("en")
# Every word and class member of the grammar, with numbers, marks and filler: soup in which any rule can fire.
SOUP = sorted(
    {*WORDS.signatures, "3", "12", "31", "1998", "2020", "45", "1700", "10:30", "23rd", "'90s", "1990s", "said"}
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
]


def times(text: str, published: date) -> tuple[TimeMention, ...]:
    article = make_article(text, published=published, published_basis="given", ref="test")
    return find_times(BLANK(text), article, WORDS).items


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
