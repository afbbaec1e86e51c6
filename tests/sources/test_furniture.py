"""What is no reporting is found, and reporting is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.sources.furniture import FurnitureRule, find_furniture, furniture_rules, line_kind

LINE_RULES = furniture_rules().line
INLINE_RULES = furniture_rules().inline
BODY = (
    "The two ministers met in Oslo on Friday and agreed to reopen the road across the border before the winter, "
    "officials said."
)


def test_rule_ids_are_unique() -> None:
    ids = [rule.id for rule in (*LINE_RULES, *INLINE_RULES)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("rule", LINE_RULES, ids=lambda rule: rule.id)
def test_line_rule_takes_its_examples(rule: FurnitureRule) -> None:
    assert rule.examples
    for example in rule.examples:
        assert any(pattern.fullmatch(example) for pattern in rule.patterns), example


@pytest.mark.parametrize("rule", LINE_RULES, ids=lambda rule: rule.id)
def test_no_rule_takes_the_others(rule: FurnitureRule) -> None:
    for other in rule.others:
        assert line_kind(other) is None, other


@pytest.mark.parametrize("rule", INLINE_RULES, ids=lambda rule: rule.id)
def test_inline_rule(rule: FurnitureRule) -> None:
    assert rule.examples
    for example in rule.examples:
        assert any(pattern.search(example) for pattern in rule.patterns), example
    for other in rule.others:
        assert not any(pattern.search(other) for pattern in rule.patterns), other


def kinds(text: str) -> list[tuple[str, str]]:
    return [(part.kind, text[part.start : part.end]) for part in find_furniture(text)]


def test_a_newspaper_page() -> None:
    text = (
        "The Oslo Herald\nFriday, 14 March 2025\n\nRoad across border to reopen\n\nBy Jane Roe\n\n"
        f"{BODY}\n\nPhoto: The road near Oslo (Ann Poe)\n\nRelated articles\nThe road in pictures\n\n{BODY}"
        "\n\n© 2025 Oslo Herald"
    )
    assert kinds(text) == [
        ("header", "The Oslo Herald"),
        ("header", "Friday, 14 March 2025"),
        ("byline", "By Jane Roe"),
        ("caption", "Photo: The road near Oslo (Ann Poe)"),
        ("link", "Related articles"),
        ("link", "The road in pictures"),
        ("boilerplate", "© 2025 Oslo Herald"),
    ]


def test_a_credit_makes_a_short_paragraph_a_caption_and_leaves_a_long_one() -> None:
    caption = "Soldiers guard the road near Oslo on Friday. (AP Photo/Ann Poe)"
    assert kinds(f"{BODY}\n\n{caption}\n\n{BODY}") == [("caption", caption)]
    long = f"{BODY} {BODY} {BODY} {BODY} (AP Photo/Ann Poe)"
    assert kinds(long) == [("credit", "(AP Photo/Ann Poe)")]


def test_headings_inside_the_text_but_not_the_headline() -> None:
    text = f"Road to reopen\n\n{BODY}\n\nA long winter\n\n{BODY}"
    assert kinds(text) == [("header", "A long winter")]


def test_hard_wrapped_lines_are_no_headings() -> None:
    wrapped = BODY.replace("Oslo on", "Oslo\non").replace("across", "\nacross")
    assert kinds(f"{wrapped}\n\n{BODY}\n\n{BODY}") == []


def test_plain_reporting_has_none() -> None:
    assert kinds(f"{BODY}\n\n“We agreed,” the minister said. By Friday the road was open.\n\n{BODY}") == []


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ABc d.\n\r,—-()/:©\u2028\U0001f600é0129'\"“", max_size=200))
def test_parts_are_sorted_apart_and_inside(text: str) -> None:
    end = 0
    for part in find_furniture(text):
        assert end <= part.start < part.end <= len(text)
        end = part.end
