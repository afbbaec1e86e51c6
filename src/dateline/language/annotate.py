"""Text to annotated spaCy documents: `annotate(text)` for one, `Annotator.annotate_many(texts)` for many.

`doc.text == text` always, white space included. Every token has pos_ (UPOS), tag_ (Penn tag), lemma_, dep_ and head
(Universal Dependencies); `doc.sents` are
the sentences and `doc.ents` the names: PER, ORG, LOC and NORP. White-space tokens have pos_ SPACE and hang on a
neighbour by `dep`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from dateline.language.card import open_model
from dateline.language.foreign import open_pipeline
from dateline.language.reader import Reader


@dataclass(frozen=True, slots=True)
class Annotator:
    """A loaded language model. `name` tells which; `read` turns texts into documents one by one and in order."""

    name: str
    read: Callable[[Iterable[str], Iterable[Sequence[int]] | None], Iterator[Doc]]

    def annotate_many(self, texts: Iterable[str], breaks: Iterable[Sequence[int]] | None = None) -> Iterator[Doc]:
        """The documents of the texts, in their order; texts are taken in as needed and go through the model in
        batches.

        `breaks` gives for each text the character offsets at which a sentence must begin (the end of a dateline);
        a spaCy pipeline that stands in for ours does not heed them.
        """
        return self.read(texts, breaks)


def load_annotator(name: str | None = None, threads: int = 1) -> Annotator:
    """The shipped model, or the installed spaCy pipeline of that name if it speaks Universal Dependencies.

    `threads` are those of one model run; one thread in each of several processes is faster than several threads in one.
    Raises ModelError, saying what is missing.
    """
    if name is not None:
        return Annotator(name, open_pipeline(name))
    files = open_model()
    return Annotator(files.name, Reader(files, threads).read)


@functools.cache
def _shipped() -> Annotator:
    return load_annotator()


def annotate(text: str) -> Doc:
    """The document of one text, by the shipped model (loaded at the first call)."""
    return next(_shipped().annotate_many([text]))
