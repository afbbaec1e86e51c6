"""How the merge grows: `python -m benchmarks.merge_scale [--small 10000] [--large 100000]`.

Writes synthetic readings (benchmarks/synthetic_news.py) into two records, gathers each in a process of its own, and
prints time, memory at its height, and the ratio; then the time for one more article.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from benchmarks.corpora import stamp
from benchmarks.synthetic_news import readings
from dateline.gather import gather
from dateline.store.write import open_writer


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--json", type=Path, help="write the metrics here too")
    parser.add_argument("--only", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only is not None:
        print(json.dumps(measured(options.only)))
        return
    print(f"merge_scale  {stamp([])}")
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for count in (options.small, options.large):
            record = Path(folder) / f"{count}.db"
            written = time.perf_counter()
            fill(record, count)
            written = time.perf_counter() - written
            command = [sys.executable, "-m", "benchmarks.merge_scale", "--only", str(record)]
            told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            found[count] = json.loads(told)
            print(
                f"{count:7,} articles: merged in {found[count]['seconds']:.1f} s, {found[count]['megabytes']:.0f} MB, "
                f"one more in {found[count]['one_more']:.2f} s; {found[count]['stories']:,} parts of articles, "
                f"{found[count]['events']:,} of events (written in {written:.0f} s, {record.stat().st_size >> 20} MB)",
                flush=True,
            )
            for part in Path(folder).iterdir():
                part.unlink()
    ratio = found[options.large]["seconds"] / found[options.small]["seconds"]
    print(f"ratio {ratio:.1f} for {options.large / options.small:.0f} times the articles")
    if options.json:
        memory = found[options.large]["megabytes"]
        options.json.write_text(json.dumps({"ratio": round(ratio, 2), "megabytes": round(memory)}), encoding="utf-8")


def fill(record: Path, count: int) -> None:
    """Write so many readings into a record, unmerged."""
    with open_writer(record) as writer:
        for reading in readings(count):
            writer.add(reading)


def measured(record: Path) -> dict[str, float]:
    """Seconds and megabytes of gathering a record, and seconds for one more article."""
    # Processor time: what else the machine does must not tell in the ratio.
    began = time.process_time()
    done = gather(record)
    seconds = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with open_writer(record) as writer:
        for more in islice(readings(done.articles + 1), done.articles, None):
            writer.add(more)
    began = time.process_time()
    gather(record)
    one_more = time.process_time() - began
    return {
        "seconds": seconds,
        "megabytes": memory,
        "one_more": one_more,
        "stories": done.stories,
        "events": done.events,
    }


if __name__ == "__main__":
    main()
