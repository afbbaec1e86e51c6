"""Who acts upon whom as a network: GraphML, and the two tables that Gephi reads.

A node is a name with its country; an edge is one event between two of them, from who acts to upon whom, undirected
where they act together. Only the nodes are kept in memory, and of the edges nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import BinaryIO, Final
from xml.sax.saxutils import escape, quoteattr

from dateline.export.columns import Cells, Column, Told, columns
from dateline.export.violence import first_day
from dateline.export.write import write_csv
from dateline.records.claims import Event
from dateline.records.mentions import Participant

NODES: Final[tuple[Column, ...]] = columns(
    ("Id", "text", "name and country"),
    ("Label", "text", "name"),
    ("Country", "text", "country code"),
    ("Sectors", "text", "PLOVER sectors at the first sight of it"),
)
EDGES: Final[tuple[Column, ...]] = columns(
    ("Source", "text", "id of a node"),
    ("Target", "text", "id of a node"),
    ("Type", "text", "Directed, or Undirected where they act together"),
    ("Id", "text", "the event's id and the number of the pair"),
    ("Label", "text", "PLOVER type"),
    ("Weight", "real", "1"),
    ("Status", "text", "status of the event"),
    ("Intensity", "real", "conflict-cooperation score"),
    ("Day", "day", "first day of the event"),
    ("Cameo", "text", "CAMEO code"),
    ("Article", "text", "id of the article"),
)
_GRAPHML_TYPES: Final = {"text": "string", "integer": "long", "real": "double", "day": "string"}
# XML 1.0 has no way to write these.
_NO_XML: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)], "\ufffd")


@dataclass(frozen=True, slots=True)
class Edge:
    """One event between two participants."""

    source: Participant
    target: Participant
    directed: bool
    event: Event
    number: int
    day: date
    article: str


def edges(rows: Iterable[Told]) -> Iterator[Edge]:
    """The edges of events, in their order; events with one participant have none."""
    for row in rows:
        event: Event = row.fact
        day, article = first_day(event, row.origin.published), row.origin.id
        if event.target:
            pairs = [(one, two) for one in event.source for two in event.target]
        else:
            pairs = list(combinations(event.source, 2))
        for number, (one, two) in enumerate(pairs):
            yield Edge(one, two, bool(event.target), event, number, day, article)


def node_id(who: Participant) -> str:
    """What tells a node from others: its name and country."""
    return f"{who.name} ({who.country})" if who.country else who.name


def write_edges(rows: Iterable[Told], out: BinaryIO) -> int:
    """Write the table of edges; the number of edges."""
    return write_csv(EDGES, map(_edge_cells, edges(rows)), out)


def write_nodes(rows: Iterable[Told], out: BinaryIO) -> int:
    """Write the table of the nodes that the edges join; the number of nodes."""
    return write_csv(NODES, _node_rows(rows), out)


def write_graphml(rows: Iterable[Told], out: BinaryIO) -> int:
    """Write GraphML, each node before its first edge; the number of edges."""
    out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for whose, table in (("node", NODES[1:]), ("edge", EDGES[4:])):
        for column in table:
            kind = _GRAPHML_TYPES[column.type]
            key = f'<key id="{whose}_{column.name}" for="{whose}" attr.name="{column.name}" attr.type="{kind}"/>\n'
            out.write(key.encode())
    out.write(b'<graph id="dateline" edgedefault="directed">\n')
    seen: set[str] = set()
    count = 0
    for edge in edges(rows):
        for who in (edge.source, edge.target):
            if node_id(who) not in seen:
                seen.add(node_id(who))
                out.write(_element("node", NODES[1:], f" id={_quoted(node_id(who))}", _node_cells(who)[1:]))
        source, target, _, number, *told = _edge_cells(edge)
        ends = f" id={_quoted(number)} source={_quoted(source)} target={_quoted(target)}"
        out.write(_element("edge", EDGES[4:], ends if edge.directed else f'{ends} directed="false"', told))
        count += 1
    out.write(b"</graph>\n</graphml>\n")
    out.flush()
    return count


def _node_rows(rows: Iterable[Told]) -> Iterator[Cells]:
    seen: set[str] = set()
    for edge in edges(rows):
        for who in (edge.source, edge.target):
            if node_id(who) not in seen:
                seen.add(node_id(who))
                yield _node_cells(who)


def _node_cells(who: Participant) -> Cells:
    return (node_id(who), who.name, who.country, " ".join(who.sectors) or None)


def _edge_cells(edge: Edge) -> Cells:
    event = edge.event
    ends = (node_id(edge.source), node_id(edge.target), "Directed" if edge.directed else "Undirected")
    told = (event.type, 1.0, event.status, event.intensity, edge.day, event.cameo, edge.article)
    return (*ends, f"{event.id}-{edge.number}", *told)


def _element(name: str, told: Iterable[Column], attributes: str, cells: Iterable[object]) -> bytes:
    data = "".join(
        f'<data key="{name}_{column.name}">{escape(str(cell).translate(_NO_XML))}</data>'
        for column, cell in zip(told, cells, strict=True)
        if cell is not None
    )
    return f"<{name}{attributes}>{data}</{name}>\n".encode()


def _quoted(text: object) -> str:
    return quoteattr(str(text).translate(_NO_XML))
