"""Places: which names are found, and which of several places of a name is meant."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.language.annotate import Annotator
from dateline.lexicon.gazetteer import load_gazetteer
from dateline.records.mentions import PlaceMention
from dateline.records.text import Article, make_article
from dateline.resolve.place_choice import Source
from dateline.resolve.place_topics import NameSpan
from dateline.resolve.places import find_places, resolve_spans, source_of

GAZETTEER = load_gazetteer()


def article(text: str, url: str | None = None) -> Article:
    """An article of that text."""
    return make_article(text, published=date(2020, 3, 14), published_basis="given", ref="test", url=url)


def resolved(text: str, *names: str, source: Source | None = None) -> list[PlaceMention]:
    """The mentions of the names (each at its next place in the text), given to the resolver."""
    spans, start = [], 0
    for name in names:
        start = text.index(name, start)
        spans.append(NameSpan(start, start + len(name), name, GAZETTEER.adjective(name)))
        start += len(name)
    return list(resolve_spans(text, spans, GAZETTEER, source or Source(), adjectives=True))


@pytest.mark.parametrize(
    ("text", "names", "country", "admin1"),
    [
        ("Fire broke out in Portland, Maine, on Sunday.", ("Portland", "Maine"), "USA", "Maine"),
        ("Fire broke out in Portland, Ore., on Sunday.", ("Portland", "Ore."), "USA", "Oregon"),
        ("The mayor of London, Ontario, resigned.", ("London", "Ontario"), "CAN", "Ontario"),
        ("The mayor of London resigned.", ("London",), "GBR", "England"),
        ("Shots were heard in Kidal, northern Mali.", ("Kidal", "Mali"), "MLI", "Kidal"),
        ("They met in Tripoli, Lebanon.", ("Tripoli", "Lebanon"), "LBN", None),
        ("They met in Tripoli, as Libya had asked.", ("Tripoli", "Libya"), "LBY", None),
        (
            "A school in Athens, Clarke County, Georgia, closed.",
            ("Athens", "Clarke County", "Georgia"),
            "USA",
            "Georgia",
        ),
        ("A school in Athens closed.", ("Athens",), "GRC", "Attica"),
        ("Hyderabad lies in the south of Pakistan.", ("Hyderabad", "Pakistan"), "PAK", "Sindh"),
    ],
)
def test_what_stands_around_a_name_decides(text: str, names: tuple[str, ...], country: str, admin1: str | None) -> None:
    first = resolved(text, *names)[0]
    assert first.country == country
    assert admin1 is None or first.admin1 == admin1


@pytest.mark.parametrize(
    ("text", "names", "country"),
    [
        ("Troops left the Syrian town of Palmyra.", ("Syrian", "Palmyra"), "SYR"),
        ("Troops left the Colombian city of Cartagena.", ("Colombian", "Cartagena"), "COL"),
        ("Troops left Spain's port of Cartagena.", ("Spain", "Cartagena"), "ESP"),
    ],
)
def test_an_adjective_or_genitive_before_a_name_tells_its_country(
    text: str, names: tuple[str, ...], country: str
) -> None:
    assert resolved(text, *names)[1].country == country


def test_neighbouring_towns_pull_each_other() -> None:
    text = "Roads from Lexington, Nicholasville and Winchester to Richmond were closed."
    mentions = resolved(text, "Lexington", "Nicholasville", "Winchester", "Richmond")
    assert {item.admin1 for item in mentions} == {"Kentucky"}


def test_georgia_is_a_state_beside_its_towns_and_a_country_beside_its_neighbours() -> None:
    state = resolved("Police in Georgia searched houses in Atlanta and Macon.", "Georgia", "Atlanta", "Macon")
    assert (state[0].kind, state[0].country) == ("region", "USA")
    country = resolved("Georgia and Armenia opened the border near Tbilisi.", "Georgia", "Armenia", "Tbilisi")
    assert (country[0].kind, country[0].country) == ("country", "GEO")


def test_one_sense_in_one_article() -> None:
    text = "A bridge in Paris, Texas, was closed. Traffic in Paris came to a halt."
    mentions = resolved(text, "Paris", "Texas", "Paris")
    assert mentions[2].admin1 == "Texas"


def test_a_town_of_its_province_name_is_the_town() -> None:
    assert resolved("The team travelled from Herat to Kabul.", "Herat", "Kabul")[0].kind == "city"


def test_an_unknown_street_is_put_in_the_town_beside_it() -> None:
    text = "A shop in Shrewsbury, on Quillowmere Lane, burnt down."
    street = resolved(text, "Shrewsbury", "Quillowmere Lane")[1]
    assert street.rule == "places/beside"
    assert (street.country, street.geonames_id, street.name) == ("GBR", None, "Quillowmere Lane")


def test_a_town_of_the_next_sentence_says_nothing_of_an_unknown_name() -> None:
    text = "They marched down Quillowmere Avenue. Moscow welcomed the vote."
    assert resolved(text, "Quillowmere Avenue", "Moscow")[0].rule == "places/unknown"


def test_a_town_that_the_gazetteer_lacks_is_not_put_elsewhere() -> None:
    text = "A man from Portland, Wyoming, was held."
    town = resolved(text, "Portland", "Wyoming")[0]
    assert (town.country, town.admin1, town.lat, town.rule) == ("USA", "Wyoming", None, "places/somewhere-in")


def test_a_word_for_region_after_the_name_means_the_region() -> None:
    text = "Clashes spread from Herat to Kandahar province."
    herat, kandahar = resolved(text, "Herat", "Kandahar")
    assert (herat.kind, kandahar.kind) == ("city", "region")


def test_an_unknown_name_alone_has_no_point() -> None:
    (mention,) = resolved("They met at Quillowmere.", "Quillowmere")
    assert (mention.lat, mention.lon, mention.country, mention.rule) == (None, None, None, "places/unknown")


def test_the_papers_country_counts() -> None:
    text = "A man from Richmond was fined."
    london = source_of(article(text, "https://www.example.co.uk/a"), GAZETTEER)
    assert london.country == "GBR"
    assert resolved(text, "Richmond", source=london)[0].country == "GBR"
    assert source_of(article(text, "https://example.io/a"), GAZETTEER).country is None
    assert source_of(article(text), GAZETTEER).country is None


def found(annotator: Annotator, text: str, *, adjectives: bool = False) -> dict[str, PlaceMention]:
    """The places that are found in a text by their words."""
    doc = next(iter(annotator.annotate_many([text])))
    mentions = find_places(doc, article(text), GAZETTEER, adjectives=adjectives).items
    for item in mentions:
        assert text[item.start : item.end] == item.text
    return {item.text: item for item in mentions}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Two soldiers were killed near Kidal, northern Mali, on Friday.", ["Kidal", "Mali"]),
        ("The delegation flew from Geneva to Damascus.", ["Geneva", "Damascus"]),
        ("Ankara said it would not withdraw from northern Syria.", ["Ankara", "Syria"]),
        ("The Boston Police Department arrested three people in Quincy, Mass.", ["Boston", "Quincy", "Mass."]),
        ("A ship sank in the Black Sea off Crimea.", ["Black Sea", "Crimea"]),
        ("The court in The Hague heard the case.", ["Hague"]),
        ("Floods hit Otter Tail County and Fergus Falls.", ["Otter Tail County", "Fergus Falls"]),
    ],
)
def test_names_are_found(annotator: Annotator, text: str, names: list[str]) -> None:
    assert list(found(annotator, text)) == names


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Washington said he had not read the report.",
        "Jordan Keller said he would appeal.",
        "Paris Whitcombe, 34, was found safe.",
        "The Kenyan president thanked the Germans.",
        "The council meets in March and in August.",
        "We will read it again, Nancy told her son.",
    ],
)
def test_persons_months_and_peoples_are_no_places(annotator: Annotator, text: str) -> None:
    assert found(annotator, text) == {}


def test_adjectives_come_when_asked_for(annotator: Annotator) -> None:
    mentions = found(annotator, "The Kenyan president thanked the Germans.", adjectives=True)
    assert {words: item.country for words, item in mentions.items()} == {"Kenyan": "KEN", "Germans": "DEU"}
    assert {item.rule for item in mentions.values()} == {"places/adjective"}


def test_an_empty_text_has_no_places(annotator: Annotator) -> None:
    assert found(annotator, " ") == {}


@pytest.mark.parametrize(
    ("text", "old", "shown"),
    [
        ("Trains to Kiev were late.", "Kiev", "Kyiv"),
        ("Ships left Odessa on Monday.", "Odessa", "Odesa"),
        ("Buses in Bombay stopped.", "Bombay", "Mumbai"),
        ("Buses in Herat, Afghanistan, stopped.", "Herat", "Herat"),
    ],
)
def test_towns_are_shown_by_their_names_of_today(text: str, old: str, shown: str) -> None:
    assert resolved(text, old)[0].name == shown


@pytest.mark.parametrize(
    ("text", "names", "country"),
    [
        ("Envoys left Washington. Britain and the United States argued over Leeds, York and Hull.",
         ("Washington", "Britain", "United States", "Leeds", "York", "Hull"), "USA"),
        ("Washington, England, flooded. Britain and the United States argued over Leeds and Hull.",
         ("Washington", "England", "Britain", "United States", "Leeds", "Hull"), "GBR"),
    ],
)  # fmt: skip
def test_a_capital_of_a_state_in_the_article_is_not_a_small_town_elsewhere(
    text: str, names: tuple[str, ...], country: str
) -> None:
    assert resolved(text, *names)[0].country == country
