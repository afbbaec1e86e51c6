"""A record on its way out: every layout, the manifest that says where it comes from, and frames for other libraries."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, Final, TextIO

from dateline.errors import UsageError
from dateline.export.columns import RealEvent
from dateline.export.layouts import Export, chosen, exported_table, wants_readings, write_export
from dateline.export.manifest import Manifest, manifest
from dateline.export.tables import TABLES
from dateline.records.highlight import EVENT_HEADINGS, event_cells, plain, table_html
from dateline.records.reading import Reading
from dateline.store.filter import Filter
from dateline.store.merged import MergedEvent
from dateline.store.provenance import facts_digest, known_articles, runs, schema_version
from dateline.store.read import Asking
from dateline.store.shapes import shapes

_SHOWN: Final = 10


class Exporting(ABC):
    """What `Archive` can do to give its rows away. Queries, limits and days are as in its questions."""

    path: Path
    _asking: Asking

    @abstractmethod
    def reading(self, article_id: str) -> Reading:
        """Everything read from the article with this id."""

    @abstractmethod
    def count(self, kind: str, query: str | Filter = "", *, as_of: date | str | None = None) -> int:
        """How many facts of a kind pass a query."""

    @abstractmethod
    def merged(
        self, query: str | Filter = "", *, limit: int | None = None, as_of: date | str | None = None
    ) -> Iterator[MergedEvent]:
        """Real events: one for all reports that tell of the same act."""

    @abstractmethod
    def _asked(
        self, kind: str, query: str | Filter, limit: int | None, as_of: date | str | None, *, lean: bool = False
    ) -> Iterator[Any]: ...

    def export(
        self,
        layout: str,
        out: Path | str | BinaryIO | TextIO,
        query: str | Filter = "",
        *,
        table: str | None = None,
        limit: int | None = None,
        as_of: date | str | None = None,
        with_text: bool = True,
        merged: bool = False,
    ) -> int:
        """Write a part of the record in a layout (docs/layouts.md); the number of rows.

        Args:
            layout: "polecat", "icews", "gdelt", "stata", "parquet", "html" ...
            out: a file, or a stream of bytes.
            table: which of our tables, for layouts that can hold several; the first of them without it.
            merged: one row for each real event, however many reports tell of it; of events only.
            with_text: False leaves out the articles' own words (`dateline rehydrate` fills them in again).

        Raises:
            UsageError: an unknown layout, or one that cannot hold that table.
            StoreError: the file cannot be written.
        """
        known, kind = chosen(layout, table)
        # Some layouts take records apart and build them anew; the others make do with structs, which come sooner.
        rows: Iterator[Any]
        if merged and kind != "events":
            raise UsageError(f"only events are merged: an export of {kind} has a row for each report")
        if merged:
            rows = _real_events(self.merged(query, limit=limit, as_of=as_of))
        else:
            rows = self._asked(kind, query, limit, as_of, lean=with_text and known.lean)
        if wants_readings(layout, kind):
            rows = (self.reading(row.origin.id) for row in rows)
        target = Path(out) if isinstance(out, str) else out
        if isinstance(target, Path) and target.exists() and target.samefile(self.path):
            raise UsageError(f"{target}: is the record itself; name another file to write")
        asked = str(query) if isinstance(query, str) and query else "all"
        export = Export(
            layout=known.name,
            table=kind,
            rows=rows,
            shapes=shapes(self._asking),
            with_text=with_text,
            merged=merged,
            title=f"{self.path.stem}: {kind}, {asked}",
        )
        return write_export(export, target)

    def manifest(self) -> Manifest:
        """Where the record comes from: articles by hash, options and versions of the runs, counts, a digest of all."""
        return manifest(
            record_version=schema_version(self._asking),
            runs=runs(self._asking),
            counts={kind: self.count(kind, "versions:all") for kind in TABLES if kind != "problems"},
            facts=facts_digest(self._asking),
            articles=known_articles(self._asking),
        )

    def frame(
        self, kind: str, query: str | Filter = "", *, limit: int | None = None, as_of: date | str | None = None
    ) -> Any:
        """Flat rows (docs/record.md) as a `pandas.DataFrame`; needs `pip install 'dateline[frames]'`."""
        from dateline.export.frames import data_frame

        table = exported_table(chosen("csv", kind)[1])
        return data_frame(table.columns, map(table.cells, self._asked(kind, query, limit, as_of, lean=True)))

    def arrow(
        self, kind: str, query: str | Filter = "", *, limit: int | None = None, as_of: date | str | None = None
    ) -> Any:
        """Flat rows as a `pyarrow.Table`; needs `pip install 'dateline[frames]'`."""
        from dateline.export.frames import arrow_table

        table = exported_table(chosen("csv", kind)[1])
        return arrow_table(table.columns, map(table.cells, self._asked(kind, query, limit, as_of, lean=True)))

    def relation(
        self,
        kind: str,
        query: str | Filter = "",
        *,
        limit: int | None = None,
        as_of: date | str | None = None,
        connection: Any = None,
    ) -> Any:
        """Flat rows as a DuckDB relation: a table named after the kind, in `connection` or a new one in memory."""
        from dateline.export.frames import relation

        table = exported_table(chosen("csv", kind)[1])
        rows = map(table.cells, self._asked(kind, query, limit, as_of, lean=True))
        return relation(table.name, table.columns, rows, connection)

    def _repr_html_(self) -> str:
        """In a notebook: how much the record holds, and its first events."""
        counts = ", ".join(f"{self.count(kind)} {kind}" for kind in ("articles", "events", "statements", "figures"))
        rows = ((row.origin.published, *event_cells(row.fact)) for row in self._asked("event", "", _SHOWN, None))
        table = table_html(("published", *EVENT_HEADINGS), rows)
        return f'<div class="dateline"><p><b>{plain(str(self.path))}</b>: {counts}</p>{table}</div>'


def _real_events(found: Iterator[MergedEvent]) -> Iterator[RealEvent]:
    return (
        RealEvent(whole.representative.fact, whole.representative.origin, whole.representative.sentence, whole)
        for whole in found
    )
