"""The version of Dateline, apart from everything else so that any floor may name it."""

__version__ = "0.1.0"
