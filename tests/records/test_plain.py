"""Records to plain data and back, and the published schema."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema
import msgspec
import pytest

from dateline.records.plain import from_plain, reading_from_plain, reading_to_json, reading_to_plain
from dateline.records.schema import reading_schema
from dateline.records.text import Mark, Span, make_article
from tests.samples import sample_reading

SCHEMA_FILE = Path(__file__).parents[2] / "schema" / "reading-1.json"


def test_a_reading_survives_the_way_to_json_and_back() -> None:
    reading = sample_reading()
    assert reading_from_plain(json.loads(reading_to_json(reading))) == reading


def test_the_plain_form_names_days_from_and_to() -> None:
    plain = reading_to_plain(sample_reading())
    assert plain["schema"] == "dateline.reading/1"
    assert plain["times"][0]["from"] == "2020-03-16"
    assert plain["events"][0]["time"]["to"] == "2020-03-22"
    assert "from_" not in plain["times"][0]


def test_json_fits_the_published_schema() -> None:
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(reading_to_json(sample_reading())), schema)


def test_the_published_schema_is_the_one_the_records_make() -> None:
    assert json.loads(SCHEMA_FILE.read_text(encoding="utf-8")) == reading_schema()


def test_the_schema_refuses_an_unknown_key() -> None:
    plain = reading_to_plain(sample_reading())
    plain["events"][0]["colour"] = "red"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain, reading_schema())


def test_a_lone_surrogate_can_be_written() -> None:
    text = "bad \ud800 text"
    reading = sample_reading(text + " " * 100)
    assert "\\ud800" in reading_to_json(reading)


def test_data_of_another_form_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        from_plain(Mark, {"start": "x", "end": 2, "text": "a"})


def test_a_span_is_never_empty_or_backwards() -> None:
    for start, end in ((3, 3), (4, 2), (-1, 2)):
        with pytest.raises(ValueError, match="start < end"):
            Span(start, end)


def test_the_same_article_has_the_same_id_and_another_date_another() -> None:
    first = make_article("text", published=date(2020, 1, 1), published_basis="given", ref="a")
    again = make_article("text", published=date(2020, 1, 1), published_basis="url", ref="b")
    other = make_article("text", published=date(2020, 1, 2), published_basis="given", ref="a")
    assert first.id == again.id != other.id
