"""How many rows a question has, remembered while the record stays as it is: counting walks through a big record."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from dateline.archive import Archive, Group

T = TypeVar("T")

_MOST: Final = 1_000


class Counts:
    """Answers of `Archive.count` and `Archive.groups`, forgotten as soon as the record's files change."""

    def __init__(self, record: Path) -> None:
        self._files = (record, Path(f"{record}-wal"))
        self._lock = threading.Lock()
        self._state: tuple[tuple[int, int], ...] = ()
        self._known: dict[tuple[str, ...], Any] = {}

    def count(self, archive: Archive, kind: str, query: str = "", as_of: str = "") -> int:
        """How many rows of a kind answer a query, as of a day ("" for now).

        Raises:
            QueryError, UsageError, StoreError: as `Archive.count` does.
        """
        return self.remember(("count", kind, query, as_of), lambda: archive.count(kind, query, as_of=as_of or None))

    def groups(
        self,
        archive: Archive,
        kind: str,
        query: str,
        by: tuple[str, ...],
        *,
        as_of: str = "",
        most: int = 1_000,
        among: list[int] | None = None,
    ) -> list[Group]:
        """What `Archive.groups` gives.

        Raises:
            QueryError, UsageError, StoreError: as `Archive.groups` does.
        """
        asked = ("groups", kind, query, as_of, *by, str(most))
        return self.remember(
            asked, lambda: archive.groups(kind, query, by, as_of=as_of or None, most=most, among=among)
        )

    def remember(self, asked: tuple[str, ...], find: Callable[[], T]) -> T:
        """What `find` finds, or what it found before for the same question."""
        state = tuple(map(_state, self._files))
        with self._lock:
            if state != self._state or len(self._known) >= _MOST:
                self._known.clear()
                self._state = state
            if asked in self._known:
                return cast(T, self._known[asked])
        found = find()
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
