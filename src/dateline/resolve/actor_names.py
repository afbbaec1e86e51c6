"""Names: those of the lexicon, capitals that act, peoples, and bodies that the lexicon does not know."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from dateline.language.tree import base, case_of, children, is_passive
from dateline.lexicon.world import NOT_STATES, Name, Role
from dateline.resolve.actor_nominals import Core, Sense, Side, is_plural
from dateline.resolve.actor_scene import Hit, Scene
from dateline.resolve.actor_sides import (
    Given,
    country_of_place,
    from_complement,
    from_modifiers,
    from_possessor,
    sector_from_modifiers,
)

# A demonym or possessor before these names says which state's body is meant: "Brazil's Congress".
_OVERRIDABLE = frozenset(
    {
        *("parliament", "party", "court", "body", "ministry", "agency", "force", "metonym", "union", "armed-group"),
        "government",
    }
)


# Sectors that a public body keeps; others turn to GOV: "Labor Department".
_PUBLIC = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG", "JRN", "NGO"})


def named_sense(scene: Scene, token: Token, hit: Hit, core: Core, senses: dict[int, Sense]) -> Sense | None:
    name = hit.name
    if _is_in_longer_name(scene, token, hit):
        return None
    common = Sense(
        head=token.i,
        heads=(token.i,),
        start=core.start,
        first=hit.first,
        last=hit.last,
        kind="organisation",
        sides=(Side(name.country, name.sectors),),
        name=(hit.first, hit.last + 1),
        key=f"{name.kind}:{name.key}",
        definite=True,
        rule=name.rule,
    )
    if name.kind == "country":
        return replace(common, kind="country", place=_is_location(scene, token))
    if name.kind == "capital":
        acts = (
            name.body in ("state", "historical")
            and _is_that_capital(scene, token, name)
            and _capital_acts(scene, token)
        )
        return replace(common, key=f"government:{name.country}", rule="actors#capital-acts") if acts else None
    if name.kind == "demonym":
        return _people_sense(scene, token, hit, core, common)
    national = scene.hits[hit.first - 1] if hit.first > 0 else None
    if name.country == "NGO" and national is not None and national.name.kind == "demonym":
        # "the British Red Cross" is not the body in Geneva.
        theirs = (Side(national.name.country, ("SOC",)),)
        return replace(common, key=None, name=(national.first, hit.last + 1), first=national.first, sides=theirs)
    country = name.country
    if name.shared and scene.named and country not in scene.named:
        country = scene.home
    if name.body in _OVERRIDABLE and country not in NOT_STATES:
        given = from_modifiers(scene, core, hit.first)
        if given is not None and given.sides[0].country and given.sides[0].country not in NOT_STATES:
            country = given.sides[0].country
        elif core.possessor is not None and core.possessor.i in senses:
            country = senses[core.possessor.i].country or country
    key = common.key if country == name.country else f"{common.key}:{country}"
    return replace(
        common,
        sides=(Side(country, name.sectors),),
        key=key,
        plural=name.form.endswith("s") and name.body == "movement",
    )


def _people_sense(scene: Scene, token: Token, hit: Hit, core: Core, common: Sense) -> Sense | None:
    """ "the Kenyans", "Iraqi Kurds": a people, with sector only where it is not the whole state."""
    name = hit.name
    plain = core.definite and core.first >= hit.first
    sectors = name.sectors or (() if plain else ("CVL",))
    country = _country_of_people(scene, token, core, hit)
    if country != name.country and not sectors:
        # "the Albanians of Serbia" are a part of the people, not the state.
        sectors = ("CVL",)
    if not (
        is_plural(token) or any(child.dep_ == "det" for child in token.children) or base(token) in ("nsubj", "obj")
    ):
        return None
    return replace(
        common,
        kind="people",
        sides=(Side(country, sectors),),
        name=None,
        key=None,
        plural=True,
        definite=core.definite,
    )


def _is_in_longer_name(scene: Scene, token: Token, hit: Hit) -> bool:
    """Whether a state ends the name of something else ("Captain America"), or a firm begins it ("Google Chrome")."""
    doc, before, after = scene.doc, hit.first - 1, hit.last + 1
    if hit.name.country == "MNC" and after < len(doc):
        following = doc[after]
        linked = following.head.i == token.i or token.head.i == following.i
        return following.pos_ == "PROPN" and linked and following.dep_ in ("flat", "compound", "appos")
    if hit.name.kind != "country" or before < 0 or doc[before].pos_ != "PROPN" or not doc[before].whitespace_:
        return False
    linked = doc[before].head.i == token.i or (token.dep_ == "flat" and token.head.i == before)
    known = scene.hits[before] is not None or before in scene.places
    sided = doc[before].lower_ in ("north", "south", "east", "west", "mainland", "greater", "northern", "southern")
    return linked and doc[before].dep_ != "nmod:poss" and doc[before].text[0].isupper() and not known and not sided


def _country_of_people(scene: Scene, token: Token, core: Core, hit: Hit) -> str | None:
    """The country of "Iraqi Kurds", "ethnic Albanians in Serbia", "the Albanians of southern Serbia"."""
    ethnic = hit.first > 0 and scene.words[hit.first - 1] == "ethnic"
    cases = ("of", "in", "within") if ethnic or hit.name.country is None else ("of",)
    for child in token.children:
        if child.i > token.i and child.dep_ == "nmod" and case_of(child) in cases:
            country = country_of_place(scene, child)
            if country is not None:
                return country
    if hit.name.country is not None and not ethnic:
        return hit.name.country
    given = from_modifiers(scene, core, hit.first)
    return given.sides[0].country if given is not None else None


def _is_that_capital(scene: Scene, token: Token, name: Name) -> bool:
    """Not Athens in Georgia: the place found there, if any, must be in the state."""
    place = scene.places.get(token.i)
    return place is None or place.country in (None, name.country)


def _is_location(scene: Scene, token: Token) -> bool:
    """Whether a country stands as a place: "in Norway", "arrived from Chad"."""
    case = case_of(token)
    if case in scene.world.words["locative"] and base(token) in ("obl", "nmod", "conj"):
        return True
    if case == "of" and token.dep_ == "nmod":
        return scene.words[token.head.i] in scene.world.words["parts-of-land"]
    # "Aceh, Indonesia": where the place before the comma lies.
    above = token.head
    return token.dep_ == "appos" and (above.i in scene.places or scene.hits[above.i] is not None)


def _capital_acts(scene: Scene, token: Token) -> bool:
    """Whether a capital stands for its government: "Ankara said", "talks with Moscow", "Moscow's offer"."""
    words = scene.world.words
    if any(child.pos_ == "PROPN" and child.dep_ in ("compound", "amod", "flat") for child in token.children):
        return False
    first = token
    while first.dep_ == "conj" and first.head.i != first.i:
        first = first.head
    relation = first.dep_
    if relation == "nmod:poss":
        owned = first.head
        return owned.pos_ == "NOUN" and owned.lemma_ in words["governmental"]
    if relation == "obl:agent":
        return True
    if relation == "nsubj":
        verb = first.head
        return verb.pos_ == "VERB" and not is_passive(verb) and verb.lemma_ not in words["place-verbs"]
    if relation in ("obj", "iobj"):
        return first.head.lemma_ in words["addressing"]
    if relation in ("nmod", "obl"):
        case = case_of(first)
        if case in ("on", "for"):
            return first.head.lemma_ in words["towards"]
        return case == "by" or (case in words["acting-case"] and first.head.lemma_ in words["between-states"])
    return False


def ends_longer_name(scene: Scene, hit: Hit) -> bool:
    """Whether the country ends a longer name: "Air France", "Team Estonia"."""
    before = hit.first - 1
    return (
        before >= 0
        and scene.labels[hit.last] == "ORG"
        and scene.labels[before] == "ORG"
        and scene.doc[hit.first].ent_iob_ == "I"
        and scene.doc[before].pos_ == "PROPN"
    )


def unlisted_sense(scene: Scene, token: Token, core: Core, senses: dict[int, Sense]) -> Sense | None:
    """Bodies and peoples that the lexicon does not know; None for other names."""
    if scene.labels[token.i] == "NORP" and is_plural(token) and not token.text.isupper():
        return _unlisted_people(scene, token, core)
    if scene.labels[token.i] != "ORG" or token.pos_ != "PROPN" or token.i in scene.places:
        return None
    first, end = _body_name(scene, token, core)
    thing = any(scene.words[index] in scene.world.words["not-bodies"] for index in range(first, end))
    last = scene.roles.get(token.i)
    if last is not None and last[0].kind in ("organisation", "group") and "war" not in scene.words[first:end]:
        thing = False  # "Mountain Hawks Movement"
    if thing or not scene.doc[first].text[:1].isupper():
        return None
    roles = [found[0] for i in range(end - 1, first - 1, -1) if (found := scene.roles.get(i)) is not None]
    role = next((item for item in roles if item.kind in ("organisation", "group")), None)
    given = from_modifiers(scene, core, core.last + 1)
    if given is None and core.possessor is not None:
        given = from_possessor(scene, core.possessor, senses)
    if given is None and role is not None:
        given = from_complement(scene, token, role, senses)
    given = given or _based(scene, token, first)
    country, owned = (given.sides[0].country, given.sides[0].sectors) if given is not None else (None, ())
    first = _after_based(scene, first, end)
    public = {scene.words[end - 1], scene.words[token.i]} & scene.world.words["public-bodies"]
    return Sense(
        head=token.i,
        heads=core.heads,
        start=min(core.start, first) if core.possessor is not None or scene.doc[core.start].is_alpha else first,
        first=first,
        last=end - 1,
        kind="organisation",
        sides=(Side(country, _body_sectors(scene, core, end, role, public=bool(public)) or owned),),
        name=(first, end),
        role=role,
        definite=True,
        rule=given.rule if given is not None else "actors#organisation",
    )


def _based(scene: Scene, token: Token, first: int) -> Given | None:
    """Where "Andes Copper, based in Lima," or "Lima-based producer Andes Copper" has its seat."""
    for index in range(max(2, first - 5), first):
        seat = scene.hits[index - 2]
        if scene.doc[index].lower_ == "based" and scene.doc[index - 1].text == "-":
            country = seat.name.country if seat is not None else country_of_place(scene, scene.doc[index - 2])
            return Given((Side(country, ()),), None, "actors#based-in") if country is not None else None
    for clause in children(token, "acl"):
        if clause.lower_ in ("based", "headquartered", "registered", "located"):
            for child in children(clause, "obl"):
                country = country_of_place(scene, child) if case_of(child) in ("in", "at", "near") else None
                if country is not None:
                    return Given((Side(country, ()),), None, "actors#based-in")
    return None


def _after_based(scene: Scene, first: int, end: int) -> int:
    """Where the name begins that stands after "Lima-based"."""
    for index in range(first, end - 1):
        if scene.doc[index].lower_ == "based" or scene.doc[index].lower_.endswith("-based"):
            return next((i for i in range(index + 1, end) if scene.doc[i].text[:1].isupper()), first)
    return first


def _unlisted_people(scene: Scene, token: Token, core: Core) -> Sense:
    given = from_modifiers(scene, core, token.i)
    return Sense(
        head=token.i,
        heads=core.heads,
        start=core.start,
        first=core.first,
        last=core.last,
        kind="people",
        sides=(Side(given.sides[0].country if given is not None else None, ("CVL",)),),
        plural=True,
        definite=core.definite,
        rule="actors#people",
    )


def _body_name(scene: Scene, token: Token, core: Core) -> tuple[int, int]:
    """Tokens [from, to) of a body's name: from its first capital after any comma, "of" with a name included."""
    first = core.first
    while first < token.i and not scene.doc[first].text[:1].isupper():
        first += 1
    commas = [index for index in range(first, token.i) if scene.doc[index].text in (",", ";")]
    end = core.last + 1
    for child in children(token, "nmod"):
        if case_of(child) == "of" and child.pos_ == "PROPN" and child.left_edge.i == end:
            end = child.i + 1 + sum(1 for item in child.children if item.dep_ == "flat")
    # "Centre for Control of Lake Fever": the language model saw one name.
    while end < len(scene.doc) and scene.doc[end].ent_iob_ == "I" and scene.labels[end] == "ORG":
        if scene.doc[end].dep_ == "cc" and scene.doc[end].head.head.i == token.i:
            break  # "Lufthansa Group and Ryanair" are two
        end += 1
    return (commas[-1] + 1 if commas else first), end


def _body_sectors(scene: Scene, core: Core, end: int, role: Role | None, *, public: bool) -> tuple[str, ...]:
    """The sectors that the words of a body's name give: by its noun, else by the words before that."""
    sectors: tuple[str, ...] = role.sectors if role is not None else ()
    ending = scene.doc[end - 1].lower_.rstrip(".")
    if ending in scene.world.words["company-endings"]:
        return ("BUS",)
    if ending in scene.world.words["press-endings"] and end - core.first > 1:
        return ("JRN",)
    if role is not None and "needs-country" in role.flags:
        return ()  # "Mordor Intelligence" spies on nobody
    if role is not None and role.words == ("union",):
        members = {scene.words[index] for index in range(core.first, end)}
        return ("LAB",) if members & scene.world.words["labouring"] else ()
    if not sectors and role is not None:
        own = sector_from_modifiers(scene, core, core.last + 1, named=True)
        sectors = own[0] if own is not None and own[0] not in (("NGO",), ("CVL",)) else ()
    if public and sectors[:1] and sectors[0] not in _PUBLIC:
        return ("GOV",)
    return sectors or (("GOV",) if public else ())
