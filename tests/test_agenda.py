"""What became of plans: met by a later report, called off, put off, or passed in silence."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from dateline.archive import Archive
from dateline.records.reading import Reading
from dateline.store.write import open_writer
from tests.plans import told

NOR, POL = ("Norway", "NOR"), ("Poland", "POL")
PLAN = told(
    "Norway will visit Poland on 20 March.", "2020-03-14", status="planned", source=NOR, target=POL,
    days=("2020-03-20", "2020-03-20"),
)  # fmt: skip
NEWER = told("Chile votes.", "2020-05-01", kind="SUPPORT", source=("Chile", "CHL"))


def became(tmp_path: Path, *later: Reading, plan: Reading = PLAN, as_of: str | None = None) -> str:
    """The outcome of the plan in a record of these readings, whatever the order in which they are read."""
    outcomes = set()
    for n, order in enumerate(itertools.permutations((plan, *later))):
        path = tmp_path / f"{n}.db"
        with open_writer(path) as writer:
            for reading in order:
                writer.add(reading)
        with Archive(path) as archive:
            (item,) = archive.agenda(as_of=as_of)
            outcomes.add(item.outcome)
    (one,) = outcomes
    return one


def test_a_report_of_the_act_on_its_day_says_that_it_came_true(tmp_path: Path) -> None:
    visit = told("Poland received Norway on Friday.", "2020-03-20", source=POL, target=NOR)
    assert became(tmp_path, visit, NEWER) == "came true"


def test_a_report_of_another_day_says_nothing_of_the_plan(tmp_path: Path) -> None:
    earlier = told(
        "Norway visited Poland in 2015.", "2020-03-21", source=NOR, target=POL, days=("2015-01-01", "2015-12-31")
    )
    assert became(tmp_path, earlier, NEWER) == "passed"


def test_a_report_between_others_says_nothing_of_the_plan(tmp_path: Path) -> None:
    other = told("Norway visited Sweden.", "2020-03-20", source=NOR, target=("Sweden", "SWE"))
    assert became(tmp_path, other, NEWER) == "passed"


def test_an_act_of_another_type_says_nothing_of_the_plan(tmp_path: Path) -> None:
    other = told("Norway accused Poland.", "2020-03-20", kind="ACCUSE", source=NOR, target=POL)
    assert became(tmp_path, other, NEWER) == "passed"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Norway cancelled a visit to Poland.", "cancelled"),
        ("Norway called off its visit to Poland.", "cancelled"),
        ("Norway postponed a visit to Poland.", "postponed"),
        ("Norway put off its visit to Poland after it postponed talks.", "postponed"),
    ],
)
def test_calling_off_and_putting_off_are_told_apart(tmp_path: Path, text: str, outcome: str) -> None:
    off = told(text, "2020-03-18", status="denied", source=NOR, target=POL)
    assert became(tmp_path, off, NEWER) == outcome


def test_a_visit_that_was_called_off_and_then_took_place_came_true(tmp_path: Path) -> None:
    off = told("Norway cancelled a visit to Poland.", "2020-03-17", status="denied", source=NOR, target=POL)
    visit = told("Norway visited Poland after all.", "2020-03-20", source=NOR, target=POL)
    assert became(tmp_path, off, visit) == "came true"


def test_a_plan_is_coming_until_its_days_are_over(tmp_path: Path) -> None:
    assert became(tmp_path) == "coming"
    assert became(tmp_path, NEWER) == "passed"


def test_as_of_a_day_nothing_later_is_known(tmp_path: Path) -> None:
    visit = told("Norway visited Poland.", "2020-03-20", source=NOR, target=POL)
    assert became(tmp_path, visit, as_of="2020-03-16") == "coming"


def test_another_ministers_visit_is_not_the_announced_one(tmp_path: Path) -> None:
    plan = told(
        "Ine Berg will visit Poland.", "2020-03-14", status="planned", source=("Ine Berg", "NOR"), target=POL,
        days=("2020-03-20", "2020-03-20"), role="Defence Minister",
    )  # fmt: skip
    other = told(
        "Odd Lie visited Poland.", "2020-03-20", source=("Odd Lie", "NOR"), target=POL, role="Fisheries Minister"
    )
    assert became(tmp_path, other, NEWER, plan=plan) == "passed"
    berg = told("Berg visited Poland.", "2020-03-20", source=("Berg", "NOR"), target=POL, role="minister")
    assert became(tmp_path, berg, NEWER, plan=plan) == "came true"


def test_plans_without_a_day_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with open_writer(path) as writer:
        writer.add(told("Norway will visit Poland.", "2020-03-14", status="planned", source=NOR, target=POL))
        writer.add(PLAN)
    with Archive(path) as archive:
        assert [item.plan.fact.id for item in archive.agenda()] == [PLAN.events[0].id]
        assert [item.days is None for item in archive.agenda(undated=True)] == [False, True]
        assert archive.agenda(since="2020-03-21") == []
        assert len(archive.agenda(until="2020-03-20")) == 1
