"""Every layout that a record can be exported in: its name, what it holds, its columns, and what writes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Final, TextIO

from dateline.errors import UsageError
from dateline.export.columns import Column, Table, Told
from dateline.export.lines import write_lines
from dateline.export.merged import MERGED, merged_cells
from dateline.export.rscript import Delimited, r_script
from dateline.export.tables import TABLES
from dateline.export.withheld import bare, span_cells, without_text
from dateline.export.write import FORMATS, write_table, write_to
from dateline.records.plain import reading_to_plain
from dateline.records.reading import Reading

# When a record was read, which would make two exports of equal records differ.
_OF_THE_RUN: Final = ("read_at", "noted_at")


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to write rows.

    Attributes:
        says: what it is, in a few words.
        ending: the usual end of its files' names.
        tables: which of our tables it can hold.
        where: module and function that write it, called with rows and a stream; empty for our own tables.
        columns: module and name of its columns; empty for our own tables and for trees.
        form: how its text is cut, for the reading script in R; None where it is no such text.
        lean: whether rows may hold structs in the place of records (`dateline.store.lean`).
        shaped: whether the function wants the articles' shapes (`dateline.export.gdelt.Shapes`) as well.
    """

    name: str
    says: str
    ending: str
    tables: tuple[str, ...] = ("events",)
    where: tuple[str, str] = ("", "")
    columns: str = ""
    form: Delimited | None = None
    shaped: bool = False
    lean: bool = True


_OWN: Final = tuple(TABLES)
_CSV: Final = Delimited(",")
_HEADLESS: Final = Delimited("\t", quoted=False, header=False)
LAYOUTS: Final[dict[str, Layout]] = {
    layout.name: layout
    for layout in (
        Layout("csv", "our tables: comma-separated, a header", ".csv", _OWN, form=_CSV),
        Layout("tsv", "our tables: tab-separated, a header", ".tsv", _OWN, form=Delimited("\t")),
        Layout("jsonl", "our tables: a JSON object a line", ".jsonl", _OWN),
        Layout("parquet", "our tables: Parquet", ".parquet", _OWN),
        Layout("arrow", "our tables: Arrow IPC, Feather 2 (needs dateline[frames])", ".arrow", _OWN),
        Layout("stata", "our tables: Stata .dta 118 with value labels", ".dta", _OWN),
        Layout("readings", "whole readings, as `dateline read --json` prints them", ".jsonl", ("articles",)),
        Layout("plover", "PLOVER 2.0 JSON lines", ".jsonl", where=("plover", "write_plover")),
        Layout(
            "polecat", "POLECAT, 40 columns", ".txt",
            where=("polecat", "write_polecat"), columns="COLUMNS", form=Delimited("\t", absent="None"),
        ),
        Layout(
            "icews", "ICEWS, 20 columns", ".tab",
            where=("icews", "write_icews"), columns="COLUMNS", form=Delimited("\t", quoted=False),
        ),
        Layout(
            "gdelt", "GDELT 2 events, 61 columns without a header", ".export.CSV",
            where=("gdelt", "write_gdelt"), columns="EVENTS", form=_HEADLESS, shaped=True,
        ),
        Layout(
            "gdelt-mentions", "GDELT 2 mentions, 16 columns without a header", ".mentions.CSV",
            where=("gdelt", "write_mentions"), columns="MENTIONS", form=_HEADLESS, shaped=True,
        ),
        Layout(
            "petrarch", "CAMEO dyads as PETRARCH writes them", ".txt",
            where=("petrarch", "write_petrarch"), columns="COLUMNS", form=_HEADLESS,
        ),
        Layout(
            "acled", "like ACLED, 31 columns", ".csv", where=("acled", "write_acled"), columns="COLUMNS", form=_CSV
        ),
        Layout(
            "ucdp", "like UCDP GED, 49 columns", ".csv", where=("ucdp", "write_ucdp"), columns="COLUMNS", form=_CSV
        ),
        Layout("geojson", "points of events for maps", ".geojson", where=("geojson", "write_geojson")),
        Layout("graphml", "who acts upon whom: GraphML", ".graphml", where=("graph", "write_graphml")),
        Layout(
            "nodes", "who acts upon whom: Gephi's nodes", ".csv",
            where=("graph", "write_nodes"), columns="NODES", form=_CSV,
        ),
        Layout(
            "edges", "who acts upon whom: Gephi's edges", ".csv",
            where=("graph", "write_edges"), columns="EDGES", form=_CSV,
        ),
        Layout(
            "jsonld", "schema.org Event and Claim", ".jsonld", ("events", "statements"),
            where=("jsonld", "write_jsonld"), lean=False,
        ),
        Layout("html", "one page: a list of events, or marked articles", ".html", ("events", "articles")),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Export:
    """What is to be written.

    Attributes:
        layout, table: names of a layout and of the table it is to hold.
        rows: the rows of that table (for readings and marked articles the readings).
        shapes: for layouts that want them, a function from an article's id to its shape.
        with_text: whether the articles' own words may stand in it.
        merged: whether the rows are real events (`dateline.export.columns.RealEvent`).
    """

    layout: str
    table: str
    rows: Iterable[Any]
    shapes: Callable[[str], Any] = lambda article_id: None
    with_text: bool = True
    merged: bool = False
    title: str = "Dateline"


def chosen(layout: str, table: str | None) -> tuple[Layout, str]:
    """The layout of this name, and the table it is to hold: its first one where none is named.

    Raises:
        UsageError: no such layout, or it cannot hold that table.
    """
    known = LAYOUTS.get(layout)
    if known is None:
        raise UsageError(f"'{layout}' is no layout; there are {', '.join(LAYOUTS)}")
    if table is not None and table not in TABLES:
        raise UsageError(f"'{table}' is no table; there are {', '.join(TABLES)}")
    if table is not None and table not in known.tables:
        raise UsageError(f"the layout '{layout}' holds {' or '.join(known.tables)}, not {table}")
    return known, table or known.tables[0]


def wants_readings(layout: str, table: str) -> bool:
    """Whether a layout is written from whole readings."""
    return layout == "readings" or (layout, table) == ("html", "articles")


def exported_table(name: str) -> Table:
    """A table as it is exported: without the columns that tell when the record was made."""
    table = TABLES[name]
    kept = [n for n, column in enumerate(table.columns) if column.name not in _OF_THE_RUN]
    if len(kept) == len(table.columns):
        return table

    def cells(row: Any) -> tuple[Any, ...]:
        found = table.cells(row)
        return tuple(found[n] for n in kept)

    return Table(name, tuple(table.columns[n] for n in kept), cells)


def layout_columns(layout: str, table: str, *, merged: bool = False) -> tuple[Column, ...]:
    """The columns of a layout; empty for those that are no table."""
    known = LAYOUTS[layout]
    if known.columns:
        found: tuple[Column, ...] = getattr(import_module(f"dateline.export.{known.where[0]}"), known.columns)
        return found
    if len(known.tables) != len(TABLES):
        return ()
    return MERGED if merged else exported_table(table).columns


def write_export(export: Export, out: Path | BinaryIO | TextIO) -> int:
    """Write rows in a layout to a file or a stream; the number of rows written.

    Raises:
        UsageError: the layout cannot be written to a stream, or not without text.
        StoreError: the file cannot be written.
    """
    layout = LAYOUTS[export.layout]
    if wants_readings(export.layout, export.table):
        return write_to(out, lambda stream: _write_readings(export, stream))
    if len(layout.tables) == len(TABLES):
        return _write_own(export, out)
    rows: Iterable[Told] = export.rows if export.with_text else bare(export.rows)
    if export.layout == "html":
        from dateline.export.page import write_events_page

        return write_to(out, lambda stream: write_events_page(rows, stream, export.title))
    # Imported here: most layouts need the codebook, and with it the lexicon's slow imports.
    write = getattr(import_module(f"dateline.export.{layout.where[0]}"), layout.where[1])
    if layout.shaped:
        return write_to(out, lambda stream: int(write(rows, stream, export.shapes)))
    return write_to(out, lambda stream: int(write(rows, stream)))


def reading_script(layout: str, table: str, file: str, *, merged: bool = False) -> str:
    """The R script that reads an exported file.

    Raises:
        UsageError: the layout is no table that R reads.
    """
    known = LAYOUTS[layout]
    if known.form is None and layout != "parquet":
        readable = ", ".join(name for name, item in LAYOUTS.items() if item.form is not None or name == "parquet")
        raise UsageError(f"there is no reading script in R for '{layout}'; there is for {readable}")
    return r_script(file, layout_columns(layout, table, merged=merged), known.form, layout)


def _write_own(export: Export, out: Path | BinaryIO | TextIO) -> int:
    table = _merged_table(export.with_text) if export.merged else exported_table(export.table)
    rows = map(table.cells if export.with_text or export.merged else span_cells(table), export.rows)
    if export.layout in FORMATS:
        return write_table(table.columns, rows, export.layout, out)
    if export.layout == "stata":
        from dateline.export.stata import write_stata

        return write_to(out, lambda stream: write_stata(table.columns, rows, stream))
    from dateline.export.frames import write_arrow

    return write_to(out, lambda stream: write_arrow(table.columns, rows, stream))


def _merged_table(with_text: bool) -> Table:
    """The table of real events: what is known of each, then its surest report as in the table of events."""
    events = TABLES["events"]
    first = len(MERGED) - len(events.columns)
    of_report = events.cells if with_text else span_cells(events)
    return Table("events", MERGED, lambda row: (*merged_cells(row.whole)[:first], *of_report(row)))


def _write_readings(export: Export, stream: BinaryIO) -> int:
    if export.layout == "readings":
        return write_lines(_plain_readings(export.rows, export.with_text), stream.write)[0]
    if not export.with_text:
        raise UsageError("a page of marked articles without their text has nothing to show; use the layout readings")
    from dateline.export.page import write_articles_page

    return write_articles_page(export.rows, stream, export.title)


def _plain_readings(readings: Iterable[Reading], with_text: bool) -> Iterator[dict[str, Any]]:
    for reading in readings:
        plain = reading_to_plain(reading)
        yield plain if with_text else without_text(plain)
