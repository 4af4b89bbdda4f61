"""
What the learned stage proposes for text that no model has read: clean, and with slips in it.

The text is that of textcheck/training/corpus.py:held_out. Thresholds are set and scores turned into
confidences on it; benchmarks are measured on other text. Slips of all kinds are made equally often,
so that rare ones are seen at all, and count as often as they come (KINDS).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from random import Random

from textcheck.checkers.learned import LearnedChecker
from textcheck.lexicon.lexicon import Lexicon
from textcheck.model.evidence import Weigher
from textcheck.model.proposals import Kind, Proposal
from textcheck.training.confusions import read_confusions
from textcheck.training.corpus import articles, held_out
from textcheck.training.corrupt import KINDS, Corruptor, Damaged
from textcheck.training.marks import Marker

__all__ = ["SHARE", "Sample", "paragraphs", "sampled", "threshold"]

SEED = 11
# Of what may be told of clean text, how much each kind may tell. Of swapped characters three
# quarters are found with next to nothing told, of what is missing half however much is told: what
# the one does not need finds more of the other.
SHARE = {
    Kind.WRONG: 0.4, Kind.MISSING: 0.46, Kind.EXTRA: 0.1, Kind.SWAPPED: 0.02, Kind.WORDS: 0.02,
}  # fmt: skip
SHORTEST = 10  # characters


@dataclass(slots=True)
class Sample:
    """
    Proposals for clean text, those that hit slips, and how much of each there was.

    `counts` says for each hit how often such slips come, where the mean of all kinds is one.
    """

    clean: list[Proposal] = field(default_factory=list)
    right: list[Proposal] = field(default_factory=list)
    counts: list[float] = field(default_factory=list)
    characters: int = 0
    slips: int = 0


def paragraphs(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs of the text kept apart, each with its article, of a folder's corpora."""
    for article in articles(folder):
        if held_out(article):
            lines = (line for line in article.text.splitlines() if len(line) > SHORTEST)
            yield from ((line, article.text) for line in lines)


def sampled(
    checker: LearnedChecker,
    texts: Sequence[tuple[str, str]],
    shared: Path,
    language: Path,
    lexicon: Lexicon,
) -> Sample:
    """Propose for each text of an article as it is, and for every other one with a slip."""
    marker = Marker(lexicon)
    corruptor = Corruptor(read_confusions(shared / "confusion", Weigher(language)), SEED)
    random = Random(SEED)  # noqa: S311 # reproducible slips
    sample = Sample()
    mean = sum(KINDS.values()) / len(KINDS)
    kinds = cycle(KINDS.items())
    for text, article in texts:
        sample.characters += len(text)
        sample.clean += checker.allowed(text, article)
        if random.random() < 1 / 2:
            continue
        kind, share = next(kinds)
        corruptor.only(kind)
        damaged = corruptor.damaged(text, 1, spared=marker(text).spared)
        places = _places(damaged)
        sample.slips += bool(places)
        wrong = "".join(damaged.text)
        hits = [
            one
            for one in checker.allowed(wrong, article.replace(text, wrong, 1))
            if any(one.span.start - 1 <= at <= one.span.end for at in places)
        ]
        sample.right += hits
        sample.counts += [share / mean] * len(hits)
    return sample


def threshold(scores: Sequence[float], characters: int, rate: float) -> float:
    """Return the score that so many of 10,000 characters reach."""
    allowed = int(rate * characters / 10_000)
    ordered = sorted(scores, reverse=True)
    return ordered[allowed] + 1e-4 if allowed < len(ordered) else 0.05


def _places(damaged: Damaged) -> list[int]:
    """Return the places of the slips."""
    return [
        at
        for at in range(len(damaged.text))
        if damaged.replace[at] or damaged.extra[at] or damaged.before[at] or damaged.swap[at]
    ]
