"""Colours that everybody can tell from the paper."""

from __future__ import annotations

import re
from importlib import resources

import pytest

_STYLE = resources.files("dateline.web").joinpath("static", "style.css").read_text("utf-8")
_WORDS = (
    *("ink", "dim", "accent", "event", "statement", "figure", "actor", "place", "time"),
    *("happened", "ongoing", "planned", "possible", "denied", "demanded"),
)


def _colours(dark: bool) -> dict[str, str]:
    blocks = re.findall(r":root \{(.*?)\}", _STYLE, re.DOTALL)
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", blocks[1 if dark else 0]))


def _light(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("ground", ["paper", "sheet", "hover"])
@pytest.mark.parametrize("word", _WORDS)
def test_words_stand_out(word: str, ground: str, dark: bool) -> None:
    colours = _colours(dark)
    assert _contrast(colours[word], colours[ground]) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("word", "ground"),
    [("event", "event-tint"), ("ink", "statement-tint"), ("dim", "statement-tint"), ("ink", "lit"), ("event", "lit"),
     ("paper", "accent")],
)  # fmt: skip
def test_marked_words_stand_out(word: str, ground: str, dark: bool) -> None:
    colours = _colours(dark)
    assert _contrast(colours[word], colours[ground]) >= 4.5


def test_nothing_comes_from_elsewhere() -> None:
    script = resources.files("dateline.web").joinpath("static", "page.js").read_text("utf-8")
    assert not re.search(r"https?:|@import|url\(|innerHTML|eval\(|document\.write", _STYLE + script)
