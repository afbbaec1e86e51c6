"""Every reader on generated files: no article lost, every text exact, and how fast.

    python -m benchmarks.readers [--files 200]

Exits with 1 where an article is lost, a text differs, or a date, its basis or a kept field is wrong.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
import time
from pathlib import Path

from benchmarks.corpora import commit
from dateline.sources.files import read_sources
from tests.sources.vendors import LAYOUTS, Layout, Story, stories


def main() -> int:
    """Print a line for each format; 1 where something was lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--files", type=int, default=200, help="files to generate per format")
    files = parser.parse_args().files
    print(
        f"{'format':<18} {'files':>6} {'articles':>8} {'lost':>5} {'texts off':>9} {'fields off':>10}    MB/s   per s"
    )
    total = wrong = 0
    data = hashlib.sha256()
    for name, layout in LAYOUTS.items():
        with tempfile.TemporaryDirectory(prefix="dateline-readers-") as folder:
            written = _write(Path(folder), layout, files, data)
            size = sum(path.stat().st_size for path in Path(folder).iterdir())
            started = time.perf_counter()
            lost, texts, fields = _compare(Path(folder), layout, written)
            seconds = time.perf_counter() - started
        total += len(written)
        wrong += lost + texts + fields
        speed = f"{size / seconds / 1e6:>7.1f} {len(written) / seconds:>7.0f}"
        print(f"{name:<18} {files:>6} {len(written):>8} {lost:>5} {texts:>9} {fields:>10} {speed}")
    print(
        f"{total} articles in {len(LAYOUTS)} formats, {wrong} faults; data {data.hexdigest()[:12]}  commit {commit()}"
    )
    return 1 if wrong else 0


def _write(folder: Path, layout: Layout, files: int, data: hashlib._Hash) -> list[Story]:
    written: list[Story] = []
    for number in range(files):
        items = stories(10_000 * number, layout.stories)
        # The names say nothing of the kind: files are told by their content.
        suffix = layout.suffix if layout.suffix.endswith(".gz") else ".txt"
        content = layout.write(items)
        data.update("".join(item.text for item in items).encode())
        (folder / f"{number:05d}{suffix}").write_bytes(content)
        written += items
    return written


def _compare(folder: Path, layout: Layout, written: list[Story]) -> tuple[int, int, int]:
    """How many articles are lost or too many, how many texts differ, how many dates and fields are wrong."""
    found = [sourced.article for sourced in read_sources([str(folder)])]
    articles = [article for article in found if article is not None]
    lost = abs(len(written) - len(articles)) + len(found) - len(articles)
    texts = fields = 0
    for article, item in zip(articles, written, strict=False):
        texts += article.text != item.text
        right = (article.published, article.published_basis) == (item.day, layout.basis)
        right = right and all(getattr(article, field) == getattr(item, field) for field in layout.keeps)
        fields += not right
    return lost, texts, fields


if __name__ == "__main__":
    raise SystemExit(main())
