"""Cuts an article's tokens into lexemes for the time grammar: words with their classes, numbers, dates, clock times.

Works whichever way the tokeniser treats hyphens ("10-year" in one token or three) and reads numbers in figures and
words ("two and a half", "nineteen ninety-six"). White space is dropped, an empty line stays as a lexeme that no
pattern takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from spacy.tokens import Doc

from dateline.lexicon.times import TimeWords, Value

NOTHING: frozenset[str] = frozenset()
_NO_VALUES: Mapping[str, Value | float | tuple[int, ...]] = {}
_PIECE = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*\.?|\d+|.", re.S)
_FIGURES = re.compile(
    r"(?P<iso>(?P<iy>\d{4})(?P<is>[-/])(?P<im>\d\d)(?P=is)(?P<id>\d\d)(?:T(?P<it>\d\d:\d\d)(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?)(?![\d-])"
    r"|(?P<slash>(?P<s1>\d{1,2})(?P<sep>[/.-])(?P<s2>\d{1,2})(?P=sep)(?P<s3>\d{4}|\d\d))(?![\d/-]|\.\d)"
    r"|(?P<clock>(?P<ch>[01]?\d|2[0-4])[:.h](?P<cm>[0-5]\d)(?::(?P<cs>[0-5]\d))?)(?![\d:]|\.\d|%)"
    r"|(?P<decade>(?:1[0-9]|20)?\d0)['’]?s(?!\w)"
    r"|(?P<ordinal>\d{1,3})(?:st|nd|rd|th)(?!\w)"
    r"|(?P<mixed>\d+)[ -](?P<top>\d)/(?P<low>\d)(?!\d|/)"
    r"|(?P<fraction>\d)/(?P<below>\d|11)(?!\d|/)"
    r"|(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
)
_CODE = re.compile(
    r"(?:(?P<fiscal>FY)[ -]?['’]?(?P<fy>(?:19|20)\d\d|\d\d)"
    r"|(?:(?P<n1>[1-4])(?P<k1>[QH])|(?P<k2>[QH])(?P<n2>[1-4]))(?:[ -]?['’](?P<short>\d\d)|(?P<year>(?:19|20)?\d\d))?)"
    r"(?![\w-]|['’]\d|[.,]\d)"
)
_MOST = 10**12  # "a million million million" is no count of anything
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_APOSTROPHES = frozenset("'’‘`")
_SHORT_DECADE = re.compile(r"['’‘`](?P<decade>\d0)s(?!\w)|['’‘`](?P<yy>\d\d)(?![\w,.]\d|\w)")
_DOT_CLOCK = re.compile(r"\s*(?:[ap]\.?m\b|GMT|UTC|hours|local)", re.I)


class Lexeme(NamedTuple):
    """A word, number or mark: its characters, its first token, what it can stand for.

    `values` holds what each class of it is worth: a month its number, a NUMBER its amount, a NUMDATE (year, month,
    day), a CLOCK (hour, minute).
    """

    start: int
    end: int
    token: int
    word: str
    signature: frozenset[str]
    values: Mapping[str, Value | float | tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Lexemes:
    """An article as lexemes, with their signatures once more in a row for the automaton; `parsed`: the Doc has tags
    and a tree."""

    doc: Doc
    text: str
    items: list[Lexeme]
    signatures: list[frozenset[str]]
    parsed: bool


def read_lexemes(doc: Doc, words: TimeWords, *, month_first: bool) -> Lexemes:
    """The lexemes of a parsed article; `month_first` says how 03/04/2020 is read where the figures leave it open."""
    text = doc.text
    items = _merged(list(_atoms(doc, text, words, month_first)), words)
    parsed = doc.has_annotation("DEP") and doc.has_annotation("TAG")
    return Lexemes(doc, text, items, [item.signature for item in items], parsed)


def _atoms(doc: Doc, text: str, words: TimeWords, month_first: bool) -> Iterator[Lexeme]:
    done = 0
    signatures, payloads, capital = words.signatures, words.payloads, words.capital
    for token in doc:
        start = token.idx
        word = token.lower_
        end = start + len(token)
        if start < done:
            if end <= done:
                continue
            yield from _pieces(text, done, end, token.i, words, month_first)
            done = end
            continue
        signature = signatures.get(word)
        if signature is not None and word not in _APOSTROPHES:
            if word in capital and (not text[start].isupper() or token.tag_ == "MD"):
                signature = frozenset((word,))
            yield Lexeme(start, end, token.i, word, signature, payloads.get(word, _NO_VALUES))
        elif word.isalpha():
            yield Lexeme(start, end, token.i, word, NOTHING, _NO_VALUES)
        elif word.isspace():
            if word.count("\n") > 1:
                yield Lexeme(start, end, token.i, "", NOTHING, _NO_VALUES)
        else:
            for item in _pieces(text, start, end, token.i, words, month_first):
                yield item
                done = item.end


def _pieces(text: str, start: int, end: int, token: int, words: TimeWords, month_first: bool) -> Iterator[Lexeme]:
    """The lexemes of a token that is no plain word; the last may reach beyond the token's end."""
    at = start
    while at < end:
        found = _figures(text, at, token, words, month_first)
        if found is None:
            piece = _PIECE.match(text, at, end)
            written = piece.group() if piece else text[at]
            if len(written) > 1 and written.endswith(".") and written.lower() not in words.signatures:
                written = written[:-1]
            word = written.lower()
            signature = words.signatures.get(word, NOTHING)
            if word in words.capital and not text[at].isupper():
                signature = frozenset((word,))
            found = Lexeme(at, at + len(written), token, word, signature, words.payloads.get(word, _NO_VALUES))
        yield found
        at = found.end


def _figures(text: str, at: int, token: int, words: TimeWords, month_first: bool) -> Lexeme | None:
    first = text[at]
    if first in "FQH1234":
        code = _CODE.match(text, at)
        if code is not None and not (at and text[at - 1].isalnum()):
            return _period_code(text, code, token)
    if first in "'’‘`":
        short = _SHORT_DECADE.match(text, at)
        if short is None:
            return None
        if short["decade"]:
            return _lexeme(text, short, token, {"DECADE": 190 + int(short["decade"]) // 10})
        return _lexeme(
            text, short, token, {"YY": 1900 + int(short["yy"]) if int(short["yy"]) > 30 else 2000 + int(short["yy"])}
        )
    if not ("0" <= first <= "9") or (at and text[at - 1].isalpha() and text[at - 1] not in "T"):
        return None
    found = _FIGURES.match(text, at)
    if found is None:
        return None
    if found["iso"]:
        return _lexeme(text, found, token, {"NUMDATE": (int(found["iy"]), int(found["im"]), int(found["id"]))})
    if found["slash"]:
        american = month_first and found["sep"] != "."
        numbers = _slash_date(int(found["s1"]), int(found["s2"]), found["s3"], american)
        return _lexeme(text, found, token, {"NUMDATE": numbers} if numbers else {})
    if found["clock"] and (text[found.end("ch")] in ":h" or _DOT_CLOCK.match(text, found.end())):
        return _lexeme(text, found, token, {"CLOCK": (int(found["ch"]), int(found["cm"]))})
    if found["decade"]:
        digits = found["decade"]
        if len(digits) == 4:
            return _lexeme(text, found, token, {"DECADE": int(digits) // 10})
        return _lexeme(text, found, token, {"SHORTDECADE": 190 + int(digits) // 10})
    if found["ordinal"]:
        return _lexeme(text, found, token, _ordinal(int(found["ordinal"])))
    if found["mixed"]:
        return _lexeme(
            text, found, token, {"NUMBER": int(found["mixed"]) + int(found["top"]) / max(1, int(found["low"]))}
        )
    if found.group() == "9/11":
        return _lexeme(text, found, token, {"NUMDATE": (2001, 9, 11)})
    if found["fraction"]:
        return _lexeme(text, found, token, {})
    number = _NUMBER.match(text, at)
    return _lexeme(text, number, token, _number(number.group())) if number else None


def _period_code(text: str, code: re.Match[str], token: int) -> Lexeme | None:
    """A quarter, half or fiscal year by its letter as (parts in a year, which of them, year or 0)."""
    written = code["fy"] or code["short"] or code["year"]
    year = int(written) if written else 0
    if written and len(written) == 2:
        year += 1900 if year > 50 else 2000
    parts = 1 if code["fiscal"] else 4 if (code["k1"] or code["k2"]) == "Q" else 2
    number = 1 if code["fiscal"] else int(code["n1"] or code["n2"])
    return _lexeme(text, code, token, {"PERIODCODE": (parts, number, year)} if number <= parts or parts == 1 else {})


def _lexeme(
    text: str, found: re.Match[str], token: int, values: Mapping[str, Value | float | tuple[int, ...]]
) -> Lexeme:
    return Lexeme(found.start(), found.end(), token, found.group().lower(), frozenset(values), values)


def _number(digits: str) -> dict[str, Value | float | tuple[int, ...]]:
    if len(digits) > 18:
        return {}  # no amount of time
    amount = float(digits.replace(",", ""))
    if amount != int(amount) or "." in digits:
        return {"NUMBER": amount}
    values: dict[str, Value | float | tuple[int, ...]] = {"NUMBER": int(amount)}
    if len(digits) <= 2 and 1 <= amount <= 31:
        values["DAY"] = int(amount)
    if len(digits) <= 2 and amount <= 24:
        values["HOUR"] = int(amount)
    if len(digits) == 4 and digits[0] in "12" and amount < 2200:
        values["YEAR"] = int(amount)
    if len(digits) == 4 and int(digits[:2]) < 24 and int(digits[2:]) < 60:
        values["FOURDIGITS"] = digits
    return values


def _ordinal(number: int) -> dict[str, Value | float | tuple[int, ...]]:
    return {"ORDINAL": number, "DAYORD": number} if 1 <= number <= 31 else {"ORDINAL": number}


def _slash_date(first: int, second: int, last: str, month_first: bool) -> tuple[int, int, int] | None:
    year = int(last) if len(last) == 4 else 2000 + int(last) if int(last) < 50 else 1900 + int(last)
    orders = ((first, second), (second, first)) if month_first else ((second, first), (first, second))
    for month, day in orders:
        try:
            date(year, month, day)
        except ValueError:
            continue
        return year, month, day
    return None


def _merged(items: list[Lexeme], words: TimeWords) -> list[Lexeme]:
    """The lexemes with numbers in words joined to one."""
    merged: list[Lexeme] = []
    at = 0
    while at < len(items):
        signature = items[at].signature
        if signature and (
            "WORDNUMBER" in signature or "WORDTENS" in signature or "WORDORDINAL" in signature or "NUMBER" in signature
        ):
            found, at = _number_words(items, at)
            merged.append(found)
        else:
            merged.append(items[at])
            at += 1
    return merged


def _number_words(items: list[Lexeme], at: int) -> tuple[Lexeme, int]:
    """The number that begins here, as one lexeme, and the index behind it."""
    first = items[at]
    total, stop, ordinal = _below_hundred(items, at)
    if "NUMBER" in first.signature:
        scale = _value(items, at + 1, "WORDSCALE")
        if scale and isinstance(first.values["NUMBER"], int | float):
            return _joined(items, at, at + 2, {"NUMBER": first.values["NUMBER"] * scale}), at + 2
        return first, at + 1
    if total is None:
        return first, at + 1
    if not ordinal and 10 <= total <= 20:
        year = _year_words(items, total, stop)
        if year is not None:
            return _joined(items, at, year[1], {"YEAR": year[0], "NUMBER": year[0]}), year[1]
    while not ordinal:
        scale = _value(items, stop, "WORDSCALE")
        if not scale or total > _MOST:
            break
        total, stop = total * scale, stop + 1
        skip = stop + 1 if stop < len(items) and items[stop].word == "and" else stop
        more, end, ordinal = _below_hundred(items, skip)
        if more is not None and scale >= 100 and "NUMBER" not in items[skip].signature:
            total, stop = total + more, end
    if ordinal:
        values = _ordinal(total)
        if stop == at + 1:  # "second" is a unit, too
            return first._replace(signature=first.signature.union(values), values={**first.values, **values}), stop
        return _joined(items, at, stop, values), stop
    half = [item.word for item in items[stop : stop + 6] if item.word != "-"][:3]
    if half in (["and", "a", "half"], ["and", "one", "half"]):
        end = stop + 3 if items[stop].word == "and" else stop + 6
        return _joined(items, at, end, {"NUMBER": total + 0.5}), end
    values = {"NUMBER": total}
    if 1 <= total <= 12 and stop == at + 1:
        values["HOUR"] = total
    if 1900 <= total <= 2099:
        values["YEAR"] = total
    return _joined(items, at, stop, values), stop


def _below_hundred(items: list[Lexeme], at: int) -> tuple[int | None, int, bool]:
    """(number, index behind it, whether it is an ordinal) of "seven", "twenty-one", "thirty-first"."""
    tens = _value(items, at, "WORDTENS")
    if tens:
        after = at + 2 if at + 1 < len(items) and items[at + 1].word == "-" else at + 1
        ones = _value(items, after, "WORDNUMBER")
        if ones and ones < 10:
            return tens + ones, after + 1, False
        last = _value(items, after, "WORDORDINAL")
        if last and last < 10:
            return tens + last, after + 1, True
        return tens, at + 1, False
    ones = _value(items, at, "WORDNUMBER")
    if ones is not None:
        return ones, at + 1, False
    last = _value(items, at, "WORDORDINAL")
    return (last, at + 1, True) if last else (None, at, False)


def _year_words(items: list[Lexeme], century: int, at: int) -> tuple[int, int] | None:
    """The year in "nineteen ninety-six", "nineteen oh five", "nineteen hundred", from behind its first word."""
    at += at < len(items) and items[at].word == "-"
    rest, stop, ordinal = _below_hundred(items, at)
    if rest is not None and not ordinal and 10 <= rest <= 99 and 17 <= century <= 20:
        return century * 100 + rest, stop
    if 17 <= century <= 20 and at < len(items) and items[at].word in ("oh", "o"):
        rest, stop, ordinal = _below_hundred(items, at + 1)
        if rest is not None and rest < 10 and not ordinal:
            return century * 100 + rest, stop
    return None


def _value(items: list[Lexeme], at: int, name: str) -> int | None:
    if at >= len(items):
        return None
    value = items[at].values.get(name)
    return value if isinstance(value, int) and name in items[at].signature else None


def _joined(items: list[Lexeme], at: int, stop: int, values: Mapping[str, Value | float | tuple[int, ...]]) -> Lexeme:
    first, last = items[at], items[stop - 1]
    word = " ".join(item.word for item in items[at:stop])
    signature = frozenset(values) if stop > at + 1 else frozenset(values) | {first.word}
    return Lexeme(first.start, last.end, first.token, word, signature, values)
