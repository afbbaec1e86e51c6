"""Dateline reads dated news articles and keeps a sourced record of what they report.

    >>> import dateline
    >>> reading = dateline.read("Norway's Defence Minister Ine Berg will visit Poland next week.", date="2020-03-14")
    >>> reading.events[0].status
    'planned'
    >>> record = dateline.Record("record.db")
    >>> rows = record.events("actor:NOR type:CONSULT status:planned")

`read` loads the language model at its first call and keeps it; `Record` only asks and never loads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline.errors import DatelineError
from dateline.version import __version__

if TYPE_CHECKING:
    from dateline.archive import Archive as Record
    from dateline.build import read, read_into

__all__ = ["DatelineError", "Record", "__version__", "read", "read_into"]

# Asking must not pay for spaCy and the model, so each door is opened on first use.
_DOORS = {
    "Record": ("dateline.archive", "Archive"),
    "read": ("dateline.build", "read"),
    "read_into": ("dateline.build", "read_into"),
}


def __getattr__(name: str) -> Any:
    if name in _DOORS:
        import importlib

        module, attribute = _DOORS[name]
        return getattr(importlib.import_module(module), attribute)
    raise AttributeError(f"module 'dateline' has no attribute {name!r}")
