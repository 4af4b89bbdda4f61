"""
Write models/typos/seen.txt: Han characters that clean text has LEAST times, but not often.

Those of the lexicon's tables too, misprints left out: peoples and places have rare names. The
common ones, which the table of n-grams numbers, are left out. What is in neither is hardly ever
right: a traditional form, a variant, a look-alike (仼).

Run: python scripts/build_seen.py --shared DIR
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from textcheck.data import data_dir
from textcheck.text.ngrams import Ngrams
from textcheck.text.points import points_of
from textcheck.training.corpus import articles

LEAST = 5
HAN = range(0x4E00, 0xA000)
EVERY = frozenset({"sounds", "shapes"})  # tables that hold all characters
WRONG = frozenset({"wrong", "avoid", "example_bad"})  # columns that hold what is wrong


def right_cells(folder: Path) -> Iterator[str]:
    """Yield what stands in the tables and is not wrong."""
    for path in sorted(folder.glob("*.tsv")):
        if path.stem not in EVERY:
            lines = path.read_text(encoding="utf-8").splitlines()
            columns = lines[0].split("\t")
            for line in lines[1:]:
                cells = zip(columns, line.split("\t"), strict=True)
                yield from (cell for column, cell in cells if column not in WRONG)


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
    points = points_of("".join(right_cells(data_dir("lexicons"))))
    counts[points[points < HAN.stop]] += LEAST
    seen = [chr(code) for code in HAN if counts[code] >= LEAST and chr(code) not in common]
    arguments.output.write_text("".join(seen) + "\n", encoding="utf-8")
    print(f"{len(seen)} characters")


if __name__ == "__main__":
    main()
