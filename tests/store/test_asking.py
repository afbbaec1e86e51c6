"""Questions to a record: each field finds what it should and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.archive import Archive
from dateline.errors import QueryError
from dateline.store.fields import FIELDS, KINDS
from tests.store.samples import shelling_reading, visit_reading

VISIT = visit_reading()
SHELLING = shelling_reading()
NAMES = {VISIT.events[0].id: "visit", SHELLING.events[0].id: "shelled", SHELLING.events[1].id: "denied"}


def found(record: Path, query: str) -> str:
    with Archive(record) as archive:
        rows = [NAMES[row.fact.id] for row in archive.events(query)]
        assert archive.count("events", query) == len(rows)
        return " ".join(rows)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "shelled denied visit"),
        ("actor:NOR", "visit"),
        ("actor:POL", "visit"),
        ("source:POL", ""),
        ("target:POL", "visit"),
        ("actor:NOR actor:POL", "visit"),
        ("actor:NOR/MIL", "visit"),
        ("actor:NOR/COP", ""),
        ("actor:MIL", "denied visit"),
        ("source:UAF", "shelled"),
        ("actor:berg", "visit"),
        ('actor:"INE BERG"', "visit"),
        ("actor:Norway", "visit"),
        ("actor:erg", ""),
        ("actor:NOR|RUS", "denied visit"),
        ("-actor:NOR", "shelled denied"),
        ("actor:UKR -source:RUS", "shelled"),
        ("country:RUS", "denied"),
        ("sector:CVL", "shelled denied"),
        ("role:minister", "visit"),
        ("type:ASSAULT", "shelled denied"),
        ("type:ASSAULT status:happened", "shelled"),
        ("status:planned|denied", "denied visit"),
        ("plover:AGREE", "visit"),
        ("plover:none", "denied"),
        ("-plover:ASSAULT", "denied visit"),
        ("mode:visit", "visit"),
        ("mode:none", "denied"),
        ("-mode:visit", "shelled denied"),
        ("context:diplomatic", "visit"),
        ("context:none", "shelled denied"),
        ("cameo:04", "visit"),
        ("cameo:4", ""),
        ("quad:4", "shelled denied"),
        ("intensity:<-5", "shelled denied"),
        ("intensity:4", "visit"),
        ("since:2020-03-14", "visit"),
        ("until:2020-03-12", "shelled"),
        ("until:2020-03-13", "shelled denied"),
        ("on:2020-03-20", "visit"),
        ("since:2020-03-22 until:2020", "visit"),
        ("since:2020-03-23", ""),
        ("published:2020-03-13", "shelled denied"),
        ("published:2020-03-14..", "visit"),
        ("place:dolna", "shelled"),
        ("place:none", "denied"),
        ("in:UKR", "shelled"),
        ("in:Poland", "visit"),
        ("-in:UKR", "denied visit"),
        ("village", "shelled denied"),
        ('"the village of"', "shelled"),
        ("text:VILLAGE -killing", "denied"),
        ("vill*", "shelled denied"),
        ("gunmen|Berg", "shelled visit"),
        ("about:gunmen", "shelled denied"),
        ("confidence:>=0.7", "shelled visit"),
        ("confidence:0.5..0.7", "shelled denied"),
        ("rule:verbs/assault", "shelled denied"),
        ("reporter:police", "shelled"),
        ("reporter:none", "denied visit"),
        (f"event:{VISIT.events[0].id[:6]}", "visit"),
        (f"article:{SHELLING.article.id[:8]}", "shelled denied"),
        ("ref:news/visit", "visit"),
        ("outlet:nordlys", "visit"),
        ('title:"visit poland"', "visit"),
        ("url:https://nordlys", "visit"),
        ("url:none", "shelled denied"),
        ("limit:1", "shelled"),
        ("sort:-time", "visit denied shelled"),
        ("sort:-confidence limit:2", "visit shelled"),
        ("sort:read", "visit shelled denied"),
        ("!!!", ""),
        ("-!!!", "shelled denied visit"),
        ('text:"a"" OR b"', ""),
        ('text:"NEAR(village gunmen)"', ""),
        ("actor:\ud800 rule:\ud800 \ud800", ""),
        ("actor:%", ""),
    ],
)
def test_events_by_every_field(record: Path, query: str, expected: str) -> None:
    assert found(record, query) == expected


def test_statements(record: Path) -> None:
    with Archive(record) as archive:

        def kinds(query: str) -> list[str]:
            return [row.fact.kind for row in archive.statements(query)]

        assert kinds("") == ["indirect", "direct"]
        assert kinds("speaker:NOR") == kinds("actor:Berg") == kinds("kind:direct") == ["direct"]
        assert kinds("together") == kinds("since:2020-03-13 -speaker:COP") == ["direct"]
        assert kinds("type:ASSAULT") == kinds(f"event:{SHELLING.events[0].id}") == ["indirect"]
        assert kinds("channel:none addressee:none event:none") == ["direct"]


def test_figures(record: Path) -> None:
    with Archive(record) as archive:

        def texts(query: str) -> list[str]:
            return [row.fact.text for row in archive.figures(query)]

        assert texts("kind:killed") == texts("unit:people") == texts("value:<=10") == ["at least 3 people"]
        assert texts("value:>=1000") == texts("claimant:NOR") == texts("status:planned") == ["About 40,000 soldiers"]
        assert texts("type:ASSAULT") == texts("holder:none claimant:none") == ["at least 3 people"]
        assert texts('qualifier:"at least"') == texts(f"event:{SHELLING.events[0].id}") == ["at least 3 people"]
        assert texts("sort:-value") == ["About 40,000 soldiers", "at least 3 people"]


def test_actors_places_times_articles_and_problems(record: Path) -> None:
    with Archive(record) as archive:
        assert [row.fact.name for row in archive.actors("country:NOR")] == ["Ine Berg"]
        assert [row.fact.name for row in archive.actors("kind:country")] == ["Poland"]
        assert [row.fact.name for row in archive.actors("defence")] == ["Ine Berg"]
        assert [row.fact.name for row in archive.places("in:UKR")] == ["Dolna"]
        assert [row.fact.value for row in archive.times("since:2020-03-14")] == ["2020-W12"]
        assert [row.origin.ref for row in archive.articles("gunmen")] == ["news/shelling.txt"]
        assert [row.origin.ref for row in archive.articles("actor:NOR type:CONSULT")] == ["news/visit.txt"]
        assert [row.origin.ref for row in archive.articles("actor:RUS status:happened")] == []
        assert [row.origin.ref for row in archive.articles("place:Oslo")] == ["news/visit.txt"]
        assert [row.events for row in archive.articles("in:UKR")] == [2]
        assert [row.problem.code for row in archive.problems("stage:times")] == ["vague"]


@pytest.mark.parametrize(
    ("kind", "query", "message"),
    [
        ("events", "speaker:NOR", "query, column 1: events have no 'speaker'; it asks for statements"),
        ("events", "actor:NOR type:DATE", "query, column 11: the type of events is never 'DATE'; "),
        ("times", "type:CONSULT", "query, column 1: the type of times is never 'CONSULT'; it is one of DATE, TIME"),
        ("figures", "kind:direct", "query, column 1: the kind of figures is never 'direct'"),
        ("statements", "sort:confidence", "query: sort:confidence is for events; statements are sorted by"),
    ],
)
def test_fields_that_a_kind_does_not_have_are_refused(record: Path, kind: str, query: str, message: str) -> None:
    with Archive(record) as archive, pytest.raises(QueryError) as caught:
        archive.count(kind, query)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_field_can_be_asked_of_every_kind_it_names(record: Path, kind: str, field: object) -> None:
    known = next(item for item in FIELDS if item is field)
    if kind not in known.kinds or (known.name, kind) in {("type", "time"), ("sort", kind)}:
        return
    queries = [known.example, f"-{known.example}"] if known.name not in ("versions", "limit") else [known.example]
    with Archive(record) as archive:
        for query in [*queries, f"{known.name}:none"] if known.none else queries:
            if known.name == "kind" and kind != "statement":
                query = {"figure": "kind:troops", "actor": "kind:person", "place": "kind:city"}[kind]
            assert archive.count(kind, query) >= 0


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(min_size=1, max_size=30), st.sampled_from(["text", "about", "actor", "place", "outlet", "article", "ref"])
)
def test_hostile_words_are_only_words(record: Path, words: str, field: str) -> None:
    query = f'{field}:"' + words.replace('"', '""') + '"'
    with Archive(record) as archive:
        try:
            archive.count("events", query)
        except QueryError as error:
            assert "is empty" in str(error)


_VALUES = st.one_of(
    st.text(min_size=1, max_size=12).map(lambda text: '"' + text.replace('"', '""') + '"'),
    st.sampled_from(
        ["NOR", "none", "GOV", "NOR/GOV", "Norway", "2020-03", "2020..2021", ">0.5", "1", "CONSULT", "planned"]
    ),
    st.sampled_from(
        ["visit", "military", "DATE", "direct", "killed", "about", "4", "newest", "-time", "verbs/", "*", "a*"]
    ),
)
_TERMS = st.tuples(
    st.sampled_from(["", "-"]),
    st.sampled_from([*(field.name for field in FIELDS), ""]),
    st.lists(_VALUES, min_size=1, max_size=3),
).map(lambda term: f"{term[0]}{term[1]}{':' if term[1] else ''}{'|'.join(term[2])}")


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_TERMS, max_size=4).map(" ".join), st.sampled_from(KINDS), st.sampled_from([None, "2020-03-13"]))
def test_any_query_is_answered_or_refused_in_words(record: Path, query: str, kind: str, as_of: str | None) -> None:
    with Archive(record) as archive:
        try:
            rows = list(getattr(archive, f"{kind}s")(query, as_of=as_of))
            assert archive.count(kind, query, as_of=as_of) == len(rows)
        except QueryError as error:
            assert str(error).startswith("query")
