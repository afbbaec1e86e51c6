"""Fields of tables and JSON records that hold HTML instead of text: the words in them, paragraph by paragraph."""

from __future__ import annotations

import re

_TAG = re.compile(
    r"</(?:p|div|h[1-6]|li|blockquote|span|figure|strong|em|a)>|<(?:br|p|div)\b[^>]{0,200}>", re.IGNORECASE
)
_LEFT_OUT = ("script", "style", "figure", "aside", "nav", "form", "iframe", "noscript", "template")
_BLOCKS = (
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "blockquote",
    "br",
    "tr",
    "table",
    "section",
)
_BREAK = "\u2029"


def looks_like_markup(text: str) -> bool:
    """Whether a text is marked up with HTML, judged by its tags; a lone "<" or one tag is still text."""
    head = text[:5000]
    return "<" in head and len(_TAG.findall(head)) >= 2


def text_of_markup(markup: str) -> str:
    """The words of a piece of HTML, paragraphs set apart by blank lines; the markup itself where nothing is left."""
    from lxml import etree, html  # only needed here

    try:
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True)
        tree = html.document_fromstring(f"<div>{markup}</div>".encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return markup
    parts: list[str] = []
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if element.tag in _BLOCKS:
            parts.append(_BREAK)
        if event == "end":
            parts.append(element.tail or "")
        elif element.tag in _LEFT_OUT:
            walk.skip_subtree()
        else:
            parts.append(element.text or "")
    paragraphs = (" ".join(part.split()) for part in "".join(parts).split(_BREAK))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) or markup
