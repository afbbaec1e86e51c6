"""Bytes to text: UTF-8 first, UTF-16 and UTF-32 by their mark, then the usual Western encodings, then a guess."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from dateline.records.problem import Problem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What an English text read as Windows-1252 may hold beyond ASCII: quotes, dashes, currency, accented letters in words.
_WESTERN = re.compile(
    r"(?:[\x00-\x7f‘’‚“”„†‡•…‰‹›™\u00a0¡¢£¥¦§©«®°±²³·¹º»¼½¾¿€–—×÷ªµ¶¨´¸¯¬\u00ad]"
    r"|[ß-öø-ÿšžœ]|(?<![a-zß-ÿ])[À-ÖØ-ÞŠŽŒŸ](?=[a-zß-ÿ'’. -])|(?<=[A-ZÀ-Þ])[À-ÖØ-ÞŠŽŒŸ]|[À-ÖØ-Þ](?=[A-ZÀ-Þ]{2}))*"
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_GUESS_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read with, and a problem where that was a guess."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def marked_encoding(data: bytes) -> str | None:
    """The encoding that a byte order mark or the pattern of NUL bytes gives away."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    head = data[:2000]
    if len(head) >= 16 and b"\x00" in head:
        even, odd = head[0::2].count(0), head[1::2].count(0)
        if odd > 0.4 * len(head[1::2]) and even == 0:
            return "utf-16-le"
        if even > 0.4 * len(head[0::2]) and odd == 0:
            return "utf-16-be"
    return None


def is_binary(data: bytes) -> bool:
    """Whether the beginning of a file cannot be text in any encoding."""
    if marked_encoding(data) is not None:
        return False
    head = data[:8192]
    return b"\x00" in head or len(_CONTROL.findall(head)) > 0.02 * len(head)


def decode(data: bytes) -> Decoded | None:
    """The text of some bytes, without a byte order mark; None where no encoding makes text of them."""
    if name := marked_encoding(data):
        try:
            return Decoded(data.decode(name).removeprefix("\ufeff"), name)
        except UnicodeDecodeError:
            return None
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if is_binary(data):
        return None
    name = guessed_encoding(data)
    if name is None:
        return None
    try:
        text = data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None
    message = f"the text is not UTF-8 and was read as {name}: save it as UTF-8 if letters look wrong"
    return Decoded(text, name, (Problem("source", "encoding-guessed", message),))


def guessed_encoding(data: bytes) -> str | None:
    """The likeliest encoding of bytes that are not UTF-8."""
    try:
        if _WESTERN.fullmatch(data.decode("cp1252")):
            return "cp1252"
    except UnicodeDecodeError:
        pass
    import charset_normalizer  # only needed here, and slow to load

    best = charset_normalizer.from_bytes(data[:_GUESS_BYTES]).best()
    if best is not None:
        try:
            data.decode(best.encoding)
        except (UnicodeDecodeError, LookupError):
            best = None
    if best is not None:
        return best.encoding
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return "cp1252"
