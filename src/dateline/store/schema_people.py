"""The tables of a record that say one row for each actor across articles."""

from __future__ import annotations

from typing import Final

TABLES: Final[tuple[str, ...]] = (
    # A form is all that tells actors apart across articles: name, country ("" if not told), walk of life. Forms of one
    # block are looked at together; `person` is the same for all forms that mean one actor.
    """
    CREATE TABLE actor_forms (
        key INTEGER PRIMARY KEY,
        person TEXT,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        words TEXT NOT NULL,
        country TEXT NOT NULL,
        side TEXT NOT NULL,
        block TEXT NOT NULL,
        UNIQUE (kind, name, country, side)
    ) STRICT
    """,
    "CREATE INDEX actor_forms_by_block ON actor_forms(block)",
    "CREATE INDEX actor_forms_by_person ON actor_forms(person)",
    # Every actor row that was looked at; no form for those whose name tells nothing outside their article.
    """
    CREATE TABLE formed_actors (
        actor INTEGER PRIMARY KEY REFERENCES actors(key) ON DELETE CASCADE,
        form INTEGER REFERENCES actor_forms(key)
    ) STRICT
    """,
    "CREATE INDEX formed_actors_by_form ON formed_actors(form)",
)
