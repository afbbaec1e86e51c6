"""Who did what to whom, when, where, and whether it happened: from a parsed article to its events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from dateline.extract import codebook, confidence, event_tree
from dateline.extract.event_filter import SentenceWords, is_plausible, sentence_starts, tells_of_conflict, words_of
from dateline.extract.event_find import find_matches
from dateline.extract.event_match import Match, Scene
from dateline.extract.event_merge import merged
from dateline.extract.event_speech import said_acts
from dateline.extract.event_when import Anchored, anchored, is_background, place_of, time_of
from dateline.extract.status import outlook
from dateline.extract.status_clause import Outlook
from dateline.lexicon.verbs import Verbs
from dateline.records.claims import ClaimTime, Event, PloverType, ReportedBy, Statement, Status
from dateline.records.mentions import Participant, PlaceMention, TimeMention
from dateline.records.problem import Found
from dateline.records.text import Article, Mark, Span, content_id, mark
from dateline.resolve.cast import Cast

_COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE"})
# Sectors of people who are of the place where they act or suffer; soldiers and rebels may come from elsewhere.
_LOCAL = frozenset({"CVL", "REF", "COP", "LAB", "EDU", "OPP", "UAF", "UNK", "AGR", "JUD", "CRM", "MED", "JRN", "PTY"})
_PAST = frozenset({"VBD", "VBN"})
_SPEAKING = frozenset({"AGREE", "THREATEN", "REQUEST", "REJECT", "ACCUSE"})
# Acts of words: a place inside what they are about is not where they are said.
_WORDS = _SPEAKING | {"SUPPORT"}
# Acts that go on until something is said to the contrary.
_LASTING = frozenset({"occupation", "blockade", "siege", "embargo", "sanction", "curfew", "insurgency"})
# Acts that are done by saying "would like to".
_POLITE = frozenset({"SUPPORT", "REQUEST", "ACCUSE", "CONCEDE"})


@dataclass(frozen=True, slots=True)
class _Context:
    article: Article
    scene: Scene
    around: Anchored
    statements: tuple[Statement, ...]
    conflict: bool
    domestic: bool


def find_events(
    doc: Doc,
    article: Article,
    cast: Cast,
    places: Sequence[PlaceMention],
    times: Sequence[TimeMention],
    statements: Sequence[Statement],
    codes: Verbs,
) -> Found[Event]:
    """The events of one article in text order, each act once."""
    around = anchored(doc, times, places)
    scene = _scene(doc, article, cast, around, codes)
    matches = find_matches(doc, scene)
    matches = _with_said_acts(doc, scene, statements, matches)
    conflict = tells_of_conflict(doc, codes)
    domestic = len({actor.country for actor in cast.actors} - {None}) <= 1
    context = _Context(article, scene, around, tuple(statements), conflict, domestic)
    given = {
        match.anchor.i: match.frame.rule.complement_status
        for match in matches
        if match.frame.rule.complement_status is not None
    }
    governed = _governed_anchors(matches)
    found: list[Event] = []
    last: tuple[int, ClaimTime] | None = None
    gatherings = {match.anchor.i: match for match in matches if match.frame.type in ("PROTEST", "CONSULT")}
    sentences: dict[int, SentenceWords] = {}
    for match in matches:
        start = scene.sentence_of[match.anchor.i]
        if start not in sentences:
            sentences[start] = words_of(_tokens_from(doc, start, scene), codes)
        words = sentences[start]
        if not is_plausible(match, words, gatherings, conflict, codes):
            continue
        if last is not None and "\n" in article.text[last[0] : match.anchor.idx]:
            last = None
        event = _event(match, words, context, given, governed, last[1] if last else None)
        if event.time is not None and event.time.text is not None and event.status == "happened":
            last = (match.anchor.idx, event.time)
        found.append(event)
    return Found(tuple(merged(found)))


def _scene(doc: Doc, article: Article, cast: Cast, around: Anchored, codes: Verbs) -> Scene:
    by_token = {head.i: place for head, place in around.places if place.country is not None}
    skipped: set[int] = set()
    if article.furniture:
        skipped = {token.i for token in doc if article.is_furniture(token.idx, token.idx + len(token))}
    empty: frozenset[str] = frozenset()
    return Scene(
        cast,
        codes,
        by_token,
        codes.classes.get("partitive", empty),
        codes.classes.get("person", empty),
        frozenset(skipped),
        frozenset(head.i for head, _ in around.times),
        sentence_starts(doc),
    )


def _with_said_acts(doc: Doc, scene: Scene, statements: Iterable[Statement], matches: list[Match]) -> list[Match]:
    taken = {match.anchor.i for match in matches}
    governed = {clause.i for match in matches for clause in match.fit.clauses if match.frame.type in _SPEAKING}
    said = said_acts(doc, scene, statements, taken, governed)
    return sorted((*matches, *said), key=lambda match: (match.anchor.i, match.frame.name))


def _governed_anchors(matches: list[Match]) -> dict[int, Match]:
    """Anchors of acts that another act is about -> that outer act ("withdraw" below "agreed")."""
    governed: dict[int, Match] = {}
    for match in matches:
        if match.frame.type not in _SPEAKING:
            continue
        for inner in match.inner:
            if (
                match.fit.clauses
                or inner.anchor.i in match.fit.covers
                or match.fit.prepositional
                or match.fit.object is not None
            ):
                governed.setdefault(inner.anchor.i, match)
    return governed


def _tokens_from(doc: Doc, start: int, scene: Scene) -> list[Token]:
    end = start
    while end < len(doc) and scene.sentence_of[end] == start:
        end += 1
    return list(doc[start:end])


def _event(
    match: Match,
    words: SentenceWords,
    context: _Context,
    given: dict[int, Status],
    governed: dict[int, Match],
    last: ClaimTime | None,
) -> Event:
    codes = context.scene.codes
    anchor = match.anchor
    type_, reality = _type_and_reality(match, codes, given)
    background = is_background(anchor, match.frame.rule.pos)
    told = None if background else context.article.published
    time = time_of(anchor, words.tokens, reality.status, context.around, last, told)
    if _awaits(match, reality) and _lies_ahead(time, context.article):
        reality = Outlook("planned", "future date", reality.hedged)
    printed = _printed(type_, reality, codes, anchor.i in governed)
    mode = _mode(match, type_, codes)
    text = context.article.text
    trigger = _trigger(match, text)
    sentence = _sentence(words)
    reporter = _reported_by(trigger, context, governed.get(anchor.i))
    if printed == "REJECT" != type_ and not _speaks_for_itself(reporter, match):
        printed = None
    rule = match.frame.rule
    known = {*rule.contexts, *words.contexts}
    if mode in ("misinformation", "cyber"):
        known.add(mode)
    found = confidence.marks(
        match,
        type_,
        reality,
        words,
        codes.classes["municipal"],
        conflict=context.conflict,
        domestic=context.domestic,
        reported=reporter is not None,
    )
    source, target = match.source, match.target
    place = place_of(anchor, words.tokens, context.around, only_own=type_ in _WORDS)
    takes_place_there = type_ not in _WORDS and (rule.mode != "disarm" and type_ != "SANCTION")
    if place is not None and not takes_place_there and any(item.start == place.start for item in (*source, *target)):
        place = None
    if printed == "REJECT" and rule.reciprocal and match.initiators:
        source, target = source[: match.initiators], source[match.initiators :]
    source, target = _placed(source, place), _placed(target or _struck(match, place, codes), place)
    return Event(
        id=content_id(context.article.id, type_, trigger.start, trigger.end, match.frame.name),
        type=type_,
        plover=printed,
        mode=mode,
        contexts=tuple(name for name in codes.codebook.contexts if name in known),
        cameo=codebook.cameo(type_, mode, rule.cameo if type_ == match.frame.type else None, anchor, codes.codebook),
        quad=codes.codebook.types[type_].quad,
        intensity=codebook.intensity(type_, mode, printed, codes.codebook),
        status=reality.status,
        source=source,
        target=target,
        time=time,
        place=place,
        trigger=trigger,
        sentence=sentence,
        reported_by=reporter,
        rule=match.frame.name,
        confidence=confidence.probability(found, codes.codebook.confidence.bias, codes.codebook.confidence.weights),
    )


def _struck(match: Match, place: PlaceMention | None, codes: Verbs) -> tuple[Participant, ...]:
    """The place as the one attacked where only things in it are named: "bombed a market in the Sudanese city"."""
    if match.frame.type != "ASSAULT" or place is None or place.country is None:
        return ()
    things = [match.fit.object] if match.fit.object is not None else event_tree.objects(match.anchor)
    if not any(item.lemma_.lower() in codes.classes["property"] for item in things):
        return ()
    if any(item.country == place.country for item in match.source):
        return ()
    return (Participant(None, place.text, place.start, place.end, place.name, place.country, (), None),)


def _placed(participants: tuple[Participant, ...], place: PlaceMention | None) -> tuple[Participant, ...]:
    """Local people and bodies named without a country ("police", "protesters") have that of the act's place."""
    if place is None or place.country is None:
        return participants
    return tuple(
        replace(item, country=place.country) if item.country is None and _is_local(item) else item
        for item in participants
    )


def _is_local(item: Participant) -> bool:
    """Whether the words name people in general ("police", "thousands of people"), nobody by name or nation."""
    return bool(_LOCAL & set(item.sectors)) and not any(word[:1].isupper() for word in item.text.split()[1:])


def _type_and_reality(match: Match, codes: Verbs, given: dict[int, Status]) -> tuple[PloverType, Outlook]:
    """The act and its status; a refused permission ("did not allow") is what its rule names for the negative."""
    rule = match.frame.rule
    if match.frame.name.startswith("constructions#"):
        return match.frame.type, Outlook("happened", "speech")
    reality = outlook(match.anchor, codes.status, given)
    if match.frame.type in _POLITE and _would_like(match.anchor):
        return match.frame.type, Outlook("happened", "speech", reality.hedged)
    if rule.negation == "required" and reality.why in ("if-clause", "condition", "question"):
        return match.frame.type, Outlook("possible", reality.why, reality.hedged)
    if rule.negation == "required" and reality.why == "obligation":
        return match.frame.type, Outlook("demanded", "obligation", reality.hedged)
    violent = match.frame.type == "ASSAULT" or rule.id.startswith("coup") or rule.mode == "cyber"
    if violent and reality.why in ("governor:try", "governor:attempt-noun"):
        reality = Outlook("happened", "attempt", reality.hedged)
    if rule.negation == "required" and match.anchor.head.i in given:
        return match.frame.type, Outlook(given[match.anchor.head.i], "rule", reality.hedged)
    if rule.negation == "required":
        return match.frame.type, Outlook("happened", "refusal", reality.hedged)
    if rule.status is not None:
        reality = Outlook(rule.status, "rule", reality.hedged)
    lasting = rule.pos == "noun" and match.anchor.lemma_.lower() in _LASTING
    if lasting and reality.status == "happened" and is_background(match.anchor, "noun"):
        reality = Outlook("ongoing", "lasting", reality.hedged)
    if rule.negated is not None and reality.status == "denied" and reality.why in ("negation", "modal"):
        for known in codebook.ALL_TYPES:
            if known == rule.negated:
                return known, Outlook("happened", "refusal", reality.hedged)
    return match.frame.type, reality


def _would_like(anchor: Token) -> bool:
    """Whether the act is done by the words themselves: "I would like to thank", "would like to express"."""
    head = anchor.head
    return (
        anchor.dep_ == "xcomp" and head.lemma_.lower() in ("like", "wish") and (_has_would(head) or head.tag_ == "VBP")
    )


def _printed(type_: PloverType, reality: Outlook, codes: Verbs, governed: bool) -> PloverType | None:
    if governed and reality.status not in ("happened", "ongoing"):
        return None
    if (
        reality.status == "denied"
        and type_ in _COOPERATIVE
        and reality.why in ("modal", "governor:refuse", "governor:refuse-object")
    ):
        return "REJECT"
    return codebook.printed_type(type_, reality, codes.codebook)


def _awaits(match: Match, reality: Outlook) -> bool:
    """Whether a date to come makes an act a plan: "meet on Monday", "would be receiving guests in April"."""
    if match.frame.name.startswith("constructions#"):
        return False
    if reality.status in ("happened", "ongoing"):
        return match.anchor.tag_ not in _PAST
    return reality.status == "possible" and reality.why == "modal" and _has_would(match.anchor)


def _has_would(anchor: Token) -> bool:
    return any(item.lower_ in ("would", "'d") for item in anchor.children if item.dep_ == "aux")


def _lies_ahead(time: ClaimTime | None, article: Article) -> bool:
    """Whether the words name a time after publication ("meet on Monday")."""
    return time is not None and time.text is not None and time.from_ is not None and time.from_ > article.published


def _speaks_for_itself(reporter: ReportedBy | None, match: Match) -> bool:
    """Whether a denial of one's own act is one's own: "we will not talk", not "they will not talk"."""
    if reporter is None:
        return True
    return any(
        (item.actor is not None and item.actor == reporter.actor) or item.start == reporter.start
        for item in match.source
    )


def _mode(match: Match, type_: PloverType, codes: Verbs) -> str | None:
    if match.frame.rule.mode is not None and type_ == match.frame.type:
        return match.frame.rule.mode
    content = codes.codebook.types[type_].content
    for inner in match.inner:
        for exact in (f"{inner.frame.type}:{inner.frame.rule.cameo}", f"{inner.frame.type}/{inner.frame.rule.mode}"):
            if exact in content:
                return content[exact]
        if inner.frame.type in content:
            return content[inner.frame.type]
    return codes.codebook.types[type_].default_mode


def _trigger(match: Match, text: str) -> Mark:
    """The anchor with its particle and the noun that decides the type, when they stand close together."""
    tokens = [match.anchor.doc[index] for index in sorted(match.fit.covers)]
    first, last = tokens[0], tokens[-1]
    if last.i - first.i > 4:
        first = last = match.anchor
    return mark(text, first.idx, last.idx + len(last))


def _sentence(words: SentenceWords) -> Span:
    first, last = words.tokens[0], words.tokens[-1]
    return Span(first.idx, last.idx + len(last))


def _reported_by(trigger: Mark, context: _Context, outer: Match | None) -> ReportedBy | None:
    """The accuser for what somebody is accused of, else the speaker of the innermost statement around the trigger."""
    if outer is not None and outer.frame.type == "ACCUSE" and outer.source:
        who = outer.source[0]
        return ReportedBy(who.actor, who.text, who.start, who.end)
    around = [
        item
        for item in context.statements
        if (item.speaker or item.carrier) is not None
        and any(piece.start <= trigger.start and trigger.end <= piece.end for piece in item.pieces)
    ]
    if not around:
        return None
    inner = min(around, key=lambda item: item.content.end - item.content.start)
    speaker = inner.speaker or inner.carrier
    return None if speaker is None else ReportedBy(speaker.actor, speaker.text, speaker.start, speaker.end)
