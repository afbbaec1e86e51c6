"""Every format that is read: no article lost, each text exact, the fields around it in their places."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.sources.files import read_sources
from tests.sources.vendors import LAYOUTS, Story, stories

FILES = 6


@pytest.mark.parametrize("name", LAYOUTS)
def test_no_article_is_lost_and_each_text_is_exact(tmp_path: Path, name: str) -> None:
    layout = LAYOUTS[name]
    written: list[Story] = []
    for number in range(FILES):
        items = stories(1000 * number + 17, layout.stories)
        # The name says nothing: files are told by their content.
        (tmp_path / f"{number:03d}{layout.suffix if layout.suffix.endswith('.gz') else '.txt'}").write_bytes(
            layout.write(items)
        )
        written += items
    found = list(read_sources([str(tmp_path)]))
    assert [problem.message for sourced in found for problem in sourced.problems] == []
    articles = [sourced.article for sourced in found if sourced.article is not None]
    assert len(articles) == len(written)
    for article, item in zip(articles, written, strict=True):
        assert article.text == item.text
        assert (article.published, article.published_basis) == (item.day, layout.basis)
        for field in layout.keeps:
            assert getattr(article, field) == getattr(item, field), field
    if layout.kind:
        assert {sourced.kind for sourced in found} == {layout.kind}
    assert len({sourced.ref for sourced in found}) == len(found)
