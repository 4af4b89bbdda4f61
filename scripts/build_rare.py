"""
Write models/typos/rare.tsv: rare Han characters of clean text, with what stands beside them.

Rare are those that the table of n-grams does not number but takes for one; listed is what clean
text has LEAST times, and each character that stands LEAST times before or behind it. Those of the
lexicon's tables too, misprints left out: peoples and places have rare names. What is not listed is
hardly ever right: a traditional form, a variant, a look-alike (仼).

Run: python scripts/build_rare.py --shared DIR
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from textcheck.data import data_dir
from textcheck.text.han import is_han
from textcheck.text.ngrams import Ngrams
from textcheck.text.points import points_of
from textcheck.training.corpus import articles

LEAST = 5
HAN = (0x4E00, 0xA000)
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


def count(text: str, counts: Counter[str], times: int, common: frozenset[str]) -> None:
    """Count rare characters and the pairs that hold them."""
    points = points_of(f"\n{text}\n")
    places = np.flatnonzero((points >= HAN[0]) & (points < HAN[1]))
    text = f"\n{text}\n"
    for place in places.tolist():
        if text[place] not in common:
            counts[text[place]] += times
            counts[text[place - 1 : place + 1]] += times
            if text[place + 1] in common or not is_han(text[place + 1]):
                counts[text[place : place + 2]] += times


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description="List the rare characters that clean text has")
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds corpora/")
    parser.add_argument("--output", type=Path, default=Path("models/typos/rare.tsv"))
    arguments = parser.parse_args()
    common = Ngrams(data_dir("models") / "ngrams" / "ngrams.bin").characters
    counts: Counter[str] = Counter()
    for article in articles(arguments.shared / "corpora"):
        count(article.text, counts, 1, common)
    for cell in right_cells(data_dir("lexicons")):
        count(cell, counts, LEAST, common)
    seen = sorted(text for text, times in counts.items() if times >= LEAST)
    before: dict[str, str] = {text: "" for text in seen if len(text) == 1}
    behind = dict(before)
    for pair in (text for text in seen if len(text) > 1 and is_han(text[0]) and is_han(text[1])):
        for table, character, beside in (
            (before, pair[1], pair[0]),
            (behind, pair[0], pair[1]),
        ):
            if character in table:
                table[character] += beside
    rows = [f"{one}\t{before[one]}\t{behind[one]}" for one in before]
    lines = ["character\tbefore\tbehind", *rows]
    arguments.output.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} characters")


if __name__ == "__main__":
    main()
