"""Times in sentences: what is found, and which days it means. Untagged text unless a test says otherwise."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import spacy

from dateline.lexicon.times import load_time_words
from dateline.records.mentions import PlaceMention, TimeMention
from dateline.records.text import make_article
from dateline.resolve.times import find_times

if TYPE_CHECKING:
    from dateline.language.annotate import Annotator

WORDS = load_time_words()
BLANK = spacy.blank("en")


def times(text: str, on: str, place: PlaceMention | None = None) -> tuple[TimeMention, ...]:
    article = make_article(text, published=date.fromisoformat(on), published_basis="given", ref="test", place=place)
    return find_times(BLANK(text), article, WORDS).items


def row(item: TimeMention) -> tuple[str, str, str, str, str]:
    return item.text, item.type, item.value, str(item.from_), str(item.to)


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        ("They met last week.", "2020-03-11", ("last week", "DATE", "2020-W10", "2020-03-02", "2020-03-08")),
        ("They will meet next week.", "2020-03-11", ("next week", "DATE", "2020-W12", "2020-03-16", "2020-03-22")),
        ("They will meet next week.", "2020-12-28", ("next week", "DATE", "2021-W01", "2021-01-04", "2021-01-10")),
        ("They met last week.", "2021-01-05", ("last week", "DATE", "2020-W53", "2020-12-28", "2021-01-03")),
        ("He quit last month.", "2020-01-31", ("last month", "DATE", "2019-12", "2019-12-01", "2019-12-31")),
        ("He quits next year.", "2020-02-29", ("next year", "DATE", "2021", "2021-01-01", "2021-12-31")),
        ("He died in September.", "2020-03-11", ("September", "DATE", "2019-09", "2019-09-01", "2019-09-30")),
        ("He will come in September.", "2020-03-11", ("September", "DATE", "2020-09", "2020-09-01", "2020-09-30")),
        ("He died on Feb. 29.", "2021-03-11", ("Feb. 29", "DATE", "2020-02-29", "2020-02-29", "2020-02-29")),
        ("He was shot on Dec. 30.", "2021-01-02", ("Dec. 30", "DATE", "2020-12-30", "2020-12-30", "2020-12-30")),
        ("The law takes force on Jan. 2.", "2020-12-30", ("Jan. 2", "DATE", "2021-01-02", "2021-01-02", "2021-01-02")),
        (
            "Rain fell this past Thursday.",
            "2005-06-15",
            ("this past Thursday", "DATE", "2005-06-09", "2005-06-09", "2005-06-09"),
        ),
        ("They met two weeks ago.", "2021-01-10", ("two weeks ago", "DATE", "2020-W52", "2020-12-21", "2020-12-27")),
        (
            "In the past 24 hours ten died.",
            "2020-03-11",
            ("the past 24 hours", "DURATION", "PT24H", "2020-03-10", "2020-03-11"),
        ),
        ("A three-day visit began.", "2020-03-11", ("three-day", "DURATION", "P3D", "None", "None")),
        ("He has ruled since 2011.", "2020-03-11", ("2011", "DATE", "2011", "2011-01-01", "2011-12-31")),
        ("They pray twice a week.", "2020-03-11", ("a week", "SET", "P1W", "None", "None")),
        ("The war lasted for days.", "2020-03-11", ("days", "DURATION", "PXD", "None", "None")),
        ("It rained late Friday.", "2020-03-11", ("late Friday", "DATE", "2020-03-06", "2020-03-06", "2020-03-06")),
        ("It is half an hour away.", "2020-03-11", ("half an hour", "DURATION", "PT30M", "None", "None")),
        ("It took two and a half years.", "2020-03-11", ("two and a half years", "DURATION", "P2Y6M", "None", "None")),
        (
            "Polls open at 7.30 a.m. Sunday.",
            "2020-03-08",
            ("7.30 a.m. Sunday", "TIME", "2020-03-08T07:30", "2020-03-08", "2020-03-08"),
        ),
        (
            "They were killed at 12:15 a.m.",
            "2020-03-08",
            ("12:15 a.m.", "TIME", "2020-03-08T00:15", "2020-03-08", "2020-03-08"),
        ),
        (
            "The winter of 2019 was mild.",
            "2020-06-08",
            ("The winter of 2019", "DATE", "2019-WI", "2019-12-01", "2020-02-29"),
        ),
        (
            "He won in the Sept. 11 election.",
            "2012-09-20",
            ("Sept. 11", "DATE", "2012-09-11", "2012-09-11", "2012-09-11"),
        ),
        ("It fell on 22-Mar-2013.", "2013-05-01", ("22-Mar-2013", "DATE", "2013-03-22", "2013-03-22", "2013-03-22")),
        ("It fell on 12.03.2013.", "2013-05-01", ("12.03.2013", "DATE", "2013-03-12", "2013-03-12", "2013-03-12")),
        ("The 9/11 attacks.", "2013-05-01", ("9/11", "DATE", "2001-09-11", "2001-09-11", "2001-09-11")),
        ("The 1800s were cold.", "2013-05-01", ("The 1800s", "DATE", "18", "1800-01-01", "1899-12-31")),
        (
            "The trial begins a week from Monday.",
            "2013-05-01",
            ("a week from Monday", "DATE", "2013-05-13", "2013-05-13", "2013-05-13"),
        ),
    ],
)
def test_one_time(text: str, on: str, expected: tuple[str, str, str, str, str]) -> None:
    assert [row(item) for item in times(text, on)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The 23-year-old was 19 years old when he was jailed, aged six months he walked.",
        "He may march on, and she fell in the second row of seat 12.",
        "The toll rose to 1,990 people, 2000 soldiers and $1998.",
        "U.N. resolution 1973 and Route 2001 were named.",
        "He won 6-4 and 2:1; three-quarters stayed.",
        "They are fallen, and the fall of the house was near. Jan Novak left Sun Systems.",
        "She is in her 30s. The minister of state said no.",
        "LA Weekly praised the Sunday Times, and USA Today agreed on Bloody Sunday.",
        "At the age of four months, or aged 8-10 years, they won every now and then.",
        "No.",
        "",
        "   \n\n  ",
    ],
)
def test_no_time(text: str) -> None:
    assert times(text, "2004-05-06") == ()


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        ("Troops moved from Monday night to Tuesday morning.", "2020-03-11", ["2020-03-09TNI", "2020-03-10TMO"]),
        ("It will be shut from Saturday to Monday.", "2020-03-11", ["2020-03-14", "2020-03-16"]),
        ("It was shut from Saturday to Monday.", "2020-03-11", ["2020-03-07", "2020-03-09"]),
        ("He ruled from 1991 to 1997, and in 2003-2007.", "2020-03-11", ["1991", "1997", "2003", "2007"]),
        ("It lost $3 a share in the third quarter. Year-earlier profit was $2.", "1989-11-02", ["1989-Q3", "1988-Q3"]),
        (
            "He was freed on May 3, 2004. Two days later he left. That week he fell ill.",
            "2005-01-02",
            ["2004-05-03", "2004-05-05", "2004-W19"],
        ),
        ("He came in June 1998 and left the same month.", "2000-01-02", ["1998-06", "1998-06"]),
        ("The first fell in 1990, the second in nineteen ninety-six.", "2000-01-02", ["1990", "1996"]),
        (
            "He spoke on May 3. The previous day he was ill; the following week he died.",
            "2005-06-02",
            ["2005-05-03", "2005-05-02", "2005-W19"],
        ),
        ("The war took five years. During that time many fled.", "2005-06-02", ["P5Y", "P5Y"]),
    ],
)
def test_several_times(text: str, on: str, expected: list[str]) -> None:
    assert [item.value for item in times(text, on)] == expected


def test_basis_tells_what_a_time_was_counted_from() -> None:
    items = times("He left on May 3, 2004. He fled a day later. She quit yesterday.", "2005-06-02")
    assert [(item.value, item.basis) for item in items] == [
        ("2004-05-03", "stated"),
        ("2004-05-04", "narrative"),
        ("2005-06-01", "publication"),
    ]


def test_after_an_event_counts_from_the_story() -> None:
    last = times("The bomb went off on May 3, 2004. He fled two days after the attack.", "2005-06-02")[1]
    assert (last.type, last.value, str(last.from_), last.basis) == ("DURATION", "P2D", "2004-05-05", "narrative")


def test_line_break_is_no_barrier_but_an_empty_line_is() -> None:
    assert [item.value for item in times("They met last\nweek.", "2020-03-11")] == ["2020-W10"]
    assert [item.value for item in times("This is the last\n\nweek numbers differ", "2020-03-11")] == []


def test_text_is_the_verbatim_slice() -> None:
    text = "«Früh» – on 3 May\u00a02004, at 10:30 GMT, “two-and-a-half-year” terms began 🙂 late Friday."
    items = times(text, "2004-05-10")
    assert [item.text for item in items] == [text[item.start : item.end] for item in items]
    assert len(items) >= 3


def test_figures_are_read_by_the_country_of_the_dateline() -> None:
    def place(country: str) -> PlaceMention:
        return PlaceMention(0, 1, "x", "X", "city", country, None, None, None, None, "test")

    assert times("Signed 03/04/2020.", "2020-06-01", place("GBR"))[0].value == "2020-04-03"
    assert times("Signed 03/04/2020.", "2020-06-01", place("USA"))[0].value == "2020-03-04"
    assert times("Signed 25/04/2020.", "2020-06-01", place("USA"))[0].value == "2020-04-25"


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        ("The minister resigned on Wednesday after a scandal.", "2020-03-11", "2020-03-11"),
        ("The minister arrived in Oslo on Thursday.", "2020-03-11", "2020-03-05"),
        ("The minister will arrive in Oslo on Thursday.", "2020-03-11", "2020-03-12"),
        ("The court is expected to rule on Monday.", "2020-03-11", "2020-03-16"),
        ("The two leaders are meeting on Friday in Rome.", "2020-03-11", "2020-03-13"),
        ("He criticised Monday's ruling and will appeal it.", "2020-03-11", "2020-03-09"),
        ("The deal, announced Friday, would create a giant.", "2020-03-11", "2020-03-06"),
        ("Talks were postponed until Friday.", "2020-03-11", "2020-03-13"),
        ("The premier told reporters Thursday he'd resign.", "2020-03-11", "2020-03-05"),
        ("The offer had been due to expire Friday.", "2020-03-11", "2020-03-06"),
        ("The offer is to expire Friday.", "2020-03-11", "2020-03-13"),
        ("The deadline is Friday.", "2020-03-11", "2020-03-13"),
        ("Friday's summit will end the feud.", "2020-03-11", "2020-03-13"),
        ("The army seized the town in October.", "2020-03-11", "2019-10"),
        ("The country holds elections in October.", "2020-03-11", "2020-10"),
    ],
)
def test_direction_follows_the_clause(annotator: Annotator, text: str, on: str, expected: str) -> None:
    doc = next(iter(annotator.annotate_many([text])))
    article = make_article(text, published=date.fromisoformat(on), published_basis="given", ref="test")
    assert [item.value for item in find_times(doc, article, WORDS).items] == [expected]
