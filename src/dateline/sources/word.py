"""Word documents (DOCX) to plain paragraphs: what a reader sees, without deleted words, fields and pictures."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any, BinaryIO

from dateline.sources.archives import limited

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DOCUMENT = "word/document.xml"
_MOST_BYTES = 150_000_000
_MOST_PIECES = 200_000
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}


class WordFault(Exception):
    """A document that cannot be read; the message says why, as the end of a sentence."""


def is_word(archive: zipfile.ZipFile) -> bool:
    """Whether a ZIP archive is a Word document."""
    names = archive.NameToInfo
    return _DOCUMENT in names and "[Content_Types].xml" in names


def word_lines(file: BinaryIO) -> Iterator[str]:
    """The paragraphs of a Word document, empty ones too; a line break inside one begins another.

    Raises:
        WordFault: it is damaged, protected or no Word document; what stands before the damage was given.
    """
    from lxml import etree

    try:
        with zipfile.ZipFile(file) as archive:
            if not is_word(archive):
                raise WordFault("it is no Word document")
            info = archive.getinfo(_DOCUMENT)
            if info.file_size > _MOST_BYTES:
                raise WordFault(f"its text is {info.file_size / 1_000_000:,.0f} MB long, as no document is")
            with archive.open(info) as stream:
                yield from _paragraphs(limited(stream, info.compress_size))
    except etree.XMLSyntaxError as error:
        raise WordFault(f"its XML has a fault ({' '.join(str(error).split())[:120]})") from None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError, zlib.error) as error:
        raise WordFault(f"it is damaged ({' '.join(str(error).split())[:120]})") from None


def _paragraphs(stream: IO[bytes]) -> Iterator[str]:
    from lxml import etree

    events = etree.iterparse(
        stream,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    # Paragraphs nest (text boxes), and what is inside a fallback is written twice.
    open_paragraphs: list[list[str]] = []
    hidden = 0
    for event, element in events:
        if element.tag == _FALLBACK:
            hidden += 1 if event == "start" else -1
            continue
        name = _name(element)
        if name == "p":
            if event == "start":
                open_paragraphs.append([])
            elif open_paragraphs:
                yield from "".join(open_paragraphs.pop()).split("\n")
                _forget(element)
        elif event == "end" and open_paragraphs and not hidden:
            if name == "t":
                open_paragraphs[-1].append(element.text or "")
            elif name in _MARKS:
                open_paragraphs[-1].append(_MARKS[name])
            if len(open_paragraphs[-1]) > _MOST_PIECES:
                raise WordFault(f"one paragraph has more than {_MOST_PIECES:,} pieces, as no document has")


def _name(element: Any) -> str:
    tag: str = element.tag
    for space in (_WORD, _STRICT):
        if tag.startswith(space):
            return tag[len(space) :]
    return ""


def _forget(element: Any) -> None:
    """Let go of a paragraph that has been read, and of those before it, so that memory does not grow."""
    element.clear(keep_tail=True)
    while element.getprevious() is not None:
        del element.getparent()[0]
