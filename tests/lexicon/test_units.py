"""The figure lexicons: hedges, units, kinds and currencies, and that every example in them comes true."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dateline.errors import LexiconError
from dateline.extract.figures import find_figures
from dateline.lexicon.units import load_units
from dateline.records.text import make_article
from dateline.resolve.cast import Cast

if TYPE_CHECKING:
    from dateline.language.annotate import Annotator
    from dateline.records.claims import Figure


def figures_in(annotator: Annotator, texts: list[str]) -> list[tuple[Figure, ...]]:
    units = load_units()
    found = []
    for doc in annotator.annotate_many(texts):
        article = make_article(doc.text, published=date(2021, 5, 3), published_basis="given", ref="example")
        found.append(find_figures(doc, article, Cast((), {}), (), (), (), units).items)
    return found


def test_a_dollar_is_american_unless_something_says_otherwise() -> None:
    currencies = load_units().currencies
    assert currencies.symbols["$"] == ("USD",)
    assert currencies.words["dollars"][0] == "USD"
    assert "AUD" in currencies.adjectives["australian"]
    assert "NOK" not in currencies.usual


def test_hedge_ids_are_unique() -> None:
    ids = [hedge.id for hedge in load_units().hedges]
    assert len(ids) == len(set(ids))


def test_unknown_key_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "hedges.toml").write_text(
        '[[hedge]]\nid = "x"\nwords = "nigh on"\nqualifer = "about"\nplace = "before"\nexamples = ["a"]\n',
        encoding="utf-8",
    )
    with pytest.raises(LexiconError, match="rule x"):
        load_units(tmp_path)


def test_hedge_examples_come_true(annotator: Annotator) -> None:
    hedges = load_units().hedges
    examples = [(hedge.qualifier, example) for hedge in hedges for example in hedge.examples]
    found = figures_in(annotator, [re.sub(r"[\[\]]", "", example) for _, example in examples])
    wrong = []
    for (qualifier, example), figures in zip(examples, found, strict=True):
        wanted = re.findall(r"\[(.*?)\]", example)
        if [(figure.text, figure.qualifier) for figure in figures] != [(text, qualifier) for text in wanted]:
            wrong.append((example, qualifier, figures))
    assert len(wrong) <= 0.03 * len(found), wrong


def test_unit_and_kind_examples_come_true(annotator: Annotator) -> None:
    units = load_units()
    examples = [(None, example) for rule in units.rules for example in rule.examples]
    kinds = [(rule.kind, example) for rule in units.kinds for example in rule.examples]
    found = figures_in(annotator, [re.sub(r"[\[\]]", "", example) for _, example in examples + kinds])
    wrong = []
    for (kind, example), figures in zip([*examples, *kinds], found, strict=True):
        wanted = re.findall(r"\[(.*?)\]", example)
        if [figure.text for figure in figures] != wanted or (kind and any(figure.kind != kind for figure in figures)):
            wrong.append((example, kind, figures))
    assert len(wrong) <= 0.03 * len(found), wrong
