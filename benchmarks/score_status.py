"""Accuracy of the status on our own sentences: `python -m benchmarks.score_status [--wrong] [--json FILE]`.

The cases are those of tests/extract/status_cases.tsv: each construction at least five times.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks.corpora import stamp
from dateline.language.annotate import load_annotator
from tests.extract.reading import load_reader
from tests.extract.test_status import CASES, wrong_cases


def main() -> None:
    """Print (and write) the accuracy in percent."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="print the cases that are wrong")
    parser.add_argument("--json", type=Path, help="write the metric to this file")
    options = parser.parse_args()
    wrong, total = wrong_cases(load_reader(load_annotator()))
    accuracy = 100 * (total - len(wrong)) / total
    if options.wrong:
        print("\n".join(wrong))
    print(f"status  {total - len(wrong)} of {total} right, {accuracy:.1f} %  {stamp([CASES])}")
    if options.json:
        options.json.write_text(json.dumps({"accuracy": accuracy}), encoding="utf-8")


if __name__ == "__main__":
    main()
