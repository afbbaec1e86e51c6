"""Gathering a record: the same whatever the order of reading, one by one or at once; a person's word wins."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.synthetic_news import readings
from dateline.archive import Archive
from dateline.errors import UsageError
from dateline.gather import decide, gather
from dateline.records.reading import Reading
from dateline.store.write import open_writer

SOME = list(readings(70))


def write(record: Path, some: list[Reading]) -> Path:
    with open_writer(record) as writer:
        for reading in some:
            writer.add(reading)
    return record


def gathered(record: Path) -> tuple[set[tuple[str, str]], set[tuple[str, str]], set[tuple[str, str]]]:
    """Events with their clusters, articles with their stories, articles with their families: by id."""
    with closing(sqlite3.connect(record)) as connection:
        clusters = connection.execute(
            "SELECT e.id, c.cluster FROM events e LEFT JOIN event_clusters c ON c.event = e.key"
        )
        stories = "SELECT a.id, s.story FROM articles a LEFT JOIN article_stories s ON s.article = a.key"
        families = "SELECT a.id, f.family FROM articles a LEFT JOIN article_families f ON f.article = a.key"
        return set(clusters), set(connection.execute(stories)), set(connection.execute(families))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All readings written in order and gathered at once."""
    record = write(tmp_path_factory.mktemp("whole") / "record.db", SOME)
    gather(record)
    return record


def test_several_reports_become_one_event_and_others_stay_apart(whole: Path) -> None:
    with Archive(whole) as archive:
        found = list(archive.merged())
        assert 1 < len(found) < archive.count("events")
        for event in found:
            assert len({row.fact.type for row in event.reports}) == 1
            assert len({row.fact.time.from_ for row in event.reports if row.fact.time}) == 1
            assert len({row.fact.place.name for row in event.reports if row.fact.place}) == 1


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_reading_does_not_matter(whole: Path, tmp_path: Path, seed: int) -> None:
    shuffled = list(SOME)
    random.Random(seed).shuffle(shuffled)
    record = write(tmp_path / "record.db", shuffled)
    gather(record)
    assert gathered(record) == gathered(whole)


def test_reading_little_by_little_gives_the_same_as_all_at_once(whole: Path, tmp_path: Path) -> None:
    shuffled = list(SOME)
    random.Random(3).shuffle(shuffled)
    record = tmp_path / "record.db"
    at = 0
    for size in (1, 1, 1, 9, 30, 1, 27):
        write(record, shuffled[at : at + size])
        gather(record)
        at += size
    assert at == len(SOME)
    assert gathered(record) == gathered(whole)


def test_gathering_again_changes_nothing(whole: Path, tmp_path: Path) -> None:
    record = tmp_path / "record.db"
    with Archive(whole) as archive:
        archive.back_up(record)
    assert gather(record).articles == 0
    assert gather(record, again=True).articles == len(SOME)
    assert gathered(record) == gathered(whole)


def test_an_article_that_was_read_again_is_gathered_anew(whole: Path, tmp_path: Path) -> None:
    record = tmp_path / "record.db"
    with Archive(whole) as archive:
        archive.back_up(record)
    with open_writer(record) as writer:
        for reading in SOME[10:14]:
            writer.replace(reading)
    assert gather(record).articles == 4
    assert gathered(record) == gathered(whole)


def test_no_report_is_changed(whole: Path) -> None:
    with Archive(whole) as archive:
        assert {row.fact.id for row in archive.events()} == {e.id for reading in SOME for e in reading.events}


def two_events(record: Path) -> tuple[str, str, str]:
    """Two reports of one event, and a report of another."""
    with Archive(record) as archive:
        several = [event for event in archive.merged() if len(event.reports) > 1]
        other = next(e for e in archive.merged() if e.id != several[0].id and len(e.reports) == 1)
        return several[0].reports[0].fact.id, several[0].reports[1].fact.id, other.id


def test_a_persons_split_and_join_win_over_what_is_found_and_outlive_a_new_merge(whole: Path, tmp_path: Path) -> None:
    record = tmp_path / "record.db"
    with Archive(whole) as archive:
        archive.back_up(record)
    first, second, other = two_events(record)
    decide(record, "split", first, second, who="Ada", why="two raids")
    decide(record, "join", first, other, who="Ada", why="the same raid")
    for again in (False, True):
        gather(record, again=again)
        with Archive(record) as archive:
            event, joined = archive.same(first)
            ids = {row.fact.id for row in event.reports}
            assert other in ids and second not in ids
            words = [item.decided for item in joined if item.report.fact.id in (first, other)]
            assert ("Ada", "the same raid") in words
    decide(record, "join", first, second, who="Ben", why="")
    with Archive(record) as archive:
        assert {first, second, other} <= {row.fact.id for row in archive.same(first)[0].reports}
    decide(record, "split", first, None, who="Ben", why="")
    with Archive(record) as archive:
        assert [row.fact.id for row in archive.same(first)[0].reports] == [first]


def test_a_decision_needs_two_reports_and_a_name(whole: Path, tmp_path: Path) -> None:
    record = tmp_path / "record.db"
    with Archive(whole) as archive:
        archive.back_up(record)
    first, second, _ = two_events(record)
    with pytest.raises(UsageError, match="twice"):
        decide(record, "join", first, first, who="Ada", why="")
    with pytest.raises(UsageError, match="who"):
        decide(record, "join", first, second, who=" ", why="")
    with pytest.raises(UsageError, match="no event"):
        decide(record, "join", first, "zz", who="Ada", why="")


def test_copies_of_one_text_are_one_source(tmp_path: Path, whole: Path) -> None:
    with closing(sqlite3.connect(whole)) as connection:
        texts = connection.execute(
            "SELECT t.text, f.family FROM articles a JOIN article_texts t USING (key) "
            "JOIN article_families f ON f.article = a.key"
        ).fetchall()
    families: dict[str, set[str]] = {}
    for text, family in texts:
        families.setdefault(text, set()).add(family)
    assert len(texts) > len(families), "the synthetic news holds copies"
    assert all(len(found) == 1 for found in families.values())
    with Archive(whole) as archive:
        assert any(event.sources < len({r.origin.id for r in event.reports}) for event in archive.merged())


def test_as_of_a_day_only_what_was_published_counts(whole: Path) -> None:
    with Archive(whole) as archive:
        day = SOME[0].article.published
        then = {event.id: event for event in archive.merged(as_of=day)}
        now = {event.id: event for event in archive.merged()}
        assert 0 < len(then) < len(now)
        assert all(row.origin.published <= day for event in then.values() for row in event.reports)
        assert any(len(now[event].reports) > len(then[event].reports) for event in then)
        assert all(story.articles[-1].published <= day for story in archive.stories(as_of=day))


def test_stories_hold_their_articles_and_a_headline_of_theirs(whole: Path) -> None:
    with Archive(whole) as archive:
        found = archive.stories()
        assert found and all(len(story.articles) > 1 for story in found)
        assert [len(story.articles) for story in found] == sorted((len(s.articles) for s in found), reverse=True)
        for story in found:
            assert story.headline in {article.title for article in story.articles}
            places = {(article.title or "").partition(":")[0] for article in story.articles}
            assert len(places) == 1, "one synthetic story is of one place"
        assert len(archive.stories(limit=1)) == 1
        assert sum(len(story.articles) for story in archive.stories(least=1)) == len(SOME)
