"""`dateline follow`: what it says and with which code it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.cli.main import run
from tests.follow.server import serving
from tests.sources.vendors import rss, stories


def follow(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["dateline", "follow", *arguments])
    with pytest.raises(SystemExit) as ended:
        run()
    return int(ended.value.code or 0)


def test_a_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    record = tmp_path / "record.db"
    with serving() as site:
        site.page("/feed", rss(stories(1, 1)))
        options = ("--into", str(record), "--delay", "0", "--allow-private")
        assert follow(monkeypatch, f"{site.url}/feed", f"{site.url}/gone", *options) == 0
        out = capsys.readouterr()
        assert "2 feeds asked, 1 new article into" in out.out and "1 failed" in out.out
        assert "/gone: the server answered with status 404" in out.err
        assert follow(monkeypatch, f"{site.url}/feed", *options) == 0
    assert "0 new articles" in capsys.readouterr().out


def test_private_addresses_and_mistakes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    into = ("--into", str(tmp_path / "record.db"))
    assert follow(monkeypatch, "http://127.0.0.1:9/feed", *into) == 1
    assert "private network" in capsys.readouterr().err
    assert follow(monkeypatch, "nowhere.opml", *into) == 1
    assert "neither a web address" in capsys.readouterr().err
    assert follow(monkeypatch, "http://x.example/", *into, "--every", "0") == 2
