"""Precision of a judged sample."""

from __future__ import annotations

import pytest

from dateline.precision import Judged, lines, rule_errors, wilson


def _judged(stratum: str, *, one: bool = True, wrong: str = "", really: str | None = "", rule: str = "r") -> Judged:
    return Judged(stratum, rule, one, frozenset(wrong.split()), stratum if really == "" else really)


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    # From Newcombe 1998, Statistics in Medicine 17, table I (method 3).
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_intervals_are_those_of_the_literature(right: int, of: int, low: float, high: float) -> None:
    found = wilson(right, of)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5) and found.share == right / of


def test_no_interval_without_a_judgement() -> None:
    with pytest.raises(ValueError, match="without a judgement"):
        wilson(0, 0)
    (line, whole) = lines({"A": 10}, [])
    assert line.act is line.whole is line.corrected is None and whole.act is None


def test_counts_are_corrected_by_what_was_found_as_something_else() -> None:
    """Nine of ten As are As; half of the Bs are As."""
    judged = [_judged("A")] * 9 + [_judged("A", one=False, really=None)]
    judged += [_judged("B")] * 5 + [_judged("B", wrong="type", really="A")] * 5
    of_a, of_b, whole = lines({"A": 900, "B": 100}, judged)
    assert of_a.act is not None and of_a.act.share == 0.9 and of_b.act is not None and of_b.act.share == 0.5
    assert of_a.corrected is not None and of_a.corrected.share == pytest.approx(860)
    assert of_b.corrected is not None and of_b.corrected.share == pytest.approx(50)
    assert whole.corrected is not None and whole.corrected.share == pytest.approx(910)
    assert whole.act is not None and whole.act.share == pytest.approx(0.86)
    assert whole.act.low < 0.86 < whole.act.high and whole.faults == {"type": 5}


def test_all_is_weighted_by_the_record_and_not_by_the_sample() -> None:
    judged = [_judged("A")] * 10 + [_judged("B", one=False, really=None)] * 10
    *_, whole = lines({"A": 990, "B": 10}, judged)
    assert whole.act is not None and whole.act.share == pytest.approx(0.99)
    assert whole.act.low > 0.6


def test_a_stratum_that_was_judged_wholly_is_known_exactly() -> None:
    *_, whole = lines({"A": 2}, [_judged("A"), _judged("A", one=False, really=None)])
    assert whole.act is not None and (whole.act.share, whole.act.low, whole.act.high) == (0.5, 0.5, 0.5)


def test_counts_wait_until_every_type_has_a_judgement() -> None:
    of_a, of_b, whole = lines({"A": 90, "B": 10}, [_judged("A")])
    assert of_a.corrected is None and of_b.act is None and whole.corrected is None


def test_rules_that_erred_most_come_first() -> None:
    judged = [_judged("A", rule="good")] * 3 + [
        _judged("A", rule="hasty", one=False, really=None),
        _judged("A", rule="hasty"),
    ]
    judged += [_judged("A", rule="sloppy", wrong="status place")]
    told = [(rule.rule, rule.judged, rule.not_one, rule.faulty) for rule in rule_errors(judged)]
    assert told == [("hasty", 2, 1, 1), ("sloppy", 1, 0, 1), ("good", 3, 0, 0)]
