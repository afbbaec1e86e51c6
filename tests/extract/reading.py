"""What the tests of the extract floor share: a text read through every stage up to its events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc

from dateline.extract.events import find_events
from dateline.extract.statements import find_statements
from dateline.language.annotate import Annotator
from dateline.lexicon.gazetteer import Gazetteer, load_gazetteer
from dateline.lexicon.speech import Speech, load_speech
from dateline.lexicon.times import TimeWords, load_time_words
from dateline.lexicon.verbs import Verbs, load_verbs
from dateline.lexicon.world import World, load_world
from dateline.records.claims import Event, Statement
from dateline.records.mentions import Participant, PlaceMention, TimeMention
from dateline.records.text import Article, make_article
from dateline.resolve.actors import find_actors
from dateline.resolve.cast import Cast
from dateline.resolve.places import find_places
from dateline.resolve.times import find_times

PUBLISHED = date(2020, 3, 14)
_Staged = tuple[Article, Doc, Cast, tuple[PlaceMention, ...], tuple[TimeMention, ...], tuple[Statement, ...]]


@dataclass(frozen=True, slots=True)
class Reader:
    """The lexicons and the language model, loaded once."""

    annotator: Annotator
    words: TimeWords
    gazetteer: Gazetteer
    world: World
    speech: Speech
    verbs: Verbs

    def events(self, text: str) -> tuple[Event, ...]:
        """The events of one text published on 14 March 2020."""
        return next(iter(self.read([text])))[2]

    def statements(self, texts: Iterable[str]) -> Iterator[tuple[Statement, ...]]:
        """The statements of each text."""
        for found in self._staged(texts):
            yield found[-1]

    def read(self, texts: Iterable[str]) -> Iterator[tuple[Article, Doc, tuple[Event, ...]]]:
        """Article, tree and events of each text."""
        for article, doc, cast, places, times, statements in self._staged(texts):
            yield article, doc, find_events(doc, article, cast, places, times, statements, self.verbs).items

    def _staged(self, texts: Iterable[str]) -> Iterator[_Staged]:
        listed = list(texts)
        for text, doc in zip(listed, self.annotator.annotate_many(listed), strict=True):
            article = make_article(text, published=PUBLISHED, published_basis="given", ref="test")
            times = find_times(doc, article, self.words).items
            places = find_places(doc, article, self.gazetteer).items
            cast = find_actors(doc, article, places, self.world)
            yield article, doc, cast, places, times, find_statements(doc, article, cast, times, self.speech).items


def load_reader(annotator: Annotator) -> Reader:
    """A reader with the shipped lexicons."""
    return Reader(annotator, load_time_words(), load_gazetteer(), load_world(), load_speech(), load_verbs())


def codes(participants: Iterable[Participant]) -> list[str]:
    """Participants as "NOR MIL"."""
    return [f"{item.country or ''} {item.sectors[0] if item.sectors else ''}".strip() for item in participants]
