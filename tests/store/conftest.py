"""A small record with a visit and a shelling."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.store.write import open_writer
from tests.store.samples import shelling_reading, visit_reading


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A record holding `visit_reading` and `shelling_reading`."""
    path = tmp_path / "record.db"
    with open_writer(path) as writer:
        writer.add(visit_reading())
        writer.add(shelling_reading())
    return path
