"""Files, folders and standard input become articles, and what cannot be read says so while the rest goes on."""

from __future__ import annotations

import gzip
import io
import json
import os
import threading
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.errors import SourceError
from dateline.sources.files import Sourced, count_articles, read_sources
from dateline.sources.sourced import MAX_ARTICLE_CHARACTERS

BODY = "The two ministers met in Oslo on Friday and agreed to reopen the road across the border, officials said."
ARTICLE = f"Date: 2020-03-14\n\n{BODY}\n"


def codes(found: list[Sourced]) -> list[str]:
    return [problem.code for sourced in found for problem in sourced.problems]


def read(*paths: Path | str, given: date | None = None, stdin: bytes | None = None) -> list[Sourced]:
    stream = io.BytesIO(stdin) if stdin is not None else None
    return list(read_sources([str(path) for path in paths], given_date=given, stdin=stream))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_text_is_kept_as_it_is(tmp_path: Path, encoding: str) -> None:
    text = f"Date: 2020-03-14\r\n\r\n“Yes,” said Müller.\t{BODY}\r\n"
    file = tmp_path / "a.txt"
    file.write_bytes(text.encode(encoding))
    (sourced,) = read(file)
    assert sourced.article is not None
    assert sourced.article.text == text
    assert sourced.article.ref == sourced.ref == str(file)
    assert (sourced.article.published, sourced.article.published_basis) == (date(2020, 3, 14), "header")


def test_folders_are_walked_in_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "a.txt", "b/d.txt"):
        (tmp_path / name).write_text(ARTICLE.replace("Oslo", name[-5].upper() + "slo"))
    for name in ("README.md", "LICENSE", ".hidden.txt", "code.py", "image.png"):
        (tmp_path / name).write_text("The text of this file is not an article and it is not to be read by anyone.")
    assert [Path(sourced.ref).name for sourced in read(tmp_path)] == ["a.txt", "c.txt", "d.txt"]
    assert count_articles([str(tmp_path)]) == 3


def test_standard_input(tmp_path: Path) -> None:
    (sourced,) = read("-", stdin=ARTICLE.encode())
    assert sourced.article is not None and sourced.article.text == ARTICLE and sourced.ref == "stdin"
    rows = json.dumps({"id": 1, "date": "2020-03-14", "text": BODY}) + "\n"
    found = read("-", stdin=(rows + rows.replace("1", "2", 1)).encode())
    assert [sourced.ref for sourced in found] == ["stdin#1", "stdin#2"]
    (row,) = read("-", stdin=f"date,text\n2020-03-14,{BODY!r}\n".replace("'", '"').encode())
    assert row.article is not None and row.article.text == BODY


def test_standard_input_without_date_takes_the_day_of_reading() -> None:
    (sourced,) = read("-", stdin=BODY.encode())
    assert sourced.article is not None and sourced.article.published == datetime.now().astimezone().date()
    assert codes([sourced]) == ["date-from-file-time"] and "the day of reading" in sourced.problems[0].message


def test_gzip(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(ARTICLE.encode()))
    line = json.dumps({"date": "2020-03-14", "text": BODY})
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(f"{line}\n{line}\n".encode()))
    (tmp_path / "c.csv.gz").write_bytes(gzip.compress(f'date,text\n2020-03-14,"{BODY}"\n'.encode()))
    found = read(tmp_path)
    assert [sourced.article is not None for sourced in found] == [True] * 4


def test_file_time(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(BODY)
    noon = datetime(2020, 3, 14, 12).timestamp()
    os.utime(file, (noon, noon))
    (sourced,) = read(file)
    assert sourced.article is not None
    assert (sourced.article.published, sourced.article.published_basis) == (date(2020, 3, 14), "file-time")
    assert codes([sourced]) == ["date-from-file-time"]


def test_a_date_in_the_name(tmp_path: Path) -> None:
    (tmp_path / "2020-03-14-road.txt").write_text(BODY)
    (sourced,) = read(tmp_path)
    assert sourced.article is not None
    assert (sourced.article.published, sourced.article.published_basis) == (date(2020, 3, 14), "url")


def test_kinds_are_told_by_content_before_name(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(
        f"<!doctype html><html><body><article><p>{BODY} {BODY}</p></article></body></html>"
    )
    (tmp_path / "lines.txt").write_text(json.dumps({"text": BODY, "date": "2020-03-14"}) + "\n")
    (tmp_path / "table.txt").write_text(f'date,text\n2020-03-14,"{BODY}"\n')
    found = read(tmp_path, given=date(2020, 3, 14))
    assert [sourced.article is not None and sourced.article.text.startswith("The two") for sourced in found] == [
        True
    ] * 3


def test_missing_paths_stop_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    with pytest.raises(SourceError, match=r"b\.txt: no such file"):
        read_sources([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")])


def test_a_folder_without_articles(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text("print()")
    with pytest.raises(SourceError, match="no articles in this folder"):
        read_sources([str(tmp_path)])


@pytest.mark.parametrize(
    ("name", "data", "code", "words"),
    [
        ("a.txt", b"", "text-empty", "empty"),
        ("a.txt", b" \n\r\n\t", "text-empty", "empty"),
        ("a.txt", b"%PDF-1.7 ...", "binary", "PDF"),
        ("a.zip", b"PK\x03\x04....", "archive-broken", "damaged"),
        ("a.txt", bytes(range(256)) * 40, "binary", "no text"),
        ("a.png", b"\x89PNG\r\n\x1a\n....", "binary", "image"),
        ("a.gz", b"\x1f\x8b\x08\x00broken", "gzip-broken", "damaged"),
        ("a.json", b"{}", "no-articles", "no articles"),
        ("a.json", b"[]", "no-articles", "no articles"),
        ("a.csv", b"name,year\nOslo,2020\n", "no-text-column", "name, year"),
        ("a.html", b"<html><body></body></html>", "no-article-text", "page"),
    ],
)
def test_bad_files_say_what_and_what_to_do(tmp_path: Path, name: str, data: bytes, code: str, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "z.txt").write_text(ARTICLE)
    bad, good = read(tmp_path / name, tmp_path / "z.txt")
    assert bad.article is None and codes([bad]) == [code]
    assert words in bad.problems[0].message and "\n" not in bad.problems[0].message
    assert good.article is not None


def test_a_text_that_is_too_long(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as out:
        out.seek(50_000_000)
        out.write(b"x")
        out.seek(0)
        out.write(ARTICLE.encode() * 2000)
    (tmp_path / "b.txt").write_text(BODY + " " * MAX_ARTICLE_CHARACTERS)
    found = read(tmp_path / "a.txt", tmp_path / "b.txt")
    assert codes(found) == ["text-too-long", "text-too-long"]
    assert "split it" in found[0].problems[0].message and "50 MB" in found[0].problems[0].message


def test_a_gzip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"word " * 20_000_000, 1))
    assert codes(read(tmp_path)) == ["text-too-long"]


def test_given_date_wins(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    (sourced,) = read(tmp_path, given=date(2019, 1, 2))
    assert sourced.article is not None
    assert (sourced.article.published, sourced.article.published_basis) == (date(2019, 1, 2), "given")


def test_a_named_pipe_is_read_once_and_not_counted(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert count_articles([str(pipe)]) is None
    writer = threading.Thread(target=pipe.write_text, args=(ARTICLE,))
    writer.start()
    (sourced,) = read(pipe)
    writer.join()
    assert sourced.article is not None and sourced.article.text == ARTICLE


def test_counting() -> None:
    assert count_articles(["-"]) is None


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
        st.builds(
            lambda head, rest: head + rest,
            st.sampled_from(
                [
                    b"{",
                    b"[{",
                    b'[{"text": "',
                    b"<html>",
                    b"\x1f\x8b\x08",
                    b"PAR1",
                    b"date,text\n",
                    b"\xff\xfe",
                    b"\xef\xbb\xbf{",
                ]
            ),
            st.binary(max_size=300),
        ),
    ),
    st.sampled_from(["a.txt", "a.json", "a.jsonl", "a.csv", "a.html", "a.parquet", "a", "a.gz"]),
)
def test_random_bytes_never_crash(tmp_path: Path, data: bytes, name: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert (count_articles([str(tmp_path / name)]) or 0) >= 0
    for sourced in read(tmp_path / name):
        assert sourced.article is not None or sourced.problems
        if sourced.article is not None:
            for part in sourced.article.furniture:
                assert 0 <= part.start < part.end <= len(sourced.article.text)
