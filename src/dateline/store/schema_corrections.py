"""The tables of a record that say what people judged and corrected."""

from __future__ import annotations

from typing import Final

# Rows are only ever added. A fact is named by its id, which a second reading of the article gives again, and not by its
# key: what a person said outlives the rows that it is about.
TABLES: Final[tuple[str, ...]] = (
    """
    CREATE TABLE audits (
        key INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        query TEXT NOT NULL,
        seed INTEGER NOT NULL,
        who TEXT NOT NULL,
        begun_at TEXT NOT NULL
    ) STRICT
    """,
    # How many facts each stratum held when the sample was drawn.
    """
    CREATE TABLE audit_strata (
        audit INTEGER NOT NULL REFERENCES audits(key) ON DELETE CASCADE,
        stratum TEXT NOT NULL,
        facts INTEGER NOT NULL,
        PRIMARY KEY (audit, stratum)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE audit_items (
        audit INTEGER NOT NULL REFERENCES audits(key) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        fact TEXT NOT NULL,
        stratum TEXT NOT NULL,
        PRIMARY KEY (audit, n)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE judgements (
        key INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        fact TEXT NOT NULL,
        field TEXT NOT NULL,
        verdict TEXT NOT NULL CHECK (verdict IN ('right', 'wrong', 'withdrawn')),
        was TEXT,
        value TEXT,
        why TEXT,
        rule TEXT NOT NULL,
        audit INTEGER REFERENCES audits(key) ON DELETE SET NULL,
        who TEXT NOT NULL,
        judged_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX judgements_by_fact ON judgements(fact, field)",
    "CREATE INDEX judgements_by_audit ON judgements(audit) WHERE audit IS NOT NULL",
    # What pages count and sort by, each in an index that holds all that is asked: a million events are counted in a
    # tenth of a second.
    "CREATE INDEX events_by_type_and_status ON events(type, status)",
    "CREATE INDEX events_by_status ON events(status, day_to)",
    "CREATE INDEX events_by_place ON events(place_name, place_country)",
    "CREATE INDEX events_by_day_and_quad ON events(day_from, quad)",
    "CREATE INDEX events_by_confidence ON events(confidence)",
    "CREATE INDEX actors_by_name ON actors(name)",
)
