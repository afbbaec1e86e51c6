"""Where the development corpora are, and what a score must be printed with: data digest, time and commit."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def corpora_folder() -> Path | None:
    """The folder in DATELINE_CORPORA, or shared/corpora beside the checkout; None where there is none."""
    folder = Path(os.environ.get("DATELINE_CORPORA", ROOT.parent / "shared" / "corpora"))
    return folder if folder.is_dir() else None


def scorers_folder() -> Path | None:
    """The folder of the scorers beside the corpora; None where there is none."""
    corpora = corpora_folder()
    if corpora is None or not (corpora.parent / "scorers").is_dir():
        return None
    return corpora.parent / "scorers"


def digest(paths: Iterable[Path]) -> str:
    """The first 12 hex digits of the SHA-256 over the files, by name order."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.name.encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:12]


def commit() -> str:
    """The short commit of the checkout, with a + where files differ from it; "unknown" outside git."""
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty=+"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else "unknown"


def stamp(data: Iterable[Path]) -> str:
    """One line that says on what, when and with which code a score was made."""
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"data {digest(data)}  commit {commit()}  {now}"
