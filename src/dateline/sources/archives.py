"""ZIP and TAR archives as streams of files: nothing is unpacked to disk, and a bomb is stopped in time.

Names of members are only ever shown, never opened as paths, so one that climbs out of its folder does no harm.
"""

from __future__ import annotations

import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from gzip import GzipFile
from pathlib import PurePosixPath
from typing import IO, BinaryIO

from dateline.sources.kinds import is_article_name

# No text shrinks more than this; a member that grows further, beyond the first bytes, is a bomb.
_MOST_GROWTH = 300
_ALWAYS_ALLOWED_BYTES = 200_000_000
_OFFICE = ("[Content_Types].xml", "mimetype", "META-INF/container.xml")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name as shown, the time it carries, its bytes; `fault` says why there are none."""

    name: str
    time: date | None
    stream: BinaryIO | None
    fault: str | None = None


class ArchiveError(Exception):
    """An archive that cannot be read, or not to its end; the message says why."""


class _Limited(io.RawIOBase):
    """A stream that ends with an error once it has given more bytes than its packed size can honestly hold."""

    def __init__(self, stream: IO[bytes] | GzipFile, limit: int) -> None:
        self._stream = stream
        self._left = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise OSError("it unpacks to far more than it holds, as a bomb does")
        buffer[: len(data)] = data
        return len(data)


def limited(stream: IO[bytes] | GzipFile, packed_size: int) -> BinaryIO:
    """A stream of unpacked bytes that raises OSError when they are too many for their packed size."""
    return io.BufferedReader(_Limited(stream, max(_ALWAYS_ALLOWED_BYTES, _MOST_GROWTH * packed_size)))


def zip_members(file: BinaryIO) -> Iterator[Member]:
    """The files of a ZIP archive that have the name of an article.

    Raises:
        ArchiveError: it is damaged, or an Office document.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
            if any(info.filename in _OFFICE for info in infos):
                raise ArchiveError("this is an Office document or e-book: save it as plain text first")
            for info in infos:
                if info.is_dir() or not _is_wanted(info.filename):
                    continue
                name = _shown(info.filename)
                if info.flag_bits & 1:
                    yield Member(name, None, None, "the file in the archive has a password: unpack it first")
                    continue
                with archive.open(info) as stream:
                    yield Member(name, _zip_date(info), limited(stream, info.compress_size))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError, zlib.error) as error:
        raise ArchiveError(f"the ZIP archive is damaged ({_one_line(error)}): fetch or pack it again") from error


def tar_members(stream: BinaryIO) -> Iterator[Member]:
    """The files of a TAR archive, read from front to back, that have the name of an article; links are passed over.

    Raises:
        ArchiveError: it is damaged.
    """
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for info in archive:
                if not info.isreg() or not _is_wanted(info.name):
                    continue
                inside = archive.extractfile(info)
                if inside is not None:
                    yield Member(_shown(info.name), _tar_date(info), limited(inside, info.size))
    except (tarfile.TarError, EOFError, ValueError, OSError, zlib.error) as error:
        raise ArchiveError(f"the TAR archive is damaged ({_one_line(error)}): fetch or pack it again") from error


def _is_wanted(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    hidden = any(part.startswith(("__", ".")) and part not in (".", "..") for part in parts[:-1])
    return bool(parts) and not hidden and is_article_name(parts[-1])


def _shown(name: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in name)[:500]


def _zip_date(info: zipfile.ZipInfo) -> date | None:
    try:
        return date(*info.date_time[:3])
    except ValueError:
        return None


def _tar_date(info: tarfile.TarInfo) -> date | None:
    try:
        return date.fromtimestamp(info.mtime)
    except (ValueError, OverflowError, OSError):
        return None


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__
