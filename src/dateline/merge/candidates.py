"""Which reports of articles that are not linked are worth comparing: those that share type, day and who or where."""

from __future__ import annotations

import zlib
from datetime import timedelta
from typing import Final

from dateline.merge.report import Party, Report

# A report that spreads over more days than this is found through its story alone.
_LONGEST_DAYS: Final = 4


def report_keys(report: Report) -> list[int]:
    """Keys of a report: reports of articles that are not linked are compared if they share one.

    Only what is dated by its own words has keys, and of these only those that also say who did it to whom, or where
    exactly. The day before and after belong to it: one night is two days.
    """
    if not report.dated or report.first is None or report.last is None or report.type is None:
        return []
    length = (report.last - report.first).days
    if length > _LONGEST_DAYS:
        return []
    subjects = []
    sources = sorted({_coded(party) for party in report.parties if party.side == "source"} - {""})
    targets = sorted({_coded(party) for party in report.parties if party.side == "target"} - {""})
    subjects += [f"{source}>{target}" for source in sources for target in targets]
    if report.place is not None and report.place.precise:
        subjects.append(f"@{report.place.name} {report.place.country}")
    days = [report.first + timedelta(days=n) for n in range(length + 1)]
    about = f"{report.type} {report.status}"
    return sorted({zlib.crc32(f"{about} {day} {subject}".encode()) for day in days for subject in subjects})


def _coded(party: Party) -> str:
    return " ".join((party.country, *party.sectors[:1])) if party.country else ""
