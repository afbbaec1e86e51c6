"""Pairs of actors over time: the series of `dateline series`, one small drawing for each pair, all on one scale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any, Final, cast, get_args

from starlette.requests import Request
from starlette.responses import Response

from dateline.archive import Archive
from dateline.export.series import series_cells, series_columns
from dateline.export.write import write_table
from dateline.series import MEASURES, PERIODS, Period, SeriesRow, period_end, period_name, period_start
from dateline.store.acts import Label
from dateline.store.filter import parse_query
from dateline.web.asking import Question, answer, command, day, question
from dateline.web.download import as_file
from dateline.web.site import Site, site_of
from dateline.web.timeline import Bar, Drawn, drawn, reach
from dateline.web.words import link, quoted

_LABELS: Final = get_args(Label)
_CHOICES: Final = {"by": ("month", *PERIODS), "measure": ("quad", *MEASURES), "actors": _LABELS}
_DAYS: Final = ("from", "to")
_SHOWN: Final = 12
_MOST_BARS: Final = 400
# Bars that can each be a link, before the page gets too heavy.
_MOST_LINKED: Final = 250
_MOST_OUTLINED: Final = 2_400
# More events than this are counted by the command, while nobody waits.
_MOST_EVENTS: Final = 8_000
HEIGHT: Final = 80


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors, what they did in all, and their bars.

    Attributes:
        first, last: the names of the first and last period; line: how far down the line of nought stands.
        bars: those that are not empty, each with the address of its events; empty where they are too many for that.
        up, down: all bars as two outlines, where there are no single ones.
    """

    source: str
    target: str
    events: int
    intensity: float
    first: str
    last: str
    line: float
    bars: tuple[tuple[Drawn, str], ...]
    up: str
    down: str


def show_series(request: Request) -> Response:
    """`/series?q=actor:IND+target:PAK&by=month&measure=quad&actors=country`."""
    asked = question(request, "/series", _CHOICES, _DAYS)

    def tell(site: Site) -> dict[str, Any]:
        with site.archive() as archive:
            events = site.counts.count(archive, "events", asked.query)
            if events > _MOST_EVENTS:
                return {"too_many": events, "countries": _countries(site, archive, asked)}
            found = archive.series(asked.query, **_options(asked), zeros=False)
            countries = _countries(site, archive, asked)
        pairs = [(key, list(rows)) for key, rows in groupby(found.rows, key=lambda row: (row.source, row.target))]
        pairs.sort(key=lambda pair: (-sum(row.events for row in pair[1]), pair[0]))
        return {
            "too_many": 0,
            "pairs": _pairs(asked, pairs[:_SHOWN]),
            "count": len(pairs),
            "events": sum(row.events for row in found.rows),
            "too_wide": found.too_wide,
            "height": HEIGHT,
            "countries": countries,
            "files": asked.files(),
            "command": command("series", site, asked.query, _arguments(asked)),
        }

    told = {"periods": PERIODS, "measures": MEASURES, "units": _LABELS}
    return answer(request, "series.html", "event", asked, lambda site: {**told, **tell(site)})


def download_series(request: Request) -> Response:
    """`/series.csv?q=...` and the like: what the command below the page writes."""
    site, asked = site_of(request), question(request, "/series", _CHOICES, _DAYS)
    measure, format = asked.choices["measure"], request.path_params["format"]

    def write(file: Path) -> None:
        with site.archive() as archive:
            found = archive.series(asked.query, **_options(asked), zeros=False)
            write_table(series_columns(measure), (series_cells(row, measure) for row in found.rows), format, file)

    return as_file("series", format, write)


def _options(asked: Question) -> dict[str, Any]:
    choices = asked.choices
    return {
        "by": choices["by"],
        "label": choices["actors"],
        "since": day(choices["from"]),
        "until": day(choices["to"]),
    }


def _arguments(asked: Question) -> dict[str, str | None]:
    choices = asked.choices
    given: dict[str, str | None] = {"--by": choices["by"], "--measure": choices["measure"]}
    given["--actors"] = choices["actors"] if choices["actors"] != "country" else None
    return {**given, "--from": choices["from"], "--to": choices["to"]}


def _pairs(asked: Question, pairs: list[tuple[tuple[str, str], list[SeriesRow]]]) -> list[Pair]:
    """The pairs with their bars, every pair over the same periods and on the same scale."""
    starts = [row.first for _, rows in pairs for row in rows]
    days = _periods(min(starts), max(starts), asked.choices["by"]) if starts else {}
    periods = list(days)
    made = []
    for (source, target), rows in pairs[: max(1, _MOST_OUTLINED // max(1, len(periods)))]:
        known = {row.period: row for row in rows}
        bars = [_bar(period, known.get(period), asked.choices["measure"]) for period in periods]
        made.append((source, target, rows, bars))
    tops, depths = zip(*(reach(bars) for *_, bars in made), strict=True) if made else ((0,), (0,))
    extent = (max(tops), max(depths))
    many = sum(bool(bar.up or bar.down) for *_, bars in made for bar in bars) > _MOST_LINKED
    found = []
    for source, target, rows, bars in made:
        all_bars = drawn(bars, HEIGHT, extent)
        full = [bar for bar in all_bars if bar.up_high or bar.down_high]
        links = () if many else tuple((bar, _href(asked, source, target, days[bar.bar.period])) for bar in full)
        total = sum(row.events for row in rows)
        found.append(
            Pair(
                source,
                target,
                total,
                sum(row.intensity for row in rows) / total,
                periods[0],
                periods[-1],
                all_bars[0].line,
                links,
                _outline(full, up=True) if many else "",
                _outline(full, up=False) if many else "",
            )
        )
    return found


def _outline(bars: list[Drawn], *, up: bool) -> str:
    """All bars of one way as one path."""
    told = []
    for bar in bars:
        high = bar.up_high if up else bar.down_high
        if high:
            top = bar.top if up else bar.line
            told.append(f"M{bar.left:.1f} {top:.1f}h{bar.width * 0.9:.1f}v{high:.1f}h-{bar.width * 0.9:.1f}z")
    return "".join(told)


def _periods(first: date, last: date, by: str) -> dict[str, tuple[date, date]]:
    """Every period between two days with its own days; the last ones where they are too many to be drawn."""
    found: dict[str, tuple[date, date]] = {}
    wanted = cast(Period, by)
    end = period_end(period_start(last, wanted), wanted)
    while end >= first and len(found) < _MOST_BARS:
        start = period_start(end, wanted)
        found[period_name(start, wanted)] = (start, end)
        end = start - timedelta(days=1)
    return dict(reversed(found.items()))


def _bar(period: str, row: SeriesRow | None, measure: str) -> Bar:
    if row is None:
        return Bar(period, 0, 0, f"{period}: none")
    if measure == "quad":
        up, down = row.quads[0] + row.quads[1], row.quads[2] + row.quads[3]
        return Bar(period, up, down, f"{period}: {up:,} cooperation, {down:,} conflict")
    if measure == "intensity":
        mean = row.intensity / row.events
        return Bar(period, max(0.0, mean), max(0.0, -mean), f"{period}: {mean:+.1f} on average of {row.events:,}")
    return Bar(period, row.events, 0, f"{period}: {row.events:,} acts in {row.reports:,} reports")


def _href(asked: Question, source: str, target: str, days: tuple[date, date]) -> str:
    """The address of the events behind a bar: those of the pair on its days."""
    named = asked.choices["actors"] == "name"
    sides = []
    for side, label in (("source", source), ("target", target)):
        if label and side == "target" and not named:
            sides.append(f"actor:{label.split(' ')[0]}")
        elif label:
            sides.append(f"actor:{quoted(label) if named else label.split(' ')[0]}")
    return link("/events", q=" ".join([asked.query, *sides, f"on:{days[0]}..{days[1]}"]).strip())


def _countries(site: Site, archive: Archive, asked: Question) -> list[tuple[str, str]]:
    """Where to begin: the countries of the record's places, with the address of each one's series."""
    if asked.query:
        return []
    parse_query(asked.query)
    found = [group.values[0] for group in site.counts.groups(archive, "events", "", ("place_country",), most=40)]
    return [(code, asked.address(q=f"actor:{code}")) for code in found if code][:24]
