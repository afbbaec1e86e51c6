"""A big WARC file streamed: memory must not grow with its size, and no page may be lost.

    python -m benchmarks.warc_memory [--megabytes 200] [--plain]

Processes of their own read a tenth and the whole; peak memory of both is printed. Exits with 1 where the whole needs
more than 500 MB, or 50 MB more than the tenth, or an article is lost.
"""

from __future__ import annotations

import argparse
import gzip
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.corpora import commit
from tests.sources.vendors import stories, warc_records

_MOST_MEGABYTES = 500
_MOST_GROWTH = 50
_PAGES_AT_ONCE = 50


def main() -> int:
    """Print peak memory and speed; 1 where a bound is passed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--megabytes", type=int, default=200, help="size of the WARC file, unpacked")
    parser.add_argument("--plain", action="store_true", help="not gzipped")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.read is not None:
        return _read(chosen.read)
    with tempfile.TemporaryDirectory(prefix="dateline-warc-") as folder:
        small, pages = _write(Path(folder) / "small.warc", chosen.megabytes / 10, chosen.plain)
        big, all_pages = _write(Path(folder) / "big.warc", chosen.megabytes, chosen.plain)
        first, found, _ = _measured(small)
        peak, all_found, seconds = _measured(big)
        packed = big.stat().st_size / 1e6
    lost = pages - found + all_pages - all_found
    print(f"a tenth : {chosen.megabytes / 10:>7.0f} MB, {found:>7} articles, peak {first:>5.0f} MB")
    print(f"whole   : {chosen.megabytes:>7.0f} MB, {all_found:>7} articles, peak {peak:>5.0f} MB")
    speed = f"{chosen.megabytes / seconds:.1f} MB/s, {1000 * seconds / max(all_found, 1):.1f} ms per page"
    print(f"{packed:.0f} MB as stored, {seconds:.1f} s, {speed}")
    print(f"growth {peak - first:+.0f} MB, {lost} articles lost; commit {commit()}")
    return 1 if lost or peak > _MOST_MEGABYTES or peak - first > _MOST_GROWTH else 0


def _write(path: Path, megabytes: float, plain: bool) -> tuple[Path, int]:
    """A WARC file of at least so many megabytes, and how many pages it holds."""
    size = pages = 0
    with path.open("wb") as out:
        while size < megabytes * 1e6:
            for record in warc_records(stories(pages, _PAGES_AT_ONCE)):
                # Pages of the web are mostly markup: a comment of 30 kB brings them to their usual size.
                record = _padded(record)
                size += len(record)
                out.write(record if plain else gzip.compress(record, compresslevel=1))
            pages += _PAGES_AT_ONCE
    return path, pages


def _padded(record: bytes) -> bytes:
    if b"</head>" not in record:
        return record
    filler = b"<script>" + b"var item = {id: 'x', track: true}; " * 850 + b"</script></head>"
    grown = record.replace(b"</head>", filler, 1)
    head, _, rest = grown.partition(b"\r\n\r\n")
    length = len(rest) - len(b"\r\n\r\n")
    lines = [
        b"Content-Length: %d" % length if line.startswith(b"Content-Length") else line for line in head.split(b"\r\n")
    ]
    return b"\r\n".join(lines) + b"\r\n\r\n" + rest


def _measured(path: Path) -> tuple[float, int, float]:
    """Peak memory in MB, articles and seconds of a process that reads a file."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.warc_memory", "--read", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    peak, articles = done.stdout.split()
    return float(peak), int(articles), time.perf_counter() - started


def _read(path: Path) -> int:
    from dateline.sources.files import read_sources

    articles = sum(1 for sourced in read_sources([str(path)]) if sourced.article is not None)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, articles)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
