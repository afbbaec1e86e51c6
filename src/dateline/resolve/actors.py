"""The actors of one article: who is named or described, from which country, in which sector, and where again."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dateline.language.tree import phrase
from dateline.lexicon.world import World
from dateline.records.mentions import Actor, ActorMention, How, Participant, PlaceMention
from dateline.records.text import Article
from dateline.resolve.actor_entities import Clusters, Entity
from dateline.resolve.actor_nominals import Sense
from dateline.resolve.actor_scene import Scene, gives_nationality, make_scene
from dateline.resolve.actor_senses import read_senses
from dateline.resolve.cast import Cast
from dateline.resolve.coreference import cluster
from dateline.resolve.home import lend_countries
from dateline.resolve.pronouns import resolve_pronouns


@dataclass(frozen=True, slots=True)
class Understood:
    """What is found out on the way to a cast: senses by head token, entities, and whom each pronoun means."""

    scene: Scene
    senses: dict[int, Sense]
    clusters: Clusters
    pronouns: dict[int, tuple[Entity, ...]]


def understand(doc: Doc, article: Article, places: tuple[PlaceMention, ...], world: World) -> Understood:
    """Read every nominal, join those that mean the same, and resolve the pronouns."""
    scene = make_scene(doc, article, places, world)
    senses = read_senses(scene)
    clusters = cluster(scene, senses)
    return Understood(scene, senses, clusters, resolve_pronouns(scene, clusters))


def find_actors(doc: Doc, article: Article, places: tuple[PlaceMention, ...], world: World) -> Cast:
    """Everyone who acts in the article, and the participants that each nominal stands for.

    The country comes, in this order of trust, from demonym, possessor, of- or in-phrase, compound, apposition, the
    organisation lexicon, dated facts on people, and an earlier mention; None where none of them tells.
    """
    found = understand(doc, article, places, world)
    scene, senses, clusters, pronouns = found.scene, found.senses, found.clusters, found.pronouns
    lend_countries(scene, clusters, pronouns)
    ids = _ids(clusters)
    by_token: dict[int, tuple[Participant, ...]] = {}
    for head, entities in clusters.by_head.items():
        by_token[head] = tuple(_participant(scene, doc[head], senses[head], entity, ids) for entity in entities)
    for index, entities in pronouns.items():
        by_token[index] = tuple(_participant(scene, doc[index], None, entity, ids) for entity in entities)
    by_token.update(_modifiers(scene, by_token, clusters, ids))
    actors = tuple(
        _actor(scene, entity, ids[id(entity)], senses, pronouns) for entity in clusters.entities if id(entity) in ids
    )
    return Cast(actors=actors, by_token=dict(sorted(by_token.items())))


def _ids(clusters: Clusters) -> dict[int, str]:
    ids: dict[int, str] = {}
    for entity in sorted(clusters.entities, key=lambda item: item.heads[0][0] if item.heads else 0):
        if entity.lasting:
            ids[id(entity)] = f"a{len(ids) + 1}"
    return ids


def _span(token: Token, sense: Sense | None) -> tuple[int, int]:
    """The characters of a mention: a name with its title, a description with what follows it, a pronoun itself."""
    if sense is None:
        return token.idx, token.idx + len(token)
    doc = token.doc
    start, end = doc[sense.start].idx, doc[sense.last].idx + len(doc[sense.last])
    if sense.name is None:
        end = max(end, phrase(token)[1])
    return start, end


def _participant(scene: Scene, token: Token, sense: Sense | None, entity: Entity, ids: dict[int, str]) -> Participant:
    start, end = _span(token, sense)
    text = scene.article.text[start:end]
    name = entity.display if entity.lasting else text
    if sense is None and not entity.lasting:
        # "they" are called what they were called first: "masked gunmen".
        first, last = _span(scene.doc[entity.sense.head], entity.sense)
        name = scene.article.text[first:last]
    return Participant(
        actor=ids.get(id(entity)),
        text=text,
        start=start,
        end=end,
        name=name,
        country=entity.side.country,
        sectors=entity.side.sectors,
        role=entity.role_text,
    )


def _actor(
    scene: Scene,
    entity: Entity,
    actor_id: str,
    senses: dict[int, Sense],
    pronouns: dict[int, tuple[Entity, ...]],
) -> Actor:
    heads: list[tuple[int, How]] = [*entity.heads]
    heads.extend((index, "pronoun") for index, found in pronouns.items() if found == (entity,))
    mentions = []
    for index, how in sorted(heads):
        token = scene.doc[index]
        start, end = _span(token, None if how == "pronoun" else senses[index])
        mentions.append(ActorMention(start, end, scene.article.text[start:end], how))
    return Actor(
        id=actor_id,
        name=entity.display,
        kind=entity.kind,
        country=entity.side.country,
        sectors=entity.side.sectors,
        role=entity.role_text,
        organisation=entity.organisation,
        mentions=tuple(mentions),
        rule=entity.rule,
    )


def _modifiers(
    scene: Scene, by_token: dict[int, tuple[Participant, ...]], clusters: Clusters, ids: dict[int, str]
) -> dict[int, tuple[Participant, ...]]:
    """Participants for names that stand before a noun: "US mediation", "a NATO offensive"."""
    entities = {entity.key: entity for entity in clusters.entities if entity.key is not None}
    found: dict[int, tuple[Participant, ...]] = {}
    for index, hit in scene.tops.items():
        if index in by_token or not gives_nationality(scene.doc, scene.world, hit) or hit.name.kind == "capital":
            continue
        start, end = scene.doc[hit.first].idx, scene.doc[hit.last].idx + len(scene.doc[hit.last])
        if scene.article.is_furniture(start, end):
            continue
        entity = entities.get(f"{'country' if hit.name.kind == 'demonym' else hit.name.kind}:{hit.name.key}")
        name = entity.display if entity is not None else hit.name.key
        actor = ids.get(id(entity)) if entity is not None else None
        country = hit.name.country
        found[index] = (
            Participant(actor, scene.article.text[start:end], start, end, name, country, hit.name.sectors, None),
        )
    return found
