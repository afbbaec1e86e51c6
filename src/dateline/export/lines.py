"""JSON lines: rows and objects, written as they come."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any, BinaryIO, Final

import msgspec

from dateline.export.columns import Cells, Column

Plain = Callable[[bytes], object]
_ROWS_AT_ONCE: Final = 100
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def write_objects(columns: Sequence[Column], rows: Iterable[Cells], write: Plain, *, absent: bool) -> tuple[int, int]:
    """Write rows as JSON lines, some at a time; how many there were, and an upper bound of the bytes of the longest.

    Args:
        absent: whether absent cells are written, as null.
    """
    fields = [(f"c{n}", Any, None) for n in range(len(columns))]
    names = {f"c{n}": column.name for n, column in enumerate(columns)}
    form = msgspec.defstruct("Row", fields, rename=names, omit_defaults=not absent, gc=False)
    encode = msgspec.json.Encoder().encode_lines
    source = iter(rows)
    count = longest = 0
    while some := list(islice(source, _ROWS_AT_ONCE)):
        try:
            lines = encode([form(*row) for row in some])
        except UnicodeEncodeError:
            lines = encode([form(*map(_without_surrogates, row)) for row in some])
        write(lines)
        count += len(some)
        longest = max(longest, len(lines))
    return count, longest


def write_lines(items: Iterable[dict[str, Any]], write: Plain) -> tuple[int, int]:
    """Write JSON objects line by line; how many there were, and the bytes of the longest."""
    encode = msgspec.json.Encoder().encode
    count = longest = 0
    for item in items:
        try:
            line = encode(item)
        except UnicodeEncodeError:
            line = encode(_without_surrogates(item))
        write(line + b"\n")
        count += 1
        longest = max(longest, len(line))
    return count, longest


def write_array(head: bytes, items: Iterable[dict[str, Any]], tail: bytes, out: BinaryIO) -> int:
    """Write JSON objects as the items of an array between `head` and `tail`, one a line; how many there were."""
    out.write(head)
    comma = b""

    def write(line: bytes) -> None:
        nonlocal comma
        out.write(comma + line.removesuffix(b"\n"))
        comma = b",\n"

    count, _ = write_lines(items, write)
    out.write(tail)
    out.flush()
    return count


def _without_surrogates(item: Any) -> Any:
    """The same with the lone surrogates of odd texts, which UTF-8 cannot hold, replaced by U+FFFD."""
    if isinstance(item, str):
        return _SURROGATE.sub("\ufffd", item)
    if isinstance(item, dict):
        return {name: _without_surrogates(value) for name, value in item.items()}
    if isinstance(item, list):
        return [_without_surrogates(value) for value in item]
    return item
