"""Is a lexicon folder sound: its files, its rules, and the examples of its rules and of ours beside them."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from spacy.tokens import Doc

from dateline.errors import LexiconError
from dateline.extract.event_examples import holds, told
from dateline.extract.status import outlook
from dateline.lexicon.loader import data_files, read_toml
from dateline.lexicon.verbs import Example
from dateline.pipeline import Tools, load_tools, read_article
from dateline.records.claims import Event, PloverType
from dateline.records.text import make_article

_FOLDERS = ("verbs", "status", "codebook", "actors", "places", "time", "speech", "figures")
_SUFFIXES = (".toml", ".tsv", ".tsv.gz")
_DAY = date(2020, 3, 14)


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not hold.

    Attributes:
        rule: "verbs/assault.toml#shell-2".
        text: the example's sentence.
        found: what was coded instead.
        ours: whether the rule is one of ours, whose example held before the folder was laid over.
    """

    rule: str
    text: str
    found: str
    ours: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at and what failed."""

    files: tuple[str, ...]
    rules: int
    examples: int
    bare: tuple[str, ...]
    failures: tuple[Failure, ...]


def check_lexicon(folder: Path, *, language_model: str | None = None) -> Checked:
    """Load a folder over our lexicon and run the examples of all event and status rules.

    Raises:
        LexiconError: the folder is not there or empty, holds a file that nothing reads, or a rule is malformed; names
            file, rule and nearest key.
    """
    files = folder_files(folder)
    mine = load_tools(language_model=language_model, lexicon=folder)
    ours = replace(load_tools(language_model=language_model), annotator=mine.annotator)
    own = _own_rules(folder, files)
    rows = [(name, type_, example) for name, type_, rule in mine.verbs.rules for example in rule.examples]
    docs = mine.annotator.annotate_many(example.text for _, _, example in rows)
    failures = []
    for (name, type_, example), doc in zip(rows, docs, strict=True):
        failure = _failure(name, type_, example, doc, mine, ours, name in own)
        if failure is not None:
            failures.append(failure)
    failures.extend(_governor_failures(mine, own))
    bare = tuple(name for name, _, rule in mine.verbs.rules if name in own and not rule.examples)
    return Checked(files, len(own), len(rows), bare, tuple(failures))


def folder_files(folder: Path) -> tuple[str, ...]:
    """The lexicon files of a folder ("verbs/assault.toml").

    Raises:
        LexiconError: no such folder, nothing in it, or a file that nothing reads; names the nearest file that is read.
    """
    if not folder.is_dir():
        raise LexiconError(f"{folder}: no such folder; a lexicon folder holds files such as verbs/assault.toml")
    known = [name for part in _FOLDERS for suffix in _SUFFIXES for name in data_files(part, suffix)]
    found = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.startswith(".") or path.suffix == ".md":
            continue
        name = path.relative_to(folder).as_posix()
        if name not in known and not (name.startswith("verbs/") and name.endswith(".toml") and name.count("/") == 1):
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
            hint = f"; did you mean '{near[0]}'?" if near else f"; its folder is one of {', '.join(_FOLDERS)}"
            raise LexiconError(f"{path}: no stage reads a file of this name{hint}")
        found.append(name)
    if not found:
        raise LexiconError(f"{folder}: no lexicon file in it; put one at verbs/assault.toml, for example")
    return tuple(found)


def _own_rules(folder: Path, files: tuple[str, ...]) -> frozenset[str]:
    """Names of the event rules and status governors that the folder itself states."""
    own: set[str] = set()
    for name in files:
        if not name.endswith(".toml") or not name.startswith(("verbs/", "status/")):
            continue
        for where, table in read_toml(name, folder):
            if where == str(folder / name):
                for key in ("rule", "governor"):
                    own.update(f"{name}#{item['id']}" for item in table.get(key, ()) if "id" in item)
    return frozenset(own)


def _failure(
    name: str, type_: PloverType, example: Example, doc: Doc, mine: Tools, ours: Tools, own: bool
) -> Failure | None:
    events = _events(example.text, doc, mine)
    if holds(example, type_, events):
        return None
    if not own and not holds(example, type_, _events(example.text, doc, ours)):
        return None  # it never held with this parse: not the folder's doing
    return Failure(name, example.text, "; ".join(told(event) for event in events) or "no event", not own)


def _events(text: str, doc: Doc, tools: Tools) -> tuple[Event, ...]:
    article = make_article(text, published=_DAY, published_basis="given", ref="example")
    return read_article(article, doc, tools).events


def _governor_failures(tools: Tools, own: frozenset[str]) -> list[Failure]:
    rows = [
        (f"status/governors.toml#{rule.id}", example)
        for rule in tools.verbs.status.rules
        for example in rule.examples
        if f"status/governors.toml#{rule.id}" in own
    ]
    failures = []
    docs = tools.annotator.annotate_many(example.text for _, example in rows)
    for (name, example), doc in zip(rows, docs, strict=True):
        acts = [token for token in doc if token.text == example.act]
        found = outlook(acts[0], tools.verbs.status).status if acts else f"no word '{example.act}'"
        if found != example.status:
            failures.append(Failure(name, example.text, found, False))
    return failures
