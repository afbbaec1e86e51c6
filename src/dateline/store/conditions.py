"""A filter as SQL for one kind of fact: text with placeholders, and the values for them, which never enter the text."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, get_args

from dateline.errors import QueryError
from dateline.records.claims import PloverType, StatementKind
from dateline.records.mentions import ActorKind, PlaceKind, TimeType
from dateline.store.fields import BY_NAME, FIGURE_KINDS, KINDS, Kind, nearest
from dateline.store.filter import Days, Filter, Nothing, Range, Term, Value, Who, Words
from dateline.store.ordering import Column, order, order_by
from dateline.store.sql import Sql, joined
from dateline.store.words import words_key

__all__ = ["TABLES", "Condition", "Sql", "condition"]


@dataclass(frozen=True, slots=True)
class Condition:
    """What follows FROM: the joined tables with WHERE, the order and the limit.

    The fact's own table has the alias f, its article the alias a (for articles, a alone); `key` is the fact's key.
    `tables` is `source` without WHERE; `counted` the same rows as `source` without the article, which SQLite would look
    up for every single fact that it counts. No two rows are equal in all `columns`.
    """

    key: str
    tables: str
    source: Sql
    counted: Sql
    columns: tuple[Column, ...]
    limit: int | None

    @property
    def order(self) -> str:
        """The columns as they follow ORDER BY."""
        return order_by(self.columns)


TABLES: Final[dict[Kind, str]] = {kind: f"{kind}s" for kind in KINDS}
# Fields of events by which articles can be asked for: together they must hold of one event.
_EVENT_ONLY: Final = frozenset(
    ("actor", "source", "target", "reporter", "country", "sector", "type", "plover", "mode", "context", "cameo", "quad")
) | {"intensity", "status", "confidence", "event"}
# Fields whose values many facts have.
_BROAD: Final = frozenset(("type", "status", "quad", "plover", "kind", "published", "confidence", "intensity"))
# Fields whose values few facts have.
_NARROW: Final = frozenset(("published", "article", "ref", "url", "event", "statement"))
_ARTICLE_FIELDS: Final = frozenset(("published", "outlet", "title", "article", "ref", "url"))
_SIDES: Final = {
    "actor": None, "country": None, "sector": None, "role": None, "source": "source", "target": "target",
    "speaker": "speaker", "addressee": "addressee", "holder": "holder", "claimant": "claimant",
}  # fmt: skip
_CHOICES: Final[dict[tuple[str, Kind], tuple[str, ...]]] = {
    ("type", "event"): get_args(PloverType),
    ("type", "statement"): get_args(PloverType),
    ("type", "figure"): get_args(PloverType),
    ("type", "article"): get_args(PloverType),
    ("type", "time"): get_args(TimeType),
    ("kind", "statement"): get_args(StatementKind),
    ("kind", "figure"): FIGURE_KINDS,
    ("kind", "actor"): get_args(ActorKind),
    ("kind", "place"): get_args(PlaceKind),
}
# Searched as whole words: these texts are short, a full-text index would be larger than they are.
_SHORT_TEXT: Final[dict[Kind, str]] = {
    "figure": "f.words",
    "actor": "f.words || f.role_words",
    "place": "f.words",
}


def condition(
    asked: Filter,
    kind: Kind,
    as_of: date | None = None,
    *,
    dense: bool = False,
    among: Sequence[int] | None = None,
) -> Condition:
    """The SQL of a filter for one kind of fact.

    Args:
        dense: many facts are known to pass, so that the first rows are soonest found by walking through all in order.
        among: the keys of all facts that pass, if they are known; the terms are then not asked again.
        as_of: answer from what had been published by that day, in the version that was the newest then.

    Raises:
        QueryError: a field or value that this kind of fact does not have.
    """
    for term in asked.terms:
        _check(term, kind)
    columns = order(asked, kind)
    if kind == "article":
        where = _of_articles(asked, as_of)
        source = Sql(f"articles a WHERE {where.text}", where.parameters)
        return Condition("a.key", "articles a", source, source, columns, asked.limit)
    if among is None:
        where = joined([_current(asked, kind, as_of), *_terms(asked, kind, dense=dense)])
    else:
        where = Sql("f.key IN (SELECT value FROM json_each(?))", (json.dumps(list(among)),))
    facts = TABLES[kind]
    # LEFT, though every fact has an article: SQLite then passes over the articles where no condition is about them.
    tables = f"{facts} f LEFT JOIN articles a ON a.key = f.article"
    source = Sql(f"{tables} WHERE {where.text}", where.parameters)
    if kind == "problem":
        return Condition("f.key", tables, source, source, columns, asked.limit)
    counted = Sql(f"{facts} f WHERE {where.text}", where.parameters)
    if among is None and _by_article(asked, dense=dense, first_is_published=columns[0].text == "a.published"):
        tables = f"articles a CROSS JOIN {facts} f ON f.article = a.key"
        where = joined([_current(asked, kind, as_of), *_terms(asked, kind, dense=True, at_hand=True)])
        source = Sql(f"{tables} WHERE {where.text}", where.parameters)
    return Condition("f.key", tables, source, counted, columns, asked.limit)


def _of_articles(asked: Filter, as_of: date | None) -> Sql:
    """The conditions on articles; those about events must together hold of one event."""
    pieces = [_current(asked, "article", as_of)]
    pieces += [_term(term, "article") for term in asked.terms if term.field not in _EVENT_ONLY]
    events = [term for term in asked.terms if term.field in _EVENT_ONLY]
    if events:
        held = joined([_term(term, "event") for term in events])
        pieces.append(Sql(f"EXISTS (SELECT 1 FROM events f WHERE f.article = a.key AND {held.text})", held.parameters))
    return joined(pieces)


def _terms(asked: Filter, kind: Kind, *, dense: bool, at_hand: bool = False) -> list[Sql]:
    """The terms of a filter of facts. One that asks for somebody who takes part can give all facts of theirs to begin
    with; where there is a better beginning, or nothing to begin with, each fact is asked for its own people instead.

    Args:
        at_hand: the articles stand before the facts already, and need not be looked up.
    """
    begun = dense or any(_is_narrow(term) for term in asked.terms)
    pieces = []
    for term in asked.terms:
        piece = _term(term, kind, at_hand=at_hand)
        given = f"f.key IN (SELECT p.{kind} FROM {kind}_participants p WHERE "
        if given in piece.text:
            if begun or term.denied:
                own = f"EXISTS (SELECT 1 FROM {kind}_participants p WHERE p.{kind} = f.key AND "
                text = piece.text.replace(given, own)
                # The plus keeps SQLite from looking up all of a country's facts for each single one.
                piece = Sql(
                    text.replace("p.country = ", "+p.country = ").replace("p.name IN", "+p.name IN"), piece.parameters
                )
            else:
                begun = True
        pieces.append(piece)
    return pieces


def _is_narrow(term: Term) -> bool:
    """Whether a term leaves few facts: an id, a place where articles came from, days with an end on both sides."""
    if term.denied or term.field not in _NARROW:
        return False
    days = [value for value in term.values if isinstance(value, Days)]
    return all(value.first is not None and value.last is not None for value in days)


def _by_article(asked: Filter, *, dense: bool, first_is_published: bool) -> bool:
    """Whether to walk through the articles in order of publication: nothing need then be sorted, and where the filter
    lets many facts pass, or few articles, the first ones are there at once."""
    broad = dense or all(term.denied or term.field in _BROAD for term in asked.terms)
    return first_is_published and (broad or any(map(_is_narrow, asked.terms)))


def _check(term: Term, kind: Kind) -> None:
    field = BY_NAME[term.field]
    if kind not in field.kinds:
        where = ", ".join(f"{known}s" for known in field.kinds)
        raise QueryError(f"query, column {term.column}: {kind}s have no '{term.field}'; it asks for {where}")
    allowed = _CHOICES.get((term.field, kind))
    for value in term.values:
        if allowed is not None and isinstance(value, str) and value not in allowed:
            meant = nearest(value, allowed)
            hint = f"did you mean '{meant}'? " if meant else ""
            message = f"the {term.field} of {kind}s is never '{value}'; {hint}it is one of {', '.join(allowed)}"
            raise QueryError(f"query, column {term.column}: {message}")


def _current(asked: Filter, kind: Kind, as_of: date | None) -> Sql:
    """The newest versions, on the day asked for; problems without an article have no version."""
    if as_of is None:
        if asked.versions == "all":
            return Sql("1")
        if kind == "article":
            return Sql("a.superseded_by IS NULL")
        older = "f.article IN (SELECT key FROM articles WHERE superseded_by IS NOT NULL)"
        return Sql(f"({older}) IS NOT TRUE")
    day = as_of.isoformat()
    newer = "(SELECT n.published FROM articles n WHERE n.key = a.superseded_by)"
    then = Sql(f"a.published <= ? AND (a.superseded_by IS NULL OR {newer} > ?)", (day, day))
    if asked.versions == "all":
        then = Sql("a.published <= ?", (day,))
    if kind == "article":
        return then
    return Sql(f"f.article IN (SELECT a.key FROM articles a WHERE {then.text})", then.parameters)


def _term(term: Term, kind: Kind, *, at_hand: bool = False) -> Sql:
    build = _BUILDERS.get(BY_NAME[term.field].form, _plain)
    either = joined([build(term.field, value, kind) for value in term.values], "OR")
    apart = kind != "article" and not at_hand and (term.field, kind) != ("ref", "problem")
    if term.field in _ARTICLE_FIELDS and apart:
        # Asked of the articles first, of which there are few: facts are then found by their article.
        either = Sql(f"f.article IN (SELECT a.key FROM articles a WHERE {either.text})", either.parameters)
    # IS NOT TRUE: what is unknown does not hold, so its denial does.
    return Sql(f"({either.text}) IS NOT TRUE", either.parameters) if term.denied else either


def _actor(field: str, value: Value, kind: Kind) -> Sql:
    """Someone who takes part on a side; of an actor, the actor itself."""
    if kind == "actor":
        return _who(value, "f")
    table, side = f"{kind}_participants", _SIDES[field]
    on_side = Sql("1") if side is None else Sql("p.side = ?", (side,))
    if isinstance(value, Nothing):
        found = Sql(f"f.key NOT IN (SELECT p.{kind} FROM {table} p WHERE {on_side.text})", on_side.parameters)
        return found
    held = joined([_who(value, "p"), on_side])
    return Sql(f"f.key IN (SELECT p.{kind} FROM {table} p WHERE {held.text})", held.parameters)


def _who(value: Value, alias: str) -> Sql:
    if not isinstance(value, Who):
        raise TypeError(f"an actor is asked for by {value!r}")
    pieces = []
    if value.country is not None:
        pieces.append(Sql(f"{alias}.country = ?", (value.country,)))
    if value.sector is not None:
        pieces.append(Sql(f"instr(' ' || {alias}.sectors || ' ', ?) > 0", (f" {value.sector} ",)))
    if value.name is not None and alias == "p":
        known = _whole_words("words", value.name)
        pieces.append(Sql(f"p.name IN (SELECT key FROM names WHERE {known.text})", known.parameters))
    elif value.name is not None:
        pieces.append(_whole_words(f"{alias}.words", value.name))
    return joined(pieces)


def _country(field: str, value: Value, kind: Kind) -> Sql:
    code = value if isinstance(value, str) else None
    if field == "country" and kind in ("event", "statement", "figure"):
        return _actor(field, Who(code, None, None), kind)
    if kind == "article":
        return Sql("a.key IN (SELECT m.article FROM places m WHERE m.country = ?)", (code,))
    column = "f.place_country" if kind == "event" else "f.country"
    return Sql(f"{column} = ?", (code,))


def _words(field: str, value: Value, kind: Kind) -> Sql:
    columns = {
        ("outlet", kind): "a.source",
        ("title", kind): "a.title",
        ("place", "event"): "f.place_words",
        ("place", "place"): "f.words",
        ("name", "actor"): "f.words",
        ("role", "actor"): "f.role_words",
        ("reporter", "event"): "f.reporter_words",
        ("channel", "statement"): "f.channel_words",
        ("unit", "figure"): "f.unit_words",
    }
    if (field, kind) == ("place", "article"):
        if isinstance(value, Nothing):
            return Sql("a.key NOT IN (SELECT m.article FROM places m)")
        held = _whole_words("m.words", _text(value))
        return Sql(f"a.key IN (SELECT m.article FROM places m WHERE {held.text})", held.parameters)
    if (field, kind) not in columns:
        held = _whole_words("p.role_words", _text(value))
        return Sql(f"f.key IN (SELECT p.{kind} FROM {kind}_participants p WHERE {held.text})", held.parameters)
    column = columns[(field, kind)]
    if isinstance(value, Nothing):
        return Sql(f"coalesce({column}, '') = ''")
    return _whole_words(f"words_key({column})" if field in ("outlet", "title") else column, _text(value))


def _whole_words(column: str, text: str) -> Sql:
    """Whether the words stand in a column of folded words, one after the other; words of signs alone are nowhere."""
    words = words_key(text)
    return Sql(f"instr({column}, ?) > 0", (words,)) if words else Sql("0")


def _search(field: str, value: Value, kind: Kind) -> Sql:
    text = _text(value)
    if field == "about" or kind == "article":
        key = "a.key" if kind == "article" else "f.article"
        return Sql(f"{key} IN (SELECT rowid FROM article_index WHERE article_index MATCH ?)", (_match(text),))
    if kind in ("event", "statement"):
        return Sql(f"f.key IN (SELECT rowid FROM {kind}_index WHERE {kind}_index MATCH ?)", (_match(text),))
    if kind in _SHORT_TEXT:
        return _whole_words(_SHORT_TEXT[kind], text)
    return _whole_words(f"words_key(f.{'message' if kind == 'problem' else 'text'})", text)


def _match(text: str) -> str:
    """The text as a phrase of FTS5, which reads nothing else in it; a star at the end asks for beginnings of words."""
    beginning = text.endswith("*") and any(char.isalnum() for char in text)
    phrase = text.rstrip("*") if beginning else text
    return '"' + phrase.replace('"', '""').replace("\x00", " ") + '"' + ("*" if beginning else "")


def _choice(field: str, value: Value, kind: Kind) -> Sql:
    if field == "sector":
        return _actor(field, Who(None, _text(value), None), kind)
    if field == "type" and kind == "statement":
        inside = "SELECT s.statement FROM statement_events s JOIN events e ON e.id = s.event WHERE e.type = ?"
        return Sql(f"f.key IN ({inside})", (value,))
    if field == "type" and kind == "figure":
        return Sql("f.event IN (SELECT e.id FROM events e WHERE e.type = ?)", (value,))
    if field == "context":
        if isinstance(value, Nothing):
            return Sql("f.contexts = ''")
        return Sql("instr(' ' || f.contexts || ' ', ?) > 0", (f" {value} ",))
    if isinstance(value, Nothing):
        return Sql(f"f.{field} IS NULL")
    return Sql(f"f.{field} = ?", (int(_text(value)) if field == "quad" else value,))


def _prefix(field: str, value: Value, kind: Kind) -> Sql:
    column = {
        ("event", "event"): "f.id",
        ("event", "figure"): "f.event",
        ("statement", "statement"): "f.id",
        ("article", kind): "a.id",
        ("ref", kind): "f.ref" if kind == "problem" else "a.ref",
        ("url", kind): "a.url",
    }.get((field, kind), f"f.{field}")
    if field == "event" and kind == "statement":
        if isinstance(value, Nothing):
            return Sql("f.key NOT IN (SELECT statement FROM statement_events)")
        held = _starts("s.event", _text(value))
        return Sql(f"f.key IN (SELECT s.statement FROM statement_events s WHERE {held.text})", held.parameters)
    if isinstance(value, Nothing):
        return Sql(f"{column} IS NULL")
    return _starts(column, _text(value).upper() if field == "currency" else _text(value))


def _starts(column: str, text: str) -> Sql:
    """Beginning with the text, as a range that an index can answer."""
    return Sql(f"{column} >= ? AND {column} < ?", (text, text + "\U0010ffff"))


def _days(field: str, value: Value, kind: Kind) -> Sql:
    if not isinstance(value, Days):
        raise TypeError(f"days are asked for by {value!r}")
    own = field != "published" and kind in ("event", "statement", "figure", "time")
    first, last = ("f.day_from", "f.day_to") if own else ("a.published", "a.published")
    pieces = []
    if value.first is not None:
        pieces.append(Sql(f"{last} >= ?", (value.first.isoformat(),)))
    if value.last is not None:
        pieces.append(Sql(f"{first} <= ?", (value.last.isoformat(),)))
    return joined(pieces)


def _number(field: str, value: Value, kind: Kind) -> Sql:
    """Within a range; a figure of which only one bound is known counts as that bound."""
    if not isinstance(value, Range):
        raise TypeError(f"a number is asked for by {value!r}")
    low, high = (
        ("coalesce(f.low, f.high)", "coalesce(f.high, f.low)") if field == "value" else (f"f.{field}", f"f.{field}")
    )
    pieces = []
    if value.low is not None:
        pieces.append(Sql(f"{high} {'>' if value.low_open else '>='} ?", (value.low,)))
    if value.high is not None:
        pieces.append(Sql(f"{low} {'<' if value.high_open else '<='} ?", (value.high,)))
    return joined(pieces)


def _plain(field: str, value: Value, kind: Kind) -> Sql:
    raise TypeError(f"'{field}' of {kind}s chooses no rows: {value!r}")


def _text(value: Value) -> str:
    if isinstance(value, Words):
        return value.text
    if isinstance(value, str):
        return value
    raise TypeError(f"words are asked for by {value!r}")


_BUILDERS: Final[dict[str, Callable[[str, Value, Kind], Sql]]] = {
    "actor": _actor,
    "country": _country,
    "words": _words,
    "search": _search,
    "choice": _choice,
    "prefix": _prefix,
    "days": _days,
    "number": _number,
}
