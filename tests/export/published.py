"""The columns of other projects' files as their codebooks list them (`published.txt`)."""

from __future__ import annotations

from pathlib import Path


def published(layout: str) -> list[str]:
    """The columns of a layout, in order."""
    names: list[str] = []
    here = False
    for line in Path(__file__).with_name("published.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            here = line == f"[{layout}]"
        elif here and line:
            names += line.split(", ")
    return names
