"""What a file is: by its content first, by its name second."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Literal

from dateline.sources.decoding import is_binary, marked_encoding
from dateline.sources.fields import DATE_NAMES, TEXT_NAMES, plain_name

Kind = Literal["text", "json", "jsonl", "csv", "parquet", "html", "gzip", "zip", "tar", "binary", "empty"]

HEAD_BYTES = 65_536
# Files a folder is searched for; others in it are passed over unless named themselves.
_SUFFIXES = ".txt .text .md .htm .html .xhtml .json .jsonl .ndjson .csv .tsv .tab .parquet .pq .zip .tar .tgz"
ARTICLE_SUFFIXES = frozenset(("", *_SUFFIXES.split()))
_TABLE_SUFFIXES = (".csv", ".tsv", ".tab")
_NOT_ARTICLES = re.compile(
    r"(?:readme|licen[cs]e|notice|changes|changelog|copying|authors|contributing|makefile)\b", re.IGNORECASE
)
_HTML = re.compile(rb"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_MAGIC = (
    (b"%PDF", "a PDF: save its text as a .txt file first"),
    (b"{\\rtf", "an RTF document: save it as plain text first"),
    (b"\xd0\xcf\x11\xe0", "an old Word document: save it as plain text first"),
    (b"SQLite format 3", "a SQLite database: ask a record with `dateline events FILE`"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"7z\xbc\xaf", "a 7-Zip archive: unpack it first"),
    (b"BZh", "a bzip2 file: unpack it first"),
    (b"\xfd7zXZ", "an xz file: unpack it first"),
    (b"(\xb5/\xfd", "a Zstandard file: unpack it first"),
)


def bare_suffix(name: str) -> str:
    """The suffix of a file name in lower case, without a `.gz` at its end."""
    path = Path(name.lower())
    return Path(path.stem).suffix if path.suffix == ".gz" else path.suffix


def is_article_name(name: str) -> bool:
    """Whether a file found in a folder is one to read, by its name alone."""
    if name.startswith((".", "~", "_")) or _NOT_ARTICLES.match(name):
        return False
    return bare_suffix(name) in ARTICLE_SUFFIXES


def kind_of(head: bytes, name: str) -> Kind:
    """The kind of a file from its first bytes (`HEAD_BYTES` are enough) and its name ("" for standard input)."""
    if not head.strip(b" \t\r\n\x0b\x0c\xef\xbb\xbf"):
        return "empty"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head[257:262] == b"ustar":
        return "tar"
    if any(head.startswith(magic) for magic, _ in _MAGIC) or is_binary(head):
        return "binary"
    suffix = bare_suffix(name)
    text = head.decode(marked_encoding(head) or "utf-8", "replace").lstrip("\ufeff \t\r\n")
    if _HTML.search(text[:4000].encode("utf-8", "replace")) and text.startswith("<"):
        return "html"
    if suffix in (".jsonl", ".ndjson") and not text.startswith("["):
        return "jsonl"
    if suffix == ".json" or text.startswith(("{", "[{", "[\n", "[ ", "[\r")):
        return _json_kind(text, suffix)
    if suffix in _TABLE_SUFFIXES or delimiter_of(text) is not None:
        return "csv"
    return "html" if suffix in (".html", ".htm", ".xhtml") else "text"


def what_binary(head: bytes) -> str:
    """What an unreadable file is, in words, and what to do about it."""
    for magic, words in _MAGIC:
        if head.startswith(magic):
            return words
    return "no text: give plain text, HTML, JSON, JSONL, CSV, TSV or Parquet"


def delimiter_of(text: str) -> str | None:
    """The delimiter of a table whose first line names a text and a date column; None where it is no such line."""
    first = re.split(r"[\r\n]", text.lstrip("\ufeff"), maxsplit=1)[0]
    if len(first) > 4000 or len(first) == len(text):
        return None
    for delimiter in (",", "\t", ";", "|"):
        cells = {plain_name(cell) for cell in next(csv.reader([first], delimiter=delimiter), [])}
        if cells & TEXT_NAMES and cells & DATE_NAMES and len(cells) >= 2:
            return delimiter
    return None


def _json_kind(text: str, suffix: str) -> Kind:
    """JSON lines where the first line is a whole object and another follows, else JSON."""
    if text.startswith("{"):
        lines = [line.strip() for line in text.split("\n", 2)[:2]]
        if len(lines) == 2 and lines[0].endswith("}") and lines[1].startswith("{") and len(lines[0]) > 2:
            return "jsonl"
        return "json" if suffix == ".json" or re.match(r'\{\s*(?:"|\})', text) else "text"
    return "json" if suffix in (".json", ".jsonl", ".ndjson") or re.match(r"\[\s*(?:\{|\])", text) else "text"
