"""Rows as other projects write them: fields between tabs, never quoted, absent in a way of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import BinaryIO, Final

_BREAKS: Final = re.compile(r"[\t\r\n\x00\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_LINES_AT_ONCE: Final = 500


def write_tabs(
    header: Sequence[str] | None, rows: Iterable[Iterable[object]], out: BinaryIO, *, absent: str = "", end: str = "\n"
) -> int:
    """Write rows with a tab between fields; a tab or line break inside a field becomes a blank.

    Args:
        header: the first line, None for files that have none.
        absent: what stands for None and "".

    Returns:
        The number of rows, without the header.
    """
    lines = [] if header is None else ["\t".join(header)]
    count = 0
    for row in rows:
        cells = [absent if cell is None or cell == "" else str(cell) for cell in row]
        # Looked at once for the whole row: most have no break in them.
        if not "".join(cells).isprintable():
            cells = [one_line(cell) for cell in cells]
        lines.append("\t".join(cells))
        count += 1
        if len(lines) >= _LINES_AT_ONCE:
            _flush(lines, end, out)
    if lines:
        _flush(lines, end, out)
    out.flush()
    return count


def one_line(text: str) -> str:
    """The text without tabs and line breaks, which readers of such files do not expect inside a field."""
    return _BREAKS.sub(" ", text)


def _flush(lines: list[str], end: str, out: BinaryIO) -> None:
    out.write(_SURROGATE.sub("\ufffd", end.join(lines) + end).encode("utf-8"))
    lines.clear()
