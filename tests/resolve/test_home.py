"""Bare national offices and bodies get the country that the article is about, and only where that is clear."""

from __future__ import annotations

import pytest

import dateline


def countries(text: str) -> dict[str, str | None]:
    """Country by actor name."""
    return {actor.name: actor.country for actor in dateline.read(text, date="2025-03-12").actors}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        (
            "LIMA, March 11 (Continental) - Peru will raise the pension age, President Elena Zegarra said. "
            "Peruvian unions called the plan cruel.",
            "Elena Zegarra",
            "PER",
        ),
        (
            "OSLO, March 11 (Continental) - Norway will send radios to Poland, Defence Minister Ine Berg said. "
            "Norwegian officers will train Polish crews.",
            "Ine Berg",
            "NOR",
        ),
        (
            "Kenya held its breath on Tuesday. Kenyan shops closed early and Kenyan radio played hymns, "
            "Interior Minister Amos Otieno said.",
            "Amos Otieno",
            "KEN",
        ),
    ],
)
def test_a_national_office_holder_belongs_to_the_country_of_the_article(text: str, name: str, country: str) -> None:
    assert countries(text)[name] == country


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # The dateline is only where the meeting is: others are named more often.
        (
            "GENEVA, March 11 (Continental) - Armenia and Azerbaijan met on Tuesday. Armenia wants maps; "
            "Azerbaijan wants roads. Foreign Minister Levon Tumasyan was silent.",
            "Levon Tumasyan",
        ),
        # Two countries in balance and no dateline.
        ("Chad and Sudan talked. Chad was cold and Sudan was warm, President Idris Salim said.", "Idris Salim"),
    ],
)
def test_no_country_is_given_where_it_is_not_clear(text: str, name: str) -> None:
    assert countries(text).get(name) is None


def test_the_bare_government_and_police_take_part_with_the_home_country() -> None:
    text = (
        "NAIROBI, March 11 (Continental) - Kenya arrested 30 people on Tuesday, Kenyan radio said. "
        "Police detained a Danish journalist."
    )
    reading = dateline.read(text, date="2025-03-12")
    sources = [p.country for event in reading.events for p in event.source if "Police" in p.text]
    assert sources == ["KEN"]


@pytest.mark.parametrize(
    "text",
    [
        "Peru is calm. Peruvian shops are open in Peru. Marco Ruiz, vice president of sales, said orders fell.",
        "Peru is calm. Peruvian shops are open in Peru. Executive Vice President Marco Ruiz said orders fell.",
        "Peru is calm. Peruvian shops are open in Peru. Marco Ruiz, vice president, said orders fell.",
    ],
)
def test_a_vice_president_of_a_firm_is_no_office_holder_of_the_state(text: str) -> None:
    ruiz = next(actor for actor in dateline.read(text, date="2025-03-12").actors if actor.name == "Marco Ruiz")
    assert ruiz.country is None
    assert "GOV" not in ruiz.sectors


def test_the_ministry_is_that_of_the_state_whose_ministry_of_the_field_was_named() -> None:
    text = (
        "Peru's trade ministry objected. Chile was calm. Chile waits. Chilean shops are open in Chile. "
        "The Ministry of Trade said so."
    )
    assert countries(text)["Ministry of Trade"] == "PER"


@pytest.mark.parametrize("body", ["police", "army", "parliament"])
def test_where_two_states_have_such_a_body_it_is_open_whose_it_is(body: str) -> None:
    text = f"Kenya's {body} and Chad's {body} met in Kenya. Kenya is calm. Kenyan shops are open. A {body} fled."
    reading = dateline.read(text, date="2025-03-12")
    assert not any(actor.rule == "actors#home-country" for actor in reading.actors)


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        (
            "OSLO, Sept. 14 (Continental) - Norway will give Ukraine missiles for Ukrainian cities, Defence Minister "
            "Ragna Solheim said. Ukraine asked for more. Norway will wait.",
            "Ragna Solheim",
            "NOR",
        ),
        (
            "NAIROBI, Sept. 14 (Continental) - Kenya will send police to Haiti, Interior Minister Peter Otieno said. "
            "Haiti and Haitian police need help. Kenya agrees.",
            "Peter Otieno",
            "KEN",
        ),
        (
            "KYIV, Sept. 14 (Continental) - Norway will give Ukraine missiles, Defence Minister Ragna Solheim said. "
            "Norway and the Norwegian army have them. Norway waits. Ukraine asked.",
            "Ragna Solheim",
            None,
        ),
    ],
)
def test_the_state_that_the_dateline_and_the_first_words_name_is_home(
    text: str, name: str, country: str | None
) -> None:
    assert countries(text)[name] == country


def test_a_ministry_of_another_field_abroad_leaves_the_home_ministry_its_country() -> None:
    text = (
        "MAPUTO, Jan. 29 (Continental) - Mozambique counted the dead in Mozambique's towns. South Africa's foreign "
        "ministry offered help. The health ministry warned that cholera could spread."
    )
    (statement,) = dateline.read(text, date="2025-01-29").statements
    assert statement.speaker is not None
    assert (statement.speaker.text, statement.speaker.country) == ("The health ministry", "MOZ")
