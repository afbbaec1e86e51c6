"""The network: a MiniLM encoder that knows each word's case shape, with six heads on it (PyTorch; used for training
and export only)."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dateline.language.wordpiece import CASE_SHAPES

WIDTH, HEADS, INNER, LAYERS, PIECES, POSITIONS = 384, 12, 1536, 6, 30522, 512
ARC_WIDTH, RELATION_WIDTH = 256, 128


class Layer(nn.Module):
    """One transformer layer as BERT has it (normalised after each sum)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.mixed = nn.Linear(WIDTH, WIDTH)
        self.mixed_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.outer_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = dropout

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        sentences, pieces, _ = states.shape

        def split(values: Tensor) -> Tensor:
            return values.view(sentences, pieces, HEADS, WIDTH // HEADS).transpose(1, 2)

        attended = F.scaled_dot_product_attention(
            split(self.query(states)), split(self.key(states)), split(self.value(states)), attn_mask=mask
        )
        attended = attended.transpose(1, 2).reshape(sentences, pieces, WIDTH)
        states = self.mixed_norm(states + F.dropout(self.mixed(attended), self.dropout, self.training))
        inner = F.gelu(self.inner(states))
        return self.outer_norm(states + F.dropout(self.outer(inner), self.dropout, self.training))


class Encoder(nn.Module):
    """Pieces and case shapes (sentences, pieces) to the states of the embedding and of every layer."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.pieces = nn.Embedding(PIECES, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.shapes = nn.Embedding(len(CASE_SHAPES), WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = dropout

    def forward(self, pieces: Tensor, shapes: Tensor) -> list[Tensor]:
        places = torch.arange(pieces.shape[1], device=pieces.device)
        states = self.norm(self.pieces(pieces) + self.positions(places)[None] + self.shapes(shapes))
        states = F.dropout(states, self.dropout, self.training)
        mask = (pieces != 0)[:, None, None, :]
        every = [states]
        for layer in self.layers:
            states = layer(states, mask)
            every.append(states)
        return every


class Parser(nn.Module):
    """Encoder and heads. `sizes` gives the number of labels of: upos, xpos, lemma, entity, relation."""

    def __init__(self, sizes: dict[str, int], dropout: float = 0.1, head_dropout: float = 0.15) -> None:
        super().__init__()
        self.encoder = Encoder(dropout)
        self.tag_mix = nn.Parameter(torch.tensor([0.0] * (LAYERS - 1) + [1.0, 2.0]))
        self.tree_mix = nn.Parameter(torch.tensor([0.0] * (LAYERS - 1) + [1.0, 2.0]))
        self.last_gate = nn.Parameter(torch.zeros(WIDTH))
        self.upos = nn.Linear(WIDTH, sizes["upos"])
        self.xpos = nn.Linear(WIDTH, sizes["xpos"])
        self.lemma = nn.Linear(WIDTH, sizes["lemma"])
        self.entity_inner = nn.Linear(WIDTH, WIDTH)
        self.entity = nn.Linear(WIDTH, sizes["entity"])
        self.arc_word = nn.Linear(WIDTH, ARC_WIDTH)
        self.arc_head = nn.Linear(WIDTH, ARC_WIDTH)
        self.arc = nn.Parameter(torch.zeros(ARC_WIDTH, ARC_WIDTH))
        self.arc_bias = nn.Parameter(torch.zeros(ARC_WIDTH))
        self.relation_word = nn.Linear(WIDTH, RELATION_WIDTH)
        self.relation_head = nn.Linear(WIDTH, RELATION_WIDTH)
        self.relation = nn.Parameter(torch.zeros(RELATION_WIDTH + 1, sizes["relation"], RELATION_WIDTH + 1))
        nn.init.orthogonal_(self.arc, 0.1)
        self.head_dropout = head_dropout

    def drop(self, states: Tensor) -> Tensor:
        return F.dropout(states, self.head_dropout, self.training)

    def drop_columns(self, states: Tensor) -> Tensor:
        """The same columns dropped for every word of a sentence, as biaffine parsers like it."""
        if not self.training:
            return states
        keep = torch.full((states.shape[0], 1, states.shape[2]), 1 - self.head_dropout, device=states.device)
        return states * (torch.bernoulli(keep) / (1 - self.head_dropout))

    def word_states(self, every: list[Tensor], mix: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Layers mixed; the first piece of each word plus its gated last piece: (sentences, words, width)."""
        weights = torch.softmax(mix, 0)
        mixed = every[-1] * weights[-1]
        for states, weight in zip(every[:-1], weights[:-1], strict=True):
            mixed = mixed + states * weight
        wide = mixed.shape[-1]
        begin = torch.gather(mixed, 1, first[..., None].expand(-1, -1, wide))
        end = torch.gather(mixed, 1, last[..., None].expand(-1, -1, wide))
        return begin + self.last_gate * end

    def forward(self, pieces: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> dict[str, Tensor]:
        """Scores of the tags (sentences, words, labels), of arcs (sentences, words, 1 + words; 0 is the root), and
        relation vectors."""
        every = self.encoder(pieces, shapes)
        tags = self.drop(self.word_states(every, self.tag_mix, first, last))
        root = torch.zeros_like(first[:, :1])
        nodes = self.word_states(every, self.tree_mix, torch.cat([root, first], 1), torch.cat([root, last], 1))
        nodes = self.drop(nodes)
        words = nodes[:, 1:]
        arc_word = self.drop_columns(F.gelu(self.arc_word(words)))
        arc_head = self.drop_columns(F.gelu(self.arc_head(nodes)))
        arcs = torch.matmul(torch.matmul(arc_word, self.arc) + self.arc_bias, arc_head.transpose(1, 2))
        return {
            "upos": self.upos(tags),
            "xpos": self.xpos(tags),
            "lemma": self.lemma(tags),
            "entity": self.entity(self.drop(F.gelu(self.entity_inner(tags)))),
            "arc": arcs,
            "relation_word": self.drop_columns(F.gelu(self.relation_word(words))),
            "relation_head": self.drop_columns(F.gelu(self.relation_head(nodes))),
        }

    def relations(self, word: Tensor, head: Tensor) -> Tensor:
        """Relation scores (n, labels) for n pairs of a word vector and its head's vector."""
        one = torch.ones_like(word[:, :1])
        word, head = torch.cat([word, one], 1), torch.cat([head, one], 1)
        left = torch.matmul(word, self.relation.reshape(RELATION_WIDTH + 1, -1)).view(len(word), -1, RELATION_WIDTH + 1)
        return torch.einsum("nrh,nh->nr", left, head)


def loss(
    model: Parser, scores: dict[str, Tensor], labels: dict[str, Tensor], words: Tensor, name_weight: float = 1.0
) -> Tensor:
    """The sum of the heads' mean losses over the words that carry their labels; that of names counts `name_weight`."""
    total = scores["arc"].new_zeros((), dtype=torch.float32)
    for name, weight in (("upos", 1.0), ("xpos", 0.5), ("lemma", 0.5), ("entity", name_weight)):
        gold = labels[name]
        if (gold >= 0).any():
            total = total + weight * F.cross_entropy(
                scores[name].float().flatten(0, 1), gold.flatten(), ignore_index=-100
            )
    heads = labels["head"]
    known = heads >= 0
    if known.any():
        open_heads = torch.cat([torch.ones_like(words[:, :1]), words], 1)[:, None]
        arcs = scores["arc"].float().masked_fill(~open_heads, -1e9)
        total = total + F.cross_entropy(arcs[known], heads[known])
        rows, columns = known.nonzero(as_tuple=True)
        word = scores["relation_word"][rows, columns].float()
        head = scores["relation_head"][rows, heads[known]].float()
        gold = labels["relation"][known]
        total = total + F.cross_entropy(model.relations(word, head), gold, ignore_index=-100)
    return total


def load_minilm(model: Parser, path: Path) -> None:
    """Fills the encoder from a BERT `model.safetensors`; each case shape starts as the original token type 0."""
    weights = _safetensors(path)
    encoder = model.encoder
    state: dict[str, np.ndarray] = {
        "pieces.weight": weights["embeddings.word_embeddings.weight"],
        "positions.weight": weights["embeddings.position_embeddings.weight"],
        "shapes.weight": np.repeat(weights["embeddings.token_type_embeddings.weight"][:1], len(CASE_SHAPES), 0),
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    parts = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "mixed": "attention.output.dense",
        "mixed_norm": "attention.output.LayerNorm",
        "inner": "intermediate.dense",
        "outer": "output.dense",
        "outer_norm": "output.LayerNorm",
    }
    for number in range(LAYERS):
        for ours, theirs in parts.items():
            for kind in ("weight", "bias"):
                state[f"layers.{number}.{ours}.{kind}"] = weights[f"encoder.layer.{number}.{theirs}.{kind}"]
    encoder.load_state_dict({key: torch.tensor(value) for key, value in state.items()})


def _safetensors(path: Path) -> dict[str, np.ndarray]:
    content = path.read_bytes()
    (size,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + size])
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            begin, end = (8 + size + offset for offset in entry["data_offsets"])
            tensors[name] = np.frombuffer(content[begin:end], dtype="<f4").reshape(entry["shape"])
    return tensors
