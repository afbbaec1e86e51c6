"""`dateline gazetteer import` on a tiny file in the form of GeoNames."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dateline.build import ReadOptions, read_each
from dateline.cli.main import app

LINES = [
    "5\tOstrelby\tOstrelby\tOstrelgrad\t69.5\t20.5\tP\tPPL\tNO\t\t12\t\t\t\t12000\t\t4\tEurope/Oslo\t2020-01-01",
    "6\tQuillby\tQuillby\t\t69.6\t20.6\tP\tPPL\tNO\t\t12\t\t\t\t40\t\t4\tEurope/Oslo\t2020-01-01",
    "7\tMount Ostrel\tMount Ostrel\t\t69.7\t20.7\tT\tMT\tNO\t\t12\t\t\t\t0\t\t4\tEurope/Oslo\t2020-01-01",
]


def import_(file: Path, folder: Path, *more: str) -> Result:
    return CliRunner().invoke(app, ["gazetteer", "import", str(file), "--lexicon", str(folder), *more])


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "allCountries.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("allCountries.txt", "\n".join(LINES))
    return path


def test_an_imported_table_is_used_for_reading(dump: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    result = import_(dump, mine)
    assert result.exit_code == 0
    assert "2 places in" in result.output and "--lexicon" in result.output
    article = tmp_path / "a.txt"
    article.write_text("Police in Ostrelby, Norway, held three men on Monday.", "utf-8")
    (outcome,) = read_each([str(article)], ReadOptions(date=date(2024, 3, 5), lexicon=mine))
    assert outcome.reading is not None
    assert ("Ostrelby", 5) in {(place.name, place.geonames_id) for place in outcome.reading.places}


def test_small_towns_can_be_left_out(dump: Path, tmp_path: Path) -> None:
    assert "1 places" in import_(dump, tmp_path / "mine", "--least", "1000").output
    nothing = import_(dump, tmp_path / "none", "--least", "1000000")
    assert "no towns with 1000000 people" in str(nothing.exception)


@pytest.mark.parametrize("name", ["no.zip", "no.txt", "empty.zip"])
def test_a_wrong_file_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    wrong = tmp_path / name
    wrong.write_text("This is no dump.\n", "utf-8")
    if name == "empty.zip":
        with zipfile.ZipFile(wrong, "w") as archive:
            archive.writestr("picture.png", "x")
    result = import_(wrong, tmp_path / "mine")
    assert "download.geonames.org" in str(result.exception)
    assert not (tmp_path / "mine" / "places" / "towns.tsv.gz").exists()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "no such file" in str(import_(tmp_path / "x.zip", tmp_path / "mine").exception)
