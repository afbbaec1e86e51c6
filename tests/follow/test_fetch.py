"""Fetching from a server that misbehaves, and from addresses that are not to be reached."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler

import pytest

from dateline.follow import addresses, fetch
from dateline.follow.addresses import is_public
from dateline.follow.fetch import Fetcher, FetchFault, Limits
from tests.follow.server import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def fetcher(**limits: object) -> Fetcher:
    chosen: dict[str, object] = {"delay": 0.0, "seconds": 5.0, "allow_private": True, **limits}
    return Fetcher(Limits(**chosen))  # type: ignore[arg-type]


def fault(get: Fetcher, url: str) -> FetchFault:
    with pytest.raises(FetchFault) as caught:
        get.get(url)
    return caught.value


def test_a_page_and_its_tags(site: Site) -> None:
    site.page("/a", "hello", ETag='"x"', Last_Modified="Sat, 14 Mar 2020 10:00:00 GMT")
    answer = fetcher().get(f"{site.url}/a")
    assert (answer.status, answer.body, answer.headers["etag"]) == (200, b"hello", '"x"')
    site.page("/a", "", status=304)
    again = fetcher().get(f"{site.url}/a", etag='"x"', modified="Sat, 14 Mar 2020 10:00:00 GMT")
    assert (again.status, again.body) == (304, b"")
    asked = site.asked[-1][1]
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"x"', "Sat, 14 Mar 2020 10:00:00 GMT")
    assert asked["user-agent"].startswith("dateline/")


def test_packed_answers_are_unpacked_and_bombs_are_not(site: Site) -> None:
    site.page("/a", gzip.compress(b"hello"), Content_Encoding="gzip")
    assert fetcher().get(f"{site.url}/a").body == b"hello"
    site.page("/bomb", gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")
    assert fault(fetcher(bytes=1_000_000), f"{site.url}/bomb").code == "long"


def test_a_body_without_end_is_cut_off(site: Site) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(bytes(1 << 16))

    site.routes["/a"] = endless
    assert fault(fetcher(bytes=300_000), f"{site.url}/a").code == "long"


def test_bytes_that_drip_are_cut_off_in_time(site: Site) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x")
            time.sleep(0.1)

    def drip_headers(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(100):
            handler.wfile.write(f"X-{number}: y\r\n".encode())
            time.sleep(0.1)

    site.routes["/body"] = drip
    site.routes["/head"] = drip_headers
    for path in ("/body", "/head"):
        get = fetcher(seconds=0.6)
        started = time.monotonic()
        assert fault(get, f"{site.url}{path}").code == "slow"
        assert time.monotonic() - started < 4


def test_an_answer_that_breaks_off(site: Site) -> None:
    def short(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"only this")
        handler.close_connection = True

    site.routes["/a"] = short
    assert fault(fetcher(), f"{site.url}/a").code == "connection"

    def nonsense(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"not HTTP at all\r\n\r\n")

    site.routes["/b"] = nonsense
    assert fault(fetcher(), f"{site.url}/b").code == "connection"


def test_redirects_are_followed_but_not_in_circles(site: Site) -> None:
    site.page("/a", "", status=301, Location="/b c")
    site.page("/b%20c", "here")
    answer = fetcher().get(f"{site.url}/a")
    assert answer.body == b"here" and answer.url.endswith("/b%20c")
    site.page("/loop", "", status=302, Location="/loop")
    assert fault(fetcher(), f"{site.url}/loop").code == "redirects"
    for number in range(20):
        site.page(f"/{number}", "", status=302, Location=f"/{number + 1}")
    assert fault(fetcher(), f"{site.url}/0").code == "redirects"


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://x.example/", "http://", "http://[x", "gopher://a/", "//"]
)
def test_redirects_to_what_is_no_web_address(site: Site, target: str) -> None:
    site.page("/a", "", status=302, Location=target)
    assert fault(fetcher(), f"{site.url}/a").code in ("private", "redirects", "status")
    assert all(path in ("/a", "/robots.txt", "/", "//") for path in site.paths())


def test_too_many_requests(site: Site) -> None:
    site.page("/a", "", status=429, Retry_After="120")
    get = fetcher()
    assert fault(get, f"{site.url}/a").retry_after == 120
    asked = len(site.asked)
    # The whole host is left alone for that time, without asking.
    assert fault(get, f"{site.url}/other").retry_after == pytest.approx(120, abs=2)
    assert len(site.asked) == asked
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    site.page("/b", "", status=503, Retry_After=later)
    wait = fault(fetcher(), f"{site.url}/b").retry_after
    assert wait is not None and 80 < wait <= 90
    site.page("/c", "", status=503, Retry_After="soon")
    assert fault(fetcher(), f"{site.url}/c").retry_after is None


def test_robots(site: Site) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /private\nCrawl-delay: 7\n")
    site.page("/open", "yes")
    site.page("/private/a", "no")
    waits: list[float] = []
    get = fetcher()
    get.sleep = waits.append
    assert get.get(f"{site.url}/open").body == b"yes"
    assert fault(get, f"{site.url}/private/a").code == "robots"
    site.page("/jump", "", status=302, Location="/private/a")
    assert fault(get, f"{site.url}/jump").code == "robots"
    assert "/private/a" not in site.paths()
    assert waits and waits[-1] == pytest.approx(7, abs=0.5)
    site.page("/robots.txt", "", status=500)
    assert fault(fetcher(), f"{site.url}/open").code == "robots"


def test_one_host_is_asked_slowly(site: Site) -> None:
    site.page("/a", "x")
    waits: list[float] = []
    get = fetcher(delay=3.0)
    get.sleep = waits.append
    get.get(f"{site.url}/a")
    get.get(f"{site.url}/a")
    assert len(waits) == 2 and all(wait == pytest.approx(3.0, abs=0.2) for wait in waits)


@pytest.mark.parametrize(
    "address",
    """127.0.0.1 127.9.9.9 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 0.0.0.0 100.64.0.1 224.0.0.1 255.255.255.255
    198.18.0.1 ::1 :: fe80::1 fe80::1%eth0 fc00::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 2002:7f00:1::
    64:ff9b::7f00:1 2001:db8::1 not-an-address""".split(),  # noqa: SIM905
)
def test_addresses_inside_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_addresses_outside_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "0"])
def test_this_machine_is_refused_however_it_is_written(site: Site, host: str) -> None:
    port = site.url.rsplit(":", 1)[1]
    refused = fault(fetcher(allow_private=False), f"http://{host}:{port}/a")
    assert refused.code in ("private", "connection")
    assert site.asked == []


def test_a_public_page_that_redirects_inside(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    # The test's server stands for a public host; any other address of this machine is inside.
    monkeypatch.setattr(addresses, "is_public", lambda text: text == "127.0.0.1")
    site.page("/a", "", status=302, Location="http://169.254.169.254/latest/meta-data")
    site.page("/b", "", status=302, Location=f"http://inside.example:{site.url.rsplit(':', 1)[1]}/secret")
    get = fetcher(allow_private=False)
    get.lookup = lambda host, port: ["127.0.0.1" if host == "127.0.0.1" else "127.0.0.2"]
    assert fault(get, f"{site.url}/a").code == "private"
    assert fault(get, f"{site.url}/b").code == "private"
    assert "/secret" not in site.paths()


def test_one_private_address_among_several_is_enough_to_refuse(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    get = fetcher(allow_private=False)
    get.lookup = lambda host, port: ["93.184.216.34", "10.0.0.5"]
    assert "10.0.0.5" in str(fault(get, "http://news.example/feed"))


def test_the_connection_goes_to_the_address_that_was_judged(site: Site) -> None:
    """A name that resolves differently the second time (DNS rebinding) gains nothing: one look-up for one request."""
    asked: list[str] = []

    def lookup(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    site.page("/a", "x")
    get = fetcher()
    get.lookup = lookup
    port = site.url.rsplit(":", 1)[1]
    assert get.get(f"http://news.invalid:{port}/a").body == b"x"
    assert asked == ["news.invalid"] * 2  # robots.txt, then the page
    assert site.asked[-1][1]["host"] == f"news.invalid:{port}"


def test_hosts_that_are_not_there() -> None:
    def lookup(host: str, port: int) -> list[str]:
        raise OSError("Name or service not known")

    get = Fetcher(Limits(delay=0.0), lookup=lookup)
    assert fault(get, "http://nowhere.invalid/").code == "connection"
    assert fault(get, "http://user:secret@news.example/").code == "private"
    assert fault(get, "http://news.example/\x00").code in ("private", "connection")
    assert isinstance(fetch.AGENT, str)
