"""What stands between the network and the pages: who may ask, what may be posted, what a browser may do with it.

Articles are hostile input and so is the web: a page elsewhere can send a browser's requests here. Only requests that
name this server as their host are answered (DNS rebinding), only its own pages may post (CSRF), and no page may run
a script that is not a file of ours.
"""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Collection
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_POST: Final = 400_000
_COOKIE: Final = "dateline"
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS: Final = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not "no-referrer": with it browsers post forms without naming their origin.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server bound to this host."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Guard:
    """The outermost layer of the application.

    Args:
        hosts: names a request may call this server by, besides those of the loopback.
        token: if given, nothing is answered to a browser that has not shown it once (as `?token=`).
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str] = (), token: str | None = None) -> None:
        self._app = app
        self._hosts = {"127.0.0.1", "localhost", "::1", *hosts}
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    given[name] = value
                given.setdefault("cache-control", "no-cache")
            await send(message)

        answer = refusal if refusal is not None else self._app
        await answer(scope, receive, send_safely)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        host = headers.get("host", "")
        # With a token any name will do: the cookie that a browser shows belongs to one name only.
        if self._token is None and _name(host) not in self._hosts:
            return _refused(421, "this address is not one that this server answers to; use the one it printed")
        if self._token is not None and not self._admitted(headers):
            shown = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
            if not hmac.compare_digest(shown.encode(), self._token.encode()):
                return _refused(403, "open the whole address that `dateline serve` printed, with its token")
            answer = Response(status_code=303, headers={"location": "/"})
            answer.set_cookie(_COOKIE, self._token, httponly=True, samesite="strict")
            return answer
        if scope["method"] in ("GET", "HEAD"):
            return None
        if scope["method"] != "POST":
            return _refused(405, "pages are read with GET and posted with POST")
        origin = headers.get("origin", "")
        if urlsplit(origin).netloc != host or headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return _refused(403, "only a page of this server may post to it")
        length = headers.get("content-length", "")
        if not length.isdigit():
            return _refused(411, "a post must say how long it is")
        if int(length) > LARGEST_POST:
            return _refused(413, f"{int(length):,} bytes are too many; at most {LARGEST_POST:,} can be posted")
        return None

    def _admitted(self, headers: Headers) -> bool:
        cookie: SimpleCookie = SimpleCookie()
        try:
            cookie.load(headers.get("cookie", ""))
        except CookieError:
            return False
        shown = cookie[_COOKIE].value if _COOKIE in cookie else ""
        return self._token is not None and hmac.compare_digest(shown.encode(), self._token.encode())


def _name(host: str) -> str:
    """The name in a Host header, without its port."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _refused(status: int, why: str) -> Response:
    return PlainTextResponse(f"dateline: {why}\n", status_code=status)
