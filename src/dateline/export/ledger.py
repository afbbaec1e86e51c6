"""The ledger of claimed figures as flat rows (`dateline figures --history`)."""

from __future__ import annotations

from typing import Any, Final

from dateline.export.columns import Cells, columns
from dateline.records.claims import Figure

LEDGER: Final = columns(
    ("act_id", "text", "id of the real event that the figures are about"),
    ("thing", "text", "what is counted: the kind of figure, its currency or its unit"),
    ("published", "day", "when the claim was published"),
    ("claimant", "text", "who gives the figure, or else the outlet"),
    ("text", "text", "the words of the article"),
    ("low", "real", "lowest value"),
    ("high", "real", "highest value; empty if open"),
    ("qualifier", "text", "exact, about, at least, at most, more than, less than, between"),
    ("unit", "text", "what is counted"),
    ("moved", "text", "against the claimant's last claim: first, up, down or same"),
    ("range_low", "real", "lowest number among the latest claims of all claimants, once this one was made"),
    ("range_high", "real", "highest number among them"),
    ("claimants", "integer", "how many claimants had given a number by then"),
    ("article_source", "text", "outlet"),
    ("article_id", "text", "article"),
)


def ledger_cells(line: Any) -> Cells:
    """The cells of `LEDGER` for a line of `dateline.ledger.ledger`."""
    claim = line.claim
    figure: Figure = claim.figure
    return (
        claim.about,
        line.thing,
        claim.published,
        claim.claimant,
        figure.text,
        figure.low,
        figure.high,
        figure.qualifier,
        figure.unit,
        line.moved,
        line.low,
        line.high,
        line.claimants,
        claim.outlet,
        claim.article,
    )
