"""Stata's .dta, format 118 (Stata 14 and newer), written without pandas: rows go through a temporary file.

Closed lists (type, status, mode ...) are numbers with value labels, days are %td, long text is strL. Nothing in the
file says when it was written, so the same rows give the same bytes.
"""

from __future__ import annotations

import marshal
import struct
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import IO, Any, BinaryIO, Final, get_args

from dateline.export.columns import Cells, Column
from dateline.records.claims import PloverType, Qualifier, StatementKind, Status
from dateline.records.mentions import ActorKind, PlaceKind, TimeBasis, TimeMod, TimeType
from dateline.records.text import PublishedBasis

# Columns whose values get numbers with labels. Of the lists the first that holds all values of a file is taken, so that
# numbers stay the same from file to file; without one they are numbered in alphabetical order.
LISTS: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "type": (get_args(PloverType), get_args(TimeType)),
    "plover": (get_args(PloverType),),
    "status": (get_args(Status),),
    "mode": (),
    "kind": (get_args(StatementKind), get_args(ActorKind), get_args(PlaceKind)),
    "qualifier": (get_args(Qualifier),),
    "time_basis": (get_args(TimeBasis),),
    "basis": (get_args(TimeBasis),),
    "mod": (get_args(TimeMod),),
    "published_basis": (get_args(PublishedBasis),),
    "language": (),
    "stage": (),
}
_QUADS: Final = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
_EPOCH: Final = date(1960, 1, 1).toordinal()
_STRL, _DOUBLE, _LONG = 32768, 65526, 65528
_MISSING_LONG, _MISSING_DOUBLE = 2147483621, 2.0**1023
_LONGEST_LONG: Final = 2147483620
# Shorter columns are cheaper as they are than as strL, whatever their values.
_SHORT: Final = 80
_LONGEST_STR: Final = 2045
_LABEL_BYTES: Final = 320


@dataclass(slots=True)
class _Seen:
    """What the first pass learnt of a column."""

    longest: int = 0
    bytes: int = 0
    whole: bool = True
    values: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Variable:
    """A column as Stata holds it; `codes` are the numbers of its values where it has labels."""

    column: Column
    type: int
    format: str
    labels: tuple[str, ...]
    codes: Mapping[str, int]


def write_stata(columns: Sequence[Column], rows: Iterable[Cells], out: BinaryIO) -> int:
    """Write a .dta file; the number of rows."""
    with tempfile.TemporaryFile(prefix="dateline-") as spool:
        count, seen = _spool(columns, rows, spool)
        variables = [_variable(column, about, count) for column, about in zip(columns, seen, strict=True)]
        _write(variables, count, spool, _Counting(out))
    out.flush()
    return count


def _spool(columns: Sequence[Column], rows: Iterable[Cells], spool: IO[bytes]) -> tuple[int, list[_Seen]]:
    seen = [_Seen() for _ in columns]
    listed = [column.name in LISTS for column in columns]
    count = 0
    for row in rows:
        kept: list[Any] = []
        for cell, about, closed in zip(row, seen, listed, strict=True):
            if isinstance(cell, str):
                if closed:
                    about.values.add(cell)
                    kept.append(cell)
                    continue
                data = cell.encode("utf-8", "replace").replace(b"\x00", b" ")
                about.longest = max(about.longest, len(data))
                about.bytes += len(data)
                kept.append(data)
            elif isinstance(cell, date):
                kept.append(cell.toordinal() - _EPOCH)
            else:
                if cell is not None and abs(cell) > _LONGEST_LONG:
                    about.whole = False
                kept.append(cell)
        marshal.dump(kept, spool)
        count += 1
    return count, seen


def _spooled(spool: IO[bytes], count: int) -> Iterator[list[Any]]:
    spool.seek(0)
    for _ in range(count):
        yield marshal.load(spool)


def _variable(column: Column, seen: _Seen, count: int) -> _Variable:
    if column.name in LISTS and column.type == "text":
        known = (values for values in LISTS[column.name] if seen.values <= set(values))
        labels = next(known, tuple(sorted(seen.values)))
        return _Variable(column, _LONG, "%24.0g", labels, {label: n for n, label in enumerate(labels, 1)})
    if column.name == "quad":
        return _Variable(column, _LONG, "%24.0g", _QUADS, {})
    if column.type == "day":
        return _Variable(column, _LONG, "%td", (), {})
    if column.type == "integer":
        return _Variable(column, _LONG if seen.whole else _DOUBLE, "%12.0g", (), {})
    if column.type == "real":
        return _Variable(column, _DOUBLE, "%10.0g", (), {})
    wasteful = seen.longest > _SHORT and seen.longest * count > 2 * (seen.bytes + 24 * count)
    if seen.longest > _LONGEST_STR or wasteful:
        return _Variable(column, _STRL, "%9s", (), {})
    width = max(1, seen.longest)
    return _Variable(column, width, f"%{min(width, 244)}s", (), {})


class _Counting:
    """A stream that knows how far it is, standard output too."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.at = 0

    def write(self, data: bytes) -> None:
        self._out.write(data)
        self.at += len(data)


def _write(variables: Sequence[_Variable], count: int, spool: IO[bytes], out: _Counting) -> None:
    header = _header(len(variables), count)
    before = len(header)
    parts = _descriptions(variables)
    data = sum(len(part) for part in parts) + before + _MAP_BYTES
    width = sum(_width(variable) for variable in variables)
    strls = data + len("<data></data>") + width * count
    labels_at = strls + len("<strls></strls>") + _strl_bytes(variables, spool, count)
    labels = b"<value_labels>" + b"".join(_value_label(variable) for variable in variables) + b"</value_labels>"
    end = labels_at + len(labels)
    places = [0, before]
    at = before + _MAP_BYTES
    for part in parts:
        places.append(at)
        at += len(part)
    places += [data, strls, labels_at, end, end + len("</stata_dta>")]
    out.write(header)
    out.write(b"<map>" + struct.pack("<14Q", *places) + b"</map>")
    for part in parts:
        out.write(part)
    out.write(b"<data>")
    pack = struct.Struct("<" + "".join(map(_code, variables))).pack
    convert = [_converter(variable, n) for n, variable in enumerate(variables, 1)]
    for number, row in enumerate(_spooled(spool, count), 1):
        values: list[Any] = []
        for converted, cell in zip(convert, row, strict=True):
            converted(values, cell, number)
        out.write(pack(*values))
    out.write(b"</data><strls>")
    for block in _strls(variables, spool, count):
        out.write(block)
    out.write(b"</strls>" + labels + b"</stata_dta>")


_MAP_BYTES: Final = len("<map></map>") + 14 * 8


def _header(variables: int, count: int) -> bytes:
    return (
        b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder>"
        b"<K>" + struct.pack("<H", variables) + b"</K><N>" + struct.pack("<Q", count) + b"</N>"
        b"<label>" + struct.pack("<H", 0) + b"</label><timestamp>\x00</timestamp></header>"
    )


def _descriptions(variables: Sequence[_Variable]) -> list[bytes]:
    """The seven parts between map and data."""
    types = b"".join(struct.pack("<H", variable.type) for variable in variables)
    names = b"".join(_padded(variable.column.name, 129) for variable in variables)
    formats = b"".join(_padded(variable.format, 57) for variable in variables)
    labelled = b"".join(_padded(variable.column.name if variable.labels else "", 129) for variable in variables)
    says = b"".join(_padded(variable.column.says[:80], _LABEL_BYTES + 1) for variable in variables)
    return [
        b"<variable_types>" + types + b"</variable_types>",
        b"<varnames>" + names + b"</varnames>",
        b"<sortlist>" + bytes(2 * (len(variables) + 1)) + b"</sortlist>",
        b"<formats>" + formats + b"</formats>",
        b"<value_label_names>" + labelled + b"</value_label_names>",
        b"<variable_labels>" + says + b"</variable_labels>",
        b"<characteristics></characteristics>",
    ]


def _padded(text: str, room: int) -> bytes:
    return text.encode("utf-8")[: room - 1].ljust(room, b"\x00")


def _width(variable: _Variable) -> int:
    return {_STRL: 8, _DOUBLE: 8, _LONG: 4}.get(variable.type, variable.type)


def _code(variable: _Variable) -> str:
    """How `struct` writes a cell; a strL is the number of its variable and, in six bytes, that of its row."""
    return {_STRL: "HIH", _DOUBLE: "d", _LONG: "i"}.get(variable.type, f"{variable.type}s")


def _converter(variable: _Variable, n: int) -> Callable[[list[Any], Any, int], None]:
    """A function that adds the values of a cell for `struct`, from the cell and the number of its row."""
    codes = variable.codes
    if variable.type == _STRL:
        return lambda values, cell, row: values.extend((n, row & 0xFFFFFFFF, row >> 32) if cell else (0, 0, 0))
    if codes:
        return lambda values, cell, row: values.append(_MISSING_LONG if cell is None else codes[cell])
    if variable.type == _LONG:
        return lambda values, cell, row: values.append(_MISSING_LONG if cell is None else int(cell))
    if variable.type == _DOUBLE:
        return lambda values, cell, row: values.append(_MISSING_DOUBLE if cell is None else cell)
    return lambda values, cell, row: values.append(cell or b"")


def _strl_bytes(variables: Sequence[_Variable], spool: IO[bytes], count: int) -> int:
    return sum(len(block) for block in _strls(variables, spool, count))


def _strls(variables: Sequence[_Variable], spool: IO[bytes], count: int) -> Iterator[bytes]:
    """The long texts, each under the number of its variable and its row."""
    long = [n for n, variable in enumerate(variables) if variable.type == _STRL]
    if not long:
        return
    for number, row in enumerate(_spooled(spool, count), 1):
        for n in long:
            if row[n]:
                yield b"GSO" + struct.pack("<IQBI", n + 1, number, 130, len(row[n]) + 1) + row[n] + b"\x00"


def _value_label(variable: _Variable) -> bytes:
    if not variable.labels:
        return b""
    texts = [label.encode("utf-8") + b"\x00" for label in variable.labels]
    starts = [sum(map(len, texts[:n])) for n in range(len(texts))]
    text = b"".join(texts)
    numbers = range(1, len(texts) + 1)
    table = struct.pack(f"<ii{len(texts)}i{len(texts)}i", len(texts), len(text), *starts, *numbers) + text
    name = _padded(variable.column.name, 129)
    return b"<lbl>" + struct.pack("<i", len(table)) + name + bytes(3) + table + b"</lbl>"
