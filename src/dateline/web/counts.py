"""How many rows a question has, remembered while the record stays as it is: counting walks through a big record."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Final

from dateline.archive import Archive

_MOST: Final = 2_000


class Counts:
    """Answers of `Archive.count`, forgotten as soon as the record's files change."""

    def __init__(self, record: Path) -> None:
        self._files = (record, Path(f"{record}-wal"))
        self._lock = threading.Lock()
        self._state: tuple[tuple[int, int], ...] = ()
        self._known: dict[tuple[str, str, str], int] = {}

    def count(self, archive: Archive, kind: str, query: str = "", as_of: str = "") -> int:
        """How many rows of a kind answer a query, as of a day ("" for now).

        Raises:
            QueryError, UsageError, StoreError: as `Archive.count` does.
        """
        asked = (kind, query, as_of)
        state = tuple(map(_state, self._files))
        with self._lock:
            if state != self._state or len(self._known) >= _MOST:
                self._known.clear()
                self._state = state
            known = self._known.get(asked)
        if known is not None:
            return known
        found = archive.count(kind, query, as_of=as_of or None)
        with self._lock:
            # Kept only if nothing was written meanwhile: the answer might be of before or after.
            if state == self._state == tuple(map(_state, self._files)):
                self._known[asked] = found
        return found


def _state(file: Path) -> tuple[int, int]:
    """What changes whenever the file is written; zeros where there is none."""
    try:
        found = file.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
