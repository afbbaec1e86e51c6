"""What may be a place name: runs of capitalised words that the gazetteer knows, and entities of kind LOC."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from dateline.lexicon.gazetteer import Gazetteer, Place, PlaceWords

# A court of justice is a body; other courts are houses: "Hampton Court".
_COURTS = frozenset({"supreme", "high", "constitutional", "federal", "appeal", "appeals", "criminal", "cassation"})
_LONGEST = 6
_SHORT = 5
_TAILS = frozenset(["'s", "’s", "'", "’", ","])


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens first to last (both included, indices of the document) that may name a place."""

    first: int
    last: int
    end: int
    name: str
    places: tuple[Place, ...]


def find_candidates(doc: Doc, text: str, pieces: Sequence[Span], gazetteer: Gazetteer) -> list[Candidate]:
    """Every run of words that may name a place, the longest from each first word, entities of kind LOC besides."""
    found: dict[tuple[int, int], Candidate] = {}
    tokens = [token for token in doc if not token.is_space]
    covered = -1
    for place in range(len(tokens)):
        if not _may_start(tokens[place]):
            continue
        candidate = _longest(tokens, place, text, gazetteer)
        if candidate is not None and _is_no_name(candidate.name, gazetteer):
            continue
        if candidate is not None and candidate.last > covered:
            found[candidate.first, candidate.last] = candidate
            covered = candidate.last
    known = list(found.values())
    for piece in pieces:
        if piece.label_ != "LOC" and not (piece.label_ == "ORG" and _is_site(piece, gazetteer.words)):
            continue
        first, last = piece.start, piece.end - 1
        if any(item.first <= first and last <= item.last for item in known) or not _may_start(doc[first]):
            continue
        end = doc[last].idx + len(doc[last])
        name = text[doc[first].idx : end]
        places = gazetteer.lookup(name)
        if not _is_no_name(name, gazetteer) and (places or not _is_sign(name)):
            found[first, last] = Candidate(first, last, end, name, places)
    return sorted(found.values(), key=lambda item: (item.first, -item.last))


def find_pieces(doc: Doc, text: str, gazetteer: Gazetteer) -> list[Span]:
    """The entities, those of places trimmed to the name ("Cork" of "Cork city") and parted ("Hull and York") where the
    gazetteer does not know them whole."""
    pieces: list[Span] = []
    for entity in doc.ents:
        if entity.label_ != "LOC":
            pieces.append(entity)
            continue
        start = entity.start
        for index in range(entity.start, entity.end + 1):
            at_end = index == entity.end
            if not at_end and not _parts(doc[index]):
                continue
            if not at_end and gazetteer.lookup(text[entity.start_char : entity.end_char]):
                continue
            pieces.extend(_trimmed(doc, start, index, gazetteer))
            start = index + 1
    return pieces


def _parts(token: Token) -> bool:
    return token.lower_ in ("and", "or", "/") or token.text in (",", ";", "(", ")") or token.is_space


def _trimmed(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> list[Span]:
    while start < end and (doc[start].lower_ == "the" or not doc[start].text[0].isalnum()):
        start += 1
    while start < end - 1 and (doc[end - 1].text in _TAILS or _is_small_noun(doc[end - 1], gazetteer)):
        end -= 1
    return [Span(doc, start, end, label="LOC")] if start < end else []


def _is_no_name(name: str, gazetteer: Gazetteer) -> bool:
    """Whether the words are an adjective ("Kenyan") or a direction ("the West")."""
    return name.lower() in gazetteer.words.sides or gazetteer.adjective(name) is not None


def _is_sign(name: str) -> bool:
    """Initials and amounts ("UNHCR", "US$"), which name no place that the gazetteer does not know."""
    return "$" in name or (name.isupper() and " " not in name and (len(name) <= _SHORT or "." in name))


def _is_small_noun(token: Token, gazetteer: Gazetteer) -> bool:
    """The last words of "Cork city" and "Jenin refugee camp", no part of the name."""
    return token.text in gazetteer.words.nouns or (token.text.islower() and token.pos_ == "NOUN")


def _is_site(entity: Span, words: PlaceWords) -> bool:
    """Whether an organisation's name is that of a building or ground: "Harlow Hospital", "University of Quito"."""
    last = entity[-1].lower_ if entity[-1].text not in ("'s", "’s") or len(entity) < 2 else entity[-2].lower_
    court = last == "court" and len(entity) > 1 and entity[-2].lower_ not in _COURTS
    return len(entity) > 1 and (last in words.sites or court or entity[0].lower_ == "university")


def _may_start(token: Token) -> bool:
    text = token.text
    return (text[0].isupper() and text not in ("The", "THE")) or (text[:3] in ("al-", "el-") and len(text) > 4)


def _longest(tokens: list[Token], place: int, text: str, gazetteer: Gazetteer) -> Candidate | None:
    first = tokens[place]
    ends = []
    for token in tokens[place : place + _LONGEST]:
        if token.text[0].isupper() or (token.text[0].isdigit() and token is not first):
            ends.append(token)
        elif token.text == "," or (token.text != "." and token.lower_ not in gazetteer.words.joints):
            break
    for last in reversed(ends):
        end = last.idx + len(last)
        if text[end : end + 1] == "." and last.text[-1] != ".":
            dotted = text[first.idx : end + 1]
            if dotted in gazetteer.abbreviations:
                return Candidate(first.i, last.i, end + 1, dotted, gazetteer.lookup(dotted))
        name = text[first.idx : end]
        if "\n" in name:
            continue
        places = gazetteer.lookup(name)
        if places:
            return Candidate(first.i, last.i, end, name, places)
    return None
