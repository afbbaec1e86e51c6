"""Fixtures shared by all tests: the language model is loaded once a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from dateline.language.annotate import Annotator


@pytest.fixture(scope="session")
def annotator() -> Annotator:
    """The shipped language model."""
    from dateline.language.annotate import load_annotator

    return load_annotator()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--golden-update` writes the golden readings anew, to be reviewed line by line."""
    parser.addoption("--golden-update", action="store_true", dest="golden_update", default=False)
