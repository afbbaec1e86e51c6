"""What other projects call a country: the codes and names of `data/countries.tsv` and `data/cow.tsv`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory under our code (ISO 3166-1 alpha-3).

    Attributes:
        name: the usual English name; icews: as ICEWS has it.
        fips: FIPS 10-4, as GDELT uses for places; None for a few territories.
        numeric: ISO 3166-1 number; None for Kosovo, which has none.
        region: as ACLED cuts the world.
        cow: Correlates of War number; None for those that are no member.
    """

    code: str
    name: str
    icews: str
    fips: str | None
    numeric: int | None
    region: str
    cow: int | None


# Bodies that stand in the place of a country, with the names that ICEWS-like layouts can show.
BODIES: Final = {
    "IGO": "International Government Organization",
    "UNO": "United Nations",
    "EUR": "European Union",
    "NGO": "Non-Governmental Organization",
    "IMG": "International Militant Group",
    "MNC": "Multinational Corporation",
}


@cache
def countries() -> dict[str, Country]:
    """All countries by our code."""
    cow = {code: int(number) for code, number in table_rows("cow.tsv")}
    return {
        code: Country(code, name, icews or name, fips or None, int(numeric) if numeric else None, region, cow.get(code))
        for code, name, icews, fips, numeric, region in table_rows("countries.tsv")
    }


def country_name(code: str | None) -> str | None:
    """The English name of a country code, of a body's code the body; None for none or an unknown one."""
    if code is None:
        return None
    known = countries().get(code)
    return known.name if known is not None else BODIES.get(code)


def table_rows(name: str) -> list[list[str]]:
    """The rows of a table in `export/data`, without its notes (`#`) and its line of column names."""
    text = resources.files("dateline.export").joinpath("data", name).read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return rows[1:]
