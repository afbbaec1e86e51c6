"""The lexicon as one number: which rules and tables a run used."""

from __future__ import annotations

import hashlib
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path


def lexicon_digest(overlay: Path | None = None) -> str:
    """SHA-256 over the names and contents of all lexicon files, the user's after ours."""
    digest = hashlib.sha256()
    roots: list[Traversable] = [resources.files("dateline.lexicon").joinpath("data")]
    if overlay is not None and overlay.is_dir():
        roots.append(overlay)
    for root in roots:
        for folder in sorted(root.iterdir(), key=lambda item: item.name):
            if not folder.is_dir():
                continue
            for file in sorted(folder.iterdir(), key=lambda item: item.name):
                if file.name.endswith((".toml", ".tsv", ".tsv.gz")):
                    content = hashlib.sha256(file.read_bytes()).hexdigest()
                    digest.update(f"{folder.name}/{file.name} {content}\n".encode())
    return digest.hexdigest()
