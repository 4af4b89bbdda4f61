"""
Write models/typos/pairs.bin: which two characters stand next to each other in dictionary words.

Only characters that the table of n-grams numbers, only pairs that it has (seen in clean text).

Run: python scripts/build_pairs.py
"""

import zlib
from pathlib import Path

import jieba
import numpy as np

from textcheck.data import data_dir
from textcheck.text.ngrams import CLASSES, Ngrams
from textcheck.text.pairs import CHARACTERS, MAGIC


def main() -> None:
    """Write the file."""
    models = data_dir("models")
    ngrams = Ngrams(models / "ngrams" / "ngrams.bin")
    lines = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    words = [line.split()[0] for line in lines]
    codes = ngrams.codes("\n".join(words))
    first, second = codes[:-1], codes[1:]
    numbered = (first >= CLASSES) & (second >= CLASSES)
    first, second = first[numbered], second[numbered]
    seen = ngrams.pairs(first, second) > 0
    table = np.zeros(CHARACTERS * CHARACTERS, dtype=np.bool_)
    table[(first[seen] * np.uint64(CHARACTERS) + second[seen]).astype(np.int64)] = True
    packed = zlib.compress(np.packbits(table, bitorder="little").tobytes(), 9)
    path = models / "typos" / "pairs.bin"
    path.write_bytes(MAGIC + ngrams.digest.encode() + packed)
    print(f"{np.count_nonzero(table)} pairs, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
