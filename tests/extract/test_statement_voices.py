""" "I", "we" and "our" inside a quotation stand for whoever is quoted, also for the events told there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dateline.pipeline import Tools, load_tools, read_articles
from dateline.records.text import make_article

if TYPE_CHECKING:
    from dateline.records.reading import Reading


@pytest.fixture(scope="module")
def tools() -> Tools:
    return load_tools()


def reading(tools: Tools, text: str) -> Reading:
    article = make_article(text, published=date(2020, 3, 14), published_basis="given", ref="voices")
    return next(read_articles([article], tools))


def test_we_is_the_side_of_the_one_who_speaks_not_of_the_nearest_name(tools: Tools) -> None:
    text = (
        "Greek Prime Minister Nikos Pallas spoke first, before Turkish President Omer Kaya. "
        '"We condemn the attack on the embassy," Pallas said. Kaya said nothing.'
    )
    (event,) = (item for item in reading(tools, text).events if item.trigger.text.startswith("condemn"))
    assert [(item.name, item.country) for item in event.source] == [("Nikos Pallas", "GRC")]


def test_we_of_two_speakers_are_two_sides(tools: Tools) -> None:
    text = (
        "Norwegian Defence Minister Ine Berg met Chilean President Ada Moreno. "
        '"We will impose sanctions on Russia," Berg said. "We condemn Russia," Moreno said.'
    )
    found = {item.type: item.source[0].country for item in reading(tools, text).events if item.type != "CONSULT"}
    assert found.get("ACCUSE") == "CHL"
    assert found.get("SANCTION") == "NOR"


def test_we_outside_a_quotation_stays_nobody(tools: Tools) -> None:
    text = "We condemn the attack on the embassy."
    assert all(participant.actor is None for event in reading(tools, text).events for participant in event.source)
