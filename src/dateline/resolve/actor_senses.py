"""The sense of every nominal of an article that names or describes an actor."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from dateline.language.tree import children, conjuncts, descendants
from dateline.resolve.actor_names import ends_longer_name, named_sense, unlisted_sense
from dateline.resolve.actor_nominals import Sense, Side, core_of, is_candidate
from dateline.resolve.actor_roles import described_sense
from dateline.resolve.actor_scene import Scene


def read_senses(scene: Scene) -> dict[int, Sense]:
    """The senses by head token; a nominal with several heads (title and name) stands under each."""
    senses: dict[int, Sense] = {}
    done: set[int] = set()
    for token in scene.doc:
        if is_candidate(scene, token):
            _read(scene, token, senses, done)
    _drop_parts_of_names(senses)
    _join_across_commas(scene, senses)
    _share_titles(scene, senses)
    return senses


def _drop_parts_of_names(senses: dict[int, Sense]) -> None:
    """A body that is only a part of another's name is none: "Cassation" of "Court of Cassation"."""
    names = {sense.name for sense in senses.values() if sense.name is not None and sense.kind != "person"}
    for head, sense in list(senses.items()):
        if sense.name is None or sense.key is not None or sense.kind != "organisation":
            continue
        first, end = sense.name
        if any(other[0] <= first and end <= other[1] and other != (first, end) for other in names):
            del senses[head]


def _read(scene: Scene, token: Token, senses: dict[int, Sense], done: set[int]) -> None:
    """Read the nominals below first: possessor, complement and apposition tell about their head."""
    if token.i in done:
        return
    done.add(token.i)
    for child in token.subtree:
        if child.i not in done and is_candidate(scene, child):
            _read(scene, child, senses, done)
    if token.i in senses or scene.article.is_furniture(token.idx, token.idx + len(token)):
        return
    person = scene.people.get(token.i)
    if person is not None:
        for index in range(*person):
            sense = senses.get(index)
            if sense is not None and sense.name is not None and sense.name[0] <= token.i < sense.name[1]:
                senses[token.i] = sense
                return
    core = core_of(scene, token)
    hit = scene.tops.get(token.i)
    if hit is not None and hit.name.kind != "organisation" and ends_longer_name(scene, hit):
        sense = unlisted_sense(scene, token, core, senses)
    else:
        sense = (
            named_sense(scene, token, hit, core, senses)
            if hit is not None
            else described_sense(scene, token, core, senses)
        )
    if sense is None:
        return
    sense = _with_apposition(scene, token, sense, senses)
    for head in sense.heads:
        senses[head] = sense


def _with_apposition(scene: Scene, token: Token, sense: Sense, senses: dict[int, Sense]) -> Sense:
    """Title and name joined: "the Kenyan president, Uhuru Kenyatta"; "Ine Berg, Norway's defence minister"."""
    for head in sense.heads:
        for child in children(scene.doc[head], "appos"):
            other = senses.get(child.i)
            if other is None or child.i in sense.heads or not _same_kind(sense, other):
                continue
            sense = _joined(sense, other)
    return sense


def _same_kind(sense: Sense, other: Sense) -> bool:
    if sense.name is not None and other.name is not None:
        return False
    if sense.plural != other.plural:
        return False
    if sense.kind == "person" or other.kind == "person":
        return sense.kind == other.kind
    return sense.kind == other.kind or {sense.kind, other.kind} <= {"organisation", "group"}


def _joined(sense: Sense, other: Sense) -> Sense:
    named, plain = (sense, other) if sense.name is not None else (other, sense)
    known = named if named.role is not None else plain
    sides = named.sides
    if named.role is not None and plain.sectors == ("ELI",):
        # What someone was earlier tells nothing about today: "the ambassador, a former UN official".
        plain = replace(plain, sides=(Side(None, ()),))
    if not sides[0].country or (not sides[0].sectors and plain.sides[0].sectors):
        sides = tuple(
            Side(sides[0].country or side.country, sides[0].sectors or side.sectors) for side in (plain.sides or sides)
        )
    return replace(
        sense,
        heads=tuple(dict.fromkeys((*sense.heads, *other.heads))),
        sides=sides,
        kind=named.kind,
        name=named.name,
        key=named.key,
        role=known.role,
        role_span=known.role_span,
        organisation=named.organisation or plain.organisation,
        gender=named.gender or plain.gender,
        definite=True,
        weak=False,
        rule=named.rule if named.sides[0].country else plain.rule,
    )


def _join_across_commas(scene: Scene, senses: dict[int, Sense]) -> None:
    """Name and description with only a comma between: "Ada Moe, an envoy of Chad," - whatever the tree makes of it."""
    single = {sense.start: sense for sense in senses.values() if _is_single(sense)}
    for left in sorted(single.values(), key=lambda item: item.start):
        comma = max(left.last, _end(scene.doc[left.head]) if left.name is None else left.last) + 1
        right = single.get(comma)
        if right is not None and _is_title_of(scene, left, right):
            _put_together(senses, left, right)
            continue
        right = single.get(comma + 1)
        if right is None or scene.doc[comma].text != "," or not _same_kind(left, right):
            continue
        if (left.name is None) == (right.name is None) or scene.doc[right.head].dep_ == "conj":
            continue
        if right.name is None and not _has_article(scene, right):
            continue
        after = right.last + 1
        if right.name is not None and after < len(scene.doc) and not scene.doc[after].is_punct:
            continue  # "After calling his mother, Luis Vega was ...": the name begins the next clause
        if left.kind == "organisation" and any(child.dep_ == "conj" for child in scene.doc[right.head].children):
            # A list: "Hamas, the council and the court".
            continue
        _put_together(senses, left, right)


def _put_together(senses: dict[int, Sense], left: Sense, right: Sense) -> None:
    joined = _joined(left, right)
    for head in joined.heads:
        senses[head] = joined


def _is_title_of(scene: Scene, left: Sense, right: Sense) -> bool:
    """ "Secretary of the Interior Paul Hale" where the tree has title and name side by side in one place."""
    one, other = scene.doc[left.head], scene.doc[right.head]
    same_place = one.head.i == other.head.i and one.dep_ == other.dep_ and other.dep_ != "conj"
    return left.name is None and right.name is not None and left.kind == right.kind == "person" and same_place


def _is_single(sense: Sense) -> bool:
    """One person or body: a government or country is described by nothing else."""
    return not sense.plural and (
        sense.kind == "person"
        or (sense.kind == "organisation" and sense.role is not None)
        or (sense.kind == "organisation" and sense.name is not None)
    )


def _end(token: Token) -> int:
    """The last token of a description with its complements: "the head of the northern command"."""
    barriers = ("appos", "conj", "punct", "cc", "acl", "parataxis", "nsubj", "cop")
    return max(item.i for item in descendants(token, *barriers))


def _has_article(scene: Scene, sense: Sense) -> bool:
    article = scene.doc[sense.start].lower_ in ("a", "an", "the", "his", "her", "its", "their")
    return article or sense.described < sense.first


def _share_titles(scene: Scene, senses: dict[int, Sense]) -> None:
    """A plural title goes for all names it stands before: "Presidents Kuchma of Ukraine and Yeltsin of Russia"."""
    for head, sense in list(senses.items()):
        if sense.name is None or sense.role_span is None or head != sense.head:
            continue
        if scene.doc[sense.role_span[1] - 1].tag_ not in ("NNS", "NNPS"):
            continue
        for other in conjuncts(scene.doc[head])[1:]:
            named = senses.get(other.i)
            if named is None or named.name is None or named.role is not None or named.kind != "person":
                continue
            sides = tuple(Side(side.country or sense.country, side.sectors or sense.sectors) for side in named.sides)
            shared = replace(named, sides=sides, role=sense.role, role_span=sense.role_span)
            for index in named.heads:
                senses[index] = shared
