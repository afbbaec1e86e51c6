"""`dateline serve`: the address, and what cannot be served."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
import typer
import uvicorn
from typer.testing import CliRunner

from dateline.cli import serve as command
from dateline.errors import StoreError, UsageError
from dateline.store.write import open_writer
from dateline.web.server import serve_record
from tests.store.samples import visit_reading


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A record with one reading."""
    with open_writer(tmp_path / "record.db") as writer:
        writer.add(visit_reading())
    return tmp_path / "record.db"


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server ends as soon as it runs."""
    monkeypatch.setattr(uvicorn.Server, "run", lambda self, sockets=None: None)


def _app() -> typer.Typer:
    app = typer.Typer()
    command.add_to(app)
    return app


def test_the_address_is_printed(record: Path, at_once: None) -> None:
    done = CliRunner().invoke(_app(), [str(record), "--port", "0", "--no-open"])
    assert done.exit_code == 0 and "record.db is at http://127.0.0.1:" in done.output and "Ctrl-C" in done.output


def test_the_browser_is_opened_unless_told_not_to(record: Path, at_once: None, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(typer, "launch", opened.append)
    CliRunner().invoke(_app(), [str(record), "--port", "0"])
    assert len(opened) == 1 and opened[0].startswith("http://127.0.0.1:")


def test_elsewhere_needs_a_token(record: Path, at_once: None) -> None:
    said: list[str] = []
    serve_record(record, host="0.0.0.0", port=0, on_ready=said.append)
    assert "/?token=" in said[0] and len(said[0].partition("token=")[2]) >= 32


def test_a_port_in_use_is_told(record: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(UsageError, match="choose another --port"):
            serve_record(record, host="127.0.0.1", port=taken.getsockname()[1], on_ready=print)


def test_a_missing_record_is_told_before_anything_listens(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no such record"):
        serve_record(tmp_path / "none.db", host="127.0.0.1", port=0, on_ready=print)


def test_ctrl_c_is_the_way_it_ends(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: uvicorn.Server, sockets: object = None) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(uvicorn.Server, "run", interrupted)
    assert CliRunner().invoke(_app(), [str(record), "--port", "0", "--no-open"]).exit_code == 0
