"""The numbers that the net reads for each character, beside the character itself."""

import numpy as np
from numpy.typing import NDArray

from textcheck.model.evidence import Evidence
from textcheck.text.alphabet import NOTHING, Codes

__all__ = [
    "CODES", "FEATURES", "FIRST", "FIRST_GAIN", "FITTING", "GAINS", "INSERTING", "REPLACING",
    "SECOND", "codes_named", "codes_told", "features",
]  # fmt: skip

Floats = NDArray[np.float32]

CODES = 5
"""How many characters the evidence names: to replace, to put in, a word of two, what would fit."""
REPLACING, INSERTING, FIRST, SECOND, FITTING = range(CODES)
"""Their places."""
GAINS = ("replace", "fit", "leave_out", "insert", "swap", "reword", "leave_two", "exchange")
"""The gains that the net reads, in the order in which it does."""
FIRST_GAIN = 2
"""The place of the first of them among the numbers; a tenth of each is read."""
FEATURES = FIRST_GAIN + len(GAINS) + 4
"""How many numbers there are for a character."""

_LEAST = np.float32(-10)  # of gains: what makes a text so much worse is no candidate


def features(codes: Codes, evidence: Evidence) -> Floats:
    """Return (characters, FEATURES), each between about -2 and 4."""
    gains = [getattr(evidence, name) for name in GAINS]
    size = len(codes)
    swap, reword = (np.append(_LEAST, gain)[:size] for gain in (evidence.swap, evidence.reword))
    scaled = [np.maximum(gain, _LEAST) / 10 for gain in (*gains, swap, reword)]
    return np.stack(
        [
            evidence.log / 5 + 1,
            evidence.window / 25 + 1,
            *scaled,
            np.minimum(evidence.margin, 10) / 10,
            np.append([False], codes[1:] == codes[:-1])[:size],
        ],
        axis=1,
    ).astype(np.float32)


def codes_told(evidence: Evidence) -> Codes:
    """Return (characters, CODES): what the evidence would write."""
    return np.stack(
        [
            evidence.replace_by, evidence.insert_what, evidence.reword_first,
            evidence.reword_second, evidence.fit_by,
        ],
        axis=1,
    )  # fmt: skip


def codes_named(told: Codes) -> Codes:
    """
    Return (…, CODES): what the evidence would write in each place itself.

    As `told`, but the second character of a word stands where it would be written, not at the
    first. The last axis but one is that of the characters.
    """
    named = told.copy()
    named[..., 1:, SECOND] = told[..., :-1, SECOND]
    named[..., :1, SECOND] = NOTHING
    return named
