"""What an audit found as flat rows: `dateline audit RECORD --format csv`."""

from __future__ import annotations

from typing import Any, Final

from dateline.export.columns import Cells, columns

AUDIT: Final = columns(
    ("type", "text", "type of event or kind of statement; all for the whole record"),
    ("facts", "integer", "how many the record held when the sample was drawn"),
    ("judged", "integer", "how many of the sample are judged"),
    ("is_one", "real", "share that is such a fact, of this type"),
    ("is_one_low", "real", "lower end of its 95 % interval (Wilson)"),
    ("is_one_high", "real", "upper end"),
    ("without_fault", "real", "share without any fault"),
    ("without_fault_low", "real", "lower end of its interval"),
    ("without_fault_high", "real", "upper end"),
    ("really", "real", "how many there are by the sample; empty until every type has a judgement"),
    ("really_low", "real", "lower end of its interval"),
    ("really_high", "real", "upper end"),
    ("faults", "text", "how often each part was wrong: status 2; place 1"),
)


def audit_cells(line: Any) -> Cells:
    """The cells of `AUDIT` for a line of a report (`dateline.precision.Line`)."""
    faults = "; ".join(f"{part} {count}" for part, count in line.faults.items()) or None
    shares = [cell for share in (line.act, line.whole, line.corrected) for cell in _cells(share)]
    return (line.name, line.facts, line.judged, *shares, faults)


def _cells(share: Any) -> Cells:
    return (None, None, None) if share is None else (round(share.share, 4), round(share.low, 4), round(share.high, 4))
