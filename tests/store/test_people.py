"""One entry for each actor across articles, whatever the order in which they were read."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.archive import Archive
from dateline.cli.main import app
from dateline.records.mentions import Actor, ActorMention
from dateline.records.reading import Reading
from dateline.records.text import make_article
from dateline.store.people import Person, join_actors
from dateline.store.write import open_writer


def reading(day: str, *actors: tuple[str, str | None, tuple[str, ...], str | None]) -> Reading:
    """An article that names these: (name, country, sectors, role)."""
    words = [f"{role} {name}" if role else name for name, _, _, role in actors]
    text = " met ".join(words) + f" on {day}."
    found = []
    for n, ((name, country, sectors, role), shown) in enumerate(zip(actors, words, strict=True)):
        start = text.index(shown)
        mention = ActorMention(start, start + len(shown), shown, "name")
        kind = "organisation" if name.endswith("Front") else "person"
        found.append(Actor(f"a{n}", name, kind, country, sectors, role, None, (mention,), "x#1"))  # type: ignore[arg-type]
    article = make_article(text, published=date.fromisoformat(day), published_basis="given", ref=f"wire/{day}")
    return Reading(article, (), (), tuple(found), (), (), (), ())


KERRY = [
    reading("2012-05-01", ("John Kerry", "USA", ("LEG",), "senator"), ("Ine Berg", "NOR", ("GOV",), "minister")),
    reading("2013-06-01", ("John F. Kerry", "USA", ("GOV",), "Secretary of State")),
    reading("2015-07-01", ("John Kerry", "USA", ("GOV",), "Secretary of State")),
    reading("2018-01-01", ("John Kerry", None, (), None), ("Free Lake Front", "MLI", ("REB",), None)),
    reading("2018-02-01", ("Kerry", None, (), None), ("Carl Kerry", "USA", ("GOV",), "mayor")),
    reading("2018-03-01", ("John Kerry", "IRL", ("JRN",), "reporter"), ("Free Lake Front", None, (), None)),
]


def kept(path: Path, readings: list[Reading], *, each: bool = False) -> list[Person]:
    with open_writer(path) as writer:
        for item in readings:
            writer.add(item)
            if each:
                join_actors(path)
    join_actors(path)
    with Archive(path) as archive:
        return list(archive.people())


def test_roles_over_time_with_the_words_that_say_so(tmp_path: Path) -> None:
    kept(tmp_path / "r.db", KERRY[:3])
    with Archive(tmp_path / "r.db") as archive:
        (kerry,) = archive.people("Kerry")
    assert (kerry.name, kerry.names, kerry.country, kerry.articles) == (
        "John Kerry", ("John Kerry", "John F. Kerry"), "USA", 3,
    )  # fmt: skip
    assert [(role.role, role.sectors, str(role.first), str(role.last), role.articles) for role in kerry.roles] == [
        ("senator", ("LEG",), "2012-05-01", "2012-05-01", 1),
        ("Secretary of State", ("GOV",), "2013-06-01", "2015-07-01", 2),
    ]
    assert kerry.roles[1].text == "Secretary of State John F. Kerry"


def test_a_shared_surname_or_name_joins_nobody(tmp_path: Path) -> None:
    kept(tmp_path / "r.db", KERRY)
    with Archive(tmp_path / "r.db") as archive:
        found = [(person.name, person.country, person.articles) for person in archive.people("kerry")]
        # The John Kerry of 2018-01 may be either of two, and "Kerry" anybody.
        assert sorted(found, key=str) == [
            ("Carl Kerry", "USA", 1), ("John Kerry", "IRL", 1), ("John Kerry", "USA", 3), ("John Kerry", None, 1),
        ]  # fmt: skip
        assert archive.named_only("Kerry") == 1


def test_the_order_of_reading_does_not_matter(tmp_path: Path) -> None:
    wanted = kept(tmp_path / "all.db", KERRY)
    for number, order in enumerate(itertools.islice(itertools.permutations(KERRY), 0, 720, 97)):
        assert kept(tmp_path / f"{number}.db", list(order), each=bool(number % 2)) == wanted


def test_as_of_a_day_only_what_was_published_counts(tmp_path: Path) -> None:
    kept(tmp_path / "r.db", KERRY[:3])
    with Archive(tmp_path / "r.db") as archive:
        (kerry,) = archive.people("Kerry", as_of="2012-12-31")
        assert [role.role for role in kerry.roles] == ["senator"]
        assert list(archive.people("Kerry", as_of="2011-01-01")) == []


def test_an_article_read_again_leaves_no_trace_of_its_old_actors(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    kept(path, KERRY[:3])
    changed = Reading(KERRY[1].article, (), (), (), (), (), (), ())
    with open_writer(path) as writer:
        writer.replace(changed)
    join_actors(path)
    with Archive(path) as archive:
        (kerry,) = archive.people("Kerry")
    assert kerry.names == ("John Kerry",)


@pytest.mark.parametrize("name", ["Kerry", "john KERRY"])
def test_the_command_prints_roles_and_evidence(tmp_path: Path, name: str) -> None:
    kept(tmp_path / "r.db", KERRY[:5])
    out = CliRunner().invoke(app, ["who", str(tmp_path / "r.db"), name]).output
    assert "2013-06-01..2015-07-01" in out
    assert "“Secretary of State John F. Kerry”" in out
    assert ("stands alone in 1 article" in out) == (name == "Kerry")


def test_nobody_of_that_name_is_said(tmp_path: Path) -> None:
    kept(tmp_path / "r.db", KERRY[:1])
    assert "nobody in" in CliRunner().invoke(app, ["who", str(tmp_path / "r.db"), "Nobody Here"]).output


def test_two_spellings_in_one_article_are_two_people(tmp_path: Path) -> None:
    one, other = ("Sergei Holm", "NOR", ("GOV",), "minister"), ("Sergey Holm", "NOR", ("GOV",), "mayor")
    apart = [reading("2020-01-01", one), reading("2020-01-02", other)]
    assert len(kept(tmp_path / "joined.db", apart)) == 1
    assert len(kept(tmp_path / "apart.db", [*apart, reading("2020-01-03", one, other)])) == 2
