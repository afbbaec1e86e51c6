"""The corpora of the same event told by several articles, as the merge sees them: given mentions become reports."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dateline.merge.report import Report, Text


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A given mention: the report made of it, the number of its sentence, and the event it tells of in truth."""

    report: Report
    order: int
    chain: str


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """A document with its mentions; `raw` is the line of the corpus, which only the scorer reads."""

    text: Text
    mentions: tuple[GoldMention, ...]
    raw: dict[str, Any]


def load(path: Path, part: str | None = None) -> list[GoldArticle]:
    """The documents of a corpus file, or of one part of it. Neither topic, address nor id tells the merge anything."""
    found = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            raw = json.loads(line)
            if part is None or raw["part"] == part:
                found.append(_article(raw))
    return found


def _article(raw: dict[str, Any]) -> GoldArticle:
    published = date.fromisoformat(raw["date"]) if raw["date"] else None
    whole = "\n".join(part for part in (raw["title"], raw["text"]) if part)
    mentions = tuple(_mention(raw, item, published) for item in raw["mentions"])
    return GoldArticle(Text(raw["id"], published, whole), mentions, raw)


def _mention(raw: dict[str, Any], item: dict[str, Any], published: date | None) -> GoldMention:
    tokens: list[str] = raw["sentences"][item["sent"]]
    starts: list[int] = []
    at = 0
    for token in tokens:
        starts.append(at)
        at += len(token) + 1
    trigger = tuple((starts[n], starts[n] + len(tokens[n])) for n in item["tokens"])
    report = Report(item["id"], raw["id"], published, " ".join(tokens), trigger)
    return GoldMention(report, item["sent"], item["chain"])


def texts(articles: Iterable[GoldArticle]) -> list[Text]:
    """The texts of the documents."""
    return [article.text for article in articles]
