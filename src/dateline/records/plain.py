"""The one place where records become plain data (dict, list, str, number, None) and back.

The plain form is the contract of `dateline read --json`, published as schema/reading-1.json.
"""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from functools import cache
from typing import Any, TypeVar, get_type_hints

import msgspec

from dateline.records import claims, mentions, problem, reading, text

SCHEMA = "dateline.reading/1"
R = TypeVar("R")

# `from` is a keyword of Python, so the attribute carries an underscore that the data does not have.
_TO_PLAIN = {"from_": "from"}
_FROM_PLAIN = {"from": "from_"}


def to_plain(record: Any) -> Any:
    """Any record (or tuple of them, or scalar) as plain data; keys in the order of the record's fields."""
    if dataclasses.is_dataclass(record) and not isinstance(record, type):
        return {_TO_PLAIN.get(name, name): to_plain(getattr(record, name)) for name in _field_names(type(record))}
    if isinstance(record, (tuple, list)):
        return [to_plain(item) for item in record]
    if isinstance(record, date):
        return record.isoformat()
    return record


def reading_to_plain(item: reading.Reading) -> dict[str, Any]:
    """A whole reading in the form of the contract, `schema` first."""
    return {"schema": SCHEMA, **to_plain(item)}


def reading_to_json(item: reading.Reading) -> str:
    """A whole reading as one line of JSON (lone surrogates are escaped, so that any text can be written)."""
    return _json(reading_to_plain(item))


def to_json(record: Any) -> str:
    """Any record as one line of JSON."""
    return _json(to_plain(record))


def from_plain(kind: type[R], data: Any) -> R:
    """Plain data as a record of the given kind.

    Raises:
        msgspec.ValidationError: the data does not have the record's form.
    """
    resolve_annotations()
    return msgspec.convert(_renamed(data), kind)


def reading_from_plain(data: dict[str, Any]) -> reading.Reading:
    """A whole reading from the form of the contract."""
    return from_plain(reading.Reading, {key: value for key, value in data.items() if key != "schema"})


def _json(plain: Any) -> str:
    try:
        return msgspec.json.encode(plain).decode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(plain, ensure_ascii=True, separators=(",", ":"))


def _renamed(data: Any) -> Any:
    if isinstance(data, dict):
        return {_FROM_PLAIN.get(key, key): _renamed(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_renamed(item) for item in data]
    return data


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


@cache
def resolve_annotations() -> None:
    """Give msgspec real types: the record modules name each other under TYPE_CHECKING only."""
    modules = (text, mentions, claims, problem, reading)
    names: dict[str, Any] = {"date": date}
    for module in modules:
        names.update({key: value for key, value in vars(module).items() if not key.startswith("_")})
    for module in modules:
        for value in list(vars(module).values()):
            if isinstance(value, type) and dataclasses.is_dataclass(value) and value.__module__ == module.__name__:
                value.__annotations__.update(get_type_hints(value, globalns=names))
