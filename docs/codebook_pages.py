"""The codebook as pages, made from the lexicon while the site is built (`mkdocs build`), so that they cannot differ."""

from __future__ import annotations

from collections import Counter
from typing import Any

from dateline.lexicon.codebook import TypeEntry, load_codebook
from dateline.lexicon.loader import data_files, read_toml

_QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
_EXAMPLES = 12


def pages() -> dict[str, str]:
    """Markdown by file name: a page for each type, one for the contexts, and one that lists them."""
    book = load_codebook()
    rules = _rules()
    made = {
        f"codebook/{name.lower()}.md": _type_page(name, kind, rules.get(name, [])) for name, kind in book.types.items()
    }
    made["codebook/contexts.md"] = _contexts_page()
    made["codebook/index.md"] = _index_page(book.types, Counter({name: len(found) for name, found in rules.items()}))
    return made


def on_files(files: Any, config: Any, **_: Any) -> Any:
    """MkDocs: add the pages to the site."""
    from mkdocs.structure.files import File

    for name, text in pages().items():
        files.append(File.generated(config, name, content=text))
    return files


def _index_page(types: Any, counts: Counter[str]) -> str:
    lines = [
        "# Codebook",
        "",
        "Sixteen types of act after PLOVER 2.0. The score runs from -10 (conflict) to 10 (cooperation). Announced and",
        "conditional say what the PLOVER layouts print for an act that is only promised or threatened.",
        "",
        "| Type | Quad class | Score | CAMEO | Announced | Conditional | Rules |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, kind in types.items():
        cells = (
            f"[{name}]({name.lower()}.md)",
            f"{kind.quad} {_QUADS[kind.quad]}",
            str(kind.intensity),
            kind.cameo,
            kind.future,
            kind.conditional or "nothing",
            str(counts[name]),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join((*lines, "", "What an event is about: [contexts](contexts.md).", ""))


def _type_page(name: str, kind: TypeEntry, rules: list[dict[str, Any]]) -> str:
    about = f"Quad class {kind.quad} ({_QUADS[kind.quad]}), score {kind.intensity}, CAMEO {kind.cameo}."
    lines = [f"# {name}", "", about, ""]
    if kind.modes:
        lines += ["## Modes", "", "| Mode | Score | CAMEO |", "| --- | --- | --- |"]
        for mode, entry in kind.modes.items():
            score = kind.intensity if entry.intensity is None else entry.intensity
            lines.append(f"| {mode} | {score} | {entry.cameo or kind.cameo} |")
        lines.append("")
    lines += ["## Examples", "", f"From the {len(rules)} rules of the lexicon, where they are run as tests.", ""]
    lines += ["| Sentence | Who | Whom | Rule |", "| --- | --- | --- | --- |"]
    shown = [
        (rule["id"], example) for rule in rules for example in rule.get("examples", [])[:1] if not example.get("none")
    ]
    for rule_id, example in shown[:_EXAMPLES]:
        sides = ("; ".join(example.get(side, [])) for side in ("source", "target"))
        lines.append(f"| {_cell(example['text'])} | {' | '.join(map(_cell, sides))} | `{rule_id}` |")
    return "\n".join((*lines, ""))


def _contexts_page() -> str:
    lines = ["# Contexts", "", "What an event is about; an event may have several.", ""]
    lines += ["| Context | Words that tell it |", "| --- | --- |"]
    for _, table in read_toml("codebook/contexts.toml"):
        lines += [f"| `{entry['id']}` | {_cell(', '.join(entry['words']))} |" for entry in table.get("context", [])]
    return "\n".join((*lines, ""))


def _rules() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for file in data_files("verbs", ".toml"):
        if file.startswith("verbs/classes"):
            continue
        for _, table in read_toml(file):
            for rule in table.get("rule", []):
                found.setdefault(rule.get("type", table.get("type", "")), []).append(rule)
    return found


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")
