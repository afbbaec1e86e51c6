"""Claimed quantities: every form in figure_cases.tsv, and the parts around a figure."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.extract.figures import find_figures
from dateline.extract.statements import find_statements
from dateline.lexicon.speech import load_speech
from dateline.lexicon.units import load_units
from dateline.records.mentions import Participant, PlaceMention, TimeMention
from dateline.records.text import make_article
from dateline.resolve.cast import Cast

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dateline.language.annotate import Annotator
    from dateline.records.claims import Figure

CASES = Path(__file__).with_name("figure_cases.tsv")
SIGNS = {"exact": "=", "about": "~", "at least": ">=", "at most": "<=", "more than": ">", "less than": "<"}
NOBODY = Cast((), {})


def figures_in(
    doc: Doc, cast: Cast = NOBODY, times: tuple[TimeMention, ...] = (), country: str | None = None
) -> tuple[Figure, ...]:
    place = PlaceMention(0, 1, doc.text[:1], "x", "city", country, None, None, None, None, "test") if country else None
    article = make_article(doc.text, published=date(2021, 5, 3), published_basis="given", ref="case", place=place)
    statements = find_statements(doc, article, cast, times, load_speech()).items
    return find_figures(doc, article, cast, times, statements, (), load_units()).items


def read(annotator: Annotator, text: str) -> Doc:
    return next(annotator.annotate_many([text]))


def value_of(figure: Figure) -> tuple[str, float | None, float | None]:
    sign = ".." if figure.qualifier == "between" else SIGNS[figure.qualifier]
    return sign, figure.low, figure.high


def wanted_value(words: str) -> tuple[str, float | None, float | None]:
    if ".." in words and not words.startswith("~"):
        low, high = words.split("..")
        return "..", float(low), float(high)
    match = re.match(r"(>=|<=|[=~><])(-?[\d.]+?)(\.\.)?$", words)
    assert match is not None, words
    sign, number = match.group(1), float(match.group(2))
    low_only = sign in (">=", ">") or match.group(3) is not None
    high_only = sign in ("<=", "<")
    return sign, None if high_only else number, None if low_only else number


def is_same(figure: Figure, wanted: str) -> bool:
    text, value, *rest = (part.strip() for part in wanted.split(" ; "))
    keys = dict(part.split("=", 1) for part in rest)
    sign, low, high = wanted_value(value)
    got_sign, got_low, got_high = value_of(figure)
    close = all(
        (one is None and other is None)
        or (one is not None and other is not None and abs(one - other) <= 0.001 * abs(other))
        for one, other in ((got_low, low), (got_high, high))
    )
    fields = {"unit": figure.unit, "of": figure.of, "per": figure.per, "cur": figure.currency, "kind": figure.kind}
    return figure.text == text and got_sign == sign and close and all(keys.get(key) == fields[key] for key in fields)


def test_cases(annotator: Annotator) -> None:
    """At least 95 of 100 sentences are right in every figure and every field."""
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")][1:]
    cases = [line.split("\t") for line in lines]
    wrong = []
    for (form, _, expected), doc in zip(cases, annotator.annotate_many([case[1] for case in cases]), strict=True):
        found = figures_in(doc)
        wanted = [] if expected == "-" else expected.split(" || ")
        if len(found) != len(wanted) or not all(is_same(*pair) for pair in zip(found, wanted, strict=True)):
            wrong.append((form, doc.text, [(item.text, value_of(item), item.unit, item.kind) for item in found]))
    assert len(wrong) <= 0.05 * len(cases), wrong


def test_every_span_cuts_out_its_text(annotator: Annotator) -> None:
    doc = read(
        annotator, "At least 87 people, 30 of them children, were killed and $1.2bn was spent in a third of the towns."
    )
    for figure in figures_in(doc):
        assert doc.text[figure.start : figure.end] == figure.text


def test_the_speaker_claims_the_figure(annotator: Annotator) -> None:
    doc = read(annotator, "The ministry said 40 boats had sunk. Another 12 boats are missing.")
    first, second = figures_in(doc)
    assert first.claimed_by is not None and first.claimed_by.text == "The ministry"
    assert second.claimed_by is None


def test_a_dollar_in_an_australian_story(annotator: Annotator) -> None:
    doc = read(annotator, "The bridge cost $40 million.")
    assert figures_in(doc, country="AUS")[0].currency == "AUD"
    assert figures_in(doc)[0].currency == "USD"


def test_crowns_without_a_country_stay_open(annotator: Annotator) -> None:
    doc = read(annotator, "The fine was 900 kroner.")
    assert figures_in(doc)[0].currency is None
    assert figures_in(doc, country="DNK")[0].currency == "DKK"


def test_status(annotator: Annotator) -> None:
    planned, possible = figures_in(
        read(annotator, "The army will send 600 soldiers. The flood could destroy 900 homes.")
    )
    assert planned.status == "planned"
    assert possible.status == "possible"


def test_a_number_inside_a_time_is_no_figure(annotator: Annotator) -> None:
    doc = read(annotator, "The law of 1,200 days ago is void.")
    at = doc.text.index("1,200")
    mention = TimeMention(at, at + 14, "1,200 days ago", "DATE", "2018", None, None, None, "publication", "test")
    assert figures_in(doc, times=(mention,)) == ()


def test_whose_figure(annotator: Annotator) -> None:
    doc = read(annotator, "Norway bought 40 jets.")
    norway = Participant("a1", "Norway", 0, 6, "Norway", "NOR", ("GOV",), None)
    (figure,) = figures_in(doc, Cast((), {0: (norway,)}))
    assert figure.holder is not None and figure.holder.actor == "a1"


def test_an_empty_text_has_no_figure(annotator: Annotator) -> None:
    assert figures_in(read(annotator, "")) == ()


def test_odd_texts_raise_nothing(annotator: Annotator) -> None:
    odd = ("", "  \n", "$", "- 5 -", "-5-5-5", "between 5 and", "from 5 to", "half", "one in", "9" * 400, "²")
    for text in odd:
        for figure in figures_in(read(annotator, text)):
            assert text[figure.start : figure.end] == figure.text
            assert figure.low is None or figure.low < float("inf")
