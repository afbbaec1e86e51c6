"""One reading on a terminal: the text with its facts underlined, then the facts in groups."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dateline.cli.terminal import printable
from dateline.records.claims import ClaimTime, Event, Figure, Statement
from dateline.records.mentions import Participant, PlaceMention
from dateline.records.reading import Reading
from dateline.wording import amount, code, shorten

__all__ = [
    "STATUS_STYLES",
    "amount",
    "code",
    "days",
    "event_cells",
    "figure_cells",
    "marked_text",
    "print_reading",
    "shorten",
    "statement_cells",
    "when",
    "who",
]

STATUS_STYLES = {
    "happened": "bold",
    "ongoing": "bold green",
    "planned": "cyan",
    "possible": "yellow",
    "denied": "red",
    "demanded": "magenta",
}
# A whole year, month or week is said as such, not by its first and last day.
_CALENDAR_UNIT = re.compile(r"\d{4}(-\d\d|-W\d\d)?")
_LAYERS = {"event": "bold underline", "actor": "blue", "time": "cyan", "place": "green", "figure": "yellow"}


def print_reading(out: Console, reading: Reading) -> None:
    """The article and everything found in it, one group after the other; groups without facts are left out."""
    article = reading.article
    head = Text(printable(article.title or article.ref), style="bold")
    head.append(
        f"\n{article.published} ({article.published_basis})  {article.source or ''}  {article.ref}", style="dim"
    )
    out.print(head)
    out.print(Padding(marked_text(reading), (1, 2)))
    _legend(out)
    _group(out, "Events", map(event_cells, reading.events))
    _group(out, "Statements", map(statement_cells, reading.statements))
    _group(out, "Figures", map(figure_cells, reading.figures))
    _group(
        out, "Times", ([printable(t.text), t.type, t.value, t.mod or "", days(t.from_, t.to)] for t in reading.times)
    )
    _group(
        out,
        "Actors",
        (
            [printable(a.name), code(a.country, a.sectors), printable(a.role or ""), f"{len(a.mentions)}x"]
            for a in reading.actors
        ),
    )
    _group(
        out,
        "Places",
        (
            [
                printable(p.name),
                p.kind,
                p.country or "",
                "" if p.lat is None else f"{p.lat:.2f}, {p.lon:.2f}",
                f"{times}x",
            ]
            for p, times in _counted(reading.places)
        ),
    )
    _group(out, "Problems", ([p.stage, p.message] for p in reading.problems))
    out.print()


def marked_text(reading: Reading) -> Text:
    """The article's text with each fact in the style of its layer; furniture is dimmed."""
    text = Text("".join(char if char.isprintable() or char == "\n" else " " for char in reading.article.text))
    for part in reading.article.furniture:
        text.stylize("dim", part.start, part.end)
    for time in reading.times:
        text.stylize(_LAYERS["time"], time.start, time.end)
    for place in reading.places:
        text.stylize(_LAYERS["place"], place.start, place.end)
    for actor in reading.actors:
        for mention in actor.mentions:
            text.stylize(_LAYERS["actor"], mention.start, mention.end)
    for figure in reading.figures:
        text.stylize(_LAYERS["figure"], figure.start, figure.end)
    for event in reading.events:
        text.stylize(_LAYERS["event"], event.trigger.start, event.trigger.end)
    return text


def _counted(places: Sequence[PlaceMention]) -> list[tuple[PlaceMention, int]]:
    """Each place once, in the order of first mention, with the number of its mentions."""
    counts = Counter((place.name, place.country, place.lat) for place in places)
    first: dict[tuple[str, str | None, float | None], PlaceMention] = {}
    for place in places:
        first.setdefault((place.name, place.country, place.lat), place)
    return [(place, counts[key]) for key, place in first.items()]


def _legend(out: Console) -> None:
    if out.is_terminal:
        line = Text("  ")
        for name, style in _LAYERS.items():
            line.append(name, style=style)
            line.append("  ")
        out.print(line)


def event_cells(event: Event) -> list[str | Text]:
    """An event as table cells: type, status, who to whom, when, where, trigger, rule."""
    kind = event.type + (f" {event.mode}" if event.mode else "")
    sides = " + ".join(map(who, event.source)) or "?"
    if event.target:
        sides += " → " + " + ".join(map(who, event.target))
    if event.reported_by:
        sides += f"  (says {printable(event.reported_by.text)})"
    place = event.place.name if event.place else ""
    return [
        kind,
        Text(event.status, STATUS_STYLES[event.status]),
        sides,
        when(event.time),
        place,
        f"“{printable(event.trigger.text)}”",
        f"{event.rule} {event.confidence:.2f}",
    ]


def statement_cells(statement: Statement) -> list[str | Text]:
    """A statement as table cells: speaker, kind, cue, content."""
    speaker = who(statement.speaker) if statement.speaker else "?"
    cue = printable(statement.cue.text) if statement.cue else ""
    return [speaker, statement.kind, cue, f"“{shorten(printable(statement.content.text), 160)}”"]


def figure_cells(figure: Figure) -> list[str | Text]:
    """A figure as table cells: words, value, what it counts, who claims it."""
    unit = " ".join(part for part in (figure.currency, figure.unit) if part)
    if figure.per:
        unit += f" per {figure.per}"
    claimed = f"says {who(figure.claimed_by)}" if figure.claimed_by else ""
    return [printable(figure.text), amount(figure), printable(unit), figure.kind or "", figure.status, claimed]


def who(participant: Participant) -> str:
    """A participant as "NOR GOV Ine Berg"; the words alone where they code to nothing."""
    name = shorten(printable(participant.name or participant.text), 40)
    coded = code(participant.country, participant.sectors)
    return f"{coded} {name}" if coded else name


def when(time: ClaimTime | None) -> str:
    """The days of a claim, or its TIMEX3 value where it has none."""
    if time is None:
        return ""
    if _CALENDAR_UNIT.fullmatch(time.value):
        return time.value
    return days(time.from_, time.to) or time.value


def days(first: object, last: object) -> str:
    """An interval of days as "2020-03-16..2020-03-22", one day once, an open end left open."""
    if first is None and last is None:
        return ""
    return str(first) if first == last else f"{first or ''}..{last or ''}"


def _group(out: Console, title: str, rows: Iterable[Sequence[str | Text]]) -> None:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    for row in rows:
        table.add_row(*row)
    if table.row_count:
        out.print(Text(title, style="bold"))
        out.print(Padding(table, (0, 0, 1, 2)))
