"""Where the first paragraph of an article's reporting ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dateline.archive import Archive
from dateline.records.reading import Reading
from dateline.records.text import Furniture, make_article
from dateline.store.shapes import shapes
from dateline.store.write import open_writer

HEADED = "Talks resume\n\nBy Ine Berg\n\nMinisters met in Oslo.\nThey left.\n\nLater they met again."


@pytest.mark.parametrize(
    ("text", "furniture", "lead"),
    [
        ("Ministers met.\n\nThey left.", (), "Ministers met."),
        ("Ministers met.\nThey left.", (), "Ministers met."),
        ("Ministers met. They left.", (), "Ministers met. They left."),
        ("\n\nMinisters met.\n \nThey left.", (), "\n\nMinisters met."),
        (HEADED, (Furniture(0, 12, "header"), Furniture(14, 25, "byline")), HEADED[: HEADED.index("\n\nLater")]),
        (HEADED, (), "Talks resume"),
        ("", (), ""),
    ],
)
def test_the_lead(tmp_path: Path, text: str, furniture: tuple[Furniture, ...], lead: str) -> None:
    article = make_article(text, published=date(2020, 3, 14), published_basis="given", ref="a", furniture=furniture)
    with open_writer(tmp_path / "r.db") as writer:
        writer.add(Reading(article, (), (), (), (), (), (), ()))
    with Archive(tmp_path / "r.db") as archive:
        shape = shapes(archive._asking)
        assert shape(article.id) == (len(lead), len(text))
        assert shape("nothing") is None
        assert shape(replace(article, id="0").id) is None
