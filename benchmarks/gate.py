"""Holds every benchmark against what has been reached: `python -m benchmarks.gate [NAME ...]`.

Each table of floors.toml names a benchmark module and its pinned metrics; the module is run with `--json FILE` and must
not
fall below a floor by more than the margin. A benchmark that crashes, or leaves a metric out, has failed. Floors rise by
hand, together with the commit that earned it. Where the corpora are absent only the bundled sample is scored.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.corpora import ROOT, commit, corpora_folder

FLOORS = Path(__file__).with_name("floors.toml")


def main(names: Sequence[str]) -> int:
    """Run the benchmarks (all of them, or those named); 1 if any metric is below its floor."""
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    margin = floors.pop("margin")
    present = corpora_folder() is not None
    print(f"gate  commit {commit()}  margin {margin}  corpora {'present' if present else 'absent: sample only'}")
    failed = 0
    for name, table in floors.items():
        if names and name not in names:
            continue
        if table.pop("needs_corpora", True) and not present:
            print(f"{name:<20} skipped: set DATELINE_CORPORA to the folder of the corpora to run it")
            continue
        failed += check(name, table, measured(name), margin)
    print(f"gate: {'failed' if failed else 'passed'}")
    return 1 if failed else 0


def measured(name: str) -> Mapping[str, float]:
    """The metrics of one benchmark; none of them if it crashed."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "metrics.json"
        command = [sys.executable, "-m", f"benchmarks.{name}", "--json", str(out)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode != 0 or not out.exists():
            print(done.stdout[-2000:], done.stderr[-2000:], sep="\n")
            return {}
        metrics: Mapping[str, float] = json.loads(out.read_text(encoding="utf-8"))
        return metrics


def check(name: str, floors: Mapping[str, float], found: Mapping[str, float], margin: float) -> int:
    """Print each metric beside its floor; how many are below."""
    below = 0
    for metric, floor in floors.items():
        value = found.get(metric)
        good = value is not None and value >= floor - margin
        below += not good
        shown = "missing" if value is None else f"{value:.2f}"
        print(f"{name:<20} {metric:<28} {shown:>8}  floor {floor:>6.2f}  {'ok' if good else 'BELOW'}")
    return below


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
