"""Transcripts: turns of a conversation behind labels ("Lind: ...", "Q: ...")."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from dateline.extract.statement_build import Draft
from dateline.extract.statement_people import participant
from dateline.extract.statement_quotes import paragraphs

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dateline.records.mentions import Participant
    from dateline.records.text import Article
    from dateline.resolve.cast import Cast

_LABEL = re.compile(r"\s*((?:[A-Z][\w.'’-]*)(?: (?:of|the|de|van|von|[A-Z][\w.'’-]*)){0,4}):\s+(?=\S)")
# Turns that make a conversation; fewer labels are headings.
_LEAST = 3


def transcript_turns(doc: Doc, article: Article, cast: Cast) -> list[Draft]:
    """A draft for each labelled turn of a conversation; none where two labels do not speak in turn.

    A turn reaches over the paragraphs without a label that stand between it and the next one.
    """
    text = article.text
    if text.count(":") < _LEAST:
        return []
    spans = paragraphs(text)
    labels = [_LABEL.match(text, start, end) for start, end in spans]
    names = [match.group(1) for match in labels if match is not None]
    counts = Counter(names)
    takes_turns = len(names) >= _LEAST and 1 < len(counts) <= len(names) // 2 + 1
    if not takes_turns or any(one == other for one, other in pairwise(names)):
        return []
    found: list[Draft] = []
    last = max(index for index, match in enumerate(labels) if match is not None)
    for index, match in enumerate(labels):
        if match is None or article.is_furniture(*spans[index]):
            continue
        pieces = [(match.end(), spans[index][1])]
        for following in range(index + 1, last + 1):
            if labels[following] is not None:
                break
            pieces.append(spans[following])
        speaker = _speaker(doc, cast, match.start(1), match.end(1))
        found.append(Draft(speaker, None, tuple(pieces), "direct", None, None, None, None, "statements#transcript"))
    return found


def _speaker(doc: Doc, cast: Cast, start: int, end: int) -> Participant | None:
    span = doc.char_span(start, end, alignment_mode="contract")
    if span is None or not len(span):
        return None
    head = next((token for token in reversed(span) if cast.at(token.i)), span[-1])
    return participant(head, cast, doc, first=span.start, last=span.end - 1)
