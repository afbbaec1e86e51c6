"""Stata's .dta, read back by pandas."""

from __future__ import annotations

import io
import struct
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dateline.archive import Archive
from dateline.export.columns import Cells, Column
from dateline.export.layouts import exported_table
from dateline.export.stata import write_stata
from dateline.export.tables import TABLES

pandas = pytest.importorskip("pandas")

COLUMNS = (
    Column("words", "text", "any words"),
    Column("status", "text", "a closed list"),
    Column("count", "integer", "a number"),
    Column("score", "real", "a number"),
    Column("day", "day", "a day"),
    Column("quad", "integer", "quad class"),
)
ROWS: list[Cells] = [
    ("Ærø 東京", "planned", 5, -2.5, date(2020, 3, 14), 1),
    ("", "denied", None, None, None, 4),
    (None, None, 2**40, 1e300, date(1066, 10, 14), None),
    ("nul \x00 inside\nand a line", "happened", -7, 0.0, date(1960, 1, 1), 2),
]


def read(path: Path) -> tuple[Any, dict[str, str], dict[str, dict[int, str]]]:
    with pandas.read_stata(path, iterator=True) as reader:
        # In this order: asked for the labels first, pandas forgets to read the long texts.
        frame = reader.read()
        return frame, reader.variable_labels(), reader.value_labels()


def test_a_file_can_be_read_back(tmp_path: Path) -> None:
    with (tmp_path / "t.dta").open("wb") as file:
        assert write_stata(COLUMNS, ROWS, file) == 4
    frame, labels, values = read(tmp_path / "t.dta")
    assert list(frame.columns) == [column.name for column in COLUMNS]
    assert labels == {column.name: column.says for column in COLUMNS}
    assert frame["words"].tolist() == ["Ærø 東京", "", "", "nul   inside\nand a line"]
    assert frame["status"].tolist()[:2] == ["planned", "denied"] and pandas.isna(frame["status"][2])
    assert list(values["status"].items())[:3] == [(1, "happened"), (2, "ongoing"), (3, "planned")]
    assert frame["count"].tolist()[0::2] == [5, 2**40] and pandas.isna(frame["count"][1])
    assert frame["score"].tolist()[0::2] == [-2.5, 1e300] and pandas.isna(frame["score"][1])
    assert frame["day"].dt.strftime("%Y-%m-%d").tolist()[0] == "2020-03-14" and pandas.isna(frame["day"][1])
    assert frame["day"][2].year == 1066
    assert frame["quad"].astype(str).tolist()[:2] == ["verbal cooperation", "material conflict"]


def test_long_text_keeps_its_length(tmp_path: Path) -> None:
    long = "word " * 4000
    rows: list[Cells] = [
        (text, None, n, 0.0, None, None) for n, text in enumerate(["short", long, "", None, long + "end"])
    ]
    with (tmp_path / "t.dta").open("wb") as file:
        write_stata(COLUMNS, rows, file)
    frame, _, _ = read(tmp_path / "t.dta")
    assert frame["words"].tolist() == ["short", long, "", "", long + "end"]
    assert (tmp_path / "t.dta").stat().st_size < 60_000


def test_no_rows() -> None:
    out = io.BytesIO()
    assert write_stata(COLUMNS, [], out) == 0
    assert pandas.read_stata(io.BytesIO(out.getvalue())).shape == (0, 6)


def test_the_map_points_at_its_parts() -> None:
    out = io.BytesIO()
    write_stata(COLUMNS, ROWS, out)
    data = out.getvalue()
    places = struct.unpack("<14Q", data[data.index(b"<map>") + 5 :][:112])
    tags = b"stata_data map variable_types varnames sortlist formats value_label_names variable_labels"
    others = [b"characteristics", b"data", b"strls", b"value_labels", b"/stata_dta"]
    for place, tag in zip(places[:-1], [*tags.split(), *others], strict=True):
        expected = b"<stata_dta>" if tag == b"stata_data" else b"<" + tag + b">"
        assert data[place:].startswith(expected)
    assert places[-1] == len(data)


@pytest.mark.parametrize("table", TABLES)
def test_every_table(full: Archive, tmp_path: Path, table: str) -> None:
    count = full.export("stata", tmp_path / "t.dta", table=table)
    frame, _, _ = read(tmp_path / "t.dta")
    names = exported_table(table).names
    assert len(frame) == count and tuple(frame.columns) == names
    assert all(len(name) <= 32 and name.isidentifier() for name in names)


def test_codes_and_status_of_events(full: Archive, tmp_path: Path) -> None:
    full.export("stata", tmp_path / "t.dta")
    frame, _, values = read(tmp_path / "t.dta")
    assert frame["cameo"].tolist() == ["190", "190", "042", "042", "1723"]
    assert frame["status"].astype(str).tolist() == ["happened", "denied", "planned", "happened", "ongoing"]
    assert {number: name for name, number in zip(values["type"].values(), values["type"], strict=True)}[1] == "AGREE"
    assert frame["sentence"][0].startswith("Unknown gunmen shelled")
