"""Who speaks, to whom, where and when: the parts of a statement that stand around its cue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.extract.statement_cues import host_of, quoted_as
from dateline.extract.statement_nouns import noun_owner
from dateline.extract.statement_phrase import cut_out, doc_is_edge, phrase_end, trim
from dateline.language.tree import base, case_of, child, children, is_passive, phrase, subjects
from dateline.records.mentions import Participant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from dateline.extract.statement_cues import Cue
    from dateline.lexicon.speech import Speech
    from dateline.resolve.cast import Cast

_RELATIVES = frozenset({"who", "which", "that", "whom"})
_LIGHT = frozenset({"ADV", "AUX", "PART"})
_EXPLETIVE = frozenset({"it", "there"})
_NO_SPEAKER = frozenset({"what", "when", "how", "why", "where", "this", "that", "which"})
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "today", "tonight")
_DAYS = frozenset((*_WEEK, "tomorrow", "also", "however", "meanwhile", "later", "earlier", "now", "then", "recently"))


@dataclass(frozen=True, slots=True)
class People:
    """The persons of one statement."""

    speaker: Participant | None
    carrier: Participant | None
    addressee: Participant | None
    speaker_token: Token | None


def find_people(cue: Cue, doc: Doc, cast: Cast, speech: Speech, frame: str = "") -> People:
    """Speaker, carrier and addressee of a cue, by the tree; `frame` is how it holds what was said."""
    if cue.form == "according":
        speaker = participant(cue.token, cast, doc, first=cue.last + 1, last=_source_end(cue.token))
        return People(speaker, None, None, cue.token)
    if cue.form == "noun":
        owner = noun_owner(cue.token, speech, frame)
        return People(_of(owner, cast, doc), None, None, owner)
    token = cue.token
    outer = token.head if base(token) in ("advcl", "xcomp", "ccomp", "obl") else None
    if outer is not None and quoted_as(outer) is not None and token.tag_ == "VBG":
        return _quoted(outer, cast, doc)
    if cue.rule.endswith("#quote"):
        return _quoted(token, cast, doc)
    if is_passive(token) or _shares_passive(cue):
        agent = child(token, "obl:agent")
        told = child(token if is_passive(token) else token.head, "nsubj:pass")
        addressee = None
        if told is not None and told.lower_ not in _EXPLETIVE and cue.verb is not None and cue.verb.addressee:
            addressee = _of(told, cast, doc)
        return People(_of(agent, cast, doc), None, addressee, agent)
    if cue.form == "verb" and _is_inverted(token):
        behind = _behind(cue.last, doc)
        if behind is not None:
            last = _nominal_end(behind)
            return People(participant(behind, cast, doc, first=cue.last + 1, last=last), None, None, behind)
    speaker_token = speaker_of(host_of(token, speech) or token)
    return People(_of(speaker_token, cast, doc), None, _addressee(cue, cast, doc, speech), speaker_token)


def speaker_of(verb: Token) -> Token | None:
    """Head of the subject of a speech verb: its own, a relative word, or the one it shares with a clause above."""
    own = [item for item in verb.children if item.dep_ in ("nsubj", "nsubj:outer")]
    if own:
        behind = [item for item in own if item.i > verb.i and not _stands_before(own[0], verb)]
        token = behind[0] if behind else own[-1]  # "A came and B went, said C": C, whatever else hangs on the verb
        if _stands_before(own[0], verb) and len(own) > 1 and own[-1].i > verb.i:
            token = own[0]
        if token.lower_ in ("'s", "’s"):
            return None
        if token.lower_ in _EXPLETIVE and any(item.dep_ == "expl" for item in verb.children):
            return None
        return None if token.lower_ in _NO_SPEAKER and base(verb) != "acl" and "relcl" not in verb.dep_ else token
    if any(item.dep_ == "expl" for item in verb.children):
        return None
    above = _told_of(verb)
    if above is not None:
        return speaker_of(above)
    if verb.dep_ == "acl" and verb.tag_ in ("VBG", "VBN") and verb.head.i < verb.i:
        return None if any(item.dep_ in ("mark", "case") for item in verb.children) else verb.head
    found = subjects(verb)
    if not found:
        return None
    token = found[0]
    while token.dep_ == "conj" and token.head.i != token.i and token.head.pos_ in ("NOUN", "PROPN", "PRON"):
        token = token.head
    if token.dep_ == "nsubj:pass" and token.lower_ in _EXPLETIVE:
        return None
    return token if token.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X") else None


def _told_of(verb: Token) -> Token | None:
    """The finite verb whose subject says ", vowing to stay" where the parser hung that on an infinitive or an inner
    clause: "called for the union to act, vowing ...", "wrote, demanding that he be freed and saying ..."."""
    if verb.tag_ != "VBG" or children(verb, "aux", "mark"):
        return None
    head = verb.head
    if verb.dep_ == "advcl" and verb.i and verb.nbor(-1).text == "," and head.tag_ == "VB" and head.i < verb.i:
        while head.tag_ == "VB" and head.head.i != head.i:
            head = head.head
            while head.pos_ not in ("VERB", "AUX") and head.head.i != head.i:
                head = head.head
        return head if head.tag_ in ("VBD", "VBZ", "VBP") else None
    if verb.dep_ == "conj" and head.tag_ != "VBG" and head.head.tag_ == "VBG" and head.dep_ == "ccomp":
        return head.head
    return None


def _stands_before(subject: Token, verb: Token) -> bool:
    """Whether only adverbs and auxiliaries stand between: "Heald noted the findings show", whatever else is there."""
    if subject.i > verb.i:
        return False
    between = verb.doc[subject.i + 1 : verb.i]
    return not any(item.is_punct or (item.i > subject.right_edge.i and item.pos_ not in _LIGHT) for item in between)


def participant(
    token: Token, cast: Cast, doc: Doc, *, first: int | None = None, last: int | None = None
) -> Participant:
    """The participant a nominal stands for, with the whole phrase (appositions included) as its words."""
    if token.lower_ in _WEEK and token.i and token.nbor(-1).pos_ == "PROPN" and last is None:
        # "President Ada Moreno Thursday vowed"
        first, last, token = token.left_edge.i if first is None else first, token.i - 1, token.nbor(-1)
        token = next((item for item in doc[first : last + 1] if cast.at(item.i)), token)
    start, end = _phrase_span(token, doc, first, last)
    known = token
    if token.lower_ in _RELATIVES and token.head.dep_ == "acl:relcl":
        known = token.head.head
    found = cast.at(known.i)
    text = cut_out(doc, start, end)
    if found:
        return replace(found[0], start=start, end=end, text=text)
    name_start, name_end = phrase(known)
    if first is not None and known is token:
        name_start, name_end = start, end
    elif known is token:
        name_start, name_end = max(name_start, start), min(name_end, end)
    return Participant(None, text, start, end, cut_out(doc, name_start, name_end) or text, None, (), None)


def _phrase_span(token: Token, doc: Doc, first: int | None, last: int | None) -> tuple[int, int]:
    left = _title_start(token) if first is None else first
    if first is None and children(token, "cop"):
        left = _noun_start(token)  # "all they get is a message stating": the message
    right = phrase_end(token) if last is None else last
    while left < token.i and (
        doc[left].is_space
        or (doc[left].dep_ in ("case", "cc", "mark", "advmod", "punct") and _is_outer(doc[left], token))
        or doc_is_edge(doc[left])
    ):
        left += 1
    # a phrase never reaches over the end of a paragraph
    for at in range(token.i, left - 1, -1):
        if doc[at].is_space and "\n" in doc[at].text:
            left = at + 1
            break
    for at in range(token.i, right + 1):
        if doc[at].is_space and "\n" in doc[at].text:
            right = at - 1
            break
    while right > token.i and (doc[right].lower_ in _DAYS or (doc[right].pos_ == "ADP" and last is None)):
        right -= 1
    if right > token.i and doc[right].tag_ == "POS":
        right -= 1
    words, at = doc[left : right + 1].text, doc[left].idx
    start, end = trim(words, 0, len(words))
    return at + start, at + end


def _title_start(token: Token) -> int:
    """First token of a subject phrase; a long title before a name counts though the parser cut it off."""
    left = token.left_edge.i
    if token.dep_ not in ("nsubj", "nsubj:outer") or token.pos_ != "PROPN" or left == token.sent.start:
        return left
    before = [item for item in token.doc[token.sent.start : left] if not item.is_space]
    nominal = ("NOUN", "PROPN", "ADJ", "DET", "ADP")
    if (
        before
        and all(item.pos_ in nominal for item in before)
        and before[-1].pos_ in ("NOUN", "PROPN")
        and before[0].pos_ != "ADP"
    ):
        return before[0].i
    return left


def _noun_start(token: Token) -> int:
    """First token of a predicate noun: behind its copula and whatever stands before that."""
    left = token.i
    for item in reversed(list(token.lefts)):
        if item.dep_ not in ("det", "amod", "compound", "nummod", "nmod:poss", "nmod:desc", "advmod"):
            break
        left = item.left_edge.i
    return left


def _is_outer(word: Token, token: Token) -> bool:
    """A word that stands before the phrase rather than in it: its preposition, conjunction or sentence adverb."""
    if word.dep_ == "advmod":
        return word.head.i == token.i and word.i + 1 < len(word.doc) and word.nbor(1).text == ","
    return word.head.i == token.i or word.dep_ == "fixed" or word.dep_ == "punct"


def _of(token: Token | None, cast: Cast, doc: Doc) -> Participant | None:
    return participant(token, cast, doc) if token is not None else None


def _source_end(source: Token) -> int:
    """Last token of a source behind "according to"; a subject that the parser joined to it is cut off again."""
    last, doc = phrase_end(source), source.doc
    if last + 1 < len(doc) and doc[last + 1].pos_ in ("AUX", "VERB"):
        comma = next((item.i for item in doc[source.i + 1 : last] if item.text == ","), None)
        return comma - 1 if comma is not None else last
    return last


def _quoted(verb: Token, cast: Cast, doc: Doc) -> People:
    """ "was quoted by state media as saying", "state media quoted him as saying"."""
    if is_passive(verb):
        speaker, carrier = child(verb, "nsubj:pass"), child(verb, "obl:agent")
        saying = quoted_as(verb)
        for holder in (verb, saying):
            if carrier is None and holder is not None:
                carrier = next((item for item in children(holder, "obl") if case_of(item) in ("by", "in")), None)
    else:
        speaker, carrier = child(verb, "obj", "iobj"), speaker_of(verb)
    return People(_of(speaker, cast, doc), _of(carrier, cast, doc), None, speaker)


def _addressee(cue: Cue, cast: Cast, doc: Doc, speech: Speech) -> Participant | None:
    if cue.verb is None:
        return None
    if cue.verb.addressee:
        for item in cue.token.children:
            if item.dep_ in ("iobj", "obj") and item.i > cue.token.i and item.pos_ in ("NOUN", "PROPN", "PRON"):
                return participant(item, cast, doc, last=_short_end(item))
    if cue.token.lower_.startswith(("call", "appeal")):
        called = next((item for item in children(cue.token, "obl") if case_of(item) in ("on", "upon", "to")), None)
        return _of(called, cast, doc)
    for item in children(cue.token, "obl"):
        if (
            case_of(item) == "to"
            and item.i > cue.token.i
            and item.pos_ in ("NOUN", "PROPN", "PRON")
            and (cast.at(item.i) or item.ent_type_ in ("PER", "ORG") or item.lower_ in speech.listeners)
        ):
            return participant(item, cast, doc, last=_short_end(item))
    return None


def _short_end(token: Token) -> int:
    """Last token of an addressee: the place and time of the telling belong to the verb."""
    last = phrase_end(token)
    for item in token.children:
        if item.i > token.i and item.dep_ in ("nmod", "obl", "acl", "advcl", "nmod:unmarked") and case_of(item) != "of":
            return min(last, item.left_edge.i - 1)
    return last


def speaker_before(cue: Cue, doc: Doc, cast: Cast) -> Participant | None:
    """The noun phrase that opens the sentence of a finite cue without subject, up to the first comma or the cue."""
    if (
        cue.token.tag_ not in ("VBD", "VBZ", "VBP")
        or is_passive(cue.token)
        or any(item.dep_ in ("expl", "nsubj", "csubj") for item in cue.token.children)
    ):
        return None
    words = [item for item in doc[cue.token.sent.start : cue.first] if not item.is_space]
    segment: list[Token] = []
    for item in words:
        if item.text == ",":
            break
        segment.append(item)
    nominal = ("NOUN", "PROPN", "ADJ", "DET", "ADP", "CCONJ", "NUM", "PART", "PUNCT")
    if (
        not segment
        or segment[0].pos_ not in ("PROPN", "DET", "NOUN", "ADJ")
        or any(item.pos_ not in nominal for item in segment)
    ):
        return None
    if segment[-1].pos_ not in ("NOUN", "PROPN") or cue.token.dep_ == "conj":
        return None
    head = next((item for item in segment if cast.at(item.i)), segment[-1])
    return participant(head, cast, doc, first=segment[0].i, last=segment[-1].i)


def _shares_passive(cue: Cue) -> bool:
    """ "was hauled in and told": a second participle of a passive, whose subject is told."""
    token = cue.token
    if token.dep_ != "conj" or cue.verb is None or not cue.verb.addressee or not is_passive(token.head):
        return False
    return token.tag_ in ("VBN", "VBD") and not children(token, "aux", "nsubj", "obj", "iobj")


def _is_inverted(token: Token) -> bool:
    """ "..., said the post by a writer": the subject the tree has stands behind the verb, but not right behind it."""
    own = [item for item in token.children if item.dep_ == "nsubj"]
    if not own or own[0].i < token.i:
        return False
    return (len(own) > 1 or own[0].left_edge.i > token.i + 1) and token.nbor(1).pos_ in ("DET", "NOUN", "PROPN", "ADJ")


def _nominal_end(token: Token) -> int:
    """Last token of a phrase that runs on to the next punctuation mark without a verb, else of the tree's phrase."""
    last = phrase_end(token)
    for item in token.doc[last + 1 : token.sent.end]:
        if item.is_punct or item.is_space:
            return item.i - 1
        if item.pos_ not in ("NOUN", "PROPN", "ADJ", "DET", "ADP", "NUM", "CCONJ", "PART"):
            return last
    return last


def _behind(last: int, doc: Doc) -> Token | None:
    """Head of the noun phrase that starts right behind a token."""
    at = last + 1
    while at < len(doc) and doc[at].pos_ in ("DET", "ADJ", "NUM") and not doc[at].is_space:
        at += 1
    if at >= len(doc) or doc[at].pos_ not in ("NOUN", "PROPN", "PRON"):
        return None
    token = doc[at]
    joined = ("compound", "nmod:desc", "amod", "nmod:poss")
    while token.dep_ in joined and token.head.i > token.i and token.head.pos_ in ("NOUN", "PROPN"):
        token = token.head
    return token


def speaker_beside(cue: Cue, doc: Doc, cast: Cast, quote_end: int) -> Participant | None:
    """The noun phrase between a quotation and its cue, or right behind the cue, where the tree gives no subject."""
    between = [item for item in doc[max(0, cue.first - 40) : cue.first] if item.idx >= quote_end and not item.is_space]
    while between and between[0].is_punct:
        between.pop(0)
    while between and (between[-1].is_punct or between[-1].pos_ in ("AUX", "ADV", "PART")):
        between.pop()
    if between:
        head = next(
            (
                item
                for item in between
                if item.pos_ in ("NOUN", "PROPN", "PRON") and item.dep_ not in ("compound", "nmod:desc", "nmod:poss")
            ),
            None,
        )
        if head is None or between[0].pos_ in ("ADP", "SCONJ", "CCONJ", "VERB"):
            return None
        return participant(head, cast, doc, first=between[0].i, last=between[-1].i)
    token = _behind(cue.last, doc)
    return participant(token, cast, doc, first=cue.last + 1) if token is not None else None


def kept_apart(people: People, text: str, taken: Sequence[tuple[int, int]]) -> People:
    """Cuts speaker, carrier and addressee where the parser let them run over the cue or over what was said."""
    return People(
        _cut(people.speaker, text, taken),
        _cut(people.carrier, text, taken),
        _cut(people.addressee, text, taken),
        people.speaker_token,
    )


def _is_closing(words: str) -> bool:
    """Whether the mark at the end of a phrase closes one that the phrase opened."""
    return (words[-1] == '"' and words.count('"') % 2 == 0) or (words[-1] == "”" and "“" in words)


def _cut(person: Participant | None, text: str, taken: Sequence[tuple[int, int]]) -> Participant | None:
    if person is None:
        return None
    start, end = person.start, person.end
    for low, high in taken:
        if start < low < end:
            end = low
        elif low <= start < high and start < end:
            start = min(high, end)
    if (start, end) == (person.start, person.end):
        return person
    start, end = trim(text, start, end)
    while end > start and text[end - 1] in "\"“”‘`' ," and not _is_closing(text[start:end]):
        end -= 1
    if start >= end or not any(sign.isalnum() for sign in text[start:end]):
        return None
    return replace(person, start=start, end=end, text=text[start:end])
