"""What files are taken for, how many articles they hold, and what in them cannot be read: a look before reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from dateline.sources.files import STDIN, check_paths, files_of, read_sources
from dateline.sources.kinds import HEAD_BYTES, kind_of

# As many unread articles of a file are named; the rest is counted.
_MOST_NAMED = 1_000
_WORDS = {
    "text": "plain text",
    "json": "JSON",
    "jsonl": "JSON lines",
    "csv": "table (CSV or TSV)",
    "parquet": "table (Parquet)",
    "html": "web page",
    "gzip": "gzip file",
    "zip": "ZIP archive",
    "tar": "TAR archive",
    "binary": "no text",
    "empty": "empty file",
    "feed": "feed (RSS or Atom)",
    "opml": "list of feeds (OPML)",
    "nitf": "NITF",
    "newsml": "NewsML-G2",
    "newsitem": "Reuters newsitem",
    "xml": "XML of no known kind",
    "mail": "e-mail",
    "mailbox": "mailbox (mbox)",
    "warc": "web archive (WARC)",
    "rtf": "RTF",
    "word": "Word",
    "nexis": "Nexis export",
    "nexis-old": "LexisNexis export (old text)",
    "factiva": "Factiva export",
    "factiva-page": "Factiva export (HTML)",
    "proquest": "ProQuest export",
    "proquest-page": "ProQuest export (HTML)",
}


@dataclass(frozen=True, slots=True)
class Unread:
    """Something in a file that could not be read, and why."""

    ref: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Look:
    """What one file holds.

    Attributes:
        kind: what it is taken for, in words ("ZIP archive of Nexis exports (Word)").
        articles: how many can be read.
        unread: what cannot, up to a thousand; `unread_count` counts all.
        guessed: how often each kind of guess was made ("date-from-file-time": 3).
        first, last: the days of publication; bases: how often each was found how ("header": 12).
    """

    path: str
    kind: str
    articles: int
    unread_count: int
    unread: tuple[Unread, ...]
    guessed: dict[str, int]
    bases: dict[str, int]
    first: date | None
    last: date | None


def look_into(paths: Sequence[str], *, given_date: date | None = None, stdin: BinaryIO | None = None) -> Iterator[Look]:
    """Each file of the paths, in order; all of it is gone through, no language model is needed.

    Raises:
        SourceError: a path is missing (before anything is read).
    """
    check_paths(paths)
    for path in paths:
        for file in [STDIN] if path == STDIN else files_of(Path(path)):
            yield _look(str(file), given_date, stdin)


def kind_in_words(kinds: Sequence[str], container: str | None) -> str:
    """What a file is, from the kinds of what it holds: "web page", "TAR archive of JSON and web page"."""
    names = list(dict.fromkeys(_in_words(kind) for kind in kinds if kind))
    if container is None:
        return " and ".join(names[:3]) or "unknown"
    shown = " and ".join(names[:3]) + (" and others" if len(names) > 3 else "")
    return f"{_WORDS[container]} of {shown}" if shown else _WORDS[container]


def _look(path: str, given_date: date | None, stdin: BinaryIO | None) -> Look:
    kinds: Counter[str] = Counter()
    guessed: Counter[str] = Counter()
    bases: Counter[str] = Counter()
    unread: list[Unread] = []
    unread_count = 0
    days: list[date] = []
    packed = False
    for sourced in read_sources([path], given_date=given_date, stdin=stdin):
        kinds[sourced.kind] += 1
        packed = packed or sourced.ref.startswith(f"{path}!")
        if sourced.article is None:
            unread_count += 1
            if len(unread) < _MOST_NAMED:
                unread += [Unread(sourced.ref, problem.code, problem.message) for problem in sourced.problems[-1:]]
            continue
        guessed.update(problem.code for problem in sourced.problems)
        bases[sourced.article.published_basis] += 1
        # Only the ends count: memory must not grow with the number of articles.
        days = [min([*days, sourced.article.published]), max([*days, sourced.article.published])]
    return Look(
        path=path,
        kind=kind_in_words([kind for kind, _ in kinds.most_common()], _container(path, packed)),
        articles=sum(bases.values()),
        unread_count=unread_count,
        unread=tuple(unread),
        guessed=dict(guessed),
        bases=dict(bases),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )


def _container(path: str, packed: bool) -> str | None:
    """The archive that a file is, None where it is none (a Word document is a ZIP, but holds no files to speak of)."""
    if path == STDIN or not Path(path).is_file():
        return None
    try:
        with Path(path).open("rb") as stream:
            kind = kind_of(stream.read(HEAD_BYTES), Path(path).name)
    except OSError:
        return None
    return kind if kind in ("gzip", "tar") or (kind == "zip" and packed) else None


def _in_words(kind: str) -> str:
    what, _, wrapper = kind.partition("/")
    return f"{_WORDS.get(what, what)} ({_WORDS[wrapper]})" if wrapper else _WORDS.get(what, what)
