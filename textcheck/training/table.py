"""From probabilities to the files of textcheck/text/language.py."""

import hashlib
import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from textcheck.text.alphabet import Alphabet
from textcheck.text.language import ORDER, Layout, mark_of, slots_of
from textcheck.text.ngrams import mix
from textcheck.training.counts import Rows
from textcheck.training.fuse import peeled

__all__ = ["back_offs", "write_language"]

Keys = NDArray[np.uint64]
Floats = NDArray[np.float32]
Values = NDArray[np.uint8]

_PROBABILITIES, _BACK_OFFS = 32, 8  # of the 256 values of an order below the highest
_LEAST_LEFT = 1e-6
_SEEDS = 100


def write_language(folder: Path, alphabet: Alphabet, kept: dict[int, Rows], single: Rows) -> Layout:
    """
    Write the files of a language model; what was kept goes into the table.

    Raises ValueError where no seed makes a table, which does not happen by chance.
    """
    size = len(alphabet)
    back_off = {order: back_offs(order, kept, single, size) for order in range(1, ORDER)}
    values: dict[int, Values] = {}
    books = np.zeros((2, ORDER - 1, 256), dtype=np.float32)
    for order, rows in kept.items():
        logs = np.log(rows.probability)
        if order == ORDER:
            values[order], books[0, order - 2] = _levels(logs, 256)
            continue
        upper, probabilities = _levels(logs, _PROBABILITIES)
        lower, weights = _levels(back_off[order], _BACK_OFFS)
        values[order] = upper * np.uint8(_BACK_OFFS) + lower
        books[0, order - 2] = np.repeat(probabilities, _BACK_OFFS)
        books[1, order - 2] = np.tile(weights, _PROBABILITIES)
    keys = np.concatenate([rows.keys for rows in kept.values()])
    layout, cells = _filled(keys, np.concatenate(list(values.values())))
    alone = np.full((2, size), np.log(single.probability.min()), dtype=np.float32)
    alone[1] = 0
    alone[:, single.keys.astype(np.int64)] = np.stack([np.log(single.probability), back_off[1]])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "alphabet.txt").write_text(alphabet.characters, encoding="utf-8")
    for name, part in (("single", alone), ("books", books), ("cells", cells)):
        np.save(folder / f"{name}.npy", part)
    digest = hashlib.sha256(alphabet.characters.encode() + alone.tobytes() + books.tobytes())
    digest.update(cells.tobytes())
    (folder / "language.toml").write_text(
        f'digest = "{digest.hexdigest()[:16]}"\n'
        f"segment = {layout.segment}\nsegments = {layout.segments}\nseed = {layout.seed}\n"
        f"rows = {len(keys)}\n",
        encoding="utf-8",
    )
    return layout


def back_offs(order: int, kept: dict[int, Rows], single: Rows, size: int) -> Floats:
    """Return the log weight of each row of an order where it stands before what was not kept."""
    rows = single if order == 1 else kept[order]
    longer = kept[order + 1]
    at = rows.at(longer.keys // np.uint64(size))
    end = longer.keys % np.uint64(size**order)
    shorter = single if order == 1 else kept[order]
    above = np.bincount(at, longer.probability, len(rows.keys))
    below = np.bincount(at, shorter.probability[shorter.at(end)], len(rows.keys))
    left = np.maximum(1 - above, _LEAST_LEFT) / np.maximum(1 - below, _LEAST_LEFT)
    return np.log(left).astype(np.float32)


def _levels(logs: Floats, number: int) -> tuple[Values, Floats]:
    """Return for each value one of so many levels, and what each level means."""
    order = np.argsort(logs, kind="stable")
    level = np.empty(len(logs), dtype=np.int64)
    level[order] = np.arange(len(logs)) * number // len(logs)
    count = np.maximum(np.bincount(level, minlength=number), 1)
    mean = np.bincount(level, logs, number) / count
    return level.astype(np.uint8), mean.astype(np.float32)


def _filled(keys: Keys, values: Values) -> tuple[Layout, NDArray[np.uint16]]:
    """Return a table in which the three cells of each key give its mark and its value."""
    segment = 2 ** math.floor(math.log(len(keys)) / math.log(3.33) + 2.25)
    segment = min(segment, 1 << 14)  # the shifts of slots_of take fourteen bits apart
    segments = max(1, math.ceil(len(keys) * 1.125 / segment) - 2)
    for seed in range(1, _SEEDS):
        layout = Layout(segment, segments, seed)
        hashes = mix(keys, seed)
        places = slots_of(hashes, layout)
        rounds = peeled(places, layout.cells)
        if rounds is not None:
            break
    else:
        raise ValueError(f"no seed below {_SEEDS} makes a table of {len(keys)} rows")
    wanted = (mark_of(hashes).astype(np.uint16) << np.uint16(8)) | values
    cells = np.zeros(layout.cells, dtype=np.uint16)
    for numbers, free in reversed(rounds):
        one, two, three = places[:, numbers]
        cells[free] = 0
        cells[free] = wanted[numbers] ^ cells[one] ^ cells[two] ^ cells[three]
    return layout, cells
