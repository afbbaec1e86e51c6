"""How the parts of a fact are put in words, the same on a terminal and on a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from dateline.errors import LexiconError
from dateline.lexicon.loader import read_texts
from dateline.records.claims import Figure
from dateline.records.mentions import Actor, Participant

_MOST_SECTORS: Final = 6
_MOST_LINES: Final = 40
_LEXICON_FILE: Final = re.compile(r"[a-z_]+/[a-z_0-9]+\.toml")


def shorten(text: str | None, width: int) -> str:
    """The text cut to a width, at a blank if there is one near, with an ellipsis."""
    if text is None or len(text) <= width:
        return text or ""
    head, _, tail = text[: width - 1].rpartition(" ")
    return (head if head and len(tail) < 40 else text[: width - 1]) + "…"


def code(country: str | None, sectors: Sequence[str]) -> str:
    """Country and sectors as "NOR GOV/MIL"; the missing part is left out."""
    return " ".join(part for part in (country or "", "/".join(sectors[:_MOST_SECTORS])) if part)


def amount(figure: Figure) -> str:
    """The value of a figure with its qualifier: "about 40,000", "12 to 15", "more than 3"."""
    low, high = (None if value is None else number(value) for value in (figure.low, figure.high))
    if figure.qualifier == "between" or (low and high and low != high):
        return f"{low or '?'} to {high or '?'}"
    value = low or high or "?"
    return value if figure.qualifier == "exact" else f"{figure.qualifier} {value}"


def number(value: float) -> str:
    """A number with commas between thousands, without a fraction that is none."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.10g}"


def way(who: Participant, actors: Iterable[Actor]) -> str:
    """From the words to the code: the words here, the actor they mean, where that one was introduced, by which rule."""
    told = f"“{shorten(who.text, 160)}” → {code(who.country, who.sectors) or 'no code'}"
    actor = next((item for item in actors if item.id == who.actor), None)
    if actor is None:
        return f"{told}, from these words alone"
    mention = next((m for m in actor.mentions if m.start <= who.start < m.end), None)
    how = f" by {mention.how}" if mention else ""
    role = f", {shorten(actor.role, 80)}" if actor.role else ""
    first = actor.mentions[0] if actor.mentions else None
    intro = f", first “{shorten(first.text, 80)}” at {first.start}" if first and first.start != who.start else ""
    return f"{told}, meaning {shorten(actor.name, 80)}{role}{how}{intro}, by {shorten(actor.rule, 80)}"


def rule_lines(rule: str, lexicon: Path | None = None) -> list[str]:
    """The lexicon entry behind a rule name ("verbs/consult.toml#visit-3"), line by line; empty if it is code.

    A rule name comes out of a record, so only the plain name of a lexicon file is ever opened.

    Args:
        lexicon: the folder of lexicon files of one's own that the record was read with.
    """
    name, _, wanted = rule.partition("#")
    if not _LEXICON_FILE.fullmatch(name):
        return []
    try:
        texts = read_texts(name, lexicon)
    except LexiconError:
        return ["(this lexicon file is not there now; `dateline explain --lexicon` names the folder it was read with)"]
    for _, text in reversed(texts):
        for block in text.split("\n[["):
            if f'id = "{wanted}"' in block.splitlines():
                lines = [line for line in block.splitlines()[1:] if line.strip() and not line.startswith("#")]
                return lines[:_MOST_LINES]
    return []
