"""`dateline audit`: judge a sample of a record by keystrokes, and see how far it can be trusted."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.errors import UsageError

if TYPE_CHECKING:
    from dateline.archive import Archive, Row
    from dateline.auditing import AuditReport
    from dateline.precision import Share
    from dateline.store.audits import Audit, Item

_KINDS = ("event", "statement")
_FORMATS = ("table", "csv", "jsonl", "parquet")
_KEYS = {
    "event": {"t": "type", "m": "mode", "s": "status", "w": "source", "o": "target", "d": "time", "p": "place"},
    "statement": {"t": "kind", "w": "speaker", "c": "content", "d": "time"},
}


def add_to(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        "audit",
        epilog="Examples:\n\n"
        "dateline audit record.db --sample 100\n\n"
        'dateline audit record.db --sample 50 --of statement --query "speaker:GOV"\n\n'
        "dateline audit record.db\n\n"
        "dateline audit record.db --judgements --format csv --output judgements.csv",
    )(audit)


def audit(
    record: Annotated[Path, typer.Argument(help="Record file made by `dateline read --into`.")],
    sample: Annotated[int | None, typer.Option(help="Draw a sample of so many facts and judge it.")] = None,
    of: Annotated[str, typer.Option("--of", help="event | statement")] = "event",
    query: Annotated[str, typer.Option(help="Of which facts to draw it: status:happened since:2024")] = "",
    seed: Annotated[int, typer.Option(help="Another number draws another sample.")] = 1,
    number: Annotated[int | None, typer.Option("--audit", help="Which audit; the newest if left out.")] = None,
    name: Annotated[str, typer.Option("--as", help="In whose name; your user name if left out.")] = "",
    report: Annotated[bool, typer.Option("--report", help="Only say what the audit found.")] = False,
    all_judgements: Annotated[
        bool, typer.Option("--judgements", help="Every judgement of the record as rows, in place of the report.")
    ] = False,
    format: Annotated[str, typer.Option("--format", "-f", help=" | ".join(_FORMATS))] = "table",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write.")] = None,
) -> None:
    """Judge a sample by keystrokes; then precision by type with 95 % intervals, real counts, and rules that erred.

    A sample half-judged is gone on with next time. In a pipe nothing is asked, and the report is printed.
    """
    if of not in _KINDS:
        raise UsageError(f"--of {of}: choose event or statement")
    from dateline.cli.terminal import check_format

    check_format(format, _FORMATS, output)
    if all_judgements:
        _write_judgements(record, "csv" if format == "table" else format, output)
        return
    from dateline.auditing import audit_report

    found = _found(record, sample, of, query, seed, number, name or _user())
    if not report and format == "table" and output is None and sys.stdin.isatty() and sys.stdout.isatty():
        _judge_all(record, found, name or _user())
    told = audit_report(record, found.key)
    if format == "table" and output is None:
        _print_report(told)
    else:
        _write_report(told, "csv" if format == "table" else format, output)


def _found(record: Path, sample: int | None, of: str, query: str, seed: int, number: int | None, who: str) -> Audit:
    """The audit asked for: a new one, one by number, or the newest."""
    from dateline.store.audits import audits, begin_audit, load_audit
    from dateline.store.corrections import JudgedKind

    if sample is not None:
        kind: JudgedKind = "event" if of == "event" else "statement"
        return begin_audit(record, sample, kind=kind, query=query, seed=seed, who=who)
    known = audits(record)
    if number is None and not known:
        raise UsageError(f"{record}: nothing was audited yet; `dateline audit {record} --sample 100` begins one")
    return load_audit(record, number if number is not None else known[0])


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise UsageError("who judges? Say it with --as NAME") from None


def _judge_all(record: Path, audit: Audit, who: str) -> None:
    """Ask about each fact that is not judged yet, until all are or somebody stops."""
    from dateline.archive import Archive
    from dateline.cli.terminal import console

    out = console()
    keys = _KEYS[audit.kind]
    names = "  ".join(f"{key} {field}" for key, field in keys.items())
    out.print(f"y it is one   n no such {audit.kind}   first mark what is wrong: {names}", style="dim")
    out.print("space pass over   q stop here", style="dim")
    with Archive(record) as archive:
        for item in audit.items:
            if item.fact not in audit.judged and not _judge_one(record, archive, audit, item, who):
                return


def _judge_one(record: Path, archive: Archive, audit: Audit, item: Item, who: str) -> bool:
    """Ask about one fact; False where somebody stops."""
    import click

    from dateline.auditing import audited_fact
    from dateline.cli.terminal import console
    from dateline.store.corrections import judge

    out = console()
    try:
        row = audited_fact(archive, item.fact)
    except UsageError:
        return True
    fact, keys = row.fact, _KEYS[audit.kind]
    out.print()
    out.print(f"{item.n}/{len(audit.items)}", style="dim")
    _print_fact(row, archive)
    while True:
        key = click.getchar()
        if key in ("q", "\x1b", "\x03"):
            return False
        if key == " ":
            return True
        if key in keys:
            judge(record, fact, keys[key], "wrong", who=who, audit=audit.key)
            out.print(f"   {keys[key]} is wrong", style="red")
        elif key in ("y", "n"):
            judge(record, fact, "fact", "right" if key == "y" else "wrong", who=who, audit=audit.key)
            out.print("   yes" if key == "y" else "   no", style="green" if key == "y" else "red")
            return True


def _print_fact(row: Row[Any], archive: Archive) -> None:
    from dateline.cli import article
    from dateline.cli.terminal import console, printable
    from dateline.records.claims import Event

    out, fact = console(), row.fact
    out.print(f"{row.origin.published}  {printable(row.origin.title or row.origin.ref)}", style="dim")
    if isinstance(fact, Event):
        out.print(printable(row.sentence or fact.trigger.text))
        cells = article.event_cells(fact)
    else:
        text = archive.reading(row.origin.id).article.text
        cue = fact.cue or fact.content
        start, end = max(0, min(cue.start, fact.content.start) - 60), max(cue.end, fact.content.end) + 60
        out.print(printable(text[start:end]))
        cells = article.statement_cells(fact)
    out.print("   " + "   ".join(str(cell) for cell in cells if str(cell)), style="bold")


def _print_report(told: AuditReport) -> None:
    from rich.table import Table

    from dateline.cli.terminal import console, printable

    out, audit = console(), told.audit
    of = f", drawn from {audit.query}" if audit.query else ""
    out.print(f"audit {audit.key}: {len(audit.judged)} of {len(audit.items)} {audit.kind}s judged{of}", style="bold")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for title in ("type", "in the record", "judged", "is one", "without fault", "really", "faults"):
        table.add_column(title, justify="right" if title in ("in the record", "judged") else "left")
    for line in told.lines:
        faults = ", ".join(f"{part} {count}" for part, count in line.faults.items())
        real = line.corrected
        really = f"{real.share:,.0f}  ({real.low:,.0f}-{real.high:,.0f})" if real else ""
        table.add_row(
            line.name, f"{line.facts:,}", str(line.judged), _percent(line.act), _percent(line.whole), really, faults
        )
    out.print(table)
    erred = [rule for rule in told.rules if rule.faulty]
    for rule in erred[:20]:
        out.print(f"  {printable(rule.rule)}: {rule.not_one} of {rule.judged} no such fact, {rule.faulty} with a fault")
    if audit.next is not None:
        out.print(f"{len(audit.items) - len(audit.judged)} still to be judged: run the same command", style="dim")


def _write_report(told: AuditReport, format: str, output: Path | None) -> None:
    from dateline.export.audit import AUDIT, audit_cells
    from dateline.export.write import write_table

    write_table(AUDIT, map(audit_cells, told.lines), format, output or sys.stdout)
    if output is not None:
        typer.echo(f"{len(told.lines)} rows written to {output}", err=True)


def _write_judgements(record: Path, format: str, output: Path | None) -> None:
    from dateline.export.judgements import JUDGEMENTS, judgement_cells
    from dateline.export.write import write_table
    from dateline.store.corrections import judgements

    count = write_table(JUDGEMENTS, map(judgement_cells, judgements(record)), format, output or sys.stdout)
    if output is not None:
        typer.echo(f"{count} judgements written to {output}", err=True)


def _percent(share: Share | None) -> str:
    return f"{share.share:.0%}  ({share.low:.0%}-{share.high:.0%})" if share else ""
