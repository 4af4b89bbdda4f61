"""Examples: what the net reads beside what it should say."""

from pathlib import Path

import numpy as np
import pytest

from textcheck.model.evidence import Weigher
from textcheck.model.features import CODES, FEATURES
from textcheck.training.corpus import Article
from textcheck.training.corrupt import Confusions, Corruptor, Damaged
from textcheck.training.examples import (
    BUCKETS,
    EXTRA,
    KEEP,
    WRONG,
    Example,
    Examples,
    Marks,
    Mix,
    batches,
    example_of,
)

TEXT = "要坚持以人民为中心，加强基层治理。"
NO_CONFUSIONS = Confusions({}, {}, {}, {}, "的了在是")


def unmarked(text: str) -> Marks:
    """Return marks of a text without names and fixed wordings."""
    return Marks([False] * len(text), [False] * len(text))


def made(language: Path, mix: Mix, text: str = TEXT) -> list[Example]:
    """Return the examples of one article."""
    weigher = Weigher(language, compiled=False)
    maker = Examples(unmarked, Corruptor(NO_CONFUSIONS, 3), (weigher, weigher), 3)
    return list(maker.of(4, Article("train_a", "2024-01-02", "", text), mix))


def test_an_example_tells_each_kind_of_slip(language: Path) -> None:
    weigher = Weigher(language, compiled=False)
    damaged = Damaged.of("以民人为中中心，加基层治里")
    damaged.swap[1] = True
    damaged.extra[5] = True
    damaged.before[9] = "强"
    damaged.replace[12] = "理"
    alphabet = weigher.language.alphabet
    example = example_of(damaged, alphabet, weigher)
    assert np.flatnonzero(example.swap).tolist() == [1]
    assert np.flatnonzero(example.state == EXTRA).tolist() == [5]
    assert np.flatnonzero(example.state == WRONG).tolist() == [12]
    assert alphabet.character(int(example.replace[12])) == "理"
    assert alphabet.character(int(example.before[9])) == "强"
    assert example.features.shape == (13, FEATURES)
    assert example.told.shape == (13, CODES)


def test_a_clean_share_of_one_leaves_all_as_it_is(language: Path) -> None:
    for example in made(language, Mix(clean=1.0, dense=0.0)):
        assert (example.state == KEEP).all()
        assert not example.swap.any()
        assert not example.before.any()


def test_dense_pieces_have_many_slips(language: Path) -> None:
    (example,) = made(language, Mix(clean=0.0, dense=1.0, spacing=5), TEXT * 3)
    slips = np.count_nonzero(example.state) + example.swap.sum() + np.count_nonzero(example.before)
    assert slips >= 3  # some take no place: what sounds alike is not told here


def test_what_slips_made_too_long_is_cut(language: Path) -> None:
    weigher = Weigher(language, compiled=False)
    example = example_of(Damaged.of("中" * 140), weigher.language.alphabet, weigher)
    assert len(example.codes) == len(example.state) == BUCKETS[-1]


@pytest.mark.parametrize("tokens", [64, 128])
def test_batches_are_padded_to_a_few_lengths(language: Path, tokens: int) -> None:
    found = made(language, Mix(clean=1.0, dense=0.0), "\n".join([TEXT] * 8))
    full = list(batches(found, tokens))
    assert len(full) == 8 * BUCKETS[0] // tokens
    for batch in full:
        assert batch.codes.shape == (tokens // BUCKETS[0], BUCKETS[0])
        assert (batch.codes[:, len(TEXT) :] == 0).all()
