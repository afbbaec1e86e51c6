"""How fast Dateline reads: `python -m benchmarks.speed [--words 200000] [--workers 1 2]`.

Words a second of whole reading (text to stored facts) beside the bare encoder on the same texts in the same run, peak
memory, and start-up beside `python -c "import spacy"`. A word is a token that is no white space. Figures of a shared
machine move: quote the ratios.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpora import ROOT, corpora_folder, stamp


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=200_000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--no-start", action="store_true", help="leave the start-up times out")
    options = parser.parse_args()
    corpora = corpora_folder()
    if corpora is None:
        print("speed: skipped, no corpora (set DATELINE_CORPORA)")
        return
    articles = corpora / "articles" / "wikinews.jsonl"
    print(f"speed  {stamp([articles])}  {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        big = Path(folder) / "big.jsonl"
        words, sentences = repeated(articles, big, options.words)
        for workers in options.workers:
            bare = bare_encoder(sentences, workers)
            seconds, memory = whole(big, Path(folder) / f"record{workers}.db", workers)
            print(
                f"{workers} worker(s): whole reading {words / seconds:,.0f} words/s, bare encoder {bare:,.0f} words/s, "
                f"ratio {words / seconds / bare:.2f}, largest process {memory:.0f} MB"
            )
        if not options.no_start:
            starts(Path(folder))


def repeated(articles: Path, big: Path, wanted: int) -> tuple[int, list[list[str]]]:
    """Write the articles again and again (told apart by title) until there are enough words.

    Returns:
        The words written, and the sentences of one round as lists of words.
    """
    from dateline.language.annotate import load_annotator

    rows = [json.loads(line) for line in articles.read_text(encoding="utf-8").splitlines()]
    docs = load_annotator().annotate_many(row["text"] for row in rows)
    sentences = [[t.text for t in s if not t.is_space] for doc in docs for s in doc.sents]
    sentences = [sentence for sentence in sentences if sentence]
    once = sum(map(len, sentences))
    rounds = max(1, round(wanted / once))
    with big.open("w", encoding="utf-8") as out:
        for number in range(rounds):
            for row in rows:
                again = {**row, "id": f"{row['id']}-{number}", "title": f"{row['title']} ({number})"}
                out.write(json.dumps(again, ensure_ascii=False) + "\n")
    return once * rounds, sentences


def bare_encoder(sentences: Sequence[Sequence[str]], processes: int) -> float:
    """Words a second of the bare encoder fed ready sentences, so many processes at once."""
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        return sum(pool.map(_encode, [sentences] * processes))


def _encode(sentences: Sequence[Sequence[str]]) -> float:
    from dateline.language.card import open_model
    from dateline.language.encoder import Encoder

    encoder = Encoder(open_model(), 1)
    for _ in encoder.score(sentences[:64]):
        pass
    words, started = 0, time.perf_counter()
    while time.perf_counter() - started < 10:
        for _ in encoder.score(sentences):
            pass
        words += sum(map(len, sentences))
    return words / (time.perf_counter() - started)


def whole(big: Path, record: Path, workers: int) -> tuple[float, float]:
    """Seconds and largest process (MB) of `dateline read` into a fresh record."""
    started = time.perf_counter()
    subprocess.run(
        [*_dateline(), "read", str(big), "--into", str(record), "--workers", str(workers)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def starts(folder: Path) -> None:
    """Print medians of five cold starts, each beside the import of spaCy."""
    one = folder / "one.txt"
    one.write_text("OSLO, March 14, 2020 - Norway will send 40 radios to Poland next week.\n", encoding="utf-8")
    commands = {
        'python -c "import spacy"': [sys.executable, "-c", "import spacy"],
        "dateline --help": [*_dateline(), "--help"],
        "dateline read one.txt": [*_dateline(), "read", str(one)],
    }
    took: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(5):
        for name, command in commands.items():
            started = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            took[name].append(time.perf_counter() - started)
    for name, times in took.items():
        print(f"{name}: {statistics.median(times):.2f} s (median of 5)")


def _dateline() -> list[str]:
    script = Path(sys.executable).with_name("dateline")
    return [str(script)] if script.exists() else [sys.executable, "-m", "dateline"]


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
