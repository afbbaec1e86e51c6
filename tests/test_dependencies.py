"""What Dateline needs may be used with it. `python -m tests.test_dependencies` writes docs/dependencies.md."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PAGE = Path(__file__).parents[1] / "docs" / "dependencies.md"
# Licences that let a work under Apache-2.0 build on the package (for the choice of one of several, any will do).
COMPATIBLE = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|MPL|MPL-2|Mozilla|Zlib|CC0|CNRI|Python Software|Unlicense", re.IGNORECASE
)


def runtime() -> dict[str, metadata.Distribution]:
    """Every package that an installation of dateline without extras brings, by name."""
    found: dict[str, metadata.Distribution] = {}
    waiting: list[tuple[str, frozenset[str]]] = [("dateline", frozenset())]
    while waiting:
        name, extras = waiting.pop()
        if canonicalize_name(name) in found:
            continue
        package = metadata.distribution(name)
        found[canonicalize_name(name)] = package
        for line in package.requires or []:
            needed = Requirement(line)
            if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
                waiting.append((needed.name, frozenset(needed.extras)))
    del found["dateline"]
    return found


def licence(package: metadata.Distribution) -> str:
    """The licence that a package states, in short."""
    told = package.metadata
    classifiers = [
        line.rpartition("::")[2].strip() for line in told.get_all("Classifier") or () if line.startswith("License ::")
    ]
    (expression, free) = (_first(package, name) for name in ("License-Expression", "License"))
    return expression or ", ".join(classifiers) or free


def _first(package: metadata.Distribution, name: str) -> str:
    """The first line of a piece of metadata, empty if there is none."""
    return next(iter(package.metadata.get_all(name) or ()), "").strip().partition("\n")[0]


def page() -> str:
    lines = [
        "# Dependencies",
        "",
        "What `pip install dateline` brings, with the licence that each package states; all may be used with a work",
        "under Apache-2.0. `tests/test_dependencies.py` checks that and writes this page (`python -m",
        "tests.test_dependencies`). The language model's weights have a licence of their own, CC BY-SA 4.0",
        "(docs/model.md), and so has the gazetteer, CC BY 4.0 (NOTICE).",
        "",
        "| Package | Licence | What it says of itself |",
        "| --- | --- | --- |",
    ]
    for name, package in sorted(runtime().items()):
        says = _first(package, "Summary").replace("|", "/")
        lines.append(f"| {name} | {licence(package)} | {says} |")
    return "\n".join(lines) + "\n"


def test_every_dependency_states_a_compatible_licence() -> None:
    stated = {name: licence(package) for name, package in runtime().items()}
    assert {name: text for name, text in stated.items() if not COMPATIBLE.search(text)} == {}


def test_the_page_names_every_direct_dependency() -> None:
    text = PAGE.read_text(encoding="utf-8")
    direct = [Requirement(line) for line in metadata.distribution("dateline").requires or []]
    needed = {
        canonicalize_name(item.name) for item in direct if item.marker is None or item.marker.evaluate({"extra": ""})
    }
    assert {name for name in needed if f"| {name} |" not in text} == set()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
