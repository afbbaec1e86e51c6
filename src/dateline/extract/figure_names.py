"""Numbers that are no claimed quantities: years, ages, names and codes, addresses, list marks and turns of phrase."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dateline.extract.figure_units import Counted, UnitReader
    from dateline.extract.figure_words import Quantity

_WORD_BEFORE = re.compile(r"(\S+)\s+$")
_ADDRESS = re.compile(r"(?:https?://|www\.|@)\S*$|\S*(?:\.com|\.org|\.net|\.gov)\S*$", re.I)
_LIST_MARK = re.compile(r"(?:^|\n)[ \t]*[(\[]?$")
_AGE = re.compile(
    r"\b(?:aged|age|ages|at the age of|age of|ages of|turn|turns|turned|turning)\s+(?:\w+\s+(?:and|to)\s+)?$", re.I
)
_APPOSED_AGE = re.compile(r"[A-Z][\w'’.-]*\s*[,(]\s*$")
_AGE_END = re.compile(r"\s*(?:[,);:]|\.(?=\s|$)|-year)")
_DEFINITE = frozenset(
    {
        "the",
        "these",
        "those",
        "both",
        "his",
        "her",
        "their",
        "its",
        "our",
        "first",
        "last",
        "next",
        "all",
        "other",
        "my",
        "your",
    }
)
_YEAR_LEAD = re.compile(
    r"\b(?:in|since|of|by|from|until|till|before|after|during|late|early|mid|the|to|and|year|circa|january|february|march|april"
    r"|may|june|july|august|september|october|november|december|spring|summer|autumn|fall|winter|through|between)[\s-]+$",
    re.I,
)
_PARTITIVE = re.compile(r"\b(?:of|by|to|from|and)\s+$", re.I)
_PLURALS = ("children", "people", "men", "women")
_GROUP = re.compile(
    r"\b(?:panels?|teams?|groups?|crews?|staff|boards?|jury|juries|committees?|squads?|delegations?|family|families"
    r"|crowds?|forces?|totals?|fleets?|convoys?|cabinet|council|commission)\s+of\s+$",
    re.I,
)
_MONTH = re.compile(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?",
    re.I,
)
_NAMED_BY = frozenset({"nummod", "flat", "compound", "nmod:desc", "nmod", "appos", "nmod:unmarked", "dep"})
_BARE_RELATIONS = frozenset(
    {
        "nsubj",
        "nsubj:pass",
        "obj",
        "root",
        "conj",
        "xcomp",
        "ccomp",
        "parataxis",
        "obl",
        "obl:unmarked",
        "appos",
        "nmod",
        "obl:agent",
        "iobj",
        "advcl",
        "nsubj:outer",
    }
)


def is_no_figure(text: str, doc: Doc, reader: UnitReader, item: Quantity, counted: Counted, kind: str | None) -> bool:
    """Whether a number phrase is something other than a claimed quantity."""
    if item.currency:
        return False
    if item.form == "tally" and kind != "votes":
        return True  # the score of a game
    left = text[max(0, item.start - 60) : item.start]
    core_left = text[max(0, item.core - 60) : item.core]
    right = text[item.end : item.end + 40]
    if item.unit is not None and not item.hyphenated:
        return False
    return (
        _is_time_or_age(text, item, counted, left, core_left, right, reader)
        or _is_year(item, counted, core_left, right)
        or _is_name(text, doc, reader, item, counted, kind)
        or _is_turn_of_phrase(item, counted, kind, left, right)
        or (not counted.of_noun and not _stands_alone(item, counted, kind, left, right))
    )


def _is_time_or_age(
    text: str, item: Quantity, counted: Counted, left: str, core_left: str, right: str, reader: UnitReader
) -> bool:
    units = reader.units
    first = (counted.unit or "").lower().split(" ")
    if counted.unit is not None and (units.is_role(first[-1], "time") or units.is_role(first[0], "time")):
        return True
    follows = re.match(r"[\s-]*(?:and\s+a\s+half\s+)?([a-z']+)", right.lower())
    if follows and units.is_role(follows.group(1), "time") and counted.unit is None:
        return True
    if _AGE.search(core_left):
        return True
    is_age = item.form in ("digits", "words") and 0 < item.value < 120 and item.value == int(item.value)
    if is_age and not counted.of_noun and _APPOSED_AGE.search(left) and (_AGE_END.match(right) or not right.strip()):
        return True
    month_left = re.search(_MONTH.pattern + r"\s+(?:the\s+)?$", core_left, re.I)
    month_right = re.match(r"\s+(?:of\s+)?" + _MONTH.pattern, text[item.end : item.end + 20], re.I)
    return bool(item.value <= 31 and (month_left or (month_right and text[item.end :].lstrip()[:1].isupper())))


def _is_year(item: Quantity, counted: Counted, left: str, right: str) -> bool:
    if not item.plain:
        return False
    if item.form == "range" or not counted.of_noun or counted.head is None:
        return True
    if counted.head.tag_ not in ("NNS", "NNPS") and not counted.head.lower_.endswith(_PLURALS):
        return True
    if _PARTITIVE.search(left):
        return 1900 <= item.value <= 2100  # "of 1968 protests", but "a survey of 1709 pupils"
    return bool(_YEAR_LEAD.search(left))


def _is_name(text: str, doc: Doc, reader: UnitReader, item: Quantity, counted: Counted, kind: str | None) -> bool:
    units = reader.units
    word_start = max(text.rfind(" ", 0, item.core), text.rfind("\n", 0, item.core)) + 1
    if _ADDRESS.search(text[word_start : item.tail + 30].split(" ")[0]):
        return True
    first = reader.token_at(item.core)
    before = doc[first - 1] if first else None
    number_is_name = text[item.core].isupper() and not _starts_sentence(text, item.core)
    lead = doc[before.i - 1] if before is not None and before.lower_ == "of" and before.i else before
    if number_is_name and lead is not None and lead.text[:1].isupper() and lead.is_alpha:
        return True  # "Channel Four", "the Group of Seven"
    if counted.of_noun and counted.unit is not None:
        last = counted.unit.split(" ")[-1].lower().rstrip(".")
        if counted.unit[0].isupper() and units.is_role(last, "street") and item.hedge is None:
            return True
        if _is_titled(before, counted):
            return True
    if (
        before is None
        or before.idx + len(before) > item.start
        or item.hedge is not None
        or "," in text[item.core : item.tail]
    ):
        return False
    named = units.is_role(before.lower_, "name") or (
        before.i > 0 and units.is_role(f"{doc[before.i - 1].lower_} {before.lower_}", "name")
    )
    if named and (not counted.of_noun or counted.of is not None or (before.text[0].isupper() and kind is None)):
        return True
    token = doc[reader.token_at(item.tail - 1)]
    if (
        before.pos_ == "PROPN"
        and before.text[0].isupper()
        and counted.unit is not None
        and counted.unit[0].isupper()
        and item.form == "digits"
    ):
        return kind is None and item.value < 1000
    if before.pos_ == "PROPN" and before.text[0].isupper() and not counted.of_noun:
        return kind is None and (token.head.i == before.i or item.form == "digits") and not item.open_ended
    return False


def _is_titled(before: Token | None, counted: Counted) -> bool:
    """ "the 2,000 Guineas": an event's name."""
    head = counted.head
    return (
        before is not None
        and before.lower_ == "the"
        and head is not None
        and head.text[0].isupper()
        and head.ent_type_ not in ("NORP", "PER")
        and counted.unit == head.text
        and not head.lower_.endswith(("ans", "ese", "ish", "ians", "is", "ts"))
    )


def _is_turn_of_phrase(item: Quantity, counted: Counted, kind: str | None, left: str, right: str) -> bool:
    if _LIST_MARK.search(left) and re.match(r"[.)]\s", right):
        return True
    before = _WORD_BEFORE.search(left.lower())
    word = before.group(1) if before else ""
    small = item.form == "words" and item.upper is None and item.value <= 12
    if small and item.value == 1 and item.hedge in ("at-least", "more-than", "no-more-than", "at-most"):
        return not counted.of_noun
    if small and item.value == 1 and item.unit is None:
        counted_kind = kind is not None and counted.of_noun
        paired = re.search(r"\b(?:and|or|,)\s+$", left) and re.search(
            r"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b", left.lower()
        )
        return not (
            (counted_kind or (paired and counted.of_noun))
            and counted.of is None
            and word not in ("no", "any", "every", "the", "this")
        )
    if counted.unit == "times" and re.match(r"\s+times\s+(?:as|more|the|higher|larger|bigger|its|their)\b", right):
        return True  # "three times as many": a comparison
    if item.value == 0 and item.form != "tally":
        return True
    return small and not item.hyphenated and word in _DEFINITE and kind is None and item.hedge is None


def _stands_alone(item: Quantity, counted: Counted, kind: str | None, left: str, right: str) -> bool:
    """Whether a number without a noun is a quantity all the same."""
    if kind is not None or item.form in ("change", "ratio", "fraction", "tally") or item.hyphenated:
        return True
    if counted.of is not None or counted.per is not None:
        return True
    if item.open_ended or (item.form == "digits" and item.value >= 1e6):
        return item.form != "vague" or not re.match(r"\s+of\b", right) or True
    if item.value > 1 and re.search(r"\b(?:up|down) from\s+$|\bincluding\s+$", left):
        return True
    if item.value > 1 and counted.head is not None and _is_second(counted.head):
        return True
    if re.match(r"\s+(?:more|others)\b", right) or (_GROUP.search(left) and item.value > 1):
        return True
    head = counted.head
    if head is None or (item.plain and item.hedge is None):
        return False
    if item.hedge is not None:
        return True
    if re.match(r"\s*[-–/]\s*\w", right) or re.search(r"[-–/#]\s*$", left):
        return False
    if head.dep_ in ("nsubj", "nsubj:pass", "obj") and (item.value > 1):
        return True
    return item.form == "digits" and item.value >= 10 and head.dep_ in _BARE_RELATIONS and _is_measuring(left)


def _is_second(number: Token) -> bool:
    """ "killed 259 people on the plane and 11 on the ground": a number joined to a counted noun before it."""
    first = number.head
    if number.dep_ != "conj" or number.pos_ != "NUM" or first.i > number.i:
        return False
    return any(item.dep_ == "nummod" and item.i < first.i for item in first.children)


def _is_measuring(left: str) -> bool:
    """ "was put at 30,000", "reached 40", "fell to 12"."""
    return bool(
        re.search(
            r"\b(?:at|to|by|reached|hit|passed|exceeded|totalled|totaled|numbered|numbering|of|is|was|are|were)\s+$",
            left,
        )
    )


def _starts_sentence(text: str, at: int) -> bool:
    lead = text[max(0, at - 20) : at]
    before = lead.rstrip()
    return not before or before[-1] in ".!?\"“”'‘’:" or "\n" in lead[len(before) :]
