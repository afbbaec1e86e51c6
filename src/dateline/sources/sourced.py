"""What a source yields: an article, or the problems that say why there is none; and the limits on what is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from dateline.records.problem import Problem
from dateline.records.text import Article, PublishedBasis

# The longest article that is read. News runs to some thousand characters; anything near this is a collection.
MAX_ARTICLE_CHARACTERS = 2_000_000
# No encoding spends more than four bytes on a character, so a longer file cannot be an article.
MAX_ARTICLE_BYTES = 4 * MAX_ARTICLE_CHARACTERS
# One JSON record: the text may be written with six bytes a character (\\u00e9), and other fields come on top.
MAX_RECORD_BYTES = 8 * MAX_ARTICLE_CHARACTERS
# One file of many articles that has to be in memory as a whole: a feed, a news bank's export, a Word document.
MAX_COLLECTION_BYTES = 64_000_000
# A title longer than this is a text in the wrong place.
MAX_TITLE = 1000


@dataclass(frozen=True, slots=True)
class Where:
    """One file or stream that is read.

    Attributes:
        ref: what to call it.
        path: its name for guesses, within an archive if it is there; "" for standard input.
        file: where it is on disk, None for streams and members of archives.
        time, time_is: the last resort for a date, and what it is ("the file's time").
        depth: how many archives and gzip files it comes out of.
    """

    ref: str
    path: str
    file: Path | None
    time: date
    time_is: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Sourced:
    """One article of a source, or one thing in it that could not be read.

    Attributes:
        article: None where nothing could be made of the record; `problems` then says why.
        ref: where it came from, as a person would name it: `news/a.txt`, `dump.jsonl#id7`, `dump.jsonl:17`.
        problems: what had to be guessed (article present) or what went wrong (article None).
        kind: what its file was taken for ("feed"), "" where it was not looked into.
    """

    article: Article | None
    ref: str
    problems: tuple[Problem, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as a source gives it, before its publication date is known.

    Attributes:
        text: the article's text, kept unchanged.
        date_field: the date as a table, JSON record or user-written field has it; `date_basis` says what that is:
            "metadata" of a record, or the "header" that a news bank or e-mail prints above the text.
        page_date: the date as a page's metadata has it; looked at after the text itself.
        file_time: last resort; `file_time_is` names it in the problem ("the file's time", "the time of reading").
        path_name: name of the file, which may carry a date ("2020-03-14-talks.txt").
        titled_text: whether the first line may be a headline (plain text only).
    """

    text: str
    ref: str
    title: str | None = None
    byline: str | None = None
    source: str | None = None
    url: str | None = None
    date_field: str | None = None
    date_basis: PublishedBasis = "metadata"
    page_date: str | None = None
    file_time: date | None = None
    file_time_is: str = "the file's time"
    path_name: str | None = None
    titled_text: bool = False
    problems: tuple[Problem, ...] = field(default=())


def failure(ref: str, code: str, message: str, *, stage: str = "source") -> Sourced:
    """A record that could not be read, and why."""
    return Sourced(None, ref, (Problem(stage, code, message),))


def draft_of(
    where: Where,
    text: str,
    *,
    id: str | int,
    title: str | None = None,
    byline: str | None = None,
    source: str | None = None,
    url: str | None = None,
    date_field: str | None = None,
    date_basis: PublishedBasis = "metadata",
    problems: tuple[Problem, ...] = (),
) -> Draft:
    """The draft of one of a file's many articles; its `id` in the file makes the ref ("feed.xml#tag:1")."""
    return Draft(
        text,
        f"{where.ref}#{id}",
        title=title[:MAX_TITLE] if title else None,
        byline=byline,
        source=source,
        url=url,
        date_field=date_field,
        date_basis=date_basis,
        file_time=where.time,
        file_time_is=where.time_is,
        problems=problems,
    )
