"""`dateline serve`: a record in the browser."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from dateline.errors import UsageError


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "serve",
        epilog="Examples:\n\ndateline serve record.db\n\ndateline serve record.db --port 9000 --no-open",
    )(serve)


def serve(
    record: Annotated[Path, typer.Argument(help="Record file made by `dateline read --into`.")],
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes any that is free.")] = 8421,
    host: Annotated[str, typer.Option(help="Address to listen on; others than this machine's own need a token.")] = (
        "127.0.0.1"
    ),
    name: Annotated[str, typer.Option("--as", help="In whose name facts are judged; your user name if left out.")] = "",
    read_only: Annotated[bool, typer.Option("--read-only", help="Show only: nothing can be judged.")] = False,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open it in the browser.")] = True,
) -> None:
    """Look at a record in the browser: articles with their facts marked, why each event is there, lists to search.

    What is read stays as it is: judgements and corrections are kept beside it. Only this machine can reach the pages,
    unless --host says otherwise.
    """
    if not 0 <= port <= 65535:
        raise UsageError(f"--port {port}: choose one from 0 to 65535")
    from dateline.web.server import serve_record

    def say(address: str) -> None:
        typer.echo(f"{record} is at {address} (Ctrl-C ends it)")
        if open_browser:
            typer.launch(address)

    # Ctrl-C is how it ends, and no failure.
    with suppress(KeyboardInterrupt):
        serve_record(record, host=host, port=port, on_ready=say, who=name, read_only=read_only)
