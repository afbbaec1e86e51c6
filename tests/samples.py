"""Hand-made records for tests."""

from __future__ import annotations

from datetime import date

from dateline.records.claims import ClaimTime, Event, Figure, Size, Statement
from dateline.records.mentions import Actor, ActorMention, Participant, PlaceMention, TimeMention
from dateline.records.problem import Problem
from dateline.records.reading import Reading
from dateline.records.text import Furniture, Span, content_id, make_article, mark

TEXT = "Norway's Defence Minister Ine Berg will visit Poland next week. “We bring 40 radios,” Berg said."


def sample_reading(text: str = TEXT, ref: str = "sample.txt") -> Reading:
    """A reading with one fact of each kind over TEXT."""
    article = make_article(
        text,
        published=date(2020, 3, 14),
        published_basis="given",
        ref=ref,
        title="A visit",
        furniture=(Furniture(0, 1, "header"),),
    )
    berg = Participant(
        "a1", "Norway's Defence Minister Ine Berg", 0, 34, "Ine Berg", "NOR", ("GOV", "MIL"), "Defence Minister"
    )
    poland = Participant("a2", "Poland", 46, 52, "Poland", "POL", (), None)
    place = PlaceMention(
        46, 52, "Poland", "Poland", "country", "POL", None, 52.0, 20.0, 798544, "places/gazetteer#country"
    )
    when = ClaimTime("next week", date(2020, 3, 16), date(2020, 3, 22), "2020-W12", "publication")
    event = Event(
        id=content_id(article.id, "CONSULT", 40),
        type="CONSULT",
        plover="AGREE",
        mode="visit",
        contexts=("military",),
        cameo="042",
        quad=1,
        intensity=4.0,
        status="planned",
        source=(berg,),
        target=(poland,),
        time=when,
        place=place,
        trigger=mark(text, 40, 45),
        sentence=Span(0, 63),
        reported_by=None,
        rule="verbs/consult.toml#visit-1",
        confidence=0.9,
        size=Size(None, None, None),
    )
    statement = Statement(
        id=content_id(article.id, "statement", 65),
        speaker=Participant("a1", "Berg", 86, 90, "Ine Berg", "NOR", ("GOV", "MIL"), "Defence Minister"),
        cue=mark(text, 91, 95),
        content=mark(text, 65, 84),
        pieces=(mark(text, 65, 84),),
        kind="direct",
        channel=None,
        carrier=None,
        addressee=None,
        time=None,
        events=(),
        rule="speech/verbs.toml#say-1",
    )
    figure = Figure(
        74,
        83,
        text[74:83],
        40,
        40,
        "exact",
        "radios",
        None,
        None,
        None,
        None,
        None,
        statement.speaker,
        "happened",
        None,
        None,
        "figures/units.toml#count",
    )
    return Reading(
        article=article,
        times=(
            TimeMention(
                53, 62, "next week", "DATE", "2020-W12", None, when.from_, when.to, "publication", "time/en.toml#next"
            ),
        ),
        places=(place,),
        actors=(
            Actor(
                "a1",
                "Ine Berg",
                "person",
                "NOR",
                ("GOV", "MIL"),
                "Defence Minister",
                None,
                (ActorMention(0, 34, text[0:34], "name"), ActorMention(86, 90, "Berg", "short-name")),
                "actors/roles.toml#defence",
            ),
        ),
        events=(event,),
        statements=(statement,),
        figures=(figure,),
        problems=(Problem("date", "date-given", "a note"),),
    )
