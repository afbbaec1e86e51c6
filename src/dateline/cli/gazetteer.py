"""`dateline gazetteer import`: a table of towns of one's own, from a file of GeoNames."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dateline.lexicon.place_tables import TownRow

_STEP = 20_000


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    group = typer.Typer(help="The table of towns that places are looked up in.", no_args_is_help=True)
    group.callback()(_group)
    group.command(
        "import",
        epilog="Examples:\n\ndateline gazetteer import allCountries.zip --lexicon my-lexicon\n\n"
        "dateline read news/ --into record.db --lexicon my-lexicon",
    )(import_)
    app.add_typer(group, name="gazetteer")


def _group() -> None:
    """The table of towns that places are looked up in."""


def import_(
    file: Annotated[Path, typer.Argument(help="allCountries.zip, cities500.zip, DE.zip or DE.txt from GeoNames.")],
    lexicon: Annotated[Path, typer.Option(help="Your folder of lexicon files; made if absent.")],
    least: Annotated[int, typer.Option(help="Leave out towns with fewer people (0: keep all).")] = 0,
) -> None:
    """Make a table of towns from a GeoNames file, in place of ours for `dateline read --lexicon FOLDER`.

    Get the file from https://download.geonames.org/export/dump (CC BY 4.0).
    """
    from dateline.errors import UsageError
    from dateline.lexicon.place_tables import import_geonames

    if least < 0:
        raise UsageError(f"--least {least}: give a number of people, 0 or more")
    if not file.is_file():
        raise UsageError(f"{file}: no such file; get one from https://download.geonames.org/export/dump")
    if lexicon.exists() and not lexicon.is_dir():
        raise UsageError(f"--lexicon {lexicon}: is a file; name a folder")
    count = import_geonames(file, lexicon / "places", least=least, watch=_watched)
    typer.echo(f"{count} places in {lexicon / 'places'}; use them with: dateline read ... --lexicon {lexicon}")


def _watched(rows: Iterator[TownRow]) -> Iterator[TownRow]:
    """The same rows, with their number on a terminal while they come."""
    from dateline.cli.terminal import console

    err = console(stderr=True)
    if not err.is_terminal:
        yield from rows
        return
    with err.status("reading") as status:
        for number, row in enumerate(rows):
            if number % _STEP == 0:
                status.update(f"reading: {number} places")
            yield row
        status.update("sorting and writing")
