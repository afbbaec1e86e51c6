"""Descriptions: title, role noun and person's name, with what the words around them say."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from dateline.language.tree import base, case_of
from dateline.lexicon.world import NOT_STATES, Role, person_key
from dateline.records.mentions import ActorKind
from dateline.resolve.actor_names import unlisted_sense
from dateline.resolve.actor_nominals import Core, Sense, Side, is_plural, last_role, person_name
from dateline.resolve.actor_scene import Scene
from dateline.resolve.actor_sides import (
    Given,
    from_complement,
    from_modifiers,
    from_possessor,
    overridden,
    sector_from_modifiers,
    sectors_of_private_office,
)

_KIND_OF_ROLE: dict[str, ActorKind] = {
    "person": "person",
    "group": "group",
    "organisation": "organisation",
    "people": "people",
    "equipment": "group",
}
# "Government" words before "president" or "secretary" leave it an office of state.
_HEADED_BY_GOVERNMENT = frozenset({"GOV", "MIL", "COP", "SPY"})
_INTERNATIONAL = frozenset({"IGO", "UNO", "EUR"})
_RESTRICTING = frozenset({"nmod", "acl", "amod", "compound", "nummod"})


def described_sense(scene: Scene, token: Token, core: Core, senses: dict[int, Sense]) -> Sense | None:
    name = person_name(scene, core)
    stop = name[0] if name is not None else core.last + 1
    found = _title(scene, core, name, stop)
    if found is not None and name is not None and not _runs_up_to(scene, found, stop):
        found = None
    if found is not None and name is None and not (found[0] <= token.i < found[1]):
        tail = found[1] <= token.i and token.pos_ == "PROPN" and scene.labels[token.i] not in ("ORG", "LOC")
        tail = tail and found[2].id not in scene.world.words["no-title"]
        name = (found[1], core.last + 1) if tail and found[2].kind == "person" and token.text[:1].isupper() else None
        if name is None:
            found = None
    if found is None and name is None:
        return unlisted_sense(scene, token, core, senses)
    if found is None and name is not None:
        return _person(scene, token, core, name, senses)
    if found is None:
        return None
    first, end, role = found
    if name is None:
        name = _named_group(scene, token, core, found)
    body = role.kind in ("organisation", "group") and token.pos_ == "PROPN" and scene.labels[token.i] == "ORG"
    if name is None and body:
        other = unlisted_sense(scene, token, core, senses)
        if other is not None and other.name is not None and other.name[1] - other.name[0] > end - first:
            return other
    return _with_role(scene, token, core, (first, end, role), name, senses)


def _title(scene: Scene, core: Core, name: tuple[int, int] | None, stop: int) -> tuple[int, int, Role] | None:
    """The last role phrase before the name; a person's own, not that of the body: "chief of department Carl Dean"."""
    found = last_role(scene, core, stop)
    if found is None or name is None or found[2].kind == "person" or _names_body(scene, found, name):
        return found
    earlier = last_role(scene, core, found[0])
    own = earlier is not None and earlier[2].kind == "person" and _runs_up_to(scene, earlier, stop)
    return earlier if own else found


def _runs_up_to(scene: Scene, found: tuple[int, int, Role], stop: int) -> bool:
    """Whether nothing stands between title and name but other titles, or what the title is of: "Minister of Wells"."""
    between = [index for index in range(found[1], stop) if scene.words[index]]
    if all(scene.words[index] in scene.world.words["titles"] for index in between):
        return True
    head = scene.doc[found[1] - 1]
    inside = {item.i for item in head.subtree}
    return scene.words[between[0]] in ("of", "for") and all(index in inside for index in between)


def _with_role(
    scene: Scene,
    token: Token,
    core: Core,
    found: tuple[int, int, Role],
    name: tuple[int, int] | None,
    senses: dict[int, Sense],
) -> Sense | None:
    first, end, role = found
    if name is None and _is_thing(scene, token, core, found):
        return None
    given, sectors, start, rule = _given(scene, token, core, found, senses)
    sides = given.sides if given is not None else (Side(None, ()),)
    mixed = _sided(scene, core, found, sides, sectors, given.rule if given is not None else "")
    if "needs-country" in role.flags and given is None:
        return None
    if role.id == "craft" and given is not None and given.sides[0].sectors:
        mixed = given.sides
    if role.id == "armed-body" and sectors[:1] in (("LAB",), ("BUS",), ("CVL",)):
        return None
    nothing = not mixed[0].country and not mixed[0].sectors
    if nothing and role.id == "counts":
        return None
    body_named = name is not None and _names_body(scene, found, name)
    one = role.kind == "people" and not is_plural(token) and scene.words[token.i] not in scene.world.words["collective"]
    person = (name is not None and not body_named) or one or (role.kind == "person" and role.id != "members")
    return Sense(
        head=token.i,
        heads=core.heads,
        start=core.start,
        first=core.first,
        last=core.last,
        kind="person" if person else _KIND_OF_ROLE[role.kind],
        sides=mixed,
        name=name,
        role=role,
        role_span=(start, end),
        organisation=given.organisation if given is not None else None,
        plural=name is None and (is_plural(token) or "plural" in role.flags),
        gender=_gender(scene, core, name),
        definite=core.definite,
        described=core.possessor.left_edge.i if core.possessor is not None else core.first,
        bare=name is None and _is_bare(scene, token, core, (first, end)),
        weak=nothing and not body_named,
        rule=given.rule if given is not None else rule,
    )


def _names_body(scene: Scene, found: tuple[int, int, Role], name: tuple[int, int]) -> bool:
    """Whether the name beside a noun is that of a body: "newspaper Havblad", "port operator Callao Terminals"."""
    start, _, role = found
    if role.kind in ("organisation", "group"):
        # Unless it is one of several words that begins with a given name.
        return name[0] < start or name[1] - name[0] == 1 or scene.doc[name[0]].text not in scene.world.given_names
    return all(scene.labels[index] == "ORG" for index in range(*name)) and role.id == "businesspeople"


def _named_group(scene: Scene, token: Token, core: Core, found: tuple[int, int, Role]) -> tuple[int, int] | None:
    """The name of "the Abu Tarik group": capitalised words that no lexicon knows before a noun for a body."""
    start, end, role = found
    if (
        token.pos_ != "NOUN"
        or role.words[-1] not in scene.world.words["after-names"]
        or not start <= token.i < end
        or is_plural(token)
    ):
        return None
    first = start
    while (
        first > core.first
        and scene.doc[first - 1].pos_ == "PROPN"
        and scene.doc[first - 1].dep_ in ("compound", "flat")
    ):
        if scene.hits[first - 1] is not None or (first - 1) in scene.places:
            return None
        first -= 1
    return (first, end) if first < start else None


def _is_thing(scene: Scene, token: Token, core: Core, found: tuple[int, int, Role]) -> bool:
    """Whether a word of another field before the noun makes a thing of it: "tennis courts", "maple cabinets"."""
    first, end, role = found
    word = scene.words[token.i]
    if role.id == "craft" and any(
        scene.words[index] in scene.world.words["civil"] for index in range(core.first, first)
    ):
        return True
    if is_plural(token) and word in scene.world.words["sets"]:
        return True
    if word in scene.world.words["also-abstract"]:
        owned = core.possessor is not None and core.possessor.tag_ in ("PRP$", "WP$")
        aimed = any(child.dep_ == "nmod" and case_of(child) in ("to", "of") for child in token.children)
        return owned or (aimed and word == "opposition")
    if end - first > 1 or word not in scene.world.words["ambiguous"]:
        return False
    for child in token.children:
        if child.dep_ != "compound" or not core.first <= child.i < first:
            continue
        known = scene.hits[child.i] or scene.places.get(child.i) or scene.people.get(child.i)
        worded = scene.words[child.i] in scene.world.modifiers or child.i in scene.roles
        if not known and child.pos_ == "NOUN" and (not worded or word in ("administration", "regime")):
            return True
    return role.id == "government" and word == "cabinet" and is_plural(token)


def _given(
    scene: Scene, token: Token, core: Core, found: tuple[int, int, Role], senses: dict[int, Sense]
) -> tuple[Given | None, tuple[str, ...], int, str]:
    """What modifiers, possessor and complement say, the sectors so far, where the role's words start, and the rule."""
    first, _, role = found
    weak = "weak" in role.flags or "transparent" in role.flags
    own = sector_from_modifiers(scene, core, first) if weak or "presiding" in role.flags else None
    if own is not None and not weak and own[0][0] in _HEADED_BY_GOVERNMENT:
        own = None
    given = from_modifiers(scene, core, first)
    if given is None and core.possessor is not None:
        given = from_possessor(scene, core.possessor, senses)
    sectors, start, rule = role.sectors, first, role.rule
    if own is not None and weak and given is not None and given.sides[0].sectors == ("REB",):
        # "the Taliban religious faction" is Taliban first.
        own = None
    if own is not None:
        sectors, start, rule = own[0], min(own[1], first), own[2]
    elif given is not None and given.sides[0].sectors and (weak or _presides(role, given)):
        sectors = given.sides[0].sectors
    if given is None or (weak and own is None and not given.sides[0].sectors):
        more = from_complement(scene, token, role, senses)
        if more is None and core.heads[-1] != token.i:
            more = from_complement(scene, scene.doc[core.heads[-1]], role, senses)
        if more is not None:
            if (weak or _presides(role, more)) and own is None and more.sides[0].sectors:
                sectors = more.sides[0].sectors
            given = more if given is None else replace(given, organisation=given.organisation or more.organisation)
        elif given is None and own is None and "presiding" in role.flags:
            sectors = sectors_of_private_office(scene, token, core, found)
    body = _unknown_body_before(scene, core, first)
    if body is not None:
        if (
            own is None
            and (given is None or not given.sides[0].sectors)
            and ("presiding" in role.flags or role.id == "official")
        ):
            sectors = ()
        given = Given((Side(None, ()),), body, rule) if given is None else given
        given = replace(given, organisation=given.organisation or body)
    return given, sectors, start, rule


def _presides(role: Role, given: Given) -> bool:
    """Whether the title is that of a body's head ("president of the union"), not of a state's."""
    return "presiding" in role.flags and given.organisation is not None and given.sides[0].country not in _INTERNATIONAL


def _sided(
    scene: Scene, core: Core, found: tuple[int, int, Role], sides: tuple[Side, ...], sectors: tuple[str, ...], rule: str
) -> tuple[Side, ...]:
    """The sides with their sectors, after the words that change them (rebel, opposition, former) and the defaults."""
    first, _, role = found
    weak = "weak" in role.flags or "transparent" in role.flags
    country = sides[0].country
    state = country is not None and country not in NOT_STATES
    if role.words[-1] == "leader" and not sectors and state and "place" not in rule:
        sectors = ("GOV",)
    if role.id in ("armed-body", "officer") and not sectors:
        own = (state and "place" not in rule) or country in _INTERNATIONAL
        sectors = ("MIL",) if own else (("COP",) if role.id == "officer" else ())
    if role.id == "armed-body" and sectors[:1] == ("CVL",):
        sectors = ()
    sectors = overridden(scene, core, first, sectors, role)
    if ("ngo" in role.flags or sectors == ("NGO",)) and not state:
        return (Side(country or "NGO", ()),)
    if sectors == ("NGO",):
        sectors = ("SOC",)
    keep_own = weak and len({side.sectors for side in sides}) > 1
    return tuple(side if keep_own and side.sectors else _side(side, sectors) for side in sides)


def _side(side: Side, sectors: tuple[str, ...]) -> Side:
    kept = tuple(sector for sector in side.sectors if sector == "PRE")
    return Side(side.country, sectors + tuple(sector for sector in kept if sector not in sectors))


def _unknown_body_before(scene: Scene, core: Core, stop: int) -> tuple[int, int] | None:
    """Tokens of a body the lexicon does not know, standing before the noun: whose officials these are is open."""
    inside = [index for index in range(core.first, stop) if scene.labels[index] == "ORG"]
    if not inside or all(scene.hits[index] is not None for index in inside):
        return None
    return inside[0], inside[-1] + 1


def _is_bare(scene: Scene, token: Token, core: Core, role: tuple[int, int]) -> bool:
    if core.possessor is not None:
        return False
    return not any(
        base(child) in _RESTRICTING
        and child.dep_ != "nmod:unmarked"
        and not (role[0] <= child.i < role[1])
        and scene.words[child.i] not in ("two", "both", "same")
        for child in token.children
    )


def _person(scene: Scene, token: Token, core: Core, name: tuple[int, int], senses: dict[int, Sense]) -> Sense:
    given = from_modifiers(scene, core, name[0])
    if given is None and core.possessor is not None:
        given = from_possessor(scene, core.possessor, senses)
    for child in token.children:
        if given is None and child.dep_ == "nmod" and case_of(child) == "of" and child.i in senses:
            given = from_possessor(scene, child, senses)
    sides = given.sides if given is not None else (Side(None, ()),)
    rule = given.rule if given is not None else "actors#name"
    return Sense(
        head=token.i,
        heads=core.heads,
        start=core.start,
        first=core.first,
        last=core.last,
        kind="person",
        sides=sides,
        name=name,
        organisation=given.organisation if given is not None else None,
        gender=_gender(scene, core, name),
        definite=True,
        rule=rule,
    )


def _gender(scene: Scene, core: Core, name: tuple[int, int] | None) -> str:
    end = name[0] if name is not None else core.last + 1
    for index in range(core.first, end):
        word = scene.words[index]
        if word in scene.world.words["female"]:
            return "f"
        if word in scene.world.words["male"]:
            return "m"
    if name is not None:
        given = scene.doc[name[0]].text
        offices = scene.world.people.get(person_key(scene.doc[name[0] : name[1]].text))
        if offices:
            return offices[0].gender
        return scene.world.given_names.get(given, "") if name[1] - name[0] > 1 else ""
    return ""
