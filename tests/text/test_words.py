"""Text is cut as jieba cuts it, compiled or not; rjieba, which says what kind each word is, too."""

import logging
import re
import warnings
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
import rjieba
from hypothesis import given, settings
from hypothesis import strategies as st

from textcheck.arrays import read_arrays
from textcheck.text import native
from textcheck.text.dictionary import FILE, KEY, Dictionary, dictionary
from textcheck.text.words import dictionary_words, word_at

SENTENCE = re.compile(r"[^。！？\s]+[。！？]?")
CLEAN = Path(__file__).resolve().parents[2] / "corpus" / "clean"


def _sentences(least: int) -> list[str]:
    """Return sentences of the clean texts, evenly from all of them."""
    found = []
    for path in sorted(CLEAN.glob("*.txt")):
        text = path.read_text(encoding="utf-8").split("\n", 2)[2]
        found += SENTENCE.findall(text)[:12]
    assert len(found) >= least
    return found


@pytest.fixture(scope="module")
def jieba() -> ModuleType:
    with warnings.catch_warnings():
        # jieba 0.42.1 imports pkg_resources where it is installed and has invalid escapes.
        warnings.simplefilter("ignore")
        module = import_module("jieba")
    module.setLogLevel(logging.ERROR)  # it tells stderr how long its dictionary took
    return module


@pytest.mark.parametrize("sentence", _sentences(200))
def test_both_cut_alike(sentence: str, jieba: ModuleType) -> None:
    assert [sentence[word.start : word.stop] for word in dictionary_words(sentence)] == jieba.lcut(
        sentence, HMM=False
    )


@settings(deadline=None)  # the first call reads the dictionary
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_words_follow_each_other_without_gaps(text: str) -> None:
    end = 0
    for word in dictionary_words(text):
        assert word.start == end
        end = word.stop
    assert end == len(text)


# Letters and digits, Chinese characters of every block, what stands between them, line ends.
ODD = st.text("中国人民会议的一了abC09.+-%_#&γ㐀鿿豈𠮷\r\n\t 　·，“①é\ud800", max_size=20)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Dictionary:
    """Return the dictionary where nothing is compiled."""
    arrays = read_arrays(FILE, KEY)
    assert arrays is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(native, "FOLDER", tmp_path_factory.mktemp("empty"))
        return Dictionary(arrays)


@settings(deadline=None)
@given(text=ODD)
def test_without_a_compiler_it_is_cut_the_same(text: str, plain: Dictionary) -> None:
    assert plain.ends(text, 3) == dictionary().ends(text, 3)


@settings(deadline=None)
@given(text=ODD.filter(lambda text: "\ud800" not in text))
def test_rjieba_cuts_the_same(text: str) -> None:
    words = [text[word.start : word.stop] for word in dictionary_words(text)]
    assert words == rjieba.cut(text, hmm=False)


def test_the_word_at_a_place_is_told() -> None:
    assert [word_at("人民群众", place).start for place in range(4)] == [0, 0, 2, 2]
    assert word_at("共和国，", 3).start == 3
    with pytest.raises(IndexError):
        word_at("共和国", 3)
