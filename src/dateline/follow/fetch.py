"""Fetching over HTTP as a good guest: slow for each host, by robots.txt, within limits of time and size, never inwards.

On `http.client`, because the connection has to be made to the very IP address that was judged, redirects have to be
judged one by one, and a body has to be cut off while it comes; a bigger library would have to be talked out of doing
these itself.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit, urlunsplit

from dateline.follow.addresses import (
    AddressRefused,
    Lookup,
    ascii_address,
    looked_up,
    public_addresses,
    split_address,
)
from dateline.follow.robots import EVERYTHING, NOTHING, Robots, parse_robots
from dateline.version import __version__

AGENT = "dateline"
_MOST_REDIRECTS = 5
_MOST_ROBOTS_BYTES = 512_000
_CHUNK_BYTES = 1 << 16
# However long a server asks us to stay away, we look again after a day.
_LONGEST_WAIT = 86_400.0
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Limits:
    """How fetching is bounded.

    Attributes:
        delay: seconds between two requests to one host; a longer Crawl-delay of the site counts instead.
        seconds: for one request from the look-up of its host to the last byte.
        bytes: of one body, unpacked.
        allow_private: whether addresses of private networks may be fetched.
        agent: the name and address under which we call.
    """

    delay: float = 2.0
    seconds: float = 30.0
    bytes: int = 16_000_000
    allow_private: bool = False
    agent: str = f"dateline/{__version__} (news reader; polite; reads robots.txt)"


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: its status (200 or 304), the address after redirects, headers by lower-case name, the body."""

    status: int
    url: str
    headers: dict[str, str]
    body: bytes


class FetchFault(Exception):
    """Nothing was fetched; the message says why, as the end of a sentence.

    Attributes:
        code: short and stable ("robots", "private", "status", "slow", "long", "redirects", "connection").
        retry_after: seconds for which the server asked to be left alone.
        gone: whether there is no use in asking again (404, 410, refused).
    """

    def __init__(self, code: str, message: str, *, retry_after: float | None = None, gone: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.retry_after = retry_after
        self.gone = gone


@dataclass(slots=True)
class _Host:
    """What is known of a host: its robots.txt, and when it may be asked again."""

    robots: Robots | None = None
    next_at: float = 0.0
    closed_until: float = 0.0


@dataclass(slots=True)
class Fetcher:
    """Fetches pages one after the other, and remembers each host's wishes."""

    limits: Limits = field(default_factory=Limits)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    lookup: Lookup = looked_up
    _hosts: dict[str, _Host] = field(default_factory=dict)

    def get(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """The page at an address, after redirects; status 304 where it has not changed since `etag` or `modified`.

        Raises:
            FetchFault: why there is none.
        """
        seen: list[str] = []
        for _ in range(_MOST_REDIRECTS + 1):
            url = _checked(url)
            if url in seen:
                raise FetchFault("redirects", "the address leads back to itself", gone=True)
            seen.append(url)
            self._ask_robots(url)
            answer = self._request(url, etag, modified, self.limits.bytes)
            if answer.status not in _REDIRECTS:
                return self._judged(answer)
            target = answer.headers.get("location")
            if not target:
                raise FetchFault("redirects", "the server redirects, but not to an address")
            url = _target(url, target)
        raise FetchFault("redirects", f"the address redirects more than {_MOST_REDIRECTS} times", gone=True)

    def _judged(self, answer: Fetched) -> Fetched:
        if answer.status in (200, 304):
            return answer
        if answer.status in (429, 503):
            wait = _retry_after(answer.headers.get("retry-after"))
            if wait is not None:
                self._host(answer.url).closed_until = self.clock() + wait
            told = f" for {wait:,.0f} seconds" if wait is not None else ""
            raise FetchFault(
                "status", f"the server asks to be left alone{told} (status {answer.status})", retry_after=wait
            )
        raise FetchFault("status", f"the server answered with status {answer.status}", gone=answer.status in (404, 410))

    def _ask_robots(self, url: str) -> None:
        host = self._host(url)
        if host.robots is None:
            host.robots = self._robots_of(url)
        if not host.robots.allows(url):
            raise FetchFault("robots", "the site's robots.txt asks not to read this address")

    def _robots_of(self, url: str) -> Robots:
        """The rules of a site; a site without them allows all, one that cannot say them (5xx) allows nothing now."""
        parts = urlsplit(url)
        address = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
        for _ in range(_MOST_REDIRECTS + 1):
            answer = self._request(address, None, None, _MOST_ROBOTS_BYTES, cut=True)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                break
            address = _target(address, answer.headers["location"])
        if answer.status == 200:
            return parse_robots(answer.body, AGENT)
        return NOTHING if answer.status >= 500 or answer.status == 429 else EVERYTHING

    def _host(self, url: str) -> _Host:
        parts = urlsplit(url)
        return self._hosts.setdefault(f"{parts.scheme}://{parts.netloc}".lower(), _Host())

    def _wait(self, url: str) -> None:
        host = self._host(url)
        now = self.clock()
        if host.closed_until > now:
            wait = host.closed_until - now
            raise FetchFault(
                "status", f"the server asked to be left alone for {wait:,.0f} more seconds", retry_after=wait
            )
        if host.next_at > now:
            self.sleep(host.next_at - now)
        asked = host.robots.delay if host.robots is not None and host.robots.delay is not None else 0.0
        host.next_at = self.clock() + max(self.limits.delay, asked)

    def _request(self, url: str, etag: str | None, modified: str | None, most: int, *, cut: bool = False) -> Fetched:
        """One request without redirects.

        Args:
            cut: whether a body that is too long is cut off, and not refused.
        """
        try:
            parts = split_address(url)
            self._wait(url)
            port = parts.port or (443 if parts.scheme == "https" else 80)
            host = parts.hostname or ""
            addresses = public_addresses(host, port, allow_private=self.limits.allow_private, lookup=self.lookup)
        except AddressRefused as error:
            raise FetchFault("private", str(error), gone=True) from None
        except (OSError, UnicodeError) as error:
            raise FetchFault("connection", f"the host was not found ({error})") from None
        headers = {"User-Agent": self.limits.agent, "Accept-Encoding": "gzip", "Connection": "close"}
        headers["Accept"] = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5"
        if etag:
            headers["If-None-Match"] = etag
        if modified:
            headers["If-Modified-Since"] = modified
        connection = _connection(parts.scheme, host, port, addresses, self.limits.seconds)
        watch = _Watch(self.limits.seconds)
        answer: http.client.HTTPResponse | None = None
        try:
            with watch:
                path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
                connection.connect()
                watch.socket = connection.sock
                connection.request("GET", path, headers=headers)
                answer = connection.getresponse()
                told = {name.lower(): value for name, value in reversed(answer.getheaders())}
                body = b"" if answer.status in (304, *_REDIRECTS) else _body(answer, told, most, cut)
        except (OSError, http.client.HTTPException, ValueError, AttributeError, zlib.error) as error:
            # Cutting a connection in the middle makes the library fail in several ways; the watch knows why.
            if watch.expired or isinstance(error, TimeoutError):
                raise FetchFault("slow", f"the server took longer than {self.limits.seconds:g} seconds") from None
            why = " ".join(str(error).split())[:120] or type(error).__name__
            raise FetchFault("connection", f"the connection failed ({why})") from None
        finally:
            if answer is not None:
                answer.close()
            connection.close()
        if watch.expired:
            raise FetchFault("slow", f"the server took longer than {self.limits.seconds:g} seconds")
        return Fetched(answer.status, url, told, body)


class _Watch:
    """Cuts a connection off when its time is over, however slowly bytes may drip in."""

    def __init__(self, seconds: float) -> None:
        self.expired = False
        # Held here: the connection lets go of its socket once an answer has begun.
        self.socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _cut(self) -> None:
        self.expired = True
        if self.socket is not None:
            try:
                socket.socket.shutdown(self.socket, socket.SHUT_RDWR)
            except OSError:
                self.socket.close()  # it was closed from the other side already


def _connection(scheme: str, host: str, port: int, addresses: list[str], seconds: float) -> http.client.HTTPConnection:
    """A connection whose socket goes to one of the judged addresses, while names and certificates are the host's."""

    def connect(*_: object, **__: object) -> socket.socket:
        fault: OSError | None = None
        for address in addresses[:4]:
            try:
                return socket.create_connection((address, port), timeout=seconds)
            except OSError as error:
                fault = error
        raise fault or OSError("the host has no address")

    shown = f"[{host}]" if ":" in host else host
    if scheme == "https":
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            shown, port, timeout=seconds, context=ssl.create_default_context()
        )
    else:
        connection = http.client.HTTPConnection(shown, port, timeout=seconds)
    connection._create_connection = connect  # type: ignore[attr-defined]
    return connection


def _body(answer: http.client.HTTPResponse, headers: dict[str, str], most: int, cut: bool) -> bytes:
    """The unpacked body.

    Raises:
        FetchFault: it is longer than allowed, or breaks off.
    """
    packed = headers.get("content-encoding", "").strip().lower()
    unpacker = zlib.decompressobj(47) if packed in ("gzip", "x-gzip", "deflate") else None
    parts: list[bytes] = []
    size = 0
    while data := answer.read1(_CHUNK_BYTES):
        part = unpacker.decompress(data, most + 1 - size) if unpacker else data
        parts.append(part)
        size += len(part)
        if size > most:
            if cut:
                return b"".join(parts)[:most]
            raise FetchFault("long", f"the answer is longer than {most / 1_000_000:g} MB", gone=True)
    # What is left of the stated length did not come.
    if answer.length or (unpacker is not None and parts and not unpacker.eof):
        raise FetchFault("connection", "the answer breaks off before its end")
    return b"".join(parts)


def _retry_after(value: str | None) -> float | None:
    """Seconds that a Retry-After header names, as a number or as a date."""
    if value is None:
        return None
    if value.strip().isdigit():
        return min(float(value.strip()[:9]), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max((aware - datetime.now(UTC)).total_seconds(), 0.0), _LONGEST_WAIT)


def _target(url: str, location: str) -> str:
    """Where a redirect leads.

    Raises:
        FetchFault: to no address that is fetched.
    """
    try:
        return _checked(urljoin(url, location))
    except ValueError as error:
        raise FetchFault("redirects", f"the server redirects to no address ({error})", gone=True) from None


def _checked(url: str) -> str:
    """An address as it goes over the wire.

    Raises:
        FetchFault: it is none that is fetched.
    """
    try:
        ascii_url = ascii_address(url)
        split_address(ascii_url)
    except AddressRefused as error:
        raise FetchFault("private", str(error), gone=True) from None
    return ascii_url
