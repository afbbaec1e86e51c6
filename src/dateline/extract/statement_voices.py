""" "I" and "we" inside a quotation: whoever is quoted, and the side that he or she speaks for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.resolve.cast import Cast

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

    from dateline.records.claims import Statement
    from dateline.records.mentions import Participant

_ONE = frozenset({"i", "me", "my", "mine", "myself"})
_SIDE = frozenset({"we", "us", "our", "ours", "ourselves"})
_BODIES = frozenset({"organisation", "country", "group", "people"})


def with_voices(doc: Doc, cast: Cast, statements: Iterable[Statement]) -> Cast:
    """The cast with "I", "we", "us" and "our" inside direct statements standing for the speaker.

    "We" of a person with a country and an office is that country's side; of anybody else the speaker alone. Words
    outside quotations, and those of a speaker whom the article does not name, stay as they are.
    """
    spoken = [item for item in statements if item.kind == "direct" and item.speaker is not None]
    if not spoken:
        return cast
    kinds = {actor.id: actor.kind for actor in cast.actors}
    found = dict(cast.by_token)
    # Outer statements first, so that a quotation inside a quotation has the last word.
    for statement in sorted(spoken, key=lambda item: item.content.start - item.content.end):
        speaker = statement.speaker
        if speaker is None or speaker.actor is None or speaker.text.lower() in _ONE | _SIDE:
            continue
        for piece in statement.pieces:
            span = doc.char_span(piece.start, piece.end, alignment_mode="contract")
            for token in span or ():
                word = token.lower_
                if (word in _ONE and kinds.get(speaker.actor) not in _BODIES) or word in _SIDE:
                    found[token.i] = (_at(speaker, token.idx, token.text),)
    return replace(cast, by_token=found)


def _at(speaker: Participant, start: int, words: str) -> Participant:
    return replace(speaker, start=start, end=start + len(words), text=words)
