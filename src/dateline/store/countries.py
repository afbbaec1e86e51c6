"""Countries as people write them in a query: by code or by name."""

from __future__ import annotations

from functools import cache
from typing import Final

from dateline.store.words import words_key

# PLOVER's codes for those who are no state.
BODIES: Final = ("IGO", "UNO", "EUR", "NGO", "IMG", "ISM", "MNC")


def country_code(text: str) -> str | None:
    """The code that a code in any case or the name of a state stands for, None if it is neither."""
    code = text.upper()
    return code if code in BODIES or code in _codes() else code_of_name(text)


def is_code(text: str) -> bool:
    """Whether this is a country's code, in capitals."""
    return text in BODIES or text in _codes()


def code_of_name(text: str) -> str | None:
    """The code of a state by one of its names."""
    return _by_name().get(words_key(text))


def known_names() -> tuple[str, ...]:
    """All codes and names, for finding what somebody may have meant."""
    return (*BODIES, *sorted(_codes()), *(name.strip() for name in _by_name()))


@cache
def _codes() -> frozenset[str]:
    return frozenset(_by_name().values())


@cache
def _by_name() -> dict[str, str]:
    # Imported here: most questions name no country, and the lexicon's loader is slow to import.
    from dateline.lexicon.loader import read_tsv

    names: dict[str, str] = {}
    for _, row in read_tsv("actors/countries.tsv"):
        if row["kind"] == "state":
            for name in (row["name"], *row["aliases"].split("|")):
                if name:
                    names.setdefault(words_key(name), row["code"])
    return names
