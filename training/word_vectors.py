"""Vectors of single words for the merge: `python training/word_vectors.py` writes src/dateline/lexicon/data/merge/.

Each whole word of MiniLM's vocabulary (which stands in the order of frequency) goes through the untuned encoder on its
own; the mean of its last states, centred and turned to the main directions, is kept as 8-bit numbers. So the merge
knows which words mean the same without a language model at hand.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from model import Parser, load_minilm
from train import minilm_folder

FOLDER = Path(__file__).resolve().parent.parent / "src" / "dateline" / "lexicon" / "data" / "merge"
DIRECTIONS = 64
# The most general directions of a sentence encoder say how long and how common a text is, not what it means.
DROPPED = 1
FIRST_WORD = 1996
CLS, SEP = 101, 102


def main() -> None:
    """Write words.txt (a word a line, the commonest first) and words.npy (words, DIRECTIONS) int8."""
    folder = minilm_folder()
    model = Parser({name: 1 for name in ("upos", "xpos", "lemma", "entity", "relation")})
    load_minilm(model, folder / "model.safetensors")
    model.eval()
    pieces = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    chosen = [(at, word) for at, word in enumerate(pieces) if at >= FIRST_WORD and word.isascii() and word.isalpha()]
    states = []
    with torch.inference_mode():
        for begin in range(0, len(chosen), 512):
            rows = torch.tensor([[CLS, at, SEP] for at, _ in chosen[begin : begin + 512]])
            states.append(model.encoder(rows, torch.zeros_like(rows))[-1].mean(1).numpy())
    vectors = np.concatenate(states)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors -= vectors.mean(0)
    _, _, directions = np.linalg.svd(vectors, full_matrices=False)
    turned = vectors @ directions[DROPPED : DROPPED + DIRECTIONS].T
    turned /= np.linalg.norm(turned, axis=1, keepdims=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    np.save(FOLDER / "words.npy", np.round(turned * 127).clip(-127, 127).astype(np.int8))
    (FOLDER / "words.txt").write_text("".join(f"{word}\n" for _, word in chosen), encoding="utf-8")
    print(f"{len(chosen)} words, {DIRECTIONS} directions, {FOLDER}")


if __name__ == "__main__":
    main()
