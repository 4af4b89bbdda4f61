"""Precision and recall on corpus/gold, and flags on corpus/clean, do not fall below the floors."""

from pathlib import Path

import pytest
from quality import FLOORS, Quality, Score, failures, lowered, measure, pin, read_floors

from textcheck.checkers import build_checkers
from textcheck.data import data_dir
from textcheck.finding import FAMILIES
from textcheck.lexicon.load import load_lexicon

LEAST = 30  # valid and invalid sentences that a family has, both halves together


@pytest.fixture(scope="module")
def quality() -> Quality:
    return measure(build_checkers(load_lexicon(data_dir("lexicons"), data_dir("models"))))


def test_the_gate_is_open(quality: Quality) -> None:
    assert failures(quality, FLOORS) == []


def test_nothing_serious_is_flagged_in_clean_texts(quality: Quality) -> None:
    assert quality.flags.get("serious", 0) == 0


def test_every_family_has_gold(quality: Quality) -> None:
    families = FAMILIES.keys() - {"MDL", "UPD"}  # measured on other corpora; no wording at all
    assert {family for _, family in quality.scores} == families
    assert all(
        sum(score.marked for (_, name), score in quality.scores.items() if name == family) >= LEAST
        for family in families
    )


SCORED = Quality({("dev", "NAM"): Score(found=4, right=3, marked=4, hit=2)}, 1000, {"ordinary": 2})


@pytest.mark.parametrize(
    ("floors", "worse"),
    [
        ({}, 0),
        ({"dev": {"NAM": {"precision": 0.75, "recall": 0.5}}}, 0),
        ({"dev": {"NAM": {"precision": 0.76, "recall": 0.51}}}, 2),
        ({"held": {"NAM": {"recall": 0.9}}}, 0),
        ({"clean": {"per_million": {"ordinary": 2000.0}}}, 0),
        ({"clean": {"per_million": {"ordinary": 1999.0, "serious": 0.0}}}, 1),
    ],
)
def test_what_is_worse_than_pinned(
    floors: dict[str, dict[str, dict[str, float]]], worse: int
) -> None:
    assert len(lowered(SCORED, floors)) == worse


def test_a_family_without_floor_and_another_corpus_shut_the_gate(tmp_path: Path) -> None:
    failed = failures(SCORED, tmp_path / "none.toml")
    assert any(line.startswith("NAM (dev) has no floor") for line in failed)
    assert any(line.startswith("TTL has no gold") for line in failed)
    assert any(line.startswith("the corpus changed") for line in failed)


def test_pinning_refuses_to_lower_a_floor(quality: Quality, tmp_path: Path) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text("[dev.DAT]\nrecall = 1.1\n", encoding="utf-8")
    assert len(pin(quality, floors, allow_regression=False)) == 1
    assert read_floors(floors) == {"dev": {"DAT": {"recall": 1.1}}}
    assert pin(quality, floors, allow_regression=True) == []
    assert failures(quality, floors) == []
