"""Countries for those whose own words give none: that of their owner, or the one that the article is about.

A paper writes "Norway's government" once and "the government" when the country is clear. Then named holders of national
offices and the state's own bodies get it; plain "officials", "diplomats" or "soldiers" do not, because stories about
two countries have them on both sides. When the country is clear is decided in `actor_scene.home_country`.
"""

from __future__ import annotations

from dateline.language.tree import case_of
from dateline.resolve.actor_entities import Clusters, Entity
from dateline.resolve.actor_nominals import Side
from dateline.resolve.actor_scene import Scene

# Rules of roles.toml: bodies of state, offices whose holders news names without the country, and other officials.
_BODIES = frozenset(
    {"government", "ministry", "parliament", "army", "police", "court", "opposition", "junta", "local-government"}
)
_OFFICES = frozenset({"head-of-state", "monarch", "minister", "defence-minister", "president", "secretary"})
_OFFICIALS = frozenset({"lawmaker", "judge", "governor"})
_DOMESTIC = _BODIES | _OFFICES | _OFFICIALS
_NO_FIELDS = frozenset({"ministry", "of", "the", "and", "for"})
_NATIONAL = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
# Two words that mean the state's own, whatever their rule says of others.
_BY_WORDS = frozenset({("security", "force"), ("prosecutor",), ("public", "prosecutor"), ("state", "prosecutor")})


def lend_countries(scene: Scene, clusters: Clusters, pronouns: dict[int, tuple[Entity, ...]]) -> None:
    """A country for those who have none from their own words.

    It is that of their possessor ("their army"), of the body named beside them where that is described elsewhere, or,
    for bodies and offices of state, the one that the article is about.
    """
    for entity in clusters.entities:
        if entity.side.country is not None:
            continue
        owner = (
            _owner(scene, entity, clusters, pronouns)
            or _body_of(scene, entity, clusters)
            or _of_same_field(entity, clusters)
        )
        if owner is not None:
            entity.side = Side(owner.side.country, entity.side.sectors or (owner.side.sectors if owner.names else ()))
            entity.rule = "actors#possessor"
        elif scene.home is not None and _is_domestic(entity) and not _has_rival(scene.home, entity, clusters):
            entity.side = Side(scene.home, entity.side.sectors)
            entity.rule = "actors#home-country"


def _is_domestic(entity: Entity) -> bool:
    """A body of state, the holder of a national office, or an official who is spoken of as known: "the judge"."""
    if entity.role_words in _BY_WORDS and entity.plural:
        return True
    if not entity.role_rules & _DOMESTIC or "diplomat" in entity.role_rules or not entity.side.sectors:
        return False
    if entity.kind != "person":
        return True
    if entity.side.sectors[0] not in _NATIONAL:
        return False
    if entity.sense.definite and not entity.names:
        return True
    if not entity.names or not entity.role_rules & _OFFICES or entity.organisation is not None:
        return False
    # Firms and clubs have presidents too; a head of state's title stands before the name and in capitals.
    title = entity.role_text or ""
    return not ("president" in entity.role_rules and title == title.lower())


def _has_rival(home: str, entity: Entity, clusters: Clusters) -> bool:
    """Whether such a body of another state acts in the article too, so that it is open whose "the ministry" is."""
    rules = entity.role_rules & _BODIES
    return any(
        item.role_rules & rules
        and item.side.country not in (None, home)
        and item is not entity
        and not _other_field(entity, item)
        for item in clusters.entities
    )


def _other_field(entity: Entity, item: Entity) -> bool:
    """Whether both are ministries, of different fields: a foreign ministry abroad is no other "health ministry"."""
    if "ministry" not in entity.role_rules or "ministry" not in item.role_rules:
        return False
    mine, others = _fields(entity), _fields(item)
    return bool(mine and others) and mine.isdisjoint(others)


def _of_same_field(entity: Entity, clusters: Clusters) -> Entity | None:
    """ "China's commerce ministry" where "the Ministry of Commerce" follows without its country."""
    if "ministry" not in entity.role_rules:
        return None
    fields = _fields(entity)
    found = [
        item
        for item in clusters.entities
        if "ministry" in item.role_rules and item.side.country is not None and fields and _fields(item) == fields
    ]
    return found[0] if len({item.side.country for item in found}) == 1 else None


def _fields(entity: Entity) -> frozenset[str]:
    """The fields of a ministry's work, from its name or description."""
    words = entity.names[0] if entity.names else tuple(entity.display.lower().replace("’", "'").split())
    plain = {word for word in words if word.isalpha() and word not in _NO_FIELDS}
    return frozenset(plain)


def _owner(scene: Scene, entity: Entity, clusters: Clusters, pronouns: dict[int, tuple[Entity, ...]]) -> Entity | None:
    """The one actor with a country that possesses the entity: "their army", "the country's police"."""
    for child in scene.doc[entity.sense.head].children:
        if child.dep_ == "nmod:poss" or (
            child.dep_ == "nmod" and case_of(child) == "of" and entity.role_rules & _DOMESTIC
        ):
            found = pronouns.get(child.i) or clusters.by_head.get(child.i, ())
            if len(found) == 1 and found[0].side.country is not None and found[0] is not entity:
                return found[0]
    return None


def _body_of(scene: Scene, entity: Entity, clusters: Clusters) -> Entity | None:
    """The body, described with its country elsewhere in the article, whose name stands before the role."""
    span = entity.sense.organisation
    if span is None:
        return None
    words = tuple(scene.doc[index].lower_ for index in range(*span))
    return next((item for item in clusters.entities if words in item.names and item.side.country is not None), None)
