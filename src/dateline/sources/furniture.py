"""Parts of an article that are no reporting: header lines, datelines, bylines, captions, credits, links, boilerplate.

What they look like is written in `furniture.toml`. The text itself is never changed: a part is a span, and later stages
pass over it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from dateline.records.text import Furniture
from dateline.sources.datelines import find_dateline
from dateline.sources.dates import MONTH, WEEKDAY
from dateline.sources.lines import Line, lines_of
from dateline.sources.opening import Opening, read_opening

FurnitureKind = Literal["header", "dateline", "byline", "caption", "credit", "link", "agency", "boilerplate"]

# A paragraph longer than this is reporting, whatever it begins with.
_LONGEST_LINE = 500
# The credit of a picture turns the whole of a paragraph up to this length into its caption.
_LONGEST_CAPTION = 420
_LONGEST_HEADING_WORDS = 12
# Lines below such a heading are the titles of other articles.
_LIST_HEADING = re.compile(
    r"(?i:(?:related|recommended|more|read|also read|see also|most|trending|you (?:may|might)|top stories"
    r"|further reading|don['’]t miss|editors['’] picks|in pictures|what to read next)\b[^.!?]{0,40}:?)"
)


@dataclass(frozen=True, slots=True)
class FurnitureRule:
    """One rule of `furniture.toml`: patterns that name a kind, with examples and counter-examples."""

    id: str
    kind: FurnitureKind
    patterns: tuple[re.Pattern[str], ...]
    examples: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FurnitureRules:
    """All rules: those that take a whole line, and those that take a part of one."""

    line: tuple[FurnitureRule, ...]
    inline: tuple[FurnitureRule, ...]


@cache
def furniture_rules() -> FurnitureRules:
    """The rules, read once."""
    data = tomllib.loads(resources.files("dateline.sources").joinpath("furniture.toml").read_text("utf-8"))
    words = {"WEEKDAY": WEEKDAY, "MONTH": MONTH, **data["words"]}
    return FurnitureRules(
        tuple(_rule(entry, words) for entry in data["line"]), tuple(_rule(entry, words) for entry in data["inline"])
    )


def find_furniture(text: str, opening: Opening | None = None) -> tuple[Furniture, ...]:
    """The parts of a text that are no reporting, sorted, not overlapping; never an empty span.

    Args:
        opening: what `read_opening` found, where the caller has it.
    """
    lines = lines_of(text)
    top = read_opening(text) if opening is None else opening
    parts: list[Furniture] = [Furniture(start, end, "header") for start, end in top.headers]
    if dateline := find_dateline(text):
        parts.append(Furniture(dateline.start, dateline.end, "dateline"))
    parts.extend(_whole_lines(lines, (top.headline.start, top.headline.end) if top.headline else (-1, -1)))
    credits: list[Furniture] = []
    for rule in furniture_rules().inline:
        for pattern in rule.patterns:
            found = [Furniture(match.start(), match.end(), rule.kind) for match in pattern.finditer(text)]
            parts.extend(found)
            if rule.kind == "credit":
                credits.extend(found)
    if credits:
        parts.extend(_captions(lines, credits))
    return _without_overlaps(parts, text)


def line_kind(words: str) -> FurnitureKind | None:
    """The kind of furniture that a whole line is, None where it may be reporting."""
    if len(words) > _LONGEST_LINE:
        return None
    for rule in furniture_rules().line:
        if any(pattern.fullmatch(words) for pattern in rule.patterns):
            return rule.kind
    return None


def _whole_lines(lines: list[Line], headline: tuple[int, int]) -> list[Furniture]:
    parts: list[Furniture] = []
    body_lines = sum(1 for line in lines if line.words > 20)
    in_list = False
    for line in lines:
        if (line.start, line.end) == headline:
            continue
        kind = line_kind(line.text)
        if kind is not None:
            parts.append(Furniture(line.start, line.end, kind))
            in_list = kind == "link" and bool(_LIST_HEADING.fullmatch(line.text))
        elif in_list and not line.ended and line.words <= 25:
            parts.append(Furniture(line.start, line.end, "link"))
        else:
            in_list = False
            if body_lines >= 2 and line.start > headline[1] and _is_heading(line):
                parts.append(Furniture(line.start, line.end, "header"))
    return parts


def _is_heading(line: Line) -> bool:
    """A lone short line without a full stop: a heading inside the text or a caption without credit."""
    return (
        line.opens
        and line.closes
        and line.words <= _LONGEST_HEADING_WORDS
        and not re.search(r"[.!?…:;,\"'”’»)\]]$", line.text)
        and line.text[0].isupper()
    )


def _captions(lines: list[Line], credits: list[Furniture]) -> list[Furniture]:
    """Short paragraphs that end with the credit of a picture."""
    return [
        Furniture(line.start, line.end, "caption")
        for line in lines
        if line.end - line.start <= _LONGEST_CAPTION
        and any(line.start < credit.start and line.end - 2 <= credit.end <= line.end for credit in credits)
    ]


def _without_overlaps(parts: list[Furniture], text: str) -> tuple[Furniture, ...]:
    """Sorted; of two parts that overlap the one that starts first (the longer, if both) stays whole."""
    kept: list[Furniture] = []
    for part in sorted(parts, key=lambda part: (part.start, -part.end)):
        if kept and part.end <= kept[-1].end:
            continue
        if kept and part.start < kept[-1].end:
            part = Furniture(kept[-1].end, part.end, part.kind)
        if text[part.start : part.end].strip():
            kept.append(part)
    return tuple(kept)


def _rule(entry: dict[str, Any], words: dict[str, str]) -> FurnitureRule:
    flags = re.MULTILINE | (re.IGNORECASE if entry.get("ignore_case") else 0)
    return FurnitureRule(
        id=entry["id"],
        kind=entry["kind"],
        patterns=tuple(re.compile(_expanded(pattern, words), flags) for pattern in entry["patterns"]),
        examples=tuple(entry.get("examples", ())),
        others=tuple(entry.get("others", ())),
    )


def _expanded(pattern: str, words: dict[str, str]) -> str:
    """A pattern with the words in angle brackets put in, to any depth."""
    while (filled := re.sub(r"<([A-Z]+)>", lambda found: words[found[1]], pattern)) != pattern:
        pattern = filled
    return pattern
