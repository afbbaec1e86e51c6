"""Other people's spaCy pipelines in place of the shipped model, where they speak Universal Dependencies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from dateline.errors import ModelError

# What the rules ask the tree for, under the names of UD v2; ClearNLP labels (spaCy's own English models) lack most of
# these.
_NEEDED = frozenset({"nsubj", "obj", "obl", "nmod", "case", "acl", "advcl", "ccomp", "xcomp", "conj", "appos", "cop"})
_ENTITIES = {
    "PERSON": "PER", "PER": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "NORP": "NORP",
}  # fmt: skip


def open_pipeline(name: str) -> Callable[[Iterable[str], Iterable[Sequence[int]] | None], Iterator[Doc]]:
    """Loads a spaCy pipeline (a package name or a folder) and returns its reader, with entity labels mapped to ours.

    Raises ModelError where it is not installed, lacks a layer that the rules read, or has a parser with other
    relations than UD's.
    """
    try:
        pipeline = spacy.load(name)
    except (OSError, ImportError, ValueError) as error:
        raise ModelError(f"no spaCy pipeline {name!r} is installed: {error}") from error
    _check(pipeline, name)

    def read(texts: Iterable[str], breaks: Iterable[Sequence[int]] | None = None) -> Iterator[Doc]:
        for doc in pipeline.pipe(texts):
            yield _with_our_entities(doc)

    return read


def _check(pipeline: Language, name: str) -> None:
    assigned: set[str] = set()
    for component in pipeline.pipe_names:
        assigned.update(pipeline.get_pipe_meta(component).assigns)
    needed = {
        "token.dep": "a dependency parser",
        "token.tag": "a tagger",
        "token.lemma": "a lemmatizer",
        "doc.ents": "a named entity recogniser",
    }
    missing = [what for key, what in needed.items() if key not in assigned]
    if missing:
        raise ModelError(f"the spaCy pipeline {name!r} lacks {', '.join(missing)}; dateline's rules read all of these.")
    labels = {
        label.partition(":")[0]
        for component in pipeline.pipe_names
        for label in pipeline.pipe_labels.get(component, [])
    }
    absent = sorted(_NEEDED - labels)
    if absent:
        raise ModelError(
            f"the spaCy pipeline {name!r} does not speak Universal Dependencies: its parser has no "
            f"{', '.join(absent)}. Leave the model out to use the shipped one."
        )


def _with_our_entities(doc: Doc) -> Doc:
    doc.ents = tuple(
        Span(doc, entity.start, entity.end, label=_ENTITIES[entity.label_])
        for entity in doc.ents
        if entity.label_ in _ENTITIES
    )
    return doc
