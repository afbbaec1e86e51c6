"""The query language as users write it, and what it says when they err."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import QueryError
from dateline.lexicon.codebook import load_codebook
from dateline.store.fields import BY_NAME, CONTEXTS, FIELDS, MODES
from dateline.store.filter import Days, Filter, Nothing, Range, Term, Value, Who, Words, parse_query


def only(query: str) -> Term:
    (term,) = parse_query(query).terms
    return term


def value(query: str) -> Value:
    (found,) = only(query).values
    return found


def test_an_empty_query_asks_for_everything() -> None:
    assert parse_query("") == parse_query("  \t ") == Filter()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("actor:NOR", Who("NOR", None, None)),
        ("actor:GOV", Who(None, "GOV", None)),
        ("actor:NOR/GOV", Who("NOR", "GOV", None)),
        ("actor:nor/gov", Who("NOR", "GOV", None)),
        ("actor:/MIL", Who(None, "MIL", None)),
        ("actor:Norway", Who("NOR", None, None)),
        ('actor:"South Korea"', Who("KOR", None, None)),
        ("actor:Norway/MIL", Who("NOR", "MIL", None)),
        ("actor:UNO", Who("UNO", None, None)),
        ("actor:IBM", Who(None, None, "IBM")),
        ('actor:"WHO"', Who(None, None, "WHO")),
        ('actor:"NOR"', Who(None, None, "NOR")),
        ("actor:Ben", Who(None, None, "Ben")),
        ('source:"Ine Berg"', Who(None, None, "Ine Berg")),
        ("target:none", Nothing()),
        ('target:"none"', Who(None, None, "none")),
        ("country:Norway", "NOR"),
        ("country:nor", "NOR"),
        ("type:consult", "CONSULT"),
        ("quad:4", "4"),
        ("mode:Suicide_Attack", "suicide-attack"),
        ("context:human-rights", "human_rights"),
        ("cameo:04", "04"),
        ("since:2020-03", Days(date(2020, 3, 1), None)),
        ("until:2020-02", Days(None, date(2020, 2, 29))),
        ("on:2020", Days(date(2020, 1, 1), date(2020, 12, 31))),
        ("published:2020-03..2020-04", Days(date(2020, 3, 1), date(2020, 4, 30))),
        ("published:2020-03..", Days(date(2020, 3, 1), None)),
        ("published:..2020-3-5", Days(None, date(2020, 3, 5))),
        ("published:>2020-03", Days(date(2020, 4, 1), None)),
        ("published:<2020-03", Days(None, date(2020, 2, 29))),
        ("published:<=2020-03-14", Days(None, date(2020, 3, 14))),
        ("confidence:>0.8", Range(0.8, None, low_open=True)),
        ("confidence:0.5..0.8", Range(0.5, 0.8)),
        ("value:1_000", Range(1000, 1000)),
        ("intensity:<-5", Range(None, -5, high_open=True)),
        ('text:"talks in Geneva"', Words("talks in Geneva", True)),
        ("ceasefire", Words("ceasefire", False)),
        ("Geneva,", Words("Geneva,", False)),
        ('"he said ""no"""', Words('he said "no"', True)),
        ("stand-off", Words("stand-off", False)),
        ("12:30", Words("12:30", False)),
    ],
)
def test_values_are_understood(query: str, expected: Value) -> None:
    assert value(query) == expected


def test_terms_alternatives_and_denial() -> None:
    asked = parse_query(
        'actor:NOR|SWE,"Ine Berg" -status:denied since:2020-03 limit:20 versions:all sort:-confidence -talks'
    )
    assert asked.terms == (
        Term("actor", (Who("NOR", None, None), Who("SWE", None, None), Who(None, None, "Ine Berg")), False, 1),
        Term("status", ("denied",), True, 26),
        Term("since", (Days(date(2020, 3, 1), None),), False, 41),
        Term("text", (Words("talks", False),), True, 94),
    )
    assert (asked.limit, asked.versions, asked.sort) == (20, "all", "-confidence")


def test_and_is_what_blanks_mean_anyway() -> None:
    assert parse_query("talks AND Geneva") == Filter(
        (Term("text", (Words("talks", False),), False, 1), Term("text", (Words("Geneva", False),), False, 11))
    )


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("actor:NOR acter:SWE", "query, column 11: unknown field 'acter'; did you mean 'actor'?"),
        ("recipient:SWE", "query, column 1: unknown field 'recipient'; did you mean 'target'?"),
        ("http://x.example", "query, column 1: unknown field 'http'; known fields: actor, source"),
        (
            "status:plannd",
            "query, column 8: 'status' has no value 'plannd'; did you mean 'planned'? it takes happened, ongoing",
        ),
        ("type:CONSULT|CONSLT", "query, column 14: 'type' has no value 'CONSLT'; did you mean 'CONSULT'?"),
        ("in:Norwai", "query, column 4: 'in' knows no country 'Norwai'; did you mean 'norway'?"),
        ("since:yesterday", "query, column 7: 'yesterday' is no date for 'since'; write 2020, 2020-03 or 2020-03-14"),
        ("since:2020-02-30", "query, column 7: '2020-02-30' is no date for 'since'"),
        ("since:2020-13", "query, column 7: '2020-13' is no date for 'since'"),
        ("on:2020-04..2020-03", "query, column 4: '2020-04..2020-03' is no period; write the earlier day first"),
        (
            "confidence:high",
            "query, column 12: 'high' is no number for 'confidence'; write for example confidence:>0.8",
        ),
        ("value:>1,000", "query, column 9: write numbers without commas (1000); | separates alternatives"),
        ("confidence:nan", "query, column 12: 'nan' is no number"),
        ("confidence:..", "query, column 12: '..' is no number"),
        ("limit:0", "query, column 7: 'limit' takes a whole number from 1, not '0'"),
        ("limit:5 limit:6", "query, column 9: 'limit' stands twice; keep one"),
        ("limit:5|6", "query, column 1: 'limit' takes one value"),
        ("-limit:5", "query, column 1: 'limit' cannot be denied"),
        ("actor:", "query, column 7: a value is missing after 'actor:', for example actor:NOR/GOV"),
        ("actor: NOR", "query, column 7: a value is missing after 'actor:'"),
        ("actor:NOR|", "query, column 11: a value is missing"),
        ('text:"talks', "query, column 6: the quotation mark is never closed"),
        ('"talks', "query, column 1: the quotation mark is never closed"),
        ('text:""', "query, column 6: the value of 'text' is empty"),
        ('text:"a"b', "query, column 9: leave a blank after the closing quotation mark"),
        ('actor:NOR"x"', "query, column 10: a quotation mark inside a word"),
        ("a OR b", "query, column 3: OR is no operator here; write a|b for alternatives"),
        ("NOT b", "query, column 1: NOT is no operator here; write -word"),
        ("x" * 20_000, "query: 20000 characters are too many"),
    ],
)
def test_errors_name_the_column_and_what_was_meant(query: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_query(query)
    assert str(caught.value).startswith(message)


def test_closed_lists_are_those_of_the_codebook() -> None:
    codebook = load_codebook()
    assert set(MODES) == {mode for entry in codebook.types.values() for mode in entry.modes}
    assert set(codebook.contexts) <= set(CONTEXTS)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_the_example_of_each_field_is_understood(field: object) -> None:
    known = next(item for item in FIELDS if item is field)
    assert known.example.startswith(f"{known.name}:")
    parse_query(known.example)


@given(st.text(max_size=60))
def test_any_text_is_understood_or_refused_in_words(query: str) -> None:
    try:
        parse_query(query)
    except QueryError as error:
        assert str(error).startswith("query, column ")


@given(st.sampled_from(sorted(BY_NAME)), st.text(max_size=20), st.booleans())
def test_any_value_of_any_field_is_understood_or_refused_in_words(name: str, text: str, quoted: bool) -> None:
    value = '"' + text.replace('"', '""') + '"' if quoted else text
    try:
        parse_query(f"{name}:{value}")
    except QueryError as error:
        assert str(error).startswith("query, column ")
