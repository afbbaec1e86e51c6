"""An article and its spans. Offsets are half-open code-point positions in `Article.text`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from dateline.records.mentions import PlaceMention

PublishedBasis = Literal["given", "header", "dateline", "metadata", "url", "file-time"]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points, `text[start:end]`; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}, {self.end}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A span together with the words it cuts out: `text` is always the verbatim slice."""

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a mark needs 0 <= start < end, not {self.start}, {self.end}")


def mark(text: str, start: int, end: int) -> Mark:
    """The mark of `text[start:end]`."""
    return Mark(start, end, text[start:end])


@dataclass(frozen=True, slots=True)
class Furniture:
    """A stretch of the text that is no reporting: it yields no actors, statements or events."""

    start: int
    end: int
    kind: Literal["header", "dateline", "byline", "caption", "credit", "link", "agency", "boilerplate"]


@dataclass(frozen=True, slots=True)
class Article:
    """One dated article.

    Attributes:
        id: content hash (16 hex digits) of text, date, title, source and url: the same article gives the same id.
        ref: where it came from, as a person would name it (path, path#line, record id); a changed text under the
            same ref is a newer version of the same article.
        published: the publication date against which relative times are resolved.
        published_basis: how that date was found.
        place: the dateline's place ("GENEVA, March 14 (Reuters) -"), if any.
        furniture: parts of `text` that are no reporting (captions, credits, bylines), sorted, not overlapping.
        text_sha256: of `text` as UTF-8.
    """

    id: str
    ref: str
    url: str | None
    source: str | None
    title: str | None
    byline: str | None
    published: date
    published_basis: PublishedBasis
    place: PlaceMention | None
    language: str
    text: str
    text_sha256: str
    furniture: tuple[Furniture, ...] = ()

    def is_furniture(self, start: int, end: int) -> bool:
        """Whether `text[start:end]` touches a part that is no reporting."""
        return any(part.start < end and start < part.end for part in self.furniture)


def content_id(*parts: object) -> str:
    """A stable id: the first 16 hex digits of the SHA-256 of the parts (None and '' are told apart)."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(b"\x00" if part is None else b"\x01" + str(part).encode("utf-8", "surrogatepass"))
        digest.update(b"\x1f")
    return digest.hexdigest()[:16]


def make_article(
    text: str,
    *,
    published: date,
    published_basis: PublishedBasis,
    ref: str,
    url: str | None = None,
    source: str | None = None,
    title: str | None = None,
    byline: str | None = None,
    place: PlaceMention | None = None,
    language: str = "en",
    furniture: tuple[Furniture, ...] = (),
) -> Article:
    """The article with its id and hash worked out; the one way to build an Article."""
    return Article(
        id=content_id(text, published.isoformat(), title, source, url),
        ref=ref,
        url=url,
        source=source,
        title=title,
        byline=byline,
        published=published,
        published_basis=published_basis,
        place=place,
        language=language,
        text=text,
        text_sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        furniture=furniture,
    )
