"""The publication date of an article and how it was found; a text made into an Article.

The date is looked for in this order: given by the user, a field of the record, a header line in the text, the dateline
sentence, page metadata, the URL or file name, and at last the file's time, which leaves a problem that says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from dateline.errors import DateError, SourceError
from dateline.records.problem import Problem
from dateline.records.text import Article, PublishedBasis, make_article
from dateline.sources.datelines import find_dateline
from dateline.sources.dates import FoundDate, checked, find_date, parse_date, whole_date
from dateline.sources.english import language_problem
from dateline.sources.furniture import find_furniture
from dateline.sources.opening import Opening, read_opening
from dateline.sources.sourced import MAX_ARTICLE_CHARACTERS, Draft, Sourced

# A dateline this far from the page's own date is that of an older event, or of the wrong year.
_NEAR_DAYS = 45
_URL_DATE = re.compile(
    r"(?<![0-9])(?P<y>(?:19|20)[0-9]{2})(?P<s>[/_.-]?)(?P<m>[01]?[0-9]|[a-zA-Z]{3})(?P=s)(?P<d>[0-3]?[0-9])(?![0-9])"
)
# What UTF-8 or a database cannot hold: half characters (a fault of some JSON writers) and NUL.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_URL_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Published:
    """A publication date, how it was found, and what had to be guessed."""

    date: date
    basis: PublishedBasis
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class TextArticle:
    """An article made from a text, and what had to be guessed."""

    article: Article
    problems: tuple[Problem, ...]


def parse_given_date(value: str) -> date:
    """The date that a user gives for all articles ("2020-03-14", "14 March 2020").

    Raises:
        DateError: it is no date, or one that cannot be.
    """
    found = whole_date(value)
    if found is not None and not found.ambiguous:
        return checked(found, value)
    if found is not None:
        raise DateError(f"the date {value!r} can be read in two ways: write it as 2020-03-14")
    parse_date(value)
    raise DateError(f"{value!r} is no date: write it as 2020-03-14")


def article_from_text(
    text: str,
    *,
    ref: str,
    given_date: date | None = None,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
) -> TextArticle:
    """One text as an article; its characters stay as they are.

    Raises:
        DateError: no date is given and none is found in the text or the URL.
        SourceError: the text is empty, too long or not English.
    """
    sourced = sourced_from_draft(
        Draft(text, ref, title=title, source=source, url=url, titled_text=title is None), given_date
    )
    if sourced.article is None:
        problem = sourced.problems[-1]
        kind = DateError if problem.stage == "date" else SourceError
        raise kind(f"{ref}: {problem.message}")
    return TextArticle(sourced.article, sourced.problems)


def sourced_from_draft(draft: Draft, given_date: date | None) -> Sourced:
    """The article of a draft with its date, title and furniture, or the problem that stands against it."""
    draft = _repaired(draft)
    if problem := _text_problem(draft.text):
        return Sourced(None, draft.ref, (problem,))
    opening = read_opening(draft.text, titled=draft.titled_text)
    try:
        published = find_published(draft, given_date, opening)
    except DateError as error:
        return Sourced(None, draft.ref, (Problem("date", "date-impossible", str(error)),))
    if published is None:
        message = (
            "no publication date was found: give it (--date 2020-03-14), or write a line 'Date: 2020-03-14' on top"
        )
        return Sourced(None, draft.ref, (Problem("date", "date-missing", message),))
    headline = opening.headline.text if opening.headline else None
    article = make_article(
        draft.text,
        published=published.date,
        published_basis=published.basis,
        ref=draft.ref,
        url=draft.url,
        source=draft.source or opening.source,
        title=draft.title or headline,
        byline=draft.byline,
        furniture=find_furniture(draft.text, opening),
    )
    if article.byline is None:
        article = replace(article, byline=_byline(article))
    return Sourced(article, draft.ref, (*draft.problems, *published.problems))


def find_published(draft: Draft, given: date | None, opening: Opening) -> Published | None:
    """The publication date of a draft, None where nothing tells it.

    Raises:
        DateError: the field or the header line names a day that cannot be.
    """
    if given is not None:
        return Published(given, "given")
    problems: list[Problem] = []
    if draft.date_field is not None and draft.date_field.strip():
        if found := parse_date(draft.date_field):
            return Published(found, draft.date_basis, _ambiguity(draft.date_field))
        problems.append(
            Problem("date", "date-unreadable", f"the date field {draft.date_field.strip()[:60]!r} was not understood")
        )
    page = _soft_date(draft.page_date)
    address = date_in_url(draft.url) or date_in_url(draft.path_name)
    reference = page or address
    published = _from_text(draft, opening, reference)
    if published is None and page is not None:
        published = Published(page, "metadata")
    if published is None and address is not None:
        published = Published(address, "url")
    if published is None and draft.file_time is not None:
        message = (
            f"no publication date was found; {draft.file_time_is}, {draft.file_time}, was taken: "
            "give the date with --date or in a header line"
        )
        published = Published(draft.file_time, "file-time", (Problem("date", "date-from-file-time", message),))
    return replace(published, problems=(*problems, *published.problems)) if published else None


def _from_text(draft: Draft, opening: Opening, reference: date | None) -> Published | None:
    """The date that a header line or the dateline gives; one without a year takes it from the reference or file."""
    if opening.broken is not None:
        raise DateError(f"the header line {opening.broken[:60]!r} has a date that cannot be: write it as 2020-03-14")
    for header in sorted(opening.dates, key=lambda header: header.later):
        if header.date.year is not None:
            day = checked(header.date, header.words[:60])
            return Published(day, "header", _ambiguity(header.words) if header.date.ambiguous else ())
        if published := _with_year(header.date, "header", draft, reference):
            return published
    dateline = find_dateline(draft.text)
    if dateline is None or dateline.date is None:
        return None
    if dateline.date.year is not None:
        day_or_none = dateline.date.in_year(dateline.date.year)
        return Published(day_or_none, "dateline") if day_or_none else None
    return _with_year(dateline.date, "dateline", draft, reference)


def _with_year(found: FoundDate, basis: PublishedBasis, draft: Draft, reference: date | None) -> Published | None:
    if reference is not None:
        day = found.near(reference)
        return Published(day, basis) if day and abs(day - reference) <= timedelta(days=_NEAR_DAYS) else None
    if draft.file_time is None:
        return None
    day = found.last_before(draft.file_time)
    if day is None:
        return None
    message = (
        f"the date in the text has no year; {day.year} was taken from {draft.file_time_is}: give the date with --date"
    )
    return Published(day, basis, (Problem("date", "year-from-file-time", message),))


def date_in_url(address: str | None) -> date | None:
    """The day in a URL or file name (/2020/03/14/, /2020/mar/14/, 2020-03-14-talks.txt), the last one that can be."""
    day = None
    for found in _URL_DATE.finditer(address or ""):
        month = found["m"].lower()
        if not month.isdigit() and (month not in _URL_MONTHS or not found["s"]):
            continue
        if not found["s"] and not (len(month) == 2 and len(found["d"]) == 2):
            continue
        number = int(month) if month.isdigit() else _URL_MONTHS.index(month) + 1
        day = FoundDate(int(found["y"]), number, int(found["d"]), 0, 1).in_year(int(found["y"])) or day
    return day


def _soft_date(value: str | None) -> date | None:
    """The date of a page's metadata; machines write nonsense there, so what cannot be is passed over."""
    if value is None:
        return None
    try:
        return parse_date(value)
    except DateError:
        return None


def _ambiguity(words: str) -> tuple[Problem, ...]:
    found = find_date(words)
    if found is None or not found.ambiguous:
        return ()
    message = (
        f"the date {words[found.start : found.end]!r} can be read in two ways and was read as month/day/year: "
        "write it as 2020-03-14 if that is wrong"
    )
    return (Problem("date", "date-ambiguous", message),)


def _repaired(draft: Draft) -> Draft:
    """What cannot be stored is replaced one for one, so that offsets stay; the one door for all text of all sources."""
    fields = ("text", "ref", "title", "byline", "source", "url", "date_field", "page_date")
    mended: dict[str, Any] = {
        name: _UNSTORABLE.sub("\ufffd", value)
        for name in fields
        if (value := getattr(draft, name)) is not None and _UNSTORABLE.search(value)
    }
    if not mended:
        return draft
    draft = replace(draft, **mended)
    if mended.keys() == {"ref"}:
        return draft  # the file's name alone is odd, and that is no fault of the article
    where = "text" if "text" in mended else " and ".join(name for name in mended if name != "ref")
    message = f"the {where} has half characters (lone surrogates) or NUL; each stands as \ufffd"
    problems = (*draft.problems, Problem("source", "text-repaired", message))
    return replace(draft, problems=problems)


def _text_problem(text: str) -> Problem | None:
    if not text.strip():
        return Problem("source", "text-empty", "the article has no text: take it out or fill it in")
    if len(text) > MAX_ARTICLE_CHARACTERS:
        return too_long(f"{len(text):,} characters")
    return language_problem(text)


def too_long(size: str) -> Problem:
    """The problem of a text that is too long to be one article."""
    return Problem(
        "source",
        "text-too-long",
        f"the text has {size}, more than the {MAX_ARTICLE_CHARACTERS:,} characters of one article: split it into one "
        "file per article, or put the articles into a JSONL file, one object per line",
    )


def _byline(article: Article) -> str | None:
    """Who wrote the article, where a line of it says "By Jane Roe"."""
    for part in article.furniture:
        words = article.text[part.start : part.end]
        if part.kind == "byline" and (found := re.match(r"[Bb][Yy]:? (?P<who>\S[^\n]*)", words)):
            return found["who"].rstrip(" .")
    return None
