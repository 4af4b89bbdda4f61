"""
Write models/typos/seen.txt: Han characters that clean text has LEAST times, but not often.

Those of the lexicon's tables too, misprints left out: peoples and places have rare names. The
common ones, which the table of n-grams numbers, are left out. What is in neither is hardly ever
right: a traditional form, a variant, a look-alike (仼).

Run: python scripts/build_seen.py --shared DIR
"""

import argparse
from pathlib import Path

import numpy as np

from textcheck.data import data_dir
from textcheck.text.ngrams import Ngrams
from textcheck.text.points import points_of
from textcheck.training.corpus import articles

LEAST = 5
HAN = range(0x4E00, 0xA000)
OTHERS = frozenset({"words", "sounds", "shapes"})  # tables that hold misprints, or all characters


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description="List the characters that clean text has")
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds corpora/")
    parser.add_argument("--output", type=Path, default=Path("models/typos/seen.txt"))
    arguments = parser.parse_args()
    common = Ngrams(data_dir("models") / "ngrams" / "ngrams.bin").characters
    counts = np.zeros(HAN.stop, dtype=np.int64)
    for article in articles(arguments.shared / "corpora"):
        points = points_of(article.text)
        counts += np.bincount(points[points < HAN.stop], minlength=HAN.stop)
    for path in sorted(data_dir("lexicons").glob("*.tsv")):
        if path.stem not in OTHERS:
            points = points_of(path.read_text(encoding="utf-8"))
            counts[points[points < HAN.stop]] += LEAST
    seen = [chr(code) for code in HAN if counts[code] >= LEAST and chr(code) not in common]
    arguments.output.write_text("".join(seen) + "\n", encoding="utf-8")
    print(f"{len(seen)} characters")


if __name__ == "__main__":
    main()
