"""How the publication date is found, in which order, and what is said when it is guessed."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from dateline.errors import DateError, SourceError
from dateline.records.text import Article
from dateline.sources.header import article_from_text, date_in_url, sourced_from_draft
from dateline.sources.sourced import Draft, Sourced

BODY = "The two ministers met in Oslo on Friday and agreed to reopen the road across the border, officials said."
FILE_TIME = date(2021, 6, 1)


def read(text: str, given: date | None = None, **fields: str) -> Sourced:
    draft = Draft(text, "a.txt", titled_text=True, file_time=FILE_TIME)
    return sourced_from_draft(dataclasses.replace(draft, **fields), given)  # type: ignore[arg-type]


def article(text: str, day: date | None = None, **fields: str) -> Article:
    sourced = read(text, day, **fields)
    assert sourced.article is not None, sourced.problems
    return sourced.article


@pytest.mark.parametrize(
    "header",
    [
        "date 2020-03-14 location Oslo",
        "Date: Mar 14, 2020",
        "DATE: 14 March 2020",
        "2020-03-14T10:00Z",
        "Published: March 14, 2020",
        "Published on 14 March 2020 at 10:15",
        "Posted 14th March 2020",
        "Saturday, 14 March 2020",
        "March 14, 2020",
        "Saturday, March 14, 2020 | Updated 09:15",
        "Jane Roe, 14 March 2020",
        "Updated: March 16, 2020 | Published: March 14, 2020",
        "Publication date: 14.03.2020",
    ],
)
def test_header_lines(header: str) -> None:
    for text in (f"{header}\n\n{BODY}", f"Road to reopen\n\n{header}\n\n{BODY}", f"Road to reopen\n{header}\n{BODY}"):
        found = article(text)
        assert (found.published, found.published_basis) == (date(2020, 3, 14), "header")
        assert found.furniture[0].kind == "header"
        assert found.text == text


def test_a_date_on_top_of_the_first_paragraph() -> None:
    found = article(f"Road to reopen\n\nSaturday, March 14, 2020 {BODY}")
    assert (found.published, found.published_basis) == (date(2020, 3, 14), "header")
    part = found.furniture[0]
    assert found.text[part.start : part.end] == "Saturday, March 14, 2020"


def test_published_goes_before_updated() -> None:
    text = f"Updated: March 16, 2020\nPublished: March 14, 2020\n\n{BODY}"
    assert article(text).published == date(2020, 3, 14)


def test_dates_in_the_reporting_are_no_header() -> None:
    text = f"Road to reopen\n\n{BODY} The road was closed on March 14, 2020.\n\nOn 2 May 2019, it was mined. {BODY}"
    assert article(text).published_basis == "file-time"


def test_a_headline_with_a_date_is_no_header_line() -> None:
    assert article(f"Vote set for March 14, 2020\n\n{BODY}").published_basis == "file-time"


def test_the_order_of_trust() -> None:
    text = f"Date: 2020-03-12\n\nOSLO, March 11, 2020 (Northwire) - {BODY}"
    url = "https://example.org/2020/03/09/road"
    everything = {"date_field": "2020-03-13", "page_date": "2020-03-10", "url": url}
    without_header = text.partition("\n\n")[2]
    steps = [
        (article(text, date(2020, 3, 14), **everything), 14, "given"),
        (article(text, None, **everything), 13, "metadata"),
        (article(text, page_date="2020-03-10", url=url), 12, "header"),
        (article(without_header, page_date="2020-03-10", url=url), 11, "dateline"),
        (article(BODY, page_date="2020-03-10", url=url), 10, "metadata"),
        (article(BODY, url=url), 9, "url"),
    ]
    for found, day, basis in steps:
        assert (found.published, found.published_basis) == (date(2020, 3, day), basis)


def test_file_time_is_the_last_resort_and_says_so() -> None:
    sourced = read(BODY)
    assert sourced.article is not None
    assert (sourced.article.published, sourced.article.published_basis) == (FILE_TIME, "file-time")
    (problem,) = sourced.problems
    assert (problem.stage, problem.code) == ("date", "date-from-file-time")
    assert "--date" in problem.message and "2021-06-01" in problem.message


def test_a_dateline_without_year_takes_it_from_page_url_or_name() -> None:
    text = f"OSLO, Dec 30 (Northwire) - {BODY}"
    for fields in (
        {"page_date": "2020-01-02"},
        {"url": "https://e.org/2020/01/02/a"},
        {"path_name": "2020-01-02-road.txt"},
    ):
        found = article(text, None, **fields)
        assert (found.published, found.published_basis) == (date(2019, 12, 30), "dateline")


def test_a_dateline_without_year_takes_it_from_the_file_with_a_problem() -> None:
    sourced = read(f"OSLO, Dec 30 (Northwire) - {BODY}")
    assert sourced.article is not None and sourced.article.published == date(2020, 12, 30)
    assert [problem.code for problem in sourced.problems] == ["year-from-file-time"]


def test_a_dateline_far_from_the_page_date_does_not_overrule_it() -> None:
    found = article(f"OSLO, July 30 (Northwire) - {BODY}", page_date="2020-01-02")
    assert (found.published, found.published_basis) == (date(2020, 1, 2), "metadata")


@pytest.mark.parametrize("field", ["2020-02-30", "20203-1-1", "31 April 2020"])
def test_an_impossible_date_field_stops_the_article(field: str) -> None:
    sourced = read(BODY, date_field=field)
    assert sourced.article is None
    assert sourced.problems[0].code == "date-impossible" and field in sourced.problems[0].message


@pytest.mark.parametrize("header", ["Date: 2020-02-30", "Date: 20203-1-1", "Published: 31 April 2020"])
def test_an_impossible_header_date_stops_the_article(header: str) -> None:
    sourced = read(f"{header}\n\n{BODY}")
    assert sourced.article is None and sourced.problems[0].code == "date-impossible"


def test_a_field_that_is_no_date_is_noted_and_passed_over() -> None:
    sourced = read(f"Date: 2020-03-14\n\n{BODY}", date_field="spring")
    assert sourced.article is not None and sourced.article.published == date(2020, 3, 14)
    assert [problem.code for problem in sourced.problems] == ["date-unreadable"]


def test_an_ambiguous_field_is_noted() -> None:
    sourced = read(BODY, date_field="03/04/2020")
    assert sourced.article is not None and sourced.article.published == date(2020, 3, 4)
    assert [problem.code for problem in sourced.problems] == ["date-ambiguous"]


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://e.org/2020/03/14/road", date(2020, 3, 14)),
        ("https://e.org/2020/mar/14/road", date(2020, 3, 14)),
        ("https://e.org/news/2020-03-14-road.html", date(2020, 3, 14)),
        ("https://e.org/20200314/road", date(2020, 3, 14)),
        ("archive/2020_03_14.txt", date(2020, 3, 14)),
        ("https://e.org/2020/13/45/road", None),
        ("https://e.org/id/1202003145", None),
        ("https://e.org/2020/road", None),
        (None, None),
    ],
)
def test_dates_in_urls(url: str | None, day: date | None) -> None:
    assert date_in_url(url) == day


def test_headline_masthead_and_byline() -> None:
    text = f"The Oslo Herald\nFriday, 14 March 2025\n\nRoad across border to reopen\n\nBy Jane Roe\n\n{BODY}"
    found = article(text)
    assert (found.title, found.source, found.byline) == ("Road across border to reopen", "The Oslo Herald", "Jane Roe")
    assert found.text == text and found.place is None


def test_a_first_sentence_is_no_headline() -> None:
    assert article(f"{BODY}\n\n{BODY}").title is None
    assert article(f"A short one.\n\n{BODY}").title is None


def test_labelled_header_lines() -> None:
    text = f"Title: Road to reopen\nSource: Oslo Herald\nDate: 2020-03-14\nURL: https://example.org/a\n\n{BODY}"
    found = article(text)
    assert (found.title, found.source, found.published) == ("Road to reopen", "Oslo Herald", date(2020, 3, 14))


def test_one_text_by_the_library() -> None:
    made = article_from_text(f"OSLO, March 14, 2020 (Northwire) - {BODY}", ref="text")
    assert made.article.published == date(2020, 3, 14) and made.problems == ()
    with pytest.raises(DateError, match="no publication date"):
        article_from_text(BODY, ref="text")
    with pytest.raises(SourceError, match="no text"):
        article_from_text(" \n", ref="text", given_date=date(2020, 3, 14))


def test_half_characters_are_replaced_in_place() -> None:
    sourced = read(f"Caf\ud83d {BODY}", date(2020, 3, 14))
    assert sourced.article is not None and sourced.article.text.startswith("Caf\ufffd The")
    assert [problem.code for problem in sourced.problems] == ["text-repaired"]


@pytest.mark.parametrize(
    "text",
    [
        "Die beiden Minister trafen sich am Freitag in Oslo und einigten sich darauf, die Straße über die Grenze "
        "wieder zu öffnen, wie Beamte mitteilten. Der Winter kommt bald, und die Dörfer "
        "brauchen Vorräte für ihre Bewohner.",
        "Министры встретились в пятницу в Осло и договорились открыть дорогу через границу до наступления зимы.",
        "Los dos ministros se reunieron el viernes en Oslo y acordaron reabrir la carretera a través de la frontera "
        "antes del invierno, dijeron los funcionarios, y pidieron calma a los vecinos de la zona en un comunicado.",
    ],
)
def test_other_languages_are_named_and_passed_over(text: str) -> None:
    sourced = read(text, date(2020, 3, 14))
    assert sourced.article is None and sourced.problems[0].code == "language-not-english"


def test_short_and_tabular_english_passes() -> None:
    assert read("Oslo, Bergen, Tromsø", date(2020, 3, 14)).article is not None
    assert read("Results: Poe 34 percent, Roe 30 percent, Doe 12 percent.", date(2020, 3, 14)).article is not None
