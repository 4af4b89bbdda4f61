"""rjieba, which runs here, cuts as jieba does, whose dictionary training uses."""

import logging
import re
import warnings
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textcheck.text.words import dictionary_words

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
