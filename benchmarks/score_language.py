"""Scores the shipped language model: `python benchmarks/score_language.py [--dev] [--model FOLDER] [--json FILE]`.

On gold tokens: UPOS, lemma, UAS and LAS (all words, relations with their subtypes) on EWT, GUM (by genre) and PUD,
and entity F1 on Universal NER English EWT
and on the held-out part of Wikigold. From raw text: tokens, sentences and LAS as F1 over character spans, and words a
second.
Treebanks that are absent or damaged are named and left out. Test parts are for reports; `--dev` takes the dev parts.
`--json` writes the measures on gold tokens to a file, in percent, flat: ewt_test_las, pud_upos, uner_test_f1,
wikigold_f1 and so on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dateline.language.card import SHIPPED, ModelFiles, open_model
from dateline.language.lemmas import LemmaRules
from dateline.language.reader import Parse, Reader

ROOT = Path(__file__).parent.parent
NEVER_TRAINED = 4  # of every five Wikigold documents, the one with this remainder (training/data.py)


@dataclass(frozen=True, slots=True)
class Gold:
    """A treebank sentence: words, tags, lemmas, heads (0 = root), relations, and how it stood in its text."""

    words: list[str]
    upos: list[str]
    lemmas: list[str]
    heads: list[int]
    relations: list[str]
    spaces: list[bool]
    document: str
    genre: str
    new_paragraph: bool


@dataclass(slots=True)
class Counts:
    """Right, given and wanted items."""

    right: int = 0
    given: int = 0
    wanted: int = 0
    extra: dict[str, int] = field(default_factory=dict)

    def f1(self) -> float:
        """The F1 in percent; 0 where there is nothing."""
        return 200 * self.right / max(1, self.given + self.wanted)


def main() -> None:
    options = arguments()
    corpora = Path(os.environ.get("DATELINE_CORPORA", ROOT.parent / "shared" / "corpora"))
    if not corpora.is_dir():
        sys.exit(f"no corpora in {corpora}: set DATELINE_CORPORA. Nothing was measured.")
    files = open_model(options.model)
    reader = Reader(files)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    when = time.strftime("%Y-%m-%d %H:%M")
    made = digest([options.model / "parser.onnx"])
    print(f"model {files.name} {made}, commit {commit.stdout.strip() or 'none'}, {when}")
    part = "dev" if options.dev else "test"
    banks = {"EWT": f"en_ewt-{part}.conllu", "GUM": f"en_gum-{part}-open.conllu"} | (
        {} if options.dev else {"PUD": "en_pud-test.conllu"}
    )
    print("\ngold tokens          words    UPOS   lemma     UAS     LAS  data")
    loaded: dict[str, list[Gold]] = {}
    metrics: dict[str, float] = {}
    for name, file in banks.items():
        sentences = load(corpora / "ud" / file)
        if sentences is None:
            continue
        loaded[name] = sentences
        groups = {f"{name} {part}": sentences}
        if name == "GUM":
            for genre in sorted({sentence.genre for sentence in sentences}):
                groups[f"GUM {genre}"] = [sentence for sentence in sentences if sentence.genre == genre]
        for label, group in groups.items():
            total, scores = score_trees(reader, files, group)
            print(f"{label:18}{total:8}{aligned(scores)}  {digest([corpora / 'ud' / file])}")
            if group is sentences:
                key = "pud" if name == "PUD" else f"{name.lower()}_{part}"
                metrics |= {f"{key}_{measure}": round(value, 2) for measure, value in scores.items()}
    print("\nfrom raw text        tokens  sentences    UAS     LAS   words/s")
    for name, sentences in loaded.items():
        print(f"{name:18}{score_raw(reader, sentences)}")
    print("\nnames (F1)             all     PER     ORG     LOC  data")
    for key, label, path, names in (
        (f"uner_{part}", f"UNER-EWT {part}", corpora / "ner" / f"uner_en_ewt-{part}.iob2", read_iob2),
        ("wikigold", "Wikigold held out", corpora / "ner" / "wikigold.conll", read_wikigold),
    ):
        if path.is_file():
            scores = score_names(reader, files, list(names(path)))
            print(f"{label:18}{aligned(scores)}  {digest([path])}")
            metrics[f"{key}_f1"] = round(scores["all"], 2)
    if options.json:
        options.json.write_text(json.dumps(metrics), encoding="utf-8")


def aligned(scores: Mapping[str, float]) -> str:
    """The values of one line, eight characters each."""
    return "".join(f"{value:8.2f}" for value in scores.values())


def digest(paths: Iterable[Path]) -> str:
    """Eight hex digits of the SHA-256 of the files' bytes."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()[:8]


def load(path: Path) -> list[Gold] | None:
    """The sentences of a treebank file; None, with a word on why, where it is absent or damaged."""
    if not path.is_file():
        print(f"{path.name}: absent, left out")
        return None
    text = path.read_text(encoding="utf-8")
    if "\0" in text:
        print(f"{path.name}: damaged ({text.count(chr(0)):,} of {len(text):,} characters are NUL), left out")
        return None
    return list(read_conllu(text))


def read_conllu(text: str) -> Iterator[Gold]:
    """The sentences of a CoNLL-U text. PUD's documents are told apart by the first digits of its sentence ids."""
    document, genre, new = "", "", False
    rows: list[list[str]] = []
    for line in text.split("\n"):
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            key, value = key.strip(), value.strip()
            if key == "newdoc id" or (
                key == "sent_id" and value[:1] in "nw" and value[1:].isdigit() and value[:6] != document
            ):
                document, genre, new = (value if key == "newdoc id" else value[:6]), "", True
            elif key == "meta::genre":
                genre = value
            elif key.split()[:1] == ["newpar"]:
                new = True
        elif line.strip():
            rows.append(line.split("\t"))
        elif rows:
            yield as_gold(rows, document, genre, new)
            rows, new = [], False


def as_gold(rows: list[list[str]], document: str, genre: str, new_paragraph: bool) -> Gold:
    words: list[list[str]] = []
    spaces: list[bool] = []
    end, end_space = 0, True
    for row in rows:
        if "-" in row[0]:
            end, end_space = int(row[0].split("-")[1]), "SpaceAfter=No" not in row[9]
        elif "." not in row[0]:
            words.append(row)
            number = int(row[0])
            spaces.append((number == end and end_space) if number <= end else "SpaceAfter=No" not in row[9])
    columns = list(zip(*words, strict=True))
    return Gold(
        list(columns[1]), list(columns[3]), list(columns[2]), [int(head) for head in columns[6]], list(columns[7]),
        spaces, document, genre, new_paragraph,
    )  # fmt: skip


def score_trees(reader: Reader, files: ModelFiles, sentences: Sequence[Gold]) -> tuple[int, dict[str, float]]:
    """How many words there are, and the accuracies on gold tokens in percent."""
    right = dict.fromkeys(("upos", "lemma", "uas", "las"), 0)
    rules = LemmaRules(files.lemma_rules, files.xpos)
    total = 0
    for gold, parse in zip(sentences, reader.parse([gold.words for gold in sentences]), strict=True):
        total += len(gold.words)
        heads = parse.heads.tolist()
        relations = [files.relations[index] for index in parse.relations]
        right["upos"] += sum(files.upos[index] == tag for index, tag in zip(parse.upos, gold.upos, strict=True))
        lemmas = [
            rules.apply(word, int(rule), int(tag))
            for word, rule, tag in zip(gold.words, parse.lemma, parse.xpos, strict=True)
        ]
        right["lemma"] += sum(lemma == wanted for lemma, wanted in zip(lemmas, gold.lemmas, strict=True))
        for place, head in enumerate(heads):
            right["uas"] += head == gold.heads[place]
            right["las"] += head == gold.heads[place] and relations[place] == gold.relations[place]
    return total, {measure: 100 * value / max(1, total) for measure, value in right.items()}


def score_raw(reader: Reader, sentences: Sequence[Gold]) -> str:
    """One line of F1 over character spans, each document rebuilt as text with a blank line between paragraphs."""
    documents: list[list[Gold]] = []
    for gold in sentences:
        if not documents or documents[-1][-1].document != gold.document:
            documents.append([])
        documents[-1].append(gold)
    built = [rebuild(document) for document in documents]
    began = time.perf_counter()
    docs = list(reader.read(text for text, _ in built))
    seconds = time.perf_counter() - began
    counts = [Counts() for _ in range(4)]
    words = 0
    for (_, gold_items), doc in zip(built, docs, strict=True):
        tokens = [token for token in doc if not token.is_space]
        words += len(tokens)
        spans = {token.i: (token.idx, token.idx + len(token)) for token in tokens}
        root = (-1, -1)
        solid = [[token.i for token in sent if not token.is_space] for sent in doc.sents]
        given: list[set[tuple[object, ...]]] = [
            {spans[token.i] for token in tokens},
            {(doc[part[0]].idx, spans[part[-1]][1]) for part in solid if part},
            {(spans[token.i], root if token.head == token else spans[token.head.i]) for token in tokens},
            {(spans[token.i], root if token.head == token else spans[token.head.i], token.dep_) for token in tokens},
        ]
        for count, ours, theirs in zip(counts, given, gold_items, strict=True):
            count.right += len(ours & theirs)
            count.given += len(ours)
            count.wanted += len(theirs)
    return (
        f"{counts[0].f1():9.2f}{counts[1].f1():11.2f}{counts[2].f1():7.2f}{counts[3].f1():8.2f}{words / seconds:10.0f}"
    )


def rebuild(document: Sequence[Gold]) -> tuple[str, list[set[tuple[object, ...]]]]:
    """The text of a document, and its gold items by span: words, sentences, arcs, labelled arcs."""
    text = ""
    items: list[set[tuple[object, ...]]] = [set(), set(), set(), set()]
    for gold in document:
        if text:
            text = text.rstrip() + "\n\n" if gold.new_paragraph else text
        spans: list[tuple[int, int]] = []
        for word, space in zip(gold.words, gold.spaces, strict=True):
            spans.append((len(text), len(text) + len(word)))
            text += word + (" " if space else "")
        items[0].update(spans)
        items[1].add((spans[0][0], spans[-1][1]))
        for span, head, relation in zip(spans, gold.heads, gold.relations, strict=True):
            above = spans[head - 1] if head else (-1, -1)
            items[2].add((span, above))
            items[3].add((span, above, relation))
    return text, items


def read_iob2(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Words and BIO labels of Universal NER sentences."""
    rows: list[list[str]] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.strip() and not line.startswith("#"):
            rows.append(line.split("\t"))
        elif not line.strip() and rows:
            yield [row[1] for row in rows], [row[2] for row in rows]
            rows = []


def read_wikigold(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Words and BIO labels (PER, ORG, LOC) of the held-out Wikigold sentences."""
    document, words, labels = 0, list[str](), list[str]()
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.startswith("-DOCSTART-"):
            document += 1
        elif line.strip():
            word, label = line.split(" ")
            same = bool(words) and labels[-1][2:] == label[2:] and labels[-1] != "O"
            words.append(word)
            labels.append("O" if label in {"O", "I-MISC"} else ("I-" if same else "B-") + label[2:])
        elif words:
            if document % 5 == NEVER_TRAINED:
                yield words, labels
            words, labels = [], []


def spans(labels: Sequence[str]) -> set[tuple[int, int, str]]:
    """The (start, end, kind) of the names in a BIO sequence."""
    found: set[tuple[int, int, str]] = set()
    start, kind = 0, ""
    for index, label in enumerate([*labels, "O"]):
        prefix, _, this = label.partition("-")
        if kind and (prefix != "I" or this != kind):
            found.add((start, index, kind))
            kind = ""
        if prefix in {"B", "I"} and not kind:
            start, kind = index, this
    return found


def score_names(
    reader: Reader, files: ModelFiles, sentences: Sequence[tuple[list[str], list[str]]]
) -> dict[str, float]:
    """Exact-span F1 in percent, over all and by kind."""
    counts = {kind: Counts() for kind in ("all", "PER", "ORG", "LOC")}
    parses: list[Parse] = reader.parse([words for words, _ in sentences])
    for (_, labels), parse in zip(sentences, parses, strict=True):
        wanted = spans(labels)
        given = {span for span in spans([files.entities[index] for index in parse.entities]) if span[2] != "NORP"}
        for kind, count in counts.items():
            ours = {span for span in given if kind in {"all", span[2]}}
            theirs = {span for span in wanted if kind in {"all", span[2]}}
            count.right += len(ours & theirs)
            count.given += len(ours)
            count.wanted += len(theirs)
    return {kind: count.f1() for kind, count in counts.items()}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dev", action="store_true", help="dev parts instead of test parts")
    parser.add_argument("--model", type=Path, default=SHIPPED, help="another model folder")
    parser.add_argument("--json", type=Path, help="write the measures on gold tokens to this file")
    return parser.parse_args()


if __name__ == "__main__":
    main()
