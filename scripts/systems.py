"""
The parts of the checker that are measured against each other, as what proposes for a text.

rules: the lexicon and all rules. ngram: the language model, an edit as likely as it gains. judge:
the small net over that evidence. net: the detector as it says, on every piece. fused: detector,
judge and gain weighed. gated: the same where the judge finds something, as it is shipped. whole:
rules and what is shipped; what rules tell as ordinary is told however little else may be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from textcheck.checkers import build_checkers
from textcheck.checkers.base import Checker
from textcheck.checkers.learned import LearnedChecker
from textcheck.document import Document
from textcheck.finding import Severity
from textcheck.lexicon.lexicon import Lexicon
from textcheck.linter import check
from textcheck.model.decoded import WEIGHTS
from textcheck.model.detector import OnnxNet
from textcheck.model.features import FIRST_GAIN, GAINS
from textcheck.model.judge import Judge, Opinion
from textcheck.model.proofread import Proofreader
from textcheck.model.proposals import Kind, Proposal
from textcheck.model.thresholds import Threshold, read_thresholds

__all__ = [
    "CERTAIN",
    "NAMES",
    "WITHOUT_DETECTOR",
    "Propose",
    "System",
    "has_detector",
    "proofreader",
    "system",
    "thresholds",
]

WITHOUT_DETECTOR = ("ngram", "judge")
NAMES = ("rules", "ngram", "judge", "net", "fused", "gated", "whole")

Floats = NDArray[np.float32]
CERTAIN = 2.0
"""The score of what rules tell as ordinary or worse; those of models lie below 1."""


class Propose(Protocol):
    """What proposes for a text, given the article if that is not the whole."""

    def __call__(self, text: str, article: str = "", /) -> Sequence[Proposal]:
        """Return the proposals, in text order."""
        ...


@dataclass(frozen=True, slots=True)
class System:
    """What proposes for a text, and from which scores on it tells, if that was set for it."""

    name: str
    propose: Propose
    thresholds: Mapping[Kind, Threshold] | None


class _Gains(Judge):
    """Takes an edit for as likely as it gains: even at eight nats."""

    def __init__(self) -> None:
        """Read nothing."""

    def opinion(self, piece: Floats) -> Opinion:
        """Return what the gains say of a piece."""
        gains = 10 * piece[:, FIRST_GAIN : FIRST_GAIN + len(GAINS)].T
        likely = dict(zip(GAINS, 1 / (1 + np.exp(8 - gains)), strict=True))
        wrong = np.maximum(likely["replace"], likely["reword"])
        return Opinion(wrong, likely["leave_out"], likely["insert"], likely["swap"])


def proofreader(name: str, language: Path, detector: Path, *, threads: int = 1) -> Proofreader:
    """Return the learned stage of a system."""
    if name in WITHOUT_DETECTOR:
        judge = _Gains() if name == "ngram" else None
        return Proofreader(language, judge=judge, threads=threads)
    told = thresholds(name, language, detector)
    fitted = {kind: one.weights for kind, one in told.items()}
    net = OnnxNet(detector)
    if name == "net":
        return Proofreader(language, net=net, gate=0.0, threads=threads)
    if name == "fused":
        return Proofreader(language, net=net, weights=fitted, gate=0.0, threads=threads)
    return Proofreader(language, net=net, weights=fitted, threads=threads)


def thresholds(name: str, language: Path, detector: Path) -> Mapping[Kind, Threshold]:
    """Return the thresholds that a system tells by."""
    if name in WITHOUT_DETECTOR:
        return read_thresholds(language / "thresholds.toml")
    return read_thresholds(detector / "thresholds.toml", weights=WEIGHTS)


def has_detector(folder: Path) -> bool:
    """Tell whether a trained detector lies in a folder."""
    return (folder / "thresholds.toml").exists()


def system(name: str, lexicon: Lexicon, language: Path, detector: Path) -> System:
    """Return a system by its name."""
    rules = build_checkers(lexicon)
    if name == "rules":
        return System(name, partial(_told_by_rules, rules, 0.0), None)
    # The whole check reads by the detector where there is one, as the program does.
    without = name in WITHOUT_DETECTOR or (name == "whole" and not has_detector(detector))
    told = thresholds("judge" if without else "gated", language, detector)
    stage = "judge" if without and name == "whole" else name
    learned = LearnedChecker(lexicon, proofreader(stage, language, detector), told)
    fitted = name not in ("ngram", "net")

    def propose(text: str, article: str = "", /) -> Sequence[Proposal]:
        return list(learned.allowed(text, article))

    def propose_all(text: str, article: str = "", /) -> Sequence[Proposal]:
        by_rules = _told_by_rules(rules, told[Kind.WRONG].hint, text)
        certain = [one for one in by_rules if one.score == CERTAIN]
        others = [one for one in propose(text, article) if not _overlaps(one, certain)]
        likely = [one for one in others if one.score >= told[one.kind].hint]
        hints = [one for one in by_rules if one.score < CERTAIN and not _overlaps(one, likely)]
        return sorted([*certain, *others, *hints], key=lambda one: one.span)

    return System(name, propose_all if name == "whole" else propose, told if fitted else None)


def _overlaps(proposal: Proposal, others: Sequence[Proposal]) -> bool:
    return any(proposal.span.overlaps(one.span) for one in others)


def _told_by_rules(
    rules: Sequence[Checker], hint: float, text: str, _: str = "", /
) -> Sequence[Proposal]:
    """Return the findings of rules as proposals, hints with a score."""
    return [
        Proposal(
            Kind.WRONG, one.span, one.suggestions[0] if one.suggestions else None,
            CERTAIN if one.severity >= Severity.ORDINARY else hint, 0.0,
        )
        for one in check(Document(text), rules)
    ]  # fmt: skip
