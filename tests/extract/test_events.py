"""Events as a reader of the article would state them: who, to whom, whether, by whose word, when and where."""

from __future__ import annotations

from datetime import date

import pytest

import dateline
from dateline.language.annotate import Annotator
from dateline.records.claims import Event
from tests.extract.reading import Reader, codes, load_reader


@pytest.fixture(scope="module")
def reader(annotator: Annotator) -> Reader:
    return load_reader(annotator)


def one(events: tuple[Event, ...], type_: str) -> Event:
    found = [event for event in events if event.type == type_]
    assert len(found) == 1, [(event.type, event.trigger.text) for event in events]
    return found[0]


@pytest.mark.parametrize(
    ("text", "type_", "source", "target"),
    [
        ("Chile condemned Peru.", "ACCUSE", ["CHL"], ["PER"]),
        ("Peru was condemned by Chile.", "ACCUSE", ["CHL"], ["PER"]),
        ("The minister left Oslo, condemning Russia.", "ACCUSE", None, ["RUS"]),
        ("Rebels who attacked Danish soldiers fled on Monday.", "ASSAULT", None, ["DNK MIL"]),
        ("Danish soldiers attacked by Malian rebels fled on Monday.", "ASSAULT", ["MLI REB"], ["DNK MIL"]),
        ("Turkey rejected the Greek proposal.", "REJECT", ["TUR"], ["GRC"]),
        ("Turkey rejected a proposal by Greece.", "REJECT", ["TUR"], ["GRC"]),
        ("Chile agreed to lift its sanctions on Peru.", "AGREE", ["CHL"], ["PER"]),
        ("Norwegian airstrikes on Libya continued.", "ASSAULT", ["NOR"], ["LBY"]),
        ("Turkey launched airstrikes on Syrian rebels.", "ASSAULT", ["TUR"], ["SYR REB"]),
        ("Russia said that Sudan must return the helicopter.", "REQUEST", ["RUS"], ["SDN"]),
        ("Norway said it would not meet Syrian officials.", "REJECT", ["NOR"], ["SYR GOV"]),
    ],
)
def test_actors_stand_where_the_construction_puts_them(
    reader: Reader, text: str, type_: str, source: list[str] | None, target: list[str]
) -> None:
    events = [event for event in reader.events(text) if type_ in (event.type, event.plover)]
    assert events, text
    assert codes(events[0].target) == target or type_ == "REJECT"
    assert source is None or codes(events[0].source) == source


@pytest.mark.parametrize(
    "text",
    [
        "The Greek and Turkish presidents met in Geneva.",
        "Greece held talks with Turkey.",
        "Talks between Greece and Turkey ended on Friday.",
        "The Greek president met with Turkish officials.",
    ],
)
def test_a_reciprocal_act_has_all_sides_as_source(reader: Reader, text: str) -> None:
    event = one(reader.events(text), "CONSULT")
    assert {item.country for item in event.source} == {"GRC", "TUR"}
    assert event.target == ()


def test_an_act_promised_is_no_second_act_that_happened(reader: Reader) -> None:
    events = reader.events("Syria agreed to withdraw its troops from Lebanon.")
    assert {(event.type, event.status, event.plover) for event in events} == {
        ("AGREE", "happened", "AGREE"),
        ("RETREAT", "planned", None),
    }


def test_a_demand_names_what_is_demanded(reader: Reader) -> None:
    events = reader.events("Norway demanded that Iran release two Danish hostages.")
    request = one(events, "REQUEST")
    assert (request.mode, codes(request.target)) == ("yield", ["IRN"])
    assert one(events, "RETREAT").status == "demanded"


def test_what_somebody_is_accused_of_is_possible_and_reported_by_the_accuser(reader: Reader) -> None:
    events = reader.events("Chad accused Sudan of bombing a village.")
    act = one(events, "ASSAULT")
    assert act.status == "possible"
    assert act.plover is None
    assert act.reported_by is not None and act.reported_by.text == "Chad"


def test_the_speaker_is_no_actor_of_what_is_reported(reader: Reader) -> None:
    event = one(reader.events("Sudanese rebels attacked a Kenyan convoy, Norwegian officials said."), "ASSAULT")
    assert "NOR" not in {item.country for item in (*event.source, *event.target)}
    assert event.reported_by is not None and "Norwegian officials" in event.reported_by.text


def test_a_hedged_act_stays_happened_with_less_confidence(reader: Reader) -> None:
    plain = one(reader.events("Chile attacked Peru."), "ASSAULT")
    hedged = one(reader.events("Chile reportedly attacked Peru."), "ASSAULT")
    assert hedged.status == plain.status == "happened"
    assert hedged.confidence < plain.confidence


def test_time_and_place_are_those_of_the_act_not_of_the_saying(reader: Reader) -> None:
    event = one(reader.events("Officials said on Friday that Chadian rebels attacked Abeche on Tuesday."), "ASSAULT")
    assert event.time is not None and event.time.text is not None
    assert "Tuesday" in event.time.text
    assert event.time.from_ == date(2020, 3, 10)


def test_an_act_without_a_date_has_the_day_of_publication(reader: Reader) -> None:
    event = one(reader.events("Chile attacked Peru."), "ASSAULT")
    assert event.time is not None
    assert (event.time.text, event.time.from_, event.time.basis) == (None, date(2020, 3, 14), "publication")


def test_the_same_act_told_twice_is_one_event_with_two_mentions(reader: Reader) -> None:
    text = "Turkey shelled a Syrian village on Monday. The Turkish army shelled Syria, officials said."
    events = [event for event in reader.events(text) if event.type == "ASSAULT"]
    spans = [mark.text for event in events for mark in (event.trigger, *event.mentions)]
    assert len(spans) == 2


@pytest.mark.parametrize(
    "text",
    [
        "He called his mother in Norway.",
        "The senator killed the bill.",
        "Brazil beat Norway 2-0 in the football match after a late goal by the striker.",
        "Beat the eggs and strike a balance between sweet and sour.",
        "We visited the museum and met our friends.",
        "The hotel charged us twice and refused to refund the money.",
        "The film was shot in Iceland.",
        "My doctor ordered a new test.",
        "The company fired its coach and attacked the problem.",
        "The dog attacked the postman.",
        "The storm hit Florida and killed four people.",
    ],
)
def test_everyday_senses_are_no_events(reader: Reader, text: str) -> None:
    assert [(event.type, event.trigger.text) for event in reader.events(text)] == []


def test_every_mark_is_the_verbatim_slice(reader: Reader) -> None:
    text = (
        "Chile agreed to lift its sanctions on Peru.\n\n“Peru must act,” the Chilean minister said in Lima on Monday."
    )
    for article, _, events in reader.read([text]):
        for event in events:
            for mark in (event.trigger, *event.mentions):
                assert article.text[mark.start : mark.end] == mark.text
            for item in (*event.source, *event.target):
                assert article.text[item.start : item.end] == item.text
            assert event.sentence.start <= event.trigger.start < event.trigger.end <= event.sentence.end
            assert 0 < event.confidence < 1
            assert event.rule.startswith(("verbs/", "constructions#"))


@pytest.mark.parametrize(
    "text",
    [
        "The Chilean finance minister clashed with the opposition leader.",
        "The Polish foreign minister clashed with the Hungarian president over milk.",
        "Danish lawmakers fought with the Swedish government over fish.",
    ],
)
def test_politicians_clash_in_words_only(reader: Reader, text: str) -> None:
    assert [event.type for event in reader.events(text) if event.type == "ASSAULT"] == []


@pytest.mark.parametrize(
    "said",
    [
        "We cannot leave Ukrainian families in the dark",
        "We will not abandon Ukraine",
        "We cannot forget the people of Gaza",
    ],
)
def test_who_will_not_do_harm_to_somebody_rejects_nobody(reader: Reader, said: str) -> None:
    found = reader.events(f'"{said}," Norway\'s Defence Minister Ragna Solheim said.')
    assert "REJECT" not in {event.type for event in found}


@pytest.mark.parametrize(
    ("text", "place", "target"),
    [
        ("Russian forces shelled a bridge in the Ukrainian city of Kherson on Monday.", "Kherson", ["UKR"]),
        ("Warplanes bombed a crowded market in the Sudanese city of El Obeid on Monday.", "El Obeid", ["SDN"]),
        ("Israeli jets bombed a warehouse in the Lebanese port, Tyre, on Monday.", "Tyre", ["LBN"]),
        ("Gunmen attacked a checkpoint on the outskirts of Mogadishu on Sunday.", "Mogadishu", ["SOM"]),
        ("An airstrike hit a crowded market on the northern edge of El Obeid on Monday.", "El Obeid", ["SDN"]),
        ("Russian forces shelled a bridge in the Russian city of Belgorod on Monday.", "Belgorod", []),
    ],
)
def test_an_attack_on_things_in_a_described_town_is_there_and_on_it(
    reader: Reader, text: str, place: str, target: list[str]
) -> None:
    (event,) = reader.events(text)
    assert event.place is not None
    assert event.place.name == place
    assert [item.country for item in event.target] == target


@pytest.mark.parametrize(
    ("text", "mode", "target"),
    [
        ("Israeli warplanes bombed a bridge in the Lebanese city of Tyre, killing 41 people.", "aerial", ["LBN"]),
        ("A bomb exploded in central Baghdad on Monday, killing 12 people.", "explosives", ["IRQ"]),
        ("The bombing of a bus station in Mogadishu killed nine people on Saturday.", "explosives", ["SOM"]),
    ],
)
def test_an_attack_and_its_toll_are_one_event(reader: Reader, text: str, mode: str, target: list[str]) -> None:
    (event,) = reader.events(text)
    assert (event.type, event.mode, codes(event.target)) == ("ASSAULT", mode, target)


def test_an_attack_and_the_death_of_others_are_two() -> None:
    found = dateline.read("Russian forces attacked Kherson and killed three Polish doctors.", date="2024-09-14").events
    assert [codes(event.target)[0][:3] for event in found] == ["UKR", "POL"]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("A roadside bomb killed four civilians in Helmand province.", ["AFG"]),
        ("Two people were killed in a gas explosion in Chicago.", None),
    ],
)
def test_people_hit_by_a_bomb_are_of_the_place_but_not_those_of_an_accident(
    reader: Reader, text: str, countries: list[str] | None
) -> None:
    found = [[item.country for item in event.target] for event in reader.events(text)]
    assert found == ([] if countries is None else [countries])
