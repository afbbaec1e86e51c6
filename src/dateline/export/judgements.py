"""What people judged as flat rows: `dateline audit RECORD --judgements`."""

from __future__ import annotations

from typing import Any, Final

from dateline.export.columns import Cells, columns

JUDGEMENTS: Final = columns(
    ("kind", "text", "event or statement"),
    ("fact_id", "text", "id of the event or statement"),
    ("field", "text", "the part judged; fact for the whole of it"),
    ("verdict", "text", "right, wrong or withdrawn"),
    ("was", "text", "what the record said"),
    ("value", "text", "what it should say, where somebody said so"),
    ("why", "text", "the reason given"),
    ("rule", "text", "the rule that had found the fact"),
    ("audit", "integer", "the audit that the judgement belongs to; empty outside audits"),
    ("judged_by", "text", "who judged"),
    ("judged_at", "text", "when, UTC"),
)


def judgement_cells(one: Any) -> Cells:
    """The cells of `JUDGEMENTS` for a judgement (`store/corrections.py`)."""
    start = (one.kind, one.fact, one.field, one.verdict, one.was, one.value, one.why, one.rule)
    return (*start, one.audit, one.who, one.judged_at)
