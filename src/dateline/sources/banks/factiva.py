"""Factiva: the HTML and RTF exports, with the two-letter codes of "full article plus indexing" or without them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from dateline.sources.banks.fields import body_of, clean, date_line
from dateline.sources.sourced import Draft, Sourced, Where, draft_of, failure

_CODES = frozenset(
    """SE HD CR BY WC PD ET SN SC NGC GC ED PG VOL LA CY CX LP TD ART RF CO IN NS RE IPC IPD PUB AN CT CLM DOI
    SSN""".split()  # noqa: SIM905
)
_CODE_LINE = re.compile(r"(?P<code>[A-Z]{2,3})(?:\t+|\s{2,}|\s*$)(?P<value>.*)")
_DOCUMENT = re.compile(r"Document (?P<id>[A-Za-z]{2,10}[A-Za-z0-9]{12,24})")
_WORDS = re.compile(r"[0-9][0-9,.]* words", re.IGNORECASE)
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}(?: ?[AaPp][Mm])?(?: ?[A-Z]{3,4})?")
_COPYRIGHT = re.compile(r"(?:\(c\)|©|copyright)", re.IGNORECASE)
_BY = re.compile(r"by:?\s+(?=\S)", re.IGNORECASE)
_HTML_MARK = re.compile(
    r"""class=["']?(?:[^"'>]{0,80}\s)?(?:[a-z]{2,4}article|articleParagraph)\b|>\s{0,20}(?:&nbsp;)?\s{0,20}<b>\s{0,9}HD\s{0,9}</b>""",
    re.IGNORECASE,
)
_ARTICLES = "//div[contains(concat(' ', normalize-space(@class), ' '), ' article ')]"
# In the layout without codes, the lines between the count of words and the text, at most.
_MOST_TOP_LINES = 14


def is_factiva_page(markup: str) -> bool:
    """Whether the beginning of a page is that of a Factiva export."""
    return ("factiva" in markup.lower() and bool(_HTML_MARK.search(markup))) or "enarticleParagraph" in markup


def is_factiva(lines: Sequence[str]) -> bool:
    """Whether the lines at the beginning of a document are those of a Factiva export."""
    found = clean(lines)
    codes = {code["code"] for line in found if (code := _CODE_LINE.match(line))}
    if len(codes & {"HD", "PD", "SN", "LP", "TD", "WC", "AN"}) >= 4:
        return True
    return any(_DOCUMENT.fullmatch(line) for line in found) and any(_WORDS.fullmatch(line) for line in found)


def factiva_page_articles(markup: str, where: Where) -> Iterator[Draft | Sourced]:
    """The articles of an HTML export."""
    from lxml import etree
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=False)
    try:
        tree = lxml_html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        yield failure(where.ref, "html-broken", f"the Factiva page cannot be read ({error}): export it again")
        return
    found = [element for element in tree.xpath(_ARTICLES) if not _inside_another(element)]
    for number, element in enumerate(found, start=1):
        fields = _coded(element)
        if "HD" in fields or "LP" in fields or "TD" in fields:
            yield _from_codes(fields, where, number)
        else:
            yield _titled(_from_lines(_blocks(element), where, number, bodied=_paragraphs(element)), element)
    if not found:
        yield failure(where.ref, "no-articles", "the Factiva page holds no article: export it as 'Article Format'")


def factiva_articles(lines: Iterable[str], where: Where) -> Iterator[Draft | Sourced]:
    """The articles of an RTF or text export."""
    number = 0
    for chunk in _chunks(lines):
        fields = _fields(chunk)
        if len(fields.keys() & {"HD", "PD", "SN", "LP", "TD"}) >= 3:
            number += 1
            yield _from_codes(fields, where, number)
        elif any(_WORDS.fullmatch(line) for line in chunk):
            number += 1
            yield _from_lines(chunk, where, number)
    if number == 0:
        yield failure(where.ref, "no-articles", "the Factiva file holds no article: export it with full articles")


def _chunks(lines: Iterable[str]) -> Iterator[list[str]]:
    """The lines of each article: up to its document number, or to the headline of the next."""
    chunk: list[str] = []
    numbered = False
    for raw in lines:
        line = raw.strip(" \t\r\n\u00a0")
        if not line:
            continue
        code = _code(line)
        if numbered and code is not None and code[0] in ("HD", "SE"):
            yield chunk
            chunk, numbered = [], False
        chunk.append(line)
        numbered = numbered or (code is not None and code[0] == "AN")
        if _DOCUMENT.fullmatch(code[1] if code else line):
            yield chunk
            chunk, numbered = [], False
    if chunk:
        yield chunk


def _code(line: str) -> tuple[str, str] | None:
    found = _CODE_LINE.fullmatch(line)
    return (found["code"], found["value"].strip()) if found and found["code"] in _CODES else None


def _fields(lines: list[str]) -> dict[str, list[str]]:
    """Codes with the paragraphs below each; of a code that stands twice, the first counts."""
    fields: dict[str, list[str]] = {}
    current: list[str] = []
    for line in lines:
        if code := _code(line):
            current = []
            fields.setdefault(code[0], current)
            line = code[1]
        if line:
            current.append(line)
    return fields


def _from_codes(fields: dict[str, list[str]], where: Where, number: int) -> Draft | Sourced:
    def joined(code: str) -> str | None:
        return " ".join(fields.get(code, ())) or None

    document = _DOCUMENT.search(joined("AN") or "")
    id = document["id"] if document else number
    body = [*fields.get("LP", ()), *fields.get("TD", ())]
    if not body:
        return failure(f"{where.ref}#{id}", "no-article-text", "the Factiva document has neither LP nor TD, so no text")
    byline = joined("BY")
    return draft_of(
        where,
        body_of(body),
        id=id,
        title=joined("HD"),
        byline=_BY.sub("", byline, count=1) if byline else None,
        source=joined("SN"),
        date_field=joined("PD"),
        date_basis="header",
    )


def _from_lines(lines: list[str], where: Where, number: int, bodied: list[str] | None = None) -> Draft | Sourced:
    """The layout without codes: title, author, words, date, time, source, code, language, copyright, paragraphs."""
    document = next((found for line in reversed(lines) if (found := _DOCUMENT.fullmatch(line))), None)
    id = document["id"] if document else number
    counted = next((index for index, line in enumerate(lines) if _WORDS.fullmatch(line)), None)
    if counted is None:
        return failure(
            f"{where.ref}#{id}", "no-article-text", "the Factiva document has no line with its words ('548 words')"
        )
    top = lines[counted + 1 : counted + 1 + _MOST_TOP_LINES]
    dated = next((index for index, line in enumerate(top) if date_line(line)), None)
    below = [line for line in top[(dated or 0) + 1 :] if not _CLOCK.fullmatch(line)]
    if bodied is None:
        ended = next((index for index, line in enumerate(top) if _COPYRIGHT.match(line)), None)
        if ended is None:
            ended = next((index for index, line in enumerate(top) if line == "English"), len(top) - 1)
        bodied = [line for line in lines[counted + 2 + ended :] if not _DOCUMENT.fullmatch(line)]
    if not bodied:
        return failure(f"{where.ref}#{id}", "no-article-text", "the Factiva document has no paragraphs of text")
    above = lines[:counted]
    return draft_of(
        where,
        body_of(bodied),
        id=id,
        title=above[0] if above else None,
        byline=_BY.sub("", above[1], count=1) if len(above) > 1 else None,
        source=below[0] if below else None,
        date_field=date_line(top[dated]) if dated is not None else None,
        date_basis="header",
    )


def _titled(found: Draft | Sourced, element: Any) -> Draft | Sourced:
    """A draft with the title and author that the page marks as such; a line of its section may stand above them."""
    if isinstance(found, Sourced):
        return found
    title = next((_words(part) for part in element.iter("span", "div", "b") if _is(part, "headline")), None)
    author = next((_words(part) for part in element.iter("div") if _is(part, "author")), None)
    byline = _BY.sub("", author, count=1) if author else None
    return replace(found, title=title or found.title, byline=byline)


def _is(element: Any, ending: str) -> bool:
    return any(name.lower().endswith(ending) for name in (element.get("class") or "").split())


def _words(element: Any) -> str | None:
    return " ".join("".join(element.itertext()).split()) or None


def _inside_another(element: Any) -> bool:
    return any(" article " in f" {parent.get('class') or ''} " for parent in element.iterancestors("div"))


def _coded(element: Any) -> dict[str, list[str]]:
    """Codes with their paragraphs, from the table rows of an article."""
    fields: dict[str, list[str]] = {}
    for row in element.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if len(cells) < 2:
            continue
        code = " ".join("".join(cells[0].itertext()).split())
        if code in _CODES:
            paragraphs = _paragraphs(cells[1]) or _blocks(cells[1])
            fields.setdefault(code, paragraphs)
    return fields


def _paragraphs(element: Any) -> list[str]:
    found = [
        " ".join("".join(part.itertext()).split())
        for part in element.iter("p")
        if "articleParagraph" in (part.get("class") or "")
    ]
    return [words for words in found if words and not _DOCUMENT.fullmatch(words)]


def _blocks(element: Any) -> list[str]:
    from dateline.sources.xmltree import paragraphs_of

    return paragraphs_of(element)
