"""
Measure pycorrector on the sentences of the benchmarks, by its own evaluation.

Its two correctors that need no weights from elsewhere: that of a confusion set, given the wrong and
right words of the lexicon, and that of KenLM, given our language model as ARPA. Digits and letters
are written as that file knows them, in what is right as well.

Needs the extra `bench`, and kenlm, which is compiled where it is installed (cmake, C++).

Run: python scripts/build_language.py --shared DIR --arpa WORK/language.arpa
     python scripts/benchmark_peer.py --shared DIR --arpa WORK/language.arpa [--step 4]
"""

import argparse
import contextlib
import csv
import io
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmark_detector import BENCHMARKS, CORRECT
from pycorrector.confusion_corrector import ConfusionCorrector
from pycorrector.corrector import Corrector
from pycorrector.utils.evaluate_utils import eval_model_single

from textcheck.data import data_dir
from textcheck.text.han import is_han
from textcheck.training.arpa import plain

Correct = Callable[[str], dict[str, Any]]


def confusions(lexicons: Path) -> dict[str, str]:
    """Return what the table of wrong words would write for each."""
    with (lexicons / "words.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    both = ((row["wrong"], row["right"]) for row in rows)
    return {wrong: right for wrong, right in both if right and all(map(is_han, wrong + right))}


def tell(name: str, correct: Correct, path: Path, step: int) -> None:
    """Print what the peer's own evaluation says of it."""
    lines = path.read_text(encoding="utf-8").splitlines()[::step]
    began = time.monotonic()
    with TemporaryDirectory() as folder:
        chosen = Path(folder) / path.name
        chosen.write_text("".join(f"{plain(line)}\n" for line in lines), encoding="utf-8")
        with contextlib.redirect_stdout(io.StringIO()):  # it prints a verdict a sentence
            accuracy, precision, recall, score = eval_model_single(
                correct, str(chosen), verbose=False
            )
    seconds = time.monotonic() - began
    print(
        f"{name:<10} {path.stem:<20} P {precision:.3f}  R {recall:.3f}  F {score:.3f}"
        f"  right {accuracy:.2%}  {len(lines) / seconds:.1f} sentences a second",
        flush=True,
    )


def main() -> None:
    """Print a line for each corrector and benchmark."""
    parser = argparse.ArgumentParser(description="Measure pycorrector")
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--arpa", type=Path, required=True)
    parser.add_argument("--step", type=int, default=1, help="every Nth sentence")
    arguments = parser.parse_args()
    peers: dict[str, Correct] = {
        "confusion": ConfusionCorrector(confusions(data_dir("lexicons"))).correct,
        "kenlm": Corrector(language_model_path=str(arguments.arpa)).correct,
    }
    for name, correct in peers.items():
        for bench in (*BENCHMARKS, CORRECT):
            path = arguments.shared / "bench" / f"{bench}.tsv"
            tell(name, correct, path, arguments.step)


if __name__ == "__main__":
    main()
