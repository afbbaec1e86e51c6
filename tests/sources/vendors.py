"""Invented articles, and writers that lay them out as feeds, agencies, news banks, mailers and crawlers do.

Every writer takes stories and gives the bytes of one file. The layouts follow the vendors' own; people, papers and
events are made up here.
"""

from __future__ import annotations

import email.message
import email.policy
import gzip
import html
import io
import json
import random
import textwrap
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

_PEOPLE = (
    "Ine Berg",
    "Tomas Kvist",
    "Amara Oduya",
    "Lucía Peñalver",
    "Jean-Luc Moreau",
    "Šárka Nováková",
    "D'Arcy Finn",
)
_PLACES = ("Oslo", "Lagos", "Montevideo", "Ghent", "Brno", "Windhoek", "Tampere", "Cádiz")
_PAPERS = ("The Northern Courier", "Harbour Gazette", "The Eastland Record", "Daily Meridian", "Smith & Sons Newswire")
_ROLES = ("transport minister", "mayor", "union leader", "army spokesman", "central bank governor")
_SENTENCES = (
    "The {role}, {who}, said on {weekday} that the talks in {place} would go on until a deal had been reached.",
    "“We were promised a road — and we got a fence,” {who} told reporters outside the town hall in {place}.",
    "About {n} people marched through {place} to protest against the plan, the police said.",
    "Two officials who asked not to be named said that {who} had met envoys from {place} for the third time this year.",
    'The agreement, worth €{n} million, was signed by {who} & partners in {place}; critics called it "a bad joke".',
    "{who} had warned that prices of bread & fuel could rise by {n}% if the border at {place} stayed closed.",
    "In {place}, where {n} families lost their homes, the {role} has asked for help from the neighbouring countries.",
    "The court in {place} ruled that the {role} was not allowed to dismiss {n} teachers before the end of the year.",
    "It was the first time that {who}, who is now 7'2\" tall in bronze, had spoken about it < 24 hours after the vote.",
)
_TITLES = (
    "Talks in {place} go on as {who} holds out",
    "{who} wins vote in {place}",
    "Border at {place} to reopen, {role} says",
    "‘Not one more day’: {n} march in {place}",
    "{place} & the price of bread",
)


@dataclass(frozen=True, slots=True)
class Story:
    """An invented article."""

    number: int
    title: str
    byline: str
    source: str
    day: date
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)

    @property
    def url(self) -> str:
        return f"https://news.example/{self.number}/story"


def story(seed: int) -> Story:
    """The story of a number: the same number gives the same story."""
    chance = random.Random(seed)

    def filled(form: str) -> str:
        return form.format(
            who=chance.choice(_PEOPLE),
            place=chance.choice(_PLACES),
            role=chance.choice(_ROLES),
            n=chance.randrange(3, 4000),
            weekday=chance.choice(("Monday", "Tuesday", "Friday")),
        )

    paragraphs = tuple(
        " ".join(filled(form) for form in chance.sample(_SENTENCES, chance.randrange(1, 4)))
        for _ in range(chance.randrange(3, 8))
    )
    return Story(
        number=seed,
        title=filled(chance.choice(_TITLES)),
        byline=chance.choice(_PEOPLE),
        source=chance.choice(_PAPERS),
        day=date(2015, 1, 5) + timedelta(days=chance.randrange(3000)),
        paragraphs=paragraphs,
    )


def stories(first: int, count: int) -> list[Story]:
    """Stories by consecutive numbers."""
    return [story(number) for number in range(first, first + count)]


def _stamp(item: Story) -> str:
    from datetime import UTC, datetime

    return format_datetime(datetime(item.day.year, item.day.month, item.day.day, 9, 30, tzinfo=UTC))


def _long_day(item: Story) -> str:
    return f"{item.day:%B} {item.day.day}, {item.day.year}"


def _day_first(item: Story) -> str:
    return f"{item.day.day} {item.day:%B} {item.day.year}"


def _marked(item: Story) -> str:
    return "".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in item.paragraphs)


def rss(items: Sequence[Story]) -> bytes:
    """RSS 2.0 with the article in content:encoded and a summary beside it."""
    parts = [
        f"<item><title>{escape(item.title)}</title><link>{item.url}</link>"
        f"<guid isPermaLink='false'>n-{item.number}</guid>"
        f"<dc:creator>{escape(item.byline)}</dc:creator><pubDate>{_stamp(item)}</pubDate>"
        f"<description>{escape(item.paragraphs[0][:60])}</description>"
        f"<content:encoded><![CDATA[{_marked(item)}]]></content:encoded></item>"
        for item in items
    ]
    return (
        "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' "
        "xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>"
        f"<title>{escape(items[0].source)}</title><link>https://news.example/</link><description>News</description>"
        f"{''.join(parts)}</channel></rss>"
    ).encode()


def rdf(items: Sequence[Story]) -> bytes:
    """RSS 1.0: items beside the channel, the article as escaped HTML."""
    parts = [
        f"<item rdf:about='{item.url}'><title>{escape(item.title)}</title><link>{item.url}</link>"
        f"<dc:creator>{escape(item.byline)}</dc:creator><dc:date>{item.day.isoformat()}T08:00:00Z</dc:date>"
        f"<description>{escape(_marked(item))}</description></item>"
        for item in items
    ]
    return (
        "<?xml version='1.0'?><!-- made by hand --><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
        "xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        f"<channel rdf:about='https://news.example/'><title>{escape(items[0].source)}</title></channel>"
        f"{''.join(parts)}</rdf:RDF>"
    ).encode()


def atom(items: Sequence[Story]) -> bytes:
    """Atom, the article as XHTML for every other entry."""
    parts = []
    for item in items:
        if item.number % 2:
            content = f"<content type='html'>{escape(_marked(item))}</content>"
        else:
            inner = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in item.paragraphs)
            content = f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{inner}</div></content>"
        parts.append(
            f"<entry><id>tag:{item.number}</id><title>{escape(item.title)}</title>"
            f"<link rel='self' href='https://x.example/'/><link href='{item.url}'/>"
            f"<author><name>{escape(item.byline)}</name></author>"
            f"<published>{item.day.isoformat()}T23:10:00+01:00</published><updated>2031-01-01T00:00:00Z</updated>"
            f"<summary>{escape(item.title)}</summary>{content}</entry>"
        )
    return (
        "<feed xmlns='http://www.w3.org/2005/Atom'>"
        f"<title>{escape(items[0].source)}</title><id>tag:feed</id>{''.join(parts)}</feed>"
    ).encode()


def nitf(items: Sequence[Story]) -> bytes:
    """NITF 3.5."""
    (item,) = items
    body = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in item.paragraphs)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE nitf SYSTEM "http://www.nitf.org/IPTC/NITF/3.5/specification/nitf-3-5.dtd">
<nitf><head><title>{escape(item.title)}</title><docdata><doc-id id-string="n{item.number}"/>
<date.issue norm="{item.day:%Y%m%d}T101500Z"/></docdata><pubdata type="print" name={quoteattr(item.source)}/></head>
<body><body.head><hedline><hl1>{escape(item.title)}</hl1></hedline>
<byline>By <person>{escape(item.byline)}</person></byline><dateline><location>OSLO</location></dateline></body.head>
<body.content><media media-type="image"><media-caption><p>A picture.</p></media-caption></media>
<block>{body}</block></body.content><body.end/></body></nitf>""".encode()


def newsml(items: Sequence[Story]) -> bytes:
    """A NewsML-G2 message: items with NITF, XHTML or plain text inside, and a picture between them."""
    parts = []
    for item in items:
        inner = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in item.paragraphs)
        if item.number % 3 == 0:
            content = (
                "<inlineXML contenttype='application/nitf+xml'><nitf xmlns='http://iptc.org/std/NITF/2006-10-18/'><body>"
                f"<body.head/><body.content>{inner}</body.content></body></nitf></inlineXML>"
            )
        elif item.number % 3 == 1:
            content = (
                "<inlineXML contenttype='application/xhtml+xml'><html xmlns='http://www.w3.org/1999/xhtml'>"
                f"<head><title>x</title></head><body><h1>{escape(item.title)}</h1>{inner}</body></html></inlineXML>"
            )
        else:
            content = f"<inlineData contenttype='text/plain'>{escape(item.text)}</inlineData>"
        parts.append(
            f"<newsItem guid='urn:n:{item.number}' version='2'><itemMeta><itemClass qcode='ninat:text'/>"
            f"<provider literal={quoteattr(item.source)}/><versionCreated>2031-01-01T00:00:00Z</versionCreated>"
            f"<firstCreated>{item.day.isoformat()}T10:00:00Z</firstCreated></itemMeta>"
            f"<contentMeta><by>By {escape(item.byline)}</by><headline>{escape(item.title)}</headline></contentMeta>"
            f"<contentSet>{content}</contentSet></newsItem>"
        )
    return (
        "<?xml version='1.0' encoding='UTF-8'?><newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'><header/>"
        f"<itemSet>{''.join(parts)}</itemSet></newsMessage>"
    ).encode()


def newsitem(items: Sequence[Story]) -> bytes:
    """Reuters' newsitem, in Latin-1 as far as its letters go."""
    (item,) = items
    body = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in item.paragraphs)
    return f"""<?xml version="1.0" encoding="iso-8859-1" ?>
<newsitem itemid="{item.number}" id="root" date="{item.day.isoformat()}" xml:lang="en">
<title>X: {escape(item.title)}</title>
<headline>{escape(item.title)}</headline><byline>{escape(item.byline)}</byline><text>
{body}
</text><copyright>(c)</copyright><metadata><dc element="dc.publisher" value={quoteattr(item.source)}/></metadata>
</newsitem>""".encode("iso-8859-1", "xmlcharrefreplace")


def _message(item: Story) -> email.message.EmailMessage:
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["Message-ID"] = f"<n{item.number}@news.example>"
    message["From"] = f'"{item.source}" <alerts@news.example>'
    message["To"] = "reader@example.org"
    message["Date"] = _stamp(item)
    message["Subject"] = item.title
    if item.number % 3:
        message.set_content(item.text)
    else:
        message.set_content("This message is in HTML.")
        message.add_alternative(f"<html><body>{_marked(item)}</body></html>", subtype="html")
    return message


def eml(items: Sequence[Story]) -> bytes:
    """One e-mail."""
    (item,) = items
    return _message(item).as_bytes()


def mbox(items: Sequence[Story]) -> bytes:
    """A mailbox; a line "From ..." in a text is quoted as mailers do."""
    parts = []
    for item in items:
        data = _message(item).as_bytes(policy=email.policy.default).replace(b"\nFrom ", b"\n>From ")
        parts.append(b"From alerts@news.example Sat Mar 14 09:30:00 2020\n" + data + b"\n\n")
    return b"".join(parts)


def news_please(items: Sequence[Story]) -> bytes:
    """What news-please writes for a page."""
    (item,) = items
    return json.dumps(
        {
            "authors": [item.byline],
            "date_download": "2031-01-01 00:00:00",
            "date_modify": None,
            "date_publish": f"{item.day.isoformat()} 08:00:00",
            "description": item.paragraphs[0][:60],
            "filename": "x.json",
            "image_url": None,
            "language": "en",
            "localpath": None,
            "maintext": item.text,
            "source_domain": item.source,
            "title": item.title,
            "title_page": None,
            "url": item.url,
        }
    ).encode()


def linked_page(items: Sequence[Story]) -> bytes:
    """A page with a schema.org NewsArticle, body in the markup."""
    (item,) = items
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": item.title,
        "datePublished": f"{item.day.isoformat()}T07:15:00+02:00",
        "author": [{"@type": "Person", "name": item.byline}],
        "publisher": {"@type": "Organization", "name": item.source},
        "mainEntityOfPage": item.url,
        "url": item.url,
    }
    linked = json.dumps(data).replace("</", "<\\/")
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{html.escape(item.title)} | X</title>"
        f"<script type='application/ld+json'>{linked}</script></head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{html.escape(item.title)}</h1>{_marked(item)}</article>"
        "<footer><a href='/about'>About us</a></footer></body></html>"
    ).encode()


def nexis_lines(items: Sequence[Story]) -> list[str]:
    """The lines of a Nexis Uni export, cover page first."""
    lines = [
        "User Name: A Reader",
        "Date and Time: Monday, January 6, 2031 10:00:00 AM CET",
        "Job Number: 123456789",
        "",
    ]
    lines += [f"Documents ({len(items)})", *(f"{n}. {item.title}" for n, item in enumerate(items, start=1))]
    lines += ["Client/Matter: -None-", "Search Terms: border", "Search Type: Terms and Connectors", ""]
    for item in items:
        lines += [item.title, item.source, f"{_long_day(item)} {item.day:%A} 10:15 AM GMT", ""]
        lines += [f"Copyright {item.day.year} {item.source} All Rights Reserved", "", "Section: NEWS; Version:1"]
        lines += [f"Length:\u00a0{len(item.text.split())} words", f"Byline:\u00a0By {item.byline}", "", "Body", "", ""]
        for paragraph in item.paragraphs:
            lines += [paragraph, ""]
        lines += ["Graphic", "A minister at a table.", "", "Classification", "", "Language: ENGLISH"]
        lines += ["Publication-Type: Newspaper", "Subject: BORDERS (90%)", ""]
        lines += [f"Load-Date:\u00a0{_long_day(item)}", "", "End of Document", ""]
    return lines


def word(lines: Sequence[str]) -> bytes:
    """A Word document of these paragraphs, in two runs each, with the noise that Word adds."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraphs = []
    for line in lines:
        cut = len(line) // 2
        runs = "".join(
            f"<w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'>{escape(part)}</w:t></w:r>"
            for part in (line[:cut], line[cut:])
        )
        paragraphs.append(
            f"<w:p><w:pPr><w:pStyle w:val='Normal'/></w:pPr><w:r><w:instrText>HYPERLINK</w:instrText></w:r>{runs}"
            "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
        )
    document = f"<?xml version='1.0'?><w:document xmlns:w='{space}'><w:body>{''.join(paragraphs)}</w:body></w:document>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
    return out.getvalue()


def _rtf_words(text: str) -> str:
    parts = []
    for character in text:
        code = ord(character)
        if character in "\\{}":
            parts.append("\\" + character)
        elif character == "\t":
            parts.append("\\tab ")
        elif code < 128:
            parts.append(character)
        elif code < 256:
            parts.append(f"\\'{code:02x}")
        else:
            units = character.encode("utf-16-le")
            pairs = [int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2)]
            parts.extend(f"\\u{unit}?" for unit in pairs)
    return "".join(parts)


_RTF_TOP = (
    "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\froman\\fcharset0 Times;}{\\f1\\fswiss Arial;}}"
    "{\\colortbl;\\red0\\green0\\blue0;}{\\stylesheet{\\s0 Normal;}}{\\info{\\title Export}{\\author Nobody}}\\pard\n"
)


def rtf(lines: Sequence[str]) -> bytes:
    """An RTF document of these paragraphs, every fifth behind a link as Nexis sets them."""
    parts = [_RTF_TOP]
    for number, line in enumerate(lines):
        words = _rtf_words(line)
        if number % 5 == 0 and line:
            words = f'{{\\field{{\\*\\fldinst HYPERLINK "https://x.example/{number}"}}{{\\fldrslt {words}}}}}'
        parts.append(f"\\pard\\plain\\f1\\fs20 {words}\\par\n")
    return ("".join(parts) + "}").encode("ascii")


def nexis_word(items: Sequence[Story]) -> bytes:
    """A Nexis Uni export as DOCX."""
    return word(nexis_lines(items))


def nexis_rtf(items: Sequence[Story]) -> bytes:
    """A Nexis Uni export as RTF."""
    return rtf(nexis_lines(items))


def nexis_zip(items: Sequence[Story]) -> bytes:
    """A ZIP of Nexis Uni exports, one article each."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for item in items:
            data = word(nexis_lines([item])) if item.number % 2 else rtf(nexis_lines([item]))
            archive.writestr(f"Results/{item.number:09d}.{'docx' if item.number % 2 else 'RTF'}", data)
    return out.getvalue()


def nexis_old(items: Sequence[Story]) -> bytes:
    """The text file of LexisNexis Academic: numbered, wrapped, labels in capitals."""
    parts = []
    for number, item in enumerate(items, start=1):
        body = "\n\n".join(
            textwrap.fill(paragraph, 80, break_long_words=False, break_on_hyphens=False)
            for paragraph in item.paragraphs
        )
        day = f"{_long_day(item)} {item.day:%A}"
        parts.append(
            f"\n{f'{number} of {len(items)} DOCUMENTS':^80}\n\n\n{item.source:^80}\n\n{day:^80}\n"
            f"{'Late Edition':^80}\n\n"
            f"{item.title}\n\nBYLINE: By {item.byline}\n\nSECTION: NEWS; Pg. 4\n\n"
            f"LENGTH: {len(item.text.split())} words"
            f"\n\n\n{body}\n\nLOAD-DATE: {_long_day(item)}\n\nLANGUAGE: ENGLISH\n\nPUBLICATION-TYPE: Newspaper\n\n\n"
            f"{f'Copyright {item.day.year} {item.source}':^80}\n{'All Rights Reserved':^80}\n\n\n"
        )
    return "".join(parts).encode()


def _factiva_id(item: Story) -> str:
    return f"NCOUR00020{item.day:%Y%m%d}eg{item.number % 36**5:07d}"


def _factiva_rows(item: Story) -> list[tuple[str, list[str]]]:
    return [
        ("SE", ["News"]),
        ("HD", [item.title]),
        ("BY", [f"By {item.byline}"]),
        ("WC", [f"{len(item.text.split())} words"]),
        ("PD", [_day_first(item)]),
        ("ET", ["10:15"]),
        ("SN", [item.source]),
        ("SC", ["NCOUR"]),
        ("LA", ["English"]),
        ("CY", [f"(c) {item.day.year} {item.source}"]),
        ("LP", [item.paragraphs[0]]),
        ("TD", list(item.paragraphs[1:])),
        ("NS", ["gpol : Domestic Politics | gcat : Political News"]),
        ("RE", ["eurz : Europe"]),
        ("AN", [f"Document {_factiva_id(item)}"]),
    ]


def factiva_page(items: Sequence[Story]) -> bytes:
    """Factiva's HTML: with codes for even numbers, without for odd ones."""
    parts = []
    for item in items:
        paragraphs = "".join(
            f"<p class='articleParagraph enarticleParagraph'>{html.escape(words)}</p>\n" for words in item.paragraphs
        )
        if item.number % 2:
            heads = [f"{len(item.text.split())} words", _day_first(item), "10:15", item.source, "NCOUR", "English"]
            lines = "".join(
                f"<div>{html.escape(words)}</div>" for words in [*heads, f"© {item.day.year} {item.source}"]
            )
            parts.append(
                "<div class='article enArticle'>"
                f"<div id='hd'><span class='enHeadline'>{html.escape(item.title)}</span></div>"
                f"<div class='author'>By {html.escape(item.byline)}</div>{lines}{paragraphs}"
                f"<p>Document {_factiva_id(item)}</p></div>"
            )
            continue
        rows = []
        for code, values in _factiva_rows(item):
            inner = "".join(f"<p class='articleParagraph enarticleParagraph'>{html.escape(v)}</p>" for v in values)
            inner = inner if code in ("LP", "TD") else html.escape(values[0])
            rows.append(f"<tr><td class='index'>&nbsp;<b>{code}</b></td><td>{inner}</td></tr>")
        parts.append(f"<div class='article enArticle'><table>{''.join(rows)}</table></div>")
    return (
        "<!DOCTYPE html><html><head><title>Factiva</title></head><body><div id='contentWrapper'>"
        f"{''.join(parts)}<div class='footer'>© 2031 Factiva, Inc.</div></div></body></html>"
    ).encode()


def factiva_rtf(items: Sequence[Story]) -> bytes:
    """Factiva's RTF with indexing: a table for each article."""
    parts = [_RTF_TOP]
    for item in items:
        for code, values in _factiva_rows(item):
            inner = "\\par ".join(_rtf_words(value) for value in values)
            parts.append(f"\\trowd\\cellx900\\cellx9000\\pard\\intbl {{\\b {code}}}\\cell {inner}\\cell\\row\n")
        parts.append("\\pard\\par\n")
    return ("".join(parts) + "}").encode("ascii")


def factiva_plain(items: Sequence[Story]) -> bytes:
    """Factiva's RTF without indexing."""
    lines: list[str] = []
    for item in items:
        lines += [item.title, f"By {item.byline}", f"{len(item.text.split())} words", _day_first(item), "10:15"]
        lines += [item.source, "NCOUR", "English", f"(c) {item.day.year} {item.source}", ""]
        lines += [words for paragraph in item.paragraphs for words in (paragraph, "")]
        lines += [f"Document {_factiva_id(item)}", ""]
    return rtf(lines)


_RULE = "_" * 60


def _proquest_fields(item: Story) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    short = f"{item.day:%b} {item.day.day}, {item.day.year}"
    info = f"{item.source} ; London (UK) [London (UK)]{item.day.day} {item.day:%b} {item.day.year}: 4."
    above = [("Author", f"{item.byline}."), ("Publication info", info), ("Abstract", item.paragraphs[0][:50])]
    below = [
        ("Subject", "Borders; Ministers"),
        ("Location", "Norway"),
        ("Title", item.title),
        ("Publication title", f"{item.source}; London (UK)"),
        ("Pages", "4"),
        ("Publication year", str(item.day.year)),
        ("Publication date", short),
        ("Source type", "Newspapers"),
        ("Language of publication", "English"),
        ("ProQuest document ID", str(100_000_000 + item.number)),
        ("Document URL", f"https://search.example/docview/{item.number}"),
        ("Last updated", "2031-01-01"),
        ("Database", "News Central"),
    ]
    return above, below


def proquest(items: Sequence[Story]) -> bytes:
    """ProQuest's text export."""
    parts = []
    for number, item in enumerate(items, start=1):
        above, below = _proquest_fields(item)
        fields = ["\n\n".join(f"{label}: {value}" for label, value in part) for part in (above, below)]
        parts.append(
            f"{_RULE}\n\nDocument {number} of {len(items)}\n\n{item.title}\n\n{fields[0]}\n\nLinks: \n\n"
            f"Full text: {item.text}\n\n{fields[1]}\n\n"
        )
    end = (
        f"{_RULE}\n\nContact us at: https://about.example/contact\n\nDatabase copyright © 2031. All rights reserved.\n"
    )
    return ("".join(parts) + end).encode()


def proquest_page(items: Sequence[Story]) -> bytes:
    """ProQuest's HTML export."""
    parts = []
    for number, item in enumerate(items, start=1):
        above, below = _proquest_fields(item)
        rows = [
            "".join(f"<p><strong>{label}: </strong>{html.escape(value)}</p>" for label, value in part)
            for part in (above, below)
        ]
        body = "".join(f"<p>{html.escape(words)}</p>" for words in item.paragraphs)
        parts.append(
            f"<a name='d{number}'></a><h3>Document {number} of {len(items)}</h3><h2>{html.escape(item.title)}</h2>"
            f"{rows[0]}<p><strong>Full text: </strong></p>{body}{rows[1]}<hr>"
        )
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>ProQuest Documents</title></head><body>"
        f"<h1>Report Information from ProQuest</h1>{''.join(parts)}<p>Contact us at: x</p></body></html>"
    ).encode()


def warc_record(kind: str, address: str, day: date, block: bytes, number: int = 0) -> bytes:
    """One WARC record."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\n"
        f"WARC-Date: {day.isoformat()}T12:00:00Z\r\nWARC-Target-URI: {address}\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def warc_records(items: Sequence[Story]) -> list[bytes]:
    """The records of a crawl: for each page its request and response, and one that was not found."""
    records = []
    for item in items:
        page = linked_page([item])
        response = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=UTF-8\r\n\r\n" + page
        records.append(warc_record("request", item.url, item.day, b"GET / HTTP/1.1\r\n\r\n", item.number))
        records.append(warc_record("response", item.url, item.day + timedelta(days=2), response, item.number))
    missing = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<html><body><p>Not here</p></body></html>"
    records.append(warc_record("response", "https://news.example/gone", date(2020, 3, 14), missing))
    return records


def warc(items: Sequence[Story]) -> bytes:
    """A WARC file, plain."""
    return b"".join(warc_records(items))


def warc_gz(items: Sequence[Story]) -> bytes:
    """A WARC file, each record gzipped by itself as crawlers do."""
    return b"".join(gzip.compress(record) for record in warc_records(items))


@dataclass(frozen=True, slots=True)
class Layout:
    """A format: how a file of it is named and written, how many stories it holds, what of them it keeps."""

    suffix: str
    write: Callable[[Sequence[Story]], bytes]
    stories: int
    kind: str
    basis: str
    keeps: tuple[str, ...] = ("title", "byline", "source")


LAYOUTS: dict[str, Layout] = {
    "rss": Layout(".xml", rss, 5, "feed", "metadata", ("title", "byline")),
    "rdf": Layout(".rdf", rdf, 5, "feed", "metadata", ("title", "byline")),
    "atom": Layout(".atom", atom, 5, "feed", "metadata", ("title", "byline")),
    "nitf": Layout(".xml", nitf, 1, "nitf", "metadata"),
    "newsml-g2": Layout(".xml", newsml, 6, "newsml", "metadata"),
    "newsitem": Layout(".xml", newsitem, 1, "newsitem", "metadata"),
    "eml": Layout(".eml", eml, 1, "mail", "header", ("title", "source")),
    "mbox": Layout(".mbox", mbox, 5, "mailbox", "header", ("title", "source")),
    "news-please": Layout(".json", news_please, 1, "json", "metadata"),
    "json-ld page": Layout(".html", linked_page, 1, "html", "metadata"),
    "nexis docx": Layout(".DOCX", nexis_word, 5, "nexis/word", "header"),
    "nexis rtf": Layout(".RTF", nexis_rtf, 5, "nexis/rtf", "header"),
    "nexis zip": Layout(".ZIP", nexis_zip, 4, "", "header"),
    "nexis old txt": Layout(".TXT", nexis_old, 5, "nexis-old", "header"),
    "factiva html": Layout(".html", factiva_page, 4, "factiva-page", "header"),
    "factiva rtf": Layout(".rtf", factiva_rtf, 5, "factiva/rtf", "header"),
    "factiva rtf plain": Layout(".rtf", factiva_plain, 5, "factiva/rtf", "header"),
    "proquest txt": Layout(".txt", proquest, 5, "proquest", "header"),
    "proquest html": Layout(".html", proquest_page, 5, "proquest-page", "header"),
    "warc": Layout(".warc", warc, 5, "warc", "metadata"),
    "warc.gz": Layout(".warc.gz", warc_gz, 5, "warc", "metadata"),
}
