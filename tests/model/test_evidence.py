"""What the evidence says of planted slips."""

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textcheck.model.evidence import Evidence, Weigher
from textcheck.model.features import CODES, FEATURES, codes_named, codes_told, features
from textcheck.text import native
from textcheck.text.weighed import NO_GAIN

CLEAR = 4.0


@pytest.fixture
def weigher(language: Path, scorer: str) -> Weigher:
    """Return a weigher that has read a few lines."""
    return Weigher(language, compiled=scorer == "compiled")


@pytest.fixture(scope="module")
def both(language: Path, libraries: Path) -> tuple[Weigher, Weigher]:
    """Return a weigher with the compiled scorer, as far as there is one, and one without."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(native, "FOLDER", libraries)
        return Weigher(language), Weigher(language, compiled=False)


@pytest.mark.parametrize(
    ("text", "place", "gain"),
    [
        ("要坚持以人民为忠心，加强基层治理。", 7, "replace"),
        ("要坚持以人民为心，加强基层治理。", 7, "insert"),
        ("要坚持以人民为中中心，加强基层治理。", 7, "leave_out"),
        ("要坚持以人民为中心中心，加强基层治理。", 8, "leave_two"),
        ("要坚持以人民为实心，加强基层治理。", 7, "fit"),
        ("要坚持以民人为中心，加强基层治理。", 4, "swap"),
        ("各部门要加强协调，推动功怍落实。".replace("怍", "作"), 11, "replace"),
    ],
)
def test_the_best_edit_is_where_the_slip_is(
    weigher: Weigher, text: str, place: int, gain: str
) -> None:
    evidence = weigher.evidence(weigher.language.alphabet.codes(text))
    gains = getattr(evidence, gain)
    assert int(gains.argmax()) == place
    assert gains[place] > CLEAR


def test_the_evidence_names_the_character_that_was_meant(weigher: Weigher) -> None:
    alphabet = weigher.language.alphabet
    evidence = weigher.evidence(alphabet.codes("以人民为忠心，以人民为心，"))
    assert alphabet.character(int(evidence.replace_by[4])) == "中"
    assert alphabet.character(int(evidence.insert_what[11])) == "中"
    evidence = weigher.evidence(alphabet.codes("以人民为实心，"))
    assert alphabet.character(int(evidence.fit_by[4])) == "中"


def test_a_probable_text_raises_no_doubt(weigher: Weigher) -> None:
    codes = weigher.language.alphabet.codes("会议强调，要坚持以人民为中心，加强基层治理。")
    evidence = weigher.evidence(codes)
    assert max(evidence.replace[2:].max(), evidence.swap[2:].max()) < CLEAR


def test_nothing_is_tried_where_the_gate_is_shut(weigher: Weigher) -> None:
    codes = weigher.language.alphabet.codes("忠作会议")
    evidence = weigher.evidence(codes, gate=-np.inf)
    assert (evidence.replace == NO_GAIN).all()
    assert (evidence.log < 0).all()


@pytest.mark.parametrize("text", ["", "中", "\n", "ABC 12", "𠀀"])
def test_any_text_has_evidence(weigher: Weigher, text: str) -> None:
    codes = weigher.language.alphabet.codes(text)
    evidence = weigher.evidence(codes)
    assert features(codes, evidence).shape == (len(codes), FEATURES)
    assert codes_told(evidence).shape == (len(codes), CODES)
    assert np.isfinite(features(codes, evidence)).all()


def test_the_evidence_of_a_part_is_that_of_its_characters(weigher: Weigher) -> None:
    whole = weigher.evidence(weigher.language.alphabet.codes("以人民为忠心"))
    part = whole.part(2, 5)
    assert part.log.tolist() == whole.log[2:5].tolist()
    assert part.replace_by.tolist() == whole.replace_by[2:5].tolist()


@settings(deadline=None)
@given(text=st.text("会议强调，要坚持以人民为中心，加强基层治理。怍功 a\n", max_size=60))
def test_the_two_scorers_find_the_same_evidence(both: tuple[Weigher, Weigher], text: str) -> None:
    found, other = (one.evidence(one.language.alphabet.codes(text), gate=0.0) for one in both)
    for field in fields(Evidence):
        one, same = getattr(found, field.name), getattr(other, field.name)
        assert one.tolist() == pytest.approx(same.tolist(), abs=1e-4), field.name


def test_what_is_named_stands_where_it_would_be_written() -> None:
    told = np.array([[1, 2, 3, 4, 5], [6, 7, 8, 9, 10]], dtype=np.uint16)
    assert codes_named(told).tolist() == [[1, 2, 3, 0, 5], [6, 7, 8, 4, 10]]
    assert codes_named(told[None]).tolist() == [[[1, 2, 3, 0, 5], [6, 7, 8, 4, 10]]]
    assert codes_named(told[:0]).shape == (0, CODES)
