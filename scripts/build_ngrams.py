"""
Count pairs and triples of characters in clean official and general text.

Writes models/ngrams/ngrams.bin, the layout of which textcheck/text/ngrams.py tells: what was seen
LEAST times or more among the train_* corpora, in 4,092 common Han characters and four classes.

Run: python scripts/build_ngrams.py --shared DIR       (a minute, 6 GB)
With --without-set-aside --output FILE it counts all but the text on which weights are fit.
"""

import argparse
import hashlib
import math
import sys
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from textcheck.data import data_dir
from textcheck.text.ngrams import CLASSES, MAGIC, PAIR, Layout, Ngrams, mix, numbers_of, slots
from textcheck.training.corpus import articles, set_aside
from textcheck.training.fuse import peeled

CHARACTERS = 4096 - CLASSES
LEAST = 5  # fewer makes more than five megabytes, more loses names (see docs/architecture.md)
LARGEST = 15  # four bits of count
FIRST, LAST = 0x4E00, 0xA000


def read_points(folder: Path, *, without_set_aside: bool) -> NDArray[np.uint16]:
    """Return the characters of all training corpora, articles parted by a line feed."""
    parts = []
    for _, texts in groupby(articles(folder), key=lambda article: article.corpus):
        kept = (article for article in texts if not (without_set_aside and set_aside(article)))
        text = "".join(f"{article.text}\n" for article in kept)
        points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
        parts.append(np.minimum(points, 0xFFFF).astype(np.uint16))
    return np.concatenate(parts)


def fill(
    hashes: NDArray[np.uint64], powers: NDArray[np.uint8], layout: Layout
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]] | None:
    """Return marks and counts so that the three slots of a key xor to its own."""
    places = slots(hashes, layout)
    rounds = peeled(places, layout.slots)
    if rounds is None:
        return None
    marks = np.zeros(layout.slots, dtype=np.uint8)
    counts = np.zeros(layout.slots, dtype=np.uint8)
    for keys, free in reversed(rounds):
        one, two, three = places[:, keys]
        marks[free] = 0
        counts[free] = 0
        wanted = (hashes[keys] >> np.uint64(56)).astype(np.uint8)
        marks[free] = wanted ^ marks[one] ^ marks[two] ^ marks[three]
        counts[free] = powers[keys] ^ counts[one] ^ counts[two] ^ counts[three]
    return marks, counts


def counted(
    codes: NDArray[np.uint64],
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the keys of triples and pairs that are frequent enough, and their counts."""
    triples = (codes[:-2] << np.uint64(24)) | (codes[1:-1] << np.uint64(12)) | codes[2:]
    pairs = PAIR | (codes[:-1] << np.uint64(12)) | codes[1:]
    keys, counts = [], []
    for all_keys in (triples, pairs):
        key, count = np.unique(all_keys, return_counts=True)
        keys.append(key[count >= LEAST])
        counts.append(count[count >= LEAST])
    return np.concatenate(keys), np.concatenate(counts)


def write(path: Path, alphabet: str, single: NDArray[np.int64], codes: NDArray[np.uint64]) -> None:
    """Build the filter, with another seed where one does not work out, and write the file."""
    keys, counts = counted(codes)
    powers = np.clip(np.round(np.log2(counts / LEAST)), 0, LARGEST).astype(np.uint8)
    segment = 2 ** math.floor(math.log(len(keys)) / math.log(3.33) + 2.25)
    segments = math.ceil(len(keys) * 1.125 / segment) - 2
    for seed in range(1, 100):
        layout = Layout(len(alphabet), segment, segments, seed, LEAST, 0)
        filled = fill(mix(keys, seed), powers, layout)
        if filled is not None:
            break
    else:
        sys.exit("no seed works out")
    marks, count = filled
    logs = np.log(np.maximum(single, 1)).astype(np.float32)
    body = (
        alphabet.encode("utf-16-le")
        + logs.tobytes()
        + marks.tobytes()
        + (count[::2] | (count[1::2] << np.uint8(4))).tobytes()
    )
    checksum = int.from_bytes(hashlib.sha256(body).digest()[:8], "little")
    head = np.array([len(alphabet), segment, segments, seed, LEAST, checksum], dtype=np.uint64)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(MAGIC + head.tobytes() + body)
    print(f"{len(keys)} pairs and triples, {path.stat().st_size} bytes, seed {seed}")
    verify(Ngrams(path), keys, powers)


def verify(ngrams: Ngrams, keys: NDArray[np.uint64], powers: NDArray[np.uint8]) -> None:
    """Look up what was entered, and as many keys that were not."""
    wrong = np.count_nonzero(ngrams.counts(keys) != LEAST * 2.0**powers)
    strangers = np.random.default_rng(1).integers(1 << 41, 1 << 50, len(keys), dtype=np.uint64)
    taken = np.count_nonzero(ngrams.counts(strangers))
    print(f"{wrong} entries wrong; {taken / len(keys):.4%} of strangers taken for entered")
    if wrong:
        sys.exit("the table does not hold what was entered")


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description="Build the table of pairs and triples")
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds corpora/")
    parser.add_argument("--output", type=Path, default=Path("models/ngrams/ngrams.bin"))
    parser.add_argument("--without-set-aside", action="store_true", help="see textcheck.training")
    arguments = parser.parse_args()
    points = read_points(
        arguments.shared / "corpora", without_set_aside=arguments.without_set_aside
    )
    single = np.bincount(points, minlength=0x10000)
    common = np.argsort(-single[FIRST:LAST], kind="stable")[:CHARACTERS] + FIRST
    alphabet = "".join(map(chr, np.sort(common)))
    if arguments.without_set_aside:  # models/typos/pairs.bin is made for the numbers of the other
        alphabet = "".join(sorted(Ngrams(data_dir("models") / "ngrams" / "ngrams.bin").characters))
    codes = numbers_of(alphabet)[points]
    write(
        arguments.output,
        alphabet,
        np.bincount(codes.astype(np.int64), minlength=CHARACTERS + CLASSES),
        codes,
    )


if __name__ == "__main__":
    main()
