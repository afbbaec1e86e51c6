"""Groups and pages say the same as walking through all rows."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dateline.archive import Archive
from dateline.errors import QueryError, UsageError
from dateline.store.write import open_writer
from tests.store.samples import VISIT, plain_reading, shelling_reading, visit_reading


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Forty plain articles, a visit in two versions, a shelling."""
    with open_writer(tmp_path / "record.db") as writer:
        for number in range(40):
            writer.add(plain_reading(number))
        writer.add(visit_reading())
        writer.add(visit_reading(VISIT + " It was corrected.", published=date(2020, 3, 16)))
        writer.add(shelling_reading())
    return Archive(tmp_path / "record.db")


@pytest.mark.parametrize("query", ["", "status:planned", "versions:all", "-type:CONSULT", "published:2020-03"])
@pytest.mark.parametrize("as_of", [None, "2020-03-15"])
def test_groups_count_what_the_rows_are(archive: Archive, query: str, as_of: str | None) -> None:
    rows = list(archive.events(query, as_of=as_of))
    found = archive.groups("events", query, ("type", "status"), as_of=as_of)
    assert {group.values: group.count for group in found} == Counter((r.fact.type, r.fact.status) for r in rows)
    assert [group.count for group in found] == sorted((group.count for group in found), reverse=True)
    days = archive.groups("events", query, ("published",), as_of=as_of)
    assert {group.values[0]: group.count for group in days} == Counter(str(r.origin.published) for r in rows)
    assert archive.count("events", query, as_of=as_of) == len(rows)


@pytest.mark.parametrize("query", ["status:planned", "actor:NOR", "-type:CONSULT", "published:2020-03", "versions:all"])
def test_keys_found_once_answer_everything_else(archive: Archive, query: str) -> None:
    keys = archive.few("events", query)
    assert keys is not None and len(keys) == archive.count("events", query)
    assert archive.few("events", query, most=max(0, len(keys) - 1)) is None
    by = ("type", "published")
    assert archive.groups("events", "", by, among=keys) == archive.groups("events", query, by)
    for sort in ("", "sort:-published"):
        asked = f"{query} {sort}".strip()
        whole = archive.page("events", asked, size=9)
        assert (
            archive.page("events", asked, size=9, among=keys)
            == whole
            == archive.page("events", asked, size=9, dense=True)
        )


@pytest.mark.parametrize("kind", ["events", "statements", "figures"])
@pytest.mark.parametrize("query", ["actor:NOR", "actor:NOR actor:POL", "-actor:NOR", "country:NOR published:2020-03"])
def test_rows_are_the_same_however_they_are_looked_for(archive: Archive, kind: str, query: str) -> None:
    few = archive.page(kind, query, size=500).rows
    assert archive.page(kind, query, size=500, dense=True).rows == few == tuple(getattr(archive, kind)(query))
    assert len(few) == archive.count(kind, query)


def test_a_group_names_one_of_its_rows(archive: Archive) -> None:
    (group,) = [group for group in archive.groups("events", "", ("type",)) if group.values == ("ASSAULT",)]
    (row,) = archive.rows("events", [group.key])
    assert row.fact.type == "ASSAULT" and archive.rows("events", [10**9]) == ()


def test_what_cannot_be_counted_is_told(archive: Archive) -> None:
    with pytest.raises(UsageError, match="statements cannot be counted by 'quad'; they can by kind"):
        archive.groups("statements", "", ("quad",))


_SORTS = ["", "sort:-time", "sort:published", "sort:-published", "sort:read"]


@pytest.mark.parametrize("kind", ["events", "statements", "figures", "actors", "places", "times", "articles"])
@pytest.mark.parametrize("sort", _SORTS)
def test_pages_laid_together_are_all_rows_forwards_and_backwards(archive: Archive, kind: str, sort: str) -> None:
    whole = list(getattr(archive, kind)(sort))
    found: list[Any] = []
    beside: int | None = None
    while True:
        page = archive.page(kind, sort, size=7, beside=beside)
        found += page.rows
        if not page.more:
            break
        beside = page.keys[-1]
    assert found == whole
    back: list[Any] = []
    beside = 2**62
    while True:
        page = archive.page(kind, sort, size=7, beside=beside, before=True)
        back = [*page.rows, *back]
        if not page.more:
            break
        beside = page.keys[0]
    assert back == whole


@pytest.mark.parametrize(("kind", "sort"), [("events", "-confidence"), ("figures", "-value"), ("figures", "value")])
def test_pages_sorted_by_a_number_leave_nothing_out(archive: Archive, kind: str, sort: str) -> None:
    whole = list(getattr(archive, kind)(f"sort:{sort}"))
    first = archive.page(kind, f"sort:{sort}", size=20)
    rest = archive.page(kind, f"sort:{sort}", size=1_000, beside=first.keys[-1])
    assert [*first.rows, *rest.rows] == whole and first.more and not rest.more


def test_a_limit_ends_a_page_and_a_mistake_is_told(archive: Archive) -> None:
    assert len(archive.page("events", "limit:3").rows) == 3
    with pytest.raises(QueryError, match="for figures"):
        archive.page("events", "sort:value")
