"""The reference tables in the docs say what the code does. `python -m tests.store.test_docs` writes them anew."""

from __future__ import annotations

import re
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dateline.archive import Archive
from dateline.export.tables import TABLES
from dateline.store.database import open_for_asking
from dateline.store.fields import FIELDS, KINDS
from dateline.store.schema import MIGRATIONS

DOCS = Path(__file__).parents[2] / "docs"


def escaped(text: str) -> str:
    return text.replace("|", "\\|")


def fields() -> str:
    lines = ["| Field | Asks for | In | Example |", "| --- | --- | --- | --- |"]
    for field in FIELDS:
        where = "all" if field.kinds == KINDS else ", ".join(f"{kind}s" for kind in field.kinds)
        none = "; also `none`" if field.none else ""
        lines.append(f"| `{field.name}` | {field.says}{none} | {where} | `{escaped(field.example)}` |")
    return "\n".join(lines)


def values() -> str:
    chosen = [field for field in FIELDS if field.allowed]
    return "\n".join(f"- `{field.name}`: {', '.join(f'`{value}`' for value in field.allowed)}" for field in chosen)


def dictionary() -> str:
    parts = []
    for table in TABLES.values():
        lines = [f"### {table.name}", "", "| Column | Type | What it says |", "| --- | --- | --- |"]
        lines += [f"| `{column.name}` | {column.type} | {escaped(column.says)} |" for column in table.columns]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def schema() -> str:
    lines = ["| Table | Columns |", "| --- | --- |"]
    with closing(sqlite3.connect(":memory:")) as connection:
        for migration in MIGRATIONS:
            for statement in migration:
                connection.execute(statement)
        names = [
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%'")
        ]
        for name in names:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            lines.append(f"| `{name}` | {', '.join(f'`{column}`' for column in columns)} |")
    return "\n".join(lines)


BLOCKS = {
    ("queries.md", "fields"): fields,
    ("queries.md", "values"): values,
    ("record.md", "dictionary"): dictionary,
    ("record.md", "schema"): schema,
}


def with_block(text: str, name: str, block: str) -> str:
    pattern = re.compile(rf"(<!-- {name}: [^\n]*-->\n).*?(<!-- end -->)", re.DOTALL)
    return pattern.sub(lambda found: f"{found[1]}{block}\n{found[2]}", text)


@pytest.mark.parametrize(("page", "name"), BLOCKS)
def test_reference_tables_are_up_to_date(page: str, name: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    assert f"<!-- {name}: " in text
    assert with_block(text, name, BLOCKS[page, name]()) == text, "run `python -m tests.store.test_docs`"


@pytest.mark.parametrize("page", ["queries.md", "record.md"])
def test_queries_in_the_docs_can_be_asked(record: Path, page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    commands = re.findall(r"dateline (\w+) record\.db (\"[^\"]*\")", text)
    calls = re.findall(r"record\.(\w+)\((\"[^\"]*\")\)", text)
    with Archive(record) as archive:
        for kind, query in [*commands, *calls]:
            archive.count(kind, shlex.split(query)[0])


def test_sql_in_the_docs_can_be_run(record: Path) -> None:
    (sql,) = re.findall(r"```sql\n(.*?)```", (DOCS / "record.md").read_text(encoding="utf-8"), re.DOTALL)
    with closing(open_for_asking(record)) as connection:
        rows = connection.execute(sql).fetchall()
    assert [(row[0], row[1], row[3]) for row in rows] == [("NOR", "2020-03-16", "news/visit.txt")]


if __name__ == "__main__":
    for (page_name, block_name), make in BLOCKS.items():
        path = DOCS / page_name
        path.write_text(with_block(path.read_text(encoding="utf-8"), block_name, make()), encoding="utf-8")
