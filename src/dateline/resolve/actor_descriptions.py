"""Definite descriptions: whom "the minister", "the group", "the government" or "the two leaders" mean."""

from __future__ import annotations

from dateline.lexicon.world import NOT_STATES, Role
from dateline.resolve.actor_entities import ONE_BODY, Clusters, Entity
from dateline.resolve.actor_nominals import Sense
from dateline.resolve.actor_scene import Scene

# How many tokens back a description may point: to a named person farther than to anything else.
_NEAR, _FAR = 120, 400
_GROUPS = frozenset({"group", "organisation", "movement", "network", "faction"})
_BODIES = frozenset(
    {
        *("agency", "alliance", "association", "bloc", "body", "charity", "coalition", "commission", "committee"),
        *("company", "council", "court", "federation", "force", "institution", "league", "newspaper", "party"),
        *("team", "union", "watchdog", *_GROUPS),
    }
)
# "the group" is none of these.
_NO_GROUP = frozenset(
    {"force", "media", "company", "parliament", "court", "metonym", "ministry", "agency", "government"}
)
# Nouns for a body of which nothing is known but its name.
_LOOSE = frozenset({"club", "team", "side", "institute", "society", "fund", "trust", "institution", "outfit"})
_ARMED = frozenset({"MIL", "PRM", "REB", "UAF"})
_COUNTRIES = frozenset({"country", "nation"})
_SIDES = frozenset({"side", "neighbour", "rival", "government", "party"})
_ANY_PERSON = frozenset({"official", "leader", "politician", "man", "woman", "diplomat", "statesman"})
_PLURAL_RULES = frozenset(
    {"rebels", "troops", "militia", "gunmen", "criminals", "refugees", "soldier", "police", "civilians"}
)


def described_entity(scene: Scene, clusters: Clusters, sense: Sense) -> Entity | None:
    """The entity a definite description stands for; None where nothing near fits.

    Only bare descriptions point back, or those with nothing but a country: "the group", "the Iraqi leader", not "the
    group whose robots won".
    """
    role = sense.role
    if role is None or not (sense.bare or (sense.country and ("office" in role.flags or sense.kind == "person"))):
        return None
    word = scene.words[sense.head]
    for entity in sorted(clusters.entities, key=lambda item: -item.last):
        distance = sense.head - entity.last
        if distance > (_FAR if entity.names and entity.kind == "person" else _NEAR):
            return None if distance > _FAR else _far_person(sense, entity, clusters)
        if sense.country and entity.side.country != sense.country and (entity.side.country or not sense.bare):
            continue
        if _means(word, sense, entity):
            return entity
    return None


def _far_person(sense: Sense, entity: Entity, clusters: Clusters) -> Entity | None:
    """Beyond the near ones only named persons are looked at."""
    if sense.kind != "person" or sense.plural:
        return None
    for other in sorted(clusters.entities, key=lambda item: -item.last):
        near = sense.head - other.last <= _FAR
        if near and other.last <= entity.last and other.names and other.kind == "person" and _role_fits(sense, other):
            return other
    return None


def _means(word: str, sense: Sense, entity: Entity) -> bool:
    role = sense.role
    if role is None:
        return False
    if word in _COUNTRIES:
        return entity.kind == "country" and not sense.plural and entity.body != "historical"
    if sense.kind == "person" and not sense.plural:
        return entity.kind == "person" and not entity.plural and bool(entity.role_words) and _role_fits(sense, entity)
    if sense.plural != entity.plural:
        return False
    if not sense.plural and entity.names and entity.kind in ("organisation", "group"):
        if word in _BODIES:
            if sense.sectors[:1] == ("JRN",) != entity.side.sectors[:1]:
                return False  # "the state news agency" is not the body named before it
            return _body_fits(word, entity)
        if role.kind in ("organisation", "group") and sense.bare and role.id not in ONE_BODY:
            return _named_so(sense, role, entity)
    short = role.kind == "organisation" and sense.bare and len(role.words) == 1 and role.id in entity.role_rules
    if short and role.words[0] == entity.role_words[-1]:
        return True  # "the interior ministry ... the ministry"
    if role.id in ONE_BODY or role.id == "police":
        return role.id in entity.role_rules
    if sense.plural and role.id in _PLURAL_RULES and entity.sense.role is not None:
        return role.id == entity.sense.role.id and role.words == entity.role_words
    return role.words == entity.role_words and entity.kind == sense.kind


def _role_fits(sense: Sense, entity: Entity) -> bool:
    words = sense.role.words if sense.role else ()
    rule = sense.role.id if sense.role else ""
    theirs = entity.role_words
    if theirs == words or (rule == "monarch" and rule in entity.role_rules):
        return True
    if theirs[: len(words)] == words and rule in entity.role_rules:
        return True  # "the deputy speaker" of parliament
    if words[-1:] == theirs[-1:] == ("leader",) and sense.sectors[:1] == entity.side.sectors[:1]:
        return True  # "the rebel leader" after "leader of the Mountain Hawks"
    if len(words) != 1:
        return False
    if theirs and words[0] == theirs[-1] and not _is_another_office(words[0], entity):
        return True
    return words[0] == "leader" and bool(entity.role_rules & {"head-of-state", "president", "monarch", "leadership"})


def _named_so(sense: Sense, role: Role, entity: Entity) -> bool:
    """Whether a body with a name is one that such a noun describes: "the carmaker" a firm, "the club" a club."""
    if role.words[-1] == entity.names[0][-1]:
        return True
    theirs = entity.side.sectors[:1]
    if role.sectors[:1] and role.sectors[0] in _ARMED:
        return theirs[:1] != () and theirs[0] in _ARMED and (entity.side.country is None or theirs[0] != "MIL")
    if role.sectors:
        return theirs == role.sectors[:1] and entity.body not in _NO_GROUP - {"company", "media"}
    return not theirs and not entity.side.country and entity.body == "" and role.words[-1] in _LOOSE


def _is_another_office(word: str, entity: Entity) -> bool:
    """Whether an office that ends with the word is never called by it: a prime minister "the minister"."""
    first = entity.role_words[0]
    if word in ("minister", "general") and len(entity.role_words) > 1:
        wanted = {"minister": {"minister", "defence-minister"}, "general": {"officer-rank"}}[word]
        return not entity.role_rules & wanted
    return first in ("vice", "deputy", "former", "ex") and word in ("president", "minister", "governor", "mayor")


def _body_fits(word: str, entity: Entity) -> bool:
    if entity.body in ("people", "movement") and word not in ("movement", "group"):
        return False
    if word in _GROUPS:
        return entity.body not in _NO_GROUP and (entity.body != "body" or word == "organisation")
    sector = entity.side.sectors[:1]
    if word in ("company", "newspaper", "court", "party", "union"):
        wanted = {"company": ("BUS",), "newspaper": ("JRN",), "court": ("JUD",), "party": ("PTY",), "union": ("LAB",)}
        return (
            sector == wanted[word]
            or word == entity.names[0][-1]
            or (word == "company" and entity.side.country == "MNC")
        )
    return word == entity.names[0][-1] or (
        word in ("alliance", "bloc", "body", "agency") and entity.side.country in NOT_STATES and entity.body == "body"
    )


def two_of_them(scene: Scene, clusters: Clusters, sense: Sense) -> tuple[Entity, ...]:
    """ "the two leaders", "both countries", "the two sides": the last two that fit, in order of first mention."""
    if not sense.plural or sense.country or sense.role is None:
        return ()
    if not {scene.words[index] for index in range(sense.start, sense.head)} & {"two", "both"}:
        return ()
    word = scene.words[sense.head]
    if word in _COUNTRIES | _SIDES:
        kinds: tuple[str, ...] = ("country", "organisation") if word == "side" else ("country",)
    elif sense.role.kind == "person":
        kinds = ("person",)
    else:
        return ()
    found: list[Entity] = []
    for entity in sorted(clusters.entities, key=lambda item: -item.last):
        if entity.kind not in kinds or not entity.lasting or entity.plural or entity.body == "historical":
            continue
        if word == "side" and (entity.body == "company" or entity.side.country == "MNC"):
            continue  # where a statement was posted is no side
        if word == "leader" and not entity.role_rules & scene.world.words["leading-roles"]:
            continue
        if kinds == ("person",) and word not in _ANY_PERSON and not _role_fits(sense, entity):
            continue
        found.append(entity)
        if len(found) == 2:
            return tuple(sorted(found, key=lambda item: item.heads[0][0]))
    return ()
