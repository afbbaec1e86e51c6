"""Makes src/dateline/language/forms.tsv: `python training/forms.py --corpora ../shared/corpora`.

Known verbs and nouns are those of UD English EWT's training part (two sightings or more) and the verbs of our own
lexicons; irregular are the forms whose lemma the regular endings do not give.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dateline.language.forms import FILE, WordForms, regular_bases

ROOT = Path(__file__).resolve().parent.parent
TAGS = ("VBD", "VBN", "VBG", "VBZ", "NNS")


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=ROOT.parent / "shared" / "corpora")
    options = parser.parse_args()
    verbs, nouns = lexicon_verbs() | {base for _, _, base in irregular_verbs()}, set()
    seen: dict[tuple[str, str], Counter[str]] = {}
    bases: Counter[tuple[str, str]] = Counter()
    for line in (options.corpora / "ud" / "en_ewt-train.conllu").read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) != 10 or not cells[0].isdigit() or not cells[1].isalpha() or "Typo=Yes" in cells[5]:
            continue
        form, lemma, kind, tag = cells[1].lower(), cells[2], cells[3], cells[4]
        if kind in ("VERB", "NOUN") and lemma.islower():
            bases[lemma, kind] += 1
            if tag in TAGS:
                seen.setdefault((form, tag), Counter())[lemma] += 1
    nouns |= lexicon_nouns() | {"troop"}  # the treebank has it in the plural only, the lexicons in the singular
    verbs |= {lemma for (lemma, kind), count in bases.items() if kind == "VERB" and count > 1}
    nouns |= {
        lemma for (lemma, kind), count in bases.items() if kind == "NOUN" and count > 1 and not lemma.endswith("men")
    }
    plain = WordForms({}, frozenset(verbs), frozenset(nouns))
    rows = ["# form, tag, lemma; VERB and NOUN list base forms. Made by training/forms.py from UD EWT (CC BY-SA 4.0)."]
    rows += [f"{word}\tVERB\t{word}" for word in sorted(verbs)]
    rows += [f"{word}\tNOUN\t{word}" for word in sorted(nouns)]
    for (form, tag), lemmas in sorted(seen.items()):
        lemma, count = lemmas.most_common(1)[0]
        known = plain.nouns if tag == "NNS" else plain.verbs
        regular = next((base for base in regular_bases(form, tag) if base in known), None)
        if tag == "NNS" and regular is not None:
            continue  # the bases of an army are not those of an argument
        clear = count >= 0.8 * lemmas.total()
        if clear and lemma != regular and (count > 1 or lemma not in regular_bases(form, tag)) and form != lemma + "s":
            rows.append(f"{form}\t{tag}\t{lemma}")
    listed = {row.rpartition("\t")[0] for row in rows}
    rows += [f"{form}\t{tag}\t{base}" for form, tag, base in irregular_verbs() if f"{form}\t{tag}" not in listed]
    FILE.write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(f"{len(rows) - 1} rows written to {FILE}")


def irregular_verbs() -> Iterator[tuple[str, str, str]]:
    """Form, tag and base of the irregular verbs in irregular.tsv."""
    for line in Path(__file__).with_name("irregular.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            base, past, participle = line.split("\t")
            yield from ((form, "VBD", base) for form in past.split("|"))
            yield from ((form, "VBN", base) for form in participle.split("|"))


def lexicon_verbs() -> set[str]:
    """First words of the verb lemmas in our lexicons."""
    found: set[str] = set()
    for folder in ("verbs", "speech", "status"):
        for path in (ROOT / "src" / "dateline" / "lexicon" / "data" / folder).glob("*.toml"):
            for rules in tomllib.loads(path.read_text(encoding="utf-8")).values():
                for rule in rules if isinstance(rules, list) else ():
                    if isinstance(rule, dict) and rule.get("pos", "verb") == "verb":
                        lemmas = rule.get("lemma", rule.get("lemmas", []))
                        lemmas = [lemmas] if isinstance(lemmas, str) else lemmas
                        found.update(lemma.split()[0] for lemma in lemmas if lemma.split()[0].isalpha())
    return found


def lexicon_nouns() -> set[str]:
    """Last words of the nouns that the actor and event lexicons list."""
    found: set[str] = set()
    data = ROOT / "src" / "dateline" / "lexicon" / "data"
    for path in (*data.glob("verbs/*.toml"), data / "actors" / "roles.toml"):
        for value in _strings(tomllib.loads(path.read_text(encoding="utf-8"))):
            word = value.split()[-1] if value.split() else ""
            if word.isalpha() and word.islower() and not word.endswith(("s", "men")):
                found.add(word)
    return found


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if len(value.split()) <= 4:
            yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


if __name__ == "__main__":
    main()
