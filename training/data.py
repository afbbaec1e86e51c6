"""Reads treebanks and entity files into `Sentence` records and packs them into batches of tensors.

Sources (all given on the command line of train.py, never a dev or test file): Universal Dependencies treebanks
(CoNLL-U), Wikigold (IO scheme),
and the sentences written by names.py. Every head learns only from the sentences that carry its labels; elsewhere the
label is `MASK`.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from dateline.language.lemmas import lemma_rule
from dateline.language.wordpiece import WordPieces

MASK = -100
ENTITY_LABELS = (
    "O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-NORP", "I-NORP",
)  # fmt: skip
_NAME_PARTS = {"PROPN"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with gold labels; a missing layer is None. `heads` are 1-based, 0 is the root; entity label None
    is unknown."""

    words: tuple[str, ...]
    upos: tuple[str, ...] | None = None
    xpos: tuple[str, ...] | None = None
    lemmas: tuple[str, ...] | None = None
    heads: tuple[int, ...] | None = None
    relations: tuple[str, ...] | None = None
    entities: tuple[str | None, ...] | None = None
    spaces: tuple[bool, ...] | None = None
    document: str = ""
    genre: str = ""
    new_paragraph: bool = False


def read_conllu(path: Path) -> Iterator[Sentence]:
    """The sentences of a CoNLL-U file; multiword ranges give their spacing to their last word, empty nodes are left
    out.

    Bytes that are not text are an error, for a damaged file must not pass for a small one.
    """
    text = path.read_text(encoding="utf-8")
    if "\0" in text:
        raise ValueError(f"{path} is damaged: it holds {text.count(chr(0)):,} NUL characters")
    document, genre, new_paragraph = "", "", False
    rows: list[list[str]] = []
    for line in text.split("\n"):
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            key = key.strip()
            if key == "newdoc id":
                document, genre, new_paragraph = value.strip(), "", True
            elif key == "meta::genre":
                genre = value.strip()
            elif key.split()[:1] == ["newpar"]:
                new_paragraph = True
        elif line.strip():
            rows.append(line.split("\t"))
        elif rows:
            yield _sentence(rows, document, genre or document.split("-")[0], new_paragraph)
            rows, new_paragraph = [], False


def _sentence(rows: list[list[str]], document: str, genre: str, new_paragraph: bool) -> Sentence:
    words: list[list[str]] = []
    spaces: list[bool] = []
    range_end, range_space = 0, True
    for row in rows:
        if "-" in row[0]:
            range_end, range_space = int(row[0].split("-")[1]), "SpaceAfter=No" not in row[9]
        elif "." not in row[0]:
            words.append(row)
            number = int(row[0])
            inside = number <= range_end
            spaces.append((number == range_end and range_space) if inside else "SpaceAfter=No" not in row[9])
    return Sentence(
        words=tuple(row[1] for row in words),
        upos=tuple(row[3] for row in words),
        xpos=tuple(row[4] for row in words),
        lemmas=tuple(row[2] for row in words),
        heads=tuple(int(row[6]) for row in words),
        relations=tuple(row[7] for row in words),
        spaces=tuple(spaces),
        document=document,
        genre=genre,
        new_paragraph=new_paragraph,
    )


def with_known_outsiders(sentence: Sentence, demonyms: frozenset[str]) -> Sentence:
    """A treebank sentence with the entity labels its tags imply: words that can be no part of a name are outside,
    demonyms are NORP.

    Proper nouns, capitalised nouns and adjectives, numbers and what stands between two proper nouns stay unknown.
    """
    if sentence.upos is None:
        return sentence
    tags = sentence.upos
    labels: list[str | None] = []
    for index, (word, tag) in enumerate(zip(sentence.words, tags, strict=True)):
        near = [tags[other] for other in (index - 2, index - 1, index + 1, index + 2) if 0 <= other < len(tags)]
        touching = [tags[other] for other in (index - 1, index + 1) if 0 <= other < len(tags)]
        capital = any(character.isupper() for character in word)
        if (
            word in demonyms
            and tag in {"ADJ", "PROPN", "NOUN"}
            and "PROPN" not in touching
            and not sentence_is_upper(sentence)
        ):
            labels.append("B-NORP")
        elif (
            tag in _NAME_PARTS
            or (capital and tag in {"NOUN", "ADJ", "X", "NUM"})
            or (tag in {"X", "NUM", "SYM"} and "PROPN" in near)
        ):
            labels.append(None)
        elif (
            tag in {"ADP", "DET", "CCONJ", "PART", "PUNCT", "NOUN", "ADJ"}
            and near.count("PROPN") >= 1
            and tag != "PUNCT"
        ):
            between = "PROPN" in tags[max(0, index - 2) : index] and "PROPN" in tags[index + 1 : index + 3]
            labels.append(None if between or (capital and index > 0) else "O")
        else:
            labels.append("O")
    return replace(sentence, entities=tuple(labels))


def sentence_is_upper(sentence: Sentence) -> bool:
    """Whether the sentence has letters and all of them are capitals."""
    return "".join(sentence.words).isupper()


def read_wikigold(path: Path, demonyms: frozenset[str]) -> Iterator[Sentence]:
    """Wikigold's sentences; runs of one label become one name, MISC becomes NORP for demonyms and outside otherwise."""
    document = 0
    words: list[str] = []
    labels: list[str] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.startswith("-DOCSTART-"):
            document += 1
        elif line.strip():
            word, label = line.split(" ")
            words.append(word)
            labels.append(label)
        elif words:
            yield Sentence(
                tuple(words), entities=_begin_inside(words, labels, demonyms), document=f"wikigold-{document}"
            )
            words, labels = [], []


def _begin_inside(words: Sequence[str], labels: Sequence[str], demonyms: frozenset[str]) -> tuple[str, ...]:
    result: list[str] = []
    for index, (word, label) in enumerate(zip(words, labels, strict=True)):
        kind = label.removeprefix("I-")
        if kind == "MISC":
            alone = labels[index - 1 : index] != ["I-MISC"] and labels[index + 1 : index + 2] != ["I-MISC"]
            result.append("B-NORP" if word in demonyms and alone else "O")
        elif kind == "O":
            result.append("O")
        else:
            follows = index > 0 and labels[index - 1] == label
            result.append(("I-" if follows else "B-") + kind)
    return tuple(result)


def read_iob2(path: Path) -> Iterator[Sentence]:
    """Universal NER sentences (measured, never trained on)."""
    rows: list[list[str]] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.strip() and not line.startswith("#"):
            rows.append(line.split("\t"))
        elif not line.strip() and rows:
            yield Sentence(tuple(row[1] for row in rows), entities=tuple(row[2] for row in rows))
            rows = []


def wikigold_parts(sentences: Iterable[Sentence]) -> tuple[list[Sentence], list[Sentence]]:
    """(train, held out): every fifth document is held out."""
    train: list[Sentence] = []
    held: list[Sentence] = []
    for sentence in sentences:
        number = int(sentence.document.rsplit("-", 1)[1])
        (held if number % 5 == 4 else train).append(sentence)
    return train, held


def as_headline(sentence: Sentence, how: str) -> Sentence:
    """The sentence in capitals (`upper`), with Each Word Capitalised (`title`) or without capitals (`lower`); lemmas
    are masked."""
    if how == "upper":
        words = tuple(word.upper() for word in sentence.words)
    elif how == "title":
        words = tuple(word[:1].upper() + word[1:] if len(word) > 3 else word for word in sentence.words)
    else:
        words = tuple(word.lower() for word in sentence.words)
    return replace(sentence, words=words, lemmas=None)


@dataclass(frozen=True, slots=True)
class Labels:
    """The label lists of one model, in order of their ids."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    lemma_rules: tuple[str, ...]
    relations: tuple[str, ...]
    entities: tuple[str, ...] = ENTITY_LABELS


def collect_labels(sentences: Iterable[Sentence], least: int = 3) -> Labels:
    """Every tag and relation of the treebanks, and the lemma rules seen at least `least` times."""
    upos: Counter[str] = Counter()
    xpos: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    relations: Counter[str] = Counter()
    for sentence in sentences:
        if sentence.upos is None or sentence.xpos is None or sentence.lemmas is None or sentence.relations is None:
            continue
        upos.update(sentence.upos)
        xpos.update(sentence.xpos)
        relations.update(sentence.relations)
        rules.update(lemma_rule(word, lemma) for word, lemma in zip(sentence.words, sentence.lemmas, strict=True))
    kept = [rule for rule, count in rules.most_common() if count >= least]
    return Labels(tuple(sorted(upos)), tuple(sorted(xpos)), tuple(kept), tuple(sorted(relations)))


@dataclass(frozen=True, slots=True)
class Encoded:
    """One sentence in numbers; label lists are as long as `words`, with `MASK` where unknown."""

    pieces: tuple[int, ...]
    shapes: tuple[int, ...]
    first: tuple[int, ...]
    last: tuple[int, ...]
    labels: dict[str, list[int]]


def encode(sentence: Sentence, labels: Labels, pieces: WordPieces) -> Encoded:
    """Pieces with [CLS] and [SEP], where each word begins and ends, and its label ids."""
    ids, shapes = [pieces.cls], [0]
    first: list[int] = []
    last: list[int] = []
    for word in sentence.words:
        word_ids, shape = pieces.encode(word)
        first.append(len(ids))
        ids.extend(word_ids)
        last.append(len(ids) - 1)
        shapes.extend([shape] * len(word_ids))
    ids.append(pieces.sep)
    shapes.append(0)
    size = len(sentence.words)
    rules = (
        [lemma_rule(word, lemma) for word, lemma in zip(sentence.words, sentence.lemmas, strict=True)]
        if sentence.lemmas is not None
        else None
    )
    numbers = {
        "upos": _numbers(sentence.upos, labels.upos, size),
        "xpos": _numbers(sentence.xpos, labels.xpos, size),
        "lemma": _numbers(rules, labels.lemma_rules, size),
        "relation": _numbers(sentence.relations, labels.relations, size),
        "entity": _numbers(sentence.entities, labels.entities, size),
        "head": list(sentence.heads) if sentence.heads is not None else [MASK] * size,
    }
    return Encoded(tuple(ids), tuple(shapes), tuple(first), tuple(last), numbers)


def _numbers(values: Sequence[str | None] | None, names: Sequence[str], size: int) -> list[int]:
    if values is None:
        return [MASK] * size
    known = {name: index for index, name in enumerate(names)}
    return [MASK if value is None else known.get(value, MASK) for value in values]


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded tensors of some sentences: pieces and shapes (sentences, pieces); first, last and labels (sentences,
    words)."""

    pieces: torch.Tensor
    shapes: torch.Tensor
    first: torch.Tensor
    last: torch.Tensor
    words: torch.Tensor
    labels: dict[str, torch.Tensor]


def make_batch(items: Sequence[Encoded]) -> Batch:
    """Padding: pieces with 0, word positions with 0 ([CLS]), labels with `MASK`; `words` is True for real words."""
    longest = max(len(item.pieces) for item in items)
    widest = max(len(item.first) for item in items)

    def table(rows: Iterable[Sequence[int]], width: int, fill: int) -> torch.Tensor:
        return torch.tensor([[*row, *([fill] * (width - len(row)))] for row in rows], dtype=torch.long)

    return Batch(
        pieces=table((item.pieces for item in items), longest, 0),
        shapes=table((item.shapes for item in items), longest, 0),
        first=table((item.first for item in items), widest, 0),
        last=table((item.last for item in items), widest, 0),
        words=table(([1] * len(item.first) for item in items), widest, 0).bool(),
        labels={key: table((item.labels[key] for item in items), widest, MASK) for key in items[0].labels},
    )


def pack(items: Sequence[Encoded], size: int, generator: random.Random | None = None) -> list[list[Encoded]]:
    """Batches of at most `size` padded pieces, of sentences of similar length; shuffled where a generator is given."""
    noise = generator.random if generator else (lambda: 0.0)
    order = sorted(items, key=lambda item: len(item.pieces) * (1 + 0.15 * noise()))
    batches: list[list[Encoded]] = []
    current: list[Encoded] = []
    longest = 0
    for item in order:
        longest = max(longest, len(item.pieces))
        if current and longest * (len(current) + 1) > size:
            batches.append(current)
            current, longest = [], len(item.pieces)
        current.append(item)
    if current:
        batches.append(current)
    if generator:
        generator.shuffle(batches)
    return batches
