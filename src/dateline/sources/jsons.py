"""JSON and JSONL files as articles, one at a time: a dump of any size is never in memory as a whole."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO

from dateline.sources.decoding import guessed_encoding, marked_encoding
from dateline.sources.fields import LIST_NAMES, draft_from_record, plain_name
from dateline.sources.header import sourced_from_draft, too_long
from dateline.sources.sourced import MAX_RECORD_BYTES, Sourced, failure

_CHUNK_BYTES = 1 << 18


def read_jsonl(
    stream: BinaryIO, path: str, *, given_date: date | None, file_time: date | None, time_is: str
) -> Iterator[Sourced]:
    """The articles of a file with one JSON object per line; a broken line yields its problem and the rest goes on."""
    seen: set[int] = set()
    for number, line in _lines(stream):
        ref = f"{path}:{number}"
        if line is None:
            yield Sourced(None, ref, (too_long(f"more than {MAX_RECORD_BYTES // 1_000_000} MB"),))
            continue
        text = _line_text(line)
        if text is None:
            yield failure(ref, "undecodable", "the line is in no known encoding: save the file as UTF-8")
            continue
        if not text.strip():
            continue
        try:
            record = json.loads(text)
        except (ValueError, RecursionError) as error:
            yield failure(ref, "json-invalid", f"the line is no JSON ({_why(error)}): repair or delete it")
            continue
        yield from _articles(record, path, number, seen, given_date, file_time, time_is)


def read_json(
    stream: BinaryIO, path: str, *, given_date: date | None, file_time: date | None, time_is: str
) -> Iterator[Sourced]:
    """The articles of a JSON file: a list of objects, an object with such a list, or one object."""
    reader = _Values(stream)
    seen: set[int] = set()
    count = 0
    try:
        for number, record in reader.records():
            count += 1
            yield from _articles(record, path, number, seen, given_date, file_time, time_is)
    except _TooLong:
        yield Sourced(None, f"{path}:{reader.line}", (too_long(f"more than {MAX_RECORD_BYTES // 1_000_000} MB"),))
    except (ValueError, RecursionError) as error:
        message = f"the file is no valid JSON from here on ({_why(error)}): repair it; what stands before was read"
        yield failure(f"{path}:{reader.line}", "json-invalid", message)
    else:
        if count == 0:
            yield failure(
                path, "no-articles", "the file holds no articles: give a list of objects with a text and a date"
            )


def count_json(stream: BinaryIO) -> int | None:
    """The number of records in a JSON file, None where it is broken."""
    try:
        return sum(1 for _ in _Values(stream).records())
    except (ValueError, RecursionError, _TooLong):
        return None


def _articles(
    record: Any, path: str, line: int, seen: set[int], given_date: date | None, file_time: date | None, time_is: str
) -> Iterator[Sourced]:
    if not isinstance(record, Mapping):
        kind = type(record).__name__
        yield failure(
            f"{path}:{line}", "record-unknown", f"the record is a {kind}, not an object with a text and a date"
        )
        return
    draft = draft_from_record(
        record, path=path, where=f"{path}:{line}", seen=seen, file_time=file_time, file_time_is=time_is
    )
    yield draft if isinstance(draft, Sourced) else sourced_from_draft(draft, given_date)


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines; None for one that is too long. UTF-16 is turned into UTF-8 on the way."""
    head = stream.readline(MAX_RECORD_BYTES)
    name = marked_encoding(head)
    if name is not None and name != "utf-8-sig":
        yield from enumerate(_recoded_lines(head, stream, name), start=1)
        return
    number = 0
    line = head.removeprefix(codecs.BOM_UTF8)
    while line:
        number += 1
        if not line.endswith(b"\n") and len(line) >= MAX_RECORD_BYTES - 3:
            while line and not line.endswith(b"\n"):
                line = stream.readline(_CHUNK_BYTES)
            yield number, None
        else:
            yield number, line
        line = stream.readline(MAX_RECORD_BYTES)


def _recoded_lines(head: bytes, stream: BinaryIO, name: str) -> Iterator[bytes | None]:
    decoder = codecs.getincrementaldecoder(name)("replace")
    waiting = decoder.decode(head).removeprefix("\ufeff")
    while True:
        *lines, waiting = waiting.split("\n")
        for line in lines:
            yield line.encode("utf-8", "surrogatepass")
        if len(waiting) > MAX_RECORD_BYTES:
            yield None
            waiting = ""
        data = stream.read(_CHUNK_BYTES)
        waiting += decoder.decode(data, final=not data)
        if not data:
            break
    yield from (line.encode("utf-8", "surrogatepass") for line in waiting.split("\n"))


def _line_text(line: bytes) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        name = guessed_encoding(line)
        return line.decode(name) if name else None


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg}, character {error.pos + 1}"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)[:100]


class _TooLong(Exception):
    """One value of a JSON file is longer than any article may be."""


class _Values:
    """Records of a JSON text, decoded one by one from a window that moves over the file."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        head = stream.read(_CHUNK_BYTES)
        name = marked_encoding(head) or "utf-8"
        self._decoder = codecs.getincrementaldecoder(name)("replace")
        self._window = self._decoder.decode(head).removeprefix("\ufeff")
        self._at = 0
        self._ended = False
        self._json = json.JSONDecoder()
        self.line = 1

    def records(self) -> Iterator[tuple[int, Any]]:
        """Each record with the number of the line it begins on."""
        while self._peek():
            character = self._peek()
            if character == "[":
                self._advance(1)
                yield from self._elements()
            elif character == "{":
                yield from self._object()
            else:
                yield self.line, self._value()
            if self._peek() == ",":
                self._advance(1)

    def _elements(self) -> Iterator[tuple[int, Any]]:
        """The elements of a list whose bracket has been passed."""
        while True:
            character = self._peek()
            if character == "]":
                self._advance(1)
                return
            if not character:
                raise ValueError("the list is not closed")
            line = self.line
            yield line, self._value()
            if self._peek() == ",":
                self._advance(1)
            elif self._peek() != "]":
                raise ValueError("a comma or ] is missing")

    def _object(self) -> Iterator[tuple[int, Any]]:
        """The articles listed under a key of an object, or the object itself as a record."""
        line = self.line
        record: dict[str, Any] = {}
        listed = False
        self._advance(1)
        while (character := self._peek()) != "}":
            if character != '"':
                raise ValueError("a name in double quotes is missing")
            key = self._value()
            if self._peek() != ":":
                raise ValueError("a colon is missing")
            self._advance(1)
            if plain_name(str(key)) in LIST_NAMES and self._peek() == "[" and not record.get("text"):
                self._advance(1)
                for found in self._elements():
                    listed = True
                    yield found
            else:
                record[str(key)] = self._value()
            if self._peek() == ",":
                self._advance(1)
            elif self._peek() != "}":
                raise ValueError("a comma or } is missing")
        self._advance(1)
        if record and not listed:
            yield line, record

    def _peek(self) -> str:
        """The next character that is not white space, "" at the end of the file."""
        while True:
            while self._at < len(self._window):
                character = self._window[self._at]
                if not character.isspace():
                    return character
                self._advance(1)
            if not self._more():
                return ""

    def _value(self) -> Any:
        """The value that begins at the next character; more of the file is read until it is whole."""
        self._peek()
        while True:
            try:
                value, end = self._json.raw_decode(self._window, self._at)
            except json.JSONDecodeError as error:
                # Far from the end of the window the fault is in the text; near it, the rest may just not be here yet.
                broken = error.pos < len(self._window) - 100 and "Unterminated" not in error.msg
                if broken or not self._grow():
                    raise
            else:
                if end < len(self._window) or not self._more():
                    self._advance(end - self._at)
                    return value

    def _advance(self, count: int) -> None:
        self.line += self._window.count("\n", self._at, self._at + count)
        self._at += count

    def _grow(self) -> bool:
        """As much again as the window holds, so that a long value is tried few times."""
        target = 2 * (len(self._window) - self._at)
        grown = self._more()
        while grown and len(self._window) - self._at < target and self._more():
            pass
        return grown

    def _more(self) -> bool:
        """Read on; what has been passed is dropped."""
        if self._ended:
            return False
        if len(self._window) - self._at > MAX_RECORD_BYTES:
            raise _TooLong
        data = self._stream.read(_CHUNK_BYTES)
        self._ended = not data
        self._window = self._window[self._at :] + self._decoder.decode(data, final=self._ended)
        self._at = 0
        return True
