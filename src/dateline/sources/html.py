"""HTML pages as articles: the body through trafilatura, title, date and author from JSON-LD and meta tags.

The text that trafilatura gives is the text that is stored, and what offsets point into.
"""

from __future__ import annotations

import html
import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dateline.sources.markup import looks_like_markup, text_of_markup

# A page that shows less than this of the text in its JSON-LD does not show the article.
_MOST_OF = 0.8

_DATE_METAS = tuple(
    """article:published_time og:article:published_time datepublished date.published parsely-pub-date sailthru.date
    article.published publish-date publishdate published_time pubdate publication_date dc.date.issued dcterms.created
    dcterms.date dc.date dc.date.created date article:published cxenseparse:recs:publishtime rnews:datepublished
    citation_date originalpublicationdate""".split()  # noqa: SIM905
)
_TITLE_METAS = ("og:title", "twitter:title", "dc.title", "title")
_SOURCE_METAS = ("og:site_name", "application-name", "publisher", "dc.publisher")
_AUTHOR_METAS = ("author", "article:author", "byl", "parsely-author", "dc.creator", "sailthru.author")
_URL_METAS = ("og:url", "twitter:url")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds; `text` is None where no article body was found."""

    text: str | None
    title: str | None
    byline: str | None
    source: str | None
    url: str | None
    published: str | None


def read_page(markup: str) -> Page:
    """The article of an HTML page, with its metadata as the page has them."""
    import trafilatura  # slow to load, and only pages need it
    from lxml import etree
    from lxml import html as lxml_html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    # lxml refuses text that declares an encoding, so bytes are given with theirs.
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, recover=True)
    try:
        tree = lxml_html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Page(None, None, None, None, None, None)
    linked = next(_linked_articles(tree), {})
    metas = _metas(tree)
    heading = tree.find(".//h1")
    page_title = tree.findtext(".//title")
    canonical = tree.xpath("string(//link[@rel='canonical']/@href)")
    times = tree.xpath("//time[@datetime]/@datetime")
    printed = [(_joined(element), element.getparent()) for element in tree.iter("p")]
    try:
        text = trafilatura.extract(
            tree,
            include_comments=False,
            include_tables=True,
            include_images=False,
            include_links=False,
            favor_precision=False,
        )
    except (RecursionError, ValueError, AttributeError, TypeError, KeyError, IndexError):
        text = None  # trafilatura fails on some trees that no editor wrote; JSON-LD may still hold the article
    title = _words(linked.get("headline")) or _first(metas, _TITLE_METAS) or _joined(heading) or _words(page_title)
    return Page(
        text=_fuller(_body(text, title, printed), _linked_body(linked)),
        title=title,
        byline=_people(linked.get("author")) or _first(metas, _AUTHOR_METAS),
        source=_people(linked.get("publisher")) or _first(metas, _SOURCE_METAS),
        url=_words(canonical) or _first(metas, _URL_METAS) or _words(linked.get("url")),
        published=_words(linked.get("datePublished"))
        or _first(metas, _DATE_METAS)
        or (_words(times[0]) if times else None),
    )


def _linked_body(linked: Mapping[str, Any]) -> str | None:
    """The text that JSON-LD carries (articleBody), its markup taken off."""
    body = linked.get("articleBody")
    if not isinstance(body, str) or not body.strip():
        return None
    if looks_like_markup(body):
        return text_of_markup(body)
    paragraphs = [" ".join(line.split()) for line in html.unescape(body).splitlines() if line.strip()]
    return "\n\n".join(paragraphs)


def _fuller(shown: str | None, linked: str | None) -> str | None:
    """The text of the page, unless much of what JSON-LD carries is not in it (a paywall, a script)."""
    if linked is None or shown is None:
        return shown or linked
    if "".join(shown.split()) == "".join(linked.split()):
        # The same words: whichever has kept the paragraphs.
        return max(shown, linked, key=lambda text: text.count("\n\n"))
    return shown if len(shown) >= _MOST_OF * len(linked) else linked


def _linked_articles(tree: Any) -> Iterator[Mapping[str, Any]]:
    """Articles described by JSON-LD, those of a news type first."""
    found: list[Mapping[str, Any]] = []
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        try:
            data = json.loads(
                (script.text or "").strip().removeprefix("//<![CDATA[").removesuffix("//]]>"), strict=False
            )
        except (ValueError, RecursionError):
            continue
        found.extend(_objects(data))
    typed = [(item, _types(item)) for item in found]
    for kind in ("article", "posting", "report", "page"):
        for item, types in typed:
            if any(kind in name for name in types) and (item.get("datePublished") or item.get("headline")):
                yield item


def _objects(data: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    if depth > 6:
        return
    if isinstance(data, list):
        for item in data:
            yield from _objects(item, depth + 1)
    elif isinstance(data, Mapping):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(data.get(key), depth + 1)


def _types(item: Mapping[str, Any]) -> list[str]:
    kinds = item.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return [name.lower() for name in names if isinstance(name, str)]


def _metas(tree: Any) -> dict[str, str]:
    metas: dict[str, str] = {}
    for element in tree.xpath("//meta[@content]"):
        for attribute in ("property", "name", "itemprop"):
            name = element.get(attribute)
            if name and element.get("content", "").strip():
                metas.setdefault(name.strip().lower(), element.get("content").strip())
    return metas


def _first(metas: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((" ".join(metas[name].split()) for name in names if name in metas), None)


def _words(value: Any) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, str):
        return None
    return " ".join(value.split()) or None


def _people(value: Any) -> str | None:
    """Names of one or more persons or organisations, as JSON-LD gives them."""
    items = value if isinstance(value, list) else [value]
    names = [_words(item.get("name")) if isinstance(item, Mapping) else _words(item) for item in items]
    return ", ".join(name for name in names if name) or None


def _joined(element: Any) -> str | None:
    return None if element is None else " ".join("".join(element.itertext()).split()) or None


def _body(text: str | None, title: str | None, printed: list[tuple[str | None, Any]]) -> str | None:
    """Paragraphs set apart by blank lines, without the headline that some layouts make trafilatura repeat on top."""
    paragraphs = [line.strip() for line in (text or "").splitlines() if line.strip()]
    if title and len(paragraphs) > 1 and " ".join(paragraphs[0].split()).casefold() == title.casefold():
        del paragraphs[0]
    return "\n\n".join(_with_repeats(paragraphs, printed)) or None


def _with_repeats(paragraphs: list[str], printed: list[tuple[str | None, Any]]) -> list[str]:
    """The paragraphs with those put back that trafilatura leaves out because another says the same.

    Args:
        printed: all paragraphs of the page in order, each with the element it stands in.
    """
    kept = set(paragraphs)
    if sum(1 for words, _ in printed if words in kept) <= len(paragraphs):
        return paragraphs
    whole: list[str] = []
    at = 0
    parents: list[Any] = []
    for words, parent in printed:
        if at < len(paragraphs) and words == paragraphs[at]:
            at += 1
            parents.append(parent)
        elif words is None or words not in whole or not any(parent is known for known in parents[-1:]):
            continue
        whole.append(words)
    return whole if at == len(paragraphs) else paragraphs
