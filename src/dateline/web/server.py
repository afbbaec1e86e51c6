"""Listening: the application of a record on a socket."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn

from dateline.archive import Archive
from dateline.errors import UsageError
from dateline.web.app import make_app
from dateline.web.safety import is_loopback

_WAITING = 64


def serve_record(
    record: Path,
    *,
    host: str,
    port: int,
    on_ready: Callable[[str], None],
    who: str = "",
    read_only: bool = False,
) -> None:
    """Show a record until Ctrl-C.

    Args:
        on_ready: called once with the address, when it can be opened; where others than this machine can reach the
            host, the address holds the token that they need.
        who: in whose name facts are judged; read_only: whether nothing can be.

    Raises:
        StoreError: there is no such record.
        UsageError: the host or port cannot be listened on.
    """
    Archive(record).close()
    listening = _listen(host, port)
    here: int = listening.getsockname()[1]
    everywhere = host in ("0.0.0.0", "::")
    name = socket.gethostname() if everywhere else f"[{host}]" if ":" in host else host
    judging: dict[str, Any] = {"who": who, "read_only": read_only}
    if is_loopback(host):
        app, address = make_app(record, hosts=[host], **judging), f"http://{name}:{here}/"
    else:
        token = secrets.token_urlsafe(24)
        app, address = make_app(record, hosts=[host], token=token, **judging), f"http://{name}:{here}/?token={token}"
    on_ready(address)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=3,
        limit_concurrency=64,
    )
    with listening:
        uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens already, so that the browser may be opened at once."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise UsageError(f"--host {host}: no such address ({error.strerror or error}); try 127.0.0.1") from None
    found = socket.socket(family, kind, protocol)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen(_WAITING)
    except OSError as error:
        found.close()
        reason = error.strerror or str(error)
        raise UsageError(f"{host}:{port} cannot be listened on ({reason}); choose another --port, or 0") from None
    return found
