"""Datelines in the forms that agencies use, and what only looks like one."""

from __future__ import annotations

import pytest

from dateline.sources.datelines import find_dateline

BODY = "Two ministers met on Saturday to talk about the border, officials said."


@pytest.mark.parametrize(
    ("opening", "place", "day"),
    [
        ("GENEVA, March 14 (Northwire) - ", "GENEVA", (None, 3, 14)),
        ("GENEVA, March 14, 2020 (Northwire) - ", "GENEVA", (2020, 3, 14)),
        ("KABUL, Afghanistan (NW) — ", "KABUL, Afghanistan", None),
        ("MOSCOW, Feb. 3 /NOVA/. ", "MOSCOW", (None, 2, 3)),
        ("BEIJING, Jan 2 (Xinhua) -- ", "BEIJING", (None, 1, 2)),
        ("EL OBEID, Sudan, Feb 3 (Northwire) - ", "EL OBEID, Sudan", (None, 2, 3)),
        ("WASHINGTON, D.C. (NW) – ", "WASHINGTON, D.C.", None),
        ("DAR ES SALAAM, Tanzania (NW)_ ", "DAR ES SALAAM, Tanzania", None),
        ("RIO de JANEIRO — ", "RIO de JANEIRO", None),
        ("PORT-AU-PRINCE (NW) - ", "PORT-AU-PRINCE", None),
        ("ISLAMABAD: ", "ISLAMABAD", None),
        ("NEW YORK _ ", "NEW YORK", None),
        ("New Delhi, March 3 (NW): ", "New Delhi", (None, 3, 3)),
        ("Taipei, Taiwan — ", "Taipei, Taiwan", None),
        ("Nairobi, 14 March 2020 – ", "Nairobi", (2020, 3, 14)),
        ("KOKOMO, Ind. (June 15, 2014) — ", "KOKOMO, Ind.", (2014, 6, 15)),
    ],
)
def test_forms(opening: str, place: str, day: tuple[int | None, int, int] | None) -> None:
    text = opening + BODY
    found = find_dateline(text)
    assert found is not None
    assert text[found.start : found.end] == opening
    assert found.place is not None and text[slice(*found.place)] == place
    date = None if found.date is None else (found.date.year, found.date.month, found.date.day)
    assert date == day


def test_below_headline_and_byline() -> None:
    text = f"Ministers meet on border\n\nBy Jane Roe\n\nGENEVA (Northwire) - {BODY}"
    found = find_dateline(text)
    assert found is not None and text[found.start : found.end] == "GENEVA (Northwire) - "


def test_on_a_line_of_its_own() -> None:
    text = f"HAVANA (NW) --\n\n{BODY}"
    found = find_dateline(text)
    assert found is not None and text[found.start : found.end].strip() == "HAVANA (NW) --"


def test_behind_a_headline_on_the_same_line() -> None:
    text = f"Ministers meet on border. MANSFIELD, Ohio (NW) — {BODY}"
    found = find_dateline(text)
    assert found is not None and text[found.start : found.end] == "MANSFIELD, Ohio (NW) — "


def test_an_agency_alone_has_no_place() -> None:
    found = find_dateline(f"(Northwire) - {BODY}")
    assert found is not None and found.place is None


@pytest.mark.parametrize(
    "text",
    [
        f"UPDATE: {BODY}",
        f"BREAKING NEWS — {BODY}",
        f"NATO - the alliance of 32 states - agreed. {BODY}",
        "ROE: Will you resign?\n\nPOE: No, I will not, and nobody has asked me to do so at all.",
        "On Monday, Paris agreed to the plan - a first step, officials said, towards a ceasefire.",
        "Roe, the minister of defence - a former judge - resigned on Monday after a vote in parliament.",
        "GUINEA - COUP FOILED, GOVERNMENT SAYS",
        "Ships pass Oslo in the morning. The port - one of the largest - is closed to them until March 14.",
    ],
)
def test_what_is_none(text: str) -> None:
    assert find_dateline(text) is None
