"""Whose "the government" is: bare national offices and bodies belong to the country that the article is about.

A paper writes "Norway's government" once and "the government" when the country is clear. It is clear when it is named
more often than any other and either the dateline stands in it or hardly any other is named. Then named holders of
national offices and the state's own bodies get it; plain "officials", "diplomats" or "soldiers" do not, because stories
about two countries have them on both sides.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from dateline.records.mentions import Actor, Participant, PlaceMention
from dateline.records.text import Article
from dateline.resolve.cast import Cast

_NATIONAL = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
_BODIES = frozenset(
    {
        "government", "police", "army", "military", "navy", "air force", "parliament", "senate", "congress", "cabinet",
        "supreme court", "constitutional court", "high court", "electoral commission", "authorities", "prosecutors",
        "public prosecutor", "security forces", "armed forces", "junta", "central bank", "presidency", "coast guard",
    }
)  # fmt: skip
_OFFICES = (
    "president", "prime minister", "minister", "chancellor", "premier", "attorney general", "chief of staff",
    "secretary of state", "speaker", "king", "queen", "chief justice", "commander-in-chief", "army chief",
)  # fmt: skip
# Offices that companies, clubs and towns have as well need a fuller title.
_NOT_NATIONAL = (
    "vice president of",
    "president of the",
    "council president",
    "club president",
    "regional",
    "provincial",
)
_NO_STATE = frozenset({"IGO", "UNO", "EUR", "NGO", "IMG", "MNC", "ISM"})
_CLEARLY = 3
_SHARE_WITHOUT_DATELINE = 0.6


def at_home(cast: Cast, article: Article, places: tuple[PlaceMention, ...]) -> Cast:
    """The cast with the article's home country given to bare national offices and bodies."""
    home = home_country(cast, article, places)
    if home is None:
        return cast
    named = {actor.id for actor in cast.actors if actor.country is None and _is_national(actor)}
    if not named and not any(_bare_body(p) for items in cast.by_token.values() for p in items):
        return cast
    actors = tuple(
        replace(actor, country=home, rule=f"{actor.rule}, country by home.py") if actor.id in named else actor
        for actor in cast.actors
    )
    by_token = {
        index: tuple(
            replace(item, country=home) if item.country is None and (item.actor in named or _bare_body(item)) else item
            for item in items
        )
        for index, items in cast.by_token.items()
    }
    return replace(cast, actors=actors, by_token=by_token)


def home_country(cast: Cast, article: Article, places: tuple[PlaceMention, ...]) -> str | None:
    """The country that the article is about, None where that is not clear."""
    counts: Counter[str] = Counter()
    seen: set[int] = set()
    spans = [(p.start, p.country) for p in places]
    spans += [(p.start, p.country) for items in cast.by_token.values() for p in items]
    for start, country in sorted(spans, key=lambda span: span[0]):
        if country is not None and country not in _NO_STATE and start not in seen:
            seen.add(start)
            counts[country] += 1
    if not counts:
        return None
    ranked = counts.most_common(2)
    first, times = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0
    dateline = article.place.country if article.place is not None else None
    if dateline is not None:
        return dateline if counts[dateline] >= max(2, times) else None
    if times >= _CLEARLY and times > second and times >= _SHARE_WITHOUT_DATELINE * counts.total():
        return first
    return None


def _is_national(actor: Actor) -> bool:
    """Whether an actor without country holds a national office, or is a body that each state has one of."""
    if not actor.sectors or actor.sectors[0] not in _NATIONAL or actor.organisation is not None:
        return False
    role = (actor.role or "").lower()
    if "president" in role and role == actor.role:
        return False  # firms and clubs have presidents too; a head of state's title stands before the name
    if actor.kind == "person":
        return any(office in role for office in _OFFICES) and not any(words in role for words in _NOT_NATIONAL)
    return _is_body(actor.name) or _is_body(role)


def _bare_body(participant: Participant) -> bool:
    """ "the government", "police", "the interior ministry": a body of the state with nothing that tells whose."""
    national = bool(participant.sectors) and participant.sectors[0] in _NATIONAL
    return participant.actor is None and national and _is_body(participant.text)


def _is_body(words: str) -> bool:
    plain = words.lower().removeprefix("the ")
    return plain in _BODIES or (plain.endswith(" ministry") and len(plain.split()) <= 3)
