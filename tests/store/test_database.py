"""The file itself: what is no record, what is damaged, and what two processes may do with one."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from dateline.archive import Archive
from dateline.errors import StoreError
from dateline.store.database import back_up, open_for_asking, open_for_writing
from dateline.store.schema import APPLICATION_ID, MIGRATIONS
from dateline.store.write import open_writer
from tests.store.samples import plain_reading, visit_reading

ROOT = Path(__file__).parents[2]


def refusal(path: Path, *, writing: bool = False) -> str:
    with pytest.raises(StoreError) as caught:
        (open_for_writing(path) if writing else open_for_asking(path)).close()
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    return message.removeprefix(f"{path}: ")


def test_what_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    assert refusal(path) == f"there is no such record; `dateline read ... --into {path}` makes one"
    assert "does not exist; make it first" in refusal(tmp_path / "no" / "r.db", writing=True)
    assert refusal(tmp_path, writing=True).startswith("is a folder; name a record file")


@pytest.mark.parametrize("writing", [False, True])
def test_what_is_no_record(tmp_path: Path, writing: bool) -> None:
    text = tmp_path / "letter.txt"
    text.write_text("Dear Sir, " * 100)
    assert refusal(text, writing=writing).startswith("is no Dateline record (not an SQLite file)")
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE t (x)")
    assert refusal(other, writing=writing).startswith("is an SQLite file but no Dateline record")
    assert text.read_text() == "Dear Sir, " * 100


def test_an_empty_file_becomes_a_record(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    path.touch()
    assert refusal(path).startswith("is empty; `dateline read")
    with open_writer(path) as writer:
        writer.add(visit_reading())
    with Archive(path) as archive:
        assert archive.count("articles") == 1


@pytest.mark.parametrize("writing", [False, True])
def test_a_newer_record(record: Path, writing: bool) -> None:
    with closing(sqlite3.connect(record)) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 5}")
    assert refusal(record, writing=writing).endswith("update Dateline")


@pytest.mark.parametrize("writing", [False, True])
@pytest.mark.parametrize("left", [50, 100, 5000, 60_000])
def test_a_truncated_record(record: Path, writing: bool, left: int) -> None:
    with record.open("rb+") as file:
        file.truncate(left)
    assert refusal(record, writing=writing).startswith("is cut off (shorter than its own header says)")


def test_a_damaged_record(record: Path) -> None:
    size = record.stat().st_size
    with record.open("rb+") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    with pytest.raises(StoreError, match=r"is damaged; restore a backup"), Archive(record) as archive:
        list(archive.events())


def test_an_older_record_is_brought_up_to_date_by_asking_or_writing(tmp_path: Path) -> None:
    newer = (*MIGRATIONS, ("ALTER TABLE articles ADD COLUMN mood TEXT",))
    for name, opened in (("asked.db", open_for_asking), ("written.db", open_for_writing)):
        path = tmp_path / name
        with open_writer(path) as writer:
            writer.add(visit_reading())
        with closing(opened(path, newer)) as connection:
            assert connection.execute("SELECT id, mood FROM articles").fetchall() == [
                (visit_reading().article.id, None)
            ]
            assert connection.execute("PRAGMA user_version").fetchone() == (len(newer),)
            assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


def test_a_failed_migration_leaves_the_record_as_it_was(record: Path) -> None:
    broken = (*MIGRATIONS, ("ALTER TABLE articles ADD COLUMN mood TEXT", "CREATE TABLE articles (x)"))
    with pytest.raises(StoreError):
        open_for_writing(record, broken)
    with Archive(record) as archive:
        assert archive.count("articles") == 2


def test_asking_never_writes(record: Path) -> None:
    with closing(open_for_asking(record)) as connection, pytest.raises(sqlite3.OperationalError):
        connection.execute("DELETE FROM articles")


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root may write anywhere")
def test_a_read_only_disk_can_be_asked_and_not_written(record: Path, tmp_path: Path) -> None:
    """As another user where the tests run as root, whom permissions do not bind."""
    folder = record.parent
    script = (
        "import sys\n"
        "from dateline.archive import Archive\n"
        "from dateline.errors import StoreError\n"
        "from dateline.store.write import open_writer\n"
        "with Archive(sys.argv[1]) as archive:\n"
        "    print(archive.count('articles'))\n"
        "try:\n"
        "    open_writer(sys.argv[1])\n"
        "except StoreError as error:\n"
        "    print(error)\n"
    )
    record.chmod(0o444)
    parents = [parent for parent in folder.parents if str(parent).startswith(str(tmp_path.parents[1]))]
    modes = {parent: parent.stat().st_mode for parent in (folder, *parents)}
    for parent in modes:
        parent.chmod(0o555)
    command = [sys.executable, "-c", script, str(record)]
    if os.geteuid() == 0:
        command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    finally:
        for parent, mode in modes.items():
            parent.chmod(mode)
    assert done.stderr == ""
    count, message = done.stdout.splitlines()
    assert count == "2"
    assert "cannot be written" in message or "cannot be opened" in message


def test_a_backup_while_another_process_writes(record: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with open_writer(record) as writer:
        writer.add(plain_reading(1))
        back_up(record, copy)
        writer.add(plain_reading(2))
    with Archive(copy) as archive:
        assert archive.count("articles") == 3
    with pytest.raises(StoreError, match="exists already"):
        back_up(record, copy)


_WRITING = """
import sys
from tests.store.samples import plain_reading
from dateline.store.write import open_writer
with open_writer(sys.argv[1]) as writer:
    for number in range(int(sys.argv[2]), int(sys.argv[3])):
        writer.add(plain_reading(number))
        print(number, flush=True)
"""
_ASKING = """
import sys, time
from dateline.archive import Archive
seen = []
with Archive(sys.argv[1]) as archive:
    while len(seen) < 3 or (seen[-1] < int(sys.argv[2]) and len(seen) < 2000):
        rows = list(archive.articles())
        assert all((row.events, row.statements, row.figures) == (1, 1, 1) for row in rows)
        seen.append(len(rows))
        time.sleep(0.01)
assert seen == sorted(seen)
print(seen[-1])
"""


_FILLING = """
import resource, signal, sys
from dateline.errors import StoreError
from tests.store.samples import plain_reading
from dateline.store.write import open_writer
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (3_500_000, 3_500_000))
added = 0
try:
    with open_writer(sys.argv[1]) as writer:
        for number in range(10_000):
            writer.add(plain_reading(number))
            added += 1
except StoreError as error:
    print(added, error)
"""


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_processes_ask_while_two_others_write(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with open_writer(path) as writer:
        writer.add(plain_reading(0))
    working = [
        start(_ASKING, path, 101),
        start(_ASKING, path, 101),
        start(_WRITING, path, 1, 61),
        start(_WRITING, path, 41, 101),
    ]
    done = [process.communicate(timeout=120) for process in working]
    assert [error for _, error in done] == [""] * 4
    assert [out for out, _ in done[:2]] == ["101\n", "101\n"]


def test_kill_9_at_any_moment_leaves_a_sound_record(tmp_path: Path) -> None:
    """What was reported as added is there, nothing is there by half, and the same command goes on."""
    path = tmp_path / "r.db"
    added = 0
    for attempt in range(8):
        process = start(_WRITING, path, added, 10_000)
        if process.stdout is None or process.stderr is None:
            raise RuntimeError("no pipes")
        told = int(process.stdout.readline())
        time.sleep(0.003 * attempt)
        process.kill()
        rest = process.stdout.read().split()
        process.stdout.close()
        process.stderr.close()
        process.wait()
        told = int(rest[-1]) if rest and rest[-1].isdigit() else told
        with Archive(path) as archive:
            rows = list(archive.articles("sort:read"))
            assert all((row.events, row.statements, row.figures) == (1, 1, 1) for row in rows)
            assert [row.origin.ref for row in rows] == [f"wire/{n}" for n in range(len(rows))]
            assert len(rows) >= told + 1
            added = len(rows)
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            connection.execute("INSERT INTO article_index(article_index, rank) VALUES ('integrity-check', 1)")
            connection.execute("INSERT INTO event_index(event_index, rank) VALUES ('integrity-check', 1)")
    assert added > 8


def test_a_full_disk_takes_nothing_back(tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk: writing beyond it fails in the same place."""
    path = tmp_path / "r.db"
    done = start(_FILLING, path)
    out, error = done.communicate(timeout=120)
    assert error == ""
    added, message = out.split(" ", 1)
    assert message.startswith(f"{path}: the disk ")
    with Archive(path) as archive:
        assert archive.count("articles") == int(added) > 10
    with open_writer(path) as writer:
        assert writer.known(plain_reading(int(added) - 1).article.id)
        assert writer.add(plain_reading(int(added))) == "added"


_HALF_WRITTEN = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode = DELETE")
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN")
connection.execute("UPDATE article_texts SET text = 'x' || text")
connection.execute("UPDATE events SET status = 'denied'")
connection.execute("CREATE TABLE half AS SELECT * FROM article_texts, events, actors, places")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_process_left_half_written_is_taken_back_by_the_first_to_ask(record: Path) -> None:
    start(_HALF_WRITTEN, record).communicate(timeout=60)
    assert Path(f"{record}-journal").stat().st_size > 0
    with Archive(record) as archive:
        assert archive.reading(visit_reading().article.id) == visit_reading()
        assert list(archive.check()) == []


def test_several_processes_may_make_the_same_record(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    working = [start(_WRITING, path, 10 * n, 10 * n + 10) for n in range(3)]
    assert [process.communicate(timeout=120)[1] for process in working] == ["", "", ""]
    with Archive(path) as archive:
        assert archive.count("articles") == archive.count("events") == 30
