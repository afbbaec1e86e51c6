"""When an event took place: the words of time that modify it in the tree, its clause's, the story's, or publication."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from dateline.records.claims import Event
from dateline.records.text import make_article

if TYPE_CHECKING:
    from dateline.pipeline import Tools


@pytest.fixture(scope="module")
def tools() -> Tools:
    from dateline.pipeline import load_tools

    return load_tools()


def events(tools: Tools, text: str, published: str) -> tuple[Event, ...]:
    from dateline.pipeline import read_articles

    article = make_article(text, published=date.fromisoformat(published), published_basis="given", ref="test")
    return next(iter(read_articles([article], tools))).events


@pytest.mark.parametrize(
    ("text", "published", "type_", "first", "last"),
    [
        ("Rebels shelled the port of Mora on Sunday.", "2020-03-11", "ASSAULT", "2020-03-08", "2020-03-08"),
        ("Rebels shelled the port late on Monday night.", "2020-03-11", "ASSAULT", "2020-03-09", "2020-03-09"),
        ("Kenya will impose sanctions on Iran next week.", "2020-03-11", "SANCTION", "2020-03-16", "2020-03-22"),
        ("Kenya imposed sanctions on Iran last month.", "2020-03-11", "SANCTION", "2020-02-01", "2020-02-29"),
        (
            "The minister told reporters on Tuesday that rebels had shelled the port on Sunday.",
            "2020-03-11",
            "ASSAULT",
            "2020-03-08",
            "2020-03-08",
        ),
        (
            "Rebels shelled the port on Sunday, the minister told reporters on Tuesday.",
            "2020-03-11",
            "ASSAULT",
            "2020-03-08",
            "2020-03-08",
        ),
        (
            "On Monday, police arrested Omar Daud, who had fled in 2018.",
            "2020-03-11",
            "COERCE",
            "2020-03-09",
            "2020-03-09",
        ),
        (
            "On Monday, police in Nairobi arrested nine protesters.",
            "2020-03-11",
            "COERCE",
            "2020-03-09",
            "2020-03-09",
        ),
        ("Police in Nairobi arrested nine protesters.", "2020-03-11", "COERCE", "2020-03-11", "2020-03-11"),
        (
            "The war began on May 3, 2004. Two days later, Kenyan troops shelled the port.",
            "2020-03-11",
            "ASSAULT",
            "2004-05-05",
            "2004-05-05",
        ),
        (
            "Norway's Defence Minister Ine Berg will visit Kenya on Thursday.",
            "2020-03-11",
            "CONSULT",
            "2020-03-12",
            "2020-03-12",
        ),
        (
            "The U.N. condemned Sunday's attack by rebels on a village in Mali.",
            "2020-03-11",
            "ACCUSE",
            "2020-03-11",
            "2020-03-11",
        ),
        (
            "Iran attacked a tanker in 2011 and Kenya imposed sanctions on it in 2012.",
            "2020-03-11",
            "SANCTION",
            "2012-01-01",
            "2012-12-31",
        ),
        (
            "Kenyan troops shelled the port between 3 and 5 March.",
            "2020-03-11",
            "ASSAULT",
            "2020-03-03",
            "2020-03-05",
        ),
    ],
)
def test_an_event_takes_the_time_that_modifies_it(
    tools: Tools, text: str, published: str, type_: str, first: str, last: str
) -> None:
    found = [item for item in events(tools, text, published) if item.type == type_]
    assert found
    time = found[0].time
    assert time is not None
    assert (str(time.from_), str(time.to)) == (first, last)


@pytest.mark.parametrize("name", ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
@pytest.mark.parametrize(
    "text",
    [
        "KINSHASA, {day} (Reuters) - Rebels shelled the port of Mora on {day}, killing nine soldiers.",
        "Rebels shelled the port of Mora {day}, killing nine soldiers.",
        "Officials said rebels shelled the port of Mora on {day}.",
        "Rebels, who are to meet a UN envoy soon, shelled the port of Mora on {day} night.",
    ],
)
def test_a_weekday_of_the_past_is_never_placed_a_week_early(tools: Tools, text: str, name: str) -> None:
    monday = date(2020, 3, 9)
    for published in (monday + timedelta(days=step) for step in range(7)):
        found = [item for item in events(tools, text.format(day=name), published.isoformat()) if item.type == "ASSAULT"]
        assert found
        time = found[0].time
        assert time is not None and time.from_ is not None
        assert timedelta(0) <= published - time.from_ < timedelta(days=7)
        assert time.from_.strftime("%A") == name
