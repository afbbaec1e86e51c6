"""The time lexicon: every rule's examples, and what a malformed file of a user is answered with."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from dateline.errors import LexiconError
from dateline.lexicon.loader import read_toml
from dateline.lexicon.time_patterns import Automaton, captures, parse_pattern
from dateline.lexicon.times import Example, TimeWords, load_time_words
from dateline.records.mentions import TimeMention
from dateline.records.text import make_article
from dateline.resolve.times import BUILDERS, find_times

WORDS = load_time_words()
EXAMPLES = [
    pytest.param(name, example, id=f"{name}-{number}")
    for name, examples in (
        *((item.name, item.rule.examples) for item in WORDS.rules),
        *((f"holiday {item.id}", item.examples) for item in WORDS.holidays.values()),
    )
    for number, example in enumerate(examples, 1)
    if not name.startswith("time/holidays")
]


@pytest.fixture(scope="module")
def blank() -> Language:
    return spacy.blank("en")


def _found(blank: Language, words: TimeWords, text: str, example: Example) -> tuple[TimeMention, ...]:
    article = make_article(text, published=example.on, published_basis="given", ref="example")
    return find_times(blank(text), article, words).items


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_example_of_rule_is_found(blank: Language, name: str, example: Example) -> None:
    items = _found(blank, WORDS, example.text, example)
    if not example.found:
        assert items == ()
        return
    here = [item for item in items if item.text == example.found]
    assert here, f"found only {[item.text for item in items]}"
    assert (here[0].type, here[0].value) == (example.type, example.value)
    if example.mod is not None:
        assert here[0].mod == example.mod
    if name.startswith("holiday"):
        assert here[0].rule == f"time/holidays.toml#{name.split()[1]}"
    else:
        assert here[0].rule == name


def test_every_rule_has_examples_and_a_known_builder() -> None:
    for item in WORDS.rules:
        assert item.rule.examples, item.name
        assert item.rule.build in BUILDERS, item.name
    assert {item.rule.build for item in WORDS.rules} == set(BUILDERS)


def test_rule_names_are_unique() -> None:
    names = [item.name for item in WORDS.rules]
    assert len(names) == len(set(names))


def test_user_rule_is_added_and_word_list_grows(tmp_path: Path, blank: Language) -> None:
    folder = tmp_path / "time"
    folder.mkdir()
    (folder / "words.toml").write_text("[classes.MONTH]\nbrumaire = 10\n", encoding="utf-8")
    (folder / "mine.toml").write_text(
        '[[rule]]\nid = "then"\npattern = "in those days"\nbuild = "reference"\nvalue = "PAST_REF"\n'
        'examples = [{ text = "In those days he sang.", on = 2001-02-03, found = "In those days", type = "DATE", '
        'value = "PAST_REF" }]\n',
        encoding="utf-8",
    )
    words = load_time_words(tmp_path)
    example = next(item.rule.examples[0] for item in words.rules if item.name == "time/mine.toml#then")
    assert _found(blank, words, example.text, example)[0].rule == "time/mine.toml#then"
    assert _found(blank, words, "It fell on 3 Brumaire 1999.", example)[0].value == "1999-10-03"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "mine.toml",
            '[[rule]]\nid = "x"\npattern = "y"\nbuild = "year"\nexamples = []\npaterns = "y"\n',
            "did you mean 'pattern'",
        ),
        ("mine.toml", '[[rules]]\nid = "x"\n', "unknown table 'rules'"),
        ("mine.toml", '[[rule]]\nid = "x"\npattern = "( a"\nbuild = "year"\nexamples = []\n', "not closed"),
        ("mine.toml", '[[rule]]\nid = "x"\npattern = "a )"\nbuild = "year"\nexamples = []\n', "unmatched"),
        ("mine.toml", '[[rule]]\nid = "x"\npattern = "? a"\nbuild = "year"\nexamples = []\n', "follows nothing"),
        (
            "mine.toml",
            '[[rule]]\nid = "x"\npattern = "MONHT"\nbuild = "year"\nexamples = []\n',
            "unknown class 'MONHT'",
        ),
        (
            "mine.toml",
            '[[rule]]\nid = "x"\npattern = "<dat>"\nbuild = "year"\nexamples = []\n',
            "unknown piece '<dat>'",
        ),
        ("words.toml", '[classes]\nMONTH = ["x"]\n', "class MONTH must be a dict"),
        ("words.toml", '[pieces]\nphase = "<phase>"\n', "in a circle"),
        ("words.toml", "capital = 3\n", "capital"),
        ("words.toml", "[oops]\n", "unknown key 'oops'"),
    ],
)
def test_malformed_file_is_named(tmp_path: Path, name: str, content: str, message: str) -> None:
    (tmp_path / "time").mkdir()
    (tmp_path / "time" / name).write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError, match=message.replace("(", r"\(")) as error:
        load_time_words(tmp_path)
    assert name in str(error.value) or "circle" in message


def test_unknown_builder_of_a_user_is_named(tmp_path: Path, blank: Language) -> None:
    (tmp_path / "time").mkdir()
    (tmp_path / "time" / "mine.toml").write_text(
        '[[rule]]\nid = "x"\npattern = "whilom"\nbuild = "yaer"\nexamples = []\n', encoding="utf-8"
    )
    words = load_time_words(tmp_path)
    example = WORDS.rules[0].rule.examples[0]
    with pytest.raises(LexiconError, match="unknown build 'yaer'"):
        _found(blank, words, "He sang whilom.", example)


def test_shipped_files_are_read_without_overlay() -> None:
    assert [where for where, _ in read_toml("time/words.toml")] == ["time/words.toml"]


def test_automaton_and_captures_agree() -> None:
    pattern = parse_pattern("the? MONTH ( DAY | x )* end", {}, {"MONTH", "DAY"}, "here")
    machine = Automaton([pattern])
    row = [frozenset({"the"}), frozenset({"MONTH"}), frozenset({"DAY"}), frozenset({"x"}), frozenset({"end"})]
    state = machine.start
    for signature in row:
        state = machine.step(state, signature)
    assert machine.accepts[state] == (0,)
    assert captures(pattern, row, 0, 5) == (("MONTH", 1), ("DAY", 2))
    assert captures(pattern, row, 0, 4) is None
    assert machine.step(machine.start, frozenset({"x"})) == -1
