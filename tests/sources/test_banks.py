"""Exports of news banks: layouts that differ from the plain one, and documents that lack something."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dateline.sources.banks.fields import date_line
from dateline.sources.files import Sourced, read_sources
from tests.sources.vendors import nexis_lines, nexis_word, proquest, rtf, stories, story, word

BODY = "The two ministers met in Oslo on Friday and agreed to reopen the road across the border, officials said."
NEXIS = ["Road reopens", "Harbour Gazette", "March 14, 2020 Saturday", "Length: 20 words", "Body", BODY, "More."]


def read(folder: Path, data: bytes | str) -> list[Sourced]:
    file = folder / "a.txt"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(read_sources([str(file)]))


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("March 14, 2020 Saturday 10:15 AM GMT", "March 14, 2020"),
        ("Saturday 14 March 2020", "14 March 2020"),
        ("March 14, 2020", "March 14, 2020"),
        ("March 14, 2020, Saturday", "March 14, 2020"),
        ("2020-03-14 10:15", "2020-03-14"),
        ("The talks of March 14, 2020 in Oslo", None),
        ("Copyright 2020 Harbour Gazette", None),
        ("Load-Date: March 14, 2020", None),
    ],
)
def test_lines_that_are_dates(line: str, day: str | None) -> None:
    assert date_line(line) == day


def test_nexis_without_length_byline_or_load_date(tmp_path: Path) -> None:
    (sourced,) = read(tmp_path, word([*NEXIS[:3], "Body", BODY, "End of Document"]))
    article = sourced.article
    assert article is not None and (article.text, article.title, article.source) == (
        BODY,
        "Road reopens",
        "Harbour Gazette",
    )


def test_nexis_with_no_date_takes_the_day_it_was_loaded_and_says_so(tmp_path: Path) -> None:
    lines = [*NEXIS[:2], "Length: 20 words", "Body", BODY, "Load-Date: March 15, 2020", "End of Document"]
    (sourced,) = read(tmp_path, word(lines))
    assert sourced.article is not None and sourced.article.published == date(2020, 3, 15)
    assert [problem.code for problem in sourced.problems] == ["date-from-load-date"]


def test_words_of_the_layout_inside_a_nexis_body_stay(tmp_path: Path) -> None:
    body = [
        "Classification of the papers took a week.",
        "Graphic scenes followed.",
        "Body",
        "Section: the one he meant.",
    ]
    lines = [*NEXIS[:6], *body, "Load-Date: March 15, 2020", "End of Document"]
    (sourced,) = read(tmp_path, word(lines))
    assert sourced.article is not None and sourced.article.text == "\n\n".join([BODY, *body])


def test_a_nexis_document_without_body_is_listed(tmp_path: Path) -> None:
    whole = [*NEXIS, "Load-Date: March 15, 2020", "End of Document"]
    found = read(tmp_path, word([*whole, "A title alone", "March 14, 2020", "End of Document", *whole]))
    assert [sourced.article is not None for sourced in found] == [True, False, True]
    assert "A title alone" in found[1].problems[0].message


def test_nexis_cut_off_at_the_end(tmp_path: Path) -> None:
    found = read(tmp_path, word(nexis_lines(stories(1, 3))[:-12]))
    assert [sourced.article is not None for sourced in found] == [True] * 3


def test_a_damaged_word_document(tmp_path: Path) -> None:
    data = nexis_word(stories(1, 3))
    for cut in (100, len(data) // 2, len(data) - 10):
        found = read(tmp_path, data[:cut])
        assert found and all(sourced.article is not None or sourced.problems for sourced in found)


def test_word_and_rtf_files_of_one_article(tmp_path: Path) -> None:
    lines = ["Road to reopen", "", "Date: 2020-03-14", "", BODY, "", "Second paragraph – with a dash."]
    for data in (word(lines), rtf(lines)):
        (sourced,) = read(tmp_path, data)
        article = sourced.article
        assert article is not None and article.text == "\n\n".join(line for line in lines if line)
        assert (article.published, article.published_basis, article.title) == (
            date(2020, 3, 14),
            "header",
            "Road to reopen",
        )


def test_rtf_letters(tmp_path: Path) -> None:
    inner = (
        r"Date: 2020-03-14\par{\b The} two ministers met in Malm\'f6 and {\i agreed} to \ldblquote reopen\rdblquote  "
        r"it\rquote s road \u8212- it was {\*\bkmkstart x}said{\*\bkmkend x} \emdash  \{really\}\~so."
        r"{\footnote not this}\par"
    )
    font = r"{\fonttbl{\f0 A;}{\f1\fcharset204 B;}}"
    (sourced,) = read(
        tmp_path, rf"{{\rtf1\ansi\ansicpg1252{font}{{\stylesheet{{\s1 Heading;}}}}\pard {inner}{{\f1 \'ee}}}}"
    )
    assert sourced.article is not None
    lines = sourced.article.text.split("\n\n")
    assert (
        lines[1] == "The two ministers met in Malmö and agreed to “reopen” it’s road — it was said — {really}\u00a0so."
    )
    assert lines[2] == "о"


def test_proquest_with_an_abstract_alone(tmp_path: Path) -> None:
    text = proquest(stories(1, 3)).decode()
    cut = text.replace("Full text: " + story(2).text + "\n\n", "")
    found = read(tmp_path, cut)
    assert [sourced.article is not None for sourced in found] == [True, False, True]
    assert "abstract" in found[1].problems[0].message


def test_labels_inside_a_proquest_text_stay(tmp_path: Path) -> None:
    item = story(2)
    odd = "Title: that was all he had to show for it."
    text = proquest([item]).decode().replace(item.paragraphs[0], f"{item.paragraphs[0]}\n\n{odd}", 2)
    (sourced,) = read(tmp_path, text)
    assert sourced.article is not None
    assert sourced.article.text == "\n\n".join([item.paragraphs[0], odd, *item.paragraphs[1:]])


@pytest.mark.parametrize(
    "text",
    [
        f"Road to reopen\n\nDate: 2020-03-14\n\nBody\n\n{BODY}",
        f"Date: 2020-03-14\n\n{BODY} He gave the full text: none.",
        f"Subject: the road\nDate: 2020-03-14\nFrom: Oslo\n\n{BODY}",
        f"Date: 2020-03-14\n\n{BODY}\n\n5 of 9 documents were signed.",
        f"{BODY} HD\n\nDate: 2020-03-14",
    ],
)
def test_plain_texts_are_not_taken_for_exports(tmp_path: Path, text: str) -> None:
    (sourced,) = read(tmp_path, text)
    assert sourced.kind == "text" and sourced.article is not None and sourced.article.text == text
