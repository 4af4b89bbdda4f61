"""
Count which two characters stand side by side in clean official and general text.

Writes models/bigrams/bigrams.zst: the 4,096 commonest Han characters, then one bit for each
ordered pair of them, set where the pair was seen MIN_COUNT times or more. Reads train_* only.

Run: python scripts/build_bigrams.py --shared DIR
"""

import argparse
import json
from pathlib import Path

import numpy as np
import zstandard

CHARACTERS = 4096
MIN_COUNT = 40  # a pair seen less often than once in two million characters says little
FIRST, LAST = 0x4E00, 0x9FFF


def codes(path: Path) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the Han characters of a corpus as numbers from 1, all else as 0."""
    with zstandard.open(path, "rt", encoding="utf-8") as lines:
        text = "\n".join(json.loads(line)["text"] for line in lines)
    points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    return np.where((points >= FIRST) & (points <= LAST), points - FIRST + 1, 0)


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description="Build the table of seen pairs")
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds corpora/")
    parser.add_argument("--output", type=Path, default=Path("models/bigrams/bigrams.zst"))
    arguments = parser.parse_args()
    size = LAST - FIRST + 2
    single = np.zeros(size, dtype=np.int64)
    double = np.zeros(size * size, dtype=np.uint16)
    for path in sorted((arguments.shared / "corpora").glob("train_*.jsonl.zst")):
        text = codes(path)
        single += np.bincount(text, minlength=size)
        pairs, count = np.unique(text[:-1] * size + text[1:], return_counts=True)
        double[pairs] = np.minimum(double[pairs] + count, np.iinfo(np.uint16).max).astype(np.uint16)
    single[0] = 0
    common = np.sort(np.argsort(-single, kind="stable")[:CHARACTERS])
    seen = double.reshape(size, size)[np.ix_(common, common)] >= MIN_COUNT
    alphabet = "".join(chr(FIRST - 1 + number) for number in common).encode("utf-16-le")
    table = alphabet + np.packbits(seen, axis=None, bitorder="little").tobytes()
    arguments.output.write_bytes(zstandard.ZstdCompressor(level=19).compress(table))
    covered = single[common].sum() / single.sum()
    print(f"{seen.sum()} pairs of {CHARACTERS} characters, which make up {covered:.4%} of the text")


if __name__ == "__main__":
    main()
