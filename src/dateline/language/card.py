"""The shipped model's card: which files belong to it, their digests, and the labels of its heads."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from dateline.errors import ModelError

FORMAT = "dateline.language-model/1"
SHIPPED = Path(__file__).parent / "model"


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A checked model folder. `upos` ... `relations` list each head's labels in order of their ids; `longest` is the
    most pieces of a sentence."""

    folder: Path
    name: str
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    lemma_rules: tuple[str, ...]
    entities: tuple[str, ...]
    relations: tuple[str, ...]
    longest: int


def open_model(folder: Path = SHIPPED) -> ModelFiles:
    """Reads card.json and checks that every file it lists is there, with the digest it gives.

    Raises ModelError, naming the file and what to do.
    """
    path = folder / "card.json"
    if not path.is_file():
        raise ModelError(
            f"no language model in {folder}: card.json is missing. "
            "Reinstall dateline, or train one (training/README.md)."
        )
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
        if card["format"] != FORMAT:
            raise ModelError(f"{path} has format {card['format']!r}; this dateline reads {FORMAT!r}.")
        labels = card["labels"]
        files = ModelFiles(
            folder=folder,
            name=str(card["name"]),
            upos=tuple(labels["upos"]),
            xpos=tuple(labels["xpos"]),
            lemma_rules=tuple(labels["lemma_rules"]),
            entities=tuple(labels["entities"]),
            relations=tuple(labels["relations"]),
            longest=int(card["longest"]),
        )
        digests = {str(name): str(entry["sha256"]) for name, entry in card["files"].items()}
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{path} is no model card ({error}). Reinstall dateline.") from error
    for name, wanted in digests.items():
        _check(folder / name, wanted)
    return files


def model_digest(files: ModelFiles) -> str:
    """SHA-256 of the model's card, which holds the digests of all its files."""
    return hashlib.sha256((files.folder / "card.json").read_bytes()).hexdigest()


def _check(path: Path, wanted: str) -> None:
    if not path.is_file():
        raise ModelError(f"{path} is missing although card.json lists it. Reinstall dateline.")
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != wanted:
        raise ModelError(
            f"{path} is damaged: its SHA-256 is {found[:12]}..., card.json says {wanted[:12]}.... Reinstall dateline."
        )
