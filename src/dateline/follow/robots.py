"""robots.txt by RFC 9309: the group of our name, the longest rule that matches, "*" and "$", Crawl-delay.

The standard library's parser knows neither wildcards nor the longest match. Matching here is linear: no rule of a site
can make it slow.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

_MOST_BYTES = 512_000
_MOST_RULES = 5_000
_LONGEST_DELAY = 60.0


@dataclass(frozen=True, slots=True)
class Robots:
    """What a site asks of us: rules as (allowed, pattern), and seconds between two requests if it names them."""

    rules: tuple[tuple[bool, str], ...] = ()
    delay: float | None = None

    def allows(self, url: str) -> bool:
        """Whether the page may be fetched; of the rules that match, the longest counts, and of equals the kinder."""
        parts = urlsplit(url)
        path = _normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        best = (-1, True)
        for allowed, pattern in self.rules:
            if _matches(pattern, path):
                best = max(best, (len(pattern), allowed))
        return best[1]


EVERYTHING = Robots()
NOTHING = Robots(((False, "/"),))


def parse_robots(data: bytes, agent: str) -> Robots:
    """The rules of a robots.txt for an agent by its product name ("dateline"), else those for all ("*")."""
    groups: dict[str, tuple[list[tuple[bool, str]], list[float]]] = {}
    names: list[str] = []
    in_names = False
    for line in data[:_MOST_BYTES].decode("utf-8", "replace").splitlines():
        key, separator, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not separator:
            continue
        if key == "user-agent":
            names = [*names, value.lower()] if in_names else [value.lower()]
            groups.setdefault(value.lower(), ([], []))
            in_names = True
            continue
        in_names = False
        for name in names:
            rules, delays = groups[name]
            if key in ("allow", "disallow") and value and len(rules) < _MOST_RULES:
                rules.append((key == "allow", _normal(value)))
            elif key == "crawl-delay":
                delays.extend(_seconds(value))
    rules, delays = groups.get(agent.lower()) or groups.get("*") or ([], [])
    return Robots(tuple(rules), delays[0] if delays else None)


def _matches(pattern: str, path: str) -> bool:
    """Whether a path begins with a pattern, "*" for any characters and "$" for the end."""
    ends = pattern.endswith("$")
    first, *rest = (pattern[:-1] if ends else pattern).split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for number, part in enumerate(rest):
        if ends and number == len(rest) - 1:
            return len(path) - len(part) >= at and path.endswith(part)
        at = path.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return not ends or at == len(path)


def _normal(path: str) -> str:
    """One spelling for all ways to write the same path with and without %xx."""
    return quote(unquote(path), safe="/?&=*$:@!,;+~'()-._%")


def _seconds(value: str) -> list[float]:
    try:
        seconds = float(value)
    except ValueError:
        return []
    return [min(seconds, _LONGEST_DELAY)] if seconds >= 0 else []
