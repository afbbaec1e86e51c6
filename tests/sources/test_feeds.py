"""Feeds and lists of feeds as files: RSS, RDF, Atom, OPML, and what real ones do to readers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dateline.records.text import Article
from dateline.sources.feeds import parse_feed, parse_opml
from dateline.sources.files import Sourced, read_sources

BODY = "The two ministers met in Oslo on Friday and agreed to reopen the road across the border, officials said."


def read(folder: Path, data: bytes | str) -> list[Sourced]:
    file = folder / "a.txt"
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(read_sources([str(file)]))


def only(folder: Path, data: bytes | str) -> Article:
    (sourced,) = read(folder, data)
    assert sourced.article is not None, sourced.problems
    return sourced.article


def rss(item: str, channel: str = "") -> str:
    return f"<rss version='2.0'><channel><title>The Courier</title>{channel}<item>{item}</item></channel></rss>"


def test_fields_of_an_entry(tmp_path: Path) -> None:
    article = only(
        tmp_path,
        rss(f"<title>Road &amp;amp; rail</title><link> https://x.example/1 </link><author>Jane Roe</author>"
            f"<pubDate>Sat, 14 Mar 2020 23:30:00 +0100</pubDate><description>{BODY}</description>"),
    )  # fmt: skip
    assert (article.title, article.byline, article.source) == ("Road & rail", "Jane Roe", "The Courier")
    assert (article.url, article.published, article.published_basis) == (
        "https://x.example/1",
        date(2020, 3, 14),
        "metadata",
    )
    assert article.text == BODY and article.ref.endswith("a.txt#https://x.example/1")


def test_the_longer_of_article_and_summary_is_taken(tmp_path: Path) -> None:
    space = "xmlns:content='http://purl.org/rss/1.0/modules/content/'"
    item = f"<title>T</title><description>{BODY} {BODY}</description><content:encoded {space}>Short.</content:encoded>"
    assert only(tmp_path, rss(item)).text == f"{BODY} {BODY}"


@pytest.mark.parametrize(
    "description",
    [
        f"<![CDATA[<p>{BODY}</p><p>Second.</p>]]>",
        f"&lt;p&gt;{BODY}&lt;/p&gt;&lt;p&gt;Second.&lt;/p&gt;",
        f"<![CDATA[{BODY}<br/><br/>Second.<img src='x'/>]]>",
        f"<![CDATA[<div><script>var a;</script>{BODY}</div><blockquote>Second.</blockquote>]]>",
    ],
)
def test_markup_in_descriptions(tmp_path: Path, description: str) -> None:
    assert only(tmp_path, rss(f"<title>T</title><description>{description}</description>")).text == f"{BODY}\n\nSecond."


def test_entries_without_text_and_with_the_same_id(tmp_path: Path) -> None:
    items = f"<guid>1</guid><description>{BODY}</description></item><item><guid>1</guid>"
    items += f"<description>{BODY} Again.</description>"
    found = read(tmp_path, rss(items + "</item><item><title>Only a title</title>"))
    assert [sourced.article is not None for sourced in found] == [True, True, False]
    assert len({sourced.ref for sourced in found}) == 3 and found[2].problems[0].code == "text-empty"


ACCENTED = rss(f"<description>{BODY} café</description>")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (f"<?xml version='1.0' encoding='utf-8'?>{ACCENTED}".encode("latin-1"),
         "encoding-guessed"),
        (rss(f"<description>{BODY} caf&eacute;</description>"), "xml-repaired"),
        (rss(f"<description>{BODY} \x01caf\xe9</description>"), "xml-repaired"),
        (rss(f"<description>{BODY} caf\xe9</description>")[:-30], "xml-repaired"),
        (f"<?xml version='1.0' encoding='nonsense'?>{ACCENTED}", ""),
    ],
)  # fmt: skip
def test_faults_are_mended_and_noted(tmp_path: Path, data: bytes | str, code: str) -> None:
    (sourced,) = read(tmp_path, data)
    assert sourced.article is not None and "caf\xe9" in sourced.article.text
    assert [p.code for p in sourced.problems if p.code != "date-from-file-time"] == ([code] if code else [])


def test_other_encodings(tmp_path: Path) -> None:
    text = rss(f"<description>{BODY} café</description>")
    for encoding in ("utf-16", "iso-8859-1", "windows-1252", "utf-8-sig"):
        name = "utf-8" if encoding == "utf-8-sig" else encoding
        data = f"<?xml version='1.0' encoding='{name}'?>{text}".encode(encoding)
        assert "café" in only(tmp_path, data).text


def test_rss_of_1999(tmp_path: Path) -> None:
    data = "<?xml version='1.0'?><!DOCTYPE rss SYSTEM 'http://my.example/rss-0.91.dtd'>"
    data += rss(f"<description>{BODY}</description>")
    assert only(tmp_path, data).text == BODY


def test_a_feed_inside_its_date(tmp_path: Path) -> None:
    feed = parse_feed(
        b"<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><entry><id>1</id>"
        b"<title type='html'>A &amp;amp; B</title>"
        b"<link rel='alternate' href='https://x.example/1'/><updated>2020-03-15T00:00:00Z</updated>"
        b"<published>2020-03-14T00:00:00Z</published>"
        b"<content type='html'>&lt;p&gt;One.&lt;/p&gt;</content></entry></feed>"
    )
    (item,) = feed.items
    assert (item.title, item.link, item.published, item.text, item.whole) == (
        "A & B",
        "https://x.example/1",
        "2020-03-14T00:00:00Z",
        "One.",
        True,
    )


def test_lists_of_feeds(tmp_path: Path) -> None:
    data = (
        b"<opml version='1.0'><body><outline text='News'><outline type='rss' xmlUrl='https://a.example/rss'/></outline>"
        b"<outline xmlurl='https://b.example/atom'/><outline text='none'/>"
        b"<outline xmlUrl='https://a.example/rss'/></body></opml>"
    )
    assert parse_opml(data) == ("https://a.example/rss", "https://b.example/atom")
    (sourced,) = read(tmp_path, data)
    assert sourced.article is None and "2 feeds" in sourced.problems[0].message
    assert "dateline follow" in sourced.problems[0].message and sourced.kind == "opml"


def test_xml_of_another_kind(tmp_path: Path) -> None:
    (sourced,) = read(tmp_path, "<?xml version='1.0'?><inventory><item>1</item></inventory>")
    assert sourced.problems[0].code == "xml-unknown" and "<inventory>" in sourced.problems[0].message
