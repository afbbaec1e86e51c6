"""The tables of a record file, as the statements that lead from each version to the next (docs/record.md)."""

from __future__ import annotations

from typing import Final

from dateline.store import schema_corrections, schema_merge, schema_people

# "DTLN": tells a record from any other SQLite file (`file record.db` prints it).
APPLICATION_ID: Final = 0x44544C4E

_ARTICLES = (
    """
    CREATE TABLE runs (
        key INTEGER PRIMARY KEY,
        started TEXT NOT NULL,
        options TEXT NOT NULL,
        versions TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE articles (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        ref TEXT NOT NULL,
        url TEXT,
        source TEXT,
        title TEXT,
        byline TEXT,
        published TEXT NOT NULL,
        published_basis TEXT NOT NULL,
        place_name TEXT,
        place_country TEXT,
        language TEXT NOT NULL,
        characters INTEGER NOT NULL,
        text_sha256 TEXT NOT NULL,
        lineage INTEGER NOT NULL,
        superseded_by INTEGER REFERENCES articles(key),
        run INTEGER REFERENCES runs(key),
        read_at TEXT NOT NULL
    ) STRICT
    """,
    # Long texts stand apart, here and below: rows that are looked through must be short.
    """
    CREATE TABLE article_texts (
        key INTEGER PRIMARY KEY REFERENCES articles(key) ON DELETE CASCADE,
        title TEXT,
        text TEXT NOT NULL,
        plain TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX articles_by_ref ON articles(ref)",
    "CREATE INDEX articles_by_url ON articles(url) WHERE url IS NOT NULL",
    "CREATE INDEX articles_by_lineage ON articles(lineage, published)",
    "CREATE INDEX articles_by_published ON articles(published)",
    "CREATE INDEX articles_superseded ON articles(superseded_by) WHERE superseded_by IS NOT NULL",
    """
    CREATE VIRTUAL TABLE article_index USING fts5(
        title, text, content='article_texts', content_rowid='key', tokenize="unicode61 remove_diacritics 2"
    )
    """,
    """
    CREATE TRIGGER articles_indexed AFTER INSERT ON article_texts BEGIN
        INSERT INTO article_index(rowid, title, text) VALUES (new.key, new.title, new.text);
    END
    """,
    """
    CREATE TRIGGER articles_unindexed AFTER DELETE ON article_texts BEGIN
        INSERT INTO article_index(article_index, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
    END
    """,
    """
    CREATE TABLE problems (
        key INTEGER PRIMARY KEY,
        article INTEGER REFERENCES articles(key) ON DELETE CASCADE,
        ref TEXT NOT NULL,
        stage TEXT NOT NULL,
        code TEXT NOT NULL,
        message TEXT NOT NULL,
        "start" INTEGER,
        "end" INTEGER,
        noted_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX problems_by_article ON problems(article)",
    "CREATE UNIQUE INDEX problems_once ON problems(ref, stage, code, message) WHERE article IS NULL",
)

_MENTIONS = (
    # Names of participants, each once: few against the participants, so that looking through them is quick.
    """
    CREATE TABLE names (
        key INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        words TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE times (
        key INTEGER PRIMARY KEY,
        article INTEGER NOT NULL REFERENCES articles(key) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        "start" INTEGER NOT NULL,
        text TEXT NOT NULL,
        type TEXT NOT NULL,
        value TEXT NOT NULL,
        day_from TEXT,
        day_to TEXT,
        basis TEXT NOT NULL,
        rule TEXT NOT NULL,
        plain TEXT NOT NULL
    ) STRICT
    """,
    "CREATE UNIQUE INDEX times_in_order ON times(article, n)",
    """
    CREATE TABLE places (
        key INTEGER PRIMARY KEY,
        article INTEGER NOT NULL REFERENCES articles(key) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        "start" INTEGER NOT NULL,
        name TEXT NOT NULL,
        words TEXT NOT NULL,
        kind TEXT NOT NULL,
        country TEXT,
        lat REAL,
        lon REAL,
        geonames_id INTEGER,
        rule TEXT NOT NULL,
        plain TEXT NOT NULL
    ) STRICT
    """,
    "CREATE UNIQUE INDEX places_in_order ON places(article, n)",
    "CREATE INDEX places_by_country ON places(country)",
    """
    CREATE TABLE actors (
        key INTEGER PRIMARY KEY,
        article INTEGER NOT NULL REFERENCES articles(key) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        words TEXT NOT NULL,
        kind TEXT NOT NULL,
        country TEXT,
        sectors TEXT NOT NULL,
        role TEXT,
        role_words TEXT NOT NULL,
        mentions INTEGER NOT NULL,
        rule TEXT NOT NULL,
        plain TEXT NOT NULL
    ) STRICT
    """,
    "CREATE UNIQUE INDEX actors_in_order ON actors(article, n)",
    "CREATE UNIQUE INDEX actors_by_id ON actors(article, id)",
    "CREATE INDEX actors_by_country ON actors(country)",
    """
    CREATE TABLE actor_mentions (
        actor INTEGER NOT NULL REFERENCES actors(key) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        "start" INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        text TEXT NOT NULL,
        how TEXT NOT NULL,
        PRIMARY KEY (actor, n)
    ) STRICT, WITHOUT ROWID
    """,
)


def _participants(fact: str) -> tuple[str, ...]:
    """The table of those who take part in one kind of fact, each on its side (source, target, speaker, holder ...)."""
    table = f"{fact}_participants"
    return (
        f"""
        CREATE TABLE {table} (
            {fact} INTEGER NOT NULL REFERENCES {fact}s(key) ON DELETE CASCADE,
            side TEXT NOT NULL,
            n INTEGER NOT NULL,
            actor TEXT,
            name INTEGER NOT NULL REFERENCES names(key),
            country TEXT,
            sectors TEXT NOT NULL,
            role TEXT,
            role_words TEXT NOT NULL,
            PRIMARY KEY ({fact}, side, n)
        ) STRICT, WITHOUT ROWID
        """,
        f"CREATE INDEX {table}_by_country ON {table}(country, side)",
        f"CREATE INDEX {table}_by_name ON {table}(name)",
    )


_EVENTS = (
    """
    CREATE TABLE events (
        key INTEGER PRIMARY KEY,
        article INTEGER NOT NULL REFERENCES articles(key) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        id TEXT NOT NULL UNIQUE,
        type TEXT NOT NULL,
        plover TEXT,
        mode TEXT,
        contexts TEXT NOT NULL,
        cameo TEXT,
        quad INTEGER NOT NULL,
        intensity REAL NOT NULL,
        status TEXT NOT NULL,
        day_from TEXT,
        day_to TEXT,
        place_name TEXT,
        place_words TEXT NOT NULL,
        place_country TEXT,
        reporter TEXT,
        reporter_words TEXT NOT NULL,
        "start" INTEGER NOT NULL,
        "trigger" TEXT NOT NULL,
        rule TEXT NOT NULL,
        confidence REAL NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE event_texts (
        key INTEGER PRIMARY KEY REFERENCES events(key) ON DELETE CASCADE,
        sentence TEXT NOT NULL,
        plain TEXT NOT NULL
    ) STRICT
    """,
    "CREATE UNIQUE INDEX events_in_order ON events(article, n)",
    "CREATE INDEX events_by_type ON events(type, day_from, day_to)",
    "CREATE INDEX events_by_day ON events(day_from, day_to)",
    *_participants("event"),
    """
    CREATE VIRTUAL TABLE event_index USING fts5(
        sentence, content='event_texts', content_rowid='key', tokenize="unicode61 remove_diacritics 2"
    )
    """,
    """
    CREATE TRIGGER events_indexed AFTER INSERT ON event_texts BEGIN
        INSERT INTO event_index(rowid, sentence) VALUES (new.key, new.sentence);
    END
    """,
    """
    CREATE TRIGGER events_unindexed AFTER DELETE ON event_texts BEGIN
        INSERT INTO event_index(event_index, rowid, sentence) VALUES ('delete', old.key, old.sentence);
    END
    """,
)

_STATEMENTS = (
    """
    CREATE TABLE statements (
        key INTEGER PRIMARY KEY,
        article INTEGER NOT NULL REFERENCES articles(key) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        channel TEXT,
        channel_words TEXT NOT NULL,
        day_from TEXT,
        day_to TEXT,
        "start" INTEGER NOT NULL,
        rule TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE statement_texts (
        key INTEGER PRIMARY KEY REFERENCES statements(key) ON DELETE CASCADE,
        content TEXT NOT NULL,
        plain TEXT NOT NULL
    ) STRICT
    """,
    "CREATE UNIQUE INDEX statements_in_order ON statements(article, n)",
    *_participants("statement"),
    """
    CREATE TABLE statement_pieces (
        statement INTEGER NOT NULL REFERENCES statements(key) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        "start" INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        PRIMARY KEY (statement, n)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE statement_events (
        statement INTEGER NOT NULL REFERENCES statements(key) ON DELETE CASCADE,
        event TEXT NOT NULL,
        PRIMARY KEY (statement, event)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX statement_events_by_event ON statement_events(event)",
    """
    CREATE VIRTUAL TABLE statement_index USING fts5(
        content, content='statement_texts', content_rowid='key', tokenize="unicode61 remove_diacritics 2"
    )
    """,
    """
    CREATE TRIGGER statements_indexed AFTER INSERT ON statement_texts BEGIN
        INSERT INTO statement_index(rowid, content) VALUES (new.key, new.content);
    END
    """,
    """
    CREATE TRIGGER statements_unindexed AFTER DELETE ON statement_texts BEGIN
        INSERT INTO statement_index(statement_index, rowid, content) VALUES ('delete', old.key, old.content);
    END
    """,
)

_FIGURES = (
    """
    CREATE TABLE figures (
        key INTEGER PRIMARY KEY,
        article INTEGER NOT NULL REFERENCES articles(key) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        "start" INTEGER NOT NULL,
        text TEXT NOT NULL,
        words TEXT NOT NULL,
        low REAL,
        high REAL,
        qualifier TEXT NOT NULL,
        unit TEXT,
        unit_words TEXT NOT NULL,
        currency TEXT,
        kind TEXT,
        status TEXT NOT NULL,
        day_from TEXT,
        day_to TEXT,
        event TEXT,
        rule TEXT NOT NULL,
        plain TEXT NOT NULL
    ) STRICT
    """,
    "CREATE UNIQUE INDEX figures_in_order ON figures(article, n)",
    "CREATE INDEX figures_by_event ON figures(event) WHERE event IS NOT NULL",
    *_participants("figure"),
)

_TOGETHER = (*schema_merge.TABLES, *schema_people.TABLES, *schema_corrections.TABLES)

# Migration i leads from version i to version i + 1. A released migration is never changed: add one.
MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = (
    (*_ARTICLES, *_MENTIONS, *_EVENTS, *_STATEMENTS, *_FIGURES),
    _TOGETHER,
)
