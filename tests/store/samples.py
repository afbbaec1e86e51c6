"""Readings made by hand: a small set with known facts, and any number of plain ones."""

from __future__ import annotations

from datetime import date, timedelta

from dateline.records.claims import ClaimTime, Event, Figure, PloverType, ReportedBy, Size, Statement, Status
from dateline.records.mentions import Actor, ActorMention, Participant, PlaceMention, TimeMention
from dateline.records.problem import Problem
from dateline.records.reading import Reading
from dateline.records.text import Article, Furniture, Mark, Span, content_id, make_article, mark

VISIT = (
    "OSLO, March 14 (Nordlys Wire) - Norway's Defence Minister Ine Berg will visit Poland next week. \"We stand "
    'together," Berg said on Friday. "That will not change." About 40,000 soldiers are to take part, said Berg.'
)
SHELLING = (
    "Unknown gunmen shelled the village of Dolna in Ukraine on 12 March, killing at least 3 people, police said. "
    "Russia denied that its army had attacked the village."
)


def span_of(text: str, words: str, nth: int = 0) -> tuple[int, int]:
    """Where `words` stand in `text` for the nth time."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return start, start + len(words)


def mark_of(text: str, words: str, nth: int = 0) -> Mark:
    """The mark of `words`."""
    return mark(text, *span_of(text, words, nth))


def participant(
    text: str,
    words: str,
    name: str,
    country: str | None,
    *sectors: str,
    actor: str | None = None,
    role: str | None = None,
) -> Participant:
    """A participant standing in `text` as `words`."""
    return Participant(actor, words, *span_of(text, words), name, country, sectors, role)


def place(
    text: str, words: str, country: str, kind: str = "city", at: tuple[float, float] = (59.91, 10.75)
) -> PlaceMention:
    """A place mention."""
    start, end = span_of(text, words)
    return PlaceMention(
        start, end, words, words, "country" if kind == "country" else "city", country, None, *at, 1, "places/t#1"
    )


def event(
    article: Article,
    kind: PloverType,
    status: Status,
    trigger: Mark,
    *,
    source: tuple[Participant, ...] = (),
    target: tuple[Participant, ...] = (),
    time: ClaimTime | None = None,
    where: PlaceMention | None = None,
    mode: str | None = None,
    reported_by: ReportedBy | None = None,
    confidence: float = 0.9,
    size: Size | None = None,
    contexts: tuple[str, ...] = (),
) -> Event:
    """An event whose sentence ends at the next full stop."""
    text = article.text
    start = text.rfind(". ", 0, trigger.start) + 2 if ". " in text[: trigger.start] else 0
    stop = text.find(". ", trigger.end)
    return Event(
        id=content_id(article.id, kind, trigger.start),
        type=kind,
        plover="AGREE" if status == "planned" else kind if status != "denied" else None,
        mode=mode,
        contexts=contexts,
        cameo="042" if kind == "CONSULT" else "190",
        quad=1 if kind == "CONSULT" else 4,
        intensity=4.0 if kind == "CONSULT" else -9.0,
        status=status,
        source=source,
        target=target,
        time=time,
        place=where,
        trigger=trigger,
        sentence=Span(start, len(text) if stop < 0 else stop + 1),
        reported_by=reported_by,
        rule=f"verbs/{kind.lower()}.toml#one",
        confidence=confidence,
        size=size,
    )


def visit_reading(
    text: str = VISIT,
    *,
    published: date = date(2020, 3, 14),
    ref: str = "news/visit.txt",
    url: str | None = "https://nordlys.example/berg",
) -> Reading:
    """A planned visit, a statement in two pieces, a hedged figure."""
    article = make_article(
        text,
        published=published,
        published_basis="dateline",
        ref=ref,
        source="Nordlys Wire",
        title="Berg to visit Poland",
        url=url,
        place=place(text, "OSLO", "NOR"),
        furniture=(Furniture(0, text.index("Norway"), "dateline"),),
    )
    berg = participant(text, "Berg", "Ine Berg", "NOR", "GOV", "MIL", actor="a1", role="Defence Minister")
    poland = participant(text, "Poland", "Poland", "POL", actor="a2")
    week = ClaimTime("next week", date(2020, 3, 16), date(2020, 3, 22), "2020-W12", "publication")
    visit = event(
        article,
        "CONSULT",
        "planned",
        mark_of(text, "visit"),
        source=(berg,),
        target=(poland,),
        time=week,
        mode="visit",
        where=place(text, "Poland", "POL", "country", (52.0, 19.0)),
        contexts=("military", "diplomatic"),
    )
    content = mark(text, text.index("We stand"), text.index('change."') + len("change."))
    statement = Statement(
        id=content_id(article.id, "statement", content.start),
        speaker=berg,
        cue=mark_of(text, "said"),
        content=content,
        pieces=(mark_of(text, "We stand together,"), mark_of(text, "That will not change.")),
        kind="direct",
        channel=None,
        carrier=None,
        addressee=None,
        time=ClaimTime("Friday", date(2020, 3, 13), date(2020, 3, 13), "2020-03-13", "publication"),
        events=(),
        rule="speech/say.toml#said",
    )
    start, end = text.index("About "), text.index(" are to take part")
    figure = Figure(
        start,
        end,
        text[start:end],
        40000.0,
        40000.0,
        "about",
        "soldiers",
        None,
        None,
        None,
        "troops",
        None,
        berg,
        "planned",
        None,
        None,
        "figures/units.toml#troops",
    )
    week_at, friday_at = span_of(text, "next week"), span_of(text, "Friday")
    return Reading(
        article=article,
        times=(
            TimeMention(
                *week_at,
                "next week",
                "DATE",
                "2020-W12",
                None,
                date(2020, 3, 16),
                date(2020, 3, 22),
                "publication",
                "t#1",
            ),
            TimeMention(
                *friday_at,
                "Friday",
                "DATE",
                "2020-03-13",
                None,
                date(2020, 3, 13),
                date(2020, 3, 13),
                "publication",
                "t#2",
            ),
        ),
        places=(place(text, "OSLO", "NOR"), place(text, "Poland", "POL", "country", (52.0, 19.0))),
        actors=(
            Actor(
                "a1",
                "Ine Berg",
                "person",
                "NOR",
                ("GOV", "MIL"),
                "Defence Minister",
                None,
                (
                    ActorMention(*span_of(text, "Ine Berg"), "Ine Berg", "name"),
                    ActorMention(*span_of(text, "Berg", 1), "Berg", "short-name"),
                ),
                "actors/roles.toml#defence",
            ),
            Actor(
                "a2",
                "Poland",
                "country",
                "POL",
                (),
                None,
                None,
                (ActorMention(*span_of(text, "Poland"), "Poland", "name"),),
                "c#1",
            ),
        ),
        events=(visit,),
        statements=(statement,),
        figures=(figure,),
        problems=(Problem("times", "vague", "the time is vague", *week_at),),
    )


def shelling_reading(
    text: str = SHELLING, *, published: date = date(2020, 3, 13), ref: str = "news/shelling.txt"
) -> Reading:
    """An attack by nobody known, reported by the police, with its size; and a denied one."""
    article = make_article(text, published=published, published_basis="given", ref=ref, source="Dnipro Post")
    gunmen = participant(text, "Unknown gunmen", "Unknown gunmen", None, "UAF")
    army = participant(text, "its army", "Russian army", "RUS", "MIL", actor="a1")
    village = participant(text, "the village", "the village", "UKR", "CVL")
    march = ClaimTime("12 March", date(2020, 3, 12), date(2020, 3, 12), "2020-03-12", "stated")
    police = ReportedBy(None, "police", *span_of(text, "police"))
    shelled = event(
        article,
        "ASSAULT",
        "happened",
        mark_of(text, "shelled"),
        source=(gunmen,),
        target=(village,),
        time=march,
        where=place(text, "Dolna", "UKR"),
        mode="heavy-weapons",
        reported_by=police,
        size=Size(3, None, None),
        confidence=0.7,
    )
    denied = event(
        article, "ASSAULT", "denied", mark_of(text, "attacked"), source=(army,), target=(village,), confidence=0.5
    )
    start, end = span_of(text, "at least 3 people")
    figure = Figure(
        start,
        end,
        text[start:end],
        3.0,
        None,
        "at least",
        "people",
        None,
        None,
        None,
        "killed",
        None,
        None,
        "happened",
        march,
        shelled.id,
        "figures/units.toml#people",
    )
    content = mark(
        text,
        *span_of(text, "Unknown gunmen shelled the village of Dolna in Ukraine on 12 March, killing at least 3 people"),
    )
    statement = Statement(
        content_id(article.id, "s"),
        participant(text, "police", "police", "UKR", "COP"),
        mark_of(text, "said"),
        content,
        (content,),
        "indirect",
        None,
        None,
        None,
        None,
        (shelled.id,),
        "speech/say.toml#said",
    )
    actors = (
        Actor(
            "a1",
            "Russian army",
            "organisation",
            "RUS",
            ("MIL",),
            None,
            None,
            (ActorMention(*span_of(text, "its army"), "its army", "name"),),
            "x#1",
        ),
    )
    places = (place(text, "Dolna", "UKR"),)
    return Reading(article, (), places, actors, (shelled, denied), (statement,), (figure,), ())


def plain_reading(number: int) -> Reading:
    """One of any number of readings, all different: one event, one statement, one figure each."""
    day = date(2020, 1, 1) + timedelta(days=number % 700)
    text = f"{VISIT} Report {number}."
    return visit_reading(text, published=day, ref=f"wire/{number}", url=f"https://nordlys.example/{number}")
