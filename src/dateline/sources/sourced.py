"""What a source yields: an article, or the problems that say why there is none; and the limits on what is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from dateline.records.problem import Problem
from dateline.records.text import Article

# The longest article that is read. News runs to some thousand characters; anything near this is a collection.
MAX_ARTICLE_CHARACTERS = 2_000_000
# No encoding spends more than four bytes on a character, so a longer file cannot be an article.
MAX_ARTICLE_BYTES = 4 * MAX_ARTICLE_CHARACTERS
# One JSON record: the text may be written with six bytes a character (\\u00e9), and other fields come on top.
MAX_RECORD_BYTES = 8 * MAX_ARTICLE_CHARACTERS


@dataclass(frozen=True, slots=True)
class Sourced:
    """One article of a source, or one thing in it that could not be read.

    Attributes:
        article: None where nothing could be made of the record; `problems` then says why.
        ref: where it came from, as a person would name it: `news/a.txt`, `dump.jsonl#id7`, `dump.jsonl:17`.
        problems: what had to be guessed (article present) or what went wrong (article None).
    """

    article: Article | None
    ref: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as a source gives it, before its publication date is known.

    Attributes:
        text: the article's text, kept unchanged.
        date_field: the date as a table, JSON record or user-written field has it.
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
    page_date: str | None = None
    file_time: date | None = None
    file_time_is: str = "the file's time"
    path_name: str | None = None
    titled_text: bool = False
    problems: tuple[Problem, ...] = field(default=())


def failure(ref: str, code: str, message: str, *, stage: str = "source") -> Sourced:
    """A record that could not be read, and why."""
    return Sourced(None, ref, (Problem(stage, code, message),))
