"""The dated news articles of the development corpora, for reading and for judging by hand.

Wikinews (`articles/`), AP, NYT, WSJ, VOA and Xinhua stories (`timex/`), world news (`geoparsing/gwn_a.jsonl`) and those
local American stories of `geoparsing/lgl.jsonl` whose name falls into the first quarter by hash.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks.score_times import read_story
from dateline.records.text import Article, make_article

_BREAK = re.compile(r"(?<!\n)\n(?!\n)")
_UNDATED = date(2018, 1, 15)


def local_articles(corpora: Path, quarter: int) -> Iterator[Article]:
    """The local American stories of one quarter by hash, 0 to 3; those of the last were never read while tuning."""
    for line in (corpora / "geoparsing" / "lgl.jsonl").read_text(encoding="utf-8").rstrip("\n").split("\n"):
        row = json.loads(line)
        if hashlib.sha1(row["id"].encode()).digest()[0] // 64 == quarter:
            yield _article(row["id"], row["text"], date.fromisoformat(row["date"]) if row["date"] else _UNDATED)


def articles(corpora: Path) -> Iterator[Article]:
    """All of them; a single line break inside a paragraph is read as a blank, so offsets hold in the corpus text."""
    yield from local_articles(corpora, 0)
    for file in ("articles/wikinews.jsonl", "geoparsing/gwn_a.jsonl"):
        for line in (corpora / file).read_text(encoding="utf-8").rstrip("\n").split("\n"):
            row = json.loads(line)
            given = date.fromisoformat(row["date"]) if row["date"] else _UNDATED
            yield _article(row["id"], row["text"], given)
    for path in sorted((corpora / "timex").glob("*/*.tml")):
        story = read_story(path)
        yield _article(story.name, story.text, story.published)


def files(corpora: Path) -> list[Path]:
    """The files that the articles come from."""
    named = ["articles/wikinews.jsonl", "geoparsing/gwn_a.jsonl", "geoparsing/lgl.jsonl"]
    return [*(corpora / name for name in named), *(corpora / "timex").glob("*/*.tml")]


def _article(name: str, text: str, published: date) -> Article:
    return make_article(_BREAK.sub(" ", text), published=published, published_basis="given", ref=name)
