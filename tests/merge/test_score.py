"""Two reports of one event are likelier to be joined than two events that only look alike, and the reasons say why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dateline.merge.events import THRESHOLD
from dateline.merge.features import WORDS
from dateline.merge.report import Amount, Party, Where
from dateline.merge.score import judge, load_weights
from tests.merge.reports import sketched

DOLNA = Where("Dolna", "UKR", 49.0, 31.0, True)
VESK = Where("Vesk", "UKR", 46.5, 33.0, True)
UKRAINE = Where("Ukraine", "UKR", 49.0, 32.0, False)
GUNMEN = Party("source", "gunmen", None, ("UAF",))


def score(a: dict[str, Any], b: dict[str, Any], *, alike: float = 0.5) -> float:
    """How likely two reports of a shelling in linked articles are one event, given what they know."""
    known: dict[str, Any] = {"type": "ASSAULT", "status": "real"}
    one = sketched(
        "a", "Gunmen shelled the village of Dolna on Monday, killing three people.", "shelled", **(known | a)
    )
    other = sketched(
        "b", "Three villagers died when Dolna came under shelling, a doctor said.", "shelling", **(known | b)
    )
    found = judge(one, other, alike, load_weights())
    return found.score if found else 0.0


def days(first: int, last: int | None = None) -> dict[str, Any]:
    return {"first": date(2024, 5, first), "last": date(2024, 5, last or first), "dated": True}


def test_reports_of_one_act_in_linked_articles_are_joined() -> None:
    assert score(days(6) | {"place": DOLNA}, days(6) | {"place": DOLNA}) > THRESHOLD


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (days(6), days(9)),
        ({"place": DOLNA}, {"place": VESK}),
        ({"status": "real"}, {"status": "planned"}),
        ({"status": "real"}, {"status": "denied"}),
        ({"type": "ASSAULT"}, {"type": "CONSULT"}),
        ({"amounts": (Amount("killed", 3, 3),)}, {"amounts": (Amount("killed", 40, 40),)}),
        ({"parties": (Party("source", "Ruvia", "RUS"),)}, {"parties": (Party("source", "Nordia", "NOR"),)}),
    ],
    ids=["days", "place", "planned", "denied", "type", "toll", "who"],
)
def test_a_contradiction_of_the_facts_keeps_reports_apart(a: dict[str, Any], b: dict[str, Any]) -> None:
    assert score(a, b) < THRESHOLD


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (days(6), days(6)),
        ({"place": DOLNA}, {"place": DOLNA}),
        ({"amounts": (Amount("killed", 17, 17),)}, {"amounts": (Amount("killed", 17, 17),)}),
        ({"parties": (GUNMEN,)}, {"parties": (GUNMEN,)}),
    ],
    ids=["day", "place", "toll", "who"],
)
def test_agreement_of_the_facts_speaks_for_a_join(a: dict[str, Any], b: dict[str, Any]) -> None:
    assert score(a, b) > score({}, {})


def test_a_country_that_holds_the_town_contradicts_nothing() -> None:
    assert score({"place": DOLNA}, {"place": UKRAINE}) == score({}, {})


def test_articles_that_have_nothing_in_common_need_more() -> None:
    assert score({}, {}, alike=0.0) < score({}, {}, alike=0.2)


def test_the_order_of_two_reports_does_not_matter() -> None:
    one = sketched("a", "Ine Berg visited Polona on Friday.", "visited", **days(6))
    other = sketched("b", "The visit of Ine Berg to Polona ended on Friday.", "visit", **days(6))
    first, second = judge(one, other, 0.4, load_weights()), judge(other, one, 0.4, load_weights())
    assert first is not None and second is not None
    assert first.score == second.score


def test_reasons_name_what_is_shared_in_words() -> None:
    one = sketched("a", "Ine Berg visited Polona on Friday.", "visited", **days(6), place=DOLNA)
    other = sketched("b", "The visit of Ine Berg to Polona ended on Friday.", "visit", **days(6), place=DOLNA)
    found = judge(one, other, 0.4, load_weights())
    assert found is not None
    told = {reason.feature: reason.words for reason in found.reasons}
    assert "visited" in told["trigger"] and "Berg" in told["words"]
    assert told["time"] == "both on 2024-05-06" and told["place"] == "both in Dolna"
    assert [abs(r.points) for r in found.reasons] == sorted((abs(r.points) for r in found.reasons), reverse=True)


def test_the_weights_are_those_of_the_features() -> None:
    assert len(load_weights().words) == len(WORDS)


def test_two_people_of_one_country_are_not_one_speaker() -> None:
    def told(name: str) -> dict[str, Any]:
        return {"parties": (Party("source", name, "NOR", ("GOV",)),)}

    assert score(told("Ine Berg"), told("Odd Lie")) < score({}, {})
    assert score(told("Ine Berg"), told("Minister Berg")) > score({}, {})
    assert score(told("Ine Berg"), told("the government")) > score({}, {})
