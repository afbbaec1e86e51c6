"""Exports without text made whole again by someone who holds the same articles: spans are cut out of the texts anew.

Articles are known by their ids (text, title, source, URL and date) or, in readings, by the hash of their text. What is
missing or differs is named, and its rows keep their spans.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO, Final

import msgspec

from dateline.errors import UsageError
from dateline.export.columns import Cells, Column
from dateline.export.layouts import exported_table
from dateline.export.lines import write_lines
from dateline.export.merged import MERGED
from dateline.export.tables import TABLES
from dateline.export.withheld import TITLE, VERBATIM
from dateline.export.write import write_csv
from dateline.records.plain import SCHEMA, reading_from_plain
from dateline.records.reading import Reading
from dateline.sources.files import read_sources
from dateline.sources.header import parse_given_date

Named = Callable[[str], object]
_SPANS: Final = re.compile(r"\d+-\d+(?:; \d+-\d+)*")
_KEPT: Final = 64


@dataclass(frozen=True, slots=True)
class Held:
    """An article in hand; its text stands in a file, at `at` and so many bytes long."""

    id: str
    ref: str
    title: str | None
    at: int
    bytes: int


class Texts:
    """The texts of articles, in a temporary file: a collection of any size can be held."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._by_id: dict[str, Held] = {}
        self._by_hash: dict[str, Held] = {}
        self._by_ref: dict[str, Held] = {}
        self._recent: dict[str, str] = {}

    def add(self, id: str, ref: str, title: str | None, text_sha256: str, text: str) -> None:
        """Hold an article."""
        data = text.encode("utf-8", "surrogatepass")
        held = Held(id, ref, title, self._file.seek(0, io.SEEK_END), len(data))
        self._file.write(data)
        self._by_id[id] = self._by_hash[text_sha256] = self._by_ref[ref] = held

    def by_id(self, id: str) -> Held | None:
        """The article with this id."""
        return self._by_id.get(id)

    def by_hash(self, text_sha256: str) -> Held | None:
        """An article with this text."""
        return self._by_hash.get(text_sha256)

    def by_ref(self, ref: str) -> Held | None:
        """The article read from there."""
        return self._by_ref.get(ref)

    def text(self, held: Held) -> str:
        """Its text; those asked for of late are kept at hand."""
        known = self._recent.get(held.id)
        if known is None:
            self._file.seek(held.at)
            known = self._file.read(held.bytes).decode("utf-8", "surrogatepass")
            if len(self._recent) >= _KEPT:
                self._recent.pop(next(iter(self._recent)))
            self._recent[held.id] = known
        return known


@contextmanager
def texts_of(paths: Sequence[str], date: str | None = None) -> Iterator[Texts]:
    """The texts of the articles in files and folders, read as `dateline read` reads them.

    Raises:
        SourceError: a path cannot be read.
    """
    given = parse_given_date(date) if date is not None else None
    with tempfile.TemporaryFile(prefix="dateline-") as file:
        texts = Texts(file)
        for sourced in read_sources(paths, given_date=given):
            article = sourced.article
            if article is not None:
                texts.add(article.id, article.ref, article.title, article.text_sha256, article.text)
        yield texts


def rehydrate(export: Path, texts: Texts, out: BinaryIO, name: Named) -> int:
    """Write an export again, with its words; the number of rows.

    Args:
        export: readings, or one of our tables as jsonl, csv or tsv, written without text.
        name: told once of each article that is missing or differs, in words.

    Raises:
        UsageError: the file is none of these.
    """
    named = _once(name)
    try:
        with export.open("rb") as file:
            beginning = file.read(4096).lstrip()
        if beginning.startswith(b"{"):
            with export.open("rb") as file:
                return write_lines(_objects(file, export, texts, named), out.write)[0]
        with export.open(encoding="utf-8", newline="") as text:
            return _delimited(text, export, texts, out, named)
    except OSError as error:
        raise UsageError(f"{export}: cannot be read ({error.strerror or error})") from error
    except UnicodeDecodeError as error:
        raise _no_export(export) from error


def rehydrated(export: Path, texts: Texts, name: Named) -> Iterator[Reading]:
    """The readings of an export without text, made whole; those whose article is missing are left out.

    Raises:
        UsageError: the file holds no readings.
    """
    named = _once(name)
    try:
        with export.open("rb") as file:
            for item in _objects(file, export, texts, named):
                if item.get("schema") != SCHEMA:
                    raise UsageError(f"{export}: holds a table; only readings can become a record again")
                if item["article"]["text"] is not None:
                    yield reading_from_plain(item)
    except OSError as error:
        raise UsageError(f"{export}: cannot be read ({error.strerror or error})") from error
    except msgspec.ValidationError as error:
        raise UsageError(f"{export}: holds a reading of another form ({error})") from error


def _once(name: Named) -> Callable[[str, str], None]:
    told: set[str] = set()

    def named(article: str, message: str) -> None:
        if article not in told:
            told.add(article)
            name(message)

    return named


def _objects(
    file: IO[bytes], export: Path, texts: Texts, named: Callable[[str, str], None]
) -> Iterator[dict[str, Any]]:
    filled: _Filled | None = None
    for number, line in enumerate(file, 1):
        try:
            item = msgspec.json.decode(line)
        except msgspec.DecodeError as error:
            raise UsageError(f"{export}, line {number}: is no JSON ({error})") from error
        if isinstance(item, dict) and item.get("schema") == SCHEMA:
            yield _reading(item, texts, named)
            continue
        if filled is None:
            filled = _Filled(list(item) if isinstance(item, dict) else [], export, texts, named)
        yield dict(zip(item, filled.cells(list(item.values())), strict=True))


def _delimited(text: IO[str], export: Path, texts: Texts, out: BinaryIO, named: Callable[[str, str], None]) -> int:
    header = text.readline()
    delimiter = "\t" if "\t" in header else ","
    names = next(csv.reader([header], delimiter=delimiter), [])
    filled = _Filled(names, export, texts, named)
    csv.field_size_limit(2**31 - 1)
    rows: Iterable[list[str]] = csv.reader(text, delimiter=delimiter)
    cells: Iterator[Cells] = (tuple(filled.cells([cell or None for cell in row])) for row in rows)
    return write_csv(filled.columns, cells, out, delimiter=delimiter)


class _Filled:
    """Rows of a table with their words filled in."""

    def __init__(self, names: list[str], export: Path, texts: Texts, named: Callable[[str, str], None]) -> None:
        # Tables of real events have columns of their own before those of the events.
        own = names[len(MERGED) - len(TABLES["events"].columns) :] if names[:1] == [MERGED[0].name] else names
        found = [table for table in TABLES if list(exported_table(table).names) == own]
        if not found:
            raise _no_export(export)
        self.table, self.columns = found[0], [Column(name, "text", "") for name in names]
        self._words = [names.index(name) for name in VERBATIM[self.table]]
        self._title = names.index(TITLE) if TITLE in names else None
        self._id, self._ref = names.index("article_id"), names.index("article_ref")
        self._texts, self._named = texts, named

    def cells(self, row: list[Any]) -> list[Any]:
        """The cells of a row; as they were where its article is missing."""
        held = None if row[self._id] is None else self._texts.by_id(row[self._id])
        if held is None:
            if row[self._id] is not None:
                _name_missing(row[self._id], row[self._ref], self._texts, self._named)
            return row
        text = self._texts.text(held)
        for place in self._words:
            row[place] = _cut(text, row[place])
        if self._title is not None:
            row[self._title] = held.title
        return row


def _cut(text: str, spans: Any) -> Any:
    if not isinstance(spans, str) or not _SPANS.fullmatch(spans):
        return spans
    ends = [span.split("-") for span in spans.split("; ")]
    return "; ".join(text[int(start) : int(end)] for start, end in ends)


def _reading(plain: dict[str, Any], texts: Texts, named: Callable[[str, str], None]) -> dict[str, Any]:
    article = plain["article"]
    held = texts.by_id(article["id"]) or texts.by_hash(article["text_sha256"])
    if held is None:
        _name_missing(article["id"], article["ref"], texts, named)
        return plain
    if held.id != article["id"]:
        differs = f"{held.ref} has its text, but another title, date, source or URL"
        named(article["id"], f"article {article['id']} ({article['ref']}): {differs}")
    text = texts.text(held)
    whole: dict[str, Any] = _with_words(plain, text)
    whole["article"] = {**whole["article"], "text": text, "title": held.title}
    return whole


def _with_words(plain: Any, text: str) -> Any:
    if isinstance(plain, dict):
        filled = {key: _with_words(value, text) for key, value in plain.items()}
        if "start" in plain and "end" in plain and plain.get("text", "") is None:
            filled["text"] = text[plain["start"] : plain["end"]]
        return filled
    if isinstance(plain, list):
        return [_with_words(item, text) for item in plain]
    return plain


def _name_missing(id: str, ref: str, texts: Texts, named: Callable[[str, str], None]) -> None:
    other = texts.by_ref(ref)
    if other is None:
        named(id, f"article {id} ({ref}): is not among the articles given")
    else:
        named(id, f"article {id} ({ref}): what was given there differs in text, title, date, source or URL")


def _no_export(export: Path) -> UsageError:
    return UsageError(
        f"{export}: is no export that can be filled again; that is readings, or one of our tables as jsonl, csv or "
        "tsv, written by `dateline export ... --without-text`"
    )
