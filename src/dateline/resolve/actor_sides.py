"""Country and sectors of a described actor from the words of its own phrase: modifiers, possessor, complement."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Token

from dateline.language.tree import case_of, conjuncts
from dateline.lexicon.world import NOT_STATES, Role, person_key
from dateline.resolve.actor_nominals import Core, Sense, Side
from dateline.resolve.actor_scene import Hit, Scene, gives_nationality

# Words that turn an office holder into a former one.
_FORMER = frozenset(
    {"former", "ex", "deposed", "ousted", "exiled", "disgraced", "onetime", "toppled", "erstwhile", "late"}
)
# "pro-Beijing": what somebody is for or against tells not whose he is.
_STANCES = frozenset({"pro", "anti", "non"})
_OFFICIAL = frozenset({"GOV", "LEG", "MIL", "JUD", "SPY", "COP", "PTY", "OPP"})
_OPPOSING = frozenset({"rebel", "insurgent", "mutinous", "breakaway", "guerrilla", "separatist", "renegade"})
_ARMED = frozenset({"MIL", "GOV", "PRM", "COP"})
# Who stands "in Minsk" is from there, unless they are soldiers, diplomats or visitors.
_LOCAL = frozenset(
    {"CVL", "COP", "GOV", "OPP", "REB", "LEG", "JUD", "EDU", "AGR", "LAB", "MED", "REL", "CRM", "PRM", "PTY"}
)
_VISITORS = frozenset(
    {"diplomat", "soldier", "troops", "weaponry", "craft", "officer-rank", "refugees", "charity", "press"}
)
_VISITING_WORDS = frozenset(
    {"tourist", "foreigner", "expatriate", "national", "monitor", "observer", "negotiator", "hostage"}
)


@dataclass(frozen=True, slots=True)
class Given:
    """What one part of the phrase gives: sides, the tokens [from, to) that say so, and the rule."""

    sides: tuple[Side, ...]
    organisation: tuple[int, int] | None
    rule: str


def is_former(scene: Scene, core: Core) -> bool:
    """Whether the phrase says former, ex-, ousted ..."""
    return any(scene.words[index] in _FORMER for index in range(core.first, core.last + 1)) or any(
        scene.doc[index].lower_.startswith("ex-") for index in range(core.first, core.last + 1)
    )


def from_modifiers(scene: Scene, core: Core, stop: int) -> Given | None:
    """Countries and bodies among the modifiers before `stop`: "Israeli and Palestinian", "NATO", "Khartoum"."""
    demonyms: list[Hit] = []
    bodies: list[Hit] = []
    for index in range(core.first, stop):
        hit = scene.hits[index]
        if hit is None or hit.first != index or not gives_nationality(scene.doc, scene.world, hit):
            continue
        if hit.name.kind == "organisation":
            bodies.append(hit)
        elif hit.name.country is not None and not _set_aside(scene, hit):
            demonyms.append(hit)
    span = (bodies[-1].first, bodies[-1].last + 1) if bodies else None
    sectors = bodies[-1].name.sectors if bodies else ()
    if demonyms:
        chosen = demonyms if _coordinated(scene, demonyms) else [_nationality(demonyms)]
        sides = tuple(Side(hit.name.country, sectors or _partial(hit)) for hit in _distinct(chosen))
        return Given(sides, span, chosen[-1].name.rule)
    if bodies:
        chosen = bodies if _coordinated(scene, bodies) else bodies[-1:]
        return Given(tuple(Side(hit.name.country, hit.name.sectors) for hit in chosen), span, bodies[-1].name.rule)
    for index in range(core.first, stop):
        person = scene.people.get(index)
        if person is not None and person[0] == index and scene.hits[index] is None:
            country = _of_known(scene, person[0], min(person[1], stop))
            if country is not None:
                return Given((Side(country, ()),), None, "actors/people.tsv")
    for index in range(core.first, stop):
        place = scene.places.get(index)
        if place is not None and place.country is not None and scene.hits[index] is None:
            if index >= 2 and scene.doc[index - 1].text == "-" and scene.doc[index - 2].lower_ in _STANCES:
                continue
            return Given((Side(place.country, ()),), None, "actors#place-modifier")
    return None


def from_possessor(scene: Scene, possessor: Token, senses: dict[int, Sense]) -> Given | None:
    """What "Norway's", "the navy's", "Cairo's" or "Arafat's" says about the possessed."""
    owner = senses.get(possessor.i)
    if owner is None:
        country = country_of_place(scene, possessor)
        return Given((Side(country, ()),), None, "actors#place-possessor") if country else None
    if owner.kind == "person":
        country = owner.country or country_of_person(scene, owner)
        return Given((Side(country, ()),), None, owner.rule) if country else None
    body = (owner.first, owner.last + 1) if owner.kind == "organisation" else None
    return Given(owner.sides, body, owner.rule)


def _nationality(demonyms: list[Hit]) -> Hit:
    """The one before the noun; of two side by side the first, as the second is a people: "Croatian Serb refugees"."""
    last = demonyms[-1]
    if len(demonyms) > 1 and demonyms[-2].last + 1 == last.first and last.name.kind == "demonym":
        return demonyms[-2]
    return last


def _set_aside(scene: Scene, hit: Hit) -> bool:
    """ "ethnic Albanian" is no nationality; "former Soviet republics" are not Russia's."""
    before = scene.words[hit.first - 1] if hit.first > 0 else ""
    return before == "ethnic" or (before == "former" and hit.name.body == "historical")


def country_of_person(scene: Scene, sense: Sense) -> str | None:
    """The country of a known office holder by name alone: "Arafat's"."""
    return _of_known(scene, *sense.name) if sense.name is not None else None


def _of_known(scene: Scene, first: int, end: int) -> str | None:
    name = person_key(scene.doc[first:end].text)
    offices = scene.world.people.get(name, ())
    countries = {office.country for office in offices if office.distinct or office.country in scene.named}
    return countries.pop() if len(countries) == 1 else None


def _partial(hit: Hit) -> tuple[str, ...]:
    return hit.name.sectors if hit.name.kind != "capital" else ()


def _distinct(hits: list[Hit]) -> list[Hit]:
    """One hit a country, the first."""
    return list({hit.name.country: hit for hit in reversed(hits)}.values())[::-1]


def _coordinated(scene: Scene, hits: list[Hit]) -> bool:
    """Whether "and", a comma or a hyphen joins all of them."""
    for left, right in pairwise(hits):
        between = [scene.doc[index].lower_ for index in range(left.last + 1, right.first)]
        if not between or any(word not in ("and", ",", "or", "-", "–", "/", "&", "both", "the") for word in between):
            return False
    return len(hits) > 1


def _gives_sector(role: Role, named: bool) -> bool:
    """Whether the noun before a noun gives it a sector: "rebel leader", but not "family leader"."""
    titled = named and role.kind == "person" and role.sectors[:1] == ("GOV",)
    return bool(role.sectors) and role.id != "civilians" and not titled


def sector_from_modifiers(
    scene: Scene, core: Core, stop: int, *, named: bool = False
) -> tuple[tuple[str, ...], int, str] | None:
    """The sector that words before a weak noun give, nearest first: (sectors, first token, rule).

    In the name of a body titles give none: "Premier League", "King's College".
    """
    index = stop - 1
    while index >= core.first:
        role = scene.roles.get(index)
        if role is not None and role[1] <= stop and _gives_sector(role[0], named) and scene.hits[index] is None:
            return role[0].sectors, index, role[0].rule
        if scene.hits[index] is None and scene.words[index]:
            for size in (2, 1):
                start = index - size + 1
                if start < core.first:
                    continue
                phrase = " ".join(scene.words[i] for i in range(start, index + 1))
                sector = scene.world.modifiers.get(phrase)
                if sector is not None:
                    return (sector,), start, "actors/modifiers.toml"
        index -= 1
    return None


def overridden(scene: Scene, core: Core, stop: int, sectors: tuple[str, ...], role: Role | None) -> tuple[str, ...]:
    """Sectors after rebel, opposition and former have had their say."""
    before = {scene.words[index] for index in range(core.first, stop)}
    if before & _OPPOSING and sectors and sectors[0] in _ARMED:
        return ("REB",)
    if "shadow" in before and sectors[:1] == ("GOV",):
        return ("OPP",)
    if scene.is_sport and role is not None and role.words[-1] in ("captain", "striker"):
        return ("CVL",)
    if "opposition" in before and sectors and sectors[0] in ("LEG", "PTY"):
        return (sectors[0], "OPP") if sectors[0] == "LEG" else ("OPP", "PTY")
    if role is not None and role.kind == "person" and is_former(scene, core) and sectors and sectors[0] in _OFFICIAL:
        return ("ELI",)
    return sectors


def from_complement(scene: Scene, head: Token, role: Role, senses: dict[int, Sense]) -> Given | None:
    """What "of the navy", "for the UN", "from Chad" or "in Minsk" after the noun says; `senses` are those known."""
    weak = bool(role.flags & {"weak", "transparent", "presiding"})
    for child in head.children:
        if child.i < head.i or child.dep_ not in ("nmod", "obl", "nmod:unmarked"):
            continue
        case = case_of(child)
        if case == "of" or (case in ("for", "with", "at", "from") and weak) or case == "from":
            given = _of(scene, child, senses, weak and case != "from", head.tag_ in ("NNS", "NNPS"))
            if given is not None and child.i not in senses and role.id == "counts":
                # "most of the towns in Chad" are towns.
                return None
            if given is not None:
                return given
    if role.id == "refugees":
        for child in head.children:
            fled = _origin(scene, child) if child.dep_ in ("acl", "acl:relcl") else None
            if fled is not None:
                return Given((Side(fled, ()),), None, "actors#fled-place")
    for child in head.children:
        if child.i > head.i and child.dep_ in ("nmod", "obl") and case_of(child) in ("in", "at", "within", "inside"):
            country = country_of_place(scene, child)
            if country is not None and is_local(role, scene.words[head.i]):
                return Given((Side(country, ()),), None, "actors#in-place")
    return None


def sectors_of_private_office(scene: Scene, head: Token, core: Core, found: tuple[int, int, Role]) -> tuple[str, ...]:
    """The sectors of a president or secretary whose state or body the words do not give, GOV where nothing speaks
    against it: "vice president of sales", "executive vice president", "president of the chess club"."""
    first, end, role = found
    if {scene.words[index] for index in range(core.first, first)} & scene.world.words["of-firms"]:
        return ("BUS",)
    for child in head.children:
        if child.i < end or child.dep_ != "nmod" or case_of(child) not in ("of", "for", "at", "with"):
            continue
        if scene.words[child.i] in scene.world.words["of-states"] or scene.places.get(child.i) is not None:
            return role.sectors
        bare = not any(item.dep_ in ("det", "nmod:poss") for item in child.children)
        if role.id == "president" and bare and child.pos_ == "NOUN":
            return ("BUS",)
        if child.pos_ == "PROPN" or not bare:
            return ()
    # "Marco Ruiz, vice president": states have theirs with an article or before the name.
    junior = role.words[:1] == ("vice",) and scene.doc[first].text.islower() and not core.definite
    named = head.dep_ in ("appos", "parataxis") or any(child.dep_ == "cop" for child in head.children)
    return () if junior and named else role.sectors


def _origin(scene: Scene, clause: Token) -> str | None:
    """Where those "fleeing the war in Liberia" come from."""
    if clause.lower_ not in ("fleeing", "fled", "escaping", "escaped", "displaced", "driven"):
        return None
    for token in clause.subtree:
        if case_of(token) in ("in", "from") and country_of_place(scene, token) is not None:
            return country_of_place(scene, token)
    return next((country_of_place(scene, item) for item in clause.children if item.dep_ == "obj"), None)


def _of(scene: Scene, child: Token, senses: dict[int, Sense], weak: bool, plural: bool) -> Given | None:
    sense = senses.get(child.i)
    if sense is not None:
        others = [senses[item.i] for item in conjuncts(child)[1:] if item.i in senses] if plural else []
        named = [other for other in others if other.country is not None]
        sides = sense.sides if weak else tuple(Side(side.country, ()) for side in sense.sides)
        if named and sense.country is not None:
            sides = (*sides, *(side if weak else Side(side.country, ()) for other in named for side in other.sides))
        if any(side.country or side.sectors for side in sides):
            body = (sense.first, sense.last + 1) if sense.kind == "organisation" else None
            return Given(sides, body, sense.rule)
    country = country_of_place(scene, child)
    return Given((Side(country, ()),), None, "actors#of-place") if country else None


def country_of_place(scene: Scene, token: Token) -> str | None:
    """The country of a place name headed by the token, by the lexicon or the places found."""
    hit = scene.hits[token.i]
    if hit is not None:
        return hit.name.country if hit.name.kind != "organisation" and hit.name.country not in NOT_STATES else None
    place = scene.places.get(token.i)
    if place is not None and place.country:
        return place.country
    # "the town of Rafah", "the Syrian Golan Heights", "Ivory Coast province".
    for child in token.children:
        inner = scene.hits[child.i]
        if (
            inner is not None
            and inner.name.kind != "organisation"
            and inner.name.country
            and child.dep_ in ("amod", "compound", "nmod:poss")
        ):
            return inner.name.country
    for child in token.children:
        if child.dep_ == "nmod" and case_of(child) in ("of", "in"):
            return country_of_place(scene, child)
    return None


def is_local(role: Role, word: str) -> bool:
    """Whether people of this kind, met in a place, belong to it."""
    if role.id in _VISITORS or word in _VISITING_WORDS:
        return False
    if "office" in role.flags and role.kind == "organisation":
        return True
    return not role.sectors or role.sectors[0] in _LOCAL
