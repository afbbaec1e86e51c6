"""NITF and NewsML-G2 beyond the plain case."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dateline.sources.files import Sourced, read_sources

BODY = "The two ministers met in Oslo on Friday and agreed to reopen the road across the border, officials said."


def read(folder: Path, data: str) -> list[Sourced]:
    file = folder / "a.txt"
    file.write_text(data)
    return list(read_sources([str(file)]))


def test_nitf_that_says_its_text_twice(tmp_path: Path) -> None:
    """Some archives hold the lead in a block of its own and again in the whole text."""
    (sourced,) = read(
        tmp_path,
        "<nitf><head><title>Road</title><meta name='publication_year' content='2007'/>"
        "<meta name='publication_month' content='3'/><meta name='publication_day_of_month' content='4'/></head><body>"
        f"<body.content><block class='lead_paragraph'><p>{BODY}</p></block>"
        f"<block class='full_text'><p>{BODY}</p><p>More.</p></block></body.content></body></nitf>",
    )
    assert sourced.article is not None and sourced.article.text == f"{BODY}\n\nMore."
    assert sourced.article.published == date(2007, 3, 4)


def test_nitf_with_headings_tables_and_inline_marks(tmp_path: Path) -> None:
    (sourced,) = read(
        tmp_path,
        "<nitf><head><docdata><date.issue norm='20200314'/></docdata></head><body><body.content>"
        f"<p>{BODY[:20]}<em>{BODY[20:40]}</em><!-- cut -->{BODY[40:]}</p><hl2>A heading</hl2>"
        "<p>Said <person>Ine Berg</person>.</p><media><media-caption>Nobody</media-caption></media>"
        "</body.content></body></nitf>",
    )
    assert sourced.article is not None
    assert sourced.article.text == f"{BODY}\n\nA heading\n\nSaid Ine Berg."
    assert sourced.article.published == date(2020, 3, 14)


def test_nitf_without_text(tmp_path: Path) -> None:
    (sourced,) = read(tmp_path, "<nitf><body><body.head><hedline><hl1>Road</hl1></hedline></body.head></body></nitf>")
    assert sourced.article is None and sourced.problems[0].code == "no-article-text"


def test_pictures_and_packages_are_listed_as_unread(tmp_path: Path) -> None:
    text = f"<contentSet><inlineXML><html xmlns='x'><body><p>{BODY}</p></body></html></inlineXML></contentSet>"
    found = read(
        tmp_path,
        "<nar:newsMessage xmlns:nar='http://iptc.org/std/nar/2006-10-01/'><nar:itemSet>"
        "<nar:newsItem guid='p'><nar:contentSet><nar:remoteContent href='x.jpg'/></nar:contentSet></nar:newsItem>"
        "<nar:packageItem guid='k'/>"
        "<nar:newsItem guid='t'><nar:itemMeta><nar:versionCreated>2020-03-14T01:00:00Z</nar:versionCreated>"
        "</nar:itemMeta>"
        f"{text.replace('contentSet', 'nar:contentSet').replace('inlineXML', 'nar:inlineXML')}</nar:newsItem>"
        "</nar:itemSet></nar:newsMessage>",
    )
    assert [(sourced.ref.rsplit("#")[-1], sourced.article is not None) for sourced in found] == [
        ("p", False),
        ("t", True),
    ]
    assert found[1].article is not None and found[1].article.text == BODY
