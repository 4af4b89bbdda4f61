"""The small net: what it makes of evidence, and what is proposed by it."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from textcheck.document import Span
from textcheck.model.features import FEATURES
from textcheck.model.judge import Judge, windows
from textcheck.model.proofread import Proofreader
from textcheck.model.proposals import Kind, Proposal, best, joined
from textcheck.model.thresholds import Threshold, read_thresholds


@pytest.fixture
def proofreader(language: Path, scorer: str) -> Proofreader:
    """Return a proofreader that trusts the evidence."""
    return Proofreader(language, compiled=scorer == "compiled")


def test_windows_hold_the_rows_around_each() -> None:
    rows = np.array([[1.0, 10.0], [2.0, 20.0]], dtype=np.float32)
    assert windows(rows, 1).tolist() == [[0, 0, 1, 10, 2, 20], [1, 10, 2, 20, 0, 0]]


def test_a_piece_has_the_very_same_proposals_in_any_company(language: Path, tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    layers = {"first": (7 * FEATURES, 96), "second": (480, 96), "third": (96, 96), "last": (96, 5)}
    weights = {name: rng.normal(0, 0.1, shape) for name, shape in layers.items()}
    weights |= {f"{name}_bias": rng.normal(0, 0.1, wide) for name, (_, wide) in layers.items()}
    np.savez(tmp_path / "judge.npz", allow_pickle=False, **weights)
    judge = Judge(tmp_path / "judge.npz")
    proofreader = Proofreader(language, compiled=False, judge=judge)
    text = "要坚持以民人为忠心，加强基层治理。\n要坚持以人民为心。\n推动功攻落实。\n"
    alone = proofreader.proposals(text)
    assert alone
    assert proofreader.proposals(text + "会议部署重点工作。\n" * 9)[: len(alone)] == alone


def test_a_file_without_a_layer_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "judge.npz", first=np.zeros(3))
    with pytest.raises(ValueError, match="second"):
        Judge(tmp_path / "judge.npz")


@pytest.mark.parametrize(
    ("text", "kind", "wrong", "right"),
    [
        ("要坚持以人民为忠心，加强基层治理。", Kind.WRONG, "忠", "中"),
        ("要坚持以人民为心，加强基层治理。", Kind.MISSING, "心", "中心"),
        ("要坚持以人民为中中心，加强基层治理。", Kind.EXTRA, "中", ""),
        ("要坚持以民人为中心，加强基层治理。", Kind.SWAPPED, "民人", "人民"),
        ("部署重点功攻。\n会议强调，要坚持以人民为忠心，", Kind.WRONG, "忠", "中"),
    ],
)
def test_a_slip_is_proposed_with_what_was_meant(
    proofreader: Proofreader, text: str, kind: Kind, wrong: str, right: str
) -> None:
    found = {(one.kind, one.span.of(text), one.right) for one in proofreader.proposals(text)}
    assert (kind, wrong, right) in found


def test_what_is_right_is_left_alone(proofreader: Proofreader) -> None:
    assert proofreader.proposals("会议强调，要坚持以人民为中心，加强基层治理。") == []
    assert proofreader.proposals("") == []


def test_proposals_stand_in_text_order_and_do_not_overlap(proofreader: Proofreader) -> None:
    text = "要坚持以民人为忠心，加强基层治理。要坚持以人民为心，加强基层治理。" * 5
    spans = [one.span for one in proofreader.proposals(text)]
    assert spans == sorted(spans)
    assert not any(one.overlaps(other) for one, other in pairwise(spans))
    assert len(spans) >= 10


def test_a_confidence_lies_on_the_line_between_two_scores() -> None:
    threshold = Threshold(0.9, 0.5, (0.2, 0.6, 1.0), (0.1, 0.5, 0.9))
    assert threshold.confidence(0.4) == pytest.approx(0.3)
    assert threshold.confidence(0.0) == pytest.approx(0.1)


def test_thresholds_are_read_by_kind(tmp_path: Path) -> None:
    path = tmp_path / "thresholds.toml"
    rows = "ordinary = 0.9\nhint = 0.5\nscores = [0.1, 1.0]\nconfidences = [0.2, 0.8]\n"
    path.write_text("".join(f"[{kind}]\n{rows}" for kind in Kind), encoding="utf-8")
    assert read_thresholds(path)[Kind.SWAPPED].ordinary == pytest.approx(0.9)
    path.write_text("[wrong]\n" + rows, encoding="utf-8")
    with pytest.raises(KeyError):
        read_thresholds(path)


@pytest.mark.parametrize(("weights", "wanted"), [("", 6), ("weights = [0.1, 0.2]\n", 6)])
def test_thresholds_of_another_program_are_refused(
    tmp_path: Path, weights: str, wanted: int
) -> None:
    path = tmp_path / "thresholds.toml"
    rows = f"ordinary = 0.9\nhint = 0.5\nscores = [0.1]\nconfidences = [0.2]\n{weights}"
    path.write_text("".join(f"[{kind}]\n{rows}" for kind in Kind), encoding="utf-8")
    with pytest.raises(ValueError, match=r"thresholds\.toml: \[wrong\] has [02] weights"):
        read_thresholds(path, weights=wanted)


def test_words_are_as_likely_as_what_they_explain() -> None:
    words = Proposal(Kind.WORDS, Span(0, 4), "经济工作", 0.1, 20.0, (1.0,))
    wrong = Proposal(Kind.WRONG, Span(0, 2), "经济", 0.7, 9.0, (2.0,))
    behind = Proposal(Kind.WRONG, Span(4, 5), "好", 0.6, 9.0, (3.0,))
    assert best([wrong, words, behind]) == [replace(words, score=0.7), behind]


def test_a_place_is_told_in_the_whole_text(proofreader: Proofreader) -> None:
    text = "全市召开会议。\n\n要坚持以人民为忠心，加强基层治理。"
    (found,) = (one for one in proofreader.proposals(text) if one.right == "中")
    assert found.span == Span(text.index("忠"), text.index("忠") + 1)


@pytest.mark.parametrize(
    ("first", "second", "rights"),
    [
        (("工", 0.9), ("作", 0.8), ["工作"]),
        (("工", 0.9), ("作", 0.1), ["工", "作"]),  # one that is hardly likely
        (("工", 0.9), (None, 0.8), ["工", None]),  # what is known stays known
        ((None, 0.9), (None, 0.8), [None]),
    ],
)
def test_what_is_likely_side_by_side_is_one_word(
    first: tuple[str | None, float], second: tuple[str | None, float], rights: list[str | None]
) -> None:
    found = [
        Proposal(Kind.WRONG, Span(at, at + 1), right, score, 3.0)
        for at, (right, score) in enumerate((first, second))
    ]
    assert [one.right for one in joined("功做", found)] == rights
