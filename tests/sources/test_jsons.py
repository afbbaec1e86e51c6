"""JSON and JSONL: the names of fields, broken records, and files larger than the window."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dateline.sources import jsons
from dateline.sources.files import read_sources
from dateline.sources.jsons import read_json, read_jsonl
from dateline.sources.sourced import Sourced

BODY = "The two ministers met in Oslo on Friday and agreed to reopen the road across the border, officials said."
TIME = date(2021, 6, 1)


def lines(data: bytes) -> list[Sourced]:
    return list(read_jsonl(io.BytesIO(data), "a.jsonl", given_date=None, file_time=TIME, time_is="the file's time"))


def values(data: Any, encoding: str = "utf-8") -> list[Sourced]:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode(encoding)
    return list(read_json(io.BytesIO(raw), "a.json", given_date=None, file_time=TIME, time_is="the file's time"))


@pytest.mark.parametrize(
    "record",
    [
        {"id": 7, "date": "2020-03-14", "title": "Road", "text": BODY, "url": "https://e.org/a", "source": "Herald",
         "author": "Jane"},
        {"uid": "7", "date_publish": "2020-03-14 10:00:00", "title": "Road", "maintext": BODY, "url": "https://e.org/a",
         "source_domain": "Herald", "authors": ["Jane"]},
        {"_id": {"$oid": "x"}, "guid": 7.0, "publishedAt": "2020-03-14T10:00:00Z", "headline": "Road", "content": BODY,
         "link": "https://e.org/a", "source": {"id": None, "name": "Herald"}, "author": {"name": "Jane"}},
        {"Id": "7", "datePublished": "14 March 2020", "Headline": "Road", "articleBody": BODY, "URL": "https://e.org/a",
         "publisher": "Herald", "byline": "Jane"},
        {"doc_id": 7, "pub_date": 1584180000, "title": "Road", "body": [BODY[:50], BODY[50:]], "web_url": "https://e.org/a",
         "outlet": "Herald", "Author": "Jane", "text": ""},
    ],
)  # fmt: skip
def test_field_names(record: dict[str, Any]) -> None:
    (sourced,) = lines(json.dumps(record).encode() + b"\n")
    article = sourced.article
    assert article is not None
    assert sourced.ref == "a.jsonl#7" and article.text.replace("\n\n", "") == BODY
    assert (article.published, article.published_basis) == (date(2020, 3, 14), "metadata")
    assert (article.title, article.url, article.source, article.byline) == ("Road", "https://e.org/a", "Herald", "Jane")


def test_a_broken_line_is_named_and_the_rest_goes_on() -> None:
    good = json.dumps({"date": "2020-03-14", "text": BODY})
    data = "\n".join([good] * 16 + [good[:-20]] + [good, ""])
    found = lines(data.encode())
    assert [sourced.article is None for sourced in found] == [False] * 16 + [True] + [False]
    assert found[16].ref == "a.jsonl:17" and found[16].problems[0].code == "json-invalid"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b'"text"', "record-unknown"),
        (b"[1, 2]", "record-unknown"),
        (b'{"date": "2020-03-14"}', "text-missing"),
        (b'{"date": "2020-03-14", "text": " "}', "text-empty"),
        (b'{"date": "2020-03-14", "text": null}', "text-missing"),
        (b'{"date": "2020-02-30", "text": "Oslo is a city."}', "date-impossible"),
        (b"[" * 100_000, "json-invalid"),
        (b'{"a": ' + b"9" * 5000 + b"}", "json-invalid"),
        (b'{"text": "\xff\xfe\x81"', "json-invalid"),
    ],
)
def test_bad_records(line: bytes, code: str) -> None:
    (sourced,) = lines(line + b"\n")
    assert sourced.article is None and sourced.problems[0].code == code


def test_a_byte_order_mark_crlf_and_utf_16() -> None:
    record = json.dumps({"date": "2020-03-14", "text": BODY, "id": "é"}, ensure_ascii=False) + "\r\n"
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le"):
        found = lines((record * 3).encode(encoding))
        assert [sourced.ref for sourced in found] == ["a.jsonl#é", "a.jsonl:2#é", "a.jsonl:3#é"]


def test_text_of_a_record_is_kept_as_it_is() -> None:
    text = f"\ufeff  {BODY}\r\n\u2028x\u00a0\U0001f600"
    (sourced,) = lines(json.dumps({"date": "2020-03-14", "text": text}).encode())
    assert sourced.article is not None and sourced.article.text == text


def test_a_line_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsons, "MAX_RECORD_BYTES", 1000)
    good = json.dumps({"date": "2020-03-14", "text": BODY}).encode() + b"\n"
    long = json.dumps({"date": "2020-03-14", "text": BODY * 100}).encode() + b"\n"
    found = lines(good + long + good)
    assert [sourced.article is None for sourced in found] == [False, True, False]
    assert found[1].ref == "a.jsonl:2" and found[1].problems[0].code == "text-too-long"


RECORD = {"date": "2020-03-14", "text": BODY}


@pytest.mark.parametrize(
    ("data", "count"),
    [
        ([RECORD, RECORD], 2),
        ({"status": "ok", "totalResults": 2, "articles": [RECORD, RECORD], "next": None}, 2),
        ({"results": [RECORD]}, 1),
        (RECORD, 1),
        ({"title": "Road", "tags": ["a", "b"], **RECORD}, 1),
        (json.dumps(RECORD, indent=2).encode() + b"\n" + json.dumps(RECORD, indent=2).encode(), 2),
    ],
)
def test_shapes(data: Any, count: int) -> None:
    found = values(data)
    assert [sourced.article is not None for sourced in found] == [True] * count


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_encodings(encoding: str) -> None:
    assert values([RECORD], encoding)[0].article is not None


def test_a_window_smaller_than_the_records(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsons, "_CHUNK_BYTES", 7)
    records = [
        {"id": number, "date": "2020-03-14", "text": f"{BODY} é {number}", "n": 12345, "e": 1.5e3}
        for number in range(5)
    ]
    found = values({"articles": records, "count": 123})
    assert [sourced.article and sourced.article.text for sourced in found] == [record["text"] for record in records]
    assert [sourced.ref for sourced in values(records)] == [f"a.json#{number}" for number in range(5)]


def test_a_fault_in_a_list_names_its_line_and_keeps_what_stands_before() -> None:
    text = json.dumps([RECORD, RECORD, RECORD], indent=1)
    broken = text.replace("}", "", 2).replace("", "", 0)
    found = values(broken.encode())
    assert found[-1].article is None and found[-1].problems[0].code == "json-invalid"
    cut = values(text[:-20].encode())
    assert [sourced.article is not None for sourced in cut] == [True, True, False]
    assert cut[-1].ref.startswith("a.json:")


def test_repeated_ids_are_told_apart_by_their_line() -> None:
    data = "".join(
        json.dumps({"id": 1, "date": "2020-03-14", "text": f"{BODY} {number}"}) + "\n" for number in range(2)
    )
    assert [sourced.ref for sourced in lines(data.encode())] == ["a.jsonl#1", "a.jsonl:2#1"]


def test_a_field_with_html_gives_its_words() -> None:
    markup = (
        f"<p>{BODY}</p><script>var x = 1;</script><figure><figcaption>A road</figcaption></figure>"
        f"<div>Prices &amp; <b>wages</b><br>rose.</div>"
    )
    (sourced,) = lines(json.dumps({"date": "2020-03-14", "body": markup}).encode())
    assert sourced.article is not None and sourced.article.text == f"{BODY}\n\nPrices & wages\n\nrose."
    assert [problem.code for problem in sourced.problems] == ["markup-removed"]


def test_a_lone_angle_bracket_is_text() -> None:
    text = f"{BODY} It holds that a < b and c > d, <so> he wrote."
    (sourced,) = lines(json.dumps({"date": "2020-03-14", "text": text}).encode())
    assert sourced.article is not None and sourced.article.text == text


def test_news_please_without_a_date_takes_that_of_the_address(tmp_path: Path) -> None:
    record: dict[str, object] = {
        "maintext": BODY,
        "date_publish": None,
        "date_download": "2031-01-01 00:00:00",
        "title": "Road",
    }
    record |= {
        "source_domain": "x.example",
        "url": "https://x.example/2020/03/14/road",
        "authors": ["Jane Roe", "Sam Poe"],
    }
    file = tmp_path / "a.json"
    file.write_text(json.dumps(record))
    (sourced,) = read_sources([str(file)])
    article = sourced.article
    assert article is not None and (article.published.isoformat(), article.published_basis) == ("2020-03-14", "url")
    assert (article.byline, article.source) == ("Jane Roe, Sam Poe", "x.example")


def test_json_ld_in_files_of_its_own(tmp_path: Path) -> None:
    item: dict[str, object] = {
        "@type": "NewsArticle",
        "headline": "Road",
        "articleBody": BODY,
        "datePublished": "2020-03-14T01:00:00+02:00",
    }
    item |= {"author": {"@type": "Person", "name": "Jane Roe"}, "publisher": {"name": "The Courier"}}
    for number, data in enumerate((item, [item], {"@context": "https://schema.org", "@graph": [item]})):
        file = tmp_path / f"{number}.json"
        file.write_text(json.dumps(data))
        (sourced,) = read_sources([str(file)])
        article = sourced.article
        assert article is not None and article.text == BODY and article.published.isoformat() == "2020-03-14"
        assert (article.title, article.byline, article.source) == ("Road", "Jane Roe", "The Courier")
