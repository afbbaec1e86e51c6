"""Who said what: every form in statement_cases.toml, and the parts around a statement."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.extract.statements import find_statements
from dateline.lexicon.speech import load_speech
from dateline.records.mentions import Participant, TimeMention
from dateline.records.text import Furniture, make_article
from dateline.resolve.cast import Cast
from tests.extract.reading import load_reader

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dateline.language.annotate import Annotator
    from dateline.records.claims import Statement

CASES = Path(__file__).with_name("statement_cases.toml")
FORMS = Path(__file__).with_name("statement_forms.toml")
LINE = re.compile(
    r"(direct|indirect|mixed) \[(.*?)\] \{(.*?)\} <(.*)>((?: (?:channel|to|by|time|is|country)=.*)?)$", re.DOTALL
)
PART = re.compile(r"(channel|to|by|time|is|country)=(.*?)(?= (?:channel|to|by|time|is|country)=|$)")
NOBODY = Cast((), {})


def statements_in(
    doc: Doc, cast: Cast = NOBODY, times: tuple[TimeMention, ...] = (), furniture: tuple[Furniture, ...] = ()
) -> tuple[Statement, ...]:
    article = make_article(
        doc.text, published=date(2021, 5, 3), published_basis="given", ref="case", furniture=furniture
    )
    return find_statements(doc, article, cast, times, load_speech()).items


def read(annotator: Annotator, text: str) -> Doc:
    return next(annotator.annotate_many([text]))


def as_line(statement: Statement) -> tuple[str, str, str, str]:
    return (
        statement.kind,
        statement.speaker.text if statement.speaker else "",
        statement.cue.text if statement.cue else "",
        " | ".join(piece.text for piece in statement.pieces),
    )


def around(statement: Statement) -> dict[str, str | None]:
    speaker = statement.speaker
    return {
        "channel": statement.channel,
        "to": statement.addressee.text if statement.addressee else None,
        "by": statement.carrier.text if statement.carrier else None,
        "time": statement.time.text if statement.time else None,
        "is": speaker.name if speaker else None,
        "country": speaker.country if speaker else None,
    }


def is_right(found: tuple[Statement, ...], wanted: list[str]) -> bool:
    """Whether the statements are those of a case, in every part that the case names."""
    matches = [match for match in map(LINE.match, wanted) if match]
    if [as_line(item) for item in found] != [match.group(1, 2, 3, 4) for match in matches]:
        return False
    return all(
        (around(item)[key] or "") == value
        for item, match in zip(found, matches, strict=True)
        for key, value in PART.findall(match.group(5))
    )


def test_cases(annotator: Annotator) -> None:
    """At least 95 of 100 cases are right in every statement, speaker, cue, piece, channel, addressee and carrier."""
    cases = tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]
    docs = annotator.annotate_many([case["text"].strip() for case in cases])
    found = [statements_in(doc) for doc in docs]
    wrong = [
        (case["form"], [as_line(item) for item in items])
        for case, items in zip(cases, found, strict=True)
        if not is_right(items, case["statements"])
    ]
    assert len(wrong) <= 0.05 * len(cases), wrong


def test_forms_with_actors(annotator: Annotator) -> None:
    """At least 95 of 100 cases read through every stage are right, time of saying and actor included."""
    cases = tomllib.loads(FORMS.read_text(encoding="utf-8"))["case"]
    readings = load_reader(annotator).statements(case["text"].strip() for case in cases)
    wrong = [
        (case["form"], [(as_line(item), around(item)) for item in found])
        for case, found in zip(cases, readings, strict=True)
        if not is_right(found, case["statements"])
    ]
    assert len(wrong) <= 0.05 * len(cases), wrong


def test_every_span_cuts_out_its_text(annotator: Annotator) -> None:
    text = (
        "“We waited,” said Ana Lund, the mayor of Brena. “Nobody came.” She told Dorn on Monday that the road was shut."
    )
    doc = read(annotator, text)
    for statement in statements_in(doc):
        for part in (statement.speaker, statement.cue, statement.content, *statement.pieces, statement.addressee):
            assert part is None or doc.text[part.start : part.end] == part.text


def test_ids_are_unique_and_stay_the_same(annotator: Annotator) -> None:
    doc = read(annotator, "Lind said the vote was fair. Brandl said it was not.")
    ids = [statement.id for statement in statements_in(doc)]
    assert len(set(ids)) == 2
    assert ids == [statement.id for statement in statements_in(doc)]


def test_the_speaker_is_the_actor_of_the_cast(annotator: Annotator) -> None:
    doc = read(annotator, "Foreign Minister Pavel Dorn said the treaty was dead.")
    head = next(token for token in doc if token.dep_ == "nsubj" and token.head.text == "said")
    dorn = Participant("a1", "Dorn", head.idx, head.idx + len(head), "Pavel Dorn", "CZE", ("GOV",), "Foreign Minister")
    (statement,) = statements_in(doc, Cast((), {head.i: (dorn,)}))
    assert statement.speaker is not None
    assert (statement.speaker.actor, statement.speaker.country) == ("a1", "CZE")
    assert statement.speaker.text == "Foreign Minister Pavel Dorn"


def test_we_inside_a_quotation_is_the_side_of_the_speaker(annotator: Annotator) -> None:
    doc = read(annotator, '"We believe the pass is open," Colonel Rask said.')
    head = next(token for token in doc if token.text == "Rask" or (token.dep_ == "nsubj" and token.head.text == "said"))
    rask = Participant("a1", "Rask", head.idx, head.idx + len(head), "Rask", "NOR", ("MIL",), "Colonel")
    found = statements_in(doc, Cast((), {head.i: (rask,)}))
    inner = next(item for item in found if item.speaker is not None and item.speaker.text == "We")
    assert inner.speaker is not None and inner.speaker.actor == "a1"


def test_the_time_of_saying_stands_beside_the_cue(annotator: Annotator) -> None:
    doc = read(annotator, "On Monday Lind said that the bank would close on Friday.")
    days = [
        TimeMention(at, at + len(day), day, "DATE", value, None, None, None, "publication", "test")
        for day, value in (("Monday", "2021-05-03"), ("Friday", "2021-05-07"))
        for at in [doc.text.index(day)]
    ]
    (statement,) = statements_in(doc, times=tuple(days))
    assert statement.time is not None and statement.time.value == "2021-05-03"


def test_furniture_says_nothing(annotator: Annotator) -> None:
    text = "Photo: Lind said the vote was fair.\n\nBrandl said the vote was rigged."
    found = statements_in(read(annotator, text), furniture=(Furniture(0, 35, "caption"),))
    assert [item.speaker.text for item in found if item.speaker] == ["Brandl"]


def test_an_empty_text_has_no_statement(annotator: Annotator) -> None:
    assert statements_in(read(annotator, "")) == ()
