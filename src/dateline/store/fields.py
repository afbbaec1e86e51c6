"""The fields of the query language: their names, the facts they belong to, and the values they take."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Final, Literal, get_args

from dateline.records.claims import PloverType, Qualifier, StatementKind, Status
from dateline.records.mentions import ActorKind, PlaceKind, TimeBasis, TimeType

Kind = Literal["event", "statement", "figure", "actor", "place", "time", "article", "problem"]
Form = Literal[
    "actor",  # country code, sector, both (NOR/GOV), or a name
    "country",  # ISO 3166-1 alpha-3 code or a state's name
    "words",  # whole words, any case, accents ignored
    "search",  # full text: words, "a phrase", a beginning*
    "choice",  # one of the allowed values
    "prefix",  # the beginning of an id, a code or a path
    "days",  # a day, month or year, a range of them, or a comparison
    "number",  # a number, a range, or a comparison
    "count",  # a whole number from 1
]

KINDS: Final = get_args(Kind)
CLAIMS: Final[tuple[Kind, ...]] = ("event", "statement", "figure")
# What an article can be asked for by the events it tells of.
_EVENTS: Final[tuple[Kind, ...]] = ("event", "article")

SECTORS: Final = (
    *("GOV", "LEG", "JUD", "MIL", "COP", "SPY", "PRM", "REB", "UAF", "UNK", "PTY", "PRE"),
    *("AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "REL", "SOC"),
)
MODES: Final = (
    *("visit", "third-party", "multilateral", "phone"),
    *("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    *("assist", "change", "yield", "meet", "disapprove", "allege", "investigate"),
    *("restrict", "arrest", "relations", "expel", "territory", "violence"),
    *("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize", "convict", "discontinue"),
    *("troops", "weapons", "police", "militia", "seize", "censor", "curfew", "martial-law", "deport", "withhold"),
    *("misinformation", "cyber", "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms"),
    *("explosives", "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional"),
)
CONTEXTS: Final = (
    *("military", "intelligence", "executive", "legislative", "election", "political_institutions", "pro_democracy"),
    *("pro_autocracy", "economic", "legal", "reparations", "human_rights", "rights_freedoms", "repression"),
    *(
        "human_security",
        "gender",
        "lgbt",
        "religion_ethnicity",
        "inequality",
        "diplomatic",
        "territory",
        "peacekeeping",
    ),
    *(
        "health",
        "asylum",
        "migration",
        "disasters",
        "natural_resource",
        "environment",
        "technology",
        "terrorism",
        "cbrn",
    ),
    *("cyber", "misinformation", "crime", "corruption", "illegal_drugs", "trafficking"),
)
FIGURE_KINDS: Final = ("killed", "wounded", "arrested", "displaced", "missing", "troops", "money", "votes", "share")
_SORTS: Final = ("time", "-time", "published", "-published", "confidence", "-confidence", "value", "-value", "read")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the query language.

    Attributes:
        kinds: the facts that can be asked by it.
        allowed: the closed list of values of a choice, over all the facts that have the field.
        none: whether `field:none` asks for facts without any.
    """

    name: str
    form: Form
    kinds: tuple[Kind, ...]
    says: str
    example: str
    allowed: tuple[str, ...] = ()
    none: bool = False


_ALL: Final[tuple[Kind, ...]] = KINDS
FIELDS: Final[tuple[Field, ...]] = (
    Field("actor", "actor", (*CLAIMS, "actor", "article"), "who takes part, on any side", "actor:NOR/GOV"),
    Field("source", "actor", _EVENTS, "who acts", "source:RUS", none=True),
    Field("target", "actor", _EVENTS, "upon whom", 'target:"Ine Berg"', none=True),
    Field("speaker", "actor", ("statement",), "who said it", "speaker:GOV", none=True),
    Field("addressee", "actor", ("statement",), "to whom it was said", "addressee:press", none=True),
    Field("holder", "actor", ("figure",), "whose figure it is", "holder:UKR", none=True),
    Field("claimant", "actor", ("figure",), "who gives the figure", "claimant:MIL", none=True),
    Field("reporter", "words", _EVENTS, "who reported the event, as the text has it", "reporter:police", none=True),
    Field(
        "country",
        "country",
        (*CLAIMS, "actor", "place", "article"),
        "country of whoever takes part, or of the place",
        "country:NOR",
    ),
    Field(
        "sector", "choice", (*CLAIMS, "actor", "article"), "PLOVER sector of whoever takes part", "sector:MIL", SECTORS
    ),
    Field("role", "words", (*CLAIMS, "actor"), "title or role of whoever takes part", 'role:"prime minister"'),
    Field("name", "words", ("actor",), "the actor's name", "name:Berg"),
    Field(
        "type",
        "choice",
        (*CLAIMS, "time", "article"),
        "the act (of the events inside a statement, of the event that a figure sizes)",
        "type:CONSULT",
        get_args(PloverType) + get_args(TimeType),
    ),
    Field(
        "plover",
        "choice",
        _EVENTS,
        "the type that PLOVER's conventions print",
        "plover:AGREE",
        get_args(PloverType),
        True,
    ),
    Field("mode", "choice", _EVENTS, "how, from PLOVER's list", "mode:visit", MODES, True),
    Field("context", "choice", _EVENTS, "about what, from PLOVER's list", "context:military", CONTEXTS, True),
    Field("cameo", "prefix", _EVENTS, "beginning of the CAMEO code", "cameo:04", none=True),
    Field(
        "quad",
        "choice",
        _EVENTS,
        "1 verbal, 2 material cooperation, 3 verbal, 4 material conflict",
        "quad:4",
        ("1", "2", "3", "4"),
    ),
    Field("intensity", "number", _EVENTS, "conflict-cooperation score, -10 to 10", "intensity:<-5"),
    Field(
        "status", "choice", ("event", "figure", "article"), "whether it happened", "status:planned", get_args(Status)
    ),
    Field("since", "days", (*CLAIMS, "time", "article"), "on or after this day, month or year", "since:2020-03"),
    Field("until", "days", (*CLAIMS, "time", "article"), "on or before it", "until:2020-03-15"),
    Field("on", "days", (*CLAIMS, "time", "article"), "within it", "on:2020-03-02..2020-03-08"),
    Field("published", "days", _ALL, "day of publication", "published:2020-03..2020-04"),
    Field("place", "words", (*_EVENTS, "place"), "name of the place", "place:Geneva", none=True),
    Field("in", "country", (*_EVENTS, "place"), "country of the place", "in:CHE"),
    Field("text", "search", _ALL, "words of the sentence, statement, figure, name or article", 'text:"talks in"'),
    Field("about", "search", _ALL, "words of the article it stands in", "about:ceasefire"),
    Field("title", "words", _ALL, "words of the article's title", "title:budget"),
    Field(
        "kind",
        "choice",
        ("statement", "figure", "actor", "place"),
        "kind of statement, figure, actor or place",
        "kind:direct",
        get_args(StatementKind) + FIGURE_KINDS + get_args(ActorKind) + get_args(PlaceKind),
    ),
    Field("channel", "words", ("statement",), "where it was said", "channel:X", none=True),
    Field("unit", "words", ("figure",), "what is counted", "unit:people", none=True),
    Field("currency", "prefix", ("figure",), "ISO 4217 code", "currency:NOK", none=True),
    Field("value", "number", ("figure",), "the number claimed", "value:>=1000"),
    Field("qualifier", "choice", ("figure",), "how exact it is", 'qualifier:"at least"', get_args(Qualifier)),
    Field("basis", "choice", ("time",), "what the time was resolved against", "basis:publication", get_args(TimeBasis)),
    Field("confidence", "number", _EVENTS, "how sure the reading is, 0 to 1", "confidence:>0.8"),
    Field(
        "rule",
        "prefix",
        ("event", "statement", "figure", "actor", "place", "time"),
        "beginning of the rule's name",
        "rule:verbs/consult",
    ),
    Field("event", "prefix", (*CLAIMS, "article"), "beginning of an event's id", "event:3f2a", none=True),
    Field("statement", "prefix", ("statement",), "beginning of a statement's id", "statement:77c1"),
    Field("article", "prefix", _ALL, "beginning of the article's id", "article:9b01"),
    Field("ref", "prefix", _ALL, "beginning of the path or name the article came from", "ref:news/2020", none=False),
    Field("outlet", "words", _ALL, "the article's source", "outlet:Reuters", none=True),
    Field("url", "prefix", _ALL, "beginning of the article's address", "url:https://example.org/", none=True),
    Field("stage", "prefix", ("problem",), "the stage of reading that had the problem", "stage:date"),
    Field("code", "prefix", ("problem",), "beginning of the problem's code", "code:date-from-file-time"),
    Field("versions", "choice", _ALL, "the newest version of each article, or all", "versions:all", ("newest", "all")),
    Field("sort", "choice", _ALL, "the order of the rows; - for the last first", "sort:-confidence", _SORTS),
    Field("limit", "count", _ALL, "at most so many rows", "limit:20"),
)
BY_NAME: Final = {field.name: field for field in FIELDS}
_OTHER_NAMES: Final = {
    "actors": "actor", "from": "since", "to": "until", "after": "since", "before": "until", "date": "on", "day": "on",
    "location": "place", "where": "place", "who": "actor", "said": "text", "verb": "type", "code": "cameo",
    "source_country": "source", "target_country": "target", "recipient": "target", "publisher": "outlet", "id": "event",
    "order": "sort", "words": "text", "file": "ref", "path": "ref", "quote": "text", "amount": "value",
}  # fmt: skip


def nearest(word: str, known: tuple[str, ...]) -> str | None:
    """The known word that somebody who wrote `word` probably meant, in its own spelling."""
    folded = {name.casefold(): name for name in known}
    found = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def nearest_field(word: str) -> str | None:
    """The field probably meant by an unknown name."""
    return _OTHER_NAMES.get(word.casefold()) or nearest(word, tuple(BY_NAME))
