"""The statements stage: who said what, by which words, to whom, where and when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.extract.statement_build import Draft, StatementBuilder
from dateline.extract.statement_free import free_quotes
from dateline.extract.statement_quotes import find_quotes
from dateline.extract.statement_turns import transcript_turns
from dateline.records.claims import Statement
from dateline.records.problem import Found
from dateline.records.text import content_id, mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from dateline.lexicon.speech import Speech
    from dateline.records.mentions import Participant, TimeMention
    from dateline.records.text import Article
    from dateline.resolve.cast import Cast


def find_statements(
    doc: Doc, article: Article, cast: Cast, times: Sequence[TimeMention], speech: Speech
) -> Found[Statement]:
    """What the article reports people to have said or thought, in text order.

    Args:
        cast: speakers are its participants where it knows them, else made from the words (actor None).
        times: time expressions; those beside a cue say when something was said.
    """
    quotes = find_quotes(article.text)
    builder = StatementBuilder(doc, article, cast, times, speech, quotes)
    drafts = builder.drafts()
    drafts += transcript_turns(doc, article, cast)
    drafts += free_quotes(doc, article, cast, quotes, drafts)
    drafts.sort(key=lambda draft: (draft.pieces[0][0], -draft.pieces[-1][1], draft.kind != "direct"))
    return Found(tuple(_statement(article, draft) for draft in _with_sides(drafts)))


def _with_sides(drafts: list[Draft]) -> list[Draft]:
    """Gives "I" and "we" inside a quotation the identity of whoever is quoted."""
    found = []
    for draft in drafts:
        speaker = draft.speaker
        if speaker is not None and speaker.actor is None and speaker.text.lower() in ("i", "we"):
            outer = _around(drafts, draft, speaker)
            if outer is not None:
                draft = replace(draft, speaker=replace(outer, start=speaker.start, end=speaker.end, text=speaker.text))
        found.append(draft)
    return found


def _around(drafts: list[Draft], inner: Draft, speaker: Participant) -> Participant | None:
    holding = [
        draft
        for draft in drafts
        if draft is not inner
        and draft.speaker is not None
        and any(start <= speaker.start and speaker.end <= end for start, end in draft.pieces)
    ]
    if not holding:
        return None
    return min(holding, key=lambda draft: draft.pieces[-1][1] - draft.pieces[0][0]).speaker


def _statement(article: Article, draft: Draft) -> Statement:
    text = article.text
    return Statement(
        id=content_id(article.id, "statement", draft.pieces[0][0], draft.pieces[-1][1], draft.cue),
        speaker=draft.speaker,
        cue=mark(text, *draft.cue) if draft.cue is not None else None,
        content=mark(text, draft.pieces[0][0], draft.pieces[-1][1]),
        pieces=tuple(mark(text, start, end) for start, end in draft.pieces),
        kind=draft.kind,
        channel=draft.channel,
        carrier=draft.carrier,
        addressee=draft.addressee,
        time=draft.time,
        events=(),
        rule=draft.rule,
    )
