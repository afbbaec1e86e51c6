"""Records on the web, asked in process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dateline.records.reading import Reading
from dateline.store.write import open_writer
from dateline.web.app import make_app
from tests.store.samples import shelling_reading, visit_reading

Serve = Callable[..., TestClient]


@pytest.fixture
def serve(tmp_path: Path) -> Serve:
    """Gives a browser of a record that holds the readings."""

    def make(*readings: Reading) -> TestClient:
        path = tmp_path / "record.db"
        with open_writer(path) as writer:
            for reading in readings:
                writer.add(reading)
        return TestClient(make_app(path), base_url="http://127.0.0.1:8421", follow_redirects=False)

    return make


@pytest.fixture
def web(serve: Serve) -> TestClient:
    """A browser of a record holding `visit_reading` and `shelling_reading`."""
    return serve(visit_reading(), shelling_reading())
