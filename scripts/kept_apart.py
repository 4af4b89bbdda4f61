"""
What the learned stage proposes for text that no model has read: clean, and with slips in it.

The text is that of textcheck/training/corpus.py:held_out. Thresholds are set and scores turned into
confidences on it; benchmarks are measured on other text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from textcheck.checkers.learned import LearnedChecker
from textcheck.lexicon.lexicon import Lexicon
from textcheck.model.evidence import Weigher
from textcheck.model.proposals import Proposal
from textcheck.training.confusions import read_confusions
from textcheck.training.corpus import articles, held_out
from textcheck.training.corrupt import Corruptor, Damaged
from textcheck.training.marks import Marker

__all__ = ["Sample", "paragraphs", "sampled"]

SEED = 11
SHORTEST = 10  # characters


@dataclass(slots=True)
class Sample:
    """Proposals for clean text, those that hit slips, and how much of each there was."""

    clean: list[Proposal] = field(default_factory=list)
    right: list[Proposal] = field(default_factory=list)
    characters: int = 0
    slips: int = 0


def paragraphs(folder: Path) -> Iterator[str]:
    """Yield the paragraphs of the text kept apart, of the corpora in a folder."""
    for article in articles(folder):
        if held_out(article):
            yield from (line for line in article.text.splitlines() if len(line) > SHORTEST)


def sampled(
    checker: LearnedChecker, texts: Sequence[str], shared: Path, language: Path, lexicon: Lexicon
) -> Sample:
    """Propose for each text as it is, and for every other one with a slip."""
    marker = Marker(lexicon)
    corruptor = Corruptor(read_confusions(shared / "confusion", Weigher(language)), SEED)
    random = Random(SEED)  # noqa: S311 # reproducible slips
    sample = Sample()
    for text in texts:
        sample.characters += len(text)
        sample.clean += checker.allowed(text)
        if random.random() < 1 / 2:
            continue
        damaged = corruptor.damaged(text, 1, spared=marker(text).spared)
        places = _places(damaged)
        sample.slips += bool(places)
        sample.right += [
            one
            for one in checker.allowed("".join(damaged.text))
            if any(one.span.start - 1 <= at <= one.span.end for at in places)
        ]
    return sample


def _places(damaged: Damaged) -> list[int]:
    """Return the places of the slips."""
    return [
        at
        for at in range(len(damaged.text))
        if damaged.replace[at] or damaged.extra[at] or damaged.before[at] or damaged.swap[at]
    ]
