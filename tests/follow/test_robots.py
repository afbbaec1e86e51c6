"""robots.txt as RFC 9309 reads it."""

from __future__ import annotations

import time

import pytest

from dateline.follow.robots import EVERYTHING, NOTHING, parse_robots

SITE = "https://news.example"


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Disallow: /", "/a", False),
        ("Disallow:", "/a", True),
        ("Disallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("Disallow: /a\nAllow: /a/b", "/a/c", False),
        ("Disallow: /*.pdf$", "/x/y.pdf", False),
        ("Disallow: /*.pdf$", "/x/y.pdf?z=1", True),
        ("Disallow: /*/print", "/2020/print/1", False),
        ("Disallow: /a*b*c", "/a1b2", True),
        ("Disallow: /caf%C3%A9", "/café", False),
        ("Disallow: /?s=", "/?s=x", False),
        ("Disallow: /x\nAllow: /x", "/x", True),
    ],
)
def test_rules(rules: str, path: str, allowed: bool) -> None:
    robots = parse_robots(f"User-agent: *\n{rules}\n".encode(), "dateline")
    assert robots.allows(SITE + path) is allowed


def test_our_own_group_counts_before_that_of_all() -> None:
    text = b"# hello\nUser-agent: *\nDisallow: /\n\nUser-Agent: other\nUser-agent: Dateline\nAllow: /\nCrawl-delay: 3\n"
    robots = parse_robots(text, "dateline")
    assert robots.allows(f"{SITE}/a") and robots.delay == 3
    assert not parse_robots(text, "someone").allows(f"{SITE}/a")


def test_nonsense_allows_everything() -> None:
    assert parse_robots(b"\xff\xfe<html>not here</html>", "dateline").allows(SITE)
    assert EVERYTHING.allows(f"{SITE}/a") and not NOTHING.allows(f"{SITE}/a")


def test_no_rule_makes_matching_slow() -> None:
    robots = parse_robots(b"User-agent: *\nDisallow: /" + b"*a" * 5000 + b"$\n", "dateline")
    started = time.monotonic()
    robots.allows(SITE + "/" + "a" * 100_000 + "b")
    assert time.monotonic() - started < 1
