"""Quotation marks: which stretches of a text are quoted, whatever marks it uses and however badly they are balanced."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_DOUBLE_OPEN = {"“": '”“"', "„": '“”"', "«": "»", "「": "」", "『": "』", "〝": "〞〟", "＂": "＂", "‟": "”"}
_ANY = re.compile("``|''|[“”„«»\"‘’'「」『』〝〞〟＂‟]")
_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=[ \t]{2,})")
_SENTENCE = re.compile(r"[.!?]\s+[A-Z]")
_LINE = re.compile(r"\n")
_CONTRACTION = re.compile(r"(?:em|tis|twas|til|till|cause|n|bout|round|ere|d|s|\d0s|\d\d)\b", re.I)


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation.

    Attributes:
        start, end: from the first opening mark to behind the last closing mark.
        pieces: what is quoted, marks left out; one for each paragraph.
        depth: 0 for an outer quotation, 1 for one inside it.
        closed: whether the closing mark was there.
    """

    start: int
    end: int
    pieces: tuple[tuple[int, int], ...]
    depth: int
    closed: bool = True

    @property
    def inner_start(self) -> int:
        """Where the quoted words begin."""
        return self.pieces[0][0]

    @property
    def inner_end(self) -> int:
        """Where the quoted words end."""
        return self.pieces[-1][1]

    def holds(self, offset: int) -> bool:
        """Whether the character lies inside."""
        return self.start <= offset < self.end


@dataclass(slots=True)
class _Open:
    mark: str
    at: int
    depth: int
    size: int = 1
    since: int | None = None  # where the piece begins that is being read, if not at the mark
    pieces: list[tuple[int, int]] = field(default_factory=list)


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans of the paragraphs: parted by blank or indented lines, by each line break where a text has none blank."""
    breaker = _PARAGRAPH if _PARAGRAPH.search(text) else _LINE
    spans, start = [], 0
    for gap in breaker.finditer(text):
        if text[start : gap.start()].strip():
            spans.append((start, gap.start()))
        start = gap.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans


def find_quotes(text: str) -> list[Quote]:
    """All quotations in text order, outer ones before those they hold."""
    if not _ANY.search(text):
        return []
    found: list[Quote] = []
    spans = paragraphs(text)
    carried: _Open | None = None
    for index, (start, end) in enumerate(spans):
        reader = _Paragraph(text, start, end)
        carried = reader.read(carried, found)
        if carried is None:
            continue
        following = text[spans[index + 1][0] :].lstrip()[:1] if index + 1 < len(spans) else ""
        inner = carried.at + carried.size if not carried.pieces else _inner_start(text, start, carried.mark)
        inner, carried.since = (inner if carried.since is None else carried.since), None
        carried.pieces.append((inner, _rstrip(text, inner, end)))
        same = (
            following == carried.mark
            or _closes_later(text, spans, index + 1, carried.mark)
            or (carried.mark == "«" and following == "»")
        )
        if not same or len(carried.pieces) > 12:
            if _is_plausible(text, carried):
                found.append(Quote(carried.at, end, tuple(carried.pieces), carried.depth, closed=False))
            carried = None
    return sorted((quote for quote in found if quote.inner_start < quote.inner_end), key=lambda q: (q.start, -q.end))


class _Paragraph:
    """Reads the marks of one paragraph."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.marks = [match for match in _ANY.finditer(text, start, end)]

    def read(self, carried: _Open | None, found: list[Quote]) -> _Open | None:
        """Adds the quotations that close here; returns the outer one still open at the end."""
        stack: list[_Open] = []
        inner = self.start
        if carried is not None:
            stack.append(carried)
            inner = _inner_start(self.text, self.start, carried.mark)
        for index, match in enumerate(self.marks):
            mark, at = match.group(), match.start()
            if at < inner:
                continue
            if self._closes(stack, mark, at, index):
                opened = self._pop(stack, mark)
                first = inner if opened is carried else opened.at + opened.size
                first = first if opened.since is None else opened.since
                opened.pieces.append((first, at))
                found.append(Quote(opened.at, match.end(), tuple(opened.pieces), opened.depth))
            elif self._opens(stack, mark, at, index):
                same = [item for item in stack if item.mark == mark]
                if same and mark == "“" and self.text[:at].rstrip()[-1:] in (".", "!", "?"):
                    self._resume(same[0], inner if same[0] is carried else same[0].at + same[0].size, at)
                    continue
                if same and same[0] is not carried:
                    del stack[stack.index(same[0]) :]
                stack.append(_Open(mark, at, len(stack), len(mark)))
        outer = [item for item in stack if item.mark not in "‘'`" and (item.depth == 0 or item is carried)]
        return outer[0] if outer else None

    def _resume(self, opened: _Open, first: int, at: int) -> None:
        """Goes on with a quotation that repeats its opening mark, as its paragraphs do in a flattened text."""
        first = first if opened.since is None else opened.since
        opened.pieces.append((first, _rstrip(self.text, first, at)))
        opened.since = at + opened.size

    def _pop(self, stack: list[_Open], mark: str) -> _Open:
        at = next(i for i in range(len(stack) - 1, -1, -1) if _is_pair(stack[i].mark, mark))
        opened = stack[at]
        del stack[at:]
        return opened

    def _around(self, at: int, size: int = 1) -> tuple[str, str]:
        before = self.text[at - 1] if at > self.start else " "
        after = self.text[at + size] if at + size < self.end else " "
        return before, after

    def _closes(self, stack: list[_Open], mark: str, at: int, index: int) -> bool:
        if not any(_is_pair(item.mark, mark) for item in stack):
            return False
        before, after = self._around(at, len(mark))
        if mark in "'’" and mark != "''":
            return self._is_single_close(stack, at, index, before, after)
        if mark == '"' or mark == "＂":
            return not (before.isspace() and after.isalnum()) or self._is_spaced(at)
        if mark == "“":
            return any(item.mark == "„" for item in stack)
        return True

    def _is_spaced(self, at: int) -> bool:
        """Marks with blanks on both sides of what they quote, as tokenised text has them."""
        return at + 1 < self.end and self.text[at + 1].isspace()

    def _is_single_close(self, stack: list[_Open], at: int, index: int, before: str, after: str) -> bool:
        if not any(item.mark in "‘'" for item in stack) or after.isalnum() or before.isspace():
            return False
        if not before.isalnum():
            return True
        if before.lower() != "s" or not after.isspace():
            return True
        # "the workers’ demands": an apostrophe where a better closing mark still follows
        for match in self.marks[index + 1 :]:
            if match.group() in ("‘", '"', "“", "”"):
                return True
            if match.group() in "'’":
                left, right = self._around(match.start())
                if not right.isalnum() and not left.isspace():
                    return False
        return True

    def _opens(self, stack: list[_Open], mark: str, at: int, index: int) -> bool:
        before, after = self._around(at, len(mark))
        lead = before.isspace() or before in "([{—–-:,\"“‘'«/…>"
        if mark in ("“", "„", "«", "「", "『", "〝", "‟", "‘", "``"):
            if mark == "‘":
                return lead and not after.isspace() and not _CONTRACTION.match(self.text, at + 1)
            return True
        if mark == "''":
            return lead and (after.isalnum() or after in "[`") and not stack
        if mark == "»":
            return lead and after.isalnum()
        if mark == "”":
            return lead and after.isalnum() and not stack
        if mark == "'":
            return (
                lead
                and (after.isalpha() or after in '"“[')
                and not _CONTRACTION.match(self.text, at + 1)
                and self._has_single_close(index)
            )
        if mark in ('"', "＂"):
            if before == "," and after.isspace():
                return self.text[at + 1 : at + 4].lstrip()[:1] in "[(" and index + 1 < len(self.marks)
            return (lead or (not before.isdigit() and not before.isalnum())) and (
                not after.isspace() or before.isspace()
            )
        return False

    def _has_single_close(self, index: int) -> bool:
        return any(
            not self._around(match.start())[0].isspace() and not self._around(match.start())[1].isalnum()
            for match in self.marks[index + 1 :]
            if match.group() in ("'", "’")
        )


def _is_pair(opened: str, mark: str) -> bool:
    if opened == "``":
        return mark in ("''", '"')
    if opened == "''":
        return mark == "''"
    if opened == "»":
        return mark == "«"
    if opened == "”":
        return mark == "”"
    if opened == '"':
        return mark in ('"', "''", "”")
    if opened in "‘'":
        return mark in ("’", "'")
    return mark in _DOUBLE_OPEN.get(opened, "")


def _inner_start(text: str, start: int, mark: str) -> int:
    """Behind the opening mark that a quoted paragraph repeats."""
    at = start
    while at < len(text) and text[at].isspace():
        at += 1
    return at + 1 if at < len(text) and (text[at] == mark or (mark == "«" and text[at] == "»")) else at


def _closes_later(text: str, spans: list[tuple[int, int]], index: int, mark: str) -> bool:
    """Whether the next paragraph, without repeating the opening mark, holds the closing one."""
    if index >= len(spans):
        return False
    start, end = spans[index]
    match = re.compile('[“”"«»]').search(text, start, end)
    if match is None or not _is_pair(mark, match.group()) or match.group() == "“":
        return False
    before, after = text[match.start() - 1], text[match.end() : match.end() + 1]
    return match.start() > start and not before.isspace() and not after.isalnum()


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _is_plausible(text: str, opened: _Open) -> bool:
    """An unclosed mark counts where it starts a paragraph or follows a comma or colon, not after a figure (12").

    One that can only open also counts behind a sentence, if no further sentence follows it.
    """
    before = text[: opened.at].rstrip(" ")[-1:]
    after = text[opened.at + 1 : opened.at + 2]
    if opened.depth or after.isspace():
        return False
    if opened.mark == "“" and before in (".", "!", "?"):
        start, end = opened.pieces[-1]
        return len(opened.pieces) > 1 or _SENTENCE.search(text, start, end - 1) is None
    return not before or before in "\n,:"
