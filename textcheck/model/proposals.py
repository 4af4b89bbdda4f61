"""From evidence and opinion to proposals: what to write instead, where, and how sure it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import numpy as np

from textcheck.document import Span
from textcheck.model.alphabet import Alphabet
from textcheck.model.evidence import Evidence, Weigher
from textcheck.model.features import features
from textcheck.model.judge import Judge, Opinion
from textcheck.model.pieces import pieces
from textcheck.text.han import is_han

__all__ = ["Kind", "Proofreader", "Proposal"]

_LEAST = 0.02  # a score below this is never told
_LEAST_GAIN = 2.0  # an edit that gains less is none that could be stood behind


class Kind(StrEnum):
    """What is wrong."""

    WRONG = "wrong"
    EXTRA = "extra"
    MISSING = "missing"
    SWAPPED = "swapped"


@dataclass(frozen=True, slots=True)
class Proposal:
    """
    A place and what should stand there.

    `right` is "" for what should be left out, None where something seems wrong but nothing better
    is known. What is missing is told with the character behind the gap. `score` is the net's
    probability; `gain` what the language model gains.
    """

    kind: Kind
    span: Span
    right: str | None
    score: float
    gain: float


class Proofreader:
    """The language model and the net over it, ready for texts."""

    def __init__(self, folder: Path, *, compiled: bool = True) -> None:
        """Map the models; raises OSError or ValueError where one cannot be used."""
        self._weigher = Weigher(folder, compiled=compiled)
        self._judge = Judge(folder / "judge.npz")

    def proposals(self, text: str) -> list[Proposal]:
        """Return what is likely wrong in a text, in text order; spans do not overlap."""
        cut = list(pieces(text))
        alphabet = self._weigher.language.alphabet
        codes = [alphabet.codes(text[start:end]) for start, end in cut]
        weighed = [self._weigher.evidence(part) for part in codes]
        seen = [features(*both) for both in zip(codes, weighed, strict=True)]
        found: list[Proposal] = []
        for (start, end), evidence, opinion in zip(
            cut, weighed, self._judge.opinions(seen), strict=True
        ):
            part = text[start:end]
            best = _best(list(_proposed(part, evidence, opinion, alphabet)))
            found += [replace(one, span=_moved(one.span, start)) for one in _joined(part, best)]
        return found


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _proposed(
    text: str, evidence: Evidence, opinion: Opinion, alphabet: Alphabet
) -> Iterator[Proposal]:
    """Yield every edit that the net finds likely; they may overlap."""
    for at in np.flatnonzero(opinion.swap > _LEAST).tolist():
        if at + 1 < len(text) and is_han(text[at]) and is_han(text[at + 1]):
            right = text[at + 1] + text[at]
            gain = float(evidence.swap[at])
            yield Proposal(Kind.SWAPPED, Span(at, at + 2), right, float(opinion.swap[at]), gain)
    for at in np.flatnonzero(opinion.extra > _LEAST).tolist():
        if is_han(text[at]):
            gain = float(evidence.leave_out[at])
            yield Proposal(Kind.EXTRA, Span(at, at + 1), "", float(opinion.extra[at]), gain)
    for at in np.flatnonzero(opinion.before > _LEAST).tolist():
        missing = alphabet.character(int(evidence.insert_what[at]))
        gain = float(evidence.insert[at])
        if is_han(missing) and gain > _LEAST_GAIN:
            right = missing + text[at]
            yield Proposal(Kind.MISSING, Span(at, at + 1), right, float(opinion.before[at]), gain)
    for at in np.flatnonzero(opinion.wrong > _LEAST).tolist():
        if not is_han(text[at]):
            continue
        score = float(opinion.wrong[at])
        if at + 1 < len(text) and _is_word(evidence, opinion, at):
            right = "".join(
                alphabet.character(int(codes[at]))
                for codes in (evidence.reword_first, evidence.reword_second)
            )
            yield Proposal(Kind.WRONG, Span(at, at + 2), right, score, float(evidence.reword[at]))
            continue
        gain = float(evidence.replace[at])
        other = alphabet.character(int(evidence.replace_by[at]))
        known = other and gain > _LEAST_GAIN
        yield Proposal(Kind.WRONG, Span(at, at + 1), other if known else None, score, gain)


def _is_word(evidence: Evidence, opinion: Opinion, at: int) -> bool:
    """Tell whether two characters are wrong together: as another word they gain more than apart."""
    gain = evidence.reword[at]
    return bool(
        opinion.wrong[at + 1] > _LEAST
        and gain > _LEAST_GAIN
        and gain > max(evidence.replace[at], evidence.replace[at + 1])
    )


def _best(found: Sequence[Proposal]) -> list[Proposal]:
    """Keep the likeliest proposal at each place, in text order."""
    kept: list[Proposal] = []
    for one in sorted(found, key=lambda one: (-one.score, -one.gain, one.span)):
        if not any(one.span.overlaps(other.span) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.span)


def _joined(text: str, found: Sequence[Proposal]) -> list[Proposal]:
    """Join wrong characters that stand side by side into one word."""
    joined: list[Proposal] = []
    for one in found:
        last = joined[-1] if joined else None
        if last and last.span.end == one.span.start and last.kind is one.kind is Kind.WRONG:
            known = last.right is not None and one.right is not None
            right = f"{last.right}{one.right}" if known else None
            joined[-1] = Proposal(
                Kind.WRONG, Span(last.span.start, one.span.end), right,
                max(last.score, one.score), last.gain + one.gain,
            )  # fmt: skip
        else:
            joined.append(one)
    return [one for one in joined if one.right != one.span.of(text)]
