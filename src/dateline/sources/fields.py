"""The names under which tables and JSON records keep the parts of an article, and a record made into a draft."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from dateline.records.problem import Problem
from dateline.sources.markup import looks_like_markup, text_of_markup
from dateline.sources.sourced import Draft, Sourced, failure

# In order of trust: of two that are filled, the one named first is taken. Case, spaces and underscores do not count.
_TEXT = tuple(
    """text maintext fulltext articletext articlebody bodytext body content article story storytext newstext
    contenttext plaintext cleanedtext
    textcontent contents paragraphs""".split()  # noqa: SIM905
)
_DATE = tuple(
    """date published publishedat datepublished datepublish publishdate publisheddate publicationdate pubdate
    pubdatetime publishedon publishedtime publicationtime datetime articledate storydate dct firstpublished
    firstpublicationdate webpublicationdate createdat created timestamp time dateline day issued""".split()  # noqa: SIM905
)
_PARTS: dict[str, tuple[str, ...]] = {
    "id": ("id", "uid", "articleid", "docid", "documentid", "guid", "storyid", "uuid", "doi", "newsid", "key"),
    "date": _DATE,
    "title": ("title", "headline", "head", "webtitle", "articletitle", "newstitle"),
    "text": _TEXT,
    "url": ("url", "link", "sourceurl", "weburl", "href", "permalink", "canonicalurl", "articleurl"),
    "source": tuple(
        "source sourcename publisher outlet sourcedomain publication newspaper agency site domain".split()  # noqa: SIM905
    ),
    "byline": ("byline", "author", "authors", "writer", "creator", "journalist"),
}
TEXT_NAMES = frozenset(_TEXT)
DATE_NAMES = frozenset(_DATE)
# Keys under which an object keeps the list of its articles.
LIST_NAMES = frozenset(
    (
        "articles",
        "items",
        "results",
        "data",
        "docs",
        "documents",
        "records",
        "stories",
        "news",
        "hits",
        "entries",
        "graph",
    )
)
_SEPARATORS = re.compile(r"[\s_\-.:@]+")
_LONGEST_TITLE = 1000
# Where a field is an object, the keys of the words in it.
_INNER_TEXT = ("text", "rendered", "content", "plain")
_INNER_WORDS = ("name", "title", "text", "href", "url", "$date", "uri")


def plain_name(name: str) -> str:
    """A field's name without case and separators: "datePublished", "date_published" and "Date published" are one."""
    return _SEPARATORS.sub("", name.strip().lower().lstrip("\ufeff"))


def columns_of(names: list[str]) -> dict[str, list[str]]:
    """Which of a table's columns hold which part of an article, the most trusted first."""
    plain: dict[str, str] = {}
    for name in names:
        plain.setdefault(plain_name(name), name)
    return {part: [plain[alias] for alias in aliases if alias in plain] for part, aliases in _PARTS.items()}


def draft_from_record(
    record: Mapping[str, Any],
    *,
    path: str,
    where: str,
    seen: set[int],
    file_time: date | None,
    file_time_is: str = "the file's time",
    problems: tuple[Problem, ...] = (),
) -> Draft | Sourced:
    """The draft of an article from a JSON object or a table row, or the failure that says what it lacks.

    Args:
        path, where: the file, and the line or row in it ("dump.jsonl:17").
        seen: hashes of the ids met in this file so far; a repeated id is told apart by its line.
    """
    plain: dict[str, Any] = {}
    for key, value in record.items():
        name = plain_name(str(key))
        if plain.get(name) in (None, "", [], {}):
            plain[name] = value
    identity = _words(plain, "id")
    ref = where
    if identity:
        ref = f"{where}#{identity}" if hash(identity) in seen else f"{path}#{identity}"
        seen.add(hash(identity))
    text = _text(plain)
    if text is None:
        known = ", ".join(str(name) for name in list(record)[:12]) or "none"
        return failure(
            ref, "text-missing", f"the record has no text (its fields: {known}): put it in a field named 'text'"
        )
    if looks_like_markup(text):
        text = text_of_markup(text)
        message = "the text field holds HTML; the words in it were taken, and offsets point into those"
        problems = (*problems, Problem("source", "markup-removed", message))
    title = _words(plain, "title")
    return Draft(
        text=text,
        ref=ref,
        title=title[:_LONGEST_TITLE] if title else None,
        byline=_words(plain, "byline"),
        source=_words(plain, "source"),
        url=_words(plain, "url"),
        date_field=_words(plain, "date"),
        file_time=file_time,
        file_time_is=file_time_is,
        problems=problems,
    )


def _text(plain: Mapping[str, Any]) -> str | None:
    """The text as it stands; a list of paragraphs is joined by blank lines. Empty ("") differs from missing (None)."""
    empty: str | None = None
    for alias in _PARTS["text"]:
        value = plain.get(alias)
        if isinstance(value, Mapping):
            value = next((value[key] for key in _INNER_TEXT if isinstance(value.get(key), str)), None)
        if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            value = "\n\n".join(value)
        if isinstance(value, str):
            if value.strip():
                return value
            empty = value
    return empty


def _words(plain: Mapping[str, Any], part: str) -> str | None:
    """The first filled field of a part, as words."""
    for alias in _PARTS[part]:
        if words := _as_words(plain.get(alias)):
            return words
    return None


def _as_words(value: Any) -> str | None:
    if isinstance(value, str):
        words = value.strip()
        return None if words.lower() in ("", "null", "none", "nan", "nat", "n/a") else words
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return str(int(value)) if value == value and abs(value) < 1e15 and value == int(value) else str(value)
    if isinstance(value, Mapping):
        value = [value[key] for key in _INNER_WORDS if _as_words(value.get(key))][:1]
    if isinstance(value, list):
        return ", ".join(_as_words(item) or "" for item in value[:20] if _as_words(item)) or None
    return None
