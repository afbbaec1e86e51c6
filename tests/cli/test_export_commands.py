"""`dateline export`, `manifest` and `rehydrate` as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.archive import Archive
from dateline.cli.export import LAYOUTS as NAMED
from dateline.cli.main import app
from dateline.errors import UsageError
from dateline.export.layouts import LAYOUTS
from dateline.store.write import open_writer
from tests.store.samples import shelling_reading, visit_reading

run = CliRunner().invoke


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A record of two readings."""
    with open_writer(tmp_path / "record.db") as writer:
        writer.add(visit_reading())
        writer.add(shelling_reading())
    return tmp_path / "record.db"


def test_help_names_every_layout() -> None:
    assert tuple(LAYOUTS) == NAMED


@pytest.mark.parametrize("layout", NAMED)
def test_every_layout_to_a_file(record: Path, tmp_path: Path, layout: str) -> None:
    if layout == "arrow":
        pytest.importorskip("pyarrow")
    done = run(app, ["export", str(record), layout, "--output", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out").stat().st_size > 0 and "written to" in done.stderr


def test_standard_output_query_and_limit(record: Path) -> None:
    done = run(app, ["export", str(record), "csv", "actor:NOR"])
    assert done.exit_code == 0 and len(done.stdout.splitlines()) == 2
    done = run(app, ["export", str(record), "jsonl", "--table", "actors", "--limit", "1", "--as-of", "2020-03-13"])
    assert json.loads(done.stdout)["name"] == "Russian army"


def test_a_script_for_r_beside_the_file(record: Path, tmp_path: Path) -> None:
    done = run(app, ["export", str(record), "icews", "-o", str(tmp_path / "e.tab"), "--script"])
    assert done.exit_code == 0
    assert "'e.tab', header = TRUE" in (tmp_path / "e.tab.R").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["xlsx"], "'xlsx' is no layout; there are csv"),
        (["gdelt", "--table", "figures"], "holds events, not figures"),
        (["parquet"], "the layout parquet needs --output FILE"),
        (["csv", "--script"], "--script needs --output FILE"),
        (["html", "-o", "x.html", "--script"], "no reading script in R for 'html'"),
    ],
)
def test_refusals(record: Path, arguments: list[str], message: str) -> None:
    done = run(app, ["export", str(record), *arguments])
    assert isinstance(done.exception, UsageError) and message in str(done.exception)


def test_sharing_without_the_text(record: Path, tmp_path: Path) -> None:
    bare, articles = tmp_path / "bare.jsonl", tmp_path / "articles.jsonl"
    assert run(app, ["export", str(record), "readings", "--without-text", "-o", str(bare)]).exit_code == 0
    with articles.open("w", encoding="utf-8") as file:
        for article in (visit_reading().article, shelling_reading().article):
            told = {"text": article.text, "title": article.title, "source": article.source, "url": article.url}
            file.write(json.dumps({**told, "date": article.published.isoformat()}) + "\n")
    done = run(app, ["rehydrate", str(bare), str(articles)])
    assert done.exit_code == 0, done.output
    assert done.stdout == run(app, ["export", str(record), "readings"]).stdout
    assert "2 rows, 0 articles that are missing or differ" in done.stderr
    again = tmp_path / "again.db"
    assert run(app, ["rehydrate", str(bare), str(articles), "--into", str(again)]).exit_code == 0
    with Archive(record) as one, Archive(again) as two:
        assert one.manifest().head["facts_sha256"] == two.manifest().head["facts_sha256"]
    run(app, ["export", str(record), "jsonl", "--without-text", "-o", str(bare)])
    done = run(app, ["rehydrate", str(bare), str(articles), "--into", str(tmp_path / "table.db")])
    assert "holds a table; only readings" in str(done.exception)


def test_missing_articles_are_named(record: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare.csv"
    run(app, ["export", str(record), "csv", "--without-text", "-o", str(bare)])
    (tmp_path / "other.txt").write_text(
        "OSLO, March 14 2020 - Ministers met on Monday in the town hall.", encoding="utf-8"
    )
    done = run(app, ["rehydrate", str(bare), str(tmp_path / "other.txt"), "-o", str(tmp_path / "out.csv")])
    assert done.exit_code == 1 and "(news/visit.txt): is not among the articles given" in done.stderr


def test_manifests(record: Path, tmp_path: Path) -> None:
    made = tmp_path / "m.json"
    assert run(app, ["manifest", str(record), "-o", str(made)]).exit_code == 0
    done = run(app, ["manifest", str(record), "--against", str(made)])
    assert done.exit_code == 0 and "is what" in done.stdout
    told = json.loads(made.read_text(encoding="utf-8"))
    made.write_text(json.dumps({**told, "facts_sha256": "0"}), encoding="utf-8")
    done = run(app, ["manifest", str(record), "--against", str(made)])
    assert done.exit_code == 1 and done.stdout.startswith("facts_sha256: here ")
    assert isinstance(run(app, ["manifest", str(record), "--against", str(tmp_path / "no")]).exception, UsageError)
