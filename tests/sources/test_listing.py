"""A look into files before reading: kinds in words, counts, and every reason by name."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.cli.main import app
from dateline.errors import SourceError
from dateline.sources.listing import look_into
from tests.sources.vendors import LAYOUTS, stories, warc_gz


def test_every_kind_has_words(tmp_path: Path) -> None:
    for number, layout in enumerate(LAYOUTS.values()):
        (tmp_path / f"{number:02}{layout.suffix}").write_bytes(layout.write(stories(1, layout.stories)))
    looks = list(look_into([str(tmp_path)]))
    assert [look.articles for look in looks] == [layout.stories for layout in LAYOUTS.values()]
    assert [look.unread_count for look in looks] == [0] * len(LAYOUTS)
    kinds = dict(zip(LAYOUTS, (look.kind for look in looks), strict=True))
    assert kinds["nexis docx"] == "Nexis export (Word)"
    assert kinds["nexis zip"] == "ZIP archive of Nexis export (Word) and Nexis export (RTF)"
    assert kinds["warc.gz"] == "gzip file of web archive (WARC)"
    assert kinds["factiva html"] == "Factiva export (HTML)"
    assert "unknown" not in kinds.values()


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("empty.txt", "")
        archive.writestr("b.html", "<html><body></body></html>")
        archive.writestr("good.warc.gz", warc_gz(stories(1, 2)))
    (look,) = look_into([str(tmp_path / "a.zip")])
    assert (look.articles, look.unread_count) == (2, 2)
    assert [item.code for item in look.unread] == ["text-empty", "no-article-text"]
    assert look.first is not None and look.last is not None and look.first <= look.last
    assert look.bases == {"metadata": 2}


def test_a_missing_file() -> None:
    with pytest.raises(SourceError, match="no such file"):
        list(look_into(["nowhere.txt"]))


def test_command(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(LAYOUTS["rss"].write(stories(1, 5)))
    (tmp_path / "b.txt").write_text("")
    shown = CliRunner().invoke(app, ["sources", str(tmp_path)])
    assert shown.exit_code == 0 and "feed (RSS or Atom)" in shown.output
    assert "5 articles in 2 files; 1 could not be read" in shown.output and "the file is empty" in shown.output
    lines = CliRunner().invoke(app, ["sources", "--json", str(tmp_path)]).output.splitlines()
    first, second = (json.loads(line) for line in lines)
    assert (first["articles"], first["kind"], first["not_read"]) == (5, "feed (RSS or Atom)", 0)
    assert second["reasons"][0]["code"] == "text-empty"
    assert date.fromisoformat(first["first"]) <= date.fromisoformat(first["last"])
