"""Structs in the place of records: the same cells, in the same order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dateline.archive import Archive
from dateline.export.tables import TABLES
from dateline.store.write import open_writer
from tests.store.samples import shelling_reading, visit_reading


@pytest.mark.parametrize("kind", ["events", "statements", "figures", "actors", "places", "times"])
def test_lean_rows_have_the_cells_of_records(tmp_path: Path, kind: str) -> None:
    odd = visit_reading()
    half = replace(odd.events[0].source[0], name="half \ud800 a pair", text="half \ud800 a pair")
    odd = replace(odd, events=(replace(odd.events[0], source=(half,)),))
    with open_writer(tmp_path / "r.db") as writer:
        writer.add(odd)
        writer.add(shelling_reading())
    cells = TABLES[kind].cells
    with Archive(tmp_path / "r.db") as archive:
        plain, lean = (
            [cells(row) for row in archive._asked(kind, "", None, None, lean=lean)] for lean in (False, True)
        )
    assert lean == plain and plain
