"""
Look up many keys at once among many others, of which hardly any is there.

Two sieves keep out what is not: the first has a bit a slot, so that it stays in the processor's
cache; the second, which few keys reach, a byte. What passes both is looked up by bisection.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Sieve", "sieve_of"]

Keys = NDArray[np.uint64]
Places = NDArray[np.int64]

# 2**64 divided by the golden ratio, and the constant of xxHash: both spread the keys.
_MULTIPLIERS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
_SLOTS_A_KEY = 8  # of 8 slots one is taken: a foreign key passes a sieve 1 time in 8
_FEWEST_BITS = 10
_PART = 16_384  # so many keys are sifted at once: all that is made of them stays in the cache
_NOWHERE = np.zeros(0, dtype=np.int64)
_BITS = np.uint8(1) << np.arange(8, dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Sieve:
    """Keys in ascending order, each once, and the two sieves in front of them."""

    keys: Keys
    first: NDArray[np.uint8]
    second: NDArray[np.bool_]

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

    def found(self, keys: Keys) -> tuple[NDArray[np.bool_], Places]:
        """Return which keys are there, and of those the places in `self.keys`."""
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        real = self.keys[at] == keys
        return real, at[real]


def sieve_of(keys: Keys) -> Sieve:
    """Return the sieve of keys that are in ascending order, each once."""
    bits = max(_FEWEST_BITS, int(len(keys) * _SLOTS_A_KEY).bit_length())
    shift = np.uint64(64 - bits)
    slots, others = ((keys * multiplier) >> shift for multiplier in _MULTIPLIERS)
    first = np.zeros(1 << (bits - 3), dtype=np.uint8)
    np.bitwise_or.at(first, slots >> np.uint64(3), _BITS[slots & np.uint64(7)])
    second = np.zeros(1 << bits, dtype=np.bool_)
    second[others] = True
    return Sieve(keys, first, second)
