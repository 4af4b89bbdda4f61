"""
From evidence and the opinion of the judge to proposals: what to write instead, how sure it is.

textcheck/model/decoded.py does the same with what the detector says.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from textcheck.document import Span
from textcheck.model.evidence import Evidence
from textcheck.model.judge import Opinion
from textcheck.text.alphabet import Alphabet
from textcheck.text.han import is_han
from textcheck.text.words import dictionary_words

__all__ = [
    "LEAST",
    "LEAST_GAIN",
    "Kind",
    "Proposal",
    "best",
    "exchanged",
    "joined",
    "judged",
    "turned",
]

LEAST = 0.02
"""A score below this is never told."""
LEAST_GAIN = 2.0
"""An edit that gains less is none that could be stood behind."""

# Of words swapped 84 in 100 gain 6 and more and 47 in 100 gain 18; of 10,000 places in clean text
# 17 and half a one do.
_LEAST_GAIN_OF_WORDS, _EVEN_GAIN_OF_WORDS = 6.0, 18.0
# By how much more a character must gain that neither sounds nor looks like the one written.
_OF_UNLIKE = 2.0
_LEAST_TOGETHER = 0.3  # the score of each part of a word


class Kind(StrEnum):
    """What is wrong."""

    WRONG = "wrong"
    EXTRA = "extra"
    MISSING = "missing"
    SWAPPED = "swapped"
    WORDS = "words"  # two of two characters, the wrong way round


@dataclass(frozen=True, slots=True)
class Proposal:
    """
    A place and what should stand there.

    `right` is "" for what should be left out, None where something seems wrong but nothing better
    is known. What is missing is told with the character behind the gap. `score` is the net's
    probability; `gain` what the language model gains; `signals` what the score was made of, where
    it was made of several.
    """

    kind: Kind
    span: Span
    right: str | None
    score: float
    gain: float
    signals: tuple[float, ...] = ()


def judged(
    text: str, evidence: Evidence, opinion: Opinion, alphabet: Alphabet
) -> Iterator[Proposal]:
    """Yield every edit that the judge finds likely; they may overlap."""
    for at in np.flatnonzero(opinion.swap > LEAST).tolist():
        if at + 1 < len(text) and is_han(text[at]) and is_han(text[at + 1]):
            right = text[at + 1] + text[at]
            gain = float(evidence.swap[at])
            yield Proposal(Kind.SWAPPED, Span(at, at + 2), right, float(opinion.swap[at]), gain)
    for at in np.flatnonzero(opinion.extra > LEAST).tolist():
        if is_han(text[at]):
            score, gain = float(opinion.extra[at]), float(evidence.leave_out[at])
            yield Proposal(Kind.EXTRA, Span(at, at + 1), "", score, gain)
            if _are_two(text, evidence, opinion, at):
                gain = float(evidence.leave_two[at])
                yield Proposal(Kind.EXTRA, Span(at, at + 2), "", score, gain)
    for at in np.flatnonzero(opinion.before > LEAST).tolist():
        missing = alphabet.character(int(evidence.insert_what[at]))
        gain = float(evidence.insert[at])
        if is_han(missing) and gain > LEAST_GAIN:
            right = missing + text[at]
            yield Proposal(Kind.MISSING, Span(at, at + 1), right, float(opinion.before[at]), gain)
    yield from _judged_wrong(text, evidence, opinion, alphabet)


def _judged_wrong(
    text: str, evidence: Evidence, opinion: Opinion, alphabet: Alphabet
) -> Iterator[Proposal]:
    """Yield characters, words of two and pairs of words that should be others."""
    for at in exchanged(text, evidence):
        gain = float(evidence.exchange[at])
        # The judge sees four wrong characters and no word that would stand there: the gain tells.
        score = 1 / (1 + math.exp((_EVEN_GAIN_OF_WORDS - gain) / 3))
        right = text[at + 2 : at + 4] + text[at : at + 2]
        yield Proposal(Kind.WORDS, Span(at, at + 4), right, score, gain)
    on_purpose = turned(text, evidence)
    for at in np.flatnonzero(opinion.wrong > LEAST).tolist():
        if not is_han(text[at]) or at in on_purpose:
            continue
        score = float(opinion.wrong[at])
        if at + 1 < len(text) and _is_word(evidence, opinion, at):
            right = "".join(
                alphabet.character(int(codes[at]))
                for codes in (evidence.reword_first, evidence.reword_second)
            )
            yield Proposal(Kind.WRONG, Span(at, at + 2), right, score, float(evidence.reword[at]))
            continue
        gain, code = max(
            (float(evidence.replace[at]), int(evidence.replace_by[at])),
            (float(evidence.fit[at]) - _OF_UNLIKE, int(evidence.fit_by[at])),
        )
        other = alphabet.character(code)
        known = is_han(other) and gain > LEAST_GAIN
        yield Proposal(Kind.WRONG, Span(at, at + 1), other if known else None, score, gain)


def exchanged(text: str, evidence: Evidence) -> Iterator[int]:
    """Yield where two words gain more by changing places than by anything else."""
    for at in _better_exchanged(text, evidence):
        if not _is_idiom(text[at + 2 : at + 4] + text[at : at + 2]):
            yield at


def turned(text: str, evidence: Evidence) -> frozenset[int]:
    """Return the places of idioms that are turned round on purpose: 山清水秀，水秀山清."""
    return frozenset(
        place
        for at in _better_exchanged(text, evidence)
        if _is_idiom(text[at + 2 : at + 4] + text[at : at + 2])
        for place in range(at, at + 4)
    )


def _better_exchanged(text: str, evidence: Evidence) -> Iterator[int]:
    for at in np.flatnonzero(evidence.exchange > _LEAST_GAIN_OF_WORDS).tolist():
        here = slice(at, at + 4)
        other = max(evidence.replace[here].max(), evidence.reword[here].max())
        if evidence.exchange[at] > other and all(map(is_han, text[here])):
            yield at


def _is_idiom(words: str) -> bool:
    return len(dictionary_words(words)) == 1


def _is_word(evidence: Evidence, opinion: Opinion, at: int) -> bool:
    """Tell whether two characters are wrong together: as another word they gain more than apart."""
    gain = evidence.reword[at]
    return bool(
        opinion.wrong[at + 1] > LEAST
        and gain > LEAST_GAIN
        and gain > max(evidence.replace[at], evidence.replace[at + 1])
    )


def _are_two(text: str, evidence: Evidence, opinion: Opinion, at: int) -> bool:
    """Tell whether two characters are too many together: left out they gain more than one does."""
    one, two = evidence.leave_out[at : at + 2], evidence.leave_two[at]
    both = opinion.extra[at : at + 2]
    return bool(len(one) > 1 and is_han(text[at + 1]) and both[1] > LEAST and two > one.max())


def best(found: Iterable[Proposal]) -> list[Proposal]:
    """Keep the likeliest proposal at each place, in text order."""
    kept: list[Proposal] = []
    for one in sorted(_explained(list(found)), key=lambda one: (-one.score, -one.gain, one.span)):
        if not any(one.span.overlaps(other.span) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.span)


def _explained(found: list[Proposal]) -> list[Proposal]:
    """
    Return the proposals; characters that are wrong where two words gain more together are one.

    The words are as likely as the likeliest of what they explain.
    """
    for whole in [one for one in found if one.kind is Kind.WORDS]:
        parts = [
            one
            for one in found
            if one.kind is Kind.WRONG and one.span.overlaps(whole.span) and one.gain < whole.gain
        ]
        likely = max(one.score for one in (whole, *parts))
        found = [one for one in found if one not in parts and one is not whole]
        found.append(replace(whole, score=likely))
    return found


def _go_together(one: Proposal, other: Proposal) -> bool:
    """Tell whether two proposals side by side are of one word; an unlikely one spoils no other."""
    return (
        one.kind is other.kind is Kind.WRONG
        and (one.right is None) is (other.right is None)
        and min(one.score, other.score) >= _LEAST_TOGETHER
    )


def joined(text: str, found: Sequence[Proposal]) -> list[Proposal]:
    """Join wrong characters that stand side by side into one word, where all are likely."""
    whole: list[Proposal] = []
    for one in found:
        last = whole[-1] if whole else None
        if last and last.span.end == one.span.start and _go_together(last, one):
            right = None if one.right is None else f"{last.right}{one.right}"
            whole[-1] = Proposal(
                Kind.WRONG, Span(last.span.start, one.span.end), right,
                max(last.score, one.score), last.gain + one.gain, last.signals or one.signals,
            )  # fmt: skip
        else:
            whole.append(one)
    return [one for one in whole if one.right != one.span.of(text)]
