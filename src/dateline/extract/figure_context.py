"""Whose figure it is, who claims it, when it holds, whether it has come about, and the event it sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.extract.figure_kinds import CASUALTY, noun_of
from dateline.extract.figure_words import MINOR
from dateline.language.tree import auxiliaries, child, clause_of, first_conjunct, negations, subjects
from dateline.records.claims import ClaimTime, Figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token

    from dateline.extract.figure_units import Counted
    from dateline.extract.figure_words import Quantity
    from dateline.lexicon.units import Units
    from dateline.records.claims import Event, Statement, Status
    from dateline.records.mentions import Participant, TimeMention
    from dateline.records.text import Article
    from dateline.resolve.cast import Cast

# What an auxiliary, or the verb above an infinitive, says of whether the figure has come about.
_MODALS: dict[str, Status] = {
    **dict.fromkeys(("will", "shall", "'ll", "’ll"), "planned"),
    **dict.fromkeys(("could", "may", "might", "would", "can"), "possible"),
    **dict.fromkeys(("should", "must"), "demanded"),
}
_PLANNING = (
    *("plan", "intend", "expect", "aim", "promise", "pledge", "vow", "agree", "hope", "set", "schedule", "propose"),
    "going",
)
_DEMANDING = ["urge", "demand", "order", "ask", "want", "require", "call", "request", "need", "seek"]
_GOVERNORS: dict[str, Status] = {
    **dict.fromkeys(_PLANNING, "planned"),
    **dict.fromkeys(_DEMANDING, "demanded"),
    **dict.fromkeys(("threaten", "fear", "warn"), "possible"),
    **dict.fromkeys(("deny", "refuse", "fail"), "denied"),
}
_CROWDS = frozenset({"PROTEST", "MOBILIZE", "AID", "RETREAT", "ASSAULT", "COERCE"})
_KIND_EVENTS = {
    "killed": ("ASSAULT", "COERCE", "PROTEST"),
    "wounded": ("ASSAULT", "COERCE", "PROTEST"),
    "arrested": ("COERCE", "PROTEST"),
    "missing": ("ASSAULT",),
    "displaced": ("ASSAULT", "COERCE", "RETREAT"),
    "troops": ("MOBILIZE", "RETREAT", "AID", "ASSAULT"),
}


class FigureContext:
    """Everything around the figures of one article."""

    def __init__(
        self,
        doc: Doc,
        article: Article,
        cast: Cast,
        times: Sequence[TimeMention],
        statements: Sequence[Statement],
        events: Sequence[Event],
        units: Units,
    ) -> None:
        self.doc = doc
        self.article = article
        self.cast = cast
        self.times = times
        self.statements = statements
        self.events = events
        self.units = units

    def figure(self, item: Quantity, counted: Counted, kind: str | None) -> Figure:
        """The finished record of one number phrase."""
        low, high = _bounds(item)
        share = self._minor(item)
        low, high = (value if value is None else float(f"{value * share:.12g}") for value in (low, high))
        noun = noun_of(counted)
        clause = clause_of(first_conjunct(noun)) if noun is not None else None
        event = self._event(item, clause, kind)
        currency = self._currency(item)
        end = max(item.end, counted.end)
        text = self.article.text
        return Figure(
            start=item.start,
            end=end,
            text=text[item.start : end],
            low=low,
            high=high,
            qualifier=item.qualifier,
            unit=(counted.unit or item.unit) if share == 1 else None,
            of=counted.of,
            per=counted.per,
            currency=currency,
            kind=kind,
            holder=_unless_inside(self._holder(noun, clause, kind), item.start, end),
            claimed_by=self._claimant(item.start, end),
            status=event.status if event is not None else _status_of(noun, clause),
            time=self._time(clause),
            event=event.id if event is not None and self._sizes(event, item, counted, kind) else None,
            rule=f"figures/hedges.toml#{item.hedge}" if item.hedge else f"figures/numbers.toml#{item.form}",
        )

    def _currency(self, item: Quantity) -> str | None:
        """Of several currencies with that sign or word, that of the article's country; else the usual one; else that of
        a country named in the sentence, or most often in the article; else none."""
        if not item.currency:
            return None
        if len(item.currency) == 1 and item.currency != ("USD",):
            return item.currency[0]
        country = self.article.place.country if self.article.place is not None else None
        table = self.units.currencies
        candidates = item.currency if len(item.currency) > 1 else table.words["dollars"]
        sign = self.article.text[item.start : item.end]
        if item.currency == ("USD",) and ("US" in sign or "U.S." in sign or "American" in sign):
            return "USD"
        home = [code for code in candidates if country is not None and table.country.get(code) == country]
        if home:
            return home[0]
        usual = next((code for code in item.currency if code in table.usual), None)
        if usual is not None:
            return usual
        codes = {table.country[code]: code for code in item.currency if code in table.country}
        return next((codes[near] for near in self._countries_near(item) if near in codes), None)

    def _countries_near(self, item: Quantity) -> Iterator[str]:
        """Countries of the actors in the figure's sentence, then of all actors, those with most mentions first."""
        span = self.doc.char_span(item.core, item.tail, alignment_mode="expand")
        for token in span.sent if span is not None else ():
            for actor in self.cast.at(token.i):
                yield from filter(None, (actor.country,))
        for other in sorted(self.cast.actors, key=lambda actor: -len(actor.mentions)):
            yield from filter(None, (other.country,))

    def _minor(self, item: Quantity) -> float:
        """What the amount is of its currency: a hundredth for pence and cents."""
        last = self.article.text[item.tail : item.end].strip(" -").lower()
        return 0.01 if item.currency and last in MINOR else 1

    def _holder(self, noun: Token | None, clause: Token | None, kind: str | None) -> Participant | None:
        if noun is None:
            return None
        owner = child(noun, "nmod:poss")
        if owner is not None:
            found = self.cast.at(owner.i)
            if found:
                return found[0]
        if clause is None or kind in CASUALTY:
            return None
        top = first_conjunct(noun)
        if top.dep_ in ("obj", "obl", "xcomp", "nsubj", "obl:unmarked", "nmod", "nummod", "compound", "root"):
            for subject in subjects(clause):
                if subject.i != top.i and clause.i != subject.i and (found := self.cast.at(subject.i)):
                    return found[0]
                poss = child(subject, "nmod:poss")
                if subject.i != top.i and poss is not None and (found := self.cast.at(poss.i)):
                    return found[0]
        return None

    def _claimant(self, start: int, end: int) -> Participant | None:
        best: Statement | None = None
        size = 0
        for statement in self.statements:
            if statement.content.start > start:
                continue
            for piece in statement.pieces:
                if piece.start <= start and end <= piece.end + 1 and (best is None or piece.end - piece.start < size):
                    best, size = statement, piece.end - piece.start
        return best.speaker if best is not None else None

    def _time(self, clause: Token | None) -> ClaimTime | None:
        if clause is None or not self.times:
            return None
        start, end = clause.left_edge.idx, clause.right_edge.idx + len(clause.right_edge)
        for mention in self.times:
            if (
                mention.type in ("DATE", "TIME")
                and mention.from_ is not None
                and start <= mention.start
                and mention.end <= end
            ):
                return ClaimTime(mention.text, mention.from_, mention.to, mention.value, mention.basis)
        return None

    def _event(self, item: Quantity, clause: Token | None, kind: str | None) -> Event | None:
        """The event whose trigger is the figure's own predicate; for casualties the nearest in the sentence too."""
        if clause is None or not self.events:
            return None
        for event in self.events:
            if event.trigger.start <= clause.idx < event.trigger.end:
                return event
        if kind not in _KIND_EVENTS:
            return None
        wanted = _KIND_EVENTS[kind]
        near = [
            event
            for event in self.events
            if event.sentence.start <= item.start < event.sentence.end and event.type in wanted
        ]
        return min(near, key=lambda event: abs(event.trigger.start - item.start)) if near else None

    def _sizes(self, event: Event, item: Quantity, counted: Counted, kind: str | None) -> bool:
        if kind in _KIND_EVENTS:
            return event.type in _KIND_EVENTS[kind]
        return kind is None and event.type in _CROWDS and counted.of_noun


def _unless_inside(holder: Participant | None, start: int, end: int) -> Participant | None:
    """What is counted does not hold its own figure."""
    return None if holder is None or (holder.start < end and start < holder.end) else holder


def _bounds(item: Quantity) -> tuple[float | None, float | None]:
    low: float | None = item.value
    high: float | None = item.upper if item.upper is not None else item.value
    if item.qualifier in ("at least", "more than") or item.open_ended:
        high = None
    if item.qualifier in ("at most", "less than"):
        low = None
    return low, high


def _status_of(noun: Token | None, clause: Token | None) -> Status:
    """The status of the clause; its negation counts only for a figure that is its object."""
    status = _status(clause)
    if status == "denied" and noun is not None and clause is not None:
        top = first_conjunct(noun)
        if top.i != clause.i and (top.head.i != clause.i or top.dep_ != "obj"):
            return "happened"
    return status


def _status(clause: Token | None) -> Status:
    """Whether the predicate of a figure is told as having happened, from its auxiliaries and what governs it."""
    if clause is None:
        return "happened"
    if any(word.lower_ in ("not", "n't", "n’t", "never") for word in negations(clause)):
        return "denied"
    for word in auxiliaries(clause):
        status = _MODALS.get(word.lower_)
        if status is not None:
            return status
    going = child(clause, "mark")
    if going is not None and going.lower_ in ("if", "unless"):
        return "possible"
    if clause.dep_ in ("xcomp", "ccomp", "advcl", "acl") and clause.tag_ == "VB" and clause.head.i != clause.i:
        governor = clause.head
        status = _GOVERNORS.get(governor.lemma_)
        if status is not None:
            return status
        if governor.lower_ == "going":
            return "planned"
        if clause.dep_ == "xcomp" and governor.i != clause.i:
            return _status(governor)
    if clause.tag_ == "VBG" and any(word.lemma_ == "be" and word.tag_ in ("VBZ", "VBP") for word in clause.children):
        return "ongoing"
    return "happened"
