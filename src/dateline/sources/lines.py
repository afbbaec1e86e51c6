"""Lines of a text with their offsets, and whether they stand alone between blank lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_BLANK = re.compile(
    r"(?:\r\n|[\r\n\u2028\u2029\x0b\x0c\x85])[^\S\r\n\u2028\u2029]*(?:\r\n|[\r\n\u2028\u2029\x0b\x0c\x85])"
)
_ENDED = re.compile(r"[.!?…][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, white space at its ends left out.

    Attributes:
        start, end: its characters in the text.
        opens, closes: whether a blank line or the end of the text stands before, after it.
    """

    text: str
    start: int
    end: int
    opens: bool
    closes: bool

    @property
    def ended(self) -> bool:
        """Whether it ends as a sentence ends."""
        return bool(_ENDED.search(self.text))

    @property
    def words(self) -> int:
        """The number of words, by white space."""
        return len(self.text.split())


def lines_of(text: str, limit: int | None = None) -> list[Line]:
    """The lines of a text that are not blank, in order; only the first `limit` where given."""
    bare: list[tuple[str, int, int]] = []
    for found in _LINE.finditer(text):
        content = found[0].strip()
        if content:
            start = found.start() + found[0].index(content[0])
            bare.append((content, start, start + len(content)))
            if limit is not None and len(bare) > limit:
                break
    lines = []
    for index, (content, start, end) in enumerate(bare):
        opens = index == 0 or bool(_BLANK.search(text, bare[index - 1][2], start))
        closes = index + 1 == len(bare) or bool(_BLANK.search(text, end, bare[index + 1][1]))
        lines.append(Line(content, start, end, opens, closes))
    return lines if limit is None else lines[:limit]
