"""Every `dateline` command and every piece of Python shown in README.md and docs/*.md runs, on the examples."""

from __future__ import annotations

import re
import shlex
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import dateline
from dateline.archive import Archive
from dateline.cli.main import app

ROOT = Path(__file__).parents[2]
PAGES = sorted(["README.md", *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))])
# Commands that wait for somebody or go out to the network are run by tests of their own; so are those that a page shows
# with a word to be filled in (DIR).
_NOT_HERE = ("serve", "follow", "audit")
# A line of a GeoNames dump.
_GEONAMES = "2460596\tBamako\tBamako\t\t12.65\t-8\tP\tPPLC\tML\t\t01\t\t\t\t1297281\t\t350\tAfrica/Bamako\t2022-03-22\n"
# The ids that the pages show stand for any two events.
_ANY_ID = "3f9c1a20"
_IDS = {_ANY_ID: 0, "3f9c": 0, "81aa": 1}


def blocks(page: str, *languages: str) -> list[str]:
    """The fenced blocks of a page in these languages ("" for none named)."""
    found: list[str] = []
    inside: list[str] | None = None
    for line in (ROOT / page).read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            if inside is None:
                language, inside = line.removeprefix("```").strip(), []
            else:
                found += ["\n".join(inside)] if language in languages else []
                inside = None
        elif inside is not None:
            inside.append(line)
    return found


def commands(page: str) -> list[list[str]]:
    """The words of each command that a page shows, without `dateline`."""
    found = []
    for block in blocks(page, "", "sh", "console"):
        for line in block.splitlines():
            if (shown := re.match(r"(?:\$ )?dateline (.*)", line)) is not None:
                # What a page says of a command stands behind a `#` or some blanks; what may be left out in brackets.
                found.append(shlex.split(re.sub(r"\s+#\s.*|\s{3,}.*|\[[^]]*\]|\s{2,}\(.*", "", shown[1])))
    return found


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that the pages name: the examples under the names used there, and a record of them."""
    here = tmp_path_factory.mktemp("docs")
    examples = ROOT / "examples"
    for name in ("examples", "articles", "news"):
        shutil.copytree(examples, here / name)
    shutil.copy(examples / "pacific-ledger.csv", here / "dump.csv")
    shutil.copy(examples / "continental.jsonl", here / "more.jsonl")
    shutil.copy(examples / "2024-11-13-geneva-talks.txt", here / "article.txt")
    with zipfile.ZipFile(here / "ML.zip", "w") as file:
        file.writestr("ML.txt", _GEONAMES)
    done = CliRunner().invoke(app, ["read", str(here / "articles"), "--into", str(here / "whole.db")])
    assert done.exit_code == 0, done.output
    return here


@pytest.fixture
def shown(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """That folder as the working directory, with a fresh record.db."""
    monkeypatch.chdir(place)
    shutil.copy(place / "whole.db", place / "record.db")
    yield place
    for left in place.glob("record.db*"):
        left.unlink()


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)])
def test_commands(shown: Path, page: str) -> None:
    with Archive("record.db") as archive:
        events = [row.fact.id for row in archive.events("status:happened", limit=2)]
    for words in commands(page):
        if words[0] in _NOT_HERE or any(re.fullmatch("[A-Z]{2,}", word) for word in words):
            continue
        done = CliRunner().invoke(app, [events[_IDS[word]] if word in _IDS else word for word in words])
        assert done.exit_code == 0, f"dateline {shlex.join(words)}\n{done.output}\n{done.exception}"


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")])
def test_python(shown: Path, page: str) -> None:
    if any("pandas" in block for block in blocks(page, "python")):
        pytest.importorskip("pandas")
    for words in commands(page):
        if words[0] in ("export", "events"):
            CliRunner().invoke(app, words)
    with Archive("record.db") as record:
        for block in blocks(page, "python"):
            # What a page has introduced before need not be said in each of its pieces.
            exec(compile(block, page, "exec"), {"dateline": dateline, "record": record})


def test_commands_are_found_with_their_comments_cut() -> None:
    assert ["read", "examples", "--into", "record.db"] in commands("docs/tutorial.md")
    assert ["explain", "record.db", _ANY_ID] in commands("README.md")
    assert ["manifest", "record.db", "--output", "record.json"] in commands("docs/layouts.md")
    assert sum(len(commands(page)) for page in PAGES) > 60
