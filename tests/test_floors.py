"""What must stay lean: asking never loads the language model."""

from __future__ import annotations

import subprocess
import sys

import pytest

_HEAVY = "{'spacy', 'onnxruntime', 'trafilatura', 'torch', 'numpy'}"


@pytest.mark.parametrize(
    "module",
    [
        "dateline",
        "dateline.archive",
        "dateline.web.app",
        "dateline.cli.main",
        "dateline.cli.ask",
        "dateline.cli.show",
        "dateline.records.plain",
    ],
)
def test_asking_imports_nothing_heavy(module: str) -> None:
    code = f"import {module}, sys; print(sorted({_HEAVY} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
