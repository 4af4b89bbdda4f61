"""
Measure how fast the whole check is, rules and models, how much memory it takes, and its start.

Articles are checked as a scan does it, once with the gate and once with every piece read by the
detector. Seconds are those of the clock and those of a processor: where others use the machine only
the latter tell, and all threads together do so many characters for each processor that they have.
The short file is a process of its own, best of three.

Run: python scripts/benchmark_learned.py DIR/corpora/dev_xwlb.jsonl.zst [--threads 2]
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from dated import read_dated
from systems import proofreader

from textcheck.checkers import build_checkers
from textcheck.data import data_dir
from textcheck.document import Document
from textcheck.lexicon.lexicon import Lexicon
from textcheck.lexicon.load import load_lexicon
from textcheck.linter import check_all
from textcheck.model.load import Models
from textcheck.model.thresholds import read_thresholds

SHORT = "会议强调，要坚持以人民为中心的发展思想，推动高质量发展，切实保障和改善民生。\n"


def speed(
    name: str, lexicon: Lexicon, folder: Path, documents: Sequence[Document], threads: int
) -> tuple[float, float]:
    """Return the characters a second of a whole check, by the clock and by the processor."""
    language, detector = folder / "language", folder / "detector"
    told = read_thresholds((language if name == "judge" else detector) / "thresholds.toml")
    reader = proofreader(name, language, detector, threads=threads)
    checkers = build_checkers(lexicon, Models("", reader, told))
    list(check_all(documents[:2], checkers))  # what is read at first use
    size = sum(len(one.text) for one in documents)
    began, busy = time.monotonic(), time.process_time()
    for _ in check_all(documents, checkers):
        pass
    return size / (time.monotonic() - began), size / (time.process_time() - busy)


def start(folder: Path) -> float:
    """Return the seconds that one short file takes, as a process of its own."""
    with TemporaryDirectory() as work:
        (Path(work) / "lexicons").symlink_to(data_dir("lexicons").resolve())
        (Path(work) / "models").symlink_to(folder.resolve())
        took = []
        for _ in range(3):
            began = time.monotonic()
            subprocess.run(
                [sys.executable, "-m", "textcheck", "check", "-"], input=SHORT.encode(),
                env=os.environ | {"TEXTCHECK_DATA": work}, check=True, capture_output=True,
            )  # fmt: skip
            took.append(time.monotonic() - began)
    return min(took)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Measure the speed of the whole check")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--models", type=Path, default=data_dir("models"))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--characters", type=int, default=60_000)
    arguments = parser.parse_args()
    lexicon = load_lexicon(data_dir("lexicons"), data_dir("models"))
    documents: list[Document] = []
    for article in read_dated(arguments.corpus):
        documents.append(article.document)
        if sum(len(one.text) for one in documents) > arguments.characters:
            break
    shipped = (arguments.models / "detector" / "reader.onnx").exists()
    for name in ("judge", "gated", "fused") if shipped else ("judge",):
        clock, busy = speed(name, lexicon, arguments.models, documents, arguments.threads)
        print(
            f"{name:<6} {clock:,.0f} characters a second on {arguments.threads} threads,"
            f" {busy:,.0f} a second of processor time",
            flush=True,
        )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{memory:.0f} MB at most, all three loaded")
    print(f"one short file: {start(arguments.models):.2f} s")


if __name__ == "__main__":
    main()
