"""The news industry's own XML: NITF, NewsML-G2 (with NITF or XHTML inside) and Reuters' newsitem of the RCV1 corpus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dateline.records.problem import Problem
from dateline.sources.sourced import Draft, Sourced, Where, draft_of, failure
from dateline.sources.xmltree import (
    XmlFault,
    children,
    first,
    first_words,
    name_of,
    paragraphs_of,
    parse_xml,
    words_of,
)

_BY = re.compile(r"by:?\s+(?=\S)", re.IGNORECASE)
_BODIES = ("body.content", "body")
_NORM_DATES = ("date.issue", "date.release", "story.date")


def read_nitf(data: bytes, where: Where) -> Iterator[Draft | Sourced]:
    """The one article of an NITF document."""
    yield from _read(data, where, "nitf")


def read_newsml(data: bytes, where: Where) -> Iterator[Draft | Sourced]:
    """The text items of a NewsML-G2 message; pictures, graphics and packages have no text and are passed over."""
    yield from _read(data, where, "newsml")


def read_newsitem(data: bytes, where: Where) -> Iterator[Draft | Sourced]:
    """The article of a Reuters newsitem (RCV1)."""
    yield from _read(data, where, "newsitem")


def _read(data: bytes, where: Where, kind: str) -> Iterator[Draft | Sourced]:
    try:
        document = parse_xml(data)
    except XmlFault as error:
        yield failure(where.ref, "xml-broken", f"the file cannot be read: {error}")
        return
    root = document.root
    if kind == "nitf":
        found = first(root, "nitf") if name_of(root) != "nitf" else root
        if found is None:
            yield failure(where.ref, "xml-broken", "the <nitf> element is damaged: fetch or save the file again")
        else:
            yield _nitf(found, where, document.problems)
    elif kind == "newsitem":
        items = [root] if name_of(root) == "newsitem" else list(root.iter("{*}newsitem"))
        yield from (_newsitem(item, where, document.problems) for item in items)
    else:
        yield from _newsml(root, where, document.problems)


def _nitf(root: Any, where: Where, problems: tuple[Problem, ...]) -> Draft | Sourced:
    body = first(root, "body.content")
    text = "\n\n".join(_story(body)) if body is not None else ""
    if not text:
        return failure(where.ref, "no-article-text", "the NITF document has no text in <body.content>")
    identity = first(root, "doc-id")
    id = identity.get("id-string") if identity is not None else None
    return draft_of(
        where,
        text,
        id=id or 1,
        title=words_of(first(root, "hl1", "hedline", "title")),
        byline=_byline(words_of(first(root, "byline"))),
        source=_nitf_source(root),
        url=_attribute(root, "pubdata", "ex-ref"),
        date_field=_nitf_date(root),
        problems=problems,
    )


def _nitf_date(root: Any) -> str | None:
    for name in _NORM_DATES:
        if value := _attribute(root, name, "norm"):
            return value
    if value := _attribute(root, "pubdata", "date.publication"):
        return value
    metas = {meta.get("name", ""): meta.get("content", "") for meta in root.iter("{*}meta")}
    parts = [metas.get(f"publication_{part}", "") for part in ("year", "month", "day_of_month")]
    if all(part.isdigit() for part in parts):
        return "-".join(part.zfill(2) for part in parts)
    return words_of(first(root, "story.date"))


def _nitf_source(root: Any) -> str | None:
    return (
        _attribute(root, "pubdata", "name")
        or words_of(first(root, "distributor"))
        or _attribute(root, "doc.copyright", "holder")
        or _attribute(root, "pubdata", "type.name")
    )


def _story(body: Any) -> list[str]:
    """The paragraphs of a body; of several blocks that repeat each other, the one that holds the whole text."""
    blocks = {block.get("class", ""): block for block in children(body, "block")}
    return paragraphs_of(blocks.get("full_text", body))


def _newsml(root: Any, where: Where, problems: tuple[Problem, ...]) -> Iterator[Draft | Sourced]:
    items = (
        [root]
        if name_of(root) == "newsitem"
        else [found for found in root.iter("{*}*") if name_of(found) == "newsitem"]
    )
    for number, item in enumerate(items, start=1):
        id = item.get("guid") or str(number)
        meta, about = first(item, "contentmeta"), first(item, "itemmeta")
        title = _in(meta, "headline") or _in(about, "title")
        content = _inline(item)
        if title and len(content) > 1 and content[0].casefold() == title.casefold():
            del content[0]  # XHTML bodies often repeat the headline as <h1>
        text = "\n\n".join(content)
        if not text:
            yield failure(
                f"{where.ref}#{id}", "no-article-text", "the item has no text inside (a picture or a package)"
            )
            continue
        yield draft_of(
            where,
            text,
            id=id,
            title=title,
            byline=_byline(_in(meta, "by")),
            source=_provider(item),
            date_field=_in(about, "firstcreated") or _in(meta, "contentcreated") or _in(about, "versioncreated"),
            problems=problems,
        )
        problems = ()
    if not items:
        yield failure(where.ref, "no-articles", "the NewsML-G2 message has no news items")


def _inline(item: Any) -> list[str]:
    """The paragraphs of an item's text, whichever way it is wrapped."""
    contents = first(item, "contentset")
    if contents is None:
        return []
    for inline in children(contents, "inlinexml"):
        body = first(inline, *_BODIES)
        body = inline if body is None else body
        if paragraphs := _story(body):
            return paragraphs
    for inline in children(contents, "inlinedata"):
        kind = (inline.get("contenttype") or "text/plain").lower()
        text = "".join(inline.itertext()).strip()
        if kind.startswith("text/html"):
            from dateline.sources.markup import text_of_markup

            return text_of_markup(text).split("\n\n")
        if kind.startswith("text/"):
            return [text]
    return []


def _provider(item: Any) -> str | None:
    for name in ("creditline", "infosource", "provider", "copyrightholder"):
        found = first(item, name)
        if found is not None and (words := words_of(found) or found.get("literal") or found.get("qcode")):
            return words.split(":")[-1]
    return None


def _newsitem(item: Any, where: Where, problems: tuple[Problem, ...]) -> Draft | Sourced:
    body = next(children(item, "text"), None)
    text = "\n\n".join(paragraphs_of(body)) if body is not None else ""
    id = item.get("itemid") or "1"
    if not text:
        return failure(f"{where.ref}#{id}", "no-article-text", "the newsitem has no <text>")
    return draft_of(
        where,
        text,
        id=id,
        title=first_words(item, "headline") or first_words(item, "title"),
        byline=_byline(first_words(item, "byline")),
        source=_attribute(item, "dc", "value", {"element": "dc.publisher"}) or "Reuters",
        date_field=item.get("date"),
        problems=problems,
    )


def _byline(words: str | None) -> str | None:
    return _BY.sub("", words, count=1) if words and _BY.match(words) else words


def _in(element: Any | None, name: str) -> str | None:
    return None if element is None else words_of(first(element, name))


def _attribute(root: Any, name: str, attribute: str, having: dict[str, str] | None = None) -> str | None:
    """The first filled attribute of the elements with a name."""
    for element in root.iter("{*}*"):
        if name_of(element) == name and all(element.get(key) == value for key, value in (having or {}).items()):
            value: str | None = element.get(attribute)
            if value and value.strip():
                return value.strip()
    return None
