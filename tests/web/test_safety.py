"""Hostile articles, hostile requests."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dateline.archive import Archive
from dateline.web.app import make_app
from dateline.web.safety import is_loopback
from dateline.web.words import clean, link, outward
from dateline.wording import rule_lines
from tests.store.samples import plain_reading, visit_reading
from tests.web.conftest import Serve
from tests.web.samples import EVIL_NAME, hostile_reading, long_reading

_HERE = {"origin": "http://127.0.0.1:8421"}
_LISTS = ("events", "statements", "figures", "actors", "places", "times", "articles", "problems")
_TAGS = {
    *("html", "head", "meta", "title", "link", "script", "body", "header", "nav", "main", "footer", "section", "aside"),
    *(
        "a",
        "p",
        "h1",
        "h2",
        "small",
        "b",
        "span",
        "bdi",
        "br",
        "div",
        "code",
        "kbd",
        "pre",
        "mark",
        "time",
        "blockquote",
    ),
    *(
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "details",
        "summary",
    ),
    *("svg", "rect", "use", "circle", "line", "path", "polygon", "figure", "figcaption", "progress", "i", "text", "g"),
    *("form", "label", "input", "button", "select", "option", "textarea", "fieldset", "legend"),
}


class _Page(HTMLParser):
    """Notes whatever could run or lead out."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag not in _TAGS:
            self.wrong.append(f"<{tag}>")
        if tag == "script" and not given.get("src", "").startswith("/static/"):
            self.wrong.append("inline script")
        self.wrong += [f"{tag} {name}" for name in given if name.startswith("on") or name in ("style", "srcdoc")]
        for name in ("href", "src", "action"):
            if name in given and not re.match(r"[/#]|https?://", given[name]):
                self.wrong.append(f"{name}={given[name]}")


def _check(text: str) -> None:
    page = _Page()
    page.feed(text)
    assert page.wrong == []
    assert not re.search("[\x00-\x08\x0b-\x1f\u200e\u200f\u202a-\u202e\u2066-\u2069]", text)
    assert "<script>" not in text and "49" not in re.findall(r"amp;(\d+)", text)


def _addresses(reading_id: str, event_id: str) -> list[str]:
    actor = link("/actor", name=f"Ine Berg{EVIL_NAME}", country="NOR")
    return [
        *("/", "/read", "/map", "/agenda?from=2020-01-01", "/ledger?alone=yes", "/series?actors=name", "/audit", actor),
        *(f"/article/{reading_id}", f"/event/{event_id}", "/audit/1", "/audit/1/1", *(f"/{kind}" for kind in _LISTS)),
    ]


def _judge_with_harm(web: TestClient, event_id: str) -> None:
    """Begin an audit, and say harmful things about an event."""
    query = f'"{EVIL_NAME}"|-text:zzz'
    web.post("/audit", data={"size": "5", "query": query}, headers=_HERE)
    assert web.post("/audit", data={"size": "5"}, headers=_HERE).headers["location"] == "/audit/1/1"
    given = {"id": event_id, "field": "place", "verdict": "wrong", "value": EVIL_NAME, "why": EVIL_NAME, "audit": "1"}
    assert web.post("/judge", data={**given, "next": "/"}, headers=_HERE).status_code == 303


def test_no_field_of_an_article_can_run_or_reorder(serve: Serve) -> None:
    reading = hostile_reading()
    web = serve(reading)
    _judge_with_harm(web, reading.events[0].id)
    for address in _addresses(reading.article.id, reading.events[0].id):
        answer = web.get(address)
        assert answer.status_code == 200, address
        _check(answer.text)
    assert "alert(1)&lt;/script&gt;" in web.get(f"/article/{reading.article.id}").text


def test_every_actor_link_of_a_hostile_list_leads_to_its_page(serve: Serve) -> None:
    web = serve(hostile_reading())
    hrefs = re.findall(r'href="(/actor\?[^"]+)"', web.get("/actors").text)
    assert len(hrefs) == 2
    assert [web.get(unescape(href)).status_code for href in hrefs] == [200, 200]


@pytest.mark.parametrize("query", [EVIL_NAME, "a" * 9_000, '"', "type:<script>alert(1)</script>"])
@pytest.mark.parametrize("kind", _LISTS)
def test_no_query_can(web: TestClient, kind: str, query: str) -> None:
    answer = web.get(f"/{kind}", params={"q": query, "as_of": query[:100], "page": query[:5]})
    assert answer.status_code in (200, 400)
    _check(answer.text)


def test_every_answer_forbids_what_pages_do_not_need(web: TestClient) -> None:
    for address in ("/", "/events", "/static/style.css", "/nowhere", "/events.csv", "/event/zz"):
        headers = web.get(address).headers
        assert "script-src 'self';" in headers["content-security-policy"]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "evil.example:8421", "[::", "a@localhost.x"]
)
def test_other_names_for_this_server_are_refused(web: TestClient, host: str) -> None:
    assert web.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8421", "[::1]:8421"])
def test_its_own_names_are_not(web: TestClient, host: str) -> None:
    assert web.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "http://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {**_HERE, "sec-fetch-site": "cross-site"},
    ],
)
def test_other_pages_cannot_post(web: TestClient, headers: dict[str, str]) -> None:
    assert web.post("/read", data={"text": "x"}, headers=headers).status_code == 403


def test_posts_have_a_limit_and_a_form(web: TestClient) -> None:
    assert web.post("/read", data={"text": "x" * 500_000}, headers=_HERE).status_code == 413
    assert web.post("/read", content=iter([b"text=x"]), headers=_HERE).status_code == 411
    assert web.post("/read", json={"text": "x"}, headers=_HERE).status_code == 415
    assert web.post("/events", data={}, headers=_HERE).status_code == 405
    assert web.request("DELETE", "/events").status_code == 405
    answer = web.post("/read", data={"text": "x" * 70_000}, headers=_HERE)
    assert answer.status_code == 400 and "too many for a page" in answer.text


@pytest.mark.parametrize("path", ["../app.py", "..%2fapp.py", "%2e%2e/%2e%2e/app.py", "/etc/passwd", "style.css/.."])
def test_no_address_becomes_a_path(web: TestClient, path: str) -> None:
    answer = web.get(f"/static/{path}")
    assert answer.status_code == 404 and "import" not in answer.text


def test_no_rule_name_becomes_a_path() -> None:
    assert rule_lines("verbs/../../../../etc/x.toml#a") == rule_lines("/etc/x.toml#a") == []
    assert any(line.startswith("id = ") for line in rule_lines("verbs/reject.toml#reject"))


def test_with_a_token_nothing_is_answered_before_it_was_shown(tmp_path: Path) -> None:
    from dateline.store.write import open_writer

    with open_writer(tmp_path / "record.db") as writer:
        writer.add(visit_reading())
    web = TestClient(make_app(tmp_path / "record.db", token="t0ken"), base_url="http://host:1", follow_redirects=False)
    assert [web.get(address).status_code for address in ("/", "/events.csv", "/static/page.js", "/?token=x")] == [
        403
    ] * 4
    answer = web.get("/?token=t0ken")
    assert answer.status_code == 303 and "httponly" in answer.headers["set-cookie"].lower()
    assert web.get("/events").status_code == 200


def test_pages_stay_small(serve: Serve) -> None:
    long = long_reading()
    endless = long_reading(blanks=False)
    web = serve(long, endless, *(plain_reading(number) for number in range(60)), hostile_reading())
    for reading in (long, endless):
        for part in (1, 2, 99):
            page = web.get(f"/article/{reading.article.id}?part={part}")
            assert page.status_code == 200 and len(page.content) < 150_000
    for address in ("/", *(f"/{kind}" for kind in _LISTS)):
        assert len(web.get(address).content) < 150_000, address


def test_words_are_cleaned_one_for_one() -> None:
    assert clean("a\u202eb\x00c\ud800d\ne\tf") == "a\ufffdb\ufffdc\ufffdd\ne\tf"
    assert (
        clean("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645") == "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    )


def test_only_web_addresses_are_followed() -> None:
    assert outward("https://nordlys.example/a?b=c") == "https://nordlys.example/a?b=c"
    for wrong in (None, "javascript:alert(1)", "data:text/html,x", "https://a b", 'https://a"onclick=', "file:///etc"):
        assert outward(wrong) is None


@pytest.mark.parametrize(("host", "own"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False)])
def test_loopback_is_told_from_the_rest(host: str, own: bool) -> None:
    assert is_loopback(host) is own


def test_a_crash_is_guarded_and_tells_nothing_of_the_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(self: Archive, path: Path) -> None:
        raise RuntimeError("secret <b>")

    monkeypatch.setattr(Archive, "__init__", crash)
    web = TestClient(make_app(tmp_path / "x.db"), base_url="http://localhost", raise_server_exceptions=False)
    answer = web.get("/")
    assert answer.status_code == 500 and "RuntimeError" in answer.text and "secret" not in answer.text
    assert "script-src" in answer.headers["content-security-policy"]
