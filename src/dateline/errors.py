"""Every exception that stops a command.

    DatelineError
    ├── UsageError          the command line or a call asks for something that cannot be
    ├── SourceError         an input cannot be read as articles
    │   └── DateError       a publication date that cannot be
    ├── LexiconError        a lexicon file is malformed
    ├── ModelError          the language model cannot be loaded
    ├── QueryError          a query is not in the query language
    └── StoreError          the record file cannot be opened, read or written

A message says what is wrong, where, and what to do. Trouble that belongs to one article is no exception but a
`dateline.records.problem.Problem`: stored, listed, and never the end of a run.
"""

from __future__ import annotations


class DatelineError(Exception):
    """Base of every error that Dateline raises on purpose; `str()` of it is fit for a user to read."""


class UsageError(DatelineError):
    """The command line or a call asks for something that cannot be."""


class SourceError(DatelineError):
    """An input cannot be read as articles."""


class DateError(SourceError):
    """A publication date was given that is no date."""


class LexiconError(DatelineError):
    """A lexicon file is malformed: the message names file, rule and key."""


class ModelError(DatelineError):
    """The language model is missing, damaged or not usable."""


class QueryError(DatelineError):
    """A query does not follow the query language; the message names the column."""


class StoreError(DatelineError):
    """A record file cannot be opened, read or written."""
