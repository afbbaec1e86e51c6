"""Following feeds into a record: what is new is read, stored, and only then noted as seen."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from dateline.build import ReadOptions, Summary, keep_articles
from dateline.errors import SourceError
from dateline.follow.fetch import Fetched, Fetcher, FetchFault
from dateline.follow.state import FeedState, load_state, save_state, state_path
from dateline.records.problem import Problem
from dateline.sources.feeds import Feed, FeedItem, parse_feed, parse_opml
from dateline.sources.header import sourced_from_draft
from dateline.sources.sourced import Draft, Sourced, Where, failure
from dateline.sources.webpages import decode_page, draft_of_page
from dateline.sources.xmltree import XmlFault

# After a failure a feed rests for this long, twice as long after each further one, a day at most.
_FIRST_WAIT, _LONGEST_WAIT = 300.0, 86_400.0
# A summary with fewer words says too little to be read in place of the article.
_FEWEST_WORDS = 25
_MOST_ITEMS = 1_000
_PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "")


@dataclass(slots=True)
class Followed:
    """What became of a pass over the feeds: `messages` tell of feeds that could not be read, with their address."""

    feeds: int = 0
    unchanged: int = 0
    resting: int = 0
    failed: int = 0
    messages: list[str] = field(default_factory=list)
    summary: Summary = field(default_factory=Summary)


def feed_addresses(arguments: Sequence[str]) -> list[str]:
    """Web addresses of feeds from the arguments: addresses, OPML files, or text files with one address a line.

    Raises:
        SourceError: a file is missing or lists no feeds.
    """
    found: dict[str, None] = {}
    for argument in arguments:
        if argument.lower().startswith(("http://", "https://")):
            found.setdefault(argument)
            continue
        try:
            data = Path(argument).read_bytes()
        except OSError as error:
            why = error.strerror or error
            message = f"{argument}: neither a web address (http://, https://) nor a readable list of feeds ({why})"
            raise SourceError(message) from None
        listed = _listed(data, argument)
        if not listed:
            raise SourceError(f"{argument}: lists no feeds: give OPML, or a text file with one address a line")
        found.update(dict.fromkeys(listed))
    return list(found)


def follow_into(
    feeds: Sequence[str],
    record: Path,
    fetcher: Fetcher,
    options: ReadOptions | None = None,
    *,
    pages: bool = True,
    on_progress: Callable[[Followed], None] = lambda followed: None,
    now: Callable[[], float] = time.time,
) -> Followed:
    """One pass over feeds: ask those whose time has come, read their new articles into the record.

    Stopped at any moment (Ctrl-C, a crash, the power), the next pass goes on from there: an entry is noted as seen
    after its article is stored, and a feed's tags after its last entry.

    Args:
        feeds: addresses, see `feed_addresses`; one that leads to an OPML list stands for the feeds in it.
        pages: whether the page is fetched where a feed gives only a summary.
    """
    path = state_path(record)
    work = _Pass(fetcher, load_state(path), path, pages, now)
    seen = 0

    def on_outcome(summary: Summary) -> None:
        nonlocal seen
        work.followed.summary = summary
        while seen < summary.articles:
            seen += 1
            work.settle_item()
        on_progress(work.followed)

    work.followed.summary = keep_articles(work.articles(feeds), record, options, on_outcome=on_outcome)
    work.settle_feeds()
    save_state(path, work.states)
    return work.followed


@dataclass(frozen=True, slots=True)
class _Item:
    """An entry that was handed out to be read, and is not stored yet."""

    state: FeedState
    id: str
    again: bool


@dataclass(frozen=True, slots=True)
class _End:
    """All entries of a feed were handed out; once they are stored, its tags count."""

    state: FeedState
    answer: Fetched
    ids: list[str]
    whole: bool


class _Pass:
    """One pass: what was handed out waits in a queue until it is stored."""

    def __init__(
        self, fetcher: Fetcher, states: dict[str, FeedState], path: Path, pages: bool, now: Callable[[], float]
    ) -> None:
        self.states = states
        self.followed = Followed()
        self._fetcher = fetcher
        self._path = path
        self._pages = pages
        self._now = now
        self._waiting: deque[_Item | _End] = deque()
        self._listed: set[str] = set()

    def articles(self, feeds: Sequence[str]) -> Iterator[Sourced]:
        """The new articles of all feeds, in order, each noted as handed out."""
        todo = deque(feeds)
        while todo:
            address = todo.popleft()
            if address in self._listed:
                continue
            self._listed.add(address)
            state = self.states.setdefault(address, FeedState())
            self.followed.feeds += 1
            if state.next_at > self._now():
                self.followed.resting += 1
                continue
            answer = self._answer(address, state)
            if answer is None:
                continue
            if answer.status == 304:
                self.followed.unchanged += 1
                state.failures, state.next_at = 0, 0.0
                continue
            if listed := _opml(answer.body):
                todo.extend(listed)
                continue
            yield from self._new(address, state, answer)

    def settle_item(self) -> None:
        """The oldest entry handed out is stored (or known not to be readable)."""
        self.settle_feeds()
        item = self._waiting.popleft()
        if isinstance(item, _Item) and not item.again:
            item.state.note(item.id)
        self.settle_feeds()

    def settle_feeds(self) -> None:
        """Feeds all of whose entries are stored: their tags count from now on."""
        while self._waiting and isinstance(end := self._waiting[0], _End):
            self._waiting.popleft()
            end.state.failures, end.state.next_at = 0, 0.0
            end.state.forget_all_but(end.ids)
            # With entries left for another time, the feed must answer again although it has not changed.
            end.state.etag = end.answer.headers.get("etag") if end.whole else None
            end.state.modified = end.answer.headers.get("last-modified") if end.whole else None
            save_state(self._path, self.states)

    def _answer(self, address: str, state: FeedState) -> Fetched | None:
        try:
            return self._fetcher.get(address, etag=state.etag, modified=state.modified)
        except FetchFault as error:
            self._failed(address, state, str(error), error.retry_after)
        return None

    def _failed(self, address: str, state: FeedState, why: str, wait: float | None = None) -> None:
        state.failures += 1
        backed_off = min(_FIRST_WAIT * 2 ** min(state.failures - 1, 12), _LONGEST_WAIT)
        state.next_at = self._now() + max(wait or 0.0, backed_off)
        self.followed.failed += 1
        self.followed.messages.append(f"{address}: {why}")

    def _new(self, address: str, state: FeedState, answer: Fetched) -> Iterator[Sourced]:
        try:
            feed = parse_feed(answer.body)
        except XmlFault as error:
            self._failed(address, state, f"this is no feed that can be read: {error}")
            return
        if any(problem.code == "xml-repaired" for problem in feed.problems):
            self.followed.messages.append(f"{address}: {feed.problems[-1].message}")
        whole = True
        items = feed.items[:_MOST_ITEMS]
        for item in items:
            if not item.id or state.knows(item.id):
                continue
            sourced, again = self._article(item, feed, address)
            whole = whole and not again
            self._waiting.append(_Item(state, item.id, again))
            yield sourced
        self._waiting.append(_End(state, answer, [item.id for item in items], whole))

    def _article(self, item: FeedItem, feed: Feed, address: str) -> tuple[Sourced, bool]:
        """The article of an entry, and whether to come back for it in another pass."""
        where = Where(item.link or f"{address}#{item.id}", "", None, _today(), "the day of reading")
        draft = Draft(
            item.text,
            where.ref,
            title=item.title,
            byline=item.byline,
            source=feed.title,
            url=item.link,
            date_field=item.published,
            file_time=where.time,
            file_time_is=where.time_is,
        )
        if item.whole or item.link is None or not self._pages:
            return (_sourced(draft) if item.text else _no_text(where)), False
        try:
            page = self._page(item, draft, where)
        except FetchFault as error:
            again = not error.gone and error.code in ("status", "slow", "connection")
            return self._summary_of(draft, str(error)), again
        if isinstance(page, Sourced):
            return self._summary_of(draft, page.problems[-1].message), False
        if len(page.text.split()) < len(draft.text.split()):
            return self._summary_of(draft, "it shows less than the feed"), False
        return _sourced(page), False

    def _page(self, item: FeedItem, draft: Draft, where: Where) -> Draft | Sourced:
        answer = self._fetcher.get(item.link or "")
        kind = answer.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind not in _PAGE_TYPES:
            return failure(where.ref, "binary", f"the address leads to {kind!r}, not to a page")
        markup = decode_page(answer.body, answer.headers.get("content-type"))
        if markup is None:
            return failure(where.ref, "undecodable", "the page is in no known encoding")
        page = draft_of_page(markup, where, answer.url)
        if isinstance(page, Sourced):
            return page
        return replace(
            page,
            title=item.title or page.title,
            byline=page.byline or item.byline,
            source=page.source or draft.source,
            date_field=item.published,
        )

    def _summary_of(self, draft: Draft, why: str) -> Sourced:
        """The feed's summary in place of a page that cannot be had, where it says enough."""
        if len(draft.text.split()) < _FEWEST_WORDS:
            return failure(draft.ref, "page-missing", f"the page could not be read: {why}")
        message = f"the page could not be read ({why}); the feed's summary was read in its place"
        return _sourced(replace(draft, problems=(Problem("source", "summary-only", message),)))


def _sourced(draft: Draft) -> Sourced:
    return sourced_from_draft(draft, None)


def _no_text(where: Where) -> Sourced:
    return failure(where.ref, "text-empty", "the entry has no text, and no page was fetched for it")


def _listed(data: bytes, name: str) -> list[str]:
    """The addresses in an OPML or text file."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        try:
            return list(parse_opml(data))
        except XmlFault as error:
            raise SourceError(f"{name}: {error}") from None
    lines = (line.partition(" #")[0].strip() for line in data.decode("utf-8", "replace").splitlines())
    return [line for line in lines if line.lower().startswith(("http://", "https://"))]


def _opml(data: bytes) -> list[str]:
    """The feeds that an answer lists, none where it is no OPML."""
    if b"<opml" not in data[:4000].lower():
        return []
    try:
        return list(parse_opml(data))
    except XmlFault:
        return []


def _today() -> date:
    return datetime.now().astimezone().date()
