"""What a reader sees, and that files hold what the command writes."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from dateline import build
from dateline.cli.main import app
from dateline.errors import DateError
from dateline.records.reading import Reading
from dateline.store.write import open_writer
from dateline.web.app import make_app
from dateline.web.lists import Asked, command
from tests.store.samples import plain_reading, shelling_reading, visit_reading
from tests.web.conftest import Serve

_LISTS = ("events", "statements", "figures", "actors", "places", "times", "articles", "problems")
_HERE = {"origin": "http://127.0.0.1:8421"}


def _words(page: str) -> str:
    """The text of a page, tags left out."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


def test_the_start_tells_what_the_record_holds_and_what_is_to_come(web: TestClient) -> None:
    page = _words(web.get("/").text)
    assert "2 articles, published from 2020-03-13 to 2020-03-14" in page
    assert "3 events" in page and "2 statements" in page
    assert re.search(r"Coming .* 2020-03-16 to 2020-03-22 CONSULT visit Ine Berg → Poland", page)


def test_an_empty_record_says_how_to_fill_it(serve: Serve) -> None:
    web = serve()
    assert "This record is empty" in web.get("/").text
    assert all(web.get(f"/{kind}").status_code == 200 for kind in _LISTS)


@pytest.mark.parametrize("kind", _LISTS)
def test_every_list_answers_and_finds_nothing_politely(web: TestClient, kind: str) -> None:
    assert web.get(f"/{kind}").status_code == 200
    assert "Nothing in this record answers that" in web.get(f"/{kind}", params={"q": "ref:nowhere"}).text


def test_a_list_is_narrowed_by_the_query_in_its_address(web: TestClient) -> None:
    page = _words(web.get("/events", params={"q": "actor:NOR"}).text)
    assert "1–1 of 1 event " in page and "Ine Berg" in page and "shelled" not in page
    assert "of 1 event" in _words(web.get("/events", params={"as_of": "2020-03-13", "q": "status:denied"}).text)


def test_facets_lead_to_narrower_lists(web: TestClient) -> None:
    page = web.get("/events").text
    (href,) = re.findall(r'<a href="(/events\?q=status%3Adenied)">', page)
    assert "of 1 event" in _words(web.get(href).text)


@pytest.mark.parametrize(
    "query", ["acter:NOR", "actor:NOR acter:NOR", "type:CONSLT", 'text:"open', "sort:time sort:time"]
)
def test_a_mistake_is_told_beside_the_query(web: TestClient, query: str) -> None:
    answer = web.get("/events", params={"q": query})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text and f'value="{query}"'.replace('"open', "&#34;open") in answer.text
    assert "column" not in re.findall(r'<div class="mistake".*?</div>', answer.text, re.DOTALL)[0]


def test_the_place_of_a_mistake_is_shown(web: TestClient) -> None:
    page = web.get("/events", params={"q": "actor:NOR acter:NOR"}).text
    assert "did you mean &#39;actor&#39;?" in page and "<code>actor:NOR <mark>acter:NOR</mark></code>" in page


def test_an_impossible_day_is_told_too(web: TestClient) -> None:
    answer = web.get("/events", params={"as_of": "2020-13-01"})
    assert answer.status_code == 400 and "is no day" in answer.text


def test_pages_follow_each_other(serve: Serve) -> None:
    web = serve(*(plain_reading(number) for number in range(120)))
    first = web.get("/events", params={"q": "type:CONSULT"}).text
    pages = [first]
    while following := re.findall(r'rel="next" href="([^"]+)"', pages[-1]):
        pages.append(web.get(unescape(following[0])).text)
    ids = [event for page in pages for event in re.findall(r'href="/event/(\w+)"', page)]
    assert [len(re.findall(r'href="/event/', page)) for page in pages] == [50, 50, 20]
    assert len(set(ids)) == 120
    numbers = [re.findall(r"<b>(\d+–\d+)</b> of <b>120</b>", page) for page in pages]
    assert numbers == [["1–50"], ["51–100"], ["101–120"]]
    (last,) = re.findall(r'<a href="([^"]+)">Last</a>', first)
    end = web.get(unescape(last)).text
    assert re.findall(r'href="/event/(\w+)"', end) == ids[70:] and "<b>71–120</b> of <b>120</b>" in end
    back = web.get(unescape(re.findall(r'rel="prev" href="([^"]+)"', pages[2])[0])).text
    assert re.findall(r'href="/event/(\w+)"', back) == ids[50:100]


def test_a_page_beside_a_row_that_is_gone_begins_anew(web: TestClient) -> None:
    assert "of <b>3</b> events" in web.get("/events", params={"after": "999", "n": "51"}).text


@pytest.mark.parametrize("kind", _LISTS)
@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet"])
def test_files_hold_what_the_command_writes(web: TestClient, tmp_path: Path, kind: str, format: str) -> None:
    answer = web.get(f"/{kind}.{format}", params={"q": "published:2020"})
    assert answer.headers["content-disposition"] == f'attachment; filename="{kind}.{format}"'
    out = tmp_path / "out"
    arguments = [kind, str(tmp_path / "record.db"), "published:2020", "--format", format, "--output", str(out)]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    assert answer.content == out.read_bytes()


def test_a_file_of_a_wrong_query_or_kind_is_an_error_page(web: TestClient) -> None:
    assert web.get("/events.csv", params={"q": "acter:x"}).status_code == 400
    assert (
        web.get("/events.exe").status_code
        == web.get("/secrets.csv").status_code
        == web.get("/secrets").status_code
        == 404
    )


def test_the_command_of_a_list_gives_the_same_rows(web: TestClient, tmp_path: Path) -> None:
    query = 'actor:"Ine Berg" $(rm -rf ~)'
    told = command(Asked("events", query, "2020-03-14"), "my record.db")
    assert shlex.split(told) == ["dateline", "events", "my record.db", query, "--as-of", "2020-03-14"]
    assert f"dateline events {tmp_path / 'record.db'} actor:NOR" in web.get("/events?q=actor:NOR").text


def test_an_article_has_its_facts_marked_and_carded(web: TestClient) -> None:
    reading = visit_reading()
    page = web.get(f"/article/{reading.article.id}").text
    assert re.search(r'<a class="m l-event" href="#e1" data-f="e1" id="m-e1-\d+">visit</a>', page)
    assert '<span class="dull">' in page
    for key in ("e1", "s1", "f1", "a1", "a2", "p1", "p2", "t1", "t2"):
        assert f'id="{key}"' in page
    assert "“next week” → 2020-W12 (2020-03-16 to 2020-03-22), resolved by the day of publication" in page
    assert f'href="/event/{reading.events[0].id}"' in page


def test_an_event_tells_why_it_is_there(web: TestClient, tmp_path: Path) -> None:
    event = visit_reading().events[0]
    page = web.get(f"/event/{event.id[:10]}").text
    told = _words(page)
    assert '<span class="m l-event">visit</span>' in page
    assert "“Berg” → NOR GOV/MIL, meaning Ine Berg, Defence Minister" in told and "by actors/roles.toml#defence" in told
    assert "PLOVER prints AGREE, CAMEO 042, quad 1, +4.0, contexts military, diplomatic" in told
    assert "verbs/consult.toml#one" in told and "confidence 0.90" in told
    assert f"dateline explain {tmp_path / 'record.db'} {event.id}" in told


def test_an_event_tells_who_reported_it_and_what_else_the_article_tells(web: TestClient) -> None:
    told = _words(web.get(f"/event/{shelling_reading().events[0].id}").text)
    assert "reported by police" in told and "told by police" in told and "3 dead" in told
    assert re.search(r"Other events of the article ASSAULT denied Russian army → the village", told)


def test_a_statement_leads_to_its_words(web: TestClient) -> None:
    reading = visit_reading()
    answer = web.get(f"/statement/{reading.statements[0].id}")
    assert answer.status_code == 303 and answer.headers["location"] == f"/article/{reading.article.id}#s1"


def test_an_actor_is_found_across_articles(serve: Serve) -> None:
    web = serve(visit_reading(), *(plain_reading(number) for number in range(3)))
    told = _words(web.get("/actor", params={"name": "Ine Berg", "country": "NOR"}).text)
    assert "In 4 articles, from 2020-01-01 to 2020-03-14" in told
    assert "Defence Minister GOV/MIL 4×" in told and re.search(r"With whom Poland POL 4 events", told)
    assert "Events 4" in told and "Said 4" in told


def test_what_is_not_there_is_told(web: TestClient) -> None:
    for address in ("/event/ffff", "/article/ffff", "/statement/ffff", "/actor?name=Nobody", "/actor", "/event/a*b"):
        answer = web.get(address)
        assert answer.status_code == 404 and 'role="alert"' in answer.text
    assert "an article" in _words(web.get(f"/event/{visit_reading().article.id}").text)


def test_a_record_that_is_gone_is_told(tmp_path: Path) -> None:
    answer = TestClient(make_app(tmp_path / "none.db"), base_url="http://localhost").get("/")
    assert answer.status_code == 500 and "there is no such record" in answer.text


def test_older_versions_are_linked(serve: Serve) -> None:
    old, new = (
        visit_reading(),
        visit_reading(visit_reading().article.text + " More.", published=visit_reading().article.published),
    )
    web = serve(old, new)
    assert f'href="/article/{new.article.id}"' in web.get(f"/article/{old.article.id}").text


def test_a_pasted_article_is_shown_and_not_stored(web: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}

    def read(text: str, **told: Any) -> Reading:
        seen.update(told, text=text)
        return visit_reading()

    monkeypatch.setattr(build, "read", read)
    answer = web.post("/read", data={"text": "One\r\ntwo", "date": "2020-03-14", "title": ""}, headers=_HERE)
    assert answer.status_code == 200 and 'href="#e1"' in answer.text and "/event/" not in answer.text
    assert (seen["text"], seen["date"], seen["title"]) == ("One\ntwo", "2020-03-14", None)
    assert "2 articles" in _words(web.get("/").text)


def test_a_pasted_article_without_a_date_is_told(web: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(text: str, **told: Any) -> Reading:
        raise DateError("no date was found; give one")

    monkeypatch.setattr(build, "read", read)
    for given, message in (
        ({"text": "Words."}, "no date was found"),
        ({"text": " "}, "there is no text"),
        ({"text": "x", "date": "soon"}, "is no day of publication"),
    ):
        answer = web.post("/read", data=given, headers=_HERE)
        assert answer.status_code == 400 and message in answer.text


def test_the_pages_load_no_language_model() -> None:
    code = "import dateline.web.app, sys; print(sorted({'spacy', 'onnxruntime', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_is_read_meanwhile_is_counted(web: TestClient, tmp_path: Path) -> None:
    assert "3 events" in _words(web.get("/").text)
    with open_writer(tmp_path / "record.db") as writer:
        writer.add(plain_reading(1))
    assert "4 events" in _words(web.get("/").text)
    assert "of 4 events" in _words(web.get("/events").text)


def test_the_search_of_the_start_leads_to_a_list(web: TestClient) -> None:
    answer = web.get("/find", params={"kind": "figures", "q": "kind:killed"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/figures?q=kind%3Akilled")
    assert web.get("/find", params={"kind": "/evil.example", "q": ""}).status_code == 404
