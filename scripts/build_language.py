"""
Make the language model of the learned stage from clean text.

Reads the train_* corpora, but for what thresholds are set on (textcheck/training/corpus.py), and
writes models/language. With --fold 0 or 1 only every second article is read: when the net is
trained, the evidence for the others is taken from that model, so that it never comes from the
sentence itself.

Run: python scripts/build_language.py --shared DIR       (two minutes, 8 GB)
"""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

import jieba
import numpy as np
from pypinyin import lazy_pinyin

from textcheck.data import data_dir
from textcheck.knowledge.table import read_table
from textcheck.text.alphabet import Alphabet
from textcheck.text.shape import Shapes
from textcheck.text.sound import Sounds
from textcheck.training.arpa import write_arpa
from textcheck.training.candidates import beside, homophones, like
from textcheck.training.corpus import articles, held_out
from textcheck.training.counts import Rows, kept_rows, smoothed
from textcheck.training.table import write_language

LEAST = 12  # times a character must be seen to have a code of its own
WORTH = 9.0  # nats over all its sightings that a row must tell; fewer makes a larger file


def read_points(folder: Path, fold: int | None) -> np.ndarray:
    """Return the code points of all articles read, parted by line feeds."""
    parts = [
        article.text
        for number, article in enumerate(articles(folder))
        if not held_out(article) and (fold is None or number % 2 == fold)
    ]
    text = "\n" + "\n".join(parts) + "\n"
    points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    return np.minimum(points, 0xFFFF).astype(np.uint16)


def alphabet_of(points: np.ndarray) -> Alphabet:
    """Return the characters seen often enough, in order; signs below the exclamation mark apart."""
    counts = np.bincount(points, minlength=0x10000)
    often = (chr(point) for point in np.flatnonzero(counts >= LEAST)[:-1].tolist() if point > 0x20)
    return Alphabet("".join(sign for sign in often if not (sign.isascii() and sign.isalnum())))


def read_pairs(path: Path, *columns: str) -> Iterator[tuple[str, str]]:
    """Yield the two cells of each row of a table."""
    for row in read_table(path, columns):
        yield row[columns[0]], row[columns[1]]


def write_candidates(folder: Path, alphabet: Alphabet, rows: dict[int, Rows]) -> None:
    """Write what may be meant instead of a character, in a gap, and by the sound of a word."""
    lexicons = data_dir("lexicons")
    sounds = Sounds(dict(read_pairs(lexicons / "sounds.tsv", "syllable", "characters")))
    shapes = Shapes.of(dict(read_pairs(lexicons / "shapes.tsv", "character", "alike")))
    dictionary = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8")
    words = [line.split(" ")[0] for line in dictionary.splitlines()]
    reading = {one: lazy_pinyin(one)[0].replace("ü", "v") for one in alphabet.characters}
    syllable = {one: sound for one, sound in reading.items() if sound.isascii() and sound.isalpha()}
    of_code, keys, table = homophones(
        alphabet, rows[2], [word for word in words if len(word) == 2], syllable
    )
    np.save(folder / "like.npy", like(alphabet, rows[1], sounds.alike, sounds.near_to, shapes.like))
    np.save(folder / "beside.npy", beside(alphabet, rows[2]))
    np.save(folder / "syllables.npy", of_code)
    np.save(folder / "sounds.npy", keys)
    np.save(folder / "words.npy", table)


def main() -> None:
    """Count, smooth, prune, write."""
    parser = argparse.ArgumentParser(description="Make the language model")
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds corpora/")
    parser.add_argument("--output", type=Path, default=Path("models/language"))
    parser.add_argument("--fold", type=int, choices=(0, 1), help="with the alphabet of --like")
    parser.add_argument("--like", type=Path, default=Path("models/language"))
    parser.add_argument("--arpa", type=Path, help="write this file, for KenLM, and nothing else")
    parser.add_argument("--worth", type=float, default=WORTH)
    arguments = parser.parse_args()
    began = time.monotonic()
    points = read_points(arguments.shared / "corpora", arguments.fold)
    if arguments.fold is None:
        alphabet = alphabet_of(points)
    else:
        alphabet = Alphabet((arguments.like / "alphabet.txt").read_text(encoding="utf-8"))
    rows = smoothed(alphabet.of_points(points), len(alphabet))
    kept = kept_rows(rows, len(alphabet), arguments.worth)
    if arguments.arpa:
        write_arpa(arguments.arpa, alphabet, kept, rows[1])
        return
    layout = write_language(arguments.output, alphabet, kept, rows[1])
    write_candidates(arguments.output, alphabet, rows)
    print(f"{len(points):,} characters, {len(alphabet):,} codes, {layout.cells * 2:,} bytes")
    for order, part in kept.items():
        print(f"  {order} in a row: {len(part.keys):,} of {len(rows[order].keys):,} kept")
    print(f"{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
