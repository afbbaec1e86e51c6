"""A reading as HTML: every character there, facts marked, nothing unescaped."""

from __future__ import annotations

import re
from html import unescape

from dateline.records.highlight import marked, plain, reading_html, table_html
from tests.samples import sample_reading


def test_text_is_whole_and_marks_are_where_facts_are() -> None:
    reading = sample_reading()
    page = reading_html(reading)
    body = page[page.index('<div class="text">') + 18 : page.index("</div>", page.index('<div class="text">'))]
    assert unescape(re.sub(r"<[^>]+>", "", body)) == reading.article.text
    assert '<mark class="time">next week</mark>' in body and '<mark class="event">visit</mark>' in body
    assert "<td>planned</td><td>CONSULT (visit)</td>" in page


def test_the_later_mark_is_seen_where_two_overlap() -> None:
    assert marked("a visit to Oslo", [("actor", 2, 15), ("event", 2, 7)]) == (
        'a <mark class="event">visit</mark><mark class="actor"> to Oslo</mark>'
    )
    assert marked("ab", [("place", 1, 9)]) == 'a<mark class="place">b</mark>'


def test_everything_is_escaped() -> None:
    assert plain('<b> & "x"\x00\ud800') == "&lt;b&gt; &amp; &quot;x&quot;\ufffd\ufffd"
    assert table_html(("<h>",), [("<i>", None, 3)]) == (
        "<table><thead><tr><th>&lt;h&gt;</th></tr></thead><tbody><tr><td>&lt;i&gt;</td><td></td><td>3</td></tr></tbody></table>"
    )
