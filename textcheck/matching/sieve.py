"""
Look up many keys at once among many others, of which hardly any is there.

Two sieves keep out what is not: the first has a bit a slot, so that it stays in the processor's
cache; the second, which few keys reach, a byte. What passes both is looked up in small buckets.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from textcheck.arrays import Arrays

__all__ = ["Keys", "Places", "Sieve", "sieve_arrays", "sieve_in", "sieve_of"]

Keys = NDArray[np.uint64]
Places = NDArray[np.int64]

# 2**64 divided by the golden ratio, and the constant of xxHash: both spread the keys.
_MULTIPLIERS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
_SLOTS_A_KEY = 8  # of 8 slots one is taken: a foreign key passes a sieve 1 time in 8
_FEWEST_BITS = 10
_PART = 16_384  # so many keys are sifted at once: all that is made of them stays in the cache
_NAMES = {"keys": "keys", "sieve1": "first", "sieve2": "second", "buckets": "buckets"}
_NOWHERE = np.zeros(0, dtype=np.int64)
_BITS = np.uint8(1) << np.arange(8, dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Sieve:
    """
    Keys, each once, and the two sieves in front of them.

    The keys are in the order of their second slots; `buckets` tells, for so many of the first bits
    of a slot as there are keys, where those with these bits begin, and at last where all end.
    """

    keys: Keys
    first: NDArray[np.uint8]
    second: NDArray[np.bool_]
    buckets: NDArray[np.int32]

    def sifted(self, keys: Keys) -> Places:
        """Return the places of the keys that pass both sieves: of strangers one in sixty."""
        parts = [self._sifted(keys[low : low + _PART], low) for low in range(0, len(keys), _PART)]
        return parts[0] if len(parts) == 1 else np.concatenate([_NOWHERE, *parts])

    def _sifted(self, keys: Keys, low: int) -> Places:
        shift = np.uint64(64 - len(self.second).bit_length() + 1)
        slots = (keys * _MULTIPLIERS[0]) >> shift
        bits = slots.astype(np.uint8) & np.uint8(7)
        taken = (self.first.take((slots >> np.uint64(3)).view(np.int64)) >> bits) & np.uint8(1)
        at = np.flatnonzero(taken.view(np.bool_))
        others = (keys[at] * _MULTIPLIERS[1]) >> shift
        kept: Places = at[self.second.take(others.view(np.int64))]
        return kept + low

    def find(self, keys: Keys) -> tuple[Places, Places]:
        """Return the places of the keys that are there, in order, and theirs in `self.keys`."""
        at = self.sifted(keys)
        real, found = self.found(keys[at])
        return at[real], found

    def found(self, keys: Keys) -> tuple[Places, Places]:
        """Return the places of the keys that are there, in order, and theirs in `self.keys`."""
        buckets = ((keys * _MULTIPLIERS[1]) >> _shift(len(self.buckets) - 1)).view(np.int64)
        at, ends = self.buckets.take(buckets), self.buckets.take(buckets + 1)
        asked = np.flatnonzero(at < ends)
        at, ends = at[asked], ends[asked]
        places, found = [_NOWHERE], [_NOWHERE]
        # Of ten buckets nine have one key or two.
        while len(asked):
            same = self.keys.take(at) == keys[asked]
            places.append(asked[same])
            found.append(at[same].astype(np.int64))
            at += 1
            left = ~same & (at < ends)
            asked, at, ends = asked[left], at[left], ends[left]
        joined = np.concatenate(places)
        order = np.argsort(joined)
        return joined[order], np.concatenate(found)[order]


def sieve_of(keys: Keys) -> tuple[Sieve, Places]:
    """Return the sieve of keys, each of which is there once, and the order in which it has them."""
    order = np.argsort(keys * _MULTIPLIERS[1], kind="stable")
    keys = keys[order]
    bits = max(_FEWEST_BITS, int(len(keys) * _SLOTS_A_KEY).bit_length())
    slots, others = ((keys * multiplier) >> np.uint64(64 - bits) for multiplier in _MULTIPLIERS)
    first = np.zeros(1 << (bits - 3), dtype=np.uint8)
    np.bitwise_or.at(first, slots >> np.uint64(3), _BITS[slots & np.uint64(7)])
    second = np.zeros(1 << bits, dtype=np.bool_)
    second[others] = True
    size = 1 << max(1, len(keys).bit_length())
    sizes = np.bincount(((keys * _MULTIPLIERS[1]) >> _shift(size)).view(np.int64), minlength=size)
    buckets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    return Sieve(keys, first, second, buckets), order


def sieve_arrays(sieve: Sieve) -> Arrays:
    """Return what there is to keep of a sieve."""
    return {name: getattr(sieve, field) for name, field in _NAMES.items()}


def sieve_in(arrays: Arrays) -> Sieve:
    """Return the sieve that was kept."""
    return Sieve(**{field: arrays[name] for name, field in _NAMES.items()})


def _shift(size: int) -> np.uint64:
    """Return by how much a product is shifted to become one of so many numbers, a power of two."""
    return np.uint64(64 - size.bit_length() + 1)
