"""The writing service: crashes become problems, order is kept, known articles are passed over."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import dateline
import tests.endings
from dateline.archive import Archive
from dateline.batches import Outcome
from dateline.build import ReadOptions, read_each, read_into
from dateline.errors import DatelineError, SourceError, UsageError
from dateline.pipeline import Tools, read_articles
from dateline.records.reading import Reading
from dateline.records.text import Article


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "dump.jsonl"
    rows = [
        {"id": f"n{n}", "date": "2020-03-14", "text": f"Kenya's president met leader number {n}."} for n in range(5)
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def _crash_on(article_ref: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let reading crash on one article, as a bug in a rule would."""
    plain = read_articles

    def crashing(articles: Iterable[Article], tools: Tools) -> Iterator[Reading]:
        for article in articles:
            if article_ref in article.ref:
                raise ZeroDivisionError("a bug")
            yield from plain([article], tools)

    def crashing_one(article: Article, tools: Tools) -> Reading:
        return next(crashing([article], tools))

    monkeypatch.setattr("dateline.batches.read_articles", crashing)
    monkeypatch.setattr("dateline.batches.read_one", crashing_one)


def test_a_crash_on_one_article_becomes_its_problem_and_the_others_are_read(
    dump: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _crash_on("n2", monkeypatch)
    summary = read_into([str(dump)], tmp_path / "r.db")
    assert (summary.added, summary.failed) == (4, 1)
    with Archive(tmp_path / "r.db") as archive:
        (row,) = [row for row in archive.problems() if row.problem.code == "crash"]
    assert "n2" in row.ref
    assert "ZeroDivisionError" in row.problem.message


def test_strict_raises_the_crash(dump: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _crash_on("n2", monkeypatch)
    with pytest.raises(ZeroDivisionError):
        list(read_each([str(dump)], ReadOptions(strict=True)))


def test_outcomes_come_in_the_order_of_the_sources_and_known_ones_are_not_read(dump: Path) -> None:
    first = list(read_each([str(dump)], ReadOptions()))
    ids = [outcome.reading.article.id for outcome in first if outcome.reading]
    assert [outcome.ref for outcome in first] == sorted(outcome.ref for outcome in first)
    again = list(read_each([str(dump)], ReadOptions(), known=lambda id_: id_ == ids[1]))
    assert [outcome.known for outcome in again] == [False, True, False, False, False]
    assert [outcome.ref for outcome in again] == [outcome.ref for outcome in first]


def test_stopping_ends_after_the_articles_in_hand(dump: Path) -> None:
    assert list(read_each([str(dump)], ReadOptions(), stopping=lambda: True)) == []


def test_no_workers_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="--workers 0"):
        ReadOptions(workers=0)


def test_the_library_reads_a_text_and_a_record_can_be_asked(tmp_path: Path) -> None:
    text = "Norway's Defence Minister Ine Berg will visit Poland next week."
    reading = dateline.read(text, date="2020-03-14")
    (event,) = reading.events
    assert (event.type, event.mode, event.status) == ("CONSULT", "visit", "planned")
    assert text[event.trigger.start : event.trigger.end] == event.trigger.text
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    dateline.read_into([str(tmp_path / "a.txt")], tmp_path / "r.db", ReadOptions(date=reading.article.published))
    with dateline.Record(tmp_path / "r.db") as record:
        (row,) = record.events("actor:NOR type:CONSULT status:planned")
    assert row.fact.id == event.id or row.fact.type == event.type


@pytest.mark.parametrize("text", ["", "   \n"])
def test_the_library_refuses_an_empty_text(text: str) -> None:
    with pytest.raises(SourceError):
        dateline.read(text, date="2020-03-14")


def test_the_library_refuses_an_impossible_date() -> None:
    with pytest.raises(DatelineError, match="2020-02-30"):
        dateline.read("Kenya's president met Uganda's president.", date="2020-02-30")


def test_the_public_names_are_those_promised() -> None:
    assert dateline.__all__ == ["DatelineError", "Record", "__version__", "read", "read_into"]
    for name in dateline.__all__:
        assert getattr(dateline, name) is not None


def test_an_article_on_which_a_rule_does_not_end_is_given_up(
    dump: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = read_articles

    def endless(articles: Iterable[Article], tools: Tools) -> Iterator[Reading]:
        for article in articles:
            while "n2" in article.ref:
                pass
            yield from plain([article], tools)

    monkeypatch.setattr("dateline.batches.read_articles", endless)
    monkeypatch.setattr("dateline.batches.read_one", lambda article, tools: next(endless([article], tools)))
    monkeypatch.setattr("dateline.batches._SECONDS", 1.0)
    summary = read_into([str(dump)], tmp_path / "r.db")
    assert (summary.added, summary.failed) == (4, 1)
    with Archive(tmp_path / "r.db") as archive:
        (row,) = [row for row in archive.problems() if row.problem.code == "too-long"]
    assert "n2" in row.ref


def _crew() -> list[int]:
    return [child.pid for child in multiprocessing.active_children() if child.pid is not None]


def test_a_worker_that_the_system_ends_takes_no_article_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.batches._BATCH_ARTICLES", 1)
    path = tmp_path / "many.jsonl"
    text = "The president of Kenya met the leader of the opposition for the {}th time in the capital on Friday. " * 5
    rows = [{"id": f"n{n:03}", "date": "2020-03-14", "text": text.format(n, *range(20))} for n in range(12)]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    outcomes: list[Outcome] = []
    for outcome in read_each([str(path)], ReadOptions(workers=2)):
        if not outcomes:
            for pid in _crew():
                os.kill(pid, signal.SIGKILL)
        outcomes.append(outcome)
    assert [outcome.ref for outcome in outcomes] == sorted(outcome.ref for outcome in outcomes)
    assert [outcome.ref for outcome in outcomes if outcome.reading is None] == []
    assert len(outcomes) == 12


def test_an_article_that_ends_its_process_becomes_a_problem(monkeypatch: pytest.MonkeyPatch, dump: Path) -> None:
    """The processes are told by a marked text to end themselves, as the system would for want of memory."""
    monkeypatch.setattr("dateline.workers._work", tests.endings.work_or_die)
    outcomes = list(read_each([str(dump)], ReadOptions(workers=2)))
    assert [outcome.reading is None for outcome in outcomes] == [False, False, True, False, False]
    assert outcomes[2].problems[-1].code == "killed"
