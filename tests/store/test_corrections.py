"""What people judge is kept beside the record, and never over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import StoreError, UsageError
from dateline.store.audits import begin_audit, load_audit, shared_out
from dateline.store.corrections import FIELDS, judge, judgements, said
from dateline.store.write import open_writer
from tests.store.samples import plain_reading, shelling_reading, visit_reading


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A record of a visit and a shelling."""
    with open_writer(tmp_path / "record.db") as writer:
        writer.add(visit_reading())
        writer.add(shelling_reading())
    return tmp_path / "record.db"


def test_every_part_of_a_fact_can_be_put_in_words() -> None:
    visit, statement = visit_reading().events[0], visit_reading().statements[0]
    told = {field: said(visit, field) for field in FIELDS["event"]}
    assert told == {
        "fact": "CONSULT", "type": "CONSULT", "mode": "visit", "status": "planned", "source": "Ine Berg (NOR)",
        "target": "Poland (POL)", "time": "2020-03-16..2020-03-22", "place": "Poland",
    }  # fmt: skip
    assert said(statement, "speaker") == "Ine Berg" and said(statement, "time") == "2020-03-13"
    with pytest.raises(UsageError, match="it is one of fact, type"):
        said(visit, "intensity")


def test_the_last_word_holds_and_all_are_kept(record: Path) -> None:
    visit = visit_reading().events[0]
    judge(record, visit, "status", "right", who="Ada")
    judge(record, visit, "status", "wrong", value="possible", why="only a wish", who="Bo")
    judge(record, visit, "place", "wrong", who="Bo")
    judge(record, visit, "place", "withdrawn", who="Bo")
    (held,) = judgements(record, fact=visit.id, newest_only=True)
    assert (held.field, held.was, held.value, held.who) == ("status", "planned", "possible", "Bo")
    assert held.rule == "verbs/consult.toml#one" and held.judged_at.endswith("+00:00")
    assert [one.verdict for one in judgements(record)] == ["right", "wrong", "wrong", "withdrawn"]


@pytest.mark.parametrize(
    ("field", "verdict", "value", "message"),
    [
        ("status", "maybe", None, "is no verdict"),
        ("status", "wrong", "later", "choose one of happened"),
        ("status", "right", "denied", "a value goes with a part that is wrong"),
        ("fact", "wrong", "CONSULT", "a value goes with"),
        ("colour", "wrong", None, "cannot be judged"),
        ("place", "wrong", "x" * 2_000, "too many"),
    ],
)
def test_a_judgement_that_means_nothing_is_refused(
    record: Path, field: str, verdict: str, value: str | None, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        judge(record, visit_reading().events[0], field, verdict, value=value, who="Ada")
    with pytest.raises(UsageError, match="who judged"):
        judge(record, visit_reading().events[0], "fact", "right", who=" ")
    assert judgements(record) == []


def test_judgements_outlive_a_second_reading_of_the_article(record: Path) -> None:
    judge(record, visit_reading().events[0], "fact", "right", who="Ada")
    with open_writer(record) as writer:
        writer.replace(visit_reading())
    assert [one.fact for one in judgements(record)] == [visit_reading().events[0].id]


def test_a_sample_is_drawn_by_strata_and_is_the_same_again(tmp_path: Path) -> None:
    record = tmp_path / "many.db"
    with open_writer(record) as writer:
        for number in range(60):
            writer.add(plain_reading(number))
        writer.add(shelling_reading())
    first = begin_audit(record, 20, kind="event", query="", seed=4, who="Ada")
    again = begin_audit(record, 20, kind="event", query="", seed=4, who="Bo")
    assert first.items == again.items and first.key != again.key
    assert [item.n for item in first.items] == list(range(1, 21))
    drawn = [item.stratum for item in first.items]
    assert drawn.count("ASSAULT") == 2 == first.strata["ASSAULT"]
    other = begin_audit(record, 20, kind="event", query="", seed=5, who="Ada")
    assert other.items != first.items
    assert begin_audit(record, 20, kind="event", query="status:denied", seed=1, who="Ada").strata == {"ASSAULT": 1}


def test_a_sample_needs_something_to_be_drawn_from(record: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="so none can be audited"):
        begin_audit(record, 5, kind="event", query="type:AID", seed=1, who="Ada")
    with pytest.raises(UsageError, match="draw from 1"):
        begin_audit(record, 0, kind="event", query="", seed=1, who="Ada")
    with pytest.raises(UsageError, match="there is no audit 7"):
        load_audit(record, 7)
    with pytest.raises(StoreError, match="there is no such record"):
        begin_audit(tmp_path / "none.db", 5, kind="event", query="", seed=1, who="Ada")


def test_an_audit_knows_what_is_still_to_be_judged(record: Path) -> None:
    audit = begin_audit(record, 9, kind="event", query="", seed=1, who="Ada")
    assert len(audit.items) == 3 and audit.next == audit.items[0]
    facts = {event.id: event for reading in (visit_reading(), shelling_reading()) for event in reading.events}
    for item in audit.items:
        judge(record, facts[item.fact], "status", "wrong", who="Ada", audit=audit.key)
    assert load_audit(record, audit.key).next == audit.items[0]
    judge(record, facts[audit.items[0].fact], "fact", "right", who="Ada", audit=audit.key)
    assert load_audit(record, audit.key).next == audit.items[1]


@pytest.mark.parametrize(
    ("sizes", "wanted", "shares"),
    [
        ({"A": 900, "B": 90, "C": 10}, 30, {"A": 19, "B": 6, "C": 5}),
        ({"A": 5, "B": 1}, 100, {"A": 5, "B": 1}),
        ({"A": 100, "B": 1}, 10, {"A": 9, "B": 1}),
    ],
)
def test_every_stratum_has_its_share(sizes: dict[str, int], wanted: int, shares: dict[str, int]) -> None:
    assert shared_out(sizes, wanted) == shares
