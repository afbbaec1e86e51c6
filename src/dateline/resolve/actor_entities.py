"""The actors of an article while it is read: entities that grow with each mention."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dateline.records.mentions import ActorKind, How
from dateline.resolve.actor_nominals import Sense, Side
from dateline.resolve.actor_scene import Scene

# Of these a country has one, whatever word is used: "the army" is "the military".
ONE_BODY = frozenset({"government", "army", "parliament", "junta", "opposition", "spies"})


_NO_NAME = frozenset({"'s", "’s", "the", "jr.", "jr", "sr."})


@dataclass(slots=True)
class Entity:
    """Someone or something that acts, growing while the article is read.

    Attributes:
        lasting: whether it becomes a row of the article's actors (a named or unique one), not "gunmen".
        sense: of its first mention.
        names: the words of its names in lower case, fullest first.
        key: what later mentions look it up by ("organisation:NATO", "army:ISR"), None for others.
        body: the lexicon's kind of organisation.
        heads: (head token, how) of its mentions in text order; touched: the latest name before a noun ("Afghan team").
    """

    kind: ActorKind
    side: Side
    lasting: bool
    sense: Sense
    names: list[tuple[str, ...]] = field(default_factory=list)
    display: str = ""
    key: str | None = None
    body: str = ""
    role_words: tuple[str, ...] = ()
    role_rules: set[str] = field(default_factory=set)
    role_text: str | None = None
    organisation: str | None = None
    gender: str = ""
    plural: bool = False
    heads: list[tuple[int, How]] = field(default_factory=list)
    touched: int = -1
    rule: str = ""

    @property
    def last(self) -> int:
        """The head token of the latest mention, names before nouns counted."""
        return max(self.heads[-1][0] if self.heads else -1, self.touched)


@dataclass(slots=True)
class Clusters:
    """Entities in order of first mention, and the entities that each head token stands for."""

    entities: list[Entity] = field(default_factory=list)
    by_head: dict[int, tuple[Entity, ...]] = field(default_factory=dict)


def new_entity(scene: Scene, sense: Sense, side: Side, *, lasting: bool) -> Entity:
    """The entity of a first mention."""
    hit = scene.hits[sense.head]
    entity = Entity(
        kind=sense.kind,
        side=side,
        lasting=lasting,
        sense=sense,
        key=entity_key(sense) if lasting else None,
        body=hit.name.body if hit is not None and sense.key is not None else "",
        role_words=sense.role.words if sense.role else (),
        role_rules={sense.role.id} if sense.role else set(),
        role_text=role_text(scene, sense),
        organisation=organisation_text(scene, sense),
        gender=sense.gender,
        plural=sense.plural,
        rule=sense.rule,
    )
    if sense.name is not None:
        entity.names.append(name_words(scene, sense))
    entity.display = _display(scene, sense, entity)
    return entity


def _display(scene: Scene, sense: Sense, entity: Entity) -> str:
    kind, _, key = (entity.key or "").partition(":")
    if kind == "government":
        return f"{scene.world.country_names.get(key, key)} (government)"
    if sense.name is None:
        return scene.doc[sense.described : sense.last + 1].text
    if kind in ("country", "organisation") and sense.key == entity.key and key.count(":") == 0:
        return key
    return scene.doc[sense.name[0] : sense.name[1]].text


def learn(scene: Scene, entity: Entity, sense: Sense) -> None:
    """Take over what a later mention adds: country, sectors, gender, role, a fuller name."""
    side = sense.sides[0]
    if side.country and not entity.side.country:
        entity.rule = sense.rule
    entity.side = Side(entity.side.country or side.country, entity.side.sectors or side.sectors)
    entity.gender = entity.gender or sense.gender
    if sense.role is not None and entity.kind == "person" and (entity.role_text is None or sense.name is not None):
        entity.role_rules.add(sense.role.id)
        entity.role_words = entity.role_words or sense.role.words
        entity.role_text = entity.role_text or role_text(scene, sense)
    entity.organisation = entity.organisation or organisation_text(scene, sense)
    if sense.name is None:
        return
    words = name_words(scene, sense)
    fuller = not entity.names or (entity.kind == "person" and len(words) > len(entity.names[0]))
    if words not in entity.names:
        entity.names.insert(0 if fuller else len(entity.names), words)
    if fuller and sense.key is None:
        entity.display = scene.doc[sense.name[0] : sense.name[1]].text
    entity.lasting = True


def entity_key(sense: Sense) -> str | None:
    """The key under which later mentions find the entity."""
    if sense.key is not None:
        return sense.key
    country = sense.sides[0].country
    if sense.name is None and sense.role is not None and "office" in sense.role.flags and country is not None:
        if sense.role.id in ONE_BODY and not sense.plural:
            return f"{sense.role.id}:{country}"
        return f"{' '.join(sense.role.words)}:{country}"
    return None


def name_words(scene: Scene, sense: Sense) -> tuple[str, ...]:
    """The words of the name, lower case, hyphens as blanks, possessive mark and punctuation left out."""
    if sense.name is None:
        return ()
    words = [part for index in range(*sense.name) for part in scene.doc[index].lower_.split("-")]
    return tuple(word for word in words if re.search(r"\w", word) and word not in _NO_NAME)


def role_text(scene: Scene, sense: Sense) -> str | None:
    """The title or role noun as the text has it."""
    return None if sense.role_span is None else scene.doc[sense.role_span[0] : sense.role_span[1]].text


def organisation_text(scene: Scene, sense: Sense) -> str | None:
    """The body the role belongs to, as the text has it."""
    return None if sense.organisation is None else scene.doc[sense.organisation[0] : sense.organisation[1]].text
