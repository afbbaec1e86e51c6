"""Sharing without the text: manifests, exports without words, and what fills them in again."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from dateline.archive import Archive
from dateline.errors import UsageError
from dateline.export.layouts import LAYOUTS
from dateline.export.manifest import differences, read_manifest, write_manifest
from dateline.export.rehydrate import Texts, rehydrate, texts_of
from dateline.export.tables import TABLES
from dateline.records.reading import Reading
from dateline.store.write import open_writer
from tests.export.conftest import odd_reading
from tests.store.samples import shelling_reading, visit_reading

_STREAMED = [name for name in LAYOUTS if name not in ("parquet", "arrow", "stata")]


def exported(archive: Archive, layout: str, table: str | None = None, *, with_text: bool = True) -> bytes:
    out = io.BytesIO()
    archive.export(layout, out, table=table, with_text=with_text)
    return out.getvalue()


def texts(*readings: Reading) -> Texts:
    held = Texts(io.BytesIO())
    for reading in readings:
        article = reading.article
        held.add(article.id, article.ref, article.title, article.text_sha256, article.text)
    return held


def all_texts() -> Texts:
    return texts(visit_reading(), shelling_reading(), odd_reading())


def filled(data: bytes, held: Texts, tmp_path: Path) -> tuple[bytes, list[str]]:
    path = tmp_path / "bare"
    path.write_bytes(data)
    out, named = io.BytesIO(), list[str]()
    rehydrate(path, held, out, named.append)
    return out.getvalue(), named


@pytest.mark.parametrize("layout", [name for name in _STREAMED if name != "html"])
@pytest.mark.parametrize("table", ["events", "statements", "articles"])
def test_without_text_no_sentence_is_left(full: Archive, layout: str, table: str) -> None:
    if table not in LAYOUTS[layout].tables:
        return
    data = exported(full, layout, table, with_text=False).decode()
    assert data
    for words in (
        "shelled",
        "attacked the village",
        "will visit",
        "We stand together",
        "agreed",
        "Berg to visit Poland",
    ):
        assert words not in data, words


def test_a_page_of_articles_cannot_be_without_text(full: Archive) -> None:
    with pytest.raises(UsageError, match="without their text has nothing to show"):
        exported(full, "html", "articles", with_text=False)
    assert b"shelled" not in exported(full, "html", with_text=False)


@pytest.mark.parametrize("layout", ["csv", "tsv", "jsonl"])
@pytest.mark.parametrize("table", TABLES)
def test_tables_are_filled_again_to_the_byte(full: Archive, tmp_path: Path, layout: str, table: str) -> None:
    whole, bare = (exported(full, layout, table, with_text=with_text) for with_text in (True, False))
    assert (whole == bare) == (table == "problems" and b"article_title" not in whole)
    again, named = filled(bare, all_texts(), tmp_path)
    assert again == whole and named == []


def test_real_events_are_filled_again_to_the_byte(full: Archive, tmp_path: Path) -> None:
    files = [tmp_path / "whole", tmp_path / "none"]
    for file, with_text in zip(files, (True, False), strict=True):
        full.export("csv", file, merged=True, with_text=with_text)
    again, named = filled(files[1].read_bytes(), all_texts(), tmp_path)
    assert again == files[0].read_bytes() != files[1].read_bytes() and named == []


def test_readings_are_filled_again_to_the_byte(full: Archive, tmp_path: Path) -> None:
    again, named = filled(exported(full, "readings", with_text=False), all_texts(), tmp_path)
    assert again == exported(full, "readings") and named == []


@pytest.mark.parametrize("layout", ["csv", "readings"])
def test_articles_that_are_missing_or_differ_are_named_once(full: Archive, tmp_path: Path, layout: str) -> None:
    changed = visit_reading(visit_reading().article.text.replace("soldiers", "troops  "))
    again, named = filled(exported(full, layout, with_text=False), texts(changed, odd_reading()), tmp_path)
    assert sorted(line.partition("): ")[2] for line in named) == [
        "is not among the articles given",
        "what was given there differs in text, title, date, source or URL",
    ]
    assert any("news/shelling.txt" in line for line in named)
    assert b"shelled" not in again and b"agreed" in again


def test_the_same_text_under_another_title_fills_readings_and_is_named(full: Archive, tmp_path: Path) -> None:
    held = Texts(io.BytesIO())
    for reading in (visit_reading(), shelling_reading(), odd_reading()):
        article = reading.article
        held.add(f"0{article.id}", "elsewhere", "Another title", article.text_sha256, article.text)
    again, named = filled(exported(full, "readings", with_text=False), held, tmp_path)
    assert len(named) == 3 and "elsewhere has its text, but another title" in named[0]
    assert json.loads(again.splitlines()[0])["article"]["text"] == shelling_reading().article.text


@pytest.mark.parametrize("data", [b"", b"a,b\r\n1,2\r\n", b'{"a": 1}\n', b"\xff\xfe\x00", b"{not json"])
def test_other_files_are_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UsageError, match=r"bare(: is no export|, line 1: is no JSON)"):
        filled(data, all_texts(), tmp_path)


def test_articles_are_read_as_for_reading(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ministers met in Oslo.\n\nThey left.", encoding="utf-8")
    with texts_of([str(tmp_path / "a.txt")], "2020-03-14") as held:
        found = held.by_ref(str(tmp_path / "a.txt"))
        assert found is not None and held.text(found).startswith("Ministers met in Oslo.")


def test_a_manifest(full: Archive) -> None:
    out = io.BytesIO()
    assert write_manifest(full.manifest(), out) == 3
    told = read_manifest(out.getvalue(), "m.json")
    assert told == full.manifest().plain()
    assert told["runs"] == [{"articles": 3, "options": {"date": "2020-03-14"}, "versions": {"dateline": "0"}}]
    assert told["counts"]["events"] == 5 and told["counts"]["articles"] == 3
    assert [article["id"] for article in told["articles"]] == sorted(row.origin.id for row in full.articles())
    assert {article["text_sha256"] for article in told["articles"]} >= {visit_reading().article.text_sha256}


def test_manifests_of_other_things_are_refused() -> None:
    for data in (b"[]", b"{}", b"nothing"):
        with pytest.raises(UsageError, match="is no manifest"):
            read_manifest(data, "m.json")


def made(path: Path, *readings: Reading) -> Path:
    with open_writer(path, options={"date": "2020-03-14"}, versions={"dateline": "0"}) as writer:
        for reading in readings:
            writer.add(reading)
    return path


def test_two_runs_of_one_manifest_give_the_same_bytes(tmp_path: Path) -> None:
    readings = (visit_reading(), shelling_reading(), odd_reading())
    with Archive(made(tmp_path / "record.db", *readings)) as one:
        (tmp_path / "again").mkdir()
        with Archive(made(tmp_path / "again" / "record.db", *readings)) as two:
            assert one.manifest() == two.manifest()
            for layout, known in LAYOUTS.items():
                for table in known.tables:
                    files = [tmp_path / "one", tmp_path / "two"]
                    for archive, file in zip((one, two), files, strict=True):
                        archive.export(layout, file, table=table)
                    assert files[0].read_bytes() == files[1].read_bytes(), (layout, table)


def test_what_differs_between_manifests_is_named(tmp_path: Path) -> None:
    with Archive(made(tmp_path / "a.db", visit_reading(), shelling_reading())) as one:
        here = one.manifest().plain()
    with Archive(made(tmp_path / "b.db", shelling_reading(), odd_reading())) as two:
        there = two.manifest().plain()
    found = differences(here, there)
    assert [line.split(":")[0] for line in found[:3]] == ["counts", "articles_sha256", "facts_sha256"]
    assert any("(news/visit.txt): only here" in line for line in found)
    assert any("(news/odd.txt): only there" in line for line in found)
    assert differences(here, here) == []


def test_the_order_of_reading_does_not_change_a_manifest(tmp_path: Path) -> None:
    one = made(tmp_path / "a.db", visit_reading(), shelling_reading())
    two = made(tmp_path / "b.db", shelling_reading(), visit_reading())
    with Archive(one) as first, Archive(two) as second:
        assert first.manifest() == second.manifest()
