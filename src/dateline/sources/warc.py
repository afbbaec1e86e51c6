"""WARC files (web archives, CC-NEWS) as records, plain or gzipped, streamed: one record in memory at a time.

Written here because both libraries for it end at the first damaged record, and with it lose the rest of the file
(fastwarc 2.0.1 and warcio 1.8.1, measured); this reader reports the record and goes on with the next.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from dateline.sources.sourced import MAX_ARTICLE_BYTES

_CHUNK_BYTES = 1 << 16
_LONGEST_HEADER = 1 << 16
_GZIP = b"\x1f\x8b\x08"
_VERSION = b"WARC/"
_BETWEEN = b"\r\n\r\n"
# A record that unpacks to more than this, and to many times what it holds, is a bomb.
_BOMB_BYTES, _BOMB_GROWTH = 200_000_000, 300


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """One record.

    Attributes:
        kind: WARC-Type ("response").
        headers: by lower-case name.
        body: its block, up to the longest an article may be; `cut` where it is longer.
    """

    kind: str
    headers: dict[str, str]
    body: bytes
    cut: bool


@dataclass(frozen=True, slots=True)
class WarcDamage:
    """A record that could not be read: which one (counted from 1), and why."""

    number: int
    message: str


class _Damage(Exception):
    """The bytes at this place cannot be read; the message says why."""


def warc_records(stream: BinaryIO, kinds: frozenset[str]) -> Iterator[WarcRecord | WarcDamage]:
    """The records of some kinds, and the damaged ones; records of other kinds are passed over.

    Args:
        stream: the file, gzipped or not, from its beginning.
        kinds: the values of WARC-Type that are wanted.
    """
    head = stream.read(_CHUNK_BYTES)
    raw: _Plain | _Gzip = _Gzip(head, stream) if head.startswith(_GZIP) else _Plain(head, stream)
    window = _Window(raw)
    number = 0
    while True:
        number += 1
        try:
            if not window.find_record():
                return
            if (record := _record(window, kinds)) is not None:
                yield record
        except _Damage as error:
            yield WarcDamage(number, str(error))
            if not window.recover():
                return


def _record(window: _Window, kinds: frozenset[str]) -> WarcRecord | None:
    headers = _headers(window)
    try:
        length = int(headers.get("content-length", ""))
    except ValueError:
        length = -1
    if length < 0:
        raise _Damage("the record does not say how long it is")
    kind = headers.get("warc-type", "").lower()
    body = window.read(min(length, MAX_ARTICLE_BYTES))
    rest = length - len(body)
    if rest > 0 or not window.at_end_of_record():
        # Too long for an article, or its length is wrong: then the next record was read with it, and is put back.
        end = body.find(_BETWEEN + _VERSION)
        if end >= 0:
            window.put_back(body[end:])
            body = body[:end]
        elif rest > 0 and len(body) == MAX_ARTICLE_BYTES:
            window.skip(rest)
        else:
            raise _Damage("the file ends inside the record" if rest > 0 else "the record is longer than it says")
    if kind not in kinds:
        return None
    return WarcRecord(kind, headers, body, len(body) == MAX_ARTICLE_BYTES and rest > 0)


def _headers(window: _Window) -> dict[str, str]:
    headers: dict[str, str] = {}
    total = 0
    name = ""
    window.line()  # the version
    while line := window.line().rstrip(b"\r\n"):
        total += len(line)
        if total > _LONGEST_HEADER:
            raise _Damage("the record's header has no end")
        text = line.decode("utf-8", "replace")
        if text[0] in " \t" and name:
            headers[name] += " " + text.strip()
            continue
        name, _, value = text.partition(":")
        name = name.strip().lower()
        headers.setdefault(name, value.strip())
    return headers


class _Window:
    """The bytes from here on, as many as are needed."""

    def __init__(self, raw: _Plain | _Gzip) -> None:
        self._raw = raw
        self._held = bytearray()
        self._at = 0

    def find_record(self) -> bool:
        """Go over blank lines to the next record; False at the end of the file."""
        while True:
            while self._at < len(self._held) and self._held[self._at] in b"\r\n":
                self._at += 1
            if self._at < len(self._held) or not self._more():
                break
        while len(self._held) - self._at < len(_VERSION) and self._more():
            pass
        if self._at >= len(self._held):
            return False
        if not self._held.startswith(_VERSION, self._at):
            raise _Damage("a record should begin here, but none does")
        return True

    def line(self) -> bytes:
        start = 0
        while (end := self._held.find(b"\n", self._at + start)) < 0:
            start = len(self._held) - self._at
            if start > _LONGEST_HEADER:
                raise _Damage("the record's header has no end")
            if not self._more():
                raise _Damage("the file ends inside a record's header")
        found = bytes(self._held[self._at : end + 1])
        self._at = end + 1
        return found

    def read(self, count: int) -> bytes:
        while len(self._held) - self._at < count and self._more():
            pass
        found = bytes(self._held[self._at : self._at + count])
        self._at += len(found)
        return found

    def skip(self, count: int) -> None:
        while count > 0:
            here = min(count, len(self._held) - self._at)
            self._at += here
            count -= here
            if count and not self._more():
                raise _Damage("the file ends inside the record")

    def at_end_of_record(self) -> bool:
        while len(self._held) - self._at < len(_BETWEEN) and self._more():
            pass
        rest = self._held[self._at : self._at + len(_BETWEEN)]
        return not rest.strip(b"\r\n") or rest.startswith(_VERSION)

    def put_back(self, data: bytes) -> None:
        self._held[: self._at] = data
        self._at = 0

    def recover(self) -> bool:
        """Go to the next place where a record can begin; False where there is none."""
        if self._raw.damaged:
            self._held.clear()
            self._at = 0
            return self._raw.recover()
        self._at += 1
        while True:
            if (found := self._held.find(b"\n" + _VERSION, max(self._at - 1, 0))) >= 0:
                self._at = found + 1
                return True
            self._at = max(self._at, len(self._held) - len(_VERSION))
            try:
                if not self._more():
                    return False
            except _Damage:
                self._held.clear()
                self._at = 0
                return self._raw.recover()

    def _more(self) -> bool:
        if self._at > _CHUNK_BYTES:
            del self._held[: self._at]
            self._at = 0
        data = self._raw.next()
        self._held += data
        return bool(data)


class _Plain:
    """The bytes of a file that is not packed."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self.damaged = False
        self._head = head
        self._stream = stream

    def next(self) -> bytes:
        head, self._head = self._head, b""
        if head:
            return head
        try:
            return self._stream.read(_CHUNK_BYTES)
        except (OSError, EOFError, zlib.error) as error:
            self.damaged = True
            raise _Damage(f"the file cannot be read further ({error})") from None

    def recover(self) -> bool:
        return False


class _Gzip:
    """The unpacked bytes of a gzip file of many members; after damage it goes on with the next member."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self.damaged = False
        self._packed = head
        self._stream = stream
        self._begin()

    def _begin(self) -> None:
        self._unpacker = zlib.decompressobj(31)
        self._taken = self._given = 0

    def next(self) -> bytes:
        while True:
            if self._unpacker.eof:
                self._packed = self._unpacker.unused_data or self._packed
                self._begin()
                # Between members there may be padding.
                self._packed = self._packed.lstrip(b"\x00")
            if not self._packed:
                self._packed = self._read()
                if not self._packed:
                    if self._taken:
                        raise self._broken("the gzip file ends inside a record")
                    return b""
            before = len(self._packed)
            try:
                data = self._unpacker.decompress(self._packed, _CHUNK_BYTES)
            except zlib.error as error:
                raise self._broken(f"the gzip data is damaged ({error})") from None
            self._packed = self._unpacker.unconsumed_tail
            self._taken += before - len(self._packed)
            self._given += len(data)
            if self._given > max(_BOMB_BYTES, _BOMB_GROWTH * self._taken):
                raise self._broken("the record unpacks to far more than it holds, as a bomb does")
            if data:
                return data

    def recover(self) -> bool:
        """Look for the next member that unpacks to the beginning of a record."""
        self.damaged = False
        at = 1
        while True:
            found = self._packed.find(_GZIP, at)
            if found < 0:
                self._packed = self._packed[-2:] + (data := self._read())
                at = 0
                if not data:
                    return False
                continue
            while len(self._packed) - found < 2_000 and (data := self._read()):
                self._packed += data
            if self._unpacks(found):
                self._packed = self._packed[found:]
                self._begin()
                return True
            at = found + 1

    def _unpacks(self, start: int) -> bool:
        try:
            return zlib.decompressobj(31).decompress(self._packed[start : start + 2_000], 16).startswith(_VERSION)
        except zlib.error:
            return False

    def _read(self) -> bytes:
        try:
            return self._stream.read(_CHUNK_BYTES)
        except (OSError, EOFError, zlib.error):
            return b""

    def _broken(self, message: str) -> _Damage:
        self.damaged = True
        return _Damage(message)
