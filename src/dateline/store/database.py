"""The record as a file: opening one SQLite database for writing or for asking, and what can be wrong with it."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote

from dateline.errors import StoreError
from dateline.store.schema import APPLICATION_ID, MIGRATIONS
from dateline.store.words import words_key

_HEADER: Final = b"SQLite format 3\x00"
_BUSY_MS: Final = 30_000
_OLDEST_SQLITE: Final = (3, 37, 0)


def open_for_writing(path: Path, migrations: tuple[tuple[str, ...], ...] = MIGRATIONS) -> sqlite3.Connection:
    """Open a record, made if absent and brought to the newest version if older.

    Raises:
        StoreError: no folder for it, no permission, no record, damaged, or made by a newer Dateline.
    """
    _check_sqlite()
    if not path.parent.is_dir():
        raise StoreError(f"{path}: the folder {path.parent} does not exist; make it first")
    _check_file(path)
    with sqlite_errors(path):
        connection = sqlite3.connect(path, timeout=_BUSY_MS / 1000, isolation_level=None)
        try:
            _identify(connection, path, len(migrations), empty_is_fine=True)
            _use_wal(connection)
            # In WAL mode NORMAL never damages the file; a power cut can at most take back the last articles.
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA cache_size = -32000")
            _migrate(connection, path, migrations)
        except BaseException:
            connection.close()
            raise
    return connection


def open_for_asking(path: Path, migrations: tuple[tuple[str, ...], ...] = MIGRATIONS) -> sqlite3.Connection:
    """Open an existing record read-only; works on a read-only disk and while another process writes.

    Raises:
        StoreError: no such file, no permission, no record, damaged, or made by a newer Dateline.
    """
    _check_sqlite()
    if not path.exists():
        raise StoreError(f"{path}: there is no such record; `dateline read ... --into {path}` makes one")
    _check_file(path)
    with sqlite_errors(path):
        connection = _connect_read_only(path)
        try:
            version = _identify(connection, path, len(migrations), empty_is_fine=False)
            if version < len(migrations):
                connection.close()
                open_for_writing(path, migrations).close()
                connection = _connect_read_only(path)
            connection.execute("PRAGMA query_only = ON")
            connection.create_function("words_key", 1, words_key, deterministic=True)
            connection.execute("PRAGMA cache_size = -32000")
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def sqlite_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about the record at `path` into StoreErrors that say what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {_explained(error, path)}") from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing: commit at the end, roll back on any exception (Ctrl-C too)."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def back_up(path: Path, target: Path) -> None:
    """Copy a record into a new file, consistent even while another process writes to it.

    Raises:
        StoreError: the record cannot be read, or the target exists or cannot be written.
    """
    if target.exists():
        raise StoreError(f"{target}: exists already; name a file that does not")
    with closing(open_for_asking(path)) as source, sqlite_errors(target), closing(sqlite3.connect(target)) as copy:
        source.backup(copy)


def _connect_read_only(path: Path) -> sqlite3.Connection:
    """A read-only connection; where the disk does not even allow the reader's lock file, the file as it lies."""
    address = f"file:{quote(str(path.resolve()))}?mode=ro"
    try:
        return _connected(address)
    except sqlite3.OperationalError:
        if os.access(path.parent, os.W_OK) and os.access(path, os.W_OK):
            # A writer was killed in the middle: what it left must be taken back before anyone can read.
            with closing(sqlite3.connect(path, timeout=_BUSY_MS / 1000)) as connection:
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            return _connected(address)
        wal = Path(f"{path}-wal")
        if os.access(path.parent, os.W_OK) or not os.access(path, os.R_OK) or (wal.exists() and wal.stat().st_size):
            raise
    return _connected(address + "&immutable=1")


def _connected(address: str) -> sqlite3.Connection:
    """A connection that has read once: SQLite tells only then whether it can."""
    shareable = sqlite3.threadsafety == 3
    connection = sqlite3.connect(
        address, uri=True, timeout=_BUSY_MS / 1000, check_same_thread=not shareable, isolation_level=None
    )
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _check_sqlite() -> None:
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        needed = ".".join(map(str, _OLDEST_SQLITE))
        raise StoreError(
            f"records need SQLite {needed} or newer, this Python has {sqlite3.sqlite_version}; update Python"
        )


def _check_file(path: Path) -> None:
    """Reject what is plainly no record before SQLite sees it: its own messages are about its inside."""
    if path.is_dir():
        raise StoreError(f"{path}: is a folder; name a record file, such as {path / 'record.db'}")
    if not path.exists():
        return
    try:
        with path.open("rb") as file:
            head = file.read(100)
        size = path.stat().st_size
    except OSError as error:
        raise StoreError(f"{path}: cannot be opened ({error.strerror or error}); check its permissions") from error
    if not head:
        return
    if not head.startswith(_HEADER):
        raise StoreError(f"{path}: is no Dateline record (not an SQLite file); choose another name for the record")
    if len(head) < 100:
        raise StoreError(f"{path}: {_TRUNCATED}")
    page_size = int.from_bytes(head[16:18], "big")
    page_size = 65536 if page_size == 1 else page_size
    wal = Path(f"{path}-wal")
    if size < page_size * int.from_bytes(head[28:32], "big") and not (wal.exists() and wal.stat().st_size):
        raise StoreError(f"{path}: {_TRUNCATED}")


def _identify(connection: sqlite3.Connection, path: Path, newest: int, *, empty_is_fine: bool) -> int:
    """The version of the record's schema, 0 for an empty database."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application == 0 and version == 0 and tables == 0:
        if empty_is_fine:
            return 0
        raise StoreError(f"{path}: is empty; `dateline read ... --into {path}` fills it")
    if application != APPLICATION_ID:
        raise StoreError(f"{path}: is an SQLite file but no Dateline record; choose another file")
    if version > newest:
        raise StoreError(
            f"{path}: was written by a newer Dateline (record version {version}, known is {newest}); update Dateline"
        )
    return int(version)


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to write-ahead logging; SQLite does not wait for others at this point, so wait here."""
    patience = time.monotonic() + _BUSY_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > patience:
                raise
            time.sleep(0.02)


def _migrate(connection: sqlite3.Connection, path: Path, migrations: tuple[tuple[str, ...], ...]) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == len(migrations):
        return
    with transaction(connection):
        # Asked again under the lock: another process may have been first.
        version = _identify(connection, path, len(migrations), empty_is_fine=True)
        for migration in migrations[version:]:
            for statement in migration:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(migrations)}")


_TRUNCATED: Final = (
    "is cut off (shorter than its own header says); restore a backup or read the articles into a new record"
)
_ADVICE: Final = {
    sqlite3.SQLITE_NOTADB: "is no Dateline record (not an SQLite file, or encrypted); choose another file",
    sqlite3.SQLITE_CORRUPT: "is damaged; restore a backup or read the articles into a new record",
    sqlite3.SQLITE_FULL: "the disk is full; free some space and run the same command again, what was stored is kept",
    sqlite3.SQLITE_READONLY: "cannot be written (read-only file, folder or disk); change that or choose another place",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check that the folder may be written and the file may be read",
    sqlite3.SQLITE_BUSY: f"another process has held it locked for {_BUSY_MS // 1000} s; wait for that one to finish",
    sqlite3.SQLITE_LOCKED: "is locked by another use of it in this process; finish that one first",
    sqlite3.SQLITE_IOERR: "the disk reported an error while reading or writing; check the disk, then the record",
    sqlite3.SQLITE_PERM: "may not be opened; check its permissions",
    sqlite3.SQLITE_TOOBIG: "one article is larger than SQLite can hold (1 GB); split it",
}


def _explained(error: sqlite3.Error, path: Path) -> str:
    advice = _ADVICE.get(_code(error))
    return f"{advice} [SQLite: {error}]" if advice else f"SQLite failed: {error}"


def _code(error: sqlite3.Error) -> int:
    """SQLite's primary result code (extended codes carry it in their low byte)."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
