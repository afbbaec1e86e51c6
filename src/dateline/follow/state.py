"""What is known of the feeds followed, kept in a small JSON file beside the record: tags, waits, entries seen."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline.errors import UsageError

_VERSION = "dateline.follow/1"
# Entries that a feed no longer shows are forgotten beyond this many; the record knows their articles all the same.
_MOST_SEEN = 3_000


@dataclass(slots=True)
class FeedState:
    """One feed.

    Attributes:
        etag, modified: what its server said with the last answer that was read to the end.
        next_at: seconds since 1970 before which it is not asked again, 0 for at once.
        failures: how often in a row it could not be read.
        seen: keys of the entries that have been dealt with, oldest first.
    """

    etag: str | None = None
    modified: str | None = None
    next_at: float = 0.0
    failures: int = 0
    seen: dict[str, None] = field(default_factory=dict)

    def note(self, id: str) -> None:
        """Remember an entry as dealt with."""
        self.seen[entry_key(id)] = None

    def knows(self, id: str) -> bool:
        """Whether an entry has been dealt with."""
        return entry_key(id) in self.seen

    def forget_all_but(self, ids: list[str]) -> None:
        """Keep the entries that the feed still shows and the newest others."""
        shown = {entry_key(id) for id in ids}
        extra = len(self.seen) - _MOST_SEEN
        for key in [key for key in self.seen if key not in shown][: max(extra, 0)]:
            del self.seen[key]


def entry_key(id: str) -> str:
    """A short key of an entry's id."""
    return hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def state_path(record: Path) -> Path:
    """Where the state of a record's feeds is kept."""
    return record.with_name(record.name + ".follow.json")


def load_state(path: Path) -> dict[str, FeedState]:
    """The feeds by address; none where there is no file yet.

    Raises:
        UsageError: the file is damaged.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
        if data["schema"] != _VERSION:
            raise ValueError(f"unknown schema {data['schema']!r}")
        return {address: _feed(plain) for address, plain in data["feeds"].items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = (
            f"{path} cannot be read ({error}): delete it to ask all feeds anew; articles known already are not doubled"
        )
        raise UsageError(message) from None


def save_state(path: Path, feeds: dict[str, FeedState]) -> None:
    """Write the state whole or not at all.

    Raises:
        UsageError: the file cannot be written.
    """
    plain = {
        address: {
            "etag": feed.etag,
            "modified": feed.modified,
            "next_at": feed.next_at,
            "failures": feed.failures,
            "seen": list(feed.seen),
        }
        for address, feed in feeds.items()
    }
    beside = path.with_name(path.name + f".{os.getpid()}.part")
    try:
        beside.write_text(json.dumps({"schema": _VERSION, "feeds": plain}, indent=1) + "\n", "utf-8")
        os.replace(beside, path)
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written ({error.strerror}): follow needs a place beside the record"
        ) from None


def _feed(plain: dict[str, Any]) -> FeedState:
    return FeedState(
        etag=plain.get("etag"),
        modified=plain.get("modified"),
        next_at=float(plain.get("next_at") or 0.0),
        failures=int(plain.get("failures") or 0),
        seen=dict.fromkeys(str(key) for key in plain.get("seen") or ()),
    )
