"""What an audit says: the judged sample as precision by type, corrected counts and the rules that err most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dateline.archive import Archive, Row
from dateline.errors import UsageError
from dateline.precision import Judged, Line, RuleErrors, lines, rule_errors
from dateline.records.claims import Event, Statement
from dateline.records.reading import Reading
from dateline.store.audits import Audit, load_audit
from dateline.store.corrections import Judgement

# A type that is wrong, where nobody said what it is.
_SOME_OTHER = "?"


@dataclass(frozen=True, slots=True)
class AuditReport:
    """An audit with what it says: one line for each type and one for all, and how each rule fared."""

    audit: Audit
    lines: tuple[Line, ...]
    rules: tuple[RuleErrors, ...]


def audit_report(record: Path, key: int) -> AuditReport:
    """The report of an audit, finished or not.

    Raises:
        UsageError: the record has no such audit.
    """
    audit = load_audit(record, key)
    judged = _judged(audit)
    return AuditReport(audit, tuple(lines(audit.strata, judged)), tuple(rule_errors(judged)))


def audited_fact(archive: Archive, fact_id: str) -> Row[Event] | Row[Statement]:
    """The event or statement that a judgement is about.

    Raises:
        UsageError: it is not in the record any more, or is something else.
    """
    found = archive.show(fact_id)
    if isinstance(found, Reading):
        raise UsageError(f"{fact_id} is the id of an article; events and statements can be judged")
    return found


def _judged(audit: Audit) -> list[Judged]:
    """The facts of the sample that are judged as a whole, each with its faults."""
    by_fact: dict[str, list[Judgement]] = {}
    for one in audit.judgements:
        by_fact.setdefault(one.fact, []).append(one)
    return [_one(item.stratum, by_fact[item.fact]) for item in audit.items if item.fact in audit.judged]


def _one(stratum: str, said: Iterable[Judgement]) -> Judged:
    told = {one.field: one for one in said}
    whole = told["fact"]
    wrong = frozenset(field for field, one in told.items() if field != "fact" and one.verdict == "wrong")
    really: str | None = stratum
    if whole.verdict == "wrong":
        really = None
    elif "type" in wrong or "kind" in wrong:
        changed = told.get("type") or told["kind"]
        really = changed.value or _SOME_OTHER
    return Judged(stratum, whole.rule, whole.verdict == "right", wrong, really)
