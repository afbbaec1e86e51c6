"""Reports written by hand, of invented people and places."""

from __future__ import annotations

from datetime import date
from typing import Any

from dateline.lexicon.likeness import load_likeness
from dateline.merge.features import Sketch, sketch
from dateline.merge.report import Report

DAY = date(2024, 5, 6)


def report(identity: str, sentence: str, trigger: str, *, article: str | None = None, **known: Any) -> Report:
    """The report whose trigger stands in the sentence as `trigger`; each in an article of its own unless told."""
    start = sentence.index(trigger)
    spans = ((start, start + len(trigger)),)
    return Report(identity, article or f"article of {identity}", known.pop("published", DAY), sentence, spans, **known)


def sketched(identity: str, sentence: str, trigger: str, *, order: int = 1, **known: Any) -> Sketch:
    """The same made ready for comparing."""
    return sketch(report(identity, sentence, trigger, **known), order, load_likeness())
