"""Paths to articles: folders are walked, files told apart by their content, articles yielded one at a time."""

from __future__ import annotations

import gzip
import io
import os
import re
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile

from dateline.errors import SourceError
from dateline.sources.archives import ArchiveError, Member, limited, tar_members, zip_members
from dateline.sources.counting import count_files
from dateline.sources.decoding import decode
from dateline.sources.header import sourced_from_draft, too_long
from dateline.sources.html import read_page
from dateline.sources.jsons import read_json, read_jsonl
from dateline.sources.kinds import HEAD_BYTES, is_article_name, kind_of, what_binary
from dateline.sources.sourced import MAX_ARTICLE_BYTES, Draft, Sourced, failure
from dateline.sources.tables import read_csv, read_parquet

__all__ = ["Sourced", "check_paths", "count_articles", "read_sources"]

STDIN = "-"


@dataclass(frozen=True, slots=True)
class _Input:
    """One file or stream.

    Attributes:
        ref: what to call it.
        path: its name for guesses, within an archive if it is there; "" for standard input.
        file: where it is on disk, None for streams and members of archives.
        packed: whether it comes out of an archive or gzip file.
    """

    ref: str
    path: str
    file: Path | None
    time: date
    time_is: str
    packed: bool = False


def check_paths(paths: Sequence[str]) -> None:
    """See that every path is there before anything is read.

    Raises:
        SourceError: a path is missing or cannot be opened, or a folder holds no file of a kind that is read.
    """
    if not paths:
        raise SourceError("no path was given: name files or folders of articles, or - for standard input")
    for path in paths:
        if path == STDIN:
            continue
        here = Path(path)
        try:
            if here.is_dir():
                if next(_files_of(here), None) is None:
                    raise SourceError(
                        f"{path}: no articles in this folder: it needs .txt, .html, .json, .jsonl, .csv, .tsv or "
                        ".parquet files"
                    )
            elif not here.exists():
                raise SourceError(f"{path}: no such file or folder: check the spelling")
            elif not os.access(here, os.R_OK):
                raise SourceError(f"{path}: no permission to read this file")
        except (OSError, ValueError) as error:
            raise SourceError(f"{path}: cannot be opened ({error})") from error


def read_sources(
    paths: Sequence[str], *, given_date: date | None = None, stdin: BinaryIO | None = None
) -> Iterator[Sourced]:
    """The articles of files and folders, in order; memory does not grow with their number.

    Args:
        paths: files, folders (walked in order of names) or "-" for standard input.
        given_date: publication date of all of them, instead of the one each carries.
        stdin: what "-" reads, `sys.stdin.buffer` if None.

    Raises:
        SourceError: a path is missing (before anything is read).
    """
    check_paths(paths)
    return _each(paths, given_date, stdin)


def count_articles(paths: Sequence[str]) -> int | None:
    """How many articles there are, None where telling would take long (standard input, big JSON files and tables)."""
    if STDIN in paths:
        return None
    return count_files(file for path in paths for file in _files_of(Path(path)))


def _each(paths: Sequence[str], given_date: date | None, stdin: BinaryIO | None) -> Iterator[Sourced]:
    for path in paths:
        if path == STDIN:
            now = datetime.now().astimezone().date()
            where = _Input("stdin", "", None, now, "the day of reading")
            yield from _read_stream(stdin or sys.stdin.buffer, where, given_date)
            continue
        for file in _files_of(Path(path)):
            try:
                time = datetime.fromtimestamp(file.stat().st_mtime).astimezone().date()
                where = _Input(str(file), str(file), file if file.is_file() else None, time, "the file's time")
                with file.open("rb") as stream:
                    yield from _read_stream(stream, where, given_date)
            except OSError as error:
                yield failure(str(file), "unreadable", f"the file cannot be read ({error.strerror or error})")


def _files_of(path: Path) -> Iterator[Path]:
    """The path itself, or the files of a folder that have the name of an article, in order of names."""
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        for name in sorted(names):
            if is_article_name(name):
                yield Path(folder) / name


def _read_stream(stream: BinaryIO, where: _Input, given_date: date | None) -> Iterator[Sourced]:
    """The articles of one file, whatever it is."""
    head = stream.read(HEAD_BYTES)
    kind = kind_of(head, Path(where.path).name)
    if kind in ("gzip", "zip", "tar"):
        yield from _read_packed(io.BufferedReader(_Rejoined(head, stream)), kind, where, given_date)
    elif kind == "parquet":
        yield from _read_parquet(where, given_date)
    elif kind == "binary":
        yield failure(where.ref, "binary", f"this is {what_binary(head)}")
    elif kind == "empty":
        yield failure(where.ref, "text-empty", "the file is empty: take it out or fill it in")
    elif kind in ("text", "html"):
        yield _read_whole(head, stream, where, given_date, kind == "html")
    else:
        reader = {"json": read_json, "jsonl": read_jsonl, "csv": read_csv}[kind]
        source = io.BufferedReader(_Rejoined(head, stream))
        yield from reader(source, where.ref, given_date=given_date, file_time=where.time, time_is=where.time_is)


def _read_packed(stream: BinaryIO, kind: str, where: _Input, given_date: date | None) -> Iterator[Sourced]:
    """The articles of a gzip file or archive; what is packed inside it again is not opened."""
    if where.packed and kind != "tar":
        yield failure(where.ref, "binary", "this is packed twice: unpack it first")
        return
    try:
        if kind == "gzip":
            size = where.file.stat().st_size if where.file else 0
            with gzip.GzipFile(fileobj=stream) as unpacked:
                name = re.sub(r"(?i)\.gz$", "", re.sub(r"(?i)\.tgz$", ".tar.gz", where.path))
                inside = replace(where, path=name, file=None, packed=True)
                yield from _read_stream(limited(unpacked, size), inside, given_date)
        elif kind == "zip" and where.file is None:
            yield failure(where.ref, "binary", "a ZIP archive cannot be read from a stream: give it as a file")
        elif kind == "zip" and where.file is not None:
            with where.file.open("rb") as file:
                yield from _read_members(zip_members(file), where, given_date)
        else:
            yield from _read_members(tar_members(stream), where, given_date)
    except ArchiveError as error:
        yield failure(where.ref, "archive-broken", str(error))
    except (OSError, EOFError, zlib.error) as error:
        yield failure(where.ref, "gzip-broken", f"the gzip file is damaged ({error}): fetch or pack it again")


def _read_members(members: Iterator[Member], where: _Input, given_date: date | None) -> Iterator[Sourced]:
    count = 0
    for member in members:
        count += 1
        ref = f"{where.ref}!{member.name}"
        if member.stream is None:
            yield failure(ref, "binary", member.fault or "the file in the archive cannot be read")
            continue
        inside = _Input(ref, member.name, None, member.time or where.time, where.time_is, packed=True)
        try:
            yield from _read_stream(member.stream, inside, given_date)
        except (OSError, EOFError, zlib.error, BadZipFile) as error:
            yield failure(
                ref, "archive-broken", f"the file in the archive is damaged ({error}): fetch or pack it again"
            )
    if count == 0:
        yield failure(where.ref, "no-articles", "the archive holds no .txt, .html, .json, .jsonl, .csv or .tsv files")


def _read_parquet(where: _Input, given_date: date | None) -> Iterator[Sourced]:
    if where.file is None:
        yield failure(where.ref, "binary", "this is a Parquet table inside a stream: give it as a file of its own")
    else:
        yield from read_parquet(
            where.file, where.ref, given_date=given_date, file_time=where.time, time_is=where.time_is
        )


def _read_whole(head: bytes, stream: BinaryIO, where: _Input, given_date: date | None, is_page: bool) -> Sourced:
    """A file that is one article: plain text or a page."""
    data = head + stream.read(MAX_ARTICLE_BYTES + 1 - len(head))
    if len(data) > MAX_ARTICLE_BYTES:
        size = where.file.stat().st_size if where.file else len(data)
        return Sourced(None, where.ref, (too_long(f"{size / 1_000_000:,.0f} MB"),))
    decoded = decode(data)
    if decoded is None:
        return failure(where.ref, "undecodable", "the text is in no known encoding: save it as UTF-8")
    draft = Draft(
        decoded.text,
        where.ref,
        file_time=where.time,
        file_time_is=where.time_is,
        path_name=_dated_path(where.path),
        titled_text=not is_page,
        problems=decoded.problems,
    )
    if is_page:
        page = read_page(decoded.text)
        if page.text is None:
            return failure(
                where.ref, "no-article-text", "no article text was found in this page: save the article as text"
            )
        draft = replace(
            draft,
            text=page.text,
            title=page.title,
            byline=page.byline,
            source=page.source,
            url=page.url,
            page_date=page.published,
        )
    return sourced_from_draft(draft, given_date)


def _dated_path(path: str) -> str:
    """The part of a path in which a date is the article's: the name, and folders that are a date and nothing else."""
    parts = Path(path).parts
    dated = re.compile(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}|[0-9]{4}|[0-9]{2}")
    kept = list(parts[-1:])
    for folder in reversed(parts[-4:-1]):
        if not dated.fullmatch(folder):
            break
        kept.insert(0, folder)
    return "/".join(kept)


class _Rejoined(io.RawIOBase):
    """A stream put together again from the beginning that was read to tell its kind, and the rest."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        if self._head:
            count = min(len(buffer), len(self._head))
            buffer[:count] = self._head[:count]
            self._head = self._head[count:]
            return count
        data = self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
