"""Counts of pairs and triples of characters."""

from pathlib import Path

import numpy as np
import pytest

from textcheck.data import data_dir
from textcheck.text import native
from textcheck.text.ngrams import CLASSES, Ngrams
from textcheck.text.pairs import Beside
from textcheck.text.tally import Asked

pytestmark = pytest.mark.usefixtures("_each_way")


@pytest.fixture(scope="module")
def ngrams(_each_way: None) -> Ngrams:
    return Ngrams(data_dir("models") / "ngrams" / "ngrams.bin")


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [
        ("人民政府", "人民政付"),
        ("经济工作会议", "经济工作会义"),
        ("2026年3月", "2026年月"),
        ("改革开放", "改格开放"),
    ],
)
def test_what_is_written_often_is_likelier(likely: str, unlikely: str, ngrams: Ngrams) -> None:
    def mean(text: str) -> float:
        codes = ngrams.codes(f"\n{text}")
        triples = np.stack([codes[:-2], codes[1:-1], codes[2:]], axis=1)
        return float(ngrams.log_probabilities(triples)[0].mean())

    assert mean(likely) > mean(unlikely)


def test_a_triple_of_clean_text_is_seen_and_a_made_one_is_not(ngrams: Ngrams) -> None:
    codes = ngrams.codes("委员会麤龘会").reshape(-1, 3)
    _, seen = ngrams.log_probabilities(codes)
    assert seen.tolist() == [True, False]


def test_log_probabilities_are_none_above_zero(ngrams: Ngrams) -> None:
    codes = np.random.default_rng(1).integers(0, 4096, (2000, 3), dtype=np.uint64)
    logs, _ = ngrams.log_probabilities(codes)
    assert np.isfinite(logs).all()
    assert (logs <= 0).all()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("，\n—", [0, 0, 0]),
        ("07", [1, 1]),
        ("aZ", [2, 2]),
        ("麤龘", [3, 3]),
        ("𠮷\ud800", [0, 0]),  # outside the basic plane, and half a character
    ],
)
def test_what_is_not_common_han_counts_by_its_class(
    text: str, codes: list[int], ngrams: Ngrams
) -> None:
    assert ngrams.codes(text).tolist() == codes


def test_common_characters_come_first(ngrams: Ngrams) -> None:
    common = ngrams.common(100)
    assert "的" in common[:3]
    assert len(set(common)) == 100
    assert min(ngrams.codes(common).tolist()) >= CLASSES


def test_both_ways_count_the_same(
    ngrams: Ngrams, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(native, "FOLDER", tmp_path)
    plain = Ngrams(data_dir("models") / "ngrams" / "ngrams.bin")
    common = ngrams.codes(ngrams.common(60))
    codes = np.random.default_rng(2).choice(common, (20_000, 3))
    assert 0.1 < plain.triples_seen(codes).mean() < 0.9
    assert (plain.triples_seen(codes) == ngrams.triples_seen(codes)).all()
    run = codes.ravel()
    assert (plain.runs_seen(run) == ngrams.runs_seen(run)).all()
    assert (plain.runs_surely_seen(run) == ngrams.runs_surely_seen(run)).all()
    assert plain.runs_surely_seen(run).sum() < plain.runs_seen(run).sum()
    for slow, fast in zip(
        plain.log_probabilities(codes), ngrams.log_probabilities(codes), strict=True
    ):
        assert (slow == fast).all()
    one, other = codes[:, 0], codes[:, 1]
    assert (plain.pairs(one, other) == ngrams.pairs(one, other)).all()


def test_both_ways_find_the_same_promising(
    ngrams: Ngrams, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(native, "FOLDER", tmp_path)
    plain = Ngrams(data_dir("models") / "ngrams" / "ngrams.bin")
    dice, size = np.random.default_rng(3), 5_000
    codes = dice.choice(ngrams.codes(ngrams.common(60)), size)
    seldom = np.where(dice.random(size) < 0.5, dice.integers(0, 40, size), np.inf)
    unlikely = dice.random(size) < 0.5
    asked = Asked(codes, seldom.astype(np.float32), unlikely, 20, 100)
    tried = Beside(dice.integers(1, size - 1, size), codes[::-1], ~unlikely, unlikely)
    slow, fast = plain.promising(asked, tried), ngrams.promising(asked, tried)
    assert 0 < len(slow[0]) < size
    assert slow[0].tolist() == fast[0].tolist()
    assert slow[1].tolist() == fast[1].tolist()
    assert slow[2].tolist() == fast[2].tolist()
