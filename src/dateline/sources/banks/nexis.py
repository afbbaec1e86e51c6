"""Nexis: the Word and RTF exports of Nexis Uni and Lexis+, and the text files of the older LexisNexis Academic.

A new export has, for each article, title, source, date, labelled lines, "Body", the text, "Load-Date:" and "End of
Document"; the first may stand behind a cover page. An old one begins each with "7 of 100 DOCUMENTS" and wraps lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from dateline.records.problem import Problem
from dateline.sources.banks.fields import body_of, clean, date_line, labelled
from dateline.sources.sourced import Draft, Sourced, Where, draft_of, failure

_END = re.compile(r"end of document", re.IGNORECASE)
_LABELS = "section|length|byline|dateline|highlight|series|distribution|anchors|guests|show|url|link"
_HEADER = re.compile(rf"(?P<label>{_LABELS}):[\s\u00a0]*(?P<value>.*)", re.IGNORECASE)
_AFTER_LABELS = (
    "load-date|language|publication-type|journal[- ]code|document-type|subject|industry|company|organization|person"
    "|geographic|ticker|graphic|acc-no|isbn|issn|pub-type|country|state|city|transcript|correction-date|update"
)
_AFTER = re.compile(rf"(?P<label>{_AFTER_LABELS}):[\s\u00a0]*(?P<value>.*)", re.IGNORECASE)
_AFTER_OLD = re.compile(rf"(?P<label>{_AFTER_LABELS.upper()}):[\s\u00a0]*(?P<value>.*)")
_HEADER_OLD = re.compile(rf"(?P<label>{_LABELS.upper()}):[\s\u00a0]*(?P<value>.*)", re.DOTALL)
_LOAD_DATE = re.compile(r"(?P<label>load-date):[\s\u00a0]*(?P<value>.*)", re.IGNORECASE)
_LENGTH = re.compile(r"length:[\s\u00a0]*[0-9,]+ words", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*(?P<n>[0-9]{1,5}) of [0-9]{1,5} DOCUMENTS\s*")
_COPYRIGHT = re.compile(r"(?:copyright|©|\(c\)) ?[0-9]{4}", re.IGNORECASE)
_COVER = re.compile(
    r"(?:user name|date and time|job number|client/matter|search terms|documents? \([0-9]+\))", re.IGNORECASE
)
_LONGEST_DATED = 120
_BYLINE = re.compile(r"by:?\s+(?=\S)", re.IGNORECASE)


def is_nexis(lines: Sequence[str]) -> bool:
    """Whether the lines at the beginning of a document are those of a new Nexis export."""
    found = [line.strip() for line in lines]
    return "Body" in found and any(
        _LENGTH.match(line) or _LOAD_DATE.match(line) or _END.fullmatch(line) for line in found
    )


def is_old_nexis(text: str) -> bool:
    """Whether a text begins as the old text files do."""
    return any(_NUMBERED.fullmatch(line) for line in text[:4000].splitlines())


def nexis_articles(lines: Iterator[str], where: Where) -> Iterator[Draft | Sourced]:
    """The articles of a new export; one without a text is a failure of its own."""
    chunk: list[str] = []
    number = 0
    for line in lines:
        if _END.fullmatch(line.strip(" \t\u00a0")):
            number += 1
            yield _article(clean(chunk), where, number)
            chunk = []
        else:
            chunk.append(line)
    rest = clean(chunk)
    if "Body" in rest:
        number += 1
        yield _article(rest, where, number)
    if number == 0:
        yield failure(
            where.ref, "no-articles", "the Nexis file holds no article: each should end with 'End of Document'"
        )


def _article(lines: list[str], where: Where, number: int) -> Draft | Sourced:
    ref = f"{where.ref}#{number}"
    if "Body" not in lines:
        shown = lines[0][:80] if lines else "nothing"
        return failure(ref, "no-article-text", f"the Nexis document has no 'Body' (it begins with {shown!r})")
    at = lines.index("Body")
    top, rest = lines[:at], lines[at + 1 :]
    body, after = _cut(rest)
    fields = dict(found for line in reversed(top) if (found := labelled(line, _HEADER)))
    days = [None if _HEADER.match(line) else date_line(line) for line in top]
    if not any(days):
        days = [_old_date(line) for line in top]
    dated = next((index for index, day in enumerate(days) if day), None)
    return _draft(body, _heading(top, dated), fields, after, days[dated] if dated is not None else None, where, number)


def _heading(top: list[str], dated: int | None) -> tuple[str | None, str | None]:
    """Title and source: the two lines above the date; a cover page may stand above them."""
    if dated is None:
        plain = [line for line in top if not _HEADER.match(line) and not _COPYRIGHT.match(line)]
        return (plain[0] if plain else None, plain[1] if len(plain) > 1 else None)
    source = top[dated - 1] if dated >= 1 else None
    if dated < 2:
        return (source, None)
    has_cover = any(_COVER.match(line) for line in top[:dated])
    # Without a cover page all lines above the source are the title's.
    return (top[dated - 2] if has_cover else " ".join(top[: dated - 1]), source)


def _cut(rest: list[str]) -> tuple[list[str], list[str]]:
    """The body, and what stands below it: classification, load date, the words under pictures."""
    end = next(
        (index for index, line in enumerate(rest) if line == "Classification" or _LOAD_DATE.match(line)), len(rest)
    )
    graphic = next((index for index in range(end - 1, -1, -1) if rest[index] in ("Graphic", "Graphics")), None)
    cut = end if graphic is None else graphic
    return rest[:cut], rest[cut:]


def _draft(
    body: list[str],
    heading: tuple[str | None, str | None],
    fields: dict[str, str],
    after: list[str],
    dated: str | None,
    where: Where,
    number: int,
) -> Draft | Sourced:
    if not body:
        return failure(f"{where.ref}#{number}", "no-article-text", "the Nexis document has an empty body")
    loaded = next((found[1] for line in after if (found := labelled(line, _LOAD_DATE))), None)
    problems: tuple[Problem, ...] = ()
    if dated is None and loaded:
        message = f"the article has no date above it; the day Nexis loaded it, {loaded}, was taken"
        problems = (Problem("date", "date-from-load-date", message),)
    byline = fields.get("byline")
    return draft_of(
        where,
        body_of(body),
        id=number,
        title=heading[0],
        source=heading[1],
        byline=_BYLINE.sub("", byline, count=1) if byline else None,
        url=fields.get("url") or fields.get("link"),
        date_field=dated or loaded,
        date_basis="header",
        problems=problems,
    )


def old_nexis_articles(text: str, where: Where) -> Iterator[Draft | Sourced]:
    """The articles of an old text file; wrapped lines are put together again, paragraph by paragraph."""
    chunk: list[str] | None = None
    number = 0
    for line in text.splitlines():
        if found := _NUMBERED.fullmatch(line):
            if chunk is not None:
                yield _old_article(chunk, where, number)
            number = int(found["n"])
            chunk = []
        elif chunk is not None:
            chunk.append(line)
    if chunk is not None:
        yield _old_article(chunk, where, number)


def _old_article(lines: list[str], where: Where, number: int) -> Draft | Sourced:
    filled = groupby(lines, key=lambda line: bool(line.strip()))
    paragraphs = [" ".join(part.strip() for part in group) for has_words, group in filled if has_words]
    headers = [index for index, paragraph in enumerate(paragraphs) if _HEADER_OLD.match(paragraph)]
    after = next((index for index, paragraph in enumerate(paragraphs) if _AFTER_OLD.match(paragraph)), len(paragraphs))
    headers = [index for index in headers if index < after]
    if not headers:
        return failure(
            f"{where.ref}#{number}", "no-article-text", "the document has no 'LENGTH:' line, so no text was found"
        )
    start = headers[0]
    while start in headers:
        start += 1
    body = [paragraph for paragraph in paragraphs[start:after] if not _COPYRIGHT.match(paragraph)]
    top = [paragraph for paragraph in paragraphs[: headers[0]] if not _COPYRIGHT.match(paragraph)]
    fields = dict(found for index in headers if (found := labelled(paragraphs[index], _HEADER_OLD)))
    dated = next((index for index, line in enumerate(top) if _old_date(line)), None)
    source = top[dated - 1] if dated else (top[0] if dated is None and top else None)
    title = top[-1] if top and dated != len(top) - 1 and len(top) > 1 else None
    day = _old_date(top[dated]) if dated is not None else None
    return _draft(body, (title, source), fields, paragraphs[after:], day, where, number)


def _old_date(line: str) -> str | None:
    """The date a paragraph begins with; the edition may stand behind it ("March 14, 2020 Saturday Late Edition")."""
    from dateline.sources.dates import find_date

    found = find_date(line[:60])
    if found is None or len(line) > _LONGEST_DATED:
        return None
    return line[found.start : found.end] if not line[: found.start].strip() or date_line(line) else None
