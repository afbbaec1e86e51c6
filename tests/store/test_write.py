"""Adding readings: once each, whole or not at all, changes as versions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.archive import Archive
from dateline.records.problem import Problem
from dateline.records.reading import Reading
from dateline.records.text import make_article
from dateline.store.write import open_writer
from tests.store.samples import VISIT, plain_reading, shelling_reading, visit_reading


def bare(
    text: str, ref: str, published: date = date(2020, 3, 14), url: str | None = None, title: str | None = None
) -> Reading:
    """A reading without facts."""
    article = make_article(text, published=published, published_basis="given", ref=ref, url=url, title=title)
    return Reading(article, (), (), (), (), (), (), ())


_OPENINGS = (
    "Ministers of five states met in Oslo",
    "A ferry ran aground off Bergen",
    "Teachers all over the country walked out",
    "The court heard its first witness",
)


def refs(path: Path, query: str = "", as_of: str | None = None) -> list[str]:
    with Archive(path) as archive:
        return [row.origin.ref for row in archive.articles(query, as_of=as_of)]


@pytest.mark.parametrize(
    "reading", [visit_reading(), shelling_reading(), plain_reading(3)], ids=["visit", "shelling", "plain"]
)
def test_a_reading_comes_back_exactly(tmp_path: Path, reading: Reading) -> None:
    with open_writer(tmp_path / "r.db") as writer:
        assert writer.add(reading) == "added"
    with Archive(tmp_path / "r.db") as archive:
        assert archive.reading(reading.article.id) == reading
        assert [row.fact for row in archive.events("sort:read")] == list(reading.events)
        assert [row.fact for row in archive.statements("sort:read")] == list(reading.statements)
        assert [row.fact for row in archive.figures("sort:read")] == list(reading.figures)
        assert [row.fact for row in archive.actors("sort:read")] == list(reading.actors)


@settings(deadline=None, max_examples=60)
@given(st.text(min_size=1, max_size=80), st.one_of(st.none(), st.text(max_size=20)))
def test_any_text_comes_back_exactly(tmp_path_factory: pytest.TempPathFactory, text: str, title: str | None) -> None:
    path = tmp_path_factory.mktemp("any") / "r.db"
    reading = bare(text, "x", title=title)
    with open_writer(path) as writer:
        writer.add(reading)
    with Archive(path) as archive:
        assert archive.reading(reading.article.id) == reading


@pytest.mark.parametrize("odd", ["\x00", "\ud800", "😀", "\u202e", "\r\n"], ids=ascii)
def test_odd_characters_keep_their_places(tmp_path: Path, odd: str) -> None:
    reading = visit_reading(VISIT.replace("next week", f"next{odd} next week"))
    with open_writer(tmp_path / "r.db") as writer:
        writer.add(reading)
    with Archive(tmp_path / "r.db") as archive:
        stored = archive.reading(reading.article.id)
        assert stored == reading
        (row,) = archive.articles("about:Poland")
        assert row.characters == len(reading.article.text)
        for time in stored.times:
            assert stored.article.text[time.start : time.end] == time.text


def test_the_same_article_again_changes_nothing(record: Path) -> None:
    before = {path.name: path.read_bytes() for path in record.parent.iterdir()}
    with open_writer(record) as writer:
        assert writer.known(visit_reading().article.id)
        assert not writer.known("0" * 16)
        assert writer.add(visit_reading()) == "known"
        assert writer.add(visit_reading(ref="another/path.txt")) == "known"
    assert {path.name: path.read_bytes() for path in record.parent.iterdir()} == before


def test_a_changed_article_is_a_new_version_and_the_old_facts_stay(record: Path) -> None:
    changed = visit_reading(VISIT.replace("About 40,000", "About 30,000").replace("40,000 soldiers", "30,000 soldiers"))
    changed = replace(changed, figures=())
    with open_writer(record) as writer:
        assert writer.add(changed) == "version"
    with Archive(record) as archive:
        assert archive.count("events", "actor:NOR") == 1
        assert archive.count("events", "actor:NOR versions:all") == 2
        assert archive.count("figures", "kind:troops") == 0
        (old,) = archive.figures("kind:troops versions:all")
        assert not old.origin.newest
        assert [v.newest for v in archive.versions(changed.article.id)] == [False, True]
        assert archive.show(visit_reading().events[0].id)


def test_versions_are_ordered_by_publication_however_they_come(tmp_path: Path) -> None:
    days = [date(2020, 3, day) for day in (14, 15, 16)]
    for number, order in enumerate(([0, 1, 2], [2, 1, 0], [0, 2, 1], [1, 2, 0])):
        path = tmp_path / f"{number}.db"
        with open_writer(path) as writer:
            for n in order:
                writer.add(bare(f"Version {n} of the report.", "report.txt", days[n]))
        with Archive(path) as archive:
            newest = archive.versions(next(archive.articles()).origin.id)
            assert [v.published for v in newest] == days
            assert [row.origin.published for row in archive.articles()] == [days[2]]
            assert [row.origin.published for row in archive.articles(as_of=days[1])] == [days[1]]
            assert [row.origin.published for row in archive.articles(as_of=days[0])] == [days[0]]
            assert list(archive.articles(as_of="2020-03-13")) == []


def test_other_articles_at_one_place_are_no_versions(tmp_path: Path) -> None:
    """Line 7 of a file, standard input and a home page hold another article tomorrow."""
    home = "https://news.example/"
    places = (("dump.jsonl#7", None), ("-", None), ("a#1", home), ("b#1", home))
    with open_writer(tmp_path / "r.db") as writer:
        for number, (ref, url) in enumerate(places):
            assert writer.add(bare(f"{_OPENINGS[number]} on Monday.", ref, url=url)) == "added"
        assert writer.add(bare("The price of herring fell again.", "dump.jsonl#7")) == "added"
        assert writer.add(bare("Nobody came.", "-")) == "added"
        assert writer.add(bare("Nobody went to the polls.", "c#1", url=home)) == "added"
        assert writer.add(bare(f"{_OPENINGS[0]} on Tuesday.", "dump.jsonl#7")) == "version"
        assert writer.add(bare(f"{_OPENINGS[3]} on Monday evening.", "d#1", url=home)) == "version"
    assert len(refs(tmp_path / "r.db")) == 7


def test_problems_are_kept_once_and_until_the_source_is_read(record: Path) -> None:
    with open_writer(record) as writer:
        for _ in range(2):
            writer.problem("news/later.txt", Problem("source", "empty", "news/later.txt is empty"))
        writer.problem("news/never.txt", Problem("date", "date-missing", "no date"))
    with Archive(record) as archive:
        found = [(row.ref, row.problem.code, row.origin is None) for row in archive.problems()]
        assert found == [
            ("news/later.txt", "empty", True),
            ("news/never.txt", "date-missing", True),
            ("news/visit.txt", "vague", False),
        ]
    with open_writer(record) as writer:
        writer.add(bare("Here it is.", "news/later.txt"))
    with Archive(record) as archive:
        assert [row.ref for row in archive.problems("code:empty|date-missing")] == ["news/never.txt"]


def test_reading_again_replaces_the_facts(record: Path) -> None:
    fewer = replace(shelling_reading(), events=shelling_reading().events[:1], figures=())
    with open_writer(record) as writer:
        assert writer.replace(fewer) == "known"
        assert writer.replace(plain_reading(1)) == "added"
    with Archive(record) as archive:
        assert archive.reading(fewer.article.id) == fewer
        assert archive.count("events", "attacked") == 0
        assert archive.count("events", "gunmen") == 1


def test_a_doubled_id_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    reading = visit_reading()
    doubled = replace(reading, events=reading.events * 2, actors=(*reading.actors, reading.actors[0]))
    with open_writer(tmp_path / "r.db") as writer:
        assert writer.add(doubled) == "added"
    with Archive(tmp_path / "r.db") as archive:
        assert archive.count("events") == 1
        assert [row.fact.id for row in archive.actors()] == ["a1", "a2"]
        assert [row.problem.code for row in archive.problems("stage:store")] == ["id-taken", "id-taken"]


def test_a_crash_in_the_middle_of_an_article_leaves_nothing_of_it(record: Path) -> None:
    broken = replace(plain_reading(1), figures=("no figure",))  # type: ignore[arg-type]
    with open_writer(record) as writer:
        with pytest.raises(AttributeError):
            writer.add(broken)
        assert not writer.known(broken.article.id)
        assert writer.add(plain_reading(2)) == "added"
    with Archive(record) as archive:
        assert archive.count("articles") == 3
        assert archive.count("events", "source:NOR") == 2
