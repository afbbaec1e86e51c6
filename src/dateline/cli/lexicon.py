"""`dateline lexicon`: is a lexicon folder sound, what would it change in a record, and where is the lexicon silent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.archive import Archive
    from dateline.records.reading import Reading

_FOLDER = Annotated[Path, typer.Argument(help="Folder of lexicon files, laid over ours (verbs/assault.toml ...).")]
_RECORD = Annotated[Path, typer.Argument(help="Record file made by `dateline read --into`.")]
_QUERY = Annotated[str, typer.Argument(help="Only articles that match, as in `dateline events`.")]
_MODEL = Annotated[str | None, typer.Option(help="A spaCy pipeline to parse with, in place of ours.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the application."""
    group = typer.Typer(
        help="Work on the event lexicon: check a folder of yours, see what it changes, find verbs that lack a rule.",
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    group.command("check", epilog="Examples:\n\ndateline lexicon check my-lexicon")(check)
    group.command("diff", epilog="Examples:\n\ndateline lexicon diff my-lexicon record.db")(diff)
    group.command("suggest", epilog="Examples:\n\ndateline lexicon suggest record.db --least 2")(suggest)
    app.add_typer(group, name="lexicon")


def check(folder: _FOLDER, language_model: _MODEL = None) -> None:
    """Check a lexicon folder: every key of every rule, and the example sentences of its rules and of ours."""
    from dateline.authoring.checking import check_lexicon

    checked = check_lexicon(folder, language_model=language_model)
    for name in checked.bare:
        typer.echo(f"{name}: has no example; add one, so that a later edit cannot break it unnoticed")
    for failure in checked.failures:
        what = "held before this folder, and holds no more" if failure.ours else "does not hold"
        typer.echo(f"{failure.rule}: example {what}: {failure.text}\n    found: {failure.found}")
    own = sum(not failure.ours for failure in checked.failures)
    typer.echo(
        f"{folder}: {len(checked.files)} files, {checked.rules} rules of its own; {checked.examples} examples run, "
        f"{own} of its own fail, {len(checked.failures) - own} of ours are broken by it"
    )
    if checked.failures:
        raise typer.Exit(1)


def diff(
    folder: _FOLDER,
    record: _RECORD,
    query: _QUERY = "",
    limit: Annotated[int, typer.Option(help="How many changes to print; all are counted.")] = 40,
    language_model: _MODEL = None,
) -> None:
    """Show which events of a record would change with a lexicon folder. Nothing is written.

    The texts are parsed again (some 4,000 words a second) and coded with and without the folder on the same parse.
    """
    from collections import Counter

    from dateline.archive import Archive
    from dateline.authoring.comparing import compare

    counts: Counter[str] = Counter()
    articles = stored = repeated = 0
    with Archive(record) as archive:
        for compared in compare(folder, _readings(archive, query), language_model=language_model):
            articles, stored, repeated = articles + 1, stored + compared.stored, repeated + compared.repeated
            for change in compared.changes:
                counts[change.kind] += 1
                if counts.total() > limit:
                    continue
                typer.echo(f"{change.kind:<8}{(change.event or '')[:8]:<9}{change.article.ref}  {change.rule}")
                typer.echo(f"    {change.sentence}")
                for sign, line in (("-", change.before), ("+", change.after)):
                    if line is not None:
                        typer.echo(f"    {sign} {line}")
    if counts.total() > limit:
        typer.echo(f"... and {counts.total() - limit} more (--limit)")
    typer.echo(
        f"{articles} articles: {counts['new']} events new, {counts['gone']} gone, {counts['changed']} changed; "
        f"{repeated} of {stored} stored events are coded again as stored by the lexicon of this version"
    )


def suggest(
    record: _RECORD,
    query: _QUERY = "",
    least: Annotated[int, typer.Option(help="Only verbs that often without an event.")] = 2,
    limit: Annotated[int, typer.Option(help="How many verbs to print.")] = 30,
    language_model: _MODEL = None,
) -> None:
    """List verbs that stand between two political actors and give no event, with the nearest rules.

    Nothing is coded by likeness: the list is for the author of a lexicon.
    """
    from dateline.archive import Archive
    from dateline.authoring.silence import silence
    from dateline.language.annotate import load_annotator
    from dateline.lexicon.verbs import load_verbs

    with Archive(record) as archive:
        found = silence(_readings(archive, query), load_annotator(language_model), load_verbs(), least=least)
    for suggestion in found.suggestions[:limit]:
        pattern = suggestion.pattern
        typer.echo(f"{pattern.verb:<28}{pattern.silent:>4} without an event, {pattern.coded} with one")
        near = ", ".join(f"{name} {likeness:.2f}" for name, likeness in suggestion.nearest)
        if near:
            typer.echo(f"    nearest: {near}")
        for ref, sentence in pattern.examples[:1]:
            typer.echo(f"    {ref}: {sentence}")
    share = 100 * found.silent / max(1, found.clauses)
    typer.echo(
        f"{found.clauses} clauses between two political actors, {found.silent} without an event ({share:.0f} %), "
        f"{found.speech} of these only tell who spoke to whom"
    )


def _readings(archive: Archive, query: str) -> Iterator[Reading]:
    ids = [row.origin.id for row in archive.articles(query)]
    for article_id in ids:
        yield archive.reading(article_id)
