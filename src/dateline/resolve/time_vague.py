"""Builders for times without a place in the calendar: "now", "recently", "in the past", "at the time"."""

from __future__ import annotations

from dateline.resolve.time_amounts import duration_value, unit_of
from dateline.resolve.time_meaning import Match, Meaning, Reading


def reference(match: Match, reading: Reading) -> Meaning | None:
    """A vague time: "now", "recently", "soon"; the rule says which."""
    value = match.rule.rule.value or "PRESENT_REF"
    if match.before() == "every" and match.after() == "and":  # "every now and then"
        return None
    kind = match.rule.rule.type or "DATE"
    if value == "PRESENT_REF" and kind == "DATE":
        return Meaning(kind, value, reading.published, reading.published, match.rule.rule.mod, "publication")
    return Meaning(kind, value, mod=match.rule.rule.mod, basis="publication")


def recent_units(match: Match, reading: Reading) -> Meaning | None:
    """ "Recent weeks", "the coming months", "past years": a vague stretch, PXW."""
    unit = unit_of(match)
    if unit is None:
        return None
    value = duration_value(None, unit)
    return Meaning("DURATION", value, basis="publication")


def coming(match: Match, reading: Reading) -> Meaning | None:
    """ "Soon", "the future": not "soon after", "as soon as", "the future of Europe"."""
    words = match.words()
    if words == ["soon"]:
        if match.before() in ("as", "too", "how", "very") or match.after() in ("after", "as", "thereafter"):
            return None
        if _tells(match):
            return None
    elif words[-1] == "future" and (match.after() == "of" or match.before() in ("to", "about", "on")):
        return None
    return Meaning("DATE", "FUTURE_REF", basis="publication")


def _tells(match: Match) -> bool:
    """Whether "soon" stands with a verb of the past: "soon became", "was soon released"."""
    token = match.lexemes.doc[match.lexemes.items[match.start].token]
    verb = token.head
    helpers = [item for item in verb.children if item.dep_[:3] == "aux"]
    if any(item.tag_ == "MD" for item in helpers):
        return False
    return verb.tag_ == "VBD" or (verb.tag_ == "VBN" and any(item.tag_ == "VBD" for item in helpers))


def at_moment(match: Match, reading: Reading) -> Meaning | None:
    """ "At the moment", "at this point": not "the moment he left", "this time"."""
    if match.before() != "at" or match.after() in ("of", "in", "when") or match.tag_after() in ("PRP", "NNP", "DT"):
        return None
    return Meaning("DATE", "PRESENT_REF", reading.published, reading.published, None, "publication")


def the_past(match: Match, reading: Reading) -> Meaning | None:
    """ "In the past"."""
    if match.before() not in ("in", "from", "than", "into") or match.after()[:1].isdigit():
        return None
    if "NUMBER" in match.signature_after():
        return None
    return Meaning("DATE", "PAST_REF", basis="publication")


def told_time(match: Match, reading: Reading) -> Meaning | None:
    """ "At the time", "then": the time the story stands at; the past where it has named none."""
    if match.before() not in ("at", "by") or match.after() in (
        "of",
        "when",
        "being",
        "that",
        "the",
        "he",
        "she",
        "they",
        "we",
        "it",
    ):
        return None
    if match.tag_after() in ("NNP", "PRP"):
        return None
    told = reading.anchor
    return Meaning("DATE", "PAST_REF", told.from_ if told else None, told.to if told else None, None, "narrative")


def told_duration(match: Match, reading: Reading) -> Meaning | None:
    """A length named before: "during that time", "in that period"."""
    if reading.duration is None or match.before() not in ("during", "in", "over", "throughout", "within"):
        return None
    return Meaning("DURATION", reading.duration, basis="narrative")
