"""One file or stream, whatever it is: told by its content and handed to the reader of its kind."""

from __future__ import annotations

import gzip
import io
import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from dateline.records.problem import Problem
from dateline.sources.archives import ArchiveError, Member, limited, tar_members, zip_members
from dateline.sources.banks import factiva, nexis, proquest
from dateline.sources.decoding import decode
from dateline.sources.feeds import read_feed, read_opml
from dateline.sources.header import sourced_from_draft, too_long
from dateline.sources.jsons import read_json, read_jsonl
from dateline.sources.kinds import HEAD_BYTES, Kind, kind_of, root_name, what_binary
from dateline.sources.mail import Message, messages_of, read_message
from dateline.sources.newsxml import read_newsitem, read_newsml, read_nitf
from dateline.sources.rtf import RtfFault, rtf_lines
from dateline.sources.sourced import (
    MAX_ARTICLE_BYTES,
    MAX_COLLECTION_BYTES,
    Draft,
    Sourced,
    Where,
    failure,
)
from dateline.sources.tables import read_csv, read_parquet
from dateline.sources.webpages import decode_page, draft_of_page, read_warc
from dateline.sources.word import WordFault, is_word, word_lines

# A file inside an archive or stream that has to be gone through back and forth is copied up to this size.
_MOST_COPIED_BYTES = 500_000_000
_IN_MEMORY_BYTES = 16_000_000
# crawl.tar.gz with day.jsonl.gz inside is two archives and a gzip file; nothing honest goes deeper.
_DEEPEST = 3
# The lines of a document by which a news bank is recognised.
_LINES_LOOKED_AT = 400

Found = Iterable[Draft | Sourced]
_WHOLE_FILES: dict[Kind, Callable[[bytes, Where], Found]] = {
    "feed": read_feed,
    "opml": read_opml,
    "nitf": read_nitf,
    "newsml": read_newsml,
    "newsitem": read_newsitem,
}


def read_stream(stream: BinaryIO, where: Where, given_date: date | None) -> Iterator[Sourced]:
    """The articles of one file, and what in it could not be read."""
    head = stream.read(HEAD_BYTES)
    kind = kind_of(head, Path(where.path).name)
    whole: BinaryIO = io.BufferedReader(_Rejoined(head, stream))
    if kind in ("gzip", "zip", "tar"):
        yield from _read_packed(whole, head, kind, where, given_date)
        return
    for sourced in _read_kind(whole, head, kind, where, given_date):
        yield sourced if sourced.kind else replace(sourced, kind=kind)


def _read_kind(stream: BinaryIO, head: bytes, kind: Kind, where: Where, given_date: date | None) -> Iterator[Sourced]:
    if kind == "empty":
        yield failure(where.ref, "text-empty", "the file is empty: take it out or fill it in")
    elif kind == "binary":
        yield failure(where.ref, "binary", f"this is {what_binary(head)}")
    elif kind == "xml":
        root = root_name(head.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")) or "?"
        message = f"this XML is of no kind that is read (its root element is <{root}>): save its text as a .txt file"
        yield failure(where.ref, "xml-unknown", message)
    elif kind == "parquet":
        yield from _read_parquet(where, given_date)
    elif kind in ("json", "jsonl", "csv"):
        reader = {"json": read_json, "jsonl": read_jsonl, "csv": read_csv}[kind]
        yield from reader(stream, where.ref, given_date=given_date, file_time=where.time, time_is=where.time_is)
    elif kind in ("text", "html"):
        yield _read_article(stream, where, given_date, is_page=kind == "html")
    elif kind in ("mail", "mailbox"):
        yield from _read_mail(stream, kind, where, given_date)
    elif kind == "warc":
        yield from _articles(read_warc(stream, where), given_date)
    elif kind == "rtf":
        yield from _read_rtf(stream, where, given_date)
    else:
        yield from _read_collection(stream, kind, where, given_date)


def _articles(found: Found, given_date: date | None, kind: str = "") -> Iterator[Sourced]:
    """Drafts with their dates found; a draft without anything to say (a mail that only carries a file) is dropped."""
    for item in found:
        sourced = sourced_from_draft(item, given_date) if isinstance(item, Draft) else item
        if sourced.article is not None or sourced.problems:
            yield replace(sourced, kind=kind) if kind else sourced


def _read_article(stream: BinaryIO, where: Where, given_date: date | None, *, is_page: bool) -> Sourced:
    """A file that is one article: plain text or a page."""
    data = stream.read(MAX_ARTICLE_BYTES + 1)
    if len(data) > MAX_ARTICLE_BYTES:
        size = where.file.stat().st_size if where.file else len(data)
        return Sourced(None, where.ref, (too_long(f"{size / 1_000_000:,.0f} MB"),))
    decoded = decode_page(data, None) if is_page else decode(data)
    if decoded is None:
        return failure(where.ref, "undecodable", "the text is in no known encoding: save it as UTF-8")
    if not is_page:
        return sourced_from_draft(_text_draft(decoded.text, where, decoded.problems), given_date)
    found = draft_of_page(decoded, where, None)
    if isinstance(found, Sourced):
        return found
    return sourced_from_draft(replace(found, path_name=dated_path(where.path)), given_date)


def _text_draft(text: str, where: Where, problems: tuple[Problem, ...] = ()) -> Draft:
    return Draft(
        text,
        where.ref,
        file_time=where.time,
        file_time_is=where.time_is,
        path_name=dated_path(where.path),
        titled_text=True,
        problems=problems,
    )


def _read_collection(stream: BinaryIO, kind: Kind, where: Where, given_date: date | None) -> Iterator[Sourced]:
    """A file of many articles that is read as a whole: XML of the news trade, exports of news banks."""
    data = stream.read(MAX_COLLECTION_BYTES + 1)
    if len(data) > MAX_COLLECTION_BYTES:
        most = MAX_COLLECTION_BYTES // 1_000_000
        yield failure(where.ref, "file-too-long", f"the file is longer than {most} MB: export it in several parts")
        return
    if kind in _WHOLE_FILES:
        yield from _articles(_WHOLE_FILES[kind](data, where), given_date)
        return
    decoded = decode_page(data, None) if kind.endswith("-page") else decode(data)
    if decoded is None:
        yield failure(where.ref, "undecodable", "the text is in no known encoding: save it as UTF-8")
        return
    found: Found
    if kind == "factiva-page":
        found = factiva.factiva_page_articles(decoded.text, where)
    elif kind == "proquest-page":
        found = proquest.proquest_articles(proquest.page_lines(decoded.text), where)
    elif kind == "nexis-old":
        found = nexis.old_nexis_articles(decoded.text, where)
    else:
        found = _bank_articles(kind, decoded.text.splitlines(), where)
    yield from _articles(_with_problems(found, decoded.problems), given_date)


def _with_problems(found: Found, problems: tuple[Problem, ...]) -> Found:
    """The problems of the whole file laid to its first article."""
    for item in found:
        yield replace(item, problems=(*problems, *item.problems)) if problems else item
        problems = ()


def _bank_articles(bank: str, lines: Iterable[str], where: Where) -> Found:
    if bank == "nexis":
        return nexis.nexis_articles(iter(lines), where)
    return (factiva.factiva_articles if bank == "factiva" else proquest.proquest_articles)(lines, where)


def _bank_of(lines: list[str]) -> str | None:
    if nexis.is_nexis(lines):
        return "nexis"
    if proquest.is_proquest("\n".join(lines)):
        return "proquest"
    return "factiva" if factiva.is_factiva(lines) else None


def _read_rtf(stream: BinaryIO, where: Where, given_date: date | None) -> Iterator[Sourced]:
    data = stream.read(MAX_COLLECTION_BYTES + 1)
    if len(data) > MAX_COLLECTION_BYTES:
        most = MAX_COLLECTION_BYTES // 1_000_000
        yield failure(where.ref, "file-too-long", f"the file is longer than {most} MB: export it in several parts")
        return
    try:
        lines = rtf_lines(data)
    except RtfFault as error:
        yield failure(where.ref, "rtf-broken", f"the RTF file cannot be read: {error}")
        return
    yield from _read_document(iter(lines), where, given_date, "rtf")


def _read_document(lines: Iterator[str], where: Where, given_date: date | None, kind: str) -> Iterator[Sourced]:
    """The articles of an RTF or Word document: the export of a news bank, or one article."""
    top = list(islice(lines, _LINES_LOOKED_AT))
    bank = _bank_of(top)
    if bank is not None:
        yield from _articles(_bank_articles(bank, chain(top, lines), where), given_date, f"{bank}/{kind}")
        return
    paragraphs: list[str] = []
    size = 0
    for line in chain(top, lines):
        size += len(line)
        if size > MAX_ARTICLE_BYTES:
            yield replace(Sourced(None, where.ref, (too_long(f"more than {size:,} characters"),)), kind=kind)
            return
        if line.strip():
            paragraphs.append(line.strip(" \t\r\n"))
    draft = _text_draft("\n\n".join(paragraphs), where)
    yield replace(sourced_from_draft(draft, given_date), kind=kind)


def _read_word(file: BinaryIO, where: Where, given_date: date | None) -> Iterator[Sourced]:
    try:
        yield from _read_document(word_lines(file), where, given_date, "word")
    except WordFault as error:
        message = f"the Word document cannot be read to its end: {error}: save it again"
        yield replace(failure(where.ref, "word-broken", message), kind="word")


def _read_mail(stream: BinaryIO, kind: Kind, where: Where, given_date: date | None) -> Iterator[Sourced]:
    if kind == "mail":
        data = stream.read(MAX_COLLECTION_BYTES + 1)
        if len(data) > MAX_COLLECTION_BYTES:
            yield failure(where.ref, "file-too-long", "the message is longer than 64 MB: save its text as a .txt file")
            return
        yield from _mail_articles(read_message(data, where), where, given_date)
        return
    for number, message in enumerate(messages_of(stream), start=1):
        if message is None:
            yield failure(f"{where.ref}#{number}", "file-too-long", "the message is longer than 64 MB")
        else:
            yield from _mail_articles(read_message(message, where, number), where, given_date)


def _mail_articles(message: Message, where: Where, given_date: date | None) -> Iterator[Sourced]:
    yield from _articles([message.article], given_date)
    yield from _read_members(iter(message.attachments), where, given_date)


def _read_parquet(where: Where, given_date: date | None) -> Iterator[Sourced]:
    if where.file is None:
        yield failure(where.ref, "binary", "this is a Parquet table inside a stream: give it as a file of its own")
    else:
        yield from read_parquet(
            where.file, where.ref, given_date=given_date, file_time=where.time, time_is=where.time_is
        )


def _read_packed(stream: BinaryIO, head: bytes, kind: Kind, where: Where, given_date: date | None) -> Iterator[Sourced]:
    """The articles of a gzip file or archive; of archives inside it only gzip, TAR and Word files are opened."""
    if where.depth >= _DEEPEST:
        yield failure(where.ref, "binary", f"this is packed more than {_DEEPEST} times: unpack it first")
        return
    try:
        if kind == "gzip" and _begins_with_warc(head):
            for sourced in _articles(read_warc(stream, where), given_date):
                yield replace(sourced, kind="warc")
        elif kind == "gzip":
            size = where.file.stat().st_size if where.file else 0
            with gzip.GzipFile(fileobj=stream) as unpacked:
                name = re.sub(r"(?i)\.gz$", "", re.sub(r"(?i)\.tgz$", ".tar.gz", where.path))
                inside = replace(where, path=name, file=None, depth=where.depth + 1)
                yield from read_stream(limited(unpacked, size), inside, given_date)
        elif kind == "zip":
            with _seekable(stream, where) as file:
                yield from _read_zip(file, where, given_date)
        else:
            yield from _read_members(tar_members(stream), where, given_date, in_archive=True)
    except ArchiveError as error:
        yield failure(where.ref, "archive-broken", str(error))
    except (OSError, EOFError, zlib.error) as error:
        yield failure(where.ref, "gzip-broken", f"the gzip file is damaged ({error}): fetch or pack it again")


def _begins_with_warc(head: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(head, 5) == b"WARC/"
    except zlib.error:
        return False


@contextmanager
def _seekable(stream: BinaryIO, where: Where) -> Iterator[BinaryIO]:
    """The file itself, or a copy of a stream, in which one can go back and forth.

    Raises:
        ArchiveError: the stream is too long to be copied.
    """
    if where.file is not None:
        with where.file.open("rb") as file:
            yield file
        return
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES) as copy:
        size = 0
        while data := stream.read(1 << 20):
            size += len(data)
            if size > _MOST_COPIED_BYTES:
                raise ArchiveError("the archive in this stream is longer than 500 MB: give it as a file")
            copy.write(data)
        copy.seek(0)
        yield copy  # type: ignore[misc]


def _read_zip(file: BinaryIO, where: Where, given_date: date | None) -> Iterator[Sourced]:
    try:
        with zipfile.ZipFile(file) as archive:
            word = is_word(archive)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
        raise ArchiveError(f"the ZIP archive is damaged ({error}): fetch or pack it again") from None
    file.seek(0)
    if word:
        yield from _read_word(file, where, given_date)
    elif where.depth:
        yield failure(where.ref, "binary", "this is packed twice: unpack it first")
    else:
        yield from _read_members(zip_members(file), where, given_date, in_archive=True)


def _read_members(
    members: Iterator[Member], where: Where, given_date: date | None, *, in_archive: bool = False
) -> Iterator[Sourced]:
    count = 0
    for member in members:
        count += 1
        ref = f"{where.ref}!{member.name}"
        if member.stream is None:
            yield failure(ref, "binary", member.fault or "the file in the archive cannot be read")
            continue
        inside = Where(ref, member.name, None, member.time or where.time, where.time_is, depth=where.depth + 1)
        try:
            yield from read_stream(member.stream, inside, given_date)
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
            yield failure(
                ref, "archive-broken", f"the file in the archive is damaged ({error}): fetch or pack it again"
            )
    if count == 0 and in_archive:
        yield failure(where.ref, "no-articles", "the archive holds no file that has the name of an article")


def dated_path(path: str) -> str:
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
