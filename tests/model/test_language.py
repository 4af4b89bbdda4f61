"""The language model: what it makes of rows of characters."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from textcheck.text.alphabet import NOTHING
from textcheck.text.language import CONTEXT, LanguageModel


def rows_of(model: LanguageModel, text: str) -> np.ndarray:
    """Return a row of five characters for each of text."""
    beyond = np.zeros(CONTEXT, dtype=np.uint16)
    padded = np.concatenate([beyond, model.alphabet.codes(text)])
    return np.lib.stride_tricks.sliding_window_view(padded, CONTEXT + 1)


def test_a_right_text_is_more_probable_than_one_with_a_slip(language: Path, scorer: str) -> None:
    model = LanguageModel(language, compiled=scorer == "compiled")
    right, wrong = (
        model.score(rows_of(model, text)).sum() for text in ("以人民为中心", "以人民为忠心")
    )
    assert right > wrong + 5


def test_the_two_scorers_give_the_same_numbers(language: Path, scorer: str) -> None:
    plain = LanguageModel(language, compiled=False)
    model = LanguageModel(language, compiled=scorer == "compiled")
    assert model.compiled is (scorer == "compiled" and shutil.which("cc") is not None)
    rng = np.random.default_rng(1)
    rows = rng.integers(0, len(plain.alphabet), (5000, 9)).astype(np.uint16)
    rows[:2000, :5] = rows_of(plain, "会议强调，要坚持以人民为中心，加强基层治理。" * 100)[:2000]
    assert np.array_equal(plain.score(rows), model.score(rows))


def test_probabilities_after_a_context_make_about_one(language: Path, scorer: str) -> None:
    model = LanguageModel(language, compiled=scorer == "compiled")
    size = len(model.alphabet)
    rows = np.tile(model.alphabet.codes("以人民为中"), (size, 1))
    rows[:, -1] = np.arange(size)
    total = np.exp(model.score(rows)[rows[:, -1] != NOTHING]).sum()
    # Values are rounded to 32 levels below the highest order, so not just one.
    assert total == pytest.approx(1, abs=0.1)


def test_nothing_is_not_scored_and_no_row_gives_no_score(language: Path, scorer: str) -> None:
    model = LanguageModel(language, compiled=scorer == "compiled")
    rows = rows_of(model, "坚持以人民")[-1:]
    longer = np.concatenate([rows, np.zeros((1, 3), dtype=np.uint16)], axis=1)
    assert model.score(longer) == pytest.approx(model.score(rows))
    assert len(model.score(rows[:0])) == 0


def test_parts_that_do_not_fit_together_are_refused(language: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(language, broken)
    np.save(broken / "cells.npy", np.zeros(7, dtype=np.uint16))
    with pytest.raises(ValueError, match="do not fit together"):
        LanguageModel(broken)
