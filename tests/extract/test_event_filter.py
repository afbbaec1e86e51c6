"""What is no political event: ordinary crime, companies, towns, habits, figures of speech; and what must stay one."""

from __future__ import annotations

import pytest

from dateline.language.annotate import Annotator
from tests.extract.reading import Reader, load_reader


@pytest.fixture(scope="module")
def reader(annotator: Annotator) -> Reader:
    return load_reader(annotator)


@pytest.mark.parametrize(
    "text",
    [
        "A Norwegian woman was killed by robbers in a shop.",
        "A Peruvian man stabbed his wife in their apartment.",
        "Two Danish robbers beat a shopkeeper.",
        "Officers are usually charged by the Danish prosecutor.",
        "The Norwegian chairman resigned to join another company.",
        "Marines honoured a fallen comrade.",
        "The county council met with the school board on Monday.",
        "Peru vowed to fight the tariff in court.",
        "The sheriff asked motorists to drive slowly.",
        "The French authorities bought land from French farmers.",
    ],
)
def test_what_is_no_political_event_is_not_coded(reader: Reader, text: str) -> None:
    found = [(event.type, event.rule) for event in reader.events(text) if event.type != "THREATEN"]
    assert found == []


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Rebels killed two women in a village in Chad.", "ASSAULT"),
        ("Peruvian soldiers killed a farmer.", "ASSAULT"),
        ("A roadside bomb killed a Kenyan woman.", "ASSAULT"),
        ("The Security Council met with the Norwegian ambassador.", "CONSULT"),
        ("The finance minister of Latvia resigned on Friday.", "RETREAT"),
        ("Chile bought missiles from France.", "COOPERATE"),
    ],
)
def test_what_is_one_stays(reader: Reader, text: str, type_: str) -> None:
    assert type_ in [event.type for event in reader.events(text)]


def test_the_bombed_is_neither_the_killer_nor_the_condemned(reader: Reader) -> None:
    condemned = [
        event
        for event in reader.events("Denmark condemned the bombing of the Swedish embassy.")
        if event.type == "ACCUSE"
    ]
    assert [item.country for item in condemned[0].source] == ["DNK"]
    assert condemned[0].target == ()


def test_an_act_mentioned_as_known_has_no_date_of_its_own(reader: Reader) -> None:
    events = reader.events("Denmark condemned Norway's invasion of Sweden on Friday.")
    times = {event.type: event.time for event in events}
    assert times["ASSAULT"] is None
    accused = times["ACCUSE"]
    assert accused is not None and accused.value == "2020-03-13"


def test_a_date_before_the_reporting_clause_is_that_of_the_act(reader: Reader) -> None:
    [event] = [
        event
        for event in reader.events("On Monday Peru attacked Chile, officials have said.")
        if event.type == "ASSAULT"
    ]
    assert event.time is not None and event.time.value == "2020-03-09"


def test_who_would_like_to_thank_thanks(reader: Reader) -> None:
    [event] = reader.events("The Nepalese minister said Nepal would like to thank India.")
    assert (event.type, event.status) == ("SUPPORT", "happened")
