"""How a claimed figure moved: who gave which number when, about the same thing (`dateline figures --history`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from dateline.records.claims import Figure


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of a figure, as it is laid beside others.

    Attributes:
        about: id of the real event that the figure sizes.
        claimant: who gives the figure, or else the outlet that prints it.
    """

    about: str
    figure: Figure
    published: date
    claimant: str
    outlet: str | None
    article: str


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A claim, and how things stood once it was made.

    Attributes:
        thing: what is counted: the kind of figure (killed, troops) or else its unit.
        low, high: the lowest and the highest number that the claimants' latest claims leave; None if open.
        claimants: how many claimants have given a number by then.
        moved: "first" claim of a claimant, or "up", "down", "same" against the claimant's last one.
    """

    claim: Claim
    thing: str
    low: float | None
    high: float | None
    claimants: int
    moved: str


def ledger(claims: Iterable[Claim]) -> tuple[LedgerLine, ...]:
    """The claims in order: by what they are about, by what is counted, by day of publication."""
    ordered = sorted(claims, key=lambda c: (c.about, _thing(c.figure), c.published, c.article, c.figure.start))
    lines: list[LedgerLine] = []
    for (_, thing), group in groupby(ordered, key=lambda c: (c.about, _thing(c.figure))):
        latest: dict[str, Figure] = {}
        for claim in group:
            before = latest.get(claim.claimant.casefold())
            latest[claim.claimant.casefold()] = claim.figure
            low, high = _range(latest.values())
            lines.append(LedgerLine(claim, thing, low, high, len(latest), _moved(before, claim.figure)))
    return tuple(lines)


def _thing(figure: Figure) -> str:
    return figure.kind or figure.currency or figure.unit or ""


def _range(figures: Iterable[Figure]) -> tuple[float | None, float | None]:
    """From the lowest number that is claimed to the highest; "at least 40" is 40 until somebody says more."""
    numbers = [n for figure in figures for n in (figure.low, figure.high) if n is not None]
    return (min(numbers), max(numbers)) if numbers else (None, None)


def _moved(before: Figure | None, now: Figure) -> str:
    if before is None:
        return "first"
    old, new = _middle(before), _middle(now)
    return "same" if old == new else "up" if new > old else "down"


def _middle(figure: Figure) -> float:
    known = [n for n in (figure.low, figure.high) if n is not None]
    return sum(known) / len(known) if known else 0.0
