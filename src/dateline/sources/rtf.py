"""RTF to plain paragraphs: the words that a reader sees, cells set apart by tabs, nothing of fields and pictures.

Written for the exports of news banks. Linear in the size of the file, whatever is in it.
"""

from __future__ import annotations

import codecs
import re

_TOKEN = re.compile(
    rb"\\(?:'(?P<hex>[0-9A-Fa-f]{2})|(?P<word>[A-Za-z]{1,32})(?P<number>-?[0-9]{1,10})? ?|(?P<symbol>[^A-Za-z0-9]))"
    rb"|(?P<brace>[{}])|(?P<plain>[^\\{}\r\n]+)|[\r\n]+|\\"
)
# Groups whose words are not part of the text. \* marks further ones.
_HIDDEN = frozenset(
    """fonttbl colortbl stylesheet info pict object themedata colorschememapping datastore latentstyles listtable
    listoverridetable rsidtbl generator header headerl headerr headerf footer footerl footerr footerf footnote
    fldinst xmlnstbl filetbl revtbl bkmkstart bkmkend shpinst private""".split()  # noqa: SIM905
)
_WORDS = {
    "par": "\n",
    "sect": "\n",
    "page": "\n",
    "line": "\n",
    "row": "\n",
    "nestrow": "\n",
    "cell": "\t",
    "nestcell": "\t",
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
}
_SYMBOLS = {b"~": "\u00a0", b"_": "\u2011", b"{": "{", b"}": "}", b"\\": "\\", b"\n": "\n", b"\r": "\n"}
_CHARSETS = {0: "cp1252", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254"}
_CHARSETS |= {163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250"}
_DEEPEST = 1_000


class RtfFault(Exception):
    """A file that is no RTF, or is nested beyond reason; the message says which."""


def rtf_lines(data: bytes) -> list[str]:
    """The lines of an RTF document, one for each paragraph or table row; empty ones are kept.

    Raises:
        RtfFault: it does not begin as RTF does, or nests groups a thousand deep.
    """
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        raise RtfFault("the file is no RTF")
    return _Reader(data).text().split("\n")


class _Reader:
    """One pass over the tokens; a group's state (hidden, font's code page, fallback length) is kept on a stack."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._parts: list[str] = []
        self._bytes = bytearray()
        self._code_page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font: int | None = None
        # (hidden, code page of the font, characters that stand in for a \u)
        self._state: tuple[bool, str | None, int] = (False, None, 1)
        self._stack: list[tuple[bool, str | None, int]] = []
        self._high: int | None = None
        self._to_skip = 0
        self._starts_group = False

    def text(self) -> str:
        at = 0
        size = len(self._data)
        while at < size:
            found = _TOKEN.match(self._data, at)
            if found is None:
                at += 1
                continue
            at = found.end()
            if (brace := found["brace"]) is not None:
                self._group(brace == b"{")
            elif found["hex"] is not None:
                self._add_bytes(bytes([int(found["hex"], 16)]))
            elif found["word"] is not None:
                number = int(found["number"]) if found["number"] is not None else None
                if found["word"] == b"bin" and number is not None and number > 0:
                    at += number
                else:
                    self._control(found["word"].decode("ascii"), number)
            elif found["symbol"] is not None:
                self._symbol(found["symbol"])
            elif found["plain"] is not None:
                self._add_bytes(found["plain"])
        self._flush()
        return "".join(self._parts)

    def _group(self, opens: bool) -> None:
        self._flush()
        self._to_skip = 0
        if opens:
            if len(self._stack) >= _DEEPEST:
                raise RtfFault("its groups are nested a thousand deep, as no document is")
            self._stack.append(self._state)
            self._starts_group = True
        elif self._stack:
            self._state = self._stack.pop()

    def _control(self, word: str, number: int | None) -> None:
        hidden, page, fallback = self._state
        self._starts_group = False
        if word == "u" and number is not None:
            self._add_character(number)
        elif word in _HIDDEN:
            self._flush()
            self._state = (True, page, fallback)
        elif word == "uc" and number is not None:
            self._state = (hidden, page, max(0, min(number, 16)))
        elif word == "ansicpg" and number:
            self._code_page = _known(f"cp{number}") or self._code_page
        elif word == "f" and number is not None:
            self._flush()
            self._font = number
            self._state = (hidden, self._fonts.get(number), fallback)
        elif word == "fcharset" and number is not None and self._font is not None:
            self._fonts.setdefault(self._font, _CHARSETS.get(number, self._code_page))
        if word in _WORDS and not hidden:
            self._flush()
            self._to_skip = 0
            self._parts.append(_WORDS[word])

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*" and self._starts_group:
            self._flush()
            self._state = (True, *self._state[1:])
        elif symbol in _SYMBOLS and not self._state[0]:
            self._flush()
            if self._to_skip:
                self._to_skip -= 1
            else:
                self._parts.append(_SYMBOLS[symbol])
        self._starts_group = False

    def _add_bytes(self, data: bytes) -> None:
        self._starts_group = False
        if self._to_skip:
            skipped = min(self._to_skip, len(data))
            self._to_skip -= skipped
            data = data[skipped:]
        if not self._state[0]:
            self._bytes += data

    def _add_character(self, number: int) -> None:
        """A \\u: sixteen bits, negative from 32768 on; two of them are one character beyond the first 65536."""
        self._flush()
        code = number % 65_536
        self._to_skip = self._state[2]
        if self._state[0]:
            return
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000 and self._high is not None:
            self._parts.append(chr(0x10000 + ((self._high - 0xD800) << 10) + (code - 0xDC00)))
            self._high = None
        else:
            self._parts.append(chr(code) if not 0xDC00 <= code < 0xE000 else "\ufffd")
            self._high = None

    def _flush(self) -> None:
        if self._bytes:
            self._parts.append(bytes(self._bytes).decode(self._state[1] or self._code_page, "replace"))
            self._bytes.clear()


def _known(name: str) -> str | None:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None
