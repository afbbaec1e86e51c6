"""E-mail: which part is the article, what its header gives, and attachments."""

from __future__ import annotations

import email.message
from datetime import date
from pathlib import Path

from dateline.sources.files import Sourced, read_sources
from tests.sources.vendors import nexis_word, stories

BODY = "The two ministers met in Oslo on Friday and agreed to reopen the road across the border, officials said."


def read(folder: Path, data: bytes) -> list[Sourced]:
    file = folder / "a.txt"
    file.write_bytes(data)
    return list(read_sources([str(file)]))


def message(**headers: str) -> email.message.EmailMessage:
    made = email.message.EmailMessage()
    chosen = {
        "From": "Courier Desk <desk@x.example>",
        "Date": "Sat, 14 Mar 2020 09:00:00 +0000",
        "Subject": "Road",
        **headers,
    }
    for name, value in chosen.items():
        made[name.replace("_", "-")] = value
    return made


def test_header_and_plain_text(tmp_path: Path) -> None:
    made = message(Subject="=?utf-8?q?Road_to_Malm=C3=B6?=")
    made.set_content(BODY, charset="iso-8859-1")
    (sourced,) = read(tmp_path, made.as_bytes())
    article = sourced.article
    assert article is not None and article.text == BODY
    assert (article.title, article.source) == ("Road to Malmö", "Courier Desk")
    assert (article.published, article.published_basis) == (date(2020, 3, 14), "header")


def test_html_where_the_plain_part_says_nothing(tmp_path: Path) -> None:
    made = message()
    made.set_content("Please see the HTML version.")
    made.add_alternative(f"<html><body><p>{BODY}</p><p>{BODY} Again.</p></body></html>", subtype="html")
    (sourced,) = read(tmp_path, made.as_bytes())
    assert sourced.article is not None and sourced.article.text == f"{BODY}\n\n{BODY} Again."


def test_the_wrong_charset(tmp_path: Path) -> None:
    head = b"From: a@x.example\nSubject: x\nDate: Sat, 14 Mar 2020 09:00:00 +0000\n"
    head += b"Content-Type: text/plain; charset=utf-8\n\n"
    (sourced,) = read(tmp_path, head + f"{BODY} café".encode("cp1252"))
    assert sourced.article is not None and sourced.article.text.endswith("café")
    assert [problem.code for problem in sourced.problems] == ["encoding-guessed"]


def test_attached_exports_are_read(tmp_path: Path) -> None:
    items = stories(1, 3)
    made = message()
    made.add_attachment(nexis_word(items), maintype="application", subtype="octet-stream", filename="Results.DOCX")
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    found = read(tmp_path, made.as_bytes())
    assert [sourced.article.text for sourced in found if sourced.article] == [item.text for item in items]
    assert {sourced.kind for sourced in found} == {"nexis/word"} and "!Results.DOCX#1" in found[0].ref


def test_a_message_without_text(tmp_path: Path) -> None:
    (sourced,) = read(tmp_path, message().as_bytes() + b"\n\n")
    assert sourced.article is None and sourced.problems[0].code == "no-article-text"


def test_a_mailbox_with_a_line_that_begins_with_from(tmp_path: Path) -> None:
    one, two = message(), message(Subject="Two")
    one.set_content(f"{BODY}\n\nFrom Oslo he went on to Malmö at 10:15 in the morning.\n")
    two.set_content(f"{BODY} Two.\n")
    box = b""
    for made in (one, two):
        box += (
            b"From desk@x.example Sat Mar 14 09:00:00 2020\n"
            + made.as_bytes().replace(b"\nFrom Oslo", b"\n>From Oslo")
            + b"\n\n"
        )
    found = read(tmp_path, box)
    texts = [sourced.article.text for sourced in found if sourced.article]
    assert len(texts) == 2 and "\n\nFrom Oslo he" in texts[0]
