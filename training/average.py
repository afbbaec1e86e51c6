"""Averaged weights: what is scored and shipped is the running mean of the weights, steadier than any one of them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import torch
from model import Parser


class Average:
    """An exponential average of the trained weights; `swapped` puts it into the model for a while."""

    def __init__(self, model: Parser, decay: float) -> None:
        self.decay = decay
        self.steps = 0
        self.values = {name: value.detach().clone() for name, value in model.named_parameters() if value.requires_grad}

    @torch.no_grad()
    def update(self, model: Parser) -> None:
        """Takes in the weights after one more step; the first steps count for more."""
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        trained = {name: value.detach() for name, value in model.named_parameters() if name in self.values}
        torch._foreach_lerp_(list(self.values.values()), [trained[name] for name in self.values], 1 - decay)

    @contextlib.contextmanager
    def swapped(self, model: Parser) -> Iterator[None]:
        """Inside, the model has the averaged weights; afterwards its own again."""
        parameters = {name: value for name, value in model.named_parameters() if name in self.values}
        kept = {name: value.detach().clone() for name, value in parameters.items()}
        with torch.no_grad():
            for name, value in parameters.items():
                value.copy_(self.values[name])
        yield
        with torch.no_grad():
            for name, value in parameters.items():
                value.copy_(kept[name])
