"""Rows as a file: written out first, so that an error is still told as one and nothing is held in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

MEDIA: Final = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
    "ics": "text/calendar; charset=utf-8",
}
FORMATS: Final = ("csv", "jsonl", "parquet")


def as_file(name: str, format: str, write: Callable[[Path], object], formats: tuple[str, ...] = FORMATS) -> Response:
    """The file that `write` writes, as a download called `name.format`; 404 for a format that there is none of."""
    if format not in formats:
        raise HTTPException(404)
    folder = tempfile.TemporaryDirectory(prefix="dateline-")
    try:
        file = Path(folder.name) / f"rows.{format}"
        write(file)
    except BaseException:
        folder.cleanup()
        raise
    return FileResponse(
        file, media_type=MEDIA[format], filename=f"{name}.{format}", background=BackgroundTask(folder.cleanup)
    )
