"""The places of an article: recognised, then resolved to the gazetteer.

Countries and towns that stand for governments ("Ankara said") are places here as well; adjectives ("Kenyan") are only
evidence, unless asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from spacy.tokens import Doc

from dateline.lexicon.gazetteer import Gazetteer, Place
from dateline.records.mentions import PlaceMention
from dateline.records.problem import Found
from dateline.records.text import Article
from dateline.resolve.place_choice import Source
from dateline.resolve.place_spotting import Spot, find_spots
from dateline.resolve.place_topics import Choice, NameSpan, resolve_names

# Top-level domains that are sold to the whole world say nothing of a paper's country.
_FREE_DOMAINS = frozenset(
    {"ai", "cc", "co", "fm", "io", "la", "ly", "me", "nu", "sc", "tk", "to", "tv", "ws", "gl", "gg", "st", "is"}
)
_REACH = 400
_ENDS_SENTENCE = re.compile(r"[.!?]\s|\n")


def find_places(doc: Doc, article: Article, gazetteer: Gazetteer, *, adjectives: bool = False) -> Found[PlaceMention]:
    """The place names of an article in text order, none overlapping, each with coordinates where they can be told.

    Args:
        adjectives: also give "Kenyan", "Kenyans" and the like, as mentions of the country (rule "places/adjective").
    """
    source = source_of(article, gazetteer)
    spots = find_spots(doc, article.text, gazetteer, source)
    taken = [(spot.start, spot.end) for spot in spots]
    adjectives_here = list(adjective_spans(doc, gazetteer, taken))
    spans = sorted(
        [NameSpan(spot.start, spot.end, _name_to_look_up(spot, gazetteer)) for spot in spots] + adjectives_here,
        key=lambda span: span.start,
    )
    return Found(resolve_spans(article.text, spans, gazetteer, source, adjectives=adjectives))


def _name_to_look_up(spot: Spot, gazetteer: Gazetteer) -> str:
    """The name, without a direction that the gazetteer does not know with it: "South Florida" is put at Florida."""
    first, _, rest = spot.name.partition(" ")
    if not spot.places and rest and first.lower() in gazetteer.words.sides and gazetteer.lookup(rest):
        return rest
    return spot.name


def resolve_spans(
    text: str, spans: Sequence[NameSpan], gazetteer: Gazetteer, source: Source, *, adjectives: bool
) -> tuple[PlaceMention, ...]:
    """The mentions of given names (sorted, not overlapping)."""
    choices = resolve_names(text, spans, gazetteer, source)
    mentions = []
    for number, (span, choice) in enumerate(zip(spans, choices, strict=True)):
        if span.fixed is not None and not adjectives:
            continue
        words = text[span.start : span.end]
        if choice.place is not None:
            rule = "places/adjective" if span.fixed is not None else _rule(choice)
            mentions.append(_mention(span, words, choice.place, gazetteer, rule))
        elif choice.around is not None and choice.around.level in ("country", "division"):
            mentions.append(_somewhere_in(span, words, choice.around, gazetteer))
        else:
            near = choice.around or _beside(text, number, spans, choices)
            mentions.append(_unresolved(span, words) if near is None else _part_of(span, words, near, gazetteer))
    return tuple(mentions)


def _rule(choice: Choice) -> str:
    if choice.contained:
        return "places/containment"
    return "places/certain" if choice.chance > 0.999 else "places/context"


def _mention(span: NameSpan, words: str, place: Place, gazetteer: Gazetteer, rule: str) -> PlaceMention:
    return PlaceMention(
        start=span.start,
        end=span.end,
        text=words,
        name=place.name,
        kind=place.kind,
        country=place.country,
        admin1=gazetteer.division_name(place),
        lat=place.lat,
        lon=place.lon,
        geonames_id=place.geonames_id,
        rule=rule,
    )


def _unresolved(span: NameSpan, words: str) -> PlaceMention:
    return PlaceMention(span.start, span.end, words, words, "site", None, None, None, None, None, "places/unknown")


def _somewhere_in(span: NameSpan, words: str, around: Place, gazetteer: Gazetteer) -> PlaceMention:
    """A place that the gazetteer lacks in a country or division that the text tells: known to be there, not where."""
    division = gazetteer.division_name(around)
    return PlaceMention(
        span.start, span.end, words, words, "site", around.country, division, None, None, None, "places/somewhere-in"
    )


def _part_of(span: NameSpan, words: str, near: Place, gazetteer: Gazetteer) -> PlaceMention:
    """A place that the gazetteer lacks, put where the town around it is: a street, a hospital."""
    division = gazetteer.division_name(near)
    return PlaceMention(
        span.start, span.end, words, words, "site", near.country, division, near.lat, near.lon, None, "places/beside"
    )


def _beside(text: str, number: int, spans: Sequence[NameSpan], choices: Sequence[Choice]) -> Place | None:
    """The town that an unknown name most likely lies in: the nearest before it, or after it in its sentence."""
    here = spans[number]
    best: tuple[float, Place] | None = None
    for span, choice in zip(spans, choices, strict=True):
        place = choice.place
        if place is None or span.fixed is not None or place.level not in ("town", "county"):
            continue
        if span.start >= here.end and _ENDS_SENTENCE.search(text, here.end, span.start):
            continue
        gap = here.start - span.end if span.end <= here.start else (span.start - here.end) * 1.5
        if gap <= _REACH and (best is None or gap < best[0]):
            best = (gap, place)
    return best[1] if best else None


def adjective_spans(doc: Doc, gazetteer: Gazetteer, taken: Sequence[tuple[int, int]]) -> Iterator[NameSpan]:
    """Adjectives and names of inhabitants, the longest at each place, outside the given spans."""
    starts = {start for start, _ in taken}
    ends = dict(taken)
    until = -1
    for token in doc:
        if token.idx < until or not token.text[0].isupper():
            continue
        if token.idx in starts:
            until = max(until, ends[token.idx])
            continue
        words = token.text
        end = token.idx + len(words)
        if token.i + 1 < len(doc) and token.whitespace_:
            two = f"{words} {doc[token.i + 1].text}"
            if gazetteer.adjective(two) is not None:
                words, end = two, end + 1 + len(doc[token.i + 1])
        place = gazetteer.adjective(words)
        if place is not None and not any(start < end and token.idx < stop for start, stop in taken):
            until = end
            yield NameSpan(token.idx, end, words, place)


def source_of(article: Article, gazetteer: Gazetteer) -> Source:
    """What the article's source and web address tell of the paper: where it is at home, its country, its name."""
    host = ((urlsplit(article.url).hostname or "") if article.url else "").removeprefix("www.")
    title = "".join(filter(str.isalpha, f"{host} {article.source or ''}".lower()))
    home = gazetteer.source(host, article.source)
    if home is not None:
        return Source(country=home.country, place=home if home.level != "country" else None, title=title)
    ending = host.rsplit(".", 1)[-1]
    if len(ending) != 2 or ending in _FREE_DOMAINS:
        return Source(title=title)
    return Source(country=gazetteer.iso3.get({"uk": "GB"}.get(ending, ending.upper())), title=title)
