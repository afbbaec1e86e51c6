"""From cues, clauses and quotations to drafts of statements."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dateline.extract.statement_channel import find_channel
from dateline.extract.statement_content import find_content
from dateline.extract.statement_cues import Cue, CueFinder, quoted_as
from dateline.extract.statement_near import SENTENCE_END, WORD, NearQuotes
from dateline.extract.statement_nouns import leads_to_quote, noun_content
from dateline.extract.statement_people import (
    People,
    find_people,
    kept_apart,
    participant,
    speaker_before,
    speaker_beside,
)
from dateline.extract.statement_phrase import trim
from dateline.extract.statement_when import time_of_saying
from dateline.language.tree import is_passive

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from dateline.extract.statement_phrase import Content
    from dateline.extract.statement_quotes import Quote
    from dateline.lexicon.speech import Speech
    from dateline.records.claims import ClaimTime, StatementKind
    from dateline.records.mentions import Participant, TimeMention
    from dateline.records.text import Article
    from dateline.resolve.cast import Cast


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before its words are cut out; spans are characters."""

    speaker: Participant | None
    cue: tuple[int, int] | None
    pieces: tuple[tuple[int, int], ...]
    kind: StatementKind
    channel: str | None
    carrier: Participant | None
    addressee: Participant | None
    time: ClaimTime | None
    rule: str
    quotes: tuple[Quote, ...] = field(default=())


class StatementBuilder:
    """Builds the statements of one document that have a cue."""

    def __init__(
        self,
        doc: Doc,
        article: Article,
        cast: Cast,
        times: Sequence[TimeMention],
        speech: Speech,
        quotes: Sequence[Quote],
    ) -> None:
        self.doc = doc
        self.text = article.text
        self.article = article
        self.cast = cast
        self.times = times
        self.speech = speech
        self.quotes = quotes
        self.taken: dict[int, Draft] = {}

    def drafts(self) -> list[Draft]:
        """One draft for each cue that has content; clauses first, then quotations that only stand beside a cue."""
        cues = [cue for cue in CueFinder(self.doc, self.speech).find() if not self._in_furniture(cue)]
        self.according = [cue for cue in cues if cue.form == "according"]
        verbs = sorted(cue.token.idx for cue in cues if cue.form == "verb")
        self.near = NearQuotes(self.doc, self.text, self.quotes, verbs)
        found: list[Draft] = []
        later: list[Cue] = []
        for cue in cues:
            content = (noun_content if cue.form == "noun" else find_content)(cue, self.doc, self.speech)
            draft = self._from_clause(cue, content) if content is not None else None
            if draft is not None:
                found.append(draft)
                self._take(draft)
            elif cue.form in ("verb", "according", "noun"):
                later.append(cue)
        for cue in later:
            draft = self._beside(cue)
            if draft is not None:
                found.append(draft)
                self._take(draft)
        return [draft for draft in found if draft.pieces]

    # From the tree ------------------------------------------------------------------------------------------------

    def _from_clause(self, cue: Cue, content: Content) -> Draft | None:
        if cue.rule.endswith("#quote") and quoted_as(cue.token) is not None:
            return None
        outer = self.near.enclosing(cue.token.idx)
        pieces = self._clipped(list(content.pieces), outer)
        if not pieces:
            return None
        inner = [quote for quote in self.near.touching(pieces) if not quote.holds(cue.token.idx) and quote is not outer]
        inner = [
            quote
            for quote in inner
            if not any(other is not quote and other.start <= quote.start and quote.end <= other.end for other in inner)
        ]
        kind: StatementKind = "indirect"
        used: tuple[Quote, ...] = ()
        if inner:
            lead = self.near.said_behind(inner, cue) or self.near.leading(pieces, inner, cue)
            if self.near.is_split(pieces, inner, cue):
                kind, used = "direct", tuple(inner)
                pieces = [span for quote in inner for span in quote.pieces]
            elif lead is not None and content.frame in ("clause", "quote", "around"):
                kind, used = "direct", (lead,)
                pieces = list(lead.pieces)
            elif self.near.all_quoted(pieces, inner):
                if content.frame in ("raising", "object", "gerund", "of"):
                    return None
                if self.near.is_title(inner[0]) and not cue.token.lower_.startswith(("sa", "tol")):
                    return None
                kind, used = "direct", tuple(inner)
                pieces = [span for quote in inner for span in quote.pieces]
            else:
                kind = "mixed"
                used = tuple(inner)
                pieces = self.near.extended(pieces, inner, cue)
        if (
            kind == "indirect"
            and cue.verb is not None
            and "clause" not in cue.verb.frames
            and content.frame in ("clause", "quote", "around")
        ):
            return None
        pieces = self._without_according(pieces, cue)
        if content.frame in ("clause", "quote") and kind != "direct":
            pieces = self._without_host(pieces, cue)
            if not pieces:
                return None
        if kind != "indirect":
            pieces = self._continued(pieces, used, cue)
        return self._draft(cue, pieces, kind, used, content.frame)

    def _clipped(self, pieces: list[tuple[int, int]], outer: Quote | None) -> list[tuple[int, int]]:
        """A clause inside a quotation ends with it; one outside does not begin in the middle of one."""
        found = []
        for start, end in pieces:
            if outer is not None:
                start, end = max(start, outer.inner_start), min(end, outer.inner_end)
            start, end = trim(self.text, start, end)
            if start < end and WORD.search(self.text, start, end):
                found.append((start, end))
        return found

    def _without_according(self, pieces: list[tuple[int, int]], cue: Cue) -> list[tuple[int, int]]:
        """Leaves ", according to X" at the end out of what somebody else said."""
        if cue.form == "according":
            return pieces
        start, end = pieces[-1]
        for other in self.according:
            at = self.doc[other.first].idx
            if start < at < end and other.token.right_edge.idx + len(other.token.right_edge) >= end - 1:
                start, end = trim(self.text, start, at)
                return [*pieces[:-1], (start, end)] if start < end else pieces
        return pieces

    def _without_host(self, pieces: list[tuple[int, int]], cue: Cue) -> list[tuple[int, int]]:
        """What "Saying ..., the court freed him" reports ends before the court, the subject of the cue's own head."""
        head = cue.token.head
        start, end = pieces[-1]
        if head.i <= cue.token.i or not start <= head.idx < end:
            return pieces
        comma = self.text.rfind(
            ",", start, min(item.left_edge.idx for item in (head, *head.children) if item.i > cue.last)
        )
        return [*pieces[:-1], (start, comma)] if comma > start else pieces[:-1]

    # Beside a quotation -------------------------------------------------------------------------------------------

    def _beside(self, cue: Cue) -> Draft | None:
        """A cue without a clause of its own beside a quotation: "..." said X; X said: "..."; X called it "..."."""
        if cue.form == "noun":
            return self._named_words(cue)
        if cue.verb is None and cue.form != "according":
            return None
        frames = cue.verb.frames if cue.verb is not None else {}
        if quoted_as(cue.token) is not None:
            return None
        outer = self.near.enclosing(cue.token.idx)
        left, right = self.near.left_quote(cue, outer), self.near.right_quote(cue, outer)
        if left is not None and self.text[left.inner_end - 1] == "." and _says_a_thing(cue):
            left = None
        if "quote" in frames or cue.form == "according":
            spoken = right if right is not None and self.near.opens_speech(cue, right) else None
            for quote in self._preferred(left, spoken):
                if self.taken.get(quote.start) is None and not self.near.is_title(quote):
                    pieces = self._continued([*quote.pieces], (quote,), cue)
                    return self._draft(cue, pieces, "direct", (quote,), "quote")
        if "judgement" in frames and right is not None and self.taken.get(right.start) is None:
            return self._judgement(cue, right)
        return None

    def _named_words(self, cue: Cue) -> Draft | None:
        """ "Her message was simple: '...'", "has a motto: '...'": a noun of somebody's, and a quotation behind it."""
        if cue.noun is None or "quote" not in cue.noun.frames:
            return None
        quote = self.near.right_quote(cue, self.near.enclosing(cue.token.idx))
        if quote is None or self.taken.get(quote.start) is not None or self.near.is_title(quote):
            return None
        if not leads_to_quote(cue, self.doc, quote.start):
            return None
        return self._draft(cue, [*quote.pieces], "direct", (quote,), "quote")

    def _preferred(self, left: Quote | None, right: Quote | None) -> list[Quote]:
        if left is not None and right is not None:
            last = self.text[left.inner_end - 1]
            return [left, right] if last in ",!?…-—" or self._gap(left.end, right.start) > 200 else [right, left]
        return [quote for quote in (left, right) if quote is not None]

    def _gap(self, start: int, end: int) -> int:
        return end - start

    def _judgement(self, cue: Cue, quote: Quote) -> Draft | None:
        """ "called the plan 'a disgrace'": somebody's words about something, so somebody must be named."""
        sentence = cue.token.sent
        if not quote.start < sentence.end_char or self.near.is_title(quote):
            return None
        ancestors = {self.doc[token.i].i for token in cue.token.subtree}
        span = self.doc.char_span(quote.inner_start, quote.inner_end, alignment_mode="expand")
        if span is None or not any(token.i in ancestors for token in span):
            return None
        people = replace(find_people(cue, self.doc, self.cast, self.speech), addressee=None)
        if people.speaker is None or (cue.token.dep_ in ("acl", "amod") and is_passive(cue.token)):
            return None
        return self._draft(cue, list(quote.pieces), "mixed", (quote,), "judgement", people)

    # Quotations around a cue --------------------------------------------------------------------------------------

    def _continued(self, pieces: list[tuple[int, int]], used: Sequence[Quote], cue: Cue) -> list[tuple[int, int]]:
        """Adds the other half of a quotation that the cue interrupts: "Yes," he said, "we did"."""
        outer = self.near.enclosing(cue.token.idx)
        end = self.doc[cue.last].idx + len(self.doc[cue.last])
        last = used[-1]
        if last.end <= end:
            follower = self.near.next_after(end, outer)
            if follower is not None and self.taken.get(follower.start) is None and follower not in used:
                between = self.text[end : follower.start]
                if (
                    len(between) < 160
                    and not SENTENCE_END.search(between + " A")
                    and "\n" not in between
                    and between.rstrip().endswith((",", "—", "–", "-", ":"))
                ):
                    self.taken[follower.start] = _PLACEHOLDER
                    return [*pieces, *follower.pieces]
        elif used[0].start >= end:
            leader = self.near.left_quote(cue, outer)
            if (
                leader is not None
                and self.taken.get(leader.start) is None
                and self.text[leader.inner_end - 1] in ",—–-"
            ):
                self.taken[leader.start] = _PLACEHOLDER
                return [*leader.pieces, *pieces]
        return pieces

    def _take(self, draft: Draft) -> None:
        for quote in draft.quotes:
            self.taken[quote.start] = draft

    # The record ---------------------------------------------------------------------------------------------------

    def _draft(
        self,
        cue: Cue,
        pieces: list[tuple[int, int]],
        kind: StatementKind,
        quotes: tuple[Quote, ...],
        frame: str,
        people: People | None = None,
    ) -> Draft | None:
        people = people or find_people(cue, self.doc, self.cast, self.speech, frame)
        if (
            frame == "quote"
            and people.speaker is None
            and cue.form == "verb"
            and cue.token.tag_ == "VBN"
            and is_passive(cue.token)
        ):
            return None
        if (
            people.speaker is None
            and kind == "direct"
            and cue.form == "verb"
            and quotes
            and quotes[0].end <= self.doc[cue.first].idx
        ):
            beside = speaker_beside(cue, self.doc, self.cast, quotes[0].end)
            people = People(beside, people.carrier, None if beside else people.addressee, None)
        if kind == "indirect" and cue.form == "verb":
            people, pieces = self._subject_at_end(people, pieces, cue)
        if people.speaker is None and cue.form == "verb" and pieces[0][0] > self.doc[cue.first].idx:
            people = replace(people, speaker=speaker_before(cue, self.doc, self.cast))
        if people.speaker is None and _needs_speaker(cue, frame):
            return None
        if people.speaker is not None and people.speaker.text.lower().startswith(
            ("neither ", "nobody", "no one", "none ")
        ):
            return None
        trimmed = sorted({span for span in (self._tidy(start, end) for start, end in pieces) if span[0] < span[1]})
        if not trimmed:
            return None
        first, last = self.doc[cue.first], self.doc[cue.last]
        people = kept_apart(people, self.text, [*trimmed, (first.idx, last.idx + len(last))])
        rule = cue.rule
        if cue.verb is not None and frame in cue.verb.frames:
            rule = f"speech/verbs.toml#{cue.verb.frames[frame].id}"  # type: ignore[index]
        elif cue.noun is not None and frame in cue.noun.frames:
            rule = f"speech/nouns.toml#{cue.noun.frames[frame].id}"  # type: ignore[index]
        says = cue.class_ in ("say", "ask", "promise", "deny")
        channel = find_channel(cue, self.speech, self.doc) if says else None
        return Draft(
            speaker=people.speaker,
            cue=(first.idx, last.idx + len(last)),
            pieces=tuple(trimmed),
            kind=kind,
            channel=channel,
            carrier=people.carrier,
            addressee=None if people.addressee is None or people.addressee.text == channel else people.addressee,
            time=time_of_saying(cue, self.doc, self.times, trimmed, self.near),
            rule=rule,
            quotes=quotes,
        )

    def _subject_at_end(
        self, people: People, pieces: list[tuple[int, int]], cue: Cue
    ) -> tuple[People, list[tuple[int, int]]]:
        """ "The bridge fell, hospital officials and relatives said": what follows the last comma is the speaker."""
        speaker, at = people.speaker, self.doc[cue.first].idx
        start, end = pieces[-1]
        if speaker is not None and speaker.end <= start:
            # "China advocates a treaty, Foreign Minister Wang Yi said": read as "China ... said"
            speaker = None if not self.text[end:at].strip() and self.doc[cue.first].i > 0 else speaker
            start = start if speaker is not None else people.speaker.start if people.speaker is not None else start
        stop = speaker.start if speaker is not None else at
        comma = self.text.rfind(",", start, end)
        if end > stop or comma < 0 or self.text[end:stop].strip() or (speaker is not None and speaker.end > at):
            return people, pieces
        span = self.doc.char_span(comma + 1, at, alignment_mode="contract")
        words = [token for token in span or () if not token.is_space]
        nominal = ("NOUN", "PROPN", "ADJ", "DET", "CCONJ", "ADP", "NUM", "ADV")
        if not words or any(token.pos_ not in nominal for token in words) or words[-1].pos_ not in ("NOUN", "PROPN"):
            return people, pieces
        found = participant(words[-1], self.cast, self.doc, first=words[0].i, last=words[-1].i)
        return replace(people, speaker=found), [*pieces[:-1], (start, comma)]

    def _tidy(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self.text[start] in " \t\n\r\u00a0":
            start += 1
        while end > start and self.text[end - 1] in " \t\n\r\u00a0,;:":
            end -= 1
        return start, end

    def _in_furniture(self, cue: Cue) -> bool:
        return self.article.is_furniture(cue.token.idx, cue.token.idx + len(cue.token))


def _says_a_thing(cue: Cue) -> bool:
    """ "said nothing": what is said is the verb's own object, not the sentence quoted before."""
    if cue.verb is None or cue.verb.addressee:
        return False
    return any(
        item.dep_ == "obj" and item.i > cue.token.i and item.pos_ in ("NOUN", "PRON") for item in cue.token.children
    )


def _needs_speaker(cue: Cue, frame: str) -> bool:
    """Whether such a cue without anybody who speaks attributes nothing."""
    if cue.form == "verb" and cue.token.tag_ in ("VBG", "VB") and frame != "quote" and not is_passive(cue.token):
        return True  # "it is worth noting that", "read more"
    if cue.noun is not None:
        return frame != "clause" or not cue.noun.anonymous
    if frame in ("infinitive", "charge") or cue.form != "verb" or cue.class_ in ("know", "show", "promise", "ask"):
        return cue.form != "according"
    return cue.class_ == "think" and not is_passive(cue.token)


_NOBODY = ("neither ", "nobody", "no one", "none ")
_PLACEHOLDER = Draft(None, None, ((0, 1),), "direct", None, None, None, None, "")
