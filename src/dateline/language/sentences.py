"""Splits a tokenised text into sentences: paragraphs first, then punctuation, with an eye for abbreviations,
initials, quotes and headings."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

_TERMINALS = frozenset({".", "!", "?", "…", "...", "....", "?!", "!?", "!!", "!!!", "??", "???", "。", "！", "？"})
_CLOSERS = frozenset({'"', "'", "”", "’", "''", "’’", "``", ")", "]", "}", "»", "*"})
_OPENERS = frozenset({'"', "'", "“", "‘", "``", "(", "[", "{", "«", "-", "–", "—", "--", "*", "¿", "¡", "•"})
_BULLETS = frozenset({"-", "–", "—", "*", "•", "·", "◦", "▪", "●", "○", "‣", "»"})
_QUOTES = frozenset({'"', "“", "”", "''", "’’", "``", "«", "»", "‘", "’", "'"})

# Quotation marks are counted over so many words at most, so that time stays linear in the length of a text.
_LOOK_BACK = 300
_WORDS = {
    name: frozenset(words.split())
    for name, words in tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8")).items()
}
_NEVER_LAST, _SELDOM_LAST, _STARTERS, _SAYING = (
    _WORDS[name] for name in ("never_last", "seldom_last", "starters", "saying")
)


def sentence_starts(words: Sequence[str], spaced: Sequence[bool]) -> list[int]:
    """The indices of the words that begin a sentence, 0 first.

    `words` are a text's tokens in order, stretches of white space being tokens of their own where they are more than
    one blank;
    `spaced` says whether a blank follows each.
    """
    if not words:
        return []
    starts = [0]
    wrapped = _is_wrapped(words)
    # The first word of the running sentence, the last solid word before here, and whether quotes stand open.
    index, begin, size = 0, 0, len(words)
    while index < size:
        word = words[index]
        if word.isspace():
            if index > begin and "\n" in word.replace("\r", "\n") and _breaks_line(words, begin, index, wrapped):
                begin = _open(starts, words, index + 1)
            index += 1
            continue
        end = _end_of_sentence(words, spaced, begin, index)
        if end > index:
            begin = _open(starts, words, end)
            index = max(begin, index + 1)
        else:
            index += 1
    return starts


def _open(starts: list[int], words: Sequence[str], index: int) -> int:
    """Begins a sentence at the first solid word from `index` on; white space before it stays with the sentence
    before."""
    while index < len(words) and words[index].isspace():
        index += 1
    if index < len(words):
        starts.append(index)
    return index


def _is_wrapped(words: Sequence[str]) -> bool:
    """Whether single line breaks merely fold long lines, as in old wire copy and mail."""
    lengths: list[int] = []
    length = 0
    singles = 0
    for word in words:
        if word.isspace() and "\n" in word:
            lengths.append(length)
            singles += word.count("\n") == 1
            length = 0
        else:
            length += len(word) + 1
    if singles < 3 or not lengths:
        return False
    folded = sum(45 <= length <= 95 for length in lengths)
    return folded >= 0.6 * len(lengths) and max(lengths) <= 110


def _breaks_line(words: Sequence[str], begin: int, index: int, wrapped: bool) -> bool:
    """Whether the white-space token at `index`, which holds a line break, ends the sentence begun at `begin`."""
    if words[index].count("\n") + words[index].count("\r") - words[index].count("\r\n") > 1 or not wrapped:
        return True
    after = _solid(words, index, 1)
    if after is None or after in _BULLETS:
        return True
    length = 0
    for back in range(index - 1, -1, -1):
        if "\n" in words[back]:
            break
        length += len(words[back]) + 1
    # A short line is the end of a paragraph or a heading, where the next one begins like a sentence.
    return length < 45 and (after[0].isupper() or after[0].isdigit() or after in _OPENERS)


def _solid(words: Sequence[str], index: int, step: int) -> str | None:
    """The next word from `index` (exclusive) in the direction of `step` that is no white space."""
    index += step
    while 0 <= index < len(words):
        if not words[index].isspace():
            return words[index]
        index += step
    return None


def _end_of_sentence(words: Sequence[str], spaced: Sequence[bool], begin: int, index: int) -> int:
    """Where the sentence ends if the word at `index` closes it (the index after its closing quotes and brackets),
    else 0."""
    word = words[index]
    if word not in _TERMINALS and not (word[-1] in ".!?" and len(word) > 1):
        return 0
    end = index + 1
    # One mark after another: "?!", "!!!", "...".
    if end < len(words) and words[end] in _TERMINALS:
        return 0
    closed = False
    quoted = sum(words[place] in _QUOTES for place in range(max(begin, index - _LOOK_BACK), index)) % 2 == 1
    while end < len(words) and words[end] in _CLOSERS:
        mark = words[end]
        touching = not spaced[end - 1] and not words[end - 1].isspace()
        opens = not touching and not spaced[end] and end + 1 < len(words) and not words[end + 1].isspace()
        if mark in {'"', "'", "*"} and (opens or (not touching and not quoted)):
            break
        closed = closed or mark in _QUOTES
        end += 1
    following = end
    while following < len(words) and words[following].isspace():
        following += 1
    if following >= len(words):
        return 0
    gap = following > end or spaced[end - 1]
    return end if _may_end(words, begin, index, following, closed, gap) else 0


def _may_end(words: Sequence[str], begin: int, index: int, following: int, closed: bool, gap: bool) -> bool:
    word = words[index]
    place = following
    while place < len(words) - 1 and (words[place] in _OPENERS or words[place].isspace()):
        place += 1
    start = words[place]
    if not gap and not (word in _TERMINALS and start[0].isupper() and len(words[index - 1]) > 2):
        return False
    if word == "." or word not in _TERMINALS:
        allowed = _after_period(words, begin, index, start)
        if allowed is not None:
            return allowed
    if word in {"…", "...", "...."}:
        return start[0].isupper() and start != "I" and not start.startswith("I'")
    if start[0].islower() and (closed or word not in {".", "?", "!"}):
        return False
    if start[0] in ",;:)]":
        return False
    return not (closed and word not in {".", "...", "…"} and _says(words, place))


def _after_period(words: Sequence[str], begin: int, index: int, start: str) -> bool | None:
    """What an abbreviation, an initial or a list number at `index` says about the end; None where it is neither."""
    word = words[index]
    form = (words[index - 1] + "." if word == "." and index > begin else word).lower()
    bare = form[:-1]
    if bare.isdigit() and index - begin <= (1 if word == "." else 0):
        return False
    if form in _NEVER_LAST or (form in {"eg.", "ie."} and bare in word + words[index - 1]):
        # "No." also answers a question: then it is a sentence alone.
        return form == "no." and index - begin <= 1 and start[0].isalpha()
    if len(bare) == 1 and bare.isalpha():
        return start in _STARTERS and start not in {"A", "I"} and index - begin > 3 and words[index - 1][:1].islower()
    if form in _SELDOM_LAST or (word != "." and "." in bare):
        return start in _STARTERS or start[0] in "\"“'‘"
    return None


def _says(words: Sequence[str], place: int) -> bool:
    """Whether a speaker and a verb of saying follow a closed quotation: `"Stop!" Mr. Berg said.`"""
    for word in words[place : place + 6]:
        if word in _SAYING:
            return True
        if not (word[0].isupper() or word in {"the", "of", ".", "'s", "’s", "de", "al", "-", "he", "she", "they"}):
            return False
    return False
