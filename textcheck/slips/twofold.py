"""
Tell a long form with two slips in it from ordinary text: 国务院沂闻办共室.

Two slips at two places of one form are no chance if most of them are likely ones and the text
reads better without them. Beside each other they may be another word: 采取除雪措施 is no
采取有效措施 with two wrong characters.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from textcheck.document import Span
from textcheck.knowledge.entry import EntryKind
from textcheck.knowledge.protect import Protected
from textcheck.matching.alignment import Alignment, Step, aligned
from textcheck.matching.keys import Edit
from textcheck.slips.case import FUNCTION, NUMERALS, ORGANS, PLACES, Evidence
from textcheck.slips.gain import gains_of_readings, reading
from textcheck.slips.slips import Slip
from textcheck.text.han import is_han
from textcheck.text.words import dictionary_words, made_up_of_others

__all__ = ["twofold_slips"]

# In 33 million characters of clean news there are two dozen forms with two slips apart from each
# other that reads better put right by this, most of them misprints.
_LEAST_GAIN, _CLEAR_GAIN, _BEYOND_DOUBT = 5.0, 9.0, 20.0
_LEAST_EACH = 3.0  # for each of the two, the other put right
# Of a long form that lacks its last character little more is won by that: what is behind, a mark or
# a word of its own, goes on as well. The other slip says what is meant.
_GAIN_OF_CUT, _LEAST_OF_CUT = 10.0, 1.0
_NOTHING_ELSE = 30.0  # in a name: what words the text may mean does not matter then
_CONFIDENCE, _CLEAR, _CLEAREST = 0.85, 0.95, 0.97
_TWO = 2
_PAIRS = 4096  # of characters that were compared
_LONG, _LONGER, _LONGEST = 8, 12, 16
_CONTEXT = 8
# Words of one character that come and go with the sentence.
_LIGHT = (FUNCTION | frozenset("们着都仍有好各")) - frozenset("上下中内外前后")
_KINS = (NUMERALS, PLACES, ORGANS)
_NAMES = frozenset({EntryKind.BODY, EntryKind.MEETING})


def twofold_slips(
    text: str, places: NDArray[np.int64], protected: Sequence[Protected], evidence: Evidence
) -> Iterator[Slip]:
    """
    Yield the slips among forms that may stand about some places of a text.

    Each row of `places` has the number of a form among `protected`, and where it may start.
    """
    alike = lru_cache(_PAIRS)(partial(_alike, evidence))
    found: dict[tuple[int, Alignment], tuple[float, list[Span]]] = {}
    for number, start in places.tolist():
        form = protected[number].form
        laid = aligned(text, start, form, alike)
        if laid is not None and len(laid.steps) == 1:
            laid = _with_double(text, laid, form)
        if laid is not None and len(laid.steps) == _TWO:
            asked = _least_gain(laid, protected[number], evidence.lawful)
            if asked is not None:
                found[number, laid] = asked, list(_spans(text, laid, form))
    readings = [
        pair
        for (number, laid), (_, spans) in found.items()
        for span in spans
        for pair in _readings(text, span, laid, protected[number].form)
    ]
    gained = iter(gains_of_readings(readings, evidence.ngrams))
    for (number, laid), (asked, spans) in found.items():
        weighed = [(next(gained), min(next(gained), next(gained)), span) for span in spans]
        gain, least, span = max(weighed)
        entry = protected[number].whole
        name = entry is not None and entry.kind in _NAMES
        told = gain >= _GAIN_OF_CUT or (name and len(protected[number].form) >= _LONGER)
        each = _LEAST_OF_CUT if told and _is_plain(laid) else _LEAST_EACH
        if name and _begins_in_word(text, span, laid, protected[number].form):
            each = 0.0
        if entry is None or gain < asked or least < each:
            continue
        enough = _CLEAR_GAIN if len(protected[number].form) >= _LONGEST else _NOTHING_ELSE
        sure = gain > enough and entry.kind in _NAMES
        if sure or not _in_words(text, laid, protected[number].form, sure=gain > _BEYOND_DOUBT):
            confidence = _confidence(laid, gain)
            yield Slip(entry, span, protected[number].form, Edit.TWICE, confidence)


def _confidence(laid: Alignment, gain: float) -> float:
    """Return how sure it is that a form was meant; of several the one of two likely slips."""
    if gain <= _CLEAR_GAIN or not _is_plain(laid):
        return _CONFIDENCE
    return _CLEAREST if all(step.likely for step in laid.steps) else _CLEAR


def _alike(evidence: Evidence, one: str, other: str) -> bool:
    """Tell whether one character may be taken for another."""
    return evidence.sounds.near(one, other) or evidence.shapes.alike(one, other)


def _readings(text: str, span: Span, laid: Alignment, form: str) -> Iterator[tuple[str, str]]:
    """
    Yield the place with two characters on both sides as it stands, and put right.

    Then, beside the latter, with either of the two slips put right alone.
    """
    here, right = reading(text, span, form)
    yield here, right
    for step in laid.steps:
        # Of an edge that was taken for missing all that stands there goes with it.
        start, end = max(step.place, span.start), max(step.place_end, span.start)
        if step.edit is Edit.MISSING and step.site == 0:
            start = span.start
        if step.edit is Edit.MISSING and step.end == len(form):
            end = span.end
        mended = text[span.start : start] + step.right + text[end : span.end]
        yield reading(text, span, mended)[1], right


def _with_double(text: str, laid: Alignment, form: str) -> Alignment:
    """Return a form with one slip whose first or last character stands twice as one with two."""
    start, end = laid.span.start, laid.span.end
    (step,) = laid.steps
    if text[end] == text[end - 1] == form[-1] and not made_up_of_others(text, end, end + 1):
        double = Step(Edit.EXTRA, end, len(form), form[-1], "", likely=True)
        return replace(laid, span=Span(start, end + 1), steps=(step, double))
    if text[start - 1] == text[start] == form[0] and not made_up_of_others(text, start - 1, start):
        double = Step(Edit.EXTRA, start - 1, 0, form[0], "", likely=True)
        return replace(laid, span=Span(start - 1, end), steps=(double, step))
    return laid


def _spans(text: str, laid: Alignment, form: str) -> Iterator[Span]:
    """Yield the place, and where the first or last character is missing, that with another one."""
    span, (first, last) = laid.span, laid.steps
    yield span
    if not first.wrong and first.site == 0 and is_han(text[span.start - 1]):
        yield Span(span.start - 1, span.end)
    if not last.wrong and last.end == len(form) and is_han(text[span.end]):
        yield Span(span.start, span.end + 1)


def _least_gain(laid: Alignment, protected: Protected, lawful: Collection[str]) -> float | None:
    """Return what two slips must gain, None where they make another word or another form."""
    form, whole = protected.form, protected.whole
    if any(_another(step, form) for step in laid.steps):
        return None
    first, second = laid.steps
    # A long name is no choice of words: 中央纪氯查委员会, 全国政协为十四届为四次会议.
    named = whole is not None and whole.kind in _NAMES and len(form) >= _LONG
    if _cut(first, form) and form[1:] in lawful:
        return None
    if _cut(second, form) and form[:-1] in lawful:
        # 人力淄源社会保障|不: a word behind it, unless the text reads much better with the form.
        return _BEYOND_DOUBT if second.likely and named else None
    unlike = [step for step in laid.steps if not step.likely]
    at_edge = any(_cut(step, form) for step in unlike)
    # 国防科大 is short for 国防科技大学, and 泰国外交部长 no 中国外交部部长.
    if len(unlike) == _TWO and len(form) < (_LONGER if at_edge else _LONG):
        return _BEYOND_DOUBT if named else None
    beside = first.end == second.site and unlike
    light = (at_edge or len(unlike) == _TWO) and any(map(_is_light, unlike))
    if not (beside or light):
        return _LEAST_GAIN if _is_plain(laid) else _CLEAR_GAIN
    doubtful = at_edge or (beside and len(unlike) == _TWO)
    return _BEYOND_DOUBT if named and not doubtful else None


def _begins_in_word(text: str, span: Span, laid: Alignment, form: str) -> bool:
    """
    Tell whether a clause begins with a name that lacks the first character of a word: 央广播靛视.

    Counts say little of what stands first.
    """
    first = laid.steps[0]
    cut = first.edit is Edit.MISSING and first.site == 0 and not is_han(text[span.start - 1])
    return cut and len(dictionary_words(form)[0]) > 1


def _is_plain(laid: Alignment) -> bool:
    """Tell whether a likely slip is among the two, and no word that comes and goes."""
    unlike = [step for step in laid.steps if not step.likely]
    return len(unlike) < _TWO and not any(map(_is_light, unlike))


def _is_light(step: Step) -> bool:
    """Tell whether what is put in or left out comes and goes with the sentence."""
    return (step.wrong or step.right) in _LIGHT


def _in_words(text: str, laid: Alignment, form: str, *, sure: bool) -> bool:
    """
    Tell whether the text means words of its own: dictionary words that cover both slips.

    Or, if the reading does not say enough, one that covers an unlikely slip at the edge of the
    form, or together with another unlikely one.
    """
    low = max(0, laid.span.start - _CONTEXT)
    words = dictionary_words(text[low : laid.span.end + _CONTEXT], low)
    long = [word for word in words if len(word) > 1]
    covered = [
        step
        for step in laid.steps
        if not (step.likely and step.edit is Edit.EXTRA)
        and any(word.start < step.place_end and step.place < word.stop for word in long)
    ]
    plain = any(step.likely for step in laid.steps)
    return len(covered) == _TWO or any(
        not (step.likely or sure) and (not plain or _cut(step, form)) for step in covered
    )


def _cut(step: Step, form: str) -> bool:
    """Tell whether the form lacks its first or last character, or has a strange one there."""
    return step.edit in {Edit.MISSING, Edit.WRONG} and step.site in {0, len(form) - 1}


def _another(step: Step, form: str) -> bool:
    """Tell whether a slip makes another form by its sense, or is no matter of characters."""
    touched = {*step.wrong, *step.right}
    if step.likely and step.edit is Edit.EXTRA:
        return False
    if step.edit is Edit.SWAPPED:
        return touched <= NUMERALS
    if step.edit is Edit.WRONG:
        return any(touched <= kin for kin in _KINS)
    beside = form[max(0, step.site - 1) : step.site] + form[step.end : step.end + 1]
    if not touched <= NUMERALS:
        return not all(map(is_han, touched))
    return not NUMERALS.isdisjoint(beside)
