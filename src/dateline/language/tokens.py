"""The tokenizer: spaCy's rules for English, brought nearer to the treebanks the model learned from."""

from __future__ import annotations

import re

from spacy.lang.en import English
from spacy.symbols import ORTH  # type: ignore[import-not-found]
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

__all__ = ["Tokenizer", "make_tokenizer", "without_surrogates"]

# Runs of one mark are one token: "!!!", "?!", "***", "=====".
_RUNS = [r"[!?]{2,}", r"\*{2,}", r"={2,}", r"_{2,}", r"~{2,}", r"#{2,}"]
# The treebanks split words at hyphens, but not behind these.
_PREFIXED = re.compile(
    r"^(?i:e|non|pre|anti|mid|re|co|post|multi|pro|ex|semi|sub|cross|neo|over|intra|un|counter|mis|inter|trans|ultra)-[a-z]{2,}$"
)
# A title is one word: "the UN Secretary-General", "an attorney-general".
_TITLE = re.compile(
    r"^(?:secretary|attorney|director|governor|solicitor|inspector|auditor|adjutant|prosecutor)-generals?$",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(r"^(?:\d-)?\d{3}-\d{3}-\d{4}$|^\d{3}-\d{4}$")
_SHORTENED = (
    "Capt.", "Maj.", "Sgt.", "Lt.", "Col.", "Brig.", "Cpl.", "Cmdr.", "Reps.", "Sens.", "Govs.", "Supt.", "Insp.",
    "Amb.", "Msgr.", "Hon.", "Dept.", "Assn.", "Gens.", "Sgts.", "Pvt.", "Atty.", "Fr.", "Mx.", "Messrs.", "Ph.D.",
    "Dist.", "Univ.", "Inst.", "Est.", "Calif.", "Conn.", "Tenn.", "Wis.", "Ariz.", "Colo.", "Ill.", "Ont.", "Que.",
    "Ltd.", "Pres.", "Secy.", "Sec.", "Min.", "vs.", "approx.", "ext.", "dept.",
)  # fmt: skip


def make_tokenizer() -> Tokenizer:
    """A tokenizer with a vocabulary of its own; the tokens of a text always join to the text again."""
    language = English()
    defaults = language.Defaults
    prefixes = compile_prefix_regex([*_RUNS, *(defaults.prefixes or [])])
    suffixes = compile_suffix_regex([*_RUNS, *(defaults.suffixes or [])])
    # "U.S.-led": a hyphen behind an abbreviation splits as it does behind a word.
    infixes = compile_infix_regex([*_RUNS, r"(?<=[A-Za-z]\.)[-–](?=[A-Za-z])", *(defaults.infixes or [])])
    tokenizer: Tokenizer = language.tokenizer
    for form in _SHORTENED:
        tokenizer.add_special_case(form, [{ORTH: form}])
    tokenizer.prefix_search = prefixes.search
    tokenizer.suffix_search = suffixes.search
    tokenizer.infix_finditer = infixes.finditer
    tokenizer.token_match = _whole
    return tokenizer


def _whole(chunk: str) -> re.Match[str] | None:
    """A chunk that stays one token."""
    return _PREFIXED.match(chunk) or _TITLE.match(chunk) or _TELEPHONE.match(chunk)


def without_surrogates(text: str) -> str:
    """The text with lone surrogates, which no UTF-8 can hold, replaced one for one by U+FFFD; offsets stay."""
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
    return text
