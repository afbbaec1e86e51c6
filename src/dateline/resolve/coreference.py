"""Which nominals of an article mean the same actor: names, short names, acronyms, roles.

Definite descriptions are in `actor_descriptions`, pronouns in `pronouns`.
"""

from __future__ import annotations

import re

from dateline.lexicon.world import NOT_STATES
from dateline.records.mentions import How
from dateline.resolve.actor_descriptions import described_entity, two_of_them
from dateline.resolve.actor_entities import Clusters, Entity, entity_key, learn, name_words, new_entity
from dateline.resolve.actor_facts import add_facts
from dateline.resolve.actor_nominals import Sense
from dateline.resolve.actor_scene import Scene

_SMALL = frozenset({"of", "the", "for", "and", "in", "on", "to"})
_WORD = r"(?:[A-Z][\w’'-]+|of|the|for|and|to|in|on)"
_BRACKETED = re.compile(rf"({_WORD}(?: {_WORD}){{1,9}}) \(([A-Z][A-Za-z/.-]{{1,9}})\)")


def cluster(scene: Scene, senses: dict[int, Sense]) -> Clusters:
    """Join the senses, in text order, into entities."""
    clusters = Clusters()
    aliases = _bracketed(scene)
    seen: set[int] = set()
    for head in sorted({*senses, *scene.tops}):
        sense = senses.get(head)
        if sense is None:
            _touch(clusters, f"country:{scene.tops[head].name.key}", head)
        elif id(sense) not in seen:
            seen.add(id(sense))
            for other in sense.heads:
                if senses.get(other) is not sense and senses.get(other) is not None:
                    seen.add(id(senses[other]))
            _place(scene, clusters, sense, aliases)
    return clusters


def _touch(clusters: Clusters, key: str, head: int) -> None:
    """A country named before a noun is in mind, though it is no mention of its own."""
    for entity in clusters.entities:
        if entity.key == key:
            entity.touched = head


def _place(scene: Scene, clusters: Clusters, sense: Sense, aliases: dict[str, str]) -> None:
    """Give the sense its entities: several sides, two known ones, a known one, or a new one."""
    if len(sense.sides) > 1:
        parts = tuple(new_entity(scene, sense, side, lasting=False) for side in sense.sides)
        clusters.entities.extend(parts)
        _record(clusters, sense, parts, "role")
        return
    joint = two_of_them(scene, clusters, sense)
    if joint:
        _record(clusters, sense, joint, "role")
        return
    entity, how = _known(scene, clusters, sense, aliases)
    if entity is not None:
        learn(scene, entity, sense)
    elif sense.weak and sense.kind in ("organisation", "group"):
        return
    else:
        entity = new_entity(scene, sense, sense.sides[0], lasting=_is_lasting(sense))
        if entity.kind == "person" and entity.names:
            add_facts(scene, entity)
        clusters.entities.append(entity)
        how = "name" if sense.name is not None else "role"
    _record(clusters, sense, (entity,), how)


def _record(clusters: Clusters, sense: Sense, entities: tuple[Entity, ...], how: How) -> None:
    for entity in entities:
        entity.heads.append((sense.head, how))
    for head in sense.heads:
        clusters.by_head[head] = entities


def _is_lasting(sense: Sense) -> bool:
    """Named ones, countries, and bodies or offices of which a country has one."""
    if sense.name is not None:
        return not sense.place
    if sense.role is None or (sense.plural and sense.kind == "person"):
        return False
    office = "office" in sense.role.flags and sense.sides[0].country is not None
    return office and (sense.definite or sense.kind != "person") and sense.sectors[:1] != ("ELI",)


# --- names ----------------------------------------------------------------------------------------------------------


def _known(scene: Scene, clusters: Clusters, sense: Sense, aliases: dict[str, str]) -> tuple[Entity | None, How]:
    key = entity_key(sense)
    if key is not None and _is_lasting(sense) | sense.place:
        for entity in reversed(clusters.entities):
            if entity.key == key:
                entity.lasting = entity.lasting or not sense.place
                return entity, "name" if sense.name is not None else "role"
    if sense.key is not None:
        return None, "name"
    if sense.name is not None:
        body = _body_called(scene, clusters, sense)
        if body is not None:
            return body, "name"
        same = _same_person if sense.kind == "person" else _same_body
        return same(scene, clusters, sense, aliases)
    police = sense.bare and sense.role is not None and sense.role.id == "police"  # has no need of an article
    return (described_entity(scene, clusters, sense) if sense.definite or police else None), "role"


def _same_person(scene: Scene, clusters: Clusters, sense: Sense, aliases: dict[str, str]) -> tuple[Entity | None, How]:
    words = name_words(scene, sense)
    everyone = [item for item in reversed(clusters.entities) if item.kind == "person"]
    # The very same full name is the same person, whatever its given name says of the gender.
    people = [item for item in everyone if _agree(item, sense) or (len(words) > 1 and words in item.names)]
    for entity in people:
        if words in entity.names:
            return entity, "name" if len(words) > 1 else "short-name"
        if entity.names and _short_for(words, entity.names[0]):
            return entity, "short-name"
        if entity.names and _short_for(entity.names[0], words):
            return entity, "name"
    # "the Kenyan president ... President Kenyatta": an office seen before without its holder's name.
    for entity in people:
        same_office = sense.role is not None and entity.role_words == sense.role.words
        if same_office and not entity.names and entity.lasting and sense.country in (None, entity.side.country):
            return entity, "name"
    return None, "name"


def _body_called(scene: Scene, clusters: Clusters, sense: Sense) -> Entity | None:
    """The body of that very name where the language model takes the name for a person's: "newspaper Havblad"."""
    if sense.kind != "person" or sense.role is not None:
        return None
    words = name_words(scene, sense)
    bodies = [item for item in reversed(clusters.entities) if item.kind in ("organisation", "group") and item.lasting]
    same = next((item for item in bodies if words in item.names), None)
    if same is not None or len(words) > 1:
        return same
    people = (item.names[0] for item in clusters.entities if item.kind == "person" and item.names)
    if any(_short_for(words, name) for name in people):
        return None
    return next((item for item in bodies if item.names and _is_short_body(words, item)), None)


def _agree(entity: Entity, sense: Sense) -> bool:
    country = sense.sides[0].country
    if country and entity.side.country and country != entity.side.country and country not in NOT_STATES:
        return entity.side.country in NOT_STATES
    return not (entity.gender and sense.gender and entity.gender != sense.gender)


def _short_for(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether a name is a part of a fuller one: "Berg", "Xi", "Suu Kyi", "J. Berg", "Ine Berg" of "Ine M. Berg"."""
    if len(short) >= len(full):
        return len(short) == len(full) > 1 and short[-1] == full[-1] and _initial(short[0], full[0])
    if len(short) == 1:
        return short[0] in (full[-1], full[0]) or (len(full) > 2 and short[0] == full[-2])
    if short in (full[: len(short)], full[-len(short) :]):
        return True
    return short[-1] == full[-1] and (short[0] == full[0] or _initial(short[0], full[0]))


def _initial(left: str, right: str) -> bool:
    a, b = left.rstrip("."), right.rstrip(".")
    return a[:1] == b[:1] and (len(a) == 1 or len(b) == 1)


def _same_body(scene: Scene, clusters: Clusters, sense: Sense, aliases: dict[str, str]) -> tuple[Entity | None, How]:
    words = name_words(scene, sense)
    text = " ".join(words)
    full = aliases.get(text)
    for entity in reversed(clusters.entities):
        if not entity.names:
            continue
        if entity.kind == "person":
            # The language model may take a surname for a body's name.
            if len(words) == 1 and _short_for(words, entity.names[0]):
                return entity, "short-name"
        elif words in entity.names:
            return entity, "name"
        elif (
            _is_short_body(words, entity)
            or (full is not None and any(" ".join(item).endswith(full) for item in entity.names))
            or (len(words) == 1 and len(text) > 2 and text.replace(".", "") in map(_initials, entity.names))
        ):
            return entity, "short-name"
    return None, "name"


def _is_short_body(words: tuple[str, ...], entity: Entity) -> bool:
    """ "Hansa" for "Hansa Motors": the first words of a firm's name, without those that say what it is."""
    full = entity.names[0]
    firm = entity.side.sectors[:1] == ("BUS",)
    unknown = not entity.side.sectors and not entity.side.country and not entity.body and len(words[0]) > 3
    return len(words) < len(full) and full[: len(words)] == words and (firm or unknown)


def _initials(words: tuple[str, ...]) -> str:
    return "".join(word[0] for word in words if word not in _SMALL) if len(words) > 2 else ""


def _bracketed(scene: Scene) -> dict[str, str]:
    """Acronyms introduced in brackets, in lower case, with the full name before them."""
    found: dict[str, str] = {}
    for match in _BRACKETED.finditer(scene.article.text):
        words = match.group(1).lower().split()
        while words and words[0] in _SMALL:
            words.pop(0)
        found[match.group(2).lower()] = " ".join(words)
    return found
