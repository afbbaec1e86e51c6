"""ProQuest: the text and HTML exports, records set apart by lines of underscores, each a list of labelled lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from dateline.sources.banks.fields import body_of, clean
from dateline.sources.sourced import Draft, Sourced, Where, draft_of, failure

_LABELS = "|".join(
    """abstract, accession number, author, business indexing term, caption, classification, column,
    company, company / organization, contact us at, copyright, corporate author, country of
    publication, credit, database, dateline, dewey, document feature, document type, document url,
    edition, enumeration, first page, full text, identifier / keyword, illustration, isbn, issn,
    issue, journal subject, language of publication, last page, last updated, links, location, mesh,
    naics, news feature, number of pages, pages, people, place of publication, product name,
    proquest document id, proquest document link, publication date, publication info, publication
    subject, publication title, publication year, publisher, section, source attribution, source
    type, start page, subject, supplement, ticker, title, url, volume, word count""".replace("\n    ", " ").split(", ")
)
_LABELLED = re.compile(rf"(?P<label>{_LABELS}):(?:\s+(?P<value>.*)|\s*$)", re.IGNORECASE)
_RULE = re.compile(r"[_*=-]{30,}")
_NUMBERED = re.compile(r"Document (?P<n>[0-9]{1,6}) of (?P<of>[0-9]{1,6})")
_FULL_TEXT = re.compile(r"(?im)^[ \t\u00a0]{0,20}full text:")
_SIGN = re.compile(
    r"(?im)^[ \t\u00a0]{0,20}(?:proquest document (?:id|link)|publication info:|publication title:|document url: {0,5}https?://[^\s/]{0,100}proquest"
    r"|document [0-9]{1,6} of [0-9]{1,6}[ \t\r]{0,20}$|report information from proquest)"
)
# A label ends the text only where ProQuest would print it; "Title:" inside an article is left alone.
_INSIDE_TEXT = frozenset(
    ("title", "author", "location", "subject", "people", "section", "company", "credit", "dateline")
)
_BYLINE = re.compile(r"by:?\s+(?=\S)", re.IGNORECASE)


def is_proquest(text: str) -> bool:
    """Whether the beginning of a text is that of a ProQuest export."""
    return bool(_FULL_TEXT.search(text) and _SIGN.search(text))


def proquest_articles(lines: Iterable[str], where: Where) -> Iterator[Draft | Sourced]:
    """The articles of an export; a record without full text (an abstract alone) is a failure of its own."""
    number = 0
    for record in _records(clean(lines)):
        fields, body = _fields(record)
        if not fields.keys() & {"full text", "publication title", "publication info", "proquest document id"}:
            continue
        number += 1
        yield _article(record, fields, body, where, number)
    if number == 0:
        yield failure(where.ref, "no-articles", "the ProQuest file holds no record: export it with full text")


def page_lines(markup: str) -> list[str]:
    """The lines of an HTML export, which then are those of a text export."""
    from dateline.sources.markup import text_of_markup

    return text_of_markup(markup).split("\n\n")


def _records(lines: Sequence[str]) -> Iterator[list[str]]:
    record: list[str] = []
    for line in lines:
        if _RULE.fullmatch(line) or _NUMBERED.fullmatch(line):
            if record:
                yield record
            record = [line] if _NUMBERED.fullmatch(line) else []
        else:
            record.append(line)
    if record:
        yield record


def _fields(record: list[str]) -> tuple[dict[str, str], list[str]]:
    """Labels with their values, and the paragraphs of the full text."""
    fields: dict[str, str] = {}
    body: list[str] = []
    in_text = False
    for index, line in enumerate(record):
        found = _LABELLED.match(line)
        label = found["label"].lower() if found else None
        if found and label and not (in_text and label in _INSIDE_TEXT and not _labels_follow(record, index)):
            value = (found["value"] or "").strip()
            in_text = label == "full text" and "full text" not in fields
            fields.setdefault(label, value)
            if in_text and value:
                body.append(value)
        elif in_text:
            body.append(line)
    return fields, body


def _labels_follow(record: list[str], index: int) -> bool:
    """Whether the next line too is labelled, as in the list below a text, or the value stands on it."""
    below = record[index + 1 : index + 3]
    return not below or any(_LABELLED.match(line) for line in below)


def _article(record: list[str], fields: dict[str, str], body: list[str], where: Where, number: int) -> Draft | Sourced:
    id = fields.get("proquest document id") or number
    if not body:
        message = "the record has no full text (an abstract alone): export it with 'Full text'"
        return failure(f"{where.ref}#{id}", "no-article-text", message)
    unlabelled = [line for line in record[:3] if not _NUMBERED.fullmatch(line) and not _LABELLED.match(line)]
    author = fields.get("author")
    return draft_of(
        where,
        body_of(body),
        id=id,
        title=fields.get("title") or (unlabelled[0] if unlabelled else None),
        byline=_BYLINE.sub("", author, count=1).rstrip(" .;") if author else None,
        source=(fields.get("publication title") or fields.get("publication info") or "").split(";")[0].strip() or None,
        url=fields.get("document url"),
        date_field=fields.get("publication date") or fields.get("publication info"),
        date_basis="header",
    )
