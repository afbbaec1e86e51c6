"""`dateline read` as a user runs it: exit codes, messages, streams."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from dateline.archive import Archive
from dateline.errors import StoreError

ROOT = Path(__file__).parents[2]
ARTICLE = "OSLO, March 14, 2020 (Continental) - Norway's Defence Minister Ine Berg will visit Poland next week.\n"


def dateline(*arguments: str, stdin: str = "", timeout: int = 120) -> subprocess.CompletedProcess[str]:
    """Run the command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "dateline", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "visit.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_json_is_one_object_a_line_in_the_form_of_the_contract(article: Path) -> None:
    done = dateline("read", str(article), "--json")
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    reading = json.loads(line)
    jsonschema.validate(reading, json.loads((ROOT / "schema" / "reading-1.json").read_text(encoding="utf-8")))
    assert reading["article"]["published"] == "2020-03-14"
    (event,) = reading["events"]
    assert (event["type"], event["mode"], event["status"], event["plover"]) == ("CONSULT", "visit", "planned", "AGREE")
    assert [p["country"] for p in event["source"]] == ["NOR"]
    assert [p["country"] for p in event["target"]] == ["POL"]
    assert (event["time"]["from"], event["time"]["to"]) == ("2020-03-16", "2020-03-22")


def test_standard_input_and_a_given_date() -> None:
    done = dateline(
        "read", "-", "--date", "2020-03-14", "--json", stdin="Kenya's president met Uganda's president on Friday."
    )
    assert done.returncode == 0, done.stderr
    reading = json.loads(done.stdout)
    assert reading["article"]["published_basis"] == "given"
    assert reading["times"][0]["value"] == "2020-03-13"


def test_the_terminal_view_in_a_pipe_has_no_colour_and_names_the_facts(article: Path) -> None:
    done = dateline("read", str(article))
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
    assert "CONSULT visit" in done.stdout
    assert "planned" in done.stdout


def test_reading_twice_into_a_record_changes_nothing(article: Path, tmp_path: Path) -> None:
    record = tmp_path / "record.db"
    first = dateline("read", str(article), "--into", str(record))
    second = dateline("read", str(article), "--into", str(record))
    assert first.returncode == second.returncode == 0, first.stderr + second.stderr
    assert "1 article read" in first.stdout
    assert "1 known already" in second.stdout
    events = dateline("events", str(record), "--format", "jsonl")
    assert len(events.stdout.splitlines()) == 1


def test_a_missing_file_is_named_and_the_others_are_read(article: Path, tmp_path: Path) -> None:
    record = tmp_path / "record.db"
    done = dateline("read", str(tmp_path / "none.txt"), str(article), "--into", str(record))
    assert done.returncode == 1
    assert "none.txt" in done.stderr
    assert "1 article read" in done.stdout


def test_nothing_but_a_missing_file_fails_with_one_sentence(tmp_path: Path) -> None:
    done = dateline("read", str(tmp_path / "none.txt"), "--json")
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "none.txt" in done.stderr


@pytest.mark.parametrize("value", ["2020-02-30", "yesterday", "14.3.", "20203-1-1"])
def test_an_impossible_date_is_a_usage_error(article: Path, value: str) -> None:
    done = dateline("read", str(article), "--date", value)
    assert done.returncode == 2
    assert value in done.stderr
    assert "Traceback" not in done.stderr


def test_bad_inputs_get_one_sentence_each_and_the_rest_is_read(article: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.bin").write_bytes(bytes(range(256)) * 40)
    lines = [
        json.dumps({"id": str(n), "date": "2020-03-14", "text": f"Kenya met Uganda on day {n}."}) for n in range(20)
    ]
    lines[16] = '{"id": "17", "date": '
    (tmp_path / "dump.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "table.csv").write_text("when,what\n2020-03-14,x\n", encoding="utf-8")
    record = tmp_path / "out" / "record.db"
    record.parent.mkdir()
    paths = [str(tmp_path / name) for name in ("empty.txt", "binary.bin", "dump.jsonl", "table.csv", "visit.txt")]
    done = dateline("read", *paths, "--into", str(record))
    assert done.returncode == 1
    assert "20 articles read" in done.stdout
    for name in ("empty.txt", "binary.bin", "dump.jsonl:17", "table.csv"):
        assert sum(name in line for line in done.stderr.splitlines()) == 1, done.stderr
    problems = dateline("problems", str(record), "--format", "jsonl")
    assert "dump.jsonl:17" in problems.stdout


def test_into_and_json_exclude_each_other(article: Path, tmp_path: Path) -> None:
    done = dateline("read", str(article), "--json", "--into", str(tmp_path / "r.db"))
    assert done.returncode == 2
    assert "exclude each other" in done.stderr


def test_a_broken_pipe_is_quiet(article: Path) -> None:
    command = f"{sys.executable} -m dateline read {article} {article} --json | head -c 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=120, check=False)
    assert done.stderr == ""


def test_two_workers_give_the_same_rows_as_one(tmp_path: Path) -> None:
    examples = str(ROOT / "examples")
    one = dateline("read", examples, "--json")
    two = dateline("read", examples, "--json", "--workers", "2")
    assert one.returncode == two.returncode == 0, one.stderr + two.stderr
    assert one.stdout == two.stdout


def articles_in(record: Path) -> int:
    """How many articles a record holds that another process is writing; none while it is not there yet."""
    try:
        with Archive(record) as archive:
            return archive.count("articles")
    except StoreError:
        return 0


def test_ctrl_c_keeps_what_was_read_and_the_same_command_goes_on(tmp_path: Path) -> None:
    dump = tmp_path / "many.jsonl"
    body = "Kenya's president met Uganda's president in Nairobi on Friday. " * 40
    rows = [{"id": str(n), "date": "2020-03-14", "text": f"Report {n}. {body}"} for n in range(400)]
    dump.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    record = tmp_path / "record.db"
    command = [
        sys.executable,
        "-m",
        "dateline",
        "read",
        str(dump),
        "--into",
        str(record),
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 120
    while not articles_in(record) and time.monotonic() < deadline:
        time.sleep(0.2)
    os.kill(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=120)
    assert process.returncode == 130, stderr
    assert "run the same command again" in stderr
    kept = len(dateline("articles", str(record), "--format", "jsonl", "--limit", "1000").stdout.splitlines())
    assert 0 < kept < 400
