"""ZIP and TAR archives: articles inside them, and archives made to do harm."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from datetime import date
from pathlib import Path

import pytest

from dateline.sources import archives
from dateline.sources.files import Sourced, read_sources

BODY = "The two ministers met in Oslo on Friday and agreed to reopen the road across the border, officials said."
LINE = json.dumps({"id": 1, "date": "2020-03-14", "text": BODY})
FILES = {
    "news/a.txt": f"Date: 2020-03-14\n\n{BODY}",
    "news/b.jsonl": f"{LINE}\n{LINE}\n",
    "news/c.csv": f'date,text\n2020-03-14,"{BODY}"\n',
    "__MACOSX/news/._a.txt": "x",
    "README.txt": "About this archive.",
    "code.py": "print()",
}


def read(file: Path) -> list[Sourced]:
    return list(read_sources([str(file)]))


def zipped(file: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return file


def tarred(file: Path, files: dict[str, str], mode: str) -> Path:
    with tarfile.open(file, mode) as archive:  # type: ignore[call-overload]
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            info.mtime = 1584180000
            archive.addfile(info, io.BytesIO(text.encode()))
    return file


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tgz"])
def test_articles_in_archives(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    if name == "a.zip":
        zipped(file, FILES)
    else:
        tarred(file, FILES, "w:gz" if name != "a.tar" else "w")
    found = read(tmp_path)
    assert [sourced.ref.removeprefix(str(file)) for sourced in found] == [
        "!news/a.txt",
        "!news/b.jsonl#1",
        "!news/b.jsonl:2#1",
        "!news/c.csv:row 1",
    ]
    assert all(sourced.article and sourced.article.published == date(2020, 3, 14) for sourced in found)


def test_time_of_a_member(tmp_path: Path) -> None:
    (sourced,) = read(tarred(tmp_path / "a.tar", {"a.txt": BODY}, "w"))
    assert sourced.article is not None
    assert (sourced.article.published, sourced.article.published_basis) == (date(2020, 3, 14), "file-time")


def test_names_that_climb_out_write_nothing(tmp_path: Path) -> None:
    inner = tmp_path / "in"
    inner.mkdir()
    files = {"../../evil.txt": FILES["news/a.txt"], "/etc/evil.txt": FILES["news/a.txt"]}
    assert all(sourced.article for sourced in read(zipped(inner / "a.zip", files)))
    assert all(sourced.article for sourced in read(tarred(inner / "a.tar", files, "w")))
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.tar", "a.zip", "in"]


def test_links_in_a_tar_are_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "a.tar"
    with tarfile.open(file, "w") as archive:
        link = tarfile.TarInfo("a.txt")
        link.type = tarfile.SYMTYPE
        link.linkname = "/etc/passwd"
        archive.addfile(link)
    (sourced,) = read(file)
    assert sourced.article is None and sourced.problems[0].code == "no-articles"


def test_a_bomb_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_ALWAYS_ALLOWED_BYTES", 100_000)
    (long,) = read(zipped(tmp_path / "a.zip", {"a.txt": "word " * 4_000_000}))
    assert long.article is None and long.problems[0].code in ("text-too-long", "archive-broken")
    found = read(zipped(tmp_path / "b.zip", {"b.jsonl": LINE + "\n" * 30_000_000, "c.txt": FILES["news/a.txt"]}))
    assert [sourced.problems[0].code for sourced in found if sourced.problems] == ["archive-broken"]
    assert found[-1].article is not None


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz"])
def test_damaged_archives(tmp_path: Path, name: str) -> None:
    whole = (
        zipped(tmp_path / "x", FILES)
        if name == "a.zip"
        else tarred(tmp_path / "x", FILES, "w:gz" if "gz" in name else "w")
    )
    data = whole.read_bytes()
    file = tmp_path / name
    for cut in (300, len(data) // 2, len(data) - 30):
        file.write_bytes(data[:cut])
        for sourced in read(file):
            assert sourced.article is not None or sourced.problems


def test_office_documents_and_archives_in_archives(tmp_path: Path) -> None:
    (office,) = read(zipped(tmp_path / "a.xlsx", {"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}))
    assert office.problems[0].code == "archive-broken" and "Office" in office.problems[0].message
    inner = zipped(tmp_path / "b.zip", FILES).read_bytes()
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("b.zip", inner)
    (twice,) = read(tmp_path / "c.zip")
    assert twice.article is None and "packed twice" in twice.problems[0].message


def test_gzip_files_and_exports_inside_archives(tmp_path: Path) -> None:
    import gzip

    line = gzip.compress(f"{LINE}\n".encode())
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as archive:
        for name, data in {"day.jsonl.gz": line, "twice.jsonl.gz": gzip.compress(line)}.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    first, second = read(tmp_path / "a.tar.gz")
    assert first.article is not None
    assert second.article is None and "more than 3 times" in second.problems[0].message
