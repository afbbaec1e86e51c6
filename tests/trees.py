"""Hand-built trees: CoNLL-U lines to a spaCy Doc, so that rules can be tested without the language model."""

from __future__ import annotations

from functools import cache

import spacy
from spacy.tokens import Doc
from spacy.vocab import Vocab


@cache
def english_vocab() -> Vocab:
    """A vocabulary that knows lower case, shapes and the like (a bare Vocab() leaves them empty)."""
    return spacy.blank("en").vocab


def doc_from_conllu(block: str) -> Doc:
    """A Doc from CoNLL-U sentences (blank line between); columns may be separated by blanks, comments are passed over.

    Needed columns: id, form, lemma, upos, xpos, feats, head, deprel (misc SpaceAfter=No is honoured in column 10).
    """
    words: list[str] = []
    lemmas: list[str] = []
    pos: list[str] = []
    tags: list[str] = []
    deps: list[str] = []
    heads: list[int] = []
    spaces: list[bool] = []
    starts: list[bool | int | None] = []
    offset = 0
    for line in [*block.strip().splitlines(), ""]:
        cells = line.split("\t") if "\t" in line else line.split()
        if not cells:
            offset = len(words)
            continue
        if line.startswith("#") or not cells[0].isdigit():
            continue
        head = int(cells[6])
        words.append(cells[1])
        lemmas.append(cells[2])
        pos.append(cells[3])
        tags.append(cells[4])
        heads.append(offset + (head - 1 if head else int(cells[0]) - 1))
        deps.append(cells[7])
        starts.append(int(cells[0]) == 1)
        spaces.append(len(cells) < 10 or "SpaceAfter=No" not in cells[9])
    if spaces:
        spaces[-1] = False
    return Doc(
        english_vocab(),
        words=words,
        spaces=spaces,
        lemmas=lemmas,
        pos=pos,
        tags=tags,
        heads=heads,
        deps=deps,
        sent_starts=starts,
    )
