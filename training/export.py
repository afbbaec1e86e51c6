"""Writes a checkpoint as the shipped model: `python training/export.py RUN/epoch-7.pt --out
src/dateline/language/model`.

The graph is built by hand, so that every matrix product has 7-bit weights (one scale a column) and 8-bit activations
with one scale a row:
a sentence's scores then cannot depend on the other sentences of its batch, and integer sums cannot saturate on
processors without VNNI.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from model import ARC_WIDTH, HEADS, LAYERS, RELATION_WIDTH, WIDTH
from onnx import TensorProto, helper, numpy_helper
from train import minilm_folder

Array = np.ndarray
LONGEST = 320
WEIGHT_STEPS = 63
FORMAT = "dateline.language-model/1"


class Graph:
    """Nodes and constants in the making; every method returns the name of its result."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}
        self.codes: dict[str, tuple[str, str]] = {}
        self.count = 0

    def name(self, stem: str) -> str:
        self.count += 1
        return f"{stem}_{self.count}"

    def constant(self, value: Array, stem: str = "c") -> str:
        name = self.name(stem)
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def node(
        self, kind: str, *inputs: str, domain: str = "", outputs: int = 1, output: str = "", **attributes: object
    ) -> str:
        names = [output or self.name(kind.lower()) for _ in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attributes))
        return names[0]

    def nodes_of(self, kind: str, *inputs: str, outputs: int, **attributes: object) -> list[str]:
        names = [self.name(kind.lower()) for _ in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names

    def row_codes(self, x: str) -> tuple[str, str]:
        """(x as bytes around 128, the scale of every row); made once for each x."""
        if x not in self.codes:
            largest = self.node("ReduceMax", self.node("Abs", x), self.constant(np.array([-1], np.int64)), keepdims=1)
            scale = self.node(
                "Mul", self.node("Max", largest, self.constant(np.float32(1e-6))), self.constant(np.float32(1 / 127))
            )
            # Casting cuts off, so 128.5 both rounds and moves to the middle of a byte.
            moved = self.node("Add", self.node("Div", x, scale), self.constant(np.float32(128.5)))
            self.codes[x] = self.node("Cast", moved, to=TensorProto.UINT8), scale
        return self.codes[x]

    def linear(self, x: str, weight: Array, bias: Array) -> str:
        """x @ weight + bias, weight (in, out), with integer products."""
        codes, scale = self.row_codes(x)
        steps = np.maximum(np.abs(weight).max(0), 1e-8) / WEIGHT_STEPS
        product = self.node(
            "MatMulIntegerToFloat",
            codes,
            self.constant(np.rint(weight / steps).astype(np.int8), "weight"),
            self.constant(np.float32(1)),
            self.constant(steps.astype(np.float32), "steps"),
            self.constant(np.uint8(128)),
            domain="com.microsoft",
        )
        return self.node("Add", self.node("Mul", product, scale), self.constant(bias.astype(np.float32), "bias"))

    def norm(self, x: str, weight: Array, bias: Array) -> str:
        return self.node("LayerNormalization", x, self.constant(weight), self.constant(bias), axis=-1, epsilon=1e-12)

    def gelu(self, x: str) -> str:
        return self.node("Gelu", x, domain="com.microsoft")


def build(weights: dict[str, Array], sizes: dict[str, int]) -> onnx.ModelProto:
    """The graph of encoder and heads; inputs and outputs as `dateline.language.encoder` feeds and reads them."""
    graph = Graph()
    states = _embeddings(graph, weights)
    keys = graph.node("Cast", graph.node("Cast", "pieces", to=TensorProto.BOOL), to=TensorProto.INT32)
    every = [states]
    for number in range(LAYERS):
        states = _layer(
            graph, {k.removeprefix(f"encoder.layers.{number}."): v for k, v in weights.items()}, states, keys
        )
        every.append(states)
    tags = _word_states(graph, weights, every, weights["tag_mix"], "first", "last")
    root = graph.node(
        "Mul",
        graph.node("Slice", "first", *(graph.constant(np.array([v], np.int64)) for v in (0, 1, 1))),
        graph.constant(np.int64(0)),
    )
    nodes = _word_states(
        graph, weights, every, weights["tree_mix"],
        graph.node("Concat", root, "first", axis=1), graph.node("Concat", root, "last", axis=1),
    )  # fmt: skip
    _heads(graph, weights, tags, nodes, sizes)
    inputs = [helper.make_tensor_value_info("pieces", TensorProto.INT64, ["sentences", "length"])]
    inputs.append(helper.make_tensor_value_info("shapes", TensorProto.INT64, ["sentences", "length"]))
    inputs += [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["sentences", "words"]) for name in ("first", "last")
    ]
    outputs = [
        helper.make_tensor_value_info(n, TensorProto.INT64, ["sentences", "words"]) for n in ("upos", "xpos", "lemma")
    ]
    outputs += [
        helper.make_tensor_value_info("entity", TensorProto.FLOAT, ["sentences", "words", sizes["entity"]]),
        helper.make_tensor_value_info("arc", TensorProto.FLOAT, ["sentences", "words", "nodes"]),
        helper.make_tensor_value_info("relation_word", TensorProto.FLOAT, ["sentences", "nodes", RELATION_WIDTH]),
        helper.make_tensor_value_info("relation_head", TensorProto.FLOAT, ["sentences", "nodes", RELATION_WIDTH]),
    ]
    made = helper.make_graph(graph.nodes, "dateline", inputs, outputs, list(graph.constants.values()))
    return _model(made)


def _embeddings(graph: Graph, weights: dict[str, Array]) -> str:
    table = weights["encoder.pieces.weight"]
    steps = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127
    codes = graph.constant(np.rint(table / steps).astype(np.int8), "pieces_codes")
    rows = graph.node("Cast", graph.node("Gather", codes, "pieces"), to=TensorProto.FLOAT)
    words = graph.node("Mul", rows, graph.node("Gather", graph.constant(steps.astype(np.float32)), "pieces"))
    zero, one = graph.constant(np.array([0], np.int64)), graph.constant(np.array([1], np.int64))
    length = graph.node("Slice", graph.node("Shape", "pieces"), one, graph.constant(np.array([2], np.int64)))
    places = graph.node("Slice", graph.constant(weights["encoder.positions.weight"][:LONGEST]), zero, length, zero)
    shapes = graph.node("Gather", graph.constant(weights["encoder.shapes.weight"]), "shapes")
    summed = graph.node("Add", graph.node("Add", words, places), shapes)
    return graph.norm(summed, weights["encoder.norm.weight"], weights["encoder.norm.bias"])


def _layer(graph: Graph, weights: dict[str, Array], states: str, keys: str) -> str:
    triple = [weights[f"{name}.weight"].T for name in ("query", "key", "value")]
    biases = [weights[f"{name}.bias"] for name in ("query", "key", "value")]
    joined = graph.linear(states, np.concatenate(triple, 1), np.concatenate(biases))
    query, key, value = graph.nodes_of("Split", joined, outputs=3, axis=-1, num_outputs=3)
    attended = graph.node("MultiHeadAttention", query, key, value, "", keys, domain="com.microsoft", num_heads=HEADS)
    mixed = graph.linear(attended, weights["mixed.weight"].T, weights["mixed.bias"])
    states = graph.norm(graph.node("Add", states, mixed), weights["mixed_norm.weight"], weights["mixed_norm.bias"])
    inner = graph.gelu(graph.linear(states, weights["inner.weight"].T, weights["inner.bias"]))
    outer = graph.linear(inner, weights["outer.weight"].T, weights["outer.bias"])
    return graph.norm(graph.node("Add", states, outer), weights["outer_norm.weight"], weights["outer_norm.bias"])


def _word_states(graph: Graph, weights: dict[str, Array], every: list[str], mix: Array, first: str, last: str) -> str:
    shares = np.exp(mix - mix.max())
    shares /= shares.sum()
    mixed = ""
    for states, share in zip(every, shares, strict=True):
        part = graph.node("Mul", states, graph.constant(np.float32(share)))
        mixed = graph.node("Add", mixed, part) if mixed else part

    def pick(places: str) -> str:
        index = graph.node("Unsqueeze", places, graph.constant(np.array([2], np.int64)))
        return graph.node("GatherND", mixed, index, batch_dims=1)

    gated = graph.node("Mul", pick(last), graph.constant(weights["last_gate"]))
    return graph.node("Add", pick(first), gated)


def _heads(graph: Graph, weights: dict[str, Array], tags: str, nodes: str, sizes: dict[str, int]) -> None:
    names = ("upos", "xpos", "lemma")
    joined = graph.linear(
        tags,
        np.concatenate([weights[f"{name}.weight"].T for name in names], 1),
        np.concatenate([weights[f"{name}.bias"] for name in names]),
    )
    bounds = np.cumsum([0] + [sizes[name] for name in names])
    last = graph.constant(np.array([2], np.int64))
    for name, begin, end in zip(names, bounds[:-1], bounds[1:], strict=True):
        part = graph.node(
            "Slice",
            joined,
            graph.constant(np.array([begin], np.int64)),
            graph.constant(np.array([end], np.int64)),
            last,
        )
        graph.node("ArgMax", part, axis=2, keepdims=0, output=name)
    inner = graph.gelu(graph.linear(tags, weights["entity_inner.weight"].T, weights["entity_inner.bias"]))
    graph.node("Identity", graph.linear(inner, weights["entity.weight"].T, weights["entity.bias"]), output="entity")
    parts = ("arc_word", "arc_head", "relation_word", "relation_head")
    vectors = graph.gelu(
        graph.linear(
            nodes,
            np.concatenate([weights[f"{name}.weight"].T for name in parts], 1),
            np.concatenate([weights[f"{name}.bias"] for name in parts]),
        )
    )
    bounds = np.cumsum([0, ARC_WIDTH, ARC_WIDTH, RELATION_WIDTH, RELATION_WIDTH])
    cut = {}
    for name, begin, end in zip(parts, bounds[:-1], bounds[1:], strict=True):
        output = name if name.startswith("relation") else ""
        at = graph.constant(np.array([begin], np.int64)), graph.constant(np.array([end], np.int64))
        cut[name] = graph.node("Slice", vectors, *at, last, output=output)
    one, far = graph.constant(np.array([1], np.int64)), graph.constant(np.array([2**31], np.int64))
    words = graph.node("Slice", cut["arc_word"], one, far, one)
    turned = graph.linear(words, weights["arc"], weights["arc_bias"])
    graph.node("MatMul", turned, graph.node("Transpose", cut["arc_head"], perm=[0, 2, 1]), output="arc")


def build_relations(relation: Array) -> onnx.ModelProto:
    """A graph that names the relation of n arcs, from the vectors of words and heads (n, width): the biaffine
    product, integer at first."""
    graph = Graph()
    width, labels, _ = relation.shape
    left = graph.linear("word", relation[:-1].reshape(width - 1, -1), relation[-1].reshape(-1))
    table = graph.node("Reshape", left, graph.constant(np.array([-1, labels, width], np.int64)))
    two = graph.constant(np.array([2], np.int64))
    vectors = graph.node(
        "Slice", table, graph.constant(np.array([0], np.int64)), graph.constant(np.array([width - 1], np.int64)), two
    )
    biases = graph.node(
        "Slice",
        table,
        graph.constant(np.array([width - 1], np.int64)),
        graph.constant(np.array([width], np.int64)),
        two,
    )
    products = graph.node("MatMul", vectors, graph.node("Unsqueeze", "head", two))
    scores = graph.node("Squeeze", graph.node("Add", products, biases), two)
    graph.node("ArgMax", scores, axis=1, keepdims=0, output="relation")
    inputs = [helper.make_tensor_value_info(n, TensorProto.FLOAT, ["arcs", width - 1]) for n in ("word", "head")]
    outputs = [helper.make_tensor_value_info("relation", TensorProto.INT64, ["arcs"])]
    made = helper.make_graph(graph.nodes, "dateline-relations", inputs, outputs, list(graph.constants.values()))
    return _model(made)


def _model(graph: onnx.GraphProto) -> onnx.ModelProto:
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="dateline")


def write_model(checkpoint: Path, folder: Path) -> None:
    """Writes parser.onnx, relations.onnx, vocabulary.txt and card.json; the folder is exchanged whole, never half
    written."""
    saved = torch.load(checkpoint, weights_only=False, map_location="cpu")
    weights = {name: value.float().numpy() for name, value in saved["model"].items()}
    labels = saved["labels"]
    sizes = {
        "upos": len(labels["upos"]),
        "xpos": len(labels["xpos"]),
        "lemma": len(labels["lemma_rules"]),
        "entity": len(labels["entities"]),
        "relation": len(labels["relations"]),
    }
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="model-", dir=folder.parent))
    onnx.save(build(weights, sizes), work / "parser.onnx")
    onnx.save(build_relations(weights["relation"]), work / "relations.onnx")
    shutil.copy(minilm_folder() / "vocab.txt", work / "vocabulary.txt")
    files = {
        path.name: {"bytes": path.stat().st_size, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for path in sorted(work.iterdir())
    }
    card = {
        "format": FORMAT,
        "name": "dateline-en",
        "language": "en",
        "licence": "CC-BY-SA-4.0",
        "encoder": "all-MiniLM-L6-v2 (Apache-2.0), fine-tuned",
        "data": [*saved["treebanks"], "wikigold.conll (its training part)", "training/names.py"],
        "training": {key: round(float(saved[key]), 1) for key in ("minutes", "cpu_minutes", "words") if key in saved},
        "dev": {name: {k: round(v, 2) for k, v in scores.items()} for name, scores in saved["report"].items()},
        "width": WIDTH,
        "longest": LONGEST,
        "labels": labels,
        "files": files,
    }
    (work / "card.json").write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    work.chmod(0o755)
    if folder.exists():
        # Files are moved one over the other and the card comes last: a reader in between sees a digest error, not a
        # wrong model.
        for path in sorted(work.iterdir(), key=lambda path: path.name == "card.json"):
            path.replace(folder / path.name)
        work.rmdir()
    else:
        work.rename(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    write_model(options.checkpoint, options.out)
    total = sum(path.stat().st_size for path in options.out.iterdir())
    print(f"{options.out}: {total / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
