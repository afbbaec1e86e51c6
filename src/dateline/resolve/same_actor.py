"""Which actors of different articles are the same: one person under several spellings, one body.

Forms are joined only when all that is known of them agrees. A surname alone never joins anything, and where a form
fits two different people it stays on its own. The result depends on the set of forms, not on their order.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

# Sectors between which one career leads; whoever has one of them is not the bearer of that name who farms or reports.
_PUBLIC = frozenset({"GOV", "LEG", "MIL", "COP", "SPY", "JUD", "PTY", "OPP", "ELI", "PRM", "REB", "PRE", "UAF", "BUS"})
_PARTICLES = frozenset(
    {"al", "el", "ul", "ad", "as", "ash", "ibn", "bin", "bint", "de", "da", "di", "van", "von", "der"}
)
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "sir", "lord", "lady", "prof", "sheikh", "sheik", "gen", "general"})
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
_WORD = re.compile(r"\w+")
# Letters that the ways of writing Arabic, Slavic and Asian names in English exchange for one another.
_SOUNDS = (
    ("tch", "c"), ("sch", "s"), ("kh", "k"), ("gh", "k"), ("dh", "d"), ("th", "t"), ("zh", "j"), ("sh", "s"),
    ("ch", "c"), ("ph", "f"), ("ck", "k"), ("dj", "j"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ei", "i"), ("ey", "i"),
    ("ai", "i"), ("ay", "i"), ("iy", "i"), ("yi", "i"), ("yy", "i"), ("x", "ks"), ("q", "k"), ("g", "k"),
    ("w", "v"), ("y", "i"), ("o", "u"), ("e", "i"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_SILENT = re.compile(r"[aiuh]")
_LEAST_ALIKE = 85.0


@dataclass(frozen=True, slots=True, order=True)
class Form:
    """What a record knows of an actor under one name: "john kerry", USA, public."""

    kind: str
    name: str
    country: str
    side: str


def name_key(name: str) -> str:
    """The words of a name without case, accents, titles and initials' full stops: "john f kerry"."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().replace("’", "'").replace("'s ", " "))
    plain = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    words = _WORD.findall(plain.replace("'", "").replace("ø", "o").replace("ł", "l").replace("đ", "d"))
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    return " ".join(words)


def is_full_name(key: str) -> bool:
    """Whether a person's name tells who it is across articles: a given name and a surname."""
    words = [word for word in key.split() if word not in _GENERATIONS and word not in _PARTICLES]
    return len(words) >= 2 and len(words[0]) > 1 and len(words[-1]) > 1


def side_of(sectors: Sequence[str]) -> str:
    """The walk of life that sectors belong to: "public", another one by its sector, or "" where none is told."""
    if not sectors:
        return ""
    return "public" if sectors[0] in _PUBLIC else sectors[0]


def block_of(kind: str, key: str) -> str:
    """What forms that may be joined have in common: a person's surname by its consonants, a body's name."""
    return f"{kind} {_skeleton(_surname(key))}" if kind == "person" else f"{kind} {key}"


def grouped(forms: Collection[Form], apart: Collection[frozenset[Form]] = frozenset()) -> list[tuple[Form, ...]]:
    """The forms of one block, grouped by whom they mean; groups and their forms are in order.

    Args:
        apart: pairs that one article tells apart.
    """
    groups = [group for same in _by_name(forms) for group in _of_one_name(same)]
    links: dict[int, set[int]] = {number: {number} for number in range(len(groups))}
    for near in _near(groups):
        for left, right in combinations(near, 2):
            if _are_variants(groups[left], groups[right], apart):
                links[left].add(right)
                links[right].add(left)
    joined: list[tuple[Form, ...]] = []
    done: set[int] = set()
    for number in range(len(groups)):
        if number in done:
            continue
        # Spellings are joined only where each fits each: "George Bush" fits both presidents and so neither.
        clique = all(links[other] == links[number] for other in links[number])
        members = sorted(links[number]) if clique else [number]
        done.update(members)
        joined.append(tuple(sorted(form for member in members for form in groups[member])))
    return sorted(joined)


def _near(groups: Sequence[tuple[Form, ...]]) -> Iterable[list[int]]:
    """Numbers of the groups that may be spellings of one name: one country, given names that sound alike."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        if group[0].kind == "person":
            country = max(form.country for form in group)
            found[country, _skeleton(_words(group[0].name)[0])].append(number)
    return found.values()


def _by_name(forms: Iterable[Form]) -> list[list[Form]]:
    found: dict[str, list[Form]] = defaultdict(list)
    for form in sorted(set(forms)):
        found[form.name].append(form)
    return list(found.values())


def _of_one_name(forms: list[Form]) -> list[tuple[Form, ...]]:
    """Forms of the very same name by country and walk of life; what is not told joins where there is one choice."""
    countries = {form.country for form in forms} - {""}
    groups: dict[tuple[str, str], list[Form]] = defaultdict(list)
    for country in sorted(countries | {""}):
        here = [form for form in forms if form.country == country]
        sides = {form.side for form in here} - {""}
        only = next(iter(sides)) if len(sides) == 1 else ""
        for form in here:
            groups[country, form.side or only].append(form)
    if len(countries) == 1:
        (country,) = countries
        for side in sorted({side for where, side in groups if where == ""}):
            theirs = sorted(other for where, other in groups if where == country)
            fitting = [other for other in theirs if side in (other, "") or other == ""]
            if len(fitting) == 1:
                groups[country, fitting[0]].extend(groups.pop(("", side)))
    return [tuple(group) for group in groups.values()]


def _are_variants(left: tuple[Form, ...], right: tuple[Form, ...], apart: Collection[frozenset[Form]]) -> bool:
    """Whether two groups are one person under two spellings: country and walk of life are told and the same."""
    one, other = left[0], right[0]
    if one.kind != "person" or one.name == other.name:
        return False
    countries = {form.country for form in (*left, *right)} - {""}
    sides = [{form.side for form in group} - {""} for group in (left, right)]
    if len(countries) != 1 or not all(any(form.country for form in group) for group in (left, right)):
        return False
    if not sides[0] or sides[0] != sides[1] or not same_person(one.name, other.name):
        return False
    return not any(frozenset({a, b}) in apart for a in left for b in right)


def same_person(left: str, right: str) -> bool:
    """Whether two full names (as `name_key` gives them) are spellings of one: another romanisation, a middle name.

    >>> same_person("muammar gaddafi", "moammar al qaddafi"), same_person("maria rossi", "mario rossi")
    (True, False)
    """
    ours, theirs = _words(left), _words(right)
    if (set(left.split()) ^ set(right.split())) & _GENERATIONS:
        return False
    if len(ours) > 2 and len(theirs) > 2 and len(ours) != len(theirs):
        return False
    if len(ours) == len(theirs):
        return all(_alike(a, b) for a, b in zip(ours, theirs, strict=True))
    return _alike(ours[0], theirs[0]) and _alike(ours[-1], theirs[-1])


def _words(key: str) -> list[str]:
    words = [word for word in key.split() if word not in _GENERATIONS]
    return [word for word in words if word not in _PARTICLES] or words


def _surname(key: str) -> str:
    return _words(key)[-1]


def _alike(left: str, right: str) -> bool:
    """Whether two words sound the same; a last vowel counts, it may tell Mario from Maria."""
    if left == right:
        return True
    if len(left) < 3 or len(right) < 3:
        return left[0] == right[0] and 1 in (len(left), len(right))
    if left[-1] != right[-1] and left[-1] in "aeo" and right[-1] in "aeo":
        return False
    if (
        (left[-1] in "aeo") != (right[-1] in "aeo")
        and abs(len(left) - len(right)) == 1
        and left[:-1] == right[: len(left) - 1]
    ):
        return False
    return _skeleton(left) == _skeleton(right) and fuzz.ratio(_sound(left), _sound(right)) >= _LEAST_ALIKE


def _sound(word: str) -> str:
    for written, spoken in _SOUNDS:
        word = word.replace(written, spoken)
    return _DOUBLED.sub(r"\1", word)


def _skeleton(word: str) -> str:
    """The consonants of a word as they sound; the word itself where it has none."""
    sound = _sound(word)
    return _DOUBLED.sub(r"\1", _SILENT.sub("", sound)) or sound[:1]
