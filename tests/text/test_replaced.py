"""What a text gains where some of it is replaced."""

import numpy as np
import pytest

from textcheck.data import data_dir
from textcheck.text.joined import Joined
from textcheck.text.language import LanguageModel
from textcheck.text.replaced import gains_by_replacing


@pytest.fixture(scope="module")
def language() -> LanguageModel:
    return LanguageModel(data_dir("models") / "language")


def test_what_is_right_gains_and_what_is_wrong_loses(language: LanguageModel) -> None:
    text = "\n县里召开防讯工作会议\n"
    gains, now = gains_by_replacing(language, text, np.array([6, 6]), ["汛", "迅"])
    assert gains[0] > 5
    assert gains[1] < 2
    assert now[0] == now[1] < 0


def test_two_characters_are_replaced_at_once(language: LanguageModel) -> None:
    text = "\n县里理受群众投诉\n"
    gains, _ = gains_by_replacing(language, text, np.array([3]), ["受理"])
    assert gains[0] > 5


def test_no_text_speaks_for_another(language: LanguageModel) -> None:
    alone, beside = Joined(["防讯"]), Joined(["县里召开", "防讯", "工作会议"])
    told = [
        gains_by_replacing(language, joined.text, np.array([joined.starts[at] + 1]), ["汛"])
        for joined, at in ((alone, 0), (beside, 1))
    ]
    assert told[0] == told[1]


def test_nothing_is_asked(language: LanguageModel) -> None:
    gains, now = gains_by_replacing(language, "防讯", np.zeros(0, dtype=np.int64), [])
    assert len(gains) == len(now) == 0
