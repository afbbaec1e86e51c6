"""CAMEO's view of an event: its code, its Goldstein score, and one row for each pair of actors.

GDELT, ICEWS and the PETRARCH coders print pairs: `A and B accused C` is A-C and B-C, `A and B met` is A-B and B-A. What
is announced or threatened has the code that CAMEO has for announcing or threatening it; what is denied, or only
demanded or feared, has none and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from typing import Final

from dateline.export.columns import Told
from dateline.export.countries import table_rows
from dateline.export.plover import Coded, coded
from dateline.lexicon.codebook import load_codebook
from dateline.records.claims import Event
from dateline.records.mentions import Participant
from dateline.records.text import content_id


@dataclass(frozen=True, slots=True)
class Code:
    """A CAMEO code: its Goldstein score and its title."""

    code: str
    goldstein: float
    label: str

    @property
    def root(self) -> str:
        """The first two digits ("04")."""
        return self.code[:2]

    @property
    def base(self) -> str:
        """The first three digits ("042")."""
        return self.code[:3]

    @property
    def quad(self) -> int:
        """GDELT's class of the root: 1 verbal, 2 material cooperation, 3 verbal, 4 material conflict."""
        root = int(self.root)
        return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4


@dataclass(frozen=True, slots=True)
class Dyad:
    """One event between two actors, or of one actor alone.

    Attributes:
        number: 0, 1 ... among the dyads of its event.
        id: content id of event and number.
    """

    row: Told
    event: Event
    printed: Coded
    code: Code
    source: Participant | None
    target: Participant | None
    number: int

    @property
    def id(self) -> str:
        """16 hex digits; the event's own id for its only dyad."""
        return self.event.id if self.number == 0 else content_id(self.event.id, "dyad", self.number)


# What CAMEO prints for an announced (AGREE, CONCEDE) or threatened (THREATEN) act: by the beginning of the act's own
# code, the longest that fits; by its type where it has none.
_ANNOUNCED: Final = {
    "03": "030", "04": "036", "045": "039", "05": "032", "057": "030",
    "06": "031", "061": "0311", "062": "0312", "063": "0313", "064": "0314",
    "07": "033", "071": "0331", "072": "0332", "073": "0333", "074": "0334",
    "08": "035", "081": "0351", "082": "0352", "083": "034", "0831": "0341", "0832": "0342", "0833": "0343",
    "0834": "0344", "084": "0353", "085": "0354", "086": "0355", "087": "0356",
    "CONSULT": "036", "SUPPORT": "032", "COOPERATE": "031", "AID": "033", "CONCEDE": "035", "RETREAT": "035",
    "AGREE": "030",
}  # fmt: skip
_THREATENED: Final = {
    "14": "133", "15": "138", "16": "131", "161": "1313", "162": "1311", "163": "1312", "164": "134", "165": "135",
    "166": "136", "17": "130", "172": "132", "1721": "1321", "1722": "1322", "1723": "1323", "1724": "1324",
    "175": "137", "18": "138", "19": "138", "191": "1381", "192": "1382", "20": "1383", "204": "1385",
    "ASSAULT": "138", "MOBILIZE": "138", "COERCE": "132", "SANCTION": "131", "PROTEST": "133", "REJECT": "134",
    "RETREAT": "136",
}  # fmt: skip
# PLOVER's sectors as CAMEO's roles; those CAMEO does not have are blank.
_ROLES: Final = {
    "JRN": "MED",
    "MED": "HLH",
    "PRM": "UAF",
    "SOC": "CVL",
    "UNK": "",
    "PRE": "",
}
# Bodies in the place of a country: the piece they begin an actor code with. CAMEO's three-letter codes are older than
# two of today's ISO codes.
_FIRST_PIECE: Final = {"UNO": "IGOUNO", "EUR": "IGOEUREEC", "ROU": "ROM", "TLS": "TMP"}


@cache
def cameo_codes() -> dict[str, Code]:
    """All codes of the codebook."""
    return {code: Code(code, float(goldstein), label) for code, goldstein, label in table_rows("cameo.tsv")}


@cache
def cameo_code(type: str, printed: str, cameo: str | None, fallback: str, *, done: bool = True) -> Code:
    """The code of an event as printed.

    Args:
        type, cameo: type and code of the act; printed: the type as printed, and `fallback` the code of that one.
        done: whether the act happened or goes on; an announced concession is printed as CONCEDE too.
    """
    if printed == type and (done or printed != "CONCEDE"):
        wanted = cameo or fallback
    elif printed == "THREATEN":
        wanted = _foretold(_THREATENED, type, cameo, fallback)
    elif printed in ("AGREE", "CONCEDE"):
        wanted = _foretold(_ANNOUNCED, type, cameo, fallback)
    else:
        wanted = fallback
    codes = cameo_codes()
    # A lexicon may know a finer code than the codebook: its first digits are then the codebook's.
    return next(codes[wanted[:length]] for length in (4, 3, 2) if wanted[:length] in codes)


def _foretold(codes: Mapping[str, str], type: str, cameo: str | None, fallback: str) -> str:
    beginnings = (cameo[:length] for length in (4, 3, 2)) if cameo is not None else ()
    return next((codes[known] for known in (*beginnings, type) if known in codes), fallback)


@cache
def roles(sectors: tuple[str, ...]) -> tuple[str, ...]:
    """CAMEO's roles of PLOVER's sectors, the primary one first, at most three."""
    own = dict.fromkeys(_ROLES.get(sector, sector) for sector in sectors)
    return tuple(role for role in own if role)[:3]


@cache
def actor_code(country: str | None, sectors: tuple[str, ...]) -> str | None:
    """A CAMEO actor code ("NORGOVMIL", "IGOUNO", "---REB"); None for those who code to nothing."""
    first = "" if country is None else _FIRST_PIECE.get(country, country)
    pieces = roles(sectors)
    if not first and not pieces:
        return None
    return (first or "---") + "".join(pieces)


def sides(event: Event) -> Iterator[tuple[Participant | None, Participant | None]]:
    """The pairs of an event as CAMEO coders print them."""
    if event.source and event.target:
        for source in event.source:
            for target in event.target:
                yield source, target
    elif len(event.source) > 1:
        yield from permutations(event.source, 2)
    elif len(event.target) > 1:
        for target in event.target:
            yield None, target
    else:
        yield (event.source[0] if event.source else None, event.target[0] if event.target else None)


def dyads(rows: Iterable[Told]) -> Iterator[Dyad]:
    """Events of a record as dyads, in their order; those for which PLOVER codes nothing are left out."""
    codebook = load_codebook()
    for row in rows:
        event: Event = row.fact
        printed = coded(event, row.origin.published, codebook)
        if printed is None:
            continue
        fallback = codebook.types[printed.type].cameo
        done = event.status in ("happened", "ongoing")
        code = cameo_code(event.type, printed.type, event.cameo, fallback, done=done)
        for number, (source, target) in enumerate(sides(event)):
            if source is not None or target is not None:
                yield Dyad(row, event, printed, code, source, target, number)


def whole_number(id: str) -> int:
    """An id as a whole number below 2**52, which R and JavaScript hold exactly: two among a million rows fall together
    about once in ten thousand files."""
    return int(id[:13], 16)
