"""Who is who in one article: the actors, and the participants that each nominal of the tree stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dateline.records.mentions import Actor, Participant
from dateline.records.problem import Problem


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of one article.

    Attributes:
        actors: in order of first mention.
        by_token: index of the head token of a nominal (a name, "three Australian nationals", "the minister", "they")
            to the participants it stands for. Mostly one; several where modifiers name several sides ("U.S. and
            Russian negotiators") or a plural stands for several actors ("the two leaders"). Conjuncts have entries of
            their own. A nominal that is no political actor ("the table") has none.
    """

    actors: tuple[Actor, ...]
    by_token: Mapping[int, tuple[Participant, ...]]
    problems: tuple[Problem, ...] = ()

    def at(self, token_index: int) -> tuple[Participant, ...]:
        """The participants that the nominal headed by this token stands for; empty when it is no actor."""
        return self.by_token.get(token_index, ())
