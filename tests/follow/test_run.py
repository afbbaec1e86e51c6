"""Following feeds: what is new is read once, what fails is asked later, what was cut short goes on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from dateline.build import ReadOptions, Summary
from dateline.errors import SourceError, UsageError
from dateline.follow import run
from dateline.follow.fetch import Fetcher, Limits
from dateline.follow.run import Followed, feed_addresses, follow_into
from dateline.follow.state import load_state, state_path
from dateline.sources.sourced import Sourced
from tests.follow.server import Site, serving
from tests.sources.vendors import atom, linked_page, rss, stories


class Shelf:
    """Stands in for reading into a record: keeps the articles, and can fail in the middle."""

    def __init__(self) -> None:
        self.kept: list[Sourced] = []
        self.fails_after: int | None = None

    def keep(
        self,
        sources: Iterable[Sourced],
        record: Path,
        options: ReadOptions | None,
        *,
        on_outcome: Callable[[Summary], None],
    ) -> Summary:
        summary = Summary()
        for number, sourced in enumerate(sources):
            if number == self.fails_after:
                raise RuntimeError("the power is gone")
            self.kept.append(sourced)
            if sourced.article is None:
                summary.failed += 1
            else:
                summary.added += 1
            on_outcome(summary)
        return summary

    def texts(self) -> list[str]:
        return [sourced.article.text for sourced in self.kept if sourced.article is not None]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    shelf = Shelf()
    monkeypatch.setattr(run, "keep_articles", shelf.keep)
    return shelf


def follow(tmp_path: Path, *feeds: str, now: float = 1000.0, pages: bool = True) -> Followed:
    fetcher = Fetcher(Limits(delay=0.0, seconds=5.0, allow_private=True))
    return follow_into(feeds, tmp_path / "record.db", fetcher, pages=pages, now=lambda: now)


def test_new_entries_are_read_once(tmp_path: Path, site: Site, shelf: Shelf) -> None:
    items = stories(1, 3)
    site.page("/feed", rss(items), ETag='"1"')
    followed = follow(tmp_path, f"{site.url}/feed")
    assert shelf.texts() == [item.text for item in items]
    first = shelf.kept[0].article
    assert first is not None and (first.url, first.source, first.published) == (
        items[0].url,
        items[0].source,
        items[0].day,
    )
    assert (followed.feeds, followed.failed, followed.summary.added) == (1, 0, 3)
    more = [*stories(50, 1), *items]
    site.page("/feed", rss(more), ETag='"2"')
    follow(tmp_path, f"{site.url}/feed")
    assert shelf.texts()[3:] == [more[0].text]
    assert site.asked[-1][1]["if-none-match"] == '"1"'


def test_an_unchanged_feed(tmp_path: Path, site: Site, shelf: Shelf) -> None:
    site.page("/feed", atom(stories(1, 2)), Last_Modified="Sat, 14 Mar 2020 10:00:00 GMT")
    follow(tmp_path, f"{site.url}/feed")
    site.page("/feed", "", status=304)
    followed = follow(tmp_path, f"{site.url}/feed")
    assert (followed.unchanged, len(shelf.kept)) == (1, 2)
    assert site.asked[-1][1]["if-modified-since"] == "Sat, 14 Mar 2020 10:00:00 GMT"


def summaries(site: Site, count: int) -> str:
    entries = "".join(
        f"<item><title>T{n}</title><link>{site.url}/page/{n}</link><description>Only the beginning.</description>"
        "<pubDate>Sat, 14 Mar 2020 10:00:00 GMT</pubDate></item>"
        for n in range(count)
    )
    return f"<rss version='2.0'><channel><title>The Courier</title>{entries}</channel></rss>"


def test_pages_are_fetched_where_the_feed_gives_a_summary(tmp_path: Path, site: Site, shelf: Shelf) -> None:
    items = stories(10, 2)
    for number, item in enumerate(items):
        site.page(f"/page/{number}", linked_page([item]), Content_Type="text/html; charset=utf-8")
    site.page("/feed", summaries(site, 2))
    follow(tmp_path, f"{site.url}/feed")
    assert shelf.texts() == [item.text for item in items]
    article = shelf.kept[0].article
    # The feed's own date counts before that of the page.
    assert article is not None and article.published.isoformat() == "2020-03-14" and article.title == "T0"


def test_pages_that_cannot_be_had(tmp_path: Path, site: Site, shelf: Shelf) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /page/1\n")
    site.page("/page/0", "", status=500)
    site.page("/page/1", linked_page(stories(1, 1)))
    site.page("/page/2", b"\x89PNG", Content_Type="image/png")
    site.page("/page/3", "<html><body><p>Hi</p></body></html>", Content_Type="text/html")
    site.page("/feed", summaries(site, 5), ETag='"1"')
    follow(tmp_path, f"{site.url}/feed")
    assert [sourced.problems[-1].code for sourced in shelf.kept] == ["page-missing"] * 5
    assert "robots.txt" in shelf.kept[1].problems[-1].message
    # The page that failed for the moment is asked for again; so the feed must not answer "unchanged".
    state = load_state(state_path(tmp_path / "record.db"))[f"{site.url}/feed"]
    assert state.etag is None and len(state.seen) == 4
    site.page("/page/0", linked_page(stories(1, 1)))
    follow(tmp_path, f"{site.url}/feed")
    assert shelf.texts() == [stories(1, 1)[0].text]
    assert load_state(state_path(tmp_path / "record.db"))[f"{site.url}/feed"].etag == '"1"'


def test_a_long_summary_stands_in_for_its_page(tmp_path: Path, site: Site, shelf: Shelf) -> None:
    item = stories(3, 1)[0]
    entry = f"<item><link>{site.url}/gone</link><description>{'Nothing else was said. ' * 10}</description></item>"
    site.page("/feed", f"<rss><channel><title>{item.source.replace('&', 'and')}</title>{entry}</channel></rss>")
    follow(tmp_path, f"{site.url}/feed")
    (sourced,) = shelf.kept
    assert sourced.article is not None and "summary-only" in [problem.code for problem in sourced.problems]


def test_without_pages_nothing_but_feeds_is_asked_for(tmp_path: Path, site: Site, shelf: Shelf) -> None:
    site.page("/feed", summaries(site, 2))
    follow(tmp_path, f"{site.url}/feed", pages=False)
    assert shelf.texts() == ["Only the beginning."] * 2
    assert [path for path in site.paths() if "page" in path] == []


def test_cut_short_it_goes_on_from_there(tmp_path: Path, site: Site, shelf: Shelf) -> None:
    items, others = stories(1, 4), stories(20, 2)
    site.page("/a", rss(items), ETag='"a"')
    site.page("/b", rss(others), ETag='"b"')
    shelf.fails_after = 5
    with pytest.raises(RuntimeError):
        follow(tmp_path, f"{site.url}/a", f"{site.url}/b")
    states = load_state(state_path(tmp_path / "record.db"))
    # The first feed is done; of the second one article is stored, but its tags do not count yet.
    assert states[f"{site.url}/a"].etag == '"a"' and states[f"{site.url}/b"].etag is None
    shelf.fails_after = None
    shelf.kept.clear()
    site.page("/a", "", status=304)
    follow(tmp_path, f"{site.url}/a", f"{site.url}/b")
    assert shelf.texts()[-1] == others[1].text and len(shelf.kept) <= 2


def test_a_failing_feed_is_left_alone_for_longer_and_longer(tmp_path: Path, site: Site, shelf: Shelf) -> None:
    site.page("/feed", "", status=500)
    feed = f"{site.url}/feed"
    waits = []
    now = 1000.0
    for _ in range(4):
        followed = follow(tmp_path, feed, now=now)
        assert followed.failed == 1 and "500" in followed.messages[0]
        next_at = load_state(state_path(tmp_path / "record.db"))[feed].next_at
        waits.append(next_at - now)
        assert follow(tmp_path, feed, now=next_at - 1).resting == 1
        now = next_at + 1
    assert waits == [300, 600, 1200, 2400]
    site.page("/feed", rss(stories(1, 1)))
    assert follow(tmp_path, feed, now=now).summary.added == 1
    assert load_state(state_path(tmp_path / "record.db"))[feed].failures == 0


def test_retry_after_counts(tmp_path: Path, site: Site, shelf: Shelf) -> None:
    site.page("/feed", "", status=429, Retry_After="5000")
    follow(tmp_path, f"{site.url}/feed")
    assert load_state(state_path(tmp_path / "record.db"))[f"{site.url}/feed"].next_at == 6000


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        (rss(stories(1, 2)).replace(b"</channel></rss>", b"<item><title>cut"), 2),
        (b"<rss><channel><item><title>T</title><description>caf\xe9 \x93here\x94</description></item>", 1),
        (b"<?xml version='1.0' encoding='utf-8'?>" + b"<rss><channel><item><description>caf\xe9 here</description>"
         b"<title>T</title></item></channel></rss>", 1),
        (b"<rss><channel><item><title>T</title><description>a&nbsp;b &hellip;</description></item></channel></rss>", 1),
        (b"\xef\xbb\xbf\n  " + rss(stories(1, 1)), 1),
        (b"<html><body>no feed</body></html>", 0),
        (b"", 0),
        (b"<rss>" * 5000, 0),
        (b"<!DOCTYPE r [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><rss><channel>&b;</channel></rss>", 0),
        (b"<!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><rss><channel><title>&a;</title></channel></rss>", 0),
    ],
)  # fmt: skip
def test_broken_feeds(tmp_path: Path, site: Site, shelf: Shelf, body: bytes, texts: int) -> None:
    site.page("/feed", body)
    site.page("/good", rss(stories(70, 1)))
    followed = follow(tmp_path, f"{site.url}/feed", f"{site.url}/good", pages=False)
    assert len(shelf.texts()) == texts + 1
    assert "root:" not in str(shelf.kept) + str(followed.messages)


def test_lists_of_feeds(tmp_path: Path, site: Site, shelf: Shelf) -> None:
    site.page("/a", rss(stories(1, 1)))
    site.page("/b", rss(stories(2, 1)))
    outlines = (
        f"<outline text='x'><outline type='rss' xmlUrl='{site.url}/a'/></outline><outline xmlURL='{site.url}/b'/>"
    )
    opml = f"<?xml version='1.0'?><opml version='2.0'><head/><body>{outlines}</body></opml>"
    (tmp_path / "feeds.opml").write_text(opml)
    (tmp_path / "feeds.txt").write_text(f"# mine\n\n{site.url}/a # first\n{site.url}/b\n")
    assert feed_addresses([str(tmp_path / "feeds.opml")]) == [f"{site.url}/a", f"{site.url}/b"]
    assert feed_addresses([str(tmp_path / "feeds.txt"), f"{site.url}/a"]) == [f"{site.url}/a", f"{site.url}/b"]
    # A list on the web leads to its feeds, and a list that lists itself ends.
    site.page("/list", opml.replace("</body>", f"<outline xmlUrl='{site.url}/list'/></body>"))
    follow(tmp_path, f"{site.url}/list")
    assert len(shelf.texts()) == 2
    with pytest.raises(SourceError, match="neither a web address"):
        feed_addresses(["nowhere.opml"])
    (tmp_path / "empty.txt").write_text("nothing\n")
    with pytest.raises(SourceError, match="lists no feeds"):
        feed_addresses([str(tmp_path / "empty.txt")])


def test_private_addresses_are_refused_by_default(tmp_path: Path, site: Site, shelf: Shelf) -> None:
    site.page("/feed", rss(stories(1, 1)))
    followed = follow_into([f"{site.url}/feed"], tmp_path / "r.db", Fetcher(Limits(delay=0.0)), now=lambda: 0.0)
    assert site.asked == [] and shelf.kept == []
    assert "private network" in followed.messages[0] and "--allow-private" in followed.messages[0]


def test_a_damaged_state_file(tmp_path: Path, site: Site, shelf: Shelf) -> None:
    for text in ("{", json.dumps({"schema": "other"}), "[]", "null"):
        state_path(tmp_path / "record.db").write_text(text)
        with pytest.raises(UsageError, match="delete it"):
            follow(tmp_path, f"{site.url}/feed")


def test_into_a_record(tmp_path: Path, site: Site) -> None:
    """With the real reading, once: articles, problems and the state in their places."""
    from dateline.archive import Archive

    site.page("/feed", rss(stories(1, 2)))
    followed = follow(tmp_path, f"{site.url}/feed")
    assert followed.summary.added == 2
    with Archive(tmp_path / "record.db") as archive:
        assert list(archive.check()) == []
    assert follow(tmp_path, f"{site.url}/feed").summary.articles == 0
