"""What may have been meant where a character or a word stands: by sound, shape, neighbours."""

from collections.abc import Callable, Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from textcheck.model.evidence import BESIDE, HOMOPHONES, LIKE
from textcheck.text.alphabet import CLASSES, Alphabet
from textcheck.training.counts import Rows

__all__ = ["beside", "homophones", "like"]

Codes = NDArray[np.uint16]
Alike = Callable[[str], Iterable[str]]

_NEAR_SOUNDS, _SHAPES = 16, 16  # of LIKE; what is left goes to the same sound


def like(alphabet: Alphabet, single: Rows, same: Alike, near: Alike, shape: Alike) -> Codes:
    """
    Return for each code those of the commonest characters that are taken for it.

    Of a character `same` are those that sound like it, `near` nearly so, `shape` look like it.
    """
    count = dict(zip(single.keys.tolist(), single.counts.tolist(), strict=True))
    code = {character: CLASSES + at for at, character in enumerate(alphabet.characters)}
    table = np.zeros((len(alphabet), LIKE), dtype=np.uint16)

    def commonest(characters: Iterable[str]) -> list[int]:
        codes = (code[character] for character in characters if character in code)
        return sorted(codes, key=lambda one: -count.get(one, 0))

    for character, number in code.items():
        found = commonest(shape(character))[:_SHAPES]
        sounds = commonest({*same(character)} - {*map(alphabet.character, found)})
        nearly = commonest({*near(character)} - {*same(character), *map(alphabet.character, found)})
        found += nearly[:_NEAR_SOUNDS]
        found += sounds[: LIKE - len(found)]
        found = [one for one in found if one != number]
        table[number, : len(found)] = found
    return table


def beside(alphabet: Alphabet, pairs: Rows) -> Codes:
    """Return for each code, in two halves, those that most often stand behind and before it."""
    size = len(alphabet)
    first, second = pairs.keys // np.uint64(size), pairs.keys % np.uint64(size)
    table = np.zeros((2, size, BESIDE), dtype=np.uint16)
    for half, of, other in ((0, first, second), (1, second, first)):
        written = other >= CLASSES
        order = np.lexsort((-pairs.counts[written], of[written]))
        ones, others = of[written][order], other[written][order]
        borders = np.searchsorted(ones, np.arange(size + 1))
        for number in range(1, size):
            found = others[borders[number] : borders[number + 1]][:BESIDE]
            table[half, number, : len(found)] = found
    return table


def homophones(
    alphabet: Alphabet, pairs: Rows, words: Iterable[str], syllable: Mapping[str, str]
) -> tuple[NDArray[np.uint16], NDArray[np.uint32], Codes]:
    """
    Return the syllable of each code, the pairs of syllables in order, and the words of each pair.

    `words` are of two characters; `syllable` is the usual reading of a character.
    """
    names = sorted({*syllable.values()})
    number = {name: at + 1 for at, name in enumerate(names)}
    of_code = np.zeros(len(alphabet), dtype=np.uint16)
    for at, character in enumerate(alphabet.characters):
        of_code[CLASSES + at] = number.get(syllable.get(character, ""), 0)
    code = {character: CLASSES + at for at, character in enumerate(alphabet.characters)}
    known = [(code[word[0]], code[word[1]]) for word in words if all(one in code for one in word)]
    rows = np.array(known, dtype=np.uint64)
    keys = rows[:, 0] * np.uint64(len(alphabet)) + rows[:, 1]
    place = np.minimum(pairs.at(keys), len(pairs.keys) - 1)
    counts = np.where(pairs.keys[place] == keys, pairs.counts[place], 0)
    found: dict[int, list[tuple[int, int, int]]] = {}
    for (one, two), count in zip(known, counts.tolist(), strict=True):
        sounds = int(of_code[one]), int(of_code[two])
        if count and all(sounds):
            found.setdefault(sounds[0] << 16 | sounds[1], []).append((-count, one, two))
    table = np.zeros((len(found), HOMOPHONES, 2), dtype=np.uint16)
    for row, key in zip(table, sorted(found), strict=True):
        best = [(one, two) for _, one, two in sorted(found[key])[:HOMOPHONES]]
        row[: len(best)] = best
    return of_code, np.array(sorted(found), dtype=np.uint32), table
