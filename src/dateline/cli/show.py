"""`dateline show` one thing of a record, and `dateline explain` why an event is there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from dateline.archive import Explanation

_RECORD = Annotated[Path, typer.Argument(help="Record file made by `dateline read --into`.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("show", epilog="Examples:\n\ndateline show record.db 3f9c1a20")(show)
    app.command(
        "explain",
        epilog="Examples:\n\ndateline explain record.db 3f9c1a20\n\ndateline explain record.db 3f9c --no-tree",
    )(explain)


def show(
    record: _RECORD,
    id: Annotated[str, typer.Argument(help="Id of an article, event or statement, or the beginning of one.")],
    json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
) -> None:
    """Show an article with all its facts, or one event or statement."""
    from dateline.archive import Archive
    from dateline.cli.article import print_reading
    from dateline.cli.terminal import console
    from dateline.records.plain import reading_to_json, to_json
    from dateline.records.reading import Reading

    with Archive(record) as archive:
        found = archive.show(id)
        if json:
            typer.echo(reading_to_json(found) if isinstance(found, Reading) else to_json(found))
        elif isinstance(found, Reading):
            print_reading(console(), found)
        else:
            from dateline.records.claims import Event

            if isinstance(found.fact, Event):
                _print_explanation(console(), archive.explain(found.fact.id), tree=False)
            else:
                _print_statement(console(), found)


def explain(
    record: _RECORD,
    event: Annotated[str, typer.Argument(help="Id of an event, or the beginning of it.")],
    tree: Annotated[bool, typer.Option(help="Parse the sentence again and draw its tree.")] = True,
    lexicon: Annotated[Path | None, typer.Option(help="The folder of lexicon files that it was read with.")] = None,
) -> None:
    """Explain why an event is in the record: its words, its rule, and each participant's way from words to code."""
    from dateline.archive import Archive
    from dateline.cli.merge import print_same
    from dateline.cli.terminal import console

    with Archive(record) as archive:
        why = archive.explain(event)
        real, joined = archive.same(why.event.fact.id)
    out = console()
    _print_explanation(out, why, tree=tree, lexicon=lexicon)
    if joined:
        out.print()
        print_same(out, real, joined)


def _print_explanation(out: Console, why: Explanation, *, tree: bool, lexicon: Path | None = None) -> None:
    from rich.text import Text

    from dateline.cli.article import STATUS_STYLES, when
    from dateline.cli.terminal import printable
    from dateline.wording import rule_lines, way

    event, origin, text = why.event.fact, why.event.origin, why.reading.article.text
    head = Text(f"{event.type}{' ' + event.mode if event.mode else ''}  ", style="bold")
    head.append(event.status, style=STATUS_STYLES[event.status])
    head.append(f"  {event.id}", style="dim")
    out.print(head)
    out.print(_sentence(why))
    out.print()
    _line(out, "article", f"{origin.published}  {printable(origin.title or '')}  {printable(origin.ref)}")
    _line(out, "characters", f"{event.trigger.start}-{event.trigger.end} “{printable(event.trigger.text)}”")
    contexts = f"  contexts {', '.join(event.contexts)}" if event.contexts else ""
    printed = event.plover or "nothing"
    _line(
        out,
        "codes",
        f"PLOVER prints {printed}, CAMEO {event.cameo or '-'}, quad {event.quad}, {event.intensity:+}{contexts}",
    )
    for side, people in (("source", event.source), ("target", event.target)):
        for participant in people:
            _line(out, side, printable(way(participant, why.actors)))
    if event.time is not None:
        words = f"“{printable(event.time.text)}”" if event.time.text else "no words of its own"
        rule = f" by {why.time.rule}" if why.time else ""
        _line(out, "time", f"{words} → {event.time.value} ({when(event.time)}), {event.time.basis}{rule}")
    if event.place is not None:
        point = "" if event.place.lat is None else f" at {event.place.lat:.3f}, {event.place.lon:.3f}"
        _line(out, "place", f"“{printable(event.place.text)}” → {event.place.name}{point} by {event.place.rule}")
    if event.reported_by is not None:
        _line(out, "reported by", f"“{printable(event.reported_by.text)}”")
    for figure in why.figures:
        _line(out, "figure", f"“{printable(figure.text)}” {figure.kind or ''} by {figure.rule}")
    _line(out, "confidence", f"{event.confidence:.2f}")
    _line(out, "rule", event.rule)
    for line in rule_lines(event.rule, lexicon):
        out.print(f"  {'':<12}{line}", style="dim")
    if tree:
        out.print()
        _print_tree(out, text[event.sentence.start : event.sentence.end], event.trigger.start - event.sentence.start)


def _print_statement(out: Console, row: object) -> None:
    from dateline.archive import Row
    from dateline.cli.article import who
    from dateline.cli.terminal import printable
    from dateline.records.claims import Statement

    if not (isinstance(row, Row) and isinstance(row.fact, Statement)):
        raise TypeError("a statement was expected")
    said, origin = row.fact, row.origin
    out.print(f"{who(said.speaker) if said.speaker else '?'}  {said.kind}", style="bold")
    out.print(f"“{printable(said.content.text)}”")
    out.print()
    _line(out, "article", f"{origin.published}  {printable(origin.title or '')}  {printable(origin.ref)}")
    _line(out, "characters", f"{said.content.start}-{said.content.end}")
    if said.cue is not None:
        _line(out, "cue", f"“{printable(said.cue.text)}”")
    if said.events:
        _line(out, "events", " ".join(said.events))
    _line(out, "rule", said.rule)


def _sentence(why: Explanation) -> object:
    """The sentence with trigger and participants marked."""
    from rich.text import Text

    event, text = why.event.fact, why.reading.article.text
    start, end = event.sentence.start, event.sentence.end
    marked = Text("".join(char if char.isprintable() else " " for char in text[start:end]))
    for participant in (*event.source, *event.target):
        marked.stylize("blue", max(0, participant.start - start), max(0, participant.end - start))
    marked.stylize("bold underline", event.trigger.start - start, event.trigger.end - start)
    return marked


def _print_tree(out: Console, sentence: str, trigger: int) -> None:
    """The sentence's tree as the shipped model reads it now, one word a line. The one asking that loads the model."""
    from dateline.language.annotate import annotate

    for token in annotate(sentence):
        if token.is_space:
            continue
        depth = sum(1 for _ in token.ancestors)
        mark = "▸" if token.idx <= trigger < token.idx + len(token) else " "
        out.print(f"  {mark} {'  ' * depth}{token.text}  {token.dep_} {token.tag_} {token.ent_type_}".rstrip())


def _line(out: Console, name: str, words: str) -> None:
    out.print(f"  {name:<12}{words}")
