"""docs/layouts.md says what the code does. `python -m tests.export.test_docs` writes its table anew."""

from __future__ import annotations

import re
from pathlib import Path

from dateline.export.layouts import LAYOUTS
from dateline.export.tables import TABLES
from tests.store.test_docs import with_block

PAGE = Path(__file__).parents[2] / "docs" / "layouts.md"


def layouts() -> str:
    lines = ["| Layout | What it is | Tables | Usual ending |", "| --- | --- | --- | --- |"]
    for layout in LAYOUTS.values():
        tables = "all" if len(layout.tables) == len(TABLES) else ", ".join(layout.tables)
        lines.append(f"| `{layout.name}` | {layout.says} | {tables} | `{layout.ending}` |")
    return "\n".join(lines)


def test_the_table_of_layouts_is_up_to_date() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert with_block(text, "layouts", layouts()) == text, "run `python -m tests.export.test_docs`"


def test_every_layout_says_what_it_cannot_hold() -> None:
    text = PAGE.read_text(encoding="utf-8")
    table = text[text.index("## No loss?") : text.index("## Sharing")]
    named = re.findall(
        r"`([^`]+)`", " ".join(line.split("|")[1] for line in table.splitlines() if line.startswith("| `"))
    )
    assert named == list(dict.fromkeys(named)) and set(named) == set(LAYOUTS)


if __name__ == "__main__":
    PAGE.write_text(with_block(PAGE.read_text(encoding="utf-8"), "layouts", layouts()), encoding="utf-8")
