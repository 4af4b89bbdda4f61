"""
Measure how fast the whole check is, rules and models, how much memory it takes, and its start.

Articles are checked as a scan does it, once with the gate and once with every piece read by the
detector. Seconds are those of the clock and those of a processor: where others use the machine only
the latter tell, and all threads together do so many characters for each processor that they have.
Memory, the start and the speed of several processes are those of the program itself, a process of
its own: one that checks all of these articles, and one with a short file, the best of five; the
program is there as it is installed, compiled to byte code.

Run: python scripts/benchmark_learned.py DIR/corpora/dev_xwlb.jsonl.zst [--threads 2]
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from dated import read_dated
from systems import proofreader, thresholds

from textcheck.checkers import build_checkers
from textcheck.data import data_dir
from textcheck.document import Document
from textcheck.lexicon.lexicon import Lexicon
from textcheck.lexicon.load import load_lexicon
from textcheck.linter import check_all
from textcheck.model.load import Models

_CLEAN = "会议强调，要坚持以人民为中心的发展思想，推动高质量发展，切实保障和改善民生。\n"
# What is read or made at the first slip of a kind is part of what a short file takes.
SHORT = {
    "nothing in doubt": _CLEAN,
    "a formulation": _CLEAN.replace("推动", "推功"),
    "a misprint": f"{_CLEAN}他把文件递交叻给上级部门，我们的仼务已经完成。\n",
    "a region": f"{_CLEAN}天水市秦洲区人民政府召开第三次全体会议。\n",
    "for the model only": f"{_CLEAN}会议由办公室主任主持，各部门负责人参加会意。\n",
}
AS_THE_PROGRAM = {"OPENBLAS_NUM_THREADS": "1"}
SUCCESSES = (0, 1)  # nothing found, something found


@dataclass(frozen=True, slots=True, order=True)
class Cost:
    """What a process took."""

    clock: float
    busy: float  # of all processors
    megabytes: float


def speed(
    name: str, lexicon: Lexicon, folder: Path, documents: Sequence[Document], threads: int
) -> tuple[float, float]:
    """Return the characters a second of a whole check, by the clock and by the processor."""
    language, detector = folder / "language", folder / "detector"
    told = thresholds(name, language, detector)
    reader = proofreader(name, language, detector, threads=threads)
    checkers = build_checkers(lexicon, Models("", reader, told))
    list(check_all(documents[:2], checkers))  # what is read at first use
    size = sum(len(one.text) for one in documents)
    began, busy = time.monotonic(), time.process_time()
    for _ in check_all(documents, checkers):
        pass
    return size / (time.monotonic() - began), size / (time.process_time() - busy)


def program(folder: Path, files: Sequence[Path], jobs: int = 1) -> Cost:
    """Return what it costs to check some files, as a process of its own, or as so many."""
    with TemporaryDirectory() as work:
        (Path(work) / "lexicons").symlink_to(data_dir("lexicons").resolve())
        (Path(work) / "models").symlink_to(folder.resolve())
        environment = os.environ | {"TEXTCHECK_DATA": work}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        began = time.monotonic()
        process = subprocess.Popen(  # noqa: S603 # this program
            [sys.executable, "-m", "textcheck", "check", "--jobs", str(jobs), *files],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        _, status, used = os.wait4(process.pid, 0)
        if os.waitstatus_to_exitcode(status) not in SUCCESSES:
            raise SystemExit(f"the check failed: {status}")
        clock = time.monotonic() - began
        return Cost(clock, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Measure the speed of the whole check")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--models", type=Path, default=data_dir("models"))
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--characters", type=int, default=60_000)
    arguments = parser.parse_args()
    if "OPENBLAS_NUM_THREADS" not in os.environ:  # once NumPy is there it is too late
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | AS_THE_PROGRAM)  # noqa: S606 # this script
    documents: list[Document] = []
    for article in read_dated(arguments.corpus):
        documents.append(article.document)
        if sum(len(one.text) for one in documents) > arguments.characters:
            break
    # The program first: a process is said to take as much memory as the one that began it.
    print_program(arguments.models, documents)
    print_speed(arguments.models, documents, arguments.threads)


def print_program(models: Path, documents: Sequence[Document]) -> None:
    """Print what the program takes for some documents, and for a short file of each kind."""
    with TemporaryDirectory() as work:
        files = [Path(work) / f"{number}.txt" for number in range(len(documents))]
        for file, document in zip(files, documents, strict=True):
            file.write_text(document.text, encoding="utf-8")
        program(models, files[:1])  # keeps the lexicon compiled
        size = sum(len(one.text) for one in documents)
        for jobs in (1, 2):
            cost = program(models, files, jobs)
            print(
                f"the program with {jobs} processes: {size / cost.clock:,.0f} characters a second,"
                f" its start included; the largest process {cost.megabytes:.0f} MB"
            )
        for name, text in SHORT.items():
            files[0].write_text(text, encoding="utf-8")
            took = min(program(models, files[:1]) for _ in range(5))
            print(
                f"one short file, {name}: {took.clock:.2f} s, processors {took.busy:.2f} s,"
                f" {took.megabytes:.0f} MB"
            )


def print_speed(models: Path, documents: Sequence[Document], threads: int) -> None:
    """Print how fast a whole check is with the judge alone, with the gate, and without it."""
    lexicon = load_lexicon(data_dir("lexicons"), data_dir("models"))
    shipped = (models / "detector" / "reader.onnx").exists()
    for name in ("judge", "gated", "fused") if shipped else ("judge",):
        clock, busy = speed(name, lexicon, models, documents, threads)
        print(
            f"{name:<6} {clock:,.0f} characters a second on {threads} threads,"
            f" {busy:,.0f} a second of processor time",
            flush=True,
        )


if __name__ == "__main__":
    main()
