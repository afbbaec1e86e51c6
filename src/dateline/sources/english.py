"""Whether a text is English: Dateline reads no other language yet, and says so instead of guessing."""

from __future__ import annotations

import re

from dateline.records.problem import Problem

_SAMPLE_CHARACTERS = 6_000
# Below this many words a name list or a headline could pass for any language.
_FEW_WORDS = 25
# English prose has 35 to 50 per cent of these words, headlines and tables 10 to 20, other languages up to 8.
_LEAST_SHARE = 0.09
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_FUNCTION_WORDS = frozenset(
    _WORD.findall(
        """the of and to that is was for it with as his on be at by this had not are but from or have an they which you
        were her she there been their has would will said he its who if into than them these could after before about
        when where over under against during between because while says told more most some two one also up out what
        we our your my all other no new first last year week people government"""
    )
)


def language_problem(text: str) -> Problem | None:
    """A problem where the text is hardly English; short texts get the benefit of the doubt."""
    sample = text[:_SAMPLE_CHARACTERS]
    letters, latin = len(_LETTER.findall(sample)), len(_LATIN.findall(sample))
    if letters >= 2 * _FEW_WORDS and latin < 0.5 * letters:
        return _problem("most of its letters are not Latin")
    words = [word.lower() for word in _WORD.findall(sample)]
    if len(words) < _FEW_WORDS:
        return None
    share = sum(1 for word in words if word in _FUNCTION_WORDS) / len(words)
    if share < _LEAST_SHARE:
        return _problem(f"only {share:.0%} of its words are common English words")
    return None


def _problem(why: str) -> Problem:
    return Problem(
        "source",
        "language-not-english",
        f"the text is not English ({why}): only English is read; take it out or translate it first",
    )
