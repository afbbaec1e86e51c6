"""The manifest of a record: what went in, what read it, and what came out, as one JSON document.

It holds no time of day and no path of a machine beyond the names of the sources, so that whoever reads the same
articles with the same Dateline gets the same manifest, to the byte.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final, Protocol

import msgspec

from dateline.errors import UsageError
from dateline.export.columns import About
from dateline.export.lines import write_array
from dateline.version import __version__

SCHEMA: Final = "dateline.manifest/1"


class RunLike(Protocol):
    """How some articles were read."""

    @property
    def articles(self) -> int: ...
    @property
    def options(self) -> Mapping[str, Any]: ...
    @property
    def versions(self) -> Mapping[str, Any]: ...


class ArticleLike(About, Protocol):
    """An article by its hashes."""

    @property
    def text_sha256(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything but the articles stands in `head`; the articles come in the order of their ids."""

    head: dict[str, Any]
    articles: tuple[dict[str, Any], ...]

    def plain(self) -> dict[str, Any]:
        """The whole as plain data."""
        return {**self.head, "articles": list(self.articles)}


def manifest(
    *,
    record_version: int,
    runs: Sequence[RunLike],
    counts: Mapping[str, int],
    facts: str,
    articles: Iterable[ArticleLike],
) -> Manifest:
    """The manifest of a record from its parts; `facts` is the digest of all facts."""
    digest = hashlib.sha256()
    told = []
    for article in articles:
        digest.update(f"{article.id} {article.text_sha256}\n".encode())
        told.append(
            {
                "id": article.id,
                "ref": article.ref,
                "published": article.published.isoformat(),
                "source": article.source,
                "url": article.url,
                "text_sha256": article.text_sha256,
            }
        )
    head = {
        "schema": SCHEMA,
        "dateline": __version__,
        "record_version": record_version,
        "runs": [
            {"articles": run.articles, "options": dict(run.options), "versions": dict(run.versions)} for run in runs
        ],
        "counts": dict(counts),
        "articles_sha256": digest.hexdigest(),
        "facts_sha256": facts,
    }
    return Manifest(head, tuple(told))


def write_manifest(made: Manifest, out: BinaryIO) -> int:
    """Write a manifest, an article a line; the number of articles."""
    head = msgspec.json.format(msgspec.json.encode(made.head), indent=2).removesuffix(b"\n}")
    return write_array(head + b',\n  "articles": [\n', made.articles, b"\n  ]\n}\n", out)


def read_manifest(data: bytes, where: str) -> dict[str, Any]:
    """A manifest as plain data.

    Raises:
        UsageError: it is none.
    """
    try:
        found = msgspec.json.decode(data)
    except msgspec.DecodeError as error:
        raise UsageError(f"{where}: is no manifest ({error}); `dateline manifest RECORD` makes one") from error
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        raise UsageError(f"{where}: is no manifest of a Dateline record; `dateline manifest RECORD` makes one")
    return found


def differences(ours: dict[str, Any], theirs: dict[str, Any], most: int = 20) -> list[str]:
    """What differs between two manifests, in words; the first `most` articles of each kind are named."""
    found = []
    for name in ("dateline", "record_version", "runs", "counts", "articles_sha256", "facts_sha256"):
        if ours.get(name) != theirs.get(name):
            found.append(f"{name}: here {_short(ours.get(name))}, there {_short(theirs.get(name))}")
    here = {article["id"]: article for article in ours.get("articles", [])}
    there = {article["id"]: article for article in theirs.get("articles", [])}
    for missing, said in ((here.keys() - there.keys(), "only here"), (there.keys() - here.keys(), "only there")):
        named = sorted(missing)
        found += [f"article {id} ({(here.get(id) or there[id])['ref']}): {said}" for id in named[:most]]
        if len(named) > most:
            found.append(f"and {len(named) - most} more articles {said}")
    return found


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return text if len(text) <= 200 else text[:200] + "…"
