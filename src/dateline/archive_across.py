"""Questions that look across articles: real events and stories, actors, plans, figures, series."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from dateline.archive_asked import Explanation, Query, as_day, as_filter
from dateline.archive_plans import AgendaItem, agenda, history
from dateline.errors import UsageError
from dateline.ledger import LedgerLine
from dateline.series import Period, Series, tally
from dateline.store.acts import Label, acts
from dateline.store.filter import Term
from dateline.store.merged import Joined, MergedEvent, Story, count_merged, event_of, joins, merged_events, stories
from dateline.store.people import Person, find_people, surname_only
from dateline.store.read import Asking


class Across(ABC):
    """What `Archive` can tell of several articles together. Queries, limits and days are as in its questions."""

    path: Path
    _asking: Asking

    @abstractmethod
    def explain(self, event_id: str) -> Explanation:
        """An event with all that led to it."""

    def people(self, name: str = "", *, limit: int | None = None, as_of: date | str | None = None) -> Iterator[Person]:
        """Actors across articles whose name has these words, those of most articles first, with their roles over time.

        Unlike `actors`, one row for each person, body or country. A surname alone joins nothing (`named_only` counts).
        """
        return find_people(self._asking, name, as_of=as_day(as_of), limit=limit)

    def named_only(self, surname: str) -> int:
        """In how many articles somebody is named by this surname alone, so that it is open who is meant."""
        return surname_only(self._asking, surname)

    def series(
        self,
        query: Query = "",
        *,
        by: Period = "month",
        label: Label = "country",
        merged: bool = True,
        zeros: bool = False,
        since: date | str | None = None,
        until: date | str | None = None,
        as_of: date | str | None = None,
    ) -> Series:
        """Events counted by pair of actors and period; what happened or goes on, unless the query asks for a status.

        Args:
            label: pairs of countries, of countries with primary sector, or of names.
            merged: several reports of one act count once.
            zeros: also rows of nought between `since` and `until` (or the first and the last period with an act).

        Raises:
            UsageError: more periods than can be written out.
        """
        asked = as_filter(query, None)
        if all(term.field != "status" for term in asked.terms):
            asked = replace(asked, terms=(*asked.terms, Term("status", ("happened", "ongoing"), False, 1)))
        found = acts(self._asking, asked, as_day(as_of), label=label, merged=merged)
        return tally(found, by, zeros=zeros, first=as_day(since), last=as_day(until))

    def agenda(
        self,
        query: Query = "",
        *,
        since: date | str | None = None,
        until: date | str | None = None,
        undated: bool = False,
        as_of: date | str | None = None,
    ) -> list[AgendaItem]:
        """What was announced, by day, each with what later reports say became of it.

        Args:
            since, until: only plans whose days touch this time.
            undated: also plans for which no day is given, at the end.
        """
        asked = as_filter(query, None)
        return agenda(self._asking, asked, as_day(as_of), first=as_day(since), last=as_day(until), undated=undated)

    def history(self, query: Query = "", *, as_of: date | str | None = None) -> tuple[LedgerLine, ...]:
        """How the figures that pass a query moved: every claim about the same acts, in order of publication."""
        return history(self._asking, as_filter(query, None), as_day(as_of))

    def merged(
        self, query: Query = "", *, limit: int | None = None, as_of: date | str | None = None
    ) -> Iterator[MergedEvent]:
        """Real events: one for all reports that tell of the same act, where one of them passes the query.

        They come in the order of the first day of the first such report (docs/merging.md).
        """
        asked = as_filter(query, limit)
        return merged_events(self._asking, replace(asked, limit=None), as_day(as_of), asked.limit)

    def count_merged(self, query: Query = "", *, as_of: date | str | None = None) -> int:
        """How many real events have a report that passes a query."""
        return count_merged(self._asking, as_filter(query, None), as_day(as_of))

    def stories(
        self, query: Query = "", *, limit: int | None = None, as_of: date | str | None = None, least: int = 2
    ) -> list[Story]:
        """Developing stories of which an article passes the query, those of most articles first.

        Args:
            least: only stories of so many articles.
        """
        asked = as_filter(query, limit)
        return stories(self._asking, replace(asked, limit=None), as_day(as_of), least=least, limit=asked.limit)

    def same(self, event_id: str, *, as_of: date | str | None = None) -> tuple[MergedEvent, list[Joined]]:
        """The real event that a report tells of, and why each of its other reports was joined.

        Raises:
            UsageError: nothing has such an id, several events have, or it is no event.
        """
        known = self.explain(event_id).event.fact.id
        event = event_of(self._asking, known, as_day(as_of))
        if event is None:
            raise UsageError(f"{self.path}: no report of the event {known} could be seen on {as_of}")
        return event, joins(self._asking, event)
