"""
Make the dictionary that cuts text into words out of that of jieba (MIT), with the same numbers.

Run: python scripts/build_dictionary.py
"""

import math
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import numpy as np

from textcheck.arrays import Arrays, write_arrays
from textcheck.text.dictionary import FILE, KEY


def read_words(path: Path) -> dict[str, int]:
    """Return how often each word stands in texts; of one that is told twice the last."""
    words: dict[str, int] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        word, often, _ = line.rsplit(" ", 2)
        words[word] = int(often)
    return words


def trie(words: Mapping[str, int]) -> Arrays:
    """Return the words as Dictionary takes them."""
    # In level order, and by their characters among those of one length.
    nodes = sorted(
        {word[:end] for word in words for end in range(len(word) + 1)},
        key=lambda node: (len(node), node),
    )
    number = {node: at for at, node in enumerate(nodes)}
    children = np.bincount([number[node[:-1]] for node in nodes[1:]], minlength=len(nodes))
    total = math.log(sum(words.values()))
    counts = sorted({*words.values()})
    worth = {often: at for at, often in enumerate(counts, start=1)}
    return {
        "label": np.array([0, *(ord(node[-1]) for node in nodes[1:])], dtype=np.uint16),
        "first": np.append([1], 1 + np.cumsum(children)).astype(np.uint32),
        "worth": np.array([worth[words[one]] if one in words else 0 for one in nodes], np.uint16),
        "logs": np.array([-total, *(math.log(often) - total for often in counts)]),
    }


def main() -> None:
    """Write the file."""
    folder = Path(str(import_module("jieba").__file__)).parent
    write_arrays(FILE, KEY, trie(read_words(folder / "dict.txt")))
    FILE.chmod(0o644)  # it comes with the program
    print(f"{FILE}: {FILE.stat().st_size:,} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
