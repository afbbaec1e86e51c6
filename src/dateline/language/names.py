"""Tidies the edges of found names: no name ends in *of* or a bare hyphen, and hyphenated given names stay whole."""

from __future__ import annotations

from collections.abc import Sequence

_NO_END = frozenset({"of", "and", "the", "in", "for", "to", "at", "on", "by", "with", "&", "'s", "’s"})
_NO_START = frozenset({"pro", "anti", "non", "ex", "of", "and", "in", "to"})
_MARKS = frozenset("-–—/,;:'\"“”‘’(*")


def name_spans(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """The (start, end, kind) of the names in a legal BIO sequence, in order."""
    found: list[tuple[int, int, str]] = []
    for index, label in enumerate(labels):
        prefix, _, kind = label.partition("-")
        if prefix == "B":
            found.append((index, index + 1, kind))
        elif prefix == "I":
            start, _, _ = found.pop()
            found.append((start, index + 1, kind))
    return found


def _is_suffix(word: str) -> bool:
    """Whether the word behind a name's hyphen makes it an adjective, as in *Berg-backed* or *Berg-era*."""
    return word.endswith("ed") or word in {"era", "style", "like", "run", "held", "born", "esque", "type", "free"}


def tidy_names(
    words: Sequence[str], spaced: Sequence[bool], names: Sequence[tuple[int, int, str]]
) -> list[tuple[int, int, str]]:
    """The names (start, end, kind) of a sentence with better edges; those of which nothing remains are left out.

    `spaced` says of each word whether white space follows it.
    """
    tidied: list[tuple[int, int, str]] = []
    for place, (start, end, kind) in enumerate(names):
        limit = names[place + 1][0] if place + 1 < len(names) else len(words)
        # "Wong Kwok-" of "Wong Kwok-kin": the hyphen was taken, so the rest of the name is, too.
        broken = kind == "PER" and words[end - 1] == "-" and end < limit and not spaced[end - 1]
        if broken and words[end].isalpha() and not _is_suffix(words[end]):
            end += 1
        while end > start and (words[end - 1] in _NO_END or words[end - 1] in _MARKS):
            end -= 1
        while start < end and (words[start] in _MARKS or words[start] in _NO_START):
            start += 1
        if words[start:end].count(")") > words[start:end].count("("):
            end = start + list(words[start:end]).index(")")
        if start < end:
            tidied.append((start, end, kind))
    return tidied
