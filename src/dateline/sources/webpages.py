"""Pages as the web gave them, out of a WARC file: HTTP response to markup, markup to article."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import BinaryIO

from dateline.sources.decoding import Decoded, decode
from dateline.sources.html import read_page
from dateline.sources.sourced import MAX_ARTICLE_BYTES, Draft, Sourced, Where, failure
from dateline.sources.warc import WarcDamage, WarcRecord, warc_records

_KINDS = frozenset(("response", "resource"))
_STATUS = re.compile(rb"HTTP/[0-9.]+ (?P<code>[0-9]{3})")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_PAGE_TYPES = ("text/html", "application/xhtml+xml")


def read_warc(stream: BinaryIO, where: Where) -> Iterator[Draft | Sourced]:
    """The articles among the pages of a WARC file.

    Redirects, errors, pictures and other things that are no page are passed over. A damaged record, and a page in which
    no article was found, are failures of their own.
    """
    pages = 0
    for record in warc_records(stream, _KINDS):
        if isinstance(record, WarcDamage):
            pages += 1
            message = f"{record.message}; reading went on with the next record that is whole"
            yield failure(f"{where.ref}:record {record.number}", "record-broken", message)
        elif (found := _page(record, where)) is not None:
            pages += 1
            yield found
    if pages == 0:
        yield failure(where.ref, "no-articles", "the WARC file holds no HTML pages (responses with status 200)")


def draft_of_page(markup: Decoded, where: Where, address: str | None) -> Draft | Sourced:
    """The article of a page; `where.ref` is that of the page itself, `address` where it came from."""
    page = read_page(markup.text)
    if page.text is None:
        return failure(where.ref, "no-article-text", "no article text was found in this page: save the article as text")
    return Draft(
        page.text,
        where.ref,
        title=page.title,
        byline=page.byline,
        source=page.source,
        url=page.url or address,
        page_date=page.published,
        file_time=where.time,
        file_time_is=where.time_is,
        problems=markup.problems,
    )


def decode_page(data: bytes, content_type: str | None) -> Decoded | None:
    """The characters of a page: UTF-8 if it is that, else what the server or the page itself says, else a guess."""
    try:
        return Decoded(data.decode("utf-8").removeprefix("\ufeff"), "utf-8")
    except UnicodeDecodeError:
        pass
    told = _CHARSET.search(content_type or "")
    meta = _META_CHARSET.search(data[:4096])
    for name in (told[1] if told else None, meta[1].decode("ascii", "replace") if meta else None):
        if name is not None:
            try:
                return Decoded(data.decode(name), name)
            except (UnicodeDecodeError, LookupError):
                continue
    return decode(data)


def _page(record: WarcRecord, where: Where) -> Draft | Sourced | None:
    address = record.headers.get("warc-target-uri", "").strip("<> ") or None
    here = replace(where, ref=f"{where.ref}#{address or record.headers.get('warc-record-id', '')}", file=None)
    if day := _day(record.headers.get("warc-date")):
        here = replace(here, time=day, time_is="the day it was fetched")
    headers, body = {"content-type": record.headers.get("content-type", "")}, record.body
    if record.kind == "response":
        head, _, body = record.body.partition(b"\r\n\r\n")
        status = _STATUS.match(head)
        if status is None or status["code"] != b"200":
            return None
        headers = _http_headers(head)
    if headers.get("content-type", "text/html").split(";")[0].strip().lower() not in _PAGE_TYPES:
        return None
    if record.cut:
        return failure(here.ref, "text-too-long", f"the page is longer than {MAX_ARTICLE_BYTES // 1_000_000} MB")
    try:
        body = _unpacked(body, headers)
    except ValueError as error:
        return failure(here.ref, "record-broken", f"the page cannot be unpacked ({error})")
    markup = decode_page(body, headers.get("content-type"))
    if markup is None:
        return failure(here.ref, "undecodable", "the page is in no known encoding")
    return draft_of_page(markup, here, address)


def _http_headers(head: bytes) -> dict[str, str]:
    headers: dict[str, str] = {}
    for line in head.decode("latin-1").split("\r\n")[1:200]:
        name, _, value = line.partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    return headers


def _unpacked(body: bytes, headers: dict[str, str]) -> bytes:
    """A body without transfer and content encoding; crawlers often leave the header and store the body plain.

    Raises:
        ValueError: it is packed in a way that is not read, or damaged.
    """
    if "chunked" in headers.get("transfer-encoding", "").lower() and (whole := dechunked(body)) is not None:
        body = whole
    return inflated(body, headers.get("content-encoding", ""))


def inflated(body: bytes, encoding: str) -> bytes:
    """A body without its gzip or deflate packing.

    Raises:
        ValueError: it is packed otherwise, damaged or a bomb.
    """
    packing = encoding.strip().lower()
    if packing in ("", "identity") or body.lstrip()[:1] == b"<":
        return body
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise ValueError(f"it is packed with {packing[:20]!r}, which is not read")
    for bits in (47, -15):  # gzip or zlib by the header, then deflate without any
        unpacker = zlib.decompressobj(bits)
        try:
            data = unpacker.decompress(body, MAX_ARTICLE_BYTES + 1)
        except zlib.error:
            continue
        if len(data) > MAX_ARTICLE_BYTES:
            raise ValueError(f"it unpacks to more than {MAX_ARTICLE_BYTES // 1_000_000} MB")
        return data
    raise ValueError(f"its {packing} data is damaged")


def dechunked(body: bytes) -> bytes | None:
    """A body put together from its chunks, None where it is not in chunks."""
    parts: list[bytes] = []
    at = 0
    while (end := body.find(b"\r\n", at, at + 100)) >= 0:
        size = body[at:end].split(b";")[0].strip()
        if not re.fullmatch(rb"[0-9A-Fa-f]{1,8}", size):
            return None
        count = int(size, 16)
        if count == 0:
            return b"".join(parts)
        parts.append(body[end + 2 : end + 2 + count])
        at = end + 2 + count + 2
    return b"".join(parts) if parts else None


def _day(stamp: str | None) -> date | None:
    try:
        return date.fromisoformat((stamp or "")[:10])
    except ValueError:
        return None
