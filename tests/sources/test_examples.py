"""The bundled examples are read, and their dates and furniture are right."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dateline.sources.files import count_articles, read_sources

EXAMPLES = Path(__file__).parents[2] / "examples"
EXPECTED = {
    "2024-10-22-eu-sanctions-belarus.txt": ("2024-10-22", "dateline"),
    "2024-11-13-geneva-talks.txt": ("2024-11-13", "dateline"),
    "2025-02-03-el-obeid-airstrike.txt": ("2025-02-03", "dateline"),
    "astana-water-deal.txt": ("2025-04-09", "dateline"),
    "conakry-coup-attempt.txt": ("2025-01-18", "header"),
    "continental.jsonl#cnw-2024-08-21-011": ("2024-08-21", "metadata"),
    "continental.jsonl#cnw-2024-12-05-007": ("2024-12-05", "metadata"),
    "continental.jsonl#cnw-2025-03-11-004": ("2025-03-11", "metadata"),
    "el-obeid-toll-rises.txt": ("2025-02-05", "header"),
    "lima-pension-march.txt": ("2025-03-11", "header"),
    "mozambique-floods.html": ("2025-01-29", "metadata"),
    "nordic-air-defence.txt": ("2024-09-14", "header"),
    "pacific-ledger.csv#aop-2876": ("2024-06-27", "metadata"),
    "pacific-ledger.csv#aop-3301": ("2025-06-17", "metadata"),
    "slovenia-election.html": ("2025-03-24", "metadata"),
}


def test_dates_titles_and_spans() -> None:
    found = {}
    for sourced in read_sources([str(EXAMPLES)]):
        article = sourced.article
        assert article is not None and sourced.problems == ()
        found[sourced.ref.removeprefix(f"{EXAMPLES}/")] = (article.published.isoformat(), article.published_basis)
        assert 150 <= len(article.text.split()) <= 350
        assert article.title or article.ref.endswith("astana-water-deal.txt")
        end = 0
        for part in article.furniture:
            assert end <= part.start < part.end <= len(article.text)
            end = part.end
    assert found == EXPECTED


@pytest.mark.parametrize("name", ["el-obeid-toll-rises.txt", "lima-pension-march.txt"])
def test_newspaper_furniture(name: str) -> None:
    (sourced,) = read_sources([str(EXAMPLES / name)])
    assert sourced.article is not None
    kinds = {part.kind for part in sourced.article.furniture}
    assert {"header", "byline", "link", "boilerplate"} <= kinds


def test_ids_do_not_depend_on_the_path(tmp_path: Path) -> None:
    copy = tmp_path / "2024-11-13-geneva-talks.txt"
    copy.write_bytes((EXAMPLES / copy.name).read_bytes())
    (there,) = read_sources([str(EXAMPLES / copy.name)])
    (here,) = read_sources([str(copy)], given_date=date(2024, 11, 13))
    assert here.article and there.article and here.article.id == there.article.id


def test_they_can_be_counted() -> None:
    assert count_articles([str(EXAMPLES)]) == len(EXPECTED)
