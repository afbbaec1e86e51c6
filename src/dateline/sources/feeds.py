"""Feeds as articles: RSS 0.9 to 2.0, RDF (RSS 1.0) and Atom; and OPML, which lists feeds and holds none.

A feed gives either the whole article (content:encoded, Atom's content) or a summary; the longer of the two is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dateline.records.problem import Problem
from dateline.sources.markup import looks_like_markup, text_of_markup
from dateline.sources.sourced import Draft, Sourced, Where, draft_of, failure
from dateline.sources.xmltree import (
    XmlFault,
    children,
    first_words,
    name_of,
    paragraphs_of,
    parse_xml,
    words_of,
)

# The order of trust: when it was first out, then when it was changed.
_DATES = ("pubdate", "published", "issued", "date", "created", "updated", "modified")
_WHOLE_TEXT = ("encoded", "content", "body", "fulltext")
_SUMMARY = ("description", "summary", "abstract")
_MOST_FEEDS = 5_000


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry of a feed.

    Attributes:
        id: the feed's own id, else the link, else the title.
        text: the article or its summary as plain paragraphs, "" for neither; `whole` where the feed gave more than
            a summary.
        published: the date as written.
    """

    id: str
    title: str | None
    byline: str | None
    link: str | None
    published: str | None
    text: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its title, its entries in order, and what had to be mended to read it."""

    title: str | None
    items: tuple[FeedItem, ...]
    problems: tuple[Problem, ...] = ()


def read_feed(data: bytes, where: Where) -> Iterator[Draft | Sourced]:
    """The articles of a feed file; an entry without any text is a failure of its own."""
    try:
        feed = parse_feed(data)
    except XmlFault as error:
        yield failure(where.ref, "xml-broken", f"the feed cannot be read: {error}")
        return
    problems = feed.problems
    seen: set[str] = set()
    for number, item in enumerate(feed.items, start=1):
        id = item.id if item.id and item.id not in seen else f"{number}"
        seen.add(id)
        if not item.text:
            yield failure(
                f"{where.ref}#{id}", "text-empty", "the entry has a link but no text: follow the feed instead"
            )
            continue
        yield draft_of(
            where,
            item.text,
            id=id,
            title=item.title,
            byline=item.byline,
            source=feed.title,
            url=item.link,
            date_field=item.published,
            problems=problems,
        )
        problems = ()
    if not feed.items:
        yield failure(where.ref, "no-articles", "the feed has no entries")
    elif problems:
        yield Sourced(None, where.ref, problems)


def parse_feed(data: bytes) -> Feed:
    """The entries of an RSS, RDF or Atom feed.

    Raises:
        XmlFault: it is no feed, or no XML that is safe to read.
    """
    document = parse_xml(data)
    root = document.root
    kind = name_of(root)
    if kind == "feed":
        entries = list(children(root, "entry"))
        return Feed(first_words(root, "title"), tuple(_atom_item(entry) for entry in entries), document.problems)
    if kind not in ("rss", "rdf", "channel"):
        raise XmlFault(f"its root element is <{kind}>, not that of a feed")
    channel = root if kind == "channel" else next(children(root, "channel"), root)
    # In RDF the items stand beside the channel, in RSS inside it.
    items = [*children(channel, "item"), *(children(root, "item") if channel is not root else ())]
    return Feed(first_words(channel, "title"), tuple(_rss_item(item) for item in items), document.problems)


def parse_opml(data: bytes) -> tuple[str, ...]:
    """The addresses of the feeds in an OPML list, each once, in order.

    Raises:
        XmlFault: it is no OPML.
    """
    root = parse_xml(data).root
    if name_of(root) != "opml":
        raise XmlFault(f"its root element is <{name_of(root)}>, not that of a list of feeds (OPML)")
    found: dict[str, None] = {}
    for outline in root.iter("{*}outline"):
        attributes = {key.lower(): value.strip() for key, value in outline.attrib.items()}
        if address := attributes.get("xmlurl"):
            found.setdefault(address)
    return tuple(found)[:_MOST_FEEDS]


def read_opml(data: bytes, where: Where) -> Iterator[Draft | Sourced]:
    """What there is to say of an OPML file: it lists feeds, and how many."""
    try:
        feeds = parse_opml(data)
    except XmlFault as error:
        yield failure(where.ref, "xml-broken", f"the list of feeds cannot be read: {error}")
        return
    count = f"{len(feeds)} feed" + ("" if len(feeds) == 1 else "s")
    message = f"this is a list of {count}, not of articles: read them with `dateline follow {where.path or 'FILE'}`"
    yield failure(where.ref, "list-of-feeds", message)


def _rss_item(item: Any) -> FeedItem:
    title = _plain(first_words(item, "title"))
    link = first_words(item, "link") or _permalink(item)
    text, whole = _text(item)
    return FeedItem(
        id=first_words(item, "guid", "identifier") or _about(item) or link or title or "",
        title=title,
        byline=first_words(item, "creator", "author"),
        link=link,
        published=first_words(item, *_DATES),
        text=text,
        whole=whole,
    )


def _atom_item(entry: Any) -> FeedItem:
    links = [(link.get("rel", "alternate"), link.get("href", "").strip()) for link in children(entry, "link")]
    link = next((href for rel, href in links if rel == "alternate" and href), None)
    title = _plain(first_words(entry, "title"))
    names = [first_words(author, "name") or words_of(author) for author in children(entry, "author")]
    text, whole = _text(entry)
    return FeedItem(
        id=first_words(entry, "id") or link or title or "",
        title=title,
        byline=", ".join(name for name in names if name) or None,
        link=link,
        published=first_words(entry, *_DATES),
        text=text,
        whole=whole,
    )


def _text(item: Any) -> tuple[str, bool]:
    """The longer of article and summary, as paragraphs, and whether it is the article."""
    whole = max((_content(child) for child in children(item, *_WHOLE_TEXT)), key=len, default="")
    summary = max((_content(child) for child in children(item, *_SUMMARY)), key=len, default="")
    return (whole, True) if whole and len(whole) >= len(summary) else (summary, False)


def _content(element: Any) -> str:
    """The words of an element that holds escaped HTML, XHTML elements or plain text."""
    kind = (element.get("type") or "").lower()
    if len(element):
        return "\n\n".join(paragraphs_of(element))
    text = (element.text or "").strip()
    # RSS does not say whether a description is HTML; one tag or entity is enough to take it for such.
    if kind in ("html", "text/html") or ("<" in text and text.rstrip().endswith(">")) or looks_like_markup(text):
        return text_of_markup(text)
    return _plain(text) or ""


def _plain(text: str | None) -> str | None:
    """Text in which HTML's entities were escaped once too often ("Smith &amp;amp; Sons")."""
    if text is None or "&" not in text:
        return text
    import html

    return html.unescape(text)


def _permalink(item: Any) -> str | None:
    for guid in children(item, "guid"):
        words = words_of(guid)
        if words and words.startswith(("http://", "https://")) and guid.get("isPermaLink", "true") != "false":
            return words
    return None


def _about(item: Any) -> str | None:
    return next((value for key, value in item.attrib.items() if key.endswith("}about")), None)
