"""The query language: the one place where a query string is taken apart.

    query  = terms with blanks between them, all of which must hold
    term   = ["-"] [field ":"] value {("|" | ",") value}
    value  = word | "a phrase in quotes" (a doubled quote inside stands for one)

A leading "-" denies a term; "|" and "," separate alternatives. A term without a field is looked for in the text.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from dateline.errors import QueryError
from dateline.store.countries import code_of_name, country_code, is_code, known_names
from dateline.store.fields import BY_NAME, SECTORS, Field, nearest, nearest_field
from dateline.store.words import storable

_FIELD = re.compile(r"([A-Za-z][A-Za-z_-]*):")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_BARE = re.compile(r'[^\s"|,]+')
_PLAIN_WORD = re.compile(r'[^\s"|]+')
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_COMPARED = re.compile(r"(<=|>=|<|>|=)?(.+)", re.DOTALL)
_LONGEST: Final = 10_000


@dataclass(frozen=True, slots=True)
class Who:
    """An actor asked for: by country code, by sector, by both, or by name (all given must hold)."""

    country: str | None
    sector: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Words:
    """Words asked for; `quoted` where they were in quotes."""

    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Days:
    """Days asked for, both included; None where open."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers asked for; `low_open` and `high_open` where the bound itself is left out."""

    low: float | None
    high: float | None
    low_open: bool = False
    high_open: bool = False


@dataclass(frozen=True, slots=True)
class Nothing:
    """`field:none`: facts that have no such thing."""


Value = Who | Words | Days | Range | Nothing | str


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: the field, its alternatives, whether it is denied, and the column (from 1) where it stands."""

    field: str
    values: tuple[Value, ...]
    denied: bool
    column: int


@dataclass(frozen=True, slots=True)
class Filter:
    """A query, understood."""

    terms: tuple[Term, ...] = ()
    versions: Literal["newest", "all"] = "newest"
    sort: str | None = None
    limit: int | None = None


def parse_query(query: str) -> Filter:
    """Understand a query such as `actor:NOR type:CONSULT -status:denied since:2020-03`.

    Raises:
        QueryError: the message names the column and, where one is near, the field or value probably meant.
    """
    if len(query) > _LONGEST:
        raise QueryError(f"query: {len(query)} characters are too many; write at most {_LONGEST}")
    query = storable(query)
    terms: list[Term] = []
    at = _skip_blanks(query, 0)
    while at < len(query):
        term, at = _term(query, at)
        if term is not None:
            terms.append(term)
        at = _skip_blanks(query, at)
    return Filter(
        tuple(term for term in terms if term.field not in ("versions", "sort", "limit")),
        "all" if _single(terms, "versions") == "all" else "newest",
        _single(terms, "sort"),
        int(limit) if (limit := _single(terms, "limit")) is not None else None,
    )


def _skip_blanks(query: str, at: int) -> int:
    while at < len(query) and query[at].isspace():
        at += 1
    return at


def _term(query: str, at: int) -> tuple[Term | None, int]:
    start = at
    denied = query[at] == "-" and at + 1 < len(query) and not query[at + 1].isspace()
    at += denied
    named = _FIELD.match(query, at)
    if named is None:
        return _bare_term(query, start, at, denied)
    name = named[1].lower()
    field = BY_NAME.get(name)
    if field is None:
        raise _unknown_field(named[1], at)
    values = []
    at = named.end()
    while True:
        column = at + 1
        text, quoted, at = _value(query, at, field, column)
        values.append(_understood(field, text, quoted, column))
        if at >= len(query) or query[at] not in "|,":
            break
        if query[at] == "," and field.form in ("number", "count"):
            raise QueryError(f"query, column {at + 1}: write numbers without commas (1000); | separates alternatives")
        at += 1
    if denied and name in ("versions", "sort", "limit"):
        raise QueryError(f"query, column {start + 1}: '{name}' cannot be denied; leave out the '-'")
    return Term(name, tuple(values), denied, start + 1), at


def _bare_term(query: str, start: int, at: int, denied: bool) -> tuple[Term | None, int]:
    """Words without a field: looked for in the text. Commas are no separators here, as in any sentence."""
    values: list[Value] = []
    while True:
        quoted = _QUOTED.match(query, at)
        plain = None if quoted else _PLAIN_WORD.match(query, at)
        if quoted is not None:
            values.append(Words(quoted[1].replace('""', '"'), True))
            at = quoted.end()
        elif plain is not None:
            values.append(Words(plain[0], False))
            at = plain.end()
        else:
            raise _missing_value(query, at, "'|'" if values else "'-'" if denied else "this place")
        if at >= len(query) or query[at] != "|":
            break
        at += 1
    _check_end(query, at)
    if len(values) == 1 and not denied and isinstance(values[0], Words) and not values[0].quoted:
        word = values[0].text
        if word == "AND":
            return None, at
        if word in ("OR", "NOT"):
            hint = "write a|b for alternatives" if word == "OR" else "write -word for what must not be"
            raise QueryError(
                f"query, column {start + 1}: {word} is no operator here; {hint}, or quote it to look for it"
            )
    return Term("text", tuple(values), denied, start + 1), at


def _value(query: str, at: int, field: Field, column: int) -> tuple[str, bool, int]:
    quoted = _QUOTED.match(query, at)
    if quoted is not None:
        _check_end(query, quoted.end())
        return quoted[1].replace('""', '"'), True, quoted.end()
    bare = _BARE.match(query, at)
    if bare is None:
        raise _missing_value(query, at, f"'{field.name}:', for example {field.example}")
    end = bare.end()
    if end < len(query) and query[end] == '"':
        raise QueryError(
            f"query, column {end + 1}: a quotation mark inside a word; quote the whole value of '{field.name}'"
        )
    return bare[0], False, end


def _missing_value(query: str, at: int, where: str) -> QueryError:
    if at < len(query) and query[at] == '"':
        return QueryError(f"query, column {at + 1}: the quotation mark is never closed")
    return QueryError(f"query, column {at + 1}: a value is missing after {where}")


def _check_end(query: str, at: int) -> None:
    if at < len(query) and not query[at].isspace() and query[at] not in "|,":
        raise QueryError(f"query, column {at + 1}: leave a blank after the closing quotation mark")


def _unknown_field(name: str, at: int) -> QueryError:
    meant = nearest_field(name)
    hint = f"did you mean '{meant}'?" if meant else f"known fields: {', '.join(BY_NAME)}"
    return QueryError(f"query, column {at + 1}: unknown field '{name}'; {hint}")


def _single(terms: list[Term], name: str) -> str | None:
    """The one value of a field that arranges the answer instead of choosing rows."""
    found = [term for term in terms if term.field == name]
    if len(found) > 1:
        raise QueryError(f"query, column {found[1].column}: '{name}' stands twice; keep one")
    if found and len(found[0].values) > 1:
        raise QueryError(f"query, column {found[0].column}: '{name}' takes one value")
    return str(found[0].values[0]) if found else None


def _understood(field: Field, text: str, quoted: bool, column: int) -> Value:
    if not text.strip():
        raise QueryError(f"query, column {column}: the value of '{field.name}' is empty, for example {field.example}")
    if field.none and not quoted and text.lower() == "none":
        return Nothing()
    match field.form:
        case "actor":
            return _who(text, quoted)
        case "country":
            return _country(field, text, column)
        case "words" | "search":
            return Words(text, quoted)
        case "choice":
            return _choice(field, text, column)
        case "days":
            return _days(field, text, column)
        case "number":
            return _range(field, text, column)
        case "count":
            return _count(field, text, column)
        case "prefix":
            return text


def _who(text: str, quoted: bool) -> Who:
    """NOR, MIL, NOR/MIL, /MIL, Norway or a name. Codes are in capitals and not in quotes: "Ben" is a name."""
    first, slash, second = text.rpartition("/")
    if slash and not quoted and second.upper() in SECTORS:
        country = country_code(first) if first else None
        if country is not None or not first:
            return Who(country, second.upper(), None)
        return Who(None, second.upper(), first)
    if text in SECTORS and not quoted:
        return Who(None, text, None)
    if is_code(text) and not quoted:
        return Who(text, None, None)
    country = code_of_name(text)
    return Who(country, None, None) if country else Who(None, None, text)


def _country(field: Field, text: str, column: int) -> str:
    code = country_code(text)
    if code is None:
        meant = nearest(text, known_names())
        hint = f"; did you mean '{meant}'?" if meant else "; write a code such as NOR or a name such as Norway"
        raise QueryError(f"query, column {column}: '{field.name}' knows no country '{text}'{hint}")
    return code


def _choice(field: Field, text: str, column: int) -> str:
    folded = {value.casefold(): value for value in field.allowed}
    value = folded.get(text.casefold().replace("-", "_")) or folded.get(text.casefold().replace("_", "-"))
    value = folded.get(text.casefold()) or value
    if value is not None:
        return value
    meant = nearest(text, field.allowed)
    hint = f"did you mean '{meant}'? " if meant else ""
    raise QueryError(
        f"query, column {column}: '{field.name}' has no value '{text}'; {hint}it takes {', '.join(field.allowed)}"
    )


def _days(field: Field, text: str, column: int) -> Days:
    if ".." in text:
        left, _, right = text.partition("..")
        first = _period(field, left, column)[0] if left else None
        last = _period(field, right, column)[1] if right else None
        if (first is None and last is None) or (first and last and first > last):
            raise QueryError(
                f"query, column {column}: '{text}' is no period; write the earlier day first, as in 2020-03..2020-04"
            )
        return Days(first, last)
    compared = _COMPARED.fullmatch(text)
    sign, period = (compared[1] or "", compared[2]) if compared else ("", text)
    first, last = _period(field, period, column)
    if sign == ">":
        return Days(_next_day(last, 1), None)
    if sign == "<":
        return Days(None, _next_day(first, -1))
    if sign == ">=" or field.name == "since":
        return Days(first, None)
    if sign == "<=" or field.name == "until":
        return Days(None, last)
    return Days(first, last)


def _next_day(day: date, step: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + step, 1), date.max.toordinal()))


def _period(field: Field, text: str, column: int) -> tuple[date, date]:
    """First and last day of a year, month or day."""
    found = _DAY.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        year, month, day = int(found[1]), found[2], found[3]
        if day is not None:
            return date(year, int(month), int(day)), date(year, int(month), int(day))
        if month is not None:
            return date(year, int(month), 1), date(year, int(month), calendar.monthrange(year, int(month))[1])
        return date(year, 1, 1), date(year, 12, 31)
    except (ValueError, calendar.IllegalMonthError):
        message = f"'{text}' is no date for '{field.name}'; write 2020, 2020-03 or 2020-03-14"
        raise QueryError(f"query, column {column}: {message}") from None


def _range(field: Field, text: str, column: int) -> Range:
    if ".." in text.strip("."):
        left, _, right = text.partition("..")
        return Range(_number(field, left, column) if left else None, _number(field, right, column) if right else None)
    compared = _COMPARED.fullmatch(text)
    sign, number = (compared[1] or "=", compared[2]) if compared else ("=", text)
    value = _number(field, number, column)
    match sign:
        case ">" | ">=":
            return Range(value, None, low_open=sign == ">")
        case "<" | "<=":
            return Range(None, value, high_open=sign == "<")
        case _:
            return Range(value, value)


def _number(field: Field, text: str, column: int) -> float:
    try:
        value = float(text.replace("_", ""))
        if value != value or value in (float("inf"), float("-inf")):
            raise ValueError
    except ValueError:
        message = f"'{text}' is no number for '{field.name}'; write for example {field.example}"
        raise QueryError(f"query, column {column}: {message}") from None
    return value


def _count(field: Field, text: str, column: int) -> str:
    if not (text.isascii() and text.isdigit() and int(text[:10]) > 0 and len(text) <= 10):
        raise QueryError(f"query, column {column}: '{field.name}' takes a whole number from 1, not '{text}'")
    return text
