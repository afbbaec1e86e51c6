"""HTML pages: the body without what surrounds it, date and title from JSON-LD and meta tags."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from dateline.records.text import Article
from dateline.sources.files import read_sources

P1 = "The two ministers met in Oslo on Friday and agreed to reopen the road across the border, officials said."
P2 = "“It is the only road we have,” said the mayor of the nearest town, who had asked for this for several years."
P3 = "The road was closed last winter after a landslide that killed three people and cut off two villages."


def page(head: str = "", top: str = "", body: str | None = None) -> str:
    inner = body or f"<article><h1>Road to reopen</h1>{top}<p>{P1}</p><p>{P2}</p><p>{P3}</p></article>"
    return (
        f"<!doctype html><html><head><title>Road to reopen | Herald</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a><a href='/w'>World</a></nav>{inner}<footer>© 2020 Herald</footer></body></html>"
    )


def read(tmp_path: Path, markup: str, encoding: str = "utf-8") -> Article:
    file = tmp_path / "page.html"
    file.write_bytes(markup.encode(encoding))
    (sourced,) = read_sources([str(file)])
    assert sourced.article is not None, sourced.problems
    return sourced.article


def ld(**fields: object) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f"<script type='application/ld+json'>{json.dumps(data)}</script>"


def test_body_alone(tmp_path: Path) -> None:
    article = read(tmp_path, page("<script>var a = 'track';</script><style>p {}</style>"))
    assert article.text == f"{P1}\n\n{P2}\n\n{P3}"
    assert article.title == "Road to reopen"


def test_json_ld_with_zone_author_and_publisher(tmp_path: Path) -> None:
    head = ld(
        headline="Road to reopen",
        datePublished="2020-03-14T00:25:00+01:00",
        author=[{"@type": "Person", "name": "Jane Roe"}, {"name": "Sam Poe"}],
        publisher={"name": "The Herald"},
        url="https://example.org/road",
    )
    article = read(tmp_path, page(head))
    assert (article.published, article.published_basis) == (date(2020, 3, 14), "metadata")
    assert (article.title, article.byline, article.source) == ("Road to reopen", "Jane Roe, Sam Poe", "The Herald")
    assert article.url == "https://example.org/road"


def test_json_ld_in_a_graph_and_broken_json_ld(tmp_path: Path) -> None:
    graph = {"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"], "datePublished": "2020-03-14"}]}
    script = "<script type='application/ld+json'>"
    head = f"{script}{{broken</script>{script}{json.dumps(graph)}</script>"
    assert read(tmp_path, page(head)).published == date(2020, 3, 14)


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2020-03-14T10:00:00Z">',
        '<meta name="date" content="2020-03-14">',
        '<meta name="pubdate" content="20200314">',
        '<meta itemprop="datePublished" content="2020-03-14">',
        '<link rel="canonical" href="https://example.org/2020/03/14/road">',
    ],
)
def test_dates_of_pages(tmp_path: Path, head: str) -> None:
    assert read(tmp_path, page(head)).published == date(2020, 3, 14)


def test_time_elements(tmp_path: Path) -> None:
    article = read(tmp_path, page(top='<time datetime="2020-03-14T08:00">14 March</time>'))
    assert article.published == date(2020, 3, 14)


def test_a_dateline_in_a_page(tmp_path: Path) -> None:
    head = '<meta property="article:published_time" content="2020-03-14T10:00:00Z">'
    body = f"<article><h1>Road to reopen</h1><p>OSLO, March 13 (Northwire) - {P1}</p><p>{P2}</p><p>{P3}</p></article>"
    article = read(tmp_path, page(head, body=body))
    assert (article.published, article.published_basis) == (date(2020, 3, 13), "dateline")


def test_old_encodings(tmp_path: Path) -> None:
    article = read(tmp_path, page('<meta charset="windows-1252"><meta name="date" content="2020-03-14">'), "cp1252")
    assert "“It is the only road" in article.text


@pytest.mark.parametrize(
    "markup", ["<html>", "<html><body><p>Hi</body>", "<!doctype html>\x00<html></html>", "<html" + "<div>" * 5000]
)
def test_pages_without_article(tmp_path: Path, markup: str) -> None:
    file = tmp_path / "page.html"
    file.write_text(markup)
    for sourced in read_sources([str(file)]):
        assert sourced.article is not None or sourced.problems


def test_the_text_of_json_ld_where_the_page_shows_less(tmp_path: Path) -> None:
    """A page behind a paywall, or filled by script, often carries its article in JSON-LD."""
    whole = f"{P1}\n{P2}\n\n{P3}"
    head = ld(headline="Road to reopen", datePublished="2020-03-14", articleBody=whole)
    teaser = f"<article><h1>Road to reopen</h1><p>{P1}</p><p>Subscribe to read on.</p></article>"
    assert read(tmp_path, page(head, body=teaser)).text == f"{P1}\n\n{P2}\n\n{P3}"
    assert read(tmp_path, page(head, body="<div id='app'></div>")).text == f"{P1}\n\n{P2}\n\n{P3}"
    # A page that shows the article is taken at its word.
    assert read(tmp_path, page(ld(datePublished="2020-03-14", articleBody=P1))).text == f"{P1}\n\n{P2}\n\n{P3}"


def test_marked_up_text_of_json_ld(tmp_path: Path) -> None:
    head = ld(datePublished="2020-03-14", articleBody=f"<p>{P1}</p><p>{P2}</p>")
    assert read(tmp_path, page(head, body="<div></div>")).text == f"{P1}\n\n{P2}"


def test_paragraphs_that_say_the_same_are_all_kept(tmp_path: Path) -> None:
    body = f"<article><h1>T</h1><p>{P1}</p><p>{P2}</p><p>{P1}</p><p>{P3}</p><p>{P1}</p></article><div><p>{P1}</p></div>"
    head = '<meta name="date" content="2020-03-14">'
    assert read(tmp_path, page(head, body=body)).text == "\n\n".join([P1, P2, P1, P3, P1])
