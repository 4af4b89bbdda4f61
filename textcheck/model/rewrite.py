"""What should stand in a run of doubtful characters: each by itself, or two as a word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from textcheck.document import Span

__all__ = ["Rewrite", "Spoken", "likeliest", "worth"]

Number = TypeVar("Number", float, NDArray[np.floating])

# At 4 M tokens 87 in 100 characters of like shape are put right so, 82 by half as much, 71 by a
# quarter.
_OF_GAIN = 0.75  # of a nat of the net
# What likeness counts, nats a step: of a hundred characters written for others 55 are of the same
# sound and 37 nearly so or of like shape (KINDS), a dozen each; eight are any of thousands.
_OF_LIKENESS = 3.0


@dataclass(frozen=True, slots=True)
class Spoken:
    """
    What speaks for what would be written.

    `gain` is what the language model gains and `named` how likely the net finds it, natural
    logarithms; `likeness` is how like it is to what stands there, an Alike.
    """

    gain: float
    named: float = 0.0
    likeness: float = 0.0


def worth(gain: Number, named: Number, likeness: Number) -> Number:
    """Return what speaks for what would be written in all, nats; the parts are those of Spoken."""
    total: Number = named + _OF_GAIN * gain + _OF_LIKENESS * likeness
    return total


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One or two characters and what should stand there, None where nothing good is known."""

    span: Span
    right: str | None
    spoken: Spoken

    @property
    def worth(self) -> float:
        """Return what speaks for it in all."""
        spoken = self.spoken
        return 0.0 if self.right is None else worth(spoken.gain, spoken.named, spoken.likeness)


def likeliest(found: Sequence[Rewrite]) -> Iterator[Rewrite]:
    """
    Yield the rewrites of a run that are worth most together, in text order.

    Every character of the run has a rewrite of its own among those found. One for which nothing
    good is known is left out beside one that was put right: that explains why it stood out.
    """
    best: dict[int, tuple[float, list[Rewrite]]] = {found[0].span.start: (0.0, [])}
    for one in sorted(found, key=lambda one: (one.span.end, one.span.start)):
        if one.span.start not in best:
            continue
        total, ahead = best[one.span.start]
        total += one.worth
        if one.span.end not in best or total > best[one.span.end][0]:
            best[one.span.end] = total, [*ahead, one]
    chosen = best[max(best)][1]
    right = {one.span.end for one in chosen if one.right is not None}
    right |= {one.span.start for one in chosen if one.right is not None}
    for one in chosen:
        if one.right is not None or not right & {one.span.start, one.span.end}:
            yield one
