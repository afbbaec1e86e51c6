"""Runs the ONNX graph over sentences: pieces in, scores out.

A sentence is always padded to the same length, whatever stands beside it in a batch, and the graph scales its
activations row by row: so a
sentence gets the same scores in any company.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import onnxruntime

from dateline.errors import ModelError
from dateline.language.card import ModelFiles
from dateline.language.wordpiece import WordPieces, read_vocabulary

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

# Pieces in one batch: large enough for good matrix shapes, small enough to stay in the processor's caches.
BATCH_PIECES = 1024
# [CLS] and [SEP] stand around every sentence.
FRAME = 2


@dataclass(frozen=True, slots=True)
class Scores:
    """What the graph says about some sentences of similar length.

    `which`: their places in the caller's list; `sizes`: words of each; `upos`, `xpos`, `lemma`: best label ids
    (sentences, words);
    `entity`: (sentences, words, labels); `arc`: (sentences, words, 1 + words), column 0 is the root; the relation
    vectors:
    (sentences, 1 + words, width).
    """

    which: tuple[int, ...]
    sizes: Ints
    upos: Ints
    xpos: Ints
    lemma: Ints
    entity: Floats
    arc: Floats
    relation_word: Floats
    relation_head: Floats


def padded_length(pieces: int) -> int:
    """The length a sentence of so many pieces (frame included) is padded to: a function of the sentence alone."""
    for limit, step in ((32, 4), (64, 8), (128, 16)):
        if pieces <= limit:
            return -(-pieces // step) * step
    return -(-pieces // 32) * 32


class Encoder:
    """An open model: word pieces and two sessions (the parser, and the relations of chosen arcs)."""

    __slots__ = ("_parser", "_relations", "longest", "pieces")

    def __init__(self, files: ModelFiles, threads: int = 1) -> None:
        self.pieces = WordPieces(read_vocabulary(files.folder / "vocabulary.txt"))
        self.longest = files.longest - FRAME
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Memory is given back after every batch: one article with very long sentences must not weigh on a run for good.
        options.enable_cpu_mem_arena = False
        try:
            self._parser = onnxruntime.InferenceSession(
                str(files.folder / "parser.onnx"), options, providers=["CPUExecutionProvider"]
            )
            self._relations = onnxruntime.InferenceSession(
                str(files.folder / "relations.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime raises its own unnamed C++ errors
            raise ModelError(f"onnxruntime cannot open the model in {files.folder}: {error}") from error

    def score(self, sentences: Sequence[Sequence[str]]) -> Iterator[Scores]:
        """The scores of every sentence (each a list of words, none empty and none beyond `longest` pieces), in
        batches of similar length."""
        encoded = [[self.pieces.encode(word) for word in words] for words in sentences]
        buckets: dict[int, list[int]] = {}
        for index, words in enumerate(encoded):
            length = padded_length(sum(len(ids) for ids, _ in words) + FRAME)
            buckets.setdefault(length, []).append(index)
        for length in sorted(buckets):
            size = max(1, BATCH_PIECES // length)
            for begin in range(0, len(buckets[length]), size):
                which = buckets[length][begin : begin + size]
                yield self._run(which, [encoded[index] for index in which], length)

    def _run(
        self, which: Sequence[int], sentences: Sequence[Sequence[tuple[tuple[int, ...], int]]], length: int
    ) -> Scores:
        pieces = np.full((len(sentences), length), self.pieces.pad, dtype=np.int64)
        shapes = np.zeros((len(sentences), length), dtype=np.int64)
        first = np.zeros((len(sentences), length - FRAME), dtype=np.int64)
        last = np.zeros((len(sentences), length - FRAME), dtype=np.int64)
        for row, words in enumerate(sentences):
            ids, kinds, begins, ends = [self.pieces.cls], [0], [], []
            for word_ids, shape in words:
                begins.append(len(ids))
                ids.extend(word_ids)
                kinds.extend([shape] * len(word_ids))
                ends.append(len(ids) - 1)
            ids.append(self.pieces.sep)
            pieces[row, : len(ids)] = ids
            shapes[row, : len(kinds)] = kinds
            first[row, : len(begins)] = begins
            last[row, : len(ends)] = ends
        upos, xpos, lemma, entity, arc, relation_word, relation_head = self._parser.run(
            ["upos", "xpos", "lemma", "entity", "arc", "relation_word", "relation_head"],
            {"pieces": pieces, "shapes": shapes, "first": first, "last": last},
        )
        sizes = np.array([len(words) for words in sentences], dtype=np.int64)
        return Scores(tuple(which), sizes, upos, xpos, lemma, entity, arc, relation_word, relation_head)

    def relations(self, word: Floats, head: Floats) -> Ints:
        """The best relation id for each of n pairs of a word's vector and its head's vector (n, width)."""
        if len(word) == 0:
            return np.zeros(0, dtype=np.int64)
        best: Ints = self._relations.run(["relation"], {"word": word, "head": head})[0]
        return best
