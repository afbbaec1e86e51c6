"""What a layout wants to know of an article beside its facts: where its first paragraph ends, and how long it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

import msgspec

from dateline.store.database import sqlite_errors
from dateline.store.read import Asking

# End of the first paragraph, and length of the text, both in characters.
Shape = tuple[int, int]
_PARAGRAPH: Final = re.compile(r"\n[^\S\n]*\n")
_BLANKS: Final = re.compile(r"\s*")
# Events come by day, so the articles of a few days are asked for again and again.
_KEPT: Final = 20_000
# A first paragraph is looked for in this many characters; where there is none, this is the lead.
_LOOKED_AT: Final = 2_000


def shapes(asking: Asking) -> Callable[[str], Shape | None]:
    """A function from an article's id to its shape; None for an article that is not there."""
    sql = (
        f"SELECT substr(t.text, 1, {_LOOKED_AT}), a.characters, t.plain FROM articles a "
        "JOIN article_texts t ON t.key = a.key WHERE a.id = ?"
    )

    @lru_cache(maxsize=_KEPT)
    def shape(article_id: str) -> Shape | None:
        with sqlite_errors(asking.path):
            row = asking.connection.execute(sql, (article_id,)).fetchone()
        if row is None:
            return None
        beginning, characters, plain = row
        return _lead_end(beginning, plain), characters

    return shape


def _lead_end(beginning: str, plain: str) -> int:
    """The end of the first paragraph that reports: headers, bylines and datelines before it do not count."""
    start = _after_blanks(beginning, 0)
    for part in _furniture(plain):
        if part["start"] <= start:
            start = _after_blanks(beginning, max(start, part["end"]))
    found = _PARAGRAPH.search(beginning, start)
    if found is not None:
        return found.start()
    # Texts without empty lines have a paragraph a line.
    line = beginning.find("\n", start)
    return line if line > start else len(beginning)


def _after_blanks(text: str, start: int) -> int:
    blank = _BLANKS.match(text, start)
    return blank.end() if blank else start


def _furniture(plain: str) -> list[dict[str, Any]]:
    try:
        article = msgspec.json.decode(plain)
    except msgspec.DecodeError:
        return []
    furniture: list[dict[str, Any]] = article.get("furniture", [])
    return furniture
