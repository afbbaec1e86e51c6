"""Paths to articles: folders are walked, files told apart by their content, articles yielded one at a time."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from dateline.errors import SourceError
from dateline.sources.counting import count_files
from dateline.sources.kinds import is_article_name
from dateline.sources.sourced import Sourced, Where, failure
from dateline.sources.streams import read_stream

__all__ = ["Sourced", "check_paths", "count_articles", "read_sources"]

STDIN = "-"


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
                if next(files_of(here), None) is None:
                    raise SourceError(
                        f"{path}: no articles in this folder: docs/sources.md lists the files that are read "
                        "(.txt, .html, .json, .csv, .docx, .rtf, .xml, .eml, .warc ...)"
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
    return count_files(file for path in paths for file in files_of(Path(path)))


def _each(paths: Sequence[str], given_date: date | None, stdin: BinaryIO | None) -> Iterator[Sourced]:
    for path in paths:
        if path == STDIN:
            now = datetime.now().astimezone().date()
            where = Where("stdin", "", None, now, "the day of reading")
            yield from read_stream(stdin or sys.stdin.buffer, where, given_date)
            continue
        for file in files_of(Path(path)):
            try:
                time = datetime.fromtimestamp(file.stat().st_mtime).astimezone().date()
                where = Where(str(file), str(file), file if file.is_file() else None, time, "the file's time")
                with file.open("rb") as stream:
                    yield from read_stream(stream, where, given_date)
            except OSError as error:
                yield failure(str(file), "unreadable", f"the file cannot be read ({error.strerror or error})")


def files_of(path: Path) -> Iterator[Path]:
    """The path itself, or the files of a folder that have the name of an article, in order of names."""
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        for name in sorted(names):
            if is_article_name(name):
                yield Path(folder) / name
