"""What the lexicons know about the words of one article, before any phrase is understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dateline.lexicon.world import NOT_STATES, Name, Role, World, normalised
from dateline.records.mentions import PlaceMention
from dateline.records.text import Article

_MAIN_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of the lexicon found at tokens `first` .. `last` (both included)."""

    first: int
    last: int
    name: Name


@dataclass(frozen=True, slots=True)
class Scene:
    """One article with its lexicon hits.

    Attributes:
        words: for each token the form under which roles are looked up ("" for hyphens, blanks and punctuation).
        hits: for each token the hit it belongs to.
        tops: for the topmost token of each hit, the hit.
        roles: for the first token of each role phrase: (role, index after its last token).
        phrases: for each token of a role phrase of several words, the token that heads it.
        labels: for each token the label of its entity ("" outside).
        people: token ranges of person names, by each token in them.
        places: for each token the place mention it belongs to.
        main_country: the country that most names of the article belong to, None where none stands out.
        named: all countries that names of the article belong to.
    """

    doc: Doc
    article: Article
    world: World
    words: Sequence[str]
    hits: Sequence[Hit | None]
    tops: Mapping[int, Hit]
    roles: Mapping[int, tuple[Role, int]]
    phrases: Mapping[int, int]
    labels: Sequence[str]
    people: Mapping[int, tuple[int, int]]
    places: Mapping[int, PlaceMention]
    main_country: str | None
    named: frozenset[str]


def make_scene(doc: Doc, article: Article, places: tuple[PlaceMention, ...], world: World) -> Scene:
    """Look up every word of the article once."""
    words = [_word(token) for token in doc]
    labels = [token.ent_type_ for token in doc]
    people: dict[int, tuple[int, int]] = {}
    for entity in doc.ents:
        if entity.label_ == "PER":
            for index in range(entity.start, entity.end):
                people[index] = (entity.start, entity.end)
    found_places = _places(doc, places)
    hits = _without_strangers(
        world, _other_places_out(_hits(doc, article.text, world, people), found_places), found_places
    )
    roles = _roles(doc, words, world, hits)
    counts = _country_counts(doc, world, hits, found_places)
    top = counts.most_common(1)
    return Scene(
        doc=doc,
        article=article,
        world=world,
        words=words,
        hits=hits,
        tops=_tops(doc, hits),
        roles=roles,
        phrases=_phrase_heads(doc, roles),
        labels=labels,
        people=people,
        places=found_places,
        main_country=top[0][0] if top and top[0][1] >= 3 and top[0][1] >= _MAIN_SHARE * counts.total() else None,
        named=frozenset(counts),
    )


def _country_counts(
    doc: Doc, world: World, hits: Sequence[Hit | None], places: Mapping[int, PlaceMention]
) -> Counter[str]:
    """How often names point to each country; bodies of a name that several states have do not count."""
    counts: Counter[str] = Counter()
    for index, hit in enumerate(hits):
        if hit is None:
            place = places.get(index)
            if place is not None and place.country is not None and places.get(index - 1) is not place:
                counts[place.country] += 1
        elif hit.first == index and hit.name.country is not None and hit.name.country not in NOT_STATES:
            counts[hit.name.country] += not hit.name.shared and gives_nationality(doc, world, hit)
    return +counts


def gives_nationality(doc: Doc, world: World, hit: Hit) -> bool:
    """Whether a country word before a noun says whose it is: not in "U.S.-backed", "pro-Russian", "anti-French"."""
    after = doc[hit.last + 1] if hit.last + 1 < len(doc) else None
    if after is not None and after.text in ("-", "–") and hit.last + 2 < len(doc):
        return doc[hit.last + 2].lower_ not in world.words["not-nationality"]
    if after is not None and after.text[:1] == "-" and after.lower_[1:] in world.words["not-nationality"]:
        return False
    tail = doc[hit.last].lower_.rpartition("-")[2] if "-" in hit.name.form or "-" in doc[hit.last].text else ""
    if tail in world.words["not-nationality"]:
        return False
    if (
        after is not None
        and after.lower_ in world.words["not-nationality"]
        and after.tag_ == "VBN"
        and after.dep_ == "amod"
    ):
        return False
    if hit.first >= 2 and doc[hit.first - 1].text in ("-", "–"):
        return doc[hit.first - 2].lower_ not in world.words["for-or-against"]
    return True


def _word(token: Token) -> str:
    if token.is_punct or token.is_space or token.text == "-":
        return ""
    return normalised(token.text)


def _hits(doc: Doc, article_text: str, world: World, people: Mapping[int, tuple[int, int]]) -> list[Hit | None]:
    hits: list[Hit | None] = [None] * len(doc)
    ends = {token.idx + len(token): token.i for token in doc}
    text = article_text.replace("\n", " ")
    given_names = world.words["given-names"]
    surnames = {doc[end - 1].text for start, end in set(people.values()) if end - start > 1}
    index = 0
    while index < len(doc):
        token = doc[index]
        hit = None
        if not token.is_space and not token.is_punct:
            for name in world.names_at(text, token.idx):
                last = ends.get(token.idx + len(name.form))
                if last is None:
                    last = _inside_hyphenated(doc, index, name)
                if (
                    last is not None
                    and name.form not in surnames
                    and _is_name(doc, index, last, name, people, given_names)
                ):
                    hit = Hit(index, last, name)
                    break
        if hit is None:
            index += 1
            continue
        for inside in range(hit.first, hit.last + 1):
            hits[inside] = hit
        index = hit.last + 1
    return hits


def _other_places_out(hits: list[Hit | None], places: Mapping[int, PlaceMention]) -> list[Hit | None]:
    """Drop states and capitals where the place found there is another: Georgia of the United States, New London."""

    def elsewhere(hit: Hit) -> bool:
        place = places.get(hit.last)
        if hit.name.kind not in ("country", "capital") or place is None or place.country is None:
            return False
        if hit.name.body == "historical":
            return False
        return place.country != hit.name.country

    return [None if hit is not None and elsewhere(hit) else hit for hit in hits]


def _without_strangers(world: World, hits: list[Hit | None], places: Mapping[int, PlaceMention]) -> list[Hit | None]:
    """Drop acronyms of one state's bodies where the article names neither that state nor the full name."""
    named = {hit.name.country for hit in hits if hit is not None and hit.name.kind != "organisation"}
    named |= {place.country for place in places.values()}
    full = {hit.name.key for hit in hits if hit is not None and len(hit.name.form) > 4}
    return [None if hit is not None and _is_stranger(world, hit, named, full) else hit for hit in hits]


def _is_stranger(world: World, hit: Hit, named: set[str | None], full: set[str]) -> bool:
    name = hit.name
    if name.kind != "organisation" or not name.form.isupper() or len(name.form) > 4 or name.country in NOT_STATES:
        return False
    return name.form.lower() not in world.words["known-acronyms"] and name.country not in named and name.key not in full


def _inside_hyphenated(doc: Doc, index: int, name: Name) -> int | None:
    """The token itself for "U.S.-backed" or "Iraqi-born" written as one token."""
    text = doc[index].text
    return index if text.startswith(name.form) and text[len(name.form) : len(name.form) + 1] == "-" else None


def _is_name(
    doc: Doc,
    first: int,
    last: int,
    name: Name,
    people: Mapping[int, tuple[int, int]],
    given_names: frozenset[str],
) -> bool:
    """Whether the words are the name: not a person called Jordan, not the pronoun "us", not "who"."""
    person = people.get(first)
    if person is not None:
        if person[0] < first or person[1] > last + 1:
            return name.kind == "demonym" and person[0] == first and name.form[-1] != "s" and person[1] > last + 2
        if name.form.lower() in given_names:
            return False
    if name.form.lower() in given_names and any(child.dep_ == "flat" for child in doc[first].children):
        return False
    if name.shared and " of " in name.form and _is_longer(doc, first, last):
        return False
    if name.kind == "demonym" or first != last:
        return True
    token = doc[first]
    if name.form.isupper() and len(name.form) <= 4:
        around = doc[max(0, first - 1)].text + doc[min(len(doc) - 1, first + 1)].text
        return token.pos_ in ("PROPN", "NOUN", "ADJ") and not (
            around.isalpha() and around.isupper() and len(around) > 9
        )
    return token.pos_ in ("PROPN", "ADJ") or name.form[0].islower() or (token.pos_ == "NOUN" and name.kind == "country")


def _is_longer(doc: Doc, first: int, last: int) -> bool:
    """Whether a name like "Department of State" is a part of another: "Texas Department of State Health Services"."""
    after = doc[last + 1] if last + 1 < len(doc) else None
    before = doc[first - 1] if first > 0 else None
    within = after is not None and after.pos_ == "PROPN" and after.ent_iob_ == "I" and after.ent_type_ == "ORG"
    local = before is not None and (before.ent_type_ == "LOC" or before.lower_ in ("state", "county", "city"))
    joined = before is not None and before.ent_type_ == "ORG" and doc[first].ent_iob_ == "I" and before.pos_ == "PROPN"
    return within or local or joined


def _tops(doc: Doc, hits: Sequence[Hit | None]) -> dict[int, Hit]:
    tops: dict[int, Hit] = {}
    for index, hit in enumerate(hits):
        if hit is not None and index == hit.first:
            inside = range(hit.first, hit.last + 1)
            top = next((i for i in inside if doc[i].head.i not in inside or doc[i].head.i == i), hit.last)
            tops[top] = hit
    return tops


def _roles(doc: Doc, words: Sequence[str], world: World, hits: Sequence[Hit | None]) -> dict[int, tuple[Role, int]]:
    """Role phrases, longest first, hyphens passed over, never reaching into a name of the lexicon."""
    solid = [index for index, word in enumerate(words) if word]
    plain = [words[index] for index in solid]
    found: dict[int, tuple[Role, int]] = {}
    position = 0
    while position < len(solid):
        role = world.role_at(plain, position)
        if role is None:
            parts = plain[position].split("-")
            role = world.role_at(parts, 0) if len(parts) > 1 else None
            if role is not None and len(role.words) == len(parts):
                found[solid[position]] = (role, solid[position] + 1)
            position += 1
            continue
        last = solid[position + len(role.words) - 1]
        hit = hits[solid[position]]
        unbroken = all(words[i] or doc[i].text in ("-", ".", "’", "'") for i in range(solid[position], last + 1))
        if hit is None and unbroken:
            found[solid[position]] = (role, last + 1)
            position += len(role.words)
        else:
            position += 1
    return found


def _phrase_heads(doc: Doc, roles: Mapping[int, tuple[Role, int]]) -> dict[int, int]:
    """The head of each role phrase of several words: the first token that hangs outside it."""
    heads: dict[int, int] = {}
    for first, (role, end) in roles.items():
        if len(role.words) < 2:
            continue
        inside = range(first, end)
        outward = [index for index in inside if doc[index].head.i not in inside or doc[index].head.i == index]
        nominal = [index for index in outward if doc[index].pos_ in ("NOUN", "PROPN", "ADJ")]
        for index in inside:
            heads[index] = (nominal or outward or [end - 1])[0]
    return heads


def _places(doc: Doc, places: tuple[PlaceMention, ...]) -> dict[int, PlaceMention]:
    found: dict[int, PlaceMention] = {}
    for place in places:
        span = doc.char_span(place.start, place.end, alignment_mode="expand")
        if span is not None:
            for token in span:
                found[token.i] = place
    return found
