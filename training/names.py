"""Annotated news-like sentences written by templates, and word lists of names: what the corpora teach too little of."""

from __future__ import annotations

import random
import re
import tomllib
from dataclasses import replace
from pathlib import Path

from data import Sentence
from spacy.tokenizer import Tokenizer

from dateline.language.tokens import make_tokenizer

_NAMES = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
DEMONYMS = frozenset(_NAMES["words"]["demonyms"].split())
LISTS: dict[str, tuple[str, ...]] = {key: tuple(value.split("|")) for key, value in _NAMES["lists"].items()}
_SINGULAR_NOUNS = frozenset({"Briton", "Croat", "Dane", "Finn", "Jew", "Kurd", "Pole", "Serb", "Swede", "Turk", "Jews"})
LISTS["norps"] = tuple(sorted(word for word in DEMONYMS if word.endswith("s") and word != "Swiss"))
LISTS["norp"] = tuple(sorted(DEMONYMS - _SINGULAR_NOUNS - set(LISTS["norps"])))
LISTS["initial"] = tuple("ABCDEFGHJKLMNPRSTVW")
LISTS["num3"] = tuple(str(number) for number in range(3, 90))
LISTS["source"] = ("Reuters", "AP", "AFP", "Xinhua")
LISTS["clause_cap"] = tuple(clause[0].upper() + clause[1:] for clause in LISTS["clause"])
_SLOT = re.compile(r"<(PER|ORG|LOC|NORPS?)>|\{(\w+)\}")


def name_sentences(count: int, seed: int) -> list[Sentence]:
    """So many generated sentences with entity labels only; the same for the same seed. One in twelve is all capitals,
    as headlines can be."""
    generator = random.Random(seed)
    tokenizer = make_tokenizer()
    sentences = []
    for _ in range(count):
        kind = "headlines" if generator.random() < 0.12 else "all"
        text, marks = _write(generator.choice(_NAMES["templates"][kind]), generator)
        if generator.random() < (0.5 if kind == "headlines" else 0.03):
            text = text.upper()
        elif generator.random() < 0.1 and text.endswith("."):
            text = text[:-1]
        sentences.append(_annotated(tokenizer, text, marks))
    return sentences


def _write(template: str, generator: random.Random) -> tuple[str, list[tuple[int, int, str]]]:
    """A template filled in, and the (start, end, kind) of its names."""
    text = ""
    marks: list[tuple[int, int, str]] = []
    rest = 0
    for slot in _SLOT.finditer(template):
        text += template[rest : slot.start()]
        rest = slot.end()
        start = len(text)
        if slot[1]:
            text += _fill(generator.choice(_NAMES["names"][slot[1]]), generator)
            marks.append((start, len(text), slot[1].removesuffix("S")))
        elif slot[2] == "source":
            text += generator.choice(LISTS["source"])
            marks.append((start, len(text), "ORG"))
        elif slot[2] == "country":
            text += generator.choice(LISTS["country"])
            marks.append((start, len(text), "LOC"))
        else:
            text += _fill("{" + slot[2] + "}", generator)
    tail = template[rest:]
    return text + (tail[1:] if text.endswith(".") and tail.startswith(".") else tail), marks


def _fill(pattern: str, generator: random.Random) -> str:
    return re.sub(r"\{(\w+)\}", lambda slot: generator.choice(LISTS[slot[1]]), pattern)


def _annotated(tokenizer: Tokenizer, text: str, marks: list[tuple[int, int, str]]) -> Sentence:
    words: list[str] = []
    labels: list[str] = []
    for token in tokenizer(text):
        if token.is_space:
            continue
        end = token.idx + len(token)
        label = "O"
        for start, stop, kind in marks:
            if token.idx < stop and end > start:
                label = ("B-" if token.idx <= start else "I-") + kind
        words.append(token.text)
        labels.append(label)
    return Sentence(tuple(words), entities=tuple(labels), document="names")


_PLACES = frozenset(LISTS["country"] + LISTS["city"] + LISTS["region"]) - {
    "Georgia",
    "Jordan",
    "Chad",
    "Nice",
    "Gulf",
    "Total",
    "Paris",
    "Basel",
    "Swat",
} | {"Paris"}
_ORGANISATIONS = frozenset(LISTS["known_org"]) - {
    "Labour",
    "Total",
    "Shell",
    "Apple",
    "Amazon",
    "Dawn",
    "Emirates",
    "IS",
    "Treasury",
    "WHO",
    "Wagner",
    "Congress Party",
}
_FIRST = frozenset(
    name for key in LISTS if key.startswith("first_") for name in LISTS[key] if " " not in name and len(name) > 2
)
_TITLES = frozenset(_NAMES["words"]["titles"].split())
_KNOWN_PEOPLE = frozenset(_NAMES["words"]["people"].split("|"))
_ORGANISATION_ENDS = frozenset(_NAMES["words"]["organisation_ends"].split())
_PLACE_ENDS = frozenset(_NAMES["words"]["place_ends"].split())
_CALENDAR = frozenset(_NAMES["words"]["calendar"].split())


def with_known_names(sentence: Sentence) -> Sentence:
    """A treebank sentence with labels for the runs of proper nouns that our lists or their own last word explain; the
    rest stay unknown."""
    if sentence.upos is None or sentence.entities is None or "".join(sentence.words).isupper():
        return sentence
    labels = list(sentence.entities)
    words, tags = sentence.words, sentence.upos
    begin = 0
    while begin < len(words):
        end = begin
        while (
            end < len(words)
            and tags[end] == "PROPN"
            and (end == begin or sentence.relations is None or labels[end] is None)
        ):
            end += 1
        if end == begin:
            begin += 1
            continue
        while begin < end - 1 and words[begin] in _TITLES:
            labels[begin] = "O"
            begin += 1
        titled = begin > 0 and words[begin - 1] in _TITLES and tags[begin - 1] == "PROPN" and end - begin <= 3
        kind = _kind(words[begin:end]) or ("PER" if titled and all(word.istitle() for word in words[begin:end]) else "")
        for index in range(begin, end):
            if kind:
                labels[index] = "O" if kind == "O" else ("B-" if index == begin else "I-") + kind
        begin = end
    return replace(sentence, entities=tuple(labels))


def _kind(run: tuple[str, ...]) -> str:
    text = " ".join(run)
    if all(word in _CALENDAR for word in run):
        return "O"
    if text in _KNOWN_PEOPLE:
        return "PER"
    if text in _PLACES:
        return "LOC"
    if text in _ORGANISATIONS:
        return "ORG"
    if len(run) > 1 and run[-1] in _ORGANISATION_ENDS:
        return "ORG"
    if len(run) > 1 and run[-1] in _PLACE_ENDS:
        return "LOC"
    if run[0] in _FIRST and len(run) <= 3 and all(word[0].isupper() and not word.isupper() for word in run):
        return "PER"
    return ""
