"""XML read without danger: no entity is expanded, nothing is fetched, depth and size stay small.

A file with a fault is read as far as it goes, and says so.
"""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dateline.records.problem import Problem
from dateline.sources.decoding import decode

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_ENCODING = re.compile(rb"""\A(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})["']""")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_NUMBERED = re.compile(r"&#([xX][0-9A-Fa-f]{1,40}|[0-9]{1,40});?")
_OF_XML = frozenset(("amp", "lt", "gt", "quot", "apos"))
# Characters that XML 1.0 forbids; some feeds carry them all the same.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = frozenset(
    "p br hl1 hl2 h1 h2 h3 h4 h5 h6 li div blockquote tr dt dd pre section block table ul ol para".split()  # noqa: SIM905
)
_LEFT_OUT = frozenset(("media", "script", "style", "figure", "media-caption", "media-reference", "nitf-table"))


class XmlFault(Exception):
    """A document that is not read; the message says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Document:
    """The root element of a document (lxml), and what had to be mended to read it."""

    root: Any
    problems: tuple[Problem, ...] = ()


def parse_xml(data: bytes) -> Document:
    """The tree of an XML document; one with a fault is read up to it, with a problem that says so.

    Raises:
        XmlFault: it declares entities of its own (an attack, in news), or nothing of it is XML.
    """
    from lxml import etree  # only XML needs it

    text, problems = _text_of(data)
    # One encoding for all: what the declaration said is done with, and lxml refuses text that still says it.
    source = _DECLARATION.sub("", text, count=1).encode("utf-8")
    try:
        root = etree.fromstring(source, _parser(recover=False))
    except etree.XMLSyntaxError as error:
        if "entities" in (error.msg or "").lower() or _declares_entities(text):
            raise XmlFault(_ENTITIES) from None
        root = _mended(text)
        if root is None:
            raise XmlFault(f"it is no valid XML ({_why(error)}): fetch or save it again") from None
        message = f"the XML has a fault ({_why(error)}); what could be read around it was read"
        problems = (*problems, Problem("source", "xml-repaired", message))
    except ValueError as error:
        raise XmlFault(f"it is no valid XML ({error}): fetch or save it again") from None
    document_type = root.getroottree().docinfo.internalDTD
    if document_type is not None and next(iter(document_type.iterentities()), None) is not None:
        raise XmlFault(_ENTITIES)
    return Document(root, problems)


_ENTITIES = "it declares entities of its own, as attacks do: take the <!ENTITY> lines out if you trust it"


def name_of(element: Any) -> str:
    """The name of an element without its namespace, in lower case; "" for comments and the like."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1].lower() if isinstance(tag, str) else ""


def children(element: Any, *names: str) -> Iterator[Any]:
    """The children that have one of the names, in order."""
    return (child for child in element if name_of(child) in names)


def first(element: Any, *names: str) -> Any | None:
    """The first descendant by the earliest of the names that is there, whatever its namespace."""
    for name in names:
        for found in element.iter("{*}*"):
            if name_of(found) == name:
                return found
    return None


def words_of(element: Any | None) -> str | None:
    """All words in an element with single blanks between them, None for none."""
    if element is None:
        return None
    return " ".join("".join(element.itertext("{*}*")).split()) or None


def first_words(element: Any, *names: str) -> str | None:
    """The words of the first child with words, by the order of the names."""
    for name in names:
        for child in children(element, name):
            if words := words_of(child):
                return words
    return None


def paragraphs_of(element: Any) -> list[str]:
    """The paragraphs of an element, blanks inside them made single; pictures, captions and scripts left out."""
    from lxml import etree

    parts: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        name = name_of(node)
        if event == "start" and name in _LEFT_OUT:
            walk.skip_subtree()
        elif event == "start":
            parts.append("\u2029" if name in _BREAKS else "")
            parts.append(node.text or "")
        if event != "start" and node is not element:
            parts.append("\u2029" if name in _BREAKS else "")
            parts.append(node.tail or "")
    paragraphs = (" ".join(part.split()) for part in "".join(parts).split("\u2029"))
    return [paragraph for paragraph in paragraphs if paragraph]


def _parser(*, recover: bool) -> Any:
    from lxml import etree

    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=recover,
        remove_pis=True,
    )


def _text_of(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The characters of a document: by its declaration where that holds, else by a guess that leaves a problem."""
    declared = _ENCODING.match(data)
    if declared is not None:
        try:
            return data.decode(declared[1].decode("ascii")).removeprefix("\ufeff"), ()
        except (UnicodeDecodeError, LookupError):
            pass
    decoded = decode(data)
    if decoded is None:
        raise XmlFault("its characters are in no known encoding: save it as UTF-8")
    return decoded.text, decoded.problems


def _mended(text: str) -> Any | None:
    """The tree of a document with forbidden characters and HTML's entities replaced, read up to its fault."""
    from lxml import etree

    known = html.entities.entitydefs

    def plain(found: re.Match[str]) -> str:
        return found[0] if found[1] in _OF_XML else known.get(found[1], f"&amp;{found[1]};")

    bare = _FORBIDDEN.sub("\ufffd", _DECLARATION.sub("", text, count=1))
    mended = _ENTITY.sub(plain, _NUMBERED.sub(_allowed, bare))
    try:
        return etree.fromstring(mended.encode("utf-8"), _parser(recover=True))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _allowed(found: re.Match[str]) -> str:
    """A numbered character, U+FFFD in place of one that cannot be (a parser that recovers would let it through)."""
    digits = found[1]
    code = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    return "\ufffd" if code > 0x10FFFF or _FORBIDDEN.match(chr(code)) else found[0]


def _declares_entities(text: str) -> bool:
    start = text.find("<!DOCTYPE")
    return start >= 0 and text.find("<!ENTITY", start, start + 20_000) >= 0


def _why(error: Exception) -> str:
    return " ".join(str(error).split())[:160]
