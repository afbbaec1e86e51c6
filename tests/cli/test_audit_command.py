"""`dateline audit` in a pipe: nothing is asked, the report is printed."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from typer.testing import CliRunner

from dateline.cli.audit import _judge_all
from dateline.cli.main import app
from dateline.errors import UsageError
from dateline.store.audits import audits, load_audit
from dateline.store.write import open_writer
from tests.store.samples import shelling_reading, visit_reading


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A record of three events."""
    with open_writer(tmp_path / "record.db") as writer:
        writer.add(visit_reading())
        writer.add(shelling_reading())
    return tmp_path / "record.db"


def _run(*arguments: str | Path) -> str:
    done = CliRunner().invoke(app, ["audit", *map(str, arguments)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_sample_is_drawn_and_judged_by_keys(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "0 of 3 events judged" in _run(record, "--sample", "9", "--as", "Ada")
    keys = iter("xsy qn")
    monkeypatch.setattr(click, "getchar", lambda: next(keys))
    _judge_all(record, load_audit(record, 1), "Ada")
    audit = load_audit(record, 1)
    told = {(one.field, one.verdict) for one in audit.judgements}
    assert told == {("status", "wrong"), ("fact", "right")} and len(audit.judged) == 1
    assert next(keys) == "n"
    report = _run(record, "--report")
    assert "1 of 3 events judged" in report and "2 still to be judged" in report and "status 1" in report


def test_keys_can_stop_at_once(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _run(record, "--sample", "3", "--of", "statement")
    monkeypatch.setattr(click, "getchar", lambda: "q")
    _judge_all(record, load_audit(record, 1), "Ada")
    assert load_audit(record, audits(record)[0]).judgements == ()


def test_reports_and_judgements_are_rows_too(record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _run(record, "--sample", "3")
    monkeypatch.setattr(click, "getchar", lambda: "y")
    _judge_all(record, load_audit(record, 1), "Ada")
    lines = _run(record, "--format", "csv").splitlines()
    assert lines[0].startswith("type,facts,judged,is_one,") and lines[1].startswith("ASSAULT,2,2,1.0,")
    _run(record, "--judgements", "--output", tmp_path / "told.csv")
    assert (tmp_path / "told.csv").read_text().count(",right,") == 3


def test_without_an_audit_the_way_to_one_is_told(record: Path) -> None:
    with pytest.raises(UsageError, match="--sample 100"):
        CliRunner().invoke(app, ["audit", str(record)], catch_exceptions=False)
    with pytest.raises(UsageError, match="choose event or statement"):
        CliRunner().invoke(app, ["audit", str(record), "--of", "actor"], catch_exceptions=False)
