"""A record with the samples of the store's tests and one of odd words, opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dateline.archive import Archive
from dateline.records.reading import Reading
from dateline.records.text import Span, make_article
from dateline.store.write import open_writer
from tests.store.samples import event, mark_of, participant, place, shelling_reading, visit_reading

ODD = (
    'Ministers\tof Norway and Poland met in "Lund\nBay" on Monday; 50% <b>agreed</b> & left.\n\n'
    "A curfew was imposed in Dolna by the police."
)


def odd_reading() -> Reading:
    """A meeting of two, told in words that files must not stumble over, and an act of whom nobody knows the victim."""
    article = make_article(
        ODD,
        published=date(2021, 7, 5),
        published_basis="given",
        ref="news/odd.txt",
        title='A "quoted"\ttitle; <i>',
        source=None,
    )
    norway = participant(ODD, "Norway", "Norway", "NOR", "GOV", actor="a1")
    poland = participant(ODD, "Poland", "Poland", "POL", "GOV", actor="a2")
    where = replace(place(ODD, "Lund\nBay", "USA"), name="Lund\tBay", admin1="Texas", geonames_id=None)
    met = event(article, "CONSULT", "happened", mark_of(ODD, "met"), source=(norway, poland), where=where)
    police = participant(ODD, "the police", "the police", "ROU", "COP", "JRN", "UNK")
    dolna = replace(place(ODD, "Dolna", "UKR"), lat=None, lon=None)
    curfew = event(article, "COERCE", "ongoing", mark_of(ODD, "imposed"), source=(police,), where=dolna, mode="curfew")
    second = Span(ODD.index("A curfew"), len(ODD))
    return Reading(article, (), (), (), (met, replace(curfew, cameo="1723", sentence=second)), (), (), ())


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """The file of a record with `visit_reading`, `shelling_reading` and `odd_reading`."""
    path = tmp_path / "record.db"
    with open_writer(path, options={"date": "2020-03-14"}, versions={"dateline": "0"}) as writer:
        for reading in (visit_reading(), shelling_reading(), odd_reading()):
            writer.add(reading)
    return path


@pytest.fixture
def full(record: Path) -> Iterator[Archive]:
    """That record, opened."""
    with Archive(record) as opened:
        yield opened
