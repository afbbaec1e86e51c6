"""Judging facts in the browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dateline.store.corrections import judgements
from dateline.store.write import open_writer
from dateline.web.app import make_app
from tests.store.samples import shelling_reading, visit_reading

_HERE = {"origin": "http://127.0.0.1:8421"}
_VISIT = visit_reading().events[0].id


def _judge(web: TestClient, **given: str) -> int:
    told = {"id": _VISIT, "field": "fact", "verdict": "right", "next": "/", **given}
    return int(web.post("/judge", data=told, headers=_HERE).status_code)


def test_a_part_is_corrected_on_the_page_of_its_event(web: TestClient, tmp_path: Path) -> None:
    assert _judge(web, field="status", verdict="wrong", value="possible", next=f"/event/{_VISIT}#correct") == 303
    page = web.get(f"/event/{_VISIT}").text
    assert '<span class="verdict v-wrong">wrong</span> <span class="dim">should be</span> <bdi>possible</bdi>' in page
    assert "What was judged" in page and "take back" in page
    # What was read stays as it is.
    assert "status-planned" in page or '<span class="status s-planned">planned</span>' in page
    assert _judge(web, field="status", verdict="withdrawn") == 303
    assert "v-wrong" not in re.findall(r'<ul class="judging">.*?</ul>', web.get(f"/event/{_VISIT}").text, re.DOTALL)[0]
    assert len(judgements(tmp_path / "record.db")) == 2


def test_who_says_what_it_should_be_has_not_called_it_right(web: TestClient, tmp_path: Path) -> None:
    _judge(web, field="place", verdict="right", value="Gdansk")
    (held,) = judgements(tmp_path / "record.db")
    assert (held.verdict, held.value) == ("wrong", "Gdansk")


def test_a_sample_is_judged_one_after_the_other(web: TestClient) -> None:
    begun = web.post("/audit", data={"size": "9", "kind": "event"}, headers=_HERE)
    assert begun.status_code == 303 and begun.headers["location"] == "/audit/1/1"
    for n in (1, 2, 3):
        page = web.get(f"/audit/1/{n}").text
        (fact,) = set(re.findall(r'name="id" value="(\w+)"', page))
        after = "/audit/1" if n == 3 else f"/audit/1/{n + 1}"
        assert f'name="next" value="{after}"' in page
        if n == 2:
            _judge(web, id=fact, field="status", verdict="wrong", audit="1")
            assert 'aria-pressed="true"' in web.get("/audit/1/2").text
        assert _judge(web, id=fact, verdict="wrong" if n == 1 else "right", audit="1", next=after) == 303
    report = web.get("/audit/1").text
    assert "3 of 3 events judged" in report and "status 1" in report and "Rules that erred" in report
    assert "Go on judging" not in report
    assert web.get("/audit/1.csv").text.count("\n") == 5 and web.get("/judgements.jsonl").text.count("\n") == 4
    assert "audit 1" in web.get("/audit").text


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"size": "many"}, "write a whole number"),
        ({"size": "0"}, "draw from 1"),
        ({"kind": "actor"}, "cannot be audited"),
        ({"query": "acter:NOR"}, "did you mean"),
        ({"query": "type:AID"}, "none can be audited"),
    ],
)
def test_a_sample_that_cannot_be_drawn_is_told(web: TestClient, given: dict[str, str], message: str) -> None:
    answer = web.post("/audit", data=given, headers=_HERE)
    assert answer.status_code == 400 and message in answer.text


@pytest.mark.parametrize("where", ["", "//evil.example", "https://evil.example", "/\\evil.example", "x"])
def test_a_judgement_leads_nowhere_else(web: TestClient, tmp_path: Path, where: str) -> None:
    assert _judge(web, next=where) == 400 and judgements(tmp_path / "record.db") == []


@pytest.mark.parametrize(
    "given", [{"id": "zz"}, {"id": visit_reading().article.id}, {"field": "colour"}, {"verdict": "maybe"}]
)
def test_a_judgement_of_nothing_is_refused(web: TestClient, given: dict[str, str]) -> None:
    assert _judge(web, **given) in (400, 404)


def test_other_pages_and_large_posts_cannot_judge(web: TestClient) -> None:
    assert web.post("/judge", data={"id": _VISIT}).status_code == 403
    assert web.post("/judge", data={"why": "x" * 30_000}, headers=_HERE).status_code == 413
    assert web.get("/judge").status_code in (404, 405)


def test_a_read_only_record_is_not_judged(tmp_path: Path) -> None:
    with open_writer(tmp_path / "record.db") as writer:
        writer.add(visit_reading())
        writer.add(shelling_reading())
    web = TestClient(make_app(tmp_path / "record.db", read_only=True), base_url="http://127.0.0.1:8421")
    assert _judge(web) == 403 and web.post("/audit", data={"size": "3"}, headers=_HERE).status_code == 403
    assert "read-only" in web.post("/audit", data={"size": "3"}, headers=_HERE).text
    assert "<form" not in web.get("/audit").text
    assert 'action="/judge"' not in web.get(f"/event/{_VISIT}").text
    assert judgements(tmp_path / "record.db") == []


def test_judgements_bear_a_name(tmp_path: Path) -> None:
    with open_writer(tmp_path / "record.db") as writer:
        writer.add(visit_reading())
    web = TestClient(
        make_app(tmp_path / "record.db", who="Ada"), base_url="http://127.0.0.1:8421", follow_redirects=False
    )
    _judge(web)
    assert judgements(tmp_path / "record.db")[0].who == "Ada"


def test_an_audit_that_is_not_there_is_told(web: TestClient) -> None:
    assert [web.get(f"/audit/{where}").status_code for where in ("1", "x", "1/1", "1.csv")] == [404] * 4
