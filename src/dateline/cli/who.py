"""`dateline who`: one actor across articles, with roles over time and the words that say so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from dateline.store.people import Person

_MOST = 20


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "who",
        epilog='Examples:\n\ndateline who record.db Kerry\n\ndateline who record.db "Ine Berg" --as-of 2024-06-30',
    )(who)


def who(
    record: Annotated[Path, typer.Argument(help="Record file made by `dateline read --into`.")],
    name: Annotated[str, typer.Argument(help="Words of a name; without them the actors of most articles.")] = "",
    limit: Annotated[int, typer.Option(help="At most so many actors.")] = _MOST,
    as_of: Annotated[str | None, typer.Option(help="Answer from what was published by this day.")] = None,
    json: Annotated[bool, typer.Option("--json", help="As JSON, one actor a line.")] = False,
) -> None:
    """Who an actor is: one entry for each person or body across all articles, with the roles it had and when.

    `dateline actors` has the rows of each article.
    """
    from dateline.archive import Archive
    from dateline.cli.terminal import console, warn
    from dateline.errors import UsageError
    from dateline.records.plain import to_json

    if limit < 1:
        raise UsageError(f"--limit {limit}: ask for at least 1")
    with Archive(record) as archive:
        found = list(archive.people(name, limit=limit, as_of=as_of))
        alone = archive.named_only(name) if name else 0
    if json:
        for person in found:
            typer.echo(to_json(person))
        return
    out = console()
    for person in found:
        _print(out, person)
    if not found:
        out.print(f"nobody in {record} is called {name}" if name else f"{record} has no actors yet")
    if alone:
        articles = "1 article" if alone == 1 else f"{alone} articles"
        warn(f"“{name}” stands alone in {articles}: joined to nobody, since a surname does not tell who is meant")


def _print(out: Console, person: Person) -> None:
    from rich.text import Text

    from dateline.cli.article import code, shorten
    from dateline.cli.terminal import printable

    head = Text(printable(person.name), style="bold")
    head.append(f"  {person.country or ''} {person.kind}".rstrip(), style="not bold")
    articles = "1 article" if person.articles == 1 else f"{person.articles} articles"
    head.append(f"  {articles}, {_days(person.first, person.last)}  {person.id[:8]}", style="not bold dim")
    out.print(head)
    if len(person.names) > 1:
        out.print(f"  also written {', '.join(printable(name) for name in person.names[1:6])}", style="dim")
    for role in person.roles:
        told = printable(role.role or ("no role told" if person.kind == "person" else ""))
        body = f", {printable(role.organisation)}" if role.organisation else ""
        times = "" if role.articles == 1 else f" in {role.articles} articles"
        out.print(f"  {_days(role.first, role.last):<23} {code(role.country, role.sectors):<12} {told}{body}{times}")
        where = shorten(printable(role.title or ""), 60)
        out.print(f"  {'':<23} “{shorten(printable(role.text), 60)}” {role.article[:8]} {where}", style="dim")


def _days(first: object, last: object) -> str:
    return str(first) if first == last else f"{first}..{last}"
