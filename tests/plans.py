"""Readings of one sentence and one event each, for what looks across articles: agendas, series, ledgers."""

from __future__ import annotations

from datetime import date

from dateline.records.claims import ClaimTime, Event, Figure, PloverType, Status
from dateline.records.mentions import Participant
from dateline.records.reading import Reading
from dateline.records.text import Span, content_id, make_article, mark


def party(text: str, words: str, country: str | None, role: str | None = None) -> Participant:
    """A participant that stands in `text` as `words`."""
    start = text.index(words)
    return Participant(None, words, start, start + len(words), words, country, (), role)


def told(
    text: str,
    published: str,
    *,
    kind: PloverType = "CONSULT",
    status: Status = "happened",
    source: tuple[str, str | None] | None = None,
    target: tuple[str, str | None] | None = None,
    days: tuple[str, str] | None = None,
    trigger: str | None = None,
    role: str | None = None,
    dead: str | None = None,
    claimed_by: str | None = None,
    outlet: str | None = "Nordlys Wire",
    quad: int = 1,
    intensity: float = 4.0,
) -> Reading:
    """An article of one sentence with one event (and one death toll, the words of `dead`)."""
    article = make_article(
        text,
        published=date.fromisoformat(published),
        published_basis="given",
        ref=f"{published}/{text[:30]}",
        source=outlet,
    )
    time = None
    if days is not None:
        time = ClaimTime("then", date.fromisoformat(days[0]), date.fromisoformat(days[1]), days[0], "stated")
    at = text.index(trigger) if trigger else 0
    word = mark(text, at, at + len(trigger) if trigger else text.index(" "))
    event = Event(
        content_id(article.id, kind, at),
        kind,
        kind,
        None,
        (),
        None,
        quad,
        intensity,
        status,
        (party(text, *source, role),) if source else (),
        (party(text, *target),) if target else (),
        time,
        None,
        word,
        Span(0, len(text)),
        None,
        "verbs/test.toml#one",
        0.9,
    )
    figures: tuple[Figure, ...] = ()
    if dead is not None:
        start = text.index(dead)
        number = float("".join(char for char in dead if char.isdigit()))
        claimant = party(text, claimed_by, None) if claimed_by else None
        figures = (
            Figure(
                start, start + len(dead), dead, number, number, "exact", "people", None, None, None, "killed", None,
                claimant, "happened", None, event.id, "figures/test.toml#dead",
            ),
        )  # fmt: skip
    return Reading(article, (), (), (), (event,), (), figures, ())
