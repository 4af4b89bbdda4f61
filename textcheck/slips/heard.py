"""
Find a form in which another word of the same sound stands, as an input method offers it.

种养网信办 sounds like 中央网信办: text and forms are spelt by their sounds, a character for each,
and looked up as they are. Where most of the characters are those of the form, and the others stand
together, they are another word.
"""

from collections.abc import Collection, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from textcheck.arrays import Arrays
from textcheck.document import Span
from textcheck.knowledge.entry import EntryKind
from textcheck.knowledge.protect import Protected
from textcheck.matching.keys import Edit
from textcheck.matching.match import ExactIndex, Hits
from textcheck.matching.strings import Strings
from textcheck.slips.case import Evidence
from textcheck.slips.gain import gains_of_readings, reading
from textcheck.slips.slips import Slip
from textcheck.text.points import Points
from textcheck.text.sound import Sounds
from textcheck.text.words import dictionary_words

__all__ = ["SHORTEST", "HeardIndex", "heard_slips"]

SHORTEST = 4
"""Of a shorter form another word leaves nothing."""

_WORDS = (2, 3)  # characters of a word
_LONG = 6
# In 33 million characters of clean news a reading gains more by this in ten places.
_LEAST_GAIN, _CLEAR_GAIN, _BEYOND_DOUBT = 5.0, 10.0, 20.0
_OF_IDIOM = 20.0
_SURE = 0.9
_PLANE = 1 << 16

Places = NDArray[np.int64]


class HeardIndex:
    """Forms by their sounds."""

    def __init__(self, arrays: Arrays) -> None:
        """Take what `arrays_of` made."""
        self._spelt: NDArray[np.uint32] = arrays["spelt"]
        self._of: NDArray[np.int32] = arrays["of"]
        self._index = ExactIndex(arrays=arrays)

    @staticmethod
    def arrays_of(forms: Sequence[str], asked: Collection[int], sounds: Sounds) -> Arrays:
        """Return the arrays of those of the forms whose numbers are in `asked`."""
        spelt = np.arange(_PLANE, dtype=np.uint32)
        for character, other in sounds.spellings.items():
            spelt[ord(character)] = ord(other)
        every = [(number, spelling) for number in asked for spelling in sounds.heard(forms[number])]
        return {
            **ExactIndex([spelling for _, spelling in every]).arrays,
            "spelt": spelt,
            "of": np.array([number for number, _ in every], dtype=np.int32),
        }

    def hits(self, points: Points, forms: Strings, strange: Places) -> Hits:
        """
        Return where forms stand with another word of two or three characters in them.

        `strange` counts for each place to two behind the end of the text the triples that end
        before it and that clean text does not have; another word makes some.
        """
        hits = self._index.hits(self._spelt[np.minimum(points, _PLANE - 1)], strange)
        numbers = self._of[hits.forms]
        sizes = hits.ends - hits.starts
        ends = np.cumsum(sizes)
        offset = np.arange(sizes.sum()) - np.repeat(ends - sizes, sizes)
        letters = forms.points[np.repeat(forms.starts[numbers], sizes) + offset]
        other = points[np.repeat(hits.starts, sizes) + offset] != letters
        count = np.concatenate([[0], np.cumsum(other)])
        many = count[ends] - count[ends - sizes]
        asked = np.flatnonzero((many >= min(_WORDS)) & (many <= max(_WORDS)) & (many + 1 < sizes))
        return Hits(numbers[asked], hits.starts[asked], hits.ends[asked])


def heard_slips(
    text: str, hits: Hits, protected: Sequence[Protected], evidence: Evidence
) -> Iterator[Slip]:
    """Yield the slips among forms in which another word of the same sound stands."""
    found = []
    for number, start, end in hits.tuples():
        form = protected[number]
        word = _other_word(text[start:end], form.form)
        if word is not None and form.whole is not None:
            found.append((Span(start, end), form, form.whole, word))
    readings = [reading(text, span, form.form) for span, form, _, _ in found]
    gained = gains_of_readings(readings, evidence.ngrams)
    for (span, form, whole, word), gain in zip(found, gained, strict=True):
        wrong, right = word.of(span.of(text)), word.of(form.form)
        least = _least(wrong, right, len(form.form), evidence.sounds)
        # Of idioms every second is like other words that anybody may write.
        least = _OF_IDIOM if whole.kind is EntryKind.IDIOM else least
        if gain > least:
            yield Slip(whole, span, form.form, Edit.WORD, _SURE)


def _least(wrong: str, right: str, size: int, sounds: Sounds) -> float:
    """Return what a reading must gain: more where it is no word, or sounds only nearly the same."""
    same = all(sounds.same(*pair) for pair in zip(wrong, right, strict=True))
    if size >= _LONG:
        return _LEAST_GAIN if same else _CLEAR_GAIN
    if not same:
        return _BEYOND_DOUBT
    return _LEAST_GAIN if len(dictionary_words(wrong)) == 1 else _CLEAR_GAIN


def _other_word(wrong: str, right: str) -> Span | None:
    """Return which characters differ, None where they do not stand together."""
    other = [place for place, pair in enumerate(zip(wrong, right, strict=True)) if len({*pair}) > 1]
    together = other[-1] - other[0] < len(other)
    return Span(other[0], other[-1] + 1) if together else None
