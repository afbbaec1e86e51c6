"""The codebook's pages, made from the lexicon."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

from dateline.lexicon.codebook import TYPES

_SOURCE = Path(__file__).parents[2] / "docs" / "codebook_pages.py"


def pages() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("codebook_pages", _SOURCE)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made: dict[str, str] = module.pages()
    return made


def test_there_is_a_page_for_each_type_and_every_link_has_one() -> None:
    made = pages()
    assert set(made) == {f"codebook/{name.lower()}.md" for name in TYPES} | {
        "codebook/index.md",
        "codebook/contexts.md",
    }
    for link in re.findall(r"\]\(([^)]+)\)", made["codebook/index.md"]):
        assert f"codebook/{link}" in made


def test_a_page_has_modes_and_sentences_of_the_lexicon() -> None:
    page = pages()["codebook/consult.md"]
    assert "Quad class 1 (verbal cooperation), score 2.5, CAMEO 040." in page
    assert "| visit | 4.0 | 042 |" in page
    assert re.search(r"^\| [A-Z][^|]+\. \| [A-Z]{3}[^|]* \| [^|]* \| `[\w-]+` \|$", page, re.MULTILINE)
    for line in page.splitlines():
        assert not line.startswith("|") or line.count("|") - line.count("\\|") in (4, 5)
