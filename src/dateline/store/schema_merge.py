"""The tables of a record that say which reports tell of the same event, and which articles are one story.

All but `merge_decisions` are derived: `dateline merge --again` makes them anew from the reports.
"""

from __future__ import annotations

from typing import Final

TABLES: Final[tuple[str, ...]] = (
    # What an article is compared by: its weighted words and the signature of its text, packed.
    """
    CREATE TABLE article_vectors (
        article INTEGER PRIMARY KEY REFERENCES articles(key) ON DELETE CASCADE,
        vector BLOB NOT NULL,
        signature BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE article_terms (
        term INTEGER NOT NULL,
        day TEXT NOT NULL,
        article INTEGER NOT NULL REFERENCES articles(key) ON DELETE CASCADE,
        weight REAL NOT NULL,
        PRIMARY KEY (term, day, article)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX article_terms_by_article ON article_terms(article)",
    """
    CREATE TABLE article_bands (
        band INTEGER NOT NULL,
        article INTEGER NOT NULL REFERENCES articles(key) ON DELETE CASCADE,
        PRIMARY KEY (band, article)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX article_bands_by_article ON article_bands(article)",
    """
    CREATE TABLE article_links (
        a INTEGER NOT NULL REFERENCES articles(key) ON DELETE CASCADE,
        b INTEGER NOT NULL REFERENCES articles(key) ON DELETE CASCADE,
        likeness REAL NOT NULL,
        copied REAL NOT NULL,
        PRIMARY KEY (a, b)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX article_links_back ON article_links(b)",
    # Made since the last grouping: what is here has links, but no story and no clusters yet.
    """
    CREATE TABLE merge_pending (
        article INTEGER PRIMARY KEY REFERENCES articles(key) ON DELETE CASCADE
    ) STRICT
    """,
    """
    CREATE TABLE article_stories (
        article INTEGER PRIMARY KEY REFERENCES articles(key) ON DELETE CASCADE,
        story TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX article_stories_by_story ON article_stories(story)",
    """
    CREATE TABLE article_families (
        article INTEGER PRIMARY KEY REFERENCES articles(key) ON DELETE CASCADE,
        family TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX article_families_by_family ON article_families(family)",
    """
    CREATE TABLE event_keys (
        merge_key INTEGER NOT NULL,
        event INTEGER NOT NULL REFERENCES events(key) ON DELETE CASCADE,
        PRIMARY KEY (merge_key, event)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX event_keys_by_event ON event_keys(event)",
    """
    CREATE TABLE event_links (
        a INTEGER NOT NULL REFERENCES events(key) ON DELETE CASCADE,
        b INTEGER NOT NULL REFERENCES events(key) ON DELETE CASCADE,
        score REAL NOT NULL,
        keyed INTEGER NOT NULL,
        reasons TEXT NOT NULL,
        PRIMARY KEY (a, b)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX event_links_back ON event_links(b)",
    """
    CREATE TABLE event_clusters (
        event INTEGER PRIMARY KEY REFERENCES events(key) ON DELETE CASCADE,
        cluster TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX event_clusters_by_cluster ON event_clusters(cluster)",
    # A person's word. By the events' ids, so that it outlives reading the articles again.
    """
    CREATE TABLE merge_decisions (
        key INTEGER PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('join', 'split')),
        event_a TEXT NOT NULL,
        event_b TEXT,
        who TEXT NOT NULL,
        why TEXT NOT NULL,
        decided_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX merge_decisions_by_a ON merge_decisions(event_a)",
    "CREATE INDEX merge_decisions_by_b ON merge_decisions(event_b) WHERE event_b IS NOT NULL",
)
DERIVED: Final = (
    "article_vectors",
    "article_terms",
    "article_bands",
    "article_links",
    "merge_pending",
    "article_stories",
    "article_families",
    "event_keys",
    "event_links",
    "event_clusters",
)
