"""Nominals that name or describe someone who acts: their words, without who else they may be."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from dateline.language.tree import base, case_of, first_conjunct
from dateline.lexicon.world import Role
from dateline.records.mentions import ActorKind
from dateline.resolve.actor_scene import Scene

_INNER_LEFT = frozenset({"det", "amod", "compound", "nummod", "nmod", "advmod", "punct", "flat", "case", "dep", "obl"})
_NAME_PARTS = frozenset({"flat", "goeswith"})
_NOMINAL_DEPS = frozenset(
    {
        *(
            "nsubj",
            "obj",
            "iobj",
            "obl",
            "nmod",
            "appos",
            "conj",
            "root",
            "vocative",
            "dislocated",
            "parataxis",
            "list",
        ),
        *("xcomp", "ccomp", "advcl", "dep", "acl", "csubj", "orphan"),
    }
)
_POSSESSIVE_CASES = frozenset({"'s", "’s", "'", "’"})


@dataclass(frozen=True, slots=True)
class Side:
    """A country and the PLOVER sectors; a nominal has several in "Israeli and Palestinian negotiators"."""

    country: str | None
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sense:
    """What one nominal says about someone who acts.

    Attributes:
        head: index of the head token; heads: all tokens that head the same nominal (title and name).
        name: tokens [from, to) of a person's or body's own name, None for descriptions.
        key: the lexicon's entity ("country:Norway", "organisation:NATO"), None for others.
        start: the first token with determiner and possessor; first, last: the core words.
        bare: nothing but a determiner before its role noun and nothing restricting it after: "the group".
        described: where the words of a description begin, possessor in, determiner out.
        role: the title or role noun, as rule of the lexicon; role_span: its tokens [from, to).
        organisation: tokens [from, to) of the body the role belongs to.
        rule: what gave country and sectors.
    """

    head: int
    heads: tuple[int, ...]
    start: int
    first: int
    last: int
    kind: ActorKind
    sides: tuple[Side, ...]
    name: tuple[int, int] | None = None
    key: str | None = None
    role: Role | None = None
    role_span: tuple[int, int] | None = None
    organisation: tuple[int, int] | None = None
    plural: bool = False
    gender: str = ""
    definite: bool = False
    bare: bool = False
    weak: bool = False
    place: bool = False
    described: int = 0
    rule: str = ""

    @property
    def country(self) -> str | None:
        """The country when there is one side only."""
        return self.sides[0].country if len(self.sides) == 1 else None

    @property
    def sectors(self) -> tuple[str, ...]:
        """The sectors of the first side."""
        return self.sides[0].sectors if self.sides else ()


@dataclass(frozen=True, slots=True)
class Core:
    """The words of a nominal that stand together: determiner, modifiers, title, noun, name.

    Attributes:
        first, last: tokens, both included, possessor and determiner left out.
        start: the first token with determiner and possessor.
        possessor: the token that possesses it ("Norway" in "Norway's minister"), pronouns too.
        heads: the head and the heads of names standing directly beside it.
    """

    start: int
    first: int
    last: int
    possessor: Token | None
    heads: tuple[int, ...]
    definite: bool


def is_candidate(scene: Scene, token: Token) -> bool:
    """Whether the token may head a nominal of its own."""
    if (
        token.is_space
        or token.is_punct
        or token.pos_ in ("PUNCT", "SYM", "ADP", "CCONJ", "SCONJ", "PART", "ADV", "INTJ")
    ):
        return False
    hit = scene.hits[token.i]
    if hit is not None and scene.tops.get(token.i) is not hit:
        return False
    if _inside_ministry_name(scene, token):
        return False
    phrase = scene.phrases.get(token.i)
    if phrase is not None and token.i != phrase:
        return False
    if hit is not None and hit.name.kind != "demonym":
        return base(token) not in ("compound", "amod", "flat", "goeswith") and token.dep_ != "nmod:desc"
    if token.pos_ in ("NOUN", "PROPN"):
        return base(token) not in ("compound", "flat", "goeswith", "fixed", "amod") and token.dep_ not in (
            "nmod:desc",
            "obl:unmarked",
        )
    if token.pos_ in ("ADJ", "NUM", "VERB", "DET") and base(token) in _NOMINAL_DEPS:
        if hit is not None:
            return token.pos_ == "ADJ" and any(child.dep_ == "det" for child in token.children) | (token.tag_ == "NNPS")
        role = scene.roles.get(token.i)
        if role is not None and token.pos_ == "ADJ" and "-" in token.text and role[0].kind == "person":
            return True
        has_article = any(child.dep_ == "det" for child in token.children)
        return (role is not None and token.pos_ != "VERB" and (has_article or token.pos_ in ("NUM", "DET"))) or (
            role is not None and token.pos_ == "ADJ" and "transparent" in role[0].flags
        )
    return False


def _inside_ministry_name(scene: Scene, token: Token) -> bool:
    """Whether the token is a field of work in a body's name: "Ministry of Agriculture, Forestry and Labour"."""
    first = first_conjunct(token)
    if token.pos_ != "PROPN" or first.dep_ != "nmod" or case_of(first) != "of":
        return False
    head = first.head
    if head.pos_ != "PROPN" or scene.words[head.i] not in scene.world.words["public-bodies"]:
        return False
    hit = scene.hits[token.i]
    return hit is None or hit.name.kind == "organisation"


def core_of(scene: Scene, head: Token) -> Core:
    """The core words of the nominal headed by the token."""
    doc = scene.doc
    hit = scene.hits[head.i]
    first = hit.first if hit else head.i
    last = hit.last if hit else head.i
    possessor: Token | None = None
    definite = False
    start = first
    left = [child for child in head.children if child.i < first]
    if hit is not None:
        for inside in range(hit.first, hit.last + 1):
            if inside != head.i:
                left.extend(child for child in doc[inside].children if child.i < first)
    for child in sorted(left, key=lambda item: -item.i):
        if child.dep_ == "nmod:poss":
            phrase = _phrase_start(scene, child, head)
            if phrase is not None:
                # "the teachers' union" is one phrase; nobody owns the union.
                start, first = min(start, child.left_edge.i), min(first, phrase)
                definite = definite or doc[child.left_edge.i].lower_ == "the"
                continue
            possessor, definite = child, True
            start = child.left_edge.i
            break
        if child.dep_ in ("det", "nummod"):
            start = min(start, child.left_edge.i)
        if child.dep_ == "det":
            definite = definite or child.lower_ in ("the", "this", "that", "these", "those", "both")
            continue
        if base(child) not in _INNER_LEFT or child.dep_ == "case":
            continue
        if base(child) == "nmod" and child.dep_ not in ("nmod:desc", "nmod:unmarked"):
            continue
        if child.is_punct or child.is_space:
            continue
        inner = next((item for item in child.subtree if item.dep_ == "nmod:poss" and item.i < child.i), None)
        if inner is not None and child.dep_ in ("nmod:desc", "compound", "amod"):
            possessor, definite = inner, True
            start = inner.left_edge.i
            first = _after_possessive(inner)
            break
        edge = next(
            (item for item in child.subtree if item.dep_ not in ("case", "punct", "det") or item.i == child.i), child
        )
        definite = definite or any(item.dep_ == "det" and item.lower_ == "the" for item in child.subtree)
        first = min(first, edge.i)
    if possessor is not None:
        first = max(first, _after_possessive(possessor)) if first <= possessor.i else first
    heads = [head.i]
    last, more = _right_end(scene, head, last)
    heads.extend(more)
    following = scene.people.get(last + 1)
    if not more and following is not None and following[0] == last + 1 and _ends_with_title(scene, head, last):
        # The name belongs to the title before it, whatever the tree says.
        heads.extend(index for index in range(*following) if scene.doc[index].head.i not in range(*following))
        last = following[1] - 1
    return Core(min(start, first), first, last, possessor, tuple(heads), definite)


def _phrase_start(scene: Scene, possessor: Token, head: Token) -> int | None:
    """The first token of a role phrase or name that reaches from the possessor to the head."""
    for index in range(possessor.left_edge.i, possessor.i + 1):
        found = scene.roles.get(index)
        if found is not None and found[1] > head.i:
            return index
    inside = range(possessor.i + 1, head.i + 1)
    in_name = scene.labels[possessor.i] == "ORG" and all(scene.doc[i].ent_iob_ == "I" for i in inside)
    if in_name and scene.hits[possessor.i] is None and is_plural(possessor):
        return possessor.i  # "the Nurses' Union of Havenland"
    return None


def _after_possessive(possessor: Token) -> int:
    if possessor.tag_ in ("PRP$", "WP$"):
        return possessor.i + 1
    after = [child.i for child in possessor.subtree if child.text in _POSSESSIVE_CASES]
    return (after[-1] if after else possessor.right_edge.i) + 1


def _right_end(scene: Scene, head: Token, last: int) -> tuple[int, list[int]]:
    """Name parts to the right, and names that follow a title without a comma."""
    heads: list[int] = []
    doc = scene.doc
    pending = [head]
    while pending:
        token = pending.pop(0)
        for child in sorted(token.children, key=lambda item: item.i):
            if child.i <= last:
                continue
            if base(child) in _NAME_PARTS:
                hit = scene.hits[child.i]
                last = max(last, hit.last if hit else child.i)
                last = max(last, *(item.i for item in child.subtree if base(item) in ("flat", "goeswith")), child.i)
                continue
            start = child.left_edge.i
            if doc[start].text in (",", "(", "-", "–", ";", ":"):
                continue
            near = start == last + 1 or (
                start == last + 2 and doc[last + 1].is_punct and doc[last + 1].text in ('"', ".")
            )
            titled = child.pos_ == "PROPN" and scene.hits[child.i] is None
            if (
                near
                and titled
                and child.dep_ in ("appos", "nmod:desc", "nmod:unmarked", "parataxis", "dep", "compound")
            ):
                last = child.i
                heads.append(child.i)
                pending.append(child)
    return last, heads


def _ends_with_title(scene: Scene, head: Token, last: int) -> bool:
    """Whether the words end with a title, as in "Treasurer" before a name.

    "the president" before a name is one only where the tree has both in the same place.
    """
    if head.i != last or head.pos_ not in ("NOUN", "PROPN"):
        return False
    name = scene.doc[last + 1]
    if any(child.dep_ == "det" for child in head.children) and not (
        name.head.i == head.head.i and name.dep_ == head.dep_
    ):
        return False
    role = next(
        (found for index in range(last, max(-1, last - 4), -1) if (found := scene.roles.get(index)) is not None), None
    )
    return (
        role is not None and role[1] == last + 1 and role[0].kind in ("person", "people") and head.tag_ in ("NN", "NNP")
    )


def last_role(scene: Scene, core: Core, stop: int) -> tuple[int, int, Role] | None:
    """The last role phrase of the core that ends at or before `stop`: (first token, end, role)."""
    for index in range(min(stop, core.last + 1) - 1, core.first - 1, -1):
        found = scene.roles.get(index)
        if found is None:
            continue
        inside = found[1] <= max(stop, core.last + 1) or index <= core.heads[0] < found[1]
        if inside or scene.doc[found[1] - 1].head.i in core.heads:
            return index, found[1], found[0]
    return None


def person_name(scene: Scene, core: Core) -> tuple[int, int] | None:
    """Tokens [from, to) of a person's name that one of the core's heads belongs to, without titles."""
    for head in (*core.heads, core.last):
        found = scene.people.get(head)
        if found is not None and (found[1] - found[0] > 1 or found[0] not in scene.places):
            return _without_titles(scene, *found)
    return None


def _is_office(role: Role) -> bool:
    """Titles that are hardly ever surnames: "the President", unlike "Major"."""
    return "office" in role.flags and role.id != "monarch"


def _without_titles(scene: Scene, first: int, end: int) -> tuple[int, int] | None:
    for index in range(first, end):
        if scene.doc[index].is_space and "\n" in scene.doc[index].text:
            end = index
            break
    while first < end:
        role = scene.roles.get(first)
        if scene.doc[first].text in scene.world.given_names and first + 1 < end:
            break
        if role is not None and role[1] <= end and role[0].kind == "person" and (role[1] < end or _is_office(role[0])):
            first = role[1]
        elif scene.words[first] in scene.world.words["titles"] or not scene.words[first]:
            first += 1
        else:
            break
    while end - 1 > first and scene.words[end - 1] in scene.world.words["captions"]:
        end -= 1
    while end > first and (not scene.words[end - 1] or scene.doc[end - 1].text in _POSSESSIVE_CASES):
        end -= 1
    while (
        end < len(scene.doc)
        and scene.words[end] in scene.world.words["name-suffixes"]
        and scene.doc[end].text[0].isupper()
    ):
        end += 1
    if first < end and scene.words[max(0, first - 1)] in scene.world.words["named-things"]:
        return None
    if first < end and scene.words[first] in scene.world.words["named-things"] and end - first > 1:
        return None
    unfit = end - first == 1 and scene.words[first] in scene.world.words["not-persons"]
    return (first, end) if first < end and not unfit else None


def is_plural(token: Token) -> bool:
    """Whether the noun is plural, by tag or by its coordination with "and"."""
    return token.tag_ in ("NNS", "NNPS")
