"""A reading as lines that a person can review one by one."""

from __future__ import annotations

from dateline.cli.article import amount, code, days, who
from dateline.records.claims import ClaimTime
from dateline.records.mentions import Participant
from dateline.records.reading import Reading


def reading_lines(reading: Reading) -> list[str]:
    """Every fact on a line of its own, in the order of the reading; spans are left to the span test."""
    article = reading.article
    place = article.place.name if article.place else "-"
    lines = [f"article  {article.published} ({article.published_basis})  {place}  {article.title or '-'}"]
    lines += [f"time  {t.text!r}  {t.type} {t.value} {t.mod or ''}  {days(t.from_, t.to)}" for t in reading.times]
    lines += [f"place  {p.text!r}  {p.name}  {p.kind} {p.country or '-'}" for p in reading.places]
    for actor in reading.actors:
        mentions = ", ".join(repr(m.text) for m in actor.mentions)
        lines.append(
            f"actor  {actor.name}  {actor.kind} {code(actor.country, actor.sectors)}  {actor.role or '-'}  {mentions}"
        )
    for event in reading.events:
        sides = f"{_all(event.source)} > {_all(event.target)}"
        where = event.place.name if event.place else "-"
        says = f"  says {event.reported_by.text!r}" if event.reported_by else ""
        kind = f"{event.type}{' ' + event.mode if event.mode else ''} {event.status} ({event.plover or '-'})"
        lines.append(f"event  {kind}  {sides}  {_time(event.time)}  {where}  {event.trigger.text!r}{says}")
    for statement in reading.statements:
        speaker = who(statement.speaker) if statement.speaker else "?"
        cue = repr(statement.cue.text) if statement.cue else "-"
        lines.append(f"statement  {statement.kind}  {speaker}  {cue}  {' / '.join(p.text for p in statement.pieces)!r}")
    for figure in reading.figures:
        unit = " ".join(part for part in (figure.currency, figure.unit, figure.per and f"per {figure.per}") if part)
        claimed = f"  says {who(figure.claimed_by)}" if figure.claimed_by else ""
        lines.append(f"figure  {figure.text!r}  {amount(figure)} {unit}  {figure.kind or '-'} {figure.status}{claimed}")
    lines += [f"problem  {p.stage} {p.code}" for p in reading.problems]
    return [" ".join(line.replace("\n", " ").split(" ")).rstrip() for line in lines]


def _all(participants: tuple[Participant, ...]) -> str:
    return " + ".join(map(who, participants)) or "-"


def _time(time: ClaimTime | None) -> str:
    return "-" if time is None else f"{time.value} [{time.basis}]"
