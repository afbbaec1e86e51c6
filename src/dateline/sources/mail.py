"""E-mail as articles: single messages (.eml) and mailboxes (mbox), streamed message by message.

A message's plain text is the article; where there is only HTML, its words. The Date line is the publication date.
Attached articles (a Word document that a news bank sent) are read as well.
"""

from __future__ import annotations

import email
import email.message
import email.policy
import email.utils
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from dateline.records.problem import Problem
from dateline.sources.archives import Member
from dateline.sources.kinds import is_article_name
from dateline.sources.markup import text_of_markup
from dateline.sources.sourced import MAX_COLLECTION_BYTES, Draft, Sourced, Where, draft_of, failure

_FROM = re.compile(rb"From \S{1,300}.{0,80}[0-9]{2}:[0-9]{2}(?::[0-9]{2})?.{0,40}\r?\n?\Z", re.DOTALL)
_MOST_PARTS = 200
_LINE_BYTES = 1 << 20
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Message:
    """An e-mail: its article or why there is none, and the attachments that have the name of an article."""

    article: Draft | Sourced
    attachments: tuple[Member, ...] = ()


def read_message(data: bytes, where: Where, number: int | None = None) -> Message:
    """One message.

    Args:
        number: its place in a mailbox, for the ref of a message without an id; None for a file of its own.
    """
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        return _message(message, where, number)
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, KeyError, RecursionError) as error:
        # The parser of the standard library fails in many ways on headers that no rule allows.
        why = " ".join(str(error).split())[:100] or type(error).__name__
        ref = where.ref if number is None else f"{where.ref}#{number}"
        return Message(failure(ref, "mail-broken", f"the message cannot be read ({why}): save its text as a .txt file"))


def messages_of(stream: BinaryIO) -> Iterator[bytes | None]:
    """The messages of a mailbox, one at a time; None for one that is too long to be mail."""
    parts: list[bytes] = []
    size = 0
    begun = False
    blank = True
    while line := stream.readline(_LINE_BYTES):
        if blank and line.startswith(b"From ") and _FROM.match(line):
            if begun:
                yield _joined(parts, size)
            parts, size, begun, blank = [], 0, True, False
            continue
        blank = not line.strip(b"\r\n")
        size += len(line)
        if size <= MAX_COLLECTION_BYTES:
            parts.append(line)
        else:
            parts.clear()
    if begun:
        yield _joined(parts, size)


def _joined(parts: list[bytes], size: int) -> bytes | None:
    return _QUOTED_FROM.sub(rb"\1", b"".join(parts)) if size <= MAX_COLLECTION_BYTES else None


def _message(message: email.message.EmailMessage, where: Where, number: int | None) -> Message:
    identity = _header(message, "message-id")
    id = identity.strip("<> ") if identity else number or 1
    ref = f"{where.ref}#{id}"
    plain: str | None = None
    marked: str | None = None
    attachments: list[Member] = []
    problems: tuple[Problem, ...] = ()
    for count, part in enumerate(message.walk()):
        if count >= _MOST_PARTS:
            break
        if part.is_multipart():
            continue
        # A name is only ever shown; of one that climbs through folders the last part is enough.
        name = re.split(r"[/\\]", part.get_filename() or "")[-1]
        if name and (part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text"):
            content = part.get_payload(decode=True)
            if is_article_name(name) and isinstance(content, bytes):
                attachments.append(Member(f"{id}!{name}", None, io.BytesIO(content)))
        elif part.get_content_type() == "text/plain" and plain is None:
            plain, problems = _text(part)
        elif part.get_content_type() == "text/html" and marked is None:
            marked, problems = _text(part) if plain is None else (_text(part)[0], problems)
    text = _body(plain, marked)
    if not text:
        if attachments:
            article: Draft | Sourced = Sourced(None, ref)
        else:
            article = failure(ref, "no-article-text", "the message has no text")
        return Message(article, tuple(attachments))
    sender = email.utils.parseaddr(_header(message, "from") or "")
    draft = draft_of(
        where,
        text,
        id=id,
        title=_header(message, "subject"),
        source=sender[0] or sender[1] or None,
        url=_header(message, "archived-at") or _header(message, "x-url"),
        date_field=_header(message, "date"),
        date_basis="header",
        problems=problems,
    )
    return Message(draft, tuple(attachments))


def _body(plain: str | None, marked: str | None) -> str:
    """The plain text, unless it only says that the message is HTML."""
    text = (plain or "").strip().replace("\r\n", "\n")
    words = text_of_markup(marked).strip() if marked and marked.strip() else ""
    return words if len(text) < 0.2 * len(words) else text


def _text(part: email.message.EmailMessage) -> tuple[str, tuple[Problem, ...]]:
    """The characters of a part: by its charset where that holds, else by a guess that leaves a problem."""
    from dateline.sources.decoding import decode

    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return "", ()
    charset = part.get_content_charset()
    if charset:
        try:
            return data.decode(charset), ()
        except (UnicodeDecodeError, LookupError):
            pass
    decoded = decode(data)
    return (decoded.text, decoded.problems) if decoded else ("", ())


def _header(message: email.message.EmailMessage, name: str) -> str | None:
    value = message.get(name)
    return " ".join(str(value).split()) or None if value is not None else None
