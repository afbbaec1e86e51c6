"""A worker's task that ends its own process at a marked article (spawned processes import it by name)."""

from __future__ import annotations

import os
import signal

from dateline import workers
from dateline.batches import Item, Outcome

_work = workers._work


def work_or_die(batch: list[Item], strict: bool) -> list[Outcome]:
    """Read the batch, or die of it."""
    if any("number 2." in (item.sourced.article.text if item.sourced.article else "") for item in batch):
        os.kill(os.getpid(), signal.SIGKILL)
    return _work(batch, strict)
