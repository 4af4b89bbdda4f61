"""
Measure pycorrector on the sentences of the benchmarks, by its own evaluation.

Its two correctors that need no weights from elsewhere: that of a confusion set, given the wrong and
right words of the lexicon, and that of KenLM, given our language model as ARPA. Digits and letters
are written as that file knows them, in what is right as well. The learned stage as it is shipped
goes through the same evaluation, which counts a wrong sentence that was put wrong as missed only:
its precision is higher than that of scripts/benchmark_detector.py.

Needs the extras `bench` and `model`; kenlm is compiled where it is installed (cmake, C++).

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

from benchmark_detector import BENCHMARKS, CORRECT, mended
from pycorrector.confusion_corrector import ConfusionCorrector
from pycorrector.corrector import Corrector
from pycorrector.utils.evaluate_utils import eval_model_single
from systems import system

from textcheck.data import data_dir
from textcheck.lexicon.load import load_lexicon
from textcheck.text.han import is_han
from textcheck.training.arpa import plain

Correct = Callable[[str], dict[str, Any]]
OURS = "textcheck"


def confusions(lexicons: Path) -> dict[str, str]:
    """Return what the table of wrong words would write for each."""
    with (lexicons / "words.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    both = ((row["wrong"], row["right"]) for row in rows)
    return {wrong: right for wrong, right in both if right and all(map(is_han, wrong + right))}


def learned() -> Correct:
    """Return what takes every proposal of the learned stage from the hint threshold on."""
    models = data_dir("models")
    lexicon = load_lexicon(data_dir("lexicons"), models)
    gated = system("gated", lexicon, models / "language", models / "detector")
    told = gated.thresholds or {}

    def correct(text: str) -> dict[str, Any]:
        likely = [one for one in gated.propose(text) if one.score >= told[one.kind].hint]
        return {"source": text, "target": mended(text, likely), "errors": []}

    return correct


def tell(name: str, correct: Correct, path: Path, step: int) -> None:
    """Print what the peer's own evaluation says of it."""
    lines = path.read_text(encoding="utf-8").splitlines()[::step]
    began = time.monotonic()
    with TemporaryDirectory() as folder:
        chosen = Path(folder) / path.name
        written = lines if name == OURS else map(plain, lines)
        chosen.write_text("".join(f"{line}\n" for line in written), encoding="utf-8")
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
        OURS: learned(),
        "confusion": ConfusionCorrector(confusions(data_dir("lexicons"))).correct,
        "kenlm": Corrector(language_model_path=str(arguments.arpa)).correct,
    }
    for name, correct in peers.items():
        for bench in (*BENCHMARKS, CORRECT):
            path = arguments.shared / "bench" / f"{bench}.tsv"
            tell(name, correct, path, arguments.step)


if __name__ == "__main__":
    main()
