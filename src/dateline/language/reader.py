"""The shipped model's reader: tokens, sentences, scores and structures put together into spaCy documents, many texts
at a time."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from dateline.language.card import ModelFiles
from dateline.language.encoder import Encoder, Ints, Scores
from dateline.language.heads import decode_heads, decode_labels, transition_costs
from dateline.language.lemmas import LemmaRules
from dateline.language.names import name_spans, tidy_names
from dateline.language.sentences import sentence_starts
from dateline.language.tokens import Tokenizer, make_tokenizer, without_surrogates
from dateline.language.wordpiece import WordPieces

# Texts are read in windows: enough sentences of each length for full batches, little enough for flat memory.
WINDOW_TEXTS = 64
WINDOW_CHARACTERS = 200_000
# The vocabulary of spaCy keeps every string it meets: it is exchanged when it has grown so large.
MOST_STRINGS = 300_000
# Sentences end here at the latest (in pieces), at a comma or semicolon if there is one in the last third.
MOST_PIECES = 250
_PAUSES = frozenset({",", ";", ":", "-", "–", "—", "--", ")", "|", "/"})
_COLUMNS = ["TAG", "POS", "LEMMA", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE"]
_BEGIN, _INSIDE, _OUTSIDE = 3, 1, 2

Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class _Plan:
    """A tokenised text: `solid` are the indices of its words that are no white space, `parts` its sentences as ranges
    over `solid`."""

    doc: Doc
    words: tuple[str, ...]
    spaced: tuple[bool, ...]
    solid: tuple[int, ...]
    parts: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Parse:
    """The label ids and heads (1-based within the sentence, 0 for the root) of one sentence's words."""

    upos: Ints
    xpos: Ints
    lemma: Ints
    heads: Ints
    relations: Ints
    entities: Ints


class Reader:
    """An encoder, a tokenizer and the label tables of one model; `read` is what an Annotator calls."""

    __slots__ = ("_costs", "_encoder", "_files", "_lemmas", "_tables", "_tokenizer")

    def __init__(self, files: ModelFiles, threads: int = 1) -> None:
        self._files = files
        self._encoder = Encoder(files, threads)
        self._lemmas = LemmaRules(files.lemma_rules, files.xpos)
        self._costs = transition_costs(files.entities)
        self._renew()

    def _renew(self) -> None:
        self._tokenizer: Tokenizer = make_tokenizer()
        self._tables = _Tables(self._files, self._tokenizer)

    def read(self, texts: Iterable[str], breaks: Iterable[Sequence[int]] | None = None) -> Iterator[Doc]:
        """The documents of the texts, in order; a sentence begins at each offset in the text's `breaks`."""
        window: list[tuple[str, Sequence[int]]] = []
        size = 0
        for text, forced in zip(texts, itertools.repeat(()) if breaks is None else breaks, strict=False):
            window.append((text, forced))
            size += len(text)
            if len(window) >= WINDOW_TEXTS or size >= WINDOW_CHARACTERS:
                yield from self._read_window(window)
                window, size = [], 0
        if window:
            yield from self._read_window(window)

    def _read_window(self, texts: Sequence[tuple[str, Sequence[int]]]) -> list[Doc]:
        if len(self._tokenizer.vocab.strings) > MOST_STRINGS:
            self._renew()
        plans = [self._plan(text, forced) for text, forced in texts]
        sentences = [
            [plan.words[index] for index in plan.solid[begin:end]] for plan in plans for begin, end in plan.parts
        ]
        done = iter(self.parse(sentences))
        return [self._fill(plan, list(itertools.islice(done, len(plan.parts)))) for plan in plans]

    @property
    def pieces(self) -> WordPieces:
        """The word pieces of the model."""
        return self._encoder.pieces

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[Parse]:
        """The parses of sentences given as words (none empty, none beyond the encoder's length), in order."""
        parses: dict[int, Parse] = {}
        for scores in self._encoder.score(sentences):
            parses.update(zip(scores.which, self._decode(scores), strict=True))
        return [parses[index] for index in range(len(sentences))]

    def _plan(self, text: str, forced: Sequence[int]) -> _Plan:
        doc = self._tokenizer(without_surrogates(text))
        words = tuple([token.text for token in doc])
        spaced = [bool(token.whitespace_) for token in doc]
        solid = tuple(index for index, word in enumerate(words) if not word.isspace())
        if not solid:
            return _Plan(doc, words, tuple(spaced), (), ())
        places = {index: place for place, index in enumerate(solid)}
        begins = [0]
        found = set(sentence_starts(words, spaced)[1:])
        found.update(_first_solid(doc, solid, offset) for offset in forced)
        for start in sorted(found):
            if start in places and places[start] > begins[-1]:
                begins.append(places[start])
        parts: list[tuple[int, int]] = []
        for begin, end in zip(begins, [*begins[1:], len(solid)], strict=True):
            parts.extend(self._bounded(words, solid, begin, end))
        return _Plan(doc, words, tuple(spaced), solid, tuple(parts))

    def _bounded(self, words: Sequence[str], solid: Sequence[int], begin: int, end: int) -> Iterator[tuple[int, int]]:
        """The sentence itself, or parts of it that the encoder can hold."""
        count, place = 0, begin
        while place < end:
            pieces = len(self._encoder.pieces.encode(words[solid[place]])[0])
            if count + pieces > MOST_PIECES:
                pauses = [p for p in range(begin + (place - begin) * 2 // 3, place) if words[solid[p]] in _PAUSES]
                cut = pauses[-1] + 1 if pauses else place
                yield begin, cut
                begin, place, count = cut, cut, 0
                continue
            count += pieces
            place += 1
        yield begin, end

    def _decode(self, scores: Scores) -> list[Parse]:
        heads = decode_heads(scores.arc, scores.sizes)
        entities = decode_labels(scores.entity, scores.sizes, self._costs)
        rows, columns = np.nonzero(np.arange(heads.shape[1])[None, :] < scores.sizes[:, None])
        relations = np.zeros_like(heads)
        relations[rows, columns] = self._encoder.relations(
            scores.relation_word[rows, columns + 1], scores.relation_head[rows, heads[rows, columns]]
        )
        return [
            Parse(
                scores.upos[row, :size],
                scores.xpos[row, :size],
                scores.lemma[row, :size],
                heads[row, :size],
                relations[row, :size],
                entities[row, :size],
            )
            for row, size in enumerate(scores.sizes.tolist())
        ]

    def _fill(self, plan: _Plan, parses: Sequence[Parse]) -> Doc:
        """Writes the parses into the document and hangs white space on its neighbours."""
        doc, tables = plan.doc, self._tables
        table = np.zeros((len(plan.words), len(_COLUMNS)), dtype=np.uint64)
        if not plan.words:
            return doc
        heads = np.zeros(len(plan.words), dtype=np.int64)
        solid = np.array(plan.solid, dtype=np.int64)
        table[:, 5] = _OUTSIDE
        if len(solid):
            parse = _joined(parses, plan.parts)
            table[solid, 0] = tables.xpos[parse.xpos]
            table[solid, 1] = tables.upos[parse.upos]
            lemma_hash = tables.lemma_hash
            lemmas = self._lemmas
            table[solid, 2] = [
                lemma_hash(lemmas.apply(plan.words[index], rule, tag))
                for index, rule, tag in zip(plan.solid, parse.lemma.tolist(), parse.xpos.tolist(), strict=True)
            ]
            heads[solid] = solid[parse.heads] - solid
            relations = tables.relations[parse.relations]
            # The tree decides which word is the root, whatever the relations say.
            relations[relations == tables.root] = tables.dep
            table[solid, 4] = np.where(parse.heads == np.arange(len(solid)), tables.root, relations)
            for begin, end, kind in self._names(plan, parse.entities):
                table[solid[begin:end], 5] = _INSIDE
                table[solid[begin], 5] = _BEGIN
                table[solid[begin:end], 6] = tables.kinds[kind]
        if len(solid) < len(plan.words):
            self._hang_spaces(plan, table, heads)
        table[:, 3] = heads.astype(np.uint64)
        doc.from_array(_COLUMNS, table)  # type: ignore[arg-type]  # its stub knows signed integers only
        return doc

    def _names(self, plan: _Plan, entities: Ints) -> list[tuple[int, int, str]]:
        """The names of a text as (start, end, kind) over its solid words."""
        labels = [self._files.entities[label] for label in entities.tolist()]
        words = [plan.words[index] for index in plan.solid]
        after = [*plan.words[1:], " "]
        spaced = [plan.spaced[index] or after[index].isspace() for index in plan.solid]
        return tidy_names(words, spaced, name_spans(labels))

    def _hang_spaces(self, plan: _Plan, table: Hashes, heads: Ints) -> None:
        """White space goes to the word before it (the first goes to the word after it), and into a name that it
        stands inside."""
        solid = set(plan.solid)
        anchor = plan.solid[0] if plan.solid else 0
        for index, word in enumerate(plan.words):
            if index in solid:
                anchor = index
                continue
            table[index, 0], table[index, 1] = self._tables.space_tag, self._tables.space
            table[index, 2] = self._tables.lemma_hash(word)
            heads[index] = anchor - index
            table[index, 4] = self._tables.dep if anchor != index else self._tables.root
            after = index + 1
            while after < len(plan.words) and after not in solid:
                after += 1
            if (
                after < len(plan.words)
                and table[after, 5] == _INSIDE
                and table[anchor, 5] in (_BEGIN, _INSIDE)
                and anchor < index
            ):
                table[index, 5], table[index, 6] = _INSIDE, table[after, 6]


class _Tables:
    """The labels of a model as the hashes of one spaCy vocabulary."""

    __slots__ = (
        "_hashes",
        "_strings",
        "dep",
        "kinds",
        "relations",
        "root",
        "space",
        "space_tag",
        "upos",
        "xpos",
    )

    def __init__(self, files: ModelFiles, tokenizer: Tokenizer) -> None:
        self._strings = tokenizer.vocab.strings
        self._hashes: dict[str, int] = {}
        # Universal tags are among spaCy's own symbols, whose ids are fixed.
        self.upos = np.array([self._strings[label] for label in files.upos], dtype=np.uint64)
        self.space = self._strings["SPACE"]
        self.xpos = self._all(files.xpos)
        self.relations = self._all(files.relations)
        kinds = {label.partition("-")[2] for label in files.entities} - {""}
        self.kinds = {kind: self._strings.add(kind) for kind in sorted(kinds)}
        self.space_tag = self._strings.add("_SP")
        self.dep = self._strings.add("dep")
        self.root = np.uint64(self._strings.add("root"))

    def _all(self, labels: Sequence[str]) -> Hashes:
        return np.array([self._strings.add(label) for label in labels], dtype=np.uint64)

    def lemma_hash(self, lemma: str) -> int:
        """The hash under which the vocabulary keeps the lemma."""
        known = self._hashes.get(lemma)
        if known is None:
            known = self._hashes[lemma] = int(self._strings.add(lemma))
        return known


def _first_solid(doc: Doc, solid: Sequence[int], offset: int) -> int:
    """The first word that is no white space at or after a character offset; -1 behind the last."""
    place = bisect.bisect_left(solid, offset, key=lambda index: doc[index].idx)
    return solid[place] if place < len(solid) else -1


def _joined(parses: Sequence[Parse], parts: Sequence[tuple[int, int]]) -> Parse:
    """All sentences of a text as one; heads become indices over its solid words, a root's being its own."""
    heads = [
        np.where(parse.heads == 0, np.arange(begin, end), parse.heads - 1 + begin)
        for parse, (begin, end) in zip(parses, parts, strict=True)
    ]
    return Parse(
        np.concatenate([parse.upos for parse in parses]),
        np.concatenate([parse.xpos for parse in parses]),
        np.concatenate([parse.lemma for parse in parses]),
        np.concatenate(heads),
        np.concatenate([parse.relations for parse in parses]),
        np.concatenate([parse.entities for parse in parses]),
    )
