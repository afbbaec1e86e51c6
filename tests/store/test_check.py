"""A check finds what was changed in a record behind Dateline's back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from dateline.archive import Archive
from dateline.store.write import open_writer
from tests.store.samples import VISIT, visit_reading


def messages(path: Path) -> list[str]:
    with Archive(path) as archive:
        return [fault.message for fault in archive.check()]


def test_a_sound_record_has_no_faults(record: Path) -> None:
    with open_writer(record) as writer:
        writer.add(visit_reading(VISIT.replace("next week", "next\ud800 next week"), ref="odd"))
    assert messages(record) == []


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("UPDATE article_texts SET text = replace(text, 'Norway', 'Sweden')", "its text is not the text that was read"),
        (
            'UPDATE figures SET plain = replace(plain, \'"text":"About\', \'"text":"above\')',
            "number 1 of its figures: 'above 40,000 soldiers' does not stand at ",
        ),
        ("DELETE FROM article_texts", "its text is not there"),
        ("DELETE FROM names WHERE name = 'Ine Berg'", "points to a row of names that is not there"),
    ],
)
def test_changes_are_found(record: Path, sql: str, message: str) -> None:
    with closing(sqlite3.connect(record)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(sql)
        connection.commit()
    assert any(message in found for found in messages(record))
