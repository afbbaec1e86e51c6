"""The order of work: one article and its parse in, one reading out."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import tee
from pathlib import Path

from spacy.tokens import Doc

from dateline.extract.events import find_events
from dateline.extract.figures import find_figures
from dateline.extract.statement_voices import with_voices
from dateline.extract.statements import find_statements
from dateline.language.annotate import Annotator, load_annotator
from dateline.lexicon.gazetteer import Gazetteer, load_gazetteer
from dateline.lexicon.speech import Speech, load_speech
from dateline.lexicon.times import TimeWords, load_time_words
from dateline.lexicon.units import Units, load_units
from dateline.lexicon.verbs import Verbs, load_verbs
from dateline.lexicon.world import World, load_world
from dateline.records.claims import Event, Figure, Size, Statement
from dateline.records.mentions import PlaceMention
from dateline.records.reading import Reading
from dateline.records.text import Article
from dateline.resolve.actors import find_actors
from dateline.resolve.places import find_places
from dateline.resolve.times import find_times

_SIZE_KINDS = {"killed": "dead", "wounded": "injured", "arrested": "arrested"}


@dataclass(frozen=True, slots=True)
class Tools:
    """Everything that reading needs, loaded once: the language model and the lexicons."""

    annotator: Annotator
    words: TimeWords
    gazetteer: Gazetteer
    world: World
    speech: Speech
    verbs: Verbs
    units: Units


def load_tools(*, language_model: str | None = None, lexicon: Path | None = None, threads: int = 1) -> Tools:
    """Load the language model (a spaCy pipeline by name, or ours) and the lexicons under a user's folder.

    Raises:
        ModelError, LexiconError: what is missing or malformed, and where.
    """
    return Tools(
        annotator=load_annotator(language_model, threads=threads),
        words=load_time_words(lexicon),
        gazetteer=load_gazetteer(lexicon),
        world=load_world(lexicon),
        speech=load_speech(lexicon),
        verbs=load_verbs(lexicon),
        units=load_units(lexicon),
    )


def read_article(article: Article, doc: Doc, tools: Tools) -> Reading:
    """All facts of one article, each with its characters and its rule."""
    times = find_times(doc, article, tools.words)
    places = find_places(doc, article, tools.gazetteer, adjectives=True)
    # "Kenyan" is a mention of Kenya, but nothing happens in an adjective.
    named = tuple(place for place in places.items if place.rule != "places/adjective")
    article = replace(article, place=_dateline_place(article, named))
    cast = find_actors(doc, article, named, tools.world)
    statements = find_statements(doc, article, cast, times.items, tools.speech)
    voices = with_voices(doc, cast, statements.items)  # "we" is now whoever is quoted
    events = find_events(doc, article, voices, named, times.items, statements.items, tools.verbs)
    figures = find_figures(doc, article, voices, times.items, statements.items, events.items, tools.units)
    return Reading(
        article=article,
        times=times.items,
        places=places.items,
        actors=cast.actors,
        events=_with_sizes(events.items, figures.items),
        statements=_with_events(statements.items, events.items),
        figures=figures.items,
        problems=(
            *times.problems,
            *places.problems,
            *cast.problems,
            *statements.problems,
            *events.problems,
            *figures.problems,
        ),
    )


def read_one(article: Article, tools: Tools) -> Reading:
    """The reading of one article, through the language model on its own."""
    return next(read_articles([article], tools))


def read_articles(articles: Iterable[Article], tools: Tools) -> Iterator[Reading]:
    """Readings in the order of the articles; texts go through the language model in batches."""
    read, texts, breaks = tee(articles, 3)
    docs = tools.annotator.annotate_many(
        (article.text for article in texts), (_sentence_breaks(article) for article in breaks)
    )
    for article, doc in zip(read, docs, strict=True):
        yield read_article(article, doc, tools)


def _sentence_breaks(article: Article) -> list[int]:
    """Offsets where a sentence begins whatever the punctuation: around furniture ("OSLO, March 14 (AP) - Norway")."""
    return [offset for part in article.furniture for offset in (part.start, part.end)]


def _dateline_place(article: Article, places: tuple[PlaceMention, ...]) -> PlaceMention | None:
    """The first place inside the article's dateline."""
    for part in article.furniture:
        if part.kind == "dateline":
            for place in places:
                if part.start <= place.start and place.end <= part.end:
                    return place
    return article.place


def _with_events(statements: tuple[Statement, ...], events: tuple[Event, ...]) -> tuple[Statement, ...]:
    """Statements with the ids of the events whose trigger stands inside what was said."""
    ordered = sorted(events, key=lambda event: event.trigger.start)
    starts = [event.trigger.start for event in ordered]
    linked = []
    for statement in statements:
        ids = tuple(
            event.id
            for piece in statement.pieces
            for event in ordered[bisect.bisect_left(starts, piece.start) : bisect.bisect_left(starts, piece.end)]
        )
        linked.append(replace(statement, events=ids))
    return tuple(linked)


def _with_sizes(events: tuple[Event, ...], figures: tuple[Figure, ...]) -> tuple[Event, ...]:
    """Events with PLOVER's size from the figures that belong to them (the lowest stated count of each kind)."""
    counts: dict[str, dict[str, int]] = {}
    for figure in figures:
        field = _SIZE_KINDS.get(figure.kind or "")
        if figure.event is None or field is None or figure.low is None or figure.status in ("denied", "possible"):
            continue
        sizes = counts.setdefault(figure.event, {})
        sizes[field] = min(sizes.get(field, int(figure.low)), int(figure.low))
    sized = []
    for event in events:
        found = counts.get(event.id)
        size = Size(found.get("dead"), found.get("injured"), found.get("arrested")) if found else event.size
        sized.append(replace(event, size=size))
    return tuple(sized)
