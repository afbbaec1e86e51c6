"""Facts as flat rows: one table for each kind, with column names that stay (docs/record.md).

Where a fact has several participants on one side, their names, countries, sectors and roles stand in the same order,
"; " between ("Norway; Sweden", "NOR; SWE"); the sectors of one participant have blanks between ("GOV MIL; GOV").
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO, Final, TextIO

from dateline.errors import UsageError
from dateline.export.columns import (
    ARTICLE,
    TIME,
    Cells,
    Table,
    Told,
    article_cells,
    columns,
    one_cells,
    party,
    party_cells,
    time_cells,
)
from dateline.export.write import FORMATS, write_table, write_to
from dateline.records.claims import Event, Figure, Statement
from dateline.records.mentions import Actor, PlaceMention, TimeMention
from dateline.records.problem import Problem

_EVENT = (
    *columns(
        ("event_id", "text", "id of the event (content hash)"),
        ("type", "text", "the act, one of PLOVER's sixteen types"),
        ("status", "text", "happened, ongoing, planned, possible, denied or demanded"),
        (
            "plover",
            "text",
            "the type PLOVER's conventions print for that act and status; empty where they code nothing",
        ),
        ("mode", "text", "how, from PLOVER's list for the type"),
        ("contexts", "text", "about what, from PLOVER's list, blanks between"),
        ("cameo", "text", "CAMEO code (text: 042 is not 42)"),
        ("quad", "integer", "1 verbal, 2 material cooperation, 3 verbal, 4 material conflict"),
        ("intensity", "real", "conflict-cooperation score, -10 to 10"),
    ),
    *party("source", "who acts"),
    *party("target", "upon whom"),
    *TIME,
    *columns(
        ("place", "text", "where: name"),
        ("place_country", "text", "its country"),
        ("place_admin1", "text", "its first-order division"),
        ("lat", "real", "latitude, WGS 84 degrees"),
        ("lon", "real", "longitude, WGS 84 degrees"),
        ("geonames_id", "integer", "GeoNames id"),
        ("dead", "integer", "people killed, lowest stated count"),
        ("injured", "integer", "people injured, lowest stated count"),
        ("arrested", "integer", "people arrested, lowest stated count"),
        ("reported_by", "text", "who is said to have reported it, as the text has it"),
        ("trigger", "text", "the words that name the act"),
        ("trigger_start", "integer", "first character of the trigger in the article's text"),
        ("trigger_end", "integer", "character after its last"),
        ("sentence", "text", "the sentence that tells of it"),
        ("sentence_start", "integer", "first character of the sentence"),
        ("sentence_end", "integer", "character after its last"),
        ("rule", "text", "the lexicon line that found it"),
        ("confidence", "real", "0 to 1"),
    ),
)


def _event_cells(row: Told) -> Cells:
    event: Event = row.fact
    place, size, trigger = event.place, event.size, event.trigger
    return (
        event.id,
        event.type,
        event.status,
        event.plover,
        event.mode,
        " ".join(event.contexts) or None,
        event.cameo,
        event.quad,
        event.intensity,
        *party_cells(event.source),
        *party_cells(event.target),
        *time_cells(event.time),
        *((place.name, place.country, place.admin1, place.lat, place.lon, place.geonames_id) if place else (None,) * 6),
        *((size.dead, size.injured, size.arrested) if size else (None, None, None)),
        event.reported_by.text if event.reported_by else None,
        trigger.text,
        trigger.start,
        trigger.end,
        row.sentence,
        event.sentence.start,
        event.sentence.end,
        event.rule,
        event.confidence,
        *article_cells(row.origin),
    )


_STATEMENT = (
    *columns(
        ("statement_id", "text", "id of the statement (content hash)"),
        ("kind", "text", "direct, indirect or mixed"),
    ),
    *party("speaker", "who said it"),
    *columns(
        ("content", "text", "what was said, first to last character"),
        ("content_start", "integer", "first character of it in the article's text"),
        ("content_end", "integer", "character after its last"),
        ("pieces", "integer", "in how many pieces the text has it"),
        ("cue", "text", "the words that attribute it"),
        ("channel", "text", "where it was said"),
        ("carrier", "text", "who passed it on"),
        ("addressee", "text", "to whom it was said"),
        ("addressee_country", "text", "their country code"),
    ),
    *TIME,
    *columns(
        ("event_ids", "text", "ids of the events reported inside it, blanks between"),
        ("rule", "text", "the lexicon line that found it"),
    ),
)


def _statement_cells(row: Told) -> Cells:
    item: Statement = row.fact
    return (
        item.id,
        item.kind,
        *one_cells(item.speaker),
        item.content.text,
        item.content.start,
        item.content.end,
        len(item.pieces),
        item.cue.text if item.cue else None,
        item.channel,
        item.carrier.name if item.carrier else None,
        item.addressee.name if item.addressee else None,
        item.addressee.country if item.addressee else None,
        *time_cells(item.time),
        " ".join(item.events) or None,
        item.rule,
        *article_cells(row.origin),
    )


_FIGURE = (
    *columns(
        ("text", "text", "the words of the figure"),
        ("start", "integer", "first character of them in the article's text"),
        ("end", "integer", "character after their last"),
        ("low", "real", "lowest value meant; empty where open"),
        ("high", "real", "highest value meant; empty where open"),
        ("qualifier", "text", "exact, about, at least, at most, more than, less than or between"),
        ("unit", "text", "what is counted"),
        ("of", "text", "of which whole"),
        ("per", "text", "for each what"),
        ("currency", "text", "ISO 4217 code"),
        ("kind", "text", "killed, wounded, arrested, displaced, missing, troops, money, votes or share"),
    ),
    *party("holder", "whose it is"),
    *party("claimant", "who gives it"),
    *columns(
        ("status", "text", "as for events"),
    ),
    *TIME,
    *columns(
        ("event_id", "text", "id of the event it sizes"),
        ("rule", "text", "the lexicon line that found it"),
    ),
)


def _figure_cells(row: Told) -> Cells:
    item: Figure = row.fact
    return (
        item.text,
        item.start,
        item.end,
        item.low,
        item.high,
        item.qualifier,
        item.unit,
        item.of,
        item.per,
        item.currency,
        item.kind,
        *one_cells(item.holder),
        *one_cells(item.claimed_by),
        item.status,
        *time_cells(item.time),
        item.event,
        item.rule,
        *article_cells(row.origin),
    )


_ACTOR = columns(
    ("actor_id", "text", "id within the article (a1, a2 ...)"),
    ("name", "text", "fullest name in the article"),
    ("kind", "text", "person, organisation, country, group or people"),
    ("country", "text", "country code"),
    ("sectors", "text", "PLOVER sectors, the primary one first"),
    ("role", "text", "title or role"),
    ("organisation", "text", "the body the role belongs to"),
    ("mentions", "integer", "how often the article mentions them"),
    ("first_text", "text", "the words of the first mention"),
    ("first_start", "integer", "first character of it in the article's text"),
    ("first_end", "integer", "character after its last"),
    ("rule", "text", "the lexicon line that gave country and sectors"),
)


def _actor_cells(row: Told) -> Cells:
    item: Actor = row.fact
    first = item.mentions[0] if item.mentions else None
    return (
        item.id,
        item.name,
        item.kind,
        item.country,
        " ".join(item.sectors) or None,
        item.role,
        item.organisation,
        len(item.mentions),
        *((first.text, first.start, first.end) if first else (None, None, None)),
        item.rule,
        *article_cells(row.origin),
    )


_PLACE = columns(
    ("text", "text", "the words of the article"),
    ("start", "integer", "first character of them in the article's text"),
    ("end", "integer", "character after their last"),
    ("name", "text", "the gazetteer's name"),
    ("kind", "text", "country, region, city, site, water or area"),
    ("country", "text", "country code"),
    ("admin1", "text", "first-order division"),
    ("lat", "real", "latitude, WGS 84 degrees"),
    ("lon", "real", "longitude, WGS 84 degrees"),
    ("geonames_id", "integer", "GeoNames id"),
    ("rule", "text", "how it was resolved"),
)


def _place_cells(row: Told) -> Cells:
    item: PlaceMention = row.fact
    where = (item.country, item.admin1, item.lat, item.lon, item.geonames_id)
    return (item.text, item.start, item.end, item.name, item.kind, *where, item.rule, *article_cells(row.origin))


_MENTIONED_TIME = columns(
    ("text", "text", "the words of the article"),
    ("start", "integer", "first character of them in the article's text"),
    ("end", "integer", "character after their last"),
    ("type", "text", "TIMEX3 type: DATE, TIME, DURATION or SET"),
    ("value", "text", "TIMEX3 value"),
    ("mod", "text", "TIMEX3 modifier"),
    ("from", "day", "first day meant"),
    ("to", "day", "last day meant"),
    ("basis", "text", "stated, publication or narrative"),
    ("rule", "text", "the lexicon line that found it"),
)


def _mentioned_time_cells(row: Told) -> Cells:
    item: TimeMention = row.fact
    meant = (item.type, item.value, item.mod, item.from_, item.to, item.basis, item.rule)
    return (item.text, item.start, item.end, *meant, *article_cells(row.origin))


_ARTICLES = columns(
    ("byline", "text", "who wrote it"),
    ("published_basis", "text", "how the day of publication was found"),
    ("language", "text", "language code"),
    ("characters", "integer", "length of the text in characters"),
    ("events", "integer", "events found"),
    ("statements", "integer", "statements found"),
    ("figures", "integer", "figures found"),
    ("problems", "integer", "problems met"),
    ("read_at", "text", "when it was read (UTC)"),
)


def _articles_cells(row: Any) -> Cells:
    counts = (row.events, row.statements, row.figures, row.problems)
    about = (row.byline, row.published_basis, row.language, row.characters)
    return (*article_cells(row.origin), *about, *counts, row.read_at)


_PROBLEM = columns(
    ("stage", "text", "stage of reading that met it"),
    ("code", "text", "short and stable name"),
    ("message", "text", "what, where, what to do"),
    ("start", "integer", "first character concerned; empty for the whole article"),
    ("end", "integer", "character after the last"),
    ("article_id", "text", "id of the article; empty where none could be read"),
    ("article_ref", "text", "the file, line or record"),
    ("noted_at", "text", "when (UTC)"),
)


def _problem_cells(row: Any) -> Cells:
    item: Problem = row.problem
    article = row.origin.id if row.origin else None
    return (item.stage, item.code, item.message, item.start, item.end, article, row.ref, row.noted_at)


_EVENT_LAYOUTS: Final = ("plover", "polecat")
TABLES: Final[dict[str, Table]] = {
    table.name: table
    for table in (
        Table("events", (*_EVENT, *ARTICLE), _event_cells),
        Table("statements", (*_STATEMENT, *ARTICLE), _statement_cells),
        Table("figures", (*_FIGURE, *ARTICLE), _figure_cells),
        Table("actors", (*_ACTOR, *ARTICLE), _actor_cells),
        Table("places", (*_PLACE, *ARTICLE), _place_cells),
        Table("times", (*_MENTIONED_TIME, *ARTICLE), _mentioned_time_cells),
        Table("articles", (*ARTICLE, *_ARTICLES), _articles_cells),
        Table("problems", _PROBLEM, _problem_cells),
    )
}


def write_rows(kind: str, rows: Iterable[Any], format: str, out: Path | BinaryIO | TextIO) -> int:
    """Write the rows of a question to a record as a flat table.

    Args:
        kind: "events", "statements", "figures", "actors", "places", "times", "articles" or "problems".
        format: "csv", "tsv", "jsonl" or "parquet"; for events also the layouts "plover" (JSON lines) and "polecat".
        out: a file to write, or a stream; a text stream that stands before a binary one, such as `sys.stdout`, is
            written through that one, always as UTF-8. Parquet needs a file.

    Returns:
        The number of rows.

    Raises:
        UsageError: an unknown kind or format, or Parquet to a stream.
        StoreError: the file cannot be written.
    """
    table = TABLES.get(kind)
    if table is None:
        raise UsageError(f"'{kind}' is no table; there are {', '.join(TABLES)}")
    if format not in (*FORMATS, *_EVENT_LAYOUTS):
        raise UsageError(f"'{format}' is no format for rows; there are {', '.join((*FORMATS, *_EVENT_LAYOUTS))}")
    if format in _EVENT_LAYOUTS and kind != "events":
        raise UsageError(f"the layout '{format}' holds events only; {kind} can be {', '.join(FORMATS)}")
    if format not in _EVENT_LAYOUTS:
        return write_table(table.columns, map(table.cells, rows), format, out)
    # Imported here: these layouts need the codebook, and with it the lexicon's slow imports.
    from dateline.export.plover import write_plover
    from dateline.export.polecat import write_polecat

    return write_to(out, lambda stream: (write_plover if format == "plover" else write_polecat)(rows, stream))
