"""How claimed figures moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dateline.ledger import Claim, ledger
from tests.plans import told

(TOLL,) = told(
    "Police said 12 people died.", "2020-04-02", kind="ASSAULT", dead="12 people", claimed_by="Police"
).figures


def claim(day: int, claimant: str, low: float | None, high: float | None = None, *, kind: str = "killed") -> Claim:
    figure = replace(TOLL, low=low, high=high if high is not None else low, kind=kind)
    return Claim("e1", figure, date(2020, 4, day), claimant, "Nordlys Wire", f"a{day}")


def test_a_toll_that_rises_and_is_disputed() -> None:
    lines = ledger(
        [claim(4, "the ministry", 15), claim(2, "Police", 12), claim(3, "Police", 14), claim(5, "the ministry", 15)]
    )
    assert [(line.claim.claimant, line.moved, line.low, line.high, line.claimants) for line in lines] == [
        ("Police", "first", 12, 12, 1),
        ("Police", "up", 14, 14, 1),
        ("the ministry", "first", 14, 15, 2),
        ("the ministry", "same", 14, 15, 2),
    ]


def test_dead_and_wounded_are_two_ledgers() -> None:
    lines = ledger([claim(2, "Police", 12), claim(2, "Police", 30, kind="wounded")])
    assert [(line.thing, line.low) for line in lines] == [("killed", 12), ("wounded", 30)]


def test_the_order_of_claims_changes_nothing() -> None:
    claims = [claim(day, "Police", day) for day in (2, 3, 4, 5)]
    assert ledger(claims) == ledger(reversed(claims))
