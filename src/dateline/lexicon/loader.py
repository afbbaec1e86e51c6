"""Reading lexicon files: TOML for rules written by hand, TSV for big tables, each under a user's own folder.

A user's folder has the shape of `lexicon/data`; a file in it is read after ours: rules with a known id replace that
rule, others are added. A file that starts with the line `# replace` is read instead of ours.
"""

from __future__ import annotations

import csv
import difflib
import gzip
import io
import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from dateline.errors import LexiconError


class Entry(BaseModel):
    """Base of every form of lexicon entry: frozen, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


E = TypeVar("E", bound=Entry)


def data_files(folder: str, suffix: str, overlay: Path | None = None) -> list[str]:
    """Names ("verbs/assault.toml") of the lexicon files in a folder of ours or of the user's, sorted."""
    names = {
        f"{folder}/{item.name}"
        for item in resources.files("dateline.lexicon").joinpath("data", folder).iterdir()
        if item.name.endswith(suffix)
    }
    if overlay is not None and (overlay / folder).is_dir():
        names |= {f"{folder}/{item.name}" for item in (overlay / folder).iterdir() if item.name.endswith(suffix)}
    return sorted(names)


def read_texts(name: str, overlay: Path | None = None) -> list[tuple[str, str]]:
    """The texts to read for a lexicon file as (where, text): ours, then the user's.

    Raises:
        LexiconError: the file is in neither place, or is not UTF-8.
    """
    texts = []
    ours = resources.files("dateline.lexicon").joinpath("data", name)
    if ours.is_file():
        texts.append((name, _decoded(name, ours.read_bytes())))
    if overlay is not None and (overlay / name).is_file():
        text = _decoded(str(overlay / name), (overlay / name).read_bytes())
        if text.startswith("# replace"):
            texts.clear()
        texts.append((str(overlay / name), text))
    if not texts:
        raise LexiconError(f"{name}: no such lexicon file; expected it in the package or in the folder of --lexicon")
    return texts


def read_toml(name: str, overlay: Path | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """The parsed tables of a TOML lexicon file as (where, table): ours, then the user's."""
    for where, text in read_texts(name, overlay):
        try:
            yield where, tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise LexiconError(f"{where}: not valid TOML: {error}; mend the line named") from error


def read_tsv(name: str, overlay: Path | None = None) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of a TSV lexicon file as ("actors/x.tsv:12", row); line one names the columns, `#` lines are notes."""
    for where, text in read_texts(name, overlay):
        lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line and line[0] != "#"]
        if not lines:
            raise LexiconError(f"{where}: the table is empty; its first line must name the columns")
        columns = lines[0][1].split("\t")
        for number, line in lines[1:]:
            cells = next(csv.reader(io.StringIO(line), delimiter="\t", quoting=csv.QUOTE_NONE))
            if len(cells) != len(columns):
                raise LexiconError(f"{where}:{number}: {len(cells)} cells where the header names {len(columns)}")
            yield f"{where}:{number}", dict(zip(columns, cells, strict=True))


def entry(kind: type[E], data: Any, where: str) -> E:
    """One lexicon entry in its checked form.

    Raises:
        LexiconError: names file, rule, key and the nearest known key.
    """
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        rule = f", rule {data['id']}" if isinstance(data, dict) and "id" in data else ""
        if first["type"] == "extra_forbidden":
            near = difflib.get_close_matches(str(first["loc"][-1]), list(kind.model_fields), n=1)
            hint = f"; did you mean '{near[0]}'?" if near else f"; known keys: {', '.join(kind.model_fields)}"
            raise LexiconError(f"{where}{rule}: unknown key '{key}'{hint}") from error
        raise LexiconError(f"{where}{rule}: key '{key}': {first['msg']}") from error


def _decoded(where: str, data: bytes) -> str:
    if where.endswith(".gz"):
        data = gzip.decompress(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LexiconError(f"{where}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
