"""Country, sector and gender of known office holders, where the text itself says nothing."""

from __future__ import annotations

from datetime import timedelta

from dateline.lexicon.world import Office, normalised
from dateline.resolve.actor_entities import Entity
from dateline.resolve.actor_nominals import Side
from dateline.resolve.actor_scene import Scene

# A bare surname means the known one only in a lifetime around the office.
_BEFORE, _AFTER = timedelta(days=365 * 15), timedelta(days=365 * 40)


def add_facts(scene: Scene, entity: Entity) -> None:
    """Complete a person from the dated facts; never against what the text says.

    With a title only the country is taken ("President Kenyatta"), without one the sector too: that of the office held
    on the day of publication, ELI after the last office. A name that others may bear counts only without title where
    the article names the country.
    """
    words = entity.names[0]
    titled = entity.role_text is not None
    offices = scene.world.people.get(" ".join(words), ())
    if not offices and titled and len(words) == 1:
        offices = scene.world.surnames.get(words[0], ())
    fitting = [office for office in offices if _fits(office, entity) and _in_lifetime(office, scene)]
    if not titled:
        fitting = [office for office in fitting if office.distinct or office.country in scene.named]
        if len(words) == 1:
            fitting = [office for office in fitting if _is_top(office)]
    elif len(words) == 1:
        fitting = [office for office in fitting if _same_office(office, entity)]
    now = [office for office in fitting if _holds(office, scene)]
    if len({office.name for office in fitting}) > 1:
        fitting = now or fitting
    if not fitting or len({office.country for office in fitting}) > 1:
        return
    chosen = now[0] if now else fitting[-1]
    sectors = entity.side.sectors
    if not sectors and not titled:
        over = all(office.until is not None and office.until < scene.article.published for office in fitting)
        sectors = chosen.sectors if now else (("ELI",) if over and "GOV" in chosen.sectors else ())
    if entity.side.country is None:
        entity.rule = chosen.rule
    entity.side = Side(entity.side.country or chosen.country, sectors)
    entity.gender = entity.gender or chosen.gender
    if not entity.role_words:
        # So that "the president" can point back to a name that came without its title.
        entity.role_words = tuple(normalised(word) for word in chosen.role.split())
        role = scene.world.role_at(entity.role_words, 0)
        entity.role_rules |= {role.id} if role is not None else set()


def _fits(office: Office, entity: Entity) -> bool:
    if entity.side.country is not None and entity.side.country != office.country:
        return False
    if entity.gender and office.gender and entity.gender != office.gender:
        return False
    sectors = entity.side.sectors
    return not sectors or sectors[0] in (*office.sectors, "ELI", "GOV", "MIL")


def _is_top(office: Office) -> bool:
    """Offices whose holders the news calls by surname alone."""
    return any(
        word in office.role.lower() for word in ("president", "prime minister", "chancellor", "leader", "premier")
    )


def _same_office(office: Office, entity: Entity) -> bool:
    """Whether the title before a bare surname is that of the office: "Attorney General Abbott" is no prime minister."""
    title = entity.role_words[-1] if entity.role_words else ""
    held = normalised(office.role.split()[-1])
    if "MIL" in entity.side.sectors:
        return title == held or "MIL" in office.sectors
    return (
        title == held
        or {title, held} <= {"premier", "minister", "taoiseach"}
        or title in ("leader", "dictator", "ruler")
    )


def _in_lifetime(office: Office, scene: Scene) -> bool:
    published = scene.article.published
    early = office.from_ is not None and published < office.from_ - _BEFORE
    return not early and (office.until is None or published <= office.until + _AFTER)


def _holds(office: Office, scene: Scene) -> bool:
    published = scene.article.published
    return (office.from_ is None or office.from_ <= published) and (office.until is None or published <= office.until)
