"""The JSON Schema of a reading, made from the records themselves (published as schema/reading-1.json)."""

from __future__ import annotations

from typing import Any

import msgspec

from dateline.records.plain import SCHEMA, resolve_annotations
from dateline.records.reading import Reading


def reading_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of one line of `dateline read --json`."""
    resolve_annotations()
    made = msgspec.json.schema(Reading)
    definitions: dict[str, Any] = {name: _closed(form) for name, form in sorted(made["$defs"].items())}
    top = definitions.pop("Reading")
    top["properties"] = {"schema": {"const": SCHEMA}, **top["properties"]}
    top["required"] = ["schema", *top["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "reading-1.json",
        **top,
        "title": "One article read by Dateline",
        "description": "Offsets are half-open code-point positions in article.text; text is the verbatim slice.",
        "$defs": definitions,
    }


def _closed(form: dict[str, Any]) -> dict[str, Any]:
    """An object form with every key required and no other allowed; `from_` under its public name."""
    if form.get("type") != "object":
        return form
    properties = {("from" if key == "from_" else key): value for key, value in form["properties"].items()}
    for value in properties.values():
        value.pop("default", None)
    form = {key: value for key, value in form.items() if key != "description"}
    return {**form, "properties": properties, "required": list(properties), "additionalProperties": False}
