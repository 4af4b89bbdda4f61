"""What is proposed where a net has read the text: only what both it and the evidence speak for."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from textcheck.model.decoded import PLAIN, squashed
from textcheck.model.detector import Reading
from textcheck.model.features import FIRST_GAIN, GAINS
from textcheck.model.judge import Opinion
from textcheck.model.proofread import Proofreader
from textcheck.model.proposals import Kind, Proposal
from textcheck.text.alphabet import Codes
from textcheck.text.language import LanguageModel

Floats = NDArray[np.float32]
COLUMN = {name: FIRST_GAIN + at for at, name in enumerate(GAINS)}


class Trusting:
    """A net that finds wrong what the evidence would change, and likes what the evidence names."""

    def __init__(self, language: Path) -> None:
        """Count the characters of a language model."""
        self.size = len(LanguageModel(language, compiled=False).alphabet)

    def read(self, _: Codes, features: Floats, __: Codes) -> Reading:
        """Find every gain likely."""
        sure = (1 / (1 + np.exp(6 - 20 * features))).astype(np.float32)
        wrong = np.maximum(sure[:, COLUMN["replace"]], sure[:, COLUMN["reword"]])
        others = (sure[:, COLUMN[name]] for name in ("leave_out", "insert", "swap"))
        told = Opinion(wrong, *others)
        return Reading(told, np.zeros((len(features), 1), dtype=np.float32))

    def name(self, _: Floats, named: Codes) -> tuple[Floats, Floats]:
        """Find likely what is named, hardly anything else."""
        logs = np.full((len(named), self.size), -9.0, dtype=np.float32)
        np.put_along_axis(logs, named.astype(np.int64), np.float32(-0.5), axis=1)
        return logs, logs


class Stubborn(Trusting):
    """A net that finds every character wrong, too many, behind a gap and swapped."""

    def read(self, _: Codes, features: Floats, __: Codes) -> Reading:
        """Find everything likely."""
        sure = np.full(len(features), 0.9, dtype=np.float32)
        return Reading(Opinion(sure, sure, sure, sure), np.zeros((len(features), 1), dtype="f4"))


class Doubting(Trusting):
    """A net that finds every character wrong."""

    def read(self, _: Codes, features: Floats, __: Codes) -> Reading:
        """Find everything likely to be another."""
        sure, never = np.full((2, len(features)), [[0.9], [0.0]], dtype=np.float32)
        return Reading(Opinion(sure, never, never, never), np.zeros((len(features), 1), "f4"))


class Wordless(Trusting):
    """A net that finds what is wrong, but likes no character."""

    def name(self, _: Floats, named: Codes) -> tuple[Floats, Floats]:
        """Find nothing likely."""
        logs = np.full((len(named), self.size), -60.0, dtype=np.float32)
        return logs, logs


def found_by(
    kind: type[Trusting], language: Path, text: str, *, gate: float = 0.0
) -> list[Proposal]:
    """Return what is proposed for a text where such a net reads it."""
    net = kind(language)
    return Proofreader(language, compiled=False, net=net, gate=gate).proposals(text)


@pytest.mark.parametrize(
    ("text", "kind", "wrong", "right"),
    [
        ("要坚持以人民为忠心，加强基层治理。", Kind.WRONG, "忠", "中"),
        ("要坚持以人民为心，加强基层治理。", Kind.MISSING, "心", "中心"),
        ("要坚持以人民为中，加强基层治理。", Kind.MISSING, "，", "心，"),
        ("要坚持以人民为中中心，加强基层治理。", Kind.EXTRA, "中", ""),
        ("要坚持坚持以人民为中心，加强基层治理。", Kind.EXTRA, "坚持", ""),
        ("要坚持以民人为中心，加强基层治理。", Kind.SWAPPED, "民人", "人民"),
    ],
)
def test_a_slip_is_proposed_with_what_was_meant(
    language: Path, text: str, kind: Kind, wrong: str, right: str
) -> None:
    found = {(one.kind, one.span.of(text), one.right) for one in found_by(Trusting, language, text)}
    assert (kind, wrong, right) in found


def test_two_words_the_wrong_way_round_are_proposed_whole(language: Path) -> None:
    text = "会议强调，要坚持以人民为中心的思想发展，推动高质量发展。"
    found = {(one.kind, one.span.of(text), one.right) for one in found_by(Doubting, language, text)}
    assert (Kind.WORDS, "思想发展", "发展思想") in found


def test_what_the_evidence_does_not_speak_for_is_not_proposed(language: Path) -> None:
    text = "会议强调，要坚持以人民为中心，加强基层治理。"
    found = found_by(Stubborn, language, text)
    assert {one.kind for one in found} <= {Kind.WRONG}
    assert {one.right for one in found} <= {None}


def test_without_a_likely_character_nothing_is_written(language: Path) -> None:
    found = found_by(Wordless, language, "要坚持以人民为忠心，要坚持以人民为心。")
    assert {(one.kind, one.right) for one in found if one.kind is not Kind.EXTRA} == {
        (Kind.WRONG, None)
    }


def test_the_gate_keeps_the_net_from_what_the_judge_finds_right(language: Path) -> None:
    text = "会议强调，要坚持以人民为中心，加强基层治理。"
    assert found_by(Stubborn, language, text, gate=0.5) == []
    assert found_by(Stubborn, language, "要坚持以人民为忠心，", gate=0.5) != []


def test_two_words_the_wrong_way_round_open_the_gate(language: Path) -> None:
    text = "会议强调，要坚持以人民为中心的思想发展，推动高质量发展。"
    found = found_by(Doubting, language, text, gate=1.0)
    assert Kind.WORDS in {one.kind for one in found}


def test_any_number_of_threads_finds_the_same(language: Path) -> None:
    text = "要坚持以民人为忠心，加强基层治理。\n要坚持以人民为心。\n推动功攻落实。\n" * 5
    one, three = (
        Proofreader(language, compiled=False, net=Trusting(language), threads=threads).proposals(
            text
        )
        for threads in (1, 3)
    )
    assert one
    assert one == three


def test_a_text_that_was_begun_has_the_same_proposals(language: Path) -> None:
    text, other = "要坚持以民人为忠心。\n推动功攻落实。\n", "要坚持以人民为心。\n"
    alone = found_by(Trusting, language, text)
    net = Trusting(language)
    proofreader = Proofreader(language, compiled=False, net=net, gate=0.0, threads=2)
    for begun in (text, other, ""):
        proofreader.begin(begun)
        assert proofreader.proposals(text) == alone


def test_weights_count_the_signals() -> None:
    assert squashed(PLAIN[Kind.WRONG], (0.0, *[9.0] * 10)) == pytest.approx(0.5)
    assert squashed((-1.0, 1.0, 0.0, 2.0, 0.0, 0.0), (1.0, 9.0, 0.5, 9.0, 9.0)) == pytest.approx(
        0.7310586
    )
