"""Maps, networks, linked data and pages: well-formed, escaped, and with the facts in them."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

from dateline.archive import Archive

_GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


def exported(archive: Archive, layout: str, table: str | None = None, query: str = "") -> str:
    out = io.BytesIO()
    archive.export(layout, out, query, table=table)
    return out.getvalue().decode("utf-8")


def test_geojson(full: Archive) -> None:
    found = json.loads(exported(full, "geojson"))
    assert found["type"] == "FeatureCollection"
    shelled, visit, met = found["features"]
    assert shelled["geometry"] == {"type": "Point", "coordinates": [10.75, 59.91]}
    assert (shelled["properties"]["status"], shelled["properties"]["dead"]) == ("happened", 3)
    assert (visit["properties"]["from"], visit["properties"]["source_country"]) == ("2020-03-16", "NOR")
    assert (
        met["properties"]["source_country"] == "NOR; POL"
        and met["id"] == next(full.events("status:happened actor:NOR")).fact.id
    )


def test_no_events_are_an_empty_collection(full: Archive) -> None:
    assert json.loads(exported(full, "geojson", query="actor:BRA")) == {"type": "FeatureCollection", "features": []}
    assert json.loads(exported(full, "jsonld", query="actor:BRA"))["@graph"] == []


def test_graphml_has_each_node_before_its_edges(full: Archive) -> None:
    root = ElementTree.fromstring(exported(full, "graphml"))
    keys = {key.attrib["id"]: key.attrib["attr.name"] for key in root.iter(f"{_GRAPHML}key")}
    known: set[str] = set()
    edges = []
    for item in root.find(f"{_GRAPHML}graph") or []:
        data = {keys[part.attrib["key"]]: part.text for part in item}
        if item.tag == f"{_GRAPHML}node":
            assert item.attrib["id"] not in known
            known.add(item.attrib["id"])
        else:
            assert {item.attrib["source"], item.attrib["target"]} <= known
            edges.append((item.attrib["source"], item.attrib["target"], item.attrib.get("directed"), data["Label"]))
    assert ("Ine Berg (NOR)", "Poland (POL)", None, "CONSULT") in edges
    assert ("Norway (NOR)", "Poland (POL)", "false", "CONSULT") in edges
    assert len(known) == 6 and len(edges) == 4


def test_gephi_tables(full: Archive) -> None:
    nodes = list(csv.DictReader(io.StringIO(exported(full, "nodes"), newline="")))
    edges = list(csv.DictReader(io.StringIO(exported(full, "edges"), newline="")))
    assert list(nodes[0])[:2] == ["Id", "Label"] and list(edges[0])[:3] == ["Source", "Target", "Type"]
    assert {edge[end] for edge in edges for end in ("Source", "Target")} == {node["Id"] for node in nodes}
    assert [edge["Type"] for edge in edges] == ["Directed", "Directed", "Directed", "Undirected"]


def test_json_ld_of_events_leaves_out_what_did_not_and_will_not_happen(full: Archive) -> None:
    found = json.loads(exported(full, "jsonld"))
    assert found["@context"] == "https://schema.org"
    statuses = [item["additionalProperty"][0]["value"] for item in found["@graph"]]
    assert statuses == ["happened", "planned", "happened", "ongoing"]
    visit = found["@graph"][1]
    assert (visit["@type"], visit["startDate"], visit["endDate"]) == ("Event", "2020-03-16", "2020-03-22")
    assert visit["performer"][0]["name"] == "Ine Berg" and visit["performer"][0]["nationality"]["identifier"] == "NOR"
    assert visit["subjectOf"]["@type"] == "NewsArticle" and visit["location"]["name"] == "Poland"


def test_json_ld_of_statements(full: Archive) -> None:
    claims = json.loads(exported(full, "jsonld", table="statements"))["@graph"]
    assert {claim["@type"] for claim in claims} == {"Claim"}
    police = next(claim for claim in claims if claim["author"]["name"] == "police")
    assert police["text"].startswith("Unknown gunmen shelled") and police["about"][0]["@id"].startswith("urn:dateline:")


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") or name == "src" for name, _ in attrs)
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words += data


def parsed(page: str) -> _Tags:
    tags = _Tags()
    tags.feed(page)
    assert tags.open == []
    return tags


def test_a_page_of_events_needs_nothing_else(full: Archive) -> None:
    page = exported(full, "html")
    tags = parsed(page)
    assert page.startswith("<!DOCTYPE html>") and not {"script", "link", "img", "iframe"} & set(tags.tags)
    assert not re.search(r"@import|url\(", page)
    assert tags.tags.count("tr") == 1 + full.count("events")
    assert '<mark class="event">shelled</mark>' in page
    assert "50% <b>agreed</b> & left." in tags.words and "b" not in tags.tags
    assert 'href="https://nordlys.example/berg"' in page


def test_a_page_of_articles_shows_their_whole_text(full: Archive) -> None:
    page = exported(full, "html", table="articles")
    tags = parsed(page)
    for row in full.articles():
        assert full.reading(row.origin.id).article.text in tags.words
    assert tags.tags.count("article") == 3 and '<mark class="figure">' in page
