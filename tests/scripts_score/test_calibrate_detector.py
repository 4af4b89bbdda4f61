"""How scores become confidences, and signals scores."""

from itertools import pairwise

import numpy as np
import pytest
from calibrate_detector import FEWEST, UNFITTED, Scored, isotonic, merged, thinned, weights_of
from kept_apart import Sample, threshold

from textcheck.document import Span
from textcheck.model.decoded import squashed
from textcheck.model.proposals import Kind, Proposal


def proposals(net: list[float]) -> list[Proposal]:
    """Return proposals of which the net says so much."""
    return [Proposal(Kind.WRONG, Span(0, 1), "甲", 0.5, 3.0, (one, 0.0, 0.3, -1.0)) for one in net]


def sample(clean: list[float], right: list[float]) -> Sample:
    """Return a sample of ten thousand characters with a slip each time."""
    return Sample(proposals(clean), proposals(right), [1.0] * len(right), 10_000, len(right))


def test_weights_tell_hits_from_the_rest() -> None:
    rng = np.random.default_rng(1)
    heap = sample(rng.normal(-2, 1, 200).tolist(), rng.normal(3, 1, 40).tolist())
    weights = weights_of(heap, Kind.WRONG)
    low, high = (squashed(weights, (net, 0.0, 0.3, -1.0)) for net in (-2.0, 3.0))
    assert low < 0.02
    assert high > 0.2


def test_too_few_hits_have_the_weights_of_the_others() -> None:
    assert weights_of(sample([-2.0] * 50, [3.0] * (FEWEST - 1)), Kind.WRONG) == UNFITTED
    assert weights_of(sample([-2.0] * 50, [3.0] * FEWEST), Kind.EXTRA) == UNFITTED


def test_a_confidence_never_falls_and_is_written_as_a_number() -> None:
    found = Scored(np.array([0.1, 0.2, 0.6]), np.array([0.3, 0.5, 0.9]), np.ones(3))
    line = thinned(isotonic(found))
    assert all(one <= other for one, other in pairwise(line))
    assert line[-1][1] == pytest.approx(0.99)
    assert "float64" not in repr(line)
    assert thinned(isotonic(Scored(np.zeros(0), np.zeros(0), np.zeros(0)))) == [(0.5, 0.0)]


def test_a_threshold_lets_so_many_pass() -> None:
    assert threshold([0.8, 0.9, 0.7], 10_000, 2.0) == pytest.approx(0.7001)
    assert threshold([0.8, 0.9, 0.7], 10_000, 9.0) == pytest.approx(0.05)


def test_two_samples_are_one() -> None:
    both = merged(sample([1.0], [2.0]), sample([3.0], []))
    assert (len(both.clean), len(both.right), both.characters, both.slips) == (2, 1, 20_000, 1)
