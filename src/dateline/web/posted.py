"""The fields of a posted form, kept only as far as they are known and short enough."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from dateline.web.safety import LARGEST_POST


async def posted(request: Request, fields: Collection[str], *, largest: int = LARGEST_POST) -> dict[str, str]:
    """The fields of a posted form; a body longer than it said is refused before it is kept."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise HTTPException(415)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > largest:
            raise HTTPException(413)
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=20, errors="replace")
    except ValueError as error:
        raise HTTPException(400) from error
    # Browsers send line ends as CR LF; offsets should be those of the text as it was pasted.
    return {name: value.replace("\r\n", "\n") for name, value in pairs if name in fields}
