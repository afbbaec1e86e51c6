"""The library's door to a record: asking, showing, explaining."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest

import dateline
from dateline.archive import Archive
from dateline.errors import QueryError, StoreError, UsageError
from dateline.records.reading import Reading
from dateline.store.filter import parse_query
from dateline.store.write import open_writer
from tests.store.samples import plain_reading, shelling_reading, visit_reading


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """A record holding `visit_reading` and `shelling_reading`, opened."""
    with open_writer(tmp_path / "record.db") as writer:
        writer.add(visit_reading())
        writer.add(shelling_reading())
    return Archive(tmp_path / "record.db")


def test_the_library_calls_it_record() -> None:
    assert dateline.Record is Archive


def test_rows_carry_the_fact_its_article_and_its_sentence(archive: Archive) -> None:
    (row,) = archive.events("actor:NOR")
    assert row.fact == visit_reading().events[0]
    assert (row.origin.ref, row.origin.published, row.origin.source) == (
        "news/visit.txt",
        date(2020, 3, 14),
        "Nordlys Wire",
    )
    assert row.sentence is not None and row.sentence.endswith("Ine Berg will visit Poland next week.")


def test_a_query_may_be_understood_beforehand(archive: Archive) -> None:
    asked = parse_query("type:ASSAULT")
    assert len(list(archive.events(asked))) == archive.count("event", asked) == 2


def test_limits(archive: Archive) -> None:
    assert len(list(archive.events(limit=2))) == 2
    assert len(list(archive.events("limit:1", limit=2))) == 1
    with pytest.raises(UsageError, match="ask for at least 1"):
        archive.events(limit=0)


def test_a_wrong_query_is_told_at_once_and_not_at_the_first_row(archive: Archive) -> None:
    with pytest.raises(QueryError, match="query, column 1: unknown field 'acter'"):
        archive.events("acter:NOR")
    with pytest.raises(QueryError, match="query, column 1: events have no 'speaker'"):
        archive.events("speaker:NOR")
    with pytest.raises(UsageError, match="'evnts' is no kind of fact; ask for events, statements"):
        archive.count("evnts")
    with pytest.raises(UsageError, match="'March' is no day; write one as 2020-03-14"):
        archive.events(as_of="March")


def test_as_of_a_day_shows_only_what_had_been_published(archive: Archive) -> None:
    assert archive.count("events", as_of="2020-03-13") == 2
    assert [row.fact.type for row in archive.events(as_of=date(2020, 3, 13))] == ["ASSAULT", "ASSAULT"]
    assert archive.count("events", as_of="2020-03-12") == archive.count("problems", as_of="2020-03-12") == 0
    assert archive.count("events", "versions:all", as_of="2020-03-14") == 3


def test_show_takes_whole_ids_and_beginnings(archive: Archive) -> None:
    visit = visit_reading()
    assert (
        archive.show(visit.article.id)
        == archive.show(visit.article.id[:7])
        == archive.reading(visit.article.id)
        == visit
    )
    event, statement = archive.show(visit.events[0].id[:8]), archive.show(visit.statements[0].id[:8])
    assert not isinstance(event, Reading) and event.fact == visit.events[0]
    assert not isinstance(statement, Reading) and statement.fact == visit.statements[0]


def test_show_refuses_in_words(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no article, event or statement has the id zzzz"):
        archive.show("zzzz")
    with pytest.raises(UsageError, match="'%' is no id"):
        archive.show("%")
    with open_writer(archive.path) as writer:
        for number in range(40):
            writer.add(plain_reading(number))
    first = next(iter(archive.articles())).origin.id[0]
    with pytest.raises(UsageError, match=f"{first} begins the ids of article .* and more; give more of it"):
        archive.show(first)
    with pytest.raises(UsageError, match="is the id of an event, not of an article"):
        archive.reading(visit_reading().events[0].id)


def test_explain_gathers_what_led_to_an_event(archive: Archive) -> None:
    visit, shelling = visit_reading(), shelling_reading()
    told = archive.explain(visit.events[0].id)
    assert told.event.fact == visit.events[0]
    assert told.reading == visit
    assert [actor.name for actor in told.actors] == ["Ine Berg", "Poland"]
    assert told.time == visit.times[0]
    assert told.statement is None and told.figures == ()
    assert [version.ref for version in told.versions] == ["news/visit.txt"]
    shelled = archive.explain(shelling.events[0].id[:10])
    assert shelled.statement == shelling.statements[0]
    assert shelled.figures == shelling.figures
    with pytest.raises(UsageError, match="is the id of a statement; only events can be explained"):
        archive.explain(shelling.statements[0].id)


def test_rows_for_data_frames_and_files(archive: Archive, tmp_path: Path) -> None:
    (row,) = archive.table("events", "actor:NOR")
    assert (row["type"], row["source_country"], row["article_source"]) == ("CONSULT", "NOR", "Nordlys Wire")
    assert [item["characters"] for item in archive.table("articles", limit=1)] == [len(shelling_reading().article.text)]
    assert archive.write("figures", tmp_path / "figures.parquet") == 2
    assert archive.write("event", str(tmp_path / "e.txt"), "type:ASSAULT", format="polecat") == 1
    assert archive.write("problems", tmp_path / "p.csv") == 1
    with pytest.raises(UsageError, match="'doc' is no format for rows"):
        archive.write("events", tmp_path / "e.doc")


def test_a_backup_is_a_record(archive: Archive, tmp_path: Path) -> None:
    archive.back_up(tmp_path / "copy.db")
    with Archive(tmp_path / "copy.db") as copy:
        assert copy.count("events") == 3
        assert list(copy.check()) == []


def test_questions_from_several_threads(archive: Archive) -> None:
    failures: list[BaseException] = []

    def ask() -> None:
        try:
            for _ in range(20):
                rows = archive.events()
                next(rows)
                assert archive.count("events", "village") == 2
                assert len(list(rows)) == 2
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_rows_begun_before_a_write_are_as_they_were(archive: Archive) -> None:
    with open_writer(archive.path) as writer:
        for number in range(1200):
            writer.add(plain_reading(number))
        rows = archive.events("type:CONSULT")
        next(rows)
        writer.add(plain_reading(9999))
        assert len(list(rows)) == 1200
    assert archive.count("events", "type:CONSULT") == 1202


def test_a_closed_record_says_so(archive: Archive) -> None:
    archive.close()
    with pytest.raises(StoreError):
        archive.count("events")


def test_asking_loads_no_language_model(archive: Archive) -> None:
    script = (
        "import sys, dateline\n"
        "record = dateline.Record(sys.argv[1])\n"
        "list(record.events('actor:Norway in:Poland')), record.count('articles', 'gunmen')\n"
        "print([name for name in ('spacy', 'onnxruntime', 'numpy', 'duckdb', 'trafilatura') if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(archive.path)], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "[]\n"
