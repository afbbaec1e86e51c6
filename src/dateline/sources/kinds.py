"""What a file is: by its content first, by its name second."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Literal

from dateline.sources.banks.factiva import is_factiva, is_factiva_page
from dateline.sources.banks.nexis import is_nexis, is_old_nexis
from dateline.sources.banks.proquest import is_proquest
from dateline.sources.decoding import is_binary, marked_encoding
from dateline.sources.fields import DATE_NAMES, TEXT_NAMES, plain_name

Kind = Literal[
    "text",
    "json",
    "jsonl",
    "csv",
    "parquet",
    "html",
    "gzip",
    "zip",
    "tar",
    "binary",
    "empty",
    "feed",
    "opml",
    "nitf",
    "newsml",
    "newsitem",
    "xml",
    "mail",
    "mailbox",
    "warc",
    "rtf",
    "nexis",
    "nexis-old",
    "factiva",
    "factiva-page",
    "proquest",
    "proquest-page",
]

HEAD_BYTES = 65_536
# Files a folder is searched for; others in it are passed over unless named themselves.
_SUFFIXES = (
    ".txt .text .md .htm .html .xhtml .json .jsonl .ndjson .csv .tsv .tab .parquet .pq .zip .tar .tgz "
    ".rss .rdf .atom .xml .opml .nitf .eml .mbox .mbx .warc .docx .rtf"
)
ARTICLE_SUFFIXES = frozenset(("", *_SUFFIXES.split()))
_TABLE_SUFFIXES = (".csv", ".tsv", ".tab")
_NOT_ARTICLES = re.compile(
    r"(?:readme|licen[cs]e|notice|changes|changelog|copying|authors|contributing|makefile)\b", re.IGNORECASE
)
# Root elements by which XML is told; case counts, for NewsML-G2 has newsItem and Reuters has newsitem.
_XML_KINDS: dict[str, Kind] = {
    "rss": "feed",
    "RDF": "feed",
    "feed": "feed",
    "channel": "feed",
    "opml": "opml",
    "nitf": "nitf",
    "newsMessage": "newsml",
    "newsItem": "newsml",
    "packageItem": "newsml",
    "knowledgeItem": "newsml",
    "newsitem": "newsitem",
}
_ROOT_NAME = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?([A-Za-z_][\w.-]{0,60})")
_TAG = re.compile(r"<[^>]{0,300}>")
_MAIL_LINE = re.compile(r"[!-9;-~]{1,70}:(?: .*|$)")
_MAIL_SURE = re.compile(r"(?im)^(?:message-id|received|return-path|mime-version|delivered-to|x-mozilla-status):")
_MAIL_LIKELY = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (r"^from:.*@", r"^subject:", r"^date:.*[0-9]:[0-9]")
)
_MAILBOX = re.compile(
    rb"From \S{1,300} {1,9}(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
)
_HTML = re.compile(rb"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_MAGIC = (
    (b"%PDF", "a PDF: save its text as a .txt file first"),
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
    if head.startswith((b"WARC/1.", b"WARC/0.")):
        return "warc"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if _MAILBOX.match(head):
        return "mailbox"
    if any(head.startswith(magic) for magic, _ in _MAGIC):
        return "binary"
    if is_binary(head) and not is_mail(head.decode("latin-1")):
        return "binary"
    return _text_kind(head.decode(marked_encoding(head) or "utf-8", "replace").lstrip("\ufeff \t\r\n"), name)


def _text_kind(text: str, name: str) -> Kind:
    """The kind of a file of characters, from its beginning."""
    suffix = bare_suffix(name)
    if (root := root_name(text)) is not None and root in _XML_KINDS:
        return _XML_KINDS[root]
    if _HTML.search(text[:4000].encode("utf-8", "replace")) and text.startswith("<"):
        return _page_kind(text)
    if text.startswith("<?xml"):
        return "xml"
    if is_mail(text):
        return "mail"
    if bank := _bank_kind(text):
        return bank
    if suffix in (".jsonl", ".ndjson") and not text.startswith("["):
        return "jsonl"
    if suffix == ".json" or text.startswith(("{", "[{", "[\n", "[ ", "[\r")):
        return _json_kind(text, suffix)
    if suffix in _TABLE_SUFFIXES or delimiter_of(text) is not None:
        return "csv"
    return "html" if suffix in (".html", ".htm", ".xhtml") else "text"


def root_name(text: str) -> str | None:
    """The name of the root element of a text that may be XML, without its prefix; None where none comes in sight."""
    at = 0
    while at < len(text) and text.startswith("<", at):
        if text.startswith("<?", at):
            end = text.find("?>", at)
            skip = 2
        elif text.startswith("<!--", at):
            end = text.find("-->", at)
            skip = 3
        elif text.startswith("<!", at):
            subset, plain = text.find("[", at), text.find(">", at)
            end = text.find("]>", at) if 0 <= subset < plain else plain
            skip = 2 if 0 <= subset < plain else 1
        else:
            found = _ROOT_NAME.match(text, at)
            return found[1] if found else None
        if end < 0:
            return None
        at = end + skip
        while at < len(text) and text[at].isspace():
            at += 1
    return None


def is_mail(text: str) -> bool:
    """Whether a text begins with the header of an e-mail, and not with the few lines a user writes above an article."""
    header: list[str] = []
    for line in text[:20_000].splitlines():
        if not line.strip():
            break
        if not (_MAIL_LINE.match(line) or (header and line[0] in " \t")):
            return False
        header.append(line)
    block = "\n".join(header)
    return len(header) >= 3 and bool(
        (_MAIL_SURE.search(block) and any(likely.search(block) for likely in _MAIL_LIKELY))
        or all(likely.search(block) for likely in _MAIL_LIKELY)
    )


def _page_kind(text: str) -> Kind:
    if is_factiva_page(text):
        return "factiva-page"
    return "proquest-page" if is_proquest(_TAG.sub("\n", text)) else "html"


def _bank_kind(text: str) -> Kind | None:
    """The news bank whose export a text is."""
    if is_old_nexis(text):
        return "nexis-old"
    if is_proquest(text):
        return "proquest"
    lines = text.splitlines()
    if is_nexis(lines):
        return "nexis"
    return "factiva" if is_factiva(lines) else None


def what_binary(head: bytes) -> str:
    """What an unreadable file is, in words, and what to do about it."""
    for magic, words in _MAGIC:
        if head.startswith(magic):
            return words
    return "no text: see docs/sources.md for what is read, or save it as plain text"


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
