"""What the lexicons know about the words of one article, before any phrase is understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dateline.lexicon.world import NOT_STATES, Name, Role, World, normalised
from dateline.records.mentions import PlaceMention
from dateline.records.text import Article

# A country is home where it is named so often and with so large a share of all names of countries.
_CLEARLY = 3
_HOME_SHARE = 0.6
_SPORT_WORDS = 4


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
        home: the country that the article is about, None where that is not clear.
        named: all countries that names of the article belong to.
        is_sport: whether the article tells of a game.
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
    home: str | None
    named: frozenset[str]
    is_sport: bool


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
    _spread_names(doc, labels, people, found_places)
    hits = _without_strangers(
        world, _other_places_out(_hits(doc, article.text, world, people), found_places), found_places
    )
    _add_half_names(doc, hits)
    roles = _roles(doc, words, world, hits)
    counts = _country_counts(doc, world, hits, found_places)
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
        home=home_country(
            counts,
            article.place.country if article.place is not None else None,
            _first_named(doc, article, hits, found_places),
        ),
        named=frozenset(counts),
        is_sport=sum(word in world.words["sport"] for word in words) >= _SPORT_WORDS,
    )


def home_country(counts: Counter[str], dateline: str | None, first_named: str | None = None) -> str | None:
    """The country that an article is about, None where that is not clear.

    It is that of the dateline if no other is named more often, or if the story begins with it and no other is named
    twice as often ("OSLO - Norway will send Ukraine ..." tells what Norway's ministers do); without a dateline the one
    with most of the names.
    """
    if not counts:
        return None
    if dateline is not None:
        most = max(counts.values())
        enough = most if first_named != dateline else most / 2
        return dateline if counts[dateline] >= max(2, enough) else None
    first, times = counts.most_common(1)[0]
    return first if times >= _CLEARLY and times >= _HOME_SHARE * counts.total() else None


def _first_named(
    doc: Doc, article: Article, hits: Sequence[Hit | None], places: Mapping[int, PlaceMention]
) -> str | None:
    """The country that the story itself names first, behind the headline's furniture and the dateline."""
    begin = max((item.end for item in article.furniture if item.kind == "dateline"), default=0)
    for token in doc:
        if token.idx < begin or article.is_furniture(token.idx, token.idx + len(token)):
            continue
        hit, place = hits[token.i], places.get(token.i)
        country = hit.name.country if hit is not None else place.country if place is not None else None
        if country is not None and country not in NOT_STATES:
            return country
    return None


def _spread_names(
    doc: Doc, labels: list[str], people: dict[int, tuple[int, int]], places: Mapping[int, PlaceMention]
) -> None:
    """Where a surname stands alone and nothing else was seen in it, it is the person's of that surname.

    And where a name is a place elsewhere in the article and nobody's surname, a person seen in it once is none.
    """
    surnames = {doc[end - 1].text for start, end in set(people.values()) if end - start > 1}
    small = {token.text for token in doc if token.text.islower()}
    located = {doc[index].text for index in places}
    for index, (start, end) in list(people.items()):
        if end - start == 1 and index not in places and doc[index].text in located - surnames:
            del people[index]
            labels[index] = "LOC"
    for token in doc:
        alone = token.pos_ == "PROPN" and token.dep_ not in ("compound", "flat", "amod", "nmod:desc")
        free = not labels[token.i] or (labels[token.i] == "LOC" and token.i not in places)
        if alone and free and token.text in surnames and token.lower_ not in small:
            if any(child.pos_ == "PROPN" for child in token.children):
                continue
            labels[token.i] = "PER"
            people[token.i] = (token.i, token.i + 1)


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
                if last is not None and name.form not in surnames and _is_name(doc, index, last, name, people, world):
                    hit = Hit(index, last, name)
                    break
        if hit is None:
            index += 1
            continue
        for inside in range(hit.first, hit.last + 1):
            hits[inside] = hit
        index = hit.last + 1
    return hits


def _add_half_names(doc: Doc, hits: list[Hit | None]) -> None:
    """ "the North" and "the South" where an article names both Koreas by their names."""
    names = {hit.name.country: hit.name for hit in hits if hit is not None and hit.name.kind == "country"}
    if not names.keys() >= {"PRK", "KOR"}:
        return
    for token in doc[1:]:
        half = {"North": "PRK", "South": "KOR"}.get(token.text)
        if half is None or hits[token.i] is not None or doc[token.i - 1].lower_ != "the":
            continue
        following = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if following is None or not following.text[:1].isupper():
            hits[token.i] = Hit(token.i, token.i, names[half])


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
    world: World,
) -> bool:
    """Whether the words are the name: not a person called Jordan, not the pronoun "us", not "who"."""
    given_names = world.words["given-names"]
    person = people.get(first)
    if person is not None:
        if person[0] < first or person[1] > last + 1:
            return name.kind == "demonym" and person[0] == first and name.form[-1] != "s" and person[1] > last + 2
        if name.form.lower() in given_names:
            return False
    if name.form.lower() in given_names and any(child.dep_ == "flat" for child in doc[first].children):
        return False
    if name.shared and (_is_longer(doc, first, last) if " of " in name.form else _begins_earlier(doc, first, world)):
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


def _begins_earlier(doc: Doc, first: int, world: World) -> bool:
    """Whether a name like "Democratic Party" ends another: "Green Democratic Party"; not after a country."""
    before = doc[first - 1] if first > 0 else None
    if before is None or before.pos_ != "PROPN" or before.ent_type_ != "ORG" or doc[first].ent_iob_ != "I":
        return False
    return not any(name.form.endswith(before.text) for name in world.names.get(before.text, ()))


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
